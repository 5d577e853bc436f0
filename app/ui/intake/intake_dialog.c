#include "app/ui/intake/intake_dialog.h"

#include "app/ui/intake/intake_folders.h"
#include "app/ui/intake/intake_form.h"
#include "app/ui/intake/intake_words.h"
#include "app/ui/parts/dropped_paths.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"
#include "core/import/dry_run.h"

#include <qt6c/qdragenterevent.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qmimedata.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qscreen.h>
#include <qt6c/qscrollarea.h>
#include <qt6c/qtimer.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>

enum {
    WIDTH = 720,
    PAUSE_MS = 300,
    LOOK_MS = 100,
    SCREEN_SPARE = 60,
    FOOT_SPARE = SCREEN_SPARE / 2,
    SPACING = 10
};

struct vt_intake_dialog {
    QDialog dialog; /* first */
    vt_engine *engine;
    bool keeps;
    vt_intake_start start;
    void *user;
    vt_log log;
    QScrollArea *area; /* around the two */
    QWidget *inside;
    vt_intake_folders *folders;
    vt_intake_form *form;
    QLabel *count, *details;
    QPushButton *import;
    QTimer *pause;   /* counts when nothing has changed for a while */
    QTimer *look;    /* shows how far that is */
    vt_dry_run *run; /* owned; NULL: none */
};

/* ---- counting ---- */

static void stop_counting(vt_intake_dialog *dialog)
{
    q_timer_stop(dialog->look);
    vt_dry_run_free(dialog->run);
    dialog->run = NULL;
}

static void say(vt_intake_dialog *dialog, const char *count, const char *details)
{
    q_label_set_text(dialog->count, count);
    q_label_set_text(dialog->details, details);
}

static void show_figures(vt_intake_dialog *dialog, const vt_dry_run_figures *figures)
{
    vt_str line = VT_STR_INIT;
    vt_str details = VT_STR_INIT;
    vt_intake_words(figures, &line);
    vt_intake_details(figures, &details);
    say(dialog, line.data, details.data);
    if (figures->over && figures->error.code != VT_ERROR_NONE) {
        vt_intake_folders_say(dialog->folders, figures->error.message);
    }
    if (figures->over) {
        vt_log_write(&dialog->log, VT_LOG_INFO, "intake: counted: %s", line.data);
        vt_log_write(&dialog->log, VT_LOG_INFO, "intake: details: %s", details.data);
    }
    vt_str_free(&line);
    vt_str_free(&details);
}

static void on_look(void *user)
{
    vt_intake_dialog *dialog = user;
    vt_dry_run_figures figures;
    vt_dry_run_get_figures(dialog->run, &figures);
    show_figures(dialog, &figures);
    if (figures.over) {
        stop_counting(dialog);
    }
}

static void on_pause(void *user)
{
    vt_intake_dialog *dialog = user;
    vt_import_options options;
    vt_error error = VT_ERROR_INIT;
    QWidget *wrong = NULL;
    size_t count;
    const char *const *paths = vt_intake_folders_paths(dialog->folders, &count);
    stop_counting(dialog);
    if (count == 0) {
        say(dialog, vt_tr("intake", "No folder is chosen yet"), "");
        return;
    }
    if (!vt_intake_form_read(dialog->form, &options, &wrong)) {
        say(dialog, "", "");
        char *field = q_widget_accessible_name(wrong);
        vt_log_write(&dialog->log, VT_LOG_INFO, "intake: wrong: %s", field ? field : "");
        free(field);
        return;
    }
    dialog->run = vt_dry_run_start(dialog->engine, paths, count, &options, &error);
    if (!dialog->run) {
        say(dialog, error.message, "");
        return;
    }
    say(dialog, vt_tr("intake", "Looking\u2026"), "");
    q_timer_start(dialog->look);
}

static void on_changed(void *user)
{
    vt_intake_dialog *dialog = user;
    vt_import_options options;
    if (!dialog->form) {
        return; /* it is being made */
    }
    size_t count;
    vt_intake_folders_paths(dialog->folders, &count);
    bool good = vt_intake_form_read(dialog->form, &options, NULL); /* errors are seen while one types */
    q_widget_set_enabled(dialog->import, good && count > 0);
    if (q_widget_is_visible(&dialog->dialog)) {
        q_timer_start(dialog->pause);
    }
}

/* As high as what is shown needs; what a low screen has no room for is scrolled to. */
static void fit(void *user)
{
    vt_intake_dialog *dialog = user;
    if (!dialog->form || !dialog->import) {
        return;
    }
    q_layout_activate(q_widget_layout(dialog->inside));
    q_layout_activate(q_widget_layout(&dialog->dialog));
    const QRect screen = q_screen_available_geometry(q_widget_screen(&dialog->dialog));
    int most = screen.y2 - screen.y1 + 1 - SCREEN_SPARE;
    int wanted = q_widget_size_hint(&dialog->dialog).ht - q_widget_size_hint(dialog->area).ht +
                 q_widget_size_hint(dialog->inside).ht;
    int height = wanted < most ? wanted : most;
    q_widget_resize(&dialog->dialog, q_widget_width(&dialog->dialog), height);
    const QPoint corner = q_widget_pos(&dialog->dialog);
    if (q_widget_is_visible(&dialog->dialog) &&
        corner.yp + height > screen.y2 - FOOT_SPARE) { /* its buttons would be below the screen */
        q_widget_move(&dialog->dialog, corner.xp, screen.y2 - FOOT_SPARE - height);
    }
}

