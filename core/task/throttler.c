#include "core/task/throttler.h"

#include "core/base/clock.h"
#include "core/base/str.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static int64_t clock_now(void *user)
{
    (void)user;
    return vt_clock_now();
}

const vt_time_source vt_time_source_clock = {.now = clock_now};

struct vt_throttler {
    int64_t interval;
    vt_throttler_emit emit;
    void *user;
    vt_time_source time;
    pthread_mutex_t lock; /* guards everything below */
    bool has_emitted;
    int64_t emitted_at;
    bool force; /* the next update passes */
    bool has_pending;
    vt_throttled_update pending;
    vt_throttler_stats stats;
};

vt_throttler *vt_throttler_create(int64_t interval, vt_throttler_emit emit, void *user,
                                  const vt_time_source *time)
{
    vt_throttler *throttler = calloc(1, sizeof *throttler);
    if (!throttler || pthread_mutex_init(&throttler->lock, NULL) != 0) {
        free(throttler);
        return NULL;
    }
    throttler->interval = interval;
    throttler->emit = emit;
    throttler->user = user;
    throttler->time = time ? *time : vt_time_source_clock;
    return throttler;
}

void vt_throttler_free(vt_throttler *throttler)
{
    if (throttler) {
        pthread_mutex_destroy(&throttler->lock);
        free(throttler);
    }
}

static bool is_due_locked(const vt_throttler *throttler, int64_t now)
{
    return throttler->force || !throttler->has_emitted || now - throttler->emitted_at >= throttler->interval;
}

static void emit_locked(vt_throttler *throttler, const vt_throttled_update *update, int64_t now)
{
    throttler->has_emitted = true;
    throttler->emitted_at = now;
    throttler->force = false;
    throttler->has_pending = false;
    throttler->stats.emitted++;
    throttler->emit(throttler->user, update);
}

static void fill(vt_throttled_update *update, uint64_t current, uint64_t total, const char *text)
{
    update->current = current;
    update->total = total;
    size_t length = text ? strlen(text) : 0;
    if (length >= sizeof update->text) {
        length = vt_utf8_cut(text, sizeof update->text - 1);
    }
    if (length > 0) {
        memcpy(update->text, text, length);
    }
    update->text[length] = '\0';
}

bool vt_throttler_is_due(vt_throttler *throttler)
{
    int64_t now = throttler->time.now(throttler->time.user);
    pthread_mutex_lock(&throttler->lock);
    bool due = is_due_locked(throttler, now);
    pthread_mutex_unlock(&throttler->lock);
    return due;
}

bool vt_throttler_update(vt_throttler *throttler, uint64_t current, uint64_t total, const char *text)
{
    pthread_mutex_lock(&throttler->lock);
    throttler->stats.total++;
    int64_t now = throttler->time.now(throttler->time.user);
    bool pass = is_due_locked(throttler, now) || (total > 0 && current >= total);
    fill(&throttler->pending, current, total, text);
    if (pass) {
        emit_locked(throttler, &throttler->pending, now);
    } else {
        throttler->has_pending = true;
        throttler->stats.throttled++;
    }
    pthread_mutex_unlock(&throttler->lock);
    return pass;
}

bool vt_throttler_flush_pending(vt_throttler *throttler)
{
    pthread_mutex_lock(&throttler->lock);
    bool flushed = throttler->has_pending;
    if (flushed) {
        emit_locked(throttler, &throttler->pending, throttler->time.now(throttler->time.user));
    }
    pthread_mutex_unlock(&throttler->lock);
    return flushed;
}

void vt_throttler_force_next(vt_throttler *throttler)
{
    pthread_mutex_lock(&throttler->lock);
    throttler->force = true;
    pthread_mutex_unlock(&throttler->lock);
}

void vt_throttler_get_stats(vt_throttler *throttler, vt_throttler_stats *stats)
{
    pthread_mutex_lock(&throttler->lock);
    *stats = throttler->stats;
    pthread_mutex_unlock(&throttler->lock);
}
