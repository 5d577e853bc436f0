#include "app/ui/panes/pane_rows.h"

#include "app/ui/panes/pane_rows_menu.h"
#include "app/ui/parts/tall_table.h"
#include "app/ui/parts/theme.h"

#include <qt6c/qheaderview.h>
#include <qt6c/qitemselection.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qitemselectionrange.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qscrollbar.h>
#include <qt6c/qvariant.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_SPARE = 4, TOOL_TIP_MAX = 2000, COLUMN_WIDTH_MAX = 480 };

typedef struct rows_model {
    QAbstractTableModel model; /* first */
    vt_pane_rows *rows;
} rows_model;

struct vt_pane_rows {
    vt_tall_table tall; /* first */
    const vt_pane_rows_ops *ops;
    void *user;
    rows_model *model;
};

/* ---- the model ---- */

static int row_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    const vt_pane_rows *rows = ((const rows_model *)self)->rows;
    return q_modelindex_is_valid(parent) ? 0 : (int)rows->ops->rows(rows->user);
}

static int column_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    const vt_pane_rows *rows = ((const rows_model *)self)->rows;
    return q_modelindex_is_valid(parent) ? 0 : (int)rows->ops->columns(rows->user);
}

static QVariant alignment(const vt_pane_rows *rows, size_t row, size_t column)
{
    bool is_number = rows->ops->is_number && row < rows->ops->rows(rows->user) &&
                     rows->ops->is_number(rows->user, row, column);
    return qt_variant_int((is_number ? Qt_AlignRight : Qt_AlignLeft) | Qt_AlignVCenter);
}

static QVariant data(const QAbstractTableModel *self, const QModelIndex *index, int role)
{
    const vt_pane_rows *rows = ((const rows_model *)self)->rows;
    bool is_there = index->r >= 0 && (size_t)index->r < rows->ops->rows(rows->user);
    if (!is_there) {
        return qt_variant_null();
    }
    if (role == Qt_TextAlignmentRole) {
        return alignment(rows, (size_t)index->r, (size_t)index->c);
    }
    if (role == Qt_ForegroundRole && rows->ops->is_nothing &&
        rows->ops->is_nothing(rows->user, (size_t)index->r, (size_t)index->c)) {
        return vt_theme_brush(vt_theme_current()->muted);
    }
    if (role != Qt_DisplayRole && !(role == Qt_ToolTipRole && rows->ops->title)) {
        return qt_variant_null();
    }
    vt_str text = VT_STR_INIT;
    rows->ops->cell(rows->user, (size_t)index->r, (size_t)index->c, &text);
    if (text.length > TOOL_TIP_MAX) {
        text.data[vt_utf8_cut(text.data, TOOL_TIP_MAX)] = '\0';
    }
    QVariant variant = qt_variant_string(text.data);
    vt_str_free(&text);
    return variant;
}

static QVariant header_data(const QAbstractTableModel *self, int section, Qt_Orientation orientation,
                            int role)
{
    const vt_pane_rows *rows = ((const rows_model *)self)->rows;
    if (orientation != Qt_Horizontal || !rows->ops->title || section < 0 ||
        (size_t)section >= rows->ops->columns(rows->user)) {
        return qt_variant_null();
    }
    if (role == Qt_TextAlignmentRole) { /* as its first row, for most columns are of one kind */
        return alignment(rows, 0, (size_t)section);
    }
    if (role != Qt_DisplayRole) {
        return qt_variant_null();
    }
    vt_str text = VT_STR_INIT;
    rows->ops->title(rows->user, (size_t)section, &text);
    QVariant variant = qt_variant_string(text.data);
    vt_str_free(&text);
    return variant;
}

static const QAbstractTableModelVirtuals model_virtuals = {
    .row_count = row_count, .column_count = column_count, .data = data, .header_data = header_data};
static qt_subclass model_class = {
    .base = &qt_class_QAbstractTableModel, .virtuals = &model_virtuals, .instance_size = sizeof(rows_model)};

/* ---- the view ---- */

static bool is_copy(const QKeyEvent *event)
{
    return q_keyevent_key(event) == Qt_Key_C && (int)q_keyevent_modifiers(event) == (int)Qt_ControlModifier;
}

