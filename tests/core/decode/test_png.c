#include "support/check.h"

#include "pictures.h"

#include <endian.h>
#include <libdeflate.h>
#include <string.h>

static decoded decode_and_free(bytes file, uint32_t box)
{
    decoded d = decode_bytes(file.data, file.size, box, VT_FORMAT_PNG);
    free(file.data);
    return d;
}

/* Packs `width` samples of `depth` bits a row, the value rising from 0 to its maximum over the row. */
static size_t ramp(uint8_t *rows, uint32_t width, uint32_t height, int depth)
{
    size_t row_bytes = (width * (uint32_t)depth + 7) / 8;
    memset(rows, 0, row_bytes * height);
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++) {
            uint32_t value = x * ((1U << depth) - 1) / (width - 1);
            uint8_t *row = rows + y * row_bytes;
            if (depth == 16) {
                row[x * 2] = (uint8_t)(value >> 8);
                row[x * 2 + 1] = (uint8_t)value;
            } else {
                uint32_t bit = x * (uint32_t)depth;
                row[bit / 8] |= (uint8_t)(value << (8 - (uint32_t)depth - bit % 8));
            }
        }
    }
    return row_bytes * height;
}

static void test_grey_of_every_depth(void **state)
{
    (void)state;
    uint8_t rows[16 * 5 * 2];
    for (int depth = 1; depth <= 16; depth *= 2) {
        for (int interlaced = 0; interlaced <= 1; interlaced++) {
            size_t size = ramp(rows, 16, 5, depth);
            decoded d = decode_and_free(
                make_png(16, 5, SPNG_COLOR_TYPE_GRAYSCALE, depth, interlaced, rows, size, NULL, NULL), 0);
            assert_true(d.fine);
            assert_int_equal(d.info.bit_depth, depth);
            assert_int_equal(d.info.channels, 1);
            assert_int_equal(d.info.has_alpha, 0);
            unsigned top = (1U << depth) - 1;
            for (unsigned x = 0; x < 16; x++) {
                unsigned sample = x * top / 15;
                int value = (int)(sample * 255.0 / top + 0.5);
                check_pixel(&d.pixels, (int)x, 4, value, value, value, 255, 1);
            }
            free(d.pixels.data);
        }
    }
}

static void test_colours(void **state)
{
    (void)state;
    const uint8_t rgb8[] = {255, 0, 0, 0, 200, 100};
    decoded d =
        decode_and_free(make_png(2, 1, SPNG_COLOR_TYPE_TRUECOLOR, 8, 0, rgb8, sizeof rgb8, NULL, NULL), 0);
    assert_true(d.fine);
    assert_int_equal(d.info.channels, 3);
    check_pixel(&d.pixels, 1, 0, 0, 200, 100, 255, 0);
    free(d.pixels.data);
    const uint16_t rgb16[] = {0xffff, 0x8080, 0, 0, 0xc8c8, 0x6464}; /* the same high and low byte */
    d = decode_and_free(make_png(2, 1, SPNG_COLOR_TYPE_TRUECOLOR, 16, 0, rgb16, sizeof rgb16, NULL, NULL), 0);
    assert_true(d.fine);
    assert_int_equal(d.info.bit_depth, 16);
    check_pixel(&d.pixels, 0, 0, 255, 128, 0, 255, 0);
    check_pixel(&d.pixels, 1, 0, 0, 200, 100, 255, 0);
    free(d.pixels.data);
}

