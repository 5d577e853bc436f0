/* Private to the provider cache: its fields, shared by its files. */
#ifndef VT_LAYOUT_PROVIDER_CACHE_PRIVATE_H
#define VT_LAYOUT_PROVIDER_CACHE_PRIVATE_H

#include "core/layout/provider_cache.h"

/* A list in the order in which things were put into it; also the first part of what is in it. */
typedef struct vt_provider_link {
    struct vt_provider_link *before, *after;
} vt_provider_link;

/* A provider id and which of its objects. */
typedef struct vt_provider_key {
    uint32_t instance, length; /* no padding between: the bytes of all this are the key */
    char provider[];           /* and a NUL */
} vt_provider_key;

struct vt_provided {
    vt_provider_link link; /* of those in use, or of the recent ones from the one used longest ago */
    vt_provider_cache *cache;
    const vt_provider_type *type;
    vt_object_pool *pool;
    void *object;
    vt_provider_key *key;
    size_t bytes; /* as the cache counts it */
    int64_t used_at;
    vt_tiers_entry *entry; /* while it is in use */
    vt_provider_source source;
    bool stale;
    bool kept; /* taken out of the cache to be put in again */
};

typedef struct vt_provider_saved {
    vt_provider_link link; /* from the oldest */
    vt_provider_key *key;
    int64_t saved_at;
    size_t length;
    void *bytes;
} vt_provider_saved;

struct vt_provider_cache {
    const vt_provider_type *types;
    size_t type_count;
    vt_object_pool **pools; /* one for each type */
    vt_tiers *tiers;
    vt_provider_limits limits;
    vt_provider_link in_use, recent, states;
    int64_t now; /* of the last call that knew */
    vt_provider_stats stats;
};

/* The limits as the tiers have them. */
static inline void vt_provider_limits_levels(const vt_provider_limits *limits,
                                             vt_lru_limits levels[VT_TIER_COUNT])
{
    levels[VT_TIER_ACTIVE] = (vt_lru_limits){limits->in_use, SIZE_MAX / 2};
    levels[VT_TIER_RECENT] = limits->recent;
    levels[VT_TIER_STATE] = limits->states;
}

/* The bytes by which the tiers know it: no padding, no pointer. */
static inline size_t vt_provider_key_size(const vt_provider_key *key)
{
    return sizeof *key + key->length;
}

#endif
