#include "core/import/file_work_private.h"

#include <stdlib.h>
#include <string.h>

static void run_next(vt_engine *engine);

/* ---- making and freeing ---- */

static void free_wish(vt_rename_wish *wish)
{
    free((char *)wish->pattern);
    free((char *)wish->search);
    free((char *)wish->replace);
    free((char *)wish->name);
}

static void release_items(vt_file_items *items)
{
    if (items->release) {
        items->release(items->user);
    }
    *items = (vt_file_items){0};
}

static void destroy(vt_file_work *work)
{
    release_items(&work->items);
    free_wish(&work->wish);
    vt_file_steps_clear(&work->steps);
    for (size_t i = 0; i < work->failure_count; i++) {
        free(work->failures[i].path);
    }
    free(work->failures);
    free(work->recalled);
    vt_cancel_unref(work->cancel);
    free(work);
}

static void unlink_work(vt_file_work *work)
{
    vt_file_work **at = &work->engine->file_works;
    while (*at != work) {
        at = &(*at)->next;
    }
    *at = work->next;
    work->engine->file_work_count--;
}

vt_file_work *vt_file_work_create(vt_engine *engine, vt_file_work_kind kind,
                                  const vt_file_work_listener *listener, vt_error *error)
{
    if (!engine->catalog_writer) {
        vt_error_set(error, VT_ERROR_READ_ONLY,
                     "the catalog %s is open for reading only: nothing is done to files",
                     vt_catalog_path(engine->catalog));
        return NULL;
    }
    if (engine->file_work_count >= VT_FILE_WORKS_MAX) {
        vt_error_set(error, VT_ERROR_LIMIT, "%d works on files wait or can be undone already",
                     VT_FILE_WORKS_MAX);
        return NULL;
    }
    vt_file_work *work = calloc(1, sizeof *work);
    vt_cancel *cancel = work ? vt_cancel_create(engine->cancel) : NULL;
    if (!cancel) {
        free(work);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for files to be moved");
        return NULL;
    }
    work->engine = engine;
    work->kind = work->figures.kind = kind;
    work->listener = *listener;
    work->cancel = cancel;
    vt_file_work **last = &engine->file_works;
    while (*last) {
        last = &(*last)->next;
    }
    *last = work;
    engine->file_work_count++;
    return work;
}

void vt_file_work_put_first(vt_file_work *work)
{
    unlink_work(work);
    work->next = work->engine->file_works;
    work->engine->file_works = work;
    work->engine->file_work_count++;
}

void vt_file_works_drop(vt_engine *engine)
{
    while (engine->file_works) {
        vt_file_work *work = engine->file_works;
        unlink_work(work);
        destroy(work);
    }
}

void vt_file_work_note_failure(vt_file_work *work, const char *path, const vt_error *error)
{
    if (work->failure_count >= VT_FILE_FAILURES_MAX) {
        return;
    }
    if (!work->failures) {
        work->failures = calloc(VT_FILE_FAILURES_MAX, sizeof *work->failures);
    }
    char *copy = work->failures ? strdup(path) : NULL;
    if (copy) {
        work->failures[work->failure_count++] = (vt_file_work_failure){copy, *error};
    }
}

/* ---- from one work to the next ---- */

/* What could not be taken back keeps its new name; one fault, one message. */
static void tell_what_stays(vt_file_work *work)
{
    long long left = (long long)(work->steps.count - work->at);
    vt_error reason = work->fault;
    const char *before = work->first_fault.message;
    const char *which = work->figures.kind == VT_FILE_RENAME_BACK && *before ? "old" : "new";
    vt_error_set(&work->fault, reason.code, "%lld files keep their %s names: %s%s%s", left, which,
                 reason.message, *before ? "; this was to be taken back because: " : "", before);
}

static void tell_settled(vt_file_work *work)
{
    vt_engine *engine = work->engine;
    vt_error told = VT_ERROR_INIT;
    vt_file_settle_tell(work, &told);
    vt_log_write(&engine->log, VT_LOG_WARN, "%s", told.message);
    if (engine->trouble) {
        engine->trouble(engine->user, &told);
    }
}

void vt_file_work_end(vt_file_work *work)
{
    vt_engine *engine = work->engine;
    if (work->figures.taking_back && work->fault.code != VT_ERROR_NONE) {
        tell_what_stays(work);
    } else if (work->fault.code == VT_ERROR_NONE) {
        work->fault = work->first_fault;
    }
    work->ended = true;
    work->running = false;
    release_items(&work->items);
    if (work->settling) {
        bool none = !work->found && work->fault.code == VT_ERROR_NONE;
        bool more = work->found && work->fault.code == VT_ERROR_NONE;
        if (!none) {
            tell_settled(work);
        }
        unlink_work(work);
        destroy(work);
        if (more) {
            vt_file_works_settle(engine, NULL);
        }
    } else if (work->unwanted) {
        unlink_work(work);
        destroy(work);
    } else if (work->listener.finished) {
        work->listener.finished(work->listener.user, work,
                                work->fault.code == VT_ERROR_NONE ? NULL : &work->fault);
    }
    run_next(engine);
}

