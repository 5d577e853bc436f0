#include "core/task/executor_threads.h"

#include "core/base/thread.h"

#include "core/task/backlog.h"

#include <sched.h>
#include <stdlib.h>

typedef enum place_state {
    PLACE_EMPTY,
    PLACE_ALIVE,
    PLACE_ENDED /* its thread has left or is about to; not yet joined */
} place_state;

typedef struct threads_executor threads_executor;

/* One worker; those with an index below the wanted number stay. */
typedef struct worker_place {
    threads_executor *self;
    pthread_t thread;
    place_state state;
} worker_place;

struct threads_executor {
    vt_executor base;
    vt_backlog backlog;          /* has its own lock, inside `lock` */
    pthread_mutex_t resize_lock; /* guards starting and joining; taken before `lock` */
    pthread_mutex_t lock;        /* guards everything below */
    pthread_cond_t work;         /* something was queued, or workers shall end */
    worker_place places[VT_EXECUTOR_WORKERS_MAX];
    unsigned wanted;   /* workers */
    unsigned sleeping; /* of these, waiting for work */
};

/* The next task for this worker; NULL once it shall end. */
static vt_task *next_task_locked(threads_executor *self, const worker_place *place, size_t *running)
{
    while (place - self->places < self->wanted) {
        vt_task *task = vt_backlog_take(&self->backlog, running);
        if (task) {
            return task;
        }
        self->sleeping++;
        pthread_cond_wait(&self->work, &self->lock);
        self->sleeping--;
    }
    return NULL;
}

static void *worker_main(void *argument)
{
    worker_place *place = argument;
    threads_executor *self = place->self;
    size_t running = 0;
    pthread_mutex_lock(&self->lock);
    vt_task *task;
    while ((task = next_task_locked(self, place, &running))) {
        pthread_mutex_unlock(&self->lock);
        vt_backlog_run(&self->backlog, task, running);
        pthread_mutex_lock(&self->lock);
    }
    place->state = PLACE_ENDED;
    /* The signal that woke this worker may have been meant for work. */
    pthread_cond_signal(&self->work);
    pthread_mutex_unlock(&self->lock);
    return NULL;
}

/* Joins a worker that has ended and starts one in its place if it is wanted. With resize_lock held. */
static int refresh_place_locked(threads_executor *self, worker_place *place, bool wanted)
{
    pthread_mutex_lock(&self->lock);
    place_state state = place->state;
    if (state == PLACE_ENDED || (state == PLACE_EMPTY && wanted)) {
        place->state = wanted ? PLACE_ALIVE : PLACE_EMPTY;
    }
    pthread_mutex_unlock(&self->lock);
    if (state == PLACE_ENDED) {
        pthread_join(place->thread, NULL);
    }
    int fault =
        wanted && state != PLACE_ALIVE ? vt_thread_start(&place->thread, "worker", worker_main, place) : 0;
    if (fault) {
        pthread_mutex_lock(&self->lock);
        place->state = PLACE_EMPTY;
        pthread_mutex_unlock(&self->lock);
    }
    return fault;
}

static void want(threads_executor *self, unsigned workers)
{
    pthread_mutex_lock(&self->lock);
    self->wanted = workers;
    vt_backlog_set_workers(&self->backlog, workers);
    pthread_cond_broadcast(&self->work);
    pthread_mutex_unlock(&self->lock);
}

static bool threads_set_workers(vt_executor *executor, unsigned workers, vt_error *error)
{
    threads_executor *self = (threads_executor *)executor;
    int fault = 0;
    unsigned started = 0;
    pthread_mutex_lock(&self->resize_lock);
    /* Raised first: a new worker must find itself wanted. */
    want(self, workers);
    for (unsigned at = 0; at < VT_EXECUTOR_WORKERS_MAX && !fault; at++) {
        fault = refresh_place_locked(self, &self->places[at], at < workers);
        if (!fault && at < workers) {
            started++;
        }
    }
    if (fault) {
        want(self, started);
    }
    pthread_mutex_unlock(&self->resize_lock);
    return !fault || vt_error_set_errno(error, fault, "only %u of %u worker threads could be started",
                                        started, workers);
}

