#include "core/import/operation_private.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/base/path.h"
#include "core/import/columns_care.h"
#include "core/import/dispatch.h"
#include "core/import/journal_notes.h"
#include "core/import/space.h"

#include <stdlib.h>

void vt_import_entry_begun(vt_import *import)
{
    pthread_mutex_lock(&import->lock);
    import->open++;
    pthread_mutex_unlock(&import->lock);
}

void vt_import_unlink_open_locked(vt_import *import)
{
    vt_import **at = &import->engine->open_imports;
    while (*at && *at != import) {
        at = &(*at)->next_open;
    }
    if (*at) {
        *at = import->next_open;
    }
}

bool vt_import_covers(const vt_import *import, const char *path)
{
    for (size_t i = 0; i < import->path_count; i++) {
        if (import->paths[i] && vt_path_is_below(path, import->paths[i])) {
            return true;
        }
    }
    return false;
}

vt_import *vt_import_waiting_for(vt_engine *engine, const char *path)
{
    vt_import *found = NULL;
    pthread_mutex_lock(&engine->lock);
    for (vt_import *at = engine->open_imports; at && !found; at = at->next_open) {
        pthread_mutex_lock(&at->lock);
        /* What waits has been walked, so the walk has made the paths absolute and leaves them alone. */
        if (at->open > 0 && at->figures.waiting > 0 && vt_import_covers(at, path)) {
            found = at;
            at->open++;
        }
        pthread_mutex_unlock(&at->lock);
    }
    pthread_mutex_unlock(&engine->lock);
    return found;
}

/* Whether a file can be below paths of both. Two long lists are not compared: they may well share something.
 */
static bool have_common(const vt_import *a, const vt_import *b)
{
    enum { COMPARED_MOST = 100000 };
    if (a->path_count * b->path_count > COMPARED_MOST) {
        return true;
    }
    for (size_t i = 0; i < b->path_count; i++) {
        if (b->paths[i] && vt_import_covers(a, b->paths[i])) {
            return true;
        }
    }
    return false;
}

void vt_import_paths_are_final(vt_import *import)
{
    vt_engine *engine = import->engine;
    pthread_mutex_lock(&engine->lock);
    import->paths_final = true;
    for (vt_import *at = engine->open_imports; at; at = at->next_open) {
        bool asked_for = !at->options.idle && !import->options.idle; /* nobody adds up those of a watch */
        if (at != import && at->paths_final && asked_for &&
            (have_common(at, import) || have_common(import, at))) {
            atomic_store(&at->shares, true);
            atomic_store(&import->shares, true);
        }
    }
    pthread_mutex_unlock(&engine->lock);
}

/* What others have read before the import came to know of it is done, too. Was it another import, then that
   one has counted it; else it was read because it was looked at. */
static void settle_waiting(vt_import *import)
{
    bool shares = vt_import_shares(import);
    pthread_mutex_lock(&import->lock);
    if (import->error.code == VT_ERROR_NONE && !vt_cancel_requested(import->cancel)) {
        *(shares ? &import->figures.unchanged : &import->figures.imported) += import->figures.waiting;
        import->figures.waiting = 0;
    }
    pthread_mutex_unlock(&import->lock);
}

/* Ended before its time, and by nobody's wish. */
static bool is_cut_off(vt_import *import)
{
    pthread_mutex_lock(&import->lock);
    vt_error_code code = import->error.code;
    pthread_mutex_unlock(&import->lock);
    bool stopped =
        (code == VT_ERROR_NONE || code == VT_ERROR_CANCELLED) && vt_cancel_requested(import->cancel);
    bool disk = code == VT_ERROR_NO_SPACE || code == VT_ERROR_IO;
    return disk || (stopped && atomic_load(&import->interrupted));
}

/* Once no import is under way any more. */
static void ask_for_care(vt_import *import)
{
    vt_engine *engine = import->engine;
    const vt_import_figures *figures = &import->figures;
    pthread_mutex_lock(&import->lock);
    bool changed = figures->imported + figures->updated + figures->moved + figures->failed +
                       figures->missing + figures->offline >
                   0;
    pthread_mutex_unlock(&import->lock);
    bool columns = changed && vt_columns_are_kept(engine);
    pthread_mutex_lock(&engine->lock);
    engine->care.due = engine->care.due || (changed && engine->snapshots);
    engine->care.columns_due = engine->care.columns_due || columns;
    engine->care.twins_due = engine->care.twins_due || (changed && engine->index);
    pthread_mutex_unlock(&engine->lock);
}

/* Whoever waits may free the import as soon as `over` is seen. */
void vt_import_end(vt_import *import)
{
    vt_engine *engine = import->engine;
    atomic_fetch_add(&import->references, 1);
    pthread_mutex_lock(&engine->lock);
    vt_import_unlink_open_locked(import);
    pthread_mutex_unlock(&engine->lock);
    vt_engine_weigh_wishes(engine);
    settle_waiting(import);
    vt_journal_end(import, is_cut_off(import));
    ask_for_care(import);
    vt_progress_finish(import->progress);
    pthread_mutex_lock(&import->lock);
    import->figures.seconds = (double)(vt_clock_now() - import->begun_ns) / (double)VT_NS_PER_S;
    if (import->error.code == VT_ERROR_NONE && vt_cancel_requested(import->cancel)) {
        vt_error_set(&import->error, VT_ERROR_CANCELLED,
                     "the import was stopped; what was finished is kept, and the next import goes on");
    }
    import->over = true;
    import->figures.paused = false;
    bool wanted = vt_import_want_notice_locked(import);
    pthread_cond_broadcast(&import->ended);
    pthread_mutex_unlock(&import->lock);
    if (wanted) {
        vt_import_post(import);
    }
    pthread_mutex_lock(&engine->lock);
    engine->active--;
    pthread_cond_signal(&engine->beat);
    pthread_mutex_unlock(&engine->lock);
    vt_import_unref(import);
}