static void run_next(vt_engine *engine)
{
    vt_file_work *next = NULL;
    for (vt_file_work *work = engine->file_works; work; work = work->next) {
        if (work->running) {
            return;
        }
        next = next || work->ended ? next : work;
    }
    if (next) {
        next->running = true;
        vt_file_work_begin(next);
    }
}

void vt_file_work_start(vt_file_work *work)
{
    run_next(work->engine);
}

/* ---- what is asked ---- */

static vt_file_work *start_with_items(vt_engine *engine, vt_file_work_kind kind, const vt_file_items *items,
                                      const vt_rename_wish *wish, const vt_file_work_listener *listener,
                                      vt_error *error)
{
    vt_file_items own = *items;
    vt_file_work *work = vt_file_work_create(engine, kind, listener, error);
    if (!work) {
        release_items(&own);
        return NULL;
    }
    work->items = own;
    if (wish) {
        work->has_wish = true;
        work->wish = (vt_rename_wish){wish->pattern ? strdup(wish->pattern) : NULL,
                                      wish->search ? strdup(wish->search) : NULL,
                                      wish->replace ? strdup(wish->replace) : NULL,
                                      wish->name ? strdup(wish->name) : NULL, wish->hidden};
        if ((wish->pattern && !work->wish.pattern) || (wish->search && !work->wish.search) ||
            (wish->replace && !work->wish.replace) || (wish->name && !work->wish.name)) {
            unlink_work(work);
            destroy(work);
            vt_error_set(error, VT_ERROR_MEMORY, "out of memory for new names");
            return NULL;
        }
    }
    vt_file_work_start(work);
    return work;
}

vt_file_work *vt_engine_trash(vt_engine *engine, const vt_file_items *items,
                              const vt_file_work_listener *listener, vt_error *error)
{
    return start_with_items(engine, VT_FILE_TRASH, items, NULL, listener, error);
}

vt_file_work *vt_engine_delete(vt_engine *engine, const vt_file_items *items,
                               const vt_file_work_listener *listener, vt_error *error)
{
    return start_with_items(engine, VT_FILE_DELETE, items, NULL, listener, error);
}

vt_file_work *vt_engine_rename(vt_engine *engine, const vt_file_items *items, const vt_rename_wish *wish,
                               const vt_file_work_listener *listener, vt_error *error)
{
    return start_with_items(engine, VT_FILE_RENAME, items, wish, listener, error);
}

bool vt_file_work_can_undo(const vt_file_work *work)
{
    return work->ended && work->kept.id != 0;
}

vt_file_finished vt_file_work_kept(const vt_file_work *work)
{
    return work->ended ? work->kept : (vt_file_finished){0};
}

vt_file_work *vt_engine_undo_files(vt_engine *engine, const vt_file_work *of,
                                   const vt_file_work_listener *listener, vt_error *error)
{
    if (!vt_file_work_can_undo(of)) {
        vt_error_set(error, VT_ERROR_USAGE, "what was done to these files cannot be undone");
        return NULL;
    }
    return vt_engine_undo_finished(engine, &of->kept, listener, error);
}

vt_file_work *vt_engine_undo_finished(vt_engine *engine, const vt_file_finished *of,
                                      const vt_file_work_listener *listener, vt_error *error)
{
    vt_file_work *work = vt_file_work_create(engine, vt_file_work_opposite(of->kind), listener, error);
    if (work) {
        work->undoes = *of;
        work->figures.items = of->items;
        work->figures.files = of->files;
        vt_file_work_start(work);
    }
    return work;
}

vt_file_work *vt_engine_recall_files(vt_engine *engine, const vt_file_work_listener *listener,
                                     vt_error *error)
{
    vt_file_work *work = vt_file_work_create(engine, VT_FILE_TRASH, listener, error);
    if (work) {
        work->recalls = true;
        vt_file_work_start(work);
    }
    return work;
}

const vt_file_finished_list *vt_file_work_recalled(const vt_file_work *work)
{
    return work->ended && work->fault.code == VT_ERROR_NONE ? work->recalled : NULL;
}

void vt_file_work_get_figures(const vt_file_work *work, vt_file_work_figures *figures)
{
    *figures = work->figures;
}

size_t vt_file_work_failures(const vt_file_work *work)
{
    return work->failure_count;
}

vt_file_failure vt_file_work_failure_at(const vt_file_work *work, size_t at)
{
    return (vt_file_failure){work->failures[at].path, &work->failures[at].error};
}

void vt_file_work_cancel(vt_file_work *work)
{
    vt_cancel_request(work->cancel);
}

void vt_file_work_free(vt_file_work *work)
{
    if (!work) {
        return;
    }
    if (work->running) {
        work->unwanted = true;
        vt_file_work_cancel(work);
        return;
    }
    unlink_work(work);
    destroy(work);
}

bool vt_engine_is_moving_files(const vt_engine *engine)
{
    bool moving = false;
    for (const vt_file_work *work = engine->file_works; work; work = work->next) {
        moving = moving || !work->ended;
    }
    return moving;
}
