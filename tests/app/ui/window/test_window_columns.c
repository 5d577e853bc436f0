/* Columns of the table: moved, hidden, resized, and the same at the next start; orders by several. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static window_session *start(const char *home, const char *path)
{
    window_session *session = window_session_start(home, (const char *const[]){path, NULL});
    if (path) {
        window_session_wait_both(session, "import ended:", "view: items=6 ");
    } else {
        window_session_wait(session, "view: items=6 ");
    }
    window_session_do(session, "search --name '^Vitrine$' windowsize --sync 1900 850");
    window_session_key(session, "alt+2");
    window_session_place(session, "Items as a table");
    return session;
}

static void click_at(window_session *session, window_place place, const char *how)
{
    window_session_do(session, "mousemove %d %d %s", place.x + place.width / 2, place.y + place.height / 2,
                      how);
}

/* Drags the middle of a title to `x` of the screen. */
static void drag_title(window_session *session, const char *name, int x)
{
    window_place from = window_session_place(session, name);
    int y = from.y + from.height / 2;
    int at = from.x + from.width / 2;
    window_session_do(session,
                      "mousemove %d %d mousedown 1 mousemove %d %d mousemove %d %d mousemove %d %d "
                      "mouseup 1",
                      at, y, at - 20, y, x + 10, y, x, y);
}

static bool has_column(window_session *session, const char *name)
{
    char line[64];
    snprintf(line, sizeof line, "place: column %s:", name);
    return window_session_says(session, line, 1000);
}

/* The menu of a title, and the entry with that letter or after so many steps. */
static void choose_in_menu_named(window_session *session, const char *menu, const char *column,
                                 const char *keys)
{
    window_place place = window_session_place(session, column);
    click_at(session, place, "click 3");
    window_session_place(session, menu);
    window_session_key(session, keys);
}

static void choose_in_menu(window_session *session, const char *column, const char *keys)
{
    choose_in_menu_named(session, "Columns of the table", column, keys);
}

/* Places are told while the mouse moves, too: the last one counts. */
static void expect_width(window_session *session, const char *column, int least, int most)
{
    enum { TRIES = 50 };
    int width = window_session_place(session, column).width;
    for (int i = 0; i < TRIES && (width < least || width > most); i++) {
        window_session_do(session, "sleep 0.1");
        width = window_session_place(session, column).width;
    }
    assert_in_range(width, least, most);
}

