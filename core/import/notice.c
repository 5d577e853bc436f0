#include "core/import/operation_private.h"
#include "core/import/origin.h"

#include <stdlib.h>
#include <string.h>

void vt_import_unref(vt_import *import)
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
    vt_choice_free(import->choice);
    vt_renames_free(import->options.renames, import->options.rename_count);
    vt_progress_free(import->progress);
    vt_cancel_unref(import->cancel);
    pthread_cond_destroy(&import->ended);
    pthread_mutex_destroy(&import->lock);
    free(import);
}

bool vt_import_want_notice_locked(vt_import *import)
{
    if (import->posted) {
        return false;
    }
    import->posted = true;
    atomic_fetch_add(&import->references, 1);
    return true;
}

void vt_import_post(vt_import *import)
{
    if (!vt_mailbox_post(import->engine->mailbox, &import->message)) {
        vt_import_unref(import); /* closed: nobody listens any more */
    }
}

void vt_import_notify(vt_import *import)
{
    pthread_mutex_lock(&import->lock);
    bool wanted = vt_import_want_notice_locked(import);
    pthread_mutex_unlock(&import->lock);
    if (wanted) {
        vt_import_post(import);
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

/* What one delivery takes out of the import. */
typedef struct notice {
    vt_waiting_failure *failures;
    vt_import_batch batch;
    bool batch_due, progress_due, pause_due, over, more;
    vt_error error, pause;
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
    taken->pause_due = import->pause_due;
    taken->pause = import->pause_reason;
    import->batch_due = import->progress_due = import->pause_due = false;
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
    bool goes_on = taken.pause.code == VT_ERROR_NONE;
    if (!import->freed && taken.pause_due && (goes_on || !taken.over) && listener->paused) {
        listener->paused(listener->user, import, goes_on ? NULL : &taken.pause);
    }
    vt_import_figures figures;
    if (!import->freed && taken.progress_due && listener->progress) {
        vt_import_get_figures(import, &figures);
        listener->progress(listener->user, import, &figures);
    }
    if (!import->freed && taken.more) {
        vt_import_notify(import);
    } else if (!import->freed && taken.over && !import->told_finished) {
        import->told_finished = true;
        if (listener->finished) {
            vt_import_get_figures(import, &figures);
            listener->finished(listener->user, import, &figures,
                               taken.error.code == VT_ERROR_NONE ? NULL : &taken.error);
        }
    }
    vt_import_unref(import);
}

static void discard(vt_message *message)
{
    vt_import_unref((vt_import *)message);
}

const vt_message_ops vt_import_notice_ops = {"import-notice", deliver, discard};
