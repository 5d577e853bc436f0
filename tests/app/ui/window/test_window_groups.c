/* The window on a display: groups of cards, their headers, collapsing, keys, captions, stacks. */
#include "tests/app/ui/window/samples.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDERS = 7, MODELS = 6, FORMATS = 6 }; /* of the sample library */

/* Places in the box of groupings. */
enum {
    NO_GROUPS,
    FOLDER_CHOICE,
    MONTH_CHOICE = 3,
    KIND_CHOICE = 5,
    RATING_CHOICE = 7,
    CAMERA_CHOICE = 9,
    SIZE_CHOICE,
    LETTER_CHOICE
};

enum { BOX_X = 42 }; /* of the box in a header */

/* Chooses number `index` of the box in the bar. */
static void group_by(window_session *session, int index, const char *said)
{
    static int chosen = NO_GROUPS;
    if (index == chosen) {
        return;
    }
    chosen = index;
    window_session_skip(session);
    window_session_click(session, "Groups");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, "Home");
    for (int i = 0; i < index; i++) {
        window_session_key(session, "Down");
    }
    window_session_key(session, "Return");
    window_session_wait(session, said);
}

static double told(window_session *session, const char *key)
{
    window_session_do(session, "sleep 0.25"); /* the watch tells every 50 ms */
    return window_session_value(session, key);
}

static void the_box_groups_and_the_header_tells(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    group_by(session, FOLDER_CHOICE, "group=folder groups=7");
    window_session_place(session, "Group Formats");
    window_session_screenshot(session, "groups-folder");
    group_by(session, KIND_CHOICE, "group=kind groups=3");
    window_session_place(session, "Group Images");
    assert_int_equal(told(session, "shown"), all->samples);
    window_session_screenshot(session, "groups-kind");
    group_by(session, MONTH_CHOICE, "group=month groups=");
    window_session_screenshot(session, "groups-month");
}

static void a_click_on_a_header_collapses_and_expands(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    group_by(session, FOLDER_CHOICE, "group=folder");
    window_session_place(session, "Group Formats");
    window_session_click(session, "Group Formats");
    assert_int_equal(told(session, "shown"), all->samples - FORMATS);
    window_session_screenshot(session, "groups-collapsed");
    group_by(session, KIND_CHOICE, "group=kind"); /* what is collapsed there is not here */
    assert_int_equal(told(session, "shown"), all->samples);
    group_by(session, FOLDER_CHOICE, "group=folder"); /* and is remembered */
    assert_int_equal(told(session, "shown"), all->samples - FORMATS);
    window_session_click(session, "Group Formats");
    assert_int_equal(told(session, "shown"), all->samples);
}

static void the_box_of_a_header_selects_its_group(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    group_by(session, FOLDER_CHOICE, "group=folder");
    window_place header = window_session_place(session, "Group Formats");
    window_session_do(session, "mousemove %d %d click 1", header.x + BOX_X, header.y + header.height / 2);
    window_session_wait(session, "6 selected");
    window_session_screenshot(session, "groups-selected");
    window_session_do(session, "mousemove %d %d keydown ctrl click 1 keyup ctrl", header.x + 80,
                      header.y + header.height + 60); /* one of them less */
    window_session_wait(session, "5 selected");
    window_session_screenshot(session, "groups-partly-selected");
    window_session_do(session, "mousemove %d %d click 1", header.x + BOX_X, header.y + header.height / 2);
    window_session_wait(session, "6 selected");
    window_session_skip(session);
    window_session_do(session, "mousemove %d %d click 1", header.x + BOX_X, header.y + header.height / 2);
    window_session_wait(session, "status: 30 items");
}

static void keys_go_over_groups_and_from_group_to_group(void **state)
{
    window_session *session = ((const fixture *)*state)->session;
    group_by(session, FOLDER_CHOICE, "group=folder");
    window_place grid = window_session_place(session, "Items");
    window_session_do(session, "mousemove %d %d click 1", grid.x + 80, grid.y + 120);
    /* Five columns: over a row of one item to the third of the second group. */
    window_session_key(session, "Home Right Right Down Down Return");
    window_session_wait(session, "viewer: opened row=8 ");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    window_session_key(session, "Home ctrl+Next ctrl+Next Return"); /* Models */
    window_session_wait(session, "viewer: opened row=13 ");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    window_session_place(session, "Group Models");          /* sticks to the top */
    window_session_key(session, "Right ctrl+Prior Return"); /* first to its own first */
    window_session_wait(session, "viewer: opened row=13 ");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    window_session_key(session, "ctrl+Prior ctrl+space Left Return"); /* over what is collapsed */
    window_session_wait(session, "viewer: opened row=5 ");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    window_session_key(session, "ctrl+Next Return"); /* it hides the current item: Enter expands it */
    assert_int_equal(told(session, "shown"), ((const fixture *)*state)->samples);
    group_by(session, NO_GROUPS, "group=none");
    window_session_key(session, "Home ctrl+Next Return"); /* the next folder of the order */
    window_session_wait(session, "viewer: opened row=6 ");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    window_session_key(session, "Home");
}

