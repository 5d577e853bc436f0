#include "app/ui/table/table_model.h"

#include "app/ui/table/table_columns.h"

#include <qt6c/qmodelindex.h>

typedef struct table_model {
    QAbstractTableModel model; /* first */
    vt_library *library;
} table_model;

static int row_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    int64_t count = vt_library_count(((const table_model *)self)->library);
    return q_modelindex_is_valid(parent) ? 0 : (int)count;
}

static int column_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    (void)self;
    return q_modelindex_is_valid(parent) ? 0 : vt_table_column_count();
}

static QVariant cell_text(const table_model *model, const QModelIndex *index, const vt_table_column *column)
{
    uint32_t row = vt_library_index_row(model->library, index->r);
    const vt_snapshot *snapshot = vt_library_snapshot(model->library);
    vt_table_row source = {.snapshot = snapshot, .row = row};
    vt_snapshot_item(snapshot, row, &source.item);
    vt_str text = VT_STR_INIT;
    column->say(&source, &text);
    vt_snapshot_release(snapshot);
    QVariant variant = qt_variant_string(text.data);
    vt_str_free(&text);
    return variant;
}

static QVariant data(const QAbstractTableModel *self, const QModelIndex *index, int role)
{
    const table_model *model = (const table_model *)self;
    if (!q_modelindex_is_valid(index) || index->r >= vt_library_count(model->library)) {
        return qt_variant_null();
    }
    const vt_table_column *column = vt_table_column_at(index->c);
    switch (role) {
    case Qt_DisplayRole:
    case Qt_ToolTipRole:
        return cell_text(model, index, column);
    case Qt_TextAlignmentRole:
        return qt_variant_int((column->is_number ? Qt_AlignRight : Qt_AlignLeft) | Qt_AlignVCenter);
    default:
        return qt_variant_null();
    }
}

static QVariant header_data(const QAbstractTableModel *self, int section, Qt_Orientation orientation,
                            int role)
{
    (void)self;
    if (orientation != Qt_Horizontal || section < 0 || section >= vt_table_column_count()) {
        return qt_variant_null();
    }
    const vt_table_column *column = vt_table_column_at(section);
    switch (role) {
    case Qt_DisplayRole:
        return qt_variant_string(column->title);
    case Qt_TextAlignmentRole:
        return qt_variant_int((column->is_number ? Qt_AlignRight : Qt_AlignLeft) | Qt_AlignVCenter);
    default:
        return qt_variant_null();
    }
}

/* A click on a header: the library sorts elsewhere and tells when it is done. */
static void sort(QAbstractTableModel *self, int column, Qt_SortOrder order)
{
    if (column >= 0 && column < vt_table_column_count()) {
        vt_library_set_sort(((table_model *)self)->library, vt_table_column_at(column)->key,
                            order == Qt_DescendingOrder);
    }
}

static const QAbstractTableModelVirtuals model_virtuals = {.row_count = row_count,
                                                           .column_count = column_count,
                                                           .data = data,
                                                           .header_data = header_data,
                                                           .sort = sort};
static qt_subclass model_class = {
    .base = &qt_class_QAbstractTableModel, .virtuals = &model_virtuals, .instance_size = sizeof(table_model)};

/* Another view is another model to Qt: constant time, whatever its size. */
static void view_changed(void *user)
{
    q_abstractitemmodel_begin_reset_model((QAbstractTableModel *)user);
    q_abstractitemmodel_end_reset_model((QAbstractTableModel *)user);
}

QAbstractTableModel *vt_table_model_create(QObjectRef parent, vt_library *library)
{
    table_model *model = qt_subclass_allocate(&model_class);
    q_abstracttablemodel_init(&model->model, parent);
    qt_subclass_install(&model_class, model);
    model->library = library;
    vt_library_listen(library, &(vt_library_listener){.view_changed = view_changed, .user = model});
    return &model->model;
}
