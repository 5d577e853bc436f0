#include "core/import/operation_private.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/base/path.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static void unref(vt_import *import)
{
    if (atomic_fetch_sub(&import->references, 1) > 1) {
        return;
    }
    while (import->failures) {
        vt_waiting_failure *next = import->failures->next;
        free(import->failures);
        import->failures = next;
    }
    for (size_t i = 0; i < import->path_count; i++) {
        free(import->paths[i]);
    }
    free(import->paths);
    vt_progress_free(import->progress);
    vt_cancel_unref(import->cancel);
    pthread_cond_destroy(&import->ended);
    pthread_mutex_destroy(&import->lock);
    free(import);
}

/* With the lock held; true if the caller must post the notice after giving it up. */
static bool want_notice_locked(vt_import *import)
{
    if (import->posted) {
        return false;
    }
    import->posted = true;
    atomic_fetch_add(&import->references, 1);
    return true;
}

static void post(vt_import *import)
{
    if (!vt_mailbox_post(import->engine->mailbox, &import->message)) {
        unref(import); /* closed: nobody listens any more */
    }
}

static void notify(vt_import *import)
{
    pthread_mutex_lock(&import->lock);
    bool wanted = want_notice_locked(import);
    pthread_mutex_unlock(&import->lock);
    if (wanted) {
        post(import);
    }
}

static void report_progress(void *user, const vt_progress_report *report)
{
    (void)report;
    vt_import *import = user;
    pthread_mutex_lock(&import->lock);
    import->progress_due = true;
    bool wanted = want_notice_locked(import);
    pthread_mutex_unlock(&import->lock);
    if (wanted) {
        post(import);
    }
}

void vt_import_entry_begun(vt_import *import)
{
    pthread_mutex_lock(&import->lock);
    import->open++;
    pthread_mutex_unlock(&import->lock);
}

/* Nothing of the import is under way any more. Whoever waits may free it as soon as `over` is seen. */
static void end(vt_import *import)
{
    vt_engine *engine = import->engine;
    atomic_fetch_add(&import->references, 1);
    vt_progress_finish(import->progress);
    pthread_mutex_lock(&import->lock);
    import->figures.seconds = (double)(vt_clock_now() - import->begun_ns) / (double)VT_NS_PER_S;
    if (import->error.code == VT_ERROR_NONE && vt_cancel_requested(import->cancel)) {
        vt_error_set(&import->error, VT_ERROR_CANCELLED,
                     "the import was stopped; what was finished is kept, and the next import goes on");
    }
    import->over = true;
    bool wanted = want_notice_locked(import);
    pthread_cond_broadcast(&import->ended);
    pthread_mutex_unlock(&import->lock);
    if (wanted) {
        post(import);
    }
    pthread_mutex_lock(&engine->lock);
    engine->active--;
    pthread_cond_signal(&engine->beat);
    pthread_mutex_unlock(&engine->lock);
    unref(import);
}

void vt_import_entry_ended(vt_import *import)
{
    pthread_mutex_lock(&import->lock);
    bool last = --import->open == 0;
    pthread_mutex_unlock(&import->lock);
    if (last) {
        end(import);
    }
}

bool vt_import_is_cancelled(const vt_import *import)
{
    return vt_cancel_requested(import->cancel);
}

vt_cancel *vt_import_token(vt_import *import)
{
    return import->cancel;
}

int vt_import_cancel_fd(const vt_import *import)
{
    return import->cancel_fd;
}

void vt_import_decoded(vt_import *import)
{
    pthread_mutex_lock(&import->lock);
    import->figures.decoded++;
    pthread_mutex_unlock(&import->lock);
}

