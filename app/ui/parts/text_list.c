#include "app/ui/parts/text_list.h"

#include "app/ui/parts/list_table.h"

#include <qt6c/qabstracttablemodel.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/runtime.h>

#include <stdlib.h>

struct vt_text_list {
    QAbstractTableModel model; /* first */
    const vt_text_list_ops *ops;
    void *user;
    QTableView *table;
};

static int row_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    const vt_text_list *list = (const vt_text_list *)self;
    return q_modelindex_is_valid(parent) ? 0 : (int)list->ops->count(list->user);
}

static int column_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    return q_modelindex_is_valid(parent) ? 0 : ((const vt_text_list *)self)->ops->columns;
}

static QVariant data(const QAbstractTableModel *self, const QModelIndex *index, int role)
{
    const vt_text_list *list = (const vt_text_list *)self;
    if ((role != Qt_DisplayRole && role != Qt_ToolTipRole) ||
        (size_t)index->r >= list->ops->count(list->user)) {
        return qt_variant_null();
    }
    vt_str text = VT_STR_INIT;
    list->ops->say(list->user, (size_t)index->r, index->c, &text);
    QVariant variant = qt_variant_string(text.data ? text.data : "");
    vt_str_free(&text);
    return variant;
}

static QVariant header_data(const QAbstractTableModel *self, int section, Qt_Orientation orientation,
                            int role)
{
    const vt_text_list *list = (const vt_text_list *)self;
    return orientation == Qt_Horizontal && role == Qt_DisplayRole
               ? qt_variant_string(list->ops->title(section))
               : qt_variant_null();
}

static const QAbstractTableModelVirtuals model_virtuals = {
    .row_count = row_count, .column_count = column_count, .data = data, .header_data = header_data};
static qt_subclass model_class = {.base = &qt_class_QAbstractTableModel,
                                  .virtuals = &model_virtuals,
                                  .instance_size = sizeof(vt_text_list)};

static void on_selection(void *user, const QItemSelection *selected, const QItemSelection *deselected)
{
    (void)selected;
    (void)deselected;
    const vt_text_list *list = user;
    list->ops->choice_changed(list->user);
}

vt_text_list *vt_text_list_create(QWidgetRef parent, const char *name, const vt_text_list_ops *ops,
                                  void *user)
{
    vt_text_list *list = qt_subclass_allocate(&model_class);
    q_abstracttablemodel_init(&list->model, parent.QWidget_);
    qt_subclass_install(&model_class, list);
    list->ops = ops;
    list->user = user;
    list->table = vt_list_table_new(parent, &list->model);
    q_widget_set_accessible_name(list->table, name);
    if (ops->choice_changed) {
        q_itemselectionmodel_on_selection_changed(q_abstractitemview_selection_model(list->table),
                                                  &list->model, on_selection, list);
    }
    return list;
}

QTableView *vt_text_list_table(vt_text_list *list)
{
    return list->table;
}

void vt_text_list_begin_change(vt_text_list *list)
{
    q_abstractitemmodel_begin_reset_model(&list->model);
}

void vt_text_list_end_change(vt_text_list *list)
{
    q_abstractitemmodel_end_reset_model(&list->model);
}

bool vt_text_list_has_chosen(const vt_text_list *list)
{
    return q_itemselectionmodel_has_selection(q_abstractitemview_selection_model(list->table)) &&
           list->ops->count(list->user) > 0;
}

size_t *vt_text_list_chosen(const vt_text_list *list, size_t *count)
{
    QList rows = q_itemselectionmodel_selected_rows(q_abstractitemview_selection_model(list->table));
    size_t *chosen = malloc(((size_t)rows.size + 1) * sizeof *chosen);
    size_t there = list->ops->count(list->user);
    *count = 0;
    for (ptrdiff_t i = 0; chosen && i < rows.size; i++) {
        size_t row = (size_t)((const QModelIndex *)rows.ptr)[i].r;
        if (row < there) {
            chosen[(*count)++] = row;
        }
    }
    qt_list_release(&rows, sizeof(QModelIndex));
    return chosen;
}
