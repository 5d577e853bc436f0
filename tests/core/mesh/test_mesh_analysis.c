#include "support/check.h"

#include "core/mesh/analysis_private.h"
#include "tests/core/mesh/shapes.h"

static vt_mesh_facts analyse(const shape *shape)
{
    vt_mesh *mesh = shape_to_mesh(shape);
    vt_mesh_facts facts;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_mesh_analyse(mesh, &facts, &error));
    vt_mesh_free(mesh);
    return facts;
}

static void assert_near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance * fabs(expected))) {
        fail_msg("%.12g is not within %g of %.12g", value, tolerance, expected);
    }
}

static void test_box(void **state)
{
    (void)state;
    shape box = shape_box(2, 3, 4);
    vt_mesh_facts facts = analyse(&box);
    assert_int_equal(facts.triangles, 12);
    assert_int_equal(facts.vertices, 8);
    assert_int_equal(facts.degenerate, 0);
    assert_near(facts.area, 52, 1e-12);
    assert_near(facts.volume, 24, 1e-12);
    assert_true(facts.watertight);
    assert_true(facts.bounds_max[2] == 4 && facts.bounds_min[2] == 0);
    shape_free(&box);
}

/* Pole triangles of the sphere have two corners in one vertex; they count, but open nothing. */
static void test_curved_shapes(void **state)
{
    (void)state;
    shape sphere = shape_sweep(surface_sphere, 400, 200);
    vt_mesh_facts facts = analyse(&sphere);
    assert_near(facts.area, 4 * PI, 1e-3);
    assert_near(facts.volume, 4 * PI / 3, 1e-3);
    assert_int_equal(facts.degenerate, 800);
    assert_true(facts.watertight);
    shape_free(&sphere);
    shape torus = shape_sweep(surface_torus, 400, 200);
    facts = analyse(&torus);
    assert_near(facts.area, 4 * PI * PI * 10 * 4, 1e-3);
    assert_near(facts.volume, 2 * PI * PI * 10 * 16, 1e-3);
    assert_true(facts.watertight);
    shape_free(&torus);
}

static void test_far_from_the_origin(void **state)
{
    (void)state;
    shape box = shape_box(2, 3, 4);
    for (size_t i = 0; i < box.count * 9; i++) {
        box.corners[i] += 1048576;
    }
    vt_mesh_facts facts = analyse(&box);
    assert_near(facts.volume, 24, 1e-12);
    shape_free(&box);
}

static void test_open_shapes(void **state)
{
    (void)state;
    shape box = shape_box(2, 3, 4);
    box.count--;
    vt_mesh_facts facts = analyse(&box);
    assert_false(facts.watertight);
    assert_int_equal(facts.open_edges, 3);
    shape_free(&box);
}

static void test_a_flipped_triangle(void **state)
{
    (void)state;
    shape box = shape_box(2, 3, 4);
    float second[3];
    memcpy(second, box.corners + 3, sizeof second);
    memcpy(box.corners + 3, box.corners + 6, sizeof second);
    memcpy(box.corners + 6, second, sizeof second);
    vt_mesh_facts facts = analyse(&box);
    assert_false(facts.watertight);
    assert_int_equal(facts.open_edges, 3);
    shape_free(&box);
}

static void test_all_flipped_is_inside_out(void **state)
{
    (void)state;
    shape box = shape_box(2, 3, 4);
    for (size_t i = 0; i < box.count; i++) {
        float second[3];
        memcpy(second, box.corners + i * 9 + 3, sizeof second);
        memcpy(box.corners + i * 9 + 3, box.corners + i * 9 + 6, sizeof second);
        memcpy(box.corners + i * 9 + 6, second, sizeof second);
    }
    vt_mesh_facts facts = analyse(&box);
    assert_true(facts.watertight);
    assert_near(facts.volume, -24, 1e-12);
    shape_free(&box);
}

/* Two boxes that share one edge: four triangles at it. */
static void test_an_edge_of_four_triangles(void **state)
{
    (void)state;
    shape both = shape_create(24);
    shape box = shape_box(1, 1, 1);
    for (size_t i = 0; i < box.count; i++) {
        const float *at = &box.corners[i * 9];
        float moved[9];
        for (int j = 0; j < 9; j++) {
            moved[j] = at[j] + (float)(j % 3 < 2);
        }
        shape_add(&both, at, at + 3, at + 6);
        shape_add(&both, moved, moved + 3, moved + 6);
    }
    vt_mesh_facts facts = analyse(&both);
    assert_int_equal(facts.vertices, 14);
    assert_int_equal(facts.open_edges, 1);
    assert_false(facts.watertight);
    shape_free(&box);
    shape_free(&both);
}

/* A vertex with thousands of edges is sorted another way than one with six. */
static void test_a_closed_fan(void **state)
{
    (void)state;
    enum { SIDES = 5000 };
    shape drum = shape_create((size_t)2 * SIDES);
    const float top[3] = {0, 0, 1};
    const float bottom[3] = {0, 0, -1};
    for (int i = 0; i < SIDES; i++) {
        double u = 2 * PI * i / SIDES;
        double v = 2 * PI * ((i + 1) % SIDES) / SIDES;
        const float a[3] = {(float)cos(u), (float)sin(u), 0};
        const float b[3] = {(float)cos(v), (float)sin(v), 0};
        shape_add(&drum, top, a, b);
        shape_add(&drum, bottom, b, a);
    }
    vt_mesh_facts facts = analyse(&drum);
    assert_true(facts.watertight);
    assert_int_equal(facts.vertices, SIDES + 2);
    assert_near(facts.volume, 2 * PI / 3, 1e-4);
    drum.count--;
    facts = analyse(&drum);
    assert_int_equal(facts.open_edges, 3);
    shape_free(&drum);
}

/* A huge mesh is gone through in ranges of vertices; the result is the same for any size of them. */
static void test_ranges(void **state)
{
    (void)state;
    shape torus = shape_sweep(surface_torus, 40, 20);
    torus.count -= 7;
    vt_mesh *mesh = shape_to_mesh(&torus);
    vt_mesh_facts whole;
    assert_true(vt_mesh_analyse(mesh, &whole, NULL));
    assert_true(whole.open_edges > 0);
    for (uint64_t sides = 0; sides < 5000; sides = sides * 2 + 1) {
        vt_mesh_facts facts;
        assert_true(vt_mesh_analyse_within(mesh, sides, &facts, NULL));
        assert_int_equal(facts.open_edges, whole.open_edges);
        assert_int_equal(facts.degenerate, whole.degenerate);
    }
    vt_mesh_free(mesh);
    shape_free(&torus);
}

static void test_only_degenerate_triangles(void **state)
{
    (void)state;
    const float a[3] = {1, 1, 1};
    const float b[3] = {2, 1, 1};
    shape points = shape_create(2);
    shape_add(&points, a, a, a);
    shape_add(&points, a, b, a);
    vt_mesh_facts facts = analyse(&points);
    assert_int_equal(facts.degenerate, 2);
    assert_false(facts.watertight);
    assert_int_equal(facts.open_edges, 0);
    assert_true(facts.area == 0 && facts.volume == 0);
    shape_free(&points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_box),
        cmocka_unit_test(test_curved_shapes),
        cmocka_unit_test(test_far_from_the_origin),
        cmocka_unit_test(test_open_shapes),
        cmocka_unit_test(test_a_flipped_triangle),
        cmocka_unit_test(test_all_flipped_is_inside_out),
        cmocka_unit_test(test_an_edge_of_four_triangles),
        cmocka_unit_test(test_a_closed_fan),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_only_degenerate_triangles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
