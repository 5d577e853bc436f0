/* The workspace on a display: panes made, moved, sized and closed with a real mouse and real keys. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    char *folder;
    window_session *session;
} fixture;

/* All panes but one are closed, which asks what to show. */
static void begin(window_session *session)
{
    window_session_key(session, "alt+3");
    window_session_wait_both(session, "workspace: first panes=", "workspace: shown=1");
    for (int i = 0; i < 8; i++) {
        window_session_skip(session);
        window_session_key(session, "ctrl+w");
        window_session_wait(session, "panes: closed pane=");
        if (window_session_value(session, "last") == 1) {
            window_session_place(session, "Kinds of panes");
            return;
        }
    }
    fail_msg("panes are left");
}

static int set_up(void **state)
{
    fixture *all = calloc(1, sizeof *all);
    assert_non_null(all);
    all->folder = files_temporary_folder();
    all->session = window_session_start(all->folder, (const char *const[]){NULL});
    begin(all->session);
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    fixture *all = *state;
    int status = window_session_end(all->session, SIGTERM);
    files_remove(all->folder);
    free(all);
    return status;
}

/* The pane that asks shows a note; its id. */
static int choose_note(window_session *session, const char *words)
{
    char said[64];
    window_session_place(session, "Kinds of panes");
    window_session_skip(session);
    window_session_type(session, "Note");
    window_session_key(session, "Tab");
    window_session_type(session, words);
    window_session_key(session, "Return");
    (void)snprintf(said, sizeof said, " shows note:%s ", words);
    window_session_wait(session, said);
    return (int)window_session_value(session, "pane: id");
}

/* A new pane by a key, with a note. */
static int split(window_session *session, const char *key, const char *words)
{
    window_session_skip(session);
    window_session_key(session, key);
    window_session_wait(session, "panes: focused=");
    return choose_note(session, words);
}

static window_place place_of(window_session *session, int pane)
{
    char name[32];
    (void)snprintf(name, sizeof name, "Pane %d", pane);
    return window_session_place(session, name);
}

static void expect_focus(window_session *session, const char *keys, int pane)
{
    char said[32];
    (void)snprintf(said, sizeof said, "panes: focused=%d", pane);
    window_session_skip(session);
    window_session_key(session, keys);
    window_session_wait(session, said);
}

static void drag(window_session *session, int x, int y, int to_x, int to_y)
{
    window_session_do(session, "mousemove %d %d mousedown 1 mousemove %d %d mousemove %d %d mousemove %d %d",
                      x, y, x + (to_x - x) / 3, y + (to_y - y) / 3, to_x - 1, to_y - 1, to_x, to_y);
    window_session_do(session, "sleep 0.1 mouseup 1");
}

static void the_first_page_asks_and_a_note_is_chosen(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_session_screenshot(session, "panes-choose");
    int left = choose_note(session, "left");
    int right = split(session, "F7", "right");
    window_place a = place_of(session, left), b = place_of(session, right);
    assert_int_equal(a.y, b.y);
    assert_int_equal(a.height, b.height);
    assert_true(b.x > a.x && abs(a.width - b.width) <= 1);
    int below = split(session, "F8", "below");
    window_place c = place_of(session, below);
    b = place_of(session, right);
    assert_int_equal(b.x, c.x);
    assert_true(c.y > b.y);
    window_session_screenshot(session, "panes-three");
}

static void panes_are_gone_to_by_keys(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    int a = choose_note(session, "a");
    int b = split(session, "F7", "b");
    int c = split(session, "F8", "c");
    expect_focus(session, "alt+Up", b);
    expect_focus(session, "alt+Left", a);
    expect_focus(session, "alt+Right", b);
    expect_focus(session, "alt+Down", c);
    window_session_key(session, "alt+Down"); /* there is none */
    expect_focus(session, "alt+Left", a);
    int above = split(session, "shift+F8", "above");
    int left = split(session, "shift+F7", "left");
    window_place is = place_of(session, left), was = place_of(session, above);
    assert_true(is.x < was.x && is.y == was.y && was.y < place_of(session, a).y);
}

