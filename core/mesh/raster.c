#include "core/mesh/render_private.h"

#include <string.h>
#ifdef __SSE2__
#include <xmmintrin.h>
#endif

/*
 * Half-space rasteriser (Pineda, "A parallel algorithm for polygon rasterization", 1988). Corners are rounded
 * to sixteenths of a sample and edges computed in integers, so triangles that share an edge leave no gap and
 * no sample out, however thin they are.
 */
#define SUBSAMPLE_BITS VT_RENDER_SUBSAMPLE_BITS
#define SUBSAMPLES     VT_RENDER_SUBSAMPLES
#define HALF_SAMPLE    (1 << (SUBSAMPLE_BITS - 1))
#define SMALL_SIDE     40 /* samples; up to here 32 bits hold the edge functions */

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

/* In the picture y runs down, so that of a triangle seen from its front is negative. */
static inline int64_t twice_area(int32_t x0, int32_t y0, int32_t x1, int32_t y1, int32_t x2, int32_t y2)
{
    return (int64_t)(x1 - x0) * (y2 - y0) - (int64_t)(y1 - y0) * (x2 - x0);
}

static inline bool is_drawn(int64_t area, const vt_render_band *band)
{
    return area < 0 || (area > 0 && !band->hide_backs);
}

/* False if the triangle touches no sample of the band, has no area, or is hidden as a back. */
static inline bool set_up(triangle *t, const float corners[9], const vt_render_band *band)
{
    int32_t x[3];
    int32_t y[3];
    for (int i = 0; i < 3; i++) {
        x[i] = (int32_t)corners[i * 3];
        y[i] = (int32_t)corners[i * 3 + 1];
    }
    int64_t area = twice_area(x[0], y[0], x[1], y[1], x[2], y[2]);
    if (!is_drawn(area, band)) {
        return false;
    }
    t->top = max_int(sample_from(min_int(y[0], min_int(y[1], y[2]))), band->first_row);
    t->bottom = min_int(sample_to(max_int(y[0], max_int(y[1], y[2]))), band->first_row + band->rows - 1);
    t->left = max_int(sample_from(min_int(x[0], min_int(x[1], x[2]))), 0);
    t->right = min_int(sample_to(max_int(x[0], max_int(x[1], x[2]))), band->width - 1);
    if (t->top > t->bottom || t->left > t->right) {
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

typedef float four_floats __attribute__((vector_size(16)));
typedef int32_t four_ints __attribute__((vector_size(16)));

/* True if some lane is not negative. */
static inline bool is_any_inside(four_ints outside)
{
#ifdef __SSE2__
    return _mm_movemask_ps((__m128)outside) != 15;
#else
    return (outside[0] & outside[1] & outside[2] & outside[3]) >= 0;
#endif
}

/* Draws the lanes that are not `outside` (negative) where they are nearer than what is there. */
static inline void draw_four(four_floats depth, four_ints outside, uint32_t number, float *depths,
                             uint32_t *numbers)
{
    four_floats old_depth;
    four_ints old_number;
    memcpy(&old_depth, depths, sizeof old_depth);
    memcpy(&old_number, numbers, sizeof old_number);
    four_ints drawn = (depth < old_depth) & (outside >= 0);
    four_ints new_depth = (drawn & (four_ints)depth) | (~drawn & (four_ints)old_depth);
    four_ints new_number = (drawn & (int32_t)number) | (~drawn & old_number);
    memcpy(depths, &new_depth, sizeof new_depth);
    memcpy(numbers, &new_number, sizeof new_number);
}

/* One edge function over a small box: its value at the first sample of a row, and its steps. */
typedef struct small_edge {
    int32_t row_value, step_x, step_y;
    four_ints lanes; /* what it adds for each of four neighbours */
} small_edge;

static inline small_edge make_small_edge(const triangle *t, int from)
{
    int to = from == 2 ? 0 : from + 1;
    int32_t dx = t->x[to] - t->x[from];
    int32_t dy = t->y[to] - t->y[from];
    int32_t px = (t->left << SUBSAMPLE_BITS) + HALF_SAMPLE;
    int32_t py = (t->top << SUBSAMPLE_BITS) + HALF_SAMPLE;
    int32_t step = -dy * SUBSAMPLES;
    return (small_edge){
        .row_value = dx * (py - t->y[from]) - dy * (px - t->x[from]) - !owns_edge(dx, dy),
        .step_x = step,
        .step_y = dx * SUBSAMPLES,
        .lanes = {0, step, 2 * step, 3 * step},
    };
}

/* Tests every sample of a small box, four at a time; the buffers are long enough for three beyond the last.
   The edge functions there are also the shares of the corners, which give the depth. */
static void draw_small(const triangle *t, const vt_render_band *band)
{
    small_edge edges[3] = {make_small_edge(t, 0), make_small_edge(t, 1), make_small_edge(t, 2)};
    float share = 1 / (float)t->area;
    float one = (t->depth[1] - t->depth[0]) * share;
    float two = (t->depth[2] - t->depth[0]) * share;
    size_t first = (size_t)(t->top - band->first_row) * (size_t)band->width;
    float *depths = band->depths + first;
    uint32_t *numbers = band->numbers + first;
    for (int32_t y = t->top; y <= t->bottom; y++, depths += band->width, numbers += band->width) {
        four_ints e0 = edges[0].row_value + edges[0].lanes;
        four_ints e1 = edges[1].row_value + edges[1].lanes;
        four_ints e2 = edges[2].row_value + edges[2].lanes;
        four_ints left_in_row = (t->right - t->left) - (four_ints){0, 1, 2, 3};
        bool inside = false;
        for (int32_t x = t->left; x <= t->right; x += 4) {
            four_ints outside = e0 | e1 | e2 | left_in_row;
            if (is_any_inside(outside)) {
                four_floats depth = t->depth[0] + __builtin_convertvector(e2, four_floats) * one +
                                    __builtin_convertvector(e0, four_floats) * two;
                draw_four(depth, outside, t->number, depths + x, numbers + x);
                inside = true;
            } else if (inside) {
                break;
            }
            e0 += 4 * edges[0].step_x;
            e1 += 4 * edges[1].step_x;
            e2 += 4 * edges[2].step_x;
            left_in_row -= 4;
        }
        for (int edge = 0; edge < 3; edge++) {
            edges[edge].row_value += edges[edge].step_y;
        }
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
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        four_floats depth;
        for (int lane = 0; lane < 4; lane++) {
            /* cppcheck-suppress uninitvar ; lanes are set one by one */
            depth[lane] = depth_at(plane, row_depth, column + (int32_t)i + lane);
        }
        draw_four(depth, (four_ints){0, 0, 0, 0}, number, depths + i, numbers + i);
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

/* Whether the samples between the coordinates of three corners are none, or beyond the band's. Without a
   branch: the compiler then looks at four triangles at once. */
static inline int32_t misses(float a, float b, float c, int32_t first, int32_t end)
{
    int32_t from = sample_from((int32_t)min_float(a, min_float(b, c)));
    int32_t to = sample_to((int32_t)max_float(a, max_float(b, c)));
    return (from > to) | (from >= end) | (to < first);
}

size_t vt_raster_choose(const vt_render_band *band, const vt_point_batch *points, size_t count,
                        uint16_t *chosen)
{
    int32_t missed[VT_POINT_BATCH / 3];
    const float *x = points->x;
    const float *y = points->y;
    int32_t first_row = band->first_row;
    int32_t end_row = first_row + band->rows;
    int32_t width = band->width;
    for (size_t i = 0; i < count; i++) {
        missed[i] = misses(x[i], x[count + i], x[2 * count + i], 0, width) |
                    misses(y[i], y[count + i], y[2 * count + i], first_row, end_row);
    }
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        chosen[found] = (uint16_t)i;
        found += !missed[i];
    }
    size_t kept = 0;
    for (size_t i = 0; i < found; i++) {
        const float *cx = x + chosen[i];
        const float *cy = y + chosen[i];
        int64_t area = twice_area((int32_t)cx[0], (int32_t)cy[0], (int32_t)cx[count], (int32_t)cy[count],
                                  (int32_t)cx[2 * count], (int32_t)cy[2 * count]);
        chosen[kept] = chosen[i];
        kept += is_drawn(area, band);
    }
    return kept;
}
