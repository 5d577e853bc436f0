#include "support/check.h"

#include "pictures.h"

#include <math.h>

/* Left half one colour, right half another. */
static uint8_t *two_halves(uint32_t width, uint32_t height, int components, const uint8_t *left,
                           const uint8_t *right)
{
    uint8_t *pixels = malloc((size_t)width * height * (size_t)components);
    assert_non_null(pixels);
    for (uint32_t i = 0; i < width * height; i++) {
        memcpy(pixels + (size_t)i * (size_t)components, i % width < width / 2 ? left : right,
               (size_t)components);
    }
    return pixels;
}

static void test_rgb_at_every_scale(void **state)
{
    (void)state;
    const uint8_t left[3] = {220, 40, 30};
    const uint8_t right[3] = {20, 60, 200};
    uint8_t *pixels = two_halves(512, 256, 3, left, right);
    for (int progressive = 0; progressive <= 1; progressive++) {
        bytes file = make_jpeg(512, 256, 3, pixels, 0, progressive);
        for (uint32_t box = 512; box >= 1; box = box * 3 / 4) {
            decoded d = decode_bytes(file.data, file.size, box, VT_FORMAT_UNKNOWN);
            assert_true(d.fine);
            assert_int_equal(d.pixels.width, box);
            assert_int_equal(d.pixels.height, box > 1 ? (box + 1) / 2 : 1);
            assert_int_equal(d.info.width, 512);
            assert_int_equal(d.info.height, 256);
            assert_int_equal(d.info.channels, 3);
            assert_int_equal(d.info.bit_depth, 8);
            if (box > 8) {
                check_pixel(&d.pixels, (int)box / 4, (int)box / 4, 220, 40, 30, 255, 3);
                check_pixel(&d.pixels, (int)box * 3 / 4, (int)box / 4, 20, 60, 200, 255, 3);
            }
            free(d.pixels.data);
        }
        free(file.data);
    }
    free(pixels);
}

static void test_grey_and_cmyk(void **state)
{
    (void)state;
    const uint8_t dark = 60;
    const uint8_t light = 180;
    uint8_t *grey = two_halves(64, 64, 1, &dark, &light);
    bytes file = make_jpeg(64, 64, 1, grey, 0, 0);
    decoded d = decode_bytes(file.data, file.size, 0, VT_FORMAT_UNKNOWN);
    assert_true(d.fine);
    assert_int_equal(d.info.channels, 1);
    check_pixel(&d.pixels, 10, 10, 60, 60, 60, 255, 2);
    check_pixel(&d.pixels, 50, 10, 180, 180, 180, 255, 2);
    free(d.pixels.data);
    free(file.data);
    free(grey);
    /* The library writes Adobe's marker, with which 255 means no ink. */
    const uint8_t cyan[4] = {0, 255, 255, 255};
    const uint8_t dim_red[4] = {255, 0, 0, 128};
    uint8_t *cmyk = two_halves(64, 64, 4, cyan, dim_red);
    file = make_jpeg(64, 64, 4, cmyk, 0, 0);
    d = decode_bytes(file.data, file.size, 0, VT_FORMAT_UNKNOWN);
    assert_true(d.fine);
    assert_int_equal(d.info.channels, 4);
    assert_int_equal(d.info.has_alpha, 0);
    check_pixel(&d.pixels, 10, 10, 0, 255, 255, 255, 4);
    check_pixel(&d.pixels, 50, 10, 128, 0, 0, 255, 4);
    free(d.pixels.data);
    /* Without the marker, 255 is full ink. */
    uint8_t *adobe = memmem(file.data, file.size, "Adobe", 5);
    assert_non_null(adobe);
    patch(adobe, "Nobod", 5);
    d = decode_bytes(file.data, file.size, 0, VT_FORMAT_UNKNOWN);
    assert_true(d.fine);
    check_pixel(&d.pixels, 10, 10, 0, 0, 0, 255, 4);
    check_pixel(&d.pixels, 50, 10, 0, 127, 127, 255, 4);
    free(d.pixels.data);
    free(file.data);
    free(cmyk);
}