static void a_divider_is_dragged_and_evened_out(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    int a = choose_note(session, "a");
    int b = split(session, "F7", "b");
    window_place left = place_of(session, a), right = place_of(session, b);
    int x = (left.x + left.width + right.x) / 2, y = left.y + left.height / 2;
    window_session_skip(session);
    drag(session, x, y, x - 200, y);
    window_session_wait(session, "divider: dragged dividers=1 dx=-200");
    window_place after = place_of(session, a);
    assert_int_equal(left.width - after.width, 200);
    assert_int_equal(place_of(session, b).width - right.width, 200);
    window_session_do(session, "sleep 0.6 mousemove %d %d sleep 0.1 click --repeat 2 --delay 60 1", x - 200,
                      y);
    window_session_wait(session, "divider: evened out dividers=1");
    assert_int_equal(place_of(session, a).width, left.width);
    window_session_skip(session);
    drag(session, x, y, x + 5000, y); /* no pane goes */
    window_session_wait(session, "divider: dragged");
    assert_true(place_of(session, b).width >= 80);
}

static void four_panes_are_sized_at_their_crossing(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    int a = choose_note(session, "a");
    int b = split(session, "F7", "b");
    int c = split(session, "F8", "c");
    expect_focus(session, "alt+Left", a);
    int d = split(session, "F8", "d");
    window_place first = place_of(session, a), last = place_of(session, c);
    int x = (first.x + first.width + last.x) / 2, y = (first.y + first.height + last.y) / 2;
    window_session_skip(session);
    drag(session, x, y, x + 90, y - 60);
    window_session_wait(session, "divider: dragged dividers=3 dx=90 dy=-60");
    window_session_screenshot(session, "panes-crossing");
    assert_int_equal(place_of(session, a).width, first.width + 90);
    assert_int_equal(place_of(session, a).height, first.height - 60);
    assert_int_equal(place_of(session, d).y, place_of(session, c).y);
    assert_int_equal(place_of(session, b).height, first.height - 60);
}

static void a_header_is_dragged_to_an_edge_to_a_centre_and_back(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    int a = choose_note(session, "a");
    int b = split(session, "F7", "b");
    window_place left = place_of(session, a), right = place_of(session, b);
    window_session_skip(session); /* onto the centre: they change places */
    drag(session, left.x + 60, left.y + 14, right.x + right.width / 2, right.y + right.height / 2);
    window_session_wait(session, "panes: dropped pane=");
    assert_int_equal(window_session_value(session, "moved"), 1);
    assert_int_equal(place_of(session, a).x, right.x);
    window_session_skip(session); /* onto the lower part of the other */
    window_session_do(session, "mousemove %d %d mousedown 1 mousemove %d %d mousemove %d %d sleep 0.2",
                      right.x + 60, right.y + 14, left.x + 100, left.y + 100, left.x + left.width / 2,
                      left.y + left.height * 4 / 5);
    window_session_screenshot(session, "panes-drop");
    window_session_do(session, "mouseup 1");
    window_session_wait(session, "panes: dropped pane=");
    assert_int_equal(place_of(session, a).x, place_of(session, b).x);
    assert_true(place_of(session, a).y > place_of(session, b).y);
    window_place before = place_of(session, a);
    window_session_skip(session); /* Escape leaves it where it is */
    window_session_do(
        session, "mousemove %d %d mousedown 1 mousemove %d %d mousemove %d %d sleep 0.1 key Escape",
        before.x + 60, before.y + 14, before.x + 80, before.y - 50, before.x + 90, before.y - 99);
    window_session_wait(session, "panes: dropped pane=");
    assert_int_equal(window_session_value(session, "moved"), 0);
    window_session_do(session, "mouseup 1");
    assert_int_equal(place_of(session, a).y, before.y);
}

static void a_pane_is_maximised_closed_and_gives_its_room_back(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    int a = choose_note(session, "a");
    window_place all = place_of(session, a);
    int b = split(session, "F7", "b");
    window_place right = place_of(session, b);
    window_session_skip(session);
    window_session_do(session, "mousemove %d %d sleep 0.1 click --repeat 2 --delay 60 1", right.x + 60,
                      right.y + 14);
    window_session_wait(session, "panes: maximised pane=");
    assert_int_equal(place_of(session, b).width, all.width);
    window_session_screenshot(session, "panes-maximised");
    window_session_skip(session);
    window_session_key(session, "ctrl+shift+m");
    window_session_wait(session, " on=0");
    assert_int_equal(place_of(session, b).x, right.x);
    window_session_skip(session);
    char button[32];
    (void)snprintf(button, sizeof button, "Close pane %d", b);
    window_session_click(session, button);
    window_session_wait(session, "panes: closed pane=");
    assert_int_equal(place_of(session, a).width, all.width);
}