void vt_import_entry_ended(vt_import *import)
{
    pthread_mutex_lock(&import->lock);
    bool last = --import->open == 0;
    bool left = import->left;
    pthread_mutex_unlock(&import->lock);
    if (last && left) {
        vt_import_came_back(import);
    } else if (last) {
        vt_import_end(import);
    }
}

bool vt_import_shares(const vt_import *import)
{
    return atomic_load(&import->shares);
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
    figures->absent += counts->absent;
    figures->ambiguous += counts->ambiguous;
    figures->waiting += counts->waiting;
    figures->frames += counts->frames;
    figures->left_out += counts->left_out + scan->left_out - import->folders_left_out;
    import->folders_left_out = scan->left_out;
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

void vt_import_scanned(vt_import *import)
{
    pthread_mutex_lock(&import->lock);
    bool first = !import->figures.scanned;
    import->figures.scanned = true;
    uint64_t total = (uint64_t)import->figures.found;
    pthread_mutex_unlock(&import->lock);
    if (first) {
        vt_progress_set_total(import->progress, total);
    }
}

void vt_import_walk_ended(vt_import *import)
{
    vt_engine *engine = import->engine;
    vt_import_scanned(import);
    pthread_mutex_lock(&import->lock);
    import->walk_over = true;
    pthread_mutex_unlock(&import->lock);
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
    import->figures.moved += batch->moved;
    import->figures.missing += batch->missing;
    import->figures.offline += batch->offline;
    import->figures.unchanged += unchanged;
    import->figures.deferred += batch->deferred;
    import->figures.waiting += batch->taken_in - batch->deferred - batch->read;
    vt_import_batch *waiting = &import->batch;
    if (!import->batch_due) {
        *waiting = *batch;
    } else { /* one for all that the main thread did not take up yet; rows of other imports lie between */
        waiting->imported += batch->imported;
        waiting->updated += batch->updated;
        waiting->failed += batch->failed;
        waiting->moved += batch->moved;
        waiting->missing += batch->missing;
        waiting->offline += batch->offline;
        waiting->taken_in += batch->taken_in;
        waiting->deferred += batch->deferred;
        waiting->read += batch->read;
        waiting->row_count = batch->first_row + batch->row_count - waiting->first_row;
    }
    import->batch_due = true;
    bool wanted = vt_import_want_notice_locked(import);
    pthread_mutex_unlock(&import->lock);
    if (wanted) {
        vt_import_post(import);
    }
    int64_t done = batch->imported + batch->updated + batch->moved + unchanged;
    if (done > 0) {
        vt_progress_increment(import->progress, (uint64_t)done);
    }
    if (batch->failed > 0) {
        vt_progress_increment_failed(import->progress, (uint64_t)batch->failed);
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
    vt_import_go_on(import); /* what it has parked is dropped with the rest */
    pthread_mutex_lock(&engine->lock);
    pthread_cond_broadcast(&engine->room); /* its walk may be waiting for room */
    pthread_mutex_unlock(&engine->lock);
    vt_dispatch_sweep(engine, import);
    vt_space_try(engine); /* what a full disk holds back of it goes */
}

void vt_import_interrupt(vt_import *import)
{
    atomic_store(&import->interrupted, true);
    vt_import_cancel(import);
}

vt_import *vt_import_next(const vt_import *import)
{
    return import->next;
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
    figures->held = !over && vt_import_is_held(import);
    figures->held_seconds = (double)vt_import_held_ns(import) / (double)VT_NS_PER_S;
    int64_t done =
        figures->imported + figures->updated + figures->moved + figures->unchanged + figures->failed;
    double worked = figures->seconds - figures->held_seconds;
    figures->items_per_second = worked > 0 ? (double)done / worked : 0;
    figures->remaining_seconds = over ? 0 : (double)report.remaining / (double)VT_NS_PER_S;
    if (report.remaining < 0 && !over) {
        figures->remaining_seconds = -1;
    }
}

void vt_import_free(vt_import *import)
{
    if (!import) {
        return;
    }
    vt_import_cancel(import);
    vt_import_wait(import, -1);
    pthread_mutex_lock(&import->lock);
    bool hangs = !import->walk_over; /* and was left: it will free the import when it comes back */
    pthread_mutex_unlock(&import->lock);
    if (hangs) {
        pthread_detach(import->thread);
    } else {
        pthread_join(import->thread, NULL);
    }
    import->freed = true;
    vt_import **at = &import->engine->imports;
    while (*at != import) {
        at = &(*at)->next;
    }
    *at = import->next;
    vt_import_unref(import);
}
