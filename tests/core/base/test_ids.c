/* Numbers in ascending order. */
#include "tests/support/check.h"

#include "core/base/ids.h"

static void ids_are_sorted_and_found(void **state)
{
    (void)state;
    /* Differences that do not fit: subtracting them would sort wrongly. */
    int64_t ids[] = {7, INT64_MAX, -1, INT64_MIN, 0, 7, INT64_C(1) << 40};
    const int64_t sorted[] = {INT64_MIN, -1, 0, 7, 7, INT64_C(1) << 40, INT64_MAX};
    enum { COUNT = sizeof ids / sizeof *ids };
    vt_ids_sort(ids, COUNT);
    assert_memory_equal(ids, sorted, sizeof sorted);
    for (size_t i = 0; i < COUNT; i++) {
        assert_true(vt_ids_contain(ids, COUNT, sorted[i]));
    }
    assert_false(vt_ids_contain(ids, COUNT, 6));
    assert_false(vt_ids_contain(ids, COUNT - 1, INT64_MAX));
}

static void there_may_be_none(void **state)
{
    (void)state;
    vt_ids_sort(NULL, 0);
    assert_false(vt_ids_contain(NULL, 0, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_sorted_and_found),
        cmocka_unit_test(there_may_be_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
