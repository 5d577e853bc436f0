/* app/ui/library/selection: sorted intervals, checked against a plain array of flags. */
#include "tests/support/check.h"

#include "app/ui/library/selection.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 64 };

static void check_against(const vt_selection *selection, const bool *model)
{
    int64_t rows = 0;
    for (int row = 0; row < ROWS; row++) {
        assert_int_equal(vt_selection_contains(selection, row), model[row]);
        rows += model[row];
    }
    assert_int_equal(selection->rows, rows);
    for (size_t i = 0; i < selection->count; i++) {
        assert_true(selection->intervals[i].first < selection->intervals[i].last);
        if (i > 0) {
            assert_true(selection->intervals[i - 1].last < selection->intervals[i].first);
        }
    }
}

static void random_edits_match_the_model(void **state)
{
    (void)state;
    vt_selection selection = VT_SELECTION_INIT;
    bool model[ROWS] = {false};
    unsigned seed = 7;
    for (int round = 0; round < 20000; round++) {
        int first = rand_r(&seed) % ROWS;
        int last = first + rand_r(&seed) % (ROWS - first + 1);
        bool add = rand_r(&seed) % 2;
        assert_true(add ? vt_selection_add(&selection, first, last)
                        : vt_selection_remove(&selection, first, last));
        memset(model + first, add, (size_t)(last - first));
        check_against(&selection, model);
    }
    vt_selection_free(&selection);
}

static void clicks_select_as_in_file_managers(void **state)
{
    (void)state;
    vt_selection selection = VT_SELECTION_INIT;
    vt_selection_choose(&selection, 5, false, false);
    assert_int_equal(selection.rows, 1);
    vt_selection_choose(&selection, 9, false, true); /* Shift: 5 to 9 */
    assert_int_equal(selection.rows, 5);
    vt_selection_choose(&selection, 3, false, true); /* Shift again: from the same anchor, 3 to 5 */
    assert_int_equal(selection.rows, 3);
    assert_true(vt_selection_contains(&selection, 3));
    assert_false(vt_selection_contains(&selection, 9));
    vt_selection_choose(&selection, 20, true, false); /* Ctrl adds */
    assert_int_equal(selection.rows, 4);
    vt_selection_choose(&selection, 20, true, false); /* Ctrl again removes */
    assert_int_equal(selection.rows, 3);
    assert_int_equal(selection.current, 20);
    vt_selection_choose(&selection, 40, false, false); /* plain click: only this */
    assert_int_equal(selection.rows, 1);
    vt_selection_free(&selection);
}

static void all_of_a_million_is_one_interval(void **state)
{
    (void)state;
    vt_selection selection = VT_SELECTION_INIT;
    vt_selection_add(&selection, 0, 1000000);
    assert_int_equal(selection.count, 1);
    assert_int_equal(selection.rows, 1000000);
    vt_selection_remove(&selection, 500000, 500001);
    assert_int_equal(selection.count, 2);
    assert_int_equal(selection.rows, 999999);
    vt_selection_clear(&selection);
    assert_int_equal(selection.rows, 0);
    vt_selection_free(&selection);
}

static void an_inverted_selection_has_the_other_rows(void **state)
{
    (void)state;
    enum { ROWS = 20 };
    for (int intervals = 0; intervals <= 4; intervals++) {
        for (int at = 0; at < 2; at++) { /* with and without the first and the last row */
            vt_selection selection = VT_SELECTION_INIT;
            vt_selection original = VT_SELECTION_INIT;
            for (int i = 0; i < intervals; i++) {
                vt_selection_add(&selection, i * 5L + at, i * 5L + 1 + i + at);
            }
            selection.current = 3;
            assert_true(vt_selection_copy(&selection, &original));
            assert_true(vt_selection_invert(&selection, ROWS));
            assert_int_equal(selection.rows, ROWS - original.rows);
            assert_int_equal(selection.current, 3);
            for (int64_t row = 0; row < ROWS; row++) {
                assert_true(vt_selection_contains(&selection, row) != vt_selection_contains(&original, row));
            }
            assert_true(vt_selection_add(&selection, 0, ROWS)); /* there is room for more */
            assert_true(vt_selection_invert(&selection, ROWS));
            assert_int_equal(selection.count, 0);
            assert_int_equal(selection.rows, 0);
            assert_true(vt_selection_invert(&selection, ROWS));
            assert_int_equal(selection.rows, ROWS);
            vt_selection_free(&selection);
            vt_selection_free(&original);
        }
    }
}

static void a_view_read_backwards_has_the_same_rows(void **state)
{
    (void)state;
    enum { ROWS = 20 };
    for (int intervals = 0; intervals <= 4; intervals++) {
        vt_selection selection = VT_SELECTION_INIT;
        for (int i = 0; i < intervals; i++) {
            vt_selection_add(&selection, i * 5L, i * 5L + 1 + i); /* the last up to the end */
        }
        vt_selection original = VT_SELECTION_INIT;
        selection.current = 3;
        assert_true(vt_selection_copy(&selection, &original));
        vt_selection_reverse(&selection, ROWS);
        assert_int_equal(selection.rows, original.rows);
        assert_int_equal(selection.current, ROWS - 1 - 3);
        assert_int_equal(selection.anchor, original.anchor);
        for (int64_t row = 0; row < ROWS; row++) {
            assert_int_equal(vt_selection_contains(&selection, ROWS - 1 - row),
                             vt_selection_contains(&original, row));
        }
        for (size_t i = 1; i < selection.count; i++) {
            assert_true(selection.intervals[i - 1].last < selection.intervals[i].first);
        }
        vt_selection_free(&selection);
        vt_selection_free(&original);
    }
}

static void rows_are_chosen_as_one(void **state)
{
    (void)state;
    vt_selection selection = VT_SELECTION_INIT;
    assert_int_equal(vt_selection_of_rows(&selection, 0, 10), VT_SELECTION_NONE);
    assert_true(vt_selection_choose(&selection, 12, false, false));
    assert_int_equal(vt_selection_of_rows(&selection, 10, 20), VT_SELECTION_SOME);
    assert_int_equal(vt_selection_of_rows(&selection, 13, 20), VT_SELECTION_NONE);
    assert_true(vt_selection_choose_rows(&selection, 10, 20, true, false)); /* the rest of them */
    assert_int_equal(selection.rows, 10);
    assert_int_equal(selection.current, 10);
    assert_int_equal(vt_selection_of_rows(&selection, 10, 20), VT_SELECTION_ALL);
    assert_int_equal(vt_selection_of_rows(&selection, 9, 20), VT_SELECTION_SOME);
    assert_int_equal(vt_selection_of_rows(&selection, 10, 21), VT_SELECTION_SOME);
    assert_true(vt_selection_choose_rows(&selection, 30, 35, false, true)); /* Shift: from where it began */
    assert_int_equal(selection.rows, 25);
    assert_true(vt_selection_choose_rows(&selection, 0, 5, false, true));
    assert_int_equal(selection.rows, 11);
    assert_true(vt_selection_choose_rows(&selection, 0, 5, true, false));
    assert_int_equal(selection.rows, 6);
    assert_true(vt_selection_choose_rows(&selection, 40, 42, false, false));
    assert_int_equal(selection.rows, 2);
    vt_selection_free(&selection);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_edits_match_the_model),
        cmocka_unit_test(clicks_select_as_in_file_managers),
        cmocka_unit_test(all_of_a_million_is_one_interval),
        cmocka_unit_test(an_inverted_selection_has_the_other_rows),
        cmocka_unit_test(a_view_read_backwards_has_the_same_rows),
        cmocka_unit_test(rows_are_chosen_as_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
