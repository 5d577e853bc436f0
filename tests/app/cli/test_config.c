/* Settings from the command line: told, changed, refused, and what they do to an import. */

#include "tests/app/cli/library.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static int set_up(void **state)
{
    (void)state;
    library_begin();
    return 0;
}

static void expect(program_result got, int status, const char *out, const char *err)
{
    if (got.status != status || !strstr(got.out, out) || !strstr(got.err, err)) {
        fail_msg("status %d\n%s\n%s", got.status, got.out, got.err);
    }
    program_result_free(&got);
}

static void settings_are_listed_with_units_and_ranges(void **state)
{
    (void)state;
    expect(RUN("config", "list"), 0, "limits.pixels = 200 megapixels", "");
    expect(RUN("config", "list"), 0, "default 200, from 1 to 4000", "");
    program_result json = RUN("config", "list", "--json");
    json_value all = json_member(json_parse(json.out, json.length), "settings");
    assert_true(json_count(all) > 10);
    for (json_value setting = json_first(all); setting.text; setting = json_next(all, setting)) {
        assert_true(json_is_string(json_member(setting, "name")));
        assert_non_null(json_member(setting, "default").text);
    }
    expect(RUN("config", "list"), 0, "default careful; choices: off, careful, eager\n", "");
    json_value shared_thumbs = json_item(all, 2);
    assert_true(json_contains(json_member(shared_thumbs, "name"), "thumbnails.shared"));
    assert_true(json_contains(json_member(shared_thumbs, "value"), "read"));
    assert_int_equal(json_count(json_member(shared_thumbs, "choices")), 3);
    program_result_free(&json);
}

static void a_setting_is_changed_told_and_reset(void **state)
{
    (void)state;
    expect(RUN("config", "set", "memory.soft", "250"), 0, "", "");
    expect(RUN("config", "get", "memory.soft"), 0, "250\n", "");
    program_result json = RUN("config", "get", "memory.soft", "--json");
    assert_true(json_number(json_member(json_parse(json.out, json.length), "value")) == 250);
    program_result_free(&json);
    expect(RUN("diagnose"), 0, "250 MB (changed)", "");
    expect(RUN("config", "reset", "memory.soft"), 0, "", "");
    expect(RUN("config", "get", "memory.soft"), 0, "300\n", "");
}

static void a_choice_is_changed_by_its_word(void **state)
{
    (void)state;
    expect(RUN("config", "set", "thumbnails.shared", "write"), 0, "", "");
    expect(RUN("config", "get", "thumbnails.shared"), 0, "write\n", "");
    expect(RUN("config", "set", "thumbnails.shared", "always"), 1, "",
           "thumbnails.shared takes off, read or write, not 'always'");
    expect(RUN("config", "get", "thumbnails.shared"), 0, "write\n", "");
    expect(RUN("diagnose"), 0, "write (changed)", "");
    expect(RUN("config", "reset", "thumbnails.shared"), 0, "", "");
    expect(RUN("config", "get", "thumbnails.shared"), 0, "read\n", "");
}

static int files_below(const char *folder)
{
    DIR *stream = opendir(folder);
    int count = 0;
    while (stream && readdir(stream)) {
        count++;
    }
    if (stream) {
        closedir(stream);
    }
    return stream ? count - 2 : 0; /* "." and ".." are none */
}

static void the_setting_says_whether_thumbnails_are_left_for_others(void **state)
{
    (void)state;
    const char *left = "cache/thumbnails/large";
    files_write_picture(files_path(here.folder, "one.ppm"), 300, 200, 1);
    expect(RUN("import", here.folder), 0, "", "");
    assert_int_equal(files_below(files_path(here.home, left)), 0);
    expect(RUN("config", "set", "thumbnails.shared", "write"), 0, "", "");
    files_write_picture(files_path(here.folder, "two.ppm"), 300, 200, 2);
    expect(RUN("import", here.folder), 0, "", "");
    assert_int_equal(files_below(files_path(here.home, left)), 1);
    static const char *const environment[] = {"env", "VITRINE_SHARED_THUMBNAILS=read", NULL}; /* wins */
    here.options.wrapper = environment;
    files_write_picture(files_path(here.folder, "three.ppm"), 300, 200, 3);
    expect(RUN("import", here.folder), 0, "", "");
    here.options.wrapper = NULL;
    assert_int_equal(files_below(files_path(here.home, left)), 1);
}

