#include "core/mesh/render.h"

#include "core/mesh/render_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The picture is drawn in bands of rows: a small model's band stays in the cache, a large model is gone
   through only once. */
#define SMALL_TRIANGLES    20000
#define SMALL_BAND_SAMPLES (64 * 1024)
#define LARGE_BAND_SAMPLES (4 * 1024 * 1024)

#define KEPT_VERTICES_MAX (4 * 1024 * 1024) /* 48 MiB */

#define SPARE 3                    /* samples behind the last that the rasteriser writes back as they are */
#define BATCH (VT_POINT_BATCH / 3) /* triangles projected, then drawn */

vt_renderer *vt_renderer_create(void)
{
    vt_renderer *renderer = calloc(1, sizeof *renderer);
    if (renderer) {
        renderer->kept_vertices_max = KEPT_VERTICES_MAX;
        renderer->shader = vt_shader_create();
    }
    if (renderer && !renderer->shader) {
        free(renderer);
        renderer = NULL;
    }
    return renderer;
}

void vt_renderer_free(vt_renderer *renderer)
{
    if (!renderer) {
        return;
    }
    vt_shader_free(renderer->shader);
    free(renderer->depths);
    free(renderer->numbers);
    free(renderer->points);
    free(renderer);
}

void vt_renderer_set_kept_vertices(vt_renderer *renderer, uint64_t most)
{
    renderer->kept_vertices_max = most;
}

size_t vt_renderer_bytes(const vt_renderer *renderer)
{
    return sizeof *renderer + renderer->depth_capacity * sizeof *renderer->depths +
           renderer->number_capacity * sizeof *renderer->numbers +
           renderer->point_capacity * 3 * sizeof *renderer->points;
}

static bool grow(void **array, size_t *capacity, size_t needed, size_t size)
{
    needed += needed == 0; /* malloc(0) may give NULL */
    if (needed <= *capacity && *array) {
        return true;
    }
    free(*array);
    *array = malloc(needed * size);
    *capacity = *array ? needed : 0;
    return *array != NULL;
}

bool vt_renderer_reserve(vt_renderer *renderer, const vt_render_target *target, uint32_t rows)
{
    size_t samples = (size_t)target->width * target->samples * target->samples * rows + SPARE;
    return grow((void **)&renderer->depths, &renderer->depth_capacity, samples, sizeof(float)) &&
           grow((void **)&renderer->numbers, &renderer->number_capacity, samples, sizeof(uint32_t));
}

vt_render_band vt_renderer_begin_band(const vt_renderer *renderer, const vt_render_target *target,
                                      uint32_t first_row, uint32_t rows)
{
    size_t samples = (size_t)target->width * target->samples * target->samples * rows;
    vt_render_band band = {
        .depths = renderer->depths,
        .numbers = renderer->numbers,
        .width = (int32_t)(target->width * target->samples),
        .first_row = (int32_t)(first_row * target->samples),
        .rows = (int32_t)(rows * target->samples),
        .hide_backs = target->closed,
        .first_column = 0,
        .end_column = target->width,
    };
    memset(band.depths, VT_RENDER_EMPTY_DEPTH_BYTE, samples * sizeof *band.depths);
    memset(band.numbers, VT_RENDER_EMPTY_BYTE, samples * sizeof *band.numbers);
    return band;
}

/* Projects all vertices, or lets go of the last model's if these are too many to keep. */
static bool project_vertices(vt_renderer *renderer, const vt_projection *projection, const vt_mesh *mesh)
{
    uint64_t count = vt_mesh_vertex_count(mesh);
    if (count > renderer->kept_vertices_max || count == 0) {
        free(renderer->points);
        renderer->points = NULL;
        renderer->point_capacity = 0;
        return true;
    }
    if (!grow((void **)&renderer->points, &renderer->point_capacity, count, 3 * sizeof *renderer->points)) {
        return false;
    }
    vt_projection_apply_all(projection, vt_mesh_positions(mesh), count, renderer->points);
    return true;
}

/* Around the projected model; only a tight fit asks for it. */
static vt_outline find_outline(const vt_renderer *renderer, const vt_projection *projection,
                               const vt_mesh *mesh, const vt_camera *camera)
{
    vt_outline outline = vt_outline_empty();
    uint64_t count = camera->fit == VT_CAMERA_FIT_TIGHT ? vt_mesh_vertex_count(mesh) : 0;
    for (uint64_t vertex = 0; renderer->points && vertex < count; vertex++) {
        vt_outline_add(&outline, &renderer->points[vertex * 3]);
    }
    if (!renderer->points) {
        vt_outline_add_positions(&outline, projection, vt_mesh_positions(mesh), count);
    }
    return outline;
}

/* Pixels that a model may reach: columns and rows from the first to before the end. */
typedef struct pixel_box {
    uint32_t first[2], end[2];
} pixel_box;

/* From a range of placed coordinates; a pixel is wide enough for all rounding. */
static void box_range(pixel_box *box, int axis, float low, float high, uint32_t samples, uint32_t side)
{
    float per_pixel = (float)(samples * VT_RENDER_SUBSAMPLES);
    float first = floorf(low / per_pixel) - 1;
    float end = ceilf(high / per_pixel) + 1;
    box->first[axis] = (uint32_t)fmaxf(0, fminf(first, (float)side));
    box->end[axis] = (uint32_t)fmaxf(0, fminf(end, (float)side));
    if (box->end[axis] < box->first[axis]) {
        box->end[axis] = box->first[axis];
    }
}

