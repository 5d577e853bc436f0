#include "app/ui/files/rename_model.h"

#include "app/ui/parts/translate.h"
#include "core/base/str.h"

#include <qt6c/qmodelindex.h>

#include <limits.h>
#include <string.h>

enum { COLUMN_OLD, COLUMN_NEW, COLUMN_NOTE, COLUMN_COUNT };

struct vt_rename_model {
    QAbstractTableModel model; /* first */
    const vt_rename_draft *draft;
};

static int row_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    const vt_rename_draft *draft = ((const vt_rename_model *)self)->draft;
    size_t count = draft && !q_modelindex_is_valid(parent) ? vt_rename_draft_count(draft) : 0;
    return count < INT_MAX ? (int)count : INT_MAX;
}

static int column_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    (void)self;
    return q_modelindex_is_valid(parent) ? 0 : COLUMN_COUNT;
}

static void add_text(const vt_rename_line *line, int column, vt_str *text)
{
    if (column == COLUMN_OLD) {
        vt_str_append_display(text, line->old_name, strlen(line->old_name));
    } else if (column == COLUMN_NEW) {
        vt_str_append_display(text, line->new_name, strlen(line->new_name));
    } else if (line->problem == VT_RENAME_UNCHANGED) {
        vt_str_append_cstr(text, vt_tr("rename", "stays as it is"));
    } else if (line->problem != VT_RENAME_FINE) {
        vt_str_append_cstr(text, "\u26a0 ");
        vt_str_append_cstr(text, vt_tr("rename", vt_rename_problem_text(line->problem)));
    }
}

static QVariant data(const QAbstractTableModel *self, const QModelIndex *index, int role)
{
    const vt_rename_draft *draft = ((const vt_rename_model *)self)->draft;
    bool known = draft && index->r >= 0 && (size_t)index->r < vt_rename_draft_count(draft);
    if (!known || (role != Qt_DisplayRole && role != Qt_ToolTipRole)) {
        return qt_variant_null();
    }
    vt_rename_line line = vt_rename_draft_at(draft, (size_t)index->r);
    vt_str text = VT_STR_INIT;
    add_text(&line, index->c, &text);
    QVariant variant = qt_variant_string(text.data);
    vt_str_free(&text);
    return variant;
}

static QVariant header_data(const QAbstractTableModel *self, int section, Qt_Orientation orientation,
                            int role)
{
    (void)self;
    static const char *const titles[COLUMN_COUNT] = {
        VT_TR_NOOP("rename", "Now"), VT_TR_NOOP("rename", "Becomes"), VT_TR_NOOP("rename", "Note")};
    bool known = orientation == Qt_Horizontal && section >= 0 && section < COLUMN_COUNT;
    return known && role == Qt_DisplayRole ? qt_variant_string(vt_tr("rename", titles[section]))
                                           : qt_variant_null();
}

static const QAbstractTableModelVirtuals virtuals = {
    .row_count = row_count, .column_count = column_count, .data = data, .header_data = header_data};
static qt_subclass model_class = {
    .base = &qt_class_QAbstractTableModel, .virtuals = &virtuals, .instance_size = sizeof(vt_rename_model)};

vt_rename_model *vt_rename_model_create(QWidgetRef parent)
{
    vt_rename_model *model = qt_subclass_allocate(&model_class);
    q_abstracttablemodel_init(&model->model, parent.QWidget_);
    qt_subclass_install(&model_class, model);
    return model;
}

QAbstractTableModel *vt_rename_model_of_qt(vt_rename_model *model)
{
    return &model->model;
}

void vt_rename_model_show(vt_rename_model *model, const vt_rename_draft *draft)
{
    q_abstractitemmodel_begin_reset_model(&model->model);
    model->draft = draft;
    q_abstractitemmodel_end_reset_model(&model->model);
}
