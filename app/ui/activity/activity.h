/*
 * Activity: the imports under way and those just ended, a line each at the foot of the window, with count,
 * rate, remaining time and Cancel. UI thread only.
 */
#ifndef VT_UI_ACTIVITY_ACTIVITY_H
#define VT_UI_ACTIVITY_ACTIVITY_H

#include "app/ui/library/library.h"
#include "app/ui/parts/meter.h"
#include "core/base/log.h"
#include "core/import/operation.h"
#include "core/import/task_signals_qt.h"
#include "core/import/unfinished.h"

#include <qt6c/qwidget.h>
#include <stdbool.h>

typedef struct vt_activity vt_activity;

/* What the window does with it. */
typedef struct vt_activity_ops {
    void (*show_failures)(void *user);
    void (*changed)(void *user); /* an import began or ended */
} vt_activity_ops;

/* `parent` owns the widget and with it the activity; the rest is borrowed. */
vt_activity *vt_activity_create(QWidgetRef parent, vt_library *library, vt_meter *meter,
                                const vt_activity_ops *ops, void *user, vt_log log);
QWidget *vt_activity_widget(vt_activity *activity);

/* What the imports tell, as signals for whoever wants to know; lives as long as the activity. */
vt_task_signals *vt_activity_signals(vt_activity *activity);

/* Starts an import of `count` paths (bytes). False and `error` as vt_engine_import. */
bool vt_activity_import(vt_activity *activity, const char *const *paths, size_t count,
                        const vt_import_options *options, vt_error *error);

/* The same for one that was cut off (core/import/unfinished.h), borrowed for the call. */
bool vt_activity_resume(vt_activity *activity, const vt_unfinished *unfinished, vt_error *error);

/* Imports under way. */
int vt_activity_count(const vt_activity *activity);

/* Asks all of them to stop; they end within 2 s. */
void vt_activity_cancel_all(vt_activity *activity);

#endif
