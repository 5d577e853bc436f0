#include "support/check.h"

#include "core/mesh/render_private.h"
#include "tests/core/mesh/shapes.h"

#define SIDE   64
#define STRIDE (SIDE * 4 + 12) /* more than the pixels need */
#define BYTES  (SIDE * STRIDE)

typedef struct picture {
    uint8_t pixels[BYTES];
} picture;

static vt_render_target target_of(picture *picture, uint32_t samples)
{
    memset(picture->pixels, 0x5a, sizeof picture->pixels);
    return (vt_render_target){
        .pixels = picture->pixels, .width = SIDE, .height = SIDE, .stride = STRIDE, .samples = samples};
}

static const uint8_t *pixel(const picture *picture, int x, int y)
{
    return &picture->pixels[y * STRIDE + x * 4];
}

static void draw(const shape *shape, const vt_camera *camera, uint32_t samples, picture *picture)
{
    vt_mesh *mesh = shape_to_mesh(shape);
    vt_mesh_normals *normals = vt_mesh_normals_create(mesh, 0.6F, NULL);
    vt_renderer *renderer = vt_renderer_create();
    vt_render_target target = target_of(picture, samples);
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_renderer_draw(renderer, mesh, normals, camera, &target, &error));
    vt_renderer_free(renderer);
    vt_mesh_normals_free(normals);
    vt_mesh_free(mesh);
}

/* From the front, parallel. */
static vt_camera front_camera(void)
{
    vt_camera camera = vt_camera_default();
    vt_camera_look_from(&camera, 0, 0);
    camera.field_of_view = 0;
    return camera;
}

/* Premultiplied colour never exceeds alpha, and what is between the rows is left alone. */
static void check_all_pixels(const picture *picture)
{
    for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
            const uint8_t *at = pixel(picture, x, y);
            assert_true(at[0] <= at[3] && at[1] <= at[3] && at[2] <= at[3]);
        }
        for (int i = SIDE * 4; i < STRIDE; i++) {
            assert_int_equal(picture->pixels[y * STRIDE + i], 0x5a);
        }
    }
}

static double coverage(const picture *picture)
{
    double sum = 0;
    for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
            sum += pixel(picture, x, y)[3] / 255.0;
        }
    }
    return sum / (SIDE * SIDE);
}

/* A cube from the front fills its square of the bounding sphere's picture exactly. */
static void test_box_from_the_front(void **state)
{
    (void)state;
    shape box = shape_box(5, 5, 5);
    vt_camera camera = front_camera();
    for (uint32_t samples = 1; samples <= 4; samples++) {
        picture picture;
        draw(&box, &camera, samples, &picture);
        check_all_pixels(&picture);
        double side = 1 / sqrt(3);
        assert_true(fabs(coverage(&picture) - side * side) < 0.02);
        assert_int_equal(pixel(&picture, 32, 32)[3], 255);
        assert_int_equal(pixel(&picture, 15, 15)[3], 255);
        assert_int_equal(pixel(&picture, 48, 48)[3], 255);
        assert_int_equal(pixel(&picture, 11, 32)[3], 0);
        assert_int_equal(pixel(&picture, 52, 32)[3], 0);
        assert_int_equal(pixel(&picture, 0, 0)[3], 0);
    }
    shape_free(&box);
}

static void test_edges_are_smooth(void **state)
{
    (void)state;
    shape sphere = shape_sweep(surface_sphere, 64, 32);
    vt_camera camera = front_camera();
    camera.fit = VT_CAMERA_FIT_TIGHT;
    bool seen[256] = {false};
    picture picture;
    draw(&sphere, &camera, 4, &picture);
    check_all_pixels(&picture);
    size_t shades = 0;
    for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
            uint8_t alpha = pixel(&picture, x, y)[3];
            shades += !seen[alpha];
            seen[alpha] = true;
        }
    }
    assert_true(shades >= 12);
    double radius = 0.47;
    assert_true(fabs(coverage(&picture) - PI * radius * radius) < 0.01);
    shape_free(&sphere);
}

static void test_triangles_leave_no_gap(void **state)
{
    (void)state;
    shape torus = shape_sweep(surface_torus, 311, 173);
    vt_camera camera = front_camera();
    vt_camera_look_from(&camera, 0, 1.5F);
    camera.zoom = 8;
    camera.pan[0] = -127; /* the ring's side fills the whole view */
    picture picture;
    draw(&torus, &camera, 3, &picture);
    for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
            assert_int_equal(pixel(&picture, x, y)[3], 255);
        }
    }
    shape_free(&torus);
}

