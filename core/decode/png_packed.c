#include "core/decode/png_packed.h"

#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

/* Above this (12 megapixels), a helper saves memory by going row by row. */
#define MAX_PACKED_BYTES   ((uint64_t)48 << 20)
#define MAX_UNPACKED_BYTES ((uint64_t)48 << 20)

#define CHUNK_HEAD 8 /* length and type */
#define CHUNK_TAIL 4 /* checksum over type and data */

/* Filters of a row (PNG specification, second edition, section 9). */
enum { FILTER_NONE, FILTER_SUB, FILTER_UP, FILTER_AVERAGE, FILTER_PAETH, FILTERS };

struct vt_png_packed {
    vt_png_form form;
    size_t row_bytes;
    uint8_t *rows; /* [height][1 + row_bytes], the filter's number in front of each */
    uint8_t *line; /* [width * 4], an indexed row in colours */
};

static uint32_t get_u32(const uint8_t *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

/* Moves the data of the IDAT chunks at the front of `bytes` together there. Returns its size, 0 if a chunk is
   damaged or cut off. */
static size_t join_chunks(uint8_t *bytes, size_t size)
{
    size_t joined = 0;
    size_t at = 0;
    while (size - at >= CHUNK_HEAD + CHUNK_TAIL && memcmp(bytes + at + 4, "IDAT", 4) == 0) {
        size_t length = get_u32(bytes + at);
        if (length > size - at - CHUNK_HEAD - CHUNK_TAIL) {
            return 0;
        }
        uint32_t expected = get_u32(bytes + at + CHUNK_HEAD + length);
        if (libdeflate_crc32(0, bytes + at + 4, length + 4) != expected) {
            return 0;
        }
        memmove(bytes + joined, bytes + at + CHUNK_HEAD, length);
        joined += length;
        at += CHUNK_HEAD + length + CHUNK_TAIL;
    }
    return joined;
}

static bool unpack(vt_png_packed *packed, vt_input *input, uint64_t offset, size_t unpacked)
{
    size_t size = (size_t)(input->size - offset);
    uint8_t *bytes = malloc(size);
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    bool fine = bytes && decompressor && vt_input_read_at(input, offset, bytes, size) == size;
    if (fine) {
        size_t joined = join_chunks(bytes, size);
        /* Fills all rows or fails; checks the sum over the unpacked bytes. */
        fine = joined > 0 && libdeflate_zlib_decompress(decompressor, bytes, joined, packed->rows, unpacked,
                                                        NULL) == LIBDEFLATE_SUCCESS;
    }
    libdeflate_free_decompressor(decompressor);
    free(bytes);
    return fine;
}

static bool has_known_filters(const vt_png_packed *packed)
{
    for (uint32_t y = 0; y < packed->form.height; y++) {
        if (packed->rows[y * (packed->row_bytes + 1)] >= FILTERS) {
            return false;
        }
    }
    return true;
}

vt_png_packed *vt_png_packed_read(vt_input *input, uint64_t offset, const vt_png_form *form)
{
    uint64_t unpacked = ((uint64_t)form->width * form->pixel_bytes + 1) * form->height;
    if (offset >= input->size || input->size - offset > MAX_PACKED_BYTES || unpacked > MAX_UNPACKED_BYTES) {
        return NULL;
    }
    vt_png_packed *packed = calloc(1, sizeof *packed);
    if (!packed) {
        return NULL;
    }
    packed->form = *form;
    packed->row_bytes = (size_t)form->width * form->pixel_bytes;
    packed->rows = malloc((size_t)unpacked);
    packed->line = malloc((size_t)form->width * 4);
    if (!packed->rows || !packed->line || !unpack(packed, input, offset, (size_t)unpacked) ||
        !has_known_filters(packed)) {
        vt_png_packed_free(packed);
        return NULL;
    }
    return packed;
}

void vt_png_packed_free(vt_png_packed *packed)
{
    if (packed) {
        free(packed->rows);
        free(packed->line);
        free(packed);
    }
}

static int nearest(int left, int above, int corner)
{
    int from_left = abs(above - corner);
    int from_above = abs(left - corner);
    int from_corner = abs(left + above - 2 * corner);
    if (from_left <= from_above && from_left <= from_corner) {
        return left;
    }
    return from_above <= from_corner ? above : corner;
}

/* Inlined with a constant `step`, so that the channels of a pixel are worked on side by side. */
static inline __attribute__((always_inline)) void unfilter(uint8_t *row, const uint8_t *above, size_t count,
                                                           size_t step, int filter)
{
    switch (filter) {
    case FILTER_SUB:
        for (size_t i = step; i < count; i++) {
            row[i] = (uint8_t)(row[i] + row[i - step]);
        }
        break;
    case FILTER_UP:
        for (size_t i = 0; i < count; i++) {
            row[i] = (uint8_t)(row[i] + above[i]);
        }
        break;
    case FILTER_AVERAGE:
        for (size_t i = 0; i < step; i++) {
            row[i] = (uint8_t)(row[i] + above[i] / 2);
        }
        for (size_t i = step; i < count; i++) {
            row[i] = (uint8_t)(row[i] + (row[i - step] + above[i]) / 2);
        }
        break;
    case FILTER_PAETH:
        for (size_t i = 0; i < step; i++) {
            row[i] = (uint8_t)(row[i] + above[i]);
        }
        for (size_t x = step; x < count; x += step) {
            for (size_t i = x; i < x + step; i++) {
                row[i] = (uint8_t)(row[i] + nearest(row[i - step], above[i], above[i - step]));
            }
        }
        break;
    default:
        break;
    }
}

static void unfilter_row(const vt_png_packed *packed, uint8_t *row, const uint8_t *above)
{
    size_t count = packed->row_bytes;
    int filter = row[-1];
    switch (packed->form.pixel_bytes) {
    case 1:
        unfilter(row, above, count, 1, filter);
        break;
    case 2:
        unfilter(row, above, count, 2, filter);
        break;
    case 3:
        unfilter(row, above, count, 3, filter);
        break;
    default:
        unfilter(row, above, count, 4, filter);
        break;
    }
}

/* Indices beyond the palette are black, as the careful decoder has it. */
static void colour_row(const vt_png_packed *packed, const uint8_t *row, vt_layout layout)
{
    static const uint8_t black[4] = {0, 0, 0, 255};
    size_t step = vt_layout_bytes(layout);
    uint8_t *to = packed->line;
    for (uint32_t x = 0; x < packed->form.width; x++, to += step) {
        memcpy(to, row[x] < packed->form.colours ? packed->form.palette[row[x]] : black, step);
    }
}

void vt_png_packed_push(vt_png_packed *packed, vt_layout layout, vt_scaler *scaler)
{
    uint8_t *above = packed->line; /* zeros before the first row */
    memset(above, 0, packed->row_bytes);
    for (uint32_t y = 0; y < packed->form.height; y++) {
        uint8_t *row = packed->rows + y * (packed->row_bytes + 1) + 1;
        unfilter_row(packed, row, above);
        if (packed->form.palette) {
            colour_row(packed, row, layout);
            vt_scaler_push(scaler, packed->line);
        } else {
            vt_scaler_push(scaler, row);
        }
        above = row;
    }
}
