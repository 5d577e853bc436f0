#include "app/ui/table/table_view.h"

#include "app/ui/table/name_cell.h"
#include "app/ui/table/table_columns.h"
#include "app/ui/table/table_model.h"
#include "core/base/clock.h"

#include <qt6c/qfontmetrics.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qitemselection.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qitemselectionrange.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qpersistentmodelindex.h>
#include <qt6c/qtimer.h>

enum { ROW_SPARE = 14, PICTURE_SPARE = 4, LOOK_MS = 30 };

struct vt_table {
    QTableView view; /* first */
    vt_library *library;
    vt_table_open open;
    void *user;
    vt_monitor *monitor; /* NULL: nobody measures */
    vt_operation painted;
    vt_row_pictures *pictures; /* owned; NULL: there was no memory for them */
    QTimer *look;              /* at which rows are in view, some time after they were painted */
    bool following;            /* the current row comes from the library, so it is not told to it again */
};

static void table_key(QTableView *self, QKeyEvent *event)
{
    vt_table *table = (vt_table *)self;
    int key = q_keyevent_key(event);
    QModelIndex current = q_abstractitemview_current_index(self);
    if ((key == Qt_Key_Return || key == Qt_Key_Enter) && q_modelindex_is_valid(&current)) {
        table->open(table->user, current.r);
    } else {
        q_abstractitemview_base_key_press_event(self, event);
    }
}

/* ---- the selection, shared with the other views through the library ---- */

static void destroy_range(void *range)
{
    q_persistentmodelindex_fini((QPersistentModelIndex *)q_itemselectionrange_top_left(range));
    q_persistentmodelindex_fini((QPersistentModelIndex *)q_itemselectionrange_bottom_right(range));
}

/* A QItemSelection is a QList of ranges. */
static void release_ranges(QItemSelection *ranges)
{
    qt_list_release_with((QList *)ranges, sizeof(QItemSelectionRange), destroy_range);
}

/* What is selected here becomes the library's selection. */
static void tell_library(vt_table *table)
{
    if (table->following) {
        return;
    }
    QItemSelection ranges = q_itemselectionmodel_selection(q_abstractitemview_selection_model(&table->view));
    const QList *list = (const QList *)&ranges;
    vt_selection selection = VT_SELECTION_INIT;
    for (ptrdiff_t i = 0; i < list->size; i++) {
        const QItemSelectionRange *range = &((const QItemSelectionRange *)list->ptr)[i];
        vt_selection_add(&selection, q_itemselectionrange_top(range),
                         (int64_t)q_itemselectionrange_bottom(range) + 1);
    }
    release_ranges(&ranges);
    QModelIndex current = q_abstractitemview_current_index(&table->view);
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
    q_tableview_base_selection_changed(self, selected, deselected);
    tell_library((vt_table *)self);
}

static QModelIndex index_of(vt_table *table, int64_t row, int column)
{
    QModelIndex none = q_modelindex_make();
    return q_abstractitemmodel_index(q_abstractitemview_model(&table->view), (int)row, column, &none);
}

/* The library's selection becomes what is selected here, and its current row is shown. */
static void follow_library(vt_table *table)
{
    enum { INTERVALS_MAX = 1000 }; /* more of them would be slow in Qt: then only the current row is shown */
    const vt_selection *selection = vt_library_selection(table->library);
    if (table->following || !q_widget_is_visible(&table->view)) {
        return;
    }
    table->following = true;
    QItemSelection ranges;
    *(QList *)&ranges = (QList){NULL, NULL, 0};
    for (size_t i = 0; selection->count <= INTERVALS_MAX && i < selection->count; i++) {
        QModelIndex first = index_of(table, selection->intervals[i].first, 0);
        QModelIndex last = index_of(table, selection->intervals[i].last - 1, vt_table_column_count() - 1);
        q_itemselection_select(&ranges, &first, &last);
    }
    QItemSelectionModel *model = q_abstractitemview_selection_model(&table->view);
    q_itemselectionmodel_select_itemselection_selectionflag(model, &ranges,
                                                            QItemSelectionModel_ClearAndSelect);
    release_ranges(&ranges);
    if (selection->current >= 0) {
        QModelIndex current = index_of(table, selection->current, 0);
        q_itemselectionmodel_set_current_index(model, &current, QItemSelectionModel_NoUpdate);
    }
    table->following = false;
}

static void selection_changed(void *user)
{
    follow_library(user);
}

static void table_show(QTableView *self, QShowEvent *event)
{
    q_widget_base_show_event(self, event);
    follow_library((vt_table *)self);
}

/* The order that is shown may have been chosen elsewhere. */
static void show_order(vt_table *table)
{
    bool descending = false;
    vt_sort_key key = vt_library_sort_key(table->library, &descending);
    QHeaderView *header = q_tableview_horizontal_header(&table->view);
    bool were_blocked = q_object_block_signals(header, true); /* it would sort again */
    q_headerview_set_sort_indicator(header, vt_table_column_of_key(key),
                                    descending ? Qt_DescendingOrder : Qt_AscendingOrder);
    q_object_block_signals(header, were_blocked);
}

static void view_changed(void *user)
{
    show_order(user);
}

/* ---- pictures of the rows in view ---- */

static void look(void *user)
{
    vt_table *table = user;
    int height = q_widget_height(q_abstractscrollarea_viewport(&table->view));
    int first = q_tableview_row_at(&table->view, 0);
    int last = q_tableview_row_at(&table->view, height - 1);
    int64_t end = last >= 0 ? (int64_t)last + 1 : vt_library_count(table->library);
    bool none = first < 0 || !q_widget_is_visible(&table->view);
    vt_row_pictures_want(table->pictures, none ? 0 : first, none ? 0 : end);
}

