#include "app/ui/parts/tall_table_private.h"

#include <qt6c/qabstractitemdelegate.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qpainter.h>
#include <qt6c/qpaintevent.h>
#include <qt6c/qpalette.h>
#include <qt6c/qregion.h>
#include <qt6c/qstyle.h>
#include <qt6c/qstyleoptionviewitem.h>

/* From one to the other, by how they stand; false if none is in [left, right] of the viewport. */
static bool columns_between(const QTableView *view, int left, int right, int *first, int *last)
{
    const QHeaderView *header = vt_tall_columns(view);
    bool is_rtl = q_widget_is_right_to_left(view);
    int count = q_headerview_count(header);
    *first = q_headerview_visual_index_at(header, is_rtl ? right : left);
    *last = q_headerview_visual_index_at(header, is_rtl ? left : right);
    *first = *first < 0 ? 0 : *first;
    *last = *last < 0 ? count - 1 : *last;
    return *first <= *last && count > 0;
}

typedef struct painting {
    const QTableView *view;
    QPainter *painter;
    const QRegion *dirty;
    QStyleOptionViewItem *option; /* of the cell that is painted */
    int state;                    /* of all cells */
    int first, last;              /* columns, as they stand */
    QRect area;                   /* of the viewport, within which something is dirty */
    QModelIndex focus;            /* the cell with the keyboard; not valid: none */
} painting;

static void fill(const painting *at, const QRect *area, QPalette_ColorRole role)
{
    const QPalette *palette = q_styleoption_field_palette(at->option);
    q_painter_fill_rect(at->painter, area, q_palette_brush(palette, role));
}

/* The ground of a row: what the style draws for one that is selected or every second covers it. */
static void paint_ground(const painting *at, const QRect *line, int state, bool is_second)
{
    const QHeaderView *header = vt_tall_columns(at->view);
    bool is_rtl = q_widget_is_right_to_left(at->view);
    QRect cells = *line;
    if (!vt_tall_table_of(at->view)->whole_line) {
        int length = q_headerview_length(header) - q_headerview_offset(header);
        cells.x1 = is_rtl && cells.x2 - length + 1 > cells.x1 ? cells.x2 - length + 1 : cells.x1;
        cells.x2 = !is_rtl && length - 1 < cells.x2 ? length - 1 : cells.x2;
    }
    bool is_covered = is_second || (state & QStyle_State_Selected);
    if (!is_covered || cells.x1 > line->x1 || cells.x2 < line->x2) {
        fill(at, line, QPalette_Base);
    }
    if (is_covered) {
        *q_styleoption_field_rect(at->option) = cells;
        q_style_draw_primitive_full(q_widget_style(at->view), QStyle_PE_PanelItemViewRow, at->option,
                                    at->painter, at->view);
    }
}

static void paint_row(const painting *at, int row, const QRect *line)
{
    const QHeaderView *header = vt_tall_columns(at->view);
    const QItemSelectionModel *selection = q_abstractitemview_selection_model(at->view);
    bool is_second = q_abstractitemview_alternating_row_colors(at->view) && row % 2;
    QModelIndex begin = vt_tall_index(at->view, row, 0);
    int state = at->state;
    int *features = q_styleoptionviewitem_field_features(at->option);
    if (selection && q_itemselectionmodel_is_selected(selection, &begin)) {
        state |= QStyle_State_Selected;
    }
    *features =
        is_second ? *features | QStyleOptionViewItem_Alternate : *features & ~QStyleOptionViewItem_Alternate;
    *q_styleoption_field_state(at->option) = state;
    paint_ground(at, line, state, is_second);
    for (int visual = at->first; visual <= at->last; visual++) {
        int column = q_headerview_logical_index(header, visual);
        QRect span = vt_tall_column_span(at->view, column);
        QRect cell = {span.x1, line->y1, span.x2, line->y2};
        if (!q_headerview_is_section_hidden(header, column) && q_region_intersects_rect(at->dirty, &cell)) {
            QModelIndex index = vt_tall_index(at->view, row, column);
            bool focus = at->focus.r == row && at->focus.c == column;
            *q_styleoption_field_rect(at->option) = cell;
            *q_styleoption_field_state(at->option) = focus ? state | QStyle_State_HasFocus : state;
            q_abstractitemdelegate_paint(q_abstractitemview_item_delegate_for_index(at->view, &index),
                                         at->painter, at->option, &index);
        }
    }
}

static void paint_rows(painting *at)
{
    const vt_tall_table *table = vt_tall_table_of(at->view);
    int width = q_widget_width(vt_tall_viewport(at->view));
    int row = vt_tall_table_row_at(table, at->area.y1);
    int count = vt_tall_row_count(at->view);
    int y = row < 0 ? at->area.y1 : vt_tall_table_row_y(table, row);
    for (; row >= 0 && row < count && y <= at->area.y2; row++, y += table->row_height) {
        QRect line = {0, y, width - 1, y + table->row_height - 1};
        if (q_region_intersects_rect(at->dirty, &line)) {
            paint_row(at, row, &line);
        }
    }
    if (y <= at->area.y2) {
        QRect rest = {0, y, width - 1, at->area.y2};
        fill(at, &rest, QPalette_Base);
    }
}

void vt_tall_table_paint(QTableView *self, QPaintEvent *event)
{
    QPainter painter;
    QStyleOptionViewItem option;
    QWidget *viewport = vt_tall_viewport(self);
    painting at = {.view = self,
                   .painter = &painter,
                   .dirty = q_paintevent_region(event),
                   .option = &option,
                   .area = *q_paintevent_rect(event),
                   .focus = q_modelindex_make()};
    q_painter_init_on(&painter, q_widget_as_paintdevice(viewport));
    q_styleoptionviewitem_init(&option);
    q_abstractitemview_init_view_item_option(self, &option);
    at.state = *q_styleoption_field_state(&option);
    if (q_widget_has_focus(self) || q_widget_has_focus(viewport)) {
        at.focus = q_abstractitemview_current_index(self);
    }
    if (!columns_between(self, at.area.x1, at.area.x2, &at.first, &at.last)) {
        at.last = at.first - 1;
    }
    paint_rows(&at);
    q_styleoptionviewitem_fini(&option);
    q_painter_fini(&painter);
}
