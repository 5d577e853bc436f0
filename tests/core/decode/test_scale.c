/* The scaler: light is kept, nothing aliases, hidden colours stay hidden, pictures end upright. */
#include "support/check.h"

#include "core/decode/scale.h"
#include "pictures.h"

typedef struct fixture {
    vt_pixels pixels;
    vt_error error;
} fixture;

static fixture new_fixture(void)
{
    fixture f = {.pixels = {.capacity = (size_t)1 << 20}, .error = VT_ERROR_INIT};
    f.pixels.data = malloc(f.pixels.capacity);
    assert_non_null(f.pixels.data);
    memset(f.pixels.data, 0xaa, f.pixels.capacity);
    return f;
}

static void scale(fixture *f, uint32_t width, uint32_t height, vt_layout layout, int orientation,
                  uint32_t out_width, uint32_t out_height, const uint8_t *source)
{
    vt_scaler *scaler =
        vt_scaler_create(width, height, layout, orientation, out_width, out_height, &f->pixels, &f->error);
    if (!scaler) {
        fail_msg("%s", f->error.message);
    }
    for (uint32_t y = 0; y < height; y++) {
        vt_scaler_push(scaler, source + (size_t)y * width * vt_layout_bytes(layout));
    }
    vt_scaler_push(scaler, source); /* one too many is ignored */
    assert_int_equal(vt_scaler_rows(scaler), height);
    vt_scaler_flush(scaler);
    vt_scaler_free(scaler);
}

static void test_checkerboard_keeps_its_light(void **state)
{
    (void)state;
    fixture f = new_fixture();
    const uint32_t side = 96;
    uint8_t *grey = malloc((size_t)side * side);
    uint8_t *rgb = malloc((size_t)side * side * 3);
    assert_true(grey && rgb);
    for (uint32_t i = 0; i < side * side; i++) {
        uint8_t value = (i % side + i / side) % 2 ? 255 : 0;
        grey[i] = value;
        memset(rgb + (size_t)i * 3, value, 3);
    }
    /* By an even factor, and by one that cuts through pixels. */
    for (uint32_t out = 8; out <= 12; out += 4) {
        scale(&f, side, side, VT_LAYOUT_GREY, 0, out, out, grey);
        check_pixel(&f.pixels, 3, 3, 188, 188, 188, 255, 0);
        scale(&f, side, side, VT_LAYOUT_RGB, 0, out, out, rgb);
        check_pixel(&f.pixels, (int)out - 1, 0, 188, 188, 188, 255, 0);
    }
    scale(&f, side, side, VT_LAYOUT_GREY, 0, 7, 7, grey);
    check_pixel(&f.pixels, 3, 3, 188, 188, 188, 255, 3);
    free(grey);
    free(rgb);
    free(f.pixels.data);
}

static void test_flat_colours_stay_for_every_size(void **state)
{
    (void)state;
    fixture f = new_fixture();
    uint8_t source[37 * 23 * 3];
    for (int v = 0; v < 256; v += 17) {
        memset(source, v, sizeof source);
        for (uint32_t out = 1; out <= 23; out++) {
            scale(&f, 37, 23, VT_LAYOUT_RGB, 0, out + 14, out, source);
            for (uint32_t y = 0; y < out; y++) {
                for (uint32_t x = 0; x < out + 14; x++) {
                    check_pixel(&f.pixels, (int)x, (int)y, v, v, v, 255, 0);
                }
            }
        }
    }
    free(f.pixels.data);
}

