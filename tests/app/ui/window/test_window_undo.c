/* What was done to files is undone after the window was closed and opened again. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const samples[] = {"Landscapes/aurora.jpg", "Landscapes/dunes.webp", "Space/nebula.jpg"};
enum { COUNT = sizeof samples / sizeof *samples };

static struct {
    char *home, *folder;
    window_session *session;
} here;

static int set_up(void **state)
{
    (void)state;
    here.home = files_temporary_folder();
    here.folder = strdup(files_folder(here.home, "pictures"));
    for (size_t i = 0; i < COUNT; i++) {
        char *from = strdup(files_sample(samples[i]));
        files_copy(from, files_path(here.folder, strchr(samples[i], '/') + 1), 0);
        free(from);
    }
    files_write(files_path(here.folder, "aurora.jpg.xmp"), "<x/>", 4);
    here.session = window_session_start(here.home, (const char *const[]){here.folder, NULL});
    window_session_wait_both(here.session, "import ended: imported=3 ", "view: items=3 ");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    int status = window_session_end(here.session, SIGTERM);
    assert_int_equal(status, 0);
    files_remove(here.home);
    free(here.folder);
    return 0;
}

static bool is_there(const char *name)
{
    return access(files_path(here.folder, name), F_OK) == 0;
}

static bool all_are_there(void)
{
    return is_there("aurora.jpg") && is_there("aurora.jpg.xmp") && is_there("dunes.webp") &&
           is_there("nebula.jpg");
}

/* Ends the window and opens it, until it knows what of before can be undone, and shows as many items. */
static void start_again(const char *undoable, const char *view)
{
    assert_int_equal(window_session_end(here.session, SIGTERM), 0);
    here.session = window_session_start(here.home, (const char *const[]){NULL});
    window_session_wait_both(here.session, undoable, view);
}

static void choose_all(void)
{
    window_session_click(here.session, "Items");
    window_session_key(here.session, "ctrl+a");
}

static void rename_all(void)
{
    choose_all();
    window_session_key(here.session, "F2");
    window_session_wait(here.session, "rename: 0 items get a new name");
    window_session_type(here.session, "holiday-{n:3}");
    window_session_wait(here.session, "rename: 3 items get a new name");
    window_session_click(here.session, "Rename");
    window_session_wait(here.session, "files: Renaming ended: items=3 files=4 done=4 failed=0");
    assert_true(is_there("holiday-001.jpg") && is_there("holiday-001.jpg.xmp"));
}

static void names_come_back_and_go_again(void **state)
{
    (void)state;
    rename_all();
    start_again("files: of before: undo=1 redo=0", "view: items=3 ");
    window_session_click(here.session, "Items");
    window_session_key(here.session, "alt+e");
    window_session_screenshot(here.session, "undo-menu");
    window_session_key(here.session, "Escape");
    window_session_key(here.session, "ctrl+z");
    window_session_wait(here.session, "files: Taking back names ended: items=3 files=4 done=4 failed=0");
    window_session_screenshot(here.session, "undo-renamed-back");
    assert_true(all_are_there());
    assert_false(is_there("holiday-001.jpg") || is_there("holiday-001.jpg.xmp"));

    start_again("files: of before: undo=0 redo=1", "view: items=3 ");
    window_session_click(here.session, "Items");
    window_session_key(here.session, "ctrl+z"); /* there is nothing more */
    window_session_key(here.session, "ctrl+shift+z");
    window_session_wait(here.session, "files: Renaming ended: items=3 files=4 done=4 failed=0");
    assert_true(is_there("holiday-003.jpg"));
    assert_false(is_there("aurora.jpg"));
    window_session_click(here.session, "Undo"); /* of the line */
    window_session_wait(here.session, "files: Taking back names ended: ");
    assert_true(all_are_there());
    window_session_click(here.session, "Undo"); /* what the line tells of, which was an undo */
    window_session_wait(here.session, "files: Renaming ended: ");
    assert_true(is_there("holiday-003.jpg"));
}

