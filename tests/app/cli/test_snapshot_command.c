/* vitrine snapshot: of a workspace, the library's own and one from a file, which may be nonsense; and what is
   left behind. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/program.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char two_notes[] = "{\"format\": \"vitrine-layout\", \"version\": 1, \"windows\": [{\"id\": 1, "
                                "\"place\": [0, 0, 0, 0], \"tree\": {\"id\": 2, \"split\": \"horizontal\", "
                                "\"ratios\": [0.5, 0.5], \"children\": [{\"id\": 3, \"pane\": \"note:one\"}, "
                                "{\"id\": 4, \"pane\": \"nobody:knows\"}]}}]}";

static int set_up(void **state)
{
    *state = files_temporary_folder();
    return 0;
}

static int tear_down(void **state)
{
    files_remove(*state);
    return 0;
}

/* Ends with `status`, having said `said`; true if there is a picture of 640 x 400 afterwards. */
static bool render(const char *home, const char *view, const char *layout, int status, const char *said)
{
    char *picture = strdup(files_path(home, "out.png"));
    const char *arguments[] = {"snapshot", "--view", view, "--size", "640x400",
                               "-o",       picture,  NULL, NULL,     NULL};
    if (layout) {
        arguments[7] = "--layout";
        arguments[8] = layout;
    }
    unlink(picture);
    program_result result = program_run(&(program_options){.home = home}, arguments);
    if (result.status != status || !strstr(result.err, said)) {
        fail_msg("status %d, said: %s", result.status, result.err);
    }
    program_result_free(&result);
    size_t size = 0;
    char *bytes = access(picture, F_OK) == 0 ? files_read(picture, &size) : NULL;
    static const unsigned char sides[] = {0, 0, 0x02, 0x80, 0, 0, 0x01, 0x90}; /* of the IHDR, from byte 16 */
    bool right = size > 24 && memcmp(bytes + 16, sides, sizeof sides) == 0;
    free(bytes);
    free(picture);
    return right;
}

static void a_workspace_is_rendered(void **state)
{
    const char *home = *state;
    assert_true(render(home, "workspace", NULL, 0, ""));
    char *layout = strdup(files_path(home, "two.json"));
    files_write(layout, two_notes, strlen(two_notes));
    assert_true(render(home, "workspace", layout, 0, "")); /* what nobody knows is said in its pane */
    free(layout);
}

/* The picture shows what there is instead. */
static void a_layout_that_cannot_be_read_is_said(void **state)
{
    const char *home = *state;
    char *layout = strdup(files_path(home, "torn.json"));
    files_write(layout, two_notes, strlen(two_notes) / 2);
    assert_true(render(home, "workspace", layout, 1, "vitrine: "));
    assert_true(render(home, "workspace", "/nowhere/a.json", 1, "cannot read the layout /nowhere/a.json"));
    assert_true(render(home, "workspace", home, 1, "cannot read the layout")); /* a folder */
    free(layout);
}

static void a_layout_belongs_to_a_workspace(void **state)
{
    assert_false(render(*state, "table", "a.json", 2, "--layout belongs to --view workspace"));
    assert_false(render(*state, "nothing", NULL, 2, "there is no view 'nothing'"));
}

