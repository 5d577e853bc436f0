#include "app/ui/activity/failures.h"

#include "app/ui/activity/failure_list.h"
#include "app/ui/activity/list_reading.h"
#include "app/ui/parts/text_list.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/catalog/reader.h"

#include <qt6c/qclipboard.h>
#include <qt6c/qguiapplication.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { COLUMN_FILE = 0, COLUMN_REASON = 1, COLUMN_COUNT = 2, FILTER_WIDTH = 220 };

struct vt_failures {
    QWidget widget; /* first */
    vt_library *library;
    const vt_failures_ops *ops;
    void *user;
    vt_log log;
    vt_list_reading *reading; /* owned; NULL without memory */
    vt_text_list *rows;
    QLineEdit *filter;
    QLabel *summary;
    QPushButton *again, *again_chosen, *show, *copy;
    vt_failure_list *list; /* owned */
};

/* ---- the list ---- */

static const char *title(int column)
{
    return column == COLUMN_FILE ? vt_tr("activity", "File") : vt_tr("activity", "Reason");
}

static size_t count_rows(const void *user)
{
    return ((const vt_failures *)user)->list->shown_count;
}

static void say_cell(const void *user, size_t row, int column, vt_str *text)
{
    const vt_failed_file *file = vt_failure_list_at(((const vt_failures *)user)->list, row);
    const char *source = column == COLUMN_FILE ? file->path : file->reason;
    vt_str_append_display(text, source, strlen(source));
}

/* ---- what is shown ---- */

static void show_summary(vt_failures *failures, const vt_error *error)
{
    vt_str text = VT_STR_INIT;
    const vt_failure_list *list = failures->list;
    size_t count = list->count;
    if (error && error->code) {
        vt_tr_append_with(&text, "activity", "The list cannot be read: %1", error->message);
    } else if (count == 0) {
        vt_str_append_cstr(&text, vt_tr("activity", "Every file could be taken in."));
    } else {
        vt_tr_append_count(
            &text, "activity", "%n file could not be taken in. It is tried again when it changes.",
            "%n files could not be taken in. They are tried again when they change.", (int64_t)count);
    }
    if (list->shown_count < count) {
        vt_tr_append_count(&text, "activity", " %n of them matches the filter.",
                           " %n of them match the filter.", (int64_t)list->shown_count);
    }
    q_label_set_text(failures->summary, text.data);
    vt_log_write(&failures->log, VT_LOG_INFO, "failures: %s", text.data);
    vt_str_free(&text);
}

static void update_buttons(vt_failures *failures)
{
    bool writes = !vt_engine_is_read_only(vt_library_engine(failures->library));
    bool any = failures->list->shown_count > 0;
    bool chosen = vt_text_list_has_chosen(failures->rows);
    q_widget_set_enabled(failures->again, any && writes);
    q_widget_set_enabled(failures->again_chosen, chosen && writes);
    q_widget_set_enabled(failures->show, chosen);
    q_widget_set_enabled(failures->copy, any);
}

/* Another list, or another part of it. */
static void begin_change(vt_failures *failures)
{
    vt_text_list_begin_change(failures->rows);
}

static void end_change(vt_failures *failures)
{
    char *text = q_lineedit_text(failures->filter);
    vt_failure_list_filter(failures->list, text ? text : "");
    free(text);
    vt_text_list_end_change(failures->rows);
    update_buttons(failures);
}

/* ---- reading ---- */

static void *create_list(void)
{
    return calloc(1, sizeof(vt_failure_list));
}

static void free_list(void *list)
{
    if (list) {
        vt_failure_list_clear(list);
        free(list);
    }
}

static bool add_failure(void *user, const vt_failure *failure)
{
    return vt_failure_list_add(user, failure);
}

static bool read_list(vt_catalog_reader *reader, void *list, vt_error *error)
{
    return vt_catalog_reader_each_failure(reader, VT_FAILURE_LIST_MAX, add_failure, list, error);
}

