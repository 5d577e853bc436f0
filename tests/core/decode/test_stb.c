/* GIF, BMP, TGA, PSD, HDR and PNM: small files written out by hand. */
#include "support/check.h"

#include "pictures.h"

/* Each shows 2 x 1 pixels: red (255, 0, 0) and blue (0, 0, 255). */
static const uint8_t bmp[] = {'B', 'M', 62, 0, 0, 0, 0, 0,  0, 0, 54, 0, 0, 0, 40,  0,   0, 0, 2, 0, 0,
                              0,   1,   0,  0, 0, 1, 0, 24, 0, 0, 0,  0, 0, 8, 0,   0,   0, 0, 0, 0, 0,
                              0,   0,   0,  0, 0, 0, 0, 0,  0, 0, 0,  0, 0, 0, 255, 255, 0, 0, 0, 0};
static const uint8_t tga[] = {0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 24, 0x20, 0, 0, 255, 255, 0, 0};
static const uint8_t ppm[] = {'P', '6', '\n', '2', ' ', '1', '\n', '2', '5', '5', '\n', 255, 0, 0, 0, 0, 255};
static const uint8_t gif[] = {'G', 'I',  'F', '8', '9', 'a', 2, 0, 1, 0, 0x80, 0, 0, 255,  0,    0, 0,   0,
                              255, 0x2c, 0,   0,   0,   0,   2, 0, 1, 0, 0,    2, 2, 0x44, 0x0a, 0, 0x3b};
static const uint8_t psd[] = {'8', 'B', 'P', 'S', 0, 1, 0, 0, 0,   0, 0, 0, 0, 3,  0, 0,
                              0,   1,   0,   0,   0, 2, 0, 8, 0,   3, 0, 0, 0, 0,  0, 0,
                              0,   0,   0,   0,   0, 0, 0, 0, 255, 0, 0, 0, 0, 255};

typedef struct sample {
    const char *name;
    vt_format format;
    const uint8_t *data;
    size_t size;
    size_t needed; /* bytes without which there is no picture */
} sample;

static const sample samples[] = {
    {"BMP", VT_FORMAT_BMP, bmp, sizeof bmp, 60},         {"TGA", VT_FORMAT_TGA, tga, sizeof tga, sizeof tga},
    {"PNM", VT_FORMAT_PNM, ppm, sizeof ppm, sizeof ppm}, {"GIF", VT_FORMAT_GIF, gif, sizeof gif, 33},
    {"PSD", VT_FORMAT_PSD, psd, sizeof psd, sizeof psd},
};

#define SAMPLES (sizeof samples / sizeof samples[0])

static void test_two_pixels_of_each(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        decoded d = decode_bytes(samples[i].data, samples[i].size, 0, samples[i].format);
        if (!d.fine) {
            fail_msg("%s: %s", samples[i].name, d.error.message);
        }
        assert_int_equal(d.format, samples[i].format);
        assert_int_equal(d.info.format, samples[i].format);
        assert_int_equal(d.info.width, 2);
        assert_int_equal(d.info.height, 1);
        assert_int_equal(d.info.bit_depth, 8);
        check_pixel(&d.pixels, 0, 0, 255, 0, 0, 255, 0);
        check_pixel(&d.pixels, 1, 0, 0, 0, 255, 255, 0);
        free(d.pixels.data);
    }
}

static void test_every_length(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        for (size_t size = 1; size < samples[i].needed; size++) {
            bytes cut = bytes_copy(samples[i].data, size);
            decoded d = decode_bytes(cut.data, cut.size, 0, samples[i].format);
            if (d.fine) {
                fail_msg("%s of %zu bytes was taken for whole", samples[i].name, size);
            }
            if (d.error.code != VT_ERROR_TRUNCATED && d.error.code != VT_ERROR_UNSUPPORTED) {
                fail_msg("%s of %zu bytes: %s", samples[i].name, size, d.error.message);
            }
            assert_int_equal(d.pixels.width, 0);
            free(d.pixels.data);
            free(cut.data);
        }
    }
}