/* Photographs' names: careful grouping leaves them single, eager does not. */
static void the_setting_says_which_numbered_images_are_one_item(void **state)
{
    (void)state;
    for (int i = 1; i <= 6; i++) {
        char name[32];
        snprintf(name, sizeof name, "IMG_%04d.ppm", i);
        files_write_picture(files_path(here.folder, name), 30, 20, (unsigned)i);
    }
    char *other = strdup(files_path(here.home, "other.vitrine"));
    char *third = strdup(files_path(here.home, "third.vitrine"));
    expect(RUN("import", here.folder, "--json"), 0, "\"imported\": 6", "");
    expect(RUN("config", "set", "sequences", "eager"), 0, "", "");
    expect(RUN("import", here.folder, "--json", "--catalog", other), 0, "\"imported\": 1,", "");
    expect(RUN("import", here.folder, "--json", "--catalog", third, "--sequences", "off"), 0,
           "\"imported\": 6,", "");
    free(other);
    free(third);
}

static void what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    expect(RUN("config", "set", "limits.pixels", "none"), 1, "", "from 1 to 4000, in megapixels, not 'none'");
    expect(RUN("config", "set", "limits.nothing", "1"), 1, "", "there is no setting 'limits.nothing'");
    expect(RUN("config", "set", "memory.soft", "500"), 1, "", "must not be more than memory.hard (450 MB)");
    expect(RUN("config", "get"), 2, "", "config get takes 1 more words, not 0");
    expect(RUN("config", "change", "jobs"), 2, "", "not 'change'");
    expect(RUN("config"), 2, "", "usage");
    expect(RUN("config", "get", "memory.soft"), 0, "300\n", "");
}

static void a_broken_file_is_told_and_does_not_stop_the_program(void **state)
{
    (void)state;
    files_folder(here.home, "config");
    files_folder(here.home, "config/vitrine");
    const char text[] = "jobs = lots\n";
    files_write(files_path(here.home, "config/vitrine/settings.conf"), text, sizeof text - 1);
    expect(RUN("config", "get", "jobs"), 0, "0\n", "settings.conf, line 1: jobs takes a whole number");
    files_write_picture(files_path(here.folder, "small.ppm"), 20, 20, 1);
    expect(RUN("import", here.folder), 0, "", "line 1");
    expect(RUN("config", "set", "jobs", "2"), 0, "", "");
    expect(RUN("config", "get", "jobs"), 0, "2\n", "");
}

static void a_refused_file_names_the_setting_that_allows_it(void **state)
{
    (void)state;
    files_write_picture(files_path(here.folder, "large.ppm"), 1300, 1000, 1);
    expect(RUN("config", "set", "limits.pixels", "1"), 0, "", "");
    expect(RUN("import", here.folder), 4, "", "to allow it, raise the setting limits.pixels");
    expect(RUN("thumbnail", files_path(here.folder, "large.ppm"), "-o", files_path(here.root, "t.png")), 1,
           "", "limits.pixels");
    expect(RUN("config", "set", "limits.pixels", "2"), 0, "", "");
    program_result json = RUN("import", "--retry", "--json", "--jobs", "3", here.folder);
    json_value all = json_parse(json.out, json.length);
    assert_true(json_number(json_member(all, "imported")) == 1);
    json_value schedule = json_member(all, "schedule");
    assert_true(json_number(json_member(schedule, "jobs")) == 3);
    assert_true(json_number(json_member(schedule, "threads")) == 7);
    assert_true(json_number(json_member(schedule, "tasks_done")) >= 0);
    assert_true(json_number(json_member(json_member(schedule, "waiting"), "import")) == 0);
    assert_int_equal(json.status, 0);
    program_result_free(&json);
}

#define CONFIG_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, library_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONFIG_TEST(settings_are_listed_with_units_and_ranges),
        CONFIG_TEST(a_setting_is_changed_told_and_reset),
        CONFIG_TEST(a_choice_is_changed_by_its_word),
        CONFIG_TEST(the_setting_says_whether_thumbnails_are_left_for_others),
        CONFIG_TEST(the_setting_says_which_numbered_images_are_one_item),
        CONFIG_TEST(what_makes_no_sense_is_refused),
        CONFIG_TEST(a_broken_file_is_told_and_does_not_stop_the_program),
        CONFIG_TEST(a_refused_file_names_the_setting_that_allows_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
