#include "core/import/space.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/base/path.h"
#include "core/import/operation_private.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>

#define POLL_NS VT_NS_PER_S
#define MIB     ((int64_t)1024 * 1024)

bool vt_space_is_full(const vt_error *error)
{
    return error->code == VT_ERROR_NO_SPACE && error->system != EFBIG;
}

/* What the user may still write where the catalog lies; -1 if the system does not say. */
static int64_t free_bytes(const vt_engine *engine)
{
    struct statvfs disk;
    if (statvfs(vt_catalog_path(engine->catalog), &disk) != 0) {
        return -1;
    }
    return (int64_t)((uint64_t)disk.f_bavail * disk.f_frsize);
}

/* "the disk is full (PATH, needs 64 MB, 12 MB are free)", and what to do. */
static void word(const vt_engine *engine, int64_t has, vt_error *error)
{
    char *shown = vt_path_display(vt_catalog_path(engine->catalog));
    char room[48] = "";
    if (has >= 0) {
        snprintf(room, sizeof room, ", %" PRId64 " MB are free", has / MIB);
    }
    vt_error_set(error, VT_ERROR_NO_SPACE,
                 "the disk is full (%s, needs %" PRId64 " MB%s); make room on the disk",
                 shown ? shown : "the catalog", VT_SPACE_RESERVE / MIB, room);
    free(shown);
}

bool vt_space_check(vt_engine *engine, vt_error *error)
{
    int64_t has = free_bytes(engine);
    pthread_mutex_lock(&engine->lock);
    bool forced = engine->space.forced;
    pthread_mutex_unlock(&engine->lock);
    if (forced || has < 0 || has >= VT_SPACE_RESERVE) {
        return true;
    }
    word(engine, has, error);
    return false;
}

/* Imports that are not over, each with one more entry begun so that it stays; at most VT_IMPORTS_MAX. */
static size_t hold_imports(vt_engine *engine, vt_import *held[VT_IMPORTS_MAX])
{
    size_t count = 0;
    pthread_mutex_lock(&engine->lock);
    for (vt_import *at = engine->open_imports; at && count < VT_IMPORTS_MAX; at = at->next_open) {
        pthread_mutex_lock(&at->lock);
        if (at->open > 0) {
            at->open++;
            held[count++] = at;
        }
        pthread_mutex_unlock(&at->lock);
    }
    pthread_mutex_unlock(&engine->lock);
    return count;
}

/* `reason` NULL: it goes on. */
static void tell(vt_import *import, const vt_error *reason)
{
    pthread_mutex_lock(&import->lock);
    bool changed = import->figures.paused != (reason != NULL);
    bool wanted = false;
    if (changed) {
        import->figures.paused = reason != NULL;
        import->pause_reason = reason ? *reason : (vt_error)VT_ERROR_INIT;
        import->pause_due = true;
        wanted = vt_import_want_notice_locked(import);
    }
    pthread_mutex_unlock(&import->lock);
    if (wanted) {
        vt_import_post(import);
    }
}

void vt_space_pause(vt_engine *engine, const vt_error *error)
{
    vt_import *held[VT_IMPORTS_MAX];
    vt_error reason = VT_ERROR_INIT;
    size_t count = hold_imports(engine, held);
    word(engine, free_bytes(engine), &reason);
    pthread_mutex_lock(&engine->lock);
    bool first = !engine->space.paused;
    engine->space.paused = true;
    engine->space.try_now = engine->space.forced = false;
    engine->space.next_poll_ns = vt_clock_now() + POLL_NS;
    pthread_mutex_unlock(&engine->lock);
    if (first) {
        vt_log_write(&engine->log, VT_LOG_INFO, "paused: %s (%s)", reason.message, error->message);
    }
    for (size_t i = 0; i < count; i++) {
        if (vt_import_is_cancelled(held[i])) {
            ; /* what the writer has of it is dropped */
        } else if (held[i]->options.no_wait) {
            vt_import_abort(held[i], error);
        } else {
            tell(held[i], &reason);
        }
        vt_import_entry_ended(held[i]);
    }
}

void vt_space_go_on(vt_engine *engine)
{
    vt_import *held[VT_IMPORTS_MAX];
    pthread_mutex_lock(&engine->lock);
    bool paused = engine->space.paused;
    engine->space.paused = engine->space.try_now = engine->space.forced = false;
    pthread_mutex_unlock(&engine->lock);
    if (!paused) {
        return;
    }
    size_t count = hold_imports(engine, held);
    for (size_t i = 0; i < count; i++) {
        tell(held[i], NULL);
        vt_import_entry_ended(held[i]);
    }
    vt_log_write(&engine->log, VT_LOG_INFO, "there is room on the disk again: the import goes on");
}

bool vt_space_is_waiting_locked(const vt_engine *engine)
{
    return engine->space.paused && !engine->space.try_now && !engine->stopping;
}

int64_t vt_space_next_locked(const vt_engine *engine)
{
    return vt_space_is_waiting_locked(engine) ? engine->space.next_poll_ns : VT_FOREVER;
}

/* With the lock held: whether an import that is cancelled has still to end. */
static bool is_one_ending_locked(const vt_engine *engine)
{
    const vt_import *at = engine->open_imports;
    while (at && !vt_import_is_cancelled(at)) {
        at = at->next_open;
    }
    return at != NULL;
}

void vt_space_let_go_locked(vt_engine *engine)
{
    if (engine->space.paused) {
        engine->space.try_now = true;
        pthread_cond_signal(&engine->beat);
    }
}

void vt_space_poll(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    bool due = vt_space_is_waiting_locked(engine) && vt_clock_now() >= engine->space.next_poll_ns;
    pthread_mutex_unlock(&engine->lock);
    if (!due) {
        return;
    }
    int64_t has = free_bytes(engine);
    pthread_mutex_lock(&engine->lock);
    engine->space.next_poll_ns = vt_clock_now() + POLL_NS;
    bool room = has < 0 || has >= VT_SPACE_RESERVE;
    /* Where nobody waits it is over; what came late of a cancelled import goes. */
    engine->space.try_now =
        engine->space.try_now || room || engine->active == 0 || is_one_ending_locked(engine);
    pthread_mutex_unlock(&engine->lock);
}

void vt_space_try(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    engine->space.try_now = engine->space.paused;
    pthread_cond_signal(&engine->beat);
    pthread_mutex_unlock(&engine->lock);
}

void vt_engine_go_on(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    engine->space.forced = engine->space.paused;
    pthread_mutex_unlock(&engine->lock);
    vt_space_try(engine);
}
