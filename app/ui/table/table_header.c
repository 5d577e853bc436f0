#include "app/ui/table/table_header.h"

#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "app/ui/table/table_columns.h"

#include <qt6c/qcontextmenuevent.h>
#include <qt6c/qcursor.h>
#include <qt6c/qfontmetrics.h>
#include <qt6c/qguiapplication.h>

#include <stdio.h>

enum { MARGIN = 8, GAP = 4, MARK = 10 /* width of an arrow, and of a number */ };

typedef struct table_header {
    QHeaderView header; /* first */
    const vt_table_header_ops *ops;
    void *user;
    vt_table_order order;
} table_header;

/* ---- painting ---- */

static bool is_below_mouse(const table_header *of, const QRect *area)
{
    const QWidget *viewport = q_abstractscrollarea_viewport(&of->header);
    QPoint at = q_cursor_pos();
    at = q_widget_map_from_global_point(viewport, &at);
    return q_widget_under_mouse(viewport) && at.xp >= area->x1 && at.xp <= area->x2 && at.yp >= area->y1 &&
           at.yp <= area->y2;
}

static void paint_words(QPainter *painter, QRect area, vt_paint_align align, const char *words, uint32_t rgb)
{
    QString text = qt_string_from_utf8(words);
    vt_paint_text(painter, area, align, &text, rgb);
    qt_string_release(&text);
}

/* An arrow, and if there are several keys its number; right of `area`, which becomes smaller. */
static void paint_mark(const table_header *of, QPainter *painter, QRect *area, int key)
{
    const vt_theme *theme = vt_theme_current();
    char mark[16];
    const char *arrow = of->order.sorts[key].descending ? "\xe2\x86\x93" : "\xe2\x86\x91";
    bool numbered = of->order.count > 1;
    int width = numbered ? 2 * MARK : MARK;
    snprintf(mark, sizeof mark, numbered ? "%s%d" : "%s", arrow, key + 1);
    QRect at = {area->x2 - width + 1, area->y1, area->x2, area->y2};
    paint_words(painter, at, VT_PAINT_RIGHT, mark, theme->accent);
    area->x2 = at.x1 - 1 - GAP;
}

static void paint_section(const QHeaderView *self, QPainter *painter, const QRect *rect, int section)
{
    const table_header *of = (const table_header *)self;
    const vt_theme *theme = vt_theme_current();
    if (section < 0 || section >= vt_table_column_count()) {
        return;
    }
    const vt_table_column *column = vt_table_column_at(section);
    int key = vt_table_order_find(&of->order, column->key);
    vt_paint_fill(painter, *rect, is_below_mouse(of, rect) ? theme->hover : theme->window);
    vt_paint_fill(painter, (QRect){rect->x1, rect->y2, rect->x2, rect->y2}, theme->line);
    vt_paint_fill(painter, (QRect){rect->x2, rect->y1 + GAP, rect->x2, rect->y2 - GAP}, theme->line);
    QRect area = q_rect_adjusted(rect, MARGIN, 0, -MARGIN, 0);
    if (key >= 0) {
        paint_mark(of, painter, &area, key);
    }
    if (area.x2 > area.x1) {
        paint_words(painter, area, column->is_number ? VT_PAINT_RIGHT : VT_PAINT_LEFT,
                    vt_tr("column", column->title), key >= 0 ? theme->text : theme->muted);
    }
}

/* A title with its mark, be it sorted or not. */
static QSize section_size(const QHeaderView *self, int section)
{
    QSize size = q_headerview_base_section_size_from_contents(self, section);
    if (section >= 0 && section < vt_table_column_count()) {
        QFontMetrics metrics;
        q_fontmetrics_init(&metrics, q_widget_font(self));
        size.wd =
            q_fontmetrics_horizontal_advance(&metrics, vt_tr("column", vt_table_column_at(section)->title)) +
            2 * MARGIN + 2 * MARK + GAP;
        q_fontmetrics_fini(&metrics);
    }
    return size;
}

/* What is right of the last column has the ground of the others. */
static void paint_event(QHeaderView *self, QPaintEvent *event)
{
    const vt_theme *theme = vt_theme_current();
    QWidget *viewport = q_abstractscrollarea_viewport(self);
    q_headerview_base_paint_event(self, event);
    QRect rest = q_widget_rect(viewport);
    rest.x1 = q_headerview_length(self) - q_headerview_offset(self);
    if (rest.x1 <= rest.x2) {
        QPainter painter;
        q_painter_init_on(&painter, q_widget_as_paintdevice(viewport));
        vt_paint_fill(&painter, rest, theme->window);
        vt_paint_fill(&painter, (QRect){rest.x1, rest.y2, rest.x2, rest.y2}, theme->line);
        q_painter_fini(&painter);
    }
}

/* ---- mouse ---- */

static void on_clicked(void *user, int section)
{
    const table_header *of = user;
    int held = q_guiapplication_keyboard_modifiers();
    if (section >= 0 && section < vt_table_column_count()) {
        of->ops->clicked(of->user, section, (held & (Qt_ShiftModifier | Qt_ControlModifier)) != 0);
    }
}

static void context_menu_event(QHeaderView *self, QContextMenuEvent *event)
{
    const table_header *of = (const table_header *)self;
    QPoint at = *q_contextmenuevent_pos(event);
    QPoint where = *q_contextmenuevent_global_pos(event);
    of->ops->menu(of->user, q_headerview_logical_index_at_point(self, &at), &where);
}

/* ---- life ---- */

static const QHeaderViewVirtuals header_virtuals = {.paint_section = paint_section,
                                                    .section_size_from_contents = section_size,
                                                    .paint_event = paint_event,
                                                    .context_menu_event = context_menu_event};
static qt_subclass header_class = {
    .base = &qt_class_QHeaderView, .virtuals = &header_virtuals, .instance_size = sizeof(table_header)};

QHeaderView *vt_table_header_create(QWidgetRef parent, const vt_table_header_ops *ops, void *user)
{
    table_header *of = qt_subclass_allocate(&header_class);
    q_headerview_init(&of->header, Qt_Horizontal, parent);
    qt_subclass_install(&header_class, of);
    of->ops = ops;
    of->user = user;
    q_widget_set_accessible_name(&of->header, vt_tr("column", "Columns"));
    q_headerview_set_sections_movable(&of->header, true);
    q_headerview_set_first_section_movable(&of->header, true);
    q_headerview_set_sections_clickable(&of->header, true);
    q_headerview_set_highlight_sections(&of->header, false);
    q_headerview_set_minimum_section_size(&of->header, 24);
    q_headerview_set_resize_contents_precision(&of->header, 0); /* only rows in view are measured */
    q_headerview_on_section_clicked(&of->header, &of->header, on_clicked, of);
    return &of->header;
}

void vt_table_header_set_order(QHeaderView *header, const vt_table_order *order)
{
    table_header *of = (table_header *)header;
    of->order = *order;
    q_widget_update(q_abstractscrollarea_viewport(header));
}
