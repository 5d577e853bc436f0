#include "core/decode/tiff.h"

#include <math.h>
#include <string.h>

#define ENTRY_BYTES  12
#define HEADER_BYTES 8

/* The callers have checked that the bytes are there. */
static uint32_t read_u16(const vt_tiff *t, size_t at)
{
    const uint8_t *p = t->bytes + at;
    return t->big_endian ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

static uint32_t read_u32(const vt_tiff *t, size_t at)
{
    return t->big_endian ? read_u16(t, at) << 16 | read_u16(t, at + 2)
                         : read_u16(t, at + 2) << 16 | read_u16(t, at);
}

static unsigned type_bytes(uint32_t type)
{
    static const uint8_t bytes[] = {[VT_TIFF_BYTE] = 1,
                                    [VT_TIFF_ASCII] = 1,
                                    [VT_TIFF_SHORT] = 2,
                                    [VT_TIFF_LONG] = 4,
                                    [VT_TIFF_SBYTE] = 1,
                                    [VT_TIFF_UNDEFINED] = 1,
                                    [VT_TIFF_SSHORT] = 2,
                                    [VT_TIFF_SLONG] = 4,
                                    [VT_TIFF_RATIONAL] = 8,
                                    [VT_TIFF_SRATIONAL] = 8,
                                    [11] = 4,
                                    [12] = 8};
    if (type == VT_TIFF_UTF8) {
        return 1;
    }
    return type < sizeof bytes ? bytes[type] : 0;
}

bool vt_tiff_open(vt_tiff *tiff, const void *bytes, size_t count)
{
    const uint8_t *start = bytes;
    if (count >= 6 && memcmp(start, "Exif\0\0", 6) == 0) {
        start += 6;
        count -= 6;
    }
    if (count < HEADER_BYTES + 2 || (memcmp(start, "II*\0", 4) != 0 && memcmp(start, "MM\0*", 4) != 0)) {
        return false;
    }
    *tiff = (vt_tiff){.bytes = start, .count = count, .big_endian = start[0] == 'M'};
    return true;
}

static size_t directory_at(const vt_tiff *tiff, size_t at)
{
    return at >= HEADER_BYTES && at <= tiff->count - 2 ? at : 0;
}

size_t vt_tiff_first(const vt_tiff *tiff)
{
    return directory_at(tiff, read_u32(tiff, 4));
}

size_t vt_tiff_next(const vt_tiff *tiff, size_t directory)
{
    if (!directory_at(tiff, directory)) {
        return 0;
    }
    size_t left = tiff->count - directory - 2;
    size_t entries = (size_t)read_u16(tiff, directory) * ENTRY_BYTES;
    return left >= 4 && entries <= left - 4 ? directory_at(tiff, read_u32(tiff, directory + 2 + entries)) : 0;
}

bool vt_tiff_entry_at(const vt_tiff *tiff, size_t directory, uint32_t index, vt_tiff_entry *entry)
{
    if (!directory_at(tiff, directory) || index >= read_u16(tiff, directory) ||
        (tiff->count - directory - 2) / ENTRY_BYTES <= index) {
        return false;
    }
    size_t at = directory + 2 + (size_t)index * ENTRY_BYTES;
    *entry = (vt_tiff_entry){.tag = (uint16_t)read_u16(tiff, at), .type = (uint16_t)read_u16(tiff, at + 2)};
    uint32_t count = read_u32(tiff, at + 4);
    uint64_t size = (uint64_t)count * type_bytes(entry->type);
    size_t place = size <= 4 ? at + 8 : read_u32(tiff, at + 8);
    if (size > 0 && place <= tiff->count && size <= tiff->count - place) {
        entry->count = count;
        entry->at = place;
        entry->size = (size_t)size;
    }
    return true;
}

double vt_tiff_number(const vt_tiff *tiff, const vt_tiff_entry *entry, uint32_t index)
{
    if (index >= entry->count) {
        return NAN;
    }
    size_t at = entry->at + (size_t)index * type_bytes(entry->type);
    switch (entry->type) {
    case VT_TIFF_BYTE:
        return tiff->bytes[at];
    case VT_TIFF_SHORT:
        return read_u16(tiff, at);
    case VT_TIFF_SSHORT:
        return (int16_t)read_u16(tiff, at);
    case VT_TIFF_LONG:
        return read_u32(tiff, at);
    case VT_TIFF_SLONG:
        return (int32_t)read_u32(tiff, at);
    case VT_TIFF_RATIONAL: {
        uint32_t under = read_u32(tiff, at + 4);
        return under ? (double)read_u32(tiff, at) / under : NAN;
    }
    case VT_TIFF_SRATIONAL: {
        int32_t under = (int32_t)read_u32(tiff, at + 4);
        return under ? (double)(int32_t)read_u32(tiff, at) / under : NAN;
    }
    default:
        return NAN;
    }
}

size_t vt_tiff_offset(const vt_tiff *tiff, const vt_tiff_entry *entry)
{
    if (entry->count != 1 || (entry->type != VT_TIFF_SHORT && entry->type != VT_TIFF_LONG)) {
        return 0;
    }
    return (size_t)vt_tiff_number(tiff, entry, 0);
}
