#include "core/import/task_signals_qt.h"

#include "core/base/str.h"

struct vt_task_signals {
    QObject object; /* first */
};

const qt_method vt_signal_database_completed = {
    .name = "databaseCompleted",
    .argument_count = 3,
    .arguments = {QT_TYPE_INT64, QT_TYPE_INT64, QT_TYPE_INT64},
    .argument_names = {"imported", "updated", "missing"},
};
const qt_method vt_signal_database_failed = {
    .name = "databaseFailed",
    .argument_count = 2,
    .arguments = {QT_TYPE_STRING, QT_TYPE_STRING},
    .argument_names = {"path", "reason"},
};
const qt_method vt_signal_progress_updated = {
    .name = "progressUpdated",
    .argument_count = 3,
    .arguments = {QT_TYPE_INT64, QT_TYPE_INT64, QT_TYPE_STRING},
    .argument_names = {"done", "total", "text"},
};
const qt_method vt_signal_thumbnail_completed = {
    .name = "thumbnailCompleted",
    .argument_count = 1,
    .arguments = {QT_TYPE_INT64},
    .argument_names = {"item"},
};
const qt_method vt_signal_thumbnail_failed = {
    .name = "thumbnailFailed",
    .argument_count = 2,
    .arguments = {QT_TYPE_INT64, QT_TYPE_STRING},
    .argument_names = {"item", "reason"},
};

static const qt_method *const methods[] = {&vt_signal_database_completed, &vt_signal_database_failed,
                                           &vt_signal_progress_updated, &vt_signal_thumbnail_completed,
                                           &vt_signal_thumbnail_failed};
enum { METHOD_COUNT = sizeof methods / sizeof *methods };

static const qt_meta meta = {.class_name = "TaskSignals",
                             .methods = methods,
                             .signal_count = METHOD_COUNT,
                             .method_count = METHOD_COUNT};
static qt_subclass signals_class = {
    .base = &qt_class_QObject, .instance_size = sizeof(vt_task_signals), .meta = &meta};

vt_task_signals *vt_task_signals_create(QObjectRef parent)
{
    vt_task_signals *signals = qt_subclass_allocate(&signals_class);
    q_object_init(&signals->object, parent);
    qt_subclass_install(&signals_class, signals);
    return signals;
}

QObject *vt_task_signals_object(vt_task_signals *signals)
{
    return &signals->object;
}

bool vt_task_signals_connect(vt_task_signals *signals, const qt_method *signal, QObjectRef context,
                             void (*callback)(void *user, void **args), void *user)
{
    return qt_connect_method(&signals_class, signals, signal, context.QObject_, callback, user, NULL);
}

static void emit(vt_task_signals *signals, const qt_method *signal, void **args)
{
    qt_emit(&signals_class, signals, signal, args);
}

/* ---- what an import tells ---- */

static void batch_committed(void *user, vt_import *import, const vt_import_batch *batch)
{
    (void)import;
    int64_t imported = batch->imported;
    int64_t updated = batch->updated;
    int64_t missing = batch->missing;
    emit(user, &vt_signal_database_completed, (void *[]){NULL, &imported, &updated, &missing});
}

static void item_failed(void *user, vt_import *import, const vt_failure *failure)
{
    (void)import;
    vt_str shown = VT_STR_INIT;
    vt_str_append_display(&shown, failure->path, failure->path_length);
    QString path = qt_string_from_utf8_bytes(shown.data, shown.length);
    QString reason = qt_string_from_utf8(failure->message);
    emit(user, &vt_signal_database_failed, (void *[]){NULL, &path, &reason});
    qt_string_release(&path);
    qt_string_release(&reason);
    vt_str_free(&shown);
}

static void tell_progress(vt_task_signals *signals, const vt_import_figures *figures, const char *words)
{
    int64_t done =
        figures->imported + figures->updated + figures->moved + figures->unchanged + figures->failed;
    int64_t total = figures->scanned ? figures->found : 0; /* 0: not known yet */
    QString text = qt_string_from_utf8(words);
    emit(signals, &vt_signal_progress_updated, (void *[]){NULL, &done, &total, &text});
    qt_string_release(&text);
}

static void progress(void *user, vt_import *import, const vt_import_figures *figures)
{
    (void)import;
    tell_progress(user, figures, figures->scanned ? "importing" : "searching");
}

static void finished(void *user, vt_import *import, const vt_import_figures *figures, const vt_error *error)
{
    (void)import;
    tell_progress(user, figures, error ? error->message : "finished");
}

vt_import_listener vt_task_signals_listener(vt_task_signals *signals)
{
    return (vt_import_listener){.batch_committed = batch_committed,
                                .item_failed = item_failed,
                                .progress = progress,
                                .finished = finished,
                                .user = signals};
}

void vt_task_signals_tell_thumbnail(vt_task_signals *signals, int64_t item, const vt_error *error)
{
    if (!error) {
        emit(signals, &vt_signal_thumbnail_completed, (void *[]){NULL, &item});
        return;
    }
    QString reason = qt_string_from_utf8(error->message);
    emit(signals, &vt_signal_thumbnail_failed, (void *[]){NULL, &item, &reason});
    qt_string_release(&reason);
}
