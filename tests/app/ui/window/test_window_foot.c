/* What comes and goes at the foot of the window, and below the filter box, moves nothing else. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NARROW = 620, TALLER = 45 /* than one line */ };

static const char foot[] = "What goes on";

static window_session *start(const char *home, const char *theme)
{
    setenv("VITRINE_THEME", theme, 1);
    char *pictures = strdup(files_folder(home, "pictures"));
    files_write_picture(files_path(pictures, "red.ppm"), 640, 480, 1);
    files_write_picture(files_path(pictures, "green.ppm"), 480, 640, 2);
    window_session *session = window_session_start(home, (const char *const[]){pictures, NULL});
    free(pictures);
    unsetenv("VITRINE_THEME");
    window_session_wait_both(session, "import ended: imported=2 ", "view: items=2 ");
    return session;
}

static void screenshot(window_session *session, const char *name, const char *theme)
{
    char full[64];
    snprintf(full, sizeof full, "foot-%s-%s", name, theme);
    window_session_screenshot(session, full);
}

static void check_stands(window_session *session, const char *name, window_place before)
{
    window_place now = window_session_place(session, name);
    assert_int_equal(now.x, before.x);
    assert_int_equal(now.y, before.y);
    assert_int_equal(now.width, before.width);
    assert_int_equal(now.height, before.height);
}

/* Waits for the foot to be as high as one line, or higher. */
static window_place wait_for_foot(window_session *session, bool higher)
{
    for (;;) {
        window_session_wait(session, "place: What goes on: ");
        window_place place = window_session_place(session, foot);
        if ((place.height > TALLER) == higher) {
            return place;
        }
    }
}

static void nothing_moves(const char *theme)
{
    char *home = files_temporary_folder();
    window_session *session = start(home, theme);
    window_place line = wait_for_foot(session, false);
    window_place grid = window_session_place(session, "Items");
    window_place folders = window_session_place(session, "Folders");
    assert_true(line.y >= grid.y + grid.height); /* in the status bar: it covers nothing */
    screenshot(session, "import", theme);

    window_session_click(session, "Items");
    window_session_key(session, "Home ctrl+shift+c");
    window_session_wait(session, "message: ");
    window_place two = wait_for_foot(session, true);
    assert_int_equal(two.y + two.height, line.y + line.height);
    check_stands(session, "Items", grid);
    check_stands(session, "Folders", folders);
    screenshot(session, "message", theme);
    window_session_click(session, "Close this message");
    wait_for_foot(session, false); /* the message alone */
    check_stands(session, "Items", grid);

    window_session_key(session, "ctrl+f");
    window_session_type(session, "width>");
    window_session_wait(session, "filter error: ");
    check_stands(session, "Items", grid);
    check_stands(session, "Folders", folders);
    screenshot(session, "filter", theme);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void nothing_moves_in_light(void **state)
{
    (void)state;
    nothing_moves("light");
}

static void nothing_moves_in_dark(void **state)
{
    (void)state;
    nothing_moves("dark");
}

static void check_inside(window_session *session, const char *name, int width)
{
    window_place place = window_session_place(session, name);
    assert_true(place.x >= 0 && place.x + place.width <= width);
}

static void a_narrow_window_has_all_of_it(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start(home, "light");
    window_session_do(session, "search --name '^Vitrine$' windowsize --sync %d 600", NARROW);
    while (window_session_place(session, foot).y > 600) {
        window_session_wait(session, "place: What goes on: ");
    }
    int width = window_session_place(session, "Items").x + window_session_place(session, "Items").width;
    check_inside(session, foot, width);
    check_inside(session, "Close this message", width);
    window_session_click(session, "Items");
    window_session_key(session, "Home Delete");
    window_session_wait(session, "files: asked: ");
    window_session_click(session, "Move to trash");
    window_session_wait(session, "files: Moving to the trash ended: ");
    check_inside(session, "Close this message about files", width);
    window_session_screenshot(session, "foot-narrow");
    window_session_click(session, "Undo"); /* a higher foot can be clicked everywhere */
    window_session_wait(session, "files: Putting back from the trash ended: ");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void the_viewer_is_not_fitted_anew(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start(home, "dark");
    window_session_click(session, "Items");
    window_session_key(session, "Home Return");
    window_session_wait(session, "viewer: opened ");
    window_place picture = window_session_place(session, "Picture");
    window_session_key(session, "Delete");
    window_session_wait(session, "files: asked: ");
    window_session_click(session, "Move to trash");
    window_session_wait(session, "files: Moving to the trash ended: ");
    window_session_place(session, "Close this message about files");
    check_stands(session, "Picture", picture); /* it is not fitted anew */
    window_session_screenshot(session, "foot-viewer");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_moves_in_light),
        cmocka_unit_test(nothing_moves_in_dark),
        cmocka_unit_test(a_narrow_window_has_all_of_it),
        cmocka_unit_test(the_viewer_is_not_fitted_anew),
    };
    return window_session_possible() ? cmocka_run_group_tests(tests, NULL, NULL) : 77;
}
