/*
 * Worker and WorkerManager of document 001: a long operation off the caller's thread that tells how it goes.
 * The body runs as a task on an executor; the callbacks run on the thread that drains the manager's mailbox
 * (the UI thread), never on the worker's.
 *
 * Order of callbacks: started, then any progress and status, then exactly one of finished, error, cancelled.
 * Progress and status are coalesced: the receiver gets the newest, and a worker has at most one message in
 * the mailbox, so nothing piles up however fast it reports. A worker cancelled before it began skips
 * `started`.
 */
#ifndef VT_TASK_WORKER_H
#define VT_TASK_WORKER_H

#include "core/queue/mailbox.h"
#include "core/task/executor.h"

typedef struct vt_worker vt_worker;
typedef struct vt_worker_manager vt_worker_manager;

/* What a kind of worker does; a const table. All but `body` may be NULL. */
typedef struct vt_worker_ops {
    const char *name;
    /* The operation, on a thread of the executor. Asks vt_worker_cancel_token between steps. Returns its
       result (may be NULL) in `*result`; false needs `error` filled. */
    bool (*body)(vt_worker *worker, void *user, void **result, vt_error *error);
    void (*started)(vt_worker *worker, void *user);
    void (*progress)(vt_worker *worker, void *user, uint64_t current, uint64_t total);
    void (*status)(vt_worker *worker, void *user, const char *text);
    void (*finished)(vt_worker *worker, void *user, void *result); /* owns `result` */
    void (*error)(vt_worker *worker, void *user, const vt_error *error);
    void (*cancelled)(vt_worker *worker, void *user);
    void (*discard_result)(void *result); /* a result that nobody will receive; any thread */
    void (*release)(void *user);          /* after the last callback; any thread */
} vt_worker_ops;

typedef struct vt_worker_figures {
    unsigned active; /* started, their last callback not yet delivered */
    unsigned limit;
    uint64_t started, finished, failed, cancelled;
} vt_worker_figures;

/* At most `limit` workers at a time (1 or more). `executor` is borrowed. `wake` as of vt_mailbox: the owner
   then drains vt_worker_manager_mailbox. NULL and `error` for a limit of 0 or when memory runs out. */
vt_worker_manager *vt_worker_manager_create(vt_executor *executor, unsigned limit, vt_mailbox_wake wake,
                                            void *wake_user, vt_error *error);

/* Cancels all, waits for those that run, and frees; no callback but release follows. NULL is allowed. On the
   draining thread, not from within a callback. */
void vt_worker_manager_free(vt_worker_manager *manager);

vt_mailbox *vt_worker_manager_mailbox(vt_worker_manager *manager); /* borrowed */

/* Starts a worker. It belongs to the manager and is valid until its last callback has returned. `user`
   belongs to the worker from here. NULL and `error` (VT_ERROR_LIMIT, VT_ERROR_MEMORY or the executor's) if it
   could not start: then `user` stays the caller's and no callback follows. On the draining thread. */
vt_worker *vt_worker_manager_start(vt_worker_manager *manager, const vt_worker_ops *ops, void *user,
                                   vt_priority priority, vt_error *error);

/* Asks a worker, or all, to stop. Any thread that knows the worker to be valid. */
void vt_worker_cancel(vt_worker *worker);
void vt_worker_manager_cancel_all(vt_worker_manager *manager);

void vt_worker_manager_get_figures(vt_worker_manager *manager, vt_worker_figures *figures);

/* From the body. */
vt_cancel *vt_worker_cancel_token(vt_worker *worker); /* borrowed */
void vt_worker_report_progress(vt_worker *worker, uint64_t current, uint64_t total);
void vt_worker_report_status(vt_worker *worker, const char *text); /* UTF-8; copied, cut at 255 bytes */

#endif
