#include "app/ui/performance/performance_private.h"

#include "app/ui/parts/translate.h"
#include "core/base/clock.h"
#include "core/perf/heartbeat.h"
#include "core/task/executor_threads.h"

#include <qt6c/connect.h>

#include <stdlib.h>
#include <string.h>

enum { BEAT_MS = 10, QUEUE_LIMIT = 16 };
#define FRAME_NS      INT64_C(16700000)
#define MINUTE_NS     (60 * VT_NS_PER_S)
#define LOOK_EVERY_NS VT_NS_PER_S

/* ---- work ---- */

typedef struct work_item {
    vt_performance *performance;
    const vt_performance_work *work;
    void *user;
    vt_error error;
} work_item;

static void free_item(void *user)
{
    work_item *item = user;
    if (item->work->release) {
        item->work->release(item->user);
    }
    free(item);
}

static bool run_item(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    work_item *item = user;
    return item->work->run(item->user, error);
}

static void deliver_item(void *user)
{
    work_item *item = user;
    item->work->done(item->performance, item->user, item->error.code ? &item->error : NULL);
}

static void item_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    work_item *item = user;
    item->error = *error;
    qt_post((QObject *)item->performance->timer, deliver_item, item, free_item);
}

static const vt_task_ops item_ops = {
    .name = "performance centre", .run = run_item, .finished = item_finished};

static bool submit(vt_performance *performance, work_item *item, vt_error *error)
{
    if (!performance->executor) {
        performance->executor = vt_executor_threads_create(1, QUEUE_LIMIT, error);
    }
    vt_task *task = performance->executor ? vt_task_create(&item_ops, item, NULL) : NULL;
    if (!task) {
        if (error->code == VT_ERROR_NONE) {
            vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        }
        return false;
    }
    bool accepted = vt_executor_submit(performance->executor, task, VT_PRIORITY_HIGH, error);
    vt_task_unref(task);
    return accepted;
}

void vt_performance_work_on(vt_performance *performance, const vt_performance_work *work, void *user)
{
    vt_error error = VT_ERROR_INIT;
    work_item *item = malloc(sizeof *item);
    if (!item) {
        vt_error_set(&error, VT_ERROR_MEMORY, "out of memory");
        work->done(performance, user, &error);
        if (work->release) {
            work->release(user);
        }
        return;
    }
    *item = (work_item){performance, work, user, VT_ERROR_INIT};
    if (!submit(performance, item, &error)) {
        work->done(performance, user, &error);
        free_item(item);
    }
}

/* ---- listeners ---- */

void vt_performance_tell(vt_performance *performance, const char *text)
{
    vt_log_write(&performance->context.log, VT_LOG_INFO, "performance: %s", text);
    if (!performance->listeners) {
        performance->context.ops->say(performance->context.user, text);
    }
    for (vt_performance_listener *at = performance->listeners, *next; at; at = next) {
        next = at->next;
        at->told(at->user, text);
    }
}

static void on_timer(void *user)
{
    vt_performance_sample(user);
}

static void on_beat(void *user)
{
    vt_performance *performance = user;
    int64_t late = vt_heartbeat_tick(performance->heartbeat, vt_clock_now());
    if (late > performance->longest_stall) {
        performance->longest_stall = late;
    }
    if (late > FRAME_NS) {
        vt_monitor_record(performance->context.monitor, performance->stall, late);
    }
}

static void begin(vt_performance *performance)
{
    int64_t now = vt_clock_now();
    if (!performance->sampler) {
        performance->sampler = vt_sampler_create(now);
    }
    vt_log_write(&performance->context.log, VT_LOG_INFO, "performance: sampling begins");
    vt_heartbeat_pause(performance->heartbeat);
    performance->longest_stall = 0;
    q_timer_start(performance->beat);
    q_timer_start(performance->timer);
    performance->disk_ns = 0;
    vt_performance_sample(performance);
}

static void end(vt_performance *performance)
{
    q_timer_stop(performance->timer);
    q_timer_stop(performance->beat);
    if (performance->sampler) {
        vt_sampler_pause(performance->sampler);
    }
    double pools = 0;
    bool known =
        performance->sampler && vt_sampler_last(performance->sampler, VT_FIGURE_MEMORY_POOLS, &pools);
    vt_log_write(&performance->context.log, VT_LOG_INFO,
                 "performance: sampling ends: samples=%llu timers=%d pools=%.0f",
                 (unsigned long long)performance->samples,
                 q_timer_is_active(performance->timer) + q_timer_is_active(performance->beat),
                 known ? pools : -1);
}