static void seconds_belong_to_the_performance_centre(void **state)
{
    const char *home = *state;
    char *picture = strdup(files_path(home, "out.png"));
    static const struct {
        const char *view, *seconds, *said;
    } wrong[] = {{"table", "2", "--seconds belongs to --view performance"},
                 {"performance", "0", "--seconds"},
                 {"performance", "long", "--seconds"},
                 {"performance", "601", "--seconds"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *arguments[] = {"snapshot",       "--view", wrong[i].view, "--seconds",
                                   wrong[i].seconds, "-o",     picture,       NULL};
        program_result result = program_run(&(program_options){.home = home}, arguments);
        assert_int_equal(result.status, 2);
        assert_non_null(strstr(result.err, wrong[i].said));
        program_result_free(&result);
    }
    const char *right[] = {"snapshot", "--view", "performance", "--seconds", "2", "-o", picture, NULL};
    program_result result = program_run(&(program_options){.home = home}, right);
    assert_int_equal(result.status, 0);
    assert_true(result.wait_ms >= 2000);
    assert_int_equal(access(picture, F_OK), 0);
    program_result_free(&result);
    free(picture);
}

static void another_picture_is_not_replaced(void **state)
{
    const char *home = *state;
    static const char mine[] = "a picture of mine";
    char *picture = strdup(files_path(home, "out.png"));
    const char *arguments[] = {"snapshot", "--size", "640x400", "-o", picture, NULL};
    for (int i = 0; i < 2; i++) { /* its own of before is */
        program_result result = program_run(&(program_options){.home = home}, arguments);
        assert_int_equal(result.status, 0);
        program_result_free(&result);
    }
    files_write(picture, mine, strlen(mine));
    program_result result = program_run(&(program_options){.home = home}, arguments);
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "out.png is there and no picture of Vitrine's own"));
    program_result_free(&result);
    size_t size;
    char *bytes = files_read(picture, &size);
    assert_int_equal(size, strlen(mine));
    free(bytes);
    free(picture);
}

/* Entries of `folder` whose names begin with that of a snapshot's library. */
static int count_libraries(const char *folder)
{
    int count = 0;
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (const struct dirent *entry; (entry = readdir(entries));) {
        count += strncmp(entry->d_name, "vitrine-snapshot-", 17) == 0;
    }
    closedir(entries);
    return count;
}

/* The library of the paths that are shown goes with the end, whichever it is. */
static void nothing_is_left_of_a_library_that_was_made(void **state)
{
    const char *home = *state;
    char *temporary = strdup(files_folder(home, "temporary"));
    char *pictures = strdup(files_folder(home, "pictures"));
    char *picture = strdup(files_path(home, "out.png"));
    char environment[300];
    (void)snprintf(environment, sizeof environment, "TMPDIR=%s", temporary);
    const char *const more[] = {environment, NULL};
    const program_options options = {.home = home, .more = more};
    for (int i = 0; i < 40; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "%d.ppm", i);
        files_write_picture(files_path(pictures, name), 600, 400, (unsigned)i);
    }
    const char *const arguments[] = {"snapshot", "--size", "640x400", "-o", picture, pictures, NULL};
    program_result result = program_run(&options, arguments);
    assert_int_equal(result.status, 0);
    assert_int_equal(access(picture, F_OK), 0);
    assert_int_equal(count_libraries(temporary), 0);
    program_result_free(&result);
    assert_int_equal(unlink(picture), 0);

    program *running = program_start(&options, arguments);
    for (int i = 0; i < 3000 && count_libraries(temporary) == 0; i++) {
        usleep(10000);
    }
    program_interrupt(running);
    result = program_wait(running, 60000);
    assert_int_equal(result.status, 130);
    assert_int_equal(access(picture, F_OK), -1);
    assert_int_equal(count_libraries(temporary), 0);
    program_result_free(&result);
    free(picture);
    free(pictures);
    free(temporary);
}

static bool has_window(void)
{
    char *home = files_temporary_folder();
    program_result result =
        program_run(&(program_options){.home = home}, (const char *const[]){"snapshot", "--help", NULL});
    bool has = result.status == 0;
    program_result_free(&result);
    files_remove(home);
    return has;
}

int main(void)
{
    if (!has_window()) {
        puts("SKIPPED: this build has no window");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_workspace_is_rendered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_layout_that_cannot_be_read_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_layout_belongs_to_a_workspace, set_up, tear_down),
        cmocka_unit_test_setup_teardown(seconds_belong_to_the_performance_centre, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_picture_is_not_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_left_of_a_library_that_was_made, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
