#include "app/ui/table/table_view.h"

#include "app/ui/files/drag_out.h"
#include "app/ui/keys/keys.h"
#include "app/ui/parts/translate.h"
#include "app/ui/table/name_cell.h"
#include "app/ui/table/table_header.h"
#include "app/ui/table/table_model.h"
#include "app/ui/table/table_private.h"
#include "core/base/clock.h"

#include <qt6c/qitemselection.h>
#include <qt6c/qitemselectionrange.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qscrollbar.h>

enum { ROW_SPARE = 14, PICTURE_SPARE = 4, LOOK_MS = 30 };

QModelIndex vt_table_index(vt_table *table, int64_t row, int column)
{
    QModelIndex none = q_modelindex_make();
    return q_abstractitemmodel_index(q_abstractitemview_model(&table->tall.view), (int)row, column, &none);
}

bool vt_table_item(const vt_table *table, int64_t row, vt_item_brief *item)
{
    bool is_there = row >= 0 && row < vt_library_count(table->library);
    if (is_there) {
        vt_library_item(table->library, row, item);
    }
    return is_there;
}

static void table_key(QTableView *self, QKeyEvent *event)
{
    vt_table *table = (vt_table *)self;
    int key = vt_view_key_pressed(VT_KEYS_TABLE, event, NULL);
    QModelIndex current = q_abstractitemview_current_index(self);
    if ((key == Qt_Key_Return || key == Qt_Key_Enter) && q_modelindex_is_valid(&current)) {
        table->context.open(table->context.user, current.r);
    } else {
        q_abstractitemview_base_key_press_event(self, event);
    }
}

/* ---- the selection, shared with the other views through the library ---- */

/* What is selected here becomes the library's selection. */
static void tell_library(vt_table *table)
{
    if (table->following) {
        return;
    }
    QItemSelection ranges =
        q_itemselectionmodel_selection(q_abstractitemview_selection_model(&table->tall.view));
    const QList *list = (const QList *)&ranges;
    vt_selection selection = VT_SELECTION_INIT;
    for (ptrdiff_t i = 0; i < list->size; i++) {
        const QItemSelectionRange *range = &((const QItemSelectionRange *)list->ptr)[i];
        vt_selection_add(&selection, q_itemselectionrange_top(range),
                         (int64_t)q_itemselectionrange_bottom(range) + 1);
    }
    vt_tall_table_release_ranges(&ranges);
    QModelIndex current = q_abstractitemview_current_index(&table->tall.view);
    selection.current = q_modelindex_is_valid(&current) ? current.r : -1;
    selection.anchor = selection.current;
    table->following = true;
    vt_library_select(table->library, &selection);
    table->following = false;
    vt_selection_free(&selection);
}

static void table_current_changed(QTableView *self, const QModelIndex *current, const QModelIndex *previous)
{
    q_tableview_base_current_changed(self, current, previous);
    tell_library((vt_table *)self);
}

static void table_selection_changed(QTableView *self, const QItemSelection *selected,
                                    const QItemSelection *deselected)
{
    vt_tall_table_selection_changed(self, selected, deselected);
    tell_library((vt_table *)self);
}

static int current_column(const vt_table *table)
{
    QModelIndex current = q_abstractitemview_current_index(&table->tall.view);
    int column = q_modelindex_is_valid(&current) ? current.c : table->last_column;
    return q_headerview_is_section_hidden(table->header, column) ? VT_TABLE_NAME_COLUMN : column;
}

/* The library's selection becomes what is selected here, and its current row is shown. */
static void follow_library(vt_table *table)
{
    enum { INTERVALS_MAX = 1000 }; /* more of them would be slow in Qt: then only the current row is shown */
    const vt_selection *selection = vt_library_selection(table->library);
    if (table->following || !q_widget_is_visible(&table->tall.view)) {
        return;
    }
    table->following = true;
    QItemSelection ranges;
    *(QList *)&ranges = (QList){NULL, NULL, 0};
    for (size_t i = 0; selection->count <= INTERVALS_MAX && i < selection->count; i++) {
        QModelIndex first = vt_table_index(table, selection->intervals[i].first, 0);
        QModelIndex last =
            vt_table_index(table, selection->intervals[i].last - 1, vt_table_column_count() - 1);
        q_itemselection_select(&ranges, &first, &last);
    }
    QItemSelectionModel *model = q_abstractitemview_selection_model(&table->tall.view);
    q_itemselectionmodel_select_itemselection_selectionflag(model, &ranges,
                                                            QItemSelectionModel_ClearAndSelect);
    vt_tall_table_release_ranges(&ranges);
    if (selection->current >= 0) {
        QModelIndex current = vt_table_index(table, selection->current, current_column(table));
        q_itemselectionmodel_set_current_index(model, &current, QItemSelectionModel_NoUpdate);
    }
    table->following = false;
}

