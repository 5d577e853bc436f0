/*
 * A vocabulary: each of many texts that repeat stands in it once and is a number from then on; rows hold the
 * number. Number 0 is the empty text. It only grows: a number and its text are for good.
 *
 * Private to core/index. Threads: one writes; readers may look at numbers below a count that was handed to
 * them after those were added (the count of a snapshot).
 */
#ifndef VT_INDEX_VOCABULARY_H
#define VT_INDEX_VOCABULARY_H

#include "core/index/names.h"

#include <stdbool.h>

#define VT_VOCABULARY_SHIFT  12
#define VT_VOCABULARY_BLOCK  ((uint32_t)1 << VT_VOCABULARY_SHIFT)
#define VT_VOCABULARY_MASK   (VT_VOCABULARY_BLOCK - 1)
#define VT_VOCABULARY_BLOCKS 4096
#define VT_VOCABULARY_MAX    (VT_VOCABULARY_BLOCKS * VT_VOCABULARY_BLOCK) /* one for each row there can be */

typedef struct vt_vocabulary_block {
    const char *text[VT_VOCABULARY_BLOCK]; /* in a name block: folded, too */
    uint16_t length[VT_VOCABULARY_BLOCK];
    uint32_t hash[VT_VOCABULARY_BLOCK]; /* writer's */
} vt_vocabulary_block;

typedef struct vt_vocabulary {
    vt_vocabulary_block
        *blocks[VT_VOCABULARY_BLOCKS]; /* owned; each is written once, before it is published */
    uint32_t count;                    /* writer's */
    uint32_t *slots;                   /* writer's: number by hash, 0 is free; owned */
    uint32_t slot_count;               /* a power of two, or 0 */
    vt_names names;
} vt_vocabulary;

/* The number of a text of at most VT_NAME_LENGTH_MAX bytes, which is added if it is new. False: no memory, or
   there are VT_VOCABULARY_MAX. */
bool vt_vocabulary_add(vt_vocabulary *vocabulary, const char *text, size_t length, uint32_t *number);

/* Bytes of tables, and of the texts beside them. */
size_t vt_vocabulary_bytes(const vt_vocabulary *vocabulary);
size_t vt_vocabulary_text_bytes(const vt_vocabulary *vocabulary);
void vt_vocabulary_free(vt_vocabulary *vocabulary);

/* `number` is below a count that is not 0. A NUL follows. */
static inline const char *vt_vocabulary_text(const vt_vocabulary *vocabulary, uint32_t number,
                                             uint32_t *length)
{
    const vt_vocabulary_block *block = vocabulary->blocks[number >> VT_VOCABULARY_SHIFT];
    *length = block->length[number & VT_VOCABULARY_MASK];
    return block->text[number & VT_VOCABULARY_MASK];
}

#endif
