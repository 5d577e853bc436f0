#include "core/layout/provider_cache_private.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const vt_provider_limits vt_provider_limits_usual = {
    .in_use = 4096,
    .recent = {100, 500U << 20},
    .states = {10000, 64U << 20},
    .recent_ns = INT64_C(3600) * 1000000000,
    .state_ns = INT64_C(3600) * 1000000000,
};

/* Held while one object after the other of a provider id is looked at. */
enum { INSTANCES_MAX = 4096 };

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for what a pane shows");
    return false;
}

/* ---- lists ---- */

static void list_init(vt_provider_link *list)
{
    list->before = list->after = list;
}

static void list_append(vt_provider_link *list, vt_provider_link *item)
{
    item->after = list;
    item->before = list->before;
    list->before->after = item;
    list->before = item;
}

static void list_remove(vt_provider_link *item)
{
    item->before->after = item->after;
    item->after->before = item->before;
    list_init(item);
}

/* ---- keys ---- */

static vt_provider_key *key_create(const char *provider, uint32_t instance)
{
    size_t length = strlen(provider);
    vt_provider_key *key = length < UINT32_MAX ? malloc(sizeof *key + length + 1) : NULL;
    if (key) {
        key->instance = instance;
        key->length = (uint32_t)length;
        memcpy(key->provider, provider, length + 1);
    }
    return key;
}

/* ---- what the tiers do with values ---- */

static void free_value(void *user, void *value)
{
    (void)user;
    vt_provided *gone = value;
    if (gone->kept) {
        gone->kept = false;
        return;
    }
    list_remove(&gone->link);
    vt_object_pool_release(gone->pool, gone->object);
    free(gone->key);
    free(gone);
}

static void *save_state(void *user, const void *value, size_t *bytes)
{
    vt_provider_cache *cache = user;
    const vt_provided *gone = value;
    size_t length = 0;
    void *content = vt_provided_save(gone, &length);
    vt_provider_saved *state = content ? malloc(sizeof *state) : NULL;
    vt_provider_key *key = state ? key_create(gone->key->provider, gone->key->instance) : NULL;
    if (!key) {
        free(content);
        free(state);
        return NULL;
    }
    *state = (vt_provider_saved){.key = key, .saved_at = cache->now, .length = length, .bytes = content};
    list_append(&cache->states, &state->link);
    *bytes = sizeof *state + vt_provider_key_size(key) + length;
    return state;
}

static void free_state(void *user, void *value)
{
    (void)user;
    vt_provider_saved *state = value;
    list_remove(&state->link);
    free(state->key);
    free(state->bytes);
    free(state);
}

/* ---- life ---- */

static bool check_types(const vt_provider_type *types, size_t count, vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count; k++) {
            if (strcmp(types[i].name, types[k].name) == 0) {
                return vt_error_set(error, VT_ERROR_USAGE, "two providers are called '%s'", types[i].name);
            }
        }
    }
    return true;
}

static bool make_pools(vt_provider_cache *cache, vt_error *error)
{
    cache->pools = calloc(cache->type_count + 1, sizeof *cache->pools);
    if (!cache->pools) {
        return no_memory(error);
    }
    for (size_t i = 0; i < cache->type_count; i++) {
        const vt_provider_type *type = &cache->types[i];
        const vt_object_pool_limits limits = {
            cache->limits.in_use + cache->limits.recent.entries + type->idle, type->idle};
        cache->pools[i] = vt_object_pool_create(type->objects, type->user, &limits, error);
        if (!cache->pools[i]) {
            return false;
        }
    }
    return true;
}

vt_provider_cache *vt_provider_cache_create(const vt_provider_type *types, size_t type_count,
                                            const vt_provider_limits *limits, vt_error *error)
{
    if (!check_types(types, type_count, error)) {
        return NULL;
    }
    vt_provider_cache *cache = calloc(1, sizeof *cache);
    if (!cache) {
        no_memory(error);
        return NULL;
    }
    *cache = (vt_provider_cache){.types = types, .type_count = type_count, .limits = *limits};
    list_init(&cache->in_use);
    list_init(&cache->recent);
    list_init(&cache->states);
    const vt_tiers_ops ops = {free_value, save_state, free_state, cache};
    vt_lru_limits levels[VT_TIER_COUNT];
    vt_provider_limits_levels(limits, levels);
    cache->tiers = vt_tiers_create(levels, &ops, error);
    if (!cache->tiers || !make_pools(cache, error)) {
        vt_provider_cache_free(cache);
        return NULL;
    }
    return cache;
}

void vt_provider_cache_free(vt_provider_cache *cache)
{
    if (!cache) {
        return;
    }
    vt_tiers_free(cache->tiers);
    for (size_t i = 0; cache->pools && i < cache->type_count; i++) {
        vt_object_pool_free(cache->pools[i]);
    }
    free(cache->pools);
    free(cache);
}

