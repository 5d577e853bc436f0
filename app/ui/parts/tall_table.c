#include "app/ui/parts/tall_table_private.h"

#include <qt6c/qabstractitemdelegate.h>
#include <qt6c/qfontmetrics.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qitemselection.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qitemselectionrange.h>
#include <qt6c/qpersistentmodelindex.h>
#include <qt6c/qscrollbar.h>
#include <qt6c/qstringlistmodel.h>
#include <qt6c/qstyleoptionviewitem.h>

#include <limits.h>

enum { ROWS_LOOKED_AT = 1000 };

/* ---- what is selected ---- */

static void destroy_range(void *range)
{
    q_persistentmodelindex_fini((QPersistentModelIndex *)q_itemselectionrange_top_left(range));
    q_persistentmodelindex_fini((QPersistentModelIndex *)q_itemselectionrange_bottom_right(range));
}

void vt_tall_table_release_ranges(QItemSelection *ranges)
{
    qt_list_release_with((QList *)ranges, sizeof(QItemSelectionRange), destroy_range);
}

/* Whatever cells the rectangle has: whole rows are selected. Its corners may lie beside them. */
void vt_tall_table_set_selection(QTableView *self, const QRect *rect, int command)
{
    const QHeaderView *header = vt_tall_columns(self);
    bool is_upward = rect->y1 > rect->y2;
    int first = vt_tall_nearest_row(self, is_upward ? rect->y2 : rect->y1);
    int last = vt_tall_nearest_row(self, is_upward ? rect->y1 : rect->y2);
    QModelIndex from = vt_tall_index(self, first, 0);
    QModelIndex to = vt_tall_index(self, last, q_headerview_count(header) - 1);
    if (!q_modelindex_is_valid(&from) || !q_modelindex_is_valid(&to)) {
        return;
    }
    QItemSelection rows;
    *(QList *)&rows = (QList){NULL, NULL, 0};
    q_itemselection_select(&rows, &from, &to);
    q_itemselectionmodel_select_itemselection_selectionflag(q_abstractitemview_selection_model(self), &rows,
                                                            command);
    vt_tall_table_release_ranges(&rows);
}

/* Paints anew the rows of a selection that are in sight. */
static void update_rows(QTableView *self, const QItemSelection *selection)
{
    const QList *list = (const QList *)selection;
    QWidget *viewport = vt_tall_viewport(self);
    int width = q_widget_width(viewport);
    int height = q_widget_height(viewport);
    for (ptrdiff_t i = 0; i < list->size; i++) {
        const QItemSelectionRange *range = &((const QItemSelectionRange *)list->ptr)[i];
        int top = vt_tall_table_row_y(vt_tall_table_of(self), q_itemselectionrange_top(range));
        int end = vt_tall_table_row_y(vt_tall_table_of(self), q_itemselectionrange_bottom(range)) +
                  vt_tall_table_of(self)->row_height;
        if (top < height && end > 0) {
            q_widget_update_rect(viewport, &(QRect){0, vt_tall_clamp(top, 0, height), width - 1,
                                                    vt_tall_clamp(end, 0, height) - 1});
        }
    }
}

void vt_tall_table_selection_changed(QTableView *self, const QItemSelection *selected,
                                     const QItemSelection *deselected)
{
    q_tableview_base_selection_changed(self, selected, deselected);
    update_rows(self, selected);
    update_rows(self, deselected);
}

/* ---- scrolling ---- */

/* The least that shows [at, at + size) in a window of `extent` that begins at `offset`; or as the hint wants.
 */
static int scrolled_to(int at, int size, int offset, int extent, QAbstractItemView_ScrollHint hint)
{
    if (hint == QAbstractItemView_PositionAtCenter) {
        return at - (extent - size) / 2;
    }
    bool is_first = hint == QAbstractItemView_PositionAtTop;
    bool is_last = hint == QAbstractItemView_PositionAtBottom;
    if (is_first || (!is_last && (at < offset || size > extent))) {
        return at;
    }
    return is_last || at + size > offset + extent ? at + size - extent : offset;
}

