/* The plot within a graph: its grid, lines, areas and budget; which slot lies under a pixel. UI thread only.
 */
#ifndef VT_UI_PERFORMANCE_GRAPH_PLOT_H
#define VT_UI_PERFORMANCE_GRAPH_PLOT_H

#include "core/perf/graphs.h"

#include <qt6c/qpainter.h>
#include <qt6c/qrect.h>
#include <stdbool.h>

typedef struct vt_graph_plot {
    QRect area;
    size_t slots; /* that the area is wide; the last one stands at its right edge */
} vt_graph_plot;

/* A minute is always a minute wide, ten minutes ten; a session as long as it is. */
vt_graph_plot vt_graph_plot_make(QRect area, vt_series_span span, const vt_graph_data *data);

double vt_graph_plot_x(const vt_graph_plot *plot, const vt_graph_data *data, size_t slot);

/* The slot with values that is nearest to the pixel `x`; false if there is none near. */
bool vt_graph_plot_nearest(const vt_graph_plot *plot, const vt_graph_data *data, int x, size_t *slot);

/* `limit`: of memory, in bytes; 0: none. */
void vt_graph_plot_paint(const vt_graph_plot *plot, QPainter *painter, const vt_graph_row *row,
                         const vt_graph_data *data, int64_t limit);

#endif
