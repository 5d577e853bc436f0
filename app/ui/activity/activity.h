/*
 * Activity: starts imports and knows those of the session (jobs.h). Its widget is the compact form at the
 * foot of the window: a line each for the last of those under way or just ended, with count, rate, remaining
 * time, Pause and Cancel. activity_panel.h shows all of them. UI thread only.
 */
#ifndef VT_UI_ACTIVITY_ACTIVITY_H
#define VT_UI_ACTIVITY_ACTIVITY_H

#include "app/ui/activity/jobs.h"
#include "app/ui/library/library.h"
#include "app/ui/parts/meter.h"
#include "core/base/log.h"
#include "core/import/operation.h"
#include "core/import/task_signals_qt.h"
#include "core/import/unfinished.h"
#include "core/perf/monitor.h"

#include <qt6c/qwidget.h>
#include <stdbool.h>

typedef struct vt_activity vt_activity;

/* Who shows the imports of the session; its own, put into a list of the activity as long as it listens. */
typedef struct vt_activity_listener {
    /* One is another than before; id 0: the list of them is. At most every 100 ms each. */
    void (*job_changed)(void *user, int64_t id);
    void *user;
    struct vt_activity_listener *next;
} vt_activity_listener;

/* What the window does with it. */
typedef struct vt_activity_ops {
    void (*show_failures)(void *user);
    void (*changed)(void *user);      /* an import began or ended */
    void (*show_details)(void *user); /* all of them are to be shown */
} vt_activity_ops;

/* `parent` owns the widget and with it the activity; the rest is borrowed. `monitor`: job_times.h. */
vt_activity *vt_activity_create(QWidgetRef parent, vt_library *library, vt_meter *meter, vt_monitor *monitor,
                                const vt_activity_ops *ops, void *user, vt_log log);
QWidget *vt_activity_widget(vt_activity *activity);

/* What the imports tell, as signals for whoever wants to know; lives as long as the activity. */
vt_task_signals *vt_activity_signals(vt_activity *activity);

void vt_activity_listen(vt_activity *activity, vt_activity_listener *listener);
void vt_activity_unlisten(vt_activity *activity, vt_activity_listener *listener);

/* Starts an import of `count` paths (bytes). False and `error` as vt_engine_import. */
bool vt_activity_import(vt_activity *activity, const char *const *paths, size_t count,
                        const vt_import_options *options, vt_error *error);

/* The same for one that was cut off (core/import/unfinished.h), borrowed for the call. */
bool vt_activity_resume(vt_activity *activity, const vt_unfinished *unfinished, vt_error *error);

/* The window took so many nanoseconds for a slice of what the engine delivered. */
void vt_activity_delivered(vt_activity *activity, int64_t ns);

/* Imports under way. */
int vt_activity_count(const vt_activity *activity);

/* Those of the session, the newest first. Borrowed: valid until the next call that starts one or forgets
 * some.
 */
const vt_jobs *vt_activity_jobs(const vt_activity *activity);
void vt_activity_clear_ended(vt_activity *activity);

/* Holds one or lets it go on; one that waits for the disk tries again. */
void vt_activity_hold(vt_activity *activity, int64_t id, bool hold);
void vt_activity_cancel(vt_activity *activity, int64_t id);

/* The files that failed are asked for, as by a click on a line. */
void vt_activity_show_failures(vt_activity *activity);

/* The lines are not needed: all is shown elsewhere. */
void vt_activity_hide_lines(vt_activity *activity, bool hide);

/* Asks all of them to stop; they end within 2 s. */
void vt_activity_cancel_all(vt_activity *activity);

#endif