static void the_scrubber_tells_and_jumps(void **state)
{
    window_session *session = ((const fixture *)*state)->session;
    group_by(session, FOLDER_CHOICE, "group=folder");
    window_place scrubber = window_session_place(session, "Jump to");
    assert_true(told(session, "marks") >= 4); /* what fits the last page is not above any other */
    window_session_do(session, "mousemove %d %d", scrubber.x + 10, scrubber.y + 1);
    window_session_do(session, "mousemove %d %d", scrubber.x + 10, scrubber.y + 3);
    window_session_place(session, "Formats");
    double before = told(session, "scroll");
    window_session_do(session, "mousemove %d %d click 1", scrubber.x + 10, scrubber.y + scrubber.height / 2);
    double middle = told(session, "scroll");
    assert_true(middle > before);
    window_session_screenshot(session, "groups-scrubber");
    window_session_do(session, "mousedown 1 mousemove %d %d", scrubber.x + 10,
                      scrubber.y + scrubber.height - 1);
    assert_true(told(session, "scroll") > middle);
    window_session_do(session, "mouseup 1 mousemove %d %d click 1", scrubber.x + 10, scrubber.y);
    assert_int_equal(told(session, "scroll"), 0);
}

/* Also where all is in one group, as by rating here, and where a group is higher than the view. */
static void the_scrubber_goes_in_every_grouping(void **state)
{
    static const struct {
        int choice;
        const char *said;
    } groupings[] = {{KIND_CHOICE, "group=kind"},     {RATING_CHOICE, "group=rating groups=1 "},
                     {CAMERA_CHOICE, "group=camera"}, {SIZE_CHOICE, "group=size"},
                     {LETTER_CHOICE, "group=letter"}, {MONTH_CHOICE, "group=month"}};
    window_session *session = ((const fixture *)*state)->session;
    double end = 0;
    for (size_t i = 0; i < sizeof groupings / sizeof *groupings; i++) {
        group_by(session, groupings[i].choice, groupings[i].said);
        window_place scrubber = window_session_place(session, "Jump to");
        int x = scrubber.x + scrubber.width / 2;
        window_session_do(session, "mousemove %d %d mousedown 1", x, scrubber.y);
        window_session_do(session, "mousemove %d %d", x, scrubber.y + scrubber.height / 2);
        double middle = told(session, "scroll");
        window_session_do(session, "mousemove %d %d", x, scrubber.y + scrubber.height - 1);
        end = told(session, "scroll");
        assert_true(middle > 0 && end > middle);
        window_session_do(session, "mousemove %d %d mouseup 1", x, scrubber.y);
        assert_int_equal(told(session, "scroll"), 0);
    }
    group_by(session, LETTER_CHOICE, "group=letter");
    window_session_screenshot(session, "groups-scrubber-letters");
}

/* Filtered to one kind, so that it is the first card. */
static void filter(window_session *session, const char *text, int items)
{
    char said[64];
    (void)snprintf(said, sizeof said, "view: items=%d ", items);
    window_session_skip(session);
    window_session_key(session, "ctrl+f");
    if (*text) {
        window_session_type(session, text);
    } else {
        window_session_key(session, "BackSpace");
    }
    window_session_wait(session, said);
}

