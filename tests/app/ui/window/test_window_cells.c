/* Cells of the table edited where they stand, for one row and for several; orders by two columns; rows as
 * CSV. */
#include "tests/support/check.h"

#include "tests/app/ui/window/many_items.h"
#include "tests/support/files.h"
#include "tests/support/program.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROW = 30, STAR_STEP = 18, MARGIN = 8, SLOW_MS = 900 };

static window_session *start(const char *home, const char *const *arguments)
{
    window_session *session = window_session_start(home, arguments);
    window_session_wait_both(session, "import ended:", "view: items=6 ");
    window_session_do(session, "search --name '^Vitrine$' windowsize --sync 1900 850");
    window_session_key(session, "alt+2");
    window_session_place(session, "Items as a table");
    return session;
}

static window_session *start_with_models(const char *home)
{
    return start(home, (const char *const[]){files_sample("Models"), NULL});
}

/* `x` from the left edge of a cell, the middle of its row. */
static void click_cell(window_session *session, const char *column, int row, int x, const char *how)
{
    char name[64];
    snprintf(name, sizeof name, "column %s", column);
    window_place header = window_session_place(session, name);
    window_session_do(session, "mousemove %d %d %s", header.x + x,
                      header.y + header.height + row * ROW + ROW / 2, how);
}

static void click_star(window_session *session, int row, int star)
{
    click_cell(session, "Rating", row, MARGIN + (star - 1) * STAR_STEP + STAR_STEP / 2, "click 1");
}

/* What `show` says of the item, as JSON; free(). */
static char *shown(const char *home, const char *item)
{
    char *path = strdup(files_sample(item));
    program_options options = {.home = home};
    program_result result = program_run(&options, (const char *const[]){"show", path, "--json", NULL});
    assert_int_equal(result.status, 0);
    char *text = strdup(result.out);
    program_result_free(&result);
    free(path);
    return text;
}

static void expect_shown(const char *home, const char *item, const char *part, bool expected)
{
    char *text = shown(home, item);
    if ((strstr(text, part) != NULL) != expected) {
        fail_msg("%s %s in %s", expected ? "no" : "unexpectedly", part, text);
    }
    free(text);
}

#define GEAR  "Models/gear.stl"
#define BOWL  "Models/open bowl (not watertight).stl"
#define TOWER "Models/tower.stl"

