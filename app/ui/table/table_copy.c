/* Rows as CSV, to the clipboard or to a file. They are made by a task from the rows as they were when it was
 * asked for; what the clipboard hands out is not copied before somebody pastes it. */
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "app/ui/table/table_private.h"
#include "core/base/path.h"
#include "core/export/csv.h"
#include "core/export/export_copy.h"

#include <qt6c/class.h>
#include <qt6c/list.h>
#include <qt6c/qclipboard.h>
#include <qt6c/qfiledialog.h>
#include <qt6c/qguiapplication.h>
#include <qt6c/qmimedata.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* More than this the clipboard does not take: other programs would hold it several times. */
#define BYTES_MAX ((size_t)64 * 1024 * 1024)

typedef struct vt_table_copy {
    vt_table *table;
    vt_task *task;               /* NULL: the user is asked for a file */
    const vt_view *view;         /* retained */
    const vt_snapshot *snapshot; /* the newest rows of the same index */
    vt_selection selection;      /* what of the view */
    int columns[VT_TABLE_COLUMNS_MAX];
    int column_count;
    char *path;       /* owned; NULL: to the clipboard */
    QByteArray bytes; /* made by the task */
    bool has_bytes;
    size_t length;
    vt_error error;
    atomic_bool cancelled;
} vt_table_copy;

/* ---- what the clipboard holds ---- */

typedef struct csv_mime {
    QMimeData mime; /* first */
    QByteArray bytes;
} csv_mime;

static const char *const formats[] = {"text/csv", "text/plain"};
enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

static bool has_format(const QMimeData *self, const QString *name)
{
    (void)self;
    char *text = qt_string_to_utf8(name);
    bool has = text && (strcmp(text, formats[0]) == 0 || strcmp(text, formats[1]) == 0);
    free(text);
    return has;
}

static QList list_formats(const QMimeData *self)
{
    (void)self;
    return qt_string_list_from(formats, FORMAT_COUNT);
}

static QVariant retrieve_data(const QMimeData *self, const QString *name, QMetaType type)
{
    (void)type;
    csv_mime *of = (csv_mime *)self;
    return has_format(self, name) ? qt_variant_of(QT_TYPE_BYTES, &of->bytes) : qt_variant_null();
}

static void mime_finish(void *self)
{
    qt_bytearray_release(&((csv_mime *)self)->bytes);
}

static const QMimeDataVirtuals mime_virtuals = {
    .has_format = has_format, .formats = list_formats, .retrieve_data = retrieve_data};
static qt_subclass mime_class = {.base = &qt_class_QMimeData,
                                 .virtuals = &mime_virtuals,
                                 .instance_size = sizeof(csv_mime),
                                 .finish = mime_finish};

/* ---- on the worker ---- */

static void write_row(const vt_table_copy *copy, uint32_t position, vt_csv *csv)
{
    vt_table_row row = {.snapshot = copy->snapshot, .row = vt_view_row(copy->view, position)};
    vt_snapshot_item(copy->snapshot, row.row, &row.item);
    for (int i = 0; i < copy->column_count; i++) {
        vt_table_column_at(copy->columns[i])->write(&row, csv);
    }
    vt_csv_end_row(csv);
}

/* `text` is what the sink fills, if it is one in memory. */
static bool write_rows(vt_table_copy *copy, vt_csv *csv, const vt_str *text, vt_error *error)
{
    for (int i = 0; i < copy->column_count; i++) {
        vt_csv_text(csv, vt_table_column_at(copy->columns[i])->word);
    }
    vt_csv_end_row(csv);
    for (size_t i = 0; i < copy->selection.count; i++) {
        const vt_row_interval *rows = &copy->selection.intervals[i];
        for (int64_t row = rows->first; row < rows->last; row++) {
            if (atomic_load(&copy->cancelled)) {
                return vt_error_set(error, VT_ERROR_CANCELLED, "the table was not copied");
            }
            if (text && text->length > BYTES_MAX) {
                return vt_error_set(
                    error, VT_ERROR_LIMIT,
                    "these rows are too large for the clipboard: choose fewer of them, or hide "
                    "columns");
            }
            write_row(copy, (uint32_t)row, csv);
        }
    }
    return vt_csv_end(csv, error);
}

