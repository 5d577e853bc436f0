#include "core/mesh/render_stream.h"

#include "core/mesh/candidates.h"
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
    vt_candidates candidates;
} drawing;

static bool take_outline(void *user, const float *corners, size_t count, vt_error *error)
{
    (void)error;
    drawing *d = user;
    vt_outline_add_positions(&d->outline, &d->projection, corners, count * 3);
    return true;
}

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for drawing a model");
}

/* Projects and places triangles; the corners of one stand `count` points apart. */
static void place_triangles(const vt_projection *projection, const float *corners, size_t count,
                            vt_point_batch *batch)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t corner = 0; corner < 3; corner++) {
            const float *position = &corners[i * 9 + corner * 3];
            batch->x[corner * count + i] = position[0];
            batch->y[corner * count + i] = position[1];
            batch->depth[corner * count + i] = position[2];
        }
    }
    vt_projection_place_points(projection, batch, count * 3);
}

static bool take_depths(void *user, const float *corners, size_t count, vt_error *error)
{
    drawing *d = user;
    vt_candidates *candidates = &d->candidates;
    if (!vt_candidates_reserve(candidates, &d->band, count)) {
        return out_of_memory(error);
    }
    vt_point_batch batch;
    uint16_t chosen[VT_TRIANGLE_BATCH];
    float placed[VT_TRIANGLE_BATCH * 9];
    place_triangles(&d->projection, corners, count, &batch);
    size_t found = vt_raster_choose(&d->band, &batch, count, chosen);
    for (size_t i = 0; i < found; i++) {
        for (size_t corner = 0; corner < 3; corner++) {
            size_t point = corner * count + chosen[i];
            placed[i * 9 + corner * 3] = batch.x[point];
            placed[i * 9 + corner * 3 + 1] = batch.y[point];
            placed[i * 9 + corner * 3 + 2] = batch.depth[point];
        }
        memcpy(&candidates->positions[(candidates->count + i) * 9], &corners[chosen[i] * (size_t)9],
               9 * sizeof *corners);
    }
    vt_raster_draw(&d->band, placed, (uint32_t)candidates->count, found);
    candidates->count += found;
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

static bool run(drawing *d, bool (*choose)(void *, uint64_t),
                bool (*take)(void *, const float *, size_t, vt_error *), vt_error *error)
{
    const vt_triangle_sink sink = {.take = take, .user = d};
    const vt_block_choice choice = {.choose = choose, .user = d};
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

/* A mesh of the candidates, none of which shares its corners; takes their positions over. */
static vt_mesh *make_mesh(vt_candidates *candidates, vt_error *error)
{
    uint64_t count = candidates->count;
    uint32_t *triangles = malloc(count * 3 * sizeof *triangles + 1);
    if (!triangles) {
        out_of_memory(error);
        return NULL;
    }
    for (uint32_t i = 0; i < count * 3; i++) {
        triangles[i] = i;
    }
    vt_mesh *mesh = vt_mesh_take(candidates->positions, count * 3, triangles, count, error);
    candidates->positions = NULL;
    return mesh;
}

static bool shade(drawing *d, const vt_render_target *target, vt_error *error)
{
    vt_candidates_forget_hidden(&d->candidates, &d->band);
    vt_mesh *mesh = make_mesh(&d->candidates, error);
    if (!mesh) {
        return false;
    }
    vt_shader_begin(d->renderer->shader, &d->projection, mesh, NULL);
    vt_shader_fill_band(d->renderer->shader, &d->band, target);
    vt_mesh_free(mesh);
    return true;
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
        good = run(&d, is_in_band, take_depths, error) && shade(&d, target, error);
        if (good && target->box) {
            vt_lines_draw_box(&d.projection, bounds->low, bounds->high, target, &d.band);
        }
        vt_candidates_clear(&d.candidates);
    }
    if (good && target->axes) {
        vt_lines_draw_axes(&d.projection, target);
    }
    return good;
}