/* The nearer of two squares is seen, whatever their order, and both sides of a triangle are lit. */
static void test_near_hides_far(void **state)
{
    (void)state;
    for (int order = 0; order < 2; order++) {
        shape pair = shape_create(2);
        const float far[3][3] = {{-20, 9, -20}, {20, 9, -20}, {0, 9, 30}};
        /* Leans, so that its shade differs. */
        const float near[3][3] = {{-9, -9, -9}, {9, -9, -9}, {0, -4, 9}};
        for (int i = 0; i < 2; i++) {
            const float(*p)[3] = i == order ? far : near;
            shape_add(&pair, p[0], p[1], p[2]);
        }
        picture front;
        picture back;
        vt_camera camera = front_camera();
        draw(&pair, &camera, 2, &front);
        vt_camera_look_from(&camera, 3.1415927F, 0);
        draw(&pair, &camera, 2, &back);
        const uint8_t *middle = pixel(&front, 32, 32);
        const uint8_t *edge = pixel(&front, 32, 16);
        assert_int_equal(middle[3], 255);
        assert_int_equal(edge[3], 255);
        assert_true(middle[1] != edge[1]);
        assert_int_equal(pixel(&back, 32, 32)[3], 255);
        assert_memory_equal(pixel(&back, 32, 32), pixel(&back, 32, 16), 4);
        assert_true(pixel(&back, 32, 32)[1] > 80);
        shape_free(&pair);
    }
}

/* Of a closed mesh the backs are hidden anyway, so leaving them out changes no pixel. */
static void test_backs_of_a_closed_mesh_need_no_drawing(void **state)
{
    (void)state;
    static picture whole;
    static picture fronts;
    shape swept = shape_sweep(surface_torus, 40, 24);
    vt_mesh *torus = shape_to_mesh(&swept);
    shape_free(&swept);
    vt_renderer *renderer = vt_renderer_create();
    vt_camera camera = vt_camera_default();
    for (int turn = 0; turn < 4; turn++) {
        vt_camera_turn(&camera, 0.9F, 0.4F);
        vt_render_target all = target_of(&whole, 4);
        vt_render_target closed = target_of(&fronts, 4);
        closed.closed = true;
        assert_true(vt_renderer_draw(renderer, torus, NULL, &camera, &all, NULL));
        assert_true(vt_renderer_draw(renderer, torus, NULL, &camera, &closed, NULL));
        assert_memory_equal(whole.pixels, fronts.pixels, BYTES);
    }
    vt_renderer_free(renderer);
    vt_mesh_free(torus);
}

static void test_light_comes_from_above(void **state)
{
    (void)state;
    shape sphere = shape_sweep(surface_sphere, 64, 32);
    vt_camera camera = front_camera();
    picture picture;
    draw(&sphere, &camera, 2, &picture);
    assert_true(pixel(&picture, 25, 22)[1] > pixel(&picture, 39, 42)[1] + 40);
    /* Readable before white and before black. */
    assert_true(pixel(&picture, 25, 22)[1] < 240);
    assert_true(pixel(&picture, 39, 42)[1] > 50);
    shape_free(&sphere);
}

static void test_the_same_bytes_each_time(void **state)
{
    (void)state;
    shape torus = shape_sweep(surface_torus, 90, 40);
    vt_camera camera = vt_camera_default();
    picture first;
    picture second;
    draw(&torus, &camera, 4, &first);
    draw(&torus, &camera, 4, &second);
    assert_memory_equal(first.pixels, second.pixels, BYTES);
    shape_free(&torus);
}

/* A large mesh takes other ways than a small one: one band instead of many. */
static void test_large_and_small_meshes_look_alike(void **state)
{
    (void)state;
    shape coarse = shape_sweep(surface_torus, 120, 60);
    shape fine = shape_sweep(surface_torus, 240, 120);
    vt_camera camera = vt_camera_default();
    picture one;
    picture two;
    draw(&coarse, &camera, 4, &one);
    draw(&fine, &camera, 4, &two);
    long difference = 0;
    for (int i = 0; i < BYTES; i++) {
        difference += labs((long)one.pixels[i] - two.pixels[i]);
    }
    assert_true(difference < (long)BYTES);
    shape_free(&coarse);
    shape_free(&fine);
}

