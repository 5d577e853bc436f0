/* What the provider cache gets rid of: what is old, what is no longer true, and what memory is needed for. */
#include "core/layout/provider_cache_private.h"

/* Stops when the first of a list is not too old, or did not go. */
static size_t clean_recent(vt_provider_cache *cache)
{
    size_t count = 0;
    while (cache->limits.recent_ns > 0 && cache->recent.after != &cache->recent) {
        vt_provided *oldest = (vt_provided *)cache->recent.after;
        if (cache->now - oldest->used_at < cache->limits.recent_ns ||
            !vt_tiers_retire(cache->tiers, oldest->key, vt_provider_key_size(oldest->key))) {
            break;
        }
        count++;
    }
    cache->stats.retired += count;
    return count;
}

static size_t clean_states(vt_provider_cache *cache)
{
    size_t count = 0;
    while (cache->limits.state_ns > 0 && cache->states.after != &cache->states) {
        const vt_provider_saved *oldest = (const vt_provider_saved *)cache->states.after;
        if (cache->now - oldest->saved_at < cache->limits.state_ns ||
            !vt_tiers_remove(cache->tiers, oldest->key, vt_provider_key_size(oldest->key))) {
            break;
        }
        count++;
    }
    cache->stats.expired += count;
    return count;
}

size_t vt_provider_cache_clean(vt_provider_cache *cache, int64_t now)
{
    cache->now = now;
    size_t states = clean_states(cache); /* before there are new ones */
    return states + clean_recent(cache);
}

size_t vt_provider_cache_invalidate(vt_provider_cache *cache, bool (*match)(void *user, const char *provider),
                                    void *user, bool states_too)
{
    size_t count = 0;
    for (vt_provider_link *i = cache->in_use.after; i != &cache->in_use; i = i->after) {
        vt_provided *used = (vt_provided *)i;
        if (!used->stale && match(user, used->key->provider)) {
            used->stale = true;
            count++;
        }
    }
    for (vt_provider_link *i = cache->recent.after, *next; i != &cache->recent; i = next) {
        vt_provided *unseen = (vt_provided *)i;
        next = i->after;
        if (match(user, unseen->key->provider)) {
            unseen->stale = true;
            vt_tiers_remove(cache->tiers, unseen->key, vt_provider_key_size(unseen->key));
            count++;
        }
    }
    cache->stats.invalidated += count;
    for (vt_provider_link *i = cache->states.after, *next; states_too && i != &cache->states; i = next) {
        const vt_provider_saved *state = (const vt_provider_saved *)i;
        next = i->after;
        if (match(user, state->key->provider)) {
            vt_tiers_remove(cache->tiers, state->key, vt_provider_key_size(state->key));
            count++;
        }
    }
    return count;
}

void vt_provider_cache_set_room(vt_provider_cache *cache, size_t bytes)
{
    vt_lru_limits levels[VT_TIER_COUNT];
    cache->limits.recent.bytes = bytes > 0 ? bytes : 1;
    vt_provider_limits_levels(&cache->limits, levels);
    vt_tiers_set_limits(cache->tiers, levels, NULL); /* none is 0 */
}

size_t vt_provider_cache_trim(vt_provider_cache *cache, size_t bytes)
{
    vt_tiers_stats stats;
    vt_tiers_get_stats(cache->tiers, &stats);
    size_t recent = stats.tiers[VT_TIER_RECENT].bytes;
    size_t freed = vt_tiers_trim(cache->tiers, bytes < recent ? bytes : recent);
    for (size_t i = 0; i < cache->type_count; i++) {
        vt_object_pool_trim(cache->pools[i], 0);
    }
    return freed;
}
