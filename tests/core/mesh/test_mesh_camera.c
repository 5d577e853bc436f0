#include "support/check.h"

#include "core/mesh/camera.h"

#include <math.h>

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void assert_orthogonal(const vt_camera *camera)
{
    const float(*r)[3] = camera->rotation;
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
            assert_true(fabsf(dot(r[i], r[j]) - (float)(i == j)) < 1e-5F);
        }
    }
    /* Right-handed: right x up points towards the viewer. */
    float cross[3] = {r[0][1] * r[1][2] - r[0][2] * r[1][1], r[0][2] * r[1][0] - r[0][0] * r[1][2],
                      r[0][0] * r[1][1] - r[0][1] * r[1][0]};
    assert_true(dot(cross, r[2]) > 0.999F);
}

static void test_views(void **state)
{
    (void)state;
    vt_camera camera = vt_camera_default();
    assert_orthogonal(&camera);
    assert_true(camera.rotation[1][2] > 0 && camera.rotation[2][2] > 0 && camera.rotation[2][1] < 0);
    vt_camera_look_from(&camera, 0, 0);
    assert_orthogonal(&camera);
    assert_true(camera.rotation[0][0] == 1 && camera.rotation[1][2] == 1 && camera.rotation[2][1] == -1);
    vt_camera_look_from(&camera, 1.5707963F, 0);
    assert_true(camera.rotation[2][0] > 0.999F);
    vt_camera_look_from(&camera, 0, 1.5707963F);
    assert_true(camera.rotation[2][2] > 0.999F && camera.rotation[1][1] > 0.999F);
}

/* What faces the viewer follows the pointer. */
static void test_turning_follows_the_pointer(void **state)
{
    (void)state;
    vt_camera camera = vt_camera_default();
    vt_camera_look_from(&camera, 0, 0);
    const float front[3] = {0, -1, 0};
    vt_camera_turn(&camera, 0.2F, 0);
    assert_true(dot(camera.rotation[0], front) > 0.19F);
    vt_camera_turn(&camera, -0.2F, 0.2F);
    assert_true(fabsf(dot(camera.rotation[0], front)) < 1e-5F);
    assert_true(dot(camera.rotation[1], front) < -0.19F);
}

static void test_stays_orthogonal(void **state)
{
    (void)state;
    vt_camera camera = vt_camera_default();
    for (int i = 0; i < 100000; i++) {
        vt_camera_turn(&camera, 0.01F, (float)(i % 7) * 0.003F);
    }
    assert_orthogonal(&camera);
}

static void test_zoom_keeps_the_point_under_the_pointer(void **state)
{
    (void)state;
    vt_camera camera = vt_camera_default();
    camera.pan[0] = 30;
    /* The model's point at 100 pixels: (100 - 30) / 1 units from its middle. */
    vt_camera_zoom_at(&camera, 2, 100, -50);
    assert_true(camera.zoom == 2);
    assert_true(fabsf((100 - camera.pan[0]) / 2 - 70) < 1e-4F);
    assert_true(fabsf((-50 - camera.pan[1]) / 2 + 50) < 1e-4F);
    vt_camera_zoom_at(&camera, 1e9F, 0, 0);
    assert_true(camera.zoom == VT_CAMERA_ZOOM_MAX);
    vt_camera_zoom_at(&camera, 0, 0, 0);
    assert_true(camera.zoom == VT_CAMERA_ZOOM_MIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_turning_follows_the_pointer),
        cmocka_unit_test(test_stays_orthogonal),
        cmocka_unit_test(test_zoom_keeps_the_point_under_the_pointer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
