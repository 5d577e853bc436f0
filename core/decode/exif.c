#include "core/decode/exif.h"

#include <stdbool.h>
#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT      3
#define ENTRY_BYTES     12

typedef struct tiff {
    const uint8_t *bytes;
    size_t count;
    bool big_endian;
} tiff;

/* The callers have checked that the bytes are there. */
static uint32_t read_u16(const tiff *t, size_t at)
{
    const uint8_t *p = t->bytes + at;
    return t->big_endian ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

static uint32_t read_u32(const tiff *t, size_t at)
{
    return t->big_endian ? read_u16(t, at) << 16 | read_u16(t, at + 2)
                         : read_u16(t, at + 2) << 16 | read_u16(t, at);
}

static int find_orientation(const tiff *t)
{
    uint32_t directory = read_u32(t, 4);
    if (directory < 8 || directory > t->count - 2) {
        return 0;
    }
    uint32_t entries = read_u16(t, directory);
    size_t at = (size_t)directory + 2;
    for (uint32_t i = 0; i < entries && t->count - at >= ENTRY_BYTES; i++, at += ENTRY_BYTES) {
        if (read_u16(t, at) != TAG_ORIENTATION) {
            continue;
        }
        if (read_u16(t, at + 2) != TYPE_SHORT || read_u32(t, at + 4) != 1) {
            return 0;
        }
        uint32_t value = read_u16(t, at + 8); /* a SHORT stands at the front of its four bytes */
        return value >= 1 && value <= 8 ? (int)value : 0;
    }
    return 0;
}

int vt_exif_orientation(const void *bytes, size_t count)
{
    const uint8_t *start = bytes;
    if (count >= 6 && memcmp(start, "Exif\0\0", 6) == 0) {
        start += 6;
        count -= 6;
    }
    if (count < 10) {
        return 0;
    }
    if (memcmp(start, "II*\0", 4) != 0 && memcmp(start, "MM\0*", 4) != 0) {
        return 0;
    }
    return find_orientation(&(tiff){.bytes = start, .count = count, .big_endian = start[0] == 'M'});
}
