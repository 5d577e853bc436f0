#include "app/ui/files/work_failures.h"

#include "app/ui/parts/list_table.h"
#include "app/ui/parts/translate.h"
#include "core/base/str.h"

#include <qt6c/qabstracttablemodel.h>
#include <qt6c/qdialog.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qlabel.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 900, HEIGHT = 400 };

typedef struct line {
    char *path, *reason; /* owned */
} line;

typedef struct failure_model {
    QAbstractTableModel model; /* first */
    line *lines;               /* owned */
    size_t count;
} failure_model;

static int row_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    return q_modelindex_is_valid(parent) ? 0 : (int)((const failure_model *)self)->count;
}

static int column_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    (void)self;
    return q_modelindex_is_valid(parent) ? 0 : 2;
}

static QVariant data(const QAbstractTableModel *self, const QModelIndex *index, int role)
{
    const failure_model *model = (const failure_model *)self;
    if ((role != Qt_DisplayRole && role != Qt_ToolTipRole) || (size_t)index->r >= model->count) {
        return qt_variant_null();
    }
    const line *at = &model->lines[index->r];
    return qt_variant_string(index->c == 0 ? at->path : at->reason);
}

static QVariant header_data(const QAbstractTableModel *self, int section, Qt_Orientation orientation,
                            int role)
{
    (void)self;
    return orientation == Qt_Horizontal && role == Qt_DisplayRole
               ? qt_variant_string(section == 0 ? vt_tr("activity", "File") : vt_tr("activity", "Reason"))
               : qt_variant_null();
}

static void model_finish(void *self)
{
    failure_model *model = self;
    for (size_t i = 0; i < model->count; i++) {
        free(model->lines[i].path);
        free(model->lines[i].reason);
    }
    free(model->lines);
}

static const QAbstractTableModelVirtuals virtuals = {
    .row_count = row_count, .column_count = column_count, .data = data, .header_data = header_data};
static qt_subclass model_class = {.base = &qt_class_QAbstractTableModel,
                                  .virtuals = &virtuals,
                                  .instance_size = sizeof(failure_model),
                                  .finish = model_finish};

static char *shown(const char *bytes)
{
    vt_str text = VT_STR_INIT;
    vt_str_append_display(&text, bytes, strlen(bytes));
    return vt_str_take(&text);
}

static failure_model *make_model(QWidgetRef parent, size_t count, vt_failure_at get, const void *user)
{
    failure_model *model = qt_subclass_allocate(&model_class);
    q_abstracttablemodel_init(&model->model, parent.QWidget_);
    qt_subclass_install(&model_class, model);
    model->lines = calloc(count ? count : 1, sizeof *model->lines);
    for (size_t i = 0; model->lines && i < count; i++) {
        vt_file_failure failure = get(user, i);
        line at = {shown(failure.path), shown(failure.error->message)};
        if (!at.path || !at.reason) {
            free(at.path);
            free(at.reason);
            break;
        }
        model->lines[model->count++] = at;
    }
    return model;
}

void vt_work_failures_show(QWidgetRef parent, int64_t failed, size_t count, vt_failure_at at,
                           const void *user)
{
    vt_str text = VT_STR_INIT;
    QDialog *dialog = q_dialog_new(parent);
    q_widget_set_attribute(dialog, Qt_WA_DeleteOnClose);
    q_widget_set_window_title(dialog, vt_tr("files", "What failed"));
    q_widget_resize(dialog, WIDTH, HEIGHT);
    QVBoxLayout *layout = q_vboxlayout_new_widget(dialog);
    vt_tr_append_count(&text, "files", "%n file failed.", "%n files failed.", failed);
    q_boxlayout_add_widget(layout, q_label_new(text.data, dialog));
    vt_str_free(&text);
    QTableView *table =
        vt_list_table_new(dialog, &make_model((QWidgetRef)(QWidget *)dialog, count, at, user)->model);
    QHeaderView *header = q_tableview_horizontal_header(table);
    q_headerview_set_section_resize_mode(header, 0, QHeaderView_Stretch);
    q_headerview_set_section_resize_mode(header, 1, QHeaderView_Stretch);
    q_boxlayout_add_widget_full(layout, table, 1, 0);
    q_widget_show(dialog);
}
