/* Looking at an image as a person does: turning, fitting, grounds, facts, histogram, all of the screen, slide
 * show. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 400, HEIGHT = 200 };

/* Four greys, one a quarter: which of them is seen where tells how the picture is turned. */
static const int upper_left = 40, upper_right = 100, lower_left = 160, lower_right = 220;

static void write_quarters(const char *path)
{
    static char bytes[16 + WIDTH * HEIGHT * 3];
    int at = snprintf(bytes, sizeof bytes, "P6\n%d %d\n255\n", WIDTH, HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++, at += 3) {
            int grey = y < HEIGHT / 2 ? (x < WIDTH / 2 ? upper_left : upper_right)
                                      : (x < WIDTH / 2 ? lower_left : lower_right);
            memset(bytes + at, grey, 3);
        }
    }
    files_write(path, bytes, (size_t)at);
}

/* Waits until the log has it, whatever came before and behind. */
static void wait_anywhere(window_session *session, const char *text)
{
    for (int i = 0; i < 1500 && window_session_count(session, text) == 0; i++) {
        usleep(20000);
    }
    assert_true(window_session_count(session, text) > 0);
}

/* A folder with `count` pictures, open in the viewer at the first. */
static window_session *open_pictures(char *folder, int count)
{
    char *pictures = strdup(files_folder(folder, "pictures"));
    for (int i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "%c.ppm", 'a' + i);
        write_quarters(files_path(pictures, name));
    }
    window_session *session = window_session_start(folder, (const char *const[]){pictures, NULL});
    free(pictures);
    char text[48];
    snprintf(text, sizeof text, "view: items=%d ", count);
    wait_anywhere(session, "import ended: ");
    wait_anywhere(session, text);
    window_session_skip(session);
    window_session_click(session, "Items");
    window_session_key(session, "Home Return");
    window_session_wait(session, "viewer: opened row=0 ");
    window_session_wait(session, "viewer: picture ");
    return session;
}

/* Waits until this grey is seen around a place, in pixels from the middle of the canvas. */
static void expect_grey(window_session *session, int dx, int dy, int grey)
{
    window_place canvas = window_session_place(session, "Picture");
    window_place part = {canvas.x + canvas.width / 2 + dx - 5, canvas.y + canvas.height / 2 + dy - 5, 10, 10};
    double seen = -1;
    for (int i = 0; i < 150 && (seen < grey - 4 || seen > grey + 4); i++) {
        usleep(20000);
        seen = window_session_lightness(session, part);
    }
    if (seen < grey - 4 || seen > grey + 4) {
        fail_msg("grey %.1f at (%d, %d) of the canvas, where %d was expected", seen, dx, dy, grey);
    }
}

