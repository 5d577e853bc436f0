#include "core/import/aftercare.h"

#include "core/base/thread.h"
#include "core/catalog/snapshot.h"
#include "core/import/columns_care.h"
#include "core/import/duplicates_follow.h"
#include "core/import/journal_notes.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From ioprio_set(2), whose names are in no header of the library. */
#define IOPRIO_WHO_PROCESS 1
#define IOPRIO_CLASS_IDLE  3
#define IOPRIO_CLASS_SHIFT 13

static bool go_on(void *user)
{
    vt_engine *engine = user;
    pthread_mutex_lock(&engine->lock);
    bool on = !engine->stopping;
    pthread_mutex_unlock(&engine->lock);
    return on;
}

/* Whatever else the machine has to do comes first. It is a wish: where it is not granted nothing is lost. */
void vt_aftercare_stand_back(void)
{
    pid_t thread = (pid_t)syscall(SYS_gettid);
    setpriority(PRIO_PROCESS, (id_t)thread, 19);
    syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, thread, IOPRIO_CLASS_IDLE << IOPRIO_CLASS_SHIFT);
}

static void take_snapshot(vt_engine *engine)
{
    vt_error error = VT_ERROR_INIT;
    const vt_snapshot_options options = {.go_on = go_on, .user = engine};
    if (!vt_snapshot_take_if_due(engine->catalog, &options, NULL, &error) &&
        error.code != VT_ERROR_CANCELLED) {
        vt_error told = VT_ERROR_INIT;
        vt_error_set(&told, error.code, "no snapshot of the catalog was made: %s", error.message);
        vt_log_write(&engine->log, VT_LOG_WARN, "%s", told.message);
        vt_engine_tell_trouble(engine, VT_TROUBLE_SNAPSHOT, &told);
    }
}

static void note_end(vt_engine *engine, bool *work)
{
    pthread_mutex_lock(&engine->lock);
    *work = false;
    pthread_mutex_unlock(&engine->lock);
}

/* Only this thread writes the three while it runs, so it need not lock to read them. */
static void *care(void *user)
{
    vt_engine *engine = user;
    vt_aftercare_stand_back();
    if (engine->care.snapshot_now) {
        take_snapshot(engine);
        note_end(engine, &engine->care.snapshot_now);
    }
    if (engine->care.columns_now) {
        vt_columns_care(engine);
        note_end(engine, &engine->care.columns_now);
    }
    if (engine->care.twins_now) {
        vt_duplicates_follow(engine);
        note_end(engine, &engine->care.twins_now);
    }
    pthread_mutex_lock(&engine->lock);
    engine->care.running = false;
    pthread_cond_signal(&engine->beat);
    pthread_mutex_unlock(&engine->lock);
    return NULL;
}

/* Not while the writer has something to write: that would make the file worthless. */
static bool columns_due_locked(const vt_engine *engine)
{
    return engine->care.columns_due && engine->index_ready && !engine->writing &&
           !vt_journal_is_due_locked(engine);
}

static bool twins_due_locked(vt_engine *engine)
{
    return engine->care.twins_due && engine->index_ready && engine->catalog_writer && !engine->writing &&
           !engine->searching && atomic_load(&engine->twins_follow);
}

bool vt_aftercare_is_due_locked(vt_engine *engine)
{
    bool due = engine->care.due || columns_due_locked(engine) || twins_due_locked(engine);
    return due && !engine->care.running && engine->active == 0 && !engine->stopping;
}

void vt_aftercare_start(vt_engine *engine)
{
    if (engine->care.has_thread) {
        pthread_join(engine->care.thread, NULL);
    }
    pthread_mutex_lock(&engine->lock);
    engine->care.snapshot_now = engine->care.due;
    engine->care.columns_now = columns_due_locked(engine);
    engine->care.twins_now = twins_due_locked(engine);
    engine->care.due = false;
    engine->care.twins_due = engine->care.twins_due && !engine->care.twins_now;
    engine->care.columns_due = engine->care.columns_due && !engine->care.columns_now;
    engine->care.running = true;
    pthread_mutex_unlock(&engine->lock);
    int failed = vt_thread_start(&engine->care.thread, "aftercare", care, engine);
    engine->care.has_thread = failed == 0;
    if (failed) {
        pthread_mutex_lock(&engine->lock);
        engine->care.running = false;
        pthread_mutex_unlock(&engine->lock);
        vt_log_write(&engine->log, VT_LOG_WARN, "no snapshot of the catalog was made: no thread for it");
    }
}

void vt_aftercare_stop(vt_engine *engine)
{
    if (engine->care.has_thread) {
        pthread_join(engine->care.thread, NULL);
        engine->care.has_thread = false;
    }
}

/* Nobody waits for duplicates that are followed. */
bool vt_engine_is_caring(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    bool waited_for = engine->care.snapshot_now || engine->care.columns_now;
    bool caring = engine->care.due || engine->care.columns_due || (engine->care.running && waited_for);
    pthread_mutex_unlock(&engine->lock);
    return caring;
}

static void deliver(vt_message *message, void *actor)
{
    vt_engine *engine = actor;
    vt_trouble *trouble = (vt_trouble *)message;
    vt_error error = trouble->error;
    atomic_store(&trouble->waits, false);
    if (engine->trouble) {
        engine->trouble(engine->user, &error);
    }
}

static void discard(vt_message *message)
{
    (void)message; /* part of the engine */
}

static const vt_message_ops trouble_ops = {"trouble", deliver, discard};

void vt_engine_tell_trouble(vt_engine *engine, vt_trouble_kind kind, const vt_error *error)
{
    vt_trouble *trouble = &engine->troubles[kind];
    if (!atomic_exchange(&trouble->waits, true)) {
        trouble->message.ops = &trouble_ops;
        trouble->error = *error;
        vt_mailbox_post(engine->mailbox, &trouble->message);
    }
}
