#include "app/ui/files/export_dialog.h"

#include "app/ui/files/export_kinds.h"
#include "app/ui/files/export_memory.h"
#include "app/ui/files/export_survey.h"
#include "app/ui/parts/translate.h"
#include "core/base/str.h"

#include <qt6c/invoke.h>
#include <qt6c/qcheckbox.h>
#include <qt6c/qcombobox.h>
#include <qt6c/qdialog.h>
#include <qt6c/qfiledialog.h>
#include <qt6c/qformlayout.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qspinbox.h>
#include <qt6c/qtimer.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum {
    WIDTH = 580,
    FIELD_WIDTH = 170,
    LOOK_MS = 250, /* after the last change */
    WHICH_CHOSEN = 0,
    WHICH_ALL = 1
};

struct vt_export_dialog {
    QDialog dialog; /* first */
    vt_export_dialog_context context;
    vt_chosen *chosen, *all; /* owned */
    QFormLayout *form;
    QWidget *rows[VT_EXPORT_FIELD_COUNT], *labels[VT_EXPORT_FIELD_COUNT]; /* by bit */
    QLabel *note, *found;
    QComboBox *which, *kind, *sequences, *paper;
    QLineEdit *folder;
    QSpinBox *side, *quality, *columns;
    QCheckBox *describe, *landscape, *captions[VT_SHEET_LINE_COUNT];
    QPushButton *apply;
    QTimer *pause;
    vt_task *looking;       /* NULL: nobody looks */
    vt_cancel *look_cancel; /* of that look */
    bool look_again, made;
};

/* ---- the wish ---- */

static unsigned read_captions(const vt_export_dialog *dialog)
{
    unsigned lines = 0;
    for (int line = 0; line < VT_SHEET_LINE_COUNT; line++) {
        lines |= q_abstractbutton_is_checked(dialog->captions[line]) ? VT_SHEET_LINE(line) : 0;
    }
    return lines;
}

/* Its folder is free()d by the caller. */
static vt_export_wish read_wish(const vt_export_dialog *dialog)
{
    int kind = q_combobox_current_index(dialog->kind);
    int paper = q_combobox_current_index(dialog->paper);
    return (vt_export_wish){.kind = kind >= 0 ? (vt_export_kind)kind : VT_EXPORT_COPY,
                            .folder = q_lineedit_text(dialog->folder),
                            .side = q_spinbox_value(dialog->side),
                            .quality = q_spinbox_value(dialog->quality),
                            .frames = q_combobox_current_index(dialog->sequences) == 1,
                            .describe = q_abstractbutton_is_checked(dialog->describe),
                            .paper = paper >= 0 ? (vt_sheet_paper)paper : VT_SHEET_A4,
                            .landscape = q_abstractbutton_is_checked(dialog->landscape),
                            .columns = q_spinbox_value(dialog->columns),
                            .captions = read_captions(dialog)};
}

static vt_chosen *wanted_items(const vt_export_dialog *dialog)
{
    bool all = dialog->all && q_combobox_current_index(dialog->which) == WHICH_ALL;
    return all ? dialog->all : dialog->chosen;
}

static void show_wish(vt_export_dialog *dialog, const vt_export_wish *wish)
{
    q_lineedit_set_text(dialog->folder, wish->folder ? wish->folder : "");
    q_combobox_set_current_index(dialog->kind, (int)wish->kind);
    q_spinbox_set_value(dialog->side, wish->side);
    q_spinbox_set_value(dialog->quality, wish->quality);
    q_combobox_set_current_index(dialog->sequences, wish->frames);
    q_abstractbutton_set_checked(dialog->describe, wish->describe);
    q_combobox_set_current_index(dialog->paper, (int)wish->paper);
    q_abstractbutton_set_checked(dialog->landscape, wish->landscape);
    q_spinbox_set_value(dialog->columns, wish->columns);
    for (int line = 0; line < VT_SHEET_LINE_COUNT; line++) {
        q_abstractbutton_set_checked(dialog->captions[line], (wish->captions & VT_SHEET_LINE(line)) != 0);
    }
}

/* ---- a look at what would be written ---- */

typedef struct look {
    vt_export_dialog *dialog;
    vt_export_question *question; /* owned */
} look;

