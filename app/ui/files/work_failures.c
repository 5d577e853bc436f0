#include "app/ui/files/work_failures.h"

#include "app/ui/parts/sizing.h"
#include "app/ui/parts/text_list.h"
#include "app/ui/parts/translate.h"
#include "core/base/str.h"

#include <qt6c/qdialog.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qlabel.h>
#include <qt6c/qvboxlayout.h>
#include <qt6c/runtime.h>

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 900, HEIGHT = 400 };

typedef struct line {
    char *path, *reason; /* owned */
} line;

typedef struct failure_dialog {
    QDialog dialog; /* first */
    line *lines;    /* owned */
    size_t count;
} failure_dialog;

static const char *title(int column)
{
    return column == 0 ? vt_tr("activity", "File") : vt_tr("activity", "Reason");
}

static size_t count_rows(const void *user)
{
    return ((const failure_dialog *)user)->count;
}

static void say_cell(const void *user, size_t row, int column, vt_str *text)
{
    const line *at = &((const failure_dialog *)user)->lines[row];
    vt_str_append_cstr(text, column == 0 ? at->path : at->reason);
}

static const vt_text_list_ops list_ops = {.columns = 2, .title = title, .count = count_rows, .say = say_cell};

static void dialog_finish(void *self)
{
    failure_dialog *all = self;
    for (size_t i = 0; i < all->count; i++) {
        free(all->lines[i].path);
        free(all->lines[i].reason);
    }
    free(all->lines);
    all->count = 0; /* the table goes after them */
}

static qt_subclass dialog_class = {
    .base = &qt_class_QDialog, .instance_size = sizeof(failure_dialog), .finish = dialog_finish};

static char *shown(const char *bytes)
{
    vt_str text = VT_STR_INIT;
    vt_str_append_display(&text, bytes, strlen(bytes));
    return vt_str_take(&text);
}

static void keep_lines(failure_dialog *dialog, size_t count, vt_failure_at get, const void *user)
{
    dialog->lines = calloc(count ? count : 1, sizeof *dialog->lines);
    for (size_t i = 0; dialog->lines && i < count; i++) {
        vt_file_failure failure = get(user, i);
        line at = {shown(failure.path), shown(failure.error->message)};
        if (!at.path || !at.reason) {
            free(at.path);
            free(at.reason);
            break;
        }
        dialog->lines[dialog->count++] = at;
    }
}

void vt_work_failures_show(QWidgetRef parent, int64_t failed, size_t count, vt_failure_at at,
                           const void *user)
{
    vt_str text = VT_STR_INIT;
    failure_dialog *made = qt_subclass_allocate(&dialog_class);
    QDialog *dialog = &made->dialog;
    q_dialog_init(dialog, parent);
    qt_subclass_install(&dialog_class, made);
    keep_lines(made, count, at, user);
    q_widget_set_attribute(dialog, Qt_WA_DeleteOnClose);
    q_widget_set_window_title(dialog, vt_tr("files", "What failed"));
    vt_resize_within_screen((QWidget *)dialog, WIDTH, HEIGHT);
    QVBoxLayout *layout = q_vboxlayout_new_widget(dialog);
    vt_tr_append_count(&text, "files", "%n file failed.", "%n files failed.", failed);
    q_boxlayout_add_widget(layout, q_label_new(text.data, dialog));
    vt_str_free(&text);
    QTableView *table =
        vt_text_list_table(vt_text_list_create(dialog, vt_tr("files", "What failed"), &list_ops, made));
    QHeaderView *header = q_tableview_horizontal_header(table);
    q_headerview_set_section_resize_mode(header, 0, QHeaderView_Stretch);
    q_headerview_set_section_resize_mode(header, 1, QHeaderView_Stretch);
    q_boxlayout_add_widget_full(layout, table, 1, 0);
    q_widget_show(dialog);
}