static void test_alpha_is_premultiplied(void **state)
{
    (void)state;
    const uint8_t rgba[] = {255, 128, 0, 128, 255, 255, 255, 0};
    decoded d = decode_and_free(
        make_png(2, 1, SPNG_COLOR_TYPE_TRUECOLOR_ALPHA, 8, 0, rgba, sizeof rgba, NULL, NULL), 0);
    assert_true(d.fine);
    assert_int_equal(d.info.has_alpha, 1);
    check_pixel(&d.pixels, 0, 0, 128, 64, 0, 128, 0);
    check_pixel(&d.pixels, 1, 0, 0, 0, 0, 0, 0);
    free(d.pixels.data);
    const uint8_t grey_alpha[] = {200, 128, 100, 255};
    d = decode_and_free(
        make_png(2, 1, SPNG_COLOR_TYPE_GRAYSCALE_ALPHA, 8, 0, grey_alpha, sizeof grey_alpha, NULL, NULL), 0);
    assert_true(d.fine);
    assert_int_equal(d.info.channels, 2);
    check_pixel(&d.pixels, 0, 0, 100, 100, 100, 128, 1);
    check_pixel(&d.pixels, 1, 0, 100, 100, 100, 255, 0);
    free(d.pixels.data);
    /* An alpha channel without any transparency is told apart. */
    const uint8_t opaque[] = {1, 2, 3, 255};
    d = decode_and_free(
        make_png(1, 1, SPNG_COLOR_TYPE_TRUECOLOR_ALPHA, 8, 0, opaque, sizeof opaque, NULL, NULL), 0);
    assert_true(d.fine);
    assert_int_equal(d.info.has_alpha, 0);
    free(d.pixels.data);
}

static void test_palette_and_keys(void **state)
{
    (void)state;
    struct spng_plte palette = {.n_entries = 3};
    palette.entries[0] = (struct spng_plte_entry){255, 0, 0, 255};
    palette.entries[1] = (struct spng_plte_entry){0, 255, 0, 255};
    palette.entries[2] = (struct spng_plte_entry){10, 20, 30, 255};
    const uint8_t indices[] = {0x18}; /* 0, 1, 2, 0 in two bits each */
    decoded d = decode_and_free(
        make_png(4, 1, SPNG_COLOR_TYPE_INDEXED, 2, 0, indices, sizeof indices, &palette, NULL), 0);
    assert_true(d.fine);
    check_pixel(&d.pixels, 0, 0, 255, 0, 0, 255, 0);
    check_pixel(&d.pixels, 1, 0, 0, 255, 0, 255, 0);
    check_pixel(&d.pixels, 2, 0, 10, 20, 30, 255, 0);
    free(d.pixels.data);
    struct spng_trns alphas = {.n_type3_entries = 2, .type3_alpha = {128, 0}};
    d = decode_and_free(
        make_png(4, 1, SPNG_COLOR_TYPE_INDEXED, 2, 0, indices, sizeof indices, &palette, &alphas), 0);
    assert_true(d.fine);
    assert_int_equal(d.info.has_alpha, 1);
    check_pixel(&d.pixels, 0, 0, 128, 0, 0, 128, 0);
    check_pixel(&d.pixels, 1, 0, 0, 0, 0, 0, 0);
    check_pixel(&d.pixels, 2, 0, 10, 20, 30, 255, 0);
    free(d.pixels.data);
    const uint8_t rgb[] = {1, 2, 3, 4, 5, 6};
    struct spng_trns key = {.red = 4, .green = 5, .blue = 6};
    d = decode_and_free(make_png(2, 1, SPNG_COLOR_TYPE_TRUECOLOR, 8, 0, rgb, sizeof rgb, NULL, &key), 0);
    assert_true(d.fine);
    check_pixel(&d.pixels, 0, 0, 1, 2, 3, 255, 0);
    check_pixel(&d.pixels, 1, 0, 0, 0, 0, 0, 0);
    free(d.pixels.data);
}

static bytes noise_png(uint32_t side, int interlaced)
{
    size_t size = (size_t)side * side * 3;
    uint8_t *rgb = malloc(size);
    assert_non_null(rgb);
    uint32_t random = 1;
    for (size_t i = 0; i < size; i++) {
        random = random * 1664525 + 1013904223;
        rgb[i] = (uint8_t)(random >> 24);
    }
    bytes file = make_png(side, side, SPNG_COLOR_TYPE_TRUECOLOR, 8, interlaced, rgb, size, NULL, NULL);
    free(rgb);
    return file;
}

