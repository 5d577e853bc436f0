/*
 * LRU cache: keeps the values used last, within a number of entries and a number of bytes. All operations are
 * O(1) on average (hash table and list).
 *
 * A value in use is pinned: acquire it, use it, release it. A pinned value is never freed, even if it is
 * replaced, removed or cleared meanwhile: then it goes with its last release. Keys are bytes and are copied.
 *
 * Threads: any; a mutex inside. The free callback runs outside it, on the thread that caused the release.
 */
#ifndef VT_CACHE_LRU_H
#define VT_CACHE_LRU_H

#include "core/base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct vt_lru vt_lru;
typedef struct vt_lru_entry vt_lru_entry; /* a pinned value */

typedef struct vt_lru_limits {
    size_t entries; /* 1 or more */
    size_t bytes;   /* sum of the sizes given to put, 1 or more */
} vt_lru_limits;

typedef struct vt_lru_stats {
    size_t entries, bytes; /* held, values removed while pinned included in both */
    size_t pinned;         /* entries with at least one pin */
    uint64_t hits, misses; /* of acquire */
    uint64_t insertions, replacements;
    uint64_t evictions; /* for room */
    uint64_t refused;   /* puts that could not find room */
} vt_lru_stats;

typedef void (*vt_lru_free_value)(void *user, void *value);

/* `free_value` may be NULL. NULL and `error` for a limit of 0 or when memory runs out. */
vt_lru *vt_lru_create(const vt_lru_limits *limits, vt_lru_free_value free_value, void *user, vt_error *error);

/* Frees all values; NULL is allowed. None may be pinned and no other thread use the cache any more. */
void vt_lru_free(vt_lru *lru);

/* Keeps `value` (of `bytes` bytes as the limit counts) as the most recently used, in place of an older one
   with that key, evicting what was used least recently and is not pinned. The value is the cache's from here,
   on failure too: then it is freed. False and `error`: VT_ERROR_LIMIT if it is larger than the cache or if
   pinned values leave no room, VT_ERROR_MEMORY; an older value with that key is gone then too. */
bool vt_lru_put(vt_lru *lru, const void *key, size_t key_length, void *value, size_t bytes, vt_error *error);

/* Finds and pins a value, and makes it the most recently used; NULL if it is not here. */
vt_lru_entry *vt_lru_acquire(vt_lru *lru, const void *key, size_t key_length);
void *vt_lru_value(const vt_lru_entry *entry); /* borrowed until the release */
size_t vt_lru_value_bytes(const vt_lru_entry *entry);
void vt_lru_release(vt_lru *lru, vt_lru_entry *entry); /* NULL is allowed */

/* True if the key is here; counts neither as a use nor as a hit. */
bool vt_lru_contains(vt_lru *lru, const void *key, size_t key_length);

/* False if the key is not here. */
bool vt_lru_remove(vt_lru *lru, const void *key, size_t key_length);
void vt_lru_clear(vt_lru *lru);

/* New limits (each 1 or more); evicts what no longer fits and is not pinned. False and `error` for a limit of
 * 0. */
bool vt_lru_set_limits(vt_lru *lru, const vt_lru_limits *limits, vt_error *error);

/* Pins what would be evicted next, which counts as no use. NULL: nothing is here that is not pinned. */
vt_lru_entry *vt_lru_acquire_oldest(vt_lru *lru);

/* Evicts until at most `bytes` are held, as far as pins allow: for memory pressure. */
void vt_lru_trim(vt_lru *lru, size_t bytes);

void vt_lru_get_stats(const vt_lru *lru, vt_lru_stats *stats);

#endif
