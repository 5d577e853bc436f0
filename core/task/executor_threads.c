#include "core/task/executor_threads.h"

#include "core/task/task_run.h"

#include <sched.h>
#include <signal.h>
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
    vt_task *task; /* running now, or NULL */
} worker_place;

struct threads_executor {
    vt_executor base;
    vt_priority_queue *queue;    /* has its own lock, inside `lock` */
    pthread_mutex_t resize_lock; /* guards starting and joining; taken before `lock` */
    pthread_mutex_t lock;        /* guards everything below */
    pthread_cond_t work;         /* something was queued, or workers shall end */
    pthread_cond_t idle;         /* `unfinished` fell to 0 */
    worker_place places[VT_EXECUTOR_WORKERS_MAX];
    unsigned wanted;   /* workers */
    unsigned sleeping; /* of these, waiting for work */
    size_t unfinished; /* accepted tasks that executor still holds: queued, running, being dropped */
    bool closing;
    vt_executor_figures figures; /* queued is the queue's */
};

/* Gives a task back after it has ended. */
static void settle(threads_executor *self, vt_task *task, vt_task_state state)
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

static void drop(threads_executor *self, vt_task *task)
{
    vt_task_drop(task);
    settle(self, task, vt_task_get_state(task));
}

/* The next task for this worker; NULL once it shall end. */
static vt_task *next_task_locked(threads_executor *self, const worker_place *place)
{
    for (;;) {
        if (place - self->places >= self->wanted) {
            return NULL;
        }
        vt_priority_entry *entry = vt_priority_queue_pop(self->queue);
        if (entry) {
            return vt_task_of_entry(entry);
        }
        self->sleeping++;
        pthread_cond_wait(&self->work, &self->lock);
        self->sleeping--;
    }
}

static void *worker_main(void *argument)
{
    worker_place *place = argument;
    threads_executor *self = place->self;
    pthread_mutex_lock(&self->lock);
    vt_task *task;
    while ((task = next_task_locked(self, place))) {
        place->task = task;
        self->figures.running++;
        pthread_mutex_unlock(&self->lock);

        vt_task_state state = vt_task_execute(task);

        pthread_mutex_lock(&self->lock);
        place->task = NULL;
        self->figures.running--;
        pthread_mutex_unlock(&self->lock);
        settle(self, task, state);
        pthread_mutex_lock(&self->lock);
    }
    place->state = PLACE_ENDED;
    /* The signal that woke this worker may have been meant for work. */
    pthread_cond_signal(&self->work);
    pthread_mutex_unlock(&self->lock);
    return NULL;
}

static int start_thread(worker_place *place)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int fault = pthread_create(&place->thread, NULL, worker_main, place);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return fault;
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
    int fault = wanted && state != PLACE_ALIVE ? start_thread(place) : 0;
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
    if (!vt_task_claim(task, error)) {
        return false;
    }
    vt_task_ref(task);
    pthread_mutex_lock(&self->lock);
    size_t ahead = self->figures.running + vt_priority_queue_length(self->queue);
    bool accepted =
        !self->closing && vt_priority_queue_push(self->queue, vt_task_entry(task), priority, error);
    bool closing = self->closing;
    if (accepted) {
        self->unfinished++;
        self->figures.submitted++;
        self->figures.exhausted += ahead >= self->wanted;
        if (self->sleeping > 0) {
            pthread_cond_signal(&self->work);
        }
    } else {
        self->figures.refused++;
    }
    pthread_mutex_unlock(&self->lock);
    if (!accepted) {
        vt_task_unclaim(task);
        vt_task_unref(task);
    }
    return accepted ||
           (closing ? vt_error_set(error, VT_ERROR_CANCELLED, "the executor is shutting down") : false);
}

static bool threads_move(vt_executor *executor, vt_task *task, vt_priority priority, bool to_front)
{
    threads_executor *self = (threads_executor *)executor;
    return vt_priority_queue_move(self->queue, vt_task_entry(task), priority, to_front);
}

static bool threads_cancel(vt_executor *executor, vt_task *task)
{
    threads_executor *self = (threads_executor *)executor;
    if (vt_priority_queue_remove(self->queue, vt_task_entry(task))) {
        drop(self, task);
        return true;
    }
    vt_cancel_request(vt_task_cancel_token(task));
    return false;
}

