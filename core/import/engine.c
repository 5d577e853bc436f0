#include "core/import/request_private.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/base/translatable.h"
#include "core/edit/history.h"
#include "core/import/aftercare.h"
#include "core/import/attributes_load.h"
#include "core/import/columns_care.h"
#include "core/import/errand.h"
#include "core/import/file_work_private.h"
#include "core/import/journal_notes.h"
#include "core/import/sequence_edit.h"
#include "core/import/sequence_facts.h"
#include "core/import/shared_thumb.h"
#include "core/import/sidecars_private.h"
#include "core/index/columns.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool open_catalog(vt_engine *engine, const vt_engine_options *options, vt_error *error)
{
    vt_catalog_options how = {
        .mode = options->read_only ? VT_CATALOG_READ_ONLY : VT_CATALOG_READ_WRITE,
        .log = vt_log_for(&options->log, "catalog"),
    };
    char *standard = options->catalog_path ? NULL : vt_catalog_default_path(error);
    const char *path = options->catalog_path ? options->catalog_path : standard;
    vt_error fault = VT_ERROR_INIT;
    engine->catalog = path ? vt_catalog_open(path, &how, &fault) : NULL;
    if (path && !engine->catalog && fault.code == VT_ERROR_BUSY && options->read_only_if_busy) {
        how.mode = VT_CATALOG_READ_ONLY;
        engine->catalog = vt_catalog_open(path, &how, &fault);
    }
    if (path && !engine->catalog && error) {
        *error = fault;
    }
    free(standard);
    if (!engine->catalog) {
        return false;
    }
    if (!vt_catalog_is_read_only(engine->catalog)) {
        engine->catalog_writer = vt_catalog_writer_create(engine->catalog, error);
        engine->history = vt_history_create();
        if (!engine->history) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the import engine");
        }
        if (!engine->catalog_writer ||
            !vt_unfinished_list_read(engine->catalog, &engine->unfinished, error)) {
            return false;
        }
    }
    if (options->with_index) { /* without a place for it there is none */
        engine->columns_path =
            options->columns_path ? strdup(options->columns_path) : vt_columns_path(engine->catalog, NULL);
    }
    engine->thumbs = vt_thumbs_open(engine->catalog, options->thumbs_path, error);
    return engine->thumbs != NULL;
}

static bool start_helpers(vt_engine *engine, const vt_engine_options *options, vt_error *error)
{
    char *found = options->decoder_path ? NULL : vt_helper_program_find(error);
    const vt_helper_pool_options how = {
        .program = options->decoder_path ? options->decoder_path : found,
        .workers = (unsigned)engine->jobs,
        .limits = options->settings ? vt_settings_limits(options->settings) : vt_limits_default,
        .log = vt_log_for(&options->log, "helper"),
    };
    engine->helpers = how.program ? vt_helper_pool_create(&how, error) : NULL;
    free(found);
    return engine->helpers != NULL;
}

void vt_engine_weigh_index(vt_engine *engine)
{
    size_t columns, names;
    vt_index_memory(engine->index, &columns, &names);
    vt_registry_report(engine->resources, engine->index_resource, (int64_t)(columns + names));
}

/* Loads the index, as a task; then tells the main thread. */
typedef struct loading {
    vt_message message; /* first */
    vt_engine *engine;
    atomic_bool cancelled;
    vt_error error;
} loading;

/* The next start shall not take so long, even if nobody ends this program in order. */
static void ask_for_columns(vt_engine *engine)
{
    bool kept = vt_columns_are_kept(engine);
    pthread_mutex_lock(&engine->lock);
    engine->care.columns_due = engine->care.columns_due || kept;
    pthread_mutex_unlock(&engine->lock);
}

/* The rows from the columns file, if there is one of this very state of the catalog. */
static bool load_columns(loading *work, vt_catalog_reader *reader)
{
    vt_engine *engine = work->engine;
    vt_error why = VT_ERROR_INIT;
    int64_t begun = vt_clock_now();
    if (!engine->columns_path) {
        return false;
    }
    if (vt_columns_load(engine->index, engine->catalog, reader, engine->columns_path, &work->cancelled,
                        &why)) {
        vt_log_write(&engine->log, VT_LOG_INFO, "the rows come from the columns file %s: after_ms=%.1f",
                     engine->columns_path, (double)(vt_clock_now() - begun) / 1e6);
        return true;
    }
    if (why.code == VT_ERROR_CORRUPT || why.code == VT_ERROR_TRUNCATED || why.code == VT_ERROR_IO) {
        unlink(engine->columns_path); /* so that the next one is not taken for it */
    }
    vt_log_write(&engine->log, why.code == VT_ERROR_NOT_FOUND ? VT_LOG_DEBUG : VT_LOG_INFO,
                 "the columns file %s is not used: %s", engine->columns_path, why.message);
    return false;
}

