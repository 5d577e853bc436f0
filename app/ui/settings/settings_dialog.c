#include "app/ui/settings/settings_dialog.h"

#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"
#include "app/ui/settings/settings_field.h"
#include "core/settings/settings_file.h"

#include <qt6c/qgridlayout.h>
#include <qt6c/qgroupbox.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qscrollarea.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 960, TITLE_WIDTH = 240, TITLE_LEAST = 120, HELP_LEAST = 80 /* more than its longest word */ };

struct vt_settings_dialog {
    QDialog dialog; /* first */
    vt_engine *engine;
    vt_executor *executor;
    vt_settings_applied applied;
    vt_settings_elsewhere elsewhere;
    void *user;
    vt_log log;
    vt_task *saving;      /* NULL if none */
    vt_settings settings; /* that hold */
    vt_settings_field fields[VT_SETTING_COUNT];
    QLineEdit *search;
    QGroupBox *boxes[VT_SETTING_COUNT]; /* of the field of this number */
    QScrollArea *area;                  /* around the lines */
    QWidget *lines;
    QLabel *message;
    QPushButton *apply;
    int wide_least; /* width at which explanations have room beside the values */
    bool narrow;
};

/* ---- saving ---- */

typedef struct save_job {
    vt_settings_dialog *dialog; /* only touched on the UI thread */
    vt_engine *engine;
    vt_settings_change changes[VT_SETTING_COUNT];
    size_t count;
    vt_settings settings;
    vt_error error;
} save_job;

static bool run_save(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    save_job *job = user;
    return vt_settings_save(NULL, job->changes, job->count, &job->settings, error) &&
           vt_engine_apply_settings(job->engine, &job->settings, error);
}

static void say(vt_settings_dialog *dialog, const char *text)
{
    vt_str line = VT_STR_INIT;
    vt_str_append_display(&line, text, strlen(text));
    q_label_set_text(dialog->message, line.data);
    vt_log_write(&dialog->log, VT_LOG_INFO, "settings: %s", line.data);
    vt_str_free(&line);
}

static void show_values(vt_settings_dialog *dialog)
{
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        vt_settings_field_set(&dialog->fields[i], dialog->settings.values[i]);
    }
}

static void take_result(void *user)
{
    save_job *job = user;
    vt_settings_dialog *dialog = job->dialog;
    q_widget_set_enabled(dialog->apply, true);
    if (job->error.code != VT_ERROR_NONE) {
        say(dialog, job->error.message);
    } else {
        dialog->settings = job->settings;
        show_values(dialog);
        say(dialog, vt_tr("settings", "Applied."));
        dialog->applied(dialog->user, &dialog->settings);
    }
    vt_task_unref(dialog->saving); /* and with it the job */
    dialog->saving = NULL;
}

static void save_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    save_job *job = user;
    job->error = *error;
    qt_post((QObject *)&job->dialog->dialog, take_result, job, NULL);
}

static void release_save(void *user)
{
    free(user);
}

static const vt_task_ops save_ops = {
    .name = "settings", .run = run_save, .finished = save_finished, .release = release_save};

static void collect(vt_settings_dialog *dialog, save_job *job)
{
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        int64_t value = vt_settings_field_value(&dialog->fields[i]);
        if (value != dialog->settings.values[i]) {
            bool standard = value == vt_setting_get((vt_setting)i)->standard;
            job->changes[job->count++] = (vt_settings_change){(vt_setting)i, standard, value};
        }
    }
}

static bool say_contradiction(vt_settings_dialog *dialog, const save_job *job)
{
    vt_str words = VT_STR_INIT;
    bool is_one = vt_settings_field_contradict(&dialog->settings, job->changes, job->count, &words);
    if (is_one && !words.failed) {
        say(dialog, words.data);
    }
    vt_str_free(&words);
    return is_one;
}

