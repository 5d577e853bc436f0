/*
 * Three-level cache (documents 002 and 004): what is in use, what was in use lately, and what little is
 * needed to make the rest anew.
 *
 *     put, acquire -> ACTIVE -- no room, or demoted --> RECENT -- no room --> STATE -- no room --> gone
 *                       ^------- acquired again ---------'     save_state     (small, saved)
 *
 * Each level is an LRU (lru.h) with its own limits by count and by bytes. A value moves between the first two
 * as it is; for the third it is turned into a state and freed. A value that is too large for a level goes on
 * to the next. What is acquired is pinned: it stays where it is until it is released, even if it is removed
 * or replaced meanwhile.
 *
 * Ownership: values and states are the cache's; lent ones are valid until their release.
 * Threads: any; a mutex inside. Freeing runs outside it; save_state runs under it, except in vt_tiers_trim,
 * and must not use the cache.
 */
#ifndef VT_CACHE_TIERS_H
#define VT_CACHE_TIERS_H

#include "core/cache/lru.h"

typedef enum vt_tier {
    VT_TIER_ACTIVE,
    VT_TIER_RECENT,
    VT_TIER_STATE,
    VT_TIER_COUNT /* also: in none of them */
} vt_tier;

typedef struct vt_tiers_ops {
    void (*free_value)(void *user, void *value); /* may be NULL */
    /* What is worth keeping of a value that goes, and its bytes (1 or more); NULL: nothing. May be NULL. */
    void *(*save_state)(void *user, const void *value, size_t *bytes);
    void (*free_state)(void *user, void *state); /* may be NULL */
    void *user;
} vt_tiers_ops;

typedef struct vt_tiers_stats {
    struct {
        size_t entries, bytes, pinned;
        uint64_t hits; /* of acquire, where it was found */
    } tiers[VT_TIER_COUNT];
    uint64_t misses;
    uint64_t promotions;   /* from recent to active */
    uint64_t demotions;    /* from active to recent */
    uint64_t states_saved; /* from recent to state */
    uint64_t evictions;    /* gone for room: states, and values that left none */
} vt_tiers_stats;

typedef struct vt_tiers vt_tiers;
typedef struct vt_tiers_entry vt_tiers_entry; /* a pinned value or state */

/* `limits`: of each level. NULL and `error` as vt_lru_create. */
vt_tiers *vt_tiers_create(const vt_lru_limits limits[VT_TIER_COUNT], const vt_tiers_ops *ops,
                          vt_error *error);

/* Frees everything; NULL is allowed. Nothing may be pinned, no other thread use it any more. */
void vt_tiers_free(vt_tiers *tiers);

/* Keeps `value` as active, in place of what any level has under that key. The value is the cache's from here,
   on failure too. False and `error` (VT_ERROR_MEMORY, VT_ERROR_LIMIT) if neither of the first two levels
   could take it: then it was freed, perhaps saved as a state. */
bool vt_tiers_put(vt_tiers *tiers, const void *key, size_t key_length, void *value, size_t bytes,
                  vt_error *error);

/* Finds and pins. A recent value becomes active, if there is room beside what is pinned. NULL: nowhere. */
vt_tiers_entry *vt_tiers_acquire(vt_tiers *tiers, const void *key, size_t key_length);

vt_tier vt_tiers_tier(const vt_tiers_entry *entry);      /* where it is: ACTIVE, RECENT or STATE */
void *vt_tiers_value(const vt_tiers_entry *entry);       /* NULL for a state */
const void *vt_tiers_state(const vt_tiers_entry *entry); /* NULL for a value: make one from this and put it */
void vt_tiers_release(vt_tiers *tiers, vt_tiers_entry *entry); /* NULL is allowed */

/* An active value is not in use any more (its pane was hidden): recent from now on. False if it is not
   active, or pinned. */
bool vt_tiers_demote(vt_tiers *tiers, const void *key, size_t key_length);

/* A value of either level was kept long enough: its state from now on, if it leaves one. False if there is no
   such value, or it is pinned. */
bool vt_tiers_retire(vt_tiers *tiers, const void *key, size_t key_length);

/* From all levels. False if it was in none. */
bool vt_tiers_remove(vt_tiers *tiers, const void *key, size_t key_length);
void vt_tiers_clear(vt_tiers *tiers);

/* For memory pressure: frees values of `bytes` or what it can, recent ones first, then active ones. States
   stay: they are small, have a limit of their own, and cannot be made anew. One value at a time, and states
   are made while others use the cache, so it may take its time. Returns by how much there is less. */
size_t vt_tiers_trim(vt_tiers *tiers, size_t bytes);

/* New limits of the levels. What no longer fits goes as in vt_tiers_trim, one value at a time; what is pinned
   stays above the limit until it is released. False and `error` for a limit of 0. */
bool vt_tiers_set_limits(vt_tiers *tiers, const vt_lru_limits limits[VT_TIER_COUNT], vt_error *error);

void vt_tiers_get_stats(vt_tiers *tiers, vt_tiers_stats *stats);

/* Values found alive, of all that were asked for: 0 to 1; 0 if none was. */
double vt_tiers_hit_ratio(const vt_tiers_stats *stats);

#endif
