#include "core/task/executor_qt.h"

#include "core/task/backlog.h"

#include <qt6c/qrunnable.h>
#include <qt6c/qthread.h>
#include <qt6c/qthreadpool.h>

#include <stdlib.h>
#include <sys/resource.h>

typedef struct qt_executor {
    vt_executor base;
    vt_backlog backlog;
    QThreadPool *pool;
    int niceness;
} qt_executor;

/* ---- the runnable ---- */

typedef struct task_runnable {
    QRunnable runnable;
    qt_executor *executor;
} task_runnable;

/* Once per thread: Linux keeps a niceness for each, and a thread belongs to one pool for all its life. */
static void stand_back(int niceness)
{
    static _Thread_local bool done;
    if (niceness > 0 && !done) {
        setpriority(PRIO_PROCESS, 0, niceness); /* a courtesy: may fail */
    }
    done = true;
}

/* What this run was for may have been cancelled, and then there may be nothing to take. */
static void run_first_task(QRunnable *runnable)
{
    qt_executor *self = ((task_runnable *)runnable)->executor;
    stand_back(self->niceness);
    size_t place = 0;
    vt_task *task = vt_backlog_take(&self->backlog, &place);
    if (task) {
        vt_backlog_run(&self->backlog, task, place);
    }
}

static const QRunnableVirtuals runnable_virtuals = {.run = run_first_task};
static qt_subclass runnable_class = {
    .base = &qt_class_QRunnable, .virtuals = &runnable_virtuals, .instance_size = sizeof(task_runnable)};

static void start_runnable(qt_executor *self)
{
    task_runnable *runnable = qt_subclass_allocate(&runnable_class);
    q_runnable_init(&runnable->runnable);
    qt_subclass_install(&runnable_class, runnable);
    runnable->executor = self;
    q_threadpool_start(self->pool, &runnable->runnable);
}

/* ---- the executor's operations ---- */

static qt_executor *self_of(vt_executor *executor)
{
    return (qt_executor *)executor;
}

static bool qt_submit(vt_executor *executor, vt_task *task, vt_priority priority, vt_error *error)
{
    if (!vt_backlog_accept(&self_of(executor)->backlog, task, priority, error)) {
        return false;
    }
    start_runnable(self_of(executor));
    return true;
}

static bool qt_move(vt_executor *executor, vt_task *task, vt_priority priority, bool to_front)
{
    return vt_backlog_move(&self_of(executor)->backlog, task, priority, to_front);
}

static bool qt_cancel(vt_executor *executor, vt_task *task)
{
    return vt_backlog_cancel(&self_of(executor)->backlog, task);
}

static void qt_cancel_all(vt_executor *executor)
{
    vt_backlog_cancel_all(&self_of(executor)->backlog);
}

static bool qt_wait_idle(vt_executor *executor, int64_t timeout)
{
    return vt_backlog_wait_idle(&self_of(executor)->backlog, timeout);
}

static bool qt_set_workers(vt_executor *executor, unsigned workers, vt_error *error)
{
    (void)error; /* vt_executor_set_workers has checked the number */
    q_threadpool_set_max_thread_count(self_of(executor)->pool, (int)workers);
    vt_backlog_set_workers(&self_of(executor)->backlog, workers);
    return true;
}

static void qt_get_figures(const vt_executor *executor, vt_executor_figures *figures)
{
    vt_backlog_get_figures(&((qt_executor *)executor)->backlog, figures);
}

static void qt_free(vt_executor *executor)
{
    qt_executor *self = self_of(executor);
    vt_backlog_close(&self->backlog);
    q_threadpool_delete(self->pool); /* waits for the empty runs */
    vt_backlog_fini(&self->backlog);
    free(self);
}

static const vt_executor_ops qt_ops = {
    .name = "qthreadpool",
    .submit = qt_submit,
    .move = qt_move,
    .cancel = qt_cancel,
    .cancel_all = qt_cancel_all,
    .wait_idle = qt_wait_idle,
    .set_workers = qt_set_workers,
    .get_figures = qt_get_figures,
    .free = qt_free,
};

static unsigned ideal_count(void)
{
    int count = q_thread_ideal_thread_count();
    return count < 1 ? 1 : count > VT_EXECUTOR_WORKERS_MAX ? VT_EXECUTOR_WORKERS_MAX : (unsigned)count;
}

vt_executor *vt_executor_qt_create(unsigned workers, size_t queue_limit, int niceness, vt_error *error)
{
    qt_executor *self = calloc(1, sizeof *self);
    if (!self) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an executor");
        return NULL;
    }
    if (!vt_backlog_init(&self->backlog, queue_limit, error)) {
        free(self);
        return NULL;
    }
    self->base.ops = &qt_ops;
    self->niceness = niceness;
    self->pool = q_threadpool_new(NULL);
    if (!vt_executor_set_workers(&self->base, workers ? workers : ideal_count(), error)) {
        qt_free(&self->base);
        return NULL;
    }
    return &self->base;
}
