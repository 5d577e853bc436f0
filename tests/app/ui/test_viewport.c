/* app/ui/viewer/viewport: zoom and pan. */
#include "tests/support/check.h"

#include "app/ui/viewer/viewport.h"

#include <math.h>

#define assert_near(a, b) assert_true(fabs((a) - (b)) < 1e-9)

static vt_viewport opened(double picture_width, double picture_height)
{
    vt_viewport viewport = {0};
    vt_viewport_resize(&viewport, 800, 600);
    vt_viewport_set_picture(&viewport, picture_width, picture_height);
    return viewport;
}

static void a_large_picture_is_fitted_and_centred(void **state)
{
    (void)state;
    vt_viewport viewport = opened(4000, 1000);
    assert_near(viewport.zoom, 0.2);
    assert_near(viewport.x, 0);
    assert_near(viewport.y, 200);
}

static void a_small_picture_is_not_enlarged(void **state)
{
    (void)state;
    vt_viewport viewport = opened(100, 50);
    assert_near(viewport.zoom, 1);
    assert_near(viewport.x, 350);
    assert_near(viewport.y, 275);
}

static void zoom_keeps_the_point_under_the_cursor(void **state)
{
    (void)state;
    vt_viewport viewport = opened(4000, 3000);
    double at_x = 500;
    double at_y = 250;
    for (int step = 0; step < 10; step++) {
        double before_x = (at_x - viewport.x) / viewport.zoom;
        double before_y = (at_y - viewport.y) / viewport.zoom;
        vt_viewport_zoom_at(&viewport, viewport.zoom * 1.25, at_x, at_y);
        assert_near((at_x - viewport.x) / viewport.zoom, before_x);
        assert_near((at_y - viewport.y) / viewport.zoom, before_y);
    }
    assert_false(viewport.fitting);
    vt_viewport_zoom_at(&viewport, 1e9, 0, 0);
    assert_near(viewport.zoom, VT_VIEWPORT_ZOOM_MAX);
}

static void a_picture_cannot_be_pushed_out(void **state)
{
    (void)state;
    vt_viewport viewport = opened(4000, 3000);
    vt_viewport_zoom_at(&viewport, 1, 400, 300);
    vt_viewport_pan(&viewport, 1e6, 1e6);
    assert_near(viewport.x, 0);
    assert_near(viewport.y, 0);
    vt_viewport_pan(&viewport, -1e6, -1e6);
    assert_near(viewport.x, 800 - 4000);
    assert_near(viewport.y, 600 - 3000);
}

static void resizing_refits_or_keeps_the_middle(void **state)
{
    (void)state;
    vt_viewport viewport = opened(4000, 3000);
    vt_viewport_resize(&viewport, 400, 300);
    assert_near(viewport.zoom, 0.1);
    vt_viewport_zoom_at(&viewport, 1, 200, 150);
    double middle = (200 - viewport.x) / viewport.zoom;
    vt_viewport_resize(&viewport, 1000, 900);
    assert_near((500 - viewport.x) / viewport.zoom, middle);
    assert_near(viewport.zoom, 1);
    vt_viewport_fit(&viewport);
    assert_near(viewport.zoom, 0.25);
}

static void no_picture_is_harmless(void **state)
{
    (void)state;
    vt_viewport viewport = opened(0, 0);
    assert_near(viewport.zoom, 1);
    vt_viewport_pan(&viewport, 5, 5);
    assert_true(isfinite(viewport.x));
}

static void a_picture_can_be_as_wide_as_the_window(void **state)
{
    (void)state;
    vt_viewport viewport = opened(400, 3000);
    vt_viewport_fit_as(&viewport, VT_VIEWPORT_FIT_WIDTH);
    assert_near(viewport.zoom, 2);
    assert_near(viewport.x, 0);
    assert_near(viewport.y, 0); /* from its top */
    assert_false(vt_viewport_overflows(&viewport, true));
    assert_true(vt_viewport_overflows(&viewport, false));
    vt_viewport_resize(&viewport, 1000, 600);
    assert_near(viewport.zoom, 2.5);
    vt_viewport_set_picture(&viewport, 2000, 100); /* the next one likewise */
    assert_near(viewport.zoom, 0.5);
    assert_near(viewport.y, 275);
}

static void a_picture_can_cover_the_window(void **state)
{
    (void)state;
    vt_viewport viewport = opened(4000, 1000);
    vt_viewport_fit_as(&viewport, VT_VIEWPORT_FILL);
    assert_near(viewport.zoom, 0.6);
    assert_near(viewport.x, -800); /* its middle */
    assert_near(viewport.y, 0);
    vt_viewport_fit_as(&viewport, VT_VIEWPORT_FREE);
    assert_near(viewport.zoom, 0.6);
    assert_int_equal(viewport.fitting, VT_VIEWPORT_FILL);
}

static void what_is_seen_is_told_in_pixels_of_the_picture(void **state)
{
    (void)state;
    double x, y, width, height;
    vt_viewport viewport = opened(4000, 3000);
    vt_viewport_seen(&viewport, &x, &y, &width, &height);
    assert_near(x, 0);
    assert_near(width, 4000);
    assert_near(height, 3000);
    vt_viewport_zoom_at(&viewport, 2, 400, 300);
    vt_viewport_seen(&viewport, &x, &y, &width, &height);
    assert_near(x, 2000 - 200);
    assert_near(y, 1500 - 150);
    assert_near(width, 400);
    assert_near(height, 300);
}

static void one_viewport_follows_another(void **state)
{
    (void)state;
    double seen[2][4];
    vt_viewport leader = opened(4000, 3000);
    vt_viewport half = opened(2000, 1500);
    vt_viewport_zoom_at(&leader, 1, 100, 500);
    vt_viewport_pan(&leader, -37, 21);
    vt_viewport_follow(&half, &leader);
    vt_viewport_seen(&leader, &seen[0][0], &seen[0][1], &seen[0][2], &seen[0][3]);
    vt_viewport_seen(&half, &seen[1][0], &seen[1][1], &seen[1][2], &seen[1][3]);
    for (int i = 0; i < 4; i++) {
        assert_near(seen[1][i] * 2, seen[0][i]);
    }
    assert_near(half.zoom, 2); /* the same size on the screen */
    vt_viewport_fit_as(&leader, VT_VIEWPORT_FILL);
    vt_viewport_follow(&half, &leader);
    assert_int_equal(half.fitting, VT_VIEWPORT_FILL);
    vt_viewport none = {0};
    vt_viewport_follow(&none, &leader); /* nothing to show yet */
    assert_int_equal(none.fitting, VT_VIEWPORT_FILL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_large_picture_is_fitted_and_centred),
        cmocka_unit_test(a_small_picture_is_not_enlarged),
        cmocka_unit_test(zoom_keeps_the_point_under_the_cursor),
        cmocka_unit_test(a_picture_cannot_be_pushed_out),
        cmocka_unit_test(resizing_refits_or_keeps_the_middle),
        cmocka_unit_test(no_picture_is_harmless),
        cmocka_unit_test(a_picture_can_be_as_wide_as_the_window),
        cmocka_unit_test(a_picture_can_cover_the_window),
        cmocka_unit_test(what_is_seen_is_told_in_pixels_of_the_picture),
        cmocka_unit_test(one_viewport_follows_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
