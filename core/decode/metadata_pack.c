#include "core/decode/metadata.h"

#include "core/base/str.h"

#include <string.h>

#define VERSION 1
typedef struct packer {
    uint8_t *bytes;
    size_t count;
} packer;

static void put(packer *p, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        p->bytes[p->count++] = (uint8_t)(value >> (8 * i));
    }
}

static void put_double(packer *p, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put(p, bits, 8);
}

static void put_facts(packer *p, const vt_metadata *m)
{
    put(p, m->known, 2);
    if (m->known & VT_METADATA_TAKEN) {
        put(p, (uint64_t)m->taken_ns, 8);
    }
    if (m->known & VT_METADATA_OFFSET) {
        put(p, (uint64_t)(int64_t)m->offset_minutes, 2);
    }
    if (m->known & VT_METADATA_EXPOSURE) {
        put_double(p, m->exposure);
    }
    if (m->known & VT_METADATA_F_NUMBER) {
        put_double(p, m->f_number);
    }
    if (m->known & VT_METADATA_ISO) {
        put(p, m->iso, 4);
    }
    if (m->known & VT_METADATA_FOCAL) {
        put_double(p, m->focal_mm);
    }
    if (m->known & VT_METADATA_POSITION) {
        put_double(p, m->latitude);
        put_double(p, m->longitude);
    }
    if (m->known & VT_METADATA_ALTITUDE) {
        put_double(p, m->altitude);
    }
    if (m->known & VT_METADATA_RATING) {
        put(p, (uint64_t)(int64_t)m->rating, 1);
    }
}

_Static_assert(VT_METADATA_PACKED_MAX >=
                   3 + 2 + 8 + 2 + 8 * 6 + 4 + 1 + VT_METADATA_TEXT_COUNT * 3 + VT_METADATA_TEXT_BYTES,
               "all that can be known fits");

size_t vt_metadata_pack(const vt_metadata *metadata, uint8_t *bytes)
{
    packer p = {bytes, 0};
    if (vt_metadata_is_empty(metadata)) {
        return 0;
    }
    put(&p, 'V', 1);
    put(&p, 'M', 1);
    put(&p, VERSION, 1);
    put_facts(&p, metadata);
    for (int i = 0; i < VT_METADATA_TEXT_COUNT; i++) {
        const char *text = vt_metadata_get(metadata, (vt_metadata_text)i);
        size_t length = strnlen(text, VT_METADATA_TEXT_BYTES);
        if (length > 0) {
            put(&p, (uint64_t)i, 1);
            put(&p, length, 2);
            memcpy(bytes + p.count, text, length);
            p.count += length;
        }
    }
    return p.count;
}

typedef struct unpacker {
    const uint8_t *bytes;
    size_t count; /* left */
    bool failed;  /* more was wanted than there is, or a value was none that could be */
} unpacker;

static uint64_t get(unpacker *u, int bytes)
{
    uint64_t value = 0;
    if (u->count < (size_t)bytes) {
        u->failed = true;
        return 0;
    }
    for (int i = 0; i < bytes; i++) {
        value |= (uint64_t)u->bytes[i] << (8 * i);
    }
    u->bytes += bytes;
    u->count -= (size_t)bytes;
    return value;
}

static double get_double(unpacker *u)
{
    uint64_t bits = get(u, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The setters keep nothing that is out of range: what was promised is missing at the end. */
static void get_facts(unpacker *u, vt_metadata *m)
{
    uint32_t promised = (uint32_t)get(u, 2);
    if (promised & VT_METADATA_TAKEN) {
        vt_metadata_set_taken_ns(m, (int64_t)get(u, 8));
    }
    if (promised & VT_METADATA_OFFSET) {
        vt_metadata_set_number(m, VT_METADATA_OFFSET, (int16_t)get(u, 2));
    }
    if (promised & VT_METADATA_EXPOSURE) {
        vt_metadata_set_number(m, VT_METADATA_EXPOSURE, get_double(u));
    }
    if (promised & VT_METADATA_F_NUMBER) {
        vt_metadata_set_number(m, VT_METADATA_F_NUMBER, get_double(u));
    }
    if (promised & VT_METADATA_ISO) {
        vt_metadata_set_number(m, VT_METADATA_ISO, (double)get(u, 4));
    }
    if (promised & VT_METADATA_FOCAL) {
        vt_metadata_set_number(m, VT_METADATA_FOCAL, get_double(u));
    }
    if (promised & VT_METADATA_POSITION) {
        double latitude = get_double(u);
        vt_metadata_set_position(m, latitude, get_double(u));
    }
    if (promised & VT_METADATA_ALTITUDE) {
        vt_metadata_set_number(m, VT_METADATA_ALTITUDE, get_double(u));
    }
    if (promised & VT_METADATA_RATING) {
        vt_metadata_set_number(m, VT_METADATA_RATING, (int8_t)get(u, 1));
    }
    u->failed = u->failed || m->known != promised;
}

/* Texts come in ascending order, each at most once, and as vt_metadata_set leaves them. */
static bool get_text(unpacker *u, vt_metadata *m, int *last)
{
    int field = (int)get(u, 1);
    size_t length = (size_t)get(u, 2);
    if (u->failed || field <= *last || field >= VT_METADATA_TEXT_COUNT || length == 0 || length > u->count ||
        length > vt_metadata_text_limit((vt_metadata_text)field) || memchr(u->bytes, 0, length) ||
        !vt_utf8_valid(u->bytes, length)) {
        return false;
    }
    const char *text = (const char *)u->bytes;
    bool lines = field == VT_METADATA_KEYWORDS || field == VT_METADATA_TAGS;
    for (size_t at = 0; lines && at < length;) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t size = end ? (size_t)(end - text) - at : length - at;
        vt_metadata_add(m, (vt_metadata_text)field, text + at, size);
        at += size + 1;
    }
    if (!lines) {
        vt_metadata_set(m, (vt_metadata_text)field, text, length);
    }
    const char *kept = vt_metadata_get(m, (vt_metadata_text)field);
    bool same = strlen(kept) == length && memcmp(kept, text, length) == 0;
    u->bytes += length;
    u->count -= length;
    *last = field;
    return same;
}

bool vt_metadata_unpack(vt_metadata *metadata, const void *bytes, size_t count)
{
    unpacker u = {.bytes = bytes, .count = count};
    memset(metadata, 0, sizeof *metadata);
    if (count == 0) {
        return true;
    }
    bool fine = get(&u, 3) == ('V' | 'M' << 8 | VERSION << 16);
    if (fine) {
        get_facts(&u, metadata);
    }
    int last = -1;
    while (fine && !u.failed && u.count > 0) {
        fine = get_text(&u, metadata, &last);
    }
    if (!fine || u.failed || vt_metadata_is_empty(metadata)) {
        memset(metadata, 0, sizeof *metadata);
        return false;
    }
    return true;
}
