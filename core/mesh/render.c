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

#define SPARE        3     /* samples behind the last that the rasteriser writes back as they are */
#define BATCH        256   /* triangles projected, then drawn */
#define TIGHT_MARGIN 0.03F /* of the shorter side, left free all around */
#define PAN_MAX      1e6F

struct vt_renderer {
    float *depths;
    size_t depth_capacity;
    uint32_t *numbers;
    size_t number_capacity;
    float *points; /* [vertices][3]: projected, then placed in the picture; NULL: too many to keep */
    size_t point_capacity;
    uint64_t kept_vertices_max;
    vt_shader *shader;
};

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

static inline float clamp_share(float value)
{
    value = value > 0 ? value : 0;
    return value < 1 ? value : 1;
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

static void init_projection(vt_projection *projection, const vt_mesh *mesh, const vt_camera *camera)
{
    float low[3];
    float high[3];
    vt_mesh_bounds(mesh, low, high);
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

/* Points by themselves, each coordinate: the compiler then computes four at once. */
typedef struct point_batch {
    float x[BATCH * 3], y[BATCH * 3], depth[BATCH * 3];
} point_batch;

/* vt_projection_apply for many: the same operations in the same order, so that it makes no difference to the
   picture whether vertices are kept. `depth` holds z before. */
static void project_batch(const vt_projection *projection, point_batch *batch, size_t count)
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

static void widen(float outline[4], int axis, float value)
{
    outline[axis] = value < outline[axis] ? value : outline[axis];
    outline[axis + 2] = value > outline[axis + 2] ? value : outline[axis + 2];
}

/* The same for vertices that are not kept. */
static void widen_by_batch(float outline[4], const vt_projection *projection, const float *positions,
                           size_t count)
{
    point_batch batch;
    for (size_t i = 0; i < count; i++) {
        batch.x[i] = positions[i * 3];
        batch.y[i] = positions[i * 3 + 1];
        batch.depth[i] = positions[i * 3 + 2];
    }
    project_batch(projection, &batch, count);
    for (size_t i = 0; i < count; i++) {
        widen(outline, 0, batch.x[i]);
        widen(outline, 1, batch.y[i]);
    }
}

/* Smallest rectangle around the projected model: low x, low y, high x, high y. */
static void find_outline(const vt_renderer *renderer, const vt_projection *projection, const vt_mesh *mesh,
                         float outline[4])
{
    uint64_t count = vt_mesh_vertex_count(mesh);
    if (count == 0) {
        memset(outline, 0, 4 * sizeof *outline);
        return;
    }
    outline[0] = outline[1] = INFINITY;
    outline[2] = outline[3] = -INFINITY;
    for (uint64_t vertex = 0; renderer->points && vertex < count; vertex++) {
        widen(outline, 0, renderer->points[vertex * 3]);
        widen(outline, 1, renderer->points[vertex * 3 + 1]);
    }
    for (uint64_t first = 0; !renderer->points && first < count; first += BATCH * 3) {
        size_t now = count - first < BATCH * 3 ? (size_t)(count - first) : BATCH * 3;
        widen_by_batch(outline, projection, &vt_mesh_positions(mesh)[first * 3], now);
    }
}

static float clamp_float(float value, float low, float high)
{
    value = value > low ? value : low;
    return value < high ? value : high;
}

/* Chooses the size and place of the model in the picture. */
static void fit(vt_projection *projection, const vt_renderer *renderer, const vt_mesh *mesh,
                const vt_camera *camera, const vt_render_target *target)
{
    float samples = (float)target->samples;
    float width = (float)target->width * samples;
    float height = (float)target->height * samples;
    float shorter = width < height ? width : height;
    float middle[2] = {0, 0};
    float per_unit = shorter / 2;
    if (camera->fit == VT_CAMERA_FIT_TIGHT) {
        float outline[4];
        find_outline(renderer, projection, mesh, outline);
        float margin = 2 * TIGHT_MARGIN * shorter;
        float across = fmaxf(outline[2] - outline[0], 1e-3F);
        float down = fmaxf(outline[3] - outline[1], 1e-3F);
        per_unit = fminf((width - margin) / across, (height - margin) / down);
        middle[0] = (outline[0] + outline[2]) / 2;
        middle[1] = (outline[1] + outline[3]) / 2;
    }
    per_unit *= clamp_float(camera->zoom, VT_CAMERA_ZOOM_MIN, VT_CAMERA_ZOOM_MAX);
    projection->samples_per_unit = per_unit;
    for (int axis = 0; axis < 2; axis++) {
        float pan = clamp_float(camera->pan[axis], -PAN_MAX, PAN_MAX) * samples;
        projection->offset[axis] = (axis == 0 ? width : height) / 2 + pan - middle[axis] * per_unit;
    }
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
    const float *positions = vt_mesh_positions(mesh);
    for (uint64_t vertex = 0; vertex < count; vertex++) {
        vt_projection_apply(projection, &positions[vertex * 3], &renderer->points[vertex * 3]);
    }
    return true;
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
    box->first[axis] = (uint32_t)clamp_float(first, 0, (float)side);
    box->end[axis] = (uint32_t)clamp_float(end, 0, (float)side);
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
    float low[2] = {VT_RENDER_COORDINATE_MAX, VT_RENDER_COORDINATE_MAX};
    float high[2] = {-VT_RENDER_COORDINATE_MAX, -VT_RENDER_COORDINATE_MAX};
    for (uint64_t vertex = 0; vertex < vt_mesh_vertex_count(mesh); vertex++) {
        float *point = &renderer->points[vertex * 3];
        place(projection, point);
        for (int axis = 0; axis < 2; axis++) {
            low[axis] = point[axis] < low[axis] ? point[axis] : low[axis];
            high[axis] = point[axis] > high[axis] ? point[axis] : high[axis];
        }
    }
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
    point_batch batch;
    for (size_t i = 0; i < count; i++) {
        const float *from = &positions[(uint64_t)vertices[i] * 3];
        batch.x[i] = from[0];
        batch.y[i] = from[1];
        batch.depth[i] = from[2];
    }
    project_batch(projection, &batch, count);
    for (size_t i = 0; i < count; i++) {
        batch.x[i] = placed(projection, 0, batch.x[i]);
        batch.y[i] = placed(projection, 1, batch.y[i]);
    }
    for (size_t i = 0; i < count; i++) {
        corners[i * 3] = batch.x[i];
        corners[i * 3 + 1] = batch.y[i];
        corners[i * 3 + 2] = batch.depth[i];
    }
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

static bool check_target(const vt_render_target *target, vt_error *error)
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

static void clear_rows(const vt_render_target *target, uint32_t first, uint32_t end)
{
    for (uint32_t row = first; row < end; row++) {
        memset(target->pixels + (size_t)row * target->stride, 0, (size_t)target->width * 4);
    }
}

bool vt_renderer_draw(vt_renderer *renderer, const vt_mesh *mesh, const vt_mesh_normals *normals,
                      const vt_camera *camera, const vt_render_target *target, vt_error *error)
{
    if (!check_target(target, error)) {
        return false;
    }
    vt_projection projection = {.distance = 0};
    init_projection(&projection, mesh, camera);
    uint32_t rows = choose_rows(mesh, target);
    size_t row_samples = (size_t)target->width * target->samples * target->samples;
    if (!project_vertices(renderer, &projection, mesh) ||
        !grow((void **)&renderer->depths, &renderer->depth_capacity, rows * row_samples + SPARE,
              sizeof(float)) ||
        !grow((void **)&renderer->numbers, &renderer->number_capacity, rows * row_samples + SPARE,
              sizeof(uint32_t))) {
        return vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for drawing a model");
    }
    fit(&projection, renderer, mesh, camera, target);
    pixel_box box = place_vertices(renderer, &projection, mesh, target);
    vt_shader_begin(renderer->shader, &projection, mesh, normals);
    clear_rows(target, 0, box.first[1]);
    for (uint32_t row = box.first[1]; row < box.end[1]; row += rows) {
        uint32_t now = box.end[1] - row < rows ? box.end[1] - row : rows;
        vt_render_band band = {
            .depths = renderer->depths,
            .numbers = renderer->numbers,
            .width = (int32_t)(target->width * target->samples),
            .first_row = (int32_t)(row * target->samples),
            .rows = (int32_t)(now * target->samples),
            .hide_backs = target->closed,
            .first_column = box.first[0],
            .end_column = box.end[0],
        };
        memset(band.depths, VT_RENDER_EMPTY_DEPTH_BYTE, now * row_samples * sizeof *band.depths);
        memset(band.numbers, VT_RENDER_EMPTY_BYTE, now * row_samples * sizeof *band.numbers);
        draw_band(renderer, &projection, mesh, &band);
        vt_shader_fill_band(renderer->shader, &band, target);
    }
    clear_rows(target, box.end[1], target->height);
    return true;
}
