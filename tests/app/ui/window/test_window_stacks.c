/* The window on a display: stacks made by hand, as a person makes, opens, changes and undoes them. */
#include "tests/app/ui/window/samples.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define STACK   "stack" /* vt_edit_kind_name, as the log tells it */
#define UNSTACK "unstack"
#define COVER   "stack-cover"

/* Keys, and what comes of them: the edit, and so many cards. */
static void edit(window_session *session, const char *keys, const char *kind, int cards)
{
    char done[64];
    char shown[64];
    (void)snprintf(done, sizeof done, " kind=%s ", kind);
    (void)snprintf(shown, sizeof shown, "view: items=%d ", cards);
    window_session_skip(session);
    window_session_key(session, keys);
    window_session_wait_both(session, done, shown);
}

static void see(window_session *session, const char *keys, int cards)
{
    char shown[64];
    (void)snprintf(shown, sizeof shown, "view: items=%d ", cards);
    window_session_skip(session);
    window_session_key(session, keys);
    window_session_wait(session, shown);
}

static void filter(window_session *session, const char *text, int cards)
{
    char said[64];
    (void)snprintf(said, sizeof said, "view: items=%d ", cards);
    window_session_skip(session);
    window_session_key(session, "ctrl+f ctrl+a");
    if (*text) {
        window_session_type(session, text);
    } else {
        window_session_key(session, "BackSpace");
    }
    window_session_wait(session, said);
}

/* The card at the top left has the keyboard. */
static window_place to_the_first(window_session *session)
{
    window_place grid = window_session_place(session, "Items");
    window_session_do(session, "mousemove %d %d click 1 sleep 0.2", grid.x + 60, grid.y + 110);
    window_session_key(session, "Home");
    return grid;
}

static void selected_items_become_one_card(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    to_the_first(session);
    window_session_key(session, "ctrl+g");
    window_session_wait(session, "message: Select two items or more");
    window_session_key(session, "Home shift+Right shift+Right shift+Right");
    window_session_wait(session, "4 selected");
    edit(session, "ctrl+g", STACK, all->samples - 3);
    window_session_do(session, "sleep 0.5 mousemove 5 5");
    window_session_screenshot(session, "stacks-closed");
    char status[64];
    (void)snprintf(status, sizeof status, "status: %d items", all->samples); /* no item is lost */
    window_session_place(session, "Items");
    assert_non_null(strstr(window_session_log(session), status));
}

static void enter_and_the_badge_open_it_where_it_stands(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    window_place grid = to_the_first(session);
    see(session, "Return", all->samples);
    window_session_do(session, "sleep 0.5 mousemove 5 5");
    window_session_screenshot(session, "stacks-open");
    window_session_skip(session);
    window_session_key(session, "Right Return"); /* a member of an open one is an item like others */
    window_session_wait(session, "viewer: opened row=1 ");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    see(session, "Escape", all->samples - 3);
    see(session, "s", all->samples);
    window_session_wait(session, "1 of 30"); /* closed and opened again, from the card that stands for it */
    see(session, "s", all->samples - 3);
    char open[64];
    char closed[64];
    (void)snprintf(open, sizeof open, "view: items=%d ", all->samples);
    (void)snprintf(closed, sizeof closed, "view: items=%d ", all->samples - 3);
    window_session_skip(session);
    window_session_do(session, "mousemove %d %d click 1", grid.x + 155, grid.y + 28);
    window_session_wait(session, open);
    window_session_do(session, "sleep 0.6 click 1");
    window_session_wait(session, closed);
}

static void its_members_leave_and_lead(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    to_the_first(session);
    see(session, "Return", all->samples);
    window_session_key(session, "Home Right Right");
    edit(session, "shift+s", COVER, all->samples);
    window_session_do(session, "sleep 0.5 mousemove 5 5");
    window_session_screenshot(session, "stacks-other-cover");
    edit(session, "ctrl+z", COVER, all->samples);
    see(session, "Escape", all->samples - 3);
    edit(session, "ctrl+shift+g", UNSTACK, all->samples);
    edit(session, "ctrl+z", UNSTACK, all->samples - 3);
    edit(session, "ctrl+z", STACK, all->samples);
    edit(session, "ctrl+shift+z", STACK, all->samples - 3);
}

