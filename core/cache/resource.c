#include "core/cache/resource.h"

static size_t lru_held(const vt_lru *lru)
{
    vt_lru_stats stats;
    vt_lru_get_stats(lru, &stats);
    return stats.bytes;
}

static int64_t lru_bytes(void *user)
{
    return (int64_t)lru_held(user);
}

static int64_t lru_clean_up(void *user, int64_t bytes)
{
    size_t before = lru_held(user);
    vt_lru_trim(user, (uint64_t)bytes < before ? before - (size_t)bytes : 0);
    /* Others may have put something meanwhile: then it looks as if less was freed, never as if more was. */
    size_t after = lru_held(user);
    return after < before ? (int64_t)(before - after) : 0;
}

static int64_t tiers_bytes(void *user)
{
    vt_tiers_stats stats;
    vt_tiers_get_stats(user, &stats);
    size_t sum = 0;
    for (vt_tier tier = VT_TIER_ACTIVE; tier < VT_TIER_COUNT; tier++) {
        sum += stats.tiers[tier].bytes;
    }
    return (int64_t)sum;
}

static int64_t tiers_clean_up(void *user, int64_t bytes)
{
    return (int64_t)vt_tiers_trim(user, (uint64_t)bytes < SIZE_MAX ? (size_t)bytes : SIZE_MAX);
}

vt_resource vt_lru_resource(vt_lru *lru, const char *name, int priority)
{
    return (vt_resource){.name = name,
                         .cost = VT_RESOURCE_CACHE,
                         .priority = priority,
                         .bytes = lru_bytes,
                         .clean_up = lru_clean_up,
                         .user = lru};
}

vt_resource vt_tiers_resource(vt_tiers *tiers, const char *name, int priority)
{
    return (vt_resource){.name = name,
                         .cost = VT_RESOURCE_CACHE,
                         .priority = priority,
                         .bytes = tiers_bytes,
                         .clean_up = tiers_clean_up,
                         .user = tiers};
}