static void what_is_in_the_trash_comes_back(void **state)
{
    (void)state;
    choose_all();
    window_session_key(here.session, "Delete");
    window_session_wait(here.session, "files: asked:");
    window_session_click(here.session, "Move to trash");
    window_session_wait_both(
        here.session, "files: Moving to the trash ended: items=3 files=4 done=4 failed=0", "view: items=0 ");
    assert_false(is_there("aurora.jpg") || is_there("aurora.jpg.xmp"));
    files_write(files_path(here.folder, "nebula.jpg"), "mine", 4);
    start_again("files: of before: undo=1 redo=0", "view: ");
    window_session_key(here.session, "alt+e");
    window_session_screenshot(here.session, "undo-menu-trash");
    window_session_key(here.session, "Escape");
    window_session_key(here.session, "ctrl+z");
    window_session_wait(here.session,
                        "files: Putting back from the trash ended: items=3 files=4 done=3 failed=1");
    window_session_screenshot(here.session, "undo-trash-part");
    assert_true(is_there("aurora.jpg") && is_there("aurora.jpg.xmp") && is_there("dunes.webp"));
    size_t size = 0;
    char *bytes = files_read(files_path(here.folder, "nebula.jpg"), &size);
    assert_int_equal(size, 4);
    free(bytes);

    /* The rest, once its name is free. */
    assert_int_equal(unlink(files_path(here.folder, "nebula.jpg")), 0);
    window_session_click(here.session, "Items");
    window_session_key(here.session, "ctrl+z");
    window_session_wait(here.session,
                        "files: Putting back from the trash ended: items=3 files=1 done=1 failed=0");
    assert_true(all_are_there());
}

static void a_name_that_is_taken_is_told_and_can_be_tried_again(void **state)
{
    (void)state;
    rename_all();
    files_write(files_path(here.folder, "dunes.webp"), "mine", 4);
    start_again("files: of before: undo=1 redo=0", "view: items=3 ");
    window_session_click(here.session, "Items");
    window_session_key(here.session, "ctrl+z");
    window_session_wait(here.session,
                        "files: Taking back names ended: items=3 files=4 done=0 failed=0 error=");
    window_session_screenshot(here.session, "undo-refused");
    assert_true(is_there("holiday-001.jpg") && is_there("holiday-003.jpg"));
    assert_false(is_there("aurora.jpg"));
    assert_int_equal(unlink(files_path(here.folder, "dunes.webp")), 0);
    window_session_key(here.session, "ctrl+z");
    window_session_wait(here.session, "files: Taking back names ended: items=3 files=4 done=4 failed=0");
    assert_true(all_are_there());
}

/* By a kill, after which nothing of the window was written. */
static void a_killed_window_remembers_too(void **state)
{
    (void)state;
    rename_all();
    assert_int_equal(window_session_end(here.session, SIGKILL), 128 + SIGKILL);
    here.session = window_session_start(here.home, (const char *const[]){NULL});
    window_session_wait_both(here.session, "files: of before: undo=1 redo=0", "view: items=3 ");
    window_session_click(here.session, "Items");
    window_session_key(here.session, "ctrl+z");
    window_session_wait(here.session, "files: Taking back names ended: items=3 files=4 done=4 failed=0");
    assert_true(all_are_there());
}

/* In the dark and in German: what is told fits there, too. */
static void it_is_told_in_the_language_of_the_window(void **state)
{
    (void)state;
    if (access(VT_TRANSLATIONS "/vitrine_de.qm", R_OK) != 0) {
        print_message("skipped: lrelease was not there when this was built\n");
        skip();
    }
    window_session_click(here.session, "Items");
    window_session_key(here.session, "alt+v k"); /* the letters of the menu: dark colours */
    rename_all();
    files_write(files_path(here.folder, "dunes.webp"), "mine", 4);
    assert_int_equal(window_session_end(here.session, SIGTERM), 0);
    files_write(files_path(here.home, "config/vitrine/settings.conf"), "language = german\n", 18);
    here.session = window_session_start(here.home, (const char *const[]){NULL});
    window_session_wait_both(here.session, "files: of before: undo=1 redo=0", "view: items=3 ");
    window_session_place(here.session, "Elemente");
    window_session_key(here.session, "alt+b");
    window_session_screenshot(here.session, "undo-menu-german");
    window_session_key(here.session, "Escape Escape ctrl+z");
    window_session_wait(here.session,
                        "files: Taking back names ended: items=3 files=4 done=0 failed=0 error=");
    window_session_screenshot(here.session, "undo-refused-german");
    assert_int_equal(unlink(files_path(here.folder, "dunes.webp")), 0);
    assert_int_equal(unlink(files_path(here.folder, "holiday-003.jpg")), 0);
    window_session_key(here.session, "ctrl+z");
    window_session_wait(here.session, "files: Taking back names ended: items=3 files=3 done=3 failed=1");
    window_session_screenshot(here.session, "undo-but-one-german");
    assert_true(is_there("aurora.jpg") && is_there("dunes.webp"));
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_come_back_and_go_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_in_the_trash_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_name_that_is_taken_is_told_and_can_be_tried_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_killed_window_remembers_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_told_in_the_language_of_the_window, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
