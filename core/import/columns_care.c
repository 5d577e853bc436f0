#include "core/import/columns_care.h"

#include "core/base/clock.h"
#include "core/import/errand.h"

#include <stdlib.h>
#include <unistd.h>

/* A writer that has not come to it by then waits for room on the disk. */
#define EMPTYING_MOST_NS (10 * VT_NS_PER_S)
/* How often to ask whether the writer has emptied the log. */
#define STEP_NS (5 * VT_NS_PER_MS)

bool vt_columns_are_kept(vt_engine *engine)
{
    if (!engine->columns_path || !engine->snapshots || !engine->catalog_writer) {
        return false;
    }
    const vt_snapshot *snapshot = vt_index_snapshot(engine->index);
    bool many = vt_snapshot_count(snapshot) >= VT_COLUMNS_ROWS_MIN;
    vt_snapshot_release(snapshot);
    return many;
}

bool vt_columns_leave(const vt_catalog *catalog, vt_catalog_reader *reader, const char *path,
                      const vt_columns_pace *pace, const vt_log *log, vt_error *error)
{
    vt_columns_info info;
    int64_t last_id = 0;
    vt_columns_look(catalog, reader, path, &info);
    if (info.usable) {
        return true;
    }
    /* There are no more items than numbers. */
    if (!vt_catalog_reader_last_id(reader, &last_id, error)) {
        return false;
    }
    if (last_id < VT_COLUMNS_ROWS_MIN) {
        unlink(path);
        return true;
    }
    uint32_t rows = 0;
    int64_t begun = vt_clock_now();
    if (!vt_columns_write(catalog, reader, path, pace, &rows, error)) {
        return false;
    }
    vt_log_write(log, VT_LOG_INFO, "columns of %u items left in %s: after_ms=%.1f", rows, path,
                 (double)(vt_clock_now() - begun) / 1e6);
    return true;
}

/* ---- the log, emptied by the writer ---- */

/* Held by the errand and by who waits for it. */
typedef struct emptying {
    atomic_int references;
    atomic_bool done;
} emptying;

static void release(void *user)
{
    emptying *work = user;
    if (atomic_fetch_sub(&work->references, 1) == 1) {
        free(work);
    }
}

static bool empty_log(vt_engine *engine, void *user, vt_error *error)
{
    emptying *work = user;
    bool emptied = vt_catalog_writer_checkpoint(engine->catalog_writer, error);
    atomic_store(&work->done, true); /* whether it is empty the stamp will tell */
    return emptied;
}

static const vt_errand_ops emptying_ops = {"emptying the log", empty_log, NULL, release};

static bool go_on(void *user)
{
    vt_engine *engine = user;
    pthread_mutex_lock(&engine->lock);
    bool on = !engine->stopping && engine->active == 0;
    pthread_mutex_unlock(&engine->lock);
    return on;
}

/* False if there is something else to do, or no memory. */
static bool wait_for_empty_log(vt_engine *engine)
{
    const struct timespec step = {0, STEP_NS};
    emptying *work = calloc(1, sizeof *work);
    if (!work) {
        return false;
    }
    atomic_init(&work->references, 2);
    bool on = vt_errand_post(engine, &emptying_ops, work, NULL);
    int64_t end = vt_clock_now() + EMPTYING_MOST_NS;
    while (on && !atomic_load(&work->done)) {
        nanosleep(&step, NULL);
        on = go_on(engine) && vt_clock_now() < end;
    }
    release(work);
    return on;
}

void vt_columns_care(vt_engine *engine)
{
    vt_error error = VT_ERROR_INIT;
    const vt_columns_pace pace = {.go_on = go_on, .user = engine};
    vt_catalog_reader *reader =
        wait_for_empty_log(engine) ? vt_catalog_reader_open(engine->catalog, &error) : NULL;
    if (reader &&
        !vt_columns_leave(engine->catalog, reader, engine->columns_path, &pace, &engine->log, &error)) {
        vt_log_write(&engine->log, VT_LOG_DEBUG, "no columns file yet: %s", error.message);
    }
    vt_catalog_reader_free(reader);
}