/* ---- providing ---- */

/* The number of the type with this name; type_count: none. */
static size_t find_type(const vt_provider_cache *cache, const char *name, size_t length)
{
    size_t i = 0;
    while (i < cache->type_count &&
           (strlen(cache->types[i].name) != length || memcmp(cache->types[i].name, name, length) != 0)) {
        i++;
    }
    return i;
}

static bool no_such_type(const char *name, vt_error *error)
{
    return vt_error_set(error, VT_ERROR_NOT_FOUND, "nothing here can show '%.200s'", name);
}

bool vt_provider_cache_prewarm(vt_provider_cache *cache, const char *type, size_t count, vt_error *error)
{
    size_t found = find_type(cache, type, strlen(type));
    if (found == cache->type_count) {
        return no_such_type(type, error);
    }
    return vt_object_pool_prewarm(cache->pools[found], count, error);
}

static size_t bytes_of(const vt_provided *provided)
{
    const vt_provider_type *type = provided->type;
    return sizeof *provided + vt_provider_key_size(provided->key) +
           (type->bytes ? type->bytes(type->user, provided->object) : 0);
}

/* An object of its own for a key, which it takes. */
static vt_provided *make_provided(vt_provider_cache *cache, vt_provider_key *key, vt_error *error)
{
    const char *colon = strchr(key->provider, ':');
    size_t number = find_type(cache, key->provider, colon ? (size_t)(colon - key->provider) : 0);
    if (number == cache->type_count) {
        no_such_type(key->provider, error);
        free(key);
        return NULL;
    }
    vt_object_pool_stats before, after;
    vt_object_pool_get_stats(cache->pools[number], &before);
    vt_provided *made = calloc(1, sizeof *made);
    if (!made) {
        no_memory(error);
    }
    void *object = made ? vt_object_pool_acquire(cache->pools[number], key->provider, error) : NULL;
    if (!object) {
        free(made);
        free(key);
        return NULL;
    }
    vt_object_pool_get_stats(cache->pools[number], &after);
    cache->stats.created += after.created - before.created;
    cache->stats.reused += after.reused - before.reused;
    *made = (vt_provided){.cache = cache,
                          .type = &cache->types[number],
                          .pool = cache->pools[number],
                          .object = object,
                          .key = key};
    list_init(&made->link);
    return made;
}

/* Puts a new object into the cache and pins it there. */
static vt_provided *start_use(vt_provider_cache *cache, vt_provided *made, const vt_provider_key *key,
                              vt_error *error)
{
    made->bytes = bytes_of(made);
    if (!vt_tiers_put(cache->tiers, key, vt_provider_key_size(key), made, made->bytes, error)) {
        return NULL;
    }
    /* Short of memory, the cache may have let it go while it looked for a level. */
    vt_tiers_entry *entry = vt_tiers_acquire(cache->tiers, key, vt_provider_key_size(key));
    if (!entry || vt_tiers_value(entry) != made) {
        vt_tiers_release(cache->tiers, entry);
        no_memory(error);
        return NULL;
    }
    made->entry = entry;
    list_append(&cache->in_use, &made->link);
    cache->stats.in_use++;
    return made;
}

static vt_provided *provide_new(vt_provider_cache *cache, const vt_provider_key *key,
                                const vt_provider_saved *known, const void *state, size_t length,
                                vt_error *error)
{
    vt_provider_key *own = key_create(key->provider, key->instance);
    vt_provided *made = own ? make_provided(cache, own, error) : NULL;
    if (!made) {
        if (!own) {
            no_memory(error);
        }
        return NULL;
    }
    const vt_provider_type *type = made->type;
    made->source = known ? VT_PROVIDER_RESTORED : state ? VT_PROVIDER_GIVEN : VT_PROVIDER_FRESH;
    if (type->restore && made->source != VT_PROVIDER_FRESH) {
        type->restore(type->user, made->object, known ? known->bytes : state, known ? known->length : length);
    }
    return start_use(cache, made, key, error);
}

/* A recent object that is still good; else it is dropped. */
static bool reuse(vt_provider_cache *cache, vt_provided *found, vt_tiers_entry *entry)
{
    const vt_provider_type *type = found->type;
    if (!type->valid || type->valid(type->user, found->object, found->key->provider)) {
        list_remove(&found->link);
        list_append(&cache->in_use, &found->link);
        cache->stats.in_use++;
        found->entry = entry;
        found->source = VT_PROVIDER_RECENT;
        return true;
    }
    cache->stats.invalidated++;
    found->stale = true;
    vt_tiers_release(cache->tiers, entry);
    vt_tiers_remove(cache->tiers, found->key, vt_provider_key_size(found->key));
    return false;
}

