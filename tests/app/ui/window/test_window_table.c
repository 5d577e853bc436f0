/* The table's rows have small pictures in front of their names: asked for once, and only of rows in view. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SIDE = 200, ROWS = 3000 };

/* A picture of one grey. */
static void write_grey(const char *path, int grey)
{
    static char bytes[16 + SIDE * SIDE * 3];
    int head = snprintf(bytes, sizeof bytes, "P6\n%d %d\n255\n", SIDE, SIDE);
    memset(bytes + head, grey, (size_t)SIDE * SIDE * 3);
    files_write(path, bytes, (size_t)head + (size_t)SIDE * SIDE * 3);
}

/* The middle of the picture in the row with that number, counted from the top. */
static window_place picture_at(window_session *session, int row)
{
    enum { MARGIN = 8, PICTURE = 24, ROW = 30 };
    window_place header = window_session_place(session, "column Name");
    return (window_place){header.x + MARGIN + PICTURE / 4,
                          header.y + header.height + row * ROW + (ROW - PICTURE / 2) / 2, PICTURE / 2,
                          PICTURE / 2};
}

static void pictures_stand_in_front_of_names(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "greys"));
    write_grey(files_path(folder, "a black.ppm"), 0);
    write_grey(files_path(folder, "b white.ppm"), 255);
    write_grey(files_path(folder, "c black.ppm"), 0);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait_both(session, "import ended: imported=3 ", "view: items=3 ");
    assert_int_equal(window_session_value_max(session, "asked"), 0); /* a table that is hidden asks nothing */
    window_session_key(session, "alt+2");
    window_session_wait(session, "arrived=3 ");
    window_session_screenshot(session, "table-pictures");
    assert_true(window_session_lightness(session, picture_at(session, 0)) < 20);
    assert_true(window_session_lightness(session, picture_at(session, 1)) > 235);
    assert_true(window_session_lightness(session, picture_at(session, 2)) < 20);

    /* Another order and another view: they are kept. */
    window_session_click(session, "column Name");
    window_session_wait(session, "sort=name");
    window_session_key(session, "alt+1");
    window_session_place(session, "Items");
    window_session_key(session, "alt+2");
    window_session_place(session, "Items as a table");
    window_session_click(session, "Filter");
    window_session_type(session, "white");
    window_session_wait(session, "view: items=1 ");
    window_place first = picture_at(session, 0);
    for (int i = 0; i < 50 && window_session_lightness(session, first) < 235; i++) {
        usleep(20000);
    }
    assert_true(window_session_lightness(session, first) > 235);
    assert_int_equal(window_session_value_max(session, "asked"), 3);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    free(folder);
    files_remove(home);
}

static void rows_that_rush_by_are_not_asked_for(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "many"));
    char *original = strdup(files_path(home, "original.ppm"));
    write_grey(original, 90);
    for (int i = 0; i < ROWS; i++) {
        char name[32];
        snprintf(name, sizeof name, "%05dth picture.ppm", i);
        assert_int_equal(link(original, files_path(folder, name)), 0);
    }
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait_both(session, "import ended: imported=3000 ", "view: items=3000 ");
    window_session_key(session, "alt+2");
    window_session_click(session, "Items as a table");
    window_session_key(session, "ctrl+End ctrl+Home ctrl+End");
    window_session_wait(session, "rows: ");
    window_session_key(session, "Return");
    window_session_wait(session, "viewer: opened row=2999 ");
    window_session_key(session, "ctrl+q");
    double asked = window_session_value_max(session, "asked");
    assert_true(asked > 0 && asked < 6 * 40); /* screens that were seen, and no row between them */
    assert_int_equal(window_session_end(session, 0), 0);
    free(original);
    free(folder);
    files_remove(home);
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_stand_in_front_of_names),
        cmocka_unit_test(rows_that_rush_by_are_not_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
