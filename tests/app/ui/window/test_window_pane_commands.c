/* Commands in the workspace: they act on what is chosen in the pane that has the keyboard, and on nothing
   else; tried with real keys and clicks, and looked up in the catalog afterwards. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/program.h"
#include "tests/support/window_session.h"

#include "core/base/clock.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

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

static bool is_there(const char *name)
{
    return access(files_path(here.folder, name), F_OK) == 0;
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

/* The first card of pane 1, below its header and filter, and with it the pane's keyboard. Not so soon after
   the last time that both would be a double click. */
static void click_first_card(int button)
{
    enum { DOUBLE_CLICK_MS = 500 };
    static int64_t last;
    window_place cards = window_session_place(here.session, "Pane 1");
    while (last && vt_clock_now() - last < DOUBLE_CLICK_MS * VT_NS_PER_MS) {
        window_session_do(here.session, "sleep 0.1");
    }
    window_session_skip(here.session);
    window_session_do(here.session, "mousemove %d %d click %d", cards.x + 80, cards.y + 150, button);
    last = vt_clock_now();
}

/* The first card of pane 1 is selected: aurora.jpg. */
static void choose_first(void)
{
    click_first_card(1);
    wait("panes: selected pane=1 items=1");
}

/* The header of a pane gives it the keyboard. */
static void click_header(int pane)
{
    char name[32];
    (void)snprintf(name, sizeof name, "Pane %d", pane);
    window_place place = window_session_place(here.session, name);
    window_session_do(here.session, "mousemove %d %d click 1", place.x + 60, place.y + 14);
}

/* A new pane shows `kind` of `argument`. */
static void open_pane(const char *split_key, const char *kind, const char *argument)
{
    window_session_skip(here.session);
    key(split_key);
    wait("panes: focused=");
    window_session_place(here.session, "Kinds of panes");
    window_session_type(here.session, kind);
    key("Tab");
    window_session_type(here.session, argument);
    key("Return");
}

/* ---- tests ---- */

static void keys_rate_what_is_chosen_in_the_pane_and_undo_takes_it_back(void **state)
{
    (void)state;
    choose_first();
    key("Right"); /* dunes.webp */
    wait("panes: selected pane=1 items=1");
    key("4");
    wait("edit: action=make kind=rating changed=1 skipped=0 failed=0");
    assert_true(catalog_has("dunes.webp", "\"rating\": 4"));
    assert_false(catalog_has("aurora.jpg", "\"rating\""));
    window_session_screenshot(here.session, "pane-commands-rated");
    key("ctrl+7");
    wait("edit: action=make kind=label changed=1");
    assert_true(catalog_has("dunes.webp", "\"label\": 2"));
    key("ctrl+z");
    wait("edit: action=undo kind=label changed=1");
    key("ctrl+z");
    wait("edit: action=undo kind=rating changed=1");
    assert_false(catalog_has("dunes.webp", "\"rating\""));
    key("ctrl+shift+z");
    wait("edit: action=redo kind=rating changed=1");
    key("ctrl+a 2");
    wait("edit: action=make kind=rating changed=5");
    assert_true(catalog_has("vase.stl", "\"rating\": 2"));
}

static void find_is_the_filter_of_the_pane(void **state)
{
    (void)state;
    choose_first();
    key("ctrl+f");
    window_session_type(here.session, "name:vase");
    wait("panes: subject pane=1 count=0"); /* what is chosen is not shown any more */
    key("3");                              /* is text */
    key("BackSpace");
    choose_first(); /* that is vase.stl now */
    key("4");
    wait("edit: action=make kind=rating changed=1");
    assert_true(catalog_has("vase.stl", "\"rating\": 4"));
    assert_int_equal(window_session_count(here.session, "edit: action="), 1);
}

static void a_pane_without_items_lets_commands_do_nothing(void **state)
{
    (void)state;
    click_header(5);
    wait("panes: focused=5");
    key("3");
    key("Delete");
    key("ctrl+e");
    key("F2");
    window_session_screenshot(here.session, "pane-commands-nothing");
    choose_first();
    key("5"); /* the first that does something */
    wait("edit: action=make kind=rating changed=1 ");
    assert_int_equal(window_session_count(here.session, "edit: action="), 1);
    assert_int_equal(window_session_count(here.session, "files: asked:"), 0);
    assert_false(catalog_has("vase.stl", "\"rating\""));
}

static void the_trash_gets_the_pane_s_item_alone(void **state)
{
    (void)state;
    choose_first();
    key("Delete");
    wait("files: asked: Move \u201caurora.jpg\u201d to the trash?");
    window_session_screenshot(here.session, "pane-commands-trash");
    window_session_click(here.session, "Move to trash");
    wait("files: Moving to the trash ended: items=1 files=1 done=1 failed=0");
    assert_false(is_there("aurora.jpg"));
    assert_true(is_there("dunes.webp") && is_there("vase.stl"));
    click_header(1);
    key("ctrl+z");
    wait("files: Putting back from the trash ended: items=1 files=1 done=1");
    assert_true(is_there("aurora.jpg"));
}

