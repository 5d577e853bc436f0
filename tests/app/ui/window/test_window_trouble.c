/* Bad files and bad catalogs in the window: each is explained, nothing ends the program. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/program.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define NOT_UTF8 "caf\xe9.ppm"

static bool has_device;

/* One good file, and one of each kind that cannot be taken in. */
static void fill(const char *folder)
{
    static const char text[] = "Dear diary, this was never a photograph.\n";
    files_write_picture(files_path(folder, "good.ppm"), 40, 30, 1);
    files_write_picture(files_path(folder, NOT_UTF8), 40, 30, 2);
    files_write(files_path(folder, "text.jpg"), text, sizeof text - 1);
    files_write(files_path(folder, "empty.png"), "", 0);
    files_write(files_path(folder, "empty.stl"), "", 0);
    char *from = strdup(files_sample("Landscapes/aurora.jpg"));
    files_copy(from, files_path(folder, "cut.jpg"), 300);
    free(from);
    files_write_picture(files_path(folder, "secret.ppm"), 40, 30, 3);
    assert_int_equal(chmod(files_path(folder, "secret.ppm"), 0), 0);
    assert_int_equal(mkfifo(files_path(folder, "pipe.png"), 0666), 0);
    has_device = mknod(files_path(folder, "device.png"), S_IFCHR | 0666, makedev(1, 3)) == 0;
}

/* Everything in it may be written by whom the program becomes. */
static char *open_folder(void)
{
    char *folder = files_temporary_folder();
    assert_int_equal(chmod(folder, 0777), 0);
    return folder;
}

static void failures_are_listed_with_their_reasons(void **state)
{
    (void)state;
    char *home = open_folder();
    char *folder = strdup(files_folder(home, "pictures"));
    fill(folder);
    bool unprivileged = program_can_drop_privileges(home);
    window_session *session = window_session_launch(home, unprivileged, (const char *const[]){folder, NULL});
    window_session_wait(session, "import ended: imported=2 ");
    assert_true(window_session_value(session, "failed") >= 5);
    window_session_click(session, "Show failures…");
    window_session_wait(session, "failures: ");
    window_session_wait(session, "place: Files that could not be imported:");
    static const char *const names[] = {
        "text.jpg: ", "empty.png: ", "empty.stl: ", "cut.jpg: ", "pipe.png: "};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path;
        assert_true(asprintf(&path, "failure: %s/%s", folder, names[i]) > 0);
        if (window_session_count(session, path) != 1) {
            fail_msg("%s is not listed:\n%s", path, window_session_log(session));
        }
        free(path);
    }
    assert_int_equal(window_session_count(session, "secret.ppm: "), unprivileged ? 1 : 0);
    assert_int_equal(window_session_count(session, "device.png: "), has_device ? 1 : 0);
    assert_int_equal(window_session_count(session, "good.ppm: "), 0);
    window_session_screenshot(session, "failures");
    window_session_click(session, "Try again");
    window_session_wait(session, "import ended: imported=0 ");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

/* Imports the folder without taking up what changes in it later: only who asks gets it looked at again. */
static void import_unwatched(window_session *session, const char *folder)
{
    window_session_key(session, "ctrl+o");
    window_session_place(session, "Import folders");
    window_session_click(session, "Take up changes from now on");
    window_session_click(session, "Choose a folder…");
    window_session_place(session, "Add a folder");
    window_session_type(session, folder);
    window_session_key(session, "Return");
    window_session_wait(session, "intake: counted: 4 files");
    window_session_click(session, "Import");
    window_session_wait(session, "import ended: imported=1 ");
}

static void mend(const char *folder, const char *name)
{
    char *from = strdup(files_sample("Landscapes/aurora.jpg"));
    files_copy(from, files_path(folder, name), 0);
    free(from);
}

