/* Choosing with the keyboard alone, albums from wherever the items are, looking for changes, and reasons. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { PICTURES = 6 };

typedef struct fixture {
    char *home, *pictures;
    window_session *session;
} fixture;

static void write_picture(const fixture *all, const char *name, int seed)
{
    files_write_picture(files_path(all->pictures, name), 60, 40, (unsigned)seed);
}

static int set_up(void **state)
{
    fixture *all = calloc(1, sizeof *all);
    all->home = files_temporary_folder();
    all->pictures = strdup(files_folder(all->home, "pictures"));
    for (int i = 0; i < PICTURES; i++) {
        char name[32];
        snprintf(name, sizeof name, "%c.ppm", 'a' + i);
        write_picture(all, name, i + 1);
    }
    all->session = window_session_start(all->home, (const char *const[]){all->pictures, NULL});
    window_session_wait_both(all->session, "import ended:", "view: items=6 ");
    window_session_click(all->session, "Items");
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    fixture *all = *state;
    int status = window_session_end(all->session, SIGTERM);
    files_remove(all->home);
    free(all->pictures);
    free(all);
    return status;
}

static void rows_are_chosen_without_a_mouse(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_session_key(session, "Home");
    window_session_key(session, "shift+Right");
    window_session_wait(session, "2 selected");
    window_session_key(session, "ctrl+shift+i");
    window_session_wait(session, "4 selected");
    window_session_screenshot(session, "inverted");
    window_session_key(session, "ctrl+a");
    window_session_wait(session, "6 selected");
    window_session_skip(session);
    window_session_key(session, "ctrl+shift+d");
    window_session_wait(session, "status: 6 items\n");
    window_session_key(session, "ctrl+shift+i"); /* of nothing: all */
    window_session_wait(session, "6 selected");
    window_session_skip(session);
    window_session_key(session, "Escape");
    window_session_wait(session, "status: 6 items\n");
}

/* Without a window manager nobody gives the keyboard back to the window: a click does. */
static void choose_two(window_session *session)
{
    window_session_click(session, "Items");
    window_session_key(session, "Home");
    window_session_do(session, "sleep 0.5"); /* the log tells only of what has changed between two looks */
    window_session_skip(session);
    window_session_key(session, "shift+Right");
    window_session_wait(session, "2 selected");
}

/* The first two items come into an album of this name. */
static void make_album(window_session *session, const char *name, const char *said)
{
    choose_two(session);
    window_session_key(session, "ctrl+shift+n");
    window_session_wait(session, "place: New album:");
    window_session_type(session, name);
    window_session_key(session, "Return");
    window_session_wait(session, said);
    choose_two(session);
}

static void items_leave_an_album_that_is_not_shown(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_session_key(session, "Home");
    window_session_key(session, "ctrl+shift+b");
    window_session_wait(session, "The chosen item is in no album");
    make_album(session, "One", "sidebar: albums: album:\"One\"=2");
    window_session_key(session, "ctrl+shift+b"); /* the only one they are in */
    window_session_wait(session, "kind=remove-from-album changed=2");
    window_session_key(session, "ctrl+z");
    window_session_wait(session, "edit: action=undo kind=remove-from-album changed=2");
    make_album(session, "Two", "sidebar: albums: album:\"Two\"=2");
    window_session_key(session, "ctrl+shift+b"); /* which of the two? */
    window_session_wait(session, "place: Remove from an album:");
    window_session_screenshot(session, "remove-from-album");
    window_session_key(session, "Down");
    window_session_key(session, "Return");
    window_session_wait(session, "kind=remove-from-album changed=2");
    window_session_wait(session, "sidebar: albums: album:\"Two\"=0");
}

