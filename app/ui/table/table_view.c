#include "app/ui/table/table_view.h"

#include "app/ui/table/table_columns.h"
#include "app/ui/table/table_model.h"

#include <qt6c/qfontmetrics.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qscrollbar.h>

struct vt_table {
    QTableView view; /* first */
    vt_library *library;
    vt_table_open open;
    void *user;
    bool following; /* the current row comes from the library, so it is not told to it again */
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

static void current_changed(QTableView *self, const QModelIndex *current, const QModelIndex *previous)
{
    vt_table *table = (vt_table *)self;
    q_tableview_base_current_changed(self, current, previous);
    if (!table->following && q_modelindex_is_valid(current)) {
        table->following = true;
        vt_library_choose(table->library, current->r, false, false);
        table->following = false;
    }
}

static const QTableViewVirtuals table_virtuals = {.key_press_event = table_key,
                                                  .current_changed = current_changed};
static qt_subclass table_class = {
    .base = &qt_class_QTableView, .virtuals = &table_virtuals, .instance_size = sizeof(vt_table)};

static void on_double_clicked(void *user, const QModelIndex *index)
{
    vt_table *table = user;
    if (q_modelindex_is_valid(index)) {
        table->open(table->user, index->r);
    }
}

/* The library's current row becomes the table's. */
static void selection_changed(void *user)
{
    vt_table *table = user;
    int64_t row = vt_library_selection(table->library)->current;
    QModelIndex current = q_abstractitemview_current_index(&table->view);
    if (table->following || row < 0 || row == current.r) {
        return;
    }
    table->following = true;
    q_tableview_select_row(&table->view, (int)row);
    table->following = false;
}

static void size_columns(vt_table *table)
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
    q_headerview_set_default_section_size(rows, height + 12);
    q_widget_hide(rows);
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
    size_columns(table);
    bool descending = false;
    vt_sort_key key = vt_library_sort_key(library, &descending);
    QHeaderView *header = q_tableview_horizontal_header(&table->view);
    q_headerview_set_sort_indicator(header, vt_table_column_of_key(key),
                                    descending ? Qt_DescendingOrder : Qt_AscendingOrder);
    q_headerview_set_highlight_sections(header, false);
    q_headerview_set_sections_movable(header, true);
    q_headerview_set_default_alignment(header, Qt_AlignLeft | Qt_AlignVCenter);
    q_tableview_set_sorting_enabled(&table->view, true);
    q_abstractitemview_on_double_clicked(&table->view, &table->view, on_double_clicked, table);
    vt_library_listen(library, &(vt_library_listener){.selection_changed = selection_changed, .user = table});
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
