/*
 * Sets of small numbers (the tags of an item, the albums it is in), each distinct one once: a row holds the
 * number of its set, and what is asked of a set is answered once for all rows that have it. Number 0 is the
 * empty set. A table only grows; what it holds of no use is left behind when the index begins a new one
 * (vt_index_put_set), so that there are never more than twice as many sets as rows, and some.
 *
 * Private to core/index. Threads: as vocabulary.h; references are counted atomically.
 */
#ifndef VT_INDEX_SETS_H
#define VT_INDEX_SETS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_SETS_SHIFT  12
#define VT_SETS_BLOCK  ((uint32_t)1 << VT_SETS_SHIFT)
#define VT_SETS_MASK   (VT_SETS_BLOCK - 1)
#define VT_SETS_BLOCKS 16384

typedef struct vt_set {
    const uint32_t *members; /* ascending */
    uint32_t count;
    uint32_t hash; /* writer's */
} vt_set;

typedef struct vt_sets {
    atomic_uint references;
    vt_set *blocks[VT_SETS_BLOCKS]; /* owned; each is written once, before it is published */
    uint32_t count;                 /* writer's */
    uint32_t *slots;                /* writer's: number by hash, 0 is free; owned */
    uint32_t slot_count;            /* a power of two, or 0 */
    uint32_t count_limit;           /* writer's: when to look for sets of no use */
    size_t members;                 /* of all sets */
    size_t members_limit;
    struct vt_arena *memory;
} vt_sets;

/* With the empty set. NULL when memory runs out. */
vt_sets *vt_sets_create(void);
vt_sets *vt_sets_retain(vt_sets *sets);
void vt_sets_release(vt_sets *sets); /* NULL is allowed */

/* The number of the set of `count` ascending, distinct members, which is added if it is new. False when
   memory runs out or the table is full. */
bool vt_sets_add(vt_sets *sets, const uint32_t *members, uint32_t count, uint32_t *number);

size_t vt_sets_bytes(const vt_sets *sets);

static inline const vt_set *vt_sets_at(const vt_sets *sets, uint32_t number)
{
    return &sets->blocks[number >> VT_SETS_SHIFT][number & VT_SETS_MASK];
}

#endif
