#include "core/mesh/render_stream.h"

#include "core/mesh/mesh_private.h"
#include "core/mesh/render_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(VT_TRIANGLE_BATCH * 3 <= VT_POINT_BATCH, "a batch of triangles is one of points");

/* A picture on its way. */
typedef struct drawing {
    vt_renderer *renderer;
    const vt_triangle_stream *stream;
    const vt_stream_blocks *blocks;
    vt_projection projection;
    vt_outline outline;
    vt_render_band band;
    uint64_t number; /* of the triangle that comes next */

    /* The triangles seen: one bit each, and how many there are before each word of 64. */
    uint64_t *seen;
    uint32_t *before;
    uint64_t words;
    uint64_t seen_count;
    float *positions; /* [seen_count][9] */
    uint64_t picked;
} drawing;

static bool take_outline(void *user, const float *corners, size_t count, vt_error *error)
{
    (void)error;
    drawing *d = user;
    vt_outline_add_positions(&d->outline, &d->projection, corners, count * 3);
    return true;
}

static bool take_depths(void *user, const float *corners, size_t count, vt_error *error)
{
    (void)error;
    drawing *d = user;
    float placed[VT_TRIANGLE_BATCH * 9];
    vt_point_batch batch;
    for (size_t i = 0; i < count * 3; i++) {
        batch.x[i] = corners[i * 3];
        batch.y[i] = corners[i * 3 + 1];
        batch.depth[i] = corners[i * 3 + 2];
    }
    vt_projection_place_batch(&d->projection, &batch, count * 3, placed);
    vt_raster_draw(&d->band, placed, (uint32_t)d->number, count);
    d->number += count;
    return true;
}

static inline bool is_seen(const drawing *d, uint64_t number)
{
    return d->seen[number / 64] >> number % 64 & 1;
}

static bool take_seen(void *user, const float *corners, size_t count, vt_error *error)
{
    drawing *d = user;
    if (d->number + count > d->blocks->triangles) {
        return vt_error_set(error, VT_ERROR_CHANGED, "The model became longer while it was drawn; try again");
    }
    for (size_t i = 0; i < count; i++) {
        if (is_seen(d, d->number + i)) {
            memcpy(&d->positions[d->picked++ * 9], &corners[i * 9], 9 * sizeof *corners);
        }
    }
    d->number += count;
    return true;
}

/* Around the picture of a block's box, which holds that of the block. */
static vt_outline outline_of_block(const drawing *d, uint64_t block)
{
    const vt_bounds *box = &d->blocks->bounds[block];
    float corners[8][3];
    for (int corner = 0; corner < 8; corner++) {
        for (int axis = 0; axis < 3; axis++) {
            corners[corner][axis] = corner >> axis & 1 ? box->high[axis] : box->low[axis];
        }
    }
    vt_outline outline = vt_outline_empty();
    vt_outline_add_positions(&outline, &d->projection, corners[0], 8);
    return outline;
}

/* How far the block may reach beyond a side of the outline; at most 0 if it does not. */
static float reach(const drawing *d, const vt_outline *block, int side)
{
    float difference = block->sides[side] - d->outline.sides[side];
    return side < 2 ? -difference : difference;
}

static bool widens_outline(void *user, uint64_t block)
{
    const drawing *d = user;
    vt_outline outline = outline_of_block(d, block);
    for (int side = 0; side < 4; side++) {
        if (reach(d, &outline, side) > 0) {
            return true;
        }
    }
    return false;
}

static bool is_seen_block(void *user, uint64_t block)
{
    const drawing *d = user;
    enum { WORDS = VT_STREAM_BLOCK / 64 };
    for (uint64_t word = block * WORDS; word < (block + 1) * WORDS && word < d->words; word++) {
        if (d->seen[word] != 0) {
            return true;
        }
    }
    return false;
}

/* Whether the block may reach into the band. */
static bool is_in_band(void *user, uint64_t block)
{
    const drawing *d = user;
    const vt_outline outline = outline_of_block(d, block);
    const vt_projection *p = &d->projection;
    const float ends[2] = {(float)d->band.width, (float)(d->band.first_row + d->band.rows)};
    const float starts[2] = {0, (float)d->band.first_row};
    for (int axis = 0; axis < 2; axis++) {
        /* A sample more, for all rounding. */
        float low = outline.sides[axis] * p->samples_per_unit + p->offset[axis] - 1;
        float high = outline.sides[axis + 2] * p->samples_per_unit + p->offset[axis] + 1;
        if (high < starts[axis] || low > ends[axis]) {
            return false;
        }
    }
    return true;
}

static void begin(void *user, uint64_t first)
{
    drawing *d = user;
    d->number = first;
}

static bool run(drawing *d, bool (*choose)(void *, uint64_t),
                bool (*take)(void *, const float *, size_t, vt_error *), vt_error *error)
{
    const vt_triangle_sink sink = {.take = take, .user = d};
    const vt_block_choice choice = {.choose = choose, .begin = begin, .user = d};
    return vt_stream_blocks_run(d->blocks, d->stream, &choice, &sink, error);
}

