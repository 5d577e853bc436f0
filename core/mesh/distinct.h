/*
 * Distinct: counts how many different keys there are, exactly, in bounded memory.
 *
 * Keys that do not fit a table of the given size are counted in several rounds: the caller goes through the
 * same keys again, and each round counts those of one range. Keys are 64-bit hashes, spread evenly; equal
 * keys stand for equal things (among 40 million things, two different ones share a hash once in 20,000
 * tries).
 *
 * Threads: belongs to one at a time.
 */
#ifndef VT_MESH_DISTINCT_H
#define VT_MESH_DISTINCT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* At most so many keys are noted at a time. */
#define VT_DISTINCT_BATCH 384

typedef struct vt_distinct vt_distinct;

/* `most`: keys there may be, a guess; `bytes`: for the table. NULL when memory runs out. */
vt_distinct *vt_distinct_create(uint64_t most, uint64_t bytes);

/* NULL is allowed. */
void vt_distinct_free(vt_distinct *distinct);

/* Notes `count` keys, at most VT_DISTINCT_BATCH. */
void vt_distinct_note(vt_distinct *distinct, const uint64_t *keys, size_t count);

/* Ends a round. True if another one is needed, in which all keys must be noted again. */
bool vt_distinct_next_round(vt_distinct *distinct);

/* Different keys, after the last round. */
uint64_t vt_distinct_count(const vt_distinct *distinct);

#endif
