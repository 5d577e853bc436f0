#include "app/ui/files/rename_dialog.h"

#include "app/ui/files/rename_model.h"
#include "app/ui/parts/list_table.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/path.h"
#include "core/base/thread.h"
#include "core/files/rename_pattern.h"
#include "core/task/cancel.h"

#include <qt6c/invoke.h>
#include <qt6c/qaction.h>
#include <qt6c/qcombobox.h>
#include <qt6c/qdialog.h>
#include <qt6c/qformlayout.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qmenu.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qtableview.h>
#include <qt6c/qtimer.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum {
    WIDTH = 1000,
    HEIGHT = 560,
    WIDTH_OF_ONE = 520,
    HEIGHT_OF_ONE = 120,
    PAUSE_MS = 120,
    NOTE_WIDTH = 330
};

static const char *const cases[] = {VT_TR_NOOP("rename", "as it is"), VT_TR_NOOP("rename", "lower case"),
                                    VT_TR_NOOP("rename", "upper case")};
static const char *const placeholders[] = {"{name}", "{name:lower}", "{name:upper}"};

struct vt_rename_dialog {
    QDialog dialog; /* first */
    vt_engine *engine;
    vt_rename_wanted wanted;
    void *user;
    vt_log log;

    QLabel *pattern_label, *summary;
    QLineEdit *pattern, *search, *replace;
    QComboBox *letters;
    QPushButton *insert, *apply;
    QWidget *search_row;
    QTableView *table;
    vt_rename_model *model;
    QTimer *pause;
    bool one; /* item: the line holds its whole name */

    vt_chosen *chosen;      /* owned; what is to be renamed */
    vt_file_list list;      /* of `chosen`, once `listed` */
    vt_rename_draft *draft; /* what is shown; NULL: nothing */
    bool listed;

    /* One look at a time, on a thread of its own; it writes the next five and posts. */
    pthread_t thread;
    bool looking, stale; /* stale: something was typed meanwhile */
    vt_cancel *cancel;
    vt_rename_wish wish; /* its texts are owned */
    vt_rename_draft *found;
    vt_error fault;
};

static void look(vt_rename_dialog *dialog);

/* ---- what is wanted ---- */

static void free_wish(vt_rename_wish *wish)
{
    free((char *)wish->pattern);
    free((char *)wish->search);
    free((char *)wish->replace);
    free((char *)wish->name);
    *wish = (vt_rename_wish){0};
}

/* The letters that were chosen stand for each {name} of the pattern. */
static char *pattern_of(vt_rename_dialog *dialog)
{
    char *typed = q_lineedit_text(dialog->pattern);
    int letters = q_combobox_current_index(dialog->letters);
    vt_str pattern = VT_STR_INIT;
    const char *at = typed ? typed : "";
    const char *hit;
    while (letters > 0 && (hit = strstr(at, placeholders[0]))) {
        vt_str_append(&pattern, at, (size_t)(hit - at));
        vt_str_append_cstr(&pattern, placeholders[letters]);
        at = hit + strlen(placeholders[0]);
    }
    vt_str_append_cstr(&pattern, at);
    free(typed);
    return vt_str_take(&pattern);
}

static vt_rename_wish wish_of(vt_rename_dialog *dialog)
{
    vt_rename_wish wish = {0};
    if (dialog->one) {
        wish.name = q_lineedit_text(dialog->pattern);
        wish.hidden = wish.name && wish.name[0] == '.'; /* typed as it is meant */
    } else {
        wish.pattern = pattern_of(dialog);
        wish.search = q_lineedit_text(dialog->search);
        wish.replace = q_lineedit_text(dialog->replace);
    }
    return wish;
}

/* ---- looking: which files, which names ---- */

