/* Marks given in the information pane and the item panel of a workspace: seen in all panes and on the
   library's page at once, undone, and in the catalog. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/program.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    char *home;
    window_session *session;
} here;

/* Cards at the left (pane 1), what is known of the selected one at the right (3), the manual below (5); the
   first card is selected. */
static int set_up(void **state)
{
    (void)state;
    here.home = files_temporary_folder();
    here.session = window_session_start(here.home, (const char *const[]){files_sample("Landscapes"), NULL});
    window_session_wait(here.session, "import ended:");
    window_session_key(here.session, "alt+3");
    window_session_wait_both(here.session, "workspace: first panes=3", "ready items=7");
    window_place cards = window_session_place(here.session, "Pane 1");
    window_session_do(here.session, "mousemove %d %d click 1", cards.x + 80, cards.y + 150);
    window_session_wait(here.session, "panes: selected pane=1 items=1 linked=1");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    int status = window_session_end(here.session, SIGTERM);
    assert_int_equal(status, 0);
    files_remove(here.home);
    return 0;
}

#define FIRST "Landscapes/aurora.jpg"

static bool catalog_has(const char *item, const char *part)
{
    char *path = strdup(files_sample(item));
    program_options options = {.home = here.home};
    program_result result = program_run(&options, (const char *const[]){"show", path, "--json", NULL});
    assert_int_equal(result.status, 0);
    bool found = strstr(result.out, part) != NULL;
    program_result_free(&result);
    free(path);
    return found;
}

static void wait(const char *text)
{
    window_session_wait(here.session, text);
}

static void key(const char *keys)
{
    window_session_key(here.session, keys);
}

static void click_star(int number)
{
    const int cell = 26;
    window_place stars = window_session_place(here.session, "Rating");
    window_session_do(here.session, "mousemove %d %d click 1", stars.x + cell * (number - 1) + cell / 2,
                      stars.y + stars.height / 2);
}

static void stars_of_the_information_pane_are_seen_on_the_cards(void **state)
{
    (void)state;
    window_place cards = window_session_place(here.session, "Pane 1");
    window_place card = {cards.x + 8, cards.y + 60, 130, 180};
    window_session_do(here.session, "mousemove %d %d sleep 0.3", cards.x + 300, cards.y + 500);
    unsigned long before = window_session_pixels(here.session, card);
    click_star(4);
    wait("edit: action=make kind=rating changed=1");
    window_session_pixels_change(here.session, card, before);
    assert_true(catalog_has(FIRST, "\"rating\": 4"));
    window_session_screenshot(here.session, "pane-marks-stars");
    key("ctrl+z");
    wait("edit: action=undo kind=rating changed=1");
    assert_false(catalog_has(FIRST, "\"rating\""));
    key("5"); /* the pane has the keyboard, and the item */
    wait("edit: action=make kind=rating changed=1");
    assert_true(catalog_has(FIRST, "\"rating\": 5"));
}

static void titles_tags_and_notes_are_typed_there(void **state)
{
    (void)state;
    window_session_click(here.session, "Title");
    window_session_type(here.session, "Northern 5 lights"); /* the digit is text */
    key("Return");
    wait("edit: action=make kind=title changed=1");
    window_session_click(here.session, "Add a tag");
    window_session_type(here.session, "sky/night");
    key("Return");
    wait("edit: action=make kind=add-tags changed=1");
    window_session_click(here.session, "Note");
    window_session_type(here.session, "from the boat");
    key("ctrl+Return");
    wait("edit: action=make kind=note changed=1");
    assert_true(catalog_has(FIRST, "Northern 5 lights") && catalog_has(FIRST, "sky/night") &&
                catalog_has(FIRST, "from the boat"));
    assert_false(catalog_has(FIRST, "\"rating\""));
    window_session_screenshot(here.session, "pane-marks-texts");
    key("ctrl+z"); /* in the box itself: its own undo; in the pane the edit's */
    window_place cards = window_session_place(here.session, "Pane 1");
    window_session_do(here.session, "mousemove %d %d click 1", cards.x + 60, cards.y + 14);
    key("ctrl+z");
    wait("edit: action=undo kind=");
}

/* Ctrl+T opens the item panel, which is about the pane that has the keyboard. */
static void the_item_panel_follows_the_pane(void **state)
{
    (void)state;
    window_session_do(here.session, "key Right");
    wait("panes: selected pane=1 items=1 linked=1");
    key("ctrl+t");
    wait("place: Close the item panel");
    window_session_type(here.session, "balloons");
    key("Return");
    wait("edit: action=make kind=add-tags changed=1");
    assert_true(catalog_has("Landscapes/balloons.jpg", "balloons"));
    assert_false(catalog_has(FIRST, "\"tags\": [\"balloons\"]"));
    window_session_screenshot(here.session, "pane-marks-panel");
    key("Escape"); /* back to the cards of the pane */
    key("2");
    wait("edit: action=make kind=rating changed=1");
    assert_true(catalog_has("Landscapes/balloons.jpg", "\"rating\": 2"));
    window_session_skip(here.session);
    key("ctrl+a");
    wait("panes: selected pane=1 items=7");
    key("ctrl+9");
    wait("edit: action=make kind=label changed=7");
    window_session_screenshot(here.session, "pane-marks-several");
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {test(stars_of_the_information_pane_are_seen_on_the_cards),
                                       test(titles_tags_and_notes_are_typed_there),
                                       test(the_item_panel_follows_the_pane)};
    if (!window_session_possible()) {
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
