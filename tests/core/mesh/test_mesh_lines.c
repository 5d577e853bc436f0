/* Edges, box and axes over a model. */
#include "support/check.h"

#include "core/mesh/render.h"
#include "tests/core/mesh/shapes.h"

enum { SIDE = 200 };

typedef struct picture {
    uint8_t pixels[SIDE * SIDE * 4];
} picture;

/* A box of 2 x 1 x 1 from the front, parallel: in the picture it lies in the middle, twice as wide as high.
 */
static void draw(vt_render_target look, uint32_t samples, bool closed, picture *to)
{
    shape box = shape_box(2, 1, 1);
    vt_mesh *mesh = shape_to_mesh(&box);
    vt_renderer *renderer = vt_renderer_create();
    vt_camera camera = vt_camera_default();
    vt_camera_look_from(&camera, 0, 0);
    camera.field_of_view = 0;
    look.pixels = to->pixels;
    look.width = look.height = SIDE;
    look.stride = (size_t)SIDE * 4;
    look.samples = samples;
    look.closed = closed;
    assert_true(vt_renderer_draw(renderer, mesh, NULL, &camera, &look, NULL));
    for (size_t i = 0; i < sizeof to->pixels; i += 4) { /* premultiplied */
        uint8_t alpha = to->pixels[i + 3];
        assert_true(to->pixels[i] <= alpha && to->pixels[i + 1] <= alpha && to->pixels[i + 2] <= alpha);
    }
    vt_renderer_free(renderer);
    vt_mesh_free(mesh);
    shape_free(&box);
}

static const uint8_t *pixel(const picture *picture, int x, int y)
{
    return &picture->pixels[(y * SIDE + x) * 4];
}

static int covered(const picture *picture)
{
    int count = 0;
    for (size_t i = 3; i < sizeof picture->pixels; i += 4) {
        count += picture->pixels[i] > 0;
    }
    return count;
}

static int different(const picture *a, const picture *b)
{
    int count = 0;
    for (size_t i = 0; i < sizeof a->pixels; i += 4) {
        count += memcmp(a->pixels + i, b->pixels + i, 4) != 0;
    }
    return count;
}

static void edges_are_drawn_over_faces(void **state)
{
    (void)state;
    for (uint32_t samples = 1; samples <= VT_RENDER_SAMPLES_MAX; samples++) {
        picture faces, edges;
        draw((vt_render_target){.look = VT_RENDER_FACES}, samples, true, &faces);
        draw((vt_render_target){.look = VT_RENDER_EDGES}, samples, true, &edges);
        int changed = different(&faces, &edges);
        assert_true(changed > 150);                 /* an outline of some 490 pixels, and diagonals */
        assert_true(changed < covered(&faces) / 2); /* most of the faces is left */
        assert_memory_equal(pixel(&faces, SIDE / 2, SIDE / 2 + 14), pixel(&edges, SIDE / 2, SIDE / 2 + 14),
                            4);
    }
}

static void hidden_edges_are_not_seen(void **state)
{
    (void)state;
    /* With and without the backs in the mesh: those lie behind the front. */
    picture closed, open;
    draw((vt_render_target){.look = VT_RENDER_EDGES}, 2, true, &closed);
    draw((vt_render_target){.look = VT_RENDER_EDGES}, 2, false, &open);
    int darker = 0;
    for (int x = 60; x < 140; x++) {
        darker += pixel(&open, x, SIDE / 2)[1] + 60 < pixel(&closed, x, SIDE / 2)[1];
    }
    assert_true(darker <= 6); /* the diagonal of the front is drawn twice, nothing else */
    draw((vt_render_target){.look = VT_RENDER_EDGES}, 1, true, &closed);
    draw((vt_render_target){.look = VT_RENDER_EDGES}, 1, false, &open);
    assert_int_equal(different(&open, &closed), 0);
}

