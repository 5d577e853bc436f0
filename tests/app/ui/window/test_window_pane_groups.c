/* Groups of panes on a display, through the menu as a user goes: made, filled, collapsed, saved, put back,
   closed. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>

/* The menu "Panes" with its submenu "Group" open; `keys` go on from its first entry. */
static void use_groups(window_session *session, const char *keys, const char *said)
{
    window_session_skip(session);
    window_session_key(session, "alt+p");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, "u");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, keys);
    window_session_wait(session, said);
}

static void give_keyboard(window_session *session, const char *pane)
{
    window_place place = window_session_place(session, pane);
    window_session_do(session, "mousemove %d %d click 1", place.x + 60, place.y + 10); /* its header */
    window_session_do(session, "sleep 0.3");
}

static void a_group_is_made_collapsed_saved_put_back_and_closed(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_key(session, "alt+3");
    window_session_wait_both(session, "workspace: first panes=3", "workspace: shown=1");
    give_keyboard(session, "Pane 3");
    use_groups(session, "Return", "place: New group");
    window_session_type(session, "Side");
    window_session_key(session, "Return");
    window_session_wait(session, "groups: new done=1 count=1");
    give_keyboard(session, "Pane 5");
    use_groups(session, "Down Right Return", "groups: put done=1");
    window_session_screenshot(session, "groups-two");
    use_groups(session, "Down Down Right s", "message: The group is saved as the workspace");
    use_groups(session, "Down Down Right c", "groups: collapsed done=1");
    window_session_screenshot(session, "groups-collapsed");
    give_keyboard(session, "Pane 1");
    use_groups(session, "Down Right c", "groups: expanded done=1");
    give_keyboard(session, "Pane 1");
    window_session_skip(session);
    window_session_key(session, "alt+p");
    window_session_do(session, "sleep 0.3");
    window_session_key(session, "i Return");
    window_session_wait(session, "groups: put back done=1");
    window_session_screenshot(session, "groups-put-back");
    give_keyboard(session, "Pane 1");
    use_groups(session, "Down Right l", "groups: closed done=1");
    window_session_screenshot(session, "groups-closed");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_is_made_collapsed_saved_put_back_and_closed),
    };
    if (!window_session_possible()) {
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