void vt_tall_table_scroll_to(QTableView *self, const QModelIndex *index, QAbstractItemView_ScrollHint hint)
{
    if (!vt_tall_is_shown(self, index)) {
        return;
    }
    q_abstractitemview_execute_delayed_items_layout(self); /* how far it can be scrolled */
    const QHeaderView *header = vt_tall_columns(self);
    const vt_tall_table *table = vt_tall_table_of(self);
    const QWidget *viewport = vt_tall_viewport(self);
    int column_hint = hint == QAbstractItemView_PositionAtCenter ? hint : QAbstractItemView_EnsureVisible;
    QScrollBar *across = q_abstractscrollarea_horizontal_scroll_bar(self);
    QScrollBar *down = q_abstractscrollarea_vertical_scroll_bar(self);
    int x = scrolled_to(q_headerview_section_position(header, index->c),
                        q_headerview_section_size(header, index->c), q_abstractslider_value(across),
                        q_widget_width(viewport), (QAbstractItemView_ScrollHint)column_hint);
    int top = vt_tall_clamp((int64_t)index->r * table->row_height, 0, INT_MAX - table->row_height);
    int y =
        scrolled_to(top, table->row_height, q_abstractslider_value(down), q_widget_height(viewport), hint);
    q_abstractslider_set_value(across, x);
    q_abstractslider_set_value(down, y);
    q_abstractitemview_update(self, index);
}

/* Of all rows, in points. */
static int whole_height(const QTableView *view)
{
    return vt_tall_clamp((int64_t)vt_tall_row_count(view) * vt_tall_table_of(view)->row_height, 0, INT_MAX);
}

/* Qt makes room for the header of columns and sets its bar, and thinks that there are no rows: the bars learn
   nothing of that. Rows that need a bar take its width from the columns. */
void vt_tall_table_update_geometries(QTableView *self)
{
    QScrollBar *across = q_abstractscrollarea_horizontal_scroll_bar(self);
    QScrollBar *down = q_abstractscrollarea_vertical_scroll_bar(self);
    int at_x = q_abstractslider_value(across);
    int at_y = q_abstractslider_value(down);
    int most_x = q_abstractslider_maximum(across);
    int most_y = q_abstractslider_maximum(down);
    q_object_block_signals(across, true);
    q_object_block_signals(down, true);
    q_tableview_base_update_geometries(self);
    q_abstractslider_set_range(across, 0, most_x);
    q_abstractslider_set_range(down, 0, most_y);
    q_abstractslider_set_value(across, at_x);
    q_abstractslider_set_value(down, at_y);
    q_object_block_signals(across, false);
    q_object_block_signals(down, false);

    const QWidget *viewport = vt_tall_viewport(self);
    int width = q_headerview_length(vt_tall_columns(self));
    int height = whole_height(self);
    QSize most = q_abstractscrollarea_maximum_viewport_size(self);
    bool fits = most.wd >= width && most.ht >= height;
    int page_x = fits ? most.wd : q_widget_width(viewport);
    int page_y = fits ? most.ht : q_widget_height(viewport);
    q_abstractslider_set_page_step(across, page_x);
    q_abstractslider_set_range(across, 0, width > page_x ? width - page_x : 0);
    q_headerview_set_offset(vt_tall_columns(self), q_abstractslider_value(across));
    q_abstractslider_set_page_step(down, page_y);
    q_abstractslider_set_single_step(down, vt_tall_table_of(self)->row_height);
    q_abstractslider_set_range(down, 0, height > page_y ? height - page_y : 0);
}

/* ---- keys ---- */

/* QAbstractItemView::CursorAction, which is protected there and so not bound. */
enum {
    MOVE_UP,
    MOVE_DOWN,
    MOVE_LEFT,
    MOVE_RIGHT,
    MOVE_HOME,
    MOVE_END,
    MOVE_PAGE_UP,
    MOVE_PAGE_DOWN,
    MOVE_NEXT,
    MOVE_PREVIOUS
};

