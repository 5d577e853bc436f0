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
#include <stdint.h>

typedef struct vt_key_range {
    uint64_t from;
    uint64_t last;
    bool overflowed; /* set by the owner: the table is full, and this round is worth nothing */
    bool divided;    /* there is more than one range */
} vt_key_range;

/* The range of the first round: all keys. */
static inline vt_key_range vt_key_range_all(void)
{
    return (vt_key_range){.from = 0, .last = UINT64_MAX};
}

static inline bool vt_key_range_has(const vt_key_range *range, uint64_t key)
{
    return key >= range->from && key <= range->last;
}

/* Goes on to the next range. `noted`: keys in a round; `room`: different keys that a table can take. False if
   there is none left. */
bool vt_key_range_next(vt_key_range *range, uint64_t noted, uint64_t room);

#endif
