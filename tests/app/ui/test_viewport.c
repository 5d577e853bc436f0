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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_large_picture_is_fitted_and_centred),
        cmocka_unit_test(a_small_picture_is_not_enlarged),
        cmocka_unit_test(zoom_keeps_the_point_under_the_cursor),
        cmocka_unit_test(a_picture_cannot_be_pushed_out),
        cmocka_unit_test(resizing_refits_or_keeps_the_middle),
        cmocka_unit_test(no_picture_is_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