void vt_import_walked(vt_import *import, const vt_walk_counts *counts, const vt_scan_figures *scan)
{
    pthread_mutex_lock(&import->lock);
    vt_import_figures *figures = &import->figures;
    figures->found += counts->found;
    figures->unchanged += counts->unchanged;
    figures->failed += counts->failed;
    figures->skipped = scan->skipped;
    figures->links = scan->links;
    figures->folders = scan->folders;
    pthread_mutex_unlock(&import->lock);
    if (counts->found > 0) {
        vt_progress_add_found(import->progress, (uint64_t)counts->found);
    }
    if (counts->unchanged > 0) {
        vt_progress_increment(import->progress, (uint64_t)counts->unchanged);
    }
    if (counts->failed > 0) {
        vt_progress_increment_failed(import->progress, (uint64_t)counts->failed);
    }
}

void vt_import_walk_ended(vt_import *import)
{
    vt_engine *engine = import->engine;
    pthread_mutex_lock(&import->lock);
    import->figures.scanned = true;
    uint64_t total = (uint64_t)import->figures.found;
    pthread_mutex_unlock(&import->lock);
    vt_progress_set_total(import->progress, total);
    pthread_mutex_lock(&engine->lock);
    engine->scanning--;
    pthread_cond_signal(&engine->beat);
    pthread_mutex_unlock(&engine->lock);
    vt_import_entry_ended(import);
}

void vt_import_committed(vt_import *import, const vt_import_batch *batch, int64_t unchanged)
{
    pthread_mutex_lock(&import->lock);
    import->figures.imported += batch->imported;
    import->figures.updated += batch->updated;
    import->figures.failed += batch->failed;
    import->figures.missing += batch->missing;
    import->figures.unchanged += unchanged;
    vt_import_batch *waiting = &import->batch;
    if (!import->batch_due) {
        *waiting = *batch;
    } else { /* one for all that the main thread did not take up yet; rows of other imports lie between */
        waiting->imported += batch->imported;
        waiting->updated += batch->updated;
        waiting->failed += batch->failed;
        waiting->missing += batch->missing;
        waiting->row_count = batch->first_row + batch->row_count - waiting->first_row;
    }
    import->batch_due = true;
    bool wanted = want_notice_locked(import);
    pthread_mutex_unlock(&import->lock);
    if (wanted) {
        post(import);
    }
    int64_t done = batch->imported + batch->updated + unchanged;
    if (done > 0) {
        vt_progress_increment(import->progress, (uint64_t)done);
    }
    if (batch->failed > 0) {
        vt_progress_increment_failed(import->progress, (uint64_t)batch->failed);
    }
}

void vt_import_failed_item(vt_import *import, const vt_failure *failure)
{
    size_t message_length = strlen(failure->message);
    vt_waiting_failure *waiting = malloc(sizeof *waiting + failure->path_length + message_length + 2);
    if (!waiting) {
        return; /* it is in the catalog */
    }
    waiting->next = NULL;
    waiting->failure = *failure;
    memcpy(waiting->text, failure->path, failure->path_length);
    waiting->text[failure->path_length] = '\0';
    memcpy(waiting->text + failure->path_length + 1, failure->message, message_length + 1);
    waiting->failure.path = waiting->text;
    waiting->failure.message = waiting->text + failure->path_length + 1;
    pthread_mutex_lock(&import->lock);
    bool room = import->failure_count < VT_FAILURES_WAITING_MAX;
    if (room) {
        *import->failures_end = waiting;
        import->failures_end = &waiting->next;
        import->failure_count++;
    }
    pthread_mutex_unlock(&import->lock);
    if (!room) {
        free(waiting);
    }
}

void vt_import_abort(vt_import *import, const vt_error *error)
{
    pthread_mutex_lock(&import->lock);
    if (import->error.code == VT_ERROR_NONE) {
        import->error = *error;
    }
    pthread_mutex_unlock(&import->lock);
    vt_import_cancel(import);
}

void vt_import_cancel(vt_import *import)
{
    vt_engine *engine = import->engine;
    vt_cancel_request(import->cancel);
    pthread_mutex_lock(&engine->lock);
    pthread_cond_broadcast(&engine->room); /* its walk may be waiting for room */
    pthread_mutex_unlock(&engine->lock);
    vt_pipeline_dispatch(engine); /* drops what waits */
}

