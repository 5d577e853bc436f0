#include "core/memory/registry.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct slot {
    vt_resource_id id; /* 0: free */
    vt_resource resource;
    int64_t bytes; /* reported, or what the callback said last */
    int64_t touched;
    uint64_t clean_ups;
    int64_t freed;
    bool busy;        /* a callback is running, on `caller`; the slot is not reused meanwhile */
    bool removed;     /* by its own callback: goes when that is over */
    pthread_t caller; /* only while busy */
} slot;

struct vt_registry {
    pthread_mutex_t lock; /* guards everything below; never held while a callback runs */
    pthread_cond_t idle;  /* some slot is no longer busy */
    vt_resource_id last_id;
    int64_t quotas[VT_QUOTA_COUNT]; /* bytes; 0: not set */
    slot slots[VT_REGISTRY_RESOURCES_MAX];
};

vt_registry *vt_registry_create(vt_error *error)
{
    vt_registry *registry = calloc(1, sizeof *registry);
    if (!registry) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the list of resources");
        return NULL;
    }
    pthread_mutex_init(&registry->lock, NULL);
    pthread_cond_init(&registry->idle, NULL);
    return registry;
}

void vt_registry_free(vt_registry *registry)
{
    if (registry) {
        pthread_cond_destroy(&registry->idle);
        pthread_mutex_destroy(&registry->lock);
        free(registry);
    }
}

/* The slot of a resource that was not removed, or NULL. */
static slot *find_locked(vt_registry *registry, vt_resource_id id)
{
    for (size_t i = 0; id != 0 && i < VT_REGISTRY_RESOURCES_MAX; i++) {
        slot *at = &registry->slots[i];
        if (at->id == id && !at->removed) {
            return at;
        }
    }
    return NULL;
}

static slot *free_slot_locked(vt_registry *registry)
{
    for (size_t i = 0; i < VT_REGISTRY_RESOURCES_MAX; i++) {
        if (registry->slots[i].id == 0) {
            return &registry->slots[i];
        }
    }
    return NULL;
}

static bool check(const vt_resource *resource, vt_error *error)
{
    if (!resource->name || (unsigned)resource->cost >= VT_RESOURCE_COST_COUNT) {
        return vt_error_set(error, VT_ERROR_USAGE, "a resource needs a name and a cost of the list");
    }
    if ((resource->clean_up == NULL) != (resource->cost == VT_RESOURCE_FIXED)) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "%s: a resource has a clean-up unless it is fixed, and only then none",
                            resource->name);
    }
    if ((unsigned)resource->quota >= VT_QUOTA_COUNT ||
        (resource->set_quota == NULL) != (resource->quota == VT_QUOTA_NONE)) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "%s: a resource has a set_quota if it has a quota, and only then",
                            resource->name);
    }
    return true;
}

/* Before a callback: false if one is running already. The caller gives the lock up and calls. */
static bool begin_call_locked(slot *at)
{
    if (at->busy) {
        return false;
    }
    at->busy = true;
    at->caller = pthread_self();
    return true;
}

static void end_call_locked(vt_registry *registry, slot *at)
{
    at->busy = false;
    if (at->removed) {
        at->id = 0;
    }
    pthread_cond_broadcast(&registry->idle);
}

/* Tells a resource what it may hold; gives the lock up meanwhile. */
static void tell_quota_locked(vt_registry *registry, slot *at)
{
    int64_t bytes = registry->quotas[at->resource.quota];
    if (bytes == 0 || !begin_call_locked(at)) {
        return;
    }
    const vt_resource resource = at->resource;
    pthread_mutex_unlock(&registry->lock);
    resource.set_quota(resource.user, bytes);
    pthread_mutex_lock(&registry->lock);
    end_call_locked(registry, at);
}

vt_resource_id vt_registry_add(vt_registry *registry, const vt_resource *resource, vt_error *error)
{
    if (!check(resource, error)) {
        return 0;
    }
    pthread_mutex_lock(&registry->lock);
    slot *at = free_slot_locked(registry);
    vt_resource_id id = at ? ++registry->last_id : 0;
    if (at) {
        *at = (slot){.id = id, .resource = *resource};
        tell_quota_locked(registry, at);
    }
    pthread_mutex_unlock(&registry->lock);
    if (!at) {
        vt_error_set(error, VT_ERROR_LIMIT, "%s: there are %d resources already, no more can be registered",
                     resource->name, VT_REGISTRY_RESOURCES_MAX);
    }
    return id;
}

