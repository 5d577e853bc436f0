#include "support/check.h"

#include "core/decode/histogram.h"

#include <stdlib.h>

static void each_channel_is_counted_by_itself(void **state)
{
    (void)state;
    /* B, G, R, A: red; half transparent red; nothing; black; white */
    static const uint8_t pixels[] = {0, 0, 255, 255, 0, 0,   128, 128, 9,   9,
                                     9, 0, 0,   0,   0, 255, 255, 255, 255, 255};
    vt_histogram histogram;
    vt_histogram_count(&histogram, pixels, 5, 1, sizeof pixels);
    assert_int_equal(histogram.pixels, 4);
    assert_int_equal(histogram.counts[VT_HISTOGRAM_RED][255], 3);
    assert_int_equal(histogram.counts[VT_HISTOGRAM_RED][0], 1);
    assert_int_equal(histogram.counts[VT_HISTOGRAM_GREEN][255], 1);
    assert_int_equal(histogram.counts[VT_HISTOGRAM_BLUE][0], 3);
    assert_int_equal(histogram.counts[VT_HISTOGRAM_LUMINANCE][54], 2); /* 0.2126 * 255 */
    assert_int_equal(histogram.counts[VT_HISTOGRAM_LUMINANCE][0], 1);
    assert_int_equal(histogram.counts[VT_HISTOGRAM_LUMINANCE][255], 1);
    assert_true(vt_histogram_black(&histogram) == 0.25);
    assert_true(vt_histogram_full(&histogram) == 0.75);
    assert_int_equal(vt_histogram_top(&histogram), 2); /* the ends do not count */
}

static void rows_may_lie_apart(void **state)
{
    (void)state;
    static const uint8_t pixels[] = {10, 10, 10, 255, 77, 77, 77, 255, 10, 10, 10, 255, 77, 77, 77, 255};
    vt_histogram histogram;
    vt_histogram_count(&histogram, pixels, 1, 2, 8);
    assert_int_equal(histogram.pixels, 2);
    assert_int_equal(histogram.counts[VT_HISTOGRAM_GREEN][10], 2);
    assert_int_equal(histogram.counts[VT_HISTOGRAM_GREEN][77], 0);
}

static void a_large_picture_is_sampled(void **state)
{
    enum { WIDTH = 2500, HEIGHT = 2000 };
    (void)state;
    uint8_t *pixels = malloc((size_t)WIDTH * HEIGHT * 4);
    assert_non_null(pixels);
    for (size_t i = 0; i < (size_t)WIDTH * HEIGHT; i++) {
        pixels[i * 4] = pixels[i * 4 + 1] = pixels[i * 4 + 2] = (uint8_t)(i % WIDTH < WIDTH / 2 ? 40 : 200);
        pixels[i * 4 + 3] = 255;
    }
    vt_histogram histogram;
    vt_histogram_count(&histogram, pixels, WIDTH, HEIGHT, (size_t)WIDTH * 4);
    assert_true(histogram.pixels > VT_HISTOGRAM_PIXELS / 3);
    assert_true(histogram.pixels <= VT_HISTOGRAM_PIXELS + WIDTH + HEIGHT);
    double dark = (double)histogram.counts[VT_HISTOGRAM_RED][40] / (double)histogram.pixels;
    assert_true(dark > 0.49 && dark < 0.51);
    free(pixels);
}

static void nothing_visible_counts_nothing(void **state)
{
    (void)state;
    static const uint8_t clear[16];
    vt_histogram histogram;
    vt_histogram_count(&histogram, clear, 2, 2, 8);
    assert_int_equal(histogram.pixels, 0);
    assert_int_equal(vt_histogram_top(&histogram), 1);
    assert_true(vt_histogram_black(&histogram) == 0 && vt_histogram_full(&histogram) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_channel_is_counted_by_itself),
        cmocka_unit_test(rows_may_lie_apart),
        cmocka_unit_test(a_large_picture_is_sampled),
        cmocka_unit_test(nothing_visible_counts_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
