/*
 * Lines over a picture: edges, the box around a model, its axes. One pixel and a half wide, smooth at their
 * sides (each step along a line shares its colour between the pixels it touches), and tested against the
 * depths of the band.
 */
#include "core/mesh/render_private.h"

#include <math.h>

/* A line lies in the faces that share it: it is seen if it is no farther than this behind what is drawn.
   Depth runs from 0 to 1 across the bounding sphere. */
static const float depth_slack = 0.004F;
static const float hidden_share = 0.16F; /* of a box's edge that lies behind the model */
static const float half_width = 0.75F;   /* pixels */

/* sRGB and how much covers what is below. */
typedef struct ink {
    uint8_t red, green, blue;
    float alpha;
} ink;

static const ink edge_ink = {18, 22, 28, 0.62F};
/* Seen on light and on dark grounds alike. */
static const ink wire_ink = {58, 128, 208, 0.85F};
static const ink box_ink = {214, 120, 28, 0.95F};

/* Where lines go: pixel rows, and the depths there. */
typedef struct paper {
    const vt_render_target *target;
    const vt_render_band *band; /* NULL: nothing hides anything */
    int32_t first_row, end_row;
    float hidden; /* what is left of an ink where the line is hidden */
    bool quick;   /* one pixel wide and jagged; then a hidden line is left out */
} paper;

static paper paper_of(const vt_render_target *target, const vt_render_band *band, float hidden)
{
    paper paper = {target, band, 0, (int32_t)target->height, hidden, false};
    if (band) {
        paper.first_row = band->first_row / (int32_t)target->samples;
        paper.end_row = paper.first_row + band->rows / (int32_t)target->samples;
    }
    return paper;
}

static inline void blend(uint8_t *pixel, const ink *ink, float alpha)
{
    float rest = 1 - alpha;
    pixel[0] = (uint8_t)((float)ink->blue * alpha + (float)pixel[0] * rest + 0.5F);
    pixel[1] = (uint8_t)((float)ink->green * alpha + (float)pixel[1] * rest + 0.5F);
    pixel[2] = (uint8_t)((float)ink->red * alpha + (float)pixel[2] * rest + 0.5F);
    pixel[3] = (uint8_t)(255 * alpha + (float)pixel[3] * rest + 0.5F);
}

static inline void put(const paper *paper, int32_t x, int32_t y, float depth, const ink *ink, float alpha)
{
    const vt_render_target *target = paper->target;
    if (x < 0 || x >= (int32_t)target->width || y < paper->first_row || y >= paper->end_row) {
        return;
    }
    if (paper->band) {
        int32_t samples = (int32_t)target->samples;
        int32_t row = y * samples + samples / 2 - paper->band->first_row;
        float nearest =
            paper->band
                ->depths[(size_t)row * (size_t)paper->band->width + (size_t)(x * samples + samples / 2)];
        if (depth > nearest + depth_slack) {
            alpha *= paper->hidden;
        }
    }
    if (alpha > 0.004F) {
        blend(target->pixels + (size_t)y * target->stride + (size_t)x * 4, ink, alpha < 1 ? alpha : 1);
    }
}

/* Narrows the part [*from, *to] of a line to where its coordinate lies within [low, high]. */
static bool clip(float start, float step, float low, float high, float *from, float *to)
{
    if (step == 0) {
        return start >= low && start <= high;
    }
    float one = (low - start) / step;
    float two = (high - start) / step;
    *from = fmaxf(*from, fminf(one, two));
    *to = fminf(*to, fmaxf(one, two));
    return *from <= *to;
}

/* The whole number below; coordinates within a picture fit. floorf() is a call on most processors. */
static inline int32_t floor_of(float value)
{
    int32_t whole = (int32_t)value;
    return whole - (value < (float)whole);
}

/* One pixel wide and jagged, as a line is while the model turns: whole numbers only, and nothing is asked of
   a pixel that its line has been clipped to. `from` and `to` are parts of the line that lie on the paper. */
