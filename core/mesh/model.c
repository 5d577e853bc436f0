#include "core/mesh/model.h"

#include "core/mesh/analysis.h"
#include "core/mesh/decimate.h"
#include "core/mesh/render_stream.h"
#include "core/mesh/stl_stream.h"
#include "core/mesh/stream_analysis.h"
#include "core/mesh/stream_decimate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Above the first, turning shows a coarser mesh of the second: so many are shaded with their edges in less
   than a thirtieth of a second (scripts/bench view). */
#define TURNING_TRIANGLES_MAX 250000
#define COARSE_TRIANGLES      100000

/* Edges between faces that lean more than 50 degrees apart stay sharp. */
#define CREASE 0.87F

/* Per axis: 16 in all, so that edges have 17 shades. */
#define THUMBNAIL_SAMPLES 4

/* What a triangle may take while its mesh is built, if it shares no corner with another. A model that may
   need more than the memory limit is not held, but gone through. */
#define HELD_TRIANGLE_BYTES 96

struct vt_model {
    vt_mesh *mesh;           /* NULL: the model is a stream */
    vt_stl_stream *stream;   /* NULL: the model is held */
    vt_stream_blocks blocks; /* of the stream */
    vt_mesh_facts facts;
    vt_mesh_normals *normals; /* NULL: too many triangles to be worth it */
    vt_mesh *coarse;          /* NULL: the mesh is small enough for turning */
    vt_mesh_normals *coarse_normals;
    vt_renderer *renderer;
    bool closed; /* watertight, and its triangles face outwards */
};

static void fill_info(const vt_mesh_facts *facts, const vt_stl_report *report, vt_media_info *info)
{
    *info = (vt_media_info){
        .kind = VT_KIND_MODEL,
        .format = VT_FORMAT_STL,
        .watertight = facts->watertight ? VT_WATERTIGHT_YES : VT_WATERTIGHT_NO,
        .ascii = report->ascii,
        .triangles = facts->triangles,
        .vertices = facts->vertices,
        .area = facts->area,
        .volume = fabs(facts->volume),
        .dropped_triangles = report->dropped < UINT32_MAX ? (uint32_t)report->dropped : UINT32_MAX,
    };
    memcpy(info->bounds_min, facts->bounds_min, sizeof info->bounds_min);
    memcpy(info->bounds_max, facts->bounds_max, sizeof info->bounds_max);
}

static void tell_truncated(const vt_stl_report *report, vt_error *error)
{
    if (report->ascii) {
        vt_error_set(error, VT_ERROR_TRUNCATED,
                     "The STL file is cut off within a triangle; the %llu before it are shown",
                     (unsigned long long)report->triangles);
    } else {
        vt_error_set(error, VT_ERROR_TRUNCATED,
                     "The STL file is cut off: %llu of its %llu triangles are missing",
                     (unsigned long long)(report->declared - report->triangles - report->dropped),
                     (unsigned long long)report->declared);
    }
}

static bool make_normals(const vt_mesh *mesh, vt_mesh_normals **normals, vt_error *error)
{
    if (vt_mesh_triangle_count(mesh) <= VT_MESH_NORMALS_TRIANGLES_MAX) {
        *normals = vt_mesh_normals_create(mesh, CREASE, error);
        return *normals != NULL;
    }
    return true;
}

static bool make_coarse(vt_model *model, vt_error *error)
{
    if (vt_mesh_triangle_count(model->mesh) <= TURNING_TRIANGLES_MAX) {
        return true;
    }
    model->coarse = vt_mesh_decimate(model->mesh, COARSE_TRIANGLES, error);
    return model->coarse && make_normals(model->coarse, &model->coarse_normals, error);
}

/* `for_turning` also prepares the coarser mesh. */
static bool load_held(vt_model *model, int fd, uint64_t size, const vt_mesh_limits *limits, bool for_turning,
                      vt_stl_report *report, vt_error *error)
{
    model->mesh = vt_stl_read_fd(fd, size, limits, report, error);
    return model->mesh && vt_mesh_analyse(model->mesh, &model->facts, error) &&
           make_normals(model->mesh, &model->normals, error) && (!for_turning || make_coarse(model, error));
}

static bool load_streamed(vt_model *model, int fd, uint64_t size, const vt_mesh_limits *limits,
                          bool for_turning, vt_stl_report *report, vt_error *error)
{
    model->stream = vt_stl_stream_create(fd, size, limits, error);
    if (!model->stream) {
        return false;
    }
    const vt_triangle_stream *triangles = vt_stl_stream_triangles(model->stream);
    const vt_mesh_facts *facts = &model->facts;
    if (!vt_stream_analyse(triangles, limits->memory_bytes, &model->facts, &model->blocks, error)) {
        return false;
    }
    *report = *vt_stl_stream_report(model->stream);
    if (for_turning) {
        model->coarse =
            vt_stream_decimate(triangles, facts->bounds_min, facts->bounds_max, COARSE_TRIANGLES, error);
        return model->coarse && make_normals(model->coarse, &model->coarse_normals, error);
    }
    return true;
}