static void what_moves_does_so_below_the_pointer(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    group_by(session, NO_GROUPS, "group=none");
    filter(session, "kind:sequence", 1);
    window_place grid = window_session_place(session, "Items");
    double before = told(session, "moved");
    window_session_do(session, "mousemove %d %d", grid.x + 70, grid.y + 70);
    window_session_do(session, "mousemove %d %d sleep 1", grid.x + 80, grid.y + 80);
    double played = told(session, "moved");
    assert_true(played > before + 2);
    assert_true(window_session_value(session, "moving") > 0);
    window_session_do(session, "mousemove %d %d sleep 0.3", grid.x + 300, grid.y + 400);
    assert_int_equal(told(session, "moving"), 0);
    played = told(session, "moved");
    window_session_do(session, "sleep 0.5");
    assert_true(told(session, "moved") == played); /* nothing plays where nobody looks */
    window_session_key(session, "ctrl+f BackSpace");
    filter(session, "kind:model", MODELS);
    window_place card = {.x = grid.x + 20, .y = grid.y + 20, .width = 130, .height = 120};
    window_session_do(session, "mousemove %d %d sleep 1.5", grid.x + 85, grid.y + 80);
    unsigned long straight = window_session_pixels(session, card);
    window_session_do(session, "mousemove %d %d", grid.x + 130, grid.y + 80);
    window_session_pixels_change(session, card, straight);
    assert_true(told(session, "moved") > played);
    window_session_screenshot(session, "groups-model-turned");
    window_session_do(session, "mousemove %d %d sleep 0.3", grid.x + 300, grid.y + 600);
    filter(session, "", all->samples);
}

/* Letters of the menus: Alt and V opens View. */
static void captions_are_chosen_in_the_menu(void **state)
{
    window_session *session = ((const fixture *)*state)->session;
    window_session_click(session, "Items");
    double before = told(session, "in_use");
    window_session_key(session, "alt+v");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, "b o");
    window_session_do(session, "sleep 0.5");
    window_session_screenshot(session, "groups-no-captions");
    assert_true(told(session, "in_use") >= before); /* lower cards: at least as many */
    window_session_key(session, "alt+v");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, "b s");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, "alt+v");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, "b n");
    window_session_do(session, "sleep 0.5");
    window_session_screenshot(session, "groups-captions-name-size");
}

static void folders_are_stacks_that_open(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    group_by(session, KIND_CHOICE, "group=kind");
    window_session_key(session, "alt+v");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, "g s");
    window_session_wait(session, "group=folder groups=7");
    assert_int_equal(told(session, "shown"), FOLDERS);
    window_session_screenshot(session, "groups-stacks");
    window_session_click(session, "Items");
    window_session_skip(session);
    window_session_key(session, "Home Right");
    window_session_wait(session, "7 selected"); /* all of Landscapes */
    window_session_key(session, "Return");
    window_session_wait(session, "view: items=7 ");
    window_session_place(session, "Group Landscapes");
    window_session_screenshot(session, "groups-stack-open");
    window_session_key(session, "BackSpace");
    char said[64];
    (void)snprintf(said, sizeof said, "view: items=%d ", all->samples);
    window_session_wait(session, said);
    assert_int_equal(told(session, "shown"), FOLDERS);
    window_place grid = window_session_place(session, "Items");
    window_session_do(session, "mousemove %d %d click --repeat 2 --delay 60 1", grid.x + 80, grid.y + 80);
    window_session_wait(session, "view: items=6 ");
    window_session_click(session, "Group Formats"); /* its arrow leads back */
    window_session_wait(session, said);
    window_session_key(session, "alt+v");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, "g s");
    assert_int_equal(told(session, "shown"), all->samples);
    group_by(session, NO_GROUPS, "group=none"); /* it was by folder since it had stacks */
}

/* The last test: it ends the session and starts another. */
static void the_session_keeps_all_of_it(void **state)
{
    fixture *all = *state;
    group_by(all->session, LETTER_CHOICE, "group=letter");
    window_session_key(all->session, "ctrl+q");
    assert_int_equal(window_session_wait_end(all->session, 10000), 0);
    window_session_end(all->session, 0);
    all->session = window_session_start(all->folder, (const char *const[]){NULL});
    window_session_wait(all->session, "group=letter groups=");
    window_session_screenshot(all->session, "groups-letter");
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_box_groups_and_the_header_tells),
        cmocka_unit_test(a_click_on_a_header_collapses_and_expands),
        cmocka_unit_test(the_box_of_a_header_selects_its_group),
        cmocka_unit_test(keys_go_over_groups_and_from_group_to_group),
        cmocka_unit_test(the_scrubber_tells_and_jumps),
        cmocka_unit_test(the_scrubber_goes_in_every_grouping),
        cmocka_unit_test(what_moves_does_so_below_the_pointer),
        cmocka_unit_test(captions_are_chosen_in_the_menu),
        cmocka_unit_test(folders_are_stacks_that_open),
        cmocka_unit_test(the_session_keeps_all_of_it),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
