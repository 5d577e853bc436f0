/* app/ui/viewer/image_box: what is decoded of an image for a view of it. */
#include "tests/support/check.h"

#include "app/ui/viewer/image_box.h"

#include <math.h>

static vt_viewport seen_at(double zoom, double picture_width, double picture_height)
{
    vt_viewport at = {.width = 1000, .height = 800};
    vt_viewport_set_picture(&at, picture_width, picture_height);
    vt_viewport_zoom_at(&at, zoom, 500, 400);
    return at;
}

static void a_picture_is_decoded_as_it_is_seen(void **state)
{
    (void)state;
    uint32_t width, height;
    vt_viewport at = seen_at(0.25, 4000, 3000);
    vt_image_box(&at, 1, VT_IMAGE_PIXELS, &width, &height);
    assert_int_equal(width, 1000);
    assert_int_equal(height, 750);
    vt_image_box(&at, 2, VT_IMAGE_PIXELS, &width, &height); /* a screen of high density */
    assert_int_equal(width, 2000);
    at = seen_at(8, 4000, 3000); /* there are no more pixels than it has */
    vt_image_box(&at, 1, VT_IMAGE_PIXELS, &width, &height);
    assert_int_equal(width, 4000);
    assert_int_equal(height, 3000);
    assert_false(vt_image_needs_tiles(&at, 1, VT_IMAGE_PIXELS));
}

static void what_is_too_much_needs_tiles(void **state)
{
    (void)state;
    uint32_t width, height;
    vt_viewport at = seen_at(1, 20000, 10000);
    assert_true(vt_image_needs_tiles(&at, 1, VT_IMAGE_PIXELS));
    vt_image_box(&at, 1, VT_IMAGE_PIXELS, &width, &height);
    assert_true((double)width * height <= VT_IMAGE_PIXELS * 1.01);
    assert_true(fabs((double)width / height - 2) < 0.01);
    at = seen_at(1, 60000, 100); /* few pixels, but one side is too long */
    assert_true(vt_image_needs_tiles(&at, 1, VT_IMAGE_PIXELS));
    vt_image_box(&at, 1, VT_IMAGE_PIXELS, &width, &height);
    assert_int_equal(width, VT_IMAGE_SIDE_MAX);
    at = seen_at(0.1, 20000, 10000);
    assert_false(vt_image_needs_tiles(&at, 1, VT_IMAGE_PIXELS));
}

static void several_share_what_one_may_have(void **state)
{
    (void)state;
    vt_viewport photograph = seen_at(1, 4000, 3000);
    vt_viewport larger = seen_at(1, 6000, 4000);
    assert_false(vt_image_needs_tiles(&photograph, 1, VT_IMAGE_PIXELS_SHARED / 4));
    assert_false(vt_image_needs_tiles(&larger, 1, VT_IMAGE_PIXELS_SHARED / 2));
    assert_true(vt_image_needs_tiles(&larger, 1, VT_IMAGE_PIXELS_SHARED / 4));
}

static void expect_region(vt_region region, uint32_t x, uint32_t y, uint32_t width, uint32_t height)
{
    assert_int_equal(region.x, x);
    assert_int_equal(region.y, y);
    assert_int_equal(region.width, width);
    assert_int_equal(region.height, height);
}

static void what_is_seen_is_told_in_the_files_own_pixels(void **state)
{
    (void)state;
    vt_viewport at = seen_at(1, 4000, 3000);
    expect_region(vt_image_seen(&at, (vt_turn){0}), 1500, 1100, 1000, 800);
    vt_viewport_pan(&at, 1500, 1100); /* to its corner */
    expect_region(vt_image_seen(&at, (vt_turn){0}), 0, 0, 1000, 800);
    /* Turned to the right, 4000 x 3000 are seen of a file of 3000 x 4000: its left bottom is at the top left.
     */
    expect_region(vt_image_seen(&at, (vt_turn){.quarters = 1}), 0, 3000, 800, 1000);
    expect_region(vt_image_seen(&at, (vt_turn){.quarters = 2}), 3000, 2200, 1000, 800);
    expect_region(vt_image_seen(&(vt_viewport){.zoom = 1}, (vt_turn){0}), 0, 0, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_decoded_as_it_is_seen),
        cmocka_unit_test(what_is_too_much_needs_tiles),
        cmocka_unit_test(several_share_what_one_may_have),
        cmocka_unit_test(what_is_seen_is_told_in_the_files_own_pixels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
