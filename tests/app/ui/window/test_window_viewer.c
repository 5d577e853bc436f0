/* The viewer on a display: zoom by keys and wheel, drag, for an image and for a model; both themes. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static window_session *open_first(const char *folder, const char *sample, bool is_model)
{
    window_session *session = window_session_start(folder, (const char *const[]){files_sample(sample), NULL});
    window_session_wait_both(session, "import ended: imported=1 ", "view: items=1 ");
    window_session_click(session, "Items");
    window_session_key(session, "Home Return");
    window_session_wait(session, is_model ? "viewer: opened row=0 kind=2" : "viewer: opened row=0 kind=1");
    window_session_wait(session, "viewer: picture ");
    return session;
}

/* What lies in the middle of the viewer. */
static window_place middle(window_session *session)
{
    window_place canvas = window_session_place(session, "Picture");
    return (window_place){canvas.x + canvas.width / 4, canvas.y + canvas.height / 4, canvas.width / 2,
                          canvas.height / 2};
}

static void drag(window_session *session, window_place part)
{
    window_session_do(session, "mousemove %d %d mousedown 1", part.x + 50, part.y + 50);
    for (int step = 1; step <= 6; step++) {
        window_session_do(session, "mousemove %d %d", part.x + 50 + 20 * step, part.y + 50 + 12 * step);
    }
    window_session_do(session, "mouseup 1");
}

/* Each of these acts must change what is seen. */
static void look_around(window_session *session)
{
    static const char *const keys[] = {"plus", "plus", "plus", "minus"};
    window_place part = middle(session);
    unsigned long pixels = window_session_pixels(session, part);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        window_session_key(session, keys[i]);
        window_session_pixels_change(session, part, pixels);
        window_session_place(session, "Picture"); /* a finer picture may follow */
        pixels = window_session_pixels(session, part);
    }
    drag(session, part);
    window_session_pixels_change(session, part, pixels);
    window_session_screenshot(session, "viewer-zoomed");
    window_session_place(session, "Picture");
    pixels = window_session_pixels(session, part);
    window_session_do(session, "mousemove %d %d click 4 click 4", part.x + 100, part.y + 100);
    window_session_pixels_change(session, part, pixels);
}