static void take_list(void *user, void *list, const vt_error *error)
{
    vt_failures *failures = user;
    begin_change(failures);
    free_list(failures->list);
    failures->list = list;
    end_change(failures);
    show_summary(failures, error);
    for (size_t i = 0; i < failures->list->count; i++) {
        vt_log_write(&failures->log, VT_LOG_DEBUG, "failure: %s: %s", failures->list->files[i].path,
                     failures->list->files[i].reason);
    }
}

static const vt_list_reading_ops reading_ops = {
    .create = create_list, .free = free_list, .read = read_list, .take = take_list};

void vt_failures_show(vt_failures *failures)
{
    vt_list_reading_begin(failures->reading);
}

void vt_failures_stop(vt_failures *failures)
{
    vt_list_reading_stop(failures->reading);
}

/* ---- what the user does ---- */

static void on_filter(void *user, const QString *text)
{
    (void)text;
    vt_failures *failures = user;
    begin_change(failures);
    end_change(failures);
    show_summary(failures, NULL);
}

static void on_again(void *user, bool checked)
{
    (void)checked;
    vt_failures *failures = user;
    size_t count = failures->list->shown_count;
    const char **paths = calloc(count + 1, sizeof *paths);
    for (size_t i = 0; paths && i < count; i++) {
        paths[i] = vt_failure_list_at(failures->list, i)->path;
    }
    if (paths && count) {
        failures->ops->retry(failures->user, paths, count);
    }
    free(paths);
}

/* Calls `visit` with each row that is chosen. */
static void each_chosen(vt_failures *failures, void (*visit)(void *user, const vt_failed_file *file),
                        void *user)
{
    size_t count;
    size_t *rows = vt_text_list_chosen(failures->rows, &count);
    for (size_t i = 0; i < count; i++) {
        visit(user, vt_failure_list_at(failures->list, rows[i]));
    }
    free(rows);
}

typedef struct chosen {
    const char **paths;
    size_t count;
} chosen;

static void add_chosen(void *user, const vt_failed_file *file)
{
    chosen *all = user;
    if (all->paths) {
        all->paths[all->count++] = file->path;
    }
}

static chosen paths_chosen(vt_failures *failures)
{
    chosen all = {.paths = calloc(failures->list->shown_count + 1, sizeof *all.paths)};
    each_chosen(failures, add_chosen, &all);
    return all;
}

static void on_again_chosen(void *user, bool checked)
{
    (void)checked;
    vt_failures *failures = user;
    chosen all = paths_chosen(failures);
    if (all.count) {
        failures->ops->retry(failures->user, all.paths, all.count);
    }
    free(all.paths);
}

static void on_show(void *user, bool checked)
{
    (void)checked;
    vt_failures *failures = user;
    chosen all = paths_chosen(failures);
    if (all.count) {
        failures->ops->show_in_file_manager(failures->user, all.paths[0]);
    }
    free(all.paths);
}

static void add_line(void *user, const vt_failed_file *file)
{
    vt_str *text = user;
    vt_str_append_display(text, file->path, strlen(file->path));
    vt_str_append_char(text, '\t');
    vt_str_append_display(text, file->reason, strlen(file->reason));
    vt_str_append_char(text, '\n');
}

/* The chosen ones, or all that are shown: a line each, the path, a tab and the reason. */
static void on_copy(void *user, bool checked)
{
    (void)checked;
    vt_failures *failures = user;
    vt_str text = VT_STR_INIT;
    each_chosen(failures, add_line, &text);
    for (size_t i = 0; text.length == 0 && i < failures->list->shown_count; i++) {
        for (; i < failures->list->shown_count; i++) {
            add_line(&text, vt_failure_list_at(failures->list, i));
        }
    }
    if (text.length && !text.failed) {
        q_clipboard_set_text(q_guiapplication_clipboard(), text.data);
        failures->ops->say(failures->user, vt_tr("activity", "The list has been copied"));
    }
    vt_str_free(&text);
}