static bool load_catalog(loading *work, vt_catalog_reader *reader, vt_error *error)
{
    vt_catalog *catalog = work->engine->catalog;
    /* Who has the catalog for writing is alone with it, and writes nothing before the index is loaded. */
    bool alone = !vt_catalog_is_read_only(catalog);
    vt_catalog_reader *second = alone ? vt_catalog_reader_open(catalog, NULL) : NULL;
    bool loaded = vt_index_load(work->engine->index, reader, second, &work->cancelled, error);
    vt_catalog_reader_free(second);
    if (loaded) {
        ask_for_columns(work->engine);
    }
    return loaded;
}

static bool load(vt_task *task, void *user, vt_error *error)
{
    loading *work = user;
    (void)task;
    vt_catalog_reader *reader = vt_catalog_reader_open(work->engine->catalog, error);
    bool loaded = reader && (load_columns(work, reader) || load_catalog(work, reader, error));
    vt_engine_weigh_index(work->engine);
    vt_catalog_reader_free(reader);
    return loaded;
}

static void loaded(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    loading *work = user;
    vt_engine *engine = work->engine;
    work->error = *error;
    pthread_mutex_lock(&engine->lock);
    engine->loading = NULL;
    pthread_mutex_unlock(&engine->lock);
    if (!vt_mailbox_post(engine->mailbox, &work->message)) {
        free(work);
    }
    bool goes_on = state == VT_TASK_DONE && !vt_cancel_requested(engine->cancel);
    bool started = goes_on && vt_attributes_load_start(engine);
    pthread_mutex_lock(&engine->lock);
    engine->index_ready = engine->index_ready || !started;
    engine->tasks--;
    pthread_cond_signal(&engine->beat);
    pthread_mutex_unlock(&engine->lock);
}

static void deliver_loaded(vt_message *message, void *actor)
{
    vt_engine *engine = actor;
    loading *work = (loading *)message;
    if (engine->index_loaded) {
        engine->index_loaded(engine->user, work->error.code == VT_ERROR_NONE ? NULL : &work->error);
    }
    free(work);
}

static void discard_loaded(vt_message *message)
{
    free(message);
}

static const vt_message_ops loaded_ops = {"index-loaded", deliver_loaded, discard_loaded};
static const vt_task_ops load_ops = {"index-load", load, loaded, NULL};

static bool start_loading(vt_engine *engine, vt_error *error)
{
    engine->index = vt_index_create();
    loading *work = calloc(1, sizeof *work);
    const vt_resource resource = {.name = VT_TR_NOOP("performance", "index"), .cost = VT_RESOURCE_FIXED};
    engine->index_resource = vt_registry_add(engine->resources, &resource, NULL);
    if (!engine->index || !work) {
        free(work);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the index");
    }
    work->message.ops = &loaded_ops;
    work->engine = engine;
    vt_task *task = vt_task_create(&load_ops, work, engine->cancel);
    if (!task) {
        free(work);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the index");
    }
    pthread_mutex_lock(&engine->lock);
    engine->index_ready = false;
    engine->loading = &work->cancelled;
    engine->tasks++;
    pthread_mutex_unlock(&engine->lock);
    bool started = vt_executor_submit(engine->executor, task, VT_PRIORITY_CRITICAL, error);
    vt_task_unref(task);
    if (!started) {
        pthread_mutex_lock(&engine->lock);
        engine->loading = NULL;
        engine->tasks--;
        pthread_mutex_unlock(&engine->lock);
        free(work);
    }
    return started;
}

static bool start_sidecars(vt_engine *engine, vt_error *error)
{
    if (!engine->catalog_writer) {
        return true;
    }
    vt_sidecars_mark_edits(engine->catalog_writer, vt_engine_sidecar_use(engine) == VT_SIDECARS_ON_WRITE);
    engine->sidecars = vt_sidecar_service_create(engine, error);
    return engine->sidecars != NULL;
}

