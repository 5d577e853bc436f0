#include "core/import/watch_private.h"

#include "core/base/str.h"
#include "core/base/thread.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define POLL_NS   (60 * VT_NS_PER_S)
#define ANSWER_NS (5 * VT_NS_PER_S)

/* ---- lines for the user ---- */

typedef struct line {
    vt_message message; /* first */
    vt_watch *watch;    /* a reference */
    char text[600];
} line;

static void deliver_line(vt_message *message, void *actor)
{
    (void)actor;
    line *told = (line *)message;
    vt_watch *watch = told->watch;
    if (!watch->freed && watch->options.listener.told) {
        watch->options.listener.told(watch->options.listener.user, told->text);
    }
    free(told);
    vt_watch_unref(watch);
}

static void discard_line(vt_message *message)
{
    vt_watch_unref(((line *)message)->watch);
    free(message);
}

static const vt_message_ops line_ops = {"watch-line", deliver_line, discard_line};

void vt_watch_tell(vt_watch *watch, const char *format, ...)
{
    line *told = calloc(1, sizeof *told);
    if (!told) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(told->text, sizeof told->text, format, arguments);
    va_end(arguments);
    told->text[vt_utf8_cut(told->text, strlen(told->text))] = '\0';
    told->message.ops = &line_ops;
    told->watch = watch;
    atomic_fetch_add(&watch->references, 1);
    vt_log_write(&watch->engine->log, VT_LOG_INFO, "%s", told->text);
    if (!vt_mailbox_post(watch->engine->mailbox, &told->message)) {
        discard_line(&told->message);
    }
}

/* ---- imports ---- */

void vt_watch_work_free(vt_watch_work *work)
{
    if (work) {
        for (size_t i = 0; i < work->count; i++) {
            free(work->paths[i]);
        }
        for (size_t i = 0; i < work->rename_count; i++) {
            free((char *)work->renames[i].from);
            free((char *)work->renames[i].to);
        }
        free(work);
    }
}

static void end_work(vt_watch *watch, bool network)
{
    vt_watch_work_free(watch->works[network]);
    watch->works[network] = NULL;
    watch->imports[network] = NULL;
    atomic_store(&watch->busy[network], false);
    vt_doorbell_ring(watch->bell);
}

static void finished(void *user, vt_import *import, const vt_import_figures *figures, const vt_error *error)
{
    vt_watch *watch = user;
    const vt_watch_listener *listener = &watch->options.listener;
    bool network = import == watch->imports[true];
    bool changed = figures->imported || figures->updated || figures->moved || figures->missing ||
                   figures->offline || figures->deferred || (error && error->code != VT_ERROR_NOT_FOUND);
    if (error && error->code != VT_ERROR_NOT_FOUND && error->code != VT_ERROR_CANCELLED) {
        vt_watch_tell(watch, "changes were not taken up: %s", error->message);
    }
    if (changed && listener->changed) {
        listener->changed(listener->user, figures);
    }
    vt_import_free(import);
    end_work(watch, network);
}

static void start_work(vt_watch *watch, vt_watch_work *work)
{
    vt_error error = VT_ERROR_INIT;
    const vt_import_options options = {.retry_failures = !work->whole,
                                       .idle = true,
                                       .unnoted = true,
                                       .sequences = vt_engine_sequences(watch->engine),
                                       .siblings = true,
                                       .renames = work->renames,
                                       .rename_count = work->rename_count};
    const vt_import_listener listener = {.finished = finished, .user = watch};
    bool network = work->network;
    watch->works[network] = work;
    watch->imports[network] = vt_engine_import(watch->engine, (const char *const *)work->paths, work->count,
                                               &options, &listener, &error);
    if (!watch->imports[network]) {
        if (error.code != VT_ERROR_NOT_FOUND) {
            vt_watch_tell(watch, "changes were not taken up: %s", error.message);
        }
        end_work(watch, network);
    }
}

static void deliver_work(vt_message *message, void *actor)
{
    (void)actor;
    vt_watch_work *work = (vt_watch_work *)message;
    vt_watch *watch = work->watch;
    if (watch->freed) {
        vt_watch_work_free(work);
    } else {
        start_work(watch, work);
    }
    vt_watch_unref(watch);
}

static void discard_work(vt_message *message)
{
    vt_watch_work *work = (vt_watch_work *)message;
    vt_watch *watch = work->watch;
    vt_watch_work_free(work);
    vt_watch_unref(watch);
}