static void columns_move_and_stay_so(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start(home, files_sample("Models"));
    window_session_screenshot(session, "columns-first");
    window_place name = window_session_place(session, "column Name");
    assert_true(window_session_place(session, "column Size").x > name.x);
    drag_title(session, "column Size", name.x + 5);
    window_session_wait(session, "place: column Size:");
    window_place size = window_session_place(session, "column Size");
    assert_int_equal(size.x, name.x);
    assert_int_equal(window_session_place(session, "column Name").x, size.x + size.width);
    assert_int_equal(window_session_count(session, "sort=size"), 0); /* a drag is no click */

    /* Wider by its edge, and "Hide Kind". */
    window_session_do(session, "mousemove %d %d mousedown 1 mousemove %d %d mousemove %d %d mouseup 1",
                      size.x + size.width - 1, size.y + 10, size.x + size.width + 30, size.y + 10,
                      size.x + size.width + 60, size.y + 10);
    expect_width(session, "column Size", size.width + 55, size.width + 65);
    choose_in_menu(session, "column Kind", "Down Down Down");
    window_session_screenshot(session, "columns-menu");
    window_session_key(session, "Return");
    window_session_wait(session, "place: column Name:");
    window_session_skip(session);
    window_session_key(session, "alt+1 alt+2");
    window_session_place(session, "column Name");
    window_session_key(session, "ctrl+q");
    assert_int_equal(window_session_end(session, 0), 0);

    session = start(home, NULL);
    window_place again = window_session_place(session, "column Size");
    assert_int_equal(again.x, size.x);
    assert_in_range(again.width, size.width + 55, size.width + 65);
    assert_int_equal(window_session_place(session, "column Name").x, again.x + again.width);
    assert_int_equal(window_session_count(session, "place: column Kind:"), 0);
    /* As at first. */
    choose_in_menu(session, "column Size", "Down Down Down Down Down Down Return");
    assert_true(has_column(session, "Kind"));
    assert_int_equal(window_session_place(session, "column Name").x, size.x);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

/* Rated, labelled, titled and tagged; sorted by two. */
static void fill_cells(window_session *session)
{
    window_session_key(session, "Home ctrl+a ctrl+8 3 Home 5 ctrl+6 shift+F2");
    window_session_type(session, "A gear");
    window_session_key(session, "Tab");
    window_session_type(session, "parts/gears, best");
    window_session_key(session, "Return");
    window_session_wait(session, "edit: action=make kind=add-tags ");
}

static void a_dark_and_dense_screen_shows_all_of_it(void **state)
{
    (void)state;
    enum { DARK = 100 };
    char *home = files_temporary_folder();
    setenv("QT_SCALE_FACTOR", "2", 1);
    window_session *session = start(home, files_sample("Models"));
    unsetenv("QT_SCALE_FACTOR");
    window_session_key(session, "alt+v k"); /* the letters of the menu */
    window_place table = window_session_place(session, "Items as a table");
    table = (window_place){table.x * 2, table.y * 2, table.width * 2, table.height * 2};
    fill_cells(session);
    for (int i = 0; i < 50 && window_session_lightness(session, table) > DARK; i++) {
        window_session_do(session, "sleep 0.1");
    }
    assert_true(window_session_lightness(session, table) < DARK);
    window_session_screenshot(session, "columns-dark-dense");
    window_session_do(session, "key --repeat 9 --delay 30 Right");
    window_session_do(session, "sleep 0.3");
    window_session_screenshot(session, "columns-dark-dense-right");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void titles_are_in_the_language_of_the_window(void **state)
{
    (void)state;
    if (access(VT_TRANSLATIONS "/vitrine_de.qm", R_OK) != 0) {
        print_message("skipped: lrelease was not there when this was built\n");
        skip();
    }
    char *home = files_temporary_folder();
    files_folder(home, "config");
    files_folder(home, "config/vitrine");
    files_write(files_path(home, "config/vitrine/settings.conf"), "language = german\n", 18);
    window_session *session = window_session_start(home, (const char *const[]){files_sample("Models"), NULL});
    window_session_wait_both(session, "import ended:", "view: items=6 ");
    window_session_key(session, "alt+2");
    window_session_place(session, "Elemente als Tabelle");
    window_session_do(session, "search --name '^Vitrine$' windowsize --sync 900 600"); /* narrow */
    fill_cells(session);
    choose_in_menu_named(session, "Spalten der Tabelle", "column Rating", "Down Down");
    window_session_screenshot(session, "columns-german");
    window_session_key(session, "Return");
    window_session_wait(session, "table: order=path rating");
    window_session_screenshot(session, "columns-german-sorted");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

/* "Show all columns", "Fit widths"; and the last one cannot be hidden. */
static void all_are_shown_and_fitted(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start(home, files_sample("Models"));
    window_place before = window_session_place(session, "column Folder");
    choose_in_menu(session, "column Name", "Down Down Down Down Return");
    window_session_place(session, "column Path");
    window_session_place(session, "column Megapixels");
    choose_in_menu(session, "column Name", "Down Down Down Down Down Return");
    window_session_wait(session, "place: column Kind:");
    assert_in_range(window_session_place(session, "column Kind").width, 24, 79);
    assert_true(window_session_place(session, "column Folder").width < before.width);
    /* A double click on an edge fits as well. */
    window_place name = window_session_place(session, "column Name");
    window_session_do(session, "mousemove %d %d mousedown 1 mousemove %d %d mousemove %d %d mouseup 1",
                      name.x + name.width - 1, name.y + 10, name.x + name.width + 60, name.y + 10,
                      name.x + name.width + 100, name.y + 10);
    window_session_wait(session, "place: column Name:");
    assert_true(window_session_place(session, "column Name").width > name.width + 90);
    window_session_do(session, "sleep 0.6 click --repeat 2 --delay 60 1");
    window_session_wait(session, "place: column Name:");
    assert_int_equal(window_session_place(session, "column Name").width, name.width);
    window_session_screenshot(session, "columns-fitted");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

/* What an older version wrote, or an editor. */
static void a_damaged_session_is_no_trouble(void **state)
{
    (void)state;
    static const char text[] = "[table]\ncolumns=\"-name=9 -colour=90 size=99999999 -kind -size=3 ==\"\n"
                               "[browse]\nsorts=\"colour --\"\norder=size\n";
    char *home = files_temporary_folder();
    files_folder(home, "config");
    files_folder(home, "config/vitrine");
    files_write(files_path(home, "config/vitrine/vitrine.ini"), text, sizeof text - 1);
    window_session *session = start(home, files_sample("Models"));
    window_session_place(session, "column Title");
    assert_int_equal(window_session_count(session, "place: column Name:"), 0);
    assert_int_equal(window_session_count(session, "place: column Kind:"), 0);
    assert_true(window_session_count(session, "sort=size") > 0);
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
        cmocka_unit_test(columns_move_and_stay_so),
        cmocka_unit_test(all_are_shown_and_fitted),
        cmocka_unit_test(a_damaged_session_is_no_trouble),
        cmocka_unit_test(a_dark_and_dense_screen_shows_all_of_it),
        cmocka_unit_test(titles_are_in_the_language_of_the_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
