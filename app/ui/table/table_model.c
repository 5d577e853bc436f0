#include "app/ui/table/table_model.h"

#include "app/ui/library/edits.h"
#include "app/ui/parts/translate.h"
#include "app/ui/table/table_columns.h"
#include "app/ui/table/table_order.h"

#include <qt6c/qmodelindex.h>

#include <stdlib.h>
#include <string.h>

enum { PENDING_MAX = 8 };

/* What was typed into a cell and is not written yet. */
typedef struct pending_text {
    int64_t item; /* 0: free */
    int column;
    char *text; /* owned */
} pending_text;

typedef struct table_model {
    QAbstractTableModel model; /* first */
    vt_library *library;
    vt_str text; /* of the last cell: its memory is used again */
    pending_text pending[PENDING_MAX];
    size_t pended;
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

/* NULL: none. */
static const char *find_pending(const table_model *model, int64_t item, int column)
{
    const char *text = NULL;
    for (size_t i = 0; i < PENDING_MAX; i++) {
        const pending_text *of = &model->pending[i];
        text = of->item == item && of->column == column ? of->text : text;
    }
    return text;
}

/* Valid until the next cell. */
static const char *cell_text(table_model *model, const QModelIndex *index, const vt_table_column *column)
{
    uint32_t row = vt_library_index_row(model->library, index->r);
    const vt_snapshot *snapshot = vt_library_snapshot(model->library);
    vt_table_row source = {.snapshot = snapshot, .row = row};
    vt_snapshot_item(snapshot, row, &source.item);
    vt_library_overlay(model->library, row, &source.item);
    vt_str_clear(&model->text);
    const char *pending = find_pending(model, source.item.id, index->c);
    if (pending) {
        vt_str_append_display(&model->text, pending, strlen(pending));
    } else {
        column->say(&source, &model->text);
    }
    vt_snapshot_release(snapshot);
    return model->text.data;
}

const char *vt_table_model_text(const QModelIndex *index)
{
    table_model *model = (table_model *)index->m;
    bool is_there = index->r >= 0 && index->r < vt_library_count(model->library);
    const vt_table_column *column = vt_table_column_at(index->c);
    return is_there && column->edit != VT_TABLE_STARS ? cell_text(model, index, column) : "";
}

/* Stars are drawn: only who cannot see them is told of them. */
static QVariant stars_text(table_model *model, const QModelIndex *index, const vt_table_column *column)
{
    const char *rating = cell_text(model, index, column);
    vt_str words = VT_STR_INIT;
    vt_tr_append_count(&words, "column", "%n star", "%n stars", strtol(rating, NULL, 10));
    QVariant variant = qt_variant_string(words.data);
    vt_str_free(&words);
    return variant;
}

static QVariant data(const QAbstractTableModel *self, const QModelIndex *index, int role)
{
    table_model *model = (table_model *)self;
    if (!q_modelindex_is_valid(index) || index->r >= vt_library_count(model->library)) {
        return qt_variant_null();
    }
    const vt_table_column *column = vt_table_column_at(index->c);
    bool stars = column->edit == VT_TABLE_STARS;
    switch (role) {
    case Qt_DisplayRole:
    case Qt_ToolTipRole:
        return stars ? qt_variant_null() : qt_variant_string(cell_text(model, index, column));
    case Qt_AccessibleTextRole:
        return stars ? stars_text(model, index, column) : qt_variant_null();
    case Qt_TextAlignmentRole:
        return qt_variant_int((column->is_number ? Qt_AlignRight : Qt_AlignLeft) | Qt_AlignVCenter);
    default:
        return qt_variant_null();
    }
}

/* What a click would do, and what the rows are sorted by now. */
static QVariant header_tip(const table_model *model, const vt_table_column *column, bool spoken)
{
    vt_table_order order;
    order.count = vt_library_sorts(model->library, order.sorts);
    vt_str text = VT_STR_INIT;
    vt_str said = VT_STR_INIT;
    vt_str_append_cstr(&text, vt_tr("column", column->title));
    bool is_key = vt_table_order_find(&order, column->key) >= 0;
    vt_table_order_say(&order, &said);
    if (!spoken || is_key) {
        vt_str_append_cstr(&text, spoken ? ", " : "\n");
        vt_tr_append_with(&text, "column", "Sorted by %1", said.data);
    }
    if (!spoken) {
        vt_str_append_char(&text, '\n');
        vt_str_append_cstr(&text, vt_tr("column", "Click: sort by it. Shift and click: then by it, too."));
    }
    QVariant variant = qt_variant_string(text.data);
    vt_str_free(&said);
    vt_str_free(&text);
    return variant;
}

static QVariant header_data(const QAbstractTableModel *self, int section, Qt_Orientation orientation,
                            int role)
{
    const table_model *model = (const table_model *)self;
    if (orientation != Qt_Horizontal || section < 0 || section >= vt_table_column_count()) {
        return qt_variant_null();
    }
    const vt_table_column *column = vt_table_column_at(section);
    switch (role) {
    case Qt_DisplayRole:
        return qt_variant_string(vt_tr("column", column->title));
    case Qt_ToolTipRole:
        return header_tip(model, column, false);
    case Qt_AccessibleTextRole:
        return header_tip(model, column, true);
    case Qt_TextAlignmentRole:
        return qt_variant_int((column->is_number ? Qt_AlignRight : Qt_AlignLeft) | Qt_AlignVCenter);
    default:
        return qt_variant_null();
    }
}

static int flags(const QAbstractTableModel *self, const QModelIndex *index)
{
    (void)self;
    return q_modelindex_is_valid(index)
               ? Qt_ItemIsEnabled | Qt_ItemIsSelectable | Qt_ItemNeverHasChildren | Qt_ItemIsDragEnabled
               : Qt_NoItemFlags;
}

static const QAbstractTableModelVirtuals model_virtuals = {.row_count = row_count,
                                                           .column_count = column_count,
                                                           .flags = flags,
                                                           .data = data,
                                                           .header_data = header_data};

static void forget_pending(table_model *model)
{
    for (size_t i = 0; i < PENDING_MAX; i++) {
        free(model->pending[i].text);
        model->pending[i] = (pending_text){.item = 0};
    }
}

static void model_finish(void *self)
{
    table_model *model = self;
    forget_pending(model);
    vt_str_free(&model->text);
}

static qt_subclass model_class = {.base = &qt_class_QAbstractTableModel,
                                  .virtuals = &model_virtuals,
                                  .instance_size = sizeof(table_model),
                                  .finish = model_finish};

/* Another view is another model to Qt: constant time, whatever its size. */
static void view_changed(void *user)
{
    q_abstractitemmodel_begin_reset_model((QAbstractTableModel *)user);
    q_abstractitemmodel_end_reset_model((QAbstractTableModel *)user);
}

/* Of the rows in view only those are asked for again that are painted. */
static void items_changed(void *user, const vt_item_edit *edit)
{
    (void)edit;
    QAbstractTableModel *model = user;
    QModelIndex none = q_modelindex_make();
    QModelIndex first = q_abstractitemmodel_index(model, 0, 0, &none);
    QModelIndex last =
        q_abstractitemmodel_index(model, row_count(model, &none) - 1, vt_table_column_count() - 1, &none);
    q_abstractitemmodel_data_changed(model, &first, &last, &(QList){NULL, NULL, 0});
}

/* The index shows now what was written, and never will what was not. */
static void edit_ended(void *user, const vt_edit_result *result)
{
    (void)result;
    table_model *model = user;
    if (vt_library_edits(model->library) == 0) {
        forget_pending(model);
        items_changed(user, NULL);
    }
}

void vt_table_model_pend(QAbstractTableModel *of, int64_t item, int column, const char *text)
{
    table_model *model = (table_model *)of;
    pending_text *at = &model->pending[model->pended++ % PENDING_MAX];
    for (size_t i = 0; i < PENDING_MAX; i++) {
        pending_text *same = &model->pending[i];
        at = same->item == item && same->column == column ? same : at;
    }
    free(at->text);
    *at = (pending_text){item, column, strdup(text)};
    items_changed(of, NULL);
}

QAbstractTableModel *vt_table_model_create(QObjectRef parent, vt_library *library)
{
    table_model *model = qt_subclass_allocate(&model_class);
    q_abstracttablemodel_init(&model->model, parent);
    qt_subclass_install(&model_class, model);
    model->library = library;
    model->text = (vt_str)VT_STR_INIT;
    vt_library_listen(library, &(vt_library_listener){.view_changed = view_changed,
                                                      .items_changed = items_changed,
                                                      .edit_ended = edit_ended,
                                                      .user = model});
    return &model->model;
}
