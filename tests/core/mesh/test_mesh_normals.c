#include "support/check.h"

#include "core/mesh/normals.h"
#include "tests/core/mesh/shapes.h"

static void test_box_stays_sharp(void **state)
{
    (void)state;
    shape box = shape_box(1, 2, 3);
    vt_mesh *mesh = shape_to_mesh(&box);
    vt_mesh_normals *normals = vt_mesh_normals_create(mesh, 0.6F, NULL);
    assert_non_null(normals);
    for (uint32_t i = 0; i < 12; i++) {
        const float *corner = vt_mesh_normals_of(normals, i);
        assert_memory_equal(corner, corner + 3, 3 * sizeof(float));
        assert_memory_equal(corner, corner + 6, 3 * sizeof(float));
        /* Faces come in the order of their axes, the near one first. */
        for (uint32_t axis = 0; axis < 3; axis++) {
            float outwards = (i / 2) % 2 ? 1 : -1;
            float expected = axis == i / 4 ? outwards : 0;
            assert_true(corner[axis] == expected);
        }
    }
    assert_true(vt_mesh_normals_bytes(normals) >= 12 * 36);
    vt_mesh_normals_free(normals);
    vt_mesh_free(mesh);
    shape_free(&box);
}

/* On a sphere the normal of a vertex is its position. */
static void test_sphere_is_smooth(void **state)
{
    (void)state;
    shape sphere = shape_sweep(surface_sphere, 96, 48);
    vt_mesh *mesh = shape_to_mesh(&sphere);
    vt_mesh_normals *normals = vt_mesh_normals_create(mesh, 0.6F, NULL);
    size_t zeros = 0;
    for (uint32_t i = 0; i < vt_mesh_triangle_count(mesh); i++) {
        for (int corner = 0; corner < 3; corner++) {
            const float *normal = vt_mesh_normals_of(normals, i) + (ptrdiff_t)corner * 3;
            const float *position = &vt_mesh_positions(mesh)[vt_mesh_triangles(mesh)[i * 3 + corner] * 3];
            float cosine = normal[0] * position[0] + normal[1] * position[1] + normal[2] * position[2];
            bool is_zero = normal[0] == 0 && normal[1] == 0 && normal[2] == 0;
            zeros += is_zero;
            assert_true(is_zero || cosine > 0.998F);
        }
    }
    assert_int_equal(zeros, 2 * 96 * 3); /* the degenerate triangles at the poles */
    vt_mesh_normals_free(normals);
    vt_mesh_free(mesh);
    shape_free(&sphere);
}

static void test_tiny_and_huge_models(void **state)
{
    (void)state;
    const float factors[] = {1e-30F, 1e30F};
    for (int i = 0; i < 2; i++) {
        shape box = shape_box(factors[i], factors[i], factors[i]);
        vt_mesh *mesh = shape_to_mesh(&box);
        vt_mesh_normals *normals = vt_mesh_normals_create(mesh, 0.6F, NULL);
        assert_true(vt_mesh_normals_of(normals, 0)[0] == -1);
        vt_mesh_normals_free(normals);
        vt_mesh_free(mesh);
        shape_free(&box);
    }
}

static void test_limit(void **state)
{
    (void)state;
    shape torus = shape_sweep(surface_torus, 500, 301);
    vt_mesh *mesh = shape_to_mesh(&torus);
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_mesh_normals_create(mesh, 0.6F, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_mesh_normals_free(NULL);
    vt_mesh_free(mesh);
    shape_free(&torus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_box_stays_sharp),
        cmocka_unit_test(test_sphere_is_smooth),
        cmocka_unit_test(test_tiny_and_huge_models),
        cmocka_unit_test(test_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
