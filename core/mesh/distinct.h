/*
 * Distinct: counts how many different keys there are, in bounded memory.
 *
 * Keys that do not fit are counted in several rounds: the caller goes through the same keys again, and each
 * round counts those of one range (key_range.h). Keys are 64-bit hashes, spread evenly, of which 56 bits are
 * kept: among 40 million different ones, two are taken for one with a likelihood of one in 90.
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

/* `most`: keys there may be, a guess; `bytes`: for keeping them. NULL when memory runs out. */
vt_distinct *vt_distinct_create(uint64_t most, uint64_t bytes);

/* NULL is allowed. */
void vt_distinct_free(vt_distinct *distinct);

/* Notes `count` keys, at most VT_DISTINCT_BATCH. */
void vt_distinct_note(vt_distinct *distinct, const uint64_t *keys, size_t count);

/* Ends a round. `more`: another one is needed, in which all keys must be noted again. False when memory runs
   out. */
bool vt_distinct_next_round(vt_distinct *distinct, bool *more);

/* Different keys, after the last round. */
uint64_t vt_distinct_count(const vt_distinct *distinct);

#endif
