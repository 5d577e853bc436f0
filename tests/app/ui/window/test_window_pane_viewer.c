/* The viewer and comparing, opened from a pane: they go through that pane's items, in its order, and come
   back to it; and the menu of items in panes that show one. With real keys and clicks. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/program.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const samples[] = {"Landscapes/aurora.jpg", "Landscapes/dunes.webp", "Objects/spheres.jpg",
                                      "Space/nebula.jpg", "Models/vase.stl"};
enum { COUNT = sizeof samples / sizeof *samples };

static struct {
    char *home, *folder;
    window_session *session;
} here;

/* Cards at the left (pane 1), what is known of the selected one at the right (3), the manual below (5). All
   items are selected on the library's page, which nobody sees then. */
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
    here.session = window_session_start(here.home, (const char *const[]){here.folder, NULL});
    window_session_wait_both(here.session, "import ended: imported=5 ", "view: items=5 ");
    window_session_click(here.session, "Items");
    window_session_key(here.session, "Home ctrl+a");
    window_session_key(here.session, "alt+3");
    window_session_wait_both(here.session, "workspace: first panes=3", "ready items=5");
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

/* ---- what the catalog has ---- */

static bool catalog_has(const char *name, const char *part)
{
    char *path = strdup(files_path(here.folder, name));
    program_options options = {.home = here.home};
    program_result result = program_run(&options, (const char *const[]){"show", path, "--json", NULL});
    assert_int_equal(result.status, 0);
    bool found = strstr(result.out, part) != NULL;
    program_result_free(&result);
    free(path);
    return found;
}

/* ---- hands ---- */

static void wait(const char *text)
{
    window_session_wait(here.session, text);
}

static void key(const char *keys)
{
    window_session_key(here.session, keys);
}

/* The first card of pane 1, below its header and filter, and with it the pane's keyboard. */
static void click_first_card(int button)
{
    window_place cards = window_session_place(here.session, "Pane 1");
    window_session_skip(here.session);
    window_session_do(here.session, "mousemove %d %d click %d", cards.x + 80, cards.y + 150, button);
}

/* The first card of pane 1 is selected: aurora.jpg. */
static void choose_first(void)
{
    click_first_card(1);
    wait("panes: selected pane=1 items=1");
}

/* Pane 1 shows the JPEGs alone, aurora, nebula and spheres; all five items are in the library. Each key
   leaves these three, which are selected. */
static void filter_to_three(void)
{
    choose_first();
    key("ctrl+a");
    wait("panes: selected pane=1 items=5");
    key("ctrl+f");
    window_session_type(here.session, "jpg");
    wait("panes: subject pane=1 count=3");
    window_place pane = window_session_place(here.session, "Pane 1"); /* its header: suggestions go */
    window_session_do(here.session, "mousemove %d %d click 1", pane.x + 60, pane.y + 14);
    choose_first();
}

/* ---- tests ---- */

static void the_viewer_goes_through_the_pane_s_items_and_back_to_it(void **state)
{
    (void)state;
    filter_to_three();
    key("Right");
    wait("panes: selected pane=1 items=1");
    key("shift+Return");
    wait("viewing: items=1 of_pane=1");
    wait("viewer: opened row=1 ");
    window_session_screenshot(here.session, "pane-viewer");
    key("End"); /* of what the pane shows: two items are not there */
    wait("viewer: opened row=2 ");
    key("Home");
    wait("viewer: opened row=0 ");
    key("End");
    wait("viewer: opened row=2 ");
    key("ctrl+3");
    wait("edit: action=make kind=rating changed=1");
    assert_true(catalog_has("spheres.jpg", "\"rating\": 3"));
    window_session_skip(here.session);
    key("Escape");
    wait("viewer: closed");
    wait("panes: subject pane=1 count=1"); /* the card of the item that was seen last */
    window_session_screenshot(here.session, "pane-viewer-closed");
    key("5");
    wait("edit: action=make kind=rating changed=1");
    assert_true(catalog_has("spheres.jpg", "\"rating\": 5"));
    assert_false(catalog_has("nebula.jpg", "\"rating\""));
}

