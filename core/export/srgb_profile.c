#include "core/export/srgb_profile.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* Columns: what full red, green and blue are, as X, Y and Z; they add up to the white of D50. */
static const double primaries[3][3] = {
    {0.436041, 0.222485, 0.013920}, {0.385113, 0.716905, 0.097067}, {0.143046, 0.060610, 0.713913}};
static const double white[3] = {0.9642, 1, 0.8249};
/* From D65 to D50. */
static const double adaptation[9] = {1.047886,  0.022919,  -0.050216, 0.029582, 0.990484,
                                     -0.017079, -0.009252, 0.015073,  0.751678};
/* linear = ((encoded + 0.055) / 1.055) ^ 2.4, below 0.04045 encoded / 12.92: g, a, b, c, d of ICC's type 3.
 */
static const double curve[5] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};

enum { HEADER = 128, TAGS = 10, TAG_ENTRY = 12, TAG_TABLE = 4 + TAGS * TAG_ENTRY, TYPE_HEADER = 8 };

/* Writes one thing after the other. */
typedef struct pen {
    uint8_t *bytes;
    size_t at;
    size_t tags;
} pen;

static void put_u16(pen *pen, unsigned value)
{
    pen->bytes[pen->at++] = (uint8_t)(value >> 8);
    pen->bytes[pen->at++] = (uint8_t)value;
}

static void put_u32(pen *pen, uint32_t value)
{
    put_u16(pen, value >> 16);
    put_u16(pen, value & 0xffff);
}

static void put_name(pen *pen, const char name[4])
{
    memcpy(pen->bytes + pen->at, name, 4);
    pen->at += 4;
}

/* s15Fixed16Number */
static void put_number(pen *pen, double value)
{
    put_u32(pen, (uint32_t)(int32_t)lround(value * 65536));
}

static void put_numbers(pen *pen, const double *values, int count)
{
    for (int i = 0; i < count; i++) {
        put_number(pen, values[i]);
    }
}

/* The table's next row: what this tag is has `size` bytes at `from`. */
static void list_tag(pen *pen, const char name[4], size_t from, size_t size)
{
    struct pen row = {pen->bytes, HEADER + 4 + pen->tags++ * TAG_ENTRY, 0};
    put_name(&row, name);
    put_u32(&row, (uint32_t)from);
    put_u32(&row, (uint32_t)size);
}

static void put_type(pen *pen, const char type[4])
{
    put_name(pen, type);
    put_u32(pen, 0);
}

/* multiLocalizedUnicodeType of one text, ASCII, in English. */
static void put_text(pen *pen, const char name[4], const char *text)
{
    enum { RECORDS = 1, RECORD_BYTES = 12 };
    size_t from = pen->at;
    size_t length = strlen(text);
    put_type(pen, "mluc");
    put_u32(pen, RECORDS);
    put_u32(pen, RECORD_BYTES);
    put_name(pen, "enUS");
    put_u32(pen, (uint32_t)length * 2);
    put_u32(pen, TYPE_HEADER + 8 + RECORD_BYTES);
    for (size_t i = 0; i < length; i++) {
        put_u16(pen, (unsigned char)text[i]);
    }
    list_tag(pen, name, from, pen->at - from);
    pen->at += (4 - pen->at % 4) % 4;
}

static void put_values(pen *pen, const char name[4], const char type[4], const double *values, int count)
{
    size_t from = pen->at;
    put_type(pen, type);
    put_numbers(pen, values, count);
    list_tag(pen, name, from, pen->at - from);
}

/* One for all three. */
static void put_curves(pen *pen)
{
    enum { TYPE_3 = 3 };
    size_t from = pen->at;
    put_type(pen, "para");
    put_u16(pen, TYPE_3);
    put_u16(pen, 0);
    put_numbers(pen, curve, 5);
    list_tag(pen, "rTRC", from, pen->at - from);
    list_tag(pen, "gTRC", from, pen->at - from);
    list_tag(pen, "bTRC", from, pen->at - from);
}

static void put_header(pen *pen)
{
    put_u32(pen, VT_SRGB_PROFILE_BYTES);
    put_u32(pen, 0);          /* no preferred program */
    put_u32(pen, 0x04300000); /* version 4.3 */
    put_name(pen, "mntr");
    put_name(pen, "RGB ");
    put_name(pen, "XYZ ");
    static const unsigned made[6] = {2026, 1, 1, 0, 0, 0}; /* one day, so that it is the same in each file */
    for (int i = 0; i < 6; i++) {
        put_u16(pen, made[i]);
    }
    put_name(pen, "acsp");
    pen->at += 7 * 4; /* platform, flags, manufacturer, model, attributes, intent: none, perceptual */
    put_numbers(pen, white, 3);
    pen->at = HEADER;
    put_u32(pen, TAGS);
}

void vt_srgb_profile_make(uint8_t profile[VT_SRGB_PROFILE_BYTES])
{
    pen pen = {profile, 0, 0};
    memset(profile, 0, VT_SRGB_PROFILE_BYTES);
    put_header(&pen);
    pen.at = HEADER + TAG_TABLE;
    put_text(&pen, "desc", "sRGB");
    put_text(&pen, "cprt", "CC0");
    put_values(&pen, "wtpt", "XYZ ", white, 3);
    put_values(&pen, "chad", "sf32", adaptation, 9);
    put_values(&pen, "rXYZ", "XYZ ", primaries[0], 3);
    put_values(&pen, "gXYZ", "XYZ ", primaries[1], 3);
    put_values(&pen, "bXYZ", "XYZ ", primaries[2], 3);
    put_curves(&pen);
}
