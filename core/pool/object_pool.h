/*
 * Object pool: keeps objects that are costly to make and hands them out again (document 000, challenge 1). It
 * knows nothing of what it keeps: the operations table makes, configures, resets and destroys. The window
 * pools its cards this way.
 *
 * Threads: one thread at a time (for widgets: the UI thread). Ownership: the pool owns idle objects; an
 * acquired one is the caller's until it is released.
 */
#ifndef VT_POOL_OBJECT_POOL_H
#define VT_POOL_OBJECT_POOL_H

#include "core/base/error.h"

#include <stddef.h>
#include <stdint.h>

/* What the pool does with its objects; a const table. `user` is the one given at creation. */
typedef struct vt_object_ops {
    const char *name;                             /* for messages and reports, e.g. "card" */
    void *(*create)(void *user, vt_error *error); /* a fresh object, or NULL and `error` */
    /* Makes an object show `data`; false and `error` if it cannot: then the object goes back to the pool. May
       be NULL. */
    bool (*configure)(void *user, void *object, const void *data, vt_error *error);
    void (*reset)(void *user, void *object); /* forgets what it showed, before it turns idle; may be NULL */
    void (*destroy)(void *user, void *object);
    size_t bytes; /* that one holds while it is idle, measured or estimated; 0: nobody knows, or few */
} vt_object_ops;

typedef struct vt_object_pool_limits {
    size_t live; /* acquired and idle together, 1 or more: never more exist */
    size_t idle; /* kept for later, at most `live`; a surplus is destroyed on release */
} vt_object_pool_limits;

typedef struct vt_object_pool_stats {
    size_t in_use, idle;
    size_t in_use_peak;
    uint64_t created, destroyed;
    uint64_t acquired; /* successful ones */
    uint64_t reused;   /* of these, how many needed no creation */
    uint64_t released;
    uint64_t refused; /* acquisitions refused by the limit, or failed */
} vt_object_pool_stats;

typedef struct vt_object_pool vt_object_pool;

/* `ops` and `user` are borrowed. NULL and `error` for limits that make no sense or when memory runs out. */
vt_object_pool *vt_object_pool_create(const vt_object_ops *ops, void *user,
                                      const vt_object_pool_limits *limits, vt_error *error);

/* Destroys the idle objects; NULL is allowed. Acquired ones must have been released before: those that were
   not stay their holders'. */
void vt_object_pool_free(vt_object_pool *pool);

/* Makes idle objects until `count` are idle, ahead of need. False and `error` if one could not be made, or if
   `count` is beyond the limits (VT_ERROR_LIMIT); what was made stays. */
bool vt_object_pool_prewarm(vt_object_pool *pool, size_t count, vt_error *error);

/* The object released last (its memory is warm), or a new one, configured with `data`. NULL and `error`:
   VT_ERROR_LIMIT if all are in use, or what create or configure said. */
void *vt_object_pool_acquire(vt_object_pool *pool, const void *data, vt_error *error);

/* Resets the object and keeps it, or destroys it if enough are idle. False, and nothing happens, if the
   object is idle already or none is in use. */
bool vt_object_pool_release(vt_object_pool *pool, void *object);

/* Destroys idle objects until at most `idle` are left: for memory pressure. */
void vt_object_pool_trim(vt_object_pool *pool, size_t idle);

/* What the objects of all pools of the program hold, in use and idle, by what their tables say of one. Any
   thread. */
size_t vt_object_pool_total(void);

void vt_object_pool_get_stats(const vt_object_pool *pool, vt_object_pool_stats *stats);

#endif