/* One object of a provider id: NULL without an error (`*busy`) if a pane has it already. */
static vt_provided *acquire_instance(vt_provider_cache *cache, const vt_provider_key *key, const void *state,
                                     size_t length, bool *busy, vt_error *error)
{
    vt_tiers_entry *entry = vt_tiers_acquire(cache->tiers, key, vt_provider_key_size(key));
    vt_provided *found = entry ? vt_tiers_value(entry) : NULL;
    *busy = found && found->entry;
    if (*busy) {
        vt_tiers_release(cache->tiers, entry);
        return NULL;
    }
    if (found && reuse(cache, found, entry)) {
        return found;
    }
    const vt_provider_saved *known = entry && !found ? vt_tiers_state(entry) : NULL;
    vt_provided *made = provide_new(cache, key, known, state, length, error);
    if (known) {
        vt_tiers_release(cache->tiers, entry);
    }
    return made;
}

vt_provided *vt_provider_cache_acquire(vt_provider_cache *cache, const char *provider, const void *state,
                                       size_t state_length, int64_t now, vt_error *error)
{
    cache->now = now;
    if (cache->stats.in_use >= cache->limits.in_use) {
        vt_error_set(error, VT_ERROR_LIMIT, "%zu panes are in use, no more can be shown; close some",
                     cache->stats.in_use);
        return NULL;
    }
    vt_provider_key *key = key_create(provider, 0);
    if (!key) {
        no_memory(error);
        return NULL;
    }
    vt_provided *provided = NULL;
    bool busy = true;
    for (; busy && key->instance < INSTANCES_MAX; key->instance++) {
        provided = acquire_instance(cache, key, state, state_length, &busy, error);
    }
    if (busy) {
        vt_error_set(error, VT_ERROR_LIMIT, "%d panes show '%.200s' already", INSTANCES_MAX, provider);
    }
    free(key);
    if (provided) {
        cache->stats.acquired[provided->source]++;
    }
    return provided;
}

void *vt_provided_object(const vt_provided *provided)
{
    return provided->object;
}

const char *vt_provided_id(const vt_provided *provided)
{
    return provided->key->provider;
}

vt_provider_source vt_provided_source(const vt_provided *provided)
{
    return provided->source;
}

void *vt_provided_save(const vt_provided *provided, size_t *length)
{
    const vt_provider_type *type = provided->type;
    *length = 0;
    return type->save ? type->save(type->user, provided->object, length) : NULL;
}

/* ---- giving back ---- */

/* Out of the cache and in again, with the bytes that it has by now. */
static void put_again(vt_provider_cache *cache, vt_provided *provided, vt_tiers_entry *entry)
{
    provided->kept = true;
    vt_tiers_remove(cache->tiers, provided->key, vt_provider_key_size(provided->key));
    vt_tiers_release(cache->tiers, entry);
    provided->bytes = bytes_of(provided);
}

void vt_provider_cache_release(vt_provider_cache *cache, vt_provided *provided, int64_t now)
{
    if (!provided) {
        return;
    }
    cache->now = now;
    vt_tiers_entry *entry = provided->entry;
    provided->entry = NULL;
    provided->used_at = now;
    cache->stats.in_use--;
    list_remove(&provided->link);
    list_append(&cache->recent, &provided->link);
    if (provided->stale) {
        vt_tiers_release(cache->tiers, entry);
        vt_tiers_remove(cache->tiers, provided->key, vt_provider_key_size(provided->key));
        return;
    }
    /* What the cache frees it frees with its key: look at that no more then. */
    vt_provider_key *key = key_create(provided->key->provider, provided->key->instance);
    if (!key || bytes_of(provided) == provided->bytes) {
        vt_tiers_release(cache->tiers, entry);
    } else {
        put_again(cache, provided, entry);
        vt_tiers_put(cache->tiers, key, vt_provider_key_size(key), provided, provided->bytes, NULL);
    }
    if (key) {
        vt_tiers_demote(cache->tiers, key, vt_provider_key_size(key));
    }
    free(key);
}

void vt_provider_cache_get_stats(vt_provider_cache *cache, vt_provider_stats *stats)
{
    vt_tiers_stats tiers;
    vt_tiers_get_stats(cache->tiers, &tiers);
    *stats = cache->stats;
    stats->recent = tiers.tiers[VT_TIER_RECENT].entries;
    stats->recent_bytes = tiers.tiers[VT_TIER_RECENT].bytes;
    stats->states = tiers.tiers[VT_TIER_STATE].entries;
    stats->state_bytes = tiers.tiers[VT_TIER_STATE].bytes;
}