static const vt_message_ops work_ops = {"watch-work", deliver_work, discard_work};

void vt_watch_post(vt_watch *watch, vt_watch_work *work)
{
    work->message.ops = &work_ops;
    work->watch = watch;
    atomic_fetch_add(&watch->references, 1);
    atomic_store(&watch->busy[work->network], true);
    pthread_mutex_lock(&watch->lock);
    watch->figures.imports++;
    pthread_mutex_unlock(&watch->lock);
    if (!vt_mailbox_post(watch->engine->mailbox, &work->message)) {
        atomic_store(&watch->busy[work->network], false);
        discard_work(&work->message);
    }
}

/* ---- life ---- */

void vt_watch_unref(vt_watch *watch)
{
    if (atomic_fetch_sub(&watch->references, 1) > 1) {
        return;
    }
    while (watch->roots) {
        vt_watched_root *next = watch->roots->next;
        vt_probe_free(watch->roots->probe);
        free(watch->roots);
        watch->roots = next;
    }
    for (size_t i = 0; i < watch->rename_count; i++) {
        free((char *)watch->renames[i].from);
        free((char *)watch->renames[i].to);
    }
    vt_notify_free(watch->notify);
    vt_pending_free(watch->pending);
    vt_catalog_reader_free(watch->reader);
    vt_doorbell_free(watch->bell);
    if (watch->mounts >= 0) {
        close(watch->mounts);
    }
    pthread_mutex_destroy(&watch->lock);
    free(watch);
}

static bool set_up(vt_watch *watch, vt_error *error)
{
    watch->pending = vt_pending_create();
    if (!watch->pending) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for watching folders");
    }
    watch->bell = vt_doorbell_create(error);
    watch->notify = watch->bell ? vt_notify_create(watch->options.watches_limit, error) : NULL;
    watch->reader = watch->notify ? vt_catalog_reader_open(watch->engine->catalog, error) : NULL;
    if (!watch->reader) {
        return false;
    }
    watch->mounts = open(VT_VOLUME_MOUNTS, O_RDONLY | O_CLOEXEC); /* without it nobody sees volumes go */
    int failed = vt_thread_start(&watch->thread, "watch", vt_watch_run, watch);
    watch->has_thread = failed == 0;
    return failed == 0 || vt_error_set_errno(error, failed, "cannot start a thread that watches folders");
}

vt_watch *vt_watch_create(vt_engine *engine, const vt_watch_options *options, vt_error *error)
{
    if (!engine->catalog_writer) {
        vt_error_set(error, VT_ERROR_READ_ONLY, "cannot watch: the catalog %s is open for reading only",
                     vt_catalog_path(engine->catalog));
        return NULL;
    }
    vt_watch *watch = calloc(1, sizeof *watch);
    if (!watch || pthread_mutex_init(&watch->lock, NULL) != 0) {
        free(watch);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for watching folders");
        return NULL;
    }
    watch->engine = engine;
    watch->options = options ? *options : (vt_watch_options){0};
    watch->options.poll_ns = watch->options.poll_ns > 0 ? watch->options.poll_ns : POLL_NS;
    watch->options.answer_ns = watch->options.answer_ns > 0 ? watch->options.answer_ns : ANSWER_NS;
    watch->mounts = -1;
    atomic_init(&watch->references, 1);
    if (!set_up(watch, error)) {
        vt_watch_unref(watch);
        return NULL;
    }
    return watch;
}

void vt_watch_free(vt_watch *watch)
{
    if (!watch) {
        return;
    }
    watch->freed = true;
    atomic_store(&watch->stopping, true);
    vt_doorbell_ring(watch->bell);
    pthread_join(watch->thread, NULL);
    for (int i = 0; i < 2; i++) {
        vt_import_free(watch->imports[i]);
        vt_watch_work_free(watch->works[i]);
        watch->works[i] = NULL;
    }
    vt_watch_unref(watch);
}

void vt_watch_refresh(vt_watch *watch)
{
    atomic_store(&watch->refresh, true);
    vt_doorbell_ring(watch->bell);
}

void vt_watch_get_figures(vt_watch *watch, vt_watch_figures *figures)
{
    pthread_mutex_lock(&watch->lock);
    *figures = watch->figures;
    pthread_mutex_unlock(&watch->lock);
}