static void *run_look(void *user)
{
    vt_rename_dialog *dialog = user;
    if (!dialog->listed) {
        const vt_file_items items = vt_chosen_items(dialog->chosen);
        dialog->listed = vt_file_list_make(&dialog->list, vt_engine_catalog(dialog->engine), &items,
                                           dialog->cancel, &dialog->fault);
        items.release(items.user);
    }
    if (dialog->listed) {
        dialog->found = vt_rename_draft_create(&dialog->list, &dialog->wish, NULL, &dialog->fault);
    }
    return NULL;
}

static void say(vt_rename_dialog *dialog, const vt_str *text)
{
    q_label_set_text(dialog->summary, text->data);
    vt_log_write(&dialog->log, VT_LOG_INFO, "rename: %s", text->data);
}

static void add_problem(vt_str *text, vt_rename_problem problem, size_t count)
{
    char words[32];
    if (count == 0 || problem == VT_RENAME_FINE) {
        return;
    }
    vt_str_appendf(text, "  \u00b7  %s: %s", vt_wording_count(words, sizeof words, (int64_t)count),
                   vt_tr("rename", vt_rename_problem_text(problem)));
}

static void tell_draft(vt_rename_dialog *dialog)
{
    size_t counts[VT_RENAME_PROBLEM_COUNT] = {0};
    vt_str text = VT_STR_INIT;
    bool good = false;
    if (dialog->draft) {
        vt_rename_draft_problems(dialog->draft, counts);
        size_t all = vt_rename_draft_count(dialog->draft);
        size_t fine = counts[VT_RENAME_FINE];
        good = fine > 0 && fine + counts[VT_RENAME_UNCHANGED] == all;
        vt_tr_append_count(&text, "rename", "%n item gets a new name", "%n items get a new name",
                           (int64_t)fine);
        for (int i = 0; i < VT_RENAME_PROBLEM_COUNT; i++) {
            add_problem(&text, (vt_rename_problem)i, counts[i]);
        }
    } else {
        vt_str_append_display(&text, dialog->fault.message, strlen(dialog->fault.message));
    }
    say(dialog, &text);
    if (dialog->one && dialog->draft && vt_rename_draft_count(dialog->draft) > 0) { /* no sums of one */
        vt_rename_problem problem = vt_rename_draft_at(dialog->draft, 0).problem;
        bool wrong = problem != VT_RENAME_FINE && problem != VT_RENAME_UNCHANGED;
        vt_str_clear(&text);
        vt_str_appendf(&text, "%s%s", wrong ? "\u26a0 " : "",
                       wrong ? vt_tr("rename", vt_rename_problem_text(problem)) : "");
        q_label_set_text(dialog->summary, text.data);
    }
    vt_str_free(&text);
    q_widget_set_enabled(dialog->apply, good);
}

static void take_look(void *user)
{
    vt_rename_dialog *dialog = user;
    pthread_join(dialog->thread, NULL);
    dialog->looking = false;
    if (dialog->stale) { /* what was found is of names nobody wants any more */
        vt_rename_draft_free(dialog->found);
        dialog->found = NULL;
        look(dialog);
        return;
    }
    vt_rename_draft *before = dialog->draft;
    dialog->draft = dialog->found;
    dialog->found = NULL;
    vt_rename_model_show(dialog->model, dialog->draft);
    vt_rename_draft_free(before);
    tell_draft(dialog);
}

static void *look_and_post(void *user)
{
    vt_rename_dialog *dialog = user;
    run_look(dialog);
    qt_post((QObject *)&dialog->dialog, take_look, dialog, NULL);
    return NULL;
}

static void look(vt_rename_dialog *dialog)
{
    if (dialog->looking) {
        dialog->stale = true;
        return;
    }
    if (!dialog->chosen) {
        return;
    }
    dialog->stale = false;
    free_wish(&dialog->wish);
    vt_error_clear(&dialog->fault);
    dialog->wish = wish_of(dialog);
    dialog->looking = vt_thread_start(&dialog->thread, "rename", look_and_post, dialog) == 0;
    if (!dialog->looking) {
        q_label_set_text(dialog->summary, vt_tr("rename", "There is no memory left for a preview"));
    }
}