static void test_orientations(void **state)
{
    (void)state;
    const uint8_t left[3] = {250, 250, 250};
    const uint8_t right[3] = {10, 10, 10};
    uint8_t *pixels = two_halves(128, 64, 3, left, right);
    /* Where the white half is when upright: x, y of a white and of a black point. */
    static const int points[9][4] = {{8, 8, 120, 8}, {8, 8, 120, 8}, {120, 8, 8, 8},
                                     {120, 8, 8, 8}, {8, 8, 120, 8}, {8, 8, 8, 120},
                                     {8, 8, 8, 120}, {8, 120, 8, 8}, {8, 120, 8, 8}};
    for (int orientation = 0; orientation <= 8; orientation++) {
        bytes file = make_jpeg(128, 64, 3, pixels, orientation, 0);
        decoded d = decode_bytes(file.data, file.size, 0, VT_FORMAT_UNKNOWN);
        assert_true(d.fine);
        assert_int_equal(d.info.orientation, orientation);
        assert_int_equal(d.info.width, orientation >= 5 ? 64 : 128);
        assert_int_equal(d.pixels.width, orientation >= 5 ? 64 : 128);
        const int *p = points[orientation];
        check_pixel(&d.pixels, p[0], p[1], 250, 250, 250, 255, 3);
        check_pixel(&d.pixels, p[2], p[3], 10, 10, 10, 255, 3);
        free(d.pixels.data);
        free(file.data);
    }
    free(pixels);
}

/* A file that ends anywhere fails as truncated (or, in its header, as corrupt) or, without its end marker,
   succeeds; and what it shows of the picture is right. */
static void test_every_length(void **state)
{
    (void)state;
    const uint8_t left[3] = {200, 100, 50};
    uint8_t *pixels = two_halves(64, 64, 3, left, left);
    for (int progressive = 0; progressive <= 1; progressive++) {
        bytes file = make_jpeg(64, 64, 3, pixels, 6, progressive);
        int partial = 0;
        for (size_t size = 1; size < file.size; size++) {
            bytes cut = bytes_copy(file.data, size);
            decoded d = decode_bytes(cut.data, cut.size, 32, VT_FORMAT_JPEG);
            if (d.fine) {
                assert_true(size + 16 >= file.size);
            } else {
                assert_true(d.error.message[0]);
                assert_int_equal(d.error.code, VT_ERROR_TRUNCATED);
            }
            if (d.pixels.width > 0) {
                partial++;
                /* orientation 6: the first stored row stands at the right */
                check_pixel(&d.pixels, 31, 10, 200, 100, 50, 255, progressive ? 255 : 4);
            }
            free(d.pixels.data);
            free(cut.data);
        }
        assert_true(partial > 0);
        free(file.data);
    }
    free(pixels);
}

/* Of a progressive file only the first scans are read when it is reduced to an eighth or less: it must look
   like the same picture sent row by row, and a file that was cut off must still be told. */
static void test_progressive_reduced(void **state)
{
    (void)state;
    enum { SIDE = 512, BOX = 50 };
    uint8_t *pixels = malloc((size_t)SIDE * SIDE * 3);
    assert_non_null(pixels);
    for (size_t i = 0; i < (size_t)SIDE * SIDE; i++) {
        pixels[i * 3] = (uint8_t)(i % SIDE / 2);
        pixels[i * 3 + 1] = (uint8_t)(i / SIDE / 2);
        pixels[i * 3 + 2] = (uint8_t)(i % 2 * 100);
    }
    bytes plain = make_jpeg(SIDE, SIDE, 3, pixels, 0, 0);
    bytes file = make_jpeg(SIDE, SIDE, 3, pixels, 0, 1);
    decoded expected = decode_bytes(plain.data, plain.size, BOX, VT_FORMAT_UNKNOWN);
    decoded d = decode_bytes(file.data, file.size, BOX, VT_FORMAT_UNKNOWN);
    assert_true(expected.fine && d.fine);
    for (int i = 0; i < BOX * BOX; i++) {
        const uint8_t *at = expected.pixels.data + (size_t)i * 4;
        check_pixel(&d.pixels, i % BOX, i / BOX, at[2], at[1], at[0], 255, 3);
    }
    free(d.pixels.data);
    d = decode_bytes(file.data, file.size * 2 / 3, BOX, VT_FORMAT_UNKNOWN);
    assert_false(d.fine);
    assert_int_equal(d.error.code, VT_ERROR_TRUNCATED);
    assert_int_equal(d.pixels.width, BOX);
    free(d.pixels.data);
    free(expected.pixels.data);
    free(plain.data);
    free(file.data);
    free(pixels);
}