/* ---- buttons ---- */

static void log_start(const vt_intake_dialog *dialog, size_t folders, const vt_import_options *options)
{
    const vt_import_wishes *wishes = &options->wishes;
    vt_log_write(&dialog->log, VT_LOG_INFO,
                 "intake: started: folders=%zu items=%lld memory=%lld batch=%d chunk=%d workers=%d", folders,
                 (long long)options->items_max, (long long)(wishes->memory / VT_MEMORY_MB), wishes->batch,
                 wishes->chunk, wishes->workers);
}

static void on_import(void *user, bool checked)
{
    (void)checked;
    vt_intake_dialog *dialog = user;
    vt_import_options options;
    vt_error error = VT_ERROR_INIT;
    QWidget *wrong = NULL;
    size_t count;
    const char *const *paths = vt_intake_folders_paths(dialog->folders, &count);
    if (!vt_intake_form_read(dialog->form, &options, &wrong) || count == 0) {
        q_widget_set_focus(wrong ? wrong : vt_intake_folders_widget(dialog->folders));
        return;
    }
    stop_counting(dialog);
    if (!dialog->start(dialog->user, paths, count, &options, &error)) {
        vt_intake_folders_say(dialog->folders, error.message);
        vt_log_write(&dialog->log, VT_LOG_INFO, "intake: not started: %s", error.message);
        return;
    }
    log_start(dialog, count, &options);
    vt_intake_folders_used(dialog->folders);
    if (dialog->keeps) {
        vt_intake_form_save(dialog->form);
    }
    q_widget_hide(&dialog->dialog);
    vt_intake_folders_clear(dialog->folders);
}

static void on_reset(void *user, bool checked)
{
    (void)checked;
    vt_intake_form_reset(((vt_intake_dialog *)user)->form);
}

static void on_cancel(void *user, bool checked)
{
    (void)checked;
    q_widget_hide(&((vt_intake_dialog *)user)->dialog);
}

static void hide_event(QDialog *self, QHideEvent *event)
{
    vt_intake_dialog *dialog = (vt_intake_dialog *)self;
    q_timer_stop(dialog->pause);
    stop_counting(dialog);
    q_widget_base_hide_event(self, event);
}

static void drag_enter(QDialog *self, QDragEnterEvent *event)
{
    (void)self;
    if (q_mimedata_has_urls(q_dropevent_mime_data(event))) {
        q_dropevent_accept_proposed_action(event);
    }
}

static void drop(QDialog *self, QDropEvent *event)
{
    vt_dropped_paths dropped = vt_dropped_paths_of(event);
    vt_intake_folders_add(((vt_intake_dialog *)self)->folders, (const char *const *)dropped.paths,
                          dropped.count);
    q_dropevent_accept_proposed_action(event);
    vt_dropped_paths_free(&dropped);
}

/* ---- making it ---- */

static void dialog_finish(void *self)
{
    vt_dry_run_free(((vt_intake_dialog *)self)->run);
}

static const QDialogVirtuals dialog_virtuals = {
    .hide_event = hide_event, .drag_enter_event = drag_enter, .drop_event = drop};
static qt_subclass dialog_class = {.base = &qt_class_QDialog,
                                   .virtuals = &dialog_virtuals,
                                   .instance_size = sizeof(vt_intake_dialog),
                                   .finish = dialog_finish};

static QLabel *add_label(vt_intake_dialog *dialog, QVBoxLayout *layout, bool dim)
{
    QLabel *label = q_label_new_empty(&dialog->dialog);
    q_label_set_text_format(label, Qt_PlainText);
    q_label_set_word_wrap(label, true);
    q_widget_set_foreground_role(label, dim ? QPalette_PlaceholderText : QPalette_WindowText);
    q_boxlayout_add_widget(layout, label);
    return label;
}

