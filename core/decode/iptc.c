#include "core/decode/iptc.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define SIGNATURE      "Photoshop 3.0"
#define RESOURCE_IPTC  0x0404
#define DATA_SETS_MAX  4096 /* thousands of keywords are nobody's */
#define RECORD_PICTURE 2

static size_t be16(const uint8_t *p)
{
    return (size_t)p[0] << 8 | p[1];
}

static size_t be32(const uint8_t *p)
{
    return be16(p) << 16 | be16(p + 2);
}

/* The bytes of the resource that holds the data sets, NULL if there is none. */
static const uint8_t *find_resource(const uint8_t *p, size_t count, size_t *size)
{
    while (count >= 12 && memcmp(p, "8BIM", 4) == 0) {
        size_t id = be16(p + 4);
        size_t name = ((size_t)p[6] + 2) & ~(size_t)1; /* a Pascal string, padded to even */
        if (count < 6 + name + 4) {
            return NULL;
        }
        size_t length = be32(p + 6 + name);
        size_t head = 6 + name + 4;
        if (length > count - head) {
            return NULL;
        }
        if (id == RESOURCE_IPTC) {
            *size = length;
            return p + head;
        }
        size_t step = head + length + (length & 1);
        if (step > count) {
            return NULL;
        }
        p += step;
        count -= step;
    }
    return NULL;
}

typedef struct reader {
    vt_metadata *metadata;
    const uint8_t *date, *time;
} reader;

static void take_text(reader *r, vt_metadata_text field, bool several, const uint8_t *p, size_t size)
{
    if (several) {
        vt_metadata_add(r->metadata, field, p, size);
    } else if (vt_metadata_get(r->metadata, field)[0] == '\0') {
        vt_metadata_set(r->metadata, field, p, size);
    }
}

static void take(reader *r, uint8_t set, const uint8_t *p, size_t size)
{
    switch (set) {
    case 5:
        take_text(r, VT_METADATA_TITLE, false, p, size);
        break;
    case 25:
        take_text(r, VT_METADATA_KEYWORDS, true, p, size);
        vt_metadata_add_tag(r->metadata, "", p, size);
        break;
    case 55:
        r->date = size == 8 ? p : NULL;
        break;
    case 60:
        r->time = size == 11 || size == 6 ? p : NULL;
        break;
    case 80:
        take_text(r, VT_METADATA_CREATOR, true, p, size);
        break;
    case 116:
        take_text(r, VT_METADATA_COPYRIGHT, false, p, size);
        break;
    case 120:
        take_text(r, VT_METADATA_DESCRIPTION, false, p, size);
        break;
    default:
        break;
    }
}

/* "20240517" and "130102+0200" (or "130102"). */
static void take_date(const reader *r, bool zone)
{
    if (!r->date) {
        return;
    }
    const char *d = (const char *)r->date;
    const char *t = (const char *)r->time;
    char text[32] = {d[0], d[1], d[2], d[3], '-', d[4], d[5], '-', d[6], d[7]};
    size_t length = 10;
    if (t) {
        const char clock[] = {'T', t[0], t[1], ':', t[2], t[3], ':', t[4], t[5]};
        memcpy(text + length, clock, sizeof clock);
        length += sizeof clock;
    }
    if (t && zone) {
        const char offset[] = {t[6], t[7], t[8], ':', t[9], t[10]};
        memcpy(text + length, offset, sizeof offset);
        length += sizeof offset;
    }
    vt_metadata_set_taken(r->metadata, text, length);
}

static void read_data_sets(const uint8_t *p, size_t count, vt_metadata *metadata)
{
    reader r = {.metadata = metadata};
    bool zone = false;
    for (int i = 0; i < DATA_SETS_MAX && count >= 5 && p[0] == 0x1c; i++) {
        uint8_t record = p[1];
        uint8_t set = p[2];
        size_t size = be16(p + 3);
        size_t head = 5;
        if (size & 0x8000) { /* an extended set: so many bytes hold the length */
            size_t bytes = size & 0x7fff;
            if (bytes == 0 || bytes > 4 || count < 5 + bytes) {
                break;
            }
            size = 0;
            for (size_t b = 0; b < bytes; b++) {
                size = size << 8 | p[5 + b];
            }
            head += bytes;
        }
        if (size > count - head) {
            break;
        }
        if (record == RECORD_PICTURE) {
            take(&r, set, p + head, size);
            zone = set == 60 ? size == 11 : zone;
        }
        p += head + size;
        count -= head + size;
    }
    take_date(&r, zone);
}

void vt_iptc_read(const void *bytes, size_t count, vt_metadata *metadata)
{
    const uint8_t *p = bytes;
    size_t size = 0;
    if (count >= sizeof SIGNATURE && memcmp(p, SIGNATURE, sizeof SIGNATURE) == 0) {
        p += sizeof SIGNATURE;
        count -= sizeof SIGNATURE;
    }
    const uint8_t *sets = find_resource(p, count, &size);
    if (sets) {
        read_data_sets(sets, size, metadata);
    }
}
