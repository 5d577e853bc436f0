#include "core/mesh/distinct.h"

#include "core/mesh/huge_pages.h"
#include "core/mesh/key_range.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_MIN 4096
#define RECENT    (1 << 15)

struct vt_distinct {
    uint64_t *slots; /* open addressing; 0: empty */
    uint64_t slot_count;
    uint64_t filled;
    uint64_t full; /* slots that may be filled */

    vt_key_range range;
    uint64_t count; /* of the rounds before */
    uint64_t noted; /* keys in the first round */
    bool later;     /* than the first round */

    uint64_t recent[RECENT];             /* keys noted lately, which need no look into the table */
    uint64_t waiting[VT_DISTINCT_BATCH]; /* keys whose slots are on their way into the cache */
};

vt_distinct *vt_distinct_create(uint64_t most, uint64_t bytes)
{
    vt_distinct *distinct = calloc(1, sizeof *distinct);
    if (!distinct) {
        return NULL;
    }
    uint64_t wanted = most + most / 2;
    uint64_t room = bytes / sizeof *distinct->slots;
    distinct->slot_count = wanted < room ? wanted : room;
    if (distinct->slot_count < SLOTS_MIN) {
        distinct->slot_count = SLOTS_MIN;
    }
    distinct->full = distinct->slot_count - distinct->slot_count / 8;
    distinct->range = vt_key_range_all();
    distinct->slots = vt_huge_pages_calloc(distinct->slot_count, sizeof *distinct->slots);
    if (!distinct->slots) {
        free(distinct);
        return NULL;
    }
    return distinct;
}

void vt_distinct_free(vt_distinct *distinct)
{
    if (distinct) {
        free(distinct->slots);
        free(distinct);
    }
}

/* Other bits of the key than the range is made of decide. */
static inline uint64_t first_slot(const vt_distinct *distinct, uint64_t key)
{
    uint64_t spread = key * UINT64_C(0x9e3779b97f4a7c15);
    return (uint64_t)(((unsigned __int128)spread * distinct->slot_count) >> 64);
}

static inline void insert(vt_distinct *distinct, uint64_t key)
{
    uint64_t slot = first_slot(distinct, key);
    while (distinct->slots[slot] != 0) {
        if (distinct->slots[slot] == key) {
            return;
        }
        slot = slot + 1 < distinct->slot_count ? slot + 1 : 0;
    }
    distinct->slots[slot] = key;
    distinct->filled++;
}

void vt_distinct_note(vt_distinct *distinct, const uint64_t *keys, size_t count)
{
    if (!distinct->later) {
        distinct->noted += count;
    }
    if (distinct->range.overflowed) {
        return;
    }
    size_t waiting = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t key = keys[i] | (keys[i] == 0); /* 0 stands for an empty slot */
        uint64_t *recent = &distinct->recent[key % RECENT];
        if (*recent == key || !vt_key_range_has(&distinct->range, key)) {
            continue;
        }
        *recent = key;
        distinct->waiting[waiting++] = key;
        __builtin_prefetch(&distinct->slots[first_slot(distinct, key)], 1);
    }
    if (distinct->filled + waiting > distinct->full) {
        distinct->range.overflowed = true;
        return;
    }
    for (size_t i = 0; i < waiting; i++) {
        insert(distinct, distinct->waiting[i]);
    }
}

bool vt_distinct_next_round(vt_distinct *distinct)
{
    if (!distinct->range.overflowed) {
        distinct->count += distinct->filled;
    }
    distinct->later = true;
    if (!vt_key_range_next(&distinct->range, distinct->noted, distinct->full)) {
        return false;
    }
    distinct->filled = 0;
    memset(distinct->slots, 0, distinct->slot_count * sizeof *distinct->slots);
    memset(distinct->recent, 0, sizeof distinct->recent);
    return true;
}

uint64_t vt_distinct_count(const vt_distinct *distinct)
{
    return distinct->count;
}
