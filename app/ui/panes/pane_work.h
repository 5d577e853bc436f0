/*
 * Private to panes: work that a content does elsewhere: run on the executor, its end told on the UI thread.
 *
 * One owner each, who can drop it at any time: it is cancelled then, and nothing is told any more. UI thread
 * only, but for what the ops and vt_pane_work_report say.
 */
#ifndef VT_UI_PANES_PANE_WORK_H
#define VT_UI_PANES_PANE_WORK_H

#include "core/base/error.h"
#include "core/task/executor.h"

#include <stdbool.h>

typedef struct vt_pane_work vt_pane_work;

typedef struct vt_pane_work_ops {
    const char *name;
    /* On a worker; asks vt_pane_work_is_cancelled between steps. */
    bool (*run)(vt_pane_work *work, void *job, vt_error *error);
    void (*interrupt)(void *job);                                 /* any thread: end soon; may be NULL */
    void (*progressed)(void *owner, double share);                /* may be NULL */
    void (*ended)(void *owner, void *job, const vt_error *error); /* `error` NULL: it is done */
    void (*release)(void *job);                                   /* any thread */
} vt_pane_work_ops;

/* Takes over `job`, also when it fails: NULL and `error`. */
vt_pane_work *vt_pane_work_start(vt_executor *executor, const vt_pane_work_ops *ops, void *job, void *owner,
                                 vt_error *error);

/* Ends it. `wait`: it uses what may go next, so its end is waited for; else it ends by itself. NULL is
   allowed. Not needed once `ended` was called. */
void vt_pane_work_drop(vt_pane_work *work, bool wait);

/* For run(). */
bool vt_pane_work_is_cancelled(vt_pane_work *work);
void vt_pane_work_report(vt_pane_work *work, double share);

#endif