void vt_registry_remove(vt_registry *registry, vt_resource_id id)
{
    pthread_mutex_lock(&registry->lock);
    slot *at;
    while ((at = find_locked(registry, id)) && at->busy && !pthread_equal(at->caller, pthread_self())) {
        pthread_cond_wait(&registry->idle, &registry->lock);
    }
    if (at && at->busy) {
        at->removed = true; /* we are inside its callback */
    } else if (at) {
        at->id = 0;
    }
    pthread_mutex_unlock(&registry->lock);
}

void vt_registry_report(vt_registry *registry, vt_resource_id id, int64_t bytes)
{
    pthread_mutex_lock(&registry->lock);
    slot *at = find_locked(registry, id);
    if (at && !at->resource.bytes) {
        at->bytes = bytes;
    }
    pthread_mutex_unlock(&registry->lock);
}

void vt_registry_touch(vt_registry *registry, vt_resource_id id, int64_t now)
{
    pthread_mutex_lock(&registry->lock);
    slot *at = find_locked(registry, id);
    if (at) {
        at->touched = now;
    }
    pthread_mutex_unlock(&registry->lock);
}

/* What the resource holds now; gives the lock up meanwhile. */
static void ask_bytes_locked(vt_registry *registry, slot *at)
{
    if (!at->resource.bytes || !begin_call_locked(at)) {
        return;
    }
    const vt_resource resource = at->resource;
    pthread_mutex_unlock(&registry->lock);
    int64_t bytes = resource.bytes(resource.user);
    pthread_mutex_lock(&registry->lock);
    at->bytes = bytes;
    end_call_locked(registry, at);
}

static vt_resource_usage usage_of(const vt_registry *registry, const slot *at)
{
    return (vt_resource_usage){.id = at->id,
                               .name = at->resource.name,
                               .cost = at->resource.cost,
                               .priority = at->resource.priority,
                               .bytes = at->bytes,
                               .quota = at->resource.quota,
                               .most = registry->quotas[at->resource.quota],
                               .touched = at->touched,
                               .clean_ups = at->clean_ups,
                               .freed = at->freed};
}

/* All resources in the order of their slots, `refresh`ed by their callbacks or as last heard. */
static size_t collect(vt_registry *registry, vt_resource_usage usages[VT_REGISTRY_RESOURCES_MAX],
                      bool refresh)
{
    size_t count = 0;
    pthread_mutex_lock(&registry->lock);
    for (size_t i = 0; i < VT_REGISTRY_RESOURCES_MAX; i++) {
        slot *at = &registry->slots[i];
        if (at->id == 0 || at->removed) {
            continue;
        }
        if (refresh) {
            ask_bytes_locked(registry, at);
        }
        /* It may have removed itself meanwhile. */
        if (at->id != 0 && !at->removed) {
            usages[count++] = usage_of(registry, at);
        }
    }
    pthread_mutex_unlock(&registry->lock);
    return count;
}

typedef bool (*goes_before)(const vt_resource_usage *a, const vt_resource_usage *b);

static bool is_larger(const vt_resource_usage *a, const vt_resource_usage *b)
{
    return a->bytes != b->bytes ? a->bytes > b->bytes : a->id < b->id;
}

/* Cheapest first; then by priority; then what was not used for longest. */
static bool is_cheaper(const vt_resource_usage *a, const vt_resource_usage *b)
{
    if (a->cost != b->cost) {
        return a->cost < b->cost;
    }
    if (a->priority != b->priority) {
        return a->priority < b->priority;
    }
    return a->touched != b->touched ? a->touched < b->touched : a->id < b->id;
}

/* By insertion: qsort may allocate, and this runs when there is nothing to be had. */
static void sort(vt_resource_usage *usages, size_t count, goes_before before)
{
    for (size_t i = 1; i < count; i++) {
        vt_resource_usage moved = usages[i];
        size_t at = i;
        for (; at > 0 && before(&moved, &usages[at - 1]); at--) {
            usages[at] = usages[at - 1];
        }
        usages[at] = moved;
    }
}

size_t vt_registry_list(vt_registry *registry, vt_resource_usage *list, size_t size)
{
    vt_resource_usage usages[VT_REGISTRY_RESOURCES_MAX];
    size_t count = collect(registry, usages, true);
    sort(usages, count, is_larger);
    for (size_t i = 0; i < count && i < size; i++) {
        list[i] = usages[i];
    }
    return count;
}

