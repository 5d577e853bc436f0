/*
 * Graphs: which figures (sample.h) are shown together, as one const table for the window and the report. Any
 * thread.
 */
#ifndef VT_PERF_GRAPHS_H
#define VT_PERF_GRAPHS_H

#include "core/perf/budget.h"
#include "core/perf/sample.h"

typedef struct vt_graph_row {
    const char *name;        /* stable, for logs and exports */
    const char *title;       /* English, translatable in the context "performance" */
    vt_figure first, last;   /* figures of one unit that stand together */
    bool stacked;            /* parts of one sum, rather than lines beside each other */
    double full;             /* the scale goes at least so far, in the unit of the figures */
    const vt_budget *budget; /* its target and warning are lines in the graph; NULL: none */
} vt_graph_row;

#define VT_GRAPH_COUNT 11
/* The most figures of one graph. */
#define VT_GRAPH_LINES_MAX 6

/* The row of `graph`, 0 to VT_GRAPH_COUNT - 1; its budget may change its address with no call. */
vt_graph_row vt_graph_get(int graph);

/* What is drawn of one graph: for each of `count` slots the value of each line, summed up over the lines
   before it where they are stacked. */
typedef struct vt_graph_data {
    size_t count;  /* slots */
    int64_t width; /* nanoseconds of each */
    int lines;
    bool known[VT_GRAPH_LINES_MAX][VT_SERIES_SLOTS];
    double mean[VT_GRAPH_LINES_MAX][VT_SERIES_SLOTS];
    double greatest[VT_GRAPH_LINES_MAX][VT_SERIES_SLOTS]; /* of lines; of what is stacked the mean */
    double top; /* of the scale: a round number above all of it, more than 0 */
} vt_graph_data;

/* Reads the series of a graph up to `now`. */
void vt_graph_read(const vt_sampler *sampler, int graph, vt_series_span span, int64_t now,
                   vt_graph_data *data);

/* The next stretch of a line, from slot `*from` on, which moves behind it: the slots of its values go to
   `slots`, and how many there are is returned; 0: no more. Where nothing was looked at for more than three
   seconds a stretch ends: a line across would tell of values that nobody knows. What is a mean of something
   that happens seldom has no value between, and is one stretch. */
size_t vt_graph_stretch(const vt_graph_row *row, const vt_graph_data *data, int line, size_t *from,
                        size_t slots[VT_SERIES_SLOTS]);

/* Whether the ground below a line is filled: parts of a sum, and lines that are alone. */
bool vt_graph_is_filled(const vt_graph_row *row);

#endif
