/* One import in the activity panel: name, bar, counts, rate, what is left, what it is at, and its buttons. UI
   thread only. */
#ifndef VT_UI_ACTIVITY_JOB_ROW_H
#define VT_UI_ACTIVITY_JOB_ROW_H

#include "app/ui/activity/jobs.h"

#include <qt6c/qwidget.h>

typedef struct vt_job_row vt_job_row;

/* A row is never deleted inside its own click. */
typedef struct vt_job_row_ops {
    void (*hold)(void *user, int64_t id, bool hold);
    void (*cancel)(void *user, int64_t id);
    void (*show_failures)(void *user);
} vt_job_row_ops;

/* `parent` owns it. */
vt_job_row *vt_job_row_create(QWidgetRef parent, const vt_job_row_ops *ops, void *user);
QWidget *vt_job_row_widget(vt_job_row *row);

/* Shows another job, or the same as it is now. */
void vt_job_row_show(vt_job_row *row, const vt_job *job);

#endif
