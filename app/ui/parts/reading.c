#include "app/ui/parts/reading.h"

#include "core/base/clock.h"

#include <qt6c/qtimer.h>
#include <qt6c/runtime.h>

#include <stdlib.h>

enum { RETRY_MS = 200 };

struct vt_reading {
    QObject *owner;
    vt_executor *executor;
    const vt_reading_ops *ops;
    void *user;
    QTimer *later;
    int pause_ms;
    vt_task *task; /* one reference; NULL if none is at work */
    bool again;    /* asked for while it is read */
    bool is_there; /* something was read already */
    bool stopped;
    bool *gone; /* set when this is freed; NULL outside of `take` */
};

typedef struct job {
    vt_reading *reading; /* for the UI thread only; NULL: it is gone */
    const vt_reading_ops *ops;
    vt_task_ops task_ops; /* with the name of what is read */
    QObject *owner;
    void *work;   /* owned */
    int64_t time; /* of a processor, that it took */
    vt_error error;
} job;

static bool run_job(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    job *of = user;
    int64_t start = vt_clock_thread_cpu();
    bool read = of->ops->read(of->work, error);
    of->time = vt_clock_thread_cpu() - start;
    return read;
}

static void start_later(vt_reading *reading, int ms)
{
    q_timer_set_interval(reading->later, ms);
    q_timer_start(reading->later);
}

static int pause_after(const vt_reading_ops *ops, int64_t time)
{
    int64_t share = time * ops->pause_share / VT_NS_PER_MS;
    int64_t pause = share < ops->pause_most_ms ? share : ops->pause_most_ms;
    return pause > ops->pause_ms ? (int)pause : ops->pause_ms;
}

static void take_job(void *user)
{
    job *of = vt_task_user(user); /* kept by the reference that was posted */
    vt_reading *reading = of->reading;
    if (!reading || reading->stopped) {
        return;
    }
    bool again = reading->again;
    bool gone = false;
    vt_task_unref(reading->task);
    reading->task = NULL;
    reading->again = false;
    reading->pause_ms = pause_after(reading->ops, of->time);
    reading->is_there = reading->is_there || of->error.code == VT_ERROR_NONE;
    reading->gone = &gone;
    reading->ops->take(reading->user, of->work, &of->error);
    if (gone) {
        return;
    }
    reading->gone = NULL;
    if (!again || reading->task || reading->stopped) {
        return; /* or it has begun already */
    }
    if (reading->pause_ms > 0) {
        start_later(reading, reading->pause_ms);
    } else {
        vt_reading_begin(reading);
    }
}

static void drop_task(void *task)
{
    vt_task_unref(task);
}

static void job_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)state;
    job *of = user;
    of->error = *error;
    qt_post(of->owner, take_job, vt_task_ref(task), drop_task);
}

static void release_job(void *user)
{
    job *of = user;
    of->ops->release(of->work);
    free(of);
}

/* NULL if there is nothing to read, or no memory. */
static vt_task *make_task(vt_reading *reading)
{
    void *work = reading->ops->prepare(reading->user);
    job *of = work ? calloc(1, sizeof *of) : NULL;
    if (!of) {
        if (work) {
            reading->ops->release(work);
        }
        return NULL;
    }
    *of = (job){.reading = reading, .ops = reading->ops, .owner = reading->owner, .work = work};
    of->task_ops = (vt_task_ops){
        .name = of->ops->name, .run = run_job, .finished = job_finished, .release = release_job};
    vt_task *task = vt_task_create(&of->task_ops, of, NULL);
    if (!task) {
        release_job(of);
    }
    return task;
}

static void begin(vt_reading *reading)
{
    vt_error error = VT_ERROR_INIT;
    q_timer_stop(reading->later);
    reading->task = make_task(reading);
    if (reading->task &&
        !vt_executor_submit(reading->executor, reading->task, reading->ops->priority, &error)) {
        vt_task_unref(reading->task);
        reading->task = NULL;
        if (error.code == VT_ERROR_LIMIT) {
            start_later(reading, RETRY_MS);
        }
    }
}

void vt_reading_begin(vt_reading *reading)
{
    if (reading && reading->task) {
        reading->again = true;
    } else if (reading && !reading->stopped) {
        begin(reading);
    }
}

void vt_reading_begin_soon(vt_reading *reading)
{
    if (!reading || reading->task || !reading->is_there || reading->ops->pause_ms == 0) {
        vt_reading_begin(reading);
    } else if (!reading->stopped && !q_timer_is_active(reading->later)) {
        start_later(reading, reading->pause_ms);
    }
}

static void on_later(void *user)
{
    vt_reading_begin(user);
}

vt_reading *vt_reading_create(QObject *owner, vt_executor *executor, const vt_reading_ops *ops, void *user)
{
    vt_reading *reading = calloc(1, sizeof *reading);
    if (reading) {
        *reading = (vt_reading){.owner = owner, .executor = executor, .ops = ops, .user = user};
        reading->later = q_timer_new(NULL); /* no child of the owner: that may be dying when this goes */
        q_timer_set_single_shot(reading->later, true);
        q_timer_on_timeout(reading->later, reading->later, on_later, reading);
    }
    return reading;
}

bool vt_reading_is_busy(const vt_reading *reading)
{
    return reading && (reading->task || q_timer_is_active(reading->later));
}

void vt_reading_stop(vt_reading *reading)
{
    if (!reading || reading->stopped) {
        return;
    }
    reading->stopped = true;
    q_timer_stop(reading->later);
    if (reading->task && !vt_task_is_final(reading->task)) {
        vt_executor_cancel(reading->executor, reading->task); /* it need not wait for its turn */
        vt_task_wait(reading->task, VT_FOREVER);
    }
}

void vt_reading_free(vt_reading *reading)
{
    if (!reading) {
        return;
    }
    vt_reading_stop(reading);
    if (reading->task) {
        ((job *)vt_task_user(reading->task))->reading = NULL; /* its result may still be on its way */
        vt_task_unref(reading->task);
    }
    if (reading->gone) {
        *reading->gone = true;
    }
    q_timer_delete(reading->later);
    free(reading);
}
