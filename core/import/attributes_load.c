#include "core/import/attributes_load.h"

#include "core/import/engine_private.h"
#include "core/import/tiny.h"
#include "core/import/twins_load.h"
#include "core/index/attributes.h"
#include "core/index/stacks.h"
#include "core/index/twins.h"

#include <stdlib.h>

typedef struct loading {
    vt_engine *engine;
    atomic_bool cancelled;
} loading;

static uint64_t version_of(vt_engine *engine)
{
    const vt_snapshot *snapshot = vt_index_snapshot(engine->index);
    uint64_t version = vt_snapshot_version(snapshot);
    vt_snapshot_release(snapshot);
    return version;
}

static bool load_stacks(vt_index *index, vt_catalog_reader *reader, vt_error *error)
{
    bool any;
    return vt_index_read_stacks(index, reader, &any, error) && (!any || vt_index_publish(index, error));
}

static bool load(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    loading *work = user;
    vt_engine *engine = work->engine;
    uint64_t before = version_of(engine);
    vt_catalog_reader *reader = vt_catalog_reader_open(engine->catalog, error);
    bool loaded = reader && vt_index_load_attributes(engine->index, reader, &work->cancelled, error) &&
                  vt_twins_load(engine->index, reader, error) && load_stacks(engine->index, reader, error);
    vt_catalog_reader_free(reader);
    vt_engine_weigh_index(engine);
    if (version_of(engine) != before) {
        vt_engine_tell_rows_changed(engine);
    }
    return loaded;
}

/* Items that came when nobody could compare them: the last program ended too soon, or had no index. */
static bool twins_are_behind(const vt_engine *engine)
{
    vt_twins_info info;
    const vt_snapshot *snapshot = vt_index_snapshot(engine->index);
    vt_snapshot_twins(snapshot, VT_TWIN_SAME, &info);
    vt_snapshot_release(snapshot);
    return info.searched && info.younger > 0;
}

static void loaded(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    loading *work = user;
    vt_engine *engine = work->engine;
    if (state == VT_TASK_FAILED) {
        vt_log_write(&engine->log, VT_LOG_ERROR,
                     "tags, titles, dates and stacks are not shown before the next start: %s",
                     error->message);
    }
    bool behind = state == VT_TASK_DONE && twins_are_behind(engine);
    pthread_mutex_lock(&engine->lock);
    engine->loading = NULL;
    engine->index_ready = true;
    engine->care.twins_due = engine->care.twins_due || behind;
    pthread_mutex_unlock(&engine->lock);
    if (state == VT_TASK_DONE && !vt_cancel_requested(engine->cancel)) {
        vt_tiny_load_start(engine);
    }
    pthread_mutex_lock(&engine->lock);
    engine->tasks--;
    pthread_cond_signal(&engine->beat);
    pthread_mutex_unlock(&engine->lock);
}

static const vt_task_ops load_ops = {"attributes-load", load, loaded, free};

bool vt_attributes_load_start(vt_engine *engine)
{
    loading *work = calloc(1, sizeof *work);
    vt_task *task = work ? vt_task_create(&load_ops, work, engine->cancel) : NULL;
    if (!task) {
        free(work);
        return false;
    }
    work->engine = engine;
    pthread_mutex_lock(&engine->lock);
    engine->loading = &work->cancelled;
    engine->tasks++;
    pthread_mutex_unlock(&engine->lock);
    bool started = vt_executor_submit(engine->executor, task, VT_PRIORITY_HIGH, NULL);
    if (!started) {
        pthread_mutex_lock(&engine->lock);
        engine->loading = NULL;
        engine->tasks--;
        pthread_mutex_unlock(&engine->lock);
    }
    vt_task_unref(task);
    return started;
}
