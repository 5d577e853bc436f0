/* The page of graphs: as many beside each other as there is room, and a choice of the time they show. UI
   thread only. */
#ifndef VT_UI_PERFORMANCE_GRAPHS_PAGE_H
#define VT_UI_PERFORMANCE_GRAPHS_PAGE_H

#include "app/ui/performance/performance.h"

#include <qt6c/qwidget.h>

typedef struct vt_graphs_page vt_graphs_page;

/* `parent` owns it; `performance` is borrowed. */
vt_graphs_page *vt_graphs_page_create(QWidgetRef parent, vt_performance *performance);
QWidget *vt_graphs_page_widget(vt_graphs_page *page);
void vt_graphs_page_update(vt_graphs_page *page);

vt_series_span vt_graphs_page_span(const vt_graphs_page *page);
void vt_graphs_page_set_span(vt_graphs_page *page, vt_series_span span);

#endif
