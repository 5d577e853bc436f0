#include "app/ui/activity/failures.h"

#include "app/ui/parts/list_table.h"
#include "app/ui/parts/wording.h"
#include "core/catalog/reader.h"

#include <qt6c/qabstracttablemodel.h>
#include <qt6c/qdialogbuttonbox.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qlabel.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qtableview.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { SHOWN_MAX = 10000, COLUMN_FILE = 0, COLUMN_REASON = 1, COLUMN_COUNT = 2 };

typedef struct failed_file {
    char *path, *reason; /* owned; the path is bytes */
} failed_file;

typedef struct failure_list {
    failed_file *files; /* owned */
    size_t count, capacity;
} failure_list;

struct vt_failures {
    QDialog dialog; /* first */
    vt_library *library;
    vt_executor *executor;
    vt_failures_retry retry;
    void *user;
    vt_log log;
    vt_task *reading; /* NULL if none */
    QAbstractTableModel *model;
    QLabel *summary;
    QPushButton *again;
    failure_list list;
};

static void free_list(failure_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->files[i].path);
        free(list->files[i].reason);
    }
    free(list->files);
    *list = (failure_list){NULL, 0, 0};
}

/* ---- the model ---- */

typedef struct failures_model {
    QAbstractTableModel model; /* first */
    vt_failures *failures;
} failures_model;

static int row_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    return q_modelindex_is_valid(parent) ? 0 : (int)((const failures_model *)self)->failures->list.count;
}

static int column_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    (void)self;
    return q_modelindex_is_valid(parent) ? 0 : COLUMN_COUNT;
}

static QVariant data(const QAbstractTableModel *self, const QModelIndex *index, int role)
{
    const failure_list *list = &((const failures_model *)self)->failures->list;
    if ((role != Qt_DisplayRole && role != Qt_ToolTipRole) || (size_t)index->r >= list->count) {
        return qt_variant_null();
    }
    const failed_file *file = &list->files[index->r];
    vt_str text = VT_STR_INIT;
    const char *source = index->c == COLUMN_FILE ? file->path : file->reason;
    vt_str_append_display(&text, source, strlen(source));
    QVariant variant = qt_variant_string(text.data);
    vt_str_free(&text);
    return variant;
}

static QVariant header_data(const QAbstractTableModel *self, int section, Qt_Orientation orientation,
                            int role)
{
    (void)self;
    if (orientation != Qt_Horizontal || role != Qt_DisplayRole) {
        return qt_variant_null();
    }
    return qt_variant_string(section == COLUMN_FILE ? "File" : "Reason");
}

static const QAbstractTableModelVirtuals model_virtuals = {
    .row_count = row_count, .column_count = column_count, .data = data, .header_data = header_data};
static qt_subclass model_class = {.base = &qt_class_QAbstractTableModel,
                                  .virtuals = &model_virtuals,
                                  .instance_size = sizeof(failures_model)};

/* ---- reading, on a worker ---- */

typedef struct read_job {
    vt_failures *failures; /* touched on the UI thread only */
    vt_catalog *catalog;
    failure_list list;
    vt_error error;
} read_job;

static bool add_failure(void *user, const vt_failure *failure)
{
    failure_list *list = user;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        failed_file *files = realloc(list->files, capacity * sizeof *files);
        if (!files) {
            return false;
        }
        list->files = files;
        list->capacity = capacity;
    }
    failed_file file = {strndup(failure->path, failure->path_length), strdup(failure->message)};
    if (!file.path || !file.reason) {
        free(file.path);
        free(file.reason);
        return false;
    }
    list->files[list->count++] = file;
    return true;
}

static bool run_read(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    read_job *job = user;
    vt_catalog_reader *reader = vt_catalog_reader_open(job->catalog, error);
    bool done = reader && vt_catalog_reader_each_failure(reader, SHOWN_MAX, add_failure, &job->list, error);
    vt_catalog_reader_free(reader);
    return done;
}

static void show_summary(vt_failures *failures, const vt_error *error)
{
    char words[32];
    vt_str text = VT_STR_INIT;
    size_t count = failures->list.count;
    if (error->code) {
        vt_str_appendf(&text, "The list cannot be read: %s", error->message);
    } else if (count == 0) {
        vt_str_append_cstr(&text, "Every file could be taken in.");
    } else {
        vt_str_appendf(&text, "%s%s could not be taken in. They are tried again when they change.",
                       vt_wording_count(words, sizeof words, (int64_t)count),
                       count == 1 ? " file" : " files");
    }
    q_label_set_text(failures->summary, text.data);
    vt_log_write(&failures->log, VT_LOG_INFO, "failures: %s", text.data);
    for (size_t i = 0; i < count; i++) {
        vt_log_write(&failures->log, VT_LOG_DEBUG, "failure: %s: %s", failures->list.files[i].path,
                     failures->list.files[i].reason);
    }
    vt_str_free(&text);
    q_widget_set_enabled(failures->again,
                         count > 0 && !vt_engine_is_read_only(vt_library_engine(failures->library)));
}