static void test_every_length(void **state)
{
    (void)state;
    for (int interlaced = 0; interlaced <= 1; interlaced++) {
        bytes file = noise_png(20, interlaced);
        for (size_t size = 1; size < file.size; size++) {
            bytes cut = bytes_copy(file.data, size);
            decoded d = decode_bytes(cut.data, cut.size, 8, VT_FORMAT_PNG);
            if (!d.fine) {
                assert_int_equal(d.error.code, VT_ERROR_TRUNCATED);
            } else {
                assert_true(size + 32 >= file.size); /* nothing but the end chunk is missing */
            }
            free(d.pixels.data);
            free(cut.data);
        }
        free(file.data);
    }
}

/* Ordinary pictures are unpacked the quick way, interlaced ones never: the same pixels must come of both. */
static void test_quick_and_careful_agree(void **state)
{
    (void)state;
    static const struct {
        int type;
        size_t channels;
    } forms[] = {{SPNG_COLOR_TYPE_GRAYSCALE, 1},
                 {SPNG_COLOR_TYPE_GRAYSCALE_ALPHA, 2},
                 {SPNG_COLOR_TYPE_TRUECOLOR, 3},
                 {SPNG_COLOR_TYPE_TRUECOLOR_ALPHA, 4},
                 {SPNG_COLOR_TYPE_INDEXED, 1}};
    enum { WIDTH = 61, HEIGHT = 47 };
    uint8_t pixels[WIDTH * HEIGHT * 4];
    struct spng_plte palette = {.n_entries = 256};
    struct spng_trns alphas = {.n_type3_entries = 100};
    uint32_t random = 7;
    for (size_t i = 0; i < sizeof pixels; i++) {
        random = random * 1664525 + 1013904223;
        /* Slopes with some noise, for which the encoder picks different filters. */
        pixels[i] = (uint8_t)(i / WIDTH + i % 4 * 50 + (random >> 24) % (1 + i / 800));
        palette.entries[i % 256] =
            (struct spng_plte_entry){(uint8_t)i, (uint8_t)(i * 3), (uint8_t)(i * 7), 255};
        alphas.type3_alpha[i % 100] = (uint8_t)(i % 256);
    }
    for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
        for (int keyed = 0; keyed <= (forms[f].type == SPNG_COLOR_TYPE_INDEXED); keyed++) {
            decoded both[2];
            for (int interlaced = 0; interlaced <= 1; interlaced++) {
                both[interlaced] =
                    decode_and_free(make_png(WIDTH, HEIGHT, forms[f].type, 8, interlaced, pixels,
                                             WIDTH * HEIGHT * forms[f].channels,
                                             forms[f].type == SPNG_COLOR_TYPE_INDEXED ? &palette : NULL,
                                             keyed ? &alphas : NULL),
                                    0);
                assert_true(both[interlaced].fine);
            }
            assert_memory_equal(both[0].pixels.data, both[1].pixels.data, WIDTH * HEIGHT * 4);
            assert_int_equal(both[0].info.has_alpha, both[1].info.has_alpha);
            free(both[0].pixels.data);
            free(both[1].pixels.data);
        }
    }
}

/* The library reads 8 KiB at a time: what comes before the last piece is kept. */
static void test_upper_part_is_kept(void **state)
{
    (void)state;
    bytes file = noise_png(120, 0); /* cut, it takes the careful way */
    decoded whole = decode_bytes(file.data, file.size, 60, VT_FORMAT_PNG);
    decoded d = decode_bytes(file.data, file.size * 3 / 4, 60, VT_FORMAT_PNG);
    assert_true(whole.fine);
    assert_int_equal(d.error.code, VT_ERROR_TRUNCATED);
    assert_int_equal(d.pixels.height, 60);
    assert_memory_equal(d.pixels.data, whole.pixels.data, d.pixels.stride * 10);
    check_pixel(&d.pixels, 5, 59, 0, 0, 0, 0, 0);
    free(d.pixels.data);
    d = decode_bytes(file.data, 200, 60, VT_FORMAT_PNG);
    assert_int_equal(d.error.code, VT_ERROR_TRUNCATED);
    assert_int_equal(d.pixels.width, 0);
    free(d.pixels.data);
    free(whole.pixels.data);
    free(file.data);
}