/* The share of each source pixel in each output pixel is its covered area: 3 columns to 2. */
static void test_fractional_edges(void **state)
{
    (void)state;
    fixture f = new_fixture();
    const uint8_t source[3] = {0, 255, 255};
    scale(&f, 3, 1, VT_LAYOUT_GREY, 0, 2, 1, source);
    /* One third of the light: sRGB 0.3333 is 156; the other pixel is white. */
    check_pixel(&f.pixels, 0, 0, 156, 156, 156, 255, 1);
    check_pixel(&f.pixels, 1, 0, 255, 255, 255, 255, 0);
    scale(&f, 1, 3, VT_LAYOUT_GREY, 0, 1, 2, source);
    check_pixel(&f.pixels, 0, 0, 156, 156, 156, 255, 1);
    check_pixel(&f.pixels, 0, 1, 255, 255, 255, 255, 0);
    free(f.pixels.data);
}

static void test_hidden_colours_do_not_bleed(void **state)
{
    (void)state;
    fixture f = new_fixture();
    const uint8_t rgba[] = {255, 0, 0, 255, 0, 255, 0, 0, 255, 0, 0, 255, 0, 255, 0, 0};
    scale(&f, 2, 2, VT_LAYOUT_RGBA, 0, 1, 1, rgba);
    check_pixel(&f.pixels, 0, 0, 128, 0, 0, 128, 0);
    const uint8_t grey_alpha[] = {200, 255, 9, 0, 200, 255, 9, 0};
    scale(&f, 2, 2, VT_LAYOUT_GREY_ALPHA, 0, 1, 1, grey_alpha);
    check_pixel(&f.pixels, 0, 0, 100, 100, 100, 128, 1);
    free(f.pixels.data);
}

static void test_alpha_is_noticed(void **state)
{
    (void)state;
    fixture f = new_fixture();
    uint8_t rgba[4 * 4 * 4];
    memset(rgba, 255, sizeof rgba);
    for (size_t at = 0; at <= 16; at++) {
        uint8_t copy[sizeof rgba];
        memcpy(copy, rgba, sizeof rgba);
        if (at < 16) {
            copy[at * 4 + 3] = 254;
        }
        for (uint32_t out = 2; out <= 4; out++) {
            vt_scaler *scaler = vt_scaler_create(4, 4, VT_LAYOUT_RGBA, 0, out, out, &f.pixels, &f.error);
            assert_non_null(scaler);
            for (size_t y = 0; y < 4; y++) {
                vt_scaler_push(scaler, copy + y * 16);
            }
            assert_int_equal(vt_scaler_has_alpha(scaler), at < 16);
            vt_scaler_free(scaler);
        }
    }
    free(f.pixels.data);
}

static void test_same_size_is_a_copy(void **state)
{
    (void)state;
    fixture f = new_fixture();
    uint8_t source[256 * 3];
    for (int i = 0; i < 256; i++) {
        source[i * 3] = (uint8_t)i;
        source[i * 3 + 1] = (uint8_t)(255 - i);
        source[i * 3 + 2] = 7;
    }
    scale(&f, 256, 1, VT_LAYOUT_RGB, 0, 256, 1, source);
    for (int i = 0; i < 256; i++) {
        check_pixel(&f.pixels, i, 0, i, 255 - i, 7, 255, 0);
    }
    const uint8_t half[4] = {255, 100, 0, 128};
    scale(&f, 1, 1, VT_LAYOUT_RGBA, 0, 1, 1, half);
    check_pixel(&f.pixels, 0, 0, 128, 50, 0, 128, 0);
    free(f.pixels.data);
}