static void draw_quick(const paper *paper, const float a[3], const float b[3], bool steep, float from,
                       float to, float length, const ink *ink, float alpha)
{
    enum { FRACTION = 16, ONE = 1 << FRACTION };
    const vt_render_target *target = paper->target;
    int32_t cover = (int32_t)(alpha * 256);
    int32_t low[2] = {0, paper->first_row};
    int32_t high[2] = {(int32_t)target->width - 1, paper->end_row - 1};
    int along = steep ? 1 : 0;
    int across = 1 - along;
    float reach = b[along] - a[along];
    int32_t step = reach < 0 ? -1 : 1;
    float per_step = length > 0 ? 1 / length : 0; /* of the line */
    int32_t at = floor_of(a[along] + reach * from);
    int32_t count = (int32_t)((to - from) * length) + 1;
    int32_t beside = (int32_t)((a[across] + (b[across] - a[across]) * from) * ONE);
    int32_t slope = (int32_t)((b[across] - a[across]) * per_step * ONE);
    float depth = a[2] + (b[2] - a[2]) * from - depth_slack;
    float deeper = (b[2] - a[2]) * per_step;
    ptrdiff_t width = paper->band ? paper->band->width : 0;
    const float *depths = paper->band ? paper->band->depths : NULL;
    const int32_t inked[3] = {ink->blue * cover, ink->green * cover, ink->red * cover};
    for (int32_t i = 0; i < count; i++, at += step, beside += slope) {
        int32_t place[2];
        place[along] = at;
        place[across] = beside >> FRACTION;
        if (place[0] < low[0] || place[0] > high[0] || place[1] < low[1] || place[1] > high[1]) {
            continue;
        }
        ptrdiff_t sample = (place[1] - paper->first_row) * width + place[0];
        if (depths && depth + deeper * (float)i > depths[sample]) {
            continue;
        }
        uint8_t *pixel = target->pixels + (size_t)place[1] * target->stride + (size_t)place[0] * 4;
        for (int channel = 0; channel < 3; channel++) {
            pixel[channel] = (uint8_t)((inked[channel] + pixel[channel] * (256 - cover) + 128) >> 8);
        }
        pixel[3] = (uint8_t)((255 * cover + pixel[3] * (256 - cover) + 128) >> 8);
    }
}

static inline bool lies_on(const paper *paper, const float point[3])
{
    return point[0] >= 0 && point[0] < (float)paper->target->width && point[1] >= (float)paper->first_row &&
           point[1] < (float)paper->end_row;
}

/* From a to b: x and y in pixels, depth. */
static void draw_line(const paper *paper, const float a[3], const float b[3], const ink *ink, float alpha)
{
    float dx = b[0] - a[0];
    float dy = b[1] - a[1];
    bool steep = fabsf(dy) > fabsf(dx);
    float length = steep ? fabsf(dy) : fabsf(dx);
    float from = 0;
    float to = 1;
    if (!(lies_on(paper, a) && lies_on(paper, b)) &&
        (!isfinite(length) || !clip(a[0], dx, -1, (float)paper->target->width, &from, &to) ||
         !clip(a[1], dy, (float)paper->first_row - 1, (float)paper->end_row, &from, &to))) {
        return;
    }
    if (paper->quick) {
        draw_quick(paper, a, b, steep, from, to, length, ink, alpha);
        return;
    }
    float step = length > 1 ? 1 / length : 1;
    int32_t count = (int32_t)((to - from) * length) + 1;
    for (int32_t i = 0; i < count; i++) {
        float at = from + (float)i * step;
        float x = a[0] + dx * at;
        float y = a[1] + dy * at;
        float depth = a[2] + (b[2] - a[2]) * at;
        float across = steep ? x : y; /* the pixels beside each other share the ink */
        int32_t along = floor_of(steep ? y : x);
        int32_t first = floor_of(across - half_width);
        for (int32_t side = first; side <= first + 2; side++) {
            float covered =
                fminf((float)side + 1, across + half_width) - fmaxf((float)side, across - half_width);
            if (covered > 0) {
                put(paper, steep ? side : along, steep ? along : side, depth, ink,
                    alpha * (covered < 1 ? covered : 1));
            }
        }
    }
}

/* ---- edges ---- */

static void place(const vt_projection *projection, const float position[3], float samples, float placed[3])
{
    float projected[3];
    vt_projection_apply(projection, position, projected);
    for (int axis = 0; axis < 2; axis++) {
        placed[axis] = (projected[axis] * projection->samples_per_unit + projection->offset[axis]) / samples;
    }
    placed[2] = projected[2];
}

static void corner_of(const vt_projection *projection, const vt_mesh *mesh, const float *points,
                      uint32_t vertex, float samples, float placed[3])
{
    if (points) {
        const float *from = &points[(uint64_t)vertex * 3];
        placed[0] = from[0] / (VT_RENDER_SUBSAMPLES * samples);
        placed[1] = from[1] / (VT_RENDER_SUBSAMPLES * samples);
        placed[2] = from[2];
    } else {
        place(projection, &vt_mesh_positions(mesh)[(uint64_t)vertex * 3], samples, placed);
    }
}

/* Lines that lie closer than their width would run into one dark spot. */
static float fade(const float a[3], const float b[3])
{
    float dx = b[0] - a[0];
    float dy = b[1] - a[1];
    float length = sqrtf(dx * dx + dy * dy);
    return length < 6 ? length / 6 : 1;
}