static bool load(vt_model *model, int fd, uint64_t size, const vt_mesh_limits *limits, bool for_turning,
                 vt_media_info *info, vt_stl_report *report, vt_error *error)
{
    bool held = vt_stl_stream_expected(fd, size) <= limits->memory_bytes / HELD_TRIANGLE_BYTES;
    if (!(held ? load_held : load_streamed)(model, fd, size, limits, for_turning, report, error)) {
        return false;
    }
    model->renderer = vt_renderer_create();
    if (!model->renderer) {
        return vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for drawing a model");
    }
    model->closed = model->facts.watertight && model->facts.volume > 0;
    if (info) {
        fill_info(&model->facts, report, info);
    }
    return true;
}

static vt_model *load_model(int fd, uint64_t size, const vt_mesh_limits *limits, bool for_turning,
                            vt_media_info *info, bool *partial, vt_error *error)
{
    vt_stl_report report;
    vt_model *model = calloc(1, sizeof *model);
    if (!model) {
        vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for a model");
        return NULL;
    }
    if (!load(model, fd, size, limits, for_turning, info, &report, error)) {
        vt_model_free(model);
        return NULL;
    }
    if (partial) {
        *partial = report.truncated;
    }
    if (report.truncated) {
        tell_truncated(&report, error);
    }
    return model;
}

vt_model *vt_model_load(int fd, uint64_t size, const vt_mesh_limits *limits, vt_media_info *info,
                        bool *partial, vt_error *error)
{
    return load_model(fd, size, limits, true, info, partial, error);
}

void vt_model_free(vt_model *model)
{
    if (!model) {
        return;
    }
    vt_renderer_free(model->renderer);
    vt_mesh_normals_free(model->coarse_normals);
    vt_mesh_free(model->coarse);
    vt_mesh_normals_free(model->normals);
    vt_mesh_free(model->mesh);
    vt_stl_stream_free(model->stream);
    vt_stream_blocks_clear(&model->blocks);
    free(model);
}

void vt_model_set_file(vt_model *model, int fd)
{
    if (model->stream) {
        vt_stl_stream_set_file(model->stream, fd);
    }
}

const vt_mesh *vt_model_mesh(const vt_model *model)
{
    return model->mesh;
}

size_t vt_model_bytes(const vt_model *model)
{
    size_t bytes = sizeof *model + vt_renderer_bytes(model->renderer);
    bytes += model->blocks.capacity * sizeof *model->blocks.bounds;
    bytes += model->mesh ? vt_mesh_bytes(model->mesh) : 0;
    bytes += model->normals ? vt_mesh_normals_bytes(model->normals) : 0;
    bytes += model->coarse ? vt_mesh_bytes(model->coarse) : 0;
    bytes += model->coarse_normals ? vt_mesh_normals_bytes(model->coarse_normals) : 0;
    return bytes;
}

/* Of a stream the edges are those of the coarser mesh: its own are too many to be told apart. */
static bool draws_coarse(const vt_model *model, vt_model_quality quality, vt_render_look look)
{
    bool as_lines = model->stream && look != VT_RENDER_FACES;
    return model->coarse && (quality == VT_MODEL_TURNING || as_lines);
}

uint64_t vt_model_drawn_triangles(const vt_model *model, vt_model_quality quality, vt_render_look look)
{
    return draws_coarse(model, quality, look) ? vt_mesh_triangle_count(model->coarse)
                                              : model->facts.triangles;
}

bool vt_model_draw(vt_model *model, const vt_camera *camera, vt_model_quality quality,
                   const vt_render_target *target, vt_error *error)
{
    bool coarse = draws_coarse(model, quality, target->look);
    vt_render_target chosen = *target;
    chosen.closed = model->closed && !coarse; /* the coarser mesh may have holes */
    if (model->stream && !coarse) {
        vt_bounds bounds;
        memcpy(bounds.low, model->facts.bounds_min, sizeof bounds.low);
        memcpy(bounds.high, model->facts.bounds_max, sizeof bounds.high);
        return vt_renderer_draw_stream(model->renderer, vt_stl_stream_triangles(model->stream),
                                       &model->blocks, &bounds, camera, &chosen, error);
    }
    return vt_renderer_draw(model->renderer, coarse ? model->coarse : model->mesh,
                            coarse ? model->coarse_normals : model->normals, camera, &chosen, error);
}

bool vt_mesh_thumbnail(int fd, uint64_t size, const vt_mesh_limits *limits, const vt_render_target *target,
                       vt_media_info *info, bool *partial, vt_error *error)
{
    vt_model *model = load_model(fd, size, limits, false, info, partial, error);
    if (!model) {
        return false;
    }
    vt_camera camera = vt_camera_default();
    camera.fit = VT_CAMERA_FIT_TIGHT;
    vt_render_target chosen = *target;
    chosen.samples = target->samples > 0 ? target->samples : THUMBNAIL_SAMPLES;
    bool good = vt_model_draw(model, &camera, VT_MODEL_STILL, &chosen, error);
    vt_model_free(model);
    return good;
}