static void free_look(void *user)
{
    look *of = user;
    vt_export_question_free(of->question);
    free(of);
}

static void begin_look(vt_export_dialog *dialog);

/* `user` goes by itself afterwards. */
static void take_look(void *user)
{
    const look *of = user;
    vt_export_dialog *dialog = of->dialog;
    vt_task_unref(dialog->looking);
    dialog->looking = NULL;
    dialog->look_cancel = NULL;
    if (dialog->look_again) {
        begin_look(dialog);
    } else if (dialog->chosen && !q_timer_is_active(dialog->pause)) { /* else it changed meanwhile */
        vt_str text = VT_STR_INIT;
        q_widget_set_enabled(dialog->apply, vt_export_question_tell(of->question, &text));
        q_label_set_text(dialog->found, text.data);
        vt_log_write(&dialog->context.log, VT_LOG_INFO, "export: kind=%d would be: %s",
                     of->question->wish.kind, text.data);
        vt_str_free(&text);
    }
}

static bool run_look(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    (void)error;
    vt_export_question_run(((look *)user)->question);
    return true;
}

static void look_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    (void)error;
    look *of = user;
    qt_post((QObject *)&of->dialog->dialog, take_look, of, free_look);
}

static const vt_task_ops look_ops = {"look at an export", run_look, look_finished, NULL};

static void begin_look(vt_export_dialog *dialog)
{
    const vt_chosen *items = wanted_items(dialog);
    vt_export_wish wish = read_wish(dialog);
    dialog->look_again = false;
    look *of = items && wish.folder ? calloc(1, sizeof *of) : NULL;
    vt_export_question *question = of ? calloc(1, sizeof *question) : NULL;
    if (!question) {
        free(of);
        free(wish.folder);
        return;
    }
    *question = (vt_export_question){.engine = dialog->context.engine,
                                     .chosen = vt_chosen_copy(items),
                                     .wish = wish,
                                     .cancel = vt_cancel_create(NULL)};
    *of = (look){dialog, question};
    bool whole = question->chosen && question->cancel;
    dialog->looking = whole ? vt_task_create(&look_ops, of, NULL) : NULL;
    dialog->look_cancel = question->cancel;
    if (!dialog->looking ||
        !vt_executor_submit(dialog->context.executor, dialog->looking, VT_PRIORITY_HIGH, NULL)) {
        vt_task_unref(dialog->looking);
        dialog->looking = NULL;
        dialog->look_cancel = NULL;
        free_look(of);
    }
}

static void on_pause(void *user)
{
    vt_export_dialog *dialog = user;
    if (dialog->looking) {
        vt_cancel_request(dialog->look_cancel);
        dialog->look_again = true;
    } else if (dialog->chosen) {
        begin_look(dialog);
    }
}

/* ---- fields ---- */

/* Fields as the kind has them; what would be written is looked up once the changes rest. */
static void changed(vt_export_dialog *dialog)
{
    if (!dialog->made) {
        return; /* not all fields are there */
    }
    vt_export_wish wish = read_wish(dialog);
    bool named = wish.folder && wish.folder[0] == '/';
    q_label_set_text(dialog->note, vt_tr("export", vt_export_kind_get(wish.kind)->note));
    for (int i = 0; i < VT_EXPORT_FIELD_COUNT; i++) {
        bool shown = (vt_export_kind_get(wish.kind)->fields & 1u << i) != 0;
        q_widget_set_visible(dialog->rows[i], shown);
        if (dialog->labels[i]) {
            q_widget_set_visible(dialog->labels[i], shown);
        }
    }
    q_widget_set_enabled(dialog->apply, false); /* until it is known what comes of it */
    q_label_set_text(dialog->found, named ? vt_tr("export", "Looking\u2026")
                                          : vt_tr("export", "Choose a folder to export to"));
    if (named) {
        q_timer_start(dialog->pause);
    } else {
        q_timer_stop(dialog->pause);
    }
    free(wish.folder);
}

static void on_number(void *user, int number)
{
    (void)number;
    changed(user);
}

static void on_switch(void *user, bool checked)
{
    (void)checked;
    changed(user);
}

static void on_folder(void *user, const QString *text)
{
    (void)text;
    changed(user);
}

