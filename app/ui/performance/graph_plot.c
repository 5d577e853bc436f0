#include "app/ui/performance/graph_plot.h"

#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "app/ui/performance/graph_colors.h"
#include "core/base/clock.h"
#include "core/base/str.h"

#include <qt6c/qbrush.h>
#include <qt6c/qfontmetrics.h>
#include <qt6c/qpen.h>
#include <qt6c/qpointf.h>

#include <stdlib.h>

enum { GRID_LINES = 2, POINTS_MAX = VT_SERIES_SLOTS };

vt_graph_plot vt_graph_plot_make(QRect area, vt_series_span span, const vt_graph_data *data)
{
    enum { SLOTS_MIN = 10 };
    size_t slots = span == VT_SERIES_SESSION ? data->count : VT_SERIES_SLOTS;
    return (vt_graph_plot){area, slots < SLOTS_MIN ? SLOTS_MIN : slots};
}

double vt_graph_plot_x(const vt_graph_plot *plot, const vt_graph_data *data, size_t slot)
{
    double step = (double)(vt_paint_rect_width(plot->area) - 1) / (double)(plot->slots - 1);
    return plot->area.x2 - (double)(data->count - 1 - slot) * step;
}

static double y_of(const vt_graph_plot *plot, const vt_graph_data *data, double value)
{
    double share = value / data->top;
    return plot->area.y2 - (share > 1 ? 1 : share) * (vt_paint_rect_height(plot->area) - 1);
}

static bool is_known(const vt_graph_data *data, size_t slot)
{
    for (int line = 0; line < data->lines; line++) {
        if (data->known[line][slot]) {
            return true;
        }
    }
    return false;
}

bool vt_graph_plot_nearest(const vt_graph_plot *plot, const vt_graph_data *data, int x, size_t *slot)
{
    enum { NEAR = 24 };
    double best = NEAR;
    for (size_t i = 0; i < data->count; i++) {
        double away = vt_graph_plot_x(plot, data, i) - x;
        away = away < 0 ? -away : away;
        if (away < best && is_known(data, i)) {
            best = away;
            *slot = i;
        }
    }
    return best < NEAR;
}

static void set_pen(QPainter *painter, QColor color, double width, Qt_PenStyle style)
{
    QBrush brush;
    QPen pen;
    q_brush_init_color(&brush, &color);
    q_pen_init_stroke_full(&pen, &brush, width, style, Qt_RoundCap, Qt_RoundJoin);
    q_painter_set_pen(painter, &pen);
    q_pen_fini(&pen);
    q_brush_fini(&brush);
}

static void across(const vt_graph_plot *plot, QPainter *painter, double y)
{
    const QPointF left = {plot->area.x1, y};
    const QPointF right = {plot->area.x2, y};
    const QLineF line = q_linef_make_pointf_pointf(&left, &right);
    q_painter_draw_line(painter, &line);
}

static void paint_grid(const vt_graph_plot *plot, QPainter *painter, const vt_graph_row *row,
                       const vt_graph_data *data)
{
    const vt_theme *theme = vt_theme_current();
    set_pen(painter, vt_theme_color_alpha(theme->line, theme->outlines ? 120 : 255), 1, Qt_SolidLine);
    for (int i = 0; i <= GRID_LINES; i++) {
        across(plot, painter,
               (int)(plot->area.y1 + (double)i * (vt_paint_rect_height(plot->area) - 1) / GRID_LINES) + 0.5);
    }
    char words[48];
    vt_figure_format(vt_figure_get(row->first)->unit, data->top, words, sizeof words);
    QString text = qt_string_from_utf8(vt_wording_point(words));
    QRect at = q_rect_make(plot->area.x1, plot->area.y1 + 1, vt_paint_rect_width(plot->area),
                           vt_paint_line_height());
    vt_paint_text(painter, at, VT_PAINT_LEFT, &text, theme->muted);
    qt_string_release(&text);
}

static bool is_shown(const vt_graph_data *data, double limit)
{
    return limit > 0 && limit <= data->top;
}

static void paint_limit(const vt_graph_plot *plot, QPainter *painter, const vt_graph_data *data, double value,
                        uint32_t rgb)
{
    if (is_shown(data, value)) {
        set_pen(painter, vt_theme_color(rgb), 1, Qt_DashLine);
        across(plot, painter, (int)y_of(plot, data, value) + 0.5);
    }
}

/* What the line of the target is: in words above it, or below it where the other line or the edge is near;
   nothing where there is no room. Right of the scale, where the newest values do not run. */
