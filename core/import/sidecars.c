#include "core/import/sidecars.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/base/thread.h"
#include "core/import/errand.h"
#include "core/import/sidecars_private.h"
#include "core/sidecar/sidecar_helper.h"
#include "core/task/cancel.h"

#include <stdlib.h>

/* How long the engine's end waits for a thread that writes. */
#define STOP_NS (1500 * VT_NS_PER_MS)
/* What is still written after the program was asked to end. */
#define FLUSH_NS (700 * VT_NS_PER_MS)
/* How often the listener is told, and how often what is left is counted anew. */
#define TELL_NS  (100 * VT_NS_PER_MS)
#define COUNT_NS (500 * VT_NS_PER_MS)
/* After a fault of the catalog. */
#define AGAIN_NS (10 * VT_NS_PER_S)

struct vt_sidecar_service {
    vt_message message; /* to the main thread; first */
    vt_engine *engine;
    atomic_bool told; /* it is on its way */
    pthread_t thread;
    bool has_thread;
    vt_cancel *leave; /* owned; ends the wait for a helper */

    /* The thread's. */
    vt_sidecar_sync sync;
    vt_sidecar_helper helper;
    int64_t told_ns, counted_ns, begun_ns;

    pthread_mutex_t lock; /* guards: */
    pthread_cond_t wake;
    vt_sidecars_figures figures;
    int64_t stopped_ns; /* when it was asked to end; 0: not yet */
    bool poked, ended;
    unsigned expected; /* wishes on their way to the writer */
    bool looked;       /* for what is due, since the last of them was taken up */
};

vt_sidecar_use vt_engine_sidecar_use(const vt_engine *engine)
{
    return (vt_sidecar_use)atomic_load(&engine->sidecar_use);
}

/* ---- news ---- */

static void deliver(vt_message *message, void *actor)
{
    vt_engine *engine = actor;
    atomic_store(&((vt_sidecar_service *)message)->told, false);
    if (engine->sidecars_changed) {
        engine->sidecars_changed(engine->user);
    }
}

static void discard(vt_message *message)
{
    (void)message; /* part of the service */
}

static const vt_message_ops news_ops = {"side-cars", deliver, discard};

static void tell(vt_sidecar_service *service, bool now)
{
    int64_t time = vt_clock_now();
    if (!now && time - service->told_ns < TELL_NS) {
        return;
    }
    service->told_ns = time;
    if (!atomic_exchange(&service->told, true)) {
        service->message.ops = &news_ops;
        vt_mailbox_post(service->engine->mailbox, &service->message);
    }
}

/* ---- the thread ---- */

/* Whether what was begun is to be left: `user` is the service. */
static bool is_over(void *user)
{
    vt_sidecar_service *service = user;
    pthread_mutex_lock(&service->lock);
    bool over = service->stopped_ns && vt_clock_now() > service->stopped_ns + FLUSH_NS;
    pthread_mutex_unlock(&service->lock);
    return over;
}

static bool is_held(vt_sidecar_service *service)
{
    pthread_mutex_lock(&service->lock);
    bool held = service->figures.held && !service->stopped_ns;
    pthread_mutex_unlock(&service->lock);
    return held;
}

/* Counting takes longer the more there is: not after each batch. */
static bool count(vt_sidecar_service *service, bool now, vt_error *error)
{
    vt_sidecar_counts counts;
    if (!now && vt_clock_now() - service->counted_ns < COUNT_NS) {
        return true;
    }
    if (!vt_sidecars_count(service->sync.reader, &counts, error)) {
        return false;
    }
    service->counted_ns = vt_clock_now();
    bool writes = vt_engine_sidecar_use(service->engine) == VT_SIDECARS_ON_WRITE;
    pthread_mutex_lock(&service->lock);
    vt_sidecars_figures *figures = &service->figures;
    figures->due = counts.due;
    figures->conflicts = counts.conflicts;
    figures->failures = counts.failures;
    figures->total = figures->done + (writes ? counts.due : counts.asked);
    pthread_mutex_unlock(&service->lock);
    return true;
}

/* Nothing is to do now: what was done was a run, which is over. */
static void rest(vt_sidecar_service *service)
{
    pthread_mutex_lock(&service->lock);
    bool ran = service->figures.running;
    service->figures.idle = service->expected == 0 && service->looked;
    service->figures.running = false;
    service->figures.done = 0;
    service->figures.total = 0;
    service->figures.rate = 0;
    pthread_mutex_unlock(&service->lock);
    service->begun_ns = 0;
    if (ran) {
        tell(service, true);
    }
}

