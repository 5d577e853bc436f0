/*
 * Backlog: what executors with threads share. The tasks that were accepted: those that wait, by priority, and
 * those that run, each in a place of its own; their figures; and the waiting until none is left. It starts no
 * threads: an executor does, and has each of them take, run and end.
 *
 * Threads: any; a mutex inside, never held while a task runs or ends.
 */
#ifndef VT_TASK_BACKLOG_H
#define VT_TASK_BACKLOG_H

#include "core/task/executor.h"

#include <pthread.h>

/* Fields are private. */
typedef struct vt_backlog {
    vt_priority_queue *queue; /* has its own lock, inside `lock` */
    pthread_mutex_t lock;     /* guards everything below */
    pthread_cond_t idle;      /* `unfinished` fell to 0 */
    vt_task *running[VT_EXECUTOR_WORKERS_MAX];
    size_t unfinished; /* accepted tasks still held: waiting, running, being dropped */
    bool closing;
    vt_executor_figures figures; /* `queued` is the queue's, `workers` the last accept's */
} vt_backlog;

/* At most `limit` tasks wait. False and `error`: VT_ERROR_LIMIT for 0, VT_ERROR_MEMORY. */
bool vt_backlog_init(vt_backlog *backlog, size_t limit, vt_error *error);
/* Nothing may be left in it, and no thread use it any more. */
void vt_backlog_fini(vt_backlog *backlog);

/* Takes a task in, as vt_executor_submit. The executor then sees to it that a thread comes to take. */
bool vt_backlog_accept(vt_backlog *backlog, vt_task *task, vt_priority priority, vt_error *error);

/* The first task and its place among the running ones; NULL if none waits. At most VT_EXECUTOR_WORKERS_MAX
 * run. */
vt_task *vt_backlog_take(vt_backlog *backlog, size_t *place);
/* Runs what was taken and gives it back. */
void vt_backlog_run(vt_backlog *backlog, vt_task *task, size_t place);

/* As of executor.h. */
bool vt_backlog_move(vt_backlog *backlog, vt_task *task, vt_priority priority, bool to_front);
bool vt_backlog_cancel(vt_backlog *backlog, vt_task *task);
void vt_backlog_cancel_all(vt_backlog *backlog);
bool vt_backlog_wait_idle(vt_backlog *backlog, int64_t timeout);
void vt_backlog_get_figures(vt_backlog *backlog, vt_executor_figures *figures);

/* How many threads there are, for the figures. */
void vt_backlog_set_workers(vt_backlog *backlog, unsigned workers);

/* Refuses further tasks, cancels all there are and waits for them. */
void vt_backlog_close(vt_backlog *backlog);

#endif