static void a_click_on_a_star_rates(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start_with_models(home);
    click_star(session, 1, 4);
    window_session_wait(session, "edit: action=make kind=rating changed=1");
    expect_shown(home, BOWL, "\"rating\": 4", true);
    click_star(session, 1, 4); /* the same one takes it away */
    window_session_wait(session, "edit: action=make kind=rating changed=1");
    expect_shown(home, BOWL, "\"rating\": 4", false);
    window_session_key(session, "ctrl+z");
    window_session_wait(session, "edit: action=undo kind=rating changed=1");

    /* Several rows are selected, and stay so. */
    click_cell(session, "Name", 2, 100, "click 1");
    click_cell(session, "Name", 4, 100, "keydown shift click 1 keyup shift");
    window_session_wait(session, "3 selected");
    click_star(session, 3, 2);
    window_session_wait(session, "edit: action=make kind=rating changed=3");
    window_session_wait(session, "message: Done: rating of 3 items");
    window_session_key(session, "5");
    window_session_wait(session, "edit: action=make kind=rating changed=3");
    expect_shown(home, TOWER, "\"rating\": 5", true);
    click_cell(session, "Rating", 5, 50, "sleep 0.2");
    window_session_screenshot(session, "cells-stars");

    /* A row that is not one of them is meant alone. */
    click_star(session, 0, 1);
    window_session_wait(session, "edit: action=make kind=rating changed=1");
    expect_shown(home, GEAR, "\"rating\": 1", true);
    expect_shown(home, TOWER, "\"rating\": 5", true);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void a_second_click_begins_to_type(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start_with_models(home);
    click_cell(session, "Title", 0, 40, "click 1");
    window_session_says(session, "no such line", SLOW_MS);
    assert_int_equal(window_session_count(session, "place: Edit Title"), 0); /* the first one selects */
    click_cell(session, "Title", 0, 40, "click 1");
    window_session_place(session, "Edit Title");
    window_session_type(session, "A small gear");
    window_session_screenshot(session, "cells-title");
    window_session_key(session, "Return");
    window_session_wait(session, "edit: action=make kind=title changed=1");
    expect_shown(home, GEAR, "\"title\": \"A small gear\"", true);

    /* Escape leaves it as it was; Down goes on to the next row. */
    window_session_key(session, "shift+F2");
    window_session_type(session, "something else");
    window_session_key(session, "Escape shift+F2 Down");
    window_session_type(session, "A bowl, open");
    window_session_key(session, "Down Escape");
    window_session_wait(session, "edit: action=make kind=title changed=1");
    assert_int_equal(window_session_count(session, "edit: action=make kind=title"), 2);
    expect_shown(home, GEAR, "\"title\": \"A small gear\"", true);
    expect_shown(home, BOWL, "\"title\": \"A bowl, open\"", true);

    /* Enter opens, as everywhere; and so does a double click on a title. */
    window_session_key(session, "Home Return");
    window_session_wait(session, "viewer: opened ");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    click_cell(session, "Title", 0, 40, "click --repeat 2 --delay 60 1");
    window_session_wait(session, "viewer: opened row=0 ");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    window_session_says(session, "no such line", SLOW_MS);
    window_session_key(session, "alt+1 alt+2 ctrl+z ctrl+z");
    window_session_wait(session, "edit: action=undo kind=title changed=1");
    window_session_wait(session, "edit: action=undo kind=title changed=1");
    expect_shown(home, GEAR, "A small gear", false);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void tags_are_typed_for_all_selected_rows(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start_with_models(home);
    click_cell(session, "Tags", 0, 40, "click 1");
    window_session_key(session, "shift+F2");
    window_session_place(session, "Edit Tags");
    window_session_type(session, "parts/gears, \"Smith, John\"");
    window_session_key(session, "Return");
    window_session_wait(session, "edit: action=make kind=add-tags changed=");
    expect_shown(home, GEAR, "\"parts/gears\"", true);
    expect_shown(home, GEAR, "\"Smith, John\"", true);

    /* All rows, of which the current one has tags: what is added goes to all, what is taken away from all. */
    window_session_key(session, "ctrl+a");
    window_session_wait(session, "6 selected");
    window_session_key(session, "shift+F2");
    window_session_place(session, "Edit Tags");
    window_session_key(session, "End");
    window_session_type(session, ", gea");
    window_session_says(session, "no such line", SLOW_MS);
    window_session_screenshot(session, "cells-tags");
    window_session_key(session, "Down Return"); /* the first suggestion is there already */
    window_session_type(session, "best");
    window_session_key(session, "Return");
    window_session_wait(session, "message: Done: tagging of 6 items");
    expect_shown(home, TOWER, "\"best\"", true);
    expect_shown(home, TOWER, "\"parts/gears\"", false);
    window_session_key(session, "shift+F2 ctrl+a");
    window_session_type(session, "best");
    window_session_says(session, "no such line", SLOW_MS); /* it is suggested, too, and not chosen */
    window_session_key(session, "Return");
    window_session_wait(session, "edit: action=make kind=remove-tags changed=");
    expect_shown(home, GEAR, "\"parts/gears\"", false);
    expect_shown(home, GEAR, "\"best\"", true);
    window_session_screenshot(session, "cells-tagged");

    /* Tab goes to the next cell that is typed in. */
    window_session_key(session, "shift+F2 shift+Tab");
    window_session_place(session, "Edit Title");
    window_session_type(session, "Same for all");
    window_session_key(session, "Tab");
    window_session_place(session, "Edit Tags");
    window_session_key(session, "Escape");
    window_session_wait(session, "edit: action=make kind=title changed=6");
    expect_shown(home, TOWER, "\"title\": \"Same for all\"", true);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void labels_are_chosen_in_a_menu(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start_with_models(home);
    click_cell(session, "Label", 0, 40, "click 1");
    window_session_key(session, "shift+F2");
    window_session_place(session, "Label");
    window_session_screenshot(session, "cells-label");
    window_session_key(session, "Down Down Return");
    window_session_wait(session, "edit: action=make kind=label changed=1");
    expect_shown(home, GEAR, "\"label\": 2", true);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void rows_are_sorted_by_two_columns(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start_with_models(home);
    click_star(session, 1, 3);
    window_session_wait(session, "edit: action=make kind=rating changed=1");
    click_star(session, 3, 3);
    window_session_wait(session, "edit: action=make kind=rating changed=1");
    window_session_click(session, "column Rating");
    window_session_wait(session, "table: order=rating\n");
    window_session_do(session, "sleep 0.6");
    window_session_click(session, "column Rating");
    window_session_wait(session, "table: order=-rating\n");
    window_place size = window_session_place(session, "column Size");
    window_session_do(session, "mousemove %d %d keydown shift click 1 keyup shift", size.x + 20, size.y + 10);
    window_session_wait(session, "table: order=-rating size\n");
    window_session_do(session, "sleep 0.6 keydown shift click 1 keyup shift");
    window_session_wait(session, "table: order=-rating -size\n");
    window_session_screenshot(session, "cells-order");
    click_cell(session, "Name", 0, 100, "click 1"); /* the larger of the two that are rated */
    window_session_wait(session, "described: torus knot.stl, 1 of 6 items");
    window_session_key(session, "ctrl+q");
    assert_int_equal(window_session_end(session, 0), 0);

    session = window_session_start(home, (const char *const[]){NULL});
    window_session_wait(session, "table: order=-rating -size\n");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

/* The clipboard is pasted into a note, which `show` tells. */
static void rows_are_copied_as_csv(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start_with_models(home);
    click_star(session, 1, 3);
    window_session_wait(session, "edit: action=make kind=rating changed=1");
    click_cell(session, "Name", 0, 100, "click 1");
    click_cell(session, "Name", 1, 100, "keydown ctrl click 1 keyup ctrl");
    window_session_wait(session, "2 selected");
    window_session_key(session, "ctrl+alt+c");
    window_session_wait(session, "csv: rows=2 columns=13 ");
    window_session_wait(session, "message: 2 rows have been copied as CSV");
    window_session_key(session, "ctrl+i");
    click_cell(session, "Name", 0, 100, "click 1");
    window_session_click(session, "Note");
    window_session_key(session, "ctrl+v");
    window_session_click(session, "Title");
    window_session_wait(session, "edit: action=make kind=note changed=1");
    expect_shown(home, GEAR,
                 "name,kind,dimensions,triangles,size,modified,rating,label,title,tags,taken,state,folder\\n"
                 "gear.stl,model,,1600,80084,20",
                 true);
    expect_shown(home, GEAR, "\\nopen bowl (not watertight).stl,model,,1200,60084,20", true);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

static void what_is_typed_goes_to_the_name(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    window_session *session = start_with_models(home);
    click_cell(session, "Name", 0, 100, "click 1");
    window_session_type(session, "to");
    window_session_wait(session, "table: found row=3");
    window_session_type(session, "w");
    window_session_wait(session, "table: found row=4");
    window_session_do(session, "sleep 1.2");
    window_session_type(session, "t");
    window_session_wait(session, "table: found row=3");
    window_session_type(session, "t");
    window_session_wait(session, "table: found row=4");
    window_session_type(session, "3"); /* no name begins so; and no rating is given */
    window_session_do(session, "sleep 1.2");
    assert_int_equal(window_session_count(session, "edit: action="), 0);
    window_session_type(session, "3");
    window_session_wait(session, "edit: action=make kind=rating changed=1");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

/* Sorted and filtered, with a row in the middle that is current: it stays where it is seen. */
static void a_row_keeps_its_place(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    many_items(home, 3000);
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_wait(session, "view: items=3000 ");
    window_session_key(session, "alt+2");
    window_session_place(session, "Items as a table");
    window_session_key(session, "ctrl+Home Next Next Next Next Up Up Up Up Up");
    window_session_wait(session, "table: place row=");
    window_session_says(session, "no such line", SLOW_MS);
    double row = window_session_value(session, "place row");
    double y = window_session_value(session, "row_y");
    assert_true(row > 50 && y > 0);
    window_session_click(session, "column Size");
    window_session_wait(session, "sort=size build");
    window_session_says(session, "no such line", SLOW_MS);
    window_session_click(session, "column Size");
    window_session_wait(session, "sort=size descending");
    window_session_says(session, "no such line", SLOW_MS);
    assert_int_equal(window_session_value(session, "place row"), 2999 - row);
    assert_int_equal(window_session_value(session, "row_y"), y);
    window_session_click(session, "Filter");
    window_session_type(session, "size>20");
    window_session_wait(session, "view: items=2980 ");
    window_session_says(session, "no such line", SLOW_MS);
    assert_int_equal(window_session_value(session, "place row"), 2999 - row);
    assert_int_equal(window_session_value(session, "row_y"), y);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

/* How far the table is scrolled when it rests; its rows are told only where they are painted. */
static void wait_for_scroll(window_session *session, double least, double most)
{
    double value = -1;
    for (int i = 0; i < 200 && (value < least || value > most); i++) {
        window_session_do(session, "sleep 0.1");
        value = window_session_value(session, "scrolled");
    }
    if (value < least || value > most) {
        fail_msg("the table is scrolled by %g, rather than by %g to %g", value, least, most);
    }
}

/* Something else is asked for while one looks far from the current row. */
static void an_answer_is_seen_from_its_beginning(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    many_items(home, 3000);
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_wait(session, "view: items=3000 ");
    window_session_key(session, "alt+2");
    window_place table = window_session_place(session, "Items as a table");
    window_session_key(session, "ctrl+Home");
    wait_for_scroll(session, 0, 0);
    window_session_do(session, "mousemove %d %d click --repeat 30 --delay 20 5", table.x + 200,
                      table.y + 200);
    wait_for_scroll(session, 1000, 1e9);
    window_session_click(session, "Filter");
    window_session_type(session, "size>20"); /* without the current row */
    window_session_wait(session, "view: items=2980 ");
    wait_for_scroll(session, 0, 0);
    window_session_click(session, "Items as a table");
    window_session_key(session, "ctrl+End");
    wait_for_scroll(session, 10000, 1e9);
    window_session_do(session, "mousemove %d %d click --repeat 500 --delay 5 4", table.x + 200,
                      table.y + 200);
    wait_for_scroll(session, 0, 60000);
    window_session_click(session, "Filter");
    window_session_key(session, "ctrl+a");
    window_session_type(session, "size>30"); /* with it: it is looked at again */
    window_session_wait(session, "view: items=2970 ");
    wait_for_scroll(session, 61000, 1e9);
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(home);
}

/* Too many for the clipboard. */
static void many_rows_are_written_to_a_file(void **state)
{
    (void)state;
    enum { MANY = 100001, FRAME_US = 16000 };
    char *home = files_temporary_folder();
    many_items(home, MANY);
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_wait(session, "view: items=100001 ");
    window_session_key(session, "alt+2");
    window_session_place(session, "Items as a table");
    window_session_key(session, "ctrl+alt+c");
    window_session_wait(session, "rows are too many for the clipboard");
    window_session_screenshot(session, "csv-file");
    char *path = strdup(files_path(home, "rows.csv"));
    window_session_type(session, path);
    window_session_key(session, "Return");
    window_session_wait(session, "csv: rows=100001 ");
    size_t length = 0;
    char *text = files_read(path, &length);
    size_t lines = 0;
    for (const char *at = text; (at = strstr(at, "\r\n")); at += 2) {
        lines++;
    }
    assert_int_equal(lines, MANY + 1);
    assert_non_null(strstr(text, "\r\n099999.jpg,image,4x3,,100000,"));
    free(text);
    free(path);
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
        cmocka_unit_test(a_click_on_a_star_rates),
        cmocka_unit_test(a_second_click_begins_to_type),
        cmocka_unit_test(tags_are_typed_for_all_selected_rows),
        cmocka_unit_test(labels_are_chosen_in_a_menu),
        cmocka_unit_test(rows_are_sorted_by_two_columns),
        cmocka_unit_test(rows_are_copied_as_csv),
        cmocka_unit_test(what_is_typed_goes_to_the_name),
        cmocka_unit_test(many_rows_are_written_to_a_file),
        cmocka_unit_test(a_row_keeps_its_place),
        cmocka_unit_test(an_answer_is_seen_from_its_beginning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
