/* Statistics of numbers whose statistics are known. */
#include "tests/support/check.h"

#include "core/bench/statistics.h"

#include <stdlib.h>

static void nothing_is_zero(void **state)
{
    (void)state;
    assert_true(vt_statistics_median(NULL, 0) == 0);
    assert_true(vt_statistics_deviation(NULL, 0) == 0);
    assert_true(vt_statistics_least(NULL, 0) == 0);
    assert_true(vt_statistics_most(NULL, 0) == 0);
    assert_true(vt_statistics_half_range(NULL, 0) == 0);
}

static void the_middle_is_found_in_any_order(void **state)
{
    (void)state;
    const double odd[] = {9, 1, 5, 3, 7}, even[] = {4, 1, 3, 2}, one[] = {42};
    assert_true(vt_statistics_median(odd, 5) == 5);
    assert_true(odd[0] == 9); /* they stay as they are */
    assert_true(vt_statistics_median(even, 4) == 2.5);
    assert_true(vt_statistics_median(one, 1) == 42);
}

static void one_outlier_moves_nothing(void **state)
{
    (void)state;
    const double calm[] = {10, 11, 12, 13, 14}, disturbed[] = {10, 11, 12, 13, 14000};
    assert_true(vt_statistics_median(calm, 5) == vt_statistics_median(disturbed, 5));
    /* Distances from 12: 2 1 0 1 2. */
    assert_true(vt_statistics_deviation(calm, 5) == 1);
    assert_true(vt_statistics_deviation(disturbed, 5) == 1);
}

static void the_range_is_a_part_of_the_median(void **state)
{
    (void)state;
    const double values[] = {90, 100, 120}, zeros[] = {0, 0};
    assert_true(vt_statistics_least(values, 3) == 90);
    assert_true(vt_statistics_most(values, 3) == 120);
    assert_true(vt_statistics_half_range(values, 3) == 0.15);
    assert_true(vt_statistics_half_range(zeros, 2) == 0);
}

static void no_more_are_looked_at_than_there_is_room_for(void **state)
{
    (void)state;
    enum { MANY = VT_STATISTICS_MAX + 5 };
    double *values = malloc(MANY * sizeof *values);
    assert_non_null(values);
    for (int i = 0; i < MANY; i++) {
        values[i] = i < VT_STATISTICS_MAX ? 1 : 1000;
    }
    assert_true(vt_statistics_median(values, MANY) == 1);
    assert_true(vt_statistics_most(values, MANY) == 1);
    free(values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_zero),
        cmocka_unit_test(the_middle_is_found_in_any_order),
        cmocka_unit_test(one_outlier_moves_nothing),
        cmocka_unit_test(the_range_is_a_part_of_the_median),
        cmocka_unit_test(no_more_are_looked_at_than_there_is_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
