/* Panes with real contents on a display: a selection that is followed, an item that opens beside, a file that
   is not there at first, and memory that is given back. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct fixture {
    char *folder;
    window_session *session;
} fixture;

/* The first workspace, as it comes: cards, linked with what is known of the selected one, and the manual. */
static int set_up(void **state)
{
    fixture *all = calloc(1, sizeof *all);
    assert_non_null(all);
    all->folder = files_temporary_folder();
    all->session = window_session_start(all->folder, (const char *const[]){files_sample("Landscapes"), NULL});
    window_session_wait(all->session, "import ended:");
    window_session_key(all->session, "alt+3");
    window_session_wait_both(all->session, "workspace: first panes=3", "workspace: shown=1");
    window_session_wait(all->session, "ready items=7");
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

/* The first card stands below the header and the filter box of the first pane. */
static void point_at_first_card(window_session *session)
{
    window_place cards = window_session_place(session, "Pane 1");
    window_session_do(session, "mousemove %d %d", cards.x + 80, cards.y + 150);
    window_session_skip(session);
}

static void a_linked_pane_follows_the_selection(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    point_at_first_card(session);
    window_session_do(session, "click 1");
    window_session_wait(session, "panes: selected pane=1 items=1 linked=1");
    window_session_screenshot(session, "contents-linked");
}

static void an_item_opens_beside_and_is_given_back_when_memory_is_wanted(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    point_at_first_card(session);
    window_session_do(session, "click --repeat 2 --delay 40 1");
    window_session_wait(session, "shows image:");
    window_session_do(session, "sleep 0.5");
    window_session_screenshot(session, "contents-opened");
    window_session_skip(session);
    window_session_key(session, "Page_Down"); /* whoever has the keyboard may not mind */
    window_session_key(session, "ctrl+w");
    window_session_wait(session, "panes: closed pane=");
    window_session_key(session, "ctrl+p");
    window_session_wait_both(session, "performance: ", "keyboard: Performance");
    window_session_key(session, "alt+c");
    window_session_click(session, "Give back all caches");
    window_session_wait(session, "workspace: memory given back=");
    assert_true(window_session_value(session, "back") > 0);
}

static void a_file_that_is_not_there_is_tried_again(void **state)
{
    const fixture *all = *state;
    window_session *session = all->session;
    char *path = strdup(files_path(all->folder, "later.txt"));
    window_session_key(session, "F8");
    window_session_wait(session, "panes: focused=");
    window_session_place(session, "Kinds of panes");
    window_session_type(session, "Text");
    window_session_key(session, "Tab");
    window_session_type(session, path);
    window_session_key(session, "Return");
    window_session_wait(session, " shows text:");
    window_session_place(session, "Retry");
    window_session_screenshot(session, "contents-failed");
    files_write(path, "one\ntwo\n", 8);
    window_session_skip(session);
    window_session_click(session, "Retry");
    window_session_wait(session, "pane: text lines=2");
    window_session_screenshot(session, "contents-text");
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_linked_pane_follows_the_selection, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_item_opens_beside_and_is_given_back_when_memory_is_wanted, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_is_not_there_is_tried_again, set_up, tear_down),
    };
    if (!window_session_possible()) {
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
