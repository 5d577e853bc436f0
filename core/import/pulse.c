#include "core/import/engine_private.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/base/thread.h"
#include "core/import/aftercare.h"
#include "core/import/dispatch.h"
#include "core/import/journal_notes.h"
#include "core/import/space.h"
#include "core/perf/rss.h"

#include <unistd.h>

#define SAMPLE_NS (100 * VT_NS_PER_MS)
/* How soon to ask an executor again that had no room. */
#define RETRY_NS (5 * VT_NS_PER_MS)
/* How long tasks may take to end once the engine is being freed. */
#define STOP_NS (1500 * VT_NS_PER_MS)

bool vt_pulse_is_batch_due_locked(const vt_engine *engine, int64_t now)
{
    if (!engine->index_ready || vt_space_is_waiting_locked(engine)) {
        return false;
    }
    if (engine->space.try_now || vt_journal_is_due_locked(engine)) {
        return true;
    }
    if (engine->intake_first || engine->edits_first || engine->errand_first) {
        return true; /* a chunk is a batch, and the user waits for what he does */
    }
    if (engine->decoded_count == 0) {
        return false;
    }
    /* Nothing more is under way: neither in the scans nor with the helpers. With small chunks, because memory
       is short, the scans wait for just this. */
    bool all = engine->decoded_count == engine->in_flight;
    bool last = all && (engine->scanning == 0 || engine->chunk_level >= VT_MEMORY_HIGH);
    return engine->stopping || last || engine->decoded_count >= engine->batch_entries ||
           now - engine->oldest_ns >= VT_BATCH_NS;
}

int64_t vt_pulse_memory(void *user)
{
    vt_engine *engine = user;
    pid_t pids[VT_HELPER_POOL_MAX + 1];
    size_t count = vt_helper_pool_pids(engine->helpers, pids, VT_HELPER_POOL_MAX);
    pids[count++] = getpid();
    int64_t bytes = vt_rss_sum(pids, count).current;
    pthread_mutex_lock(&engine->lock);
    engine->rss_bytes = bytes;
    if (bytes > engine->rss_peak_bytes) {
        engine->rss_peak_bytes = bytes;
    }
    pthread_mutex_unlock(&engine->lock);
    return bytes;
}

/* With the lock held; gives it up meanwhile. False if the executor had no room. */
static bool start_writer(vt_engine *engine)
{
    engine->writing = true;
    engine->tasks++;
    pthread_mutex_unlock(&engine->lock);
    bool started = vt_writer_start(engine); /* an inline executor runs it here */
    pthread_mutex_lock(&engine->lock);
    if (!started) {
        engine->writing = false;
        engine->tasks--;
    }
    return started;
}

/* When to look again without being woken. */
static int64_t next_beat_locked(const vt_engine *engine, int64_t next_sample, bool refused)
{
    int64_t until = VT_FOREVER;
    if (engine->active > 0 || engine->decoding > 0 || engine->slots > 0) {
        until = next_sample;
    } else if (vt_governor_level(engine->governor) > VT_MEMORY_NORMAL) {
        until = next_sample + VT_GOVERNOR_INTERVAL_NS; /* to see it end; there is no hurry */
    }
    bool may_write = engine->index_ready && !engine->writing && !vt_space_is_waiting_locked(engine);
    if (engine->decoded_count > 0 && may_write && engine->oldest_ns + VT_BATCH_NS < until) {
        until = engine->oldest_ns + VT_BATCH_NS;
    }
    if (engine->stopping && engine->stop_by < until) {
        until = engine->stop_by;
    }
    int64_t poll = vt_space_next_locked(engine);
    until = poll < until ? poll : until;
    bool stuck = refused || vt_dispatch_is_stuck_locked(engine);
    return stuck && vt_clock_now() + RETRY_NS < until ? vt_clock_now() + RETRY_NS : until;
}

void vt_pulse_task_ended(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    engine->tasks--;
    if (engine->stopping) { /* rung with the lock: the engine may be freed as soon as it is given back */
        pthread_cond_signal(&engine->beat);
    }
    pthread_mutex_unlock(&engine->lock);
}

/* Nothing is left to do, or nothing that will end in time: tasks that hang in the system. */
static bool is_done_locked(const vt_engine *engine)
{
    bool idle = engine->active == 0 && engine->decoded_count == 0 && engine->intake == 0 &&
                !engine->edits_first && engine->errands == 0 && !engine->writing &&
                !vt_journal_is_due_locked(engine);
    return engine->stopping && idle &&
           ((engine->tasks == 0 && engine->dry_runs == 0) || engine->left > 0 ||
            vt_clock_now() >= engine->stop_by);
}

static void *beat(void *user)
{
    vt_engine *engine = user;
    int64_t next_sample = 0;
    pthread_mutex_lock(&engine->lock);
    while (!is_done_locked(engine)) {
        bool refused = false;
        if (!engine->writing && vt_pulse_is_batch_due_locked(engine, vt_clock_now())) {
            refused = !start_writer(engine);
        }
        bool stuck = vt_dispatch_is_stuck_locked(engine);
        bool sample = vt_clock_now() >= next_sample;
        bool care = vt_aftercare_is_due_locked(engine);
        bool poll = vt_clock_now() >= vt_space_next_locked(engine);
        if (stuck || sample || care || poll) {
            pthread_mutex_unlock(&engine->lock);
            if (care) {
                vt_aftercare_start(engine);
            }
            if (poll) {
                vt_space_poll(engine);
            }
            if (sample) {
                vt_imports_leave_hanging(engine, vt_clock_now());
                vt_pulse_memory(engine);
                vt_governor_sample(engine->governor, vt_clock_now());
                next_sample = vt_clock_now() + SAMPLE_NS;
            }
            vt_dispatch(engine); /* after a sample: what memory held back may go on */
            pthread_mutex_lock(&engine->lock);
        }
        bool due = !engine->writing && vt_pulse_is_batch_due_locked(engine, vt_clock_now());
        /* What became due while the lock was free has rung for nobody. */
        bool care_due = vt_aftercare_is_due_locked(engine);
        if (!is_done_locked(engine) && !care_due && (!due || refused)) {
            vt_cond_wait_until(&engine->beat, &engine->lock, next_beat_locked(engine, next_sample, refused));
        }
    }
    pthread_mutex_unlock(&engine->lock);
    return NULL;
}

bool vt_pulse_start(vt_engine *engine, vt_error *error)
{
    int failed = vt_thread_start(&engine->pulse, "pulse", beat, engine);
    engine->has_pulse = failed == 0;
    return failed == 0 || vt_error_set_errno(error, failed, "cannot start the import engine");
}

bool vt_pulse_stop(vt_engine *engine)
{
    if (!engine->has_pulse) {
        return true;
    }
    pthread_mutex_lock(&engine->lock);
    engine->stopping = true;
    engine->stop_by = vt_clock_now() + STOP_NS;
    pthread_cond_broadcast(&engine->beat);
    pthread_cond_broadcast(&engine->room);
    pthread_mutex_unlock(&engine->lock);
    pthread_join(engine->pulse, NULL);
    engine->has_pulse = false;
    pthread_mutex_lock(&engine->lock);
    bool all_ended = engine->tasks == 0 && engine->scanning == 0 && engine->dry_runs == 0;
    pthread_mutex_unlock(&engine->lock);
    return all_ended;
}