void vt_performance_listen(vt_performance *performance, vt_performance_listener *listener)
{
    for (const vt_performance_listener *at = performance->listeners; at; at = at->next) {
        if (at == listener) {
            return;
        }
    }
    bool first = !performance->listeners;
    listener->next = performance->listeners;
    performance->listeners = listener;
    if (first) {
        begin(performance);
    }
}

void vt_performance_unlisten(vt_performance *performance, vt_performance_listener *listener)
{
    vt_performance_listener **at = &performance->listeners;
    while (*at && *at != listener) {
        at = &(*at)->next;
    }
    if (!*at) {
        return;
    }
    *at = listener->next;
    if (!performance->listeners) {
        end(performance);
    }
}

/* ---- life ---- */

static QTimer *make_timer(vt_performance *performance, int interval, Qt_TimerType type,
                          void (*callback)(void *))
{
    QTimer *timer = q_timer_new(NULL);
    q_timer_set_interval(timer, interval);
    q_timer_set_timer_type(timer, type);
    q_timer_on_timeout(timer, timer, callback, performance);
    return timer;
}

vt_performance *vt_performance_create(const vt_performance_context *context, vt_error *error)
{
    vt_performance *performance = calloc(1, sizeof *performance);
    if (!performance) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the Performance centre");
        return NULL;
    }
    performance->heartbeat = vt_heartbeat_create(BEAT_MS * VT_NS_PER_MS, FRAME_NS, error);
    if (!performance->heartbeat) {
        free(performance);
        return NULL;
    }
    performance->context = *context;
    performance->disk_free = -1;
    performance->situation.hit_percent = performance->situation.cpu_percent = -1;
    performance->timer = make_timer(performance, VT_PERFORMANCE_SAMPLE_MS, Qt_CoarseTimer, on_timer);
    performance->beat = make_timer(performance, BEAT_MS, Qt_PreciseTimer, on_beat);
    const vt_budget *frame = vt_budget_get(VT_BUDGET_UI_FRAME);
    performance->frame =
        vt_monitor_operation(context->monitor, VT_TR_NOOP("performance", "frame painted"), frame, NULL);
    performance->stall =
        vt_monitor_operation(context->monitor, VT_TR_NOOP("performance", "window stood still"), frame, NULL);
    return performance;
}

void vt_performance_free(vt_performance *performance)
{
    if (!performance) {
        return;
    }
    vt_executor_free(performance->executor); /* waits; what it posted goes with the timer */
    q_timer_delete(performance->timer);
    q_timer_delete(performance->beat);
    vt_heartbeat_free(performance->heartbeat);
    vt_sampler_free(performance->sampler);
    free(performance);
}

/* ---- what the window tells ---- */

void vt_performance_frame(vt_performance *performance, int64_t duration)
{
    performance->frames++;
    performance->frame_ns += duration;
    int64_t now = vt_clock_now();
    vt_monitor_record_span(performance->context.monitor, performance->frame, now - duration, now);
}

void vt_performance_stalled(vt_performance *performance, int64_t late)
{
    if (performance->listeners) {
        return; /* its own heartbeat sees it, too */
    }
    if (late > performance->longest_stall) {
        performance->longest_stall = late;
    }
    if (late > FRAME_NS) {
        vt_monitor_record(performance->context.monitor, performance->stall, late);
    }
}

void vt_performance_look(vt_performance *performance)
{
    if (!performance->listeners && vt_clock_now() - performance->looked_ns >= LOOK_EVERY_NS) {
        vt_performance_sample(performance);
    }
}

void vt_performance_take_settings(vt_performance *performance, const vt_settings *settings)
{
    performance->context.settings = *settings;
}

/* ---- what the views show ---- */

const vt_sampler *vt_performance_sampler(const vt_performance *performance)
{
    return performance->sampler;
}

vt_monitor *vt_performance_monitor(const vt_performance *performance)
{
    return performance->context.monitor;
}

const vt_trace *vt_performance_trace(const vt_performance *performance)
{
    return performance->context.trace;
}

const vt_settings *vt_performance_settings(const vt_performance *performance)
{
    return &performance->context.settings;
}

const vt_log *vt_performance_log(const vt_performance *performance)
{
    return &performance->context.log;
}

const vt_situation *vt_performance_situation(const vt_performance *performance)
{
    return &performance->situation;
}

size_t vt_performance_resources(const vt_performance *performance, const vt_resource_usage **list)
{
    *list = performance->resources;
    return performance->resource_count;
}

bool vt_performance_is_on(const vt_performance *performance, vt_alert_id alert)
{
    return vt_alerts_is_on(&performance->alerts, alert);
}