/* The column `steps` further as they stand; at the edge the same. */
static int column_beside(const QTableView *view, int column, int step)
{
    const QHeaderView *header = vt_tall_columns(view);
    int found = column;
    for (int at = q_headerview_visual_index(header, column) + step;
         at >= 0 && at < q_headerview_count(header) && found == column; at += step) {
        int logical = q_headerview_logical_index(header, at);
        found = q_headerview_is_section_hidden(header, logical) ? column : logical;
    }
    return found;
}

/* The first as they stand, or with `step` -1 the last; -1: none is shown. */
static int edge_column(const QTableView *view, int step)
{
    const QHeaderView *header = vt_tall_columns(view);
    if (step < 0) {
        return vt_tall_last_column(header);
    }
    int first = q_headerview_logical_index(header, 0);
    bool hidden = first >= 0 && q_headerview_is_section_hidden(header, first);
    return hidden ? column_beside(view, first, 1) : first;
}

static int64_t row_moved(const QTableView *view, int row, int action)
{
    int last = vt_tall_row_count(view) - 1;
    int page = q_widget_height(vt_tall_viewport(view)) / vt_tall_table_of(view)->row_height;
    page = page < 1 ? 1 : page;
    switch (action) {
    case MOVE_UP:
        return (int64_t)row - 1;
    case MOVE_DOWN:
        return (int64_t)row + 1;
    case MOVE_PAGE_UP:
        return (int64_t)row - page;
    case MOVE_PAGE_DOWN:
        return (int64_t)row + page;
    case MOVE_HOME:
        return 0;
    case MOVE_END:
        return last;
    default:
        return row;
    }
}

/* Whole rows are selected, so Home and End are those of the rows, as among the cards; columns are walked by
   Left and Right. With Ctrl the column is the first or the last, too. Whatever else is pressed first begins
   above. */
QModelIndex vt_tall_table_move_cursor(QTableView *self, int action, int modifiers)
{
    QModelIndex current = q_abstractitemview_current_index(self);
    bool is_rtl = q_widget_is_right_to_left(self);
    bool whole = modifiers & (int)Qt_ControlModifier;
    if (!q_modelindex_is_valid(&current)) {
        int last = vt_tall_row_count(self) - 1;
        return vt_tall_index(self, action == MOVE_END || last < 0 ? last : 0, edge_column(self, 1));
    }
    int column = current.c;
    switch (action) {
    case MOVE_LEFT:
    case MOVE_PREVIOUS:
        column = column_beside(self, column, is_rtl && action == MOVE_LEFT ? 1 : -1);
        break;
    case MOVE_RIGHT:
    case MOVE_NEXT:
        column = column_beside(self, column, is_rtl && action == MOVE_RIGHT ? -1 : 1);
        break;
    case MOVE_HOME:
        column = whole ? edge_column(self, 1) : column;
        break;
    case MOVE_END:
        column = whole ? edge_column(self, -1) : column;
        break;
    default:
        break;
    }
    return vt_tall_index(
        self, vt_tall_clamp(row_moved(self, current.r, action), 0, vt_tall_row_count(self) - 1), column);
}

/* ---- widths ---- */

static int cell_width(const QTableView *view, const QStyleOptionViewItem *option, int row, int column)
{
    QModelIndex index = vt_tall_index(view, row, column);
    const QAbstractItemDelegate *cell = q_abstractitemview_item_delegate_for_index(view, &index);
    return q_abstractitemdelegate_size_hint(cell, option, &index).wd;
}

/* What the cells in sight want and some more below and above them, as many as the header looks at: not all of
   a million. */
