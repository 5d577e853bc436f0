#include "core/pool/object_pool.h"

#include <stdatomic.h>
#include <stdlib.h>

static atomic_size_t total;

struct vt_object_pool {
    const vt_object_ops *ops;
    void *user;
    vt_object_pool_limits limits;
    void **idle; /* room for limits.idle; the last one was released last */
    vt_object_pool_stats stats;
};

vt_object_pool *vt_object_pool_create(const vt_object_ops *ops, void *user,
                                      const vt_object_pool_limits *limits, vt_error *error)
{
    if (limits->live == 0 || limits->idle > limits->live) {
        vt_error_set(
            error, VT_ERROR_USAGE,
            "pool of %s: limits of %zu live and %zu idle make no sense (1 or more live, idle at most "
            "live)",
            ops->name, limits->live, limits->idle);
        return NULL;
    }
    vt_object_pool *pool = calloc(1, sizeof *pool);
    void **idle = calloc(limits->idle ? limits->idle : 1, sizeof(void *));
    if (!pool || !idle) {
        free(idle);
        free(pool);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a pool of %s", ops->name);
        return NULL;
    }
    pool->ops = ops;
    pool->user = user;
    pool->limits = *limits;
    pool->idle = idle;
    return pool;
}

static void destroy(vt_object_pool *pool, void *object)
{
    pool->stats.destroyed++;
    atomic_fetch_sub_explicit(&total, pool->ops->bytes, memory_order_relaxed);
    pool->ops->destroy(pool->user, object);
}

void vt_object_pool_free(vt_object_pool *pool)
{
    if (pool) {
        vt_object_pool_trim(pool, 0);
        free((void *)pool->idle);
        free(pool);
    }
}

static void *create(vt_object_pool *pool, vt_error *error)
{
    if (pool->stats.in_use + pool->stats.idle >= pool->limits.live) {
        vt_error_set(error, VT_ERROR_LIMIT, "pool of %s: all %zu are in use", pool->ops->name,
                     pool->limits.live);
        return NULL;
    }
    void *object = pool->ops->create(pool->user, error);
    if (object) {
        pool->stats.created++;
        atomic_fetch_add_explicit(&total, pool->ops->bytes, memory_order_relaxed);
    }
    return object;
}

bool vt_object_pool_prewarm(vt_object_pool *pool, size_t count, vt_error *error)
{
    if (count > pool->limits.idle || count > pool->limits.live - pool->stats.in_use) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "pool of %s: %zu idle ones are beyond its limits (%zu idle, %zu live)",
                            pool->ops->name, count, pool->limits.idle, pool->limits.live);
    }
    while (pool->stats.idle < count) {
        void *object = create(pool, error);
        if (!object) {
            return false;
        }
        pool->idle[pool->stats.idle++] = object;
    }
    return true;
}

/* An object that is in nobody's hands: kept, or destroyed if enough are. */
static void put_away(vt_object_pool *pool, void *object)
{
    if (pool->ops->reset) {
        pool->ops->reset(pool->user, object);
    }
    if (pool->stats.idle < pool->limits.idle) {
        pool->idle[pool->stats.idle++] = object;
    } else {
        destroy(pool, object);
    }
}

void *vt_object_pool_acquire(vt_object_pool *pool, const void *data, vt_error *error)
{
    bool reuse = pool->stats.idle > 0;
    void *object = reuse ? pool->idle[--pool->stats.idle] : create(pool, error);
    if (!object) {
        pool->stats.refused++;
        return NULL;
    }
    if (pool->ops->configure && !pool->ops->configure(pool->user, object, data, error)) {
        pool->stats.refused++;
        put_away(pool, object);
        return NULL;
    }
    pool->stats.acquired++;
    pool->stats.reused += reuse;
    pool->stats.in_use++;
    if (pool->stats.in_use > pool->stats.in_use_peak) {
        pool->stats.in_use_peak = pool->stats.in_use;
    }
    return object;
}

static bool is_idle(const vt_object_pool *pool, const void *object)
{
    for (size_t i = 0; i < pool->stats.idle; i++) {
        if (pool->idle[i] == object) {
            return true;
        }
    }
    return false;
}

bool vt_object_pool_release(vt_object_pool *pool, void *object)
{
    /* The search is over the idle ones only: tens of pointers, beside the cost of what they stand for. */
    if (!object || pool->stats.in_use == 0 || is_idle(pool, object)) {
        return false;
    }
    pool->stats.in_use--;
    pool->stats.released++;
    put_away(pool, object);
    return true;
}

void vt_object_pool_trim(vt_object_pool *pool, size_t idle)
{
    while (pool->stats.idle > idle) {
        destroy(pool, pool->idle[--pool->stats.idle]);
    }
}

size_t vt_object_pool_total(void)
{
    return atomic_load_explicit(&total, memory_order_relaxed);
}

void vt_object_pool_get_stats(const vt_object_pool *pool, vt_object_pool_stats *stats)
{
    *stats = pool->stats;
}
