/*
 * What panes show, kept for when it is wanted again (document 002, OptimizedProvider and WidgetPool): an
 * object (in the window: a widget) is in use by a pane; then recent, alive but unseen; then only its state
 * remains, from which a new one is made as it was.
 *
 *     acquire --> IN USE -- release --> RECENT -- no room, too old --> STATE -- no room, too old --> gone
 *                    ^---- acquire -------'                              |
 *                    '---- acquire: a pooled or new object, state restored'
 *
 * The levels are those of core/cache/tiers.h, with limits by count and by bytes; ages are kept here. Objects
 * that are let go go back to the pool of their type (core/pool). Types are a const table, found by what
 * stands before the colon of a provider id. A provider id that several panes show has an object for each of
 * them.
 *
 * Moments are nanoseconds of a clock that does not go back, passed in. Threads: one, that of the objects (for
 * widgets: the window's); memory pressure posts there and has vt_provider_cache_trim called.
 */
#ifndef VT_LAYOUT_PROVIDER_CACHE_H
#define VT_LAYOUT_PROVIDER_CACHE_H

#include "core/cache/tiers.h"
#include "core/pool/object_pool.h"

typedef struct vt_provider_type {
    const char *name; /* "browse" */
    const vt_object_ops
        *objects; /* configure gets the provider id; create, configure, reset, destroy: `user` */
    size_t idle;  /* objects kept in the pool */
    /* What is worth keeping of an object: bytes, free(), and their number (1 or more); NULL: nothing. May be
       NULL, and must not use the cache. */
    void *(*save)(void *user, const void *object, size_t *length);
    /* Makes a configured object be as it was. Bytes that make no sense are passed over: they may come from a
       file. May be NULL. */
    void (*restore)(void *user, void *object, const void *bytes, size_t length);
    size_t (*bytes)(void *user, const void *object); /* that it holds, roughly; NULL: few */
    /* False if it shows what is not so any more, and has to be made anew. May be NULL. */
    bool (*valid)(void *user, const void *object, const char *provider);
    void *user;
} vt_provider_type;

typedef struct vt_provider_limits {
    size_t in_use;        /* objects in use at once, 1 or more */
    vt_lru_limits recent; /* objects alive unseen */
    vt_lru_limits states;
    int64_t recent_ns; /* how long an unseen object stays alive; 0: no limit */
    int64_t state_ns;  /* how long a state is kept after that; 0: no limit */
} vt_provider_limits;

/* As document 002 has them: 100 objects of 500 MB, an hour. */
extern const vt_provider_limits vt_provider_limits_usual;

typedef enum vt_provider_source {
    VT_PROVIDER_RECENT,   /* alive since it was used last */
    VT_PROVIDER_RESTORED, /* made from the state kept here */
    VT_PROVIDER_GIVEN,    /* made from the state that was passed in */
    VT_PROVIDER_FRESH,
    VT_PROVIDER_SOURCES
} vt_provider_source;

typedef struct vt_provider_stats {
    uint64_t acquired[VT_PROVIDER_SOURCES];
    uint64_t created, reused; /* objects made, and taken from a pool instead */
    uint64_t retired;         /* for their age: objects of which a state remained */
    uint64_t expired;         /* states too old */
    uint64_t invalidated;     /* objects found or declared stale */
    size_t in_use, recent, states;
    size_t recent_bytes, state_bytes;
} vt_provider_stats;

typedef struct vt_provider_cache vt_provider_cache;
typedef struct vt_provided vt_provided; /* an object in use */

/* `types` is borrowed. NULL and `error`: limits of 0, a name twice, VT_ERROR_MEMORY. */
vt_provider_cache *vt_provider_cache_create(const vt_provider_type *types, size_t type_count,
                                            const vt_provider_limits *limits, vt_error *error);

/* Destroys all objects; NULL is allowed. None may be in use. */
void vt_provider_cache_free(vt_provider_cache *cache);

/* Makes objects of a type ahead of need. False and `error`: no such type, or what its operations said. */
bool vt_provider_cache_prewarm(vt_provider_cache *cache, const char *type, size_t count, vt_error *error);

/* An object that shows `provider`. `state` (of a pane that was restored; may be NULL) is used if nothing is
   known here. NULL and `error`: VT_ERROR_NOT_FOUND for a type nobody has, VT_ERROR_LIMIT if too many are in
   use, or what the type's operations said. Release it. */
vt_provided *vt_provider_cache_acquire(vt_provider_cache *cache, const char *provider, const void *state,
                                       size_t state_length, int64_t now, vt_error *error);
void *vt_provided_object(const vt_provided *provided);
const char *vt_provided_id(const vt_provided *provided); /* the provider id */
vt_provider_source vt_provided_source(const vt_provided *provided);

/* The state as it would be kept now, for a layout that is saved: bytes, free(); NULL: none. */
void *vt_provided_save(const vt_provided *provided, size_t *length);

/* The pane shows it no more; NULL is allowed. It may be freed by this, if there is no room. */
void vt_provider_cache_release(vt_provider_cache *cache, vt_provided *provided, int64_t now);

/* Retires what is too old: call it now and then. Returns how many objects and states went. */
size_t vt_provider_cache_clean(vt_provider_cache *cache, int64_t now);

/* Objects and, if `states_too`, states for which `match` is true are not used again: those in use stay until
   they are released. Returns how many there were. */
size_t vt_provider_cache_invalidate(vt_provider_cache *cache, bool (*match)(void *user, const char *provider),
                                    void *user, bool states_too);

/* Unseen objects of so many bytes, 1 or more, may stay alive from now on. */
void vt_provider_cache_set_room(vt_provider_cache *cache, size_t bytes);

/* For memory pressure: unseen objects of `bytes`, or all there are, and the pools. States stay. Returns the
   bytes freed of unseen objects. */
size_t vt_provider_cache_trim(vt_provider_cache *cache, size_t bytes);

void vt_provider_cache_get_stats(vt_provider_cache *cache, vt_provider_stats *stats);

#endif