void vt_lines_draw_edges(const vt_projection *projection, const vt_mesh *mesh, const float *points,
                         const vt_render_target *target, const vt_render_band *band)
{
    bool wires = target->look == VT_RENDER_WIREFRAME;
    const ink *ink = wires ? &wire_ink : &edge_ink;
    paper paper = paper_of(target, wires ? NULL : band, 0);
    paper.first_row = band->first_row / (int32_t)target->samples;
    paper.end_row = paper.first_row + band->rows / (int32_t)target->samples;
    paper.quick = target->samples == 1;
    const uint32_t *triangles = vt_mesh_triangles(mesh);
    uint64_t count = vt_mesh_triangle_count(mesh);
    float samples = (float)target->samples;
    for (uint64_t i = 0; i < count; i++) {
        const uint32_t *vertices = &triangles[i * 3];
        float corners[3][3];
        for (int c = 0; c < 3; c++) {
            corner_of(projection, mesh, points, vertices[c], samples, corners[c]);
        }
        for (int c = 0; c < 3; c++) {
            int next = c == 2 ? 0 : c + 1;
            /* Two triangles of a closed surface share each edge, in opposite directions. Where it must be
               quick, the edges that only one has may be missing. */
            if ((!target->closed && !paper.quick) || vertices[c] < vertices[next]) {
                draw_line(&paper, corners[c], corners[next], ink,
                          ink->alpha * fade(corners[c], corners[next]));
            }
        }
    }
}

/* ---- box and axes ---- */

void vt_lines_draw_box(const vt_projection *projection, const float low[3], const float high[3],
                       const vt_render_target *target, const vt_render_band *band)
{
    paper paper = paper_of(target, band, hidden_share);
    float corners[8][3];
    for (int i = 0; i < 8; i++) {
        const float position[3] = {i & 1 ? high[0] : low[0], i & 2 ? high[1] : low[1],
                                   i & 4 ? high[2] : low[2]};
        place(projection, position, (float)target->samples, corners[i]);
    }
    for (int i = 0; i < 8; i++) {
        for (int axis = 1; axis < 8; axis *= 2) {
            if (!(i & axis)) {
                draw_line(&paper, corners[i], corners[i | axis], &box_ink, box_ink.alpha);
            }
        }
    }
}

/* Strokes of the letters x, y and z, in a square from -1 to 1, y down: pairs of points. */
static const float letters[3][3][4] = {{{-1, -1, 1, 1}, {1, -1, -1, 1}, {0, 0, 0, 0}},
                                       {{-1, -1, 0, 0}, {1, -1, 0, 0}, {0, 0, 0, 1}},
                                       {{-1, -1, 1, -1}, {1, -1, -1, 1}, {-1, 1, 1, 1}}};

static void draw_letter(const paper *paper, int axis, float x, float y, float size, const ink *ink)
{
    for (int i = 0; i < 3; i++) {
        const float *stroke = letters[axis][i];
        const float from[3] = {x + stroke[0] * size, y + stroke[1] * size, 0};
        const float to[3] = {x + stroke[2] * size, y + stroke[3] * size, 0};
        draw_line(paper, from, to, ink, ink->alpha);
    }
}

void vt_lines_draw_axes(const vt_projection *projection, const vt_render_target *target)
{
    static const ink inks[3] = {{216, 60, 56, 1}, {60, 158, 70, 1}, {66, 120, 226, 1}};
    paper paper = paper_of(target, NULL, 0);
    float side = fminf((float)target->width, (float)target->height);
    float length = fminf(44, side / 8);
    float middle[3] = {length * 1.6F, (float)target->height - length * 1.6F, 0};
    int order[3] = {0, 1, 2}; /* those that point away from the viewer first */
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2 - i; j++) {
            if (projection->rotation[2][order[j]] > projection->rotation[2][order[j + 1]]) {
                int swapped = order[j];
                order[j] = order[j + 1];
                order[j + 1] = swapped;
            }
        }
    }
    for (int i = 0; i < 3; i++) {
        int axis = order[i];
        float dx = projection->rotation[0][axis] * length;
        float dy = -projection->rotation[1][axis] * length;
        const float end[3] = {middle[0] + dx, middle[1] + dy, 0};
        draw_line(&paper, middle, end, &inks[axis], 1);
        if (hypotf(dx, dy) > length / 4) { /* else it would lie on the others */
            draw_letter(&paper, axis, middle[0] + dx * 1.28F, middle[1] + dy * 1.28F, length / 11,
                        &inks[axis]);
        }
    }
}
