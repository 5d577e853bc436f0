#include "app/ui/parts/tall_table_private.h"

#include <qt6c/qabstractitemmodel.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qscrollbar.h>

#include <limits.h>

/* ---- rows ---- */

const vt_tall_table *vt_tall_table_of(const QTableView *view)
{
    return (const vt_tall_table *)view;
}

QWidget *vt_tall_viewport(const QTableView *view)
{
    return q_abstractscrollarea_viewport(view);
}

int vt_tall_row_count(const QTableView *view)
{
    const QAbstractItemModel *model = q_abstractitemview_model(view);
    QModelIndex root = q_modelindex_make();
    return model ? q_abstractitemmodel_row_count(model, &root) : 0;
}

int vt_tall_clamp(int64_t value, int low, int high)
{
    return value > high ? high : value < low ? low : (int)value;
}

int vt_tall_table_vertical_offset(const QTableView *self)
{
    return q_abstractslider_value(q_abstractscrollarea_vertical_scroll_bar(self));
}

int vt_tall_table_row_at(const vt_tall_table *table, int y)
{
    int64_t at = (int64_t)vt_tall_table_vertical_offset(&table->view) + y;
    int64_t row = at < 0 ? -1 : at / table->row_height;
    return row < vt_tall_row_count(&table->view) ? (int)row : -1;
}

int vt_tall_table_row_y(const vt_tall_table *table, int row)
{
    int64_t y = (int64_t)row * table->row_height - vt_tall_table_vertical_offset(&table->view);
    return vt_tall_clamp(y, INT_MIN / 2, INT_MAX / 2);
}

/* The row at `y`, or the one that is nearest to it; -1: there are none. */
int vt_tall_nearest_row(const QTableView *view, int y)
{
    int64_t at = (int64_t)vt_tall_table_vertical_offset(view) + y;
    return vt_tall_clamp(at / vt_tall_table_of(view)->row_height, vt_tall_row_count(view) > 0 ? 0 : -1,
                         vt_tall_row_count(view) - 1);
}

/* ---- columns: Qt's header knows them ---- */

QHeaderView *vt_tall_columns(const QTableView *view)
{
    return q_tableview_horizontal_header(view);
}

/* The last column that is shown, by its number in the model; -1: none is. */
int vt_tall_last_column(const QHeaderView *header)
{
    int column = -1;
    for (int visual = q_headerview_count(header) - 1; visual >= 0 && column < 0; visual--) {
        int logical = q_headerview_logical_index(header, visual);
        column = q_headerview_is_section_hidden(header, logical) ? -1 : logical;
    }
    return column;
}

QRect vt_tall_column_span(const QTableView *view, int column)
{
    const QHeaderView *header = vt_tall_columns(view);
    int x = q_headerview_section_viewport_position(header, column);
    return (QRect){x, 0, x + q_headerview_section_size(header, column) - 1, 0};
}

/* The same, and with `whole_line` the last one up to the edge of the viewport. */
static QRect reach_of(const QTableView *view, int column)
{
    QRect span = vt_tall_column_span(view, column);
    if (vt_tall_table_of(view)->whole_line && column == vt_tall_last_column(vt_tall_columns(view))) {
        bool is_rtl = q_widget_is_right_to_left(view);
        int edge = q_widget_width(vt_tall_viewport(view)) - 1;
        span.x1 = is_rtl && span.x1 > 0 ? 0 : span.x1;
        span.x2 = !is_rtl && span.x2 < edge ? edge : span.x2;
    }
    return span;
}

/* ---- where cells are ---- */

bool vt_tall_is_shown(const QTableView *view, const QModelIndex *index)
{
    return q_modelindex_is_valid(index) && !q_headerview_is_section_hidden(vt_tall_columns(view), index->c);
}

static QRect nothing(void)
{
    return (QRect){0, 0, -1, -1};
}

QRect vt_tall_table_visual_rect(const QTableView *self, const QModelIndex *index)
{
    if (!vt_tall_is_shown(self, index)) {
        return nothing();
    }
    QRect span = reach_of(self, index->c);
    int y = vt_tall_table_row_y(vt_tall_table_of(self), index->r);
    return (QRect){span.x1, y, span.x2, y + vt_tall_table_of(self)->row_height - 1};
}

QModelIndex vt_tall_index(const QTableView *view, int row, int column)
{
    QModelIndex root = q_modelindex_make();
    return row >= 0 && column >= 0
               ? q_abstractitemmodel_index(q_abstractitemview_model(view), row, column, &root)
               : root;
}

QModelIndex vt_tall_table_index_at(const QTableView *self, const QPoint *point)
{
    const QHeaderView *header = vt_tall_columns(self);
    int column = q_headerview_logical_index_at(header, point->xp);
    if (column < 0 && vt_tall_table_of(self)->whole_line) {
        column = vt_tall_last_column(header);
    }
    return vt_tall_index(self, vt_tall_table_row_at(vt_tall_table_of(self), point->yp), column);
}

bool vt_tall_table_is_hidden(const QTableView *self, const QModelIndex *index)
{
    return !vt_tall_is_shown(self, index);
}
