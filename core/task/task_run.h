/*
 * The side of a task that executors see. Everybody else uses task.h and executor.h.
 *
 * An executor takes a reference when it accepts a task, calls exactly one of vt_task_execute or vt_task_drop
 * for it, and gives the reference back.
 */
#ifndef VT_TASK_TASK_RUN_H
#define VT_TASK_TASK_RUN_H

#include "core/queue/priority_queue.h"
#include "core/task/task.h"

/* Claims the task for one executor: false and VT_ERROR_USAGE if it was submitted before. */
bool vt_task_claim(vt_task *task, vt_error *error);

/* Takes a claim back when the executor then could not accept the task (queue full). */
void vt_task_unclaim(vt_task *task);

/* Runs the task on the calling thread, through to its final state, which is returned. A task whose token is
   already cancelled ends without running. */
vt_task_state vt_task_execute(vt_task *task);

/* Whoever wants to know of each task that was run: its kind's name and vt_clock_now before and after; on the
   thread that ran it. One for the program, NULL for none; borrowed until no task runs any more that began
   before another was set. Any thread. */
typedef struct vt_task_observer {
    void (*ran)(void *user, const char *name, int64_t begin, int64_t end);
    void *user;
} vt_task_observer;
void vt_task_observe(const vt_task_observer *other);

/* Ends a task that has not begun: cancelled. False if it runs or is final: somebody else was first. */
bool vt_task_drop(vt_task *task);

/* The entry that an executor may queue the task by, and the way back. */
vt_priority_entry *vt_task_entry(vt_task *task);
vt_task *vt_task_of_entry(vt_priority_entry *entry);

/* One pointer for the executor's own use while it holds the task; NULL at first. Guarded by the executor. */
void vt_task_set_executor_data(vt_task *task, void *data);
void *vt_task_executor_data(const vt_task *task);

#endif
