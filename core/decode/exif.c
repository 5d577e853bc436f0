#include "core/decode/exif.h"

#include "core/base/unicode.h"
#include "core/decode/tiff.h"

#include <math.h>
#include <string.h>

#define TAG_COMPRESSION   0x0103
#define TAG_ORIENTATION   0x0112
#define TAG_PREVIEW_AT    0x0201
#define TAG_PREVIEW_BYTES 0x0202
#define TAG_EXIF          0x8769
#define TAG_GPS           0x8825

#define COMPRESSION_JPEG 6
#define WIDE_UNITS       1024 /* of a UTF-16 text that are looked at */

/* What is collected before it can be put together: entries with a count of 0 were not there. */
typedef struct exif {
    vt_tiff tiff;
    vt_tiff_entry make, model, lens_make, lens;
    vt_tiff_entry original, original_sub, original_offset;
    vt_tiff_entry digitized, digitized_sub, digitized_offset;
    vt_tiff_entry changed, changed_sub, changed_offset;
    vt_tiff_entry exposure, shutter, f_number, iso, index, focal, rating;
    vt_tiff_entry description, artist, copyright, title, author, keywords;
    vt_tiff_entry latitude, latitude_ref, longitude, longitude_ref, altitude, altitude_ref;
    vt_tiff_entry exif_at, gps_at;
} exif;

typedef struct wanted {
    uint16_t tag;
    uint16_t at; /* of the entry in struct exif */
} wanted;

#define WANTED(tag, field)                                                                                   \
    {                                                                                                        \
        tag, offsetof(exif, field)                                                                           \
    }

static const wanted main_tags[] = {
    WANTED(0x010e, description), WANTED(0x010f, make),     WANTED(0x0110, model),     WANTED(0x0132, changed),
    WANTED(0x013b, artist),      WANTED(0x4746, rating),   WANTED(0x8298, copyright), WANTED(0x9c9b, title),
    WANTED(0x9c9d, author),      WANTED(0x9c9e, keywords), WANTED(TAG_EXIF, exif_at), WANTED(TAG_GPS, gps_at),
};

static const wanted exif_tags[] = {
    WANTED(0x829a, exposure),       WANTED(0x829d, f_number),        WANTED(0x8827, iso),
    WANTED(0x8832, index),          WANTED(0x9003, original),        WANTED(0x9004, digitized),
    WANTED(0x9010, changed_offset), WANTED(0x9011, original_offset), WANTED(0x9012, digitized_offset),
    WANTED(0x9201, shutter),        WANTED(0x920a, focal),           WANTED(0x9290, changed_sub),
    WANTED(0x9291, original_sub),   WANTED(0x9292, digitized_sub),   WANTED(0xa433, lens_make),
    WANTED(0xa434, lens),
};

