#include "core/index/sets.h"

#include "core/base/arena.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* Before so many there is nothing to be won by leaving some behind. */
enum { COUNT_LIMIT_LEAST = 8192, MEMBERS_LIMIT_LEAST = 65536 };

static bool append(vt_sets *sets, const uint32_t *members, uint32_t count, uint32_t hash)
{
    uint32_t number = sets->count;
    vt_set **block = number >> VT_SETS_SHIFT < VT_SETS_BLOCKS ? &sets->blocks[number >> VT_SETS_SHIFT] : NULL;
    if (!block || (!*block && !(*block = malloc(VT_SETS_BLOCK * sizeof **block)))) {
        return false;
    }
    uint32_t *copy = NULL;
    if (count > 0) {
        /* Packed: nothing but such numbers is in this memory, so they are aligned. */
        copy = (void *)vt_arena_alloc_bytes(sets->memory, count * sizeof *copy);
        if (!copy) {
            return false;
        }
        memcpy(copy, members, count * sizeof *copy);
    }
    (*block)[number & VT_SETS_MASK] = (vt_set){copy, count, hash};
    sets->count++;
    sets->members += count;
    return true;
}

vt_sets *vt_sets_create(void)
{
    vt_sets *sets = calloc(1, sizeof *sets);
    if (!sets) {
        return NULL;
    }
    atomic_init(&sets->references, 1);
    sets->count_limit = COUNT_LIMIT_LEAST;
    sets->members_limit = MEMBERS_LIMIT_LEAST;
    sets->memory = vt_arena_create(0);
    if (sets->memory) {
        vt_arena_leave_total(sets->memory); /* the index reports it */
    }
    if (!sets->memory || !append(sets, NULL, 0, 0)) {
        vt_sets_release(sets);
        return NULL;
    }
    return sets;
}

vt_sets *vt_sets_retain(vt_sets *sets)
{
    atomic_fetch_add_explicit(&sets->references, 1, memory_order_relaxed);
    return sets;
}

void vt_sets_release(vt_sets *sets)
{
    if (!sets || atomic_fetch_sub_explicit(&sets->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    for (uint32_t i = 0; i < VT_SETS_BLOCKS; i++) {
        free(sets->blocks[i]);
    }
    free(sets->slots);
    vt_arena_free(sets->memory);
    free(sets);
}

/* Keeps the slots at most half full. */
static bool make_slots(vt_sets *sets)
{
    if (sets->count < sets->slot_count / 2) {
        return true;
    }
    uint32_t slot_count = sets->slot_count ? sets->slot_count * 2 : 256;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots) {
        return false;
    }
    for (uint32_t number = 1; number < sets->count; number++) {
        uint32_t slot = vt_sets_at(sets, number)->hash & (slot_count - 1);
        while (slots[slot]) {
            slot = (slot + 1) & (slot_count - 1);
        }
        slots[slot] = number;
    }
    free(sets->slots);
    sets->slots = slots;
    sets->slot_count = slot_count;
    return true;
}

bool vt_sets_add(vt_sets *sets, const uint32_t *members, uint32_t count, uint32_t *number)
{
    *number = 0;
    if (count == 0) {
        return true;
    }
    if (!make_slots(sets)) {
        return false;
    }
    uint32_t hash = (uint32_t)XXH3_64bits(members, count * sizeof *members);
    uint32_t slot = hash & (sets->slot_count - 1);
    for (; sets->slots[slot]; slot = (slot + 1) & (sets->slot_count - 1)) {
        const vt_set *set = vt_sets_at(sets, sets->slots[slot]);
        if (set->hash == hash && set->count == count &&
            memcmp(set->members, members, count * sizeof *members) == 0) {
            *number = sets->slots[slot];
            return true;
        }
    }
    if (!append(sets, members, count, hash)) {
        return false;
    }
    *number = sets->slots[slot] = sets->count - 1;
    return true;
}

size_t vt_sets_bytes(const vt_sets *sets)
{
    size_t blocks = (sets->count + VT_SETS_MASK) >> VT_SETS_SHIFT;
    return sizeof *sets + blocks * VT_SETS_BLOCK * sizeof(vt_set) + sets->slot_count * sizeof *sets->slots +
           vt_arena_bytes(sets->memory);
}