/* The parts that need no undoing of their own but vt_engine_free. */
static bool set_up(vt_engine *engine, const vt_engine_options *options, vt_error *error)
{
    engine->cancel = vt_cancel_create(NULL);
    engine->batch = vt_writer_batch_create();
    engine->rows = calloc(VT_REQUEST_BUCKETS, sizeof *engine->rows);
    if (!engine->cancel || !engine->batch || !engine->rows) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the import engine");
    }
    /* One notice per import, one answer per request, edit and errand, two of the index (it is there, it has
       changed), one of side-cars, and trouble. */
    const size_t messages = VT_IMPORTS_MAX * 2 + VT_REQUESTS_MAX * 2 + VT_SEQUENCE_EDITS_MAX +
                            VT_FACTS_REQUESTS_MAX + VT_ERRANDS_MAX + VT_FILE_WORKS_MAX + 3 + VT_TROUBLE_COUNT;
    engine->mailbox = vt_mailbox_create(messages, engine->wake, engine->user, engine, error);
    engine->resources = vt_registry_create(error);
    if (engine->resources && options->settings) {
        vt_settings_set_quotas(options->settings, engine->resources);
    }
    engine->memory = options->settings ? vt_settings_memory(options->settings) : vt_memory_limits_default();
    engine->batch_entries = VT_BATCH_ENTRIES;
    engine->batch_most = VT_IN_FLIGHT_LIMIT;
    const vt_governor_options how = {
        .limits = engine->memory,
        .registry = engine->resources,
        .used = vt_pulse_memory,
        .user = engine,
    };
    engine->wanted = vt_priority_queue_create(VT_REQUESTS_MAX, error);
    engine->governor = engine->resources ? vt_governor_create(&how, error) : NULL;
    if (!engine->mailbox || !engine->wanted || !engine->governor || !open_catalog(engine, options, error)) {
        return false;
    }
    engine->claims = vt_claims_create(engine->catalog);
    return (engine->claims || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the import engine")) &&
           start_helpers(engine, options, error) && vt_pulse_start(engine, error) &&
           start_sidecars(engine, error) && (!options->with_index || start_loading(engine, error)) &&
           vt_file_works_settle(engine, error);
}

vt_engine *vt_engine_create(const vt_engine_options *options, vt_error *error)
{
    vt_engine *engine = calloc(1, sizeof *engine);
    if (!engine) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the import engine");
        return NULL;
    }
    engine->executor = options->executor;
    engine->jobs_given = options->jobs > 0;
    bool of_settings = !engine->jobs_given && options->settings;
    engine->jobs =
        vt_engine_jobs_for(of_settings ? (int)options->settings->values[VT_SETTING_JOBS] : options->jobs);
    engine->chunk = vt_chunk_policy_start(VT_IN_FLIGHT_LIMIT);
    engine->log = vt_log_for(&options->log, "import");
    engine->shared = vt_shared_thumbs_create(options->shared_thumbs, &engine->log);
    const vt_settings standard = vt_settings_default();
    vt_engine_take_choices(engine, options->settings ? options->settings : &standard);
    engine->wake = options->wake;
    engine->index_loaded = options->index_loaded;
    engine->rows_changed = options->rows_changed;
    engine->trouble = options->trouble;
    engine->sidecars_changed = options->sidecars_changed;
    engine->snapshots = options->snapshots;
    engine->user = options->user;
    engine->index_ready = true;
    engine->edits_end = &engine->edits_first;
    vt_mpsc_init(&engine->decoded);
    pthread_mutex_init(&engine->lock, NULL);
    if (!vt_cond_init(&engine->beat) || !vt_cond_init(&engine->room) || !set_up(engine, options, error)) {
        vt_engine_free(engine);
        return NULL;
    }
    return engine;
}

/* Leaves all that the hanging threads may touch. */
static void leave(vt_engine *engine)
{
    vt_error error = VT_ERROR_INIT;
    vt_log_write(&engine->log, VT_LOG_WARN,
                 "a disk or server does not answer; the program ends without waiting for it");
    if (engine->catalog_writer && !vt_catalog_writer_checkpoint(engine->catalog_writer, &error)) {
        vt_log_write(&engine->log, VT_LOG_WARN, "%s", error.message);
    }
    vt_catalog_writer_free(engine->catalog_writer);
}

