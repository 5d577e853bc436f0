#include "support/check.h"

#include "core/mesh/model.h"
#include "tests/core/mesh/shapes.h"

#include <fcntl.h>
#include <unistd.h>

#define SIDE 48

/* A file that is gone once it is closed. */
static int open_file(const void *bytes, size_t size)
{
    char path[] = "/tmp/vitrine-model-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    unlink(path);
    assert_int_equal(write(fd, bytes, size), size);
    return fd;
}

static size_t count_covered(const uint8_t *pixels)
{
    size_t covered = 0;
    for (size_t i = 0; i < (size_t)SIDE * SIDE; i++) {
        covered += pixels[i * 4 + 3] == 255;
    }
    return covered;
}

static void test_thumbnail(void **state)
{
    (void)state;
    shape box = shape_box(2, 3, 4);
    size_t size;
    uint8_t *bytes = shape_to_binary(&box, 12, &size);
    int fd = open_file(bytes, size);
    uint8_t pixels[SIDE * SIDE * 4];
    vt_render_target target = {
        .pixels = pixels, .width = SIDE, .height = SIDE, .stride = SIDE * 4, .samples = 0};
    vt_media_info info;
    bool partial = true;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_mesh_thumbnail(fd, size, &vt_mesh_limits_default, &target, &info, &partial, &error));
    assert_false(partial);
    assert_int_equal(error.code, VT_ERROR_NONE);
    assert_int_equal(info.kind, VT_KIND_MODEL);
    assert_int_equal(info.format, VT_FORMAT_STL);
    assert_int_equal(info.watertight, VT_WATERTIGHT_YES);
    assert_int_equal(info.ascii, 0);
    assert_int_equal(info.triangles, 12);
    assert_int_equal(info.vertices, 8);
    assert_true(info.bounds_max[1] == 3 && info.bounds_min[1] == 0);
    assert_true(fabs(info.area - 52) < 1e-9);
    assert_true(fabs(info.volume - 24) < 1e-9);
    assert_true(count_covered(pixels) > SIDE * SIDE / 4);
    close(fd);
    free(bytes);
    shape_free(&box);
}

static void test_cut_off_and_dropped(void **state)
{
    (void)state;
    shape box = shape_box(2, 3, 4);
    box.corners[0] = NAN;
    size_t size;
    uint8_t *bytes = shape_to_binary(&box, 20, &size);
    int fd = open_file(bytes, size);
    vt_media_info info;
    bool partial = false;
    vt_error error = VT_ERROR_INIT;
    vt_model *model = vt_model_load(fd, size, &vt_mesh_limits_default, &info, &partial, &error);
    assert_non_null(model);
    assert_true(partial);
    assert_int_equal(error.code, VT_ERROR_TRUNCATED);
    assert_non_null(strstr(error.message, "8 of its 20 triangles"));
    assert_int_equal(info.triangles, 11);
    assert_int_equal(info.dropped_triangles, 1);
    assert_int_equal(info.watertight, VT_WATERTIGHT_NO);
    vt_model_free(model);
    close(fd);
    free(bytes);

    char *text = shape_to_text(&box, "\n", &size);
    fd = open_file(text, size - 60);
    model = vt_model_load(fd, size - 60, &vt_mesh_limits_default, NULL, NULL, &error);
    assert_non_null(model);
    assert_int_equal(error.code, VT_ERROR_TRUNCATED);
    vt_model_free(model);
    close(fd);
    free(text);
    shape_free(&box);
}

/* A large model turns as a coarser one and stands still as it is. */
static void test_turning(void **state)
{
    (void)state;
    shape torus = shape_sweep(surface_torus, 520, 260);
    size_t size;
    uint8_t *bytes = shape_to_binary(&torus, (uint32_t)torus.count, &size);
    int fd = open_file(bytes, size);
    vt_model *model = vt_model_load(fd, size, &vt_mesh_limits_default, NULL, NULL, NULL);
    assert_non_null(model);
    assert_int_equal(vt_mesh_triangle_count(vt_model_mesh(model)), torus.count);
    assert_true(vt_model_bytes(model) > vt_mesh_bytes(vt_model_mesh(model)));
    uint8_t still[SIDE * SIDE * 4];
    uint8_t turning[SIDE * SIDE * 4];
    vt_camera camera = vt_camera_default();
    vt_render_target target = {
        .pixels = still, .width = SIDE, .height = SIDE, .stride = SIDE * 4, .samples = 2};
    assert_true(vt_model_draw(model, &camera, VT_MODEL_STILL, &target, NULL));
    target.pixels = turning;
    assert_true(vt_model_draw(model, &camera, VT_MODEL_TURNING, &target, NULL));
    assert_memory_not_equal(still, turning, sizeof still);
    long difference = 0;
    for (size_t i = 0; i < sizeof still; i++) {
        difference += labs((long)still[i] - turning[i]);
    }
    assert_true(difference < 4 * (long)sizeof still);
    for (int look = VT_RENDER_FACES; look <= VT_RENDER_WIREFRAME; look++) {
        assert_in_range(vt_model_drawn_triangles(model, VT_MODEL_TURNING, (vt_render_look)look), 1, 100000);
        assert_int_equal(vt_model_drawn_triangles(model, VT_MODEL_STILL, (vt_render_look)look), torus.count);
    }
    target.width = 0;
    assert_false(vt_model_draw(model, &camera, VT_MODEL_STILL, &target, NULL));
    vt_model_free(model);
    close(fd);
    free(bytes);
    shape_free(&torus);
}

static void test_failures(void **state)
{
    (void)state;
    uint8_t pixels[SIDE * SIDE * 4];
    vt_render_target target = {
        .pixels = pixels, .width = SIDE, .height = SIDE, .stride = SIDE * 4, .samples = 0};
    vt_media_info info;
    vt_error error = VT_ERROR_INIT;
    int fd = open_file("no model at all", 15);
    assert_false(vt_mesh_thumbnail(fd, 15, &vt_mesh_limits_default, &target, &info, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_UNSUPPORTED);
    close(fd);
    shape box = shape_box(2, 3, 4);
    size_t size;
    uint8_t *bytes = shape_to_binary(&box, 12, &size);
    fd = open_file(bytes, size);
    target.samples = 9;
    assert_false(vt_mesh_thumbnail(fd, size, &vt_mesh_limits_default, &target, &info, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_model_free(NULL);
    close(fd);
    free(bytes);
    shape_free(&box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_thumbnail),
        cmocka_unit_test(test_cut_off_and_dropped),
        cmocka_unit_test(test_turning),
        cmocka_unit_test(test_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
