/* What the window keeps: selection across views, panels, theme, and everything that comes back at the next
 * start. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static window_session *start(const char *home, const char *path)
{
    window_session *session = window_session_start(home, (const char *const[]){path, NULL});
    if (path) {
        window_session_wait(session, "import ended:");
    }
    return session;
}

/* Waits until the log holds it at all, be it before what was waited for last. */
static void wait_seen(window_session *session, const char *text)
{
    enum { PATIENCE = 600, POLL_US = 50000 };
    for (int i = 0; window_session_count(session, text) == 0; i++) {
        if (i == PATIENCE) {
            fail_msg("the log does not say '%s':\n%s", text, window_session_log(session));
        }
        usleep(POLL_US);
    }
}

static void a_selection_is_the_same_in_both_views(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start(home, files_sample("Models"));
    wait_seen(session, "view: items=6 ");
    window_session_click(session, "Items");
    window_session_key(session, "Home shift+Right shift+Right");
    window_session_wait(session, "3 selected");
    window_session_key(session, "alt+2");
    window_session_place(session, "Items as a table");
    window_session_screenshot(session, "selected-table");
    window_session_key(session, "ctrl+a");
    window_session_wait(session, "6 selected");
    window_session_key(session, "alt+1");
    window_session_place(session, "Items");
    window_session_skip(session);
    window_place grid = window_session_place(session, "Items");
    window_session_do(session, "mousemove %d %d keydown ctrl click 1 keyup ctrl", grid.x + 80, grid.y + 80);
    window_session_wait(session, "5 selected");
    window_session_do(session, "mousemove_relative 180 0 click 1");
    window_session_wait(session, "status: 6 items");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void folders_can_be_hidden(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start(home, files_sample("Models"));
    window_place with = window_session_place(session, "Items");
    window_session_click(session, "Items");
    window_session_key(session, "F9");
    window_session_wait(session, "place: Items: x=0 ");
    window_session_key(session, "F9");
    window_session_wait(session, "place: Folders:");
    window_place again = window_session_place(session, "Items");
    assert_int_equal(again.x, with.x);
    assert_int_equal(again.width, with.width);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

/* Until a part is darker, or lighter, than `limit`: what changes first is that the menu covers it. */
static void wait_for_lightness(window_session *session, window_place part, bool darker, double limit)
{
    double now = window_session_lightness(session, part);
    for (int i = 0; i < 1000 && (darker ? now >= limit : now <= limit); i++) {
        poll(NULL, 0, 20);
        now = window_session_lightness(session, part);
    }
    if (darker ? now >= limit : now <= limit) {
        fail_msg("the part has a lightness of %.1f, which is not %s %.1f", now, darker ? "below" : "above",
                 limit);
    }
}

static void the_theme_changes_at_once(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    setenv("VITRINE_THEME", "light", 1);
    window_session *session = start(home, files_sample("Models"));
    unsetenv("VITRINE_THEME");
    window_place part = window_session_place(session, "Items");
    double light = window_session_lightness(session, part);
    window_session_click(session, "Items");
    window_session_key(session, "alt+v k"); /* the letters of the menu */
    wait_for_lightness(session, part, true, light - 50);
    window_session_screenshot(session, "theme-changed");
    window_session_key(session, "alt+v i");
    wait_for_lightness(session, part, false, light - 10);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

/* What the environment wants is for one start; what the user chose is for the next ones, too. */
static void only_a_theme_that_was_chosen_is_kept(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    for (int i = 0; i < 4; i++) { /* wanted dark, left, chosen dark, left */
        if (i == 0) {
            setenv("VITRINE_THEME", "dark", 1);
        }
        window_session *session = start(home, files_sample("Models"));
        unsetenv("VITRINE_THEME");
        window_place part = window_session_place(session, "Items");
        bool dark = i == 0 || i == 3;
        wait_for_lightness(session, part, dark, 128);
        if (i == 2) {
            window_session_click(session, "Items");
            window_session_key(session, "alt+v k");
            wait_for_lightness(session, part, true, 128);
        }
        assert_int_equal(window_session_end(session, SIGTERM), 0);
    }
    files_remove(home);
}

/* The bar at the right of the cards holds its room, but there is nothing to pull at. */
static void what_is_all_in_sight_has_no_handle_to_scroll(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    setenv("VITRINE_THEME", "light", 1);
    window_session *session = start(home, files_sample("Models"));
    unsetenv("VITRINE_THEME");
    wait_seen(session, "view: items=6 ");
    window_place cards = window_session_place(session, "Items");
    enum { INTO_BAR = 6, LONG = 100 };
    window_place bar = {cards.x + cards.width - INTO_BAR, cards.y + LONG, 2, LONG};
    double plain = window_session_lightness(session, bar);
    assert_true(plain > 235);
    for (int i = 0; i < 12; i++) {
        window_session_key(session, "ctrl+plus"); /* until they do not fit */
    }
    for (int i = 0; i < 50 && window_session_lightness(session, bar) > 200; i++) {
        window_session_do(session, "sleep 0.1");
    }
    assert_true(window_session_lightness(session, bar) < 200);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void the_next_start_looks_like_the_last_end(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start(home, files_sample("Models"));
    wait_seen(session, "view: items=6 ");
    window_session_click(session, "Items");
    window_session_key(session, "ctrl+plus ctrl+plus alt+2");
    window_session_click(session, "column Triangles");
    window_session_wait(session, "sort=triangles build");
    double side = window_session_value(session, "side");
    assert_true(side > 160);
    window_session_key(session, "ctrl+q"); /* as users leave */
    assert_int_equal(window_session_end(session, 0), 0);

    session = start(home, NULL);
    window_session_wait(session, "view: items=6 total=6 sort=triangles");
    window_session_place(session, "Items as a table");
    assert_true(window_session_value(session, "side") == side);
    window_session_screenshot(session, "restored");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

/* Many enough to be scrolled. */
static void make_pictures(const char *folder, int count)
{
    for (int i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "%03dx.ppm", i);
        files_write_picture(files_path(folder, name), 40, 30, (unsigned)i + 1);
    }
}

static void the_next_start_is_where_the_last_end_was(void **state)
{
    (void)state;
    enum { COUNT = 120 };
    char *home = files_temporary_folder();
    char *all = strdup(files_folder(home, "all"));
    char *one = strdup(files_folder(all, "one"));
    make_pictures(one, COUNT);
    make_pictures(files_folder(all, "two"), 3);
    window_session *session = start(home, all);
    wait_seen(session, "status: 123 items");
    usleep(1500000); /* folders are counted at most once a second */
    window_place folders = window_session_place(session, "Folders");
    window_session_do(session, "mousemove %d %d click 1", folders.x + 100, folders.y + 62); /* "one" */
    wait_seen(session, "status: 120 of 123 items");
    window_session_click(session, "Filter");
    window_session_type(session, "width<1000");
    wait_seen(session, "view: items=120");
    window_session_click(session, "Items");
    window_session_key(session, "End");
    window_session_key(session, "Left");
    window_session_key(session, "Return");
    window_session_wait(session, "viewer: opened row=118 ");
    window_session_screenshot(session, "place-left");
    window_session_key(session, "ctrl+q");
    assert_int_equal(window_session_end(session, 0), 0);

    /* The viewer is over the bar that a start is known by. */
    session = window_session_launch(home, false, (const char *const[]){NULL});
    wait_seen(session, "session: back at row=118 ");
    assert_true(window_session_value(session, "scroll") > 0);
    wait_seen(session, "status: 120 of 123 items");
    assert_true(window_session_count(session, "viewer: opened row=118 ") == 1);
    window_session_screenshot(session, "place-back");
    assert_int_equal(window_session_end(session, SIGTERM), 0);

    /* What is named shall be seen: nothing of the last session hides it. */
    session = window_session_start(home, (const char *const[]){one, NULL});
    wait_seen(session, "status: 123 items");
    assert_int_equal(window_session_count(session, "viewer: opened"), 0);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(one);
    free(all);
    files_remove(home);
}

static void a_session_of_things_that_are_gone_hides_nothing(void **state)
{
    (void)state;
    static const char text[] = "[place]\nfolder=@ByteArray(/no/such/folder)\nfilter=\nitem=987654321\n"
                               "scroll=100000000\nopen=1\n[window]\ngeometry=@ByteArray(garbage)\n"
                               "folders=@ByteArray(\\x1\\x2)\nview=77\ntheme=-3\n";
    char *home = files_temporary_folder();
    window_session *session = start(home, files_sample("Models"));
    wait_seen(session, "view: items=6 ");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_write(files_path(home, "config/vitrine/vitrine.ini"), text, sizeof text - 1);
    session = start(home, NULL);
    wait_seen(session, "status: 6 items");
    window_session_place(session, "Items");
    assert_int_equal(window_session_count(session, "viewer: opened"), 0);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_selection_is_the_same_in_both_views),
        cmocka_unit_test(folders_can_be_hidden),
        cmocka_unit_test(the_theme_changes_at_once),
        cmocka_unit_test(only_a_theme_that_was_chosen_is_kept),
        cmocka_unit_test(what_is_all_in_sight_has_no_handle_to_scroll),
        cmocka_unit_test(the_next_start_looks_like_the_last_end),
        cmocka_unit_test(the_next_start_is_where_the_last_end_was),
        cmocka_unit_test(a_session_of_things_that_are_gone_hides_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
