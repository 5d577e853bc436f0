#include "app/ui/settings/root_dialog.h"

#include "app/ui/parts/empty_page.h"
#include "app/ui/parts/list_table.h"
#include "app/ui/parts/reading.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"
#include "app/ui/settings/root_model.h"
#include "app/ui/settings/root_question.h"
#include "core/import/root_edit.h"

#include <qt6c/qcheckbox.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qlabel.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qstackedwidget.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 900, HEIGHT = 420 };

struct vt_root_dialog {
    QDialog dialog; /* first */
    vt_engine *engine;
    vt_root_dialog_ops ops;
    void *user;
    vt_log log;
    vt_root_model *model;
    QStackedWidget *pages;
    vt_empty_page *empty;
    QTableView *table;
    QCheckBox *watch, *scan;
    QPushButton *remove;
    QLabel *message;
    vt_reading *lines;    /* owned, as the next; NULL without memory */
    vt_reading *question; /* what stands behind the folder that is to be removed */
    bool showing;         /* the boxes are being set, not clicked */
    char *chosen;         /* owned; the path that is chosen, NULL: none */
};

/* ---- what is shown ---- */

static void say(vt_root_dialog *dialog, const char *text)
{
    vt_str line = VT_STR_INIT;
    vt_str_append_display(&line, text, strlen(text));
    q_label_set_text(dialog->message, line.data);
    vt_log_write(&dialog->log, VT_LOG_INFO, "folders: %s", line.data);
    vt_str_free(&line);
}

/* The line that is chosen, NULL if none is. */
static const vt_root_line *chosen_line(const vt_root_dialog *dialog)
{
    const vt_root_list *list = vt_root_model_list(dialog->model);
    int row = list ? vt_root_list_find(list, dialog->chosen) : -1;
    return row < 0 ? NULL : &list->lines[row];
}

static void show_chosen(vt_root_dialog *dialog)
{
    const vt_root_line *line = chosen_line(dialog);
    bool writes = line && !vt_engine_is_read_only(dialog->engine);
    dialog->showing = true;
    q_abstractbutton_set_checked(dialog->watch, line && line->watch);
    q_abstractbutton_set_checked(dialog->scan, line && line->scan_at_start);
    dialog->showing = false;
    q_widget_set_enabled(dialog->watch, writes);
    q_widget_set_enabled(dialog->scan, writes);
    q_widget_set_enabled(dialog->remove, writes);
}

static void on_selection(void *user, const QItemSelection *selected, const QItemSelection *deselected)
{
    (void)selected;
    (void)deselected;
    vt_root_dialog *dialog = user;
    const vt_root_list *list = vt_root_model_list(dialog->model);
    QList rows = q_itemselectionmodel_selected_rows(q_abstractitemview_selection_model(dialog->table));
    if (list && rows.size > 0) { /* without any it is being read anew: what was chosen stays so */
        char *path = strdup(list->lines[((const QModelIndex *)rows.ptr)[0].r].path);
        free(dialog->chosen);
        dialog->chosen = path;
    }
    qt_list_release(&rows, sizeof(QModelIndex));
    show_chosen(dialog);
}

static void show_list(vt_root_dialog *dialog, vt_root_list *list)
{
    vt_root_model_set(dialog->model, list);
    q_stackedwidget_set_current_widget(dialog->pages, list->count ? (QWidget *)dialog->table
                                                                  : vt_empty_page_widget(dialog->empty));
    int row = vt_root_list_find(list, dialog->chosen);
    if (list->count > 0) {
        q_tableview_select_row(dialog->table, row < 0 ? 0 : row);
    }
    show_chosen(dialog);
    size_t watched = 0;
    size_t scanned = 0;
    for (size_t i = 0; i < list->count; i++) {
        watched += list->lines[i].watch;
        scanned += list->lines[i].scan_at_start;
    }
    vt_log_write(&dialog->log, VT_LOG_INFO, "folders: shown=%zu watched=%zu scanned=%zu", list->count,
                 watched, scanned);
}

