/*
 * Arena: many small allocations with one lifetime, released together.
 *
 * Names of a million items, nodes of a parsed filter, the rows of one batch: what is born together and dies
 * together. Threads: one thread at a time.
 */
#ifndef VT_BASE_ARENA_H
#define VT_BASE_ARENA_H

#include <stddef.h>

typedef struct vt_arena vt_arena;

/* `block_bytes`: how much is asked of the system at a time (0: 64 KiB). NULL when memory runs out. */
vt_arena *vt_arena_create(size_t block_bytes);

/* Releases everything that was allocated from it; NULL is allowed. */
void vt_arena_free(vt_arena *arena);

/* `size` bytes, uninitialised, aligned for any type; valid until reset or free. NULL when memory runs out.
   Requests larger than a block get a block of their own. */
void *vt_arena_alloc(vt_arena *arena, size_t size);

/* The same, aligned to 1: for bytes and text, packed without gaps. */
char *vt_arena_alloc_bytes(vt_arena *arena, size_t size);

/* A copy of `length` bytes with a NUL after them. */
char *vt_arena_copy(vt_arena *arena, const void *bytes, size_t length);

/* Forgets all allocations and keeps one block for the next round. */
void vt_arena_reset(vt_arena *arena);

/* Bytes held from the system, for memory reports. */
size_t vt_arena_bytes(const vt_arena *arena);

/* The same of all arenas of the program, but for those whose owner reports them. Any thread. */
size_t vt_arena_total(void);

/* The owner reports what it holds: it does not count for vt_arena_total. Before anything is allocated. */
void vt_arena_leave_total(vt_arena *arena);

#endif