static void take_list(void *user)
{
    read_job *job = user;
    vt_failures *failures = job->failures;
    q_abstractitemmodel_begin_reset_model(failures->model);
    free_list(&failures->list);
    failures->list = job->list;
    job->list = (failure_list){NULL, 0, 0};
    q_abstractitemmodel_end_reset_model(failures->model);
    show_summary(failures, &job->error);
    vt_task_unref(failures->reading);
    failures->reading = NULL;
}

static void read_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    read_job *job = user;
    job->error = *error;
    qt_post((QObject *)&job->failures->dialog, take_list, job, NULL);
}

static void release_read(void *user)
{
    free_list(&((read_job *)user)->list);
    free(user);
}

static const vt_task_ops read_ops = {
    .name = "failures", .run = run_read, .finished = read_finished, .release = release_read};

void vt_failures_show(vt_failures *failures)
{
    q_widget_show(&failures->dialog);
    q_widget_raise(&failures->dialog);
    q_widget_activate_window(&failures->dialog);
    read_job *job = failures->reading ? NULL : calloc(1, sizeof *job);
    if (!job) {
        return;
    }
    job->failures = failures;
    job->catalog = vt_engine_catalog(vt_library_engine(failures->library));
    failures->reading = vt_task_create(&read_ops, job, NULL);
    if (!failures->reading) {
        free(job);
    } else if (!vt_executor_submit(failures->executor, failures->reading, VT_PRIORITY_CRITICAL, NULL)) {
        vt_task_unref(failures->reading);
        failures->reading = NULL;
    }
}

void vt_failures_stop(vt_failures *failures)
{
    if (failures->reading) {
        vt_task_wait(failures->reading, VT_FOREVER); /* its result may still be on its way */
    }
}

/* ---- making it ---- */

static void on_again(void *user, bool checked)
{
    (void)checked;
    vt_failures *failures = user;
    size_t count = failures->list.count;
    const char **paths = calloc(count ? count : 1, sizeof *paths);
    for (size_t i = 0; paths && i < count; i++) {
        paths[i] = failures->list.files[i].path;
    }
    if (paths && count) {
        failures->retry(failures->user, paths, count);
        q_widget_hide(&failures->dialog);
    }
    free(paths);
}

static void on_close(void *user, bool checked)
{
    (void)checked;
    q_widget_hide(&((vt_failures *)user)->dialog);
}

static void failures_finish(void *self)
{
    vt_failures *failures = self;
    vt_failures_stop(failures);
    vt_task_unref(failures->reading);
    free_list(&failures->list);
}

static qt_subclass failures_class = {
    .base = &qt_class_QDialog, .instance_size = sizeof(vt_failures), .finish = failures_finish};

static QTableView *make_table(vt_failures *failures)
{
    failures_model *model = qt_subclass_allocate(&model_class);
    q_abstracttablemodel_init(&model->model, &failures->dialog);
    qt_subclass_install(&model_class, model);
    model->failures = failures;
    failures->model = &model->model;
    QTableView *table = vt_list_table_new(&failures->dialog, &model->model);
    QHeaderView *header = q_tableview_horizontal_header(table);
    q_headerview_set_section_resize_mode(header, COLUMN_FILE, QHeaderView_Stretch);
    q_headerview_set_section_resize_mode(header, COLUMN_REASON, QHeaderView_Stretch);
    return table;
}

vt_failures *vt_failures_create(QWidgetRef parent, vt_library *library, vt_executor *executor,
                                vt_failures_retry retry, void *user, vt_log log)
{
    vt_failures *failures = qt_subclass_allocate(&failures_class);
    q_dialog_init(&failures->dialog, parent);
    qt_subclass_install(&failures_class, failures);
    failures->library = library;
    failures->executor = executor;
    failures->retry = retry;
    failures->user = user;
    failures->log = log;
    q_widget_set_window_title(&failures->dialog, "Files that could not be imported");
    q_widget_resize(&failures->dialog, 900, 480);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&failures->dialog);
    failures->summary = q_label_new("Reading\u2026", &failures->dialog);
    q_boxlayout_add_widget(layout, failures->summary);
    q_boxlayout_add_widget_full(layout, make_table(failures), 1, 0);
    QHBoxLayout *buttons = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, buttons);
    q_boxlayout_add_stretch(buttons);
    failures->again = q_pushbutton_new("Try again", &failures->dialog);
    q_widget_set_enabled(failures->again, false);
    q_boxlayout_add_widget(buttons, failures->again);
    QPushButton *close = q_pushbutton_new("Close", &failures->dialog);
    q_boxlayout_add_widget(buttons, close);
    q_abstractbutton_on_clicked(failures->again, &failures->dialog, on_again, failures);
    q_abstractbutton_on_clicked(close, &failures->dialog, on_close, failures);
    return failures;
}