static void comparing_takes_what_is_chosen_in_the_pane(void **state)
{
    (void)state;
    filter_to_three();
    key("shift+Right");
    wait("panes: selected pane=1 items=2");
    key("c");
    wait("compare: opened panes=2");
    window_session_screenshot(here.session, "pane-compare");
    key("Right"); /* the first one's place gets the next item that is not seen: of the pane's */
    wait("compare: pane=0 row=2");
    window_session_skip(here.session);
    key("Escape");
    wait("compare: closed");
    key("Escape");
    wait("viewer: closed");
    key("ctrl+a 2");
    wait("edit: action=make kind=rating changed=3"); /* the pane has its filter as before */
}

static void what_was_chosen_stays_if_the_user_goes_nowhere(void **state)
{
    (void)state;
    choose_first();
    key("shift+Right");
    wait("panes: selected pane=1 items=2");
    key("shift+Return");
    wait("viewer: opened row=");
    key("Escape");
    wait("viewer: closed");
    key("4");
    wait("edit: action=make kind=rating changed=2");
}

/* The right button pans models while it is held: a click of it is the menu. */
static void a_picture_s_pane_has_the_menu_of_items(void **state)
{
    (void)state;
    choose_first();
    key("Return");
    wait("shows image:");
    window_place picture = window_session_place(here.session, "Picture of the pane");
    window_session_skip(here.session);
    window_session_do(here.session, "mousemove %d %d click 1", picture.x + picture.width / 2,
                      picture.y + picture.height / 2);
    wait("panes: subject pane=7 count=1"); /* it has the keyboard, and is there */
    window_session_do(here.session, "mousemove %d %d click 3", picture.x + picture.width / 2,
                      picture.y + picture.height / 2);
    wait("pane: menu of image");
    key("c"); /* Copy path */
    wait("message: The path has been copied");
    window_session_do(here.session, "mousemove %d %d click 3", picture.x + picture.width / 2,
                      picture.y + picture.height / 2);
    wait("pane: menu of image");
    window_session_screenshot(here.session, "pane-picture-menu");
    key("Escape");
    key("shift+Return"); /* the library's page shows all five: through these */
    wait("viewer: opened row=0 ");
    key("End");
    wait("viewer: opened row=4 ");
    key("Escape");
    wait("viewer: closed");
    window_session_skip(here.session);
    key("shift+F10");
    wait("pane: menu of image");
    key("Escape");
}

/* From the list of kinds to what was chosen there: the keyboard stays in the new pane. */
static void a_new_pane_keeps_the_keyboard(void **state)
{
    (void)state;
    choose_first();
    key("F8");
    wait("panes: focused=7");
    window_session_place(here.session, "Kinds of panes");
    window_session_type(here.session, "Table");
    key("Tab");
    window_session_type(here.session, "jpg");
    window_session_skip(here.session);
    key("Return");
    wait("pane: table ready items=3");
    key("ctrl+a");
    wait("panes: subject pane=7 count=3");
    key("4");
    wait("edit: action=make kind=rating changed=3");
    key("shift+Return");
    wait("viewer: opened row=");
    key("Escape");
    wait("viewer: closed");
    key("5"); /* back in that pane, not the first one */
    wait("edit: action=make kind=rating changed=3");
}

/* It stands aside while the picture is looked at, and has the keyboard again afterwards. */
static void a_pane_with_a_window_of_its_own_comes_back(void **state)
{
    (void)state;
    choose_first();
    key("ctrl+shift+w");
    wait("panes: own window pane=1 on=1");
    window_place cards = window_session_place(here.session, "Pane 1");
    window_session_skip(here.session);
    window_session_do(here.session, "mousemove %d %d click 1", cards.x + 80, cards.y + 150);
    key("ctrl+a");
    wait("panes: subject pane=1 count=5");
    key("shift+Return");
    wait("viewer: opened row=");
    window_session_screenshot(here.session, "pane-viewer-own-window");
    key("Escape");
    wait("viewer: closed");
    window_session_screenshot(here.session, "pane-viewer-own-window-closed");
    key("4");
    wait("edit: action=make kind=rating changed=5");
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_viewer_goes_through_the_pane_s_items_and_back_to_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(comparing_takes_what_is_chosen_in_the_pane, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_chosen_stays_if_the_user_goes_nowhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_picture_s_pane_has_the_menu_of_items, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_new_pane_keeps_the_keyboard, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pane_with_a_window_of_its_own_comes_back, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
