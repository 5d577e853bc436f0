/* Imports in the window: progress, Cancel, signals, going on after a kill, scrolling through many items. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "tests/core/decode/pictures.h"
#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { PICTURES = 2000, MANY = 20000 };

/* A folder of PNG pictures, small on disk, but some seconds of work: shared by the tests. */
static char *pictures;

static void make_pictures(const char *folder, int count)
{
    char name[32];
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "picture-%05dx.ppm", i);
        files_write_picture(files_path(folder, name), 8, 8, (unsigned)i);
    }
}

static void make_png_pictures(const char *folder, int count)
{
    enum { WIDTH = 640, HEIGHT = 480 };
    static uint8_t pixels[WIDTH * HEIGHT * 3];
    for (size_t i = 0; i < sizeof pixels; i++) {
        pixels[i] = (uint8_t)(i / 3 % WIDTH / 8 * 3 + i % 3 * 40);
    }
    bytes png = make_png(WIDTH, HEIGHT, SPNG_COLOR_TYPE_TRUECOLOR, 8, 0, pixels, sizeof pixels, NULL, NULL);
    char name[32];
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "picture-%05dx.png", i);
        files_write(files_path(folder, name), png.data, png.size);
    }
    free(png.data);
}

static int make_shared(void **state)
{
    (void)state;
    pictures = files_temporary_folder();
    make_png_pictures(pictures, PICTURES);
    return 0;
}

static int remove_shared(void **state)
{
    (void)state;
    files_remove(pictures);
    return 0;
}

static window_session *start(const char *home, const char *jobs)
{
    return window_session_start(home, (const char *const[]){"--jobs", jobs, pictures, NULL});
}

static void an_import_shows_progress_and_its_figures(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start(home, "2");
    window_session_place(session, "Cancel");
    window_session_screenshot(session, "importing");
    window_session_wait_both(session, "import ended: imported=2000 updated=0 unchanged=0 failed=0",
                             "view: items=2000 ");
    assert_true(window_session_value(session, "longest_stall_us") > 0);
    assert_true(window_session_value(session, "ui_dispatch_us_max") > 0);
    assert_true(window_session_count(session, "view: items=") > 2); /* they came bit by bit */
    window_session_screenshot(session, "imported");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void cancel_ends_an_import_within_two_seconds(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start(home, "1");
    window_session_click(session, "Cancel");
    int64_t pressed = vt_clock_now();
    window_session_wait(session, "import ended:");
    assert_true(vt_clock_now() - pressed < 2 * VT_NS_PER_S);
    assert_true(window_session_value(session, "imported") < PICTURES);
    window_session_screenshot(session, "cancelled");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void ctrl_c_ends_cleanly(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start(home, "1");
    window_session_place(session, "Cancel");
    int64_t pressed = vt_clock_now();
    assert_int_equal(window_session_end(session, SIGINT), 0);
    assert_true(vt_clock_now() - pressed < 3 * VT_NS_PER_S);
    files_remove(home);
}

/* Until something is committed. */
static int wait_for_items(window_session *session)
{
    int items = 0;
    while (items <= 0) {
        window_session_wait(session, "view: items=");
        items = (int)window_session_value(session, "view: items");
    }
    return items;
}

static void after_a_kill_the_next_import_goes_on(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start(home, "1");
    int committed = wait_for_items(session);
    assert_int_equal(window_session_end(session, SIGKILL), 128 + SIGKILL);
    session = start(home, "2");
    assert_true(wait_for_items(session) >= committed);
    window_session_wait_both(session, "import ended:", "view: items=2000 ");
    int unchanged = (int)window_session_value(session, "unchanged");
    assert_int_equal(unchanged + (int)window_session_value(session, "imported"), PICTURES);
    assert_int_equal(window_session_value(session, "failed"), 0);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void cards_stay_few_while_scrolling_through_many_items(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    const char *many = files_folder(home, "many");
    char path[512];
    snprintf(path, sizeof path, "%s", many);
    make_pictures(path, MANY);
    window_session *session = window_session_start(home, (const char *const[]){path, NULL});
    if (!window_session_says(session, "import ended: imported=20000 ", 120000)) {
        fail_msg("20,000 pictures were not imported");
    }
    window_session_wait(session, "view: items=20000 ");
    window_session_click(session, "Items");
    window_place grid = window_session_place(session, "Items");
    window_session_key(session, "Home");
    for (int page = 0; page < 40; page++) {
        window_session_key(session, "--delay 5 Next Next Next Next Next");
    }
    window_session_do(session, "mousemove %d %d click --repeat 200 --delay 2 5", grid.x + 200, grid.y + 200);
    window_session_key(session, "End");
    window_session_place(session, "Items");
    window_session_screenshot(session, "scrolled");
    window_session_key(session, "Return");
    window_session_wait(session, "viewer: opened row=19999 ");
    assert_true(window_session_value(session, "configured") > 1000);
    /* A page is 30 cards or so; one more above and below, and what waits in the pool. */
    assert_true(window_session_value_max(session, "live") > 0);
    assert_true(window_session_value_max(session, "live") < 300);
    print_message("cards: %.0f configured, %.0f alive at most, %.0f in use at most\n",
                  window_session_value(session, "configured"), window_session_value_max(session, "live"),
                  window_session_value_max(session, "in_use"));
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
        cmocka_unit_test(an_import_shows_progress_and_its_figures),
        cmocka_unit_test(cancel_ends_an_import_within_two_seconds),
        cmocka_unit_test(ctrl_c_ends_cleanly),
        cmocka_unit_test(after_a_kill_the_next_import_goes_on),
        cmocka_unit_test(cards_stay_few_while_scrolling_through_many_items),
    };
    return cmocka_run_group_tests(tests, make_shared, remove_shared);
}