bool vt_engine_free(vt_engine *engine)
{
    if (!engine) {
        return true;
    }
    bool all_ended = true;
    if (engine->has_pulse) {
        /* Before all else: one that is idle, because it is held, would end as cancelled. */
        for (vt_import *import = engine->imports; import; import = vt_import_next(import)) {
            vt_import_interrupt(import);
        }
        vt_cancel_request(engine->cancel);
        pthread_mutex_lock(&engine->lock);
        if (engine->loading) {
            atomic_store(engine->loading, true);
        }
        pthread_cond_broadcast(&engine->room);
        pthread_mutex_unlock(&engine->lock);
        vt_requests_cancel_all(engine);
        while (engine->imports) {
            vt_import_free(engine->imports);
        }
        bool written = vt_sidecar_service_stop(engine->sidecars); /* while the writer still is at work */
        all_ended = vt_pulse_stop(engine) && written;
    }
    if (!all_ended) {
        leave(engine);
        return false;
    }
    vt_aftercare_stop(engine);
    vt_journal_free(engine);
    vt_governor_free(engine->governor);
    vt_registry_free(engine->resources);
    vt_helper_pool_free(engine->helpers);
    vt_shared_thumbs_free(engine->shared);
    vt_errands_drop(engine);
    vt_file_works_drop(engine);
    vt_mailbox_free(engine->mailbox);
    vt_sidecar_service_free(engine->sidecars);
    vt_history_free(engine->history);
    vt_priority_queue_free(engine->wanted);
    vt_claims_free(engine->claims);
    vt_index_free(engine->index);
    vt_thumbs_close(engine->thumbs);
    vt_catalog_writer_free(engine->catalog_writer);
    vt_catalog_close(engine->catalog);
    vt_cancel_unref(engine->cancel);
    free(engine->columns_path);
    free(engine->batch);
    free(engine->rows);
    pthread_cond_destroy(&engine->beat);
    pthread_cond_destroy(&engine->room);
    pthread_mutex_destroy(&engine->lock);
    free(engine);
    return true;
}

static void deliver_rows_changed(vt_message *message, void *actor)
{
    (void)message;
    vt_engine *engine = actor;
    atomic_store(&engine->rows_news_on, false);
    if (engine->rows_changed) {
        engine->rows_changed(engine->user);
    }
}

static void discard_rows_changed(vt_message *message)
{
    (void)message; /* part of the engine */
}

static const vt_message_ops rows_changed_ops = {"rows-changed", deliver_rows_changed, discard_rows_changed};

void vt_engine_tell_rows_changed(vt_engine *engine)
{
    if (!atomic_exchange(&engine->rows_news_on, true)) {
        engine->rows_news.ops = &rows_changed_ops;
        vt_mailbox_post(engine->mailbox, &engine->rows_news);
    }
}

bool vt_engine_deliver(vt_engine *engine, int64_t budget_ns)
{
    int64_t begun = vt_clock_now();
    int64_t worked = vt_clock_thread_cpu();
    size_t handled = vt_mailbox_drain(engine->mailbox, budget_ns > 0 ? budget_ns : VT_FOREVER);
    if (handled > 0) {
        int64_t took = vt_clock_now() - begun;
        int64_t work = vt_clock_thread_cpu() - worked;
        engine->turns++;
        engine->turn_ns_total += took;
        engine->turn_ns_max = took > engine->turn_ns_max ? took : engine->turn_ns_max;
        engine->turn_work_ns_max = work > engine->turn_work_ns_max ? work : engine->turn_work_ns_max;
    }
    vt_mailbox_stats stats;
    vt_mailbox_get_stats(engine->mailbox, &stats);
    return stats.waiting > 0;
}

vt_catalog *vt_engine_catalog(vt_engine *engine)
{
    return engine->catalog;
}

vt_thumbs *vt_engine_thumbs(vt_engine *engine)
{
    return engine->thumbs;
}

vt_index *vt_engine_index(vt_engine *engine)
{
    return engine->index;
}

vt_registry *vt_engine_resources(vt_engine *engine)
{
    return engine->resources;
}

vt_governor *vt_engine_governor(vt_engine *engine)
{
    return engine->governor;
}

bool vt_engine_is_read_only(const vt_engine *engine)
{
    return engine->catalog_writer == NULL;
}
