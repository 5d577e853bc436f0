/* The settings' file: read, changed line by line, never half written, and what is wrong with it. */
#include "tests/support/check.h"

#include "core/base/str.h"
#include "core/settings/settings_file.h"
#include "tests/support/files.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct place {
    char *root, *path;
} place;

static int set_up(void **state)
{
    place *at = calloc(1, sizeof *at);
    at->root = files_temporary_folder();
    at->path = strdup(files_path(at->root, "new/settings.conf"));
    *state = at;
    return 0;
}

static int tear_down(void **state)
{
    place *at = *state;
    files_remove(at->root);
    free(at->path);
    free(at);
    return 0;
}

static void write_text(const place *at, const char *text)
{
    mkdir(files_path(at->root, "new"), 0700); /* may be there */
    files_write(at->path, text, strlen(text));
}

static void expect_text(const place *at, const char *text)
{
    size_t size;
    char *found = files_read(at->path, &size);
    assert_int_equal(size, strlen(text));
    assert_memory_equal(found, text, size);
    free(found);
}

static bool set(const place *at, vt_setting which, int64_t value, vt_settings *settings, vt_error *error)
{
    const vt_settings_change change = {which, false, value};
    return vt_settings_save(at->path, &change, 1, settings, error);
}

static void no_file_means_standard_values(void **state)
{
    const place *at = *state;
    vt_settings settings;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_settings_load(at->path, &settings, &error));
    const vt_settings standard = vt_settings_default();
    assert_memory_equal(&settings, &standard, sizeof standard);
}

static void what_is_saved_is_loaded_and_the_rest_of_the_file_stays(void **state)
{
    const place *at = *state;
    vt_settings settings, loaded;
    vt_error error = VT_ERROR_INIT;
    assert_true(set(at, VT_SETTING_JOBS, 3, &settings, &error)); /* makes the folder and the file */
    assert_int_equal(settings.values[VT_SETTING_JOBS], 3);
    write_text(at, "# mine\njobs=4\n\n  memory.soft =  200  \nfuture.thing = blue\njobs = 5\n");
    assert_true(set(at, VT_SETTING_JOBS, 6, &settings, &error));
    expect_text(at, "# mine\njobs = 6\n\n  memory.soft =  200  \nfuture.thing = blue\n");
    assert_int_equal(settings.values[VT_SETTING_MEMORY_SOFT], 200);
    const vt_settings_change reset = {VT_SETTING_MEMORY_SOFT, true, 0};
    assert_true(vt_settings_save(at->path, &reset, 1, &settings, &error));
    expect_text(at, "# mine\njobs = 6\n\nfuture.thing = blue\n");
    assert_false(vt_settings_load(at->path, &loaded, &error)); /* the line of another version is told of */
    assert_non_null(strstr(error.message, "line 4"));
    assert_memory_equal(&loaded, &settings, sizeof loaded);
}