bool vt_import_wait(vt_import *import, int64_t timeout_ns)
{
    int64_t deadline = timeout_ns < 0 ? VT_FOREVER : vt_deadline_after(timeout_ns);
    pthread_mutex_lock(&import->lock);
    while (!import->over && vt_cond_wait_until(&import->ended, &import->lock, deadline)) {
    }
    bool over = import->over;
    pthread_mutex_unlock(&import->lock);
    return over;
}

void vt_import_get_figures(vt_import *import, vt_import_figures *figures)
{
    vt_progress_report report;
    vt_progress_get_report(import->progress, &report);
    pthread_mutex_lock(&import->lock);
    *figures = import->figures;
    bool over = import->over;
    pthread_mutex_unlock(&import->lock);
    if (!over) {
        figures->seconds = (double)(vt_clock_now() - import->begun_ns) / (double)VT_NS_PER_S;
    }
    int64_t done = figures->imported + figures->updated + figures->unchanged + figures->failed;
    figures->items_per_second = figures->seconds > 0 ? (double)done / figures->seconds : 0;
    figures->remaining_seconds = over ? 0 : (double)report.remaining / (double)VT_NS_PER_S;
    if (report.remaining < 0 && !over) {
        figures->remaining_seconds = -1;
    }
}

/* What one delivery takes out of the import. */
typedef struct notice {
    vt_waiting_failure *failures;
    vt_import_batch batch;
    bool batch_due, progress_due, over, more;
    vt_error error;
} notice;

/* Failures told in one turn: each may cost the window a row of a list. */
#define FAILURES_PER_TURN 64

static void take_notice(vt_import *import, notice *taken)
{
    pthread_mutex_lock(&import->lock);
    import->posted = false;
    vt_waiting_failure **last = &import->failures;
    for (int i = 0; i < FAILURES_PER_TURN && *last; i++) {
        last = &(*last)->next;
        import->failure_count--;
    }
    taken->failures = last == &import->failures ? NULL : import->failures;
    if (taken->failures) {
        import->failures = *last;
        *last = NULL;
        if (!import->failures) {
            import->failures_end = &import->failures;
        }
    }
    taken->more = import->failures != NULL;
    taken->batch = import->batch;
    taken->batch_due = import->batch_due;
    taken->progress_due = import->progress_due;
    import->batch_due = import->progress_due = false;
    taken->over = import->over;
    taken->error = import->error;
    pthread_mutex_unlock(&import->lock);
}

static void tell_failures(vt_import *import, vt_waiting_failure *failures)
{
    while (failures) {
        vt_waiting_failure *next = failures->next;
        if (!import->freed && import->listener.item_failed) {
            import->listener.item_failed(import->listener.user, import, &failures->failure);
        }
        free(failures);
        failures = next;
    }
}

/* Each callback may free the import: the notice's reference keeps the memory, `freed` the silence. */
static void deliver(vt_message *message, void *actor)
{
    (void)actor;
    vt_import *import = (vt_import *)message; /* its first member */
    const vt_import_listener *listener = &import->listener;
    notice taken;
    take_notice(import, &taken);
    if (!import->freed && !import->told_started) {
        import->told_started = true;
        if (listener->started) {
            listener->started(listener->user, import);
        }
    }
    tell_failures(import, taken.failures);
    if (!import->freed && taken.batch_due && listener->batch_committed) {
        listener->batch_committed(listener->user, import, &taken.batch);
    }
    vt_import_figures figures;
    if (!import->freed && taken.progress_due && listener->progress) {
        vt_import_get_figures(import, &figures);
        listener->progress(listener->user, import, &figures);
    }
    if (!import->freed && taken.more) {
        notify(import);
    } else if (!import->freed && taken.over && !import->told_finished) {
        import->told_finished = true;
        if (listener->finished) {
            vt_import_get_figures(import, &figures);
            listener->finished(listener->user, import, &figures,
                               taken.error.code == VT_ERROR_NONE ? NULL : &taken.error);
        }
    }
    unref(import);
}

static void discard(vt_message *message)
{
    unref((vt_import *)message);
}

static const vt_message_ops notice_ops = {"import-notice", deliver, discard};