static void on_apply(void *user, bool checked)
{
    (void)checked;
    vt_settings_dialog *dialog = user;
    save_job *job = dialog->saving ? NULL : calloc(1, sizeof *job);
    if (!job) {
        return;
    }
    job->dialog = dialog;
    job->engine = dialog->engine;
    collect(dialog, job);
    if (job->count == 0) {
        free(job);
        say(dialog, vt_tr("settings", "Nothing was changed."));
        return;
    }
    if (say_contradiction(dialog, job)) {
        free(job);
        return;
    }
    dialog->saving = vt_task_create(&save_ops, job, NULL);
    if (!dialog->saving) {
        free(job);
        return;
    }
    q_widget_set_enabled(dialog->apply, false);
    if (!vt_executor_submit(dialog->executor, dialog->saving, VT_PRIORITY_CRITICAL, NULL)) {
        vt_task_unref(dialog->saving);
        dialog->saving = NULL;
        q_widget_set_enabled(dialog->apply, true);
    }
}

void vt_settings_dialog_stop(vt_settings_dialog *dialog)
{
    if (dialog->saving) {
        vt_task_wait(dialog->saving, VT_FOREVER); /* its result may still be on its way */
    }
}

/* ---- making it ---- */

static void on_standard(void *user, bool checked)
{
    (void)checked;
    vt_settings_dialog *dialog = user;
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        vt_settings_field_set(&dialog->fields[i], vt_setting_get((vt_setting)i)->standard);
    }
}

static void on_close(void *user, bool checked)
{
    (void)checked;
    q_widget_hide(&((vt_settings_dialog *)user)->dialog);
}

/* Lines that fit stay, the others hide; so does a group that has none. */
static void on_search(void *user, const QString *typed)
{
    vt_settings_dialog *dialog = user;
    char *words = qt_string_to_utf8(typed);
    bool any = false, in_box = false;
    for (int i = 0; words && i < VT_SETTING_COUNT; i++) {
        in_box = vt_settings_field_search(&dialog->fields[i], words) || in_box;
        if (i + 1 == VT_SETTING_COUNT || dialog->boxes[i + 1] != dialog->boxes[i]) {
            q_widget_set_visible(dialog->boxes[i], in_box);
            any = any || in_box;
            in_box = false;
        }
    }
    q_label_set_text(dialog->message,
                     any ? ""
                         : vt_tr("settings", "Nothing fits: search for a word of a title or an explanation"));
    free(words);
}

static void on_keyboard(void *user, bool checked)
{
    (void)checked;
    vt_settings_dialog *dialog = user;
    dialog->elsewhere.keyboard(dialog->user);
}

static void on_folders(void *user, bool checked)
{
    (void)checked;
    vt_settings_dialog *dialog = user;
    dialog->elsewhere.folders(dialog->user);
}

static void add_head(vt_settings_dialog *dialog, QVBoxLayout *layout)
{
    QHBoxLayout *head = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, head);
    dialog->search = q_lineedit_new(&dialog->dialog);
    q_lineedit_set_placeholder_text(dialog->search, vt_tr("settings", "Search settings"));
    q_lineedit_set_clear_button_enabled(dialog->search, true);
    q_widget_set_accessible_name(dialog->search, vt_tr("settings", "Search settings"));
    q_boxlayout_add_widget_full(head, dialog->search, 1, 0);
    QPushButton *folders = q_pushbutton_new(vt_tr("settings", "Imported folders\u2026"), &dialog->dialog);
    q_pushbutton_set_auto_default(folders, false);
    q_widget_set_tool_tip(folders, vt_tr("settings", "Which folders are watched and looked through."));
    q_boxlayout_add_widget(head, folders);
    q_abstractbutton_on_clicked(folders, &dialog->dialog, on_folders, dialog);
    QPushButton *keyboard = q_pushbutton_new(vt_tr("settings", "Keyboard\u2026"), &dialog->dialog);
    q_pushbutton_set_auto_default(keyboard, false);
    q_widget_set_tool_tip(keyboard, vt_tr("settings", "Shows all keys and binds them anew."));
    q_boxlayout_add_widget(head, keyboard);
    q_lineedit_on_text_changed(dialog->search, &dialog->dialog, on_search, dialog);
    q_abstractbutton_on_clicked(keyboard, &dialog->dialog, on_keyboard, dialog);
}

