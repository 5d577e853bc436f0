/* Clicks that edit: on a star at once; on a label, a title or tags of the row that is current already, after
 * a pause in which no second click came, which would open the item. */
#include "app/ui/table/table_private.h"

#include <qt6c/qapplication.h>
#include <qt6c/qmouseevent.h>

enum { SPARE_MS = 50 };

/* The cell at a place of the viewport; the place from its left edge goes to `*x`. */
static QModelIndex cell_at(vt_table *table, const QMouseEvent *event, int *x)
{
    QPointF at = q_singlepointevent_position((const QSinglePointEvent *)event);
    QPoint point = {(int)at.xp, (int)at.yp};
    QModelIndex index = q_abstractitemview_index_at(&table->tall.view, &point);
    QRect cell = q_abstractitemview_visual_rect(&table->tall.view, &index);
    *x = point.xp - cell.x1;
    return index;
}

static bool is_stars(const QModelIndex *index)
{
    return q_modelindex_is_valid(index) && vt_table_column_at(index->c)->edit == VT_TABLE_STARS;
}

static bool is_plain_left(const QMouseEvent *event)
{
    int held = q_inputevent_modifiers((const QInputEvent *)event);
    return q_singlepointevent_button((const QSinglePointEvent *)event) == Qt_LeftButton &&
           !(held & (Qt_ShiftModifier | Qt_ControlModifier | Qt_AltModifier));
}

/* ---- stars ---- */

static void hover(vt_table *table, int64_t row, int star)
{
    if (row == table->hover.row && star == table->hover.star) {
        return;
    }
    const int64_t rows[] = {table->hover.row, row};
    table->hover = (vt_star_hover){row, star};
    for (size_t i = 0; i < 2; i++) {
        if (rows[i] >= 0 && rows[i] < vt_library_count(table->library)) {
            QModelIndex index = vt_table_index(table, rows[i], vt_table_column_of_key(VT_SORT_RATING));
            q_abstractitemview_update(&table->tall.view, &index);
        }
    }
}

/* The star that is there already takes the rating away. */
static void rate(vt_table *table, const QModelIndex *index, int star)
{
    vt_item_brief item;
    vt_table_end_edit(table);
    vt_table_make_current(table, index->r, index->c);
    if (vt_table_item(table, index->r, &item)) {
        vt_table_mark(table, VT_EDIT_RATING, item.rating == star ? 0 : star);
    }
    q_widget_set_focus(&table->tall.view);
}

/* ---- the second click ---- */

void vt_table_forget_click(vt_table *table)
{
    q_timer_stop(table->click.pause);
    table->click.is_armed = false;
}

static bool is_edited_by_click(const QModelIndex *index)
{
    vt_table_edit edit =
        q_modelindex_is_valid(index) ? vt_table_column_at(index->c)->edit : VT_TABLE_READ_ONLY;
    return edit == VT_TABLE_LABEL || edit == VT_TABLE_TITLE || edit == VT_TABLE_TAGS;
}

static void arm(vt_table *table, const QModelIndex *index)
{
    QModelIndex current = q_abstractitemview_current_index(&table->tall.view);
    const vt_selection *selection = vt_library_selection(table->library);
    table->click.is_armed = is_edited_by_click(index) && q_modelindex_is_valid(&current) &&
                            current.r == index->r && vt_selection_contains(selection, index->r) &&
                            selection->rows == 1 && q_widget_has_focus(&table->tall.view);
    table->click.row = index->r;
    table->click.column = index->c;
}

static void on_pause(void *user)
{
    vt_table *table = user;
    const vt_selection *selection = vt_library_selection(table->library);
    if (selection->current == table->click.row && q_widget_is_visible(&table->tall.view)) {
        vt_table_edit_cell(table, table->click.row, table->click.column);
    }
}

/* ---- events ---- */

void vt_table_press(QTableView *self, QMouseEvent *event)
{
    vt_table *table = (vt_table *)self;
    int x = 0;
    QModelIndex index = cell_at(table, event, &x);
    vt_table_forget_click(table);
    if (is_stars(&index) && is_plain_left(event) && vt_star_cell_at(x)) {
        rate(table, &index, vt_star_cell_at(x));
        return;
    }
    if (is_plain_left(event)) {
        arm(table, &index);
    }
    q_abstractitemview_base_mouse_press_event(self, event);
}

void vt_table_release(QTableView *self, QMouseEvent *event)
{
    vt_table *table = (vt_table *)self;
    int x = 0;
    QModelIndex index = cell_at(table, event, &x);
    q_abstractitemview_base_mouse_release_event(self, event);
    if (table->click.is_armed && q_modelindex_is_valid(&index) && index.r == table->click.row &&
        index.c == table->click.column) {
        q_timer_start_interval(table->click.pause, q_application_double_click_interval() + SPARE_MS);
    }
    table->click.is_armed = false;
}

void vt_table_move(QTableView *self, QMouseEvent *event)
{
    vt_table *table = (vt_table *)self;
    int x = 0;
    QModelIndex index = cell_at(table, event, &x);
    int star = is_stars(&index) ? vt_star_cell_at(x) : 0;
    hover(table, is_stars(&index) ? index.r : -1, star);
    q_abstractitemview_base_mouse_move_event(self, event);
}

/* What leaves is the viewport. */
bool vt_table_viewport_event(QTableView *self, QEvent *event)
{
    if (q_event_type(event) == QEvent_Leave) {
        hover((vt_table *)self, -1, 0);
    }
    return q_abstractitemview_base_viewport_event(self, event);
}

void vt_table_make_mouse(vt_table *table)
{
    table->hover = (vt_star_hover){-1, 0};
    q_widget_set_mouse_tracking(q_abstractscrollarea_viewport(&table->tall.view), true);
    table->click.pause = q_timer_new(&table->tall.view);
    q_timer_set_single_shot(table->click.pause, true);
    q_timer_on_timeout(table->click.pause, table->click.pause, on_pause, table);
}
