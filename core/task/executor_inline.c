#include "core/task/executor_inline.h"

#include "core/task/task_run.h"

#include <pthread.h>
#include <stdlib.h>

/* A task inside submit; lies on the stack of its thread. */
typedef struct running_task {
    struct running_task *previous, *next;
    vt_task *task;
} running_task;

typedef struct inline_executor {
    vt_executor base;
    pthread_mutex_t lock;  /* guards everything below */
    running_task *running; /* several if several threads submit, or if a task submits */
    vt_executor_figures figures;
} inline_executor;

static void enter(inline_executor *self, running_task *place)
{
    pthread_mutex_lock(&self->lock);
    place->next = self->running;
    if (place->next) {
        place->next->previous = place;
    }
    self->running = place;
    self->figures.running++;
    self->figures.submitted++;
    pthread_mutex_unlock(&self->lock);
}

static void leave(inline_executor *self, running_task *place, vt_task_state state)
{
    pthread_mutex_lock(&self->lock);
    *(place->previous ? &place->previous->next : &self->running) = place->next;
    if (place->next) {
        place->next->previous = place->previous;
    }
    self->figures.running--;
    self->figures.done += state == VT_TASK_DONE;
    self->figures.failed += state == VT_TASK_FAILED;
    self->figures.cancelled += state == VT_TASK_CANCELLED;
    pthread_mutex_unlock(&self->lock);
}

static bool inline_submit(vt_executor *executor, vt_task *task, vt_priority priority, vt_error *error)
{
    (void)priority;
    inline_executor *self = (inline_executor *)executor;
    if (!vt_task_claim(task, error)) {
        return false;
    }
    vt_task_ref(task);
    running_task place = {.task = task};
    enter(self, &place);
    vt_task_state state = vt_task_execute(task);
    leave(self, &place, state);
    vt_task_unref(task);
    return true;
}

static bool inline_move(vt_executor *executor, vt_task *task, vt_priority priority, bool to_front)
{
    (void)executor;
    (void)task;
    (void)priority;
    (void)to_front;
    return false;
}

static bool inline_cancel(vt_executor *executor, vt_task *task)
{
    (void)executor;
    vt_cancel_request(vt_task_cancel_token(task));
    return false;
}

static void inline_cancel_all(vt_executor *executor)
{
    inline_executor *self = (inline_executor *)executor;
    pthread_mutex_lock(&self->lock);
    for (running_task *at = self->running; at; at = at->next) {
        vt_cancel_request(vt_task_cancel_token(at->task));
    }
    pthread_mutex_unlock(&self->lock);
}

static void inline_get_figures(const vt_executor *executor, vt_executor_figures *figures)
{
    inline_executor *self = (inline_executor *)executor;
    pthread_mutex_lock(&self->lock);
    *figures = self->figures;
    pthread_mutex_unlock(&self->lock);
}

static bool inline_wait_idle(vt_executor *executor, int64_t timeout)
{
    (void)timeout;
    vt_executor_figures figures;
    inline_get_figures(executor, &figures);
    return figures.running == 0;
}

/* Any number is fine: whoever falls back to this executor keeps the settings made for another. */
static bool inline_set_workers(vt_executor *executor, unsigned workers, vt_error *error)
{
    (void)executor;
    (void)workers;
    (void)error;
    return true;
}

static void inline_free(vt_executor *executor)
{
    inline_executor *self = (inline_executor *)executor;
    pthread_mutex_destroy(&self->lock);
    free(self);
}

static const vt_executor_ops inline_ops = {
    .name = "inline",
    .submit = inline_submit,
    .move = inline_move,
    .cancel = inline_cancel,
    .cancel_all = inline_cancel_all,
    .wait_idle = inline_wait_idle,
    .set_workers = inline_set_workers,
    .get_figures = inline_get_figures,
    .free = inline_free,
};

vt_executor *vt_executor_inline_create(vt_error *error)
{
    inline_executor *self = calloc(1, sizeof *self);
    if (!self || pthread_mutex_init(&self->lock, NULL) != 0) {
        free(self);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an executor");
        return NULL;
    }
    self->base.ops = &inline_ops;
    return &self->base;
}
