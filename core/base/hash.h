/*
 * A hash of bytes for tables in memory: FNV-1a of 64 bits (Fowler, Noll, Vo). Quick for short keys; not for
 * what is stored, nor against whoever chooses keys that collide. Any thread.
 */
#ifndef VT_BASE_HASH_H
#define VT_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define VT_HASH_INIT UINT64_C(0xcbf29ce484222325)

/* Goes on from `hash`, which begins as VT_HASH_INIT. */
static inline uint64_t vt_hash_add(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* The high half into the low one, for tables that choose a place by the low bits: those alone depend on the
   low bits of the bytes only. */
static inline uint64_t vt_hash_fold(uint64_t hash)
{
    return hash ^ hash >> 32;
}

#endif
