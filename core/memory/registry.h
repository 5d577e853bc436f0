/*
 * Resource registry: who holds how much memory, and how to get it back (documents 000 and 004).
 *
 * A cache, a pool, a column of the index registers under a name, with what it holds and, if it can give
 * something back, a clean-up. The governor (governor.h) asks for clean-ups, cheapest first; the Performance
 * centre shows the list.
 *
 * Ownership: a resource is copied; `user` is borrowed until its removal has returned. Callbacks run on the
 * thread that asks, without any lock, one at a time for each resource: a callback may use the registry, and
 * remove its own resource or others. A removal from elsewhere waits until a running callback of that resource
 * is over, so what `user` points to can be freed right after it; so it must not hold a lock that the callback
 * takes.
 *
 * Threads: any, at once. Nothing is allocated after creation: clean-ups work when memory has run out.
 */
#ifndef VT_MEMORY_REGISTRY_H
#define VT_MEMORY_REGISTRY_H

#include "core/base/error.h"
#include "core/base/json_writer.h"

#include <stddef.h>
#include <stdint.h>

#define VT_REGISTRY_RESOURCES_MAX 64

/* What it costs to have it again; clean-ups go in this order. */
typedef enum vt_resource_cost {
    VT_RESOURCE_DISPOSABLE,  /* loaded ahead or left over: nobody waits for it */
    VT_RESOURCE_CACHE,       /* read or decoded again when it is wanted */
    VT_RESOURCE_REBUILDABLE, /* computed again, and somebody will notice the delay */
    VT_RESOURCE_FIXED,       /* cannot be given back: on the list, never cleaned */
    VT_RESOURCE_COST_COUNT
} vt_resource_cost;

/* Resources whose size the user sets. The registry keeps the sizes, and tells them to those added later. */
typedef enum vt_quota {
    VT_QUOTA_NONE,
    VT_QUOTA_PICTURES, /* of cards */
    VT_QUOTA_PANES,    /* alive but not seen */
    VT_QUOTA_COUNT
} vt_quota;

typedef struct vt_resource {
    const char *name; /* static text */
    vt_resource_cost cost;
    int priority;                                   /* within a cost: lower ones go first */
    int64_t (*bytes)(void *user);                   /* held now; NULL: vt_registry_report tells */
    int64_t (*clean_up)(void *user, int64_t bytes); /* frees that much or what it can, returns how much it
                                                       freed; INT64_MAX: all. NULL only for FIXED */
    vt_quota quota;                                 /* which of them limits it */
    void (*set_quota)(void *user, int64_t bytes);   /* it may hold so much from now on; NULL without quota */
    void *user;
} vt_resource;

typedef uint64_t vt_resource_id; /* never used again; 0: none */

/* A line of the list. */
typedef struct vt_resource_usage {
    vt_resource_id id;
    const char *name;
    vt_resource_cost cost;
    int priority;
    int64_t bytes;
    vt_quota quota;
    int64_t most;       /* bytes it may hold by its quota; 0: none was set */
    int64_t touched;    /* of the last vt_registry_touch; 0: never */
    uint64_t clean_ups; /* asked of it */
    int64_t freed;      /* bytes, by all of them together */
} vt_resource_usage;

typedef struct vt_registry vt_registry;

/* NULL when memory runs out. */
vt_registry *vt_registry_create(vt_error *error);

/* NULL is allowed. No other thread may use it any more, no callback run; resources need not be removed. */
void vt_registry_free(vt_registry *registry);

/* 0 and `error`: VT_ERROR_LIMIT when VT_REGISTRY_RESOURCES_MAX are registered, VT_ERROR_USAGE without a name
   or with a clean-up or set_quota missing where there must be one. The latter is called before this returns
   if the quota is set. */
vt_resource_id vt_registry_add(vt_registry *registry, const vt_resource *resource, vt_error *error);

/* Unknown ids, and 0, are ignored: the resource has been removed before. */
void vt_registry_remove(vt_registry *registry, vt_resource_id id);

/* For a resource without `bytes`: it holds this much now. */
void vt_registry_report(vt_registry *registry, vt_resource_id id, int64_t bytes);

/* The resource was used at `now`: of two with the same cost and priority, the one not used for longer goes
   first. */
void vt_registry_touch(vt_registry *registry, vt_resource_id id, int64_t now);

/* Who holds what, the largest first: fills `list` with at most `size` and returns how many there are. One
   whose callback is running elsewhere appears with what it held last. Calls `bytes` callbacks. */
size_t vt_registry_list(vt_registry *registry, vt_resource_usage *list, size_t size);

/* The sum over the list. */
int64_t vt_registry_bytes(vt_registry *registry);

/* Asks for clean-ups, up to and including `dearest`, until `bytes` are freed (INT64_MAX: everybody gives
   all). Returns how much was freed, as the callbacks say. Resources added meanwhile are not asked. */
int64_t vt_registry_clean_up(vt_registry *registry, vt_resource_cost dearest, int64_t bytes);

/* Asks one resource for all it can give back; returns the bytes it freed: 0 for ids that are unknown, FIXED,
   or at work on another thread. Not from the window's thread. */
int64_t vt_registry_clean_up_one(vt_registry *registry, vt_resource_id id);

/* All resources of that quota may hold `bytes` (above 0) from now on, and learn of it before this returns.
   Waits for callbacks that run elsewhere: not from the window's thread, and not from a callback. */
void vt_registry_set_quota(vt_registry *registry, vt_quota quota, int64_t bytes);

/* "disposable", "cache", "rebuildable", "fixed". */
const char *vt_resource_cost_name(vt_resource_cost cost);

/* The list as a JSON array of objects: name, cost, bytes, clean_ups, freed_bytes. */
void vt_registry_write_json(vt_registry *registry, vt_json_writer *json);

#endif
