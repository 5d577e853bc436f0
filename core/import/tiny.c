#include "core/import/tiny.h"

#include "core/import/engine_private.h"
#include "core/index/tiny.h"

#include <stdlib.h>

typedef struct loading {
    vt_engine *engine;
    atomic_bool cancelled;
} loading;

static bool load(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    loading *work = user;
    vt_engine *engine = work->engine;
    vt_catalog_reader *reader = vt_catalog_reader_open(engine->catalog, error);
    bool loaded = reader && vt_index_load_tiny(engine->index, reader, &work->cancelled, error);
    vt_catalog_reader_free(reader);
    atomic_store(&engine->tiny_loaded, loaded);
    return loaded;
}

static void loaded(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    loading *work = user;
    vt_engine *engine = work->engine;
    if (state == VT_TASK_FAILED) {
        vt_log_write(&engine->log, VT_LOG_WARN, "pictures begin grey: %s", error->message);
    }
    pthread_mutex_lock(&engine->lock);
    engine->loading = NULL;
    engine->tasks--;
    pthread_cond_signal(&engine->beat);
    pthread_mutex_unlock(&engine->lock);
}

static const vt_task_ops load_ops = {"tiny-load", load, loaded, free};

void vt_tiny_load_start(vt_engine *engine)
{
    loading *work = calloc(1, sizeof *work);
    vt_task *task = work ? vt_task_create(&load_ops, work, engine->cancel) : NULL;
    if (!task) {
        free(work);
        return;
    }
    work->engine = engine;
    pthread_mutex_lock(&engine->lock);
    engine->loading = &work->cancelled;
    engine->tasks++;
    pthread_mutex_unlock(&engine->lock);
    if (!vt_executor_submit(engine->executor, task, VT_PRIORITY_NORMAL, NULL)) {
        pthread_mutex_lock(&engine->lock);
        engine->loading = NULL;
        engine->tasks--;
        pthread_mutex_unlock(&engine->lock);
    }
    vt_task_unref(task);
}

void vt_tiny_store(vt_engine *engine, const vt_tiny *tinies, size_t count)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_catalog_writer_put_tiny(engine->catalog_writer, tinies, count, &error) ||
        (engine->index && !vt_index_put_tiny(engine->index, tinies, count, VT_TINY_REPLACE, &error))) {
        vt_log_write(&engine->log, VT_LOG_WARN, "tiny thumbnails are not kept: %s", error.message);
    }
}

static bool has_one(vt_index *index, int64_t item_id)
{
    vt_tinythumb ignored;
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    uint32_t row = vt_snapshot_find(snapshot, item_id);
    bool has = row != VT_INDEX_NO_ROW && vt_snapshot_tiny(snapshot, row, &ignored);
    vt_snapshot_release(snapshot);
    return has;
}

void vt_tiny_offer(vt_engine *engine, int64_t item_id, const vt_pixels *thumbnail)
{
    /* Before all are loaded nobody knows whether it has one. */
    if (!engine->index || !atomic_load(&engine->tiny_loaded) || has_one(engine->index, item_id)) {
        return;
    }
    const vt_tiny tiny = {.item_id = item_id, .code = vt_tinythumb_encode(thumbnail)};
    vt_index_put_tiny(engine->index, &tiny, 1, VT_TINY_KEEP, NULL);
    vt_entry *entry =
        vt_engine_is_read_only(engine) ? NULL : vt_entry_create(NULL, VT_ENTRY_TINY, "", 0, NULL, 0);
    if (entry) {
        entry->known_id = item_id;
        entry->tiny = tiny.code;
        vt_pipeline_add_read(engine, entry);
    }
}