/* ---- reading, on a worker ---- */

typedef struct lines_work {
    vt_catalog *catalog;
    vt_root_list *list; /* the result */
} lines_work;

static void *prepare_lines(void *user)
{
    const vt_root_dialog *dialog = user;
    lines_work *work = q_widget_is_hidden(&dialog->dialog) ? NULL : calloc(1, sizeof *work);
    if (work) {
        work->catalog = vt_engine_catalog(dialog->engine);
    }
    return work;
}

static bool read_lines(void *user, vt_error *error)
{
    lines_work *work = user;
    work->list = vt_root_list_read(work->catalog, error);
    return work->list != NULL;
}

static void take_lines(void *user, void *taken, const vt_error *error)
{
    lines_work *work = taken;
    vt_root_list *list = work->list;
    work->list = NULL;
    if (list) {
        show_list(user, list);
    } else {
        say(user, error->message);
    }
}

static void release_lines(void *user)
{
    lines_work *work = user;
    vt_root_list_free(work->list);
    free(work);
}

static const vt_reading_ops lines_ops = {.name = "folders",
                                         .priority = VT_PRIORITY_CRITICAL,
                                         .prepare = prepare_lines,
                                         .read = read_lines,
                                         .take = take_lines,
                                         .release = release_lines};

/* ---- what a question needs, on a worker ---- */

typedef struct question_work {
    vt_catalog *catalog;
    char *path; /* owned */
    vt_root_counts counts;
} question_work;

static void *prepare_question(void *user)
{
    const vt_root_dialog *dialog = user;
    const vt_root_line *line = chosen_line(dialog);
    char *path = line ? strdup(line->path) : NULL;
    question_work *work = path ? calloc(1, sizeof *work) : NULL;
    if (!work) {
        free(path);
        return NULL;
    }
    *work = (question_work){.catalog = vt_engine_catalog(dialog->engine), .path = path};
    return work;
}

static bool read_question(void *user, vt_error *error)
{
    question_work *work = user;
    vt_catalog_reader *reader = vt_catalog_reader_open(work->catalog, error);
    bool done = reader && vt_roots_count(reader, work->path, true, &work->counts, error);
    vt_catalog_reader_free(reader);
    return done;
}

static void on_answer(void *user, const char *path, bool items);

static void take_question(void *user, void *taken, const vt_error *error)
{
    vt_root_dialog *dialog = user;
    const question_work *work = taken;
    if (error->code != VT_ERROR_NONE) {
        say(dialog, error->message);
        return;
    }
    vt_root_question_show((QWidget *)&dialog->dialog, work->path, &work->counts, on_answer, dialog);
    vt_log_write(&dialog->log, VT_LOG_INFO, "folders: asked own=%lld marked=%lld",
                 (long long)work->counts.own, (long long)work->counts.marked);
}

static void release_question(void *user)
{
    question_work *work = user;
    free(work->path);
    free(work);
}

static const vt_reading_ops question_ops = {.name = "folders",
                                            .priority = VT_PRIORITY_CRITICAL,
                                            .prepare = prepare_question,
                                            .read = read_question,
                                            .take = take_question,
                                            .release = release_question};

/* ---- what the user does ---- */

static void edited(void *user, const vt_root_edit *edit, int64_t removed, const vt_error *error)
{
    vt_root_dialog *dialog = user;
    if (error) {
        say(dialog, error->message);
    } else if (edit->action == VT_ROOT_REMOVE) {
        vt_str text = VT_STR_INIT;
        vt_tr_append_count(&text, "roots", "Removed, with %n item", "Removed, with %n items", removed);
        say(dialog, text.failed ? "" : text.data);
        vt_str_free(&text);
    } else {
        say(dialog, edit->action == VT_ROOT_FORGET ? vt_tr("roots", "Removed; its items stay")
                                                   : vt_tr("roots", "Changed"));
    }
    dialog->ops.changed(dialog->user);
    vt_root_dialog_refresh(dialog);
}

