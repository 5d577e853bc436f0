#include "core/perf/graphs.h"

#include "core/base/clock.h"
#include "core/base/translatable.h"

#include <string.h>

#define TR(text) VT_TR_NOOP("performance", text)

#define NO_BUDGET VT_BUDGET_COUNT

static const struct {
    vt_graph_row row;
    vt_budget_id budget;
} graphs[VT_GRAPH_COUNT] = {
    {{"frames", TR("Frame times"), VT_FIGURE_FRAME, VT_FIGURE_FRAME, false, 20e6, NULL}, VT_BUDGET_UI_FRAME},
    {{"stalls", TR("Stalls of the window"), VT_FIGURE_STALL, VT_FIGURE_STALL, false, 20e6, NULL},
     VT_BUDGET_UI_FRAME},
    {{"memory", TR("Memory"), VT_FIGURE_MEMORY_INDEX, VT_FIGURE_MEMORY_REST, true, 100e6, NULL},
     VT_BUDGET_MEMORY_IMPORT},
    {{"cpu", TR("Processor"), VT_FIGURE_CPU_UI, VT_FIGURE_CPU_REST, true, 100, NULL}, NO_BUDGET},
    {{"queues", TR("Waiting to be read"), VT_FIGURE_WAITING_VISIBLE, VT_FIGURE_WAITING_IDLE, true, 10, NULL},
     NO_BUDGET},
    {{"tasks", TR("Tasks"), VT_FIGURE_TASKS_QUEUED, VT_FIGURE_TASKS_RUNNING, false, 10, NULL}, NO_BUDGET},
    {{"ends", TR("Tasks that ended"), VT_FIGURE_TASKS_DONE, VT_FIGURE_TASKS_CANCELLED, false, 10, NULL},
     NO_BUDGET},
    {{"items", TR("Items imported"), VT_FIGURE_ITEMS, VT_FIGURE_ITEMS, false, 10, NULL}, NO_BUDGET},
    {{"hits", TR("Pictures found in memory"), VT_FIGURE_HITS, VT_FIGURE_HITS, false, 100, NULL}, NO_BUDGET},
    {{"commits", TR("Writing to the library"), VT_FIGURE_COMMIT, VT_FIGURE_COMMIT, false, 20e6, NULL},
     NO_BUDGET},
    {{"reads", TR("Reading"), VT_FIGURE_READ, VT_FIGURE_READ, false, 1e6, NULL}, NO_BUDGET},
};

vt_graph_row vt_graph_get(int graph)
{
    int at = graph >= 0 && graph < VT_GRAPH_COUNT ? graph : 0;
    vt_graph_row row = graphs[at].row;
    row.budget = graphs[at].budget == NO_BUDGET ? NULL : vt_budget_get(graphs[at].budget);
    return row;
}

/* 1, 2 or 5 times a power of ten, at least `value`. */
static double round_up(double value)
{
    static const double steps[] = {1, 2, 5, 10};
    double power = 1;
    while (power * 10 < value) {
        power *= 10;
    }
    size_t i = 0;
    while (i < 3 && steps[i] * power < value) {
        i++;
    }
    return steps[i] * power;
}

static void read_line(const vt_sampler *sampler, const vt_graph_row *row, int line, vt_series_span span,
                      int64_t now, vt_graph_data *data)
{
    vt_series_point points[VT_SERIES_SLOTS];
    const vt_series *series = vt_sampler_series(sampler, (vt_figure)((int)row->first + line));
    data->count = vt_series_read(series, span, now, points, &data->width);
    for (size_t i = 0; i < data->count; i++) {
        bool below = row->stacked && line > 0;
        double base = below ? data->mean[line - 1][i] : 0;
        data->known[line][i] = points[i].count > 0;
        data->mean[line][i] = base + points[i].mean;
        data->greatest[line][i] = row->stacked ? data->mean[line][i] : points[i].greatest;
        if (data->known[line][i] && data->greatest[line][i] > data->top) {
            data->top = data->greatest[line][i];
        }
    }
}

void vt_graph_read(const vt_sampler *sampler, int graph, vt_series_span span, int64_t now,
                   vt_graph_data *data)
{
    const vt_graph_row row = vt_graph_get(graph);
    data->count = 0;
    data->width = 0;
    data->lines = (int)row.last - (int)row.first + 1;
    data->top = row.full;
    for (int line = 0; line < data->lines; line++) {
        read_line(sampler, &row, line, span, now, data);
    }
    data->top = row.full == 100 && data->top <= 100 ? 100 : round_up(data->top);
}

size_t vt_graph_stretch(const vt_graph_row *row, const vt_graph_data *data, int line, size_t *from,
                        size_t slots[VT_SERIES_SLOTS])
{
    const int64_t pause = 3 * VT_NS_PER_S; /* less is the sampling taking breath */
    bool is_seldom = vt_figure_get(row->first)->reading >= VT_READ_MEAN;
    size_t count = 0;
    for (; *from < data->count; (*from)++) {
        if (!data->known[line][*from]) {
            continue;
        }
        size_t away = count > 0 ? *from - slots[count - 1] : 0;
        if (away > 1 && (int64_t)away * data->width > pause && !is_seldom) {
            break;
        }
        slots[count++] = *from;
    }
    return count;
}

bool vt_graph_is_filled(const vt_graph_row *row)
{
    return row->stacked || row->first == row->last;
}
