/* check, backup and restore over catalogs in all states of health. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/json.h"
#include "tests/support/program.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 120 };

static struct {
    char *root, *home, *folder, *catalog;
    program_options options;
} here;

static program_result run(const char *const *arguments)
{
    return program_run(&here.options, arguments);
}

#define RUN(...) run((const char *const[]){__VA_ARGS__, "--catalog", here.catalog, NULL})

/* The name in the folder that contains `part`; "" if there is none. free() */
static char *find_name(const char *part)
{
    DIR *entries = opendir(here.root);
    assert_non_null(entries);
    const struct dirent *entry = NULL;
    char *found = NULL;
    while (!found && (entry = readdir(entries)) != NULL) {
        if (strstr(entry->d_name, part)) {
            found = strdup(files_path(here.root, entry->d_name));
        }
    }
    closedir(entries);
    return found ? found : strdup("");
}

static int set_up(void **state)
{
    (void)state;
    here.root = files_temporary_folder();
    here.home = strdup(files_folder(here.root, "home"));
    here.folder = strdup(files_folder(here.root, "pictures"));
    here.catalog = strdup(files_path(here.root, "library.vitrine"));
    here.options = (program_options){.home = here.home};
    for (int i = 0; i < PICTURES; i++) {
        char name[64];
        snprintf(name, sizeof name, "a picture with a long name, so that pages fill %03d.ppm", i);
        files_write_picture(files_path(here.folder, name), 16, 16, (unsigned)i);
    }
    program_result result = RUN("import", "--sequences", "off", here.folder);
    int status = result.status;
    program_result_free(&result);
    char *snapshot = find_name(".snapshot-"); /* the import made it; each case has its own */
    assert_true(*snapshot);
    unlink(snapshot);
    free(snapshot);
    return status;
}

static int tear_down(void **state)
{
    (void)state;
    files_remove(here.root);
    free(here.home);
    free(here.folder);
    free(here.catalog);
    return 0;
}

static double number(json_value value, const char *key)
{
    return json_number(json_member(value, key));
}

/* Overwrites the pages of rows (their first byte is 13) from the `from`th on, all but the schema. Returns how
 * many. */
static int damage_rows(const char *path, int from)
{
    size_t length = 0;
    char *bytes = files_read(path, &length);
    int found = 0;
    for (size_t at = 4096; at + 4096 <= length; at += 4096) {
        bool schema = memmem(bytes + at, 4096, "CREATE TABLE", 12) != NULL;
        if (bytes[at] == 13 && (unsigned char)bytes[at + 4] > 5 && !schema && found++ >= from) {
            memset(bytes + at, 0xee, 4096);
        }
    }
    files_write(path, bytes, length);
    free(bytes);
    return found - from;
}

static void a_sound_catalog_is_told(void **state)
{
    (void)state;
    program_result result = RUN("check", "--json");
    assert_int_equal(result.status, 0);
    json_value report = json_parse(result.out, result.length);
    assert_int_equal(number(report, "total"), 0);
    assert_int_equal(number(report, "harmless"), 0);
    assert_null(json_member(report, "snapshot").text);
    assert_null(json_member(report, "salvage").text);
    assert_non_null(strstr(result.err, "sound"));
    program_result_free(&result);
    result = RUN("check", "--repair");
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    char *snapshot = find_name(".snapshot-"); /* a repair of nothing copies nothing */
    assert_string_equal(snapshot, "");
    free(snapshot);
}

static void damaged_pages_are_told_and_salvaged(void **state)
{
    (void)state;
    assert_true(damage_rows(here.catalog, 1) >= 1);
    program_result result = RUN("check");
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "integrity: "));
    assert_non_null(strstr(result.err, "--repair"));
    program_result_free(&result);

    result = RUN("check", "--repair", "--json");
    assert_int_equal(result.status, 0);
    json_value report = json_parse(result.out, result.length);
    json_value salvage = json_member(report, "salvage");
    assert_int_equal(number(salvage, "items"), PICTURES);
    assert_true(number(salvage, "unread_items") > 0);
    assert_true(json_contains(json_member(salvage, "kept"), "library.vitrine.damaged-1"));
    assert_non_null(strstr(result.err, "library.vitrine.damaged-1"));
    program_result_free(&result);
    assert_int_equal(access(files_path(here.root, "library.vitrine.damaged-1"), F_OK), 0);

    result = RUN("check");
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    result = RUN("import", "--sequences", "off", here.folder); /* what came back by name is read again */
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    result = RUN("list", "--json", "width=16", "--limit", "0");
    assert_int_equal(number(json_parse(result.out, result.length), "total"), PICTURES);
    program_result_free(&result);
}

