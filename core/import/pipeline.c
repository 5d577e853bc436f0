#include "core/import/engine_private.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/import/intake.h"
#include "core/import/operation_private.h"

static void reserve_locked(vt_engine *engine)
{
    if (++engine->in_flight > engine->in_flight_peak) {
        engine->in_flight_peak = engine->in_flight;
    }
}

bool vt_pipeline_reserve(vt_engine *engine, vt_cancel *cancel)
{
    pthread_mutex_lock(&engine->lock);
    while (engine->in_flight >= VT_IN_FLIGHT_LIMIT && !vt_cancel_requested(cancel)) {
        vt_cond_wait_until(&engine->room, &engine->lock, VT_FOREVER);
    }
    bool reserved = !vt_cancel_requested(cancel);
    if (reserved) {
        reserve_locked(engine);
    }
    pthread_mutex_unlock(&engine->lock);
    return reserved;
}

bool vt_pipeline_try_reserve(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    bool reserved = engine->in_flight < VT_IN_FLIGHT_LIMIT;
    if (reserved) {
        reserve_locked(engine);
    }
    pthread_mutex_unlock(&engine->lock);
    return reserved;
}

bool vt_pipeline_take_in(vt_engine *engine, vt_intake_chunk *chunk)
{
    vt_import *import = chunk->import;
    pthread_mutex_lock(&engine->lock);
    while (engine->intake >= VT_INTAKE_CHUNKS && !vt_import_is_cancelled(import)) {
        vt_cond_wait_until(&engine->room, &engine->lock, VT_FOREVER);
    }
    bool taken = !vt_import_is_cancelled(import);
    if (taken) {
        chunk->next = NULL;
        if (engine->intake_last) {
            engine->intake_last->next = chunk;
        } else {
            engine->intake_first = chunk;
        }
        engine->intake_last = chunk;
        engine->intake++;
        import->intake_open++;
        pthread_cond_signal(&engine->beat);
    }
    pthread_mutex_unlock(&engine->lock);
    return taken;
}

bool vt_pipeline_wait_taken_in(vt_engine *engine, vt_import *import)
{
    pthread_mutex_lock(&engine->lock);
    while (import->intake_open > 0 && !vt_import_is_cancelled(import)) {
        vt_cond_wait_until(&engine->room, &engine->lock, VT_FOREVER);
    }
    bool done = import->intake_open == 0;
    pthread_mutex_unlock(&engine->lock);
    return done;
}

vt_intake_chunk *vt_pipeline_next_chunk(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    vt_intake_chunk *chunk = engine->intake_first;
    if (chunk) {
        engine->intake_first = chunk->next;
        if (!engine->intake_first) {
            engine->intake_last = NULL;
        }
    }
    pthread_mutex_unlock(&engine->lock);
    return chunk;
}

void vt_pipeline_chunk_ended(vt_engine *engine, vt_intake_chunk *chunk)
{
    vt_import *import = chunk->import;
    vt_intake_free(chunk);
    pthread_mutex_lock(&engine->lock);
    engine->intake--;
    import->intake_open--;
    pthread_cond_broadcast(&engine->room);
    pthread_mutex_unlock(&engine->lock);
    vt_import_entry_ended(import);
}

void vt_pipeline_unreserve(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    engine->in_flight--;
    pthread_cond_broadcast(&engine->room);
    pthread_mutex_unlock(&engine->lock);
}

void vt_pipeline_to_writer(vt_engine *engine, vt_entry *entry)
{
    vt_mpsc_push(&engine->decoded, &entry->node);
    pthread_mutex_lock(&engine->lock);
    if (engine->decoded_count++ == 0) {
        engine->oldest_ns = vt_clock_now();
    }
    bool tell = engine->decoded_count == 1 || engine->decoded_count == VT_BATCH_ENTRIES ||
                engine->decoded_count == engine->in_flight;
    if (tell) {
        pthread_cond_signal(&engine->beat);
    }
    pthread_mutex_unlock(&engine->lock);
}

void vt_pipeline_add_read(vt_engine *engine, vt_entry *entry)
{
    pthread_mutex_lock(&engine->lock);
    reserve_locked(engine); /* beyond the limit if need be: as many as helpers at most */
    pthread_mutex_unlock(&engine->lock);
    vt_pipeline_to_writer(engine, entry);
}

void vt_pipeline_drop(vt_engine *engine, vt_entry *entry)
{
    vt_import *import = entry->import;
    vt_entry_free(entry);
    vt_pipeline_unreserve(engine);
    if (import) {
        vt_import_entry_ended(import);
    }
}