static void a_wireframe_has_no_faces(void **state)
{
    (void)state;
    picture faces, wires;
    draw((vt_render_target){.look = VT_RENDER_FACES}, 2, true, &faces);
    draw((vt_render_target){.look = VT_RENDER_WIREFRAME}, 2, true, &wires);
    assert_true(covered(&wires) > 300);
    assert_true(covered(&wires) < covered(&faces) / 2);
    assert_int_equal(
        pixel(&wires, SIDE / 2 - 20, SIDE / 2 + 20)[3] + pixel(&wires, SIDE / 2 + 30, SIDE / 2 + 6)[3], 0);
}

/* With one sample, as while the model is turned. */
static void quick_lines_lie_where_smooth_ones_do(void **state)
{
    (void)state;
    picture quick, smooth;
    draw((vt_render_target){.look = VT_RENDER_WIREFRAME}, 1, true, &quick);
    draw((vt_render_target){.look = VT_RENDER_WIREFRAME}, 2, true, &smooth);
    int beside = 0;
    for (size_t i = 3; i < sizeof quick.pixels; i += 4) {
        beside += quick.pixels[i] > 0 && smooth.pixels[i] == 0;
    }
    assert_int_equal(beside, 0);
    assert_true(covered(&quick) > 300);
    assert_true(covered(&quick) < covered(&smooth)); /* one pixel wide, not one and a half */
}

static void a_box_and_axes_have_their_colours(void **state)
{
    (void)state;
    picture plain, boxed, axes;
    draw((vt_render_target){.look = VT_RENDER_WIREFRAME}, 2, true, &plain);
    draw((vt_render_target){.look = VT_RENDER_WIREFRAME, .box = true}, 2, true, &boxed);
    int orange = 0, red = 0, blue = 0, green = 0;
    draw((vt_render_target){.look = VT_RENDER_FACES, .axes = true}, 2, true, &axes);
    for (size_t i = 0; i < sizeof boxed.pixels; i += 4) {
        const uint8_t *at = &boxed.pixels[i];
        orange += at[3] > 200 && at[2] > 2 * at[0] && at[2] > at[1];
    }
    assert_true(orange > 300);
    assert_true(different(&plain, &boxed) >= orange);
    for (int y = SIDE * 5 / 8; y < SIDE; y++) { /* the lower left corner; y points away from the viewer */
        for (int x = 0; x < SIDE / 2; x++) {
            const uint8_t *at = pixel(&axes, x, y);
            red += at[3] > 100 && at[2] > 2 * at[1];
            green += at[3] > 100 && at[1] > 2 * at[2];
            blue += at[3] > 100 && at[0] > 2 * at[2];
        }
    }
    assert_true(red > 20 && blue > 20);
    assert_true(green <= 4);
}

static void lines_beyond_the_picture_do_no_harm(void **state)
{
    (void)state;
    shape box = shape_box(2, 1, 1);
    vt_mesh *mesh = shape_to_mesh(&box);
    vt_renderer *renderer = vt_renderer_create();
    static uint8_t pixels[SIDE * SIDE * 4];
    vt_camera camera = vt_camera_default();
    camera.zoom = VT_CAMERA_ZOOM_MAX;
    for (int look = VT_RENDER_FACES; look <= VT_RENDER_WIREFRAME; look++) {
        for (int step = -3; step <= 3; step++) {
            camera.pan[0] = (float)step * 1e4F;
            camera.pan[1] = (float)step * 777;
            const vt_render_target target = {.pixels = pixels,
                                             .width = SIDE,
                                             .height = SIDE,
                                             .stride = (size_t)SIDE * 4,
                                             .samples = 1 + (uint32_t)abs(step) % 2,
                                             .look = (vt_render_look)look,
                                             .box = true,
                                             .axes = true};
            assert_true(vt_renderer_draw(renderer, mesh, NULL, &camera, &target, NULL));
        }
    }
    vt_renderer_free(renderer);
    vt_mesh_free(mesh);
    shape_free(&box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edges_are_drawn_over_faces),
        cmocka_unit_test(hidden_edges_are_not_seen),
        cmocka_unit_test(a_wireframe_has_no_faces),
        cmocka_unit_test(quick_lines_lie_where_smooth_ones_do),
        cmocka_unit_test(a_box_and_axes_have_their_colours),
        cmocka_unit_test(lines_beyond_the_picture_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
