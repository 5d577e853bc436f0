#include "app/ui/files/program_dialog.h"

#include "app/ui/palette/fuzzy.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"
#include "core/base/str.h"

#include <qt6c/qdialog.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qlistwidget.h>
#include <qt6c/qlistwidgetitem.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qvariant.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 460, HEIGHT = 480, ICON_SIDE = 24, GROUP_COUNT = 3 };

typedef struct program_dialog program_dialog;

typedef struct search_box {
    QLineEdit edit; /* first */
    program_dialog *dialog;
} search_box;

struct program_dialog {
    QDialog dialog;            /* first */
    vt_program_search *search; /* owned */
    vt_program_wanted wanted;
    void *user;
    search_box *box;
    QListWidget *list;
    QPushButton *open;
    const vt_program **shown; /* owned; by row; NULL where a heading stands */
    int count;
};

static const vt_program_group *group_at(const vt_program_search *search, int at)
{
    const vt_program_group *const groups[GROUP_COUNT] = {&search->fitting, &search->used, &search->others};
    return groups[at];
}

static const char *heading_of(int group)
{
    static const char *const headings[GROUP_COUNT] = {VT_TR_NOOP("programs", "For these files"),
                                                      VT_TR_NOOP("programs", "Used lately"),
                                                      VT_TR_NOOP("programs", "All programs")};
    return vt_tr("programs", headings[group]);
}

/* ---- the list ---- */

static void add_heading(program_dialog *dialog, const char *text)
{
    QListWidgetItem *item = q_listwidgetitem_new_string_listwidget_int(text);
    q_listwidgetitem_set_flags(item, Qt_ItemIsEnabled); /* readable, and never chosen */
    q_listwidget_insert_item(dialog->list, dialog->count, item);
    dialog->shown[dialog->count++] = NULL;
}

static void add_program(program_dialog *dialog, const vt_program_group *group, size_t at)
{
    QIcon icon = vt_program_icon(group, at);
    QListWidgetItem *item =
        q_listwidgetitem_new_icon_string_listwidget_int(&icon, group->programs.list[at].name);
    QVariant tip = qt_variant_string(group->programs.list[at].command);
    q_listwidgetitem_set_data(item, Qt_ToolTipRole, &tip);
    q_variant_fini(&tip);
    q_icon_fini(&icon);
    q_listwidget_insert_item(dialog->list, dialog->count, item);
    dialog->shown[dialog->count++] = &group->programs.list[at];
}

/* Each program stands in the first of the groups that has it. */
static bool is_before(const vt_program_search *search, int group, const char *id)
{
    for (int i = 0; i < group; i++) {
        if (vt_programs_find(&group_at(search, i)->programs, id)) {
            return true;
        }
    }
    return false;
}

static void add_group(program_dialog *dialog, int group, const char *typed)
{
    const vt_program_group *of = group_at(dialog->search, group);
    bool headed = false;
    for (size_t i = 0; i < of->programs.count; i++) {
        const vt_program *program = &of->programs.list[i];
        if (vt_fuzzy_score(typed, program->name) < 0 || is_before(dialog->search, group, program->id)) {
            continue;
        }
        if (!headed) {
            add_heading(dialog, heading_of(group));
            headed = true;
        }
        add_program(dialog, of, i);
    }
}

static const vt_program *current(const program_dialog *dialog)
{
    int row = q_listwidget_current_row(dialog->list);
    return row >= 0 && row < dialog->count ? dialog->shown[row] : NULL;
}

static void fill(program_dialog *dialog, const char *typed)
{
    dialog->count = 0;
    q_listwidget_clear(dialog->list);
    for (int group = 0; group < GROUP_COUNT; group++) {
        add_group(dialog, group, typed);
    }
    if (dialog->count == 0) {
        add_heading(dialog, vt_tr("programs", "No program has such a name"));
    } else {
        q_listwidget_set_current_row(dialog->list, 1); /* below the first heading */
    }
    q_widget_set_enabled(dialog->open, current(dialog) != NULL);
}

/* ---- what is done ---- */

static void open_current(program_dialog *dialog)
{
    const vt_program *program = current(dialog);
    if (program) {
        dialog->wanted(dialog->user, dialog->search, program);
        q_widget_close(&dialog->dialog);
    }
}

static void on_open(void *user, bool checked)
{
    (void)checked;
    open_current(user);
}

static void on_cancel(void *user, bool checked)
{
    (void)checked;
    q_widget_close(&((program_dialog *)user)->dialog);
}

static void on_activated(void *user, QListWidgetItem *item)
{
    (void)item;
    open_current(user);
}

static void on_row(void *user, int row)
{
    (void)row;
    program_dialog *dialog = user;
    q_widget_set_enabled(dialog->open, current(dialog) != NULL);
}

static void on_typed(void *user, const QString *text)
{
    char *typed = qt_string_to_utf8(text);
    fill(user, typed ? typed : "");
    free(typed);
}

static void move(program_dialog *dialog, int by)
{
    int row = q_listwidget_current_row(dialog->list) + by;
    while (row >= 0 && row < dialog->count && !dialog->shown[row]) {
        row += by;
    }
    if (row >= 0 && row < dialog->count) {
        q_listwidget_set_current_row(dialog->list, row);
    }
}