static void test_damage(void **state)
{
    (void)state;
    bytes file = noise_png(9, 0);
    for (size_t at = 0; at < file.size; at++) {
        bytes copy = bytes_copy(file.data, file.size);
        copy.data[at] ^= 0x5a;
        decoded d = decode_bytes(copy.data, copy.size, 8, VT_FORMAT_PNG);
        /* Everything up to the end of the pixels has a checksum. */
        if (at + 16 < file.size && d.fine) {
            fail_msg("damage at byte %zu went unseen", at);
        }
        assert_true(d.fine || d.error.message[0]);
        free(d.pixels.data);
        free(copy.data);
    }
    free(file.data);
}

static void test_header_bomb(void **state)
{
    (void)state;
    static const uint8_t head[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
                                   0,    0,   0,   13,  'I',  'H',  'D',  'R'};
    static const struct {
        uint8_t rest[17]; /* width, height, depth, type, 0, 0, 0, checksum */
        const char *limit;
    } bombs[] = {
        {{0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0, 0x23, 0x5d, 0x37, 0x8c}, "limits.pixels"},
        {{0, 1, 0x11, 0x70, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x6b, 0x97, 0xd9, 0x36}, "limits.side"},
    };
    for (size_t i = 0; i < sizeof bombs / sizeof bombs[0]; i++) {
        uint8_t file[sizeof head + sizeof bombs[i].rest + 64] = {0};
        memcpy(file, head, sizeof head);
        memcpy(file + sizeof head, bombs[i].rest, sizeof bombs[i].rest);
        decoded d = decode_bytes(file, sizeof file, 256, VT_FORMAT_PNG);
        assert_false(d.fine);
        if (d.error.code != VT_ERROR_LIMIT || !strstr(d.error.message, bombs[i].limit)) {
            fail_msg("%s: %s", vt_error_code_name(d.error.code), d.error.message);
        }
        free(d.pixels.data);
    }
}

/* A text of 8 MiB in a few kB beside a picture of one pixel: the message tells that, and not what the library
   says of the state it is in. */
static void test_text_bomb(void **state)
{
    (void)state;
    enum { UNPACKED = 8 << 20, ROOM = 64 << 10 };
    static const uint8_t red[3] = {255, 0, 0};
    bytes small = make_png(1, 1, SPNG_COLOR_TYPE_TRUECOLOR, 8, 0, red, sizeof red, NULL, NULL);
    uint8_t *zeros = calloc(1, UNPACKED);
    uint8_t *file = calloc(1, ROOM);
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(9);
    assert_true(zeros && file && packer);
    const size_t before = 33; /* signature and header */
    uint8_t *chunk = file + before;
    memcpy(file, small.data, before);
    memcpy(chunk + 4, "zTXtComment\0", 13);
    size_t packed = libdeflate_zlib_compress(packer, zeros, UNPACKED, chunk + 17, ROOM / 2);
    assert_true(packed > 0);
    uint32_t length = htobe32((uint32_t)packed + 9);
    memcpy(chunk, &length, 4);
    uint32_t checksum = htobe32(libdeflate_crc32(0, chunk + 4, packed + 13));
    memcpy(chunk + 17 + packed, &checksum, 4);
    size_t size = before + 21 + packed;
    memcpy(file + size, small.data + before, small.size - before);
    decoded d = decode_bytes(file, size + small.size - before, 256, VT_FORMAT_PNG);
    assert_false(d.fine);
    assert_int_equal(d.error.code, VT_ERROR_LIMIT);
    assert_non_null(strstr(d.error.message, "4 MiB"));
    free(d.pixels.data);
    libdeflate_free_compressor(packer);
    free(zeros);
    free(file);
    free(small.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grey_of_every_depth),
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_alpha_is_premultiplied),
        cmocka_unit_test(test_palette_and_keys),
        cmocka_unit_test(test_every_length),
        cmocka_unit_test(test_quick_and_careful_agree),
        cmocka_unit_test(test_upper_part_is_kept),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_header_bomb),
        cmocka_unit_test(test_text_bomb),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
