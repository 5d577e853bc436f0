#include "support/check.h"

#include "core/mesh/mesh.h"
#include "tests/core/mesh/shapes.h"

static void test_equal_corners_become_one_vertex(void **state)
{
    (void)state;
    shape box = shape_box(1, 2, 3);
    vt_mesh *mesh = shape_to_mesh(&box);
    assert_int_equal(vt_mesh_triangle_count(mesh), 12);
    assert_int_equal(vt_mesh_vertex_count(mesh), 8);
    float low[3];
    float high[3];
    vt_mesh_bounds(mesh, low, high);
    assert_true(low[0] == 0 && low[1] == 0 && low[2] == 0);
    assert_true(high[0] == 1 && high[1] == 2 && high[2] == 3);
    assert_true(vt_mesh_bytes(mesh) >= 12 * 12 + 8 * 12);
    for (size_t i = 0; i < 36; i++) {
        uint32_t vertex = vt_mesh_triangles(mesh)[i];
        assert_true(vertex < 8);
        assert_memory_equal(&vt_mesh_positions(mesh)[vertex * 3], &box.corners[i * 3], 3 * sizeof(float));
    }
    vt_mesh_free(mesh);
    shape_free(&box);
}

static void test_minus_zero_is_zero(void **state)
{
    (void)state;
    const float corners[2][9] = {{0, 0, 0, 1, 0, 0, 0, 1, 0}, {-0.0F, 0, -0.0F, 0, 1, 0, 0, -0.0F, 1}};
    vt_mesh_builder *builder = vt_mesh_builder_create(2, &vt_mesh_limits_default, NULL);
    assert_true(vt_mesh_builder_add(builder, corners[0], 2, NULL));
    vt_mesh *mesh = vt_mesh_builder_finish(builder, NULL);
    assert_int_equal(vt_mesh_vertex_count(mesh), 4);
    vt_mesh_free(mesh);
}

static void test_triangles_that_are_not_finite_are_dropped(void **state)
{
    (void)state;
    const float bad[3] = {NAN, INFINITY, -INFINITY};
    vt_mesh_builder *builder = vt_mesh_builder_create(0, &vt_mesh_limits_default, NULL);
    for (int i = 0; i < 27; i++) {
        float corners[9] = {0, 0, 0, 1, 0, 0, 0, 1, 0};
        corners[i / 3] = bad[i % 3];
        assert_true(vt_mesh_builder_add(builder, corners, 1, NULL));
    }
    const float largest[9] = {3.4e38F, 3.4e38F, 3.4e38F, -3.4e38F, 0, 0, 0, 1, 0};
    assert_true(vt_mesh_builder_add(builder, largest, 1, NULL));
    assert_int_equal(vt_mesh_builder_dropped(builder), 27);
    assert_int_equal(vt_mesh_builder_triangles(builder), 1);
    vt_mesh_free(vt_mesh_builder_finish(builder, NULL));
}

static void test_grows_from_nothing_and_keeps_every_vertex(void **state)
{
    (void)state;
    shape torus = shape_sweep(surface_torus, 200, 100);
    vt_mesh *mesh = shape_to_mesh(&torus);
    assert_int_equal(vt_mesh_triangle_count(mesh), 40000);
    assert_int_equal(vt_mesh_vertex_count(mesh), 20000);
    for (size_t i = 0; i < 120000; i++) {
        const float *position = &vt_mesh_positions(mesh)[vt_mesh_triangles(mesh)[i] * 3];
        for (int axis = 0; axis < 3; axis++) {
            assert_true(position[axis] == torus.corners[i * 3 + axis]);
        }
    }
    vt_mesh_free(mesh);
    shape_free(&torus);
}

static void test_limits(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    shape torus = shape_sweep(surface_torus, 40, 30);
    vt_mesh_limits limits = vt_mesh_limits_default;
    limits.triangles = 2399;
    vt_mesh_builder *builder = vt_mesh_builder_create(1000000, &limits, &error);
    assert_false(vt_mesh_builder_add(builder, torus.corners, torus.count, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_non_null(strstr(error.message, "2399"));
    vt_mesh_builder_free(builder);

    limits = vt_mesh_limits_default;
    limits.triangles = 2400;
    builder = vt_mesh_builder_create(0, &limits, NULL);
    assert_true(vt_mesh_builder_add(builder, torus.corners, torus.count, NULL));
    vt_mesh_free(vt_mesh_builder_finish(builder, NULL));

    limits = vt_mesh_limits_default;
    limits.memory_bytes = 40000;
    builder = vt_mesh_builder_create(0, &limits, &error);
    assert_non_null(builder);
    assert_false(vt_mesh_builder_add(builder, torus.corners, torus.count, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_non_null(strstr(error.message, "memory limit"));
    vt_mesh_builder_free(builder);
    shape_free(&torus);
}

static void test_nothing_added_is_an_empty_mesh(void **state)
{
    (void)state;
    vt_mesh *mesh = vt_mesh_builder_finish(vt_mesh_builder_create(0, &vt_mesh_limits_default, NULL), NULL);
    assert_non_null(mesh);
    assert_int_equal(vt_mesh_triangle_count(mesh), 0);
    float low[3] = {1, 1, 1};
    float high[3] = {1, 1, 1};
    vt_mesh_bounds(mesh, low, high);
    for (int axis = 0; axis < 3; axis++) {
        assert_true(low[axis] == 0 && high[axis] == 0);
    }
    vt_mesh_free(mesh);
    vt_mesh_free(NULL);
    vt_mesh_builder_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_corners_become_one_vertex),
        cmocka_unit_test(test_minus_zero_is_zero),
        cmocka_unit_test(test_triangles_that_are_not_finite_are_dropped),
        cmocka_unit_test(test_grows_from_nothing_and_keeps_every_vertex),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_nothing_added_is_an_empty_mesh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