static bool is_select_all(const QKeyEvent *event)
{
    return q_keyevent_key(event) == Qt_Key_A && (int)q_keyevent_modifiers(event) == (int)Qt_ControlModifier;
}

/* The window has commands of these keys, for items. */
static bool view_event(QTableView *self, QEvent *event)
{
    if (q_event_type(event) == QEvent_ShortcutOverride &&
        (is_copy((QKeyEvent *)event) || is_select_all((QKeyEvent *)event))) {
        q_event_accept(event);
        return true;
    }
    return q_abstractitemview_base_event(self, event);
}

static void view_key(QTableView *self, QKeyEvent *event)
{
    vt_pane_rows *rows = (vt_pane_rows *)self;
    int key = q_keyevent_key(event);
    QModelIndex current = q_abstractitemview_current_index(self);
    if (is_copy(event)) {
        rows->ops->copy(rows->user);
    } else if ((key == Qt_Key_Return || key == Qt_Key_Enter) && rows->ops->opened &&
               q_modelindex_is_valid(&current)) {
        rows->ops->opened(rows->user, (size_t)current.r);
    } else {
        q_abstractitemview_base_key_press_event(self, event);
    }
}

static void view_context_menu(QTableView *self, QContextMenuEvent *event)
{
    vt_pane_rows *rows = (vt_pane_rows *)self;
    vt_pane_rows_show_menu(rows, rows->ops, rows->user, event);
    q_event_accept(event);
}

static void on_double_clicked(void *user, const QModelIndex *index)
{
    vt_pane_rows *rows = user;
    if (q_modelindex_is_valid(index) && rows->ops->opened) {
        rows->ops->opened(rows->user, (size_t)index->r);
    }
}

static void on_selected(void *user, const QItemSelection *now, const QItemSelection *before)
{
    (void)now;
    (void)before;
    const vt_pane_rows *rows = user;
    rows->ops->selected(rows->user);
}

static void on_current(void *user, const QModelIndex *now, const QModelIndex *before)
{
    (void)now;
    (void)before;
    const vt_pane_rows *rows = user;
    rows->ops->selected(rows->user);
}

static const QTableViewVirtuals view_virtuals = {VT_TALL_TABLE_VIRTUALS,
                                                 .selection_changed = vt_tall_table_selection_changed,
                                                 .move_cursor = vt_tall_table_move_cursor,
                                                 .paint_event = vt_tall_table_paint,
                                                 .event = view_event,
                                                 .key_press_event = view_key,
                                                 .context_menu_event = view_context_menu};
static qt_subclass view_class = {
    .base = &qt_class_QTableView, .virtuals = &view_virtuals, .instance_size = sizeof(vt_pane_rows)};

static void set_up(QTableView *view, bool has_header)
{
    q_frame_set_frame_shape(view, QFrame_NoFrame);
    q_abstractitemview_set_tab_key_navigation(view, false);
    q_abstractitemview_set_selection_mode(view, QAbstractItemView_ExtendedSelection);
    q_abstractitemview_set_edit_triggers(view, QAbstractItemView_NoEditTriggers);
    if (has_header) {
        q_headerview_set_default_alignment(q_tableview_horizontal_header(view),
                                           Qt_AlignLeft | Qt_AlignVCenter);
        q_headerview_set_highlight_sections(q_tableview_horizontal_header(view), false);
        q_abstractitemview_set_alternating_row_colors(view, true);
    } else {
        q_widget_hide(q_tableview_horizontal_header(view));
    }
}

