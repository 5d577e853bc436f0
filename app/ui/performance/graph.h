/*
 * One graph of the Performance centre: lines or stacked areas over time, with a legend, its budget as dashed
 * lines, and the values of the moment under the pointer. Painted with the theme's colours; keys Left and
 * Right move that moment, too. UI thread only.
 */
#ifndef VT_UI_PERFORMANCE_GRAPH_H
#define VT_UI_PERFORMANCE_GRAPH_H

#include "app/ui/performance/performance.h"
#include "core/perf/graphs.h"

#include <qt6c/qwidget.h>

typedef struct vt_graph vt_graph;

/* Graph number `which` of core/perf/graphs.h. `parent` owns it; `performance` is borrowed. `data` is room to
   paint from that all graphs of a page may share. */
vt_graph *vt_graph_create(QWidgetRef parent, vt_performance *performance, int which, vt_graph_data *data);
QWidget *vt_graph_widget(vt_graph *graph);

void vt_graph_set_span(vt_graph *graph, vt_series_span span);

/* There is a new sample. */
void vt_graph_update(vt_graph *graph);

/* The least it can be read at. */
enum { VT_GRAPH_WIDTH_MIN = 260, VT_GRAPH_HEIGHT = 196 };

#endif
