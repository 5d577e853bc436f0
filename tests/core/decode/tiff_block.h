/* EXIF blocks made byte by byte, in either byte order. */
#ifndef VT_TESTS_DECODE_TIFF_BLOCK_H
#define VT_TESTS_DECODE_TIFF_BLOCK_H

#include "support/check.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* "Exif\0\0", a TIFF header, directories from the front, values from the middle on. */
typedef struct tiff_block {
    uint8_t bytes[8192];
    size_t size;  /* of all */
    size_t start; /* of the TIFF header: offsets count from it */
    bool big;
    size_t directory; /* where the open one stands, from the TIFF header */
    unsigned entries;
    size_t values; /* where the next value goes, from the TIFF header */
} tiff_block;

static inline void tiff_put(tiff_block *t, size_t at, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        int shift = t->big ? 8 * (bytes - 1 - i) : 8 * i;
        t->bytes[t->start + at + (size_t)i] = (uint8_t)(value >> shift);
    }
}

static inline void tiff_begin(tiff_block *t, bool big)
{
    memset(t, 0, sizeof *t);
    t->big = big;
    t->start = 6;
    memcpy(t->bytes, "Exif\0\0", 6);
    memcpy(t->bytes + 6, big ? "MM\0*" : "II*\0", 4);
    tiff_put(t, 4, 8, 4);
    t->directory = 8;
    t->values = 2048;
    t->size = t->start + t->values;
}

/* The values in a row, as the file stores them. */
static inline size_t tiff_entry(tiff_block *t, uint32_t tag, uint32_t type, uint32_t count,
                                const void *values, size_t size)
{
    size_t at = t->directory + 2 + 12 * (size_t)t->entries++;
    tiff_put(t, t->directory, t->entries, 2);
    tiff_put(t, at, tag, 2);
    tiff_put(t, at + 2, type, 2);
    tiff_put(t, at + 4, count, 4);
    if (size <= 4) {
        memcpy(t->bytes + t->start + at + 8, values, size);
    } else {
        assert_true(t->start + t->values + size <= sizeof t->bytes);
        tiff_put(t, at + 8, (uint32_t)t->values, 4);
        memcpy(t->bytes + t->start + t->values, values, size);
        t->values += size + (size & 1);
        t->size = t->start + t->values;
    }
    return at;
}

static inline void tiff_text(tiff_block *t, uint32_t tag, const char *text)
{
    tiff_entry(t, tag, 2, (uint32_t)strlen(text) + 1, text, strlen(text) + 1);
}

/* `type` 3 (SHORT), 4 (LONG) or 5 and 10 (RATIONAL: pairs), as many as there are. */
static inline size_t tiff_numbers(tiff_block *t, uint32_t tag, uint32_t type, uint32_t count,
                                  const uint32_t *numbers)
{
    uint8_t values[64];
    tiff_block side = {.big = t->big};
    uint32_t parts = type == 5 || type == 10 ? 2 * count : count;
    int bytes = type == 3 ? 2 : type == 1 ? 1 : 4;
    for (uint32_t i = 0; i < parts; i++) {
        tiff_put(&side, (size_t)i * (size_t)bytes, numbers[i], bytes);
    }
    memcpy(values, side.bytes, sizeof values);
    return tiff_entry(t, tag, type, count, values, parts * (size_t)bytes);
}

static inline size_t tiff_number(tiff_block *t, uint32_t tag, uint32_t type, uint32_t number, uint32_t under)
{
    return tiff_numbers(t, tag, type, 1, (uint32_t[]){number, under});
}

/* Begins another directory at `at` from the TIFF header. */
static inline void tiff_directory(tiff_block *t, size_t at)
{
    t->directory = at;
    t->entries = 0;
}

/* A camera's picture, with all that is read. A preview of `preview_size` bytes if there is one. */
static inline void tiff_camera(tiff_block *t, bool big, const void *preview, size_t preview_size)
{
    tiff_begin(t, big);
    tiff_text(t, 0x010e, "A red boat");
    tiff_text(t, 0x010f, "NIKON CORPORATION");
    tiff_text(t, 0x0110, "NIKON D850");
    tiff_number(t, 0x0112, 3, 6, 0);
    tiff_text(t, 0x0132, "2024:05:18 09:00:00");
    tiff_text(t, 0x013b, "Jo\xc3\xa3o Silva");
    tiff_number(t, 0x4746, 3, 4, 0);
    tiff_text(t, 0x8298, "(c) 2024");
    tiff_number(t, 0x8769, 4, 400, 0);
    tiff_number(t, 0x8825, 4, 800, 0);
    tiff_entry(t, 0x9c9b, 1, 6, "T\0\xe4\0\x3d\xd8", 6); /* "T", a-umlaut, half a pair */
    tiff_entry(t, 0x9c9e, 1, 8, "a\0;\0b\0\0\0", 8);
    if (preview_size > 0) {
        tiff_put(t, t->directory + 2 + 12 * (size_t)t->entries, 1000, 4);
    }
    tiff_directory(t, 400);
    tiff_number(t, 0x829a, 5, 1, 200);
    tiff_number(t, 0x829d, 5, 28, 10);
    tiff_number(t, 0x8827, 3, 400, 0);
    tiff_text(t, 0x9003, "2024:05:17 13:01:02");
    tiff_text(t, 0x9011, "+02:00");
    tiff_text(t, 0x9291, "250");
    tiff_number(t, 0x920a, 5, 50, 1);
    tiff_text(t, 0xa434, "NIKKOR Z 50mm f/1.8 S");
    tiff_directory(t, 800);
    tiff_text(t, 1, "N");
    tiff_numbers(t, 2, 5, 3, (uint32_t[]){52, 1, 30, 1, 36, 1});
    tiff_text(t, 3, "W");
    tiff_numbers(t, 4, 5, 3, (uint32_t[]){13, 1, 24, 1, 0, 1});
    tiff_number(t, 5, 1, 1, 0);
    tiff_number(t, 6, 5, 345, 10);
    if (preview_size > 0) {
        tiff_directory(t, 1000);
        tiff_number(t, 0x0103, 3, 6, 0);
        tiff_number(t, 0x0201, 4, (uint32_t)t->values, 0);
        tiff_number(t, 0x0202, 4, (uint32_t)preview_size, 0);
        memcpy(t->bytes + t->start + t->values, preview, preview_size);
        t->values += preview_size;
        t->size = t->start + t->values;
    }
}

#endif
