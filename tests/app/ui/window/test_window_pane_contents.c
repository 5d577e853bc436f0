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
    /* Whatever becomes of it outside is seen: it lies in no watched folder. */
    files_write(path, "one\ntwo\nthree\n", 14);
    window_session_wait(session, "pane: text lines=3");
    assert_int_equal(unlink(path), 0);
    window_session_wait(session, "pane: text lost");
    window_session_screenshot(session, "contents-text-lost");
    files_write(path, "1\n2\n3\n4\n", 8);
    window_session_wait(session, "pane: text lines=4");
    free(path);
}

/* Its button is gone once it is pressed, and the keyboard stays in its pane: what comes next is for that. */
static void who_cancels_stays_in_the_pane(void **state)
{
    window_session *session = ((fixture *)*state)->session;
    window_session_key(session, "F8");
    window_session_wait(session, "panes: focused=");
    window_session_place(session, "Kinds of panes");
    window_session_type(session, "Query");
    window_session_key(session, "Tab");
    window_session_type(session,
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT max(i) FROM n");
    window_session_key(session, "Return");
    window_session_wait(session, " shows query:");
    window_session_do(session, "sleep 1"); /* the chooser has a button of that name, too */
    window_session_click(session, "Cancel");
    window_session_click(session, "Retry");
    window_session_do(session, "sleep 1");
    window_session_click(session, "Cancel");
    window_session_do(session, "sleep 0.5");
    window_session_screenshot(session, "contents-cancelled");
    window_session_skip(session);
    window_session_key(session, "ctrl+w");
    window_session_wait(session, "panes: closed pane=7");
}

static void wait_for_other_pixels(window_session *session, const char *place, unsigned long before)
{
    window_session_pixels_change(session, window_session_place(session, place), before);
}

/* A picture that is open in a pane, beside what is known of it, and is changed, renamed and taken away
 * outside. */
static void changes_outside_reach_open_panes(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "pictures"));
    char *path = strdup(files_path(folder, "a picture.ppm"));
    char *other = strdup(files_path(folder, "another name.ppm"));
    files_write_picture(path, 200, 150, 1);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait(session, "import ended:");
    window_session_key(session, "alt+3");
    window_session_wait_both(session, "workspace: first panes=3", "workspace: shown=1");
    window_session_wait(session, "ready items=1");
    point_at_first_card(session);
    window_session_do(session, "click 1");
    window_session_wait(session, "panes: selected pane=1 items=1 linked=1");
    window_session_do(session, "click --repeat 2 --delay 40 1");
    window_session_wait(session, "shows image:");
    sleep(2); /* the folder is watched from a moment after its import on */
    window_session_screenshot(session, "contents-outside-before");
    unsigned long image = window_session_pixels(session, window_session_place(session, "Pane 7"));
    unsigned long info = window_session_pixels(session, window_session_place(session, "Pane 3"));

    files_write_picture(path, 120, 190, 2);
    window_session_wait(session, "changes: imported=0 updated=1 ");
    wait_for_other_pixels(session, "Pane 7", image);
    wait_for_other_pixels(session, "Pane 3", info);
    sleep(1);
    window_session_screenshot(session, "contents-outside-changed");
    image = window_session_pixels(session, window_session_place(session, "Pane 7"));
    info = window_session_pixels(session, window_session_place(session, "Pane 3"));

    assert_int_equal(rename(path, other), 0);
    window_session_wait(session, "changes: imported=0 updated=0 moved=1 ");
    wait_for_other_pixels(session, "Pane 7", image); /* its name is in the header */
    wait_for_other_pixels(session, "Pane 3", info);
    sleep(1);
    window_session_screenshot(session, "contents-outside-renamed");
    info = window_session_pixels(session, window_session_place(session, "Pane 3"));

    assert_int_equal(unlink(other), 0);
    window_session_wait(session, "changes: imported=0 updated=0 moved=0 missing=1");
    wait_for_other_pixels(session, "Pane 3", info);
    sleep(1);
    window_session_screenshot(session, "contents-outside-removed");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(other);
    free(path);
    free(folder);
    files_remove(home);
}

static double lightness_of_line(window_session *session, window_place place, int below)
{
    return window_session_lightness(session,
                                    (window_place){place.x + 20, place.y + below, place.width - 40, 1});
}

/* Where nothing but its outline tells a field from the ground, it has one. */
static void a_query_has_an_outline_where_contrast_is_high(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    setenv("VITRINE_THEME", "high-contrast", 1);
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    unsetenv("VITRINE_THEME");
    window_session_key(session, "alt+3");
    window_session_wait(session, "workspace: shown=1");
    window_session_key(session, "F8");
    window_session_wait(session, "panes: focused=");
    window_session_place(session, "Kinds of panes");
    window_session_type(session, "Query");
    window_session_key(session, "Return");
    window_session_wait(session, " shows query:");
    window_place query = window_session_place(session, "Query");
    window_session_do(session, "sleep 0.5");
    window_session_screenshot(session, "contents-query-high-contrast");
    assert_true(lightness_of_line(session, query, 0) > 100);
    assert_true(lightness_of_line(session, query, query.height - 1) > 100);
    assert_true(lightness_of_line(session, query, query.height - 4) < 50);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_linked_pane_follows_the_selection, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_item_opens_beside_and_is_given_back_when_memory_is_wanted, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_is_not_there_is_tried_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_cancels_stays_in_the_pane, set_up, tear_down),
        cmocka_unit_test(changes_outside_reach_open_panes),
        cmocka_unit_test(a_query_has_an_outline_where_contrast_is_high),
    };
    if (!window_session_possible()) {
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
