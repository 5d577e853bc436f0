#include "core/task/progress.h"

#include "core/base/clock.h"

#include <pthread.h>
#include <stdlib.h>

/* The window of the rate is a ring of time slots, so that its size does not depend on the number of items. */
enum { SLOTS = 32 };
#define SLOT_NS (VT_PROGRESS_WINDOW / SLOTS)

struct vt_progress {
    vt_progress_callback report;
    void *user;
    vt_time_source time;
    int64_t start;
    vt_throttler *throttler;   /* its lock comes after `lock` */
    pthread_mutex_t reporting; /* held while a report is handed on; comes after `lock`, too */
    pthread_mutex_t lock;      /* guards everything below */
    bool due;                  /* a report was let through */
    uint64_t completed, failed;
    uint64_t total;
    bool indeterminate;
    bool finished;
    uint64_t slots[SLOTS]; /* items ended in the slots up to and including `slot` */
    int64_t slot;          /* number of the newest slot, counted from the start */
};

static int64_t elapsed(const vt_progress *progress)
{
    return progress->time.now(progress->time.user) - progress->start;
}

/* Moves the ring on to the present slot and empties the slots passed over. */
static void advance_locked(vt_progress *progress, int64_t now)
{
    int64_t slot = now / SLOT_NS;
    int64_t passed = slot - progress->slot;
    for (int64_t i = 1; i <= passed && i <= SLOTS; i++) {
        progress->slots[(progress->slot + i) % SLOTS] = 0;
    }
    if (passed > 0) {
        progress->slot = slot;
    }
}

static double rate_locked(const vt_progress *progress, int64_t now)
{
    int64_t oldest = progress->slot >= SLOTS ? progress->slot - SLOTS + 1 : 0;
    int64_t covered = now - oldest * SLOT_NS;
    if (covered < SLOT_NS) {
        return 0; /* too short a time to tell */
    }
    uint64_t items = 0;
    for (int i = 0; i < SLOTS; i++) {
        items += progress->slots[i];
    }
    return (double)items * (double)VT_NS_PER_S / (double)covered;
}

static int64_t remaining_locked(const vt_progress *progress, double rate)
{
    uint64_t ended = progress->completed + progress->failed;
    if (progress->indeterminate) {
        return -1;
    }
    if (ended >= progress->total) {
        return 0;
    }
    if (progress->finished || rate <= 0) {
        return -1;
    }
    double seconds = (double)(progress->total - ended) / rate;
    return seconds < 1e9 ? (int64_t)(seconds * (double)VT_NS_PER_S) : -1;
}

static void fill_report_locked(vt_progress *progress, vt_progress_report *report)
{
    int64_t now = elapsed(progress);
    advance_locked(progress, now);
    uint64_t ended = progress->completed + progress->failed;
    double percent = progress->total > 0 ? 100.0 * (double)ended / (double)progress->total : 100.0;
    double rate = rate_locked(progress, now);
    *report = (vt_progress_report){
        .completed = progress->completed,
        .failed = progress->failed,
        .total = progress->total,
        .indeterminate = progress->indeterminate,
        .finished = progress->finished,
        .percent = progress->indeterminate ? -1 : percent,
        .items_per_second = rate,
        .elapsed = now,
        .remaining = remaining_locked(progress, rate),
    };
}

/* The throttler lets one through; called with `lock` held, because updates are offered so. */
static void emit(void *user, const vt_throttled_update *update)
{
    (void)update;
    vt_progress *progress = user;
    progress->due = progress->report != NULL;
}

/* Gives `lock` back, and reports what the throttler has let through. Whom a report wakes asks for figures at
   once, and so must not find the lock held. */
static void unlock_and_report(vt_progress *progress)
{
    if (!progress->due) {
        pthread_mutex_unlock(&progress->lock);
        return;
    }
    vt_progress_report report;
    progress->due = false;
    fill_report_locked(progress, &report);
    pthread_mutex_lock(&progress->reporting); /* before the other one is given back: in order */
    pthread_mutex_unlock(&progress->lock);
    progress->report(progress->user, &report);
    pthread_mutex_unlock(&progress->reporting);
}

vt_progress *vt_progress_create(uint64_t total, int64_t interval, vt_progress_callback report, void *user,
                                const vt_time_source *time)
{
    vt_progress *progress = calloc(1, sizeof *progress);
    if (!progress) {
        return NULL;
    }
    progress->throttler = vt_throttler_create(interval, emit, progress, time);
    if (!progress->throttler) {
        free(progress);
        return NULL;
    }
    pthread_mutex_init(&progress->lock, NULL);
    pthread_mutex_init(&progress->reporting, NULL);
    progress->report = report;
    progress->user = user;
    progress->time = time ? *time : vt_time_source_clock;
    progress->start = progress->time.now(progress->time.user);
    progress->total = total;
    progress->indeterminate = total == 0;
    return progress;
}

void vt_progress_free(vt_progress *progress)
{
    if (progress) {
        pthread_mutex_destroy(&progress->lock);
        pthread_mutex_destroy(&progress->reporting);
        vt_throttler_free(progress->throttler);
        free(progress);
    }
}

/* `last`: this update completes the batch, which always shows. */
static void offer_locked(vt_progress *progress, bool last)
{
    uint64_t ended = progress->completed + progress->failed;
    vt_throttler_update(progress->throttler, ended, last ? ended : 0, NULL);
}

void vt_progress_set_total(vt_progress *progress, uint64_t total)
{
    pthread_mutex_lock(&progress->lock);
    if (!progress->finished) {
        uint64_t ended = progress->completed + progress->failed;
        progress->total = total > ended ? total : ended;
        progress->indeterminate = false;
        offer_locked(progress, false);
    }
    unlock_and_report(progress);
}

void vt_progress_add_found(vt_progress *progress, uint64_t count)
{
    pthread_mutex_lock(&progress->lock);
    if (!progress->finished) {
        progress->total += count;
        progress->indeterminate = true;
        offer_locked(progress, false);
    }
    unlock_and_report(progress);
}

static void end_items(vt_progress *progress, uint64_t completed, uint64_t failed)
{
    pthread_mutex_lock(&progress->lock);
    if (!progress->finished) {
        progress->completed += completed;
        progress->failed += failed;
        uint64_t ended = progress->completed + progress->failed;
        bool last = !progress->indeterminate && ended == progress->total;
        if (ended > progress->total) {
            progress->total = ended;
        }
        advance_locked(progress, elapsed(progress));
        progress->slots[progress->slot % SLOTS] += completed + failed;
        offer_locked(progress, last);
    }
    unlock_and_report(progress);
}

void vt_progress_increment(vt_progress *progress, uint64_t count)
{
    end_items(progress, count, 0);
}

void vt_progress_increment_failed(vt_progress *progress, uint64_t count)
{
    end_items(progress, 0, count);
}

void vt_progress_finish(vt_progress *progress)
{
    pthread_mutex_lock(&progress->lock);
    if (!progress->finished) {
        progress->finished = true;
        vt_throttler_force_next(progress->throttler);
        offer_locked(progress, false);
    }
    unlock_and_report(progress);
}

void vt_progress_get_report(vt_progress *progress, vt_progress_report *report)
{
    pthread_mutex_lock(&progress->lock);
    fill_report_locked(progress, report);
    pthread_mutex_unlock(&progress->lock);
}

void vt_progress_get_stats(vt_progress *progress, vt_throttler_stats *stats)
{
    vt_throttler_get_stats(progress->throttler, stats);
}
