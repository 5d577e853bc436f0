#include "app/ui/performance/graph.h"

#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "app/ui/performance/graph_colors.h"
#include "app/ui/performance/graph_plot.h"
#include "core/base/clock.h"

#include <qt6c/qfont.h>
#include <qt6c/qfontmetrics.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qmouseevent.h>
#include <qt6c/qpaintdevice.h>

#include <stdio.h>

enum { PADDING = 12, LEGEND_GAP = 14, DOT = 9, NOWHERE = -1 };

struct vt_graph {
    QWidget widget; /* first */
    vt_performance *performance;
    vt_graph_data *data;
    int which;
    vt_series_span span;
    int pointer; /* x of the moment that is asked about; NOWHERE: none */
};

/* ---- words ---- */

static void value_words(vt_figure figure, double value, char *text, size_t size)
{
    vt_figure_format(vt_figure_get(figure)->unit, value, text, size);
    vt_wording_point(text);
}

static int text_width(QPainter *painter, const QString *text)
{
    QFontMetrics metrics = q_painter_font_metrics(painter);
    int width = q_fontmetrics_horizontal_advance_full_qs(&metrics, text, -1);
    q_fontmetrics_fini(&metrics);
    return width;
}

static int paint_words(QPainter *painter, QRect area, vt_paint_align align, const char *words, uint32_t rgb)
{
    QString text = qt_string_from_utf8(words);
    vt_paint_text(painter, area, align, &text, rgb);
    int width = text_width(painter, &text);
    qt_string_release(&text);
    return width;
}

/* ---- parts of it ---- */

/* Title at the left; at the right what is so now, if one line is all there is. */
static void paint_title(vt_graph *graph, QPainter *painter, QRect area, const vt_graph_row *row)
{
    const vt_theme *theme = vt_theme_current();
    paint_words(painter, area, VT_PAINT_LEFT, vt_tr("performance", row->title), theme->text);
    const vt_sampler *sampler = vt_performance_sampler(graph->performance);
    double sum = 0;
    bool known = false;
    for (int figure = (int)row->first; figure <= (int)row->last; figure++) {
        double value;
        bool is_known = sampler && vt_sampler_last(sampler, (vt_figure)figure, &value);
        sum += is_known ? value : 0;
        known = known || is_known;
    }
    if (known && (row->stacked || row->first == row->last)) {
        char words[48];
        value_words(row->first, sum, words, sizeof words);
        paint_words(painter, area, VT_PAINT_RIGHT, words, theme->text);
    }
}

/* As many lines as it takes, from `area`'s top on; returns how many. Without `paints` it only counts. */
static int legend(vt_graph *graph, QPainter *painter, QRect area, const vt_graph_row *row, bool paints)
{
    const vt_theme *theme = vt_theme_current();
    int x = area.x1, lines = row->first == row->last ? 0 : 1, height = vt_paint_line_height();
    for (int line = 0; lines > 0 && line < graph->data->lines; line++) {
        const char *title = vt_tr("performance", vt_figure_get((vt_figure)((int)row->first + line))->title);
        QString text = qt_string_from_utf8(title);
        int width = text_width(painter, &text) + 2;
        if (x > area.x1 && x + DOT + 5 + width > area.x2 + 1) {
            x = area.x1;
            lines++;
        }
        if (paints) {
            int top = area.y1 + (lines - 1) * height;
            vt_paint_round(painter, q_rect_make(x, top + (height - DOT) / 2, DOT, DOT), 2,
                           vt_graph_color(theme, line), VT_PAINT_NO_LINE);
            vt_paint_text(painter, q_rect_make(x + DOT + 5, top, width, height), VT_PAINT_LEFT, &text,
                          theme->muted);
        }
        x += DOT + 5 + width + LEGEND_GAP;
        qt_string_release(&text);
    }
    return lines;
}

static void append_age(vt_str *text, int64_t age)
{
    char words[32];
    int64_t seconds = age / VT_NS_PER_S;
    if (seconds < 120) {
        snprintf(words, sizeof words, "%lld", (long long)seconds);
        vt_tr_append_with(text, "performance", "%1 s ago", words);
    } else {
        snprintf(words, sizeof words, "%lld", (long long)(seconds / 60));
        vt_tr_append_with(text, "performance", "%1 min ago", words);
    }
}