/* A mesh of too many vertices to keep them projected gives the same picture. */
static void test_vertices_kept_or_not(void **state)
{
    (void)state;
    shape torus = shape_sweep(surface_torus, 60, 30);
    vt_mesh *mesh = shape_to_mesh(&torus);
    vt_renderer *renderer = vt_renderer_create();
    vt_camera camera = vt_camera_default();
    camera.fit = VT_CAMERA_FIT_TIGHT;
    picture kept;
    picture not_kept;
    vt_render_target target = target_of(&kept, 3);
    assert_true(vt_renderer_draw(renderer, mesh, NULL, &camera, &target, NULL));
    size_t bytes = vt_renderer_bytes(renderer);
    vt_renderer_set_kept_vertices(renderer, 1799);
    target = target_of(&not_kept, 3);
    assert_true(vt_renderer_draw(renderer, mesh, NULL, &camera, &target, NULL));
    assert_memory_equal(kept.pixels, not_kept.pixels, BYTES);
    assert_true(coverage(&kept) > 0.2);
    assert_true(vt_renderer_bytes(renderer) < bytes);
    vt_renderer_free(renderer);
    vt_mesh_free(mesh);
    shape_free(&torus);
}

/* Whatever the numbers, the picture stays inside its memory and the model inside the picture. */
static void test_odd_models_and_cameras(void **state)
{
    (void)state;
    const float sizes[] = {1e-38F, 1e-20F, 1e20F, 3e38F};
    for (int i = 0; i < 4; i++) {
        shape box = shape_box(sizes[i], sizes[i], sizes[i]);
        vt_camera camera = vt_camera_default();
        picture picture;
        draw(&box, &camera, 4, &picture);
        check_all_pixels(&picture);
        assert_true(coverage(&picture) > 0.3);
        camera.zoom = VT_CAMERA_ZOOM_MAX;
        camera.field_of_view = 2;
        draw(&box, &camera, 4, &picture);
        assert_int_equal(pixel(&picture, 32, 32)[3], 255);
        camera.zoom = NAN;
        camera.pan[0] = 1e30F;
        camera.pan[1] = NAN;
        draw(&box, &camera, 4, &picture);
        check_all_pixels(&picture);
        shape_free(&box);
    }
}

static void test_nothing_to_draw(void **state)
{
    (void)state;
    shape nothing = shape_create(1);
    vt_camera camera = vt_camera_default();
    picture picture;
    draw(&nothing, &camera, 4, &picture);
    assert_true(coverage(&picture) == 0);
    const float point[3] = {1, 1, 1};
    shape_add(&nothing, point, point, point);
    camera.fit = VT_CAMERA_FIT_TIGHT;
    draw(&nothing, &camera, 4, &picture);
    assert_true(coverage(&picture) == 0);
    check_all_pixels(&picture);
    shape_free(&nothing);
}

static void test_targets_that_make_no_sense(void **state)
{
    (void)state;
    shape box = shape_box(1, 1, 1);
    vt_mesh *mesh = shape_to_mesh(&box);
    vt_renderer *renderer = vt_renderer_create();
    vt_camera camera = vt_camera_default();
    picture picture;
    for (int i = 0; i < 7; i++) {
        vt_render_target target = target_of(&picture, 4);
        uint32_t *fields[] = {&target.width, &target.height, &target.samples};
        if (i < 3) {
            *fields[i] = 0;
        } else if (i < 5) {
            *fields[i - 3] = VT_RENDER_SIDE_MAX + 1;
            target.stride = (size_t)1 << 20;
        } else if (i == 5) {
            target.samples = VT_RENDER_SAMPLES_MAX + 1;
        } else {
            target.stride = SIDE * 4 - 1;
        }
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_renderer_draw(renderer, mesh, NULL, &camera, &target, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
    }
    vt_renderer_free(renderer);
    vt_renderer_free(NULL);
    vt_mesh_free(mesh);
    shape_free(&box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_box_from_the_front),
        cmocka_unit_test(test_edges_are_smooth),
        cmocka_unit_test(test_triangles_leave_no_gap),
        cmocka_unit_test(test_near_hides_far),
        cmocka_unit_test(test_backs_of_a_closed_mesh_need_no_drawing),
        cmocka_unit_test(test_light_comes_from_above),
        cmocka_unit_test(test_the_same_bytes_each_time),
        cmocka_unit_test(test_large_and_small_meshes_look_alike),
        cmocka_unit_test(test_vertices_kept_or_not),
        cmocka_unit_test(test_odd_models_and_cameras),
        cmocka_unit_test(test_nothing_to_draw),
        cmocka_unit_test(test_targets_that_make_no_sense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