/* The arrows move in the list while typing goes on. */
static void box_key(QLineEdit *self, QKeyEvent *event)
{
    program_dialog *dialog = ((search_box *)self)->dialog;
    int key = q_keyevent_key(event);
    if (key == Qt_Key_Up || key == Qt_Key_Down) {
        move(dialog, key == Qt_Key_Up ? -1 : 1);
    } else {
        q_lineedit_base_key_press_event(self, event);
    }
}

/* ---- making it ---- */

static void dialog_finish(void *self)
{
    program_dialog *dialog = self;
    vt_program_search_free(dialog->search);
    free(dialog->shown);
}

static const QLineEditVirtuals box_virtuals = {.key_press_event = box_key};
static qt_subclass box_class = {
    .base = &qt_class_QLineEdit, .virtuals = &box_virtuals, .instance_size = sizeof(search_box)};
static qt_subclass dialog_class = {
    .base = &qt_class_QDialog, .instance_size = sizeof(program_dialog), .finish = dialog_finish};

static void set_title(program_dialog *dialog, QLabel *what)
{
    vt_str text = VT_STR_INIT;
    size_t count = vt_chosen_count(dialog->search->chosen);
    if (count == 1) {
        vt_item_brief item;
        vt_str name = VT_STR_INIT;
        vt_chosen_item(dialog->search->chosen, 0, &item);
        vt_str_append_display(&name, item.name, item.name_length);
        vt_tr_append_with(&text, "programs", "Open \u201c%1\u201d with:", name.data);
        vt_str_free(&name);
    } else {
        vt_tr_append_count(&text, "programs", "Open %n item with:", "Open %n items with:", (int64_t)count);
    }
    q_label_set_text_format(what, Qt_PlainText);
    q_label_set_text(what, text.data);
    vt_str_free(&text);
}

static void make_widgets(program_dialog *dialog)
{
    const QSize icons = {ICON_SIDE, ICON_SIDE};
    QVBoxLayout *layout = q_vboxlayout_new_widget(&dialog->dialog);
    QLabel *what = q_label_new("", &dialog->dialog);
    set_title(dialog, what);
    dialog->box = qt_subclass_allocate(&box_class);
    q_lineedit_init(&dialog->box->edit, &dialog->dialog);
    qt_subclass_install(&box_class, dialog->box);
    dialog->box->dialog = dialog;
    q_lineedit_set_placeholder_text(&dialog->box->edit, vt_tr("programs", "Type part of a name"));
    q_lineedit_set_clear_button_enabled(&dialog->box->edit, true);
    q_widget_set_accessible_name(&dialog->box->edit, vt_tr("programs", "Look for a program"));
    dialog->list = q_listwidget_new(&dialog->dialog);
    q_widget_set_accessible_name(dialog->list, vt_tr("programs", "Programs"));
    q_abstractitemview_set_icon_size(dialog->list, &icons);
    q_boxlayout_add_widget(layout, what);
    q_boxlayout_add_widget(layout, &dialog->box->edit);
    q_boxlayout_add_widget_full(layout, dialog->list, 1, 0);
    QHBoxLayout *buttons = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, buttons);
    q_boxlayout_add_stretch(buttons);
    dialog->open = q_pushbutton_new(vt_tr("programs", "Open"), &dialog->dialog);
    q_pushbutton_set_default(dialog->open, true);
    QPushButton *cancel = q_pushbutton_new(vt_tr("programs", "Cancel"), &dialog->dialog);
    q_boxlayout_add_widget(buttons, dialog->open);
    q_boxlayout_add_widget(buttons, cancel);
    q_lineedit_on_text_changed(&dialog->box->edit, &dialog->dialog, on_typed, dialog);
    q_listwidget_on_item_double_clicked(dialog->list, &dialog->dialog, on_activated, dialog);
    q_listwidget_on_current_row_changed(dialog->list, &dialog->dialog, on_row, dialog);
    q_abstractbutton_on_clicked(dialog->open, &dialog->dialog, on_open, dialog);
    q_abstractbutton_on_clicked(cancel, &dialog->dialog, on_cancel, dialog);
}

void vt_program_dialog_show(QWidgetRef parent, vt_program_search *search, vt_program_wanted wanted,
                            void *user)
{
    program_dialog *dialog = qt_subclass_allocate(&dialog_class);
    q_dialog_init(&dialog->dialog, parent);
    qt_subclass_install(&dialog_class, dialog);
    dialog->search = search;
    dialog->wanted = wanted;
    dialog->user = user;
    size_t most = GROUP_COUNT + 1;
    for (int i = 0; i < GROUP_COUNT; i++) {
        most += group_at(search, i)->programs.count;
    }
    dialog->shown = calloc(most, sizeof *dialog->shown);
    q_widget_set_attribute(&dialog->dialog, Qt_WA_DeleteOnClose);
    q_widget_set_window_title(&dialog->dialog, vt_tr("programs", "Open with"));
    vt_resize_within_screen((QWidget *)&dialog->dialog, WIDTH, HEIGHT);
    make_widgets(dialog);
    if (dialog->shown) {
        fill(dialog, "");
    }
    q_widget_show(&dialog->dialog);
    q_widget_raise(&dialog->dialog);
    q_widget_activate_window(&dialog->dialog);
    q_widget_set_focus(&dialog->box->edit);
}
