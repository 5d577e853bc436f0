/* Panes in windows of their own: made by a drop outside of all windows, given back by the title bar; commands
   act there, too; and the status line tells of groups that are collapsed. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Right of the main window, on the screen of the session. */
enum { OUTSIDE_X = 1500, OUTSIDE_Y = 240 };

static struct {
    char *home;
    window_session *session;
} here;

/* Cards at the left (pane 1), what is known of the selected one at the right (3), the manual below (5). */
static int set_up(void **state)
{
    (void)state;
    here.home = files_temporary_folder();
    here.session = window_session_start(here.home, (const char *const[]){files_sample("Landscapes"), NULL});
    window_session_wait(here.session, "import ended:");
    window_session_key(here.session, "alt+3");
    window_session_wait_both(here.session, "workspace: first panes=3", "ready items=7");
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

static window_place place_of(int pane)
{
    char name[32];
    (void)snprintf(name, sizeof name, "Pane %d", pane);
    return window_session_place(here.session, name);
}

/* By the window manager, which a key asks for it, as the button of the title bar does. It may not be there
 * yet.
 */
static void close_window(int pane)
{
    enum { TRIES = 20, TRY_MS = 2000 };
    window_session_skip(here.session);
    window_session_do(here.session, "exec openbox");
    for (int i = 0; i < TRIES; i++) {
        window_place place = place_of(pane); /* the manager has framed it, and gives it the keyboard again */
        window_session_do(here.session, "mousemove %d %d click 1 key alt+F4", place.x + 60, place.y + 14);
        if (window_session_says(here.session, "panes: window closed panes=1", TRY_MS)) {
            return;
        }
    }
    fail_msg("the window was not closed");
}

/* By its header. */
static void drag_pane(int pane, int to_x, int to_y)
{
    window_place from = place_of(pane);
    window_session_skip(here.session);
    window_session_do(here.session, "mousemove %d %d mousedown 1 mousemove %d %d mousemove %d %d sleep 0.1",
                      from.x + 60, from.y + 14, from.x + 90, from.y + 40, to_x - 5, to_y - 5);
    window_session_do(here.session, "mousemove %d %d sleep 0.1 mouseup 1", to_x, to_y);
    window_session_wait(here.session, "panes: dropped pane=");
}

/* What is dragged is moved before it goes: some pixels more than once. */
static void wait_for_pixels(window_place part, unsigned long wanted)
{
    enum { TRIES = 50 };
    for (int i = 0; i < TRIES && window_session_pixels(here.session, part) != wanted; i++) {
        window_session_do(here.session, "sleep 0.1");
    }
    assert_int_equal(window_session_pixels(here.session, part), wanted);
}

/* Beside the pointer, as long as that is outside: what letting go would open. */
static void what_is_dragged_is_seen_outside(void **state)
{
    (void)state;
    window_place from = place_of(3);
    const window_place beside = {OUTSIDE_X + 18, OUTSIDE_Y + 18, 200, 150};
    unsigned long before = window_session_pixels(here.session, beside);
    window_session_do(here.session, "mousemove %d %d mousedown 1 mousemove %d %d mousemove %d %d",
                      from.x + 60, from.y + 14, from.x + 90, from.y + 40, OUTSIDE_X - 5, OUTSIDE_Y - 5);
    window_session_do(here.session, "mousemove %d %d", OUTSIDE_X, OUTSIDE_Y);
    window_session_pixels_change(here.session, beside, before);
    window_session_do(here.session, "sleep 0.3");
    window_session_screenshot(here.session, "pane-windows-carried");
    assert_int_not_equal(window_session_pixels(here.session, beside), before);
    window_session_do(here.session, "mousemove %d %d", from.x + 90, from.y + 40);
    wait_for_pixels(beside, before);
    window_session_do(here.session, "mousemove %d %d", OUTSIDE_X, OUTSIDE_Y);
    window_session_pixels_change(here.session, beside, before);
    window_session_skip(here.session);
    window_session_key(here.session, "Escape"); /* the drag is called off */
    window_session_wait(here.session, "panes: dropped pane=3");
    assert_int_equal(window_session_value(here.session, "moved"), 0);
    window_session_do(here.session, "mouseup 1 sleep 0.3");
    wait_for_pixels(beside, before);
}

static void a_header_dropped_outside_makes_a_window_there(void **state)
{
    (void)state;
    window_place before = place_of(1), other = place_of(5);
    drag_pane(3, OUTSIDE_X, OUTSIDE_Y);
    window_session_wait(here.session, "windows=2");
    assert_int_equal(window_session_value(here.session, "moved"), 1);
    window_session_do(here.session, "sleep 0.5");
    window_place own = place_of(3);
    window_session_screenshot(here.session, "pane-windows-dropped");
    assert_true(own.x > before.x + before.width && abs(own.x - OUTSIDE_X) < 60);
    assert_true(abs(own.y - OUTSIDE_Y) < 60);
    assert_true(place_of(5).height > other.height); /* it has the room that was left */
    window_session_key(here.session,
                       "ctrl+shift+w"); /* it has the keyboard: this leads back, and the next out */
    window_session_wait(here.session, "panes: own window pane=3 on=0");
    window_session_key(here.session, "ctrl+shift+w");
    window_session_wait(here.session, "panes: own window pane=3 on=1");

    window_session_skip(here.session); /* the window's title bar closes it: the pane is back */
    close_window(3);
    window_session_wait(here.session, "windows=1");
    assert_true(place_of(3).x < before.x + before.width + other.width);
    window_session_wait(here.session, "workspace: kept name=Workspace panes=3");
    window_session_screenshot(here.session, "pane-windows-back");
}

/* Where another part of the window stands, a header was dropped by mistake. */
static void a_header_dropped_on_a_bar_stays(void **state)
{
    (void)state;
    window_place before = place_of(3);
    window_place bar = window_session_place(here.session, "Filter");
    drag_pane(3, bar.x + 40, bar.y + bar.height / 2);
    assert_int_equal(window_session_value(here.session, "moved"), 0);
    assert_int_equal(place_of(3).x, before.x);
    assert_int_equal(place_of(3).y, before.y);
}

static void commands_act_in_a_pane_s_own_window(void **state)
{
    (void)state;
    drag_pane(1, OUTSIDE_X, OUTSIDE_Y);
    window_session_wait(here.session, "windows=2");
    window_session_do(here.session, "sleep 0.5");
    window_place own = place_of(1);
    window_session_skip(here.session);
    window_session_do(here.session, "mousemove %d %d click 1", own.x + 80, own.y + 150);
    window_session_wait(here.session, "panes: selected pane=1 items=1");
    window_session_key(here.session, "4");
    window_session_wait(here.session, "edit: action=make kind=rating changed=1");
    window_session_key(here.session, "ctrl+z");
    window_session_wait(here.session, "edit: action=undo kind=rating changed=1");
    window_session_screenshot(here.session, "pane-windows-rated");
    close_window(1);
    window_session_wait(here.session, "windows=1");
    window_session_key(here.session, "3"); /* it has the keyboard still, and its selection */
    window_session_wait(here.session, "edit: action=make kind=rating changed=1");
}

/* The menu Panes with its submenu of groups; `keys` go on from its first entry. */
static void use_groups(const char *keys, const char *said)
{
    window_session_do(here.session, "mousemove %d %d click 1 sleep 0.3", place_of(1).x + 60,
                      place_of(1).y + 10);
    window_session_skip(here.session);
    window_session_key(here.session, "alt+p");
    window_session_do(here.session, "sleep 0.3");
    window_session_key(here.session, "u");
    window_session_do(here.session, "sleep 0.3");
    window_session_key(here.session, keys);
    window_session_wait(here.session, said);
}

static void the_status_line_tells_of_collapsed_groups_and_what_is_selected(void **state)
{
    (void)state;
    window_place cards = place_of(1), info = place_of(3);
    window_session_do(here.session, "mousemove %d %d click 2", info.x + 60, info.y + 14); /* closes it */
    window_session_wait(here.session, "panes: closed pane=3");
    window_session_do(here.session, "mousemove %d %d click 1", cards.x + 80, cards.y + 150);
    window_session_wait(here.session, "panes: selected pane=1 items=1");
    window_session_key(here.session, "ctrl+a");
    window_session_wait(here.session, "status: Workspace  \u00b7  2 panes  \u00b7  7 selected");
    use_groups("Return", "place: New group");
    window_session_type(here.session, "Maps");
    window_session_key(here.session, "Return");
    window_session_wait(here.session, "groups: new done=1 count=1");
    use_groups("Down Down Right c", "groups: collapsed done=1");
    window_session_wait(here.session, "status: Workspace  \u00b7  2 panes  \u00b7  1 group collapsed");
    window_session_screenshot(here.session, "pane-windows-collapsed");
    window_session_key(here.session, "Delete"); /* what is selected there is not seen: it stays */
    window_session_key(here.session, "5");
    window_session_do(here.session, "sleep 0.5");
    assert_int_equal(window_session_count(here.session, "edit: action="), 0);
    assert_int_equal(window_session_count(here.session, "files: asked:"), 0);
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(what_is_dragged_is_seen_outside), test(a_header_dropped_outside_makes_a_window_there),
        test(a_header_dropped_on_a_bar_stays), test(commands_act_in_a_pane_s_own_window),
        test(the_status_line_tells_of_collapsed_groups_and_what_is_selected)};
    if (!window_session_possible()) {
        return 77;
    }
    if (system("command -v openbox > /dev/null") != 0) {
        print_message("skipped: openbox is not installed, so no title bar closes a window\n");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
