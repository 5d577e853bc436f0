/* One import's line: text, bar, Pause, Cancel; while it waits for room on the disk why, and Resume;
   afterwards the outcome, "Show failures" and a cross. UI thread only. */
#ifndef VT_UI_ACTIVITY_ACTIVITY_LINE_H
#define VT_UI_ACTIVITY_ACTIVITY_LINE_H

#include "app/ui/activity/jobs.h"
#include "core/import/operation.h"

#include <qt6c/qwidget.h>

typedef struct vt_activity_line vt_activity_line;

typedef struct vt_activity_line_ops {
    void (*cancel)(void *user);
    /* It is to be held, or to go on: by the user's wish, or since there may be room on the disk. */
    void (*hold)(void *user, bool hold);
    void (*show_details)(void *user);
    void (*show_failures)(void *user);
    void (*close)(void *user); /* the line is no longer wanted */
} vt_activity_line_ops;

/* `subject`: what is imported, for people. `parent` owns the line. */
vt_activity_line *vt_activity_line_create(QWidgetRef parent, const char *subject,
                                          const vt_activity_line_ops *ops, void *user);
QWidget *vt_activity_line_widget(vt_activity_line *line);

/* It has been asked to stop. */
void vt_activity_line_show_stopping(vt_activity_line *line);

/* `job` has the rate (NULL: none); `out_of_use`: formats that are not read for now (vt_engine_figures), or
 * "".
 */
void vt_activity_line_show_progress(vt_activity_line *line, const vt_import_figures *figures,
                                    const vt_job *job, const char *out_of_use);
/* It is held by the user, or waits for room on the disk. */
void vt_activity_line_show_held(vt_activity_line *line, bool held, bool waiting);
/* It is paused because of `reason`; NULL: it goes on. */
void vt_activity_line_show_pause(vt_activity_line *line, const vt_error *reason);
/* `error` NULL: it went through; VT_ERROR_CANCELLED: the user stopped it. */
void vt_activity_line_show_end(vt_activity_line *line, const vt_import_figures *figures,
                               const char *out_of_use, const vt_error *error);

#endif
