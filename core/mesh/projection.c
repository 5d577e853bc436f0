#include "core/mesh/projection.h"

#include <math.h>
#include <string.h>

#define TIGHT_MARGIN 0.03F /* of the shorter side, left free all around */
#define PAN_MAX      1e6F

static inline float clamp_share(float value)
{
    value = value > 0 ? value : 0;
    return value < 1 ? value : 1;
}

static float clamp_float(float value, float low, float high)
{
    value = value > low ? value : low;
    return value < high ? value : high;
}

void vt_projection_init(vt_projection *projection, const float low[3], const float high[3],
                        const vt_camera *camera)
{
    double square = 0;
    for (int axis = 0; axis < 3; axis++) {
        projection->middle[axis] = ((double)low[axis] + high[axis]) / 2;
        double half = ((double)high[axis] - low[axis]) / 2;
        square += half * half;
    }
    projection->scale = square > 0 ? 1 / sqrt(square) : 1;
    memcpy(projection->rotation, camera->rotation, sizeof camera->rotation);
    projection->distance = 0;
    if (camera->field_of_view > 0) {
        float angle = camera->field_of_view < 2 ? camera->field_of_view : 2;
        /* Narrower than this is as good as parallel, and its depths would be rounded away. */
        angle = angle > 0.02F ? angle : 0.02F;
        projection->distance = 1 / sinf(angle / 2);
        projection->near_inverse = 1 / (projection->distance - 1);
        projection->depth_scale = 1 / (projection->near_inverse - 1 / (projection->distance + 1));
    }
}

void vt_projection_to_camera(const vt_projection *projection, const float position[3], float camera[3])
{
    float unit[3];
    for (int axis = 0; axis < 3; axis++) {
        unit[axis] = (float)((position[axis] - projection->middle[axis]) * projection->scale);
    }
    for (int axis = 0; axis < 3; axis++) {
        const float *to = projection->rotation[axis];
        camera[axis] = to[0] * unit[0] + to[1] * unit[1] + to[2] * unit[2];
    }
}

void vt_projection_apply(const vt_projection *projection, const float position[3], float projected[3])
{
    float camera[3];
    vt_projection_to_camera(projection, position, camera);
    float depth;
    if (projection->distance > 0) {
        float inverse = 1 / (projection->distance - camera[2]);
        /* The sphere's outline, seen from `distance`, is at 1. */
        float enlarge = sqrtf(projection->distance * projection->distance - 1) * inverse;
        projected[0] = camera[0] * enlarge;
        projected[1] = -camera[1] * enlarge;
        depth = (projection->near_inverse - inverse) * projection->depth_scale;
    } else {
        projected[0] = camera[0];
        projected[1] = -camera[1];
        depth = 0.5F - 0.5F * camera[2];
    }
    projected[2] = clamp_share(depth);
}

/* vt_projection_apply for many: the same operations in the same order. */
static void apply_batch(const vt_projection *projection, vt_point_batch *batch, size_t count)
{
    const vt_projection p = *projection;
    const float outline = p.distance > 0 ? sqrtf(p.distance * p.distance - 1) : 1;
    for (size_t i = 0; i < count; i++) {
        float x = (float)((batch->x[i] - p.middle[0]) * p.scale);
        float y = (float)((batch->y[i] - p.middle[1]) * p.scale);
        float z = (float)((batch->depth[i] - p.middle[2]) * p.scale);
        batch->x[i] = p.rotation[0][0] * x + p.rotation[0][1] * y + p.rotation[0][2] * z;
        batch->y[i] = -(p.rotation[1][0] * x + p.rotation[1][1] * y + p.rotation[1][2] * z);
        batch->depth[i] = p.rotation[2][0] * x + p.rotation[2][1] * y + p.rotation[2][2] * z;
    }
    for (size_t i = 0; i < count && p.distance > 0; i++) {
        float inverse = 1 / (p.distance - batch->depth[i]);
        float enlarge = outline * inverse;
        batch->x[i] *= enlarge;
        batch->y[i] *= enlarge;
        batch->depth[i] = (p.near_inverse - inverse) * p.depth_scale;
    }
    for (size_t i = 0; i < count && p.distance <= 0; i++) {
        batch->depth[i] = 0.5F - 0.5F * batch->depth[i];
    }
    for (size_t i = 0; i < count; i++) {
        batch->depth[i] = clamp_share(batch->depth[i]);
    }
}

/* Takes `count` positions, [count][3]. */
static inline void fill_batch(vt_point_batch *batch, const float *positions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        batch->x[i] = positions[i * 3];
        batch->y[i] = positions[i * 3 + 1];
        batch->depth[i] = positions[i * 3 + 2];
    }
}

static inline void write_batch(const vt_point_batch *batch, size_t count, float *points)
{
    for (size_t i = 0; i < count; i++) {
        points[i * 3] = batch->x[i];
        points[i * 3 + 1] = batch->y[i];
        points[i * 3 + 2] = batch->depth[i];
    }
}