/* A header that promises 4 gigapixels costs nothing. */
static void test_header_bomb(void **state)
{
    (void)state;
    const uint8_t grey = 128;
    uint8_t *pixels = two_halves(16, 16, 1, &grey, &grey);
    bytes file = make_jpeg(16, 16, 1, pixels, 0, 0);
    uint8_t *frame = memmem(file.data, file.size, "\xff\xc0", 2);
    assert_non_null(frame);
    patch(frame + 5, "\xfb\x50\xfb\x50", 4); /* 64336 x 64336 */
    decoded d = decode_bytes(file.data, file.size, 256, VT_FORMAT_JPEG);
    assert_false(d.fine);
    assert_int_equal(d.error.code, VT_ERROR_LIMIT);
    assert_non_null(strstr(d.error.message, "limits.pixels_scaled"));
    free(d.pixels.data);
    patch(frame + 5, "\xff\xfa\x00\x10", 4); /* 16 x 65530 */
    d = decode_bytes(file.data, file.size, 256, VT_FORMAT_JPEG);
    assert_int_equal(d.error.code, VT_ERROR_LIMIT);
    assert_non_null(strstr(d.error.message, "65500"));
    free(d.pixels.data);
    free(file.data);
    free(pixels);
}

static void test_scan_bomb(void **state)
{
    (void)state;
    const uint8_t left[3] = {200, 100, 50};
    uint8_t *pixels = two_halves(64, 64, 3, left, left);
    bytes file = make_jpeg(64, 64, 3, pixels, 0, 1);
    vt_input input = vt_input_from_memory(file.data, file.size);
    vt_image_request request = {.box_width = 32, .box_height = 32, .limits = vt_limits_default};
    uint8_t target[32 * 32 * 4];
    vt_pixels out = {.data = target, .capacity = sizeof target};
    vt_media_info info;
    vt_error error = VT_ERROR_INIT;
    request.limits.max_scans = 3; /* the library's simple progression has 10 */
    assert_false(vt_image_decode(VT_FORMAT_JPEG, &input, &request, &info, &out, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_non_null(strstr(error.message, "limits.scans"));
    assert_int_equal(out.width, 0);
    free(file.data);
    free(pixels);
}

/* Every single byte damaged: any answer is fine, as long as there is one and failures say why. */
static void test_damage(void **state)
{
    (void)state;
    const uint8_t left[3] = {200, 100, 50};
    const uint8_t right[3] = {0, 255, 50};
    uint8_t *pixels = two_halves(24, 24, 3, left, right);
    bytes file = make_jpeg(24, 24, 3, pixels, 3, 1);
    int failures = 0;
    for (size_t at = 0; at < file.size; at++) {
        bytes copy = bytes_copy(file.data, file.size);
        copy.data[at] ^= 0x5a;
        decoded d = decode_bytes(copy.data, copy.size, 16, VT_FORMAT_JPEG);
        if (!d.fine) {
            failures++;
            assert_true(d.error.code != VT_ERROR_NONE && d.error.message[0]);
        }
        free(d.pixels.data);
        free(copy.data);
    }
    assert_true(failures > 0);
    free(file.data);
    free(pixels);
}

static void test_probe_touches_no_pixels(void **state)
{
    (void)state;
    const uint8_t grey = 128;
    uint8_t *pixels = two_halves(40, 20, 1, &grey, &grey);
    bytes file = make_jpeg(40, 20, 1, pixels, 8, 0);
    vt_input input = vt_input_from_memory(file.data, file.size);
    const vt_image_request request = {.probe = true, .limits = vt_limits_default};
    vt_pixels none = {0};
    vt_media_info info;
    assert_true(vt_image_decode(VT_FORMAT_JPEG, &input, &request, &info, &none, NULL));
    assert_int_equal(info.width, 20);
    assert_int_equal(info.height, 40);
    assert_int_equal(info.kind, VT_KIND_IMAGE);
    free(file.data);
    free(pixels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rgb_at_every_scale),
        cmocka_unit_test(test_grey_and_cmyk),
        cmocka_unit_test(test_orientations),
        cmocka_unit_test(test_every_length),
        cmocka_unit_test(test_progressive_reduced),
        cmocka_unit_test(test_header_bomb),
        cmocka_unit_test(test_scan_bomb),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_probe_touches_no_pixels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
