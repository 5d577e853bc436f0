/* The Performance centre as a window beside the main one; nothing modal. UI thread only. */
#ifndef VT_UI_PERFORMANCE_PERFORMANCE_WINDOW_H
#define VT_UI_PERFORMANCE_PERFORMANCE_WINDOW_H

#include "app/ui/performance/view.h"

#include <qt6c/qdialog.h>

/* `parent` owns it; hidden at first, and then again when it is closed. `performance` is borrowed. */
QDialog *vt_performance_window_create(QWidgetRef parent, vt_performance *performance);

#endif
