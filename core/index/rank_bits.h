/*
 * A row of bits that can be counted through: how many are set before a place (rank), and where the n-th set
 * one stands (select).
 *
 * Beside the bits it keeps how many are set before each block of 512: an eighth of a bit a bit more, and rank
 * looks into one block only. G. Jacobson, "Space-efficient static trees and graphs" (1989); the counting
 * within a word is that of S. Vigna, "Broadword implementation of rank/select queries" (2008).
 *
 * Threads: one fills it; once counted it is only read, by any.
 */
#ifndef VT_INDEX_RANK_BITS_H
#define VT_INDEX_RANK_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zero: no bits. */
typedef struct vt_rank_bits {
    uint64_t *words; /* bit i is bit i % 64 of word i / 64; owned */
    uint32_t *before;
    uint32_t size;  /* bits */
    uint32_t count; /* of those that are set; known once counted */
} vt_rank_bits;

/* `size` bits, none of them set; below UINT32_MAX - 512. False when memory runs out. */
bool vt_rank_bits_create(vt_rank_bits *bits, uint32_t size);
void vt_rank_bits_free(vt_rank_bits *bits);

/* To be called when the last bit is set, before the functions below. Linear. */
void vt_rank_bits_count(vt_rank_bits *bits);

/* How many are set in front of `place`, which is at most the size. Constant time. */
uint32_t vt_rank_bits_rank(const vt_rank_bits *bits, uint32_t place);

/* Where the set bit number `number` stands (from 0 on, smaller than the count). Logarithmic, in the number of
   blocks. */
uint32_t vt_rank_bits_select(const vt_rank_bits *bits, uint32_t number);

static inline bool vt_rank_bits_get(const vt_rank_bits *bits, uint32_t place)
{
    return bits->words[place / 64] >> (place & 63) & 1;
}

static inline void vt_rank_bits_set(vt_rank_bits *bits, uint32_t place)
{
    bits->words[place / 64] |= UINT64_C(1) << (place & 63);
}

#endif
