#include "core/task/executor_qt.h"

#include "core/task/task_run.h"

#include <qt6c/qrunnable.h>
#include <qt6c/qthread.h>
#include <qt6c/qthreadpool.h>

#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct qt_executor {
    vt_executor base;
    QThreadPool *pool;
    vt_priority_queue *queue; /* has its own lock, inside `lock` */
    pthread_mutex_t lock;     /* guards everything below */
    pthread_cond_t idle;      /* `unfinished` fell to 0 */
    vt_task *running[VT_EXECUTOR_WORKERS_MAX];
    size_t unfinished; /* accepted tasks that the executor still holds */
    unsigned wanted;   /* workers */
    int nice;          /* constant */
    bool closing;
    vt_executor_figures figures; /* queued is the queue's */
} qt_executor;

/* ---- the runnable ---- */

typedef struct task_runnable {
    QRunnable runnable;
    qt_executor *executor;
} task_runnable;

static void settle(qt_executor *self, vt_task *task, vt_task_state state)
{
    /* First, so that nothing of a task is left when the executor is idle. */
    vt_task_unref(task);
    pthread_mutex_lock(&self->lock);
    self->figures.done += state == VT_TASK_DONE;
    self->figures.failed += state == VT_TASK_FAILED;
    self->figures.cancelled += state == VT_TASK_CANCELLED;
    if (--self->unfinished == 0) {
        pthread_cond_broadcast(&self->idle);
    }
    pthread_mutex_unlock(&self->lock);
}

static void drop(qt_executor *self, vt_task *task)
{
    vt_task_drop(task);
    settle(self, task, vt_task_get_state(task));
}

/* Takes the first task and a place among the running ones; NULL if what this run was for has been taken out.
 */
static vt_task *take_task(qt_executor *self, size_t *place)
{
    pthread_mutex_lock(&self->lock);
    vt_priority_entry *entry = vt_priority_queue_pop(self->queue);
    vt_task *task = entry ? vt_task_of_entry(entry) : NULL;
    if (task) {
        *place = 0;
        /* Never more runs than places: the pool has at most VT_EXECUTOR_WORKERS_MAX threads. */
        while (self->running[*place]) {
            (*place)++;
        }
        self->running[*place] = task;
        self->figures.running++;
    }
    pthread_mutex_unlock(&self->lock);
    return task;
}

/* Linux has priorities per thread, whatever POSIX says. A thread of the pool is asked once. */
static void stand_back(const qt_executor *self)
{
    static _Thread_local bool asked;
    if (self->nice && !asked) {
        asked = true;
        setpriority(PRIO_PROCESS, (id_t)gettid(), self->nice); /* a refusal costs nothing but smoothness */
    }
}