static void on_browse(void *user, bool checked)
{
    (void)checked;
    vt_export_dialog *dialog = user;
    char *now = q_lineedit_text(dialog->folder);
    char *path = q_filedialog_get_existing_directory_full(
        &dialog->dialog, vt_tr("export", "Export to a folder"), now ? now : "", QFileDialog_ShowDirsOnly);
    if (path && *path) {
        q_lineedit_set_text(dialog->folder, path);
    }
    free(path);
    free(now);
}

/* Lets go of the items. */
static void put_away(vt_export_dialog *dialog)
{
    q_timer_stop(dialog->pause);
    if (dialog->looking) {
        vt_cancel_request(dialog->look_cancel);
    }
    dialog->look_again = false;
    vt_chosen_unref(dialog->chosen);
    vt_chosen_unref(dialog->all);
    dialog->chosen = dialog->all = NULL;
}

static void on_apply(void *user, bool checked)
{
    (void)checked;
    vt_export_dialog *dialog = user;
    vt_export_wish wish = read_wish(dialog);
    vt_chosen *items = wanted_items(dialog);
    vt_chosen *chosen = items ? vt_chosen_ref(items) : NULL;
    put_away(dialog);
    q_widget_hide(&dialog->dialog);
    if (wish.folder && chosen) {
        if (dialog->context.use_settings) {
            vt_export_remember(&wish);
        }
        dialog->context.wanted(dialog->context.user, chosen, &wish);
    } else {
        vt_chosen_unref(chosen);
    }
    free(wish.folder);
}

static void on_close(void *user, bool checked)
{
    (void)checked;
    vt_export_dialog *dialog = user;
    put_away(dialog);
    q_widget_hide(&dialog->dialog);
}

void vt_export_dialog_stop(vt_export_dialog *dialog)
{
    put_away(dialog);
    if (dialog->looking) {
        vt_task_wait(dialog->looking, VT_FOREVER);
    }
}

static void fill_which(vt_export_dialog *dialog)
{
    vt_str chosen = VT_STR_INIT;
    vt_str all = VT_STR_INIT;
    vt_tr_append_count(&chosen, "export", "%n chosen item", "%n chosen items",
                       (int64_t)vt_chosen_count(dialog->chosen));
    vt_tr_append_count(&all, "export", "%n item that is shown", "All %n items that are shown",
                       dialog->all ? (int64_t)vt_chosen_count(dialog->all) : 0);
    const char *texts[] = {chosen.data, all.data};
    QList list = qt_string_list_from(texts, dialog->all ? 2 : 1);
    q_combobox_clear(dialog->which);
    q_combobox_add_items(dialog->which, &list);
    qt_string_list_release(&list);
    vt_str_free(&chosen);
    vt_str_free(&all);
}

void vt_export_dialog_show(vt_export_dialog *dialog, vt_chosen *chosen, vt_chosen *all)
{
    put_away(dialog);
    dialog->chosen = chosen;
    dialog->all = all;
    fill_which(dialog);
    changed(dialog);
    q_widget_show(&dialog->dialog);
    q_widget_raise(&dialog->dialog);
    q_widget_activate_window(&dialog->dialog);
    q_widget_set_focus(dialog->folder);
}

/* ---- making it ---- */

static void dialog_finish(void *self)
{
    put_away(self);
}

/* Escape and the window's cross, too. */
static void dialog_reject(QDialog *self)
{
    put_away((vt_export_dialog *)self);
    q_dialog_base_reject(self);
}

static const QDialogVirtuals dialog_virtuals = {.reject = dialog_reject};
static qt_subclass dialog_class = {.base = &qt_class_QDialog,
                                   .virtuals = &dialog_virtuals,
                                   .instance_size = sizeof(vt_export_dialog),
                                   .finish = dialog_finish};

static int place_of(vt_export_field which)
{
    return __builtin_ctz((unsigned)which);
}

/* A row of the form that only some kinds have; `name` is what screen readers say, too. */
static void add_row(vt_export_dialog *dialog, vt_export_field which, const char *name, QWidgetRef widget)
{
    int at = place_of(which);
    QLabel *label = q_label_new(name, &dialog->dialog);
    q_widget_set_accessible_name(widget, name);
    q_formlayout_add_row_widget_widget(dialog->form, label, widget);
    dialog->rows[at] = widget.QWidget_;
    dialog->labels[at] = (QWidget *)label;
}