/* The count and the buttons below it are always seen. */
static vt_intake_form *add_fields(vt_intake_dialog *dialog, QVBoxLayout *layout)
{
    static const vt_intake_form_ops form_ops = {on_changed, fit};
    vt_engine_figures figures;
    vt_engine_get_figures(dialog->engine, &figures);
    dialog->area = q_scrollarea_new(&dialog->dialog);
    q_frame_set_frame_shape(dialog->area, QFrame_NoFrame);
    q_widget_set_focus_policy(dialog->area, Qt_NoFocus); /* its fields are gone through */
    dialog->inside = q_widget_new(dialog->area);
    QVBoxLayout *lines = q_vboxlayout_new_widget(dialog->inside);
    q_layout_set_contents_margins(lines, 0, 0, 0, 0);
    q_boxlayout_set_spacing(lines, SPACING);
    dialog->folders = vt_intake_folders_create(dialog->inside, dialog->keeps, on_changed, dialog);
    q_boxlayout_add_widget_full(lines, vt_intake_folders_widget(dialog->folders), 1, 0);
    vt_intake_form *form = vt_intake_form_create(dialog->inside, figures.jobs,
                                                 vt_engine_sequences(dialog->engine), &form_ops, dialog);
    q_boxlayout_add_widget(lines, vt_intake_form_widget(form));
    q_scrollarea_set_widget(dialog->area, dialog->inside);
    q_scrollarea_set_widget_resizable(dialog->area, true);
    q_boxlayout_add_widget_full(layout, dialog->area, 1, 0);
    return form;
}

static void add_buttons(vt_intake_dialog *dialog, QVBoxLayout *layout)
{
    QHBoxLayout *buttons = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, buttons);
    QPushButton *reset = q_pushbutton_new(vt_tr("intake", "Take everything"), &dialog->dialog);
    q_widget_set_tool_tip(reset, vt_tr("intake", "All names, kinds and sizes; nothing limited"));
    QPushButton *cancel = q_pushbutton_new(vt_tr("intake", "Cancel"), &dialog->dialog);
    dialog->import = q_pushbutton_new(vt_tr("intake", "Import"), &dialog->dialog);
    q_pushbutton_set_default(dialog->import, true);
    q_boxlayout_add_widget(buttons, reset);
    q_boxlayout_add_stretch(buttons);
    q_boxlayout_add_widget(buttons, cancel);
    q_boxlayout_add_widget(buttons, dialog->import);
    q_abstractbutton_on_clicked(reset, &dialog->dialog, on_reset, dialog);
    q_abstractbutton_on_clicked(cancel, &dialog->dialog, on_cancel, dialog);
    q_abstractbutton_on_clicked(dialog->import, &dialog->dialog, on_import, dialog);
}

static QTimer *make_timer(vt_intake_dialog *dialog, int ms, bool once, void (*callback)(void *user))
{
    QTimer *timer = q_timer_new(&dialog->dialog);
    q_timer_set_interval(timer, ms);
    q_timer_set_single_shot(timer, once);
    q_timer_on_timeout(timer, &dialog->dialog, callback, dialog);
    return timer;
}

vt_intake_dialog *vt_intake_dialog_create(QWidgetRef parent, vt_engine *engine, bool keeps,
                                          vt_intake_start start, void *user, vt_log log)
{
    vt_intake_dialog *dialog = qt_subclass_allocate(&dialog_class);
    q_dialog_init(&dialog->dialog, parent);
    qt_subclass_install(&dialog_class, dialog);
    dialog->engine = engine;
    dialog->keeps = keeps;
    dialog->start = start;
    dialog->user = user;
    dialog->log = log;
    q_widget_set_window_title(&dialog->dialog, vt_tr("intake", "Import folders"));
    q_widget_set_accept_drops(&dialog->dialog, true);
    dialog->pause = make_timer(dialog, PAUSE_MS, true, on_pause);
    dialog->look = make_timer(dialog, LOOK_MS, false, on_look);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&dialog->dialog);
    q_boxlayout_set_spacing(layout, SPACING);
    vt_intake_form *form = add_fields(dialog, layout);
    dialog->count = add_label(dialog, layout, false);
    dialog->details = add_label(dialog, layout, true);
    q_widget_set_accessible_name(dialog->count, vt_tr("intake", "What would be imported"));
    add_buttons(dialog, layout);
    dialog->form = form;
    if (keeps) {
        vt_intake_form_restore(form);
    } else {
        vt_intake_form_reset(form);
        vt_intake_form_unfold(form, false);
    }
    vt_resize_within_screen((QWidget *)&dialog->dialog, WIDTH, 1);
    return dialog;
}

void vt_intake_dialog_show(vt_intake_dialog *dialog, const char *const *paths, size_t count)
{
    bool was_hidden = q_widget_is_hidden(&dialog->dialog);
    if (was_hidden) {
        fit(dialog); /* before it is given a place */
    }
    q_widget_show(&dialog->dialog);
    q_widget_raise(&dialog->dialog);
    q_widget_activate_window(&dialog->dialog);
    if (count > 0) {
        vt_intake_folders_add(dialog->folders, paths, count);
    }
    if (was_hidden) {
        fit(dialog);
        vt_intake_folders_focus(dialog->folders);
        vt_log_write(&dialog->log, VT_LOG_INFO, "intake: shown");
    }
    on_changed(dialog);
}

void vt_intake_dialog_stop(vt_intake_dialog *dialog)
{
    q_timer_stop(dialog->pause);
    stop_counting(dialog);
}
