/* Series: what was noted is found again, at each resolution, in constant memory. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/perf/series.h"

#include <stdbool.h>

#define BEGUN (INT64_C(5000) * VT_NS_PER_S)

static int64_t at(double seconds)
{
    return BEGUN + (int64_t)(seconds * 1e9);
}

static void a_minute_is_told_in_tenths_of_a_second(void **state)
{
    (void)state;
    static vt_series_point points[VT_SERIES_SLOTS];
    int64_t width = 0;
    vt_series *series = vt_series_create(BEGUN);
    assert_non_null(series);
    assert_int_equal(vt_series_read(series, VT_SERIES_MINUTE, BEGUN, points, &width), 1);
    assert_int_equal(points[0].count, 0);
    vt_series_note(series, at(0.02), 3);
    vt_series_note(series, at(0.05), 5);
    vt_series_note(series, at(0.25), -2);
    assert_int_equal(vt_series_read(series, VT_SERIES_MINUTE, at(0.31), points, &width), 4);
    assert_int_equal(width, VT_NS_PER_S / 10);
    assert_int_equal(points[0].count, 2);
    assert_true(points[0].least == 3 && points[0].greatest == 5 && points[0].mean == 4);
    assert_int_equal(points[1].count, 0);
    assert_true(points[2].count == 1 && points[2].least == -2 && points[2].mean == -2);
    assert_int_equal(points[3].count, 0);
    /* A time that went back counts as the last one. */
    vt_series_note(series, at(0.1), 7);
    assert_int_equal(vt_series_read(series, VT_SERIES_MINUTE, at(0.25), points, &width), 3);
    assert_int_equal(points[2].count, 2);
    vt_series_free(series);
}

static void what_is_older_than_the_ring_is_gone(void **state)
{
    (void)state;
    static vt_series_point points[VT_SERIES_SLOTS];
    int64_t width = 0;
    vt_series *series = vt_series_create(BEGUN);
    vt_series_note(series, at(1), 1);
    vt_series_note(series, at(100), 2); /* a long pause between the two */
    assert_int_equal(vt_series_read(series, VT_SERIES_MINUTE, at(100), points, &width), VT_SERIES_SLOTS);
    for (int i = 0; i < VT_SERIES_SLOTS; i++) {
        assert_int_equal(points[i].count, i == VT_SERIES_SLOTS - 1);
    }
    /* An hour later nothing is left of the minute, but the session knows both. */
    assert_int_equal(vt_series_read(series, VT_SERIES_MINUTE, at(3700), points, &width), VT_SERIES_SLOTS);
    for (int i = 0; i < VT_SERIES_SLOTS; i++) {
        assert_int_equal(points[i].count, 0);
    }
    assert_int_equal(vt_series_read(series, VT_SERIES_SESSION, at(100), points, &width), 101);
    assert_true(points[1].mean == 1 && points[100].mean == 2);
    vt_series_free(series);
}

/* A day with one peak: it is seen, and every note is counted. */
static void a_peak_is_seen_after_a_day(void **state)
{
    (void)state;
    enum { DAY = 24 * 3600, PEAK = 777 };
    static vt_series_point points[VT_SERIES_SLOTS];
    int64_t width = 0;
    vt_series *series = vt_series_create(BEGUN);
    for (int second = 0; second < DAY; second++) {
        vt_series_note(series, at(second), second == DAY / 3 ? PEAK : 10);
    }
    size_t count = vt_series_read(series, VT_SERIES_SESSION, at(DAY - 1), points, &width);
    assert_true(count > VT_SERIES_SLOTS / 2 && count <= VT_SERIES_SLOTS);
    assert_int_equal(width, 256 * VT_NS_PER_S); /* the least power of two that holds a day in so many */
    uint64_t notes = 0;
    int peaks = 0;
    for (size_t i = 0; i < count; i++) {
        notes += points[i].count;
        peaks += points[i].greatest == PEAK;
        assert_true(points[i].least == 10);
        bool here = points[i].greatest == PEAK;
        assert_int_equal(here, i == (size_t)(DAY / 3 / 256));
    }
    assert_int_equal(notes, DAY);
    assert_int_equal(peaks, 1);
    vt_series_free(series);
}

static void a_session_may_begin_late(void **state)
{
    (void)state;
    static vt_series_point points[VT_SERIES_SLOTS];
    int64_t width = 0;
    vt_series *series = vt_series_create(BEGUN);
    vt_series_note(series, at(100000), 4); /* nothing before */
    size_t count = vt_series_read(series, VT_SERIES_SESSION, at(100000), points, &width);
    assert_true(points[count - 1].count == 1 && points[count - 1].mean == 4);
    for (size_t i = 0; i + 1 < count; i++) {
        assert_int_equal(points[i].count, 0);
    }
    vt_series_free(series);
    vt_series_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_minute_is_told_in_tenths_of_a_second),
        cmocka_unit_test(what_is_older_than_the_ring_is_gone),
        cmocka_unit_test(a_peak_is_seen_after_a_day),
        cmocka_unit_test(a_session_may_begin_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
