#include "core/mesh/render_private.h"

#include <math.h>
#include <string.h>

/*
 * Half-space rasteriser (Pineda, "A parallel algorithm for polygon rasterization", 1988). Corners are rounded
 * to sixteenths of a sample and edges computed in integers, so triangles that share an edge leave no gap and
 * no sample out, however thin they are.
 */
#define SUBSAMPLE_BITS 4
#define SUBSAMPLES     (1 << SUBSAMPLE_BITS)
#define HALF_SAMPLE    (SUBSAMPLES / 2)
#define COORDINATE_MAX 33554432.0F /* samples; products of fixed-point differences then fit 64 bits */
#define SMALL_SIDE     24          /* samples; up to here 32 bits hold the edge functions */

typedef struct triangle {
    int32_t x[3]; /* fixed point; positively oriented */
    int32_t y[3];
    float depth[3];
    int32_t left, right, top, bottom; /* samples touched, inclusive */
    uint32_t number;
} triangle;

/* Depth over the triangle: a plane, kept within the corners' depths, since a sliver's slope is mostly
   rounding. Origin at the middle of sample (left, top). */
typedef struct depth_plane {
    float origin, per_column, per_row;
    float least, most;
} depth_plane;

static inline int32_t to_fixed(float samples)
{
    samples = samples < COORDINATE_MAX ? samples : COORDINATE_MAX;
    samples = samples > -COORDINATE_MAX ? samples : -COORDINATE_MAX;
    return (int32_t)lrintf(samples * SUBSAMPLES);
}

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
    for (int i = 0; i < 3; i++) {
        t->x[i] = to_fixed(corners[i * 3]);
        t->y[i] = to_fixed(corners[i * 3 + 1]);
    }
    t->top = max_int(sample_from(min_int(t->y[0], min_int(t->y[1], t->y[2]))), band->first_row);
    t->bottom =
        min_int(sample_to(max_int(t->y[0], max_int(t->y[1], t->y[2]))), band->first_row + band->rows - 1);
    t->left = max_int(sample_from(min_int(t->x[0], min_int(t->x[1], t->x[2]))), 0);
    t->right = min_int(sample_to(max_int(t->x[0], max_int(t->x[1], t->x[2]))), band->width - 1);
    if (t->top > t->bottom || t->left > t->right) {
        return false;
    }
    int64_t area = (int64_t)(t->x[1] - t->x[0]) * (t->y[2] - t->y[0]) -
                   (int64_t)(t->y[1] - t->y[0]) * (t->x[2] - t->x[0]);
    if (area == 0) {
        return false;
    }
    int second = area > 0 ? 1 : 2;
    t->depth[0] = corners[2];
    t->depth[second] = corners[5];
    t->depth[3 - second] = corners[8];
    if (second == 2) {
        int32_t x = t->x[1];
        int32_t y = t->y[1];
        t->x[1] = t->x[2];
        t->y[1] = t->y[2];
        t->x[2] = x;
        t->y[2] = y;
    }
    return true;
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
    plane.least = fminf(t->depth[0], fminf(t->depth[1], t->depth[2]));
    plane.most = fmaxf(t->depth[0], fmaxf(t->depth[1], t->depth[2]));
    return plane;
}

static inline void draw_sample(uint64_t *cell, float depth, const depth_plane *plane, uint32_t number)
{
    /* Comparisons written so that a slope that is no number gives a corner's depth, too. */
    depth = depth > plane->least ? depth : plane->least;
    depth = depth < plane->most ? depth : plane->most;
    uint32_t bits;
    memcpy(&bits, &depth, sizeof bits);
    uint64_t drawn = ((uint64_t)bits << 32) | number;
    if (drawn < *cell) {
        *cell = drawn;
    }
}

/* Samples exactly on an edge belong to the triangle on one side of it: its left or top one. */
static inline bool owns_edge(int32_t dx, int32_t dy)
{
    return dy < 0 || (dy == 0 && dx > 0);
}

/* Tests every sample of a small box. */
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
    depth_plane plane = make_plane(t);
    uint64_t *row = band->cells + (size_t)(t->top - band->first_row) * (size_t)band->width;
    for (int32_t y = t->top; y <= t->bottom; y++, row += band->width) {
        int32_t e0 = row_value[0];
        int32_t e1 = row_value[1];
        int32_t e2 = row_value[2];
        float row_depth = plane.origin + (float)(y - t->top) * plane.per_row;
        for (int32_t x = t->left; x <= t->right; x++) {
            if ((e0 | e1 | e2) >= 0) {
                draw_sample(&row[x], row_depth + (float)(x - t->left) * plane.per_column, &plane, t->number);
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

/* Computes each row's span of samples. */
static void draw_large(const triangle *t, const vt_render_band *band)
{
    depth_plane plane = make_plane(t);
    uint64_t *row = band->cells + (size_t)(t->top - band->first_row) * (size_t)band->width;
    for (int32_t y = t->top; y <= t->bottom; y++, row += band->width) {
        int64_t left = t->left;
        int64_t right = t->right;
        for (int edge = 0; edge < 3; edge++) {
            clip_to_edge(t, edge, y, &left, &right);
        }
        float row_depth = plane.origin + (float)(y - t->top) * plane.per_row;
        for (int32_t x = (int32_t)left; x <= right; x++) {
            draw_sample(&row[x], row_depth + (float)(x - t->left) * plane.per_column, &plane, t->number);
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
