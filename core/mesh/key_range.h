/*
 * Key range: which keys a round counts, where all of them do not fit a table at once.
 *
 * The first round takes all keys. If its table overflows, the round is worth nothing, and those that follow
 * take so small a range each that even then it fits if all keys are different.
 *
 * Threads: belongs to one at a time.
 */
#ifndef VT_MESH_KEY_RANGE_H
#define VT_MESH_KEY_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_key_range {
    uint64_t from;
    uint64_t last;
    uint64_t noted;  /* keys in the first round */
    bool overflowed; /* set by the owner: its table is full, and this round is worth nothing */
    bool divided;    /* there is more than one range */
} vt_key_range;

/* The range of the first round: all keys. */
static inline vt_key_range vt_key_range_all(void)
{
    return (vt_key_range){.from = 0, .last = UINT64_MAX};
}

/* Copies those of the `count` keys that are in the range, and returns how many; counts in the first round. */
size_t vt_key_range_pick(vt_key_range *range, const uint64_t *keys, size_t count, uint64_t *picked);

/* Goes on to the next range. `room`: different keys that the owner can take. False if there is none left. */
bool vt_key_range_next(vt_key_range *range, uint64_t room);

#endif
