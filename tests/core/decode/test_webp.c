#include "support/check.h"

#include "pictures.h"

static uint8_t *flat(int width, int height, const uint8_t rgba[4])
{
    uint8_t *pixels = malloc((size_t)width * (size_t)height * 4);
    assert_non_null(pixels);
    for (int i = 0; i < width * height; i++) {
        memcpy(pixels + (size_t)i * 4, rgba, 4);
    }
    return pixels;
}

static void test_lossy_at_every_scale(void **state)
{
    (void)state;
    const uint8_t colour[4] = {200, 100, 50, 255};
    uint8_t *pixels = flat(320, 160, colour);
    bytes file = make_webp(320, 160, pixels, 0);
    for (uint32_t box = 320; box >= 1; box = box * 2 / 3) {
        decoded d = decode_bytes(file.data, file.size, box, VT_FORMAT_UNKNOWN);
        if (!d.fine) {
            fail_msg("%s", d.error.message);
        }
        assert_int_equal(d.pixels.width, box);
        assert_int_equal(d.info.width, 320);
        assert_int_equal(d.info.has_alpha, 0);
        check_pixel(&d.pixels, (int)d.pixels.width - 1, (int)d.pixels.height - 1, 200, 100, 50, 255, 6);
        free(d.pixels.data);
    }
    free(file.data);
    free(pixels);
}

static void test_lossless_alpha(void **state)
{
    (void)state;
    const uint8_t rgba[] = {255, 128, 0, 128, 9, 99, 200, 255, 0, 0, 0, 0, 255, 255, 255, 255};
    bytes file = make_webp(2, 2, rgba, 1);
    decoded d = decode_bytes(file.data, file.size, 0, VT_FORMAT_UNKNOWN);
    assert_true(d.fine);
    assert_int_equal(d.info.has_alpha, 1);
    assert_int_equal(d.info.channels, 4);
    check_pixel(&d.pixels, 0, 0, 128, 64, 0, 128, 0);
    check_pixel(&d.pixels, 1, 0, 9, 99, 200, 255, 0);
    check_pixel(&d.pixels, 0, 1, 0, 0, 0, 0, 0);
    free(d.pixels.data);
    free(file.data);
}

static void put_u24(uint8_t *to, uint32_t value)
{
    to[0] = (uint8_t)value;
    to[1] = (uint8_t)(value >> 8);
    to[2] = (uint8_t)(value >> 16);
}

/* An animation of 20 x 10 whose first frame is the 4 x 4 picture in `still` at 6, 2. */
static bytes animation(const bytes *still)
{
    size_t frame = still->size - 12; /* the picture's chunk, without RIFF size WEBP */
    size_t size = 12 + 18 + 14 + 8 + 16 + frame;
    uint8_t *data = calloc(1, size);
    assert_non_null(data);
    patch(data, "RIFF", 4);
    put_u24(data + 4, (uint32_t)size - 8);
    patch(data + 8, "WEBPVP8X\x0a\0\0\0\x12\0\0\0", 16); /* flags: animation, alpha */
    put_u24(data + 24, 19);
    put_u24(data + 27, 9);
    patch(data + 30, "ANIM\6\0\0\0", 8);
    patch(data + 44, "ANMF", 4);
    put_u24(data + 48, (uint32_t)(16 + frame));
    put_u24(data + 52, 3); /* offsets count pairs of pixels */
    put_u24(data + 55, 1);
    put_u24(data + 58, 3);
    put_u24(data + 61, 3);
    put_u24(data + 64, 100);
    memcpy(data + 68, still->data + 12, frame);
    return (bytes){data, size};
}

static void test_first_frame_of_an_animation(void **state)
{
    (void)state;
    const uint8_t colour[4] = {10, 200, 30, 255};
    uint8_t *pixels = flat(4, 4, colour);
    bytes still = make_webp(4, 4, pixels, 1);
    bytes file = animation(&still);
    decoded d = decode_bytes(file.data, file.size, 0, VT_FORMAT_UNKNOWN);
    if (!d.fine) {
        fail_msg("%s", d.error.message);
    }
    assert_int_equal(d.info.width, 20);
    assert_int_equal(d.info.height, 10);
    assert_int_equal(d.info.has_alpha, 1);
    check_pixel(&d.pixels, 6, 2, 10, 200, 30, 255, 0);
    check_pixel(&d.pixels, 9, 5, 10, 200, 30, 255, 0);
    check_pixel(&d.pixels, 5, 2, 0, 0, 0, 0, 0);
    check_pixel(&d.pixels, 10, 6, 0, 0, 0, 0, 0);
    free(d.pixels.data);
    free(file.data);
    free(still.data);
    free(pixels);
}

static void test_every_length_and_damage(void **state)
{
    (void)state;
    const uint8_t colour[4] = {200, 100, 50, 255};
    uint8_t *pixels = flat(40, 40, colour);
    for (int i = 0; i < 1600; i++) {
        pixels[i * 4] = (uint8_t)(i * 37);
    }
    for (int lossless = 0; lossless <= 1; lossless++) {
        bytes file = make_webp(40, 40, pixels, lossless);
        int truncated = 0;
        for (size_t size = 1; size < file.size; size++) {
            bytes cut = bytes_copy(file.data, size);
            decoded d = decode_bytes(cut.data, cut.size, 16, VT_FORMAT_WEBP);
            assert_true(d.fine ? size + 16 >= file.size : d.error.message[0] != 0);
            truncated += d.error.code == VT_ERROR_TRUNCATED;
            free(d.pixels.data);
            free(cut.data);
        }
        assert_true(truncated > (int)file.size * 3 / 4);
        for (size_t at = 0; at < file.size; at++) {
            bytes copy = bytes_copy(file.data, file.size);
            copy.data[at] ^= 0x5a;
            decoded d = decode_bytes(copy.data, copy.size, 16, VT_FORMAT_WEBP);
            assert_true(d.fine || d.error.message[0]);
            free(d.pixels.data);
            free(copy.data);
        }
        free(file.data);
    }
    free(pixels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lossy_at_every_scale),
        cmocka_unit_test(test_lossless_alpha),
        cmocka_unit_test(test_first_frame_of_an_animation),
        cmocka_unit_test(test_every_length_and_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