/* Where the time of the graph begins, below the plot. */
static void paint_times(vt_graph *graph, QPainter *painter, QRect area, const vt_graph_plot *plot)
{
    const vt_theme *theme = vt_theme_current();
    vt_str text = VT_STR_INIT;
    append_age(&text, graph->data->width * (int64_t)plot->slots);
    paint_words(painter, area, VT_PAINT_LEFT, text.data, theme->muted);
    paint_words(painter, area, VT_PAINT_RIGHT, vt_tr("performance", "now"), theme->muted);
    vt_str_free(&text);
}

/* The values of slot `slot`, beside the line at `x`. */
static void paint_values(vt_graph *graph, QPainter *painter, const vt_graph_plot *plot, size_t slot, int x)
{
    enum { ROOM = 8, ROUND = 5 };
    const vt_theme *theme = vt_theme_current();
    const vt_graph_row row = vt_graph_get(graph->which);
    vt_str lines[VT_GRAPH_LINES_MAX + 1];
    QString texts[VT_GRAPH_LINES_MAX + 1];
    int count = graph->data->lines + 1, width = 0, height = vt_paint_line_height();
    for (int i = 0; i < count; i++) {
        lines[i] = (vt_str)VT_STR_INIT;
        if (i == 0) {
            append_age(&lines[i], graph->data->width * (int64_t)(graph->data->count - 1 - slot));
        } else {
            char words[48];
            int line = i - 1;
            const vt_figure figure = (vt_figure)((int)row.first + line);
            double below = row.stacked && line > 0 ? graph->data->mean[line - 1][slot] : 0;
            value_words(figure, graph->data->mean[line][slot] - below, words, sizeof words);
            vt_str_appendf(&lines[i], "%s  %s", vt_tr("performance", vt_figure_get(figure)->title), words);
        }
        texts[i] = qt_string_from_utf8(lines[i].data);
        int one = text_width(painter, &texts[i]);
        width = one > width ? one : width;
        vt_str_free(&lines[i]);
    }
    int total = width + 2 * ROOM + 2;
    int left = x + 8 + total > plot->area.x2 ? x - 8 - total : x + 8;
    left = left < 0 ? 0 : left;
    QRect box = q_rect_make(left, plot->area.y1 + 2, total, count * height + 2 * ROOM - 4);
    vt_paint_round(painter, box, ROUND, theme->button, theme->line);
    for (int i = 0; i < count; i++) {
        QRect at = q_rect_make(left + ROOM, box.y1 + ROOM - 2 + i * height, width + 2, height);
        vt_paint_text(painter, at, VT_PAINT_LEFT, &texts[i], i == 0 ? theme->muted : theme->text);
        qt_string_release(&texts[i]);
    }
}

static void paint_pointer(vt_graph *graph, QPainter *painter, const vt_graph_plot *plot)
{
    size_t slot;
    if (graph->pointer == NOWHERE || !vt_graph_plot_nearest(plot, graph->data, graph->pointer, &slot)) {
        return;
    }
    int x = (int)vt_graph_plot_x(plot, graph->data, slot);
    vt_paint_fill(painter, q_rect_make(x, plot->area.y1, 1, vt_paint_rect_height(plot->area)),
                  vt_theme_current()->muted);
    paint_values(graph, painter, plot, slot, x);
}

static void graph_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    vt_graph *graph = (vt_graph *)self;
    const vt_theme *theme = vt_theme_current();
    const vt_graph_row row = vt_graph_get(graph->which);
    const vt_sampler *sampler = vt_performance_sampler(graph->performance);
    QRect area = q_widget_rect(self);
    int line = vt_paint_line_height();
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_round(&painter, q_rect_make(0, 0, vt_paint_rect_width(area), vt_paint_rect_height(area)), 6,
                   theme->base, q_widget_has_focus(self) ? theme->accent : theme->line);
    QRect inner = q_rect_adjusted(&area, PADDING, PADDING - 2, -PADDING, -PADDING + 4);
    int width = vt_paint_rect_width(inner);
    if (sampler) {
        vt_graph_read(sampler, graph->which, graph->span, vt_clock_now(), graph->data);
    } else {
        *graph->data = (vt_graph_data){.lines = (int)row.last - (int)row.first + 1, .top = row.full};
    }
    paint_title(graph, &painter, q_rect_make(inner.x1, inner.y1, width, line), &row);
    int lines = legend(graph, &painter, inner, &row, false);
    int legend_top = inner.y2 - lines * line + 1;
    legend(graph, &painter, (QRect){inner.x1, legend_top, inner.x2, inner.y2}, &row, true);
    int bottom = legend_top - (lines ? 4 : 0) - line - 5;
    vt_graph_plot plot = vt_graph_plot_make((QRect){inner.x1, inner.y1 + line + 8, inner.x2, bottom},
                                            graph->span, graph->data);
    vt_graph_plot_paint(&plot, &painter, &row, graph->data,
                        vt_performance_situation(graph->performance)->memory_hard);
    paint_times(graph, &painter, q_rect_make(inner.x1, bottom + 3, width, line), &plot);
    paint_pointer(graph, &painter, &plot);
    q_painter_fini(&painter);
}