static void threads_cancel_all(vt_executor *executor)
{
    threads_executor *self = (threads_executor *)executor;
    /* Taken out in one go: what their ends submit anew is not meant. */
    vt_task *taken = NULL;
    pthread_mutex_lock(&self->lock);
    vt_priority_entry *entry;
    while ((entry = vt_priority_queue_pop(self->queue))) {
        vt_task *task = vt_task_of_entry(entry);
        vt_task_set_executor_data(task, taken);
        taken = task;
    }
    for (unsigned at = 0; at < VT_EXECUTOR_WORKERS_MAX; at++) {
        if (self->places[at].task) {
            vt_cancel_request(vt_task_cancel_token(self->places[at].task));
        }
    }
    pthread_mutex_unlock(&self->lock);
    while (taken) {
        vt_task *task = taken;
        taken = vt_task_executor_data(task);
        drop(self, task);
    }
}

static bool threads_wait_idle(vt_executor *executor, int64_t timeout)
{
    threads_executor *self = (threads_executor *)executor;
    int64_t deadline = vt_deadline_after(timeout);
    pthread_mutex_lock(&self->lock);
    while (self->unfinished > 0 && vt_cond_wait_until(&self->idle, &self->lock, deadline)) {
    }
    bool is_idle = self->unfinished == 0;
    pthread_mutex_unlock(&self->lock);
    return is_idle;
}

static void threads_get_figures(const vt_executor *executor, vt_executor_figures *figures)
{
    threads_executor *self = (threads_executor *)executor;
    vt_priority_queue_stats stats;
    vt_priority_queue_get_stats(self->queue, &stats);
    pthread_mutex_lock(&self->lock);
    *figures = self->figures;
    figures->workers = self->wanted;
    pthread_mutex_unlock(&self->lock);
    figures->queued = stats.waiting_total;
    figures->queue_limit = stats.limit;
}

static void threads_free(vt_executor *executor)
{
    threads_executor *self = (threads_executor *)executor;
    pthread_mutex_lock(&self->lock);
    self->closing = true;
    pthread_mutex_unlock(&self->lock);
    threads_cancel_all(executor);
    threads_wait_idle(executor, VT_FOREVER);
    want(self, 0);
    for (unsigned at = 0; at < VT_EXECUTOR_WORKERS_MAX; at++) {
        pthread_mutex_lock(&self->lock);
        bool has_thread = self->places[at].state != PLACE_EMPTY;
        pthread_mutex_unlock(&self->lock);
        if (has_thread) {
            pthread_join(self->places[at].thread, NULL);
        }
    }
    vt_priority_queue_free(self->queue);
    pthread_cond_destroy(&self->idle);
    pthread_cond_destroy(&self->work);
    pthread_mutex_destroy(&self->lock);
    pthread_mutex_destroy(&self->resize_lock);
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
    if (pthread_mutex_init(&self->lock, NULL) != 0) {
        goto no_lock;
    }
    if (!vt_cond_init(&self->work)) {
        goto no_work;
    }
    if (!vt_cond_init(&self->idle)) {
        goto no_idle;
    }
    return true;
no_idle:
    pthread_cond_destroy(&self->work);
no_work:
    pthread_mutex_destroy(&self->lock);
no_lock:
    pthread_mutex_destroy(&self->resize_lock);
    return false;
}

vt_executor *vt_executor_threads_create(unsigned workers, size_t queue_limit, vt_error *error)
{
    vt_priority_queue *queue = vt_priority_queue_create(queue_limit, error);
    if (!queue) {
        return NULL;
    }
    threads_executor *self = calloc(1, sizeof *self);
    if (!self || !init_locks(self)) {
        free(self);
        vt_priority_queue_free(queue);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an executor");
        return NULL;
    }
    self->base.ops = &threads_ops;
    self->queue = queue;
    for (unsigned at = 0; at < VT_EXECUTOR_WORKERS_MAX; at++) {
        self->places[at].self = self;
    }
    if (!vt_executor_set_workers(&self->base, workers ? workers : processor_count(), error)) {
        threads_free(&self->base);
        return NULL;
    }
    return &self->base;
}
