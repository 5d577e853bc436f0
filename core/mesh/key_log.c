#include "core/mesh/key_log.h"

#include "core/mesh/page_size.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PARTS     VT_KEY_LOG_PARTS
#define KEY_BYTES VT_KEY_LOG_KEY_BYTES
#define STAGED    8 /* keys that are written to their part together: a line of the cache */
#define PART_MIN  64
#define AHEAD     16 /* keys whose place in the table is on its way into the cache */
#define KEY_MASK  ((UINT64_C(1) << KEY_BYTES * 8) - 1)

/* In the table of a part being reduced: its key, and these. */
#define OCCUPIED UINT64_C(0x8000000000000000)
#define REPEATED UINT64_C(0x4000000000000000)

struct vt_key_log {
    uint8_t *keys; /* [PARTS] of part_bytes each */
    size_t part_bytes;
    uint64_t part_keys; /* that fit a part */
    uint64_t room;
    uint64_t counts[PARTS];
    uint64_t staged[PARTS][STAGED];
    uint8_t staged_counts[PARTS];

    uint64_t *table; /* for reducing */
    uint64_t table_slots;
};

vt_key_log *vt_key_log_create(uint64_t keys, uint64_t bytes)
{
    vt_key_log *log = calloc(1, sizeof *log);
    if (!log) {
        return NULL;
    }
    uint64_t most = bytes / KEY_BYTES;
    uint64_t mean = (keys < most ? keys : most) / PARTS;
    /* No hash spreads perfectly: ten standard deviations more than the mean. */
    log->part_keys = mean + (uint64_t)(10 * sqrt((double)mean)) + PART_MIN;
    log->room = (mean + PART_MIN / 4) * PARTS;
    /* The last key of a part is written with two bytes more. Pages that are never written to cost nothing. */
    log->part_bytes = (log->part_keys + STAGED) * KEY_BYTES + sizeof(uint64_t);
    log->keys = vt_small_pages_under(malloc(log->part_bytes * PARTS), log->part_bytes * PARTS);
    if (!log->keys) {
        free(log);
        return NULL;
    }
    return log;
}

void vt_key_log_free(vt_key_log *log)
{
    if (log) {
        free(log->keys);
        free(log->table);
        free(log);
    }
}

/* Appends `count` staged keys to their part. */
static bool flush(vt_key_log *log, size_t part, size_t count)
{
    log->staged_counts[part] = 0;
    if (log->counts[part] + count > log->part_keys) {
        return false;
    }
    uint8_t *to = log->keys + part * log->part_bytes + log->counts[part] * KEY_BYTES;
    for (size_t i = 0; i < count; i++, to += KEY_BYTES) {
        uint64_t kept = log->staged[part][i] >> 8;
        memcpy(to, &kept, sizeof kept); /* the next key is written over the upper two bytes */
    }
    log->counts[part] += count;
    return true;
}

bool vt_key_log_write(vt_key_log *log, const uint64_t *keys, size_t count)
{
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        size_t part = keys[i] >> 56;
        uint8_t at = log->staged_counts[part]++;
        log->staged[part][at] = keys[i];
        if (at == STAGED - 1) {
            good &= flush(log, part, STAGED);
        }
    }
    return good;
}

void vt_key_log_clear(vt_key_log *log)
{
    memset(log->counts, 0, sizeof log->counts);
    memset(log->staged_counts, 0, sizeof log->staged_counts);
}

uint64_t vt_key_log_room(const vt_key_log *log)
{
    return log->room;
}

/* A table for `count` keys, a third of it free at least; empty. */
static bool clear_table(vt_key_log *log, uint64_t count)
{
    uint64_t slots = 1024;
    while (slots < count + count / 2) {
        slots *= 2;
    }
    if (slots > log->table_slots) {
        free(log->table);
        log->table = malloc(slots * sizeof *log->table);
        log->table_slots = log->table ? slots : 0;
    }
    if (log->table) {
        memset(log->table, 0, log->table_slots * sizeof *log->table);
    }
    return log->table != NULL;
}

static inline uint64_t read_key(const uint8_t *from)
{
    uint64_t key;
    memcpy(&key, from, sizeof key);
    return key & KEY_MASK;
}

static inline uint64_t first_slot(const vt_key_log *log, uint64_t key)
{
    return (key * UINT64_C(0x9e3779b97f4a7c15)) >> 32 & (log->table_slots - 1);
}

/* The place of `key` in the table, or the empty one where it belongs. */
static inline uint64_t *find_slot(const vt_key_log *log, uint64_t key)
{
    uint64_t mask = log->table_slots - 1;
    uint64_t slot = first_slot(log, key);
    while (log->table[slot] != 0 && (log->table[slot] & KEY_MASK) != key) {
        slot = (slot + 1) & mask;
    }
    return &log->table[slot];
}

/* Leaves each key of the part once. */
static bool reduce_part(vt_key_log *log, size_t part, void (*visit)(void *, uint64_t), void *user)
{
    uint8_t *keys = log->keys + part * log->part_bytes;
    uint64_t count = log->counts[part];
    uint64_t kept = 0;
    if (!clear_table(log, count)) {
        return false;
    }
    for (uint64_t i = 0; i < count; i++) {
        uint64_t soon = i + AHEAD < count ? i + AHEAD : i;
        __builtin_prefetch(&log->table[first_slot(log, read_key(keys + soon * KEY_BYTES))], 1);
        uint64_t key = read_key(keys + i * KEY_BYTES);
        uint64_t *slot = find_slot(log, key);
        if (*slot != 0) {
            *slot |= REPEATED;
            continue;
        }
        *slot = key | OCCUPIED;
        /* In place: what is kept never overtakes what is read, but its two bytes more would. */
        memcpy(keys + kept++ * KEY_BYTES, &key, KEY_BYTES);
    }
    for (uint64_t i = 0; visit && kept < count && i < kept; i++) {
        uint64_t key = read_key(keys + i * KEY_BYTES);
        if (*find_slot(log, key) & REPEATED) {
            visit(user, (uint64_t)part << 56 | key << 8);
        }
    }
    log->counts[part] = kept;
    return true;
}

uint64_t vt_key_log_reduce(vt_key_log *log, void (*visit)(void *user, uint64_t key), void *user)
{
    uint64_t different = 0;
    for (size_t part = 0; part < PARTS; part++) {
        if (!flush(log, part, log->staged_counts[part]) || !reduce_part(log, part, visit, user)) {
            return UINT64_MAX;
        }
        different += log->counts[part];
    }
    return different;
}
