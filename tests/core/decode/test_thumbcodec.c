#include "support/check.h"

#include "core/decode/thumbcodec.h"
#include "pictures.h"

static vt_pixels gradient(uint32_t width, uint32_t height, bool opaque)
{
    vt_pixels pixels = {.capacity = (size_t)width * height * 4,
                        .width = width,
                        .height = height,
                        .stride = (size_t)width * 4};
    pixels.data = malloc(pixels.capacity);
    assert_non_null(pixels.data);
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++) {
            uint8_t *at = pixels.data + y * pixels.stride + (size_t)x * 4;
            unsigned alpha = opaque ? 255 : x * 255 / (width > 1 ? width - 1 : 1);
            at[0] = (uint8_t)(y * 255 / height * alpha / 255);
            at[1] = (uint8_t)(x * 255 / width * alpha / 255);
            at[2] = (uint8_t)(alpha / 2);
            at[3] = (uint8_t)alpha;
        }
    }
    return pixels;
}

static void expect_round_trip(uint32_t width, uint32_t height, bool opaque, int tolerance)
{
    vt_pixels pixels = gradient(width, height, opaque);
    vt_pixels back = {.capacity = pixels.capacity};
    vt_blob blob;
    vt_error error = VT_ERROR_INIT;
    uint32_t stored_width;
    uint32_t stored_height;
    back.data = malloc(back.capacity);
    assert_true(vt_thumb_encode(&pixels, &blob, &error));
    assert_true(vt_thumb_size(blob.data, blob.size, &stored_width, &stored_height, &error));
    assert_int_equal(stored_width, width);
    assert_int_equal(stored_height, height);
    assert_true(vt_thumb_decode(blob.data, blob.size, &back, &error));
    assert_int_equal(back.width, width);
    assert_int_equal(back.height, height);
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++) {
            const uint8_t *at = pixels.data + y * pixels.stride + (size_t)x * 4;
            check_pixel(&back, (int)x, (int)y, at[2], at[1], at[0], at[3], tolerance);
            assert_int_equal(back.data[y * back.stride + (size_t)x * 4 + 3], at[3]);
        }
    }
    free(blob.data);
    free(back.data);
    free(pixels.data);
}

static void test_round_trips(void **state)
{
    (void)state;
    expect_round_trip(256, 192, true, 8);
    expect_round_trip(1, 1, true, 4);
    expect_round_trip(256, 192, false, 1);
    expect_round_trip(1024, 3, false, 1);
    expect_round_trip(2, 1024, false, 1);
}

/* The transparent form is a PNG that others can read. */
static void test_png_is_a_png(void **state)
{
    (void)state;
    vt_pixels pixels = gradient(31, 17, false);
    vt_blob blob;
    assert_true(vt_thumb_encode(&pixels, &blob, NULL));
    decoded d = decode_bytes(blob.data, blob.size, 0, VT_FORMAT_UNKNOWN);
    assert_true(d.fine);
    assert_int_equal(d.format, VT_FORMAT_PNG);
    for (uint32_t x = 0; x < 31; x++) {
        const uint8_t *at = pixels.data + 5 * pixels.stride + (size_t)x * 4;
        check_pixel(&d.pixels, (int)x, 5, at[2], at[1], at[0], at[3], 1);
    }
    free(d.pixels.data);
    free(blob.data);
    free(pixels.data);
}

/* Bytes of a damaged store: cut anywhere, or any byte changed. Never a crash, and never half a picture. */
static void test_damaged_blobs(void **state)
{
    (void)state;
    for (int opaque = 0; opaque <= 1; opaque++) {
        vt_pixels pixels = gradient(24, 16, opaque);
        vt_blob blob;
        uint8_t target[24 * 16 * 4];
        assert_true(vt_thumb_encode(&pixels, &blob, NULL));
        for (size_t size = 0; size + 16 < blob.size; size++) {
            bytes cut = bytes_copy(blob.data, size);
            vt_pixels back = {.data = target, .capacity = sizeof target};
            vt_error error = VT_ERROR_INIT;
            assert_false(vt_thumb_decode(cut.data, cut.size, &back, &error));
            assert_int_equal(error.code, VT_ERROR_CORRUPT);
            assert_int_equal(back.width, 0);
            free(cut.data);
        }
        for (size_t at = 0; at < blob.size; at++) {
            bytes copy = bytes_copy(blob.data, blob.size);
            copy.data[at] ^= 0x5a;
            vt_pixels back = {.data = target, .capacity = sizeof target};
            vt_error error = VT_ERROR_INIT;
            bool fine = vt_thumb_decode(copy.data, copy.size, &back, &error);
            assert_int_equal(fine, back.width > 0);
            assert_true(fine || error.code == VT_ERROR_CORRUPT || error.code == VT_ERROR_LIMIT);
            free(copy.data);
        }
        free(blob.data);
        free(pixels.data);
    }
}

static void test_limits(void **state)
{
    (void)state;
    vt_pixels pixels = gradient(1025, 1, true);
    vt_blob blob;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_thumb_encode(&pixels, &blob, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_null(blob.data);
    free(pixels.data);
    for (int opaque = 0; opaque <= 1; opaque++) {
        pixels = gradient(20, 10, opaque);
        assert_true(vt_thumb_encode(&pixels, &blob, &error));
        vt_pixels small = {.data = pixels.data, .capacity = 20 * 10 * 4 - 1};
        assert_false(vt_thumb_decode(blob.data, blob.size, &small, &error));
        assert_int_equal(error.code, VT_ERROR_LIMIT);
        free(blob.data);
        free(pixels.data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trips),
        cmocka_unit_test(test_png_is_a_png),
        cmocka_unit_test(test_damaged_blobs),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