static void test_damage(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        for (size_t at = 0; at < samples[i].size; at++) {
            static const uint8_t flips[] = {0x01, 0x5a, 0x80};
            for (size_t f = 0; f < sizeof flips; f++) {
                bytes copy = bytes_copy(samples[i].data, samples[i].size);
                copy.data[at] ^= flips[f];
                decoded d = decode_bytes(copy.data, copy.size, 16, samples[i].format);
                assert_true(d.fine || d.error.message[0]);
                free(d.pixels.data);
                free(copy.data);
            }
        }
    }
}

static bytes make_hdr(int width, int height, const uint8_t rgbe[4])
{
    char header[64];
    int length =
        snprintf(header, sizeof header, "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y %d +X %d\n", height, width);
    size_t size = (size_t)length + (size_t)width * (size_t)height * 4;
    uint8_t *data = malloc(size);
    assert_non_null(data);
    memcpy(data, header, (size_t)length);
    for (int i = 0; i < width * height; i++) {
        memcpy(data + length + (size_t)i * 4, rgbe, 4);
    }
    return (bytes){data, size};
}

/* However bright, an even grey becomes middle grey: 0.18 / 1.18 of the light, 109 in sRGB. */
static void test_hdr_is_brought_into_range(void **state)
{
    (void)state;
    static const uint8_t exponents[] = {124, 128, 140};
    for (size_t i = 0; i < sizeof exponents; i++) {
        const uint8_t rgbe[4] = {128, 128, 128, exponents[i]};
        bytes file = make_hdr(4, 4, rgbe);
        decoded d = decode_bytes(file.data, file.size, 0, VT_FORMAT_UNKNOWN);
        if (!d.fine) {
            fail_msg("%s", d.error.message);
        }
        assert_int_equal(d.info.bit_depth, 32);
        check_pixel(&d.pixels, 2, 2, 109, 109, 109, 255, 1);
        free(d.pixels.data);
        free(file.data);
    }
}

/* The library loops for ever on the run-length form of a file that ends early, if it is let (CVE-2021-42715).
 */
static void test_hdr_that_ends_early_ends(void **state)
{
    (void)state;
    static const char header[] = "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 16 +X 16\n";
    uint8_t file[sizeof header - 1 + 12];
    memcpy(file, header, sizeof header - 1);
    patch(file + sizeof header - 1, "\2\2\0\20\x90\x40\x90\x40\x90\x40\x90\x80", 12);
    for (size_t size = 12; size <= sizeof file; size++) {
        bytes cut = bytes_copy(file, size);
        decoded d = decode_bytes(cut.data, cut.size, 0, VT_FORMAT_HDR);
        assert_false(d.fine);
        assert_int_equal(d.error.code, VT_ERROR_TRUNCATED);
        free(d.pixels.data);
        free(cut.data);
    }
}

static void test_sixteen_bits(void **state)
{
    (void)state;
    const uint8_t pgm[] = {'P', '5', ' ', '2',  ' ',  '1',  ' ',  '6', '5',
                           '5', '3', '5', '\n', 0x80, 0x80, 0xff, 0xff};
    decoded d = decode_bytes(pgm, sizeof pgm, 0, VT_FORMAT_UNKNOWN);
    if (!d.fine) {
        fail_msg("%s", d.error.message);
    }
    assert_int_equal(d.info.bit_depth, 16);
    check_pixel(&d.pixels, 0, 0, 128, 128, 128, 255, 1);
    check_pixel(&d.pixels, 1, 0, 255, 255, 255, 255, 0);
    free(d.pixels.data);
}

static void test_header_bomb(void **state)
{
    (void)state;
    uint8_t bomb[sizeof bmp];
    memcpy(bomb, bmp, sizeof bmp);
    bomb[18] = 0x60;
    bomb[19] = 0xea;
    bomb[22] = 0x60;
    bomb[23] = 0xea; /* 60000 x 60000 */
    decoded d = decode_bytes(bomb, sizeof bomb, 256, VT_FORMAT_BMP);
    assert_false(d.fine);
    assert_int_equal(d.error.code, VT_ERROR_LIMIT);
    free(d.pixels.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_pixels_of_each),
        cmocka_unit_test(test_every_length),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_hdr_is_brought_into_range),
        cmocka_unit_test(test_hdr_that_ends_early_ends),
        cmocka_unit_test(test_sixteen_bits),
        cmocka_unit_test(test_header_bomb),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
