/*
 * All imports of the session as a page: a row each, those under way with Pause and Cancel. A tab of the
 * activity panel, and what `activity:` shows in a pane. UI thread only.
 */
#ifndef VT_UI_ACTIVITY_JOB_PAGE_H
#define VT_UI_ACTIVITY_JOB_PAGE_H

#include "app/ui/activity/activity.h"

typedef struct vt_job_page vt_job_page;

/* `parent` (NULL: nobody) owns it. It follows `activity` while it is seen; vt_job_page_stop before either of
   them goes. `show_failures`: the files that failed are asked for. */
vt_job_page *vt_job_page_create(QWidgetRef parent, vt_activity *activity, void (*show_failures)(void *user),
                                void *user);
QWidget *vt_job_page_widget(vt_job_page *page);
void vt_job_page_stop(vt_job_page *page);

/* Its first button gets the keyboard. */
void vt_job_page_focus(vt_job_page *page);

#endif