static void begin_run(vt_sidecar_service *service)
{
    if (service->begun_ns == 0) {
        service->begun_ns = vt_clock_now();
    }
    pthread_mutex_lock(&service->lock);
    service->figures.idle = false;
    service->figures.running = true;
    pthread_mutex_unlock(&service->lock);
}

static void add_up(vt_sidecar_service *service, const vt_sidecar_batch *batch)
{
    int64_t written = 0;
    for (size_t i = 0; i < batch->count; i++) {
        written += batch->works[i].written;
    }
    double seconds = (double)(vt_clock_now() - service->begun_ns) / (double)VT_NS_PER_S;
    pthread_mutex_lock(&service->lock);
    vt_sidecars_figures *figures = &service->figures;
    figures->done += (int64_t)batch->count;
    figures->total = figures->total > figures->done ? figures->total : figures->done;
    figures->written += written;
    figures->read += batch->taken;
    figures->conflicts += batch->conflicts;
    figures->failures += batch->failed;
    figures->rate = seconds > 0.5 ? (double)figures->done / seconds : 0;
    pthread_mutex_unlock(&service->lock);
}

/* Works through one batch of `ids`. */
static bool do_batch(vt_sidecar_service *service, const int64_t *ids, size_t count, vt_error *error)
{
    vt_sidecar_batch *batch = vt_sidecar_batch_create(error);
    vt_error reason = VT_ERROR_INIT;
    bool edits = vt_engine_sidecar_use(service->engine) == VT_SIDECARS_ON_WRITE;
    bool done = batch != NULL;
    service->sync.name = (vt_sidecar_name)atomic_load(&service->engine->sidecar_name);
    vt_sidecar_folder_clear(&service->sync.around); /* others work in these folders, too */
    bool asked = true;
    for (size_t i = 0; done && asked && i < count && !is_over(service) && !is_held(service); i++) {
        vt_sidecar_work *work = &batch->works[batch->count];
        done = vt_sidecar_sync_item(&service->sync, ids[i], edits, work, error);
        asked = !work->unasked;
        batch->count += asked;
        if (!asked) { /* what was done until now counts */
            reason = *error;
            vt_sidecar_work_clear(work);
            done = true;
        }
    }
    done = done && (batch->count == 0 || vt_sidecar_commit(service->engine, batch, is_over, service, error));
    if (done) {
        add_up(service, batch);
    }
    vt_sidecar_batch_unref(batch);
    return done && (asked || vt_error_set(error, reason.code, "%s", reason.message));
}

/* Does what is due; `*wait_ns` is how long there is nothing more to do. False and `error`. */
static bool work(vt_sidecar_service *service, bool stopping, int64_t *wait_ns, vt_error *error)
{
    int64_t ids[VT_SIDECAR_BATCH];
    size_t found = 0;
    int64_t next = INT64_MAX;
    int64_t now = vt_clock_wall();
    bool writes = vt_engine_sidecar_use(service->engine) == VT_SIDECARS_ON_WRITE;
    int64_t until = stopping ? INT64_MAX : now - VT_SIDECAR_DELAY_NS;
    *wait_ns = VT_FOREVER;
    pthread_mutex_lock(&service->lock);
    service->looked = true;
    pthread_mutex_unlock(&service->lock);
    if (!vt_sidecars_due(service->sync.reader, until, writes, ids, VT_SIDECAR_BATCH, &found, &next, error)) {
        return false;
    }
    if (found == 0 && next > now && next != INT64_MAX) { /* the clock was set back since */
        if (!vt_sidecars_due(service->sync.reader, INT64_MAX, writes, ids, VT_SIDECAR_BATCH, &found, &next,
                             error)) {
            return false;
        }
    }
    if (found == 0) {
        *wait_ns = next == INT64_MAX ? VT_FOREVER : next + VT_SIDECAR_DELAY_NS - now;
        bool counted = count(service, true, error);
        rest(service);
        tell(service, true);
        return counted;
    }
    begin_run(service);
    *wait_ns = 0;
    bool done = count(service, false, error);
    tell(service, false);
    return done && (is_held(service) || do_batch(service, ids, found, error));
}

/* Waits until `until`, or somebody pokes. True once it is to end. */
static bool wait_for(vt_sidecar_service *service, int64_t until)
{
    pthread_mutex_lock(&service->lock);
    bool held = service->figures.held;
    while (!service->poked && !service->stopped_ns && (held || vt_clock_now() < until)) {
        vt_cond_wait_until(&service->wake, &service->lock, held ? VT_FOREVER : until);
    }
    service->poked = false;
    bool stopping = service->stopped_ns != 0;
    pthread_mutex_unlock(&service->lock);
    return stopping;
}

