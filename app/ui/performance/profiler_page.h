/* The profiler: each measured operation with count and times, and all of it as files. UI thread only. */
#ifndef VT_UI_PERFORMANCE_PROFILER_PAGE_H
#define VT_UI_PERFORMANCE_PROFILER_PAGE_H

#include "app/ui/performance/performance.h"

#include <qt6c/qwidget.h>

typedef struct vt_profiler_page vt_profiler_page;

/* `parent` owns it; `performance` is borrowed. */
vt_profiler_page *vt_profiler_page_create(QWidgetRef parent, vt_performance *performance);
/* Asks for a file, and writes it in this form. */
void vt_profiler_page_export(vt_profiler_page *page, vt_performance_form form);
QWidget *vt_profiler_page_widget(vt_profiler_page *page);
void vt_profiler_page_update(vt_profiler_page *page);

#endif
