/* Reducing pictures in memory: size, colours with and without alpha, rows that lie apart. */
#include "support/check.h"

#include "core/decode/reduce.h"

#include <stdlib.h>
#include <string.h>

/* One colour, in rows that are `gap` bytes apart from each other; what lies between is another. */
static vt_pixels make(uint32_t width, uint32_t height, size_t gap, const uint8_t colour[4])
{
    vt_pixels pixels = {.width = width, .height = height, .stride = (size_t)width * 4 + gap};
    pixels.capacity = pixels.stride * height;
    pixels.data = malloc(pixels.capacity);
    assert_non_null(pixels.data);
    memset(pixels.data, 99, pixels.capacity);
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++) {
            memcpy(pixels.data + y * pixels.stride + (size_t)x * 4, colour, 4);
        }
    }
    return pixels;
}

static void expect(const vt_pixels *large, uint32_t side, uint32_t width, uint32_t height,
                   const uint8_t colour[4])
{
    vt_pixels small;
    vt_error error = VT_ERROR_INIT;
    if (!vt_pixels_reduce(large, side, &small, &error)) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(small.width, width);
    assert_int_equal(small.height, height);
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t i = 0; i < width * 4; i++) {
            int difference = abs(small.data[y * small.stride + i] - colour[i % 4]);
            assert_true(difference <= 1);
        }
    }
    free(small.data);
}

static void test_the_longer_side_is_as_asked_for(void **state)
{
    (void)state;
    static const uint8_t colours[][4] = {{10, 200, 90, 255}, {10, 20, 60, 64}, {0, 0, 0, 0}, {1, 0, 1, 1}};
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
        vt_pixels wide = make(300, 150, 20, colours[i]);
        expect(&wide, 100, 100, 50, colours[i]);
        expect(&wide, 1, 1, 1, colours[i]);
        expect(&wide, 300, 300, 150, colours[i]); /* a copy */
        expect(&wide, 4000, 300, 150, colours[i]);
        free(wide.data);
        vt_pixels high = make(5, 400, 0, colours[i]);
        expect(&high, 40, 1, 40, colours[i]);
        free(high.data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_longer_side_is_as_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