static void append_waiting_locked(vt_engine *engine, vt_entry *entry)
{
    entry->next = NULL;
    if (engine->waiting_last) {
        engine->waiting_last->next = entry;
    } else {
        engine->waiting_first = entry;
    }
    engine->waiting_last = entry;
}

void vt_pipeline_add(vt_engine *engine, vt_entry *entry)
{
    if (entry->kind != VT_ENTRY_DECODE) {
        vt_pipeline_to_writer(engine, entry);
        return;
    }
    pthread_mutex_lock(&engine->lock);
    bool cancelled = vt_import_is_cancelled(entry->import); /* under the lock: before or after the sweep */
    if (!cancelled) {
        append_waiting_locked(engine, entry);
    }
    pthread_mutex_unlock(&engine->lock);
    if (cancelled) {
        vt_pipeline_drop(engine, entry);
    } else {
        vt_pipeline_dispatch(engine);
    }
}

static vt_entry *take_waiting_locked(vt_engine *engine)
{
    vt_entry *entry = engine->waiting_first;
    if (entry) {
        engine->waiting_first = entry->next;
        if (!engine->waiting_first) {
            engine->waiting_last = NULL;
        }
        entry->next = NULL;
    }
    return entry;
}

static void put_back_locked(vt_engine *engine, vt_entry *entry)
{
    entry->next = engine->waiting_first;
    engine->waiting_first = entry;
    if (!engine->waiting_last) {
        engine->waiting_last = entry;
    }
}

/* Hands one entry to the executor, which may run it before this returns. False if it has no room. */
static bool submit(vt_engine *engine, vt_entry *entry)
{
    vt_task *task = vt_combined_task_create(engine, entry);
    vt_error error = VT_ERROR_INIT;
    if (!task) {
        return false;
    }
    bool accepted = vt_executor_submit(engine->executor, task, VT_PRIORITY_NORMAL, &error);
    if (!accepted) {
        vt_combined_task_disown(task);
    }
    vt_task_unref(task);
    return accepted;
}

void vt_pipeline_dispatch(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    if (engine->dispatching) { /* whoever is at it looks again before it leaves */
        pthread_mutex_unlock(&engine->lock);
        return;
    }
    engine->dispatching = true;
    while (engine->decoding < engine->jobs && engine->waiting_first) {
        vt_entry *entry = take_waiting_locked(engine);
        if (vt_import_is_cancelled(entry->import)) {
            pthread_mutex_unlock(&engine->lock);
            vt_pipeline_drop(engine, entry);
            pthread_mutex_lock(&engine->lock);
            continue;
        }
        engine->decoding++;
        engine->tasks++;
        pthread_mutex_unlock(&engine->lock);
        bool accepted = submit(engine, entry);
        pthread_mutex_lock(&engine->lock);
        if (accepted) {
            continue;
        }
        engine->decoding--;
        engine->tasks--;
        if (!vt_import_is_cancelled(entry->import)) {
            put_back_locked(engine, entry); /* the executor is full of others' work: the pulse tries again */
            break;
        }
        pthread_mutex_unlock(&engine->lock); /* the sweep did not see it */
        vt_pipeline_drop(engine, entry);
        pthread_mutex_lock(&engine->lock);
    }
    engine->dispatching = false;
    pthread_mutex_unlock(&engine->lock);
}

void vt_pipeline_sweep(vt_engine *engine, const vt_import *import)
{
    vt_entry *swept = NULL;
    pthread_mutex_lock(&engine->lock);
    vt_entry *at = engine->waiting_first;
    engine->waiting_first = engine->waiting_last = NULL;
    while (at) {
        vt_entry *next = at->next;
        if (at->import == import) {
            at->next = swept;
            swept = at;
        } else {
            append_waiting_locked(engine, at);
        }
        at = next;
    }
    pthread_mutex_unlock(&engine->lock);
    while (swept) {
        vt_entry *next = swept->next;
        vt_pipeline_drop(engine, swept);
        swept = next;
    }
}

void vt_pipeline_task_ended(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    engine->decoding--;
    pthread_mutex_unlock(&engine->lock);
    vt_pipeline_dispatch(engine);
    pthread_mutex_lock(&engine->lock);
    engine->tasks--;
    if (engine->stopping) {
        pthread_cond_signal(&engine->beat);
    }
    pthread_mutex_unlock(&engine->lock);
}
