#include "app/ui/settings/root_model.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"

#include <qt6c/qmodelindex.h>

#include <string.h>

struct vt_root_model {
    QAbstractTableModel model; /* first */
    vt_root_list *list;        /* owned */
};

static int row_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    const vt_root_list *list = ((const vt_root_model *)self)->list;
    return q_modelindex_is_valid(parent) || !list ? 0 : (int)list->count;
}

static int column_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    (void)self;
    return q_modelindex_is_valid(parent) ? 0 : VT_ROOT_COLUMNS;
}

static void append_state(const vt_root_line *line, vt_str *text)
{
    switch (vt_root_line_state(line)) {
    case VT_ROOT_IN_ORDER:
        vt_str_append_cstr(text, vt_tr("roots", "in order"));
        break;
    case VT_ROOT_EMPTY:
        vt_str_append_cstr(text, vt_tr("roots", "nothing found"));
        break;
    case VT_ROOT_SOME_MISSING:
        vt_tr_append_count(text, "roots", "%n missing", "%n missing", line->counts.missing);
        break;
    case VT_ROOT_ALL_MISSING:
        vt_str_append_cstr(text, vt_tr("roots", "all missing"));
        break;
    case VT_ROOT_OFFLINE:
        vt_str_append_cstr(text, vt_tr("roots", "offline"));
        break;
    }
}

static void append_cell(const vt_root_line *line, int column, vt_str *text)
{
    char words[32];
    switch (column) {
    case VT_ROOT_COLUMN_PATH:
        vt_str_append_display(text, line->path, strlen(line->path));
        break;
    case VT_ROOT_COLUMN_ITEMS:
        vt_str_append_cstr(text, vt_wording_count(words, sizeof words, line->counts.items));
        break;
    case VT_ROOT_COLUMN_STATE:
        append_state(line, text);
        break;
    case VT_ROOT_COLUMN_WATCH:
        vt_str_append_cstr(text, line->watch ? vt_tr("roots", "taken up") : vt_tr("roots", "left alone"));
        break;
    default:
        vt_str_append_cstr(text,
                           line->scan_at_start ? vt_tr("roots", "looked through") : vt_tr("roots", "not"));
        break;
    }
}

static QVariant data(const QAbstractTableModel *self, const QModelIndex *index, int role)
{
    const vt_root_list *list = ((const vt_root_model *)self)->list;
    if (!list || (size_t)index->r >= list->count) {
        return qt_variant_null();
    }
    if (role == Qt_TextAlignmentRole && index->c == VT_ROOT_COLUMN_ITEMS) {
        return qt_variant_int(Qt_AlignRight | Qt_AlignVCenter);
    }
    if (role != Qt_DisplayRole && role != Qt_ToolTipRole) {
        return qt_variant_null();
    }
    vt_str text = VT_STR_INIT;
    append_cell(&list->lines[index->r], index->c, &text);
    QVariant variant = qt_variant_string(text.failed ? "" : text.data);
    vt_str_free(&text);
    return variant;
}

static QVariant header_data(const QAbstractTableModel *self, int section, Qt_Orientation orientation,
                            int role)
{
    (void)self;
    static const char *const titles[VT_ROOT_COLUMNS] = {
        [VT_ROOT_COLUMN_PATH] = VT_TR_NOOP("roots", "Folder"),
        [VT_ROOT_COLUMN_ITEMS] = VT_TR_NOOP("roots", "Items"),
        [VT_ROOT_COLUMN_STATE] = VT_TR_NOOP("roots", "State"),
        [VT_ROOT_COLUMN_WATCH] = VT_TR_NOOP("roots", "Changes"),
        [VT_ROOT_COLUMN_SCAN] = VT_TR_NOOP("roots", "At the start"),
    };
    bool shown = orientation == Qt_Horizontal && section >= 0 && section < VT_ROOT_COLUMNS;
    if (shown && role == Qt_TextAlignmentRole && section == VT_ROOT_COLUMN_ITEMS) {
        return qt_variant_int(Qt_AlignRight | Qt_AlignVCenter);
    }
    return shown && role == Qt_DisplayRole ? qt_variant_string(vt_tr("roots", titles[section]))
                                           : qt_variant_null();
}

static void model_finish(void *self)
{
    vt_root_list_free(((vt_root_model *)self)->list);
}

static const QAbstractTableModelVirtuals virtuals = {
    .row_count = row_count, .column_count = column_count, .data = data, .header_data = header_data};
static qt_subclass model_class = {.base = &qt_class_QAbstractTableModel,
                                  .virtuals = &virtuals,
                                  .instance_size = sizeof(vt_root_model),
                                  .finish = model_finish};

vt_root_model *vt_root_model_create(QWidgetRef parent)
{
    vt_root_model *model = qt_subclass_allocate(&model_class);
    q_abstracttablemodel_init(&model->model, parent.QWidget_);
    qt_subclass_install(&model_class, model);
    return model;
}

QAbstractTableModel *vt_root_model_of_qt(vt_root_model *model)
{
    return &model->model;
}

void vt_root_model_set(vt_root_model *model, vt_root_list *list)
{
    q_abstractitemmodel_begin_reset_model(&model->model);
    vt_root_list_free(model->list);
    model->list = list;
    q_abstractitemmodel_end_reset_model(&model->model);
}

const vt_root_list *vt_root_model_list(const vt_root_model *model)
{
    return model->list;
}