/* Names that are shown must not be applied once others are typed. */
static void on_typed(void *user, const QString *text)
{
    (void)text;
    vt_rename_dialog *dialog = user;
    q_widget_set_enabled(dialog->apply, false);
    q_timer_start(dialog->pause);
}

static void on_letters(void *user, int index)
{
    (void)index;
    on_typed(user, NULL);
}

static void on_pause(void *user)
{
    look(user);
}

/* ---- ending ---- */

static void wait_for_look(vt_rename_dialog *dialog)
{
    if (dialog->looking) {
        vt_cancel_request(dialog->cancel);
        pthread_join(dialog->thread, NULL);
        dialog->looking = false;
    }
    vt_rename_draft_free(dialog->found);
    dialog->found = NULL;
}

/* Forgets what it showed. */
static void forget(vt_rename_dialog *dialog)
{
    q_timer_stop(dialog->pause);
    wait_for_look(dialog);
    vt_rename_model_show(dialog->model, NULL);
    vt_rename_draft_free(dialog->draft);
    dialog->draft = NULL;
    vt_file_list_clear(&dialog->list);
    dialog->listed = false;
    vt_chosen_unref(dialog->chosen);
    dialog->chosen = NULL;
    vt_cancel_unref(dialog->cancel);
    dialog->cancel = NULL;
}

void vt_rename_dialog_stop(vt_rename_dialog *dialog)
{
    forget(dialog);
    free_wish(&dialog->wish);
}

static void on_apply(void *user, bool checked)
{
    (void)checked;
    vt_rename_dialog *dialog = user;
    vt_rename_wish wish = wish_of(dialog);
    q_widget_hide(&dialog->dialog);
    dialog->wanted(dialog->user, dialog->chosen, &wish);
    free_wish(&wish);
}

static void on_close(void *user, bool checked)
{
    (void)checked;
    q_widget_hide(&((vt_rename_dialog *)user)->dialog);
}

typedef struct insertion {
    vt_rename_dialog *dialog;
    const char *example;
} insertion;

static void on_placeholder(void *user, bool checked)
{
    (void)checked;
    const insertion *what = user;
    q_lineedit_insert(what->dialog->pattern, what->example);
    q_widget_set_focus(what->dialog->pattern);
}

/* ---- showing ---- */

/* The name without its extension is what people want to change. */
static void select_stem(QLineEdit *line, const char *name)
{
    const char *extension = vt_path_extension(name);
    size_t end = *extension ? (size_t)(extension - name) - 1 : strlen(name);
    int characters = 0;
    for (size_t i = 0; i < end; i++) {
        unsigned code = 0;
        size_t length = vt_utf8_decode(name + i, end - i, &code);
        characters += code > 0xffff ? 2 : 1; /* as QString counts */
        i += length > 1 ? length - 1 : 0;
    }
    q_lineedit_set_selection(line, 0, characters);
}

static void show_one(vt_rename_dialog *dialog)
{
    vt_item_brief item;
    vt_str name = VT_STR_INIT;
    vt_chosen_item(dialog->chosen, 0, &item);
    vt_str_append(&name, item.name, item.name_length);
    q_lineedit_set_text(dialog->pattern, name.data);
    select_stem(dialog->pattern, name.data);
    vt_str_free(&name);
}