/* Begins with the blocks that may reach farthest, so that few others widen what they leave. */
static bool find_outline(drawing *d, vt_error *error)
{
    const vt_triangle_sink sink = {.take = take_outline, .user = d};
    d->outline = vt_outline_empty();
    for (int side = 0; side < 4 && d->stream->run_part; side++) {
        uint64_t farthest = 0;
        float most = -INFINITY;
        for (uint64_t block = 0; block < d->blocks->count; block++) {
            vt_outline outline = outline_of_block(d, block);
            float at = side < 2 ? -outline.sides[side] : outline.sides[side];
            farthest = at > most ? block : farthest;
            most = at > most ? at : most;
        }
        uint64_t first = farthest * VT_STREAM_BLOCK;
        uint64_t left = d->blocks->triangles - first;
        if (!d->stream->run_part(d->stream->source, first, left < VT_STREAM_BLOCK ? left : VT_STREAM_BLOCK,
                                 &sink, error)) {
            return false;
        }
    }
    return run(d, widens_outline, take_outline, error);
}

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for drawing a model");
}

static uint64_t samples_of(const vt_render_band *band)
{
    return (uint64_t)band->width * (uint64_t)band->rows;
}

/* Marks and counts the triangles that the band shows. */
static bool mark_seen(drawing *d, vt_error *error)
{
    d->words = d->blocks->triangles / 64 + 1;
    d->seen = calloc(d->words, sizeof *d->seen);
    d->before = malloc(d->words * sizeof *d->before);
    if (!d->seen || !d->before) {
        return out_of_memory(error);
    }
    for (uint64_t i = 0; i < samples_of(&d->band); i++) {
        uint32_t number = d->band.numbers[i];
        if (number != VT_RENDER_EMPTY) {
            d->seen[number / 64] |= UINT64_C(1) << number % 64;
        }
    }
    uint32_t count = 0;
    for (uint64_t word = 0; word < d->words; word++) {
        d->before[word] = count;
        count += (uint32_t)__builtin_popcountll(d->seen[word]);
    }
    d->seen_count = count;
    d->picked = 0;
    d->positions = malloc((uint64_t)count * 9 * sizeof *d->positions + 1);
    return d->positions || out_of_memory(error);
}

/* From numbers among all triangles to numbers among those seen. */
static void renumber(const drawing *d)
{
    for (uint64_t i = 0; i < samples_of(&d->band); i++) {
        uint32_t number = d->band.numbers[i];
        if (number != VT_RENDER_EMPTY) {
            uint64_t lower = (UINT64_C(1) << number % 64) - 1;
            d->band.numbers[i] =
                d->before[number / 64] + (uint32_t)__builtin_popcountll(d->seen[number / 64] & lower);
        }
    }
}

/* A mesh of the triangles seen, none of which shares its corners; takes the positions over. */
static vt_mesh *make_seen_mesh(drawing *d, vt_error *error)
{
    uint32_t *triangles = malloc(d->seen_count * 3 * sizeof *triangles + 1);
    if (!triangles) {
        out_of_memory(error);
        return NULL;
    }
    for (uint32_t i = 0; i < d->seen_count * 3; i++) {
        triangles[i] = i;
    }
    vt_mesh *mesh = vt_mesh_take(d->positions, d->seen_count * 3, triangles, d->seen_count, error);
    d->positions = NULL;
    return mesh;
}

static bool shade_seen(drawing *d, const vt_render_target *target, vt_error *error)
{
    if (!mark_seen(d, error) || !run(d, is_seen_block, take_seen, error)) {
        return false;
    }
    if (d->picked != d->seen_count) {
        return vt_error_set(error, VT_ERROR_CHANGED,
                            "The model became shorter while it was drawn; try again");
    }
    vt_mesh *mesh = make_seen_mesh(d, error);
    if (!mesh) {
        return false;
    }
    renumber(d);
    vt_shader_begin(d->renderer->shader, &d->projection, mesh, NULL);
    vt_shader_fill_band(d->renderer->shader, &d->band, target);
    vt_mesh_free(mesh);
    return true;
}

static void forget_seen(drawing *d)
{
    free(d->seen);
    free(d->before);
    free(d->positions);
    d->seen = NULL;
    d->before = NULL;
    d->positions = NULL;
}

bool vt_renderer_draw_stream(vt_renderer *renderer, const vt_triangle_stream *stream,
                             const vt_stream_blocks *blocks, const vt_bounds *bounds, const vt_camera *camera,
                             const vt_render_target *target, vt_error *error)
{
    if (!vt_render_check_target(target, error)) {
        return false;
    }
    uint64_t per_row = (uint64_t)target->width * target->samples * target->samples;
    uint32_t rows = (uint32_t)(VT_RENDER_STREAM_SAMPLES / per_row);
    rows = rows < target->height ? rows : target->height;
    rows = rows > 0 ? rows : 1;
    if (!vt_renderer_reserve(renderer, target, rows)) {
        return out_of_memory(error);
    }
    drawing d = {.renderer = renderer, .stream = stream, .blocks = blocks};
    bool tight = camera->fit == VT_CAMERA_FIT_TIGHT;
    vt_projection_init(&d.projection, bounds->low, bounds->high, camera);
    bool good = !tight || find_outline(&d, error);
    vt_projection_fit(&d.projection, tight ? &d.outline : NULL, camera, target);
    for (uint32_t row = 0; good && row < target->height; row += rows) {
        uint32_t now = target->height - row < rows ? target->height - row : rows;
        d.band = vt_renderer_begin_band(renderer, target, row, now);
        good = run(&d, is_in_band, take_depths, error) && shade_seen(&d, target, error);
        if (good && target->box) {
            vt_lines_draw_box(&d.projection, bounds->low, bounds->high, target, &d.band);
        }
        forget_seen(&d);
    }
    if (good && target->axes) {
        vt_lines_draw_axes(&d.projection, target);
    }
    return good;
}
