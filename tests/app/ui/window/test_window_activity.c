/* The activity panel, in the window on a display: many imports at once, Pause and Go on, failures. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { PICTURES = 260, IMPORTS = 16 };

static char *make_folder(const char *home, int number, int pictures)
{
    char name[32];
    snprintf(name, sizeof name, "holiday %02d", number);
    char *folder = strdup(files_folder(home, name));
    for (int i = 0; i < pictures; i++) {
        snprintf(name, sizeof name, "p%c%c.ppm", 'a' + i / 26, 'a' + i % 26);
        files_write_picture(files_path(folder, name), 900, 700, (unsigned)(number * 1000 + i));
    }
    return folder;
}

static void add(window_session *session, const char *folder)
{
    window_session_skip(session);
    window_session_click(session, "Add folder…");
    window_session_wait(session, "intake: shown");
    window_session_wait(session, "place: Choose a folder…:");
    window_session_click(session, "Choose a folder…");
    window_session_wait(session, "keyboard: Add a folder"); /* shown is not enough */
    window_session_type(session, folder);
    window_session_key(session, "Return");
    window_session_wait(session, "intake: counted:");
    window_session_click(session, "Import");
    window_session_wait(session, "intake: started:");
}

static void imports_are_held_and_go_on(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = make_folder(home, 1, PICTURES);
    window_session *session = window_session_start(home, (const char *const[]){"--jobs", "1", folder, NULL});
    window_session_place(session, "Pause");
    window_session_screenshot(session, "activity-line");
    window_session_click(session, "Pause");
    window_session_wait(session, "import held by hand");
    assert_false(window_session_says(session, "import ended:", 2000));
    window_session_click(session, "Details");
    window_session_place(session, "Go on with holiday 01");
    window_session_screenshot(session, "activity-held");
    window_session_click(session, "Go on with holiday 01");
    window_session_wait(session, "import goes on by hand");
    window_session_wait(session, "import ended: imported=260 ");
    window_session_screenshot(session, "activity-ended");
    window_session_click(session, "Clear finished");
    window_session_screenshot(session, "activity-empty");
    window_session_key(session, "ctrl+j"); /* away with it */
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

static void sixteen_imports_look_right(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folders[IMPORTS];
    for (int i = 0; i < IMPORTS; i++) {
        folders[i] = make_folder(home, i + 1, i == 0 ? PICTURES : 30);
    }
    window_session *session =
        window_session_start(home, (const char *const[]){"--jobs", "1", folders[0], NULL});
    window_session_place(session, "Pause");
    window_session_click(session, "Pause");
    window_session_wait(session, "import held by hand");
    for (int i = 1; i < IMPORTS; i++) {
        add(session, folders[i]);
        if (i == 5) {
            window_session_screenshot(session, "activity-lines");
        }
    }
    window_session_click(session, "All imports");
    window_session_place(session, "Clear finished");
    window_session_screenshot(session, "activity-sixteen");
    window_session_click(session, "Cancel every import");
    window_session_wait(session, "import ended: imported=");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    for (int i = 0; i < IMPORTS; i++) {
        free(folders[i]);
    }
    files_remove(home);
}

static void failures_are_filtered_copied_and_tried_again(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = make_folder(home, 1, 2);
    files_write(files_path(folder, "torn.png"), "\x89PNG\r\n\x1a\n", 8);
    files_write(files_path(folder, "empty.jpg"), "", 0);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait(session, "import ended: imported=2 ");
    window_session_click(session, "Show failures…");
    window_session_wait(session, "failures: 2 files could not be taken in.");
    window_session_screenshot(session, "activity-failures");
    window_session_click(session, "Filter failures");
    window_session_type(session, "PNG tor");
    window_session_wait(session, "1 of them matches the filter.");
    window_session_click(session, "Copy list");
    window_session_wait(session, "message: The list has been copied");
    window_session_click(session, "Try again");
    window_session_wait(session, "import ended: imported=0 updated=0 unchanged=0 failed=1 ");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

/* The keys of the list are its own, and do not select the items of the library. */
static void all_that_are_chosen_are_tried_again(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = make_folder(home, 1, 2);
    files_write(files_path(folder, "torn.png"), "\x89PNG\r\n\x1a\n", 8);
    files_write(files_path(folder, "empty.jpg"), "", 0);
    files_write(files_path(files_folder(folder, "below"), "void.png"), "", 0);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait(session, "import ended: imported=2 ");
    window_session_click(session, "Show failures…");
    window_session_wait(session, "failures: 3 files could not be taken in.");
    window_session_click(session, "Files that could not be imported");
    window_session_key(session, "ctrl+a");
    window_session_screenshot(session, "activity-failures-chosen");
    window_session_click(session, "Try selected again");
    window_session_wait(session, "import ended: imported=0 updated=0 unchanged=0 failed=3 ");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(imports_are_held_and_go_on),
        cmocka_unit_test(sixteen_imports_look_right),
        cmocka_unit_test(failures_are_filtered_copied_and_tried_again),
        cmocka_unit_test(all_that_are_chosen_are_tried_again),
    };
    if (!window_session_possible()) {
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
