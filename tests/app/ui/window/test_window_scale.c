/* The window on a screen of high density: cards show a stored thumbnail first, and one twice as sharp then.
 */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>

static window_session *start(const char *home, const char *scale)
{
    setenv("QT_SCALE_FACTOR", scale, 1);
    window_session *session =
        window_session_start(home, (const char *const[]){files_sample("Landscapes"), NULL});
    unsetenv("QT_SCALE_FACTOR");
    window_session_wait(session, "import ended:");
    for (int i = 0; i < 60 && window_session_value(session, "pictures_shown") < 3; i++) {
        window_session_do(session, "sleep 0.2");
    }
    return session;
}

static void dense_screens_get_sharper_pictures_in_two_steps(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = start(folder, "2");
    assert_true(window_session_value(session, "pictures_shown") >= 3);
    assert_true(window_session_value(session, "smaller") >= 3); /* each had one of 256 before */
    window_session_screenshot(session, "scale-2");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

static void others_need_one_step(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = start(folder, "1");
    assert_true(window_session_value(session, "pictures_shown") >= 3);
    assert_int_equal(window_session_value(session, "smaller"), 0);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

/* Half of a small screen, or one of which each point is two pixels: nothing is pushed out of the window. */
static void a_narrow_window_has_room_for_its_parts(void **state)
{
    (void)state;
    enum { WIDTH = 700, HEIGHT = 440 };
    char *folder = files_temporary_folder();
    window_session *session = start(folder, "1");
    window_session_click(session, "Items");
    window_session_key(session, "ctrl+i");
    window_session_wait(session, "place: Close the item panel:");
    window_session_skip(session);
    window_session_do(session, "search --name '^Vitrine$' windowsize --sync %d %d", WIDTH, HEIGHT);
    window_session_wait(session, "place: Close the item panel:");
    window_place close = window_session_place(session, "Close the item panel");
    assert_true(close.x + close.width <= WIDTH);
    assert_true(window_session_place(session, "Folders").width >= 120);
    assert_true(window_session_place(session, "Items").width >= 200);
    window_session_screenshot(session, "narrow");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

/* Its lines are scrolled up and down, and never sideways; where there is room, explanations stand beside. */
static void settings_fit_where_each_point_is_several(void **state)
{
    (void)state;
    static const struct {
        const char *scale;
        int width, height; /* pixels that the window is given */
        bool beside;
    } sizes[] = {
        {"1", 960, 800, true}, {"1", 500, 600, false}, {"2", 1400, 860, false}, {"3", 1600, 860, false}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *folder = files_temporary_folder();
        window_session *session = start(folder, sizes[i].scale);
        window_session_key(session, "ctrl+comma");
        window_session_wait(session, "place: Search settings:");
        window_session_skip(session);
        window_session_do(session, "search --name '^Settings$' windowsize --sync %d %d", sizes[i].width,
                          sizes[i].height);
        int points = sizes[i].width / (int)strtol(sizes[i].scale, NULL, 10);
        char told[48];
        snprintf(told, sizeof told, "settings: wide=%d needs=", points);
        window_session_wait(session, told);
        assert_true(window_session_value(session, "needs") <=
                    points - 20); /* beside margins and scroll bar */
        assert_true(sizes[i].beside == (window_session_value(session, "needs") > 600));
        char name[32];
        snprintf(name, sizeof name, "settings-%s-%d", sizes[i].scale, sizes[i].width);
        window_session_screenshot(session, name);
        assert_int_equal(window_session_end(session, SIGTERM), 0);
        files_remove(folder);
    }
}

/* What is too wide for the screen could not be reached: a dialogue without a frame would have no way out. */
static void dialogues_are_no_wider_than_the_screen(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *right; /* what opens it, and what stands at its right edge */
    } dialogues[] = {{"F2", "Cancel"}, {"ctrl+e", "Cancel"}};
    enum { SCREEN_WIDTH = 2000 };
    for (size_t i = 0; i < sizeof dialogues / sizeof *dialogues; i++) {
        char *folder = files_temporary_folder();
        window_session *session = start(folder, "4");
        window_session_click(session, "Items");
        window_session_key(session, "ctrl+a");
        window_session_skip(session);
        window_session_key(session, dialogues[i].keys);
        window_session_wait(session, "place: Cancel:");
        window_place right = window_session_place(session, dialogues[i].right);
        assert_true((right.x + right.width) * 4 <= SCREEN_WIDTH);
        assert_int_equal(window_session_end(session, SIGTERM), 0);
        files_remove(folder);
    }
}

/* Where a control stands now; what was told of it before does not count. */
static window_place place_now(window_session *session, const char *name)
{
    char told[80];
    snprintf(told, sizeof told, "place: %s:", name);
    window_session_wait(session, told);
    return window_session_place(session, name);
}

/* A third of a screen of 900 lines: what there is no room for is scrolled to, the buttons are seen. */
static void the_import_dialogue_fits_a_low_screen(void **state)
{
    (void)state;
    enum { SCALE = 3, SCREEN_HEIGHT = 900, NOTCHES = 12 };
    char *folder = files_temporary_folder();
    window_session *session = start(folder, "3");
    window_session_skip(session);
    window_session_key(session, "ctrl+o");
    window_place button = place_now(session, "Import");
    assert_true((button.y + button.height) * SCALE <= SCREEN_HEIGHT);
    window_session_screenshot(session, "intake-low");
    window_place field = window_session_place(session, "Numbered images");
    window_place add = window_session_place(session, "Choose a folder\u2026");
    window_session_skip(session);
    window_session_do(session, "mousemove %d %d", (add.x + 200) * SCALE, (add.y + add.height / 2) * SCALE);
    window_session_do(session, "click --repeat %d --delay 20 5",
                      NOTCHES); /* the wheel, over fields as well */
    window_place moved = place_now(session, "Take up changes from now on");
    assert_true(moved.y < button.y);
    assert_true(window_session_place(session, "Numbered images").y < field.y);
    window_session_screenshot(session, "intake-low-scrolled");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

static void the_palette_shows_whole_lines(void **state)
{
    (void)state;
    static const char *const scales[] = {"1", "2", "3"};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        char *folder = files_temporary_folder();
        window_session *session = start(folder, scales[i]);
        window_session_skip(session);
        window_session_key(session, "ctrl+shift+p");
        window_place list = place_now(session, "Commands");
        int line = (int)window_session_value(session, "line_height");
        assert_true(line > 0);
        assert_int_equal(list.height % line, 0);
        assert_int_equal(list.height / line, (int)window_session_value(session, "palette: lines"));
        char name[32];
        snprintf(name, sizeof name, "palette-%s", scales[i]);
        window_session_screenshot(session, name);
        assert_int_equal(window_session_end(session, SIGTERM), 0);
        files_remove(folder);
    }
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dense_screens_get_sharper_pictures_in_two_steps),
        cmocka_unit_test(others_need_one_step),
        cmocka_unit_test(a_narrow_window_has_room_for_its_parts),
        cmocka_unit_test(settings_fit_where_each_point_is_several),
        cmocka_unit_test(dialogues_are_no_wider_than_the_screen),
        cmocka_unit_test(the_import_dialogue_fits_a_low_screen),
        cmocka_unit_test(the_palette_shows_whole_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
