/*
 * Memory pool: blocks of one size, handed out and taken back in O(1) without asking the system each time.
 *
 * For what comes and goes by the thousand with one size: messages, list nodes, records in flight. Blocks are
 * cut from slabs that grow up to a limit and stay with the pool until it is freed, so its memory is
 * predictable. For things that die together use an arena; for large or odd sizes use malloc.
 *
 * Threads: one thread at a time; a pool shared by threads needs its user's lock.
 */
#ifndef VT_BASE_MEMPOOL_H
#define VT_BASE_MEMPOOL_H

#include "core/base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct vt_mempool vt_mempool;

typedef struct vt_mempool_stats {
    size_t block_bytes;   /* of one block, after rounding up for alignment */
    size_t blocks_limit;  /* never more than this many in use */
    size_t blocks_in_use; /* handed out and not yet given back */
    size_t blocks_peak;   /* the most ever in use */
    size_t blocks_held;   /* in use or ready to be handed out */
    size_t bytes_held;    /* from the system, slab headers included */
    uint64_t allocations; /* successful ones, since creation */
    uint64_t refusals;    /* allocations refused by the limit or for lack of memory */
} vt_mempool_stats;

/* A pool of blocks of at least `block_bytes` (1 or more), at most `blocks_limit` of them (1 or more). Nothing
   is reserved until the first allocation. NULL and `error` for a size or limit of 0 or one whose product does
   not fit the address space, and when memory runs out. */
vt_mempool *vt_mempool_create(size_t block_bytes, size_t blocks_limit, vt_error *error);

/* Releases all slabs, blocks still in use included; NULL is allowed. */
void vt_mempool_free(vt_mempool *pool);

/* One block, uninitialised, aligned for any type. NULL when the limit is reached or memory runs out: the
   caller words the error, since it knows what the block was for. */
void *vt_mempool_alloc(vt_mempool *pool);

/* Gives a block back to the pool that it came from; NULL is allowed. Builds with the address sanitizer report
   any use of it after this. */
void vt_mempool_release(vt_mempool *pool, void *block);

void vt_mempool_get_stats(const vt_mempool *pool, vt_mempool_stats *stats);

#endif