/* Rows that stand elsewhere now: the current one stays where it was seen. What was looked at far from it does
   not move for its sake if rows came and went; the answer to something else begins where what is selected
   stands, or at its top. */
static void keep_place(vt_table *table, int scrolled)
{
    const vt_selection *selection = vt_library_selection(table->library);
    vt_item_brief item;
    bool is_same = vt_table_item(table, selection->current, &item) && item.id == table->place_item;
    bool is_other = table->question != vt_library_question(table->library);
    bool is_there =
        is_same || (selection->current >= 0 && vt_selection_contains(selection, selection->current));
    table->question = vt_library_question(table->library);
    if ((!is_same && !is_other) || !q_widget_is_visible(&table->tall.view)) {
        return;
    }
    int64_t height = q_widget_height(q_abstractscrollarea_viewport(&table->tall.view));
    int64_t top = selection->current * table->tall.row_height;
    int64_t y = is_same && table->place_y >= 0 ? table->place_y : (height - table->tall.row_height) / 2;
    bool stays = is_same && table->place_y < 0 && !is_other;
    int64_t value = stays ? scrolled : is_there && top > y ? top - y : 0;
    q_abstractitemview_execute_delayed_items_layout(&table->tall.view);
    q_abstractslider_set_value(q_abstractscrollarea_vertical_scroll_bar(&table->tall.view), (int)value);
}

static void selection_changed(void *user)
{
    vt_table *table = user;
    follow_library(table);
    if (table->view_is_new) {
        table->view_is_new = false;
        keep_place(table, table->scrolled);
        vt_table_place_editor(table);
    }
}

static void table_show(QTableView *self, QShowEvent *event)
{
    q_widget_base_show_event(self, event);
    follow_library((vt_table *)self);
}

/* ---- order ---- */

vt_table_order vt_table_get_order(const vt_table *table)
{
    vt_table_order order = {.count = 0};
    order.count = vt_library_sorts(table->library, order.sorts);
    return order;
}

void vt_table_set_order(vt_table *table, const vt_table_order *order)
{
    vt_library_set_sorts(table->library, order->sorts, order->count);
}

/* The order that is shown may have been chosen elsewhere. */
static void show_order(vt_table *table)
{
    const vt_table_order order = vt_table_get_order(table);
    vt_table_header_set_order(table->header, &order);
    vt_str words = VT_STR_INIT;
    vt_table_order_write(&order, &words);
    vt_log_write(&table->context.log, VT_LOG_DEBUG, "table: order=%s", words.data);
    vt_str_free(&words);
}

static void header_clicked(void *user, int column, bool add)
{
    vt_table *table = user;
    const vt_table_order order = vt_table_get_order(table);
    const vt_table_order clicked = vt_table_order_clicked(&order, vt_table_column_at(column)->key, add);
    vt_table_set_order(table, &clicked);
}

static void header_menu(void *user, int column, const QPoint *where)
{
    vt_table_menu(user, column, where);
}

static const vt_table_header_ops header_ops = {.clicked = header_clicked, .menu = header_menu};

static void view_changed(void *user)
{
    vt_table *table = user;
    table->view_is_new = true; /* the selection of it is told next */
    show_order(table);
}

/* ---- pictures of the rows in view ---- */

static void look(void *user)
{
    vt_table *table = user;
    int height = q_widget_height(q_abstractscrollarea_viewport(&table->tall.view));
    int first = vt_tall_table_row_at(&table->tall, 0);
    int last = vt_tall_table_row_at(&table->tall, height - 1);
    int64_t end = last >= 0 ? (int64_t)last + 1 : vt_library_count(table->library);
    bool none = first < 0 || !q_widget_is_visible(&table->tall.view);
    vt_row_pictures_want(table->pictures, none ? 0 : first, none ? 0 : end);
}

static void picture_arrived(void *user, int64_t row)
{
    vt_table *table = user;
    if (row < vt_library_count(table->library)) {
        QModelIndex index = vt_table_index(table, row, VT_TABLE_NAME_COLUMN);
        q_abstractitemview_update(&table->tall.view, &index);
    }
}