/* One box for each group: settings of a group stand together in the table. */
static void add_groups(vt_settings_dialog *dialog, QVBoxLayout *layout)
{
    const char *group = "";
    QGroupBox *box = NULL;
    QGridLayout *grid = NULL;
    int row = 0;
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        const vt_setting_info *info = vt_setting_get((vt_setting)i);
        if (strcmp(info->group, group) != 0) {
            group = info->group;
            box = q_groupbox_new_string_widget(vt_tr("settings", group), dialog->lines);
            grid = q_gridlayout_new(box);
            q_gridlayout_set_column_minimum_width(grid, VT_SETTINGS_COLUMN_TITLE, TITLE_WIDTH);
            q_gridlayout_set_column_stretch(grid, VT_SETTINGS_COLUMN_HELP, 1);
            q_boxlayout_add_widget(layout, box);
            row = 0;
        }
        dialog->boxes[i] = box;
        vt_settings_field_make(&dialog->fields[i], (vt_setting)i, box, grid, row);
        row += 2;
    }
}

static void add_lines(vt_settings_dialog *dialog, QVBoxLayout *layout)
{
    dialog->area = q_scrollarea_new(&dialog->dialog);
    q_widget_set_accessible_name(dialog->area, vt_tr("settings", "All settings"));
    dialog->lines = q_widget_new(dialog->area);
    QVBoxLayout *groups = q_vboxlayout_new_widget(dialog->lines);
    q_layout_set_contents_margins(groups, 0, 0, 0, 0);
    add_groups(dialog, groups);
    q_boxlayout_add_stretch_full(groups, 1); /* below what a search leaves */
    q_scrollarea_set_widget(dialog->area, dialog->lines);
    q_scrollarea_set_widget_resizable(dialog->area, true);
    q_frame_set_frame_shape(dialog->area, QFrame_NoFrame);
    q_abstractscrollarea_set_horizontal_scroll_bar_policy(dialog->area, Qt_ScrollBarAsNeeded);
    q_boxlayout_add_widget_full(layout, dialog->area, 1, 0);
}

/* Lines are scrolled up and down only: where the window is narrow, as on a screen of which each point is
   three pixels, explanations go below the values. */
static void arrange(vt_settings_dialog *dialog, bool narrow)
{
    if (narrow == dialog->narrow) {
        return;
    }
    dialog->narrow = narrow;
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        vt_settings_field_arrange(&dialog->fields[i], narrow);
        q_gridlayout_set_column_minimum_width(dialog->fields[i].grid, VT_SETTINGS_COLUMN_TITLE,
                                              narrow ? TITLE_LEAST : TITLE_WIDTH);
        q_gridlayout_set_column_stretch(dialog->fields[i].grid, VT_SETTINGS_COLUMN_TITLE, narrow);
        q_gridlayout_set_column_stretch(dialog->fields[i].grid, VT_SETTINGS_COLUMN_HELP, !narrow);
    }
}

/* Of the widest box, as it is arranged now. */
static int width_needed(const vt_settings_dialog *dialog)
{
    int needed = 0;
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        int box = q_widget_minimum_size_hint((QWidget *)dialog->boxes[i]).wd;
        needed = box > needed ? box : needed;
    }
    return needed;
}

static void dialog_resize(QDialog *self, QResizeEvent *event)
{
    vt_settings_dialog *dialog = (vt_settings_dialog *)self;
    q_dialog_base_resize_event(self, event);
    int width = q_widget_width((QWidget *)self);
    arrange(dialog, width < dialog->wide_least);
    vt_log_write(&dialog->log, VT_LOG_DEBUG, "settings: wide=%d needs=%d", width, width_needed(dialog));
}

