/* Parts of pictures: the same pixels as the whole picture has there, whatever the format and orientation. */
#include "support/check.h"

#include "core/decode/decoders.h"
#include "pictures.h"

enum { WIDTH = 301, HEIGHT = 203 };

/* Every block of 8 x 8 another colour, so that a part that is off by a block is seen. */
static uint8_t *blocks(int channels)
{
    uint8_t *pixels = malloc((size_t)WIDTH * HEIGHT * (size_t)channels);
    assert_non_null(pixels);
    for (uint32_t y = 0; y < HEIGHT; y++) {
        for (uint32_t x = 0; x < WIDTH; x++) {
            uint8_t *to = pixels + (y * WIDTH + x) * (size_t)channels;
            uint32_t block = y / 8 * 64 + x / 8;
            for (int c = 0; c < channels; c++) {
                to[c] = c == 3 ? 255 : (uint8_t)(block * (37U + 20U * (uint32_t)c));
            }
        }
    }
    return pixels;
}

static bool decode_part(const bytes *file, int orientation, vt_region region, uint32_t box, vt_pixels *pixels,
                        vt_error *error)
{
    uint8_t head[VT_FORMAT_SNIFF_BYTES];
    vt_input input = vt_input_from_memory(file->data, file->size);
    size_t count = vt_input_read_at(&input, 0, head, sizeof head);
    vt_format format = vt_format_sniff(head, count, file->size, VT_FORMAT_UNKNOWN, NULL);
    vt_image_request request = {.box_width = box,
                                .box_height = box,
                                .limits = vt_limits_default,
                                .region = region,
                                .orientation = orientation};
    vt_media_info info;
    *pixels = (vt_pixels){.capacity = (size_t)WIDTH * WIDTH * 4};
    pixels->data = malloc(pixels->capacity);
    assert_non_null(pixels->data);
    bool fine = vt_image_decode(format, &input, &request, &info, pixels, error);
    if (fine) { /* of the whole picture, also with a region */
        assert_int_equal(info.width + info.height, WIDTH + HEIGHT);
    }
    return fine;
}

static void expect_same_pixels(const vt_pixels *whole, const vt_pixels *part, vt_region region)
{
    assert_int_equal(part->width, region.width);
    assert_int_equal(part->height, region.height);
    for (uint32_t y = 0; y < region.height; y++) {
        const uint8_t *expected = whole->data + (y + region.y) * whole->stride + (size_t)region.x * 4;
        assert_memory_equal(part->data + y * part->stride, expected, (size_t)region.width * 4);
    }
}

static void expect_parts_of(const bytes *file, int orientation)
{
    bool turned = orientation >= 5;
    uint32_t across = turned ? HEIGHT : WIDTH;
    uint32_t down = turned ? WIDTH : HEIGHT;
    const vt_region regions[] = {{0, 0, 1, 1},
                                 {0, 0, across, down},
                                 {17, 29, 83, 41},
                                 {across - 5, down - 9, 5, 9},
                                 {64, 128, 64, 32}};
    vt_pixels whole, part;
    assert_true(decode_part(file, orientation, (vt_region){0}, 0, &whole, NULL));
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
        assert_true(decode_part(file, orientation, regions[i], 0, &part, NULL));
        expect_same_pixels(&whole, &part, regions[i]);
        free(part.data);
    }
    free(whole.data);
}

static void a_part_of_a_jpeg_is_what_the_whole_has_there(void **state)
{
    (void)state;
    uint8_t *pixels = blocks(3);
    for (int progressive = 0; progressive <= 1; progressive++) {
        bytes file = make_jpeg(WIDTH, HEIGHT, 3, pixels, 0, progressive);
        for (int orientation = 1; orientation <= 8; orientation++) {
            expect_parts_of(&file, orientation);
        }
        free(file.data);
    }
    free(pixels);
}

static void a_part_of_a_png_is_what_the_whole_has_there(void **state)
{
    (void)state;
    uint8_t *pixels = blocks(4);
    for (int interlaced = 0; interlaced <= 1; interlaced++) {
        bytes file =
            make_png(WIDTH, HEIGHT, 6, 8, interlaced, pixels, (size_t)WIDTH * HEIGHT * 4, NULL, NULL);
        expect_parts_of(&file, 0);
        free(file.data);
    }
    free(pixels);
}

static void a_part_of_a_webp_is_what_the_whole_has_there(void **state)
{
    (void)state;
    uint8_t *pixels = blocks(4);
    for (int lossless = 0; lossless <= 1; lossless++) {
        bytes file = make_webp(WIDTH, HEIGHT, pixels, lossless);
        expect_parts_of(&file, 0);
        free(file.data);
    }
    free(pixels);
}

static void a_part_is_reduced_to_its_box(void **state)
{
    (void)state;
    uint8_t *pixels = blocks(3);
    bytes file = make_jpeg(WIDTH, HEIGHT, 3, pixels, 0, 0);
    vt_pixels part;
    assert_true(decode_part(&file, 0, (vt_region){32, 16, 128, 64}, 64, &part, NULL));
    assert_int_equal(part.width, 64);
    assert_int_equal(part.height, 32);
    free(part.data);
    free(file.data);
    free(pixels);
}

static void a_part_beyond_the_picture_is_refused(void **state)
{
    (void)state;
    static const vt_region beyond[] = {{WIDTH, 0, 1, 1},      {0, HEIGHT, 1, 1},     {WIDTH - 4, 0, 5, 1},
                                       {0, HEIGHT - 4, 1, 5}, {1, 1, UINT32_MAX, 1}, {0, 0, 4, 0}};
    uint8_t *pixels = blocks(3);
    bytes files[] = {make_jpeg(WIDTH, HEIGHT, 3, pixels, 0, 0),
                     make_png(WIDTH, HEIGHT, 2, 8, 0, pixels, (size_t)WIDTH * HEIGHT * 3, NULL, NULL)};
    for (size_t f = 0; f < 2; f++) {
        for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
            vt_pixels part;
            vt_error error = VT_ERROR_INIT;
            assert_false(decode_part(&files[f], 0, beyond[i], 0, &part, &error));
            assert_int_equal(error.code, VT_ERROR_CHANGED);
            assert_non_null(strstr(error.message, "301 x 203"));
            free(part.data);
        }
        free(files[f].data);
    }
    free(pixels);
}

/* Cut in the middle: a part above the cut is whole, one below it is none. */
static void a_file_that_ends_early_has_its_upper_parts(void **state)
{
    (void)state;
    uint8_t *pixels = blocks(3);
    bytes file = make_jpeg(WIDTH, HEIGHT, 3, pixels, 0, 0);
    file.size = file.size * 6 / 10;
    vt_pixels part;
    vt_error error = VT_ERROR_INIT;
    assert_true(decode_part(&file, 0, (vt_region){8, 8, 100, 40}, 0, &part, &error));
    free(part.data);
    assert_false(decode_part(&file, 0, (vt_region){8, HEIGHT - 20, 100, 20}, 0, &part, &error));
    assert_int_equal(error.code, VT_ERROR_TRUNCATED);
    assert_int_equal(part.width, 0);
    free(part.data);
    free(file.data);
    free(pixels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_of_a_jpeg_is_what_the_whole_has_there),
        cmocka_unit_test(a_part_of_a_png_is_what_the_whole_has_there),
        cmocka_unit_test(a_part_of_a_webp_is_what_the_whole_has_there),
        cmocka_unit_test(a_part_is_reduced_to_its_box),
        cmocka_unit_test(a_part_beyond_the_picture_is_refused),
        cmocka_unit_test(a_file_that_ends_early_has_its_upper_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