/* Where the current row is seen, until there are other rows. */
static void note_place(vt_table *table)
{
    QModelIndex current = q_abstractitemview_current_index(&table->tall.view);
    vt_item_brief item;
    int height = q_widget_height(q_abstractscrollarea_viewport(&table->tall.view));
    bool is_there = q_modelindex_is_valid(&current) && vt_table_item(table, current.r, &item);
    int y = is_there ? vt_tall_table_row_y(&table->tall, current.r) : -1;
    table->place_item = is_there ? item.id : 0;
    table->place_y = y + table->tall.row_height > height ? -1 : y;
    table->last_column = is_there ? current.c : table->last_column;
    table->scrolled = q_abstractslider_value(q_abstractscrollarea_vertical_scroll_bar(&table->tall.view));
    vt_log_write(&table->context.log, VT_LOG_DEBUG, "table: place row=%d row_y=%d scrolled=%d",
                 is_there ? current.r : -1, table->place_y, table->scrolled);
}

/* While rows rush by, they are looked at from time to time: not for each that is painted. */
static void table_paint(QTableView *self, QPaintEvent *event)
{
    vt_table *table = (vt_table *)self;
    int64_t begun = vt_clock_now();
    vt_tall_table_paint(self, event);
    if (table->monitor) {
        vt_monitor_record_since(table->monitor, table->painted, begun);
    }
    if (!q_timer_is_active(table->look)) {
        q_timer_start_interval(table->look, LOOK_MS);
    }
    note_place(table);
}

static void table_hide(QTableView *self, QHideEvent *event)
{
    q_widget_base_hide_event(self, event);
    look(self);
}

static void table_finish(void *self)
{
    vt_row_pictures_free(((vt_table *)self)->pictures);
    vt_cell_texts_free(((vt_table *)self)->texts);
}

void vt_table_measure(vt_table *table, vt_monitor *monitor)
{
    table->monitor = monitor;
    table->painted = vt_monitor_operation(monitor, VT_TR_NOOP("performance", "table painted"),
                                          vt_budget_get(VT_BUDGET_UI_FRAME), NULL);
}

vt_row_pictures_figures vt_table_picture_figures(const vt_table *table)
{
    return vt_row_pictures_get_figures(table->pictures);
}

static void table_start_drag(QTableView *self, int actions)
{
    (void)actions;
    vt_table_forget_click((vt_table *)self);
    vt_drag_out(self, ((vt_table *)self)->library);
}

static bool table_event(QTableView *self, QEvent *event)
{
    if (q_event_type(event) == QEvent_ShortcutOverride &&
        vt_table_seek_takes((vt_table *)self, (QKeyEvent *)event)) {
        q_event_accept(event);
        return true;
    }
    return q_abstractitemview_base_event(self, event);
}

static const QTableViewVirtuals table_virtuals = {VT_TALL_TABLE_VIRTUALS,
                                                  .event = table_event,
                                                  .key_press_event = table_key,
                                                  .move_cursor = vt_tall_table_move_cursor,
                                                  .keyboard_search = vt_table_keyboard_search,
                                                  .mouse_press_event = vt_table_press,
                                                  .mouse_release_event = vt_table_release,
                                                  .mouse_move_event = vt_table_move,
                                                  .viewport_event = vt_table_viewport_event,
                                                  .start_drag = table_start_drag,
                                                  .current_changed = table_current_changed,
                                                  .selection_changed = table_selection_changed,
                                                  .show_event = table_show,
                                                  .hide_event = table_hide,
                                                  .paint_event = table_paint};
static qt_subclass table_class = {.base = &qt_class_QTableView,
                                  .virtuals = &table_virtuals,
                                  .instance_size = sizeof(vt_table),
                                  .finish = table_finish};

static void on_double_clicked(void *user, const QModelIndex *index)
{
    vt_table *table = user;
    vt_table_forget_click(table);
    if (q_modelindex_is_valid(index) && vt_table_column_at(index->c)->edit != VT_TABLE_STARS) {
        table->context.open(table->context.user, index->r);
    }
}

