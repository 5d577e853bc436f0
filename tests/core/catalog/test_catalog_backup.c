#include "core/catalog/fixture.h"

#include "core/catalog/backup.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static int64_t items_in(const char *path)
{
    return fixture_number(path, "SELECT count(*) FROM item");
}

static void make_catalog(int items)
{
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, items);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static char backup_path[256];

static void make_backup(void)
{
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_ONLY);
    vt_error error = VT_ERROR_INIT;
    snprintf(backup_path, sizeof backup_path, "%s", fixture_file("copy.backup"));
    if (!vt_backup_write(catalog, backup_path, &error)) {
        fail_msg("%s", error.message);
    }
    vt_catalog_close(catalog);
}

static void test_a_backup_holds_the_last_commit_and_is_one_file(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 500); /* still in the log */
    int files = fixture_count_files();
    const char *to = fixture_file("copy.backup");
    assert_true(vt_backup_write(catalog, to, NULL));
    assert_int_equal(fixture_count_files(), files + 1);
    assert_int_equal(items_in(to), 500);
    assert_int_equal(fixture_count_files(), files + 1); /* no log came with it */
    fixture_fill(writer, 700);
    assert_true(vt_backup_write(catalog, fixture_file("copy.backup"), NULL));
    assert_int_equal(items_in(fixture_file("copy.backup")), 700);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    /* it is a catalog */
    vt_catalog_options options = {.mode = VT_CATALOG_READ_ONLY, .log = vt_log_none};
    catalog = vt_catalog_open(fixture_file("copy.backup"), &options, NULL);
    assert_non_null(catalog);
    vt_catalog_close(catalog);
}

/* An empty file gives its name away; what is no catalog stays as it is, also what SQLite wrote for others. */
static void test_a_backup_replaces_no_other_file(void **state)
{
    (void)state;
    make_catalog(10);
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_ONLY);
    const char *to = fixture_file("mine");
    static const char *const contents[] = {"", "a picture", "SQLite format 3"};
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        uint8_t bytes[512] = {0};
        memcpy(bytes, contents[i], strlen(contents[i]));
        FILE *file = fopen(to, "we");
        assert_non_null(file);
        assert_int_equal(fwrite(bytes, 1, i > 0 ? sizeof bytes : 0, file), i > 0 ? sizeof bytes : 0);
        assert_int_equal(fclose(file), 0);
        vt_error error = VT_ERROR_INIT;
        assert_int_equal(vt_backup_write(catalog, to, &error), i == 0);
        if (i > 0) {
            uint8_t after[sizeof bytes + 1];
            assert_int_equal(error.code, VT_ERROR_USAGE);
            assert_non_null(strstr(error.message, "no backup of a catalog"));
            file = fopen(to, "re");
            assert_non_null(file);
            assert_int_equal(fread(after, 1, sizeof after, file), sizeof bytes);
            assert_memory_equal(after, bytes, sizeof bytes);
            fclose(file);
        }
        unlink(to);
    }
    vt_catalog_close(catalog);
}