int64_t vt_registry_bytes(vt_registry *registry)
{
    vt_resource_usage usages[VT_REGISTRY_RESOURCES_MAX];
    size_t count = collect(registry, usages, true);
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += usages[i].bytes;
    }
    return sum;
}

/* Returns what it freed; 0 if it is gone by now, or at work on another thread. */
static int64_t clean_up_one(vt_registry *registry, vt_resource_id id, int64_t bytes)
{
    pthread_mutex_lock(&registry->lock);
    slot *at = find_locked(registry, id);
    if (!at || !begin_call_locked(at)) {
        pthread_mutex_unlock(&registry->lock);
        return 0;
    }
    const vt_resource resource = at->resource;
    pthread_mutex_unlock(&registry->lock);
    int64_t freed = resource.clean_up(resource.user, bytes);
    freed = freed > 0 ? freed : 0;
    pthread_mutex_lock(&registry->lock);
    at->clean_ups++;
    at->freed += freed;
    if (!resource.bytes) {
        at->bytes = at->bytes > freed ? at->bytes - freed : 0;
    }
    end_call_locked(registry, at);
    pthread_mutex_unlock(&registry->lock);
    return freed;
}

int64_t vt_registry_clean_up(vt_registry *registry, vt_resource_cost dearest, int64_t bytes)
{
    vt_resource_usage usages[VT_REGISTRY_RESOURCES_MAX];
    size_t count = collect(registry, usages, false);
    sort(usages, count, is_cheaper);
    int64_t freed = 0;
    for (size_t i = 0; i < count && freed < bytes; i++) {
        if (usages[i].cost != VT_RESOURCE_FIXED && usages[i].cost <= dearest) {
            freed += clean_up_one(registry, usages[i].id, bytes == INT64_MAX ? bytes : bytes - freed);
        }
    }
    return freed;
}

int64_t vt_registry_clean_up_one(vt_registry *registry, vt_resource_id id)
{
    pthread_mutex_lock(&registry->lock);
    const slot *at = find_locked(registry, id);
    bool gives = at && at->resource.clean_up;
    pthread_mutex_unlock(&registry->lock);
    return gives ? clean_up_one(registry, id, INT64_MAX) : 0;
}

void vt_registry_set_quota(vt_registry *registry, vt_quota quota, int64_t bytes)
{
    if (quota == VT_QUOTA_NONE || (unsigned)quota >= VT_QUOTA_COUNT || bytes <= 0) {
        return;
    }
    pthread_mutex_lock(&registry->lock);
    registry->quotas[quota] = bytes;
    for (size_t i = 0; i < VT_REGISTRY_RESOURCES_MAX; i++) {
        slot *at = &registry->slots[i];
        while (at->id != 0 && !at->removed && at->busy) {
            pthread_cond_wait(&registry->idle, &registry->lock);
        }
        if (at->id != 0 && !at->removed && at->resource.quota == quota) {
            tell_quota_locked(registry, at);
        }
    }
    pthread_mutex_unlock(&registry->lock);
}

const char *vt_resource_cost_name(vt_resource_cost cost)
{
    static const char *const names[VT_RESOURCE_COST_COUNT] = {"disposable", "cache", "rebuildable", "fixed"};
    return (unsigned)cost < VT_RESOURCE_COST_COUNT ? names[cost] : "unknown";
}

void vt_registry_write_json(vt_registry *registry, vt_json_writer *json)
{
    vt_resource_usage usages[VT_REGISTRY_RESOURCES_MAX];
    size_t count = vt_registry_list(registry, usages, VT_REGISTRY_RESOURCES_MAX);
    vt_json_array_begin(json);
    for (size_t i = 0; i < count; i++) {
        vt_json_object_begin(json);
        vt_json_key(json, "name");
        vt_json_string(json, usages[i].name);
        vt_json_key(json, "cost");
        vt_json_string(json, vt_resource_cost_name(usages[i].cost));
        vt_json_key(json, "bytes");
        vt_json_int(json, usages[i].bytes);
        vt_json_key(json, "clean_ups");
        vt_json_uint(json, usages[i].clean_ups);
        vt_json_key(json, "freed_bytes");
        vt_json_int(json, usages[i].freed);
        vt_json_object_end(json);
    }
    vt_json_array_end(json);
}