static void paint_target(const vt_graph_plot *plot, QPainter *painter, const vt_budget *budget,
                         const vt_graph_data *data, double other)
{
    enum { BESIDE_SCALE = 72, ROOM = 2 };
    if (!is_shown(data, (double)budget->target)) {
        return;
    }
    int height = vt_paint_line_height(), y = (int)y_of(plot, data, (double)budget->target);
    int ceiling = is_shown(data, other) ? (int)y_of(plot, data, other) : plot->area.y1;
    int top = y - ceiling >= height ? y - height : y + 1;
    if (top + height > plot->area.y2) {
        return;
    }
    char amount[32];
    vt_str words = VT_STR_INIT;
    vt_str_appendf(&words, "%s %s", vt_tr("performance", "Target"),
                   vt_wording_amount(amount, sizeof amount, budget->unit, budget->target));
    QString text = qt_string_from_utf8(words.data);
    QFontMetrics metrics = q_painter_font_metrics(painter);
    QRect at = q_rect_make(plot->area.x1 + BESIDE_SCALE, top,
                           q_fontmetrics_horizontal_advance_full_qs(&metrics, &text, -1) + ROOM, height);
    const vt_theme *theme = vt_theme_current();
    vt_paint_fill(painter, at, theme->base); /* a line behind it would strike it out */
    vt_paint_text(painter, at, VT_PAINT_LEFT, &text, theme->muted);
    q_fontmetrics_fini(&metrics);
    qt_string_release(&text);
    vt_str_free(&words);
}

/* One stretch of a line without pause: the points of its values, and below them those of the line it stands
 * on. */
typedef struct stretch {
    QPointF points[2 * POINTS_MAX + 2];
    int count;
} stretch;

static void paint_stretch(const vt_graph_plot *plot, QPainter *painter, const vt_graph_row *row,
                          const vt_graph_data *data, int line, const size_t *slots, int count)
{
    static stretch at; /* large, and the window's thread is the only one that paints */
    const vt_theme *theme = vt_theme_current();
    uint32_t rgb = vt_graph_color(theme, line);
    for (int i = 0; i < count; i++) {
        at.points[i] =
            (QPointF){vt_graph_plot_x(plot, data, slots[i]), y_of(plot, data, data->mean[line][slots[i]])};
    }
    if (vt_graph_is_filled(row) && count > 1) {
        at.count = count;
        for (int i = count - 1; i >= 0; i--) {
            double base = row->stacked && line > 0 ? data->mean[line - 1][slots[i]] : 0;
            at.points[at.count++] = (QPointF){at.points[i].xp, y_of(plot, data, base)};
        }
        QColor color = vt_theme_color_alpha(rgb, row->stacked ? 150 : 50);
        QBrush brush;
        QPen none;
        q_brush_init_color(&brush, &color);
        q_pen_init_style(&none, Qt_NoPen);
        q_painter_set_brush(painter, &brush);
        q_painter_set_pen(painter, &none);
        q_painter_draw_polygon(painter, at.points, at.count);
        q_pen_fini(&none);
        q_brush_fini(&brush);
    }
    set_pen(painter, vt_theme_color(rgb), count == 1 ? 4 : 1.6, Qt_SolidLine);
    if (count == 1) {
        q_painter_draw_point(painter, &at.points[0]);
    } else {
        q_painter_draw_polyline(painter, at.points, count);
    }
}

static void paint_line(const vt_graph_plot *plot, QPainter *painter, const vt_graph_row *row,
                       const vt_graph_data *data, int line)
{
    size_t slots[POINTS_MAX], from = 0, count;
    while ((count = vt_graph_stretch(row, data, line, &from, slots)) > 0) {
        paint_stretch(plot, painter, row, data, line, slots, (int)count);
    }
}

void vt_graph_plot_paint(const vt_graph_plot *plot, QPainter *painter, const vt_graph_row *row,
                         const vt_graph_data *data, int64_t limit)
{
    const vt_theme *theme = vt_theme_current();
    bool is_memory = row->budget && row->budget->unit == VT_BUDGET_BYTES;
    const QRect around = {plot->area.x1, plot->area.y1 - 1, plot->area.x2 + 1, plot->area.y2 + 2};
    q_painter_save(painter);
    q_painter_set_render_hint(painter, QPainter_Antialiasing);
    q_painter_set_clip_rect_rect_clipoperation_full(painter, &around, Qt_IntersectClip);
    paint_grid(plot, painter, row, data);
    for (int line = data->lines - 1; line >= 0; line--) {
        paint_line(plot, painter, row, data, line);
    }
    if (row->budget) {
        double other = is_memory ? (double)limit : (double)row->budget->warning;
        paint_limit(plot, painter, data, (double)row->budget->target, theme->star);
        paint_limit(plot, painter, data, other, theme->danger);
        paint_target(plot, painter, row->budget, data, other);
    }
    q_painter_restore(painter);
}
