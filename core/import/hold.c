/* Imports that the user holds: their walk waits, what of them waits to be decoded stands apart. */
#include "core/import/operation_private.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/import/dispatch.h"

/* Whoever listens sees that it is held, or goes on. */
static void tell(vt_import *import)
{
    pthread_mutex_lock(&import->lock);
    import->progress_due = true;
    bool wanted = !import->over && vt_import_want_notice_locked(import);
    pthread_mutex_unlock(&import->lock);
    if (wanted) {
        vt_import_post(import);
    }
}

void vt_import_hold(vt_import *import)
{
    vt_engine *engine = import->engine;
    pthread_mutex_lock(&engine->lock);
    /* One that is cancelled has to end: vt_import_cancel lets it go on after it was marked so. */
    bool hold = !atomic_load(&import->held) && !vt_import_is_cancelled(import);
    if (hold) {
        atomic_store(&import->was_held, true);
        atomic_store(&import->held, true);
        import->held_since_ns = vt_clock_now();
        vt_dispatch_park_locked(engine, import);
        pthread_cond_broadcast(&engine->room); /* what it has given up */
        pthread_cond_signal(&engine->beat);    /* what was decoded may be all of a batch by now */
    }
    pthread_mutex_unlock(&engine->lock);
    if (hold) {
        tell(import);
    }
}

void vt_import_go_on(vt_import *import)
{
    vt_engine *engine = import->engine;
    pthread_mutex_lock(&engine->lock);
    bool held = atomic_load(&import->held);
    if (held) {
        atomic_store(&import->held, false);
        import->held_for_ns += vt_clock_now() - import->held_since_ns;
        import->held_since_ns = 0;
        vt_dispatch_unpark_locked(engine, import);
        pthread_cond_broadcast(&engine->room);
    }
    pthread_mutex_unlock(&engine->lock);
    if (held) {
        vt_dispatch(engine);
        tell(import);
    }
}

bool vt_import_is_held(const vt_import *import)
{
    return atomic_load(&import->held);
}

int64_t vt_import_held_ns(const vt_import *import)
{
    if (!atomic_load(&import->was_held)) {
        return 0;
    }
    pthread_mutex_lock(&import->engine->lock);
    int64_t held = import->held_for_ns;
    if (import->held_since_ns) {
        held += vt_clock_now() - import->held_since_ns;
    }
    pthread_mutex_unlock(&import->engine->lock);
    return held;
}

bool vt_import_wait_held(vt_import *import)
{
    vt_engine *engine = import->engine;
    if (!atomic_load(&import->held)) {
        return true; /* what the walk reads for each chunk */
    }
    pthread_mutex_lock(&engine->lock);
    while (atomic_load(&import->held) && !vt_import_is_cancelled(import)) {
        vt_cond_wait_until(&engine->room, &engine->lock, VT_FOREVER);
    }
    pthread_mutex_unlock(&engine->lock);
    return !vt_import_is_cancelled(import);
}