static bool write_to_memory(vt_table_copy *copy, vt_error *error)
{
    vt_csv csv;
    vt_str text = VT_STR_INIT;
    vt_csv_begin(&csv, vt_json_to_str, &text);
    bool good = write_rows(copy, &csv, &text, error);
    copy->length = text.length;
    if (good) {
        copy->bytes = qt_bytearray_from_bytes(text.data, text.length);
        copy->has_bytes = true;
    }
    vt_str_free(&text);
    return good;
}

static bool no_file(const char *path, vt_error *error)
{
    return vt_error_set(error, VT_ERROR_IO, "%s could not be written: %s", path, strerror(errno));
}

/* Under a name of its own until it is whole; then in the place of what the user agreed to replace. */
static bool write_to_file(vt_table_copy *copy, vt_error *error)
{
    vt_str folder = VT_STR_INIT;
    vt_str temporary = VT_STR_INIT;
    size_t name_at = vt_path_split(copy->path, (uint32_t)strlen(copy->path));
    vt_str_append(&folder, copy->path, vt_path_folder_length((uint32_t)name_at));
    int fd = vt_export_begin(folder.data, &temporary, error);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    bool good = false;
    if (file) {
        vt_csv csv;
        vt_csv_begin(&csv, vt_json_to_file, file);
        good = write_rows(copy, &csv, NULL, error);
        copy->length = good ? (size_t)ftell(file) : 0;
        bool closed = fclose(file) == 0;
        good = good && ((closed && rename(temporary.data, copy->path) == 0) || no_file(copy->path, error));
    } else if (fd >= 0) {
        close(fd);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a table as CSV");
    }
    if (!good && fd >= 0) {
        unlink(temporary.data);
    }
    vt_str_free(&folder);
    vt_str_free(&temporary);
    return good;
}

static bool run(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    vt_table_copy *copy = user;
    bool good = copy->path ? write_to_file(copy, error) : write_to_memory(copy, error);
    if (!good) {
        copy->error = *error;
    }
    return good;
}

/* ---- on the window's thread ---- */

static void free_copy(vt_table_copy *copy)
{
    vt_task_unref(copy->task);
    vt_view_release(copy->view);
    vt_snapshot_release(copy->snapshot);
    vt_selection_free(&copy->selection);
    if (copy->has_bytes) {
        qt_bytearray_release(&copy->bytes);
    }
    copy->table->copying = NULL;
    free(copy->path);
    free(copy);
}

static void hand_over(vt_table_copy *copy)
{
    csv_mime *mime = qt_subclass_allocate(&mime_class);
    q_mimedata_init(&mime->mime);
    qt_subclass_install(&mime_class, mime);
    mime->bytes = copy->bytes;
    copy->has_bytes = false;
    q_clipboard_set_mime_data(q_guiapplication_clipboard(), &mime->mime);
}

static void say_copied(const vt_table_copy *copy)
{
    vt_str text = VT_STR_INIT;
    if (copy->path) {
        vt_str words = VT_STR_INIT;
        vt_tr_append_count(&words, "column", "%n row has been written to %1",
                           "%n rows have been written to %1", copy->selection.rows);
        vt_tr_fill(&text, words.data, copy->path);
        vt_str_free(&words);
    } else {
        vt_tr_append_count(&text, "column", "%n row has been copied as CSV",
                           "%n rows have been copied as CSV", copy->selection.rows);
    }
    copy->table->context.say(copy->table->context.user, text.data);
    vt_str_free(&text);
}

static void take(void *user)
{
    vt_table_copy *copy = user;
    const vt_table *table = copy->table;
    vt_log_write(&table->context.log, VT_LOG_INFO, "csv: rows=%lld columns=%d bytes=%zu file=%d failed=%d",
                 (long long)copy->selection.rows, copy->column_count, copy->length, copy->path != NULL,
                 (int)copy->error.code);
    if (copy->error.code != VT_ERROR_NONE) {
        table->context.say(table->context.user, copy->error.message);
    } else {
        if (!copy->path) {
            hand_over(copy);
        }
        say_copied(copy);
    }
    free_copy(copy);
}

static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    (void)error;
    vt_table_copy *copy = user;
    qt_post((QObject *)&copy->table->tall.view, take, copy, NULL);
}

static const vt_task_ops copy_ops = {.name = "rows as CSV", .run = run, .finished = finished};