vt_pane_rows *vt_pane_rows_create(QWidgetRef parent, const vt_pane_rows_ops *ops, void *user)
{
    vt_pane_rows *rows = qt_subclass_allocate(&view_class);
    q_tableview_init(&rows->tall.view, parent);
    qt_subclass_install(&view_class, rows);
    rows->ops = ops;
    rows->user = user;
    rows->model = qt_subclass_allocate(&model_class);
    q_abstracttablemodel_init(&rows->model->model, &rows->tall.view);
    qt_subclass_install(&model_class, rows->model);
    rows->model->rows = rows;
    q_tableview_set_model(&rows->tall.view, &rows->model->model);
    vt_tall_table_set_up(&rows->tall, vt_tall_table_height_for(&rows->tall.view, ROW_SPARE));
    rows->tall.whole_line = true;
    set_up(&rows->tall.view, ops->title != NULL);
    q_abstractitemview_on_double_clicked(&rows->tall.view, &rows->tall.view, on_double_clicked, rows);
    if (ops->selected) {
        QItemSelectionModel *selection = q_abstractitemview_selection_model(&rows->tall.view);
        q_itemselectionmodel_on_selection_changed(selection, &rows->tall.view, on_selected, rows);
        q_itemselectionmodel_on_current_row_changed(selection, &rows->tall.view, on_current, rows);
    }
    return rows;
}

QTableView *vt_pane_rows_view(vt_pane_rows *rows)
{
    return &rows->tall.view;
}

void vt_pane_rows_narrow(vt_pane_rows *rows)
{
    int count = (int)rows->ops->columns(rows->user);
    for (int column = 0; column + 1 < count; column++) { /* the last hides none */
        if (q_tableview_column_width(&rows->tall.view, column) > COLUMN_WIDTH_MAX) {
            q_tableview_set_column_width(&rows->tall.view, column, COLUMN_WIDTH_MAX);
        }
    }
}

void vt_pane_rows_begin(vt_pane_rows *rows)
{
    q_abstractitemmodel_begin_reset_model(&rows->model->model);
}

void vt_pane_rows_end(vt_pane_rows *rows)
{
    q_abstractitemmodel_end_reset_model(&rows->model->model);
}

size_t vt_pane_rows_top(const vt_pane_rows *rows)
{
    int height = rows->tall.row_height;
    return (size_t)((vt_tall_table_vertical_offset(&rows->tall.view) + height - 1) / height);
}

void vt_pane_rows_scroll(vt_pane_rows *rows, size_t row)
{
    q_abstractitemview_do_items_layout(&rows->tall.view); /* now: how far it can be scrolled */
    int64_t most = INT_MAX / rows->tall.row_height;
    int top = (int)((int64_t)row < most ? (int64_t)row : most) * rows->tall.row_height;
    q_abstractslider_set_value(q_abstractscrollarea_vertical_scroll_bar(&rows->tall.view), top);
}

size_t vt_pane_rows_selected(vt_pane_rows *rows, size_t **list)
{
    QList selected = q_itemselectionmodel_selected_rows(q_abstractitemview_selection_model(&rows->tall.view));
    size_t count = (size_t)selected.size;
    if (list) {
        *list = count ? malloc(count * sizeof **list) : NULL;
        for (size_t i = 0; *list && i < count; i++) {
            (*list)[i] = (size_t)((const QModelIndex *)selected.ptr)[i].r;
        }
    }
    qt_list_release(&selected, sizeof(QModelIndex));
    return count;
}

bool vt_pane_rows_current(vt_pane_rows *rows, size_t *row)
{
    QModelIndex current = q_abstractitemview_current_index(&rows->tall.view);
    bool is_there = q_modelindex_is_valid(&current);
    *row = is_there ? (size_t)current.r : 0;
    return is_there;
}

bool vt_pane_rows_chosen(vt_pane_rows *rows, vt_selection *chosen)
{
    QItemSelection ranges =
        q_itemselectionmodel_selection(q_abstractitemview_selection_model(&rows->tall.view));
    const QList *list = (const QList *)&ranges;
    int64_t count = (int64_t)rows->ops->rows(rows->user);
    bool done = list->size > 0 || count == 0 || vt_selection_add(chosen, 0, count);
    for (ptrdiff_t i = 0; done && i < list->size; i++) {
        const QItemSelectionRange *range = &((const QItemSelectionRange *)list->ptr)[i];
        done = vt_selection_add(chosen, q_itemselectionrange_top(range),
                                (int64_t)q_itemselectionrange_bottom(range) + 1);
    }
    vt_tall_table_release_ranges(&ranges);
    return done;
}
