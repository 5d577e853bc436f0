#include "support/check.h"

#include "core/mesh/model.h"
#include "core/mesh/render_stream.h"
#include "core/mesh/stl_stream.h"
#include "core/mesh/stream_analysis.h"
#include "core/mesh/stream_decimate.h"
#include "tests/core/mesh/shapes.h"

#include <fcntl.h>
#include <unistd.h>

/* A model in a file that is gone once it is closed, and its stream. */
typedef struct file {
    int fd;
    size_t size;
    vt_stl_stream *stream;
} file;

static file open_bytes(const void *bytes, size_t size)
{
    char path[] = "/tmp/vitrine-stream-XXXXXX";
    file opened = {.fd = mkstemp(path), .size = size};
    assert_true(opened.fd >= 0);
    unlink(path);
    assert_int_equal(write(opened.fd, bytes, size), size);
    opened.stream = vt_stl_stream_create(opened.fd, size, &vt_mesh_limits_default, NULL);
    assert_non_null(opened.stream);
    return opened;
}

static file open_shape(const shape *shape)
{
    size_t size;
    uint8_t *bytes = shape_to_binary(shape, (uint32_t)shape->count, &size);
    file opened = open_bytes(bytes, size);
    free(bytes);
    return opened;
}

static void close_file(file *file)
{
    vt_stl_stream_free(file->stream);
    close(file->fd);
}

static void assert_near(double a, double b, double size)
{
    assert_true(fabs(a - b) <= 1e-9 * size);
}

/* What is said of a stream is what is said of the mesh. */
static void check_facts(const shape *shape, uint64_t memory)
{
    vt_mesh *mesh = shape_to_mesh(shape);
    vt_mesh_facts held;
    vt_mesh_facts streamed;
    assert_true(vt_mesh_analyse(mesh, &held, NULL));
    file file = open_shape(shape);
    vt_stream_blocks blocks = {.bounds = NULL};
    assert_true(vt_stream_analyse(vt_stl_stream_triangles(file.stream), memory, &streamed, &blocks, NULL));
    vt_stream_blocks_clear(&blocks);
    assert_int_equal(streamed.triangles, held.triangles);
    assert_int_equal(streamed.vertices, held.vertices);
    assert_int_equal(streamed.degenerate, held.degenerate);
    assert_memory_equal(streamed.bounds_min, held.bounds_min, sizeof held.bounds_min);
    assert_memory_equal(streamed.bounds_max, held.bounds_max, sizeof held.bounds_max);
    assert_near(streamed.area, held.area, held.area);
    assert_near(streamed.volume, held.volume, held.area * 20);
    assert_int_equal(streamed.watertight, held.watertight);
    assert_int_equal(streamed.open_edges != 0, held.open_edges != 0);
    close_file(&file);
    vt_mesh_free(mesh);
}

static void append(shape *to, const shape *from, float shift)
{
    for (size_t i = 0; i < from->count; i++) {
        float moved[9];
        memcpy(moved, &from->corners[i * 9], sizeof moved);
        for (int axis = 0; axis < 9; axis += 3) {
            moved[axis] += shift;
        }
        shape_add(to, moved, moved + 3, moved + 6);
    }
}

static void test_facts(void **state)
{
    (void)state;
    const uint64_t memory = 64 << 20;
    shape torus = shape_sweep(surface_torus, 96, 64);
    shape sphere = shape_sweep(surface_sphere, 40, 20);
    check_facts(&torus, memory);
    check_facts(&sphere, memory); /* with degenerate triangles at its poles */
    /* Tables so small that the vertices and edges take many rounds. */
    check_facts(&torus, 0);
    torus.count--; /* a hole */
    check_facts(&torus, memory);
    shape_free(&torus);
    shape_free(&sphere);
}

/* Each edge as often forwards as backwards, but not once: what sums alone would not tell. */
static void test_edges_of_four_triangles(void **state)
{
    (void)state;
    shape box = shape_box(2, 3, 4);
    shape twice = shape_create(24);
    append(&twice, &box, 0);
    append(&twice, &box, 0);
    check_facts(&twice, 1 << 20);
    shape touching = shape_create(24); /* two boxes with a face in common */
    append(&touching, &box, 0);
    append(&touching, &box, 2);
    check_facts(&touching, 1 << 20);
    shape apart = shape_create(24);
    append(&apart, &box, 0);
    append(&apart, &box, 5);
    check_facts(&apart, 1 << 20);
    /* A triangle turned round: each of its edges is run along twice in the same direction. */
    for (int axis = 0; axis < 3; axis++) {
        float kept = box.corners[axis];
        box.corners[axis] = box.corners[3 + axis];
        box.corners[3 + axis] = kept;
    }
    check_facts(&box, 1 << 20);
    shape_free(&box);
    shape_free(&twice);
    shape_free(&touching);
    shape_free(&apart);
}