/* Copies of the paths, absolute. False and `error` if one is not there; what was copied stays in `import`. */
static bool take_paths(vt_import *import, const char *const *paths, size_t count, vt_error *error)
{
    import->paths = calloc(count, sizeof *import->paths);
    if (!import->paths) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory while starting an import");
    }
    for (size_t i = 0; i < count; i++) {
        char *absolute = vt_path_absolute(paths[i], error);
        if (!absolute) {
            return false;
        }
        import->paths[import->path_count++] = absolute;
    }
    return true;
}

static vt_import *create(vt_engine *engine, const vt_import_options *options,
                         const vt_import_listener *listener)
{
    vt_import *import = calloc(1, sizeof *import);
    if (!import) {
        return NULL;
    }
    if (pthread_mutex_init(&import->lock, NULL) != 0) {
        free(import);
        return NULL;
    }
    if (!vt_cond_init(&import->ended)) {
        pthread_mutex_destroy(&import->lock);
        free(import);
        return NULL;
    }
    import->message.ops = &notice_ops;
    import->engine = engine;
    atomic_init(&import->references, 1);
    import->failures_end = &import->failures;
    import->options = options ? *options : (vt_import_options){0};
    import->listener = listener ? *listener : (vt_import_listener){0};
    import->begun_ns = vt_clock_now();
    import->open = 1; /* the walk */
    import->cancel = vt_cancel_create(engine->cancel);
    import->progress = vt_progress_create(0, VT_THROTTLE_IMPORT, report_progress, import, NULL);
    if (!import->cancel || !import->progress) {
        unref(import);
        return NULL;
    }
    return import;
}

static bool start(vt_import *import, vt_error *error)
{
    vt_engine *engine = import->engine;
    sigset_t all, before;
    pthread_mutex_lock(&engine->lock);
    bool room = engine->active < VT_IMPORTS_MAX;
    if (room) {
        engine->active++;
        engine->scanning++;
        pthread_cond_signal(&engine->beat);
    }
    pthread_mutex_unlock(&engine->lock);
    if (!room) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "%d imports are under way already; wait until one of them is finished",
                            VT_IMPORTS_MAX);
    }
    notify(import); /* `started` */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* Ctrl+C belongs to the main thread */
    int failed = pthread_create(&import->thread, NULL, vt_import_walk, import);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    import->has_thread = failed == 0;
    if (failed) {
        pthread_mutex_lock(&engine->lock);
        engine->active--;
        engine->scanning--;
        pthread_mutex_unlock(&engine->lock);
        return vt_error_set_errno(error, failed, "cannot start a thread for the import");
    }
    return true;
}

vt_import *vt_engine_import(vt_engine *engine, const char *const *paths, size_t count,
                            const vt_import_options *options, const vt_import_listener *listener,
                            vt_error *error)
{
    if (!engine->catalog_writer) {
        vt_error_set(error, VT_ERROR_READ_ONLY, "cannot import: the catalog %s is open for reading only",
                     vt_catalog_path(engine->catalog));
        return NULL;
    }
    if (count == 0) {
        vt_error_set(error, VT_ERROR_USAGE, "no folder or file to import was given");
        return NULL;
    }
    vt_import *import = create(engine, options, listener);
    if (!import) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory while starting an import");
        return NULL;
    }
    import->cancel_fd = vt_cancel_fd(import->cancel, error);
    if (import->cancel_fd < 0 || !take_paths(import, paths, count, error) || !start(import, error)) {
        import->freed = true; /* its notice, if there is one, tells nobody */
        unref(import);
        return NULL;
    }
    import->next = engine->imports;
    engine->imports = import;
    return import;
}

void vt_import_free(vt_import *import)
{
    if (!import) {
        return;
    }
    vt_import_cancel(import);
    vt_import_wait(import, -1);
    pthread_join(import->thread, NULL);
    import->freed = true;
    vt_import **at = &import->engine->imports;
    while (*at != import) {
        at = &(*at)->next;
    }
    *at = import->next;
    unref(import);
}
