/*
 * Repeats: whether any of very many keys comes twice, in bounded memory.
 *
 * Of each key 56 bits are kept; keys that share them are suspects, which one more round of the same keys
 * counts by all 64 bits: rarely needed. Keys that do not fit are noted in several rounds, each those of one
 * range (key_range.h). Keys are 64-bit hashes, spread evenly: two different ones are taken for the same with
 * a likelihood of one in 10,000 among 60 million.
 *
 * Threads: belongs to one at a time.
 */
#ifndef VT_MESH_REPEATS_H
#define VT_MESH_REPEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* At most so many keys are noted at a time. */
#define VT_REPEATS_BATCH 384

typedef struct vt_repeats vt_repeats;

/* `most`: keys there may be, a guess; `bytes`: for keeping them. NULL when memory runs out. */
vt_repeats *vt_repeats_create(uint64_t most, uint64_t bytes);

/* NULL is allowed. */
void vt_repeats_free(vt_repeats *repeats);

/* Notes `count` keys, at most VT_REPEATS_BATCH. */
void vt_repeats_note(vt_repeats *repeats, const uint64_t *keys, size_t count);

/* Ends a round. `more`: another one is needed to know, in which all keys must be noted again. False when
   memory runs out. */
bool vt_repeats_next_round(vt_repeats *repeats, bool *more);

/* Whether a key came twice; after the last round. */
bool vt_repeats_found(const vt_repeats *repeats);

#endif