/* ---- the moment that is asked about ---- */

static void point_at(vt_graph *graph, int x)
{
    if (x != graph->pointer) {
        graph->pointer = x;
        q_widget_update(&graph->widget);
    }
}

static void graph_move(QWidget *self, QMouseEvent *event)
{
    QPointF at = q_singlepointevent_position(event);
    point_at((vt_graph *)self, (int)at.xp);
}

static void graph_leave(QWidget *self, QEvent *event)
{
    (void)event;
    point_at((vt_graph *)self, NOWHERE);
}

static void graph_focus_out(QWidget *self, QFocusEvent *event)
{
    point_at((vt_graph *)self, NOWHERE);
    q_widget_base_focus_out_event(self, event);
}

static void graph_key(QWidget *self, QKeyEvent *event)
{
    enum { STEP = 12 };
    vt_graph *graph = (vt_graph *)self;
    int width = q_widget_width(self);
    int at = graph->pointer == NOWHERE ? width - PADDING : graph->pointer;
    switch (q_keyevent_key(event)) {
    case Qt_Key_Left:
        point_at(graph, at - STEP > PADDING ? at - STEP : PADDING);
        break;
    case Qt_Key_Right:
        point_at(graph, at + STEP < width - PADDING ? at + STEP : width - PADDING);
        break;
    default:
        q_widget_base_key_press_event(self, event);
    }
}

static const QWidgetVirtuals graph_virtuals = {.paint_event = graph_paint,
                                               .mouse_move_event = graph_move,
                                               .leave_event = graph_leave,
                                               .focus_out_event = graph_focus_out,
                                               .key_press_event = graph_key};
static qt_subclass graph_class = {
    .base = &qt_class_QWidget, .virtuals = &graph_virtuals, .instance_size = sizeof(vt_graph)};

vt_graph *vt_graph_create(QWidgetRef parent, vt_performance *performance, int which, vt_graph_data *data)
{
    vt_graph *graph = qt_subclass_allocate(&graph_class);
    q_widget_init(&graph->widget, parent);
    qt_subclass_install(&graph_class, graph);
    graph->performance = performance;
    graph->which = which;
    graph->data = data;
    graph->pointer = NOWHERE;
    q_widget_set_mouse_tracking(&graph->widget, true);
    q_widget_set_focus_policy(&graph->widget, Qt_TabFocus);
    q_widget_set_accessible_name(&graph->widget, vt_tr("performance", vt_graph_get(which).title));
    return graph;
}

QWidget *vt_graph_widget(vt_graph *graph)
{
    return &graph->widget;
}

void vt_graph_set_span(vt_graph *graph, vt_series_span span)
{
    graph->span = span;
    q_widget_update(&graph->widget);
}

/* A screen reader is told what is so now when the graph has the keyboard. */
void vt_graph_update(vt_graph *graph)
{
    q_widget_update(&graph->widget);
    const vt_sampler *sampler = vt_performance_sampler(graph->performance);
    if (!sampler || !q_widget_has_focus(&graph->widget)) {
        return;
    }
    const vt_graph_row row = vt_graph_get(graph->which);
    vt_str text = VT_STR_INIT;
    for (int figure = (int)row.first; figure <= (int)row.last; figure++) {
        double value;
        char words[48];
        if (vt_sampler_last(sampler, (vt_figure)figure, &value)) {
            value_words((vt_figure)figure, value, words, sizeof words);
            vt_str_appendf(&text, "%s%s %s", text.length ? ", " : "",
                           vt_tr("performance", vt_figure_get((vt_figure)figure)->title), words);
        }
    }
    q_widget_set_accessible_description(&graph->widget, text.data);
    vt_str_free(&text);
}