static QSpinBox *add_number(vt_export_dialog *dialog, vt_export_field which, const char *name, int least,
                            int most)
{
    QSpinBox *box = q_spinbox_new(&dialog->dialog);
    q_spinbox_set_range(box, least, most);
    q_widget_set_fixed_width(box, FIELD_WIDTH);
    add_row(dialog, which, name, box);
    q_spinbox_on_value_changed(box, &dialog->dialog, on_number, dialog);
    return box;
}

static QCheckBox *add_switch(vt_export_dialog *dialog, vt_export_field which, const char *name, bool on)
{
    QCheckBox *box = q_checkbox_new_string_widget(name, &dialog->dialog);
    q_abstractbutton_set_checked(box, on);
    q_formlayout_add_row_string_widget(dialog->form, "", box);
    dialog->rows[place_of(which)] = (QWidget *)box;
    dialog->labels[place_of(which)] = q_formlayout_label_for_field(dialog->form, box);
    q_abstractbutton_on_toggled(box, &dialog->dialog, on_switch, dialog);
    return box;
}

static QComboBox *new_choice(vt_export_dialog *dialog, const char *const *texts, int count)
{
    QComboBox *box = q_combobox_new(&dialog->dialog);
    QList words = qt_string_list_from((const char **)texts, count);
    q_combobox_add_items(box, &words);
    qt_string_list_release(&words);
    q_combobox_on_current_index_changed(box, &dialog->dialog, on_number, dialog);
    return box;
}

static void make_top(vt_export_dialog *dialog)
{
    const char *names[VT_EXPORT_KIND_COUNT];
    for (int i = 0; i < VT_EXPORT_KIND_COUNT; i++) {
        names[i] = vt_tr("export", vt_export_kind_get((vt_export_kind)i)->name);
    }
    dialog->which = new_choice(dialog, NULL, 0);
    q_widget_set_accessible_name(dialog->which, vt_tr("export", "Which items"));
    q_formlayout_add_row_string_widget(dialog->form, vt_tr("export", "Export"), dialog->which);
    dialog->kind = new_choice(dialog, names, VT_EXPORT_KIND_COUNT);
    q_widget_set_accessible_name(dialog->kind, vt_tr("export", "Kind of export"));
    q_formlayout_add_row_string_widget(dialog->form, vt_tr("export", "As"), dialog->kind);
    dialog->note = q_label_new("", &dialog->dialog);
    q_label_set_word_wrap(dialog->note, true);
    q_formlayout_add_row_string_widget(dialog->form, "", dialog->note);
    QHBoxLayout *row = q_hboxlayout_new();
    dialog->folder = q_lineedit_new(&dialog->dialog);
    QPushButton *browse = q_pushbutton_new(vt_tr("export", "Choose\u2026"), &dialog->dialog);
    q_pushbutton_set_auto_default(browse, false);
    q_widget_set_accessible_name(dialog->folder, vt_tr("export", "Export to the folder"));
    q_boxlayout_add_widget_full(row, dialog->folder, 1, 0);
    q_boxlayout_add_widget(row, browse);
    q_formlayout_add_row_string_layout(dialog->form, vt_tr("export", "To the folder"), row);
    q_abstractbutton_on_clicked(browse, &dialog->dialog, on_browse, dialog);
    q_lineedit_on_text_changed(dialog->folder, &dialog->dialog, on_folder, dialog);
}

/* Lines to choose, side by side. */
static void add_captions(vt_export_dialog *dialog)
{
    QWidget *row = q_widget_new(&dialog->dialog);
    QHBoxLayout *layout = q_hboxlayout_new_widget(row);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    for (int line = 0; line < VT_SHEET_LINE_COUNT; line++) {
        const char *title = vt_tr("export", vt_sheet_line_title((vt_sheet_line)line));
        dialog->captions[line] = q_checkbox_new_string_widget(title, row);
        q_boxlayout_add_widget(layout, dialog->captions[line]);
        q_abstractbutton_on_toggled(dialog->captions[line], &dialog->dialog, on_switch, dialog);
    }
    q_boxlayout_add_stretch(layout);
    add_row(dialog, VT_EXPORT_FIELD_CAPTIONS, vt_tr("export", "Below the pictures"), row);
}