static void *run(void *user)
{
    vt_sidecar_service *service = user;
    int64_t until = 0;
    bool through = false;
    while (!through) {
        bool stopping = wait_for(service, until);
        int64_t wait = VT_FOREVER;
        vt_error error = VT_ERROR_INIT;
        bool done = work(service, stopping, &wait, &error);
        if (!done && error.code != VT_ERROR_CANCELLED) {
            vt_log_write(&service->engine->log, VT_LOG_ERROR, "side-cars: %s", error.message);
        }
        wait = done ? wait : AGAIN_NS;
        until = wait == VT_FOREVER ? VT_FOREVER : vt_clock_now() + wait;
        through = stopping && (!done || wait != 0 || is_over(service));
    }
    pthread_mutex_lock(&service->lock);
    service->ended = true;
    pthread_cond_broadcast(&service->wake);
    pthread_mutex_unlock(&service->lock);
    return NULL;
}

vt_sidecar_service *vt_sidecar_service_create(vt_engine *engine, vt_error *error)
{
    vt_sidecar_service *service = calloc(1, sizeof *service);
    if (!service || !vt_cond_init(&service->wake)) {
        free(service);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for side-cars");
        return NULL;
    }
    pthread_mutex_init(&service->lock, NULL);
    service->engine = engine;
    service->leave = vt_cancel_create(NULL);
    int leave = service->leave ? vt_cancel_fd(service->leave, error) : -1;
    if (!service->leave) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for side-cars");
    }
    service->helper = (vt_sidecar_helper){engine->helpers, leave};
    service->sync.asking = vt_sidecar_asking_helper(&service->helper);
    service->sync.reader = leave >= 0 ? vt_catalog_reader_open(engine->catalog, error) : NULL;
    int failed = service->sync.reader ? vt_thread_start(&service->thread, "side-cars", run, service) : 0;
    service->has_thread = service->sync.reader && failed == 0;
    if (!service->has_thread) {
        if (failed) {
            vt_error_set_errno(error, failed, "cannot start a thread for side-cars");
        }
        vt_sidecar_service_free(service);
        return NULL;
    }
    return service;
}

bool vt_sidecar_service_stop(vt_sidecar_service *service)
{
    if (!service || !service->has_thread) {
        return true;
    }
    int64_t now = vt_clock_now();
    const int64_t until[] = {now + FLUSH_NS, now + STOP_NS};
    pthread_mutex_lock(&service->lock);
    service->stopped_ns = now;
    pthread_cond_broadcast(&service->wake);
    for (int i = 0; i < 2; i++) {
        while (!service->ended && vt_clock_now() < until[i]) {
            vt_cond_wait_until(&service->wake, &service->lock, until[i]);
        }
        vt_cancel_request(service->leave); /* no helper is waited for any longer */
    }
    bool ended = service->ended;
    pthread_mutex_unlock(&service->lock);
    if (ended) {
        pthread_join(service->thread, NULL);
        service->has_thread = false;
    }
    return ended;
}

void vt_sidecar_service_free(vt_sidecar_service *service)
{
    if (service) {
        vt_sidecar_folder_clear(&service->sync.around);
        vt_catalog_reader_free(service->sync.reader);
        vt_cancel_unref(service->leave);
        pthread_cond_destroy(&service->wake);
        pthread_mutex_destroy(&service->lock);
        free(service);
    }
}

void vt_sidecar_service_poke(vt_sidecar_service *service)
{
    if (service) {
        pthread_mutex_lock(&service->lock);
        service->poked = true;
        pthread_cond_broadcast(&service->wake);
        pthread_mutex_unlock(&service->lock);
    }
}

void vt_sidecar_service_expect(vt_sidecar_service *service)
{
    if (service) {
        pthread_mutex_lock(&service->lock);
        service->expected++;
        service->figures.idle = false;
        pthread_mutex_unlock(&service->lock);
    }
}

void vt_sidecar_service_expected(vt_sidecar_service *service)
{
    if (service) {
        pthread_mutex_lock(&service->lock);
        service->expected--;
        service->looked = false;
        pthread_mutex_unlock(&service->lock);
        vt_sidecar_service_poke(service);
    }
}

void vt_engine_get_sidecars(vt_engine *engine, vt_sidecars_figures *figures)
{
    *figures = (vt_sidecars_figures){0};
    if (engine->sidecars) {
        pthread_mutex_lock(&engine->sidecars->lock);
        *figures = engine->sidecars->figures;
        pthread_mutex_unlock(&engine->sidecars->lock);
    }
}

void vt_engine_hold_sidecars(vt_engine *engine, bool hold)
{
    if (engine->sidecars) {
        pthread_mutex_lock(&engine->sidecars->lock);
        engine->sidecars->figures.held = hold;
        pthread_mutex_unlock(&engine->sidecars->lock);
        vt_sidecar_service_poke(engine->sidecars);
    }
}
