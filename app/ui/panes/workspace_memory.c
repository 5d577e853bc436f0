/* What contents hold that nobody sees, for the memory governor: it asks on any thread, and the window's gives
   it back, soon after. */
#include "app/ui/panes/workspace_private.h"

#include "core/base/translatable.h"
#include "core/memory/registry.h"

#include <stdlib.h>

struct vt_workspace_memory {
    vt_workspace_view *view; /* touched on the UI thread only */
    QObject *receiver;       /* of what is posted there */
    vt_resource_id resource;
    _Atomic int64_t held;   /* bytes */
    _Atomic int64_t room;   /* bytes it may hold; 0: as the cache is made */
    _Atomic int64_t wanted; /* bytes that were asked for and are not given back yet; 0: nothing is posted */
};

static int64_t bytes_held(void *user)
{
    return atomic_load(&((struct vt_workspace_memory *)user)->held);
}

/* On the UI thread. The view may have ended meanwhile. */
static void give_back(void *user)
{
    struct vt_workspace_memory *memory = user;
    int64_t wanted = atomic_exchange(&memory->wanted, 0);
    vt_workspace_view *view = memory->view;
    if (view->cache && wanted > 0) {
        size_t freed = vt_provider_cache_trim(view->cache, (size_t)wanted);
        vt_log_write(&view->context.log, VT_LOG_DEBUG, "workspace: memory given back=%zu", freed);
        vt_workspace_note_memory(view);
    }
}

/* On any thread. What is promised is gone as soon as the window's thread comes to it. */
static int64_t give_up(void *user, int64_t bytes)
{
    struct vt_workspace_memory *memory = user;
    int64_t held = atomic_load(&memory->held);
    int64_t freed = bytes < held ? bytes : held;
    if (freed > 0) {
        int64_t before = atomic_load(&memory->wanted);
        int64_t after;
        do {
            after = freed > INT64_MAX - before ? INT64_MAX : before + freed;
        } while (!atomic_compare_exchange_weak(&memory->wanted, &before, after));
        if (before == 0) {
            qt_post(memory->receiver, give_back, memory, NULL);
        }
    }
    return freed;
}

/* On the UI thread. */
static void take_room(void *user)
{
    struct vt_workspace_memory *memory = user;
    vt_workspace_view *view = memory->view;
    int64_t room = atomic_exchange(&memory->room, 0);
    if (view->cache && room > 0) {
        vt_provider_cache_set_room(view->cache, (size_t)room);
        vt_log_write(&view->context.log, VT_LOG_DEBUG, "workspace: room for unseen panes=%lld",
                     (long long)room);
        vt_workspace_note_memory(view);
    }
}

/* On any thread. */
static void set_quota(void *user, int64_t bytes)
{
    struct vt_workspace_memory *memory = user;
    if (atomic_exchange(&memory->room, bytes) == 0) {
        qt_post(memory->receiver, take_room, memory, NULL);
    }
}

/* Without it the cache keeps its own limits all the same. */
void vt_workspace_offer_memory(vt_workspace_view *view)
{
    struct vt_workspace_memory *memory = calloc(1, sizeof *memory);
    if (!memory) {
        return;
    }
    memory->view = view;
    memory->receiver = (QObject *)view->timer;
    const vt_resource resource = {.name = VT_TR_NOOP("performance", "panes that are not seen"),
                                  .cost = VT_RESOURCE_CACHE,
                                  .bytes = bytes_held,
                                  .clean_up = give_up,
                                  .quota = VT_QUOTA_PANES,
                                  .set_quota = set_quota,
                                  .user = memory};
    memory->resource = vt_registry_add(vt_engine_resources(view->context.engine), &resource, NULL);
    if (!memory->resource) {
        free(memory);
        return;
    }
    view->memory = memory;
}

void vt_workspace_note_memory(vt_workspace_view *view)
{
    if (view->memory && view->cache) {
        vt_provider_stats stats;
        vt_provider_cache_get_stats(view->cache, &stats);
        atomic_store(&view->memory->held, (int64_t)stats.recent_bytes);
    }
}

void vt_workspace_withdraw_memory(vt_workspace_view *view)
{
    if (view->memory && view->memory->resource) {
        vt_registry_remove(vt_engine_resources(view->context.engine), view->memory->resource);
        view->memory->resource = 0;
    }
}