static void names_paths_and_exports_are_of_the_pane_s_item(void **state)
{
    (void)state;
    choose_first();
    key("ctrl+shift+c");
    wait("message: The path has been copied");
    key("ctrl+c");
    wait("message: 1 item has been copied");
    key("ctrl+e");
    window_session_place(here.session, "Export to the folder");
    window_session_screenshot(here.session, "pane-commands-export");
    key("Escape");
    click_header(1);
    key("F2");
    wait("rename: 0 items get a new name");
    window_session_type(here.session, "north");
    wait("rename: 1 item gets a new name");
    key("Return");
    wait("files: Renaming ended: items=1 files=1 done=1 failed=0");
    assert_true(is_there("north.jpg") && !is_there("aurora.jpg"));
}

/* Under the right mouse button is what is there in the library. */
static void cards_have_the_menu_of_items(void **state)
{
    (void)state;
    click_first_card(3);
    wait("panes: selected pane=1 items=1");
    window_session_do(here.session, "sleep 0.4");
    window_session_screenshot(here.session, "pane-commands-menu");
    key("h"); /* Move to tras&h */
    wait("files: asked: Move \u201caurora.jpg\u201d to the trash?");
    window_session_click(here.session, "Keep");
    assert_true(is_there("aurora.jpg"));
}

static void stacks_and_albums_are_made_of_what_the_pane_chose(void **state)
{
    (void)state;
    choose_first();
    key("shift+Right");
    wait("panes: selected pane=1 items=2");
    key("ctrl+g");
    wait("edit: action=make kind=stack ");
    window_session_screenshot(here.session, "pane-commands-stack");
    key("Home ctrl+shift+g");
    wait("edit: action=make kind=unstack ");
    key("ctrl+a"); /* a card that is selected already says nothing when it is clicked */
    wait("panes: selected pane=1 items=");
    choose_first();
    key("ctrl+shift+n");
    wait("place: New album:");
    window_session_type(here.session, "North");
    key("Return");
    wait("edit: action=make kind=create-album changed=2"); /* the album, and one item in it */
}

static void rows_of_a_query_are_items_too(void **state)
{
    (void)state;
    open_pane("F8", "Query", "SELECT item_id, name FROM items ORDER BY name DESC");
    wait(" shows query:");
    window_session_click(here.session, "Result of the query");
    key("Home");
    wait("count=1 item=");
    key("Delete");
    wait("files: asked: Move \u201cvase.stl\u201d to the trash?");
    window_session_click(here.session, "Keep");
    window_session_click(here.session, "Result of the query");
    key("Home shift+Down");
    wait("count=2");
    key("3");
    wait("edit: action=make kind=rating changed=2");
    assert_true(catalog_has("spheres.jpg", "\"rating\": 3") && catalog_has("vase.stl", "\"rating\": 3"));
    assert_false(catalog_has("nebula.jpg", "\"rating\""));
    window_session_screenshot(here.session, "pane-commands-query");
}

static void cells_of_a_table_are_edited_in_its_pane(void **state)
{
    (void)state;
    open_pane("F8", "Table", "name:vase");
    wait(" shows table:");
    wait("pane: table ready items=1");
    window_session_click(here.session, "Items of the pane as a table");
    key("Home");
    key("ctrl+Home"); /* the row, wherever the click went */
    key("Up");
    key("shift+F2");
    wait("place: Edit Title:");
    window_session_type(here.session, "Amphora");
    key("Return");
    wait("edit: action=make kind=title changed=1");
    assert_true(catalog_has("vase.stl", "Amphora"));
    window_session_screenshot(here.session, "pane-commands-table");
    key("ctrl+alt+c");
    wait("message: 1 row has been copied as CSV");
}

static void a_picture_s_pane_is_about_that_picture(void **state)
{
    (void)state;
    choose_first();
    key("Return");
    wait("shows image:");
    key("alt+Right");
    wait("count=1 item=");
    key("3"); /* 0 and 1 are the zoom's */
    wait("edit: action=make kind=rating changed=1");
    assert_true(catalog_has("aurora.jpg", "\"rating\": 3"));
    assert_false(catalog_has("dunes.webp", "\"rating\""));
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {test(keys_rate_what_is_chosen_in_the_pane_and_undo_takes_it_back),
                                       test(find_is_the_filter_of_the_pane),
                                       test(a_pane_without_items_lets_commands_do_nothing),
                                       test(the_trash_gets_the_pane_s_item_alone),
                                       test(names_paths_and_exports_are_of_the_pane_s_item),
                                       test(cards_have_the_menu_of_items),
                                       test(stacks_and_albums_are_made_of_what_the_pane_chose),
                                       test(rows_of_a_query_are_items_too),
                                       test(cells_of_a_table_are_edited_in_its_pane),
                                       test(a_picture_s_pane_is_about_that_picture)};
    if (!window_session_possible()) {
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