static const wanted gps_tags[] = {
    WANTED(1, latitude_ref), WANTED(2, latitude),     WANTED(3, longitude_ref),
    WANTED(4, longitude),    WANTED(5, altitude_ref), WANTED(6, altitude),
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* The first entry of each tag counts. */
static void collect(exif *e, size_t directory, const wanted *tags, size_t tag_count)
{
    vt_tiff_entry entry;
    for (uint32_t i = 0; vt_tiff_entry_at(&e->tiff, directory, i, &entry); i++) {
        for (size_t t = 0; t < tag_count; t++) {
            vt_tiff_entry *to = (vt_tiff_entry *)((char *)e + tags[t].at);
            if (tags[t].tag == entry.tag && to->count == 0) {
                *to = entry;
            }
        }
    }
}

static bool is_text(const vt_tiff_entry *entry)
{
    return entry->count > 0 && (entry->type == VT_TIFF_ASCII || entry->type == VT_TIFF_UTF8);
}

static const char *text_of(const exif *e, const vt_tiff_entry *entry, size_t *length)
{
    const char *text = (const char *)e->tiff.bytes + entry->at;
    *length = is_text(entry) ? strnlen(text, entry->size) : 0;
    while (*length > 0 && text[*length - 1] == ' ') {
        (*length)--;
    }
    return text;
}

static void set_text(const exif *e, const vt_tiff_entry *entry, vt_metadata_text field, vt_metadata *metadata)
{
    size_t length;
    const char *text = text_of(e, entry, &length);
    vt_metadata_set(metadata, field, text, length);
}

static void set_with_maker(const exif *e, const vt_tiff_entry *maker, const vt_tiff_entry *name,
                           vt_metadata_text field, vt_metadata *metadata)
{
    size_t maker_length;
    size_t length;
    const char *make = text_of(e, maker, &maker_length);
    const char *model = text_of(e, name, &length);
    vt_metadata_set_model(metadata, field, make, maker_length, model, length);
}

/* Windows' own tags: bytes that are UTF-16, little-endian whatever the block is; values are separated by ';'.
 */
static void add_value(vt_metadata *metadata, vt_metadata_text field, const char *text, size_t length)
{
    vt_metadata_add(metadata, field, text, length);
    if (field == VT_METADATA_KEYWORDS) {
        vt_metadata_add_tag(metadata, "", text, length);
    }
}

static void add_wide(const exif *e, const vt_tiff_entry *entry, bool several, vt_metadata_text field,
                     vt_metadata *metadata)
{
    char text[WIDE_UNITS * 3 + 4];
    size_t length = 0;
    const uint8_t *p = e->tiff.bytes + entry->at;
    size_t units = entry->type == VT_TIFF_BYTE ? entry->size / 2 : 0;
    units = units < WIDE_UNITS ? units : WIDE_UNITS;
    for (size_t i = 0, taken; i < 2 * units; i += taken) {
        unsigned c = 0;
        taken = vt_utf16_decode(p + i, 2 * units - i, false, &c);
        if (c == 0) {
            break;
        }
        if (c == ';' && several) {
            add_value(metadata, field, text, length);
            length = 0;
        } else {
            length += vt_utf8_encode(c, text + length);
        }
    }
    add_value(metadata, field, text, length);
}

static void set_number(const exif *e, const vt_tiff_entry *entry, vt_metadata_fact fact,
                       vt_metadata *metadata)
{
    vt_metadata_set_number(metadata, fact, vt_tiff_number(&e->tiff, entry, 0));
}

static bool set_taken(const exif *e, const vt_tiff_entry *when, const vt_tiff_entry *sub,
                      const vt_tiff_entry *offset, vt_metadata *metadata)
{
    size_t length;
    const char *text = text_of(e, when, &length);
    if (!vt_metadata_set_taken(metadata, text, length)) {
        return false;
    }
    text = text_of(e, sub, &length);
    vt_metadata_set_subseconds(metadata, text, length);
    text = text_of(e, offset, &length);
    vt_metadata_set_offset(metadata, text, length);
    return true;
}

static void read_exposure(const exif *e, vt_metadata *metadata)
{
    set_number(e, &e->exposure, VT_METADATA_EXPOSURE, metadata);
    if (!(metadata->known & VT_METADATA_EXPOSURE)) { /* APEX: the exponent of 1/2 */
        vt_metadata_set_number(metadata, VT_METADATA_EXPOSURE,
                               exp2(-vt_tiff_number(&e->tiff, &e->shutter, 0)));
    }
    set_number(e, &e->f_number, VT_METADATA_F_NUMBER, metadata);
    set_number(e, &e->focal, VT_METADATA_FOCAL, metadata);
    /* 65535 in the short field says that the number stands in the long one. */
    double iso = vt_tiff_number(&e->tiff, &e->iso, 0);
    bool elsewhere = !(iso >= 1 && iso < 65535) && e->index.count > 0;
    set_number(e, elsewhere ? &e->index : &e->iso, VT_METADATA_ISO, metadata);
}

/* Degrees, minutes and seconds; an unknown reference is no position. */
static double angle(const exif *e, const vt_tiff_entry *parts, const vt_tiff_entry *reference,
                    const char *signs)
{
    size_t length;
    const char *text = text_of(e, reference, &length);
    double value = 0;
    double unit = 1;
    if (parts->count == 0 || length == 0 || (text[0] != signs[0] && text[0] != signs[1])) {
        return NAN;
    }
    for (uint32_t i = 0; i < parts->count && i < 3; i++) {
        value += vt_tiff_number(&e->tiff, parts, i) * unit;
        unit /= 60;
    }
    return text[0] == signs[1] ? -value : value;
}

static void read_position(exif *e, vt_metadata *metadata)
{
    vt_metadata_set_position(metadata, angle(e, &e->latitude, &e->latitude_ref, "NS"),
                             angle(e, &e->longitude, &e->longitude_ref, "EW"));
    double sign = vt_tiff_number(&e->tiff, &e->altitude_ref, 0) == 1 ? -1 : 1;
    if (metadata->known & VT_METADATA_POSITION) {
        vt_metadata_set_number(metadata, VT_METADATA_ALTITUDE,
                               sign * vt_tiff_number(&e->tiff, &e->altitude, 0));
    }
}

static void read_texts(const exif *e, vt_metadata *metadata)
{
    set_with_maker(e, &e->make, &e->model, VT_METADATA_CAMERA, metadata);
    if (is_text(&e->lens)) {
        set_with_maker(e, &e->lens_make, &e->lens, VT_METADATA_LENS, metadata);
    }
    set_text(e, &e->description, VT_METADATA_DESCRIPTION, metadata);
    set_text(e, &e->copyright, VT_METADATA_COPYRIGHT, metadata);
    set_text(e, &e->artist, VT_METADATA_CREATOR, metadata);
    add_wide(e, &e->title, false, VT_METADATA_TITLE, metadata);
    add_wide(e, &e->keywords, true, VT_METADATA_KEYWORDS, metadata);
    if (!is_text(&e->artist)) {
        add_wide(e, &e->author, true, VT_METADATA_CREATOR, metadata);
    }
}

void vt_exif_read(const void *bytes, size_t count, vt_metadata *metadata)
{
    exif e = {0};
    if (!vt_tiff_open(&e.tiff, bytes, count)) {
        return;
    }
    collect(&e, vt_tiff_first(&e.tiff), main_tags, COUNT(main_tags));
    collect(&e, vt_tiff_offset(&e.tiff, &e.exif_at), exif_tags, COUNT(exif_tags));
    collect(&e, vt_tiff_offset(&e.tiff, &e.gps_at), gps_tags, COUNT(gps_tags));
    read_texts(&e, metadata);
    read_exposure(&e, metadata);
    read_position(&e, metadata);
    set_number(&e, &e.rating, VT_METADATA_RATING, metadata);
    if (!set_taken(&e, &e.original, &e.original_sub, &e.original_offset, metadata) &&
        !set_taken(&e, &e.digitized, &e.digitized_sub, &e.digitized_offset, metadata)) {
        /* When the file was changed last: of a camera's own file the same. */
        set_taken(&e, &e.changed, &e.changed_sub, &e.changed_offset, metadata);
    }
}

int vt_exif_orientation(const void *bytes, size_t count)
{
    vt_tiff tiff;
    vt_tiff_entry entry;
    if (!vt_tiff_open(&tiff, bytes, count)) {
        return 0;
    }
    size_t directory = vt_tiff_first(&tiff);
    for (uint32_t i = 0; vt_tiff_entry_at(&tiff, directory, i, &entry); i++) {
        if (entry.tag == TAG_ORIENTATION) {
            double value = vt_tiff_number(&tiff, &entry, 0);
            bool fits = entry.type == VT_TIFF_SHORT && entry.count == 1 && value >= 1 && value <= 8;
            return fits ? (int)value : 0;
        }
    }
    return 0;
}

const uint8_t *vt_exif_preview(const void *bytes, size_t count, size_t *preview_bytes)
{
    vt_tiff tiff;
    vt_tiff_entry entry;
    size_t at = 0;
    size_t size = 0;
    bool jpeg = true;
    if (!vt_tiff_open(&tiff, bytes, count)) {
        return NULL;
    }
    size_t directory = vt_tiff_next(&tiff, vt_tiff_first(&tiff));
    for (uint32_t i = 0; vt_tiff_entry_at(&tiff, directory, i, &entry); i++) {
        size_t value = vt_tiff_offset(&tiff, &entry);
        at = entry.tag == TAG_PREVIEW_AT ? value : at;
        size = entry.tag == TAG_PREVIEW_BYTES ? value : size;
        jpeg = jpeg && (entry.tag != TAG_COMPRESSION || value == COMPRESSION_JPEG);
    }
    if (!jpeg || size < 4 || at > tiff.count || size > tiff.count - at ||
        memcmp(tiff.bytes + at, "\xff\xd8", 2) != 0) {
        return NULL;
    }
    *preview_bytes = size;
    return tiff.bytes + at;
}
