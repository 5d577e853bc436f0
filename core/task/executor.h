/*
 * Executor: runs tasks somewhere else, by priority. One interface, several makers:
 *   executor_threads.h  threads of our own: tests and programs without Qt
 *   executor_inline.h   at once on the calling thread: the fall-back when no thread can be had
 *   executor_qt.h       QThreadPool: the window and the command line
 *
 * Threads: any, unless said otherwise. Bounded: a full queue refuses, and the caller waits for room (document
 * 001: "handle thread pool exhaustion").
 */
#ifndef VT_TASK_EXECUTOR_H
#define VT_TASK_EXECUTOR_H

#include "core/base/cond.h"
#include "core/queue/priority_queue.h"
#include "core/task/task.h"

#define VT_EXECUTOR_WORKERS_MAX 64

typedef struct vt_executor vt_executor;

/* Each right by itself, not of one instant. */
typedef struct vt_executor_figures {
    unsigned workers; /* threads that may run tasks at the same time; 0: the caller's own */
    size_t queued;    /* wait for a worker */
    size_t running;
    size_t queue_limit;
    uint64_t submitted; /* accepted */
    uint64_t done, failed, cancelled;
    uint64_t exhausted; /* accepted while every worker was busy: they had to wait */
    uint64_t refused;   /* not accepted, because the queue was full */
} vt_executor_figures;

/* What a maker of executors provides. Meanings as of the functions below. */
typedef struct vt_executor_ops {
    const char *name;
    bool (*submit)(vt_executor *executor, vt_task *task, vt_priority priority, vt_error *error);
    bool (*move)(vt_executor *executor, vt_task *task, vt_priority priority, bool to_front);
    bool (*cancel)(vt_executor *executor, vt_task *task);
    void (*cancel_all)(vt_executor *executor);
    bool (*wait_idle)(vt_executor *executor, int64_t timeout);
    bool (*set_workers)(vt_executor *executor, unsigned workers, vt_error *error);
    void (*get_figures)(const vt_executor *executor, vt_executor_figures *figures);
    void (*free)(vt_executor *executor);
} vt_executor_ops;

/* The first member of every maker's own struct. */
struct vt_executor {
    const vt_executor_ops *ops;
};

/* Queues the task behind others of its priority and takes a reference. False and `error`: VT_ERROR_LIMIT if
   the queue is full (try again when something has finished), VT_ERROR_USAGE if the task was submitted before;
   the task is then as it was. */
bool vt_executor_submit(vt_executor *executor, vt_task *task, vt_priority priority, vt_error *error);

/* Moves a waiting task to the front or back of `priority`; false if it no longer waits. */
bool vt_executor_move(vt_executor *executor, vt_task *task, vt_priority priority, bool to_front);

/* A waiting task ends as cancelled here and now, on the calling thread; a running one has its token raised
   and ends when its work notices. True if the task did not yet run. */
bool vt_executor_cancel(vt_executor *executor, vt_task *task);
void vt_executor_cancel_all(vt_executor *executor);

/* Waits until nothing is queued or running; false if `timeout` nanoseconds (VT_FOREVER: no limit) passed
   first. Not from within a task. */
bool vt_executor_wait_idle(vt_executor *executor, int64_t timeout);

/* 1 to VT_EXECUTOR_WORKERS_MAX, while tasks run: new workers start at once, surplus ones end after their
   present task. False and `error` for another number (VT_ERROR_USAGE) or if the system gives no more threads.
 */
bool vt_executor_set_workers(vt_executor *executor, unsigned workers, vt_error *error);

void vt_executor_get_figures(const vt_executor *executor, vt_executor_figures *figures);

/* Cancels everything, waits for what runs, and frees; NULL is allowed. To finish all work, wait_idle first.
   No other thread may use the executor any more. Not from within a task. */
void vt_executor_free(vt_executor *executor);

#endif
