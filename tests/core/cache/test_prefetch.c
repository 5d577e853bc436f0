/* core/cache/prefetch: what goes ahead of a scroll, at every speed and at both ends of the list. */
#include "tests/support/check.h"

#include "core/cache/prefetch.h"

#define FRAME (16 * VT_NS_PER_MS)

static vt_prefetch prefetch;
static int64_t now;
static int64_t row;

/* Scrolls for some frames, so many rows in each. */
static void scroll(int frames, int64_t rows_per_frame)
{
    for (int i = 0; i < frames; i++) {
        now += FRAME;
        row += rows_per_frame;
        vt_prefetch_sample(&prefetch, row, now);
    }
}

static vt_prefetch_plan plan_of(int64_t visible, int64_t rows)
{
    const vt_prefetch_view view = {row, visible, rows, false};
    return vt_prefetch_make_plan(&prefetch, &view, now);
}

static void expect(vt_prefetch_plan plan, int64_t first, int64_t count, int step)
{
    assert_int_equal(plan.first, first);
    assert_int_equal(plan.count, count);
    assert_int_equal(plan.step, step);
}

static int setup(void **state)
{
    (void)state;
    vt_prefetch_reset(&prefetch);
    now = 1000 * VT_NS_PER_S;
    row = 5000;
    return 0;
}

static void at_rest_it_is_half_a_screen(void **state)
{
    (void)state;
    expect(plan_of(20, 10000), 5020, 10, 1); /* before any sample */
    scroll(1, 0);
    expect(plan_of(21, 10000), 5021, 11, 1);
    scroll(20, 0);
    assert_true(vt_prefetch_speed(&prefetch, now) == 0);
    expect(plan_of(20, 10000), 5020, 10, 1);
}

static void faster_means_more(void **state)
{
    (void)state;
    scroll(10, 1); /* 62.5 rows a second: 31 in half a second */
    assert_true(vt_prefetch_speed(&prefetch, now) == 62.5);
    expect(plan_of(20, 10000), 5030, 31, 1);
    scroll(10, 2);
    expect(plan_of(20, 10000), 5050, 62, 1);
    /* Never more than some screens. */
    scroll(10, 6);
    expect(plan_of(20, 10000), 5110, 80, 1);
    /* Nor more than a number of rows, however large a screen. */
    scroll(10, 60);
    expect(plan_of(1000, 100000), 5690 + 1000, VT_PREFETCH_ROWS_MAX, 1);
}

static void the_other_way_it_goes_down(void **state)
{
    (void)state;
    scroll(10, -2);
    assert_true(vt_prefetch_speed(&prefetch, now) == -125);
    expect(plan_of(20, 10000), 4979, 62, -1);
    /* Where it rests, it expects to go on. */
    now += VT_NS_PER_S;
    assert_true(vt_prefetch_speed(&prefetch, now) == 0);
    expect(plan_of(20, 10000), 4979, 10, -1);
}

static void a_turn_counts_at_once(void **state)
{
    (void)state;
    scroll(10, 5);
    scroll(1, -1);
    expect(plan_of(20, 10000), row - 1, 31, -1); /* 62.5 rows a second back, not the speed of before */
    scroll(2, 0);
    vt_prefetch_plan plan = plan_of(20, 10000);
    assert_int_equal(plan.step, -1);
    assert_int_equal(plan.count, 10); /* one row in three frames by now */
}

static void a_flight_loads_nothing(void **state)
{
    (void)state;
    scroll(10, 7); /* 437.5 a second: 22 screens of 20 rows */
    assert_int_equal(plan_of(20, 10000).count, 0);
    assert_true(plan_of(30, 10000).count > 0); /* 15 screens of 30 */
    scroll(10, 1);
    assert_int_equal(plan_of(20, 10000).count, 31); /* slowed down */
}

static void it_stays_in_the_list(void **state)
{
    (void)state;
    row = 9950;
    scroll(10, 2);
    expect(plan_of(20, 10000), 9990, 10, 1);
    row = 9980;
    expect(plan_of(20, 10000), 10000, 0, 1);
    row = 9990; /* the last page stands over the end */
    assert_int_equal(plan_of(20, 10000).count, 0);
    vt_prefetch_reset(&prefetch);
    row = 25;
    scroll(10, -2);
    expect(plan_of(20, 10000), 4, 5, -1);
    scroll(1, -5);
    expect(plan_of(20, 10000), -1, 0, -1);
    /* All is seen at once, or nothing is there. */
    vt_prefetch_reset(&prefetch);
    row = 0;
    assert_int_equal(plan_of(20, 20).count, 0);
    assert_int_equal(plan_of(20, 7).count, 0);
    assert_int_equal(plan_of(20, 0).count, 0);
    assert_int_equal(plan_of(0, 100).count, 0);
    row = -3;
    assert_int_equal(plan_of(20, 100).count, 0);
}

static void it_pauses_when_told(void **state)
{
    (void)state;
    scroll(10, 2);
    const vt_prefetch_view view = {row, 20, 10000, true};
    assert_int_equal(vt_prefetch_make_plan(&prefetch, &view, now).count, 0);
}

static void old_samples_do_not_count(void **state)
{
    (void)state;
    scroll(4, 5);
    now += VT_PREFETCH_WINDOW_NS; /* a pause */
    scroll(1, 1);
    assert_true(vt_prefetch_speed(&prefetch, now) == 0); /* one sample is no speed */
    scroll(1, 1);
    assert_true(vt_prefetch_speed(&prefetch, now) == 62.5);
    /* Two samples at the same moment are no speed either. */
    vt_prefetch_reset(&prefetch);
    vt_prefetch_sample(&prefetch, 1, now);
    vt_prefetch_sample(&prefetch, 9, now);
    assert_true(vt_prefetch_speed(&prefetch, now) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(at_rest_it_is_half_a_screen, setup),
        cmocka_unit_test_setup(faster_means_more, setup),
        cmocka_unit_test_setup(the_other_way_it_goes_down, setup),
        cmocka_unit_test_setup(a_turn_counts_at_once, setup),
        cmocka_unit_test_setup(a_flight_loads_nothing, setup),
        cmocka_unit_test_setup(it_stays_in_the_list, setup),
        cmocka_unit_test_setup(it_pauses_when_told, setup),
        cmocka_unit_test_setup(old_samples_do_not_count, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
