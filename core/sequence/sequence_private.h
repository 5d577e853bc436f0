/* What sequence.c shows to its tests. */
#ifndef VT_SEQUENCE_SEQUENCE_PRIVATE_H
#define VT_SEQUENCE_SEQUENCE_PRIVATE_H

#include <stddef.h>
#include <stdint.h>

/* Hashes eight bytes onto `hash`. Multiplier: Knuth's, 2^64 divided by the golden ratio. Who wants to can
   find names with equal hashes; that costs no more than sorting them, see settle_alike. */
static inline uint64_t vt_sequence_hash_word(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* Hashes `length` bytes and their number onto `hash`. */
uint64_t vt_sequence_hash(uint64_t hash, const char *bytes, size_t length);

#endif
