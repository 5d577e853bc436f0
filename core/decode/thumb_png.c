/*
 * Thumbnails with transparency: PNG files of one form only (8-bit RGBA, every row filtered by "up", one IDAT
 * chunk), written and read here with libdeflate, which packs and unpacks a whole buffer at once, several
 * times as fast as the general libraries. Other programs can read them; other files are not read here.
 *
 * Format: Portable Network Graphics (PNG) Specification, second edition (W3C, 2003).
 */
#include "core/decode/thumb_private.h"

#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#define LEVEL        1
#define FILTER_UP    2
#define HEADER_BYTES 33 /* signature and IHDR chunk */
#define CHUNK_BYTES  12 /* length, type and checksum around a chunk's data */

static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

static void put_u32(uint8_t *to, uint32_t value)
{
    to[0] = (uint8_t)(value >> 24);
    to[1] = (uint8_t)(value >> 16);
    to[2] = (uint8_t)(value >> 8);
    to[3] = (uint8_t)value;
}

static uint32_t get_u32(const uint8_t *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

/* Completes the chunk whose data of `length` bytes stands at `chunk` + 8; returns its end. */
static uint8_t *finish_chunk(uint8_t *chunk, const char *type, uint32_t length)
{
    put_u32(chunk, length);
    memcpy(chunk + 4, type, 4);
    put_u32(chunk + 8 + length, libdeflate_crc32(0, chunk + 4, (size_t)length + 4));
    return chunk + CHUNK_BYTES + length;
}

static uint8_t *write_header(uint8_t *to, uint32_t width, uint32_t height)
{
    static const uint8_t rest[5] = {8, 6, 0, 0,
                                    0}; /* 8 bits, RGBA, deflate, adaptive filters, no interlace */
    memcpy(to, signature, sizeof signature);
    uint8_t *chunk = to + sizeof signature;
    put_u32(chunk + 8, width);
    put_u32(chunk + 12, height);
    memcpy(chunk + 16, rest, sizeof rest);
    return finish_chunk(chunk, "IHDR", 13);
}

/* 255 / alpha in 1/65536, rounded up: enough for products of 8-bit values. */
static void fill_reciprocals(uint32_t reciprocal[256])
{
    reciprocal[0] = 0;
    for (uint32_t alpha = 1; alpha < 256; alpha++) {
        reciprocal[alpha] = (255U * 65536 + alpha / 2) / alpha;
    }
}

static uint8_t divide(uint8_t colour, uint32_t reciprocal)
{
    uint32_t value = (colour * reciprocal + 32768) >> 16;
    return (uint8_t)(value > 255 ? 255 : value);
}

static void straighten(const uint8_t *from, uint8_t *to, uint32_t width, const uint32_t *reciprocal)
{
    for (uint32_t x = 0; x < width; x++, from += 4, to += 4) {
        uint32_t factor = reciprocal[from[3]];
        to[0] = divide(from[2], factor);
        to[1] = divide(from[1], factor);
        to[2] = divide(from[0], factor);
        to[3] = from[3];
    }
}

/* The filtered rows, each with its filter's number in front. Owned by the caller. */
static uint8_t *filter_rows(const vt_pixels *pixels, size_t *size)
{
    uint32_t reciprocal[256];
    size_t row_bytes = (size_t)pixels->width * 4;
    *size = (row_bytes + 1) * pixels->height;
    uint8_t *rows = malloc(*size + 2 * row_bytes); /* the present and the previous row behind it */
    if (!rows) {
        return NULL;
    }
    uint8_t *present = rows + *size;
    uint8_t *previous = present + row_bytes;
    memset(previous, 0, row_bytes);
    fill_reciprocals(reciprocal);
    for (uint32_t y = 0; y < pixels->height; y++) {
        uint8_t *to = rows + y * (row_bytes + 1);
        straighten(pixels->data + y * pixels->stride, present, pixels->width, reciprocal);
        *to++ = FILTER_UP;
        for (size_t i = 0; i < row_bytes; i++) {
            to[i] = (uint8_t)(present[i] - previous[i]);
        }
        uint8_t *swap = present;
        present = previous;
        previous = swap;
    }
    return rows;
}

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a thumbnail");
}