static void start(vt_table_copy *copy)
{
    vt_table *table = copy->table;
    vt_error error = VT_ERROR_INIT;
    copy->task = vt_task_create(&copy_ops, copy, NULL);
    if (!copy->task) {
        vt_error_set(&error, VT_ERROR_MEMORY, "out of memory for a table as CSV");
    }
    if (!copy->task || !vt_executor_submit(table->context.executor, copy->task, VT_PRIORITY_LOW, &error)) {
        table->context.say(table->context.user, error.message);
        free_copy(copy);
    }
}

static void on_file(void *user, const QString *file)
{
    vt_table *table = user;
    if (table->copying && !table->copying->task) {
        table->copying->path = qt_string_to_utf8(file);
        if (table->copying->path) {
            start(table->copying);
        } else {
            free_copy(table->copying);
        }
    }
}

/* It goes with its dialogue, unless that had an answer. */
static void on_answered(void *user, int result)
{
    vt_table *table = user;
    if (result == 0 && table->copying && !table->copying->task) {
        free_copy(table->copying);
    }
}

static void ask_for_file(vt_table *table)
{
    char words[32];
    vt_str title = VT_STR_INIT;
    vt_tr_append_with(&title, "column", "%1 rows are too many for the clipboard: save them as a file",
                      vt_wording_count(words, sizeof words, table->copying->selection.rows));
    QFileDialog *dialog = q_filedialog_new(&table->tall.view, 0);
    q_widget_set_window_title(dialog, title.data);
    q_widget_set_attribute(dialog, Qt_WA_DeleteOnClose);
    q_filedialog_set_accept_mode(dialog, QFileDialog_AcceptSave);
    q_filedialog_set_default_suffix(dialog, "csv");
    q_filedialog_set_name_filter(dialog, vt_tr("column", "Tables (*.csv)"));
    q_filedialog_select_file(dialog, vt_tr("column", "items.csv"));
    q_filedialog_on_file_selected(dialog, &table->tall.view, on_file, table);
    q_dialog_on_finished(dialog, &table->tall.view, on_answered, table);
    q_dialog_open(dialog);
    vt_str_free(&title);
}

/* Of what is selected, or of all rows; false without memory. */
static bool choose_rows(vt_table_copy *copy)
{
    const vt_selection *selection = vt_library_selection(copy->table->library);
    copy->selection = (vt_selection)VT_SELECTION_INIT;
    return selection->rows > 0
               ? vt_selection_copy(selection, &copy->selection)
               : vt_selection_add(&copy->selection, 0, vt_library_count(copy->table->library));
}

static vt_table_copy *make_copy(vt_table *table)
{
    vt_table_copy *copy = calloc(1, sizeof *copy);
    if (!copy) {
        return NULL;
    }
    copy->table = table;
    table->copying = copy;
    copy->view = vt_view_retain(vt_library_view(table->library));
    copy->snapshot = vt_library_snapshot(table->library);
    const vt_table_layout layout = vt_table_get_layout(table);
    for (int i = 0; i < vt_table_column_count(); i++) {
        if (layout.places[i].is_shown) {
            copy->columns[copy->column_count++] = layout.places[i].column;
        }
    }
    if (!choose_rows(copy)) {
        free_copy(copy);
        return NULL;
    }
    return copy;
}

void vt_table_copy_csv(vt_table *table)
{
    bool is_free = !table->copying && vt_library_count(table->library) > 0;
    const vt_table_copy *copy = is_free ? make_copy(table) : NULL;
    if (copy && copy->selection.rows > VT_TABLE_COPY_MAX) {
        ask_for_file(table);
    } else if (copy) {
        start(table->copying);
    } else {
        table->context.say(table->context.user, is_free ? vt_tr("column", "There is no memory left for that")
                                                : table->copying
                                                    ? vt_tr("column", "Rows are being copied already")
                                                    : vt_tr("column", "There are no rows to be copied"));
    }
}

void vt_table_copy_stop(vt_table *table)
{
    vt_table_copy *copy = table->copying;
    if (!copy) {
        return;
    }
    if (copy->task) {
        atomic_store(&copy->cancelled, true);
        vt_task_wait(copy->task, VT_FOREVER); /* its post goes with the table */
    }
    free_copy(copy);
}
