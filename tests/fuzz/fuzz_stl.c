/* Models of any bytes: read, analysed, drawn small, made coarser. Whatever comes, it must end with a picture
   or with a worded error; and what is said of a stream must be what is said of the mesh. */
#include "core/mesh/analysis.h"
#include "core/mesh/decimate.h"
#include "core/mesh/render.h"
#include "core/mesh/stl_stream.h"
#include "core/mesh/stream_analysis.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#define SIDE 24

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void draw(const vt_mesh *mesh)
{
    static uint8_t pixels[SIDE * SIDE * 4];
    vt_render_target target = {
        .pixels = pixels, .width = SIDE, .height = SIDE, .stride = SIDE * 4, .samples = 4};
    vt_camera camera = vt_camera_default();
    camera.fit = VT_CAMERA_FIT_TIGHT;
    vt_mesh_normals *normals = vt_mesh_normals_create(mesh, 0.6F, NULL);
    vt_renderer *renderer = vt_renderer_create();
    require(renderer && vt_renderer_draw(renderer, mesh, normals, &camera, &target, NULL));
    for (size_t i = 0; i < sizeof pixels; i++) {
        require(pixels[i] <= pixels[i | 3]);
    }
    vt_renderer_free(renderer);
    vt_mesh_normals_free(normals);
}

/* `held`: facts of the mesh, NULL if there is none. */
static void analyse_stream(const uint8_t *bytes, size_t size, const vt_mesh_limits *limits,
                           const vt_mesh_facts *held, int code)
{
    vt_error error = VT_ERROR_INIT;
    vt_stream_blocks blocks = {.bounds = NULL};
    vt_mesh_facts facts;
    vt_stl_stream *stream = vt_stl_stream_create_memory(bytes, size, limits, NULL);
    require(stream != NULL);
    bool good = vt_stream_analyse(vt_stl_stream_triangles(stream), 1 << 20, &facts, &blocks, &error);
    require(good == (held != NULL));
    if (held) {
        require(facts.triangles == held->triangles && facts.vertices == held->vertices);
        require(facts.degenerate == held->degenerate && facts.watertight == held->watertight);
        require((facts.open_edges != 0) == (held->open_edges != 0));
    } else {
        require((int)error.code == code && error.message[0] != '\0');
    }
    vt_stream_blocks_clear(&blocks);
    vt_stl_stream_free(stream);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const vt_mesh_limits limits = {.file_bytes = 64 << 20, .triangles = 500000, .memory_bytes = 256 << 20};
    vt_error error = VT_ERROR_INIT;
    vt_stl_report report;
    vt_mesh *mesh = vt_stl_read_memory(bytes, size, &limits, &report, &error);
    if (!mesh) {
        require(error.code != VT_ERROR_NONE && error.message[0] != '\0');
        analyse_stream(bytes, size, &limits, NULL, (int)error.code);
        return 0;
    }
    require(vt_mesh_triangle_count(mesh) > 0 && vt_mesh_triangle_count(mesh) == report.triangles);
    for (uint64_t i = 0; i < report.triangles * 3; i++) {
        require(vt_mesh_triangles(mesh)[i] < vt_mesh_vertex_count(mesh));
    }
    vt_mesh_facts facts;
    require(vt_mesh_analyse(mesh, &facts, &error));
    analyse_stream(bytes, size, &limits, &facts, 0);
    vt_mesh *coarse = vt_mesh_decimate(mesh, 1000, &error);
    require(coarse && vt_mesh_triangle_count(coarse) <= 1000);
    draw(mesh);
    draw(coarse);
    vt_mesh_free(coarse);
    vt_mesh_free(mesh);
    return 0;
}