/* Places the kept vertices and finds the box around them. */
static pixel_box place_vertices(vt_renderer *renderer, const vt_projection *projection, const vt_mesh *mesh,
                                const vt_render_target *target)
{
    pixel_box box = {{0, 0}, {target->width, target->height}};
    if (!renderer->points) {
        return box;
    }
    float low[2];
    float high[2];
    vt_projection_place_all(projection, renderer->points, vt_mesh_vertex_count(mesh), low, high);
    box_range(&box, 0, low[0], high[0], target->samples, target->width);
    box_range(&box, 1, low[1], high[1], target->samples, target->height);
    return box;
}

static void gather_kept(const float *points, const uint32_t *vertices, size_t count, float *corners)
{
    for (size_t i = 0; i < count; i++) {
        memcpy(&corners[i * 3], &points[(uint64_t)vertices[i] * 3], 3 * sizeof *corners);
    }
}

static void gather_projected(const vt_projection *projection, const float *positions,
                             const uint32_t *vertices, size_t count, float *corners)
{
    vt_point_batch batch;
    for (size_t i = 0; i < count; i++) {
        const float *from = &positions[(uint64_t)vertices[i] * 3];
        batch.x[i] = from[0];
        batch.y[i] = from[1];
        batch.depth[i] = from[2];
    }
    vt_projection_place_batch(projection, &batch, count, corners);
}

static void draw_band(const vt_renderer *renderer, const vt_projection *projection, const vt_mesh *mesh,
                      const vt_render_band *band)
{
    const float *positions = vt_mesh_positions(mesh);
    const uint32_t *triangles = vt_mesh_triangles(mesh);
    uint64_t triangle_count = vt_mesh_triangle_count(mesh);
    float corners[BATCH * 9];
    for (uint64_t first = 0; first < triangle_count; first += BATCH) {
        size_t count = triangle_count - first < BATCH ? (size_t)(triangle_count - first) : BATCH;
        const uint32_t *vertices = &triangles[first * 3];
        if (renderer->points) {
            gather_kept(renderer->points, vertices, count * 3, corners);
        } else {
            gather_projected(projection, positions, vertices, count * 3, corners);
        }
        vt_raster_draw(band, corners, (uint32_t)first, count);
    }
}

bool vt_render_check_target(const vt_render_target *target, vt_error *error)
{
    if (!target->pixels || target->width < 1 || target->height < 1 || target->width > VT_RENDER_SIDE_MAX ||
        target->height > VT_RENDER_SIDE_MAX || target->stride < (size_t)target->width * 4 ||
        target->samples < 1 || target->samples > VT_RENDER_SAMPLES_MAX) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "A model cannot be drawn at %u x %u pixels, %zu bytes per row, %u samples",
                            target->width, target->height, target->stride, target->samples);
    }
    return true;
}

/* Pixel rows per band. */
static uint32_t choose_rows(const vt_mesh *mesh, const vt_render_target *target)
{
    uint64_t samples =
        vt_mesh_triangle_count(mesh) <= SMALL_TRIANGLES ? SMALL_BAND_SAMPLES : LARGE_BAND_SAMPLES;
    uint64_t per_row = (uint64_t)target->width * target->samples * target->samples;
    uint32_t rows = 1;
    while (rows < target->height && (rows + 1) * per_row <= samples) {
        rows++;
    }
    return rows;
}

void vt_render_clear_rows(const vt_render_target *target, uint32_t first, uint32_t end)
{
    for (uint32_t row = first; row < end; row++) {
        memset(target->pixels + (size_t)row * target->stride, 0, (size_t)target->width * 4);
    }
}

bool vt_renderer_draw(vt_renderer *renderer, const vt_mesh *mesh, const vt_mesh_normals *normals,
                      const vt_camera *camera, const vt_render_target *target, vt_error *error)
{
    if (!vt_render_check_target(target, error)) {
        return false;
    }
    vt_projection projection = {.distance = 0};
    float low[3];
    float high[3];
    vt_mesh_bounds(mesh, low, high);
    vt_projection_init(&projection, low, high, camera);
    uint32_t rows = choose_rows(mesh, target);
    if (!project_vertices(renderer, &projection, mesh) || !vt_renderer_reserve(renderer, target, rows)) {
        return vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for drawing a model");
    }
    vt_outline outline = find_outline(renderer, &projection, mesh, camera);
    vt_projection_fit(&projection, camera->fit == VT_CAMERA_FIT_TIGHT ? &outline : NULL, camera, target);
    pixel_box box = place_vertices(renderer, &projection, mesh, target);
    vt_shader_begin(renderer->shader, &projection, mesh, normals);
    bool lines = target->box || target->look != VT_RENDER_FACES;
    if (lines) { /* they may reach beyond the model's pixels */
        box = (pixel_box){{box.first[0], 0}, {box.end[0], target->height}};
    }
    vt_render_clear_rows(target, 0, box.first[1]);
    for (uint32_t row = box.first[1]; row < box.end[1]; row += rows) {
        uint32_t now = box.end[1] - row < rows ? box.end[1] - row : rows;
        vt_render_band band = vt_renderer_begin_band(renderer, target, row, now);
        band.first_column = box.first[0];
        band.end_column = box.end[0];
        if (target->look != VT_RENDER_WIREFRAME) {
            draw_band(renderer, &projection, mesh, &band);
        }
        vt_shader_fill_band(renderer->shader, &band, target);
        if (target->look != VT_RENDER_FACES) {
            vt_lines_draw_edges(&projection, mesh, renderer->points, target, &band);
        }
        if (target->box) {
            vt_lines_draw_box(&projection, low, high, target, &band);
        }
    }
    vt_render_clear_rows(target, box.end[1], target->height);
    if (target->axes) {
        vt_lines_draw_axes(&projection, target);
    }
    return true;
}