static void bad_lines_are_told_by_number_and_cost_only_themselves(void **state)
{
    const place *at = *state;
    static const struct {
        const char *text, *part;
    } cases[] = {
        {"jobs = 3\nlimits.pixels = many\n", "line 2: limits.pixels takes a whole number"},
        {"jobs = 3\nlimits.pixels\n", "line 2: 'limits.pixels' is not of the form name = value"},
        {"jobs = 3\n\n= 7\n", "line 3: there is no setting ''"},
        {"jobs = 3\nlimits.pixels = 4001", "from 1 to 4000"},
        {"memory.soft = 600\njobs = 3\n", "memory.soft (600 MB) must not be more than memory.hard (450 MB)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_settings settings;
        vt_error error = VT_ERROR_INIT;
        write_text(at, cases[i].text);
        assert_false(vt_settings_load(at->path, &settings, &error));
        if (!strstr(error.message, cases[i].part)) {
            fail_msg("%s", error.message);
        }
        vt_settings expected = vt_settings_default();
        expected.values[VT_SETTING_JOBS] = 3;
        assert_memory_equal(&settings, &expected, sizeof expected);
    }
}

static void a_bad_line_is_cured_by_setting_it(void **state)
{
    const place *at = *state;
    vt_settings settings;
    vt_error error = VT_ERROR_INIT;
    write_text(at, "limits.scans = none\n");
    assert_true(set(at, VT_SETTING_LIMIT_SCANS, 100, &settings, &error));
    expect_text(at, "limits.scans = 100\n");
}

static void values_that_make_no_sense_change_nothing(void **state)
{
    const place *at = *state;
    vt_settings settings = vt_settings_default();
    const vt_settings before = settings;
    vt_error error = VT_ERROR_INIT;
    write_text(at, "memory.hard = 400\n");
    assert_false(set(at, VT_SETTING_MEMORY_SOFT, 500, &settings, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(set(at, VT_SETTING_JOBS, 65, &settings, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    expect_text(at, "memory.hard = 400\n");
    assert_memory_equal(&settings, &before, sizeof before);
    const vt_settings_change both[] = {{VT_SETTING_MEMORY_SOFT, false, 500},
                                       {VT_SETTING_MEMORY_HARD, false, 600}};
    assert_true(vt_settings_save(at->path, both, 2, &settings, &error)); /* together they do */
    expect_text(at, "memory.hard = 600\nmemory.soft = 500\n");
}

static void what_is_no_file_of_settings_is_left_alone(void **state)
{
    const place *at = *state;
    vt_settings settings;
    vt_error error = VT_ERROR_INIT;
    char *large = malloc(VT_SETTINGS_FILE_BYTES_MAX + 1);
    files_folder(at->root, "new");
    memset(large, '#', VT_SETTINGS_FILE_BYTES_MAX + 1);
    files_write(at->path, large, VT_SETTINGS_FILE_BYTES_MAX + 1);
    assert_false(vt_settings_load(at->path, &settings, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_false(set(at, VT_SETTING_JOBS, 2, &settings, &error));
    files_write(at->path, "jobs = 1\n\0x", 11);
    assert_false(vt_settings_load(at->path, &settings, &error));
    assert_int_equal(error.code, VT_ERROR_CORRUPT);
    assert_int_equal(unlink(at->path), 0);
    assert_int_equal(mkdir(at->path, 0700), 0);
    assert_false(vt_settings_load(at->path, &settings, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_REGULAR);
    assert_non_null(strstr(error.message, "settings.conf"));
    assert_int_equal(rmdir(at->path), 0);
    assert_int_equal(mkfifo(at->path, 0600), 0);
    assert_false(vt_settings_load(at->path, &settings, &error)); /* without waiting for a writer */
    free(large);
}

static void a_folder_that_cannot_be_made_is_told(void **state)
{
    const place *at = *state;
    vt_settings settings;
    vt_error error = VT_ERROR_INIT;
    files_write(files_path(at->root, "new"), "x", 1);
    assert_false(set(at, VT_SETTING_JOBS, 2, &settings, &error));
    assert_non_null(strstr(error.message, "/new"));
}

static int files_in(const char *folder)
{
    int count = 0;
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    for (struct dirent *entry; (entry = readdir(listing));) {
        count += entry->d_name[0] != '.';
    }
    closedir(listing);
    return count;
}

/* Each of many programs at once changes a setting of its own: none takes back what another wrote. */
static void programs_that_change_it_at_once_take_turns(void **state)
{
    const place *at = *state;
    enum { EACH = 20 };
    static const vt_setting own[] = {VT_SETTING_JOBS, VT_SETTING_LIMIT_PIXELS, VT_SETTING_LIMIT_SCANS,
                                     VT_SETTING_MEMORY_SOFT};
    enum { PROGRAMS = sizeof own / sizeof *own };
    pid_t children[PROGRAMS];
    for (int i = 0; i < PROGRAMS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            vt_settings settings;
            int failed = 0;
            int64_t first = own[i] == VT_SETTING_MEMORY_SOFT ? 100 : 1;
            for (int64_t value = first; value < first + EACH; value++) {
                failed += !set(at, own[i], value, &settings, NULL) || settings.values[own[i]] != value;
            }
            _exit(failed);
        }
    }
    for (int i = 0; i < PROGRAMS; i++) {
        int status;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    vt_settings settings;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_settings_load(at->path, &settings, &error));
    for (int i = 0; i < PROGRAMS; i++) {
        assert_int_equal(settings.values[own[i]], own[i] == VT_SETTING_MEMORY_SOFT ? 99 + EACH : EACH);
    }
    assert_int_equal(files_in(files_path(at->root, "new")), 1); /* nothing temporary is left */
}

static void collect(void *user, const char *name, const char *value)
{
    vt_str_appendf(user, "%s:%s|", name, value);
}

static void lines_of_others_are_kept_and_are_no_fault(void **state)
{
    const place *at = *state;
    vt_error error = VT_ERROR_INIT;
    vt_settings settings;
    vt_str seen = VT_STR_INIT;
    const vt_settings_line lines[] = {{"key.view.larger", "Ctrl+#"}, {"key.item.open", ""}};
    assert_true(vt_settings_load_lines(at->path, collect, &seen, &error));
    assert_string_equal(seen.data, "");
    write_text(at, "# mine\njobs = 3\nkey.from.later = F30\n");
    assert_true(vt_settings_save_lines(at->path, lines, 2, &error));
    expect_text(at, "# mine\njobs = 3\nkey.from.later = F30\nkey.view.larger = Ctrl+#\nkey.item.open = \n");
    assert_true(vt_settings_load(at->path, &settings, &error));
    assert_int_equal(settings.values[VT_SETTING_JOBS], 3);
    const vt_settings_line fewer[] = {{"key.view.larger", NULL}, {"key.unknown", NULL}};
    assert_true(vt_settings_save_lines(at->path, fewer, 2, &error));
    assert_true(vt_settings_load_lines(at->path, collect, &seen, &error));
    assert_string_equal(seen.data, "key.from.later:F30|key.item.open:|");
    vt_str_free(&seen);
}

static void lines_of_others_cannot_pass_for_settings(void **state)
{
    const place *at = *state;
    static const vt_settings_line bad[] = {{"jobs", "3"}, {"key.a", "x\njobs = 3"}, {"ke", NULL}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_settings_save_lines(at->path, &bad[i], 1, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
    }
    assert_int_not_equal(access(at->path, F_OK), 0);
}

static void the_file_never_grows_beyond_what_is_read(void **state)
{
    const place *at = *state;
    vt_error error = VT_ERROR_INIT;
    char *value = calloc(1, VT_SETTINGS_FILE_BYTES_MAX + 1);
    assert_non_null(value);
    memset(value, 'a', VT_SETTINGS_FILE_BYTES_MAX);
    const vt_settings_line line = {"key.large", value};
    write_text(at, "jobs = 3\n");
    assert_false(vt_settings_save_lines(at->path, &line, 1, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    expect_text(at, "jobs = 3\n");
    free(value);
}

static void lines_of_an_unreadable_file_are_told(void **state)
{
    const place *at = *state;
    vt_error error = VT_ERROR_INIT;
    vt_str seen = VT_STR_INIT;
    assert_false(vt_settings_load_lines(at->root, collect, &seen, &error)); /* a folder */
    assert_int_equal(error.code, VT_ERROR_NOT_REGULAR);
    vt_str_free(&seen);
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(no_file_means_standard_values),
        FILE_TEST(what_is_saved_is_loaded_and_the_rest_of_the_file_stays),
        FILE_TEST(bad_lines_are_told_by_number_and_cost_only_themselves),
        FILE_TEST(a_bad_line_is_cured_by_setting_it),
        FILE_TEST(values_that_make_no_sense_change_nothing),
        FILE_TEST(what_is_no_file_of_settings_is_left_alone),
        FILE_TEST(a_folder_that_cannot_be_made_is_told),
        FILE_TEST(programs_that_change_it_at_once_take_turns),
        FILE_TEST(lines_of_others_are_kept_and_are_no_fault),
        FILE_TEST(lines_of_others_cannot_pass_for_settings),
        FILE_TEST(the_file_never_grows_beyond_what_is_read),
        FILE_TEST(lines_of_an_unreadable_file_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