static void picture_arrived(void *user, int64_t row)
{
    vt_table *table = user;
    if (row < vt_library_count(table->library)) {
        QModelIndex index = index_of(table, row, VT_TABLE_NAME_COLUMN);
        q_abstractitemview_update(&table->view, &index);
    }
}

/* While rows rush by, they are looked at from time to time: not for each that is painted. */
static void table_paint(QTableView *self, QPaintEvent *event)
{
    vt_table *table = (vt_table *)self;
    int64_t begun = vt_clock_now();
    q_tableview_base_paint_event(self, event);
    if (table->monitor) {
        vt_monitor_record_since(table->monitor, table->painted, begun);
    }
    if (!q_timer_is_active(table->look)) {
        q_timer_start_interval(table->look, LOOK_MS);
    }
}

static void table_hide(QTableView *self, QHideEvent *event)
{
    q_widget_base_hide_event(self, event);
    look(self);
}

static void table_finish(void *self)
{
    vt_row_pictures_free(((vt_table *)self)->pictures);
}

void vt_table_measure(vt_table *table, vt_monitor *monitor)
{
    table->monitor = monitor;
    table->painted = vt_monitor_operation(monitor, "table painted", vt_budget_get(VT_BUDGET_UI_FRAME), NULL);
}

vt_row_pictures_figures vt_table_picture_figures(const vt_table *table)
{
    return vt_row_pictures_get_figures(table->pictures);
}

static const QTableViewVirtuals table_virtuals = {.key_press_event = table_key,
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
    if (q_modelindex_is_valid(index)) {
        table->open(table->user, index->r);
    }
}

/* Returns the height of a row. */
static int size_columns(vt_table *table)
{
    QFontMetrics metrics;
    q_fontmetrics_init(&metrics, q_widget_font(&table->view));
    int digit = q_fontmetrics_horizontal_advance(&metrics, "0");
    int height = q_fontmetrics_height(&metrics);
    q_fontmetrics_fini(&metrics);
    for (int i = 0; i < vt_table_column_count(); i++) {
        q_tableview_set_column_width(&table->view, i, vt_table_column_at(i)->width * digit);
    }
    QHeaderView *rows = q_tableview_vertical_header(&table->view);
    /* Rows of one fixed height: Qt then computes positions instead of asking a million rows. */
    q_headerview_set_all_resize_modes(rows, QHeaderView_Fixed);
    q_headerview_set_default_section_size(rows, height + ROW_SPARE);
    q_widget_hide(rows);
    return height + ROW_SPARE;
}

static void make_pictures(vt_table *table, int row_height)
{
    int side = row_height - PICTURE_SPARE;
    double ratio = q_paintdevice_device_pixel_ratio_f(q_widget_as_paintdevice(&table->view));
    table->pictures = vt_row_pictures_create(table->library, side, ratio, picture_arrived, table);
    table->look = q_timer_new(&table->view);
    q_timer_set_single_shot(table->look, true);
    q_timer_on_timeout(table->look, table->look, look, table);
    q_abstractitemview_set_item_delegate_for_column(
        &table->view, VT_TABLE_NAME_COLUMN,
        vt_name_cell_create(&table->view, table->library, table->pictures, side));
}

vt_table *vt_table_create(QWidgetRef parent, vt_library *library, vt_table_open open, void *user)
{
    vt_table *table = qt_subclass_allocate(&table_class);
    q_tableview_init(&table->view, parent);
    qt_subclass_install(&table_class, table);
    table->library = library;
    table->open = open;
    table->user = user;
    q_tableview_set_model(&table->view, vt_table_model_create(&table->view, library));
    q_frame_set_frame_shape(&table->view, QFrame_NoFrame);
    q_tableview_set_show_grid(&table->view, false);
    q_tableview_set_word_wrap(&table->view, false);
    q_abstractitemview_set_alternating_row_colors(&table->view, true);
    q_abstractitemview_set_selection_behavior(&table->view, QAbstractItemView_SelectRows);
    q_abstractitemview_set_vertical_scroll_mode(&table->view, QAbstractItemView_ScrollPerPixel);
    q_abstractitemview_set_horizontal_scroll_mode(&table->view, QAbstractItemView_ScrollPerPixel);
    q_widget_set_accessible_name(&table->view, "Items as a table");
    make_pictures(table, size_columns(table));
    QHeaderView *header = q_tableview_horizontal_header(&table->view);
    show_order(table);
    q_headerview_set_highlight_sections(header, false);
    q_headerview_set_sections_movable(header, true);
    q_headerview_set_default_alignment(header, Qt_AlignLeft | Qt_AlignVCenter);
    q_tableview_set_sorting_enabled(&table->view, true);
    q_abstractitemview_on_double_clicked(&table->view, &table->view, on_double_clicked, table);
    vt_library_listen(library, &(vt_library_listener){.view_changed = view_changed,
                                                      .selection_changed = selection_changed,
                                                      .user = table});
    return table;
}

QWidget *vt_table_widget(vt_table *table)
{
    return (QWidget *)&table->view;
}

QByteArray vt_table_save_columns(vt_table *table)
{
    return q_headerview_save_state(q_tableview_horizontal_header(&table->view));
}

void vt_table_restore_columns(vt_table *table, const QByteArray *state)
{
    q_headerview_restore_state(q_tableview_horizontal_header(&table->view), state);
}
