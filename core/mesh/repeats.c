#include "core/mesh/repeats.h"

#include "core/mesh/huge_pages.h"
#include "core/mesh/key_range.h"

#include <stdlib.h>
#include <string.h>

#define PRINTS_MIN    4096
#define SUSPECTS_MOST 4096 /* with 60 million different keys there are fewer than ten in all likelihood */
#define SUSPECT_SLOTS (SUSPECTS_MOST * 4)

/* A suspect, and how often it came in the last round. */
typedef struct suspect {
    uint64_t key; /* 0: empty */
    uint64_t seen;
} suspect;

struct vt_repeats {
    uint32_t *prints; /* of keys, in open addressing; 0: empty */
    uint64_t print_count;
    uint64_t filled;
    uint64_t full; /* prints that may be filled */
    vt_key_range range;
    uint64_t noted; /* keys in the first round */
    bool later;     /* than the first round */

    suspect suspects[SUSPECT_SLOTS]; /* open addressing */
    size_t suspect_count;
    bool counting; /* the last round: suspects are counted */
    bool found;
};

vt_repeats *vt_repeats_create(uint64_t most, uint64_t bytes)
{
    vt_repeats *repeats = calloc(1, sizeof *repeats);
    if (!repeats) {
        return NULL;
    }
    uint64_t room = bytes / sizeof *repeats->prints;
    uint64_t wanted = most + most / 2;
    repeats->print_count = wanted < room ? wanted : room;
    if (repeats->print_count < PRINTS_MIN) {
        repeats->print_count = PRINTS_MIN;
    }
    repeats->full = repeats->print_count - repeats->print_count / 4;
    repeats->range = vt_key_range_all();
    repeats->prints = vt_huge_pages_calloc(repeats->print_count, sizeof *repeats->prints);
    if (!repeats->prints) {
        free(repeats);
        return NULL;
    }
    return repeats;
}

void vt_repeats_free(vt_repeats *repeats)
{
    if (repeats) {
        free(repeats->prints);
        free(repeats);
    }
}

/* The upper bits of what the key is spread to choose the place, the lower bits of the key are kept there. */
static inline uint64_t place_of(const vt_repeats *repeats, uint64_t key)
{
    uint64_t spread = key * UINT64_C(0x9e3779b97f4a7c15);
    return (uint64_t)(((unsigned __int128)spread * repeats->print_count) >> 64);
}

static suspect *suspect_of(vt_repeats *repeats, uint64_t key)
{
    size_t slot = (size_t)(key >> 40) % SUSPECT_SLOTS;
    while (repeats->suspects[slot].key != 0 && repeats->suspects[slot].key != key) {
        slot = (slot + 1) % SUSPECT_SLOTS;
    }
    return &repeats->suspects[slot];
}

/* So many suspects are no coincidence: some of them are repeats, and one of those is enough. */
static void suspect_key(vt_repeats *repeats, uint64_t key)
{
    suspect *suspect = suspect_of(repeats, key);
    if (suspect->key == 0 && repeats->suspect_count < SUSPECTS_MOST) {
        suspect->key = key;
        repeats->suspect_count++;
    }
}

static inline void note(vt_repeats *repeats, uint64_t key)
{
    uint32_t print = (uint32_t)key | ((uint32_t)key == 0); /* 0 stands for an empty place */
    uint64_t place = place_of(repeats, key);
    while (repeats->prints[place] != 0) {
        if (repeats->prints[place] == print) {
            suspect_key(repeats, key);
            return;
        }
        place = place + 1 < repeats->print_count ? place + 1 : 0;
    }
    repeats->prints[place] = print;
    repeats->filled++;
}

static void count_suspects(vt_repeats *repeats, const uint64_t *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t key = keys[i] | (keys[i] == 0);
        suspect *suspect = suspect_of(repeats, key);
        if (suspect->key == key && ++suspect->seen == 2) {
            repeats->found = true;
        }
    }
}

void vt_repeats_note(vt_repeats *repeats, const uint64_t *keys, size_t count)
{
    if (repeats->counting) {
        count_suspects(repeats, keys, count);
        return;
    }
    if (!repeats->later) {
        repeats->noted += count;
    }
    if (repeats->filled + count > repeats->full) {
        repeats->range.overflowed = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(&repeats->prints[place_of(repeats, keys[i])], 1);
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t key = keys[i] | (keys[i] == 0); /* 0 stands for an empty slot among the suspects */
        if (vt_key_range_has(&repeats->range, key)) {
            note(repeats, key);
        }
    }
}

bool vt_repeats_next_round(vt_repeats *repeats)
{
    repeats->later = true;
    if (repeats->counting) {
        return false;
    }
    if (vt_key_range_next(&repeats->range, repeats->noted, repeats->full)) {
        repeats->filled = 0;
        memset(repeats->prints, 0, repeats->print_count * sizeof *repeats->prints);
        return true;
    }
    repeats->counting = repeats->suspect_count > 0;
    return repeats->counting;
}

bool vt_repeats_found(const vt_repeats *repeats)
{
    return repeats->found;
}