static bool threads_submit(vt_executor *executor, vt_task *task, vt_priority priority, vt_error *error)
{
    threads_executor *self = (threads_executor *)executor;
    if (!vt_backlog_accept(&self->backlog, task, priority, error)) {
        return false;
    }
    pthread_mutex_lock(&self->lock);
    if (self->sleeping > 0) {
        pthread_cond_signal(&self->work);
    }
    pthread_mutex_unlock(&self->lock);
    return true;
}

static bool threads_move(vt_executor *executor, vt_task *task, vt_priority priority, bool to_front)
{
    return vt_backlog_move(&((threads_executor *)executor)->backlog, task, priority, to_front);
}

static bool threads_cancel(vt_executor *executor, vt_task *task)
{
    return vt_backlog_cancel(&((threads_executor *)executor)->backlog, task);
}

static void threads_cancel_all(vt_executor *executor)
{
    vt_backlog_cancel_all(&((threads_executor *)executor)->backlog);
}

static bool threads_wait_idle(vt_executor *executor, int64_t timeout)
{
    return vt_backlog_wait_idle(&((threads_executor *)executor)->backlog, timeout);
}

static void threads_get_figures(const vt_executor *executor, vt_executor_figures *figures)
{
    vt_backlog_get_figures(&((threads_executor *)executor)->backlog, figures);
}

static void threads_free(vt_executor *executor)
{
    threads_executor *self = (threads_executor *)executor;
    vt_backlog_close(&self->backlog);
    want(self, 0);
    for (unsigned at = 0; at < VT_EXECUTOR_WORKERS_MAX; at++) {
        pthread_mutex_lock(&self->lock); /* a worker that ends writes its state under it */
        bool is_there = self->places[at].state != PLACE_EMPTY;
        pthread_mutex_unlock(&self->lock);
        if (is_there) {
            pthread_join(self->places[at].thread, NULL);
        }
    }
    pthread_cond_destroy(&self->work);
    pthread_mutex_destroy(&self->lock);
    pthread_mutex_destroy(&self->resize_lock);
    vt_backlog_fini(&self->backlog);
    free(self);
}

static const vt_executor_ops threads_ops = {
    .name = "threads",
    .submit = threads_submit,
    .move = threads_move,
    .cancel = threads_cancel,
    .cancel_all = threads_cancel_all,
    .wait_idle = threads_wait_idle,
    .set_workers = threads_set_workers,
    .get_figures = threads_get_figures,
    .free = threads_free,
};

/* Processors that this process may use. */
static unsigned processor_count(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count < 1 ? 1 : count > VT_EXECUTOR_WORKERS_MAX ? VT_EXECUTOR_WORKERS_MAX : (unsigned)count;
}

static bool init_locks(threads_executor *self)
{
    if (pthread_mutex_init(&self->resize_lock, NULL) != 0) {
        return false;
    }
    if (pthread_mutex_init(&self->lock, NULL) == 0) {
        if (vt_cond_init(&self->work)) {
            return true;
        }
        pthread_mutex_destroy(&self->lock);
    }
    pthread_mutex_destroy(&self->resize_lock);
    return false;
}

vt_executor *vt_executor_threads_create(unsigned workers, size_t queue_limit, vt_error *error)
{
    threads_executor *self = calloc(1, sizeof *self);
    if (!self) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an executor");
        return NULL;
    }
    if (!vt_backlog_init(&self->backlog, queue_limit, error)) {
        free(self);
        return NULL;
    }
    if (!init_locks(self)) {
        vt_backlog_fini(&self->backlog);
        free(self);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an executor");
        return NULL;
    }
    self->base.ops = &threads_ops;
    for (unsigned at = 0; at < VT_EXECUTOR_WORKERS_MAX; at++) {
        self->places[at].self = self;
    }
    if (!vt_executor_set_workers(&self->base, workers ? workers : processor_count(), error)) {
        threads_free(&self->base);
        return NULL;
    }
    return &self->base;
}