static void run_first_task(QRunnable *runnable)
{
    qt_executor *self = ((task_runnable *)runnable)->executor;
    stand_back(self);
    size_t place = 0;
    vt_task *task = take_task(self, &place);
    if (!task) {
        return;
    }
    vt_task_state state = vt_task_execute(task);
    pthread_mutex_lock(&self->lock);
    self->running[place] = NULL;
    self->figures.running--;
    pthread_mutex_unlock(&self->lock);
    settle(self, task, state);
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

static bool qt_submit(vt_executor *executor, vt_task *task, vt_priority priority, vt_error *error)
{
    qt_executor *self = (qt_executor *)executor;
    if (!vt_task_claim(task, error)) {
        return false;
    }
    vt_task_ref(task);
    pthread_mutex_lock(&self->lock);
    size_t ahead = self->figures.running + vt_priority_queue_length(self->queue);
    bool closing = self->closing;
    bool accepted = !closing && vt_priority_queue_push(self->queue, vt_task_entry(task), priority, error);
    if (accepted) {
        self->unfinished++;
        self->figures.submitted++;
        self->figures.exhausted += ahead >= self->wanted;
    } else {
        self->figures.refused++;
    }
    pthread_mutex_unlock(&self->lock);
    if (accepted) {
        start_runnable(self);
        return true;
    }
    vt_task_unclaim(task);
    vt_task_unref(task);
    return closing ? vt_error_set(error, VT_ERROR_CANCELLED, "the executor is shutting down") : false;
}

static bool qt_move(vt_executor *executor, vt_task *task, vt_priority priority, bool to_front)
{
    qt_executor *self = (qt_executor *)executor;
    return vt_priority_queue_move(self->queue, vt_task_entry(task), priority, to_front);
}

static bool qt_cancel(vt_executor *executor, vt_task *task)
{
    qt_executor *self = (qt_executor *)executor;
    if (vt_priority_queue_remove(self->queue, vt_task_entry(task))) {
        drop(self, task);
        return true;
    }
    vt_cancel_request(vt_task_cancel_token(task));
    return false;
}

static void qt_cancel_all(vt_executor *executor)
{
    qt_executor *self = (qt_executor *)executor;
    /* Taken out in one go: what their ends submit anew is not meant. */
    vt_task *taken = NULL;
    pthread_mutex_lock(&self->lock);
    vt_priority_entry *entry;
    while ((entry = vt_priority_queue_pop(self->queue))) {
        vt_task *task = vt_task_of_entry(entry);
        vt_task_set_executor_data(task, taken);
        taken = task;
    }
    for (size_t at = 0; at < VT_EXECUTOR_WORKERS_MAX; at++) {
        if (self->running[at]) {
            vt_cancel_request(vt_task_cancel_token(self->running[at]));
        }
    }
    pthread_mutex_unlock(&self->lock);
    while (taken) {
        vt_task *task = taken;
        taken = vt_task_executor_data(task);
        drop(self, task);
    }
}

static bool qt_wait_idle(vt_executor *executor, int64_t timeout)
{
    qt_executor *self = (qt_executor *)executor;
    int64_t deadline = vt_deadline_after(timeout);
    pthread_mutex_lock(&self->lock);
    while (self->unfinished > 0 && vt_cond_wait_until(&self->idle, &self->lock, deadline)) {
    }
    bool is_idle = self->unfinished == 0;
    pthread_mutex_unlock(&self->lock);
    return is_idle;
}

static bool qt_set_workers(vt_executor *executor, unsigned workers, vt_error *error)
{
    qt_executor *self = (qt_executor *)executor;
    if (workers < 1 || workers > VT_EXECUTOR_WORKERS_MAX) {
        return vt_error_set(error, VT_ERROR_USAGE, "%u workers are not between 1 and %d", workers,
                            VT_EXECUTOR_WORKERS_MAX);
    }
    q_threadpool_set_max_thread_count(self->pool, (int)workers);
    pthread_mutex_lock(&self->lock);
    self->wanted = workers;
    pthread_mutex_unlock(&self->lock);
    return true;
}

static void qt_get_figures(const vt_executor *executor, vt_executor_figures *figures)
{
    qt_executor *self = (qt_executor *)executor;
    vt_priority_queue_stats stats;
    vt_priority_queue_get_stats(self->queue, &stats);
    pthread_mutex_lock(&self->lock);
    *figures = self->figures;
    figures->workers = self->wanted;
    pthread_mutex_unlock(&self->lock);
    figures->queued = stats.waiting_total;
    figures->queue_limit = stats.limit;
}

static void qt_free(vt_executor *executor)
{
    qt_executor *self = (qt_executor *)executor;
    pthread_mutex_lock(&self->lock);
    self->closing = true;
    pthread_mutex_unlock(&self->lock);
    qt_cancel_all(executor);
    qt_wait_idle(executor, VT_FOREVER);
    q_threadpool_delete(self->pool); /* waits for the empty runs */
    vt_priority_queue_free(self->queue);
    pthread_cond_destroy(&self->idle);
    pthread_mutex_destroy(&self->lock);
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

vt_executor *vt_executor_qt_create(unsigned workers, size_t queue_limit, int nice, vt_error *error)
{
    vt_priority_queue *queue = vt_priority_queue_create(queue_limit, error);
    if (!queue) {
        return NULL;
    }
    qt_executor *self = calloc(1, sizeof *self);
    if (!self || pthread_mutex_init(&self->lock, NULL) != 0) {
        goto no_memory;
    }
    if (!vt_cond_init(&self->idle)) {
        pthread_mutex_destroy(&self->lock);
        goto no_memory;
    }
    self->base.ops = &qt_ops;
    self->queue = queue;
    self->nice = nice;
    self->pool = q_threadpool_new(NULL);
    if (!vt_executor_set_workers(&self->base, workers ? workers : ideal_count(), error)) {
        qt_free(&self->base);
        return NULL;
    }
    return &self->base;
no_memory:
    free(self);
    vt_priority_queue_free(queue);
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an executor");
    return NULL;
}