static void what_is_not_watched_is_looked_for(void **state)
{
    fixture *all = *state;
    window_session *session = all->session;
    window_session_key(session, "alt+f"); /* Imported folders: not watched any more */
    window_session_key(session, "o");
    window_session_wait(session, "folders: shown=1 watched=1");
    window_session_click(session, "Take up changes in this folder while Vitrine runs");
    window_session_wait(session, "folders: shown=1 watched=0");
    window_session_click(session, "Close");
    window_session_click(session, "Items");
    write_picture(all, "new.ppm", 99);
    window_session_skip(session);
    window_session_key(session, "F5");
    window_session_wait_both(session, "import ended: imported=1 ", "view: items=7 ");
}

static void without_a_folder_looking_says_so(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_place(session, "Add a folder\u2026");
    window_session_key(session, "F5");
    window_session_wait(session, "No folder is imported that could be looked through");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

/* The pointer rests on an entry that is not offered. */
static void a_menu_says_why_an_entry_is_not_offered(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_place bar = window_session_place(session, "Items");
    window_session_skip(session);
    window_session_key(session, "alt+e");
    for (int y = 60; y < 260; y += 10) { /* some entry of duplicates is there */
        window_session_do(session, "mousemove %d %d", 100, bar.y - 54 + y);
        if (window_session_says(session, "tip: No duplicates are known", 1500)) {
            window_session_screenshot(session, "reason");
            return;
        }
    }
    fail_msg("no entry has told why it is not offered");
}

/* A click beside the folders leaves marked what is shown. */
static void a_click_beside_the_folders_changes_nothing(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_place tree = window_session_place(session, "Folders");
    window_place all = {tree.x, tree.y, tree.width, 20};
    window_session_do(session, "mousemove %d %d", tree.x + 60, tree.y + tree.height - 30);
    window_session_do(session, "sleep 0.3");
    unsigned long before = window_session_pixels(session, all);
    window_session_do(session, "click 1 sleep 0.3");
    assert_int_equal(window_session_pixels(session, all), before);
}

static void write_many(const fixture *all, char first, int count)
{
    for (int i = 0; i < count; i++) { /* letters: what is numbered is a sequence */
        char name[32];
        snprintf(name, sizeof name, "%c%c%c.ppm", first, 'a' + i / 26, 'a' + i % 26);
        write_picture(all, name, i);
    }
}

static void wait_for_scroll(window_session *session, bool (*is_there)(double scroll, double than),
                            double than)
{
    for (int i = 0; i < 100 && !is_there(window_session_value(session, "scroll"), than); i++) {
        window_session_do(session, "sleep 0.1");
    }
    assert_true(is_there(window_session_value(session, "scroll"), than));
}

static bool is_more(double scroll, double than)
{
    return scroll > than;
}

static bool is_same(double scroll, double than)
{
    return scroll >= than && scroll <= than;
}

/* Items that come above move nothing that is seen; what is found is seen from its beginning. */
static void the_view_stays_until_something_else_is_asked_for(void **state)
{
    fixture *all = *state;
    window_session *session = all->session;
    write_many(all, 'x', 90);
    window_session_wait(session, "view: items=96 ");
    window_session_key(session, "End");
    wait_for_scroll(session, is_more, 0);
    window_session_key(session, "ctrl+shift+d");
    double before = window_session_value(session, "scroll");
    write_many(all, 'A', 30);
    window_session_wait(session, "view: items=126 ");
    wait_for_scroll(session, is_more, before);
    window_session_key(session, "ctrl+f");
    window_session_type(session, "name:x");          /* the folder's name is of random letters */
    window_session_wait(session, "view: items=91 "); /* one of the others has an x, too */
    wait_for_scroll(session, is_same, 0);
}

#define window_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        window_test(rows_are_chosen_without_a_mouse),
        window_test(items_leave_an_album_that_is_not_shown),
        window_test(what_is_not_watched_is_looked_for),
        cmocka_unit_test(without_a_folder_looking_says_so),
        window_test(a_menu_says_why_an_entry_is_not_offered),
        window_test(a_click_beside_the_folders_changes_nothing),
        window_test(the_view_stays_until_something_else_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
