/* app/ui/viewer/tile_plan: which parts of a large picture are decoded. */
#include "tests/support/check.h"

#include "app/ui/viewer/tile_plan.h"

enum { WIDTH = 20000, HEIGHT = 10000 };

static void expect_region(const vt_region *region, uint32_t x, uint32_t y, uint32_t width, uint32_t height)
{
    assert_int_equal(region->x, x);
    assert_int_equal(region->y, y);
    assert_int_equal(region->width, width);
    assert_int_equal(region->height, height);
}

static void a_level_has_a_pixel_for_each_of_the_screen(void **state)
{
    (void)state;
    assert_int_equal(vt_tile_level(3), 0);
    assert_int_equal(vt_tile_level(1), 0);
    assert_int_equal(vt_tile_level(0.51), 0);
    assert_int_equal(vt_tile_level(0.5), 1);
    assert_int_equal(vt_tile_level(0.26), 1);
    assert_int_equal(vt_tile_level(0.25), 2);
    assert_int_equal(vt_tile_level(1e-9), VT_TILE_LEVEL_MAX);
}

static void what_is_missing_is_asked_for_with_a_margin(void **state)
{
    (void)state;
    vt_patch next;
    vt_region seen = {5000, 3000, 800, 600}; /* tiles 9 to 11 across, 5 to 7 down */
    assert_true(vt_tiles_next(NULL, 0, 0, &seen, WIDTH, HEIGHT, &next));
    expect_region(&next.region, 8 * 512, 4 * 512, 5 * 512, 5 * 512);
    assert_false(vt_tiles_next(&next, 1, 0, &seen, WIDTH, HEIGHT, &next));
    assert_true(vt_tiles_cover(&next, 1, 0, &seen));

    vt_region beside = {5000 + 512, 3000, 800, 600}; /* within the margin */
    assert_true(vt_tiles_cover(&next, 1, 0, &beside));
    vt_region further = {5000 + 1024, 3000, 800, 600}; /* one column of tiles is not there */
    vt_patch rest;
    assert_true(vt_tiles_next(&next, 1, 0, &further, WIDTH, HEIGHT, &rest));
    expect_region(&rest.region, 12 * 512, 4 * 512, 3 * 512, 5 * 512);
    const vt_patch both[] = {next, rest};
    assert_true(vt_tiles_cover(both, 2, 0, &further));
}

static void a_patch_ends_with_the_picture(void **state)
{
    (void)state;
    vt_patch next;
    uint32_t width, height;
    vt_region corner = {WIDTH - 100, HEIGHT - 100, 100, 100};
    assert_true(vt_tiles_next(NULL, 0, 0, &corner, WIDTH, HEIGHT, &next));
    expect_region(&next.region, 37 * 512, 18 * 512, WIDTH - 37 * 512, HEIGHT - 18 * 512);
    assert_true(vt_tiles_cover(&next, 1, 0, &corner));
    vt_region origin = {0, 0, 100, 100};
    assert_true(vt_tiles_next(NULL, 0, 3, &origin, WIDTH, HEIGHT, &next));
    expect_region(&next.region, 0, 0, 2 * 4096, 2 * 4096);
    vt_patch_size(&next, &width, &height);
    assert_int_equal(width, 1024);
    const vt_patch odd = {{0, 0, 1001, 3}, 1};
    vt_patch_size(&odd, &width, &height);
    assert_int_equal(width, 501);
    assert_int_equal(height, 2);
}

static void another_level_is_no_substitute(void **state)
{
    (void)state;
    const vt_patch coarse = {{0, 0, WIDTH, HEIGHT}, 2};
    vt_region seen = {100, 100, 10, 10};
    assert_true(vt_tiles_cover(&coarse, 1, 2, &seen));
    assert_false(vt_tiles_cover(&coarse, 1, 0, &seen));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_level_has_a_pixel_for_each_of_the_screen),
        cmocka_unit_test(what_is_missing_is_asked_for_with_a_margin),
        cmocka_unit_test(a_patch_ends_with_the_picture),
        cmocka_unit_test(another_level_is_no_substitute),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
