#include "core/import/engine_private.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/import/dispatch.h"
#include "core/import/intake.h"
#include "core/import/operation_private.h"
#include "core/import/space.h"

static void reserve_locked(vt_engine *engine)
{
    if (++engine->in_flight > engine->in_flight_peak) {
        engine->in_flight_peak = engine->in_flight;
    }
    engine->chunk_taken++;
}

int64_t vt_pipeline_room_locked(vt_engine *engine)
{
    vt_memory_level level = vt_governor_level(engine->governor);
    if (engine->chunk_taken >= engine->chunk.size || level > engine->chunk_level) {
        vt_chunk_policy_next(&engine->chunk, level);
        engine->chunk_taken = 0;
    }
    engine->chunk_level = level;
    return (int64_t)engine->chunk.size;
}

/* Entries of the import that are under way: neither its walk nor chunks taken in by name. */
static int64_t under_way_locked(const vt_import *import)
{
    vt_import *of = (vt_import *)import;
    pthread_mutex_lock(&of->lock);
    int64_t open = of->open;
    pthread_mutex_unlock(&of->lock);
    return open - 1 - of->intake_open;
}

/* Idle work leaves half of the room to what the user has asked for. */
static bool has_room_locked(vt_engine *engine, const vt_import *import)
{
    int64_t room = vt_pipeline_room_locked(engine);
    int wished = import->options.wishes.chunk;
    if (atomic_load(&import->held) || (wished > 0 && under_way_locked(import) >= wished)) {
        return false;
    }
    return engine->in_flight < (import->options.idle ? (room + 1) / 2 : room);
}

bool vt_pipeline_reserve(vt_engine *engine, const vt_import *import)
{
    pthread_mutex_lock(&engine->lock);
    while (!has_room_locked(engine, import) && !vt_import_is_cancelled(import)) {
        vt_cond_wait_until(&engine->room, &engine->lock, VT_FOREVER);
    }
    bool reserved = !vt_import_is_cancelled(import);
    if (reserved) {
        reserve_locked(engine);
    }
    pthread_mutex_unlock(&engine->lock);
    return reserved;
}

bool vt_pipeline_try_reserve(vt_engine *engine, const vt_import *import)
{
    pthread_mutex_lock(&engine->lock);
    bool reserved = has_room_locked(engine, import);
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
    while ((engine->intake >= VT_INTAKE_CHUNKS || atomic_load(&import->held)) &&
           !vt_import_is_cancelled(import)) {
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

void vt_pipeline_return_chunk(vt_engine *engine, vt_intake_chunk *chunk)
{
    pthread_mutex_lock(&engine->lock);
    chunk->next = engine->intake_first;
    engine->intake_first = chunk;
    if (!engine->intake_last) {
        engine->intake_last = chunk;
    }
    pthread_mutex_unlock(&engine->lock);
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

/* Without the lock, as whoever rings often does: a thread that is woken only to wait for the lock may take
   the processor from the one that holds it, and the window's thread then waits for both. Only those may ring
   so whom the engine outlives: tasks that have not ended, scans, the main thread. */
static void ring_room(vt_engine *engine)
{
    pthread_cond_broadcast(&engine->room);
}

void vt_pipeline_unreserve(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    engine->in_flight--;
    pthread_mutex_unlock(&engine->lock);
    ring_room(engine);
}

void vt_pipeline_to_writer(vt_engine *engine, vt_entry *entry)
{
    bool cancelled = entry->import && vt_import_is_cancelled(entry->import);
    vt_mpsc_push(&engine->decoded, &entry->node);
    pthread_mutex_lock(&engine->lock);
    if (engine->decoded_count++ == 0) {
        engine->oldest_ns = vt_clock_now();
    }
    bool tell = engine->decoded_count == 1 || engine->decoded_count == engine->batch_entries ||
                engine->decoded_count == engine->in_flight;
    if (cancelled) {
        vt_space_let_go_locked(engine);
    }
    pthread_mutex_unlock(&engine->lock);
    if (tell) { /* without the lock, see ring_room */
        pthread_cond_signal(&engine->beat);
    }
}

void vt_pipeline_add_read(vt_engine *engine, vt_entry *entry)
{
    pthread_mutex_lock(&engine->lock);
    bool full = vt_space_is_waiting_locked(engine);
    if (!full) {
        reserve_locked(engine); /* beyond the limit if need be: as many as helpers at most */
    }
    pthread_mutex_unlock(&engine->lock);
    if (full) {
        vt_entry_free(entry); /* it is read again when it is shown again */
    } else {
        vt_pipeline_to_writer(engine, entry);
    }
}

void vt_pipeline_drop_all(vt_engine *engine, vt_entry **entries, size_t count)
{
    pthread_mutex_lock(&engine->lock);
    engine->in_flight -= (int64_t)count;
    pthread_mutex_unlock(&engine->lock);
    for (size_t i = 0; i < count; i++) {
        vt_import *import = entries[i]->import;
        vt_entry_free(entries[i]);
        if (import) {
            vt_import_entry_ended(import); /* it may be gone after its last entry */
        }
    }
    /* Only now: a walk may wait for entries of its import to end. The lock, so that it waits by now or sees
     * it. */
    pthread_mutex_lock(&engine->lock);
    pthread_mutex_unlock(&engine->lock);
    ring_room(engine);
}

void vt_pipeline_drop(vt_engine *engine, vt_entry *entry)
{
    vt_pipeline_drop_all(engine, &entry, 1);
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
        vt_dispatch_append_locked(engine, entry);
    }
    pthread_mutex_unlock(&engine->lock);
    if (cancelled) {
        vt_pipeline_drop(engine, entry);
    } else {
        vt_dispatch(engine);
    }
}
