/* What is open in the sidebar stays so while its rows come and go. */
#include "tests/support/check.h"

#include "app/ui/sidebar/sidebar_fold.h"

#include <string.h>

enum { TAGS = 3, DATES = 5 };

static void add(vt_sidebar_rows *rows, unsigned depth, const char *name, int64_t id)
{
    vt_sidebar_rows_add(rows, depth, name, strlen(name), 1, name);
    vt_sidebar_rows_set_id(rows, id);
}

static void what_was_open_is_found_again_by_number(void **state)
{
    (void)state;
    uint32_t found[VT_SIDEBAR_OPEN_MAX];
    vt_sidebar_fold fold = {.count = 0};
    vt_sidebar_rows rows = VT_SIDEBAR_ROWS_INIT;
    add(&rows, 0, "car", 7);
    add(&rows, 1, "red", 8);
    add(&rows, 0, "place", 9);
    add(&rows, 1, "italy", 10);
    assert_true(vt_sidebar_rows_finish(&rows));
    vt_sidebar_fold_note(&fold, TAGS, &rows, 0, true);
    vt_sidebar_fold_note(&fold, TAGS, &rows, 2, true);
    vt_sidebar_fold_note(&fold, TAGS, &rows, 0, false);
    vt_sidebar_rows_free(&rows);

    vt_sidebar_rows later = VT_SIDEBAR_ROWS_INIT;
    add(&later, 0, "bird", 11);
    add(&later, 1, "owl", 12);
    add(&later, 0, "car", 7);
    add(&later, 1, "red", 8);
    add(&later, 0, "where", 9); /* another name, the same tag */
    add(&later, 1, "italy", 10);
    assert_true(vt_sidebar_rows_finish(&later));
    assert_int_equal(vt_sidebar_fold_find(&fold, TAGS, &later, found), 1);
    assert_int_equal(found[0], 4);
    assert_int_equal(vt_sidebar_fold_find(&fold, DATES, &later, found), 0);
    vt_sidebar_rows_free(&later);
}

static void what_has_no_number_is_known_by_its_filter(void **state)
{
    (void)state;
    uint32_t found[VT_SIDEBAR_OPEN_MAX];
    vt_sidebar_fold fold = {.count = 0};
    vt_sidebar_rows rows = VT_SIDEBAR_ROWS_INIT;
    add(&rows, 0, "date:2024", 0);
    add(&rows, 1, "date:2024-05", 0);
    add(&rows, 0, "date:2025", 0);
    add(&rows, 1, "date:2025-01", 0);
    assert_true(vt_sidebar_rows_finish(&rows));
    vt_sidebar_fold_note(&fold, DATES, &rows, 2, true);
    vt_sidebar_fold_note(&fold, DATES, &rows, 2, true); /* twice is once */
    assert_int_equal(fold.count, 1);
    assert_int_equal(vt_sidebar_fold_find(&fold, DATES, &rows, found), 1);
    assert_int_equal(found[0], 2);
    vt_sidebar_rows_free(&rows);
}

static void no_more_than_so_many_are_remembered(void **state)
{
    (void)state;
    uint32_t found[VT_SIDEBAR_OPEN_MAX];
    vt_sidebar_fold fold = {.count = 0};
    vt_sidebar_rows rows = VT_SIDEBAR_ROWS_INIT;
    for (int i = 0; i < VT_SIDEBAR_OPEN_MAX + 3; i++) {
        add(&rows, 0, "top", 2 * i + 1);
        add(&rows, 1, "below", 2 * i + 2);
    }
    assert_true(vt_sidebar_rows_finish(&rows));
    for (uint32_t i = 0; i < VT_SIDEBAR_OPEN_MAX + 3; i++) {
        vt_sidebar_fold_note(&fold, TAGS, &rows, 2 * i, true);
    }
    assert_int_equal(vt_sidebar_fold_find(&fold, TAGS, &rows, found), VT_SIDEBAR_OPEN_MAX);
    assert_int_equal(found[0], 6); /* the first three are forgotten */
    vt_sidebar_rows_free(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_open_is_found_again_by_number),
        cmocka_unit_test(what_has_no_number_is_known_by_its_filter),
        cmocka_unit_test(no_more_than_so_many_are_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
