/*
 * The Performance centre as a widget: graphs, budgets, control panel, profiler. It listens while it is
 * visible, and no longer: hidden it costs nothing. UI thread only.
 */
#ifndef VT_UI_PERFORMANCE_VIEW_H
#define VT_UI_PERFORMANCE_VIEW_H

#include "app/ui/performance/performance.h"

#include <qt6c/qwidget.h>

typedef struct vt_performance_view vt_performance_view;

/* `parent` owns it; `performance` is borrowed. */
vt_performance_view *vt_performance_view_create(QWidgetRef parent, vt_performance *performance);
QWidget *vt_performance_view_widget(vt_performance_view *view);

/* Which page is shown, and which time its graphs show: worth keeping. Others than there are count as the
 * first.
 */
typedef struct vt_performance_place {
    int page, span;
} vt_performance_place;
vt_performance_place vt_performance_view_place(const vt_performance_view *view);
void vt_performance_view_go(vt_performance_view *view, vt_performance_place place);

#endif
