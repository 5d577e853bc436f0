#include "core/base/mempool.h"

#include <stdalign.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#ifdef WITH_ASAN
#include <sanitizer/asan_interface.h>
#endif

enum { FIRST_SLAB_BLOCKS = 16, SLAB_BYTES = 64 * 1024 };

typedef struct slab {
    struct slab *next;
    alignas(max_align_t) char bytes[];
} slab;

/* What a free block holds. */
typedef struct free_block {
    struct free_block *next;
} free_block;

struct vt_mempool {
    slab *slabs;
    free_block *free;
    char *fresh; /* blocks of the newest slab that were never handed out */
    size_t fresh_count;
    size_t slab_blocks; /* of the next slab */
    vt_mempool_stats stats;
};

#ifdef WITH_ASAN
/* Blocks that are not handed out may not be touched. Not inlined: gcc takes the pointer to const for a read
   of memory that malloc left uninitialised. */
static __attribute__((noinline)) void poison(void *at, size_t count)
{
    __asan_poison_memory_region(at, count);
}

static void unpoison(void *at, size_t count)
{
    __asan_unpoison_memory_region(at, count);
}
#else
static void poison(void *at, size_t count)
{
    (void)at;
    (void)count;
}

static void unpoison(void *at, size_t count)
{
    (void)at;
    (void)count;
}
#endif

vt_mempool *vt_mempool_create(size_t block_bytes, size_t blocks_limit, vt_error *error)
{
    const size_t alignment = alignof(max_align_t);
    if (block_bytes == 0 || blocks_limit == 0) {
        vt_error_set(error, VT_ERROR_USAGE, "a memory pool needs 1 block of 1 byte or more");
        return NULL;
    }
    if (block_bytes > PTRDIFF_MAX / 2 || blocks_limit > PTRDIFF_MAX / 2 / (block_bytes + alignment)) {
        vt_error_set(error, VT_ERROR_USAGE, "%zu blocks of %zu bytes are more than memory can have",
                     blocks_limit, block_bytes);
        return NULL;
    }
    vt_mempool *pool = calloc(1, sizeof *pool);
    if (!pool) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a memory pool");
        return NULL;
    }
    pool->stats.block_bytes = (block_bytes + alignment - 1) / alignment * alignment;
    pool->stats.blocks_limit = blocks_limit;
    pool->slab_blocks = FIRST_SLAB_BLOCKS;
    return pool;
}

void vt_mempool_free(vt_mempool *pool)
{
    if (!pool) {
        return;
    }
    while (pool->slabs) {
        slab *next = pool->slabs->next;
        free(pool->slabs);
        pool->slabs = next;
    }
    free(pool);
}

/* Slabs double up to SLAB_BYTES: a pool that stays small stays cheap. */
static bool add_slab(vt_mempool *pool)
{
    vt_mempool_stats *stats = &pool->stats;
    size_t blocks = pool->slab_blocks;
    if (blocks > stats->blocks_limit - stats->blocks_held) {
        blocks = stats->blocks_limit - stats->blocks_held;
    }
    size_t bytes = blocks * stats->block_bytes;
    slab *fresh = malloc(sizeof *fresh + bytes);
    if (!fresh) {
        return false;
    }
    fresh->next = pool->slabs;
    pool->slabs = fresh;
    pool->fresh = fresh->bytes;
    pool->fresh_count = blocks;
    poison(fresh->bytes, bytes);
    stats->blocks_held += blocks;
    stats->bytes_held += sizeof *fresh + bytes;
    if (bytes < SLAB_BYTES / 2) {
        pool->slab_blocks *= 2;
    }
    return true;
}

static void *take_block(vt_mempool *pool)
{
    size_t size = pool->stats.block_bytes;
    free_block *block = pool->free;
    if (block) {
        unpoison(block, size);
        pool->free = block->next;
        return block;
    }
    if (pool->fresh_count == 0 && !add_slab(pool)) {
        return NULL;
    }
    void *fresh = pool->fresh;
    pool->fresh += size;
    pool->fresh_count--;
    unpoison(fresh, size);
    return fresh;
}

void *vt_mempool_alloc(vt_mempool *pool)
{
    vt_mempool_stats *stats = &pool->stats;
    void *block = stats->blocks_in_use < stats->blocks_limit ? take_block(pool) : NULL;
    if (!block) {
        stats->refusals++;
        return NULL;
    }
    stats->allocations++;
    stats->blocks_in_use++;
    if (stats->blocks_in_use > stats->blocks_peak) {
        stats->blocks_peak = stats->blocks_in_use;
    }
    return block;
}

void vt_mempool_release(vt_mempool *pool, void *block)
{
    if (block) {
        free_block *freed = block;
        freed->next = pool->free;
        pool->free = freed;
        pool->stats.blocks_in_use--;
        poison(block, pool->stats.block_bytes);
    }
}

void vt_mempool_get_stats(const vt_mempool *pool, vt_mempool_stats *stats)
{
    *stats = pool->stats;
}