static void a_filter_finds_what_is_inside(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    filter(session, "stack:yes", 1);
    window_session_do(session, "sleep 0.5 mousemove 5 5");
    filter(session, "stack:inside", 1); /* the cover does not match: another stands for it */
    window_session_do(session, "sleep 0.5 mousemove 5 5");
    window_session_screenshot(session, "stacks-filtered");
    filter(session, "", all->samples - 3);
}

/* A folder that is one card is all of its items. */
static void a_folder_as_a_stack_counts_what_is_inside(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    window_session_skip(session);
    window_session_key(session, "alt+v");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, "g s");
    window_session_wait(session, "group=folder groups=7");
    to_the_first(session);
    window_session_wait(session, "6 selected"); /* of Formats, four of them in the stack */
    window_session_screenshot(session, "stacks-of-folders");
    see(session, "Return", 3); /* two of them, and the stack */
    see(session, "Escape", all->samples);
    window_session_key(session, "alt+v");
    window_session_do(session, "sleep 0.3");
    see(session, "g s", all->samples - 3);
}

static void the_table_shows_rows_as_they_are(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    see(session, "alt+2", all->samples);
    window_session_screenshot(session, "stacks-table");
    see(session, "alt+1", all->samples - 3);
}

/* What a card stands for is what keys are about: all four of them. */
static void what_is_done_to_a_closed_stack_is_done_to_all_of_it(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    to_the_first(session);
    window_session_skip(session);
    window_session_key(session, "5");
    window_session_wait(session, "changed=4 ");
    window_session_key(session, "ctrl+z");
    window_session_wait(session, "changed=4 ");
    window_session_key(session, "Delete");
    window_session_wait(session, "files: asked: Move 4 items to the trash? 1 closed stack is among them");
    window_session_screenshot(session, "stacks-trash");
    window_session_click(session, "Keep");
    window_session_place(session, "Items");
}

static void an_item_dropped_on_a_stack_joins_it(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    window_place grid = to_the_first(session);
    int y = grid.y + 110;
    char shown[64];
    (void)snprintf(shown, sizeof shown, "view: items=%d ", all->samples - 4);
    window_session_skip(session);
    window_session_do(session, "mousemove %d %d mousedown 1 sleep 0.1 mousemove %d %d sleep 0.1",
                      grid.x + 260, y, grid.x + 230, y);
    window_session_do(session, "mousemove %d %d sleep 0.1 mousemove %d %d sleep 0.2", grid.x + 100, y,
                      grid.x + 80, y);
    window_session_screenshot(session, "stacks-dropping");
    window_session_do(session, "mouseup 1");
    window_session_wait_both(session, " kind=stack ", shown);
    edit(session, "ctrl+z", STACK, all->samples - 3);
}

static void stacks_are_there_at_the_next_start_and_only_covers_if_so_set(void **state)
{
    static const char setting[] = "stacks.closed = cover\n";
    fixture *all = *state;
    window_session_key(all->session, "ctrl+q");
    assert_int_equal(window_session_wait_end(all->session, 10000), 0);
    window_session_end(all->session, 0);
    files_write(files_path(all->folder, "config/vitrine/settings.conf"), setting, sizeof setting - 1);
    all->session = window_session_start(all->folder, (const char *const[]){NULL});
    char said[64];
    (void)snprintf(said, sizeof said, "view: items=%d ", all->samples - 3);
    window_session_wait(all->session, said);
    to_the_first(all->session);
    window_session_skip(all->session);
    window_session_key(all->session, "5");
    window_session_wait(all->session, "changed=1 ");
    window_session_key(all->session, "Delete");
    window_session_wait(all->session, "Of 1 closed stack only the cover; what is inside stays.");
    window_session_click(all->session, "Keep");
    window_session_place(all->session, "Items");
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(selected_items_become_one_card),
        cmocka_unit_test(enter_and_the_badge_open_it_where_it_stands),
        cmocka_unit_test(its_members_leave_and_lead),
        cmocka_unit_test(a_filter_finds_what_is_inside),
        cmocka_unit_test(a_folder_as_a_stack_counts_what_is_inside),
        cmocka_unit_test(the_table_shows_rows_as_they_are),
        cmocka_unit_test(what_is_done_to_a_closed_stack_is_done_to_all_of_it),
        cmocka_unit_test(an_item_dropped_on_a_stack_joins_it),
        cmocka_unit_test(stacks_are_there_at_the_next_start_and_only_covers_if_so_set),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