static void make_cells(vt_table *table)
{
    vt_library *library = table->library;
    table->texts = vt_cell_texts_create();
    q_abstractitemview_set_item_delegate(&table->tall.view,
                                         vt_plain_cell_create(&table->tall.view, library, table->texts));
    for (int i = 0; i < vt_table_column_count(); i++) {
        vt_table_edit edit = vt_table_column_at(i)->edit;
        QStyledItemDelegate *cell =
            edit == VT_TABLE_STARS
                ? vt_star_cell_create(&table->tall.view, library, table->texts, &table->hover)
            : edit == VT_TABLE_LABEL ? vt_label_cell_create(&table->tall.view, library, table->texts)
                                     : NULL;
        if (cell) {
            q_abstractitemview_set_item_delegate_for_column(&table->tall.view, i, cell);
        }
    }
}

static void make_pictures(vt_table *table)
{
    int side = table->tall.row_height - PICTURE_SPARE;
    double ratio = q_paintdevice_device_pixel_ratio_f(q_widget_as_paintdevice(&table->tall.view));
    table->pictures = vt_row_pictures_create(table->library, side, ratio, picture_arrived, table);
    table->look = q_timer_new(&table->tall.view);
    q_timer_set_single_shot(table->look, true);
    q_timer_on_timeout(table->look, table->look, look, table);
    q_abstractitemview_set_item_delegate_for_column(
        &table->tall.view, VT_TABLE_NAME_COLUMN,
        vt_name_cell_create(&table->tall.view, table->library, table->pictures, table->texts, side));
}

static void set_up_view(QTableView *view)
{
    q_frame_set_frame_shape(view, QFrame_NoFrame);
    q_abstractitemview_set_alternating_row_colors(view, true);
    q_abstractitemview_set_edit_triggers(view, QAbstractItemView_NoEditTriggers); /* the cells' own editor */
    q_abstractitemview_set_tab_key_navigation(view, false); /* else Tab would not leave a million rows */
    q_abstractitemview_set_drag_enabled(view, true);
    q_widget_set_accessible_name(view, vt_tr("column", "Items as a table"));
}

static void on_scrolled(void *user, int value)
{
    (void)value;
    vt_table_place_editor(user);
}

static void on_resized(void *user, int column, int before, int now)
{
    (void)column;
    (void)before;
    (void)now;
    vt_table_place_editor(user);
}

static void make_header(vt_table *table)
{
    const vt_table_layout first = vt_table_layout_first();
    table->header = vt_table_header_create(&table->tall.view, &header_ops, table);
    q_tableview_set_horizontal_header(&table->tall.view, table->header);
    q_tableview_set_sorting_enabled(&table->tall.view, true); /* else a click on a title selects all rows */
    vt_table_set_layout(table, &first);
    q_headerview_on_section_resized(table->header, &table->tall.view, on_resized, table);
    q_headerview_on_section_moved(table->header, &table->tall.view, on_resized, table);
    q_abstractslider_on_value_changed(q_abstractscrollarea_horizontal_scroll_bar(&table->tall.view),
                                      &table->tall.view, on_scrolled, table);
    q_abstractslider_on_value_changed(q_abstractscrollarea_vertical_scroll_bar(&table->tall.view),
                                      &table->tall.view, on_scrolled, table);
}

vt_table *vt_table_create(QWidgetRef parent, const vt_table_context *context)
{
    vt_table *table = qt_subclass_allocate(&table_class);
    q_tableview_init(&table->tall.view, parent);
    qt_subclass_install(&table_class, table);
    table->context = *context;
    table->library = context->library;
    set_up_view(&table->tall.view);
    vt_table_make_mouse(table);
    q_tableview_set_model(&table->tall.view, vt_table_model_create(&table->tall.view, context->library));
    make_header(table);
    vt_tall_table_set_up(&table->tall, vt_tall_table_height_for(&table->tall.view, ROW_SPARE));
    make_cells(table);
    make_pictures(table);
    vt_table_make_editor(table);
    vt_table_make_seek(table);
    show_order(table);
    q_abstractitemview_on_double_clicked(&table->tall.view, &table->tall.view, on_double_clicked, table);
    vt_library_listen(context->library, &(vt_library_listener){.view_changed = view_changed,
                                                               .selection_changed = selection_changed,
                                                               .user = table});
    return table;
}

void vt_table_stop(vt_table *table)
{
    vt_table_end_edit(table);
    vt_table_copy_stop(table);
    vt_table_seek_stop(table);
    vt_info_reader_free(table->edit.reader);
    table->edit.reader = NULL;
}

QWidget *vt_table_widget(vt_table *table)
{
    return (QWidget *)&table->tall.view;
}
