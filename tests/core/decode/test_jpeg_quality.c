/*
 * What is left out when a photograph is reduced to a thumbnail must not be seen: the ways that save work (the
 * library's own reduction, the first scans of a progressive file) beside all of its pixels, averaged here.
 */
#include "support/check.h"

#include "core/decode/image.h"
#include "pictures.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 1600, HEIGHT = 1200, EIGHTH_WIDTH = WIDTH / 8, EIGHTH_HEIGHT = HEIGHT / 8 };

/* Light that changes slowly, edges, and texture. */
static uint8_t *paint(void)
{
    uint8_t *pixels = malloc((size_t)WIDTH * HEIGHT * 3);
    assert_non_null(pixels);
    uint32_t noise = 1;
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            noise = noise * 1664525U + 1013904223U;
            double light = 0.5 + 0.3 * sin(x / 170.0) * cos(y / 110.0) + 0.1 * sin(x / 9.0 + y / 14.0);
            light += (x / 200 + y / 300) % 3 == 0 ? 0.15 : 0;
            double texture = (double)(noise >> 24) / 255 * 0.06;
            double tint = 0.1 * sin(y / 60.0);
            const double shares[3] = {light + texture + tint, light + texture, light + texture - tint};
            for (int c = 0; c < 3; c++) {
                double value = fmin(fmax(shares[c], 0), 1) * 255;
                pixels[((size_t)y * WIDTH + (size_t)x) * 3 + (size_t)c] = (uint8_t)value;
            }
        }
    }
    return pixels;
}

/* As cameras write them: colours at half the sharpness. */
static bytes compress(const uint8_t *pixels, int quality, bool progressive)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *data = NULL;
    unsigned long size = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &size);
    jpeg.image_width = WIDTH;
    jpeg.image_height = HEIGHT;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    if (progressive) {
        jpeg_simple_progression(&jpeg);
    }
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < HEIGHT) {
        JSAMPROW row = (JSAMPROW)(pixels + (size_t)jpeg.next_scanline * WIDTH * 3);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return (bytes){data, size};
}

/* Decoded to fit the box (0: whole), BGRA; free(). `*read`: bytes of the file that it took. */
static uint8_t *decode(const bytes *file, uint32_t width, uint32_t height, uint64_t *read)
{
    vt_input input = vt_input_from_memory(file->data, file->size);
    const vt_image_request request = {.box_width = width, .box_height = height, .limits = vt_limits_default};
    size_t capacity = (size_t)(width ? width : WIDTH) * (height ? height : HEIGHT) * 4;
    vt_pixels out = {.data = malloc(capacity), .capacity = capacity};
    vt_media_info info;
    vt_error error = VT_ERROR_INIT;
    if (!vt_image_decode(VT_FORMAT_JPEG, &input, &request, &info, &out, &error)) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(out.width, width ? width : WIDTH);
    assert_int_equal(out.height, height ? height : HEIGHT);
    if (read) {
        *read = input.at;
    }
    return out.data;
}

static uint8_t *average(const uint8_t *whole)
{
    uint8_t *small = malloc((size_t)EIGHTH_WIDTH * EIGHTH_HEIGHT * 4);
    assert_non_null(small);
    for (int y = 0; y < EIGHTH_HEIGHT; y++) {
        for (int x = 0; x < EIGHTH_WIDTH; x++) {
            for (int c = 0; c < 4; c++) {
                unsigned sum = 32;
                for (int i = 0; i < 64; i++) {
                    sum += whole[((size_t)(y * 8 + i / 8) * WIDTH + (size_t)(x * 8 + i % 8)) * 4 + (size_t)c];
                }
                small[((size_t)y * EIGHTH_WIDTH + (size_t)x) * 4 + (size_t)c] = (uint8_t)(sum / 64);
            }
        }
    }
    return small;
}

/* Peak signal-to-noise ratio in dB: above 40, nobody sees a difference. */
static double psnr(const uint8_t *a, const uint8_t *b)
{
    double squares = 0;
    size_t count = (size_t)EIGHTH_WIDTH * EIGHTH_HEIGHT * 4;
    for (size_t i = 0; i < count; i++) {
        double difference = (double)a[i] - b[i];
        squares += difference * difference;
    }
    return squares > 0 ? 10 * log10(255.0 * 255.0 * (double)count / squares) : 99;
}

static void test_nobody_sees_the_difference(void **state)
{
    (void)state;
    static const int qualities[] = {95, 75, 50, 10};
    uint8_t *pixels = paint();
    for (size_t i = 0; i < sizeof qualities / sizeof qualities[0]; i++) {
        for (int progressive = 0; progressive <= 1; progressive++) {
            bytes file = compress(pixels, qualities[i], progressive);
            uint8_t *whole = decode(&file, 0, 0, NULL);
            uint8_t *expected = average(whole);
            uint8_t *reduced = decode(&file, EIGHTH_WIDTH, EIGHTH_HEIGHT, NULL);
            double found = psnr(expected, reduced);
            if (found < 40) {
                fail_msg("%s of quality %d: %.1f dB", progressive ? "progressive" : "baseline", qualities[i],
                         found);
            }
            free(whole);
            free(expected);
            free(reduced);
            free(file.data);
        }
    }
    free(pixels);
}

/* The saving is real: of a progressive file most is not even read, of others all is. */
static void test_only_the_first_scans_are_read(void **state)
{
    (void)state;
    uint8_t *pixels = paint();
    for (int progressive = 0; progressive <= 1; progressive++) {
        bytes file = compress(pixels, 90, progressive);
        uint64_t read = 0;
        free(decode(&file, EIGHTH_WIDTH, EIGHTH_HEIGHT, &read));
        if (progressive) {
            assert_true(read < file.size / 3);
        } else {
            assert_true(read + 65536 >= file.size);
        }
        /* Twice the size needs more than the means. */
        free(decode(&file, EIGHTH_WIDTH * 2, EIGHTH_HEIGHT * 2, &read));
        assert_true(read + 65536 >= file.size);
        free(file.data);
    }
    free(pixels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nobody_sees_the_difference),
        cmocka_unit_test(test_only_the_first_scans_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