static void an_image_zooms_and_moves(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = open_first(folder, "Landscapes/aurora.jpg", false);
    window_session_screenshot(session, "viewer-image");
    look_around(session);
    window_session_key(session, "1");
    window_session_wait(session, "viewer: zoom 100 %");
    window_session_key(session, "0");
    window_session_wait(session, "viewer: zoom ");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

static void a_model_turns_and_zooms(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = open_first(folder, "Models/torus knot.stl", true);
    window_session_screenshot(session, "viewer-model");
    look_around(session);
    window_place part = middle(session);
    unsigned long turned = window_session_pixels(session, part);
    window_session_key(session, "0"); /* as at first */
    window_session_pixels_change(session, part, turned);
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

static void a_file_that_has_gone_is_told(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    const char *pictures = files_folder(folder, "pictures");
    char path[512];
    snprintf(path, sizeof path, "%s/one.ppm", pictures);
    files_write_picture(path, 64, 48, 1);
    window_session *session = window_session_start(folder, (const char *const[]){pictures, NULL});
    window_session_wait_both(session, "import ended: imported=1 ", "view: items=1 ");
    remove(path);
    window_session_click(session, "Items");
    window_session_key(session, "Home Return");
    window_session_wait(session, "viewer: failed: ");
    window_session_screenshot(session, "viewer-gone");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

static double lightness_of_items(const char *theme, const char *screenshot)
{
    char *folder = files_temporary_folder();
    setenv("VITRINE_THEME", theme, 1);
    window_session *session =
        window_session_start(folder, (const char *const[]){files_sample("Models"), NULL});
    unsetenv("VITRINE_THEME");
    window_session_wait(session, "import ended:");
    window_session_place(session, "Items");
    window_session_screenshot(session, screenshot);
    double lightness = window_session_lightness(session, window_session_place(session, "Items"));
    window_session_key(session, "alt+2");
    window_session_click(session, "Items as a table");
    char name[64];
    snprintf(name, sizeof name, "%s-table", screenshot);
    window_session_screenshot(session, name);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
    return lightness;
}

static void there_are_a_light_and_a_dark_theme(void **state)
{
    (void)state;
    assert_true(lightness_of_items("light", "light") > 150);
    assert_true(lightness_of_items("dark", "dark") < 100);
}

/* A picture of one grey. */
static void write_grey(const char *path, int grey)
{
    enum { SIDE = 300 };
    static char bytes[16 + SIDE * SIDE * 3];
    int head = snprintf(bytes, sizeof bytes, "P6\n%d %d\n255\n", SIDE, SIDE);
    memset(bytes + head, grey, (size_t)SIDE * SIDE * 3);
    files_write(path, bytes, (size_t)head + (size_t)SIDE * SIDE * 3);
}

static void expect_grey(window_session *session, int grey)
{
    window_place canvas = window_session_place(session, "Picture");
    window_place centre = {canvas.x + canvas.width / 2 - 20, canvas.y + canvas.height / 2 - 20, 40, 40};
    double seen = -1;
    for (int i = 0; i < 100 && (seen < grey - 3 || seen > grey + 3); i++) {
        usleep(20000);
        seen = window_session_lightness(session, centre);
    }
    assert_true(seen >= grey - 3 && seen <= grey + 3);
}

static void what_lies_beside_is_there_before_it_is_looked_at(void **state)
{
    enum { COUNT = 6 };
    (void)state;
    char *folder = files_temporary_folder();
    char *greys = strdup(files_folder(folder, "greys"));
    for (int i = 0; i < COUNT; i++) {
        char name[32];
        snprintf(name, sizeof name, "%c grey.ppm", 'a' + i);
        write_grey(files_path(greys, name), 40 * (i + 1));
    }
    window_session *session = window_session_start(folder, (const char *const[]){greys, NULL});
    window_session_wait_both(session, "import ended: imported=6 ", "view: items=6 ");
    window_session_click(session, "Items");
    window_session_key(session, "Home Right Return");
    window_session_wait(session, "viewer: opened row=1 ");
    window_session_wait(session, "viewer: picture ");
    window_session_wait(session, "is here"); /* the next one and the one before */
    window_session_wait(session, "is here");
    expect_grey(session, 80);
    static const char *const asks = "viewer: asks for the picture";
    assert_int_equal(window_session_count(session, asks), 1);

    window_session_key(session, "Right");
    window_session_wait(session, "viewer: opened row=2 ");
    window_session_wait(session, "viewer: picture ");
    expect_grey(session, 120);
    window_session_wait(session, "ahead row=3 is here");
    window_session_key(session, "Right");
    window_session_wait(session, "viewer: opened row=3 ");
    window_session_wait(session, "viewer: picture ");
    expect_grey(session, 160);
    window_session_wait(session, "ahead row=2 is here");
    window_session_key(session, "Left");
    window_session_wait(session, "viewer: opened row=2 ");
    expect_grey(session, 120);
    assert_int_equal(window_session_count(session, asks), 1);

    /* Elsewhere: nothing of it is here. */
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    window_session_click(session, "Items");
    window_session_key(session, "End Return");
    window_session_wait(session, "viewer: opened row=5 ");
    window_session_wait(session, "viewer: picture ");
    expect_grey(session, 240);
    assert_int_equal(window_session_count(session, asks), 2);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(greys);
    files_remove(folder);
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_lies_beside_is_there_before_it_is_looked_at),
        cmocka_unit_test(an_image_zooms_and_moves),
        cmocka_unit_test(a_model_turns_and_zooms),
        cmocka_unit_test(a_file_that_has_gone_is_told),
        cmocka_unit_test(there_are_a_light_and_a_dark_theme),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
