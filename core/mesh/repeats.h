/*
 * Repeats: whether any of very many keys comes twice.
 *
 * A table keeps 4 bytes of each key; a key that finds its own there is a suspect, for it may also be
 * another's. Suspects are rare, and are counted in one more round of the same keys. Keys that do not fit the
 * table are noted in several rounds, each those of one range. The answer is exact for keys that are 64-bit
 * hashes, spread evenly (see distinct.h).
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

/* `most`: keys there may be, a guess; `bytes`: for the table. NULL when memory runs out. */
vt_repeats *vt_repeats_create(uint64_t most, uint64_t bytes);

/* NULL is allowed. */
void vt_repeats_free(vt_repeats *repeats);

/* Notes `count` keys, at most VT_REPEATS_BATCH. */
void vt_repeats_note(vt_repeats *repeats, const uint64_t *keys, size_t count);

/* Ends a round. True if another one is needed to know: the same keys must be noted again. */
bool vt_repeats_next_round(vt_repeats *repeats);

/* Whether a key came twice; after the last round. */
bool vt_repeats_found(const vt_repeats *repeats);

#endif