static void keys_move_swap_and_size(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    int a = choose_note(session, "a");
    int b = split(session, "F7", "b");
    window_place left = place_of(session, a), right = place_of(session, b);
    window_session_key(session, "ctrl+shift+Left");
    window_session_do(session, "sleep 0.1");
    assert_int_equal(place_of(session, b).x, left.x);
    window_session_key(session, "ctrl+shift+Page_Down");
    assert_int_equal(place_of(session, b).x, right.x);
    window_session_key(session, "alt+period");
    assert_int_equal(place_of(session, b).width, right.width + 32);
    window_session_key(session, "alt+comma alt+comma");
    assert_int_equal(place_of(session, b).width, right.width - 32);
    window_session_key(session, "alt+0");
    assert_int_equal(place_of(session, b).width, right.width);
    window_session_key(session,
                       "ctrl+shift+Down"); /* below the other: there is none, so along the whole side */
    assert_int_equal(place_of(session, b).x, left.x);
    assert_true(place_of(session, b).y > left.y);
}

static void a_pane_gets_a_window_of_its_own_and_comes_back(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    int a = choose_note(session, "a");
    window_place all = place_of(session, a);
    int b = split(session, "F7", "b");
    window_place right = place_of(session, b);
    window_session_skip(session);
    window_session_key(session, "ctrl+shift+w");
    window_session_wait(session, "windows=2");
    assert_int_equal(place_of(session, a).width, all.width);
    window_place own = place_of(session, b);
    assert_int_equal(own.width, right.width);
    window_session_screenshot(session, "panes-window");
    window_session_skip(session); /* keys hold there, too */
    window_session_key(session, "ctrl+shift+w");
    window_session_wait(session, "windows=1");
    assert_int_equal(place_of(session, b).x, right.x);
    assert_int_equal(place_of(session, a).width, right.x - all.x - 5);
}

/* An entry of the menu of panes, by its letters. */
static void in_menu(window_session *session, const char *keys)
{
    window_session_key(session, "alt+p");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, keys);
}

static void panes_are_linked_and_grouped(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    choose_note(session, "a");
    split(session, "F7", "b");
    window_session_skip(session);
    in_menu(session, "k 3");
    window_session_wait(session, "panes: link pane=");
    assert_int_equal(window_session_value(session, "number"), 3);
    window_session_skip(session);
    in_menu(session, "u n");
    window_session_place(session, "New group");
    window_session_type(session, "Maps & more");
    window_session_key(session, "Return");
    window_session_wait(session, "groups: new done=1 count=1");
    window_session_do(session, "sleep 0.3");
    window_session_screenshot(session, "panes-marks");
}

/* The header's menu is that of the menu bar; the middle button closes, as it does tabs. */
static void headers_have_a_menu_and_close(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    int a = choose_note(session, "a");
    int b = split(session, "F7", "b");
    char button[32];
    (void)snprintf(button, sizeof button, "Menu of pane %d", a);
    window_session_skip(session);
    window_session_click(session, button);
    window_session_wait(session, "panes: focused=");
    window_session_do(session, "sleep 0.3");
    window_session_screenshot(session, "panes-menu");
    window_session_key(session, "s"); /* show something else */
    window_session_place(session, "Kinds of panes");
    window_place right = place_of(session, b);
    window_session_skip(session);
    window_session_do(session, "mousemove %d %d click 2", right.x + 80, right.y + 14);
    window_session_wait(session, "panes: closed pane=");
    window_session_wait(session, "panes=1");
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {test(the_first_page_asks_and_a_note_is_chosen),
                                       test(panes_are_gone_to_by_keys),
                                       test(a_divider_is_dragged_and_evened_out),
                                       test(four_panes_are_sized_at_their_crossing),
                                       test(a_header_is_dragged_to_an_edge_to_a_centre_and_back),
                                       test(a_pane_is_maximised_closed_and_gives_its_room_back),
                                       test(keys_move_swap_and_size),
                                       test(a_pane_gets_a_window_of_its_own_and_comes_back),
                                       test(panes_are_linked_and_grouped),
                                       test(headers_have_a_menu_and_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