static void test_a_backup_that_fails_leaves_the_old_one(void **state)
{
    (void)state;
    make_catalog(10);
    make_backup();
    make_catalog(3000);
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_ONLY);
    int files = fixture_count_files();
    vt_error error = VT_ERROR_INIT;
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit tight = {.rlim_cur = (rlim_t)100 * 1024, .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    bool done = vt_backup_write(catalog, backup_path, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_false(done);
    assert_int_equal(error.code, VT_ERROR_NO_SPACE);
    assert_int_equal(fixture_count_files(), files);
    assert_int_equal(items_in(backup_path), 10);

    assert_false(vt_backup_write(catalog, fixture_path, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_int_equal(link(fixture_path, fixture_file("other-name")), 0);
    assert_false(vt_backup_write(catalog, fixture_file("other-name"), &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(vt_backup_write(catalog, fixture_file("no-folder/copy"), &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_false(vt_backup_write(catalog, fixture_folder, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_REGULAR);
    vt_catalog_close(catalog);
}

static void test_a_restore_keeps_what_was_there(void **state)
{
    (void)state;
    make_catalog(10);
    make_backup();
    make_catalog(50);
    for (int round = 1; round <= 2; round++) {
        char *kept = NULL;
        vt_error error = VT_ERROR_INIT;
        if (!vt_backup_restore(fixture_path, backup_path, &kept, &vt_log_none, &error)) {
            fail_msg("%s", error.message);
        }
        assert_int_equal(items_in(fixture_path), 10);
        char expected[256];
        snprintf(expected, sizeof expected, "%s.before-restore-%d", fixture_path, round);
        assert_string_equal(kept, expected);
        assert_int_equal(items_in(kept), round == 1 ? 50 : 10);
        free(kept);
    }
    assert_int_equal(items_in(backup_path), 10);
    make_catalog(20); /* it can be opened and written */
    assert_int_equal(items_in(fixture_path), 20);
}

static void test_a_restore_needs_no_catalog_and_replaces_any_damage(void **state)
{
    (void)state;
    make_catalog(10);
    make_backup();
    unlink(fixture_path);
    char *kept = "?";
    assert_true(vt_backup_restore(fixture_path, backup_path, &kept, &vt_log_none, NULL));
    assert_null(kept);
    assert_int_equal(items_in(fixture_path), 10);

    fixture_spill(fixture_path, "garbage", 7);
    fixture_spill(fixture_file("library.vitrine-wal"), "old log", 7);
    assert_true(vt_backup_restore(fixture_path, backup_path, &kept, &vt_log_none, NULL));
    assert_int_equal(items_in(fixture_path), 10);
    size_t length = 0;
    char *bytes = fixture_slurp(kept, &length);
    assert_int_equal(length, 7);
    assert_memory_equal(bytes, "garbage", 7);
    free(bytes);
    free(kept);
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_close(catalog);
}

static void refuse(const char *from, vt_error_code code)
{
    vt_error error = VT_ERROR_INIT;
    char *kept = NULL;
    assert_false(vt_backup_restore(fixture_path, from, &kept, &vt_log_none, &error));
    if (error.code != code) {
        fail_msg("%s: %s", vt_error_code_name(error.code), error.message);
    }
    assert_null(kept);
    assert_int_equal(items_in(fixture_path), 50);
}

static void test_bad_backups_are_refused_and_the_catalog_stays(void **state)
{
    (void)state;
    make_catalog(2000);
    make_backup();
    unlink(fixture_path);
    make_catalog(50);
    refuse(fixture_file("not-there"), VT_ERROR_NOT_FOUND);
    refuse(fixture_path, VT_ERROR_USAGE);
    fixture_spill(fixture_file("empty"), "", 0);
    refuse(fixture_file("empty"), VT_ERROR_CORRUPT);
    char text[600];
    memset(text, 'x', sizeof text);
    fixture_spill(fixture_file("text"), text, sizeof text);
    refuse(fixture_file("text"), VT_ERROR_CORRUPT);

    fixture_sql(backup_path, "PRAGMA user_version=99");
    refuse(backup_path, VT_ERROR_VERSION);
    fixture_sql(backup_path, "PRAGMA user_version=1; PRAGMA application_id=3");
    refuse(backup_path, VT_ERROR_UNSUPPORTED);
    fixture_sql(backup_path, "PRAGMA application_id=0x56697472");
    size_t length = 0;
    char *bytes = fixture_slurp(backup_path, &length);
    memset(bytes + length / 2, 0xee, 4096);
    fixture_spill(backup_path, bytes, length);
    refuse(backup_path, VT_ERROR_CORRUPT);
    fixture_spill(backup_path, bytes, length / 2);
    refuse(backup_path, VT_ERROR_CORRUPT);
    free(bytes);
    assert_int_equal(access(fixture_file("library.vitrine.before-restore-1"), F_OK), -1);
}

static void test_an_open_catalog_is_not_replaced(void **state)
{
    (void)state;
    make_catalog(50);
    make_backup();
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    refuse(backup_path, VT_ERROR_BUSY);
    vt_catalog_close(catalog);
    /* A reader takes no lock of ours, but SQLite knows of it. */
    catalog = fixture_open(VT_CATALOG_READ_ONLY);
    vt_catalog_reader *reader = fixture_reader(catalog);
    assert_true(vt_catalog_reader_begin(reader, NULL));
    refuse(backup_path, VT_ERROR_BUSY);
    vt_catalog_reader_end(reader);
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
    assert_true(vt_backup_restore(fixture_path, backup_path, NULL, &vt_log_none, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_a_backup_holds_the_last_commit_and_is_one_file),
        fixture_test(test_a_backup_replaces_no_other_file),
        fixture_test(test_a_backup_that_fails_leaves_the_old_one),
        fixture_test(test_a_restore_keeps_what_was_there),
        fixture_test(test_a_restore_needs_no_catalog_and_replaces_any_damage),
        fixture_test(test_bad_backups_are_refused_and_the_catalog_stays),
        fixture_test(test_an_open_catalog_is_not_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
