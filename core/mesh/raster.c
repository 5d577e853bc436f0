#include "core/mesh/render_private.h"

#include <string.h>

/*
 * Half-space rasteriser (Pineda, "A parallel algorithm for polygon rasterization", 1988). Corners are rounded
 * to sixteenths of a sample and edges computed in integers, so triangles that share an edge leave no gap and
 * no sample out, however thin they are.
 */
#define SUBSAMPLE_BITS VT_RENDER_SUBSAMPLE_BITS
#define SUBSAMPLES     VT_RENDER_SUBSAMPLES
#define HALF_SAMPLE    (1 << (SUBSAMPLE_BITS - 1))
#define SMALL_SIDE     24 /* samples; up to here 32 bits hold the edge functions */

typedef struct triangle {
    int32_t x[3]; /* fixed point; positively oriented */
    int32_t y[3];
    float depth[3];
    int64_t area;                     /* twice the area, positive */
    int32_t left, right, top, bottom; /* samples touched, inclusive */
    uint32_t number;
} triangle;

/* Depth over the triangle: a plane, kept within the corners' depths, since a sliver's slope is mostly
   rounding. Origin at the middle of sample (left, top). */
typedef struct depth_plane {
    float origin, per_column, per_row;
    float least, most;
} depth_plane;

static inline int32_t min_int(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static inline int32_t max_int(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* First sample whose middle is not before the fixed-point coordinate. */
static inline int32_t sample_from(int32_t fixed)
{
    return (fixed + (SUBSAMPLES - HALF_SAMPLE - 1)) >> SUBSAMPLE_BITS;
}

/* Last sample whose middle is not behind it. */
static inline int32_t sample_to(int32_t fixed)
{
    return (fixed - HALF_SAMPLE) >> SUBSAMPLE_BITS;
}

/* False if the triangle touches no sample of the band or has no area. */
static inline bool set_up(triangle *t, const float corners[9], const vt_render_band *band)
{
    int32_t x[3];
    int32_t y[3];
    for (int i = 0; i < 3; i++) {
        x[i] = (int32_t)corners[i * 3];
        y[i] = (int32_t)corners[i * 3 + 1];
    }
    t->top = max_int(sample_from(min_int(y[0], min_int(y[1], y[2]))), band->first_row);
    t->bottom = min_int(sample_to(max_int(y[0], max_int(y[1], y[2]))), band->first_row + band->rows - 1);
    t->left = max_int(sample_from(min_int(x[0], min_int(x[1], x[2]))), 0);
    t->right = min_int(sample_to(max_int(x[0], max_int(x[1], x[2]))), band->width - 1);
    if (t->top > t->bottom || t->left > t->right) {
        return false;
    }
    int64_t area = (int64_t)(x[1] - x[0]) * (y[2] - y[0]) - (int64_t)(y[1] - y[0]) * (x[2] - x[0]);
    if (area == 0) {
        return false;
    }
    int second = area > 0 ? 1 : 2;
    int third = 3 - second;
    for (int i = 0; i < 3; i++) {
        int from = i == 0 ? 0 : (i == 1 ? second : third);
        t->x[i] = x[from];
        t->y[i] = y[from];
        t->depth[i] = corners[from * 3 + 2];
    }
    t->area = area > 0 ? area : -area;
    return true;
}

static inline float min_float(float a, float b)
{
    return a < b ? a : b;
}

static inline float max_float(float a, float b)
{
    return a > b ? a : b;
}

static inline depth_plane make_plane(const triangle *t)
{
    float ux = (float)(t->x[1] - t->x[0]) / SUBSAMPLES;
    float uy = (float)(t->y[1] - t->y[0]) / SUBSAMPLES;
    float vx = (float)(t->x[2] - t->x[0]) / SUBSAMPLES;
    float vy = (float)(t->y[2] - t->y[0]) / SUBSAMPLES;
    float ud = t->depth[1] - t->depth[0];
    float vd = t->depth[2] - t->depth[0];
    float inverse = 1 / (ux * vy - uy * vx);
    depth_plane plane;
    plane.per_column = (ud * vy - vd * uy) * inverse;
    plane.per_row = (vd * ux - ud * vx) * inverse;
    float x = (float)((t->left << SUBSAMPLE_BITS) + HALF_SAMPLE - t->x[0]) / SUBSAMPLES;
    float y = (float)((t->top << SUBSAMPLE_BITS) + HALF_SAMPLE - t->y[0]) / SUBSAMPLES;
    plane.origin = t->depth[0] + x * plane.per_column + y * plane.per_row;
    plane.least = min_float(t->depth[0], min_float(t->depth[1], t->depth[2]));
    plane.most = max_float(t->depth[0], max_float(t->depth[1], t->depth[2]));
    return plane;
}

/* Written so that a slope that is no number gives a corner's depth, too. */
static inline float depth_at(const depth_plane *plane, float row_depth, int32_t columns)
{
    float depth = max_float(row_depth + (float)columns * plane->per_column, plane->least);
    return min_float(depth, plane->most);
}

/* Samples exactly on an edge belong to the triangle on one side of it: its left or top one. */
static inline bool owns_edge(int32_t dx, int32_t dy)
{
    return dy < 0 || (dy == 0 && dx > 0);
}

/* Tests every sample of a small box. The edge functions there are also the shares of the corners, which give
   the depth. */
static void draw_small(const triangle *t, const vt_render_band *band)
{
    int32_t row_value[3];
    int32_t step_x[3];
    int32_t step_y[3];
    int32_t px = (t->left << SUBSAMPLE_BITS) + HALF_SAMPLE;
    int32_t py = (t->top << SUBSAMPLE_BITS) + HALF_SAMPLE;
    for (int from = 0; from < 3; from++) {
        int to = from == 2 ? 0 : from + 1;
        int32_t dx = t->x[to] - t->x[from];
        int32_t dy = t->y[to] - t->y[from];
        row_value[from] = dx * (py - t->y[from]) - dy * (px - t->x[from]) - !owns_edge(dx, dy);
        step_x[from] = -dy * SUBSAMPLES;
        step_y[from] = dx * SUBSAMPLES;
    }
    float share = 1 / (float)t->area;
    float one = (t->depth[1] - t->depth[0]) * share;
    float two = (t->depth[2] - t->depth[0]) * share;
    size_t first = (size_t)(t->top - band->first_row) * (size_t)band->width;
    float *depths = band->depths + first;
    uint32_t *numbers = band->numbers + first;
    for (int32_t y = t->top; y <= t->bottom; y++, depths += band->width, numbers += band->width) {
        int32_t e0 = row_value[0];
        int32_t e1 = row_value[1];
        int32_t e2 = row_value[2];
        bool inside = false;
        for (int32_t x = t->left; x <= t->right; x++) {
            if ((e0 | e1 | e2) >= 0) {
                float depth = t->depth[0] + (float)e2 * one + (float)e0 * two;
                if (depth < depths[x]) {
                    depths[x] = depth;
                    numbers[x] = t->number;
                }
                inside = true;
            } else if (inside) {
                break;
            }
            e0 += step_x[0];
            e1 += step_x[1];
            e2 += step_x[2];
        }
        row_value[0] += step_y[0];
        row_value[1] += step_y[1];
        row_value[2] += step_y[2];
    }
}

static inline int64_t floor_divide(int64_t a, int64_t positive)
{
    return a >= 0 ? a / positive : -((-a + positive - 1) / positive);
}

/* Narrows [*left, *right] to the samples of row `y` on the inner side of the edge. */
static void clip_to_edge(const triangle *t, int from, int32_t y, int64_t *left, int64_t *right)
{
    int to = from == 2 ? 0 : from + 1;
    int64_t dx = (int64_t)t->x[to] - t->x[from];
    int64_t dy = (int64_t)t->y[to] - t->y[from];
    int64_t py = ((int64_t)y << SUBSAMPLE_BITS) + HALF_SAMPLE - t->y[from];
    bool owned = dy < 0 || (dy == 0 && dx > 0);
    /* Value at sample 0; a sample at x is inside if value - dy * SUBSAMPLES * x >= 0. */
    int64_t value = dx * py - dy * ((int64_t)HALF_SAMPLE - t->x[from]) - !owned;
    int64_t step = dy * SUBSAMPLES;
    if (step > 0) {
        int64_t last = floor_divide(value, step);
        *right = last < *right ? last : *right;
    } else if (step < 0) {
        int64_t first = -floor_divide(value, -step);
        *left = first > *left ? first : *left;
    } else if (value < 0) {
        *right = *left - 1;
    }
}

/* Draws `count` samples of a row, which begin `column` samples behind the plane's origin; four at a time,
   without branches. */
static void draw_span(const depth_plane *plane, float row_depth, int32_t column, float *depths,
                      uint32_t *numbers, size_t count, uint32_t number)
{
    typedef float four_floats __attribute__((vector_size(16)));
    typedef int32_t four_ints __attribute__((vector_size(16)));
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        four_floats depth;
        four_floats old_depth;
        four_ints old_number;
        for (int lane = 0; lane < 4; lane++) {
            /* cppcheck-suppress uninitvar ; lanes are set one by one */
            depth[lane] = depth_at(plane, row_depth, column + (int32_t)i + lane);
        }
        memcpy(&old_depth, depths + i, sizeof old_depth);
        memcpy(&old_number, numbers + i, sizeof old_number);
        four_ints nearer = depth < old_depth;
        four_ints new_depth = (nearer & (four_ints)depth) | (~nearer & (four_ints)old_depth);
        four_ints new_number = (nearer & (int32_t)number) | (~nearer & old_number);
        memcpy(depths + i, &new_depth, sizeof new_depth);
        memcpy(numbers + i, &new_number, sizeof new_number);
    }
    for (; i < count; i++) {
        float depth = depth_at(plane, row_depth, column + (int32_t)i);
        if (depth < depths[i]) {
            depths[i] = depth;
            numbers[i] = number;
        }
    }
}

/* Computes each row's span of samples. */
static void draw_large(const triangle *t, const vt_render_band *band)
{
    depth_plane plane = make_plane(t);
    size_t first = (size_t)(t->top - band->first_row) * (size_t)band->width;
    float *depths = band->depths + first;
    uint32_t *numbers = band->numbers + first;
    for (int32_t y = t->top; y <= t->bottom; y++, depths += band->width, numbers += band->width) {
        int64_t left = t->left;
        int64_t right = t->right;
        for (int edge = 0; edge < 3; edge++) {
            clip_to_edge(t, edge, y, &left, &right);
        }
        float row_depth = plane.origin + (float)(y - t->top) * plane.per_row;
        if (left <= right) {
            draw_span(&plane, row_depth, (int32_t)left - t->left, depths + left, numbers + left,
                      (size_t)(right - left + 1), t->number);
        }
    }
}

void vt_raster_draw(const vt_render_band *band, const float *corners, uint32_t first, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        triangle t;
        if (!set_up(&t, &corners[i * 9], band)) {
            continue;
        }
        t.number = first + (uint32_t)i;
        int32_t across = max_int(t.x[0], max_int(t.x[1], t.x[2])) - min_int(t.x[0], min_int(t.x[1], t.x[2]));
        int32_t down = max_int(t.y[0], max_int(t.y[1], t.y[2])) - min_int(t.y[0], min_int(t.y[1], t.y[2]));
        if (across <= SMALL_SIDE * SUBSAMPLES && down <= SMALL_SIDE * SUBSAMPLES) {
            draw_small(&t, band);
        } else {
            draw_large(&t, band);
        }
    }
}
