/* Private to the activity: its fields, and what its files need of each other. */
#ifndef VT_UI_ACTIVITY_ACTIVITY_PRIVATE_H
#define VT_UI_ACTIVITY_ACTIVITY_PRIVATE_H

#include "app/ui/activity/activity.h"
#include "app/ui/activity/activity_line.h"
#include "app/ui/activity/activity_total.h"
#include "app/ui/activity/job_times.h"

#include <qt6c/qboxlayout.h>
#include <qt6c/qtimer.h>

#define VT_ACTIVITY_LINES_MAX VT_IMPORTS_MAX

/* An import and its line; ended ones keep the line until it is closed. */
typedef struct vt_activity_job {
    vt_activity *activity;
    int64_t id;
    vt_import *import; /* NULL once it has ended */
    vt_activity_line *line;
    QTimer *leave; /* closes the line of an import without failures after a while */
} vt_activity_job;

struct vt_activity {
    QWidget widget; /* first */
    vt_library *library;
    vt_meter *meter;
    const vt_activity_ops *ops;
    void *user;
    vt_log log;
    vt_task_signals *signals; /* a child of the widget */
    vt_import_listener to_signals;
    QVBoxLayout *layout;
    vt_activity_total *total;                     /* shown while there are several */
    vt_activity_job *jobs[VT_ACTIVITY_LINES_MAX]; /* owned; oldest first */
    int job_count;
    vt_jobs list; /* of the session */
    vt_job_times times;
    bool delivering; /* an import was under way within this slice */
    int64_t last_id;
    bool lines_hidden;
    vt_activity_listener *listeners;
};

/* ---- activity.c ---- */

/* Which lines there is room for, and the line of all together. */
void vt_activity_show_lines(vt_activity *activity);
void vt_activity_show_total(vt_activity *activity);

/* That job `id` (0: any) is another. */
void vt_activity_tell(vt_activity *activity, int64_t id);

/* ---- activity_told.c ---- */

/* What the import of `job` tells goes to its line, the list of jobs, and the signals. */
vt_import_listener vt_activity_job_listener(vt_activity_job *job);

#endif