static void ask_engine(vt_root_dialog *dialog, const vt_root_edit *edit)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_engine_edit_root(dialog->engine, edit, edited, dialog, &error)) {
        say(dialog, error.message);
    }
}

static void on_answer(void *user, const char *path, bool items)
{
    ask_engine(user, &(vt_root_edit){.action = items ? VT_ROOT_REMOVE : VT_ROOT_FORGET, .path = path});
}

static void choose(vt_root_dialog *dialog, int watch, int scan)
{
    const vt_root_line *line = chosen_line(dialog);
    if (line && !dialog->showing) {
        ask_engine(dialog, &(vt_root_edit){VT_ROOT_CHOOSE, line->path, watch, scan});
    }
}

static void on_watch(void *user, bool checked)
{
    choose(user, checked, -1);
}

static void on_scan(void *user, bool checked)
{
    choose(user, -1, checked);
}

static void on_remove(void *user, bool checked)
{
    (void)checked;
    vt_root_dialog *dialog = user;
    if (!vt_reading_is_busy(dialog->question)) { /* a second click asks nothing else */
        vt_reading_begin(dialog->question);
    }
}

static void add_folder(void *user)
{
    vt_root_dialog *dialog = user;
    dialog->ops.add(dialog->user);
}

static void on_add(void *user, bool checked)
{
    (void)checked;
    add_folder(user);
}

static void on_relink(void *user, bool checked)
{
    (void)checked;
    vt_root_dialog *dialog = user;
    dialog->ops.relink(dialog->user);
}

static void on_close(void *user, bool checked)
{
    (void)checked;
    q_widget_hide(&((vt_root_dialog *)user)->dialog);
}

/* ---- making it ---- */

static void make_table(vt_root_dialog *dialog)
{
    dialog->model = vt_root_model_create(&dialog->dialog);
    dialog->table = vt_list_table_new(dialog->pages, vt_root_model_of_qt(dialog->model));
    q_widget_set_accessible_name(dialog->table, vt_tr("roots", "Imported folders"));
    q_abstractitemview_set_selection_mode(dialog->table, QAbstractItemView_SingleSelection);
    QHeaderView *header = q_tableview_horizontal_header(dialog->table);
    q_headerview_set_section_resize_mode(header, VT_ROOT_COLUMN_PATH, QHeaderView_Stretch);
    for (int column = VT_ROOT_COLUMN_ITEMS; column < VT_ROOT_COLUMNS; column++) {
        q_headerview_set_section_resize_mode(header, column, QHeaderView_ResizeToContents);
    }
    q_itemselectionmodel_on_selection_changed(q_abstractitemview_selection_model(dialog->table),
                                              &dialog->dialog, on_selection, dialog);
}

static void make_pages(vt_root_dialog *dialog, QVBoxLayout *layout)
{
    dialog->pages = q_stackedwidget_new(&dialog->dialog);
    make_table(dialog);
    dialog->empty = vt_empty_page_create(dialog->pages, add_folder, dialog);
    vt_empty_page_set(dialog->empty, VT_ICON_ADD_FOLDER, vt_tr("roots", "No folder is imported"),
                      vt_tr("roots", "Folders with pictures or 3D models are imported where they are. They "
                                     "stand here then, with what is done about changes."),
                      vt_engine_is_read_only(dialog->engine) ? "" : vt_tr("roots", "Add a folder\u2026"));
    q_stackedwidget_add_widget(dialog->pages, dialog->table);
    q_stackedwidget_add_widget(dialog->pages, vt_empty_page_widget(dialog->empty));
    q_boxlayout_add_widget_full(layout, dialog->pages, 1, 0);
}

static QCheckBox *add_box(vt_root_dialog *dialog, QVBoxLayout *layout, const char *text,
                          void (*clicked)(void *, bool))
{
    QCheckBox *box = q_checkbox_new_string_widget(text, &dialog->dialog);
    q_widget_set_enabled(box, false);
    q_boxlayout_add_widget_full(layout, box, 0, Qt_AlignLeft); /* no wider than what a click reaches */
    q_abstractbutton_on_toggled(box, &dialog->dialog, clicked, dialog);
    return box;
}