void vt_projection_apply_all(const vt_projection *projection, const float *positions, uint64_t count,
                             float *points)
{
    vt_point_batch batch;
    for (uint64_t first = 0; first < count; first += VT_POINT_BATCH) {
        size_t now = count - first < VT_POINT_BATCH ? (size_t)(count - first) : VT_POINT_BATCH;
        fill_batch(&batch, &positions[first * 3], now);
        apply_batch(projection, &batch, now);
        write_batch(&batch, now, &points[first * 3]);
    }
}

vt_outline vt_outline_empty(void)
{
    return (vt_outline){{INFINITY, INFINITY, -INFINITY, -INFINITY}};
}

static inline void widen(vt_outline *outline, int axis, float value)
{
    float *sides = outline->sides;
    sides[axis] = value < sides[axis] ? value : sides[axis];
    sides[axis + 2] = value > sides[axis + 2] ? value : sides[axis + 2];
}

void vt_outline_add(vt_outline *outline, const float *point)
{
    widen(outline, 0, point[0]);
    widen(outline, 1, point[1]);
}

void vt_outline_add_positions(vt_outline *outline, const vt_projection *projection, const float *positions,
                              size_t count)
{
    vt_point_batch batch;
    for (size_t first = 0; first < count; first += VT_POINT_BATCH) {
        size_t now = count - first < VT_POINT_BATCH ? count - first : VT_POINT_BATCH;
        fill_batch(&batch, &positions[first * 3], now);
        apply_batch(projection, &batch, now);
        for (size_t i = 0; i < now; i++) {
            widen(outline, 0, batch.x[i]);
            widen(outline, 1, batch.y[i]);
        }
    }
}

void vt_projection_fit(vt_projection *projection, const vt_outline *outline, const vt_camera *camera,
                       const vt_render_target *target)
{
    float samples = (float)target->samples;
    float width = (float)target->width * samples;
    float height = (float)target->height * samples;
    float shorter = width < height ? width : height;
    float middle[2] = {0, 0};
    float per_unit = shorter / 2;
    if (outline && outline->sides[0] <= outline->sides[2]) {
        const float *sides = outline->sides;
        float margin = 2 * TIGHT_MARGIN * shorter;
        float across = fmaxf(sides[2] - sides[0], 1e-3F);
        float down = fmaxf(sides[3] - sides[1], 1e-3F);
        per_unit = fminf((width - margin) / across, (height - margin) / down);
        middle[0] = (sides[0] + sides[2]) / 2;
        middle[1] = (sides[1] + sides[3]) / 2;
    }
    per_unit *= clamp_float(camera->zoom, VT_CAMERA_ZOOM_MIN, VT_CAMERA_ZOOM_MAX);
    projection->samples_per_unit = per_unit;
    for (int axis = 0; axis < 2; axis++) {
        float pan = clamp_float(camera->pan[axis], -PAN_MAX, PAN_MAX) * samples;
        projection->offset[axis] = (axis == 0 ? width : height) / 2 + pan - middle[axis] * per_unit;
    }
}

/* From projected units to what the rasteriser takes. Adding a half and cutting off rounds to the nearest
   above zero; the few vertices left of or above the picture may be off by one step, for all their triangles
   alike. */
static inline float placed(const vt_projection *projection, int axis, float value)
{
    float at = value * projection->samples_per_unit + projection->offset[axis];
    at = at * VT_RENDER_SUBSAMPLES + 0.5F;
    at = at < VT_RENDER_COORDINATE_MAX ? at : VT_RENDER_COORDINATE_MAX;
    at = at > -VT_RENDER_COORDINATE_MAX ? at : -VT_RENDER_COORDINATE_MAX;
    return (float)(int32_t)at;
}

static inline void place(const vt_projection *projection, float *point)
{
    for (int axis = 0; axis < 2; axis++) {
        point[axis] = placed(projection, axis, point[axis]);
    }
}

void vt_projection_place_points(const vt_projection *projection, vt_point_batch *batch, size_t count)
{
    apply_batch(projection, batch, count);
    for (size_t i = 0; i < count; i++) {
        batch->x[i] = placed(projection, 0, batch->x[i]);
        batch->y[i] = placed(projection, 1, batch->y[i]);
    }
}

void vt_projection_place_batch(const vt_projection *projection, vt_point_batch *batch, size_t count,
                               float *corners)
{
    vt_projection_place_points(projection, batch, count);
    write_batch(batch, count, corners);
}

void vt_projection_place_all(const vt_projection *projection, float *points, uint64_t count, float low[2],
                             float high[2])
{
    for (int axis = 0; axis < 2; axis++) {
        low[axis] = VT_RENDER_COORDINATE_MAX;
        high[axis] = -VT_RENDER_COORDINATE_MAX;
    }
    for (uint64_t i = 0; i < count; i++) {
        float *point = &points[i * 3];
        place(projection, point);
        for (int axis = 0; axis < 2; axis++) {
            low[axis] = point[axis] < low[axis] ? point[axis] : low[axis];
            high[axis] = point[axis] > high[axis] ? point[axis] : high[axis];
        }
    }
}