void vt_rename_dialog_show(vt_rename_dialog *dialog, vt_chosen *chosen)
{
    forget(dialog);
    dialog->chosen = chosen;
    dialog->cancel = vt_cancel_create(NULL);
    dialog->one = vt_chosen_count(chosen) == 1;
    q_label_set_text(dialog->pattern_label,
                     dialog->one ? vt_tr("rename", "New name") : vt_tr("rename", "New names"));
    q_widget_set_visible(dialog->insert, !dialog->one);
    q_widget_set_visible(dialog->search_row, !dialog->one);
    q_widget_set_visible(dialog->table, !dialog->one);
    q_label_set_text(dialog->summary, "");
    vt_resize_within_screen((QWidget *)&dialog->dialog, dialog->one ? WIDTH_OF_ONE : WIDTH,
                            dialog->one ? HEIGHT_OF_ONE : HEIGHT);
    q_widget_show(&dialog->dialog);
    q_widget_raise(&dialog->dialog);
    q_widget_activate_window(&dialog->dialog);
    q_widget_set_focus(dialog->pattern);
    if (dialog->one) {
        show_one(dialog);
    } else {
        q_lineedit_set_text(dialog->pattern, "{name}");
        q_lineedit_select_all(dialog->pattern);
        q_lineedit_set_text(dialog->search, "");
        q_lineedit_set_text(dialog->replace, "");
    }
    q_timer_stop(dialog->pause);
    look(dialog);
}

/* ---- making it ---- */

static void dialog_finish(void *self)
{
    vt_rename_dialog_stop(self);
}

static qt_subclass dialog_class = {
    .base = &qt_class_QDialog, .instance_size = sizeof(vt_rename_dialog), .finish = dialog_finish};

static void add_placeholders(vt_rename_dialog *dialog)
{
    QMenu *menu = q_menu_new("", dialog->insert);
    for (size_t i = 0; *vt_rename_placeholder_at(i).name; i++) {
        vt_rename_placeholder at = vt_rename_placeholder_at(i);
        vt_str text = VT_STR_INIT;
        vt_str_appendf(&text, "%s\t%s", at.example, vt_tr("rename", at.meaning));
        QAction *action = q_action_new(text.data, menu);
        insertion *what = malloc(sizeof *what);
        if (what) {
            *what = (insertion){dialog, at.example};
            q_action_on_triggered_with(action, menu, on_placeholder, what,
                                       &(qt_connect_options){.destroy = free});
        }
        q_widget_add_action(menu, action);
        vt_str_free(&text);
    }
    q_pushbutton_set_menu(dialog->insert, menu);
}

static void make_fields(vt_rename_dialog *dialog, QVBoxLayout *layout)
{
    QHBoxLayout *row = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, row);
    dialog->pattern_label = q_label_new(vt_tr("rename", "New names"), &dialog->dialog);
    dialog->pattern = q_lineedit_new(&dialog->dialog);
    dialog->insert = q_pushbutton_new(vt_tr("rename", "Insert"), &dialog->dialog);
    q_widget_set_accessible_name(dialog->pattern, vt_tr("rename", "New names"));
    q_boxlayout_add_widget(row, dialog->pattern_label);
    q_boxlayout_add_widget_full(row, dialog->pattern, 1, 0);
    q_boxlayout_add_widget(row, dialog->insert);
    add_placeholders(dialog);

    dialog->search_row = q_widget_new(&dialog->dialog);
    QHBoxLayout *second = q_hboxlayout_new_widget(dialog->search_row);
    q_layout_set_contents_margins(second, 0, 0, 0, 0);
    dialog->search = q_lineedit_new(dialog->search_row);
    dialog->replace = q_lineedit_new(dialog->search_row);
    dialog->letters = q_combobox_new(dialog->search_row);
    const char *shown[sizeof cases / sizeof *cases];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        shown[i] = vt_tr("rename", cases[i]);
    }
    QList words = qt_string_list_from(shown, sizeof shown / sizeof *shown);
    q_combobox_add_items(dialog->letters, &words);
    qt_string_list_release(&words);
    q_widget_set_accessible_name(dialog->search, vt_tr("rename", "In the old name, find"));
    q_widget_set_accessible_name(dialog->replace, vt_tr("rename", "Replace by"));
    q_widget_set_accessible_name(dialog->letters, vt_tr("rename", "Letters"));
    q_boxlayout_add_widget(second, q_label_new(vt_tr("rename", "In the old name, find"), dialog->search_row));
    q_boxlayout_add_widget_full(second, dialog->search, 1, 0);
    q_boxlayout_add_widget(second, q_label_new(vt_tr("rename", "replace by"), dialog->search_row));
    q_boxlayout_add_widget_full(second, dialog->replace, 1, 0);
    q_boxlayout_add_widget(second, q_label_new(vt_tr("rename", "letters"), dialog->search_row));
    q_boxlayout_add_widget(second, dialog->letters);
    q_boxlayout_add_widget(layout, dialog->search_row);
}