static void what_was_mended_comes_when_it_is_tried_again(void **state)
{
    (void)state;
    static const char text[] = "Dear diary, this was never a photograph.\n";
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "pictures"));
    files_write_picture(files_path(folder, "good.ppm"), 40, 30, 1);
    files_write(files_path(folder, "one.jpg"), text, sizeof text - 1);
    files_write(files_path(folder, "two.jpg"), text, sizeof text - 1);
    files_write(files_path(folder, "three.jpg"), text, sizeof text - 1);
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    import_unwatched(session, folder);
    window_session_click(session, "Show failures…");
    window_session_wait(session, "failures: 3 files could not be taken in.");
    window_session_place(session, "Try again");

    mend(folder, "one.jpg");
    window_session_click(session, "Try again");
    window_session_wait_both(session, "import ended: imported=1 ", "view: items=2 ");
    window_session_click(
        session, "Failures of 3 folders and files"); /* the panel shows how the import goes meanwhile */
    window_session_wait(session, "failures: 2 files could not be taken in.");
    window_session_screenshot(session, "failures-some-left");

    /* Whichever import takes it in: the list that is seen follows. */
    mend(folder, "two.jpg");
    mend(folder, "three.jpg");
    window_session_key(session, "F5");
    window_session_wait_both(session, "failures: Every file could be taken in.", "view: items=4 ");
    window_session_screenshot(session, "failures-none-left");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = window_session_start(home, (const char *const[]){"/no/such/folder", NULL});
    window_session_wait(session, "/no/such/folder");
    window_session_screenshot(session, "no-such-folder");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void an_empty_folder_leaves_the_empty_page(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *empty = strdup(files_folder(home, "empty"));
    window_session *session = window_session_start(home, (const char *const[]){empty, NULL});
    window_session_wait(session, "import ended: imported=0 ");
    window_session_place(session, "Add a folder…");
    window_session_screenshot(session, "empty-folder");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(empty);
    files_remove(home);
}

static void a_catalog_that_is_no_database_is_explained(void **state)
{
    (void)state;
    static const char text[] = "This was somebody's thesis, named library.vitrine by mistake.\n";
    char *home = files_temporary_folder();
    char *catalog = strdup(files_path(home, "thesis.vitrine"));
    files_write(catalog, text, sizeof text - 1);
    window_session *session =
        window_session_launch(home, false, (const char *const[]){"--catalog", catalog, NULL});
    window_session_wait(session, "thesis.vitrine");
    /* Who started it from a menu sees no terminal: the message stands in a window, too, until it is closed.
     */
    window_session_do(session, "search --sync --onlyvisible --name 'Vitrine cannot start'");
    window_session_screenshot(session, "no-database");
    window_session_do(session, "search --onlyvisible --name 'Vitrine cannot start' windowfocus");
    window_session_key(session, "Escape");
    assert_int_equal(window_session_end(session, 0), 1);
    size_t count;
    char *after = files_read(catalog, &count);
    assert_int_equal(count, sizeof text - 1);
    free(after);
    free(catalog);
    files_remove(home);
}

static void a_read_only_catalog_is_shown_and_said_to_be_so(void **state)
{
    (void)state;
    char *home = open_folder();
    if (!program_can_drop_privileges(home)) {
        print_message("root may write everything, and privileges cannot be dropped here\n");
        files_remove(home);
        skip();
    }
    char *shelf = strdup(files_folder(home, "shelf"));
    char *catalog = strdup(files_path(shelf, "library.vitrine"));
    window_session *session =
        window_session_start(home, (const char *const[]){"--catalog", catalog, files_sample("Models"), NULL});
    window_session_wait(session, "import ended: imported=6 ");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    assert_int_equal(chmod(catalog, 0444), 0);
    assert_int_equal(chmod(shelf, 0555), 0);
    files_remove(strdup(files_path(home, "cache")));
    files_remove(strdup(files_path(home, "config")));
    session = window_session_launch(home, true, (const char *const[]){"--catalog", catalog, NULL});
    window_session_wait(session, "view: items=6 ");
    window_session_wait(session, "read only");
    window_session_place(session, "Items");
    window_session_screenshot(session, "read-only");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(catalog);
    free(shelf);
    files_remove(home);
}

static void a_second_window_opens_the_library_read_only(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *first = window_session_start(home, (const char *const[]){files_sample("Models"), NULL});
    window_session_wait(first, "import ended: imported=6 ");
    char *second_home = files_folder(home, "second") ? strdup(files_path(home, "second")) : NULL;
    char *catalog = strdup(files_path(home, "data/vitrine/library.vitrine"));
    window_session *second =
        window_session_start(second_home, (const char *const[]){"--catalog", catalog, NULL});
    window_session_wait(second, "view: items=6 ");
    window_session_wait(second, "read only");
    window_session_screenshot(second, "second");
    assert_int_equal(window_session_end(second, SIGTERM), 0);
    assert_int_equal(window_session_end(first, SIGTERM), 0);
    free(catalog);
    free(second_home);
    files_remove(home);
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    umask(0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failures_are_listed_with_their_reasons),
        cmocka_unit_test(what_was_mended_comes_when_it_is_tried_again),
        cmocka_unit_test(a_folder_that_is_not_there_is_told),
        cmocka_unit_test(an_empty_folder_leaves_the_empty_page),
        cmocka_unit_test(a_catalog_that_is_no_database_is_explained),
        cmocka_unit_test(a_read_only_catalog_is_shown_and_said_to_be_so),
        cmocka_unit_test(a_second_window_opens_the_library_read_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
