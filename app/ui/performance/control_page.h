/* The control panel: the settings that decide about speed and memory, who holds memory and how to have it
   given back, background work paused. UI thread only. */
#ifndef VT_UI_PERFORMANCE_CONTROL_PAGE_H
#define VT_UI_PERFORMANCE_CONTROL_PAGE_H

#include "app/ui/performance/performance.h"

#include <qt6c/qwidget.h>

typedef struct vt_control_page vt_control_page;

/* `parent` owns it; `performance` is borrowed. */
vt_control_page *vt_control_page_create(QWidgetRef parent, vt_performance *performance);
QWidget *vt_control_page_widget(vt_control_page *page);
/* A new sample, or other settings. */
void vt_control_page_update(vt_control_page *page);

#endif
