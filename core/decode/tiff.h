/*
 * TIFF directories, as EXIF blocks consist of them: a reader that believes no number before the bytes are
 * there.
 *
 * Format: TIFF 6.0 section 2. Values are looked at in place; nothing is followed by itself, so a file cannot
 * make it run in circles. Any thread.
 */
#ifndef VT_DECODE_TIFF_H
#define VT_DECODE_TIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum vt_tiff_type {
    VT_TIFF_BYTE = 1,
    VT_TIFF_ASCII = 2,
    VT_TIFF_SHORT = 3,
    VT_TIFF_LONG = 4,
    VT_TIFF_RATIONAL = 5,
    VT_TIFF_SBYTE = 6,
    VT_TIFF_UNDEFINED = 7,
    VT_TIFF_SSHORT = 8,
    VT_TIFF_SLONG = 9,
    VT_TIFF_SRATIONAL = 10,
    VT_TIFF_UTF8 = 129 /* EXIF 3.0 */
} vt_tiff_type;

typedef struct vt_tiff {
    const uint8_t *bytes; /* lent */
    size_t count;
    bool big_endian;
} vt_tiff;

typedef struct vt_tiff_entry {
    uint16_t tag;
    uint16_t type;  /* vt_tiff_type */
    uint32_t count; /* of values */
    size_t at;      /* where they stand; all of them are within the block */
    size_t size;    /* their bytes */
} vt_tiff_entry;

/* Looks at a block that begins with "II*\0" or "MM\0*"; an "Exif\0\0" before it is skipped. False if it is
 * none. */
bool vt_tiff_open(vt_tiff *tiff, const void *bytes, size_t count);

/* Where the first directory stands, and the one after `directory`; 0 if there is none. */
size_t vt_tiff_first(const vt_tiff *tiff);
size_t vt_tiff_next(const vt_tiff *tiff, size_t directory);

/* Entry number `index` of a directory. False behind the last one that is whole. One whose values are not
   within the block, or of an unknown type, has a count and size of 0. */
bool vt_tiff_entry_at(const vt_tiff *tiff, size_t directory, uint32_t index, vt_tiff_entry *entry);

/* Value number `index` as a number; NaN if there is none or it is no number (text, a denominator of 0). */
double vt_tiff_number(const vt_tiff *tiff, const vt_tiff_entry *entry, uint32_t index);

/* The one SHORT or LONG value of an entry as an offset into the block; 0 if it is none. */
size_t vt_tiff_offset(const vt_tiff *tiff, const vt_tiff_entry *entry);

#endif