/* The descriptions of the tables stand in the first pages as plain text. */
static void replace_in_catalog(const char *text, const char *by)
{
    size_t length = 0;
    char *bytes = files_read(here.catalog, &length);
    char *at = memmem(bytes, length, text, strlen(text));
    assert_non_null(at);
    memcpy(at, by, strlen(by)); /* NOLINT(bugprone-not-null-terminated-result): amid the file */
    files_write(here.catalog, bytes, length);
    free(bytes);
}

static void a_table_that_is_described_otherwise_is_told_and_set_right(void **state)
{
    (void)state;
    replace_in_catalog("watertight INTEGER", "watertighd INTEGER");
    program_result result = RUN("check");
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "schema: "));
    assert_non_null(strstr(result.err, "--repair"));
    program_result_free(&result);
    result = RUN("check", "--repair");
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    result = RUN("import", "--sequences", "off", "--json", here.folder);
    assert_int_equal(number(json_parse(result.out, result.length), "unchanged"), PICTURES);
    program_result_free(&result);
}

/* A table that has another name is lost as far as a description goes: what can be read is brought over. */
static void a_table_that_is_not_there_is_made_again(void **state)
{
    (void)state;
    replace_in_catalog("indexitem_by_label", "indexitem_by_labem");
    replace_in_catalog("INDEX item_by_label", "INDEX item_by_labem");
    program_result result = RUN("check");
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "item_by_label is not there"));
    program_result_free(&result);
    result = RUN("check", "--repair", "--json");
    assert_int_equal(result.status, 0);
    json_value salvage = json_member(json_parse(result.out, result.length), "salvage");
    assert_int_equal(number(salvage, "items"), PICTURES);
    assert_int_equal(number(salvage, "unread_items"), 0);
    program_result_free(&result);
    result = RUN("check");
    assert_int_equal(result.status, 0);
    program_result_free(&result);
}

static void where_nothing_can_be_read_a_snapshot_is_offered(void **state)
{
    (void)state;
    char *snapshot = strdup(files_path(here.root, "library.vitrine.snapshot-20240102-030405"));
    program_result result = RUN("backup", snapshot);
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    files_write(here.catalog, "garbage", 7);
    result = RUN("import", here.folder);
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "vitrine restore"));
    assert_non_null(strstr(result.err, "2024-01-02T03:04:05Z"));
    /* As it is to be typed: it must not be another catalog that is replaced. */
    char command[1024];
    snprintf(command, sizeof command, "vitrine restore '%s' --catalog '%s'\n", snapshot, here.catalog);
    assert_non_null(strstr(result.err, command));
    char repair[1024];
    snprintf(repair, sizeof repair, "vitrine check --repair --catalog '%s'\n", here.catalog);
    assert_non_null(strstr(result.err, repair));
    program_result_free(&result);
    static const char *const ways[] = {"check", "--repair"};
    for (size_t i = 0; i < 2; i++) {
        result = i ? RUN("check", ways[i]) : RUN("check");
        assert_int_equal(result.status, 1);
        assert_non_null(strstr(result.err, command));
        program_result_free(&result);
        size_t length = 0;
        char *bytes = files_read(here.catalog, &length);
        assert_int_equal(length, 7);
        free(bytes);
    }
    result = RUN("restore", snapshot);
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    result = RUN("list", "--json", "--limit", "0");
    assert_int_equal(number(json_parse(result.out, result.length), "total"), PICTURES);
    program_result_free(&result);
    free(snapshot);
}

static void a_damaged_backup_is_not_restored(void **state)
{
    (void)state;
    char *backup = strdup(files_path(here.root, "backup"));
    program_result result = RUN("backup", backup);
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    assert_true(damage_rows(backup, 0) > 0);
    result = RUN("restore", backup);
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, backup));
    program_result_free(&result);
    result = RUN("check");
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    char *kept = find_name("before-restore");
    assert_string_equal(kept, "");
    free(kept);
    free(backup);
}

#define care_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        care_test(a_sound_catalog_is_told),
        care_test(damaged_pages_are_told_and_salvaged),
        care_test(a_table_that_is_described_otherwise_is_told_and_set_right),
        care_test(a_table_that_is_not_there_is_made_again),
        care_test(where_nothing_can_be_read_a_snapshot_is_offered),
        care_test(a_damaged_backup_is_not_restored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
