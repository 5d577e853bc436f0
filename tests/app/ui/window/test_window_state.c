/* What the window keeps: selection across views, panels, theme, and everything that comes back at the next
 * start. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static window_session *start(const char *home, const char *path)
{
    window_session *session = window_session_start(home, (const char *const[]){path, NULL});
    if (path) {
        window_session_wait(session, "import ended:");
    }
    return session;
}

static void a_selection_is_the_same_in_both_views(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start(home, files_sample("Models"));
    window_session_wait(session, "view: items=6 ");
    window_session_click(session, "Items");
    window_session_key(session, "Home shift+Right shift+Right");
    window_session_wait(session, "3 selected");
    window_session_key(session, "ctrl+2");
    window_session_place(session, "Items as a table");
    window_session_screenshot(session, "selected-table");
    window_session_key(session, "ctrl+a");
    window_session_wait(session, "6 selected");
    window_session_key(session, "ctrl+1");
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

static void the_theme_changes_at_once(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    setenv("VITRINE_THEME", "light", 1);
    window_session *session = start(home, files_sample("Models"));
    unsetenv("VITRINE_THEME");
    window_place part = window_session_place(session, "Items");
    double light = window_session_lightness(session, part);
    unsigned long pixels = window_session_pixels(session, part);
    window_session_click(session, "Items");
    window_session_key(session, "alt+v k"); /* the letters of the menu */
    window_session_pixels_change(session, part, pixels);
    window_session_place(session, "Items");
    assert_true(window_session_lightness(session, part) < light - 50);
    window_session_screenshot(session, "theme-changed");
    pixels = window_session_pixels(session, part);
    window_session_key(session, "alt+v i");
    window_session_pixels_change(session, part, pixels);
    window_session_place(session, "Items");
    assert_true(window_session_lightness(session, part) > light - 10);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void the_next_start_looks_like_the_last_end(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start(home, files_sample("Models"));
    window_session_wait(session, "view: items=6 ");
    window_session_click(session, "Items");
    window_session_key(session, "ctrl+plus ctrl+plus ctrl+2");
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
        cmocka_unit_test(the_next_start_looks_like_the_last_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