static void make_fields(vt_export_dialog *dialog)
{
    const char *sequences[] = {vt_tr("export", "The picture that stands for it"),
                               vt_tr("export", "All frames")};
    const char *papers[VT_SHEET_PAPER_COUNT];
    for (int i = 0; i < VT_SHEET_PAPER_COUNT; i++) {
        papers[i] = vt_sheet_paper_name((vt_sheet_paper)i);
    }
    dialog->side = add_number(dialog, VT_EXPORT_FIELD_SIDE, vt_tr("export", "Longest side, pixels"), 0,
                              VT_EXPORT_SIDE_MAX);
    q_abstractspinbox_set_special_value_text(dialog->side, vt_tr("export", "As it is"));
    dialog->quality = add_number(dialog, VT_EXPORT_FIELD_QUALITY, vt_tr("export", "Quality"), 1, 100);
    dialog->sequences = new_choice(dialog, sequences, 2);
    add_row(dialog, VT_EXPORT_FIELD_SEQUENCES, vt_tr("export", "Of sequences"), dialog->sequences);
    dialog->describe =
        add_switch(dialog, VT_EXPORT_FIELD_DESCRIBE,
                   vt_tr("export", "Date, camera, title, stars and tags go along; never the place"), false);
    dialog->paper = new_choice(dialog, papers, VT_SHEET_PAPER_COUNT);
    q_widget_set_fixed_width(dialog->paper, FIELD_WIDTH);
    add_row(dialog, VT_EXPORT_FIELD_PAPER, vt_tr("export", "Paper"), dialog->paper);
    dialog->landscape = add_switch(dialog, VT_EXPORT_FIELD_LANDSCAPE, vt_tr("export", "Landscape"), false);
    dialog->columns =
        add_number(dialog, VT_EXPORT_FIELD_COLUMNS, vt_tr("export", "Columns"), 1, VT_SHEET_COLUMNS_MAX);
    add_captions(dialog);
}

static void make_foot(vt_export_dialog *dialog, QVBoxLayout *layout)
{
    dialog->found = q_label_new("", &dialog->dialog);
    q_label_set_word_wrap(dialog->found, true);
    q_label_set_text_format(dialog->found, Qt_PlainText);
    q_boxlayout_add_stretch(layout);
    q_boxlayout_add_widget(layout, dialog->found);
    QHBoxLayout *buttons = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, buttons);
    q_boxlayout_add_stretch(buttons);
    dialog->apply = q_pushbutton_new(vt_tr("export", "Export"), &dialog->dialog);
    q_pushbutton_set_default(dialog->apply, true);
    QPushButton *close = q_pushbutton_new(vt_tr("export", "Cancel"), &dialog->dialog);
    q_boxlayout_add_widget(buttons, dialog->apply);
    q_boxlayout_add_widget(buttons, close);
    q_abstractbutton_on_clicked(dialog->apply, &dialog->dialog, on_apply, dialog);
    q_abstractbutton_on_clicked(close, &dialog->dialog, on_close, dialog);
}

vt_export_dialog *vt_export_dialog_create(QWidgetRef parent, const vt_export_dialog_context *context)
{
    vt_export_dialog *dialog = qt_subclass_allocate(&dialog_class);
    q_dialog_init(&dialog->dialog, parent);
    qt_subclass_install(&dialog_class, dialog);
    dialog->context = *context;
    q_widget_set_window_title(&dialog->dialog, vt_tr("export", "Export"));
    q_widget_resize(&dialog->dialog, WIDTH, 0);
    dialog->pause = q_timer_new(&dialog->dialog);
    q_timer_set_single_shot(dialog->pause, true);
    q_timer_set_interval(dialog->pause, LOOK_MS);
    q_timer_on_timeout(dialog->pause, &dialog->dialog, on_pause, dialog);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&dialog->dialog);
    dialog->form = q_formlayout_new(NULL);
    q_boxlayout_add_layout(layout, dialog->form);
    make_top(dialog);
    make_fields(dialog);
    make_foot(dialog, layout);
    vt_export_wish wish;
    vt_export_recall(context->use_settings, &wish);
    show_wish(dialog, &wish);
    free(wish.folder);
    dialog->made = true;
    return dialog;
}
