/* app/ui/viewer/part_copy: parts of pictures, copied for counting. */
#include "tests/support/check.h"

#include "app/ui/viewer/part_copy.h"
#include "core/decode/histogram.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 5, HEIGHT = 4 };

/* Each pixel has its own place as its value. */
static void number(uint8_t pixels[HEIGHT][WIDTH][4])
{
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            memset(pixels[y][x], 16 * y + x + 1, 4);
        }
    }
}

static void a_part_is_copied(void **state)
{
    (void)state;
    uint8_t pixels[HEIGHT][WIDTH][4];
    vt_picture part;
    uint32_t step;
    number(pixels);
    assert_true(vt_part_begin(&part, 3, 2, &step));
    assert_int_equal(step, 1);
    vt_part_fill(&part, step, pixels[0][0], WIDTH, HEIGHT, sizeof pixels[0], -1, -2);
    assert_int_equal(part.pixels[0], 16 * 2 + 1 + 1);
    assert_int_equal(part.pixels[part.stride + 8], 16 * 3 + 3 + 1);
    free(part.pixels);
}

static void two_sources_make_one_part(void **state)
{
    (void)state;
    uint8_t pixels[HEIGHT][WIDTH][4];
    vt_picture part;
    uint32_t step;
    number(pixels);
    assert_true(vt_part_begin(&part, 2 * WIDTH + 1, HEIGHT, &step));
    vt_part_fill(&part, step, pixels[0][0], WIDTH, HEIGHT, sizeof pixels[0], 0, 0);
    vt_part_fill(&part, step, pixels[0][0], WIDTH, HEIGHT, sizeof pixels[0], WIDTH, 1);
    assert_int_equal(part.pixels[(size_t)(WIDTH - 1) * 4], WIDTH);
    assert_int_equal(part.pixels[(size_t)WIDTH * 4], 0); /* the second begins a row lower */
    assert_int_equal(part.pixels[part.stride + (size_t)WIDTH * 4], 1);
    assert_int_equal(part.pixels[part.stride + (size_t)(2 * WIDTH) * 4],
                     0); /* none reaches the last column */
    vt_part_fill(&part, step, pixels[0][0], WIDTH, HEIGHT, sizeof pixels[0], 100, 0);
    vt_part_fill(&part, step, pixels[0][0], WIDTH, HEIGHT, sizeof pixels[0], 0, -100);
    free(part.pixels);
}

static void a_large_part_loses_rows(void **state)
{
    (void)state;
    vt_picture part;
    uint32_t step;
    assert_true(vt_part_begin(&part, 8000, 6000, &step));
    assert_true(step > 1);
    assert_true((uint64_t)part.width * part.height <= VT_HISTOGRAM_PIXELS);
    assert_true((uint64_t)part.width * part.height > VT_HISTOGRAM_PIXELS / 2);
    free(part.pixels);
    assert_false(vt_part_begin(&part, 0, 6000, &step));
    assert_false(vt_part_begin(&part, 8000, 0, &step));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_is_copied),
        cmocka_unit_test(two_sources_make_one_part),
        cmocka_unit_test(a_large_part_loses_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
