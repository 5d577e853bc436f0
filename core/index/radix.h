/*
 * Radix sort, least significant digit first (Knuth, The Art of Computer Programming 3, 5.2.5): stable, and
 * linear in the number of entries. Any thread.
 */
#ifndef VT_INDEX_RADIX_H
#define VT_INDEX_RADIX_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct vt_entry {
    uint64_t key;
    uint32_t index;
} vt_entry;

/* Sorts by key. `spare` has room for as many. False: cancelled (`cancelled` may be NULL), the order is
   undefined. */
bool vt_radix_sort(vt_entry *entries, vt_entry *spare, uint32_t count, const atomic_bool *cancelled);

/* Sorts by `bits` (at most 32) bits from bit 32 on; what is below travels along. */
bool vt_radix_sort_packed(uint64_t *items, uint64_t *spare, uint32_t count, unsigned bits,
                          const atomic_bool *cancelled);

static inline bool vt_is_cancelled(const atomic_bool *cancelled)
{
    return cancelled && atomic_load_explicit(cancelled, memory_order_relaxed);
}

#endif
