#include "core/import/relink.h"

#include "core/import/errand.h"

#include <stdlib.h>

typedef struct work {
    vt_engine *engine;
    vt_relink *relink; /* owned */
    vt_relink_done done;
    void *user;
    int64_t moved;
} work;

static bool put_batch(vt_engine *engine, const void *what, const vt_snapshot *before, vt_error *error)
{
    (void)before;
    const vt_batch *batch = what;
    return vt_writer_put_items(engine, batch->items, batch->origins, batch->outcomes, batch->item_count,
                               error);
}

static bool committed(void *user, const vt_batch *batch, vt_error *error)
{
    (void)error;
    vt_engine *engine = user;
    uint32_t first, count;
    vt_writer_publish(engine, put_batch, batch, &first, &count);
    vt_engine_tell_rows_changed(engine);
    return true;
}

static bool run(vt_engine *engine, void *user, vt_error *error)
{
    work *what = user;
    return vt_relink_apply(what->relink, engine->catalog_writer, committed, engine, &what->moved, error);
}

static void tell(vt_engine *engine, void *user, const vt_error *error)
{
    (void)engine;
    const work *what = user;
    what->done(what->user, what->moved, error);
}

static void release(void *user)
{
    work *what = user;
    vt_relink_free(what->relink);
    free(what);
}

static const vt_errand_ops relink_ops = {"relink", run, tell, release};

bool vt_engine_relink(vt_engine *engine, vt_relink *relink, vt_relink_done done, void *user, vt_error *error)
{
    work *what = calloc(1, sizeof *what);
    if (!what) {
        vt_relink_free(relink);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    *what = (work){engine, relink, done, user, 0};
    return vt_errand_post(engine, &relink_ops, what, error);
}