static void make_buttons(vt_rename_dialog *dialog, QVBoxLayout *layout)
{
    QHBoxLayout *buttons = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, buttons);
    q_boxlayout_add_stretch(buttons);
    dialog->apply = q_pushbutton_new(vt_tr("rename", "Rename"), &dialog->dialog);
    q_widget_set_enabled(dialog->apply, false);
    q_pushbutton_set_default(dialog->apply, true);
    QPushButton *close = q_pushbutton_new(vt_tr("rename", "Cancel"), &dialog->dialog);
    q_pushbutton_set_auto_default(dialog->insert, false);
    q_boxlayout_add_widget(buttons, dialog->apply);
    q_boxlayout_add_widget(buttons, close);
    q_abstractbutton_on_clicked(dialog->apply, &dialog->dialog, on_apply, dialog);
    q_abstractbutton_on_clicked(close, &dialog->dialog, on_close, dialog);
}

vt_rename_dialog *vt_rename_dialog_create(QWidgetRef parent, vt_engine *engine, vt_rename_wanted wanted,
                                          void *user, vt_log log)
{
    vt_rename_dialog *dialog = qt_subclass_allocate(&dialog_class);
    q_dialog_init(&dialog->dialog, parent);
    qt_subclass_install(&dialog_class, dialog);
    dialog->engine = engine;
    dialog->wanted = wanted;
    dialog->user = user;
    dialog->log = log;
    q_widget_set_window_title(&dialog->dialog, vt_tr("rename", "Rename files"));
    QVBoxLayout *layout = q_vboxlayout_new_widget(&dialog->dialog);
    make_fields(dialog, layout);
    dialog->model = vt_rename_model_create(&dialog->dialog);
    dialog->table = vt_list_table_new(&dialog->dialog, vt_rename_model_of_qt(dialog->model));
    QHeaderView *header = q_tableview_horizontal_header(dialog->table);
    q_headerview_set_section_resize_mode(header, 0, QHeaderView_Stretch);
    q_headerview_set_section_resize_mode(header, 1, QHeaderView_Stretch);
    q_headerview_resize_section(header, 2, NOTE_WIDTH);
    q_boxlayout_add_widget_full(layout, dialog->table, 1, 0);
    dialog->summary = q_label_new("", &dialog->dialog);
    q_label_set_text_format(dialog->summary, Qt_PlainText);
    q_label_set_word_wrap(dialog->summary, true);
    q_boxlayout_add_widget(layout, dialog->summary);
    make_buttons(dialog, layout);
    dialog->pause = q_timer_new(&dialog->dialog);
    q_timer_set_single_shot(dialog->pause, true);
    q_timer_set_interval(dialog->pause, PAUSE_MS);
    q_timer_on_timeout(dialog->pause, &dialog->dialog, on_pause, dialog);
    q_lineedit_on_text_changed(dialog->pattern, &dialog->dialog, on_typed, dialog);
    q_lineedit_on_text_changed(dialog->search, &dialog->dialog, on_typed, dialog);
    q_lineedit_on_text_changed(dialog->replace, &dialog->dialog, on_typed, dialog);
    q_combobox_on_current_index_changed(dialog->letters, &dialog->dialog, on_letters, dialog);
    return dialog;
}