bool vt_thumb_png_encode(const vt_pixels *pixels, vt_blob *blob, vt_error *error)
{
    size_t size = 0;
    uint8_t *rows = filter_rows(pixels, &size);
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    size_t bound = compressor ? libdeflate_zlib_compress_bound(compressor, size) : 0;
    uint8_t *bytes = bound ? malloc(HEADER_BYTES + 2 * CHUNK_BYTES + bound) : NULL;
    if (!rows || !compressor || !bytes) {
        free(rows);
        free(bytes);
        libdeflate_free_compressor(compressor);
        return out_of_memory(error);
    }
    uint8_t *at = write_header(bytes, pixels->width, pixels->height);
    size_t packed = libdeflate_zlib_compress(compressor, rows, size, at + 8, bound);
    libdeflate_free_compressor(compressor);
    free(rows);
    at = finish_chunk(at, "IDAT", (uint32_t)packed);
    at = finish_chunk(at, "IEND", 0);
    blob->size = (size_t)(at - bytes);
    uint8_t *fitted = realloc(bytes, blob->size);
    if (fitted) {
        bytes = fitted;
    }
    blob->data = bytes;
    return true;
}

bool vt_thumb_png_size(const void *data, size_t size, uint32_t *width, uint32_t *height, vt_error *error)
{
    const uint8_t *bytes = data;
    uint8_t header[HEADER_BYTES] = {0};
    if (size < HEADER_BYTES) {
        vt_error_set(error, VT_ERROR_CORRUPT, "stored thumbnail: it ends early");
        return false;
    }
    *width = get_u32(bytes + 16);
    *height = get_u32(bytes + 20);
    write_header(header, *width, *height);
    if (memcmp(header, bytes, HEADER_BYTES) != 0 || *width == 0 || *height == 0) {
        vt_error_set(error, VT_ERROR_CORRUPT, "stored thumbnail: neither JPEG nor PNG");
        return false;
    }
    return true;
}

static uint8_t multiply(unsigned a, unsigned b)
{
    unsigned product = a * b + 128;
    return (uint8_t)((product + (product >> 8)) >> 8);
}

static bool restore_rows(uint8_t *rows, vt_pixels *pixels)
{
    size_t row_bytes = pixels->stride;
    for (uint32_t y = 0; y < pixels->height; y++) {
        uint8_t *row = rows + y * (row_bytes + 1);
        if (*row++ != FILTER_UP) {
            return false;
        }
        for (size_t i = 0; y > 0 && i < row_bytes; i++) {
            row[i] = (uint8_t)(row[i] + row[i - row_bytes - 1]);
        }
        uint8_t *to = pixels->data + y * pixels->stride;
        for (const uint8_t *from = row; from < row + row_bytes; from += 4, to += 4) {
            to[0] = multiply(from[2], from[3]);
            to[1] = multiply(from[1], from[3]);
            to[2] = multiply(from[0], from[3]);
            to[3] = from[3];
        }
    }
    return true;
}

bool vt_thumb_png_decode(const void *data, size_t size, vt_pixels *pixels, vt_error *error)
{
    uint32_t width = 0;
    uint32_t height = 0;
    const uint8_t *chunk = (const uint8_t *)data + HEADER_BYTES;
    if (!vt_thumb_png_size(data, size, &width, &height, error) ||
        !vt_thumb_prepare(width, height, pixels, error)) {
        return false;
    }
    size_t left = size - HEADER_BYTES;
    if (left < CHUNK_BYTES || memcmp(chunk + 4, "IDAT", 4) != 0 || get_u32(chunk) > left - CHUNK_BYTES) {
        return vt_error_set(error, VT_ERROR_CORRUPT, "stored thumbnail: it ends early");
    }
    size_t expected = (pixels->stride + 1) * height;
    uint8_t *rows = malloc(expected);
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    if (!rows || !decompressor) {
        free(rows);
        libdeflate_free_decompressor(decompressor);
        return out_of_memory(error);
    }
    /* Fills all rows or fails: the sum over the unpacked bytes is checked by the library. */
    enum libdeflate_result result =
        libdeflate_zlib_decompress(decompressor, chunk + 8, get_u32(chunk), rows, expected, NULL);
    bool restored = result == LIBDEFLATE_SUCCESS && restore_rows(rows, pixels);
    libdeflate_free_decompressor(decompressor);
    free(rows);
    return restored || vt_error_set(error, VT_ERROR_CORRUPT, "stored thumbnail: its data makes no sense");
}
