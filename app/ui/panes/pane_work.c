#include "app/ui/panes/pane_work.h"

#include <qt6c/qobject.h>

#include <stdatomic.h>
#include <stdlib.h>

struct vt_pane_work {
    const vt_pane_work_ops *ops;
    vt_executor *executor;
    void *job;      /* owned */
    void *owner;    /* NULL: dropped; the UI thread's */
    vt_task *task;  /* one reference, until it is told or dropped */
    vt_error error; /* of the run */
    bool failed;
    atomic_int share; /* thousandths */
};

static void unref(void *user)
{
    vt_task_unref(user);
}

/* Of all posts, and never deleted: a worker that was left to itself may end at any time. */
static QObject *receiver;

/* Each post keeps the task, and so the work, alive until it has come. */
static void post(vt_pane_work *work, void (*callback)(void *task))
{
    qt_post(receiver, callback, vt_task_ref(work->task), unref);
}

static bool run(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    vt_pane_work *work = user;
    return work->ops->run(work, work->job, error);
}

static void tell_end(void *task)
{
    vt_pane_work *work = vt_task_user(task);
    void *owner = work->owner;
    if (owner) {
        work->owner = NULL;
        work->ops->ended(owner, work->job, work->failed ? &work->error : NULL);
        vt_task_unref(task); /* the owner's */
    }
}

static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    vt_pane_work *work = user;
    work->failed = state != VT_TASK_DONE;
    work->error = *error;
    post(work, tell_end);
}

static void release(void *user)
{
    vt_pane_work *work = user;
    work->ops->release(work->job);
    free(work);
}

static const vt_task_ops task_ops = {.name = "pane", .run = run, .finished = finished, .release = release};

vt_pane_work *vt_pane_work_start(vt_executor *executor, const vt_pane_work_ops *ops, void *job, void *owner,
                                 vt_error *error)
{
    if (!receiver) {
        receiver = q_object_new(NULL);
    }
    vt_pane_work *work = calloc(1, sizeof *work);
    vt_task *task = work ? vt_task_create(&task_ops, work, NULL) : NULL;
    if (!task) {
        ops->release(job);
        free(work);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for %s", ops->name);
        return NULL;
    }
    work->ops = ops;
    work->executor = executor;
    work->job = job;
    work->owner = owner;
    work->task = task;
    if (!vt_executor_submit(executor, task, VT_PRIORITY_CRITICAL, error)) {
        vt_task_unref(task);
        return NULL;
    }
    return work;
}

void vt_pane_work_drop(vt_pane_work *work, bool wait)
{
    if (!work) {
        return;
    }
    vt_task *task = work->task;
    work->owner = NULL;
    if (work->ops->interrupt) {
        work->ops->interrupt(work->job);
    }
    vt_executor_cancel(work->executor, task);
    if (wait) {
        vt_task_wait(task, VT_FOREVER);
    }
    vt_task_unref(task);
}

bool vt_pane_work_is_cancelled(vt_pane_work *work)
{
    return vt_cancel_requested(vt_task_cancel_token(work->task));
}

static void tell_progress(void *task)
{
    vt_pane_work *work = vt_task_user(task);
    if (work->owner && work->ops->progressed) {
        work->ops->progressed(work->owner, atomic_load(&work->share) / 1000.0);
    }
}

void vt_pane_work_report(vt_pane_work *work, double share)
{
    int now = (int)(share * 1000);
    if (atomic_exchange(&work->share, now) != now) {
        post(work, tell_progress);
    }
}