int vt_tall_table_column_hint(const QTableView *self, int column)
{
    int precision = q_headerview_resize_contents_precision(vt_tall_columns(self));
    int first = vt_tall_nearest_row(self, 0);
    int last = vt_tall_nearest_row(self, q_widget_height(vt_tall_viewport(self)) - 1);
    int wanted = precision < 0 ? ROWS_LOOKED_AT : precision;
    int width = 0;
    QStyleOptionViewItem option;
    q_styleoptionviewitem_init(&option);
    q_abstractitemview_init_view_item_option(self, &option);
    last = last - first + 1 < wanted
               ? vt_tall_clamp((int64_t)first + wanted - 1, -1, vt_tall_row_count(self) - 1)
               : last;
    first = last - first + 1 < wanted ? vt_tall_clamp((int64_t)last - wanted + 1, 0, first) : first;
    for (int row = first; row >= 0 && row <= last; row++) {
        int cell = cell_width(self, &option, row, column);
        width = cell > width ? cell : width;
    }
    q_styleoptionviewitem_fini(&option);
    return width;
}

/* ---- making one ---- */

int vt_tall_table_height_for(const QTableView *view, int spare)
{
    QFontMetrics metrics;
    q_fontmetrics_init(&metrics, q_widget_font(view));
    int height = q_fontmetrics_height(&metrics) + spare;
    q_fontmetrics_fini(&metrics);
    return height;
}

static void lay_out(void *user)
{
    q_abstractitemview_schedule_delayed_items_layout((QTableView *)user);
}

static void rows_changed(void *user, const QModelIndex *parent, int first, int last)
{
    (void)parent;
    (void)first;
    (void)last;
    lay_out(user);
}

static void order_changed(void *user, const QList *parents, QAbstractItemModel_LayoutChangeHint hint)
{
    (void)parents;
    (void)hint;
    lay_out(user);
}

/* What Qt's view learns from the header at its side. */
static void follow_rows(QTableView *view)
{
    QAbstractItemModel *model = q_abstractitemview_model(view);
    q_abstractitemmodel_on_model_reset(model, view, lay_out, view);
    q_abstractitemmodel_on_rows_inserted(model, view, rows_changed, view);
    q_abstractitemmodel_on_rows_removed(model, view, rows_changed, view);
    q_abstractitemmodel_on_layout_changed(model, view, order_changed, view);
}

void vt_tall_table_set_up(vt_tall_table *table, int row_height)
{
    QTableView *view = &table->view;
    QHeaderView *side = q_tableview_vertical_header(view);
    QStringListModel *none = q_stringlistmodel_new(view);
    table->row_height = row_height > 0 ? row_height : 1;
    q_headerview_set_model(side, none);
    q_widget_hide(side);
    follow_rows(view);
    q_tableview_set_show_grid(view, false);
    q_tableview_set_word_wrap(view, false);
    q_abstractitemview_set_selection_behavior(view, QAbstractItemView_SelectRows);
    q_abstractitemview_set_vertical_scroll_mode(view, QAbstractItemView_ScrollPerPixel);
    q_abstractitemview_set_horizontal_scroll_mode(view, QAbstractItemView_ScrollPerPixel);
    q_widget_set_attribute(vt_tall_viewport(view), Qt_WA_OpaquePaintEvent); /* all of it is painted */
}

static const QTableViewVirtuals plain_virtuals = {
    VT_TALL_TABLE_VIRTUALS, .selection_changed = vt_tall_table_selection_changed,
    .move_cursor = vt_tall_table_move_cursor, .paint_event = vt_tall_table_paint};
static qt_subclass plain_class = {
    .base = &qt_class_QTableView, .virtuals = &plain_virtuals, .instance_size = sizeof(vt_tall_table)};

QTableView *vt_tall_table_new(QWidgetRef parent, QAbstractItemModelRef model)
{
    vt_tall_table *table = qt_subclass_allocate(&plain_class);
    q_tableview_init(&table->view, parent);
    qt_subclass_install(&plain_class, table);
    q_tableview_set_model(&table->view, model);
    vt_tall_table_set_up(table, q_headerview_default_section_size(q_tableview_vertical_header(&table->view)));
    return &table->view;
}