/* As high as the lines need, or as the screen allows: then they are scrolled. */
static void fit(vt_settings_dialog *dialog)
{
    dialog->wide_least = width_needed(dialog) + HELP_LEAST;
    int around = q_widget_size_hint(&dialog->dialog).ht - q_widget_size_hint(dialog->area).ht;
    int wanted = q_layout_total_height_for_width(q_widget_layout(dialog->lines), WIDTH) + around;
    vt_resize_within_screen((QWidget *)&dialog->dialog, WIDTH, wanted);
}

static void add_buttons(vt_settings_dialog *dialog, QVBoxLayout *layout)
{
    QHBoxLayout *buttons = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, buttons);
    QPushButton *standard = q_pushbutton_new(vt_tr("settings", "Standard values"), &dialog->dialog);
    dialog->message = q_label_new_empty(&dialog->dialog);
    q_label_set_text_format(dialog->message, Qt_PlainText);
    q_label_set_word_wrap(dialog->message, true);
    dialog->apply = q_pushbutton_new(vt_tr("settings", "Apply"), &dialog->dialog);
    q_pushbutton_set_default(dialog->apply, true);
    QPushButton *close = q_pushbutton_new(vt_tr("settings", "Close"), &dialog->dialog);
    q_boxlayout_add_widget(buttons, standard);
    q_boxlayout_add_widget_full(buttons, dialog->message, 1, 0);
    q_boxlayout_add_widget(buttons, dialog->apply);
    q_boxlayout_add_widget(buttons, close);
    q_abstractbutton_on_clicked(standard, &dialog->dialog, on_standard, dialog);
    q_abstractbutton_on_clicked(dialog->apply, &dialog->dialog, on_apply, dialog);
    q_abstractbutton_on_clicked(close, &dialog->dialog, on_close, dialog);
}

static void dialog_finish(void *self)
{
    vt_settings_dialog *dialog = self;
    vt_settings_dialog_stop(dialog);
    vt_task_unref(dialog->saving);
}

static const QDialogVirtuals dialog_virtuals = {.resize_event = dialog_resize};
static qt_subclass dialog_class = {.base = &qt_class_QDialog,
                                   .virtuals = &dialog_virtuals,
                                   .instance_size = sizeof(vt_settings_dialog),
                                   .finish = dialog_finish};

vt_settings_dialog *vt_settings_dialog_create(QWidgetRef parent, vt_engine *engine, vt_executor *executor,
                                              vt_settings_applied applied,
                                              const vt_settings_elsewhere *elsewhere, void *user, vt_log log)
{
    vt_settings_dialog *dialog = qt_subclass_allocate(&dialog_class);
    q_dialog_init(&dialog->dialog, parent);
    qt_subclass_install(&dialog_class, dialog);
    dialog->engine = engine;
    dialog->executor = executor;
    dialog->applied = applied;
    dialog->elsewhere = *elsewhere;
    dialog->user = user;
    dialog->log = log;
    dialog->settings = vt_settings_default();
    q_widget_set_window_title(&dialog->dialog, vt_tr("settings", "Settings"));
    QVBoxLayout *layout = q_vboxlayout_new_widget(&dialog->dialog);
    add_head(dialog, layout);
    add_lines(dialog, layout);
    add_buttons(dialog, layout);
    fit(dialog);
    return dialog;
}

void vt_settings_dialog_show(vt_settings_dialog *dialog, const vt_settings *settings)
{
    if (q_widget_is_hidden(&dialog->dialog)) {
        dialog->settings = *settings;
        show_values(dialog);
        q_label_set_text(dialog->message, "");
    }
    q_lineedit_clear(dialog->search);
    q_widget_show(&dialog->dialog);
    q_widget_raise(&dialog->dialog);
    q_widget_activate_window(&dialog->dialog);
}
