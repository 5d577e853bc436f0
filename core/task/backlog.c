#include "core/task/backlog.h"

#include "core/task/task_run.h"

#include <string.h>

bool vt_backlog_init(vt_backlog *backlog, size_t limit, vt_error *error)
{
    memset(backlog, 0, sizeof *backlog);
    backlog->queue = vt_priority_queue_create(limit, error);
    if (!backlog->queue) {
        return false;
    }
    if (pthread_mutex_init(&backlog->lock, NULL) == 0) {
        if (vt_cond_init(&backlog->idle)) {
            return true;
        }
        pthread_mutex_destroy(&backlog->lock);
    }
    vt_priority_queue_free(backlog->queue);
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an executor");
}

void vt_backlog_fini(vt_backlog *backlog)
{
    vt_priority_queue_free(backlog->queue);
    pthread_cond_destroy(&backlog->idle);
    pthread_mutex_destroy(&backlog->lock);
}

bool vt_backlog_accept(vt_backlog *backlog, vt_task *task, vt_priority priority, vt_error *error)
{
    if (!vt_task_claim(task, error)) {
        return false;
    }
    vt_task_ref(task);
    pthread_mutex_lock(&backlog->lock);
    size_t ahead = backlog->figures.running + vt_priority_queue_length(backlog->queue);
    bool closing = backlog->closing;
    bool accepted = !closing && vt_priority_queue_push(backlog->queue, vt_task_entry(task), priority, error);
    if (accepted) {
        backlog->unfinished++;
        backlog->figures.submitted++;
        backlog->figures.exhausted += ahead >= backlog->figures.workers;
    } else {
        backlog->figures.refused++;
    }
    pthread_mutex_unlock(&backlog->lock);
    if (accepted) {
        return true;
    }
    vt_task_unclaim(task);
    vt_task_unref(task);
    return closing ? vt_error_set(error, VT_ERROR_CANCELLED, "the executor is shutting down") : false;
}

vt_task *vt_backlog_take(vt_backlog *backlog, size_t *place)
{
    pthread_mutex_lock(&backlog->lock);
    vt_priority_entry *entry = vt_priority_queue_pop(backlog->queue);
    vt_task *task = entry ? vt_task_of_entry(entry) : NULL;
    if (task) {
        *place = 0;
        while (backlog->running[*place]) {
            (*place)++;
        }
        backlog->running[*place] = task;
        backlog->figures.running++;
    }
    pthread_mutex_unlock(&backlog->lock);
    return task;
}

/* Gives a task back after it has ended. */
static void settle(vt_backlog *backlog, vt_task *task, vt_task_state state)
{
    /* First, so that nothing of a task is left when the executor is idle. */
    vt_task_unref(task);
    pthread_mutex_lock(&backlog->lock);
    backlog->figures.done += state == VT_TASK_DONE;
    backlog->figures.failed += state == VT_TASK_FAILED;
    backlog->figures.cancelled += state == VT_TASK_CANCELLED;
    if (--backlog->unfinished == 0) {
        pthread_cond_broadcast(&backlog->idle);
    }
    pthread_mutex_unlock(&backlog->lock);
}

void vt_backlog_run(vt_backlog *backlog, vt_task *task, size_t place)
{
    vt_task_state state = vt_task_execute(task);
    pthread_mutex_lock(&backlog->lock);
    backlog->running[place] = NULL;
    backlog->figures.running--;
    pthread_mutex_unlock(&backlog->lock);
    settle(backlog, task, state);
}

static void drop(vt_backlog *backlog, vt_task *task)
{
    vt_task_drop(task);
    settle(backlog, task, vt_task_get_state(task));
}

bool vt_backlog_move(vt_backlog *backlog, vt_task *task, vt_priority priority, bool to_front)
{
    return vt_priority_queue_move(backlog->queue, vt_task_entry(task), priority, to_front);
}

bool vt_backlog_cancel(vt_backlog *backlog, vt_task *task)
{
    if (vt_priority_queue_remove(backlog->queue, vt_task_entry(task))) {
        drop(backlog, task);
        return true;
    }
    vt_cancel_request(vt_task_cancel_token(task));
    return false;
}

void vt_backlog_cancel_all(vt_backlog *backlog)
{
    /* Taken out in one go: what their ends submit anew is not meant. */
    vt_task *taken = NULL;
    pthread_mutex_lock(&backlog->lock);
    vt_priority_entry *entry;
    while ((entry = vt_priority_queue_pop(backlog->queue))) {
        vt_task *task = vt_task_of_entry(entry);
        vt_task_set_executor_data(task, taken);
        taken = task;
    }
    for (size_t at = 0; at < VT_EXECUTOR_WORKERS_MAX; at++) {
        if (backlog->running[at]) {
            vt_cancel_request(vt_task_cancel_token(backlog->running[at]));
        }
    }
    pthread_mutex_unlock(&backlog->lock);
    while (taken) {
        vt_task *task = taken;
        taken = vt_task_executor_data(task);
        drop(backlog, task);
    }
}

bool vt_backlog_wait_idle(vt_backlog *backlog, int64_t timeout)
{
    int64_t deadline = vt_deadline_after(timeout);
    pthread_mutex_lock(&backlog->lock);
    while (backlog->unfinished > 0 && vt_cond_wait_until(&backlog->idle, &backlog->lock, deadline)) {
    }
    bool is_idle = backlog->unfinished == 0;
    pthread_mutex_unlock(&backlog->lock);
    return is_idle;
}

void vt_backlog_get_figures(vt_backlog *backlog, vt_executor_figures *figures)
{
    vt_priority_queue_stats stats;
    vt_priority_queue_get_stats(backlog->queue, &stats);
    pthread_mutex_lock(&backlog->lock);
    *figures = backlog->figures;
    pthread_mutex_unlock(&backlog->lock);
    figures->queued = stats.waiting_total;
    figures->queue_limit = stats.limit;
}

void vt_backlog_set_workers(vt_backlog *backlog, unsigned workers)
{
    pthread_mutex_lock(&backlog->lock);
    backlog->figures.workers = workers;
    pthread_mutex_unlock(&backlog->lock);
}

void vt_backlog_close(vt_backlog *backlog)
{
    pthread_mutex_lock(&backlog->lock);
    backlog->closing = true;
    pthread_mutex_unlock(&backlog->lock);
    vt_backlog_cancel_all(backlog);
    vt_backlog_wait_idle(backlog, VT_FOREVER);
}
