/*
 * Task: one piece of work with a state, a cancel token and an outcome; run by an executor (executor.h).
 *
 *     QUEUED ---> RUNNING ---> DONE         run returned true
 *        \           \-------> FAILED       run returned false
 *         \           \------> CANCELLED    run returned false with VT_ERROR_CANCELLED
 *          \-----------------> CANCELLED    before it ran
 *
 * Each change is one atomic step that exactly one thread wins; the last three states are final. Whatever
 * happens to a task, `finished` is called once, before anybody who waits for it is let go.
 *
 * Ownership: reference-counted. The creator has one reference, an executor takes its own. `user` belongs to
 * the task and is released with the last reference. Threads: any.
 */
#ifndef VT_TASK_TASK_H
#define VT_TASK_TASK_H

#include "core/base/error.h"
#include "core/task/cancel.h"

#include <stdint.h>

typedef enum vt_task_state {
    VT_TASK_QUEUED, /* waits to run; also before it is submitted */
    VT_TASK_RUNNING,
    VT_TASK_DONE,
    VT_TASK_FAILED,
    VT_TASK_CANCELLED,
    VT_TASK_STATE_COUNT
} vt_task_state;

typedef struct vt_task vt_task;

/* What a kind of task does; a const table. */
typedef struct vt_task_ops {
    const char *name; /* of the kind, for reports */
    /* The work, on a thread of the executor. Asks vt_task_cancel_token(task) between steps. False needs
       `error` (never NULL) filled. */
    bool (*run)(vt_task *task, void *user, vt_error *error);
    /* The end, on the thread that brought it about (the one that ran it, or that cancelled it while it
       waited). `error` is of VT_ERROR_NONE when done. May be NULL. */
    void (*finished)(vt_task *task, void *user, vt_task_state state, const vt_error *error);
    /* Releases `user`, on whichever thread drops the last reference. May be NULL. */
    void (*release)(void *user);
} vt_task_ops;

/* A queued task with a token below `parent` (may be NULL). NULL when memory runs out; then `user` stays the
   caller's. */
vt_task *vt_task_create(const vt_task_ops *ops, void *user, vt_cancel *parent);

vt_task *vt_task_ref(vt_task *task);
void vt_task_unref(vt_task *task); /* NULL is allowed */

vt_task_state vt_task_get_state(const vt_task *task);
bool vt_task_is_final(const vt_task *task);
const char *vt_task_state_name(vt_task_state state); /* "queued", "running", ... */

const char *vt_task_name(const vt_task *task);
void *vt_task_user(const vt_task *task);
vt_cancel *vt_task_cancel_token(const vt_task *task); /* borrowed, lives as long as the task */

/* Copies the fault of a failed or cancelled task; of VT_ERROR_NONE while it is not final or when it is done.
 */
void vt_task_get_error(const vt_task *task, vt_error *error);

/* Waits until the task is final and its `finished` has returned; false if `timeout` nanoseconds (VT_FOREVER:
   no limit) passed first. Not from within the task itself. */
bool vt_task_wait(vt_task *task, int64_t timeout);

#endif
