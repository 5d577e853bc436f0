#include "app/ui/parts/meter.h"

#include "core/base/clock.h"

#include <qt6c/qtimer.h>

#include <stdlib.h>

enum { BEAT_MS = 5 };
static const int64_t frame_budget = 16700000; /* nanoseconds: one frame at 60 Hz */

struct vt_meter {
    vt_heartbeat *heartbeat;
    QTimer *timer;
    vt_log log;
    int users;
    int64_t begun;
    int64_t cpu; /* of this thread at the last beat, 0 before the first */
    int64_t longest_work;
    void (*late)(void *user, int64_t late);
    void *user; /* of it */
};

static void on_beat(void *user)
{
    vt_meter *meter = user;
    int64_t cpu = vt_clock_thread_cpu();
    int64_t now = vt_clock_now();
    int64_t late = vt_heartbeat_tick(meter->heartbeat, now);
    if (late > 0 && meter->late) {
        meter->late(meter->user, late);
    }
    if (late > frame_budget / 2) {
        vt_log_write(&meter->log, VT_LOG_DEBUG,
                     "stall: late_us=%lld work_us=%lld after_ms=%lld ended_us=%lld", (long long)late / 1000,
                     (long long)(cpu - meter->cpu) / 1000, (long long)((now - meter->begun) / VT_NS_PER_MS),
                     (long long)now / 1000);
    }
    if (meter->cpu && cpu - meter->cpu > meter->longest_work) {
        meter->longest_work = cpu - meter->cpu;
    }
    meter->cpu = cpu;
}

vt_meter *vt_meter_create(QObjectRef parent, vt_log log, vt_error *error)
{
    vt_meter *meter = calloc(1, sizeof *meter);
    if (!meter) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the heartbeat");
        return NULL;
    }
    meter->heartbeat = vt_heartbeat_create(BEAT_MS * VT_NS_PER_MS, frame_budget, error);
    if (!meter->heartbeat) {
        free(meter);
        return NULL;
    }
    meter->log = log;
    meter->timer = q_timer_new(parent);
    q_timer_set_interval(meter->timer, BEAT_MS);
    q_timer_set_timer_type(meter->timer, Qt_PreciseTimer);
    q_timer_on_timeout(meter->timer, meter->timer, on_beat, meter);
    return meter;
}

void vt_meter_free(vt_meter *meter)
{
    if (meter) {
        q_timer_stop(meter->timer);
        vt_heartbeat_free(meter->heartbeat);
        free(meter);
    }
}

void vt_meter_start(vt_meter *meter)
{
    if (meter->users++ == 0) {
        vt_heartbeat_reset(meter->heartbeat);
        meter->cpu = 0;
        meter->begun = vt_clock_now();
        meter->longest_work = 0;
        vt_heartbeat_pause(meter->heartbeat);
        q_timer_start(meter->timer);
    }
}

void vt_meter_stop(vt_meter *meter)
{
    if (--meter->users == 0) {
        q_timer_stop(meter->timer);
        vt_heartbeat_pause(meter->heartbeat);
    }
}

void vt_meter_listen(vt_meter *meter, void (*late)(void *user, int64_t late), void *user)
{
    meter->late = late;
    meter->user = user;
}

void vt_meter_get_figures(const vt_meter *meter, vt_heartbeat_figures *figures)
{
    vt_heartbeat_get_figures(meter->heartbeat, figures);
}

int64_t vt_meter_longest_work(const vt_meter *meter)
{
    return meter->longest_work;
}
