#include "support/check.h"

#include "core/mesh/decimate.h"
#include "tests/core/mesh/shapes.h"

static void test_reaches_its_target(void **state)
{
    (void)state;
    shape torus = shape_sweep(surface_torus, 400, 200);
    vt_mesh *mesh = shape_to_mesh(&torus);
    const uint64_t targets[] = {1000, 10000, 100000};
    for (int i = 0; i < 3; i++) {
        vt_mesh *coarse = vt_mesh_decimate(mesh, targets[i], NULL);
        assert_non_null(coarse);
        uint64_t count = vt_mesh_triangle_count(coarse);
        assert_true(count <= targets[i]);
        assert_true(count >= targets[i] / 3);
        float low[3];
        float high[3];
        vt_mesh_bounds(coarse, low, high);
        assert_true(high[0] > 12.5F && high[0] <= 14 && low[2] >= -4 && low[2] < -3);
        for (uint64_t j = 0; j < count * 3; j++) {
            assert_true(vt_mesh_triangles(coarse)[j] < vt_mesh_vertex_count(coarse));
        }
        vt_mesh_free(coarse);
    }
    vt_mesh_free(mesh);
    shape_free(&torus);
}

static void test_a_small_mesh_is_copied(void **state)
{
    (void)state;
    shape box = shape_box(1, 2, 3);
    vt_mesh *mesh = shape_to_mesh(&box);
    vt_mesh *copy = vt_mesh_decimate(mesh, 1000, NULL);
    assert_int_equal(vt_mesh_triangle_count(copy), 12);
    assert_ptr_not_equal(vt_mesh_positions(copy), vt_mesh_positions(mesh));
    assert_memory_equal(vt_mesh_positions(copy), vt_mesh_positions(mesh), 96);
    vt_mesh_free(copy);
    vt_mesh_free(mesh);
    shape_free(&box);
}

/* All vertices lie on one line or in one point of the grid: nothing is left, and that is an answer. */
static void test_a_mesh_without_extent(void **state)
{
    (void)state;
    const float point[3] = {1, 2, 3};
    shape dots = shape_create(2000);
    for (int i = 0; i < 2000; i++) {
        shape_add(&dots, point, point, point);
    }
    vt_mesh *mesh = shape_to_mesh(&dots);
    vt_mesh *coarse = vt_mesh_decimate(mesh, 1000, NULL);
    assert_non_null(coarse);
    assert_int_equal(vt_mesh_triangle_count(coarse), 0);
    vt_mesh_free(coarse);
    vt_mesh_free(mesh);
    shape_free(&dots);
}

static void test_a_target_that_is_too_small(void **state)
{
    (void)state;
    shape box = shape_box(1, 2, 3);
    vt_mesh *mesh = shape_to_mesh(&box);
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_mesh_decimate(mesh, 999, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_mesh_free(mesh);
    shape_free(&box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reaches_its_target),
        cmocka_unit_test(test_a_small_mesh_is_copied),
        cmocka_unit_test(test_a_mesh_without_extent),
        cmocka_unit_test(test_a_target_that_is_too_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
