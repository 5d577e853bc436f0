#include "core/import/duplicates_follow.h"

#include "core/import/duplicates.h"
#include "core/import/errand.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct follow {
    vt_engine *engine;
    atomic_bool cancelled;
    unsigned searches; /* when it was begun */
} follow;

/* Gives up when the engine ends, and for now when the user has files compared himself. */
static void progress(void *user, vt_duplicates_phase phase, uint64_t done, uint64_t total)
{
    (void)phase;
    (void)done;
    (void)total;
    follow *of = user;
    pthread_mutex_lock(&of->engine->lock);
    bool ends = of->engine->stopping || (of->engine->searching && of->engine->searching_same);
    pthread_mutex_unlock(&of->engine->lock);
    if (ends || !atomic_load(&of->engine->twins_follow)) {
        atomic_store(&of->cancelled, true);
    }
}

/* ---- what was found: the writer's ---- */

typedef struct finding {
    vt_twins_found kept; /* `twins` owned */
    unsigned searches;
} finding;

static bool write_finding(vt_engine *engine, void *user, vt_error *error)
{
    const finding *what = user;
    if (atomic_load(&engine->twins_searches) != what->searches) {
        return true; /* the user's own is newer */
    }
    bool done = vt_catalog_writer_put_twins(engine->catalog_writer, VT_TWIN_SAME, &what->kept, error) &&
                vt_index_set_twins(engine->index, VT_TWIN_SAME, &what->kept, error) &&
                vt_index_publish(engine->index, error);
    vt_engine_weigh_index(engine);
    if (done) {
        vt_engine_tell_rows_changed(engine);
    }
    return done;
}

static void release_finding(void *user)
{
    free(((finding *)user)->kept.twins);
    free(user);
}

static const vt_errand_ops finding_ops = {"duplicates", write_finding, NULL, release_finding};

static bool is_same(const vt_twins_found *a, const vt_twins_found *b)
{
    bool same = a->count == b->count && a->last_id == b->last_id;
    for (uint32_t i = 0; same && i < a->count; i++) {
        same = a->twins[i].id == b->twins[i].id && a->twins[i].stamp == b->twins[i].stamp &&
               a->twins[i].group == b->twins[i].group && a->twins[i].file == b->twins[i].file;
    }
    return same;
}

static bool keep(const follow *of, const vt_duplicates_result *result, const vt_twins_found *known,
                 vt_error *error)
{
    finding *what = calloc(1, sizeof *what);
    if (!what || !vt_duplicates_remember(result, &what->kept)) {
        free(what);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the duplicates");
    }
    what->searches = of->searches;
    if (is_same(&what->kept, known)) {
        release_finding(what);
        return true;
    }
    return vt_errand_post(of->engine, &finding_ops, what, error);
}

/* ---- */

static bool read_known(vt_engine *engine, vt_twins_found *known, bool *any, vt_error *error)
{
    vt_catalog_reader *reader = vt_catalog_reader_open(engine->catalog, error);
    bool done = reader && vt_catalog_reader_twins(reader, VT_TWIN_SAME, known, any, error);
    vt_catalog_reader_free(reader);
    return done;
}

static bool find(follow *of, const vt_twins_found *known, int64_t *files_read, vt_error *error)
{
    vt_engine *engine = of->engine;
    const vt_duplicates_options options = {
        .same = true, .known = known, .cancelled = &of->cancelled, .progress = progress, .user = of};
    vt_duplicates_result result;
    const vt_snapshot *snapshot = vt_index_snapshot(engine->index);
    bool done = vt_duplicates_find(engine->catalog, NULL, snapshot, &options, &result, error);
    vt_snapshot_release(snapshot);
    *files_read = (int64_t)result.files_read;
    if (done && result.files_read > 0) {
        vt_log_write(&engine->log, VT_LOG_INFO, "duplicates: %" PRId64 " files compared, %u items in groups",
                     *files_read, result.found[VT_TWIN_SAME].count);
    }
    done = done && keep(of, &result, known, error);
    vt_duplicates_clear(&result);
    return done;
}

void vt_duplicates_follow(vt_engine *engine)
{
    follow of = {.engine = engine, .searches = atomic_load(&engine->twins_searches)};
    vt_twins_found known = {0};
    vt_error error = VT_ERROR_INIT;
    bool any = false;
    int64_t files_read = 0;
    bool done = read_known(engine, &known, &any, &error) && (!any || find(&of, &known, &files_read, &error));
    free(known.twins);
    if (!done && error.code != VT_ERROR_CANCELLED) {
        vt_log_write(&engine->log, VT_LOG_WARN, "duplicates were not brought up to date: %s", error.message);
    }
    pthread_mutex_lock(&engine->lock);
    engine->care.twins_due = engine->care.twins_due || error.code == VT_ERROR_CANCELLED; /* later */
    engine->care.twins_runs++;
    engine->care.twins_files_read += files_read;
    pthread_mutex_unlock(&engine->lock);
}
