/* Pictures side by side: chosen in the library or from the viewer, moved together, exchanged, replaced,
 * blinking. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 400, HEIGHT = 300, COUNT = 5 };

/* The left half has the picture's own grey, the right half is 20 lighter. */
static int grey_of(int picture)
{
    return 30 + picture * 40;
}

static void write_halves(const char *path, int picture, int scale)
{
    static char bytes[32 + 4 * WIDTH * HEIGHT * 3];
    int width = WIDTH * scale;
    int at = snprintf(bytes, sizeof bytes, "P6\n%d %d\n255\n", width, HEIGHT * scale);
    for (int i = 0; i < width * HEIGHT * scale; i++, at += 3) {
        memset(bytes + at, grey_of(picture) + (i % width < width / 2 ? 0 : 20), 3);
    }
    files_write(path, bytes, (size_t)at);
}

static window_session *open_library(char *folder)
{
    char *pictures = strdup(files_folder(folder, "pictures"));
    for (int i = 0; i < COUNT; i++) {
        char name[32];
        snprintf(name, sizeof name, "%c.ppm", 'a' + i);
        write_halves(files_path(pictures, name), i, i == 1 ? 2 : 1); /* the second is larger */
    }
    window_session *session = window_session_start(folder, (const char *const[]){pictures, NULL});
    free(pictures);
    window_session_wait_both(session, "import ended: ", "view: items=5 ");
    window_session_skip(session);
    window_session_click(session, "Items");
    return session;
}

/* Waits until the pane shows this grey, `dx` pixels from its middle. */
static void expect_grey(window_session *session, int pane, int dx, int grey)
{
    char name[32];
    snprintf(name, sizeof name, "Picture %d", pane + 1);
    window_place canvas = window_session_place(session, name);
    window_place part = {canvas.x + canvas.width / 2 + dx - 3, canvas.y + canvas.height / 2 - 3, 6, 6};
    double seen = -1;
    for (int i = 0; i < 150 && (seen < grey - 3 || seen > grey + 3); i++) {
        usleep(20000);
        seen = window_session_lightness(session, part);
    }
    if (seen < grey - 3 || seen > grey + 3) {
        fail_msg("grey %.1f in pane %d, where %d was expected", seen, pane, grey);
    }
}

static void what_is_selected_is_compared(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = open_library(folder);
    window_session_key(session, "Home shift+Right shift+Right c");
    window_session_wait(session, "compare: opened panes=3");
    for (int pane = 0; pane < 3; pane++) {
        expect_grey(session, pane, -40, grey_of(pane));
        expect_grey(session, pane, 40, grey_of(pane) + 20);
    }
    window_session_screenshot(session, "compare-three");

    window_session_key(session, "x"); /* the first and the second */
    window_session_wait(session, "compare: exchanged 0 and 1");
    expect_grey(session, 0, -40, grey_of(1));
    expect_grey(session, 1, -40, grey_of(0));
    window_place from = window_session_place(session, "Header of picture 1");
    window_place to = window_session_place(session, "Header of picture 3");
    window_session_do(session, "mousemove %d %d mousedown 1", from.x + from.width / 2,
                      from.y + from.height / 2);
    window_session_do(session, "mousemove %d %d", to.x + 30, to.y + 100);
    window_session_do(session, "mousemove %d %d mouseup 1", to.x + to.width / 2, to.y + 200);
    window_session_wait(session, "compare: exchanged 0 and 2");
    expect_grey(session, 0, -40, grey_of(2));
    expect_grey(session, 2, -40, grey_of(1));

    /* The last pane has the focus: its next picture is the first that no pane shows. */
    window_session_key(session, "Right");
    window_session_wait(session, "compare: pane=2 row=3");
    expect_grey(session, 2, -40, grey_of(3));
    window_session_key(session, "c");
    window_session_wait(session, "compare: panes=4");
    expect_grey(session, 3, -40, grey_of(4));
    window_session_screenshot(session, "compare-four");
    window_session_key(session, "r");
    window_session_wait(session, "compare: panes=3");
    window_session_key(session, "Escape");
    window_session_wait(session, "compare: closed");
    window_session_wait(session, "viewer: picture ");
    assert_int_equal(window_session_count(session, "viewer: closed"), 0);
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

static void pictures_move_together(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = open_library(folder);
    window_session_key(session, "Home Return");
    window_session_wait(session, "viewer: picture ");
    window_session_key(session, "c"); /* with the next */
    window_session_wait(session, "compare: opened panes=2");
    expect_grey(session, 0, -100, grey_of(0));
    expect_grey(session, 1, -100, grey_of(1));

    /* Near, and its right half in the middle: that of the other one, too, though it has twice the pixels. */
    window_session_key(session, "plus plus plus plus plus");
    window_place canvas = window_session_place(session, "Picture 1");
    window_session_do(session, "mousemove %d %d mousedown 1", canvas.x + 500, canvas.y + 300);
    window_session_do(session, "mousemove %d %d mousemove %d %d mouseup 1", canvas.x + 300, canvas.y + 300,
                      canvas.x + 60, canvas.y + 300);
    expect_grey(session, 0, -100, grey_of(0) + 20);
    expect_grey(session, 1, -100, grey_of(1) + 20);

    window_session_key(session, "bracketright i s Home"); /* nothing is done to what is behind them */
    assert_int_equal(window_session_count(session, "viewer: turned"), 0);
    window_session_do(session, "keydown d"); /* blinks while it is held */
    expect_grey(session, 0, -100, grey_of(1) + 20);
    window_session_do(session, "keyup d");
    expect_grey(session, 0, -100, grey_of(0) + 20);

    window_session_key(session, "u");
    window_session_wait(session, "compare: linked=0");
    window_session_key(session, "0");
    expect_grey(session, 0, -100, grey_of(0));
    expect_grey(session, 1, -100, grey_of(1) + 20); /* stays */
    window_session_key(session, "n");
    window_session_wait(session, "compare: focus=1");
    window_session_key(session, "0");
    expect_grey(session, 1, -100, grey_of(1));
    assert_int_equal(window_session_count(session, "viewer: turned"), 0);
    assert_int_equal(window_session_count(session, "viewer: overlay info"), 0);
    assert_int_equal(window_session_count(session, "viewer: slide show begins"), 0);
    assert_int_equal(window_session_count(session, "compare: closed"), 0);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

static void a_file_that_has_gone_leaves_the_others(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = open_library(folder);
    assert_int_equal(remove(files_path(files_path(folder, "pictures"), "b.ppm")), 0);
    window_session_key(session, "Home shift+Right c");
    window_session_wait(session, "compare: opened panes=2");
    window_session_wait(session, "compare: pane=1 failed: ");
    expect_grey(session, 0, -40, grey_of(0));
    window_session_screenshot(session, "compare-gone");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_selected_is_compared),
        cmocka_unit_test(pictures_move_together),
        cmocka_unit_test(a_file_that_has_gone_leaves_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