/* A 3 x 2 picture with the grey values 10 to 60, as it must look upright for each EXIF orientation. */
static void test_orientations(void **state)
{
    (void)state;
    static const uint8_t stored[6] = {10, 20, 30, 40, 50, 60};
    static const struct {
        uint32_t width;
        uint32_t height;
        uint8_t upright[6];
    } expected[9] = {
        {3, 2, {10, 20, 30, 40, 50, 60}}, {3, 2, {10, 20, 30, 40, 50, 60}}, {3, 2, {30, 20, 10, 60, 50, 40}},
        {3, 2, {60, 50, 40, 30, 20, 10}}, {3, 2, {40, 50, 60, 10, 20, 30}}, {2, 3, {10, 40, 20, 50, 30, 60}},
        {2, 3, {40, 10, 50, 20, 60, 30}}, {2, 3, {60, 30, 50, 20, 40, 10}}, {2, 3, {30, 60, 20, 50, 10, 40}}};
    fixture f = new_fixture();
    uint8_t doubled[24];
    for (int i = 0; i < 24; i++) {
        doubled[i] = stored[i / 12 * 3 + i % 6 / 2];
    }
    for (int orientation = 0; orientation <= 8; orientation++) {
        for (int reduced = 0; reduced <= 1; reduced++) {
            uint32_t width = expected[orientation].width;
            scale(&f, reduced ? 6 : 3, reduced ? 4 : 2, VT_LAYOUT_GREY, orientation, width,
                  expected[orientation].height, reduced ? doubled : stored);
            assert_int_equal(f.pixels.width, width);
            for (uint32_t i = 0; i < 6; i++) {
                int value = expected[orientation].upright[i];
                check_pixel(&f.pixels, (int)(i % width), (int)(i / width), value, value, value, 255, 0);
            }
        }
    }
    free(f.pixels.data);
}

static void test_early_end_shows_what_was_there(void **state)
{
    (void)state;
    fixture f = new_fixture();
    uint8_t row[8];
    memset(row, 90, sizeof row);
    vt_scaler *scaler = vt_scaler_create(8, 8, VT_LAYOUT_GREY, 0, 2, 2, &f.pixels, &f.error);
    assert_non_null(scaler);
    vt_scaler_push(scaler, row); /* a quarter of the first output row */
    vt_scaler_flush(scaler);
    check_pixel(&f.pixels, 1, 0, 90, 90, 90, 255, 0);
    check_pixel(&f.pixels, 1, 1, 0, 0, 0, 0, 0);
    vt_scaler_free(scaler);
    free(f.pixels.data);
}

static void test_refusals(void **state)
{
    (void)state;
    fixture f = new_fixture();
    f.pixels.capacity = 15;
    assert_null(vt_scaler_create(4, 4, VT_LAYOUT_RGB, 0, 2, 2, &f.pixels, &f.error));
    assert_int_equal(f.error.code, VT_ERROR_LIMIT);
    assert_null(vt_scaler_create(4, 4, VT_LAYOUT_RGB, 0, 5, 2, &f.pixels, &f.error));
    assert_int_equal(f.error.code, VT_ERROR_INTERNAL);
    assert_null(vt_scaler_create(4, 4, VT_LAYOUT_RGB, 0, 0, 2, &f.pixels, &f.error));
    free(f.pixels.data);
}

static void test_fit(void **state)
{
    (void)state;
    static const uint32_t cases[][6] = {
        {4000, 3000, 256, 256, 256, 192}, {3000, 4000, 256, 256, 192, 256}, {100, 50, 256, 256, 100, 50},
        {100, 50, 0, 0, 100, 50},         {65500, 1, 256, 256, 256, 1},     {1, 65500, 256, 256, 1, 256},
        {65500, 65500, 1, 1, 1, 1},       {300, 200, 0, 100, 150, 100},     {1000, 999, 256, 256, 256, 256}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t width;
        uint32_t height;
        vt_image_fit(cases[i][0], cases[i][1], cases[i][2], cases[i][3], &width, &height);
        assert_int_equal(width, cases[i][4]);
        assert_int_equal(height, cases[i][5]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_checkerboard_keeps_its_light),
        cmocka_unit_test(test_flat_colours_stay_for_every_size),
        cmocka_unit_test(test_fractional_edges),
        cmocka_unit_test(test_hidden_colours_do_not_bleed),
        cmocka_unit_test(test_alpha_is_noticed),
        cmocka_unit_test(test_same_size_is_a_copy),
        cmocka_unit_test(test_orientations),
        cmocka_unit_test(test_early_end_shows_what_was_there),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
