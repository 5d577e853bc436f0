#include "core/import/sidecars_private.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/edit/show.h"
#include "core/import/errand.h"

#include <stdlib.h>

#define ASK_NS (100 * VT_NS_PER_MS)

vt_sidecar_batch *vt_sidecar_batch_create(vt_error *error)
{
    vt_sidecar_batch *batch = calloc(1, sizeof *batch);
    if (!batch || !vt_cond_init(&batch->changed)) {
        free(batch);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for side-cars");
        return NULL;
    }
    pthread_mutex_init(&batch->lock, NULL);
    atomic_init(&batch->references, 1);
    return batch;
}

void vt_sidecar_batch_unref(vt_sidecar_batch *batch)
{
    if (!batch || atomic_fetch_sub(&batch->references, 1) > 1) {
        return;
    }
    for (size_t i = 0; i < batch->count; i++) {
        vt_sidecar_work_clear(&batch->works[i]);
    }
    pthread_cond_destroy(&batch->changed);
    pthread_mutex_destroy(&batch->lock);
    free(batch);
}

/* ---- the writer's part ---- */

typedef struct shown {
    int64_t ids[VT_SIDECAR_BATCH];
    size_t count;
    bool made;
} shown;

static bool put_rows(vt_engine *engine, const void *what, const vt_snapshot *before, vt_error *error)
{
    const shown *of = what;
    return vt_edit_show_items(engine->index, engine->catalog, before, of->ids, of->count, of->made, error);
}

static void show(vt_engine *engine, const shown *of)
{
    uint32_t first_row = 0, row_count = 0;
    if (engine->index && of->count > 0) {
        vt_writer_publish(engine, put_rows, of, &first_row, &row_count);
        vt_engine_tell_rows_changed(engine);
    }
}

static bool run(vt_engine *engine, void *user, vt_error *error)
{
    vt_sidecar_batch *batch = user;
    vt_sidecar_outcome outcomes[VT_SIDECAR_BATCH];
    size_t count = 0;
    shown of = {.count = 0};
    for (size_t i = 0; i < batch->count; i++) {
        const vt_sidecar_work *work = &batch->works[i];
        bool failed = work->failure.code != VT_ERROR_NONE;
        if (work->gone) {
            continue;
        }
        outcomes[count++] = (vt_sidecar_outcome){.id = work->id,
                                                 .before = &work->before,
                                                 .now = work->unreadable ? NULL : &work->merged.now,
                                                 .agreed = &work->merged.agreed,
                                                 .theirs = &work->theirs,
                                                 .said = work->both ? work->said : NULL,
                                                 .taken = work->merged.taken,
                                                 .conflicts = work->merged.conflicts,
                                                 .seen = work->seen,
                                                 .failure = failed ? &work->failure : NULL};
    }
    if (!vt_sidecars_put(engine->catalog_writer, outcomes, count, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const vt_sidecar_outcome *at = &outcomes[i];
        if (at->stored) {
            batch->failed += at->failure != NULL;
            batch->conflicts += __builtin_popcount(at->conflicts);
            batch->taken += at->taken != 0;
            of.made = of.made || at->made > 0;
        }
        if (at->stored && at->taken) {
            of.ids[of.count++] = at->id;
        }
    }
    show(engine, &of);
    return true;
}

static bool run_batch(vt_engine *engine, void *user, vt_error *error)
{
    vt_sidecar_batch *batch = user;
    bool done = run(engine, user, error);
    if (!done) {
        batch->error = *error; /* before `ended`, which says that it is there */
    }
    return done;
}

/* Also of one that never ran: whoever waits must not wait for ever. */
static void release_batch(void *user)
{
    vt_sidecar_batch *batch = user;
    pthread_mutex_lock(&batch->lock);
    batch->ended = true;
    pthread_cond_signal(&batch->changed);
    pthread_mutex_unlock(&batch->lock);
    vt_sidecar_batch_unref(batch);
}

static const vt_errand_ops batch_ops = {"side-cars", run_batch, NULL, release_batch};

bool vt_sidecar_commit(vt_engine *engine, vt_sidecar_batch *batch, bool (*stop)(void *user), void *user,
                       vt_error *error)
{
    atomic_fetch_add(&batch->references, 1);
    if (!vt_errand_post(engine, &batch_ops, batch, error)) {
        return false;
    }
    pthread_mutex_lock(&batch->lock);
    bool wanted = true;
    while (!batch->ended && wanted) {
        vt_cond_wait_until(&batch->changed, &batch->lock, vt_clock_now() + ASK_NS);
        wanted = batch->ended || !stop(user);
    }
    vt_error reason = batch->error;
    pthread_mutex_unlock(&batch->lock);
    if (!wanted) {
        return vt_error_set(error, VT_ERROR_CANCELLED, "stopped while side-cars were read");
    }
    return reason.code == VT_ERROR_NONE || vt_error_set(error, reason.code, "%s", reason.message);
}
