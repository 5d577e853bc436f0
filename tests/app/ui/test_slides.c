/* app/ui/viewer/slides: the order of a slide show. */
#include "tests/support/check.h"

#include "app/ui/viewer/slides.h"

#include <string.h>

enum { MANY = 1000 };

static void in_order_it_ends_with_the_last_row(void **state)
{
    (void)state;
    vt_slides slides;
    uint64_t row = 99;
    vt_slides_begin(&slides, 5, 2, false, false, 0);
    assert_true(vt_slides_next(&slides, &row));
    assert_int_equal(row, 3);
    assert_true(vt_slides_next(&slides, &row));
    assert_int_equal(row, 4);
    assert_false(vt_slides_next(&slides, &row));
    assert_int_equal(row, 4);
    vt_slides_begin(&slides, 5, 4, false, true, 0);
    assert_true(vt_slides_next(&slides, &row));
    assert_int_equal(row, 0);
}

static void it_goes_on_from_where_the_user_went(void **state)
{
    (void)state;
    vt_slides slides;
    uint64_t row = 99;
    vt_slides_begin(&slides, 5, 0, false, false, 0);
    vt_slides_went(&slides, 3);
    assert_true(vt_slides_next(&slides, &row));
    assert_int_equal(row, 4);
    vt_slides_went(&slides, 1);
    vt_slides_went(&slides, 7); /* there is none */
    assert_true(vt_slides_next(&slides, &row));
    assert_int_equal(row, 2);
    vt_slides_begin(&slides, 5, 0, true, false, 3);
    const uint64_t place = slides.place;
    vt_slides_went(&slides, 4);
    assert_int_equal(slides.place, place);
}

/* For these counts, from some row: each row comes once, then it ends. */
static void shuffled_no_row_comes_twice(void **state)
{
    (void)state;
    static const uint64_t counts[] = {1, 2, 3, 7, 64, 65, MANY};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        bool seen[MANY] = {false};
        vt_slides slides;
        uint64_t row = counts[i] / 2;
        vt_slides_begin(&slides, counts[i], row, true, false, 42 + i);
        seen[row] = true;
        for (uint64_t shown = 1; shown < counts[i]; shown++) {
            assert_true(vt_slides_next(&slides, &row));
            assert_true(row < counts[i]);
            assert_false(seen[row]);
            seen[row] = true;
        }
        assert_false(vt_slides_next(&slides, &row));
    }
}

static void a_shuffled_show_that_loops_goes_on(void **state)
{
    (void)state;
    vt_slides slides;
    int shown[7] = {0};
    uint64_t row;
    vt_slides_begin(&slides, 7, 3, true, true, 1);
    for (int i = 0; i < 3 * 7; i++) {
        assert_true(vt_slides_next(&slides, &row));
        shown[row]++;
    }
    for (int i = 0; i < 7; i++) {
        assert_int_equal(shown[i], 3);
    }
}

static void another_seed_is_another_order(void **state)
{
    (void)state;
    int same = 0, kept = 0;
    for (uint64_t place = 0; place < MANY; place++) {
        uint64_t row = vt_slides_row_at(MANY, 1, place);
        assert_int_equal(vt_slides_place_of(MANY, 1, row), place);
        same += row == vt_slides_row_at(MANY, 2, place);
        kept += row == place;
    }
    assert_true(same < MANY / 20);
    assert_true(kept < MANY / 20);
}

static void a_view_of_a_million_needs_no_memory(void **state)
{
    (void)state;
    const uint64_t million = 1000000;
    for (uint64_t place = 0; place < million; place += 9973) {
        uint64_t row = vt_slides_row_at(million, 7, place);
        assert_true(row < million);
        assert_int_equal(vt_slides_place_of(million, 7, row), place);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_order_it_ends_with_the_last_row),
        cmocka_unit_test(it_goes_on_from_where_the_user_went),
        cmocka_unit_test(shuffled_no_row_comes_twice),
        cmocka_unit_test(a_shuffled_show_that_loops_goes_on),
        cmocka_unit_test(another_seed_is_another_order),
        cmocka_unit_test(a_view_of_a_million_needs_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