static void choice_changed(void *user)
{
    update_buttons(user);
}

/* ---- making it ---- */

static void failures_finish(void *self)
{
    vt_failures *failures = self;
    vt_list_reading_free(failures->reading);
    free_list(failures->list);
}

static qt_subclass failures_class = {
    .base = &qt_class_QWidget, .instance_size = sizeof(vt_failures), .finish = failures_finish};

static const vt_text_list_ops list_ops = {.columns = COLUMN_COUNT,
                                          .title = title,
                                          .count = count_rows,
                                          .say = say_cell,
                                          .choice_changed = choice_changed};

static void make_table(vt_failures *failures)
{
    failures->rows = vt_text_list_create(
        &failures->widget, vt_tr("activity", "Files that could not be imported"), &list_ops, failures);
    QHeaderView *header = q_tableview_horizontal_header(vt_text_list_table(failures->rows));
    q_headerview_set_section_resize_mode(header, COLUMN_FILE, QHeaderView_Stretch);
    q_headerview_set_section_resize_mode(header, COLUMN_REASON, QHeaderView_Stretch);
}

static QPushButton *add_button(vt_failures *failures, QHBoxLayout *line, const char *text,
                               void (*callback)(void *, bool))
{
    QPushButton *button = q_pushbutton_new(text, &failures->widget);
    q_widget_set_enabled(button, false);
    q_boxlayout_add_widget(line, button);
    q_abstractbutton_on_clicked(button, &failures->widget, callback, failures);
    return button;
}

vt_failures *vt_failures_create(QWidgetRef parent, vt_library *library, vt_executor *executor,
                                const vt_failures_ops *ops, void *user, vt_log log)
{
    vt_failures *failures = qt_subclass_allocate(&failures_class);
    q_widget_init(&failures->widget, parent);
    qt_subclass_install(&failures_class, failures);
    failures->library = library;
    failures->ops = ops;
    failures->user = user;
    failures->log = log;
    failures->list = calloc(1, sizeof *failures->list);
    failures->reading =
        vt_list_reading_create((QObject *)&failures->widget, vt_engine_catalog(vt_library_engine(library)),
                               executor, &reading_ops, failures);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&failures->widget);
    q_layout_set_contents_margins(layout, 12, 6, 12, 6);
    failures->summary = q_label_new(vt_tr("activity", "Reading\u2026"), &failures->widget);
    q_label_set_text_format(failures->summary, Qt_PlainText);
    make_table(failures);
    QHBoxLayout *line = q_hboxlayout_new();
    failures->filter = q_lineedit_new(&failures->widget);
    q_lineedit_set_placeholder_text(failures->filter, vt_tr("activity", "Filter: words of path or reason"));
    q_widget_set_accessible_name(failures->filter, vt_tr("activity", "Filter failures"));
    q_lineedit_set_clear_button_enabled(failures->filter, true);
    q_widget_set_minimum_width(failures->filter, FILTER_WIDTH);
    q_boxlayout_add_widget(line, failures->summary);
    q_boxlayout_add_stretch(line);
    q_boxlayout_add_widget(line, failures->filter);
    q_boxlayout_add_layout(layout, line);
    q_boxlayout_add_widget_full(layout, vt_text_list_table(failures->rows), 1, 0);
    QHBoxLayout *buttons = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, buttons);
    failures->again = add_button(failures, buttons, vt_tr("activity", "Try again"), on_again);
    failures->again_chosen =
        add_button(failures, buttons, vt_tr("activity", "Try selected again"), on_again_chosen);
    q_boxlayout_add_stretch(buttons);
    failures->show = add_button(failures, buttons, vt_tr("activity", "Show in file manager"), on_show);
    failures->copy = add_button(failures, buttons, vt_tr("activity", "Copy list"), on_copy);
    q_lineedit_on_text_changed(failures->filter, &failures->widget, on_filter, failures);
    return failures;
}

QWidget *vt_failures_widget(vt_failures *failures)
{
    return &failures->widget;
}