/* A binary file has parts, a text not. */
static void draw_both(const shape *shape, bool parts, uint32_t side, uint32_t samples, bool tight,
                      uint8_t *held, uint8_t *streamed)
{
    vt_mesh *mesh = shape_to_mesh(shape);
    size_t size;
    char *text = shape_to_text(shape, "\n", &size);
    file file = parts ? open_shape(shape) : open_bytes(text, size);
    free(text);
    vt_renderer *renderer = vt_renderer_create();
    vt_camera camera = vt_camera_default();
    camera.fit = tight ? VT_CAMERA_FIT_TIGHT : VT_CAMERA_FIT_SPHERE;
    vt_render_target target = {
        .pixels = held, .width = side, .height = side, .stride = (size_t)side * 4, .samples = samples};
    assert_true(vt_renderer_draw(renderer, mesh, NULL, &camera, &target, NULL));
    vt_bounds bounds;
    vt_mesh_bounds(mesh, bounds.low, bounds.high);
    target.pixels = streamed;
    const vt_triangle_stream *stream = vt_stl_stream_triangles(file.stream);
    vt_mesh_facts facts;
    vt_stream_blocks blocks = {.bounds = NULL};
    assert_true(vt_stream_analyse(stream, 1 << 20, &facts, &blocks, NULL));
    assert_int_equal(stream->run_part != NULL, parts);
    assert_true(vt_renderer_draw_stream(renderer, stream, &blocks, &bounds, &camera, &target, NULL));
    vt_stream_blocks_clear(&blocks);
    vt_renderer_free(renderer);
    close_file(&file);
    vt_mesh_free(mesh);
}

/* The same bytes as those of the mesh, in one band and in several. */
static void test_picture(void **state)
{
    (void)state;
    static const struct {
        uint32_t side, samples;
        bool tight;
    } pictures[] = {{48, 4, true}, {64, 1, false}, {31, 2, true}, {700, 4, true}};
    shape torus = shape_sweep(surface_torus, 160, 90);
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        size_t bytes = (size_t)pictures[i].side * pictures[i].side * 4;
        uint8_t *held = malloc(bytes);
        uint8_t *streamed = malloc(bytes);
        assert_true(held && streamed);
        for (int parts = 0; parts < 2; parts++) {
            memset(streamed, 0x55, bytes);
            draw_both(&torus, parts, pictures[i].side, pictures[i].samples, pictures[i].tight, held,
                      streamed);
            assert_memory_equal(held, streamed, bytes);
        }
        free(held);
        free(streamed);
    }
    _Static_assert(700 * 700 * 16 > VT_RENDER_STREAM_SAMPLES, "the last picture has several bands");
    shape_free(&torus);
}

static void test_decimate(void **state)
{
    (void)state;
    shape torus = shape_sweep(surface_torus, 400, 200);
    file file = open_shape(&torus);
    const vt_triangle_stream *stream = vt_stl_stream_triangles(file.stream);
    vt_mesh_facts facts;
    vt_stream_blocks blocks = {.bounds = NULL};
    assert_true(vt_stream_analyse(stream, 1 << 24, &facts, &blocks, NULL));
    vt_stream_blocks_clear(&blocks);
    /* 1,000 asks for a grid so fine that it leaves too many at first. */
    static const uint64_t targets[] = {1000, 20000};
    for (size_t i = 0; i < 2; i++) {
        vt_mesh *coarse = vt_stream_decimate(stream, facts.bounds_min, facts.bounds_max, targets[i], NULL);
        assert_non_null(coarse);
        assert_true(vt_mesh_triangle_count(coarse) <= targets[i]);
        assert_true(vt_mesh_triangle_count(coarse) >= targets[i] / 4);
        float low[3];
        float high[3];
        vt_mesh_bounds(coarse, low, high);
        for (int axis = 0; axis < 3; axis++) {
            assert_true(fabsf(low[axis] - facts.bounds_min[axis]) < 1.5F);
            assert_true(fabsf(high[axis] - facts.bounds_max[axis]) < 1.5F);
        }
        vt_mesh_free(coarse);
    }
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_stream_decimate(stream, facts.bounds_min, facts.bounds_max, 999, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    close_file(&file);
    shape_free(&torus);
}

/* So little that a model of so many triangles may not be held. */
static vt_mesh_limits little_memory(size_t triangles)
{
    vt_mesh_limits limits = vt_mesh_limits_default;
    limits.memory_bytes = triangles * 32;
    return limits;
}

enum { SIDE = 48 };

/* A model that may not be held looks and measures like one that is. */
static void test_model(void **state)
{
    (void)state;
    shape torus = shape_sweep(surface_torus, 520, 600);
    file file = open_shape(&torus);
    uint8_t pixels[2][SIDE * SIDE * 4];
    vt_media_info info[2];
    const vt_mesh_limits limits[2] = {vt_mesh_limits_default, little_memory(torus.count)};
    for (int i = 0; i < 2; i++) {
        vt_render_target target = {
            .pixels = pixels[i], .width = SIDE, .height = SIDE, .stride = SIDE * 4, .samples = 0};
        bool partial = true;
        assert_true(vt_mesh_thumbnail(file.fd, file.size, &limits[i], &target, &info[i], &partial, NULL));
        assert_false(partial);
    }
    assert_memory_equal(pixels[0], pixels[1], sizeof pixels[0]);
    assert_int_equal(info[1].watertight, VT_WATERTIGHT_YES);
    assert_int_equal(info[1].triangles, info[0].triangles);
    assert_int_equal(info[1].vertices, info[0].vertices);
    assert_near(info[1].volume, info[0].volume, info[0].volume);

    /* For viewing; each picture may come with another descriptor. */
    vt_model *model = vt_model_load(file.fd, file.size, &limits[1], NULL, NULL, NULL);
    assert_non_null(model);
    assert_null(vt_model_mesh(model));
    assert_true(vt_model_bytes(model) < 16 << 20);
    int again = dup(file.fd);
    vt_model_set_file(model, again);
    close_file(&file);
    vt_camera camera = vt_camera_default();
    vt_render_target target = {
        .pixels = pixels[0], .width = SIDE, .height = SIDE, .stride = SIDE * 4, .samples = 2};
    assert_true(vt_model_draw(model, &camera, VT_MODEL_TURNING, &target, NULL));
    target.pixels = pixels[1];
    assert_true(vt_model_draw(model, &camera, VT_MODEL_STILL, &target, NULL));
    assert_memory_not_equal(pixels[0], pixels[1], sizeof pixels[0]);
    /* The file is cut off under the model. */
    assert_int_equal(ftruncate(again, 100000), 0);
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_model_draw(model, &camera, VT_MODEL_STILL, &target, &error));
    assert_int_equal(error.code, VT_ERROR_CHANGED);
    assert_true(vt_model_draw(model, &camera, VT_MODEL_TURNING, &target, NULL));
    vt_model_free(model);
    close(again);
    shape_free(&torus);
}