static void end(window_session *session, char *folder)
{
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

static void an_image_is_turned_and_mirrored(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = open_pictures(folder, 1);
    expect_grey(session, -100, -50, upper_left);
    expect_grey(session, 100, -50, upper_right);
    window_session_key(session, "bracketright");
    window_session_wait(session, "viewer: turned quarters=1 mirrored=0");
    expect_grey(session, -50, -100, lower_left);
    expect_grey(session, 50, -100, upper_left);
    expect_grey(session, 50, 100, upper_right);
    window_session_screenshot(session, "image-turned");
    window_session_key(session, "bracketleft");
    window_session_wait(session, "viewer: turned quarters=0 mirrored=0");
    window_session_key(session, "h");
    window_session_wait(session, "viewer: turned quarters=0 mirrored=1");
    expect_grey(session, -100, -50, upper_right);
    window_session_key(session, "v");
    window_session_wait(session, "viewer: turned quarters=2 mirrored=0");
    expect_grey(session, -100, -50, lower_right);
    window_session_click(session, "Rotate right (])"); /* and by its button */
    window_session_wait(session, "viewer: turned quarters=3 mirrored=0");
    expect_grey(session, -50, -100, upper_right);
    end(session, folder);
}

static void an_image_is_fitted_in_each_way(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = open_pictures(folder, 2);
    window_place canvas = window_session_place(session, "Picture");
    int edge = canvas.width / 2 - 12;
    window_session_key(session, "w"); /* as wide as the window: its left edge shows the picture */
    expect_grey(session, -edge, -20, upper_left);
    window_session_key(session, "shift+w");
    expect_grey(session, 0 - edge, canvas.height / 2 - 12, lower_left);
    expect_grey(session, edge, 12 - canvas.height / 2, upper_right);
    window_session_screenshot(session, "image-filling");
    window_session_key(session, "Next"); /* the next one likewise */
    window_session_wait(session, "viewer: opened row=1 ");
    expect_grey(session, edge, canvas.height / 2 - 12, lower_right);

    /* Closer: the arrows move it, to its end. */
    window_session_key(session, "plus plus plus");
    window_session_key(session,
                       "Left Left Left Left Left Left Left Left Left Left Left Left Left Left Left Left");
    expect_grey(session, 0, -30, upper_left);
    assert_int_equal(window_session_count(session, "viewer: opened row=0 "), 1); /* not the one before */
    window_session_key(session, "0");
    window_session_wait(session, "viewer: zoom 100 %");
    window_session_key(session, "Left");
    window_session_wait(session, "viewer: opened row=0 ");
    end(session, folder);
}

static void the_ground_is_chosen(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = open_pictures(folder, 1);
    static const int greys[] = {0x00, 0x77, 0xf4};
    for (int i = 0; i < 3; i++) {
        window_session_key(session, "b");
        expect_grey(session, 0, 150, greys[i]);
    }
    window_session_screenshot(session, "image-light-ground");
    end(session, folder);
}

static void facts_and_histogram_lie_over_it(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session =
        window_session_start(folder, (const char *const[]){files_sample("Landscapes/aurora.jpg"), NULL});
    window_session_wait_both(session, "import ended: imported=1 ", "view: items=1 ");
    window_session_click(session, "Items");
    window_session_key(session, "Home Return");
    window_session_wait(session, "viewer: picture ");
    window_session_key(session, "i");
    window_session_wait(session, "viewer: overlay info=1 histogram=0");
    window_session_wait(session, "viewer: metadata known=");
    window_place facts = window_session_place(session, "Facts");
    window_session_key(session, "g");
    window_session_wait(session, "viewer: overlay info=1 histogram=1");
    window_place both = window_session_place(session, "Facts");
    for (int i = 0; i < 100 && both.height < facts.height + 100; i++) {
        usleep(20000);
        both = window_session_place(session, "Facts");
    }
    assert_true(both.height >= facts.height + 100);
    window_session_screenshot(session, "image-facts");
    window_session_key(session, "i g");
    window_session_wait(session, "viewer: overlay info=0 histogram=0");
    end(session, folder);
}

/* What is longer than a line goes on in the next one, down to the last word. */
static void long_facts_are_wrapped(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    char *pictures = strdup(files_folder(folder, "pictures"));
    char name[220] = "b";
    for (int i = 0; i < 20; i++) {
        strcat(name, " long word");
    }
    strcat(name, ".ppm");
    files_write_picture(files_path(pictures, "a.ppm"), 40, 30, 1);
    files_write_picture(files_path(pictures, name), 40, 30, 2);
    window_session *session = window_session_start(folder, (const char *const[]){pictures, NULL});
    free(pictures);
    window_session_wait_both(session, "import ended: imported=2 ", "view: items=2 ");
    window_session_click(session, "Items");
    window_session_key(session, "Home Return");
    window_session_wait(session, "viewer: picture ");
    window_session_key(session, "i");
    window_session_wait(session, "viewer: metadata known=");
    window_session_wait(session, "place: Facts: ");
    int line = window_session_place(session, "Facts").height;
    window_session_key(session, "Right");
    window_session_wait(session, "viewer: opened row=1 ");
    window_session_wait(session, "place: Facts: ");
    assert_true(window_session_place(session, "Facts").height >= line + 30);
    window_session_screenshot(session, "image-long-facts");
    end(session, folder);
}

/* Black above, white below. */
static void write_black_and_white(const char *path)
{
    enum { SIDE = 600 };
    static char bytes[32 + SIDE * SIDE];
    int at = snprintf(bytes, sizeof bytes, "P5\n%d %d\n255\n", SIDE, SIDE);
    memset(bytes + at, 0, SIDE * SIDE / 2);
    memset(bytes + at + SIDE * SIDE / 2, 255, SIDE * SIDE / 2);
    files_write(path, bytes, (size_t)at + SIDE * SIDE);
}

static void the_histogram_is_of_what_is_shown(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    char *pictures = strdup(files_folder(folder, "pictures"));
    write_black_and_white(files_path(pictures, "a.pgm"));
    window_session *session = window_session_start(folder, (const char *const[]){pictures, NULL});
    free(pictures);
    window_session_wait_both(session, "import ended: imported=1 ", "view: items=1 ");
    window_session_click(session, "Items");
    window_session_key(session, "Home Return");
    window_session_wait(session, "viewer: picture ");
    window_session_key(session, "g");
    window_session_wait(session, "viewer: overlay info=0 histogram=1");
    window_session_screenshot(session, "image-histogram-whole");
    window_session_click(session, "What the histogram is of");
    window_session_wait(session, "viewer: histogram of_seen=1");
    assert_int_equal(window_session_count(session, "viewer: histogram of what is seen"),
                     0); /* all of it is */
    window_session_key(session, "plus plus plus plus plus plus");
    window_session_wait(session, "viewer: histogram of what is seen");
    assert_true(window_session_value(session, "black") > 0.4 && window_session_value(session, "black") < 0.6);
    for (int i = 0; i < 40; i++) {
        window_session_key(session, "Up");
    }
    window_session_wait(session, " black=1.000");
    window_session_screenshot(session, "image-histogram-seen");
    window_session_key(session, "shift+g");
    window_session_wait(session, "viewer: histogram of_seen=0");
    end(session, folder);
}

static void the_viewer_has_all_of_the_screen(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = open_pictures(folder, 1);
    window_place before = window_session_place(session, "Picture");
    window_session_key(session, "f");
    window_session_wait(session, "window: full screen=1");
    window_place full = before;
    for (int i = 0; i < 100 && (full.y != 0 || full.height <= before.height); i++) {
        usleep(20000);
        full = window_session_place(session, "Picture");
    }
    assert_int_equal(full.x, 0);
    assert_int_equal(full.y, 0); /* no bar above it */
    assert_true(full.height > before.height && full.width >= before.width);
    window_session_screenshot(session, "image-full-screen");
    window_session_key(session, "Escape"); /* leaves all of the screen, not the picture */
    window_session_wait(session, "window: full screen=0");
    assert_int_equal(window_session_count(session, "viewer: closed"), 0);
    window_session_key(session, "F11");
    window_session_wait(session, "window: full screen=1");
    window_session_key(session, "F11"); /* though the menu bar is not seen */
    window_session_wait(session, "window: full screen=0");
    window_session_place(session, "Picture");
    window_session_do(session, "mousemove %d %d click --repeat 2 --delay 60 1", before.x + 12,
                      before.y + before.height / 2);
    window_session_wait(session, "window: full screen=1");
    window_session_key(session, "Escape");
    window_session_wait(session, "window: full screen=0");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    end(session, folder);
}

static void a_slide_show_goes_through_all_and_ends(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = open_pictures(folder, 3);
    window_session_key(session, "s");
    window_session_wait(session, "viewer: slide show begins items=3 shuffled=0 ");
    window_session_wait(session, "viewer: opened row=1 ");
    window_session_wait(session, "viewer: opened row=2 ");
    window_session_wait(session, "viewer: slide show ended: all have been shown");
    window_session_screenshot(session, "image-slides-ended");
    window_session_key(session, "shift+s s");
    window_session_wait(session, "viewer: slide show begins items=3 shuffled=1 ");
    window_session_key(session, "s");
    window_session_wait(session, "viewer: slide show ended: stopped");
    end(session, folder);
}

/* Space pauses and goes on, and what the user went to meanwhile is where it goes on from. */
static void a_slide_show_is_paused_and_goes_on(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = open_pictures(folder, 5);
    window_session_key(session, "End");
    window_session_wait(session, "viewer: opened row=4 ");
    window_session_key(session, "s"); /* at the end it begins with the first */
    window_session_wait(session, "viewer: opened row=0 ");
    window_session_wait(session, "viewer: slide show begins items=5 ");
    window_session_key(session, "space");
    window_session_wait(session, "viewer: slide show paused");
    window_session_screenshot(session, "image-slides-paused");
    window_session_key(session, "Home Right Right");
    window_session_wait(session, "viewer: opened row=2 ");
    window_session_key(session, "space");
    window_session_wait(session, "viewer: slide show goes on");
    window_session_wait(session, "viewer: opened row=");
    assert_int_equal(window_session_value(session, "viewer: opened row"), 3);
    window_session_key(session, "f");
    window_session_wait(session, "window: full screen=1");
    window_session_key(session, "Escape"); /* ends it, too */
    window_session_wait_both(session, "viewer: slide show ended: stopped", "window: full screen=0");
    window_session_key(session, "space"); /* means the next again */
    assert_int_equal(window_session_count(session, "viewer: slide show paused"), 1);
    end(session, folder);
}

static void a_filmstrip_leads_to_others(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = open_pictures(folder, 5);
    window_session_key(session, "t");
    window_session_wait(session, "viewer: filmstrip=1");
    window_place strip = window_session_place(session, "Filmstrip");
    window_session_screenshot(session, "image-filmstrip");
    window_session_do(session, "mousemove %d %d click 1", strip.x + strip.width / 2 + 2 * 84, strip.y + 40);
    window_session_wait(session, "viewer: opened row=2 ");
    window_session_key(session, "t");
    window_session_wait(session, "viewer: filmstrip=0");
    end(session, folder);
}

static void the_menu_has_what_can_be_done(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = open_pictures(folder, 1);
    window_place canvas = window_session_place(session, "Picture");
    window_session_do(session, "mousemove %d %d click 3", canvas.x + 200, canvas.y + 60);
    usleep(400000);
    window_session_screenshot(session, "image-menu");
    window_session_key(session, "Down Down Down Down Down Down Down Down Down Down Down Down Down Return");
    window_session_wait(session, "viewer: turned quarters=1 mirrored=0");
    end(session, folder);
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_image_is_turned_and_mirrored),
        cmocka_unit_test(an_image_is_fitted_in_each_way),
        cmocka_unit_test(the_ground_is_chosen),
        cmocka_unit_test(facts_and_histogram_lie_over_it),
        cmocka_unit_test(long_facts_are_wrapped),
        cmocka_unit_test(the_histogram_is_of_what_is_shown),
        cmocka_unit_test(the_viewer_has_all_of_the_screen),
        cmocka_unit_test(a_slide_show_goes_through_all_and_ends),
        cmocka_unit_test(a_slide_show_is_paused_and_goes_on),
        cmocka_unit_test(a_filmstrip_leads_to_others),
        cmocka_unit_test(the_menu_has_what_can_be_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