static QPushButton *add_button(vt_root_dialog *dialog, QHBoxLayout *line, const char *text,
                               void (*clicked)(void *, bool))
{
    QPushButton *button = q_pushbutton_new(text, &dialog->dialog);
    q_pushbutton_set_auto_default(button, false);
    q_boxlayout_add_widget(line, button);
    q_abstractbutton_on_clicked(button, &dialog->dialog, clicked, dialog);
    return button;
}

static void add_buttons(vt_root_dialog *dialog, QVBoxLayout *layout)
{
    bool writes = !vt_engine_is_read_only(dialog->engine);
    QHBoxLayout *line = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, line);
    q_widget_set_enabled(add_button(dialog, line, vt_tr("roots", "Add a folder\u2026"), on_add), writes);
    q_widget_set_enabled(add_button(dialog, line, vt_tr("roots", "Find missing files\u2026"), on_relink),
                         writes);
    dialog->remove = add_button(dialog, line, vt_tr("roots", "Remove\u2026"), on_remove);
    dialog->message = q_label_new_empty(&dialog->dialog);
    q_label_set_text_format(dialog->message, Qt_PlainText);
    q_label_set_word_wrap(dialog->message, true);
    q_boxlayout_add_widget_full(line, dialog->message, 1, 0);
    add_button(dialog, line, vt_tr("roots", "Close"), on_close);
}

static void dialog_finish(void *self)
{
    vt_root_dialog *dialog = self;
    vt_reading_free(dialog->lines);
    vt_reading_free(dialog->question);
    free(dialog->chosen);
}

static qt_subclass dialog_class = {
    .base = &qt_class_QDialog, .instance_size = sizeof(vt_root_dialog), .finish = dialog_finish};

vt_root_dialog *vt_root_dialog_create(QWidgetRef parent, vt_engine *engine, vt_executor *executor,
                                      const vt_root_dialog_ops *ops, void *user, vt_log log)
{
    vt_root_dialog *dialog = qt_subclass_allocate(&dialog_class);
    q_dialog_init(&dialog->dialog, parent);
    qt_subclass_install(&dialog_class, dialog);
    dialog->engine = engine;
    dialog->lines = vt_reading_create((QObject *)&dialog->dialog, executor, &lines_ops, dialog);
    dialog->question = vt_reading_create((QObject *)&dialog->dialog, executor, &question_ops, dialog);
    dialog->ops = *ops;
    dialog->user = user;
    dialog->log = log;
    q_widget_set_window_title(&dialog->dialog, vt_tr("roots", "Imported folders"));
    QVBoxLayout *layout = q_vboxlayout_new_widget(&dialog->dialog);
    make_pages(dialog, layout);
    dialog->watch = add_box(dialog, layout,
                            vt_tr("roots", "Take up changes in this folder while Vitrine runs"), on_watch);
    dialog->scan =
        add_box(dialog, layout, vt_tr("roots", "Look through this folder when Vitrine starts"), on_scan);
    add_buttons(dialog, layout);
    show_chosen(dialog);
    vt_resize_within_screen((QWidget *)&dialog->dialog, WIDTH, HEIGHT);
    return dialog;
}

void vt_root_dialog_show(vt_root_dialog *dialog)
{
    if (q_widget_is_hidden(&dialog->dialog)) {
        q_label_set_text(dialog->message, "");
    }
    q_widget_show(&dialog->dialog);
    q_widget_raise(&dialog->dialog);
    q_widget_activate_window(&dialog->dialog);
    vt_root_dialog_refresh(dialog);
}

void vt_root_dialog_refresh(vt_root_dialog *dialog)
{
    vt_reading_begin(dialog->lines);
}

void vt_root_dialog_stop(vt_root_dialog *dialog)
{
    vt_reading_stop(dialog->lines);
    vt_reading_stop(dialog->question);
}