/* Bad files are told apart as ever. */
static void test_bad_files(void **state)
{
    (void)state;
    shape box = shape_box(2, 3, 4);
    const vt_mesh_limits limits = little_memory(box.count);
    box.corners[0] = NAN;
    size_t size;
    uint8_t *bytes = shape_to_binary(&box, 20, &size);
    file file = open_bytes(bytes, size);
    vt_media_info info;
    bool partial = false;
    vt_error error = VT_ERROR_INIT;
    vt_model *model = vt_model_load(file.fd, size, &limits, &info, &partial, &error);
    assert_non_null(model);
    assert_null(vt_model_mesh(model));
    assert_true(partial);
    assert_non_null(strstr(error.message, "8 of its 20 triangles"));
    assert_int_equal(info.triangles, 11);
    assert_int_equal(info.dropped_triangles, 1);
    vt_model_free(model);
    close_file(&file);

    for (size_t i = 0; i < box.count; i++) {
        box.corners[i * 9 + 4] = INFINITY;
    }
    file = open_shape(&box);
    assert_null(vt_model_load(file.fd, file.size, &limits, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CORRUPT);
    close_file(&file);
    free(bytes);
    shape_free(&box);
}

static void test_text_and_limits(void **state)
{
    (void)state;
    shape torus = shape_sweep(surface_torus, 30, 20);
    size_t size;
    char *text = shape_to_text(&torus, "\n", &size);
    file file = open_bytes(text, size);
    vt_mesh_limits limits = little_memory(torus.count);
    vt_media_info info;
    vt_error error = VT_ERROR_INIT;
    vt_model *model = vt_model_load(file.fd, size, &limits, &info, NULL, &error);
    assert_non_null(model);
    assert_null(vt_model_mesh(model));
    assert_int_equal(info.triangles, torus.count);
    assert_int_equal(info.watertight, VT_WATERTIGHT_YES);
    assert_int_equal(info.ascii, 1);
    vt_model_free(model);
    limits.triangles = torus.count - 1;
    assert_null(vt_model_load(file.fd, size, &limits, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_non_null(strstr(error.message, "limits.triangles"));
    close_file(&file);
    /* Half a megabyte of text with nonsense near its end. */
    char *nonsense = text;
    for (char *next = text; (next = strstr(next + 1, "vertex ")) != NULL;) {
        nonsense = next[7] == 'n' ? nonsense : next; /* not in the solid's name */
    }
    *nonsense = '#';
    file = open_bytes(text, size);
    limits = little_memory(torus.count);
    assert_null(vt_model_load(file.fd, size, &limits, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CORRUPT);
    close_file(&file);
    free(text);
    shape_free(&torus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts),           cmocka_unit_test(test_edges_of_four_triangles),
        cmocka_unit_test(test_picture),         cmocka_unit_test(test_decimate),
        cmocka_unit_test(test_model),           cmocka_unit_test(test_bad_files),
        cmocka_unit_test(test_text_and_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
