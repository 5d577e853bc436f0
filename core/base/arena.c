#include "core/base/arena.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_BLOCK_BYTES ((size_t)64 * 1024)

typedef struct block {
    struct block *next;
    size_t size; /* of `bytes` */
    size_t used;
    alignas(max_align_t) char bytes[];
} block;

struct vt_arena {
    block *current; /* head of the list; allocations come from here */
    size_t block_bytes;
    size_t held;
    bool left_out; /* of `total` */
};

static atomic_size_t total;

/* Held from now on. */
static void set_held(vt_arena *arena, size_t held)
{
    if (!arena->left_out) {
        atomic_fetch_add_explicit(&total, held - arena->held, memory_order_relaxed); /* modulo 2^64 */
    }
    arena->held = held;
}

vt_arena *vt_arena_create(size_t block_bytes)
{
    vt_arena *arena = calloc(1, sizeof *arena);
    if (arena) {
        arena->block_bytes = block_bytes ? block_bytes : DEFAULT_BLOCK_BYTES;
    }
    return arena;
}

static void free_blocks(block *at)
{
    while (at) {
        block *next = at->next;
        free(at);
        at = next;
    }
}

void vt_arena_free(vt_arena *arena)
{
    if (arena) {
        free_blocks(arena->current);
        set_held(arena, 0);
        free(arena);
    }
}

static block *new_block(vt_arena *arena, size_t size)
{
    if (size > SIZE_MAX - sizeof(block)) {
        return NULL;
    }
    block *fresh = malloc(sizeof *fresh + size);
    if (!fresh) {
        return NULL;
    }
    fresh->size = size;
    fresh->used = 0;
    set_held(arena, arena->held + sizeof *fresh + size);
    return fresh;
}

static void *allocate(vt_arena *arena, size_t size, size_t alignment)
{
    block *at = arena->current;
    if (at) {
        size_t start = (at->used + alignment - 1) & ~(alignment - 1);
        if (start <= at->size && size <= at->size - start) {
            at->used = start + size;
            return at->bytes + start;
        }
    }
    if (size > arena->block_bytes / 2) {
        block *own = new_block(arena, size);
        if (!own) {
            return NULL;
        }
        own->used = size;
        /* Behind the current block, so that what is left of it stays in use. */
        own->next = at ? at->next : NULL;
        if (at) {
            at->next = own;
        } else {
            arena->current = own;
        }
        return own->bytes;
    }
    block *fresh = new_block(arena, arena->block_bytes);
    if (!fresh) {
        return NULL;
    }
    fresh->next = at;
    fresh->used = size;
    arena->current = fresh;
    return fresh->bytes;
}

void *vt_arena_alloc(vt_arena *arena, size_t size)
{
    return allocate(arena, size, alignof(max_align_t));
}

char *vt_arena_alloc_bytes(vt_arena *arena, size_t size)
{
    return allocate(arena, size, 1);
}

char *vt_arena_copy(vt_arena *arena, const void *bytes, size_t length)
{
    char *copy = length < SIZE_MAX ? vt_arena_alloc_bytes(arena, length + 1) : NULL;
    if (copy) {
        if (length) {
            memcpy(copy, bytes, length);
        }
        copy[length] = '\0';
    }
    return copy;
}

void vt_arena_reset(vt_arena *arena)
{
    block *kept = arena->current;
    if (!kept) {
        return;
    }
    free_blocks(kept->next);
    kept->next = NULL;
    kept->used = 0;
    set_held(arena, sizeof *kept + kept->size);
}

size_t vt_arena_bytes(const vt_arena *arena)
{
    return arena->held;
}

size_t vt_arena_total(void)
{
    return atomic_load_explicit(&total, memory_order_relaxed);
}

void vt_arena_leave_total(vt_arena *arena)
{
    arena->left_out = true;
}
