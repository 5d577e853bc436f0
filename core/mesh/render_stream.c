#include "core/mesh/render_stream.h"

#include "core/mesh/mesh_private.h"
#include "core/mesh/render_private.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(VT_TRIANGLE_BATCH * 3 <= VT_POINT_BATCH, "a batch of triangles is one of points");

/* A picture on its way. */
typedef struct drawing {
    vt_renderer *renderer;
    const vt_triangle_stream *stream;
    vt_projection projection;
    vt_outline outline;
    vt_render_band band;
    uint64_t count; /* triangles so far in this run */
    uint64_t total; /* in the last run */

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
    vt_raster_draw(&d->band, placed, (uint32_t)d->count, count);
    d->count += count;
    return true;
}

static inline bool is_seen(const drawing *d, uint64_t number)
{
    return d->seen[number / 64] >> number % 64 & 1;
}

static bool take_seen(void *user, const float *corners, size_t count, vt_error *error)
{
    drawing *d = user;
    if (d->count + count > d->total) {
        return vt_error_set(error, VT_ERROR_CHANGED, "The model became longer while it was drawn; try again");
    }
    for (size_t i = 0; i < count; i++) {
        if (is_seen(d, d->count + i)) {
            memcpy(&d->positions[d->picked++ * 9], &corners[i * 9], 9 * sizeof *corners);
        }
    }
    d->count += count;
    return true;
}

static bool run(drawing *d, bool (*take)(void *, const float *, size_t, vt_error *), vt_error *error)
{
    const vt_triangle_sink sink = {.take = take, .user = d};
    d->count = 0;
    bool good = d->stream->run(d->stream->source, &sink, error);
    d->total = d->count;
    return good;
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
    d->words = d->total / 64 + 1;
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
    if (!mark_seen(d, error) || !run(d, take_seen, error)) {
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

bool vt_renderer_draw_stream(vt_renderer *renderer, const vt_triangle_stream *stream, const float low[3],
                             const float high[3], const vt_camera *camera, const vt_render_target *target,
                             vt_error *error)
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
    drawing d = {.renderer = renderer, .stream = stream, .outline = vt_outline_empty()};
    bool tight = camera->fit == VT_CAMERA_FIT_TIGHT;
    vt_projection_init(&d.projection, low, high, camera);
    bool good = !tight || run(&d, take_outline, error);
    vt_projection_fit(&d.projection, tight ? &d.outline : NULL, camera, target);
    for (uint32_t row = 0; good && row < target->height; row += rows) {
        uint32_t now = target->height - row < rows ? target->height - row : rows;
        d.band = vt_renderer_begin_band(renderer, target, row, now);
        good = run(&d, take_depths, error) && shade_seen(&d, target, error);
        forget_seen(&d);
    }
    return good;
}
