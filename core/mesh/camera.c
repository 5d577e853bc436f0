#include "core/mesh/camera.h"

#include <math.h>
#include <string.h>

#define DEGREE (3.14159265F / 180)

vt_camera vt_camera_default(void)
{
    vt_camera camera = {
        .field_of_view = 22 * DEGREE,
        .zoom = 1,
        .fit = VT_CAMERA_FIT_SPHERE,
    };
    vt_camera_look_from(&camera, VT_CAMERA_AZIMUTH * DEGREE, VT_CAMERA_ELEVATION * DEGREE);
    return camera;
}

void vt_camera_look_from(vt_camera *camera, float azimuth, float elevation)
{
    float sin_a = sinf(azimuth);
    float cos_a = cosf(azimuth);
    float sin_e = sinf(elevation);
    float cos_e = cosf(elevation);
    const float rotation[3][3] = {
        {cos_a, sin_a, 0},
        {-sin_a * sin_e, cos_a * sin_e, cos_e},
        {sin_a * cos_e, -cos_a * cos_e, sin_e},
    };
    memcpy(camera->rotation, rotation, sizeof rotation);
}

static void normalise(float *vector)
{
    float length = sqrtf(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
    for (int axis = 0; axis < 3; axis++) {
        vector[axis] /= length;
    }
}

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* Takes out what rounding does over thousands of turns (Gram and Schmidt). */
static void make_orthogonal(float rotation[3][3])
{
    float *right = rotation[0];
    float *up = rotation[1];
    float *towards = rotation[2];
    normalise(towards);
    float lean = dot(right, towards);
    for (int axis = 0; axis < 3; axis++) {
        right[axis] -= lean * towards[axis];
    }
    normalise(right);
    up[0] = towards[1] * right[2] - towards[2] * right[1];
    up[1] = towards[2] * right[0] - towards[0] * right[2];
    up[2] = towards[0] * right[1] - towards[1] * right[0];
}

/* Rotates the axes `a` and `b` within their plane: b moves towards a. */
static void turn_plane(float a[3], float b[3], float angle)
{
    float sine = sinf(angle);
    float cosine = cosf(angle);
    for (int axis = 0; axis < 3; axis++) {
        float old_a = a[axis];
        float old_b = b[axis];
        a[axis] = cosine * old_a - sine * old_b;
        b[axis] = cosine * old_b + sine * old_a;
    }
}

void vt_camera_turn(vt_camera *camera, float right, float down)
{
    /* The model turns to the right when the camera moves to the left around it. */
    turn_plane(camera->rotation[0], camera->rotation[2], -right);
    turn_plane(camera->rotation[1], camera->rotation[2], down);
    make_orthogonal(camera->rotation);
}

void vt_camera_zoom_at(vt_camera *camera, float factor, float x, float y)
{
    float zoom = camera->zoom * factor;
    zoom = zoom > VT_CAMERA_ZOOM_MIN ? zoom : VT_CAMERA_ZOOM_MIN;
    zoom = zoom < VT_CAMERA_ZOOM_MAX ? zoom : VT_CAMERA_ZOOM_MAX;
    float real_factor = zoom / camera->zoom;
    camera->zoom = zoom;
    camera->pan[0] = x + (camera->pan[0] - x) * real_factor;
    camera->pan[1] = y + (camera->pan[1] - y) * real_factor;
}
