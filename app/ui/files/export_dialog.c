#include "app/ui/files/export_dialog.h"

#include "app/ui/files/export_form.h"
#include "app/ui/files/export_memory.h"
#include "app/ui/files/export_survey.h"
#include "app/ui/parts/reading.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"
#include "core/base/str.h"

#include <qt6c/qdialog.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qtimer.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 580, LOOK_MS = 250 /* after the last change */ };

struct vt_export_dialog {
    QDialog dialog; /* first */
    vt_export_dialog_context context;
    vt_chosen *chosen, *all; /* owned */
    vt_export_form form;
    QLabel *found;
    QPushButton *apply;
    QTimer *pause;
    vt_reading *look;
    vt_cancel *look_cancel; /* of the last look; one reference, NULL: there was none */
};

static vt_chosen *wanted_items(const vt_export_dialog *dialog)
{
    bool all = dialog->all && vt_export_form_wants_all(&dialog->form);
    return all ? dialog->all : dialog->chosen;
}

/* ---- a look at what would be written ---- */

/* What is looked at, or was, is not wanted any more. */
static void cancel_look(vt_export_dialog *dialog)
{
    if (dialog->look_cancel) {
        vt_cancel_request(dialog->look_cancel);
    }
}

static void free_look(void *work)
{
    vt_export_question_free(work);
}

static void *prepare_look(void *user)
{
    vt_export_dialog *dialog = user;
    const vt_chosen *items = wanted_items(dialog);
    vt_export_wish wish = vt_export_form_read(&dialog->form);
    vt_export_question *question = items && wish.folder ? calloc(1, sizeof *question) : NULL;
    if (!question) {
        free(wish.folder);
        return NULL;
    }
    *question = (vt_export_question){.engine = dialog->context.engine,
                                     .chosen = vt_chosen_copy(items),
                                     .wish = wish,
                                     .cancel = vt_cancel_create(NULL)};
    if (!question->chosen || !question->cancel) {
        vt_export_question_free(question);
        return NULL;
    }
    vt_cancel_unref(dialog->look_cancel);
    dialog->look_cancel = vt_cancel_ref(question->cancel);
    return question;
}

static bool run_look(void *work, vt_error *error)
{
    (void)error; /* it is told with what was found */
    vt_export_question_run(work);
    return true;
}

static void take_look(void *user, void *work, const vt_error *error)
{
    (void)error;
    vt_export_dialog *dialog = user;
    const vt_export_question *question = work;
    bool changed = vt_cancel_requested(question->cancel) || q_timer_is_active(dialog->pause);
    if (dialog->chosen && !changed) {
        vt_str text = VT_STR_INIT;
        q_widget_set_enabled(dialog->apply, vt_export_question_tell(question, &text));
        q_label_set_text(dialog->found, text.data);
        vt_log_write(&dialog->context.log, VT_LOG_INFO, "export: kind=%d would be: %s", question->wish.kind,
                     text.data);
        vt_str_free(&text);
    }
}

static const vt_reading_ops look_ops = {.name = "look at an export",
                                        .priority = VT_PRIORITY_HIGH,
                                        .prepare = prepare_look,
                                        .read = run_look,
                                        .take = take_look,
                                        .release = free_look};

static void on_pause(void *user)
{
    vt_export_dialog *dialog = user;
    cancel_look(dialog);
    vt_reading_begin(dialog->look);
}

/* ---- fields ---- */

/* Fields as the kind has them; what would be written is looked up once the changes rest. */
static void changed(void *user)
{
    vt_export_dialog *dialog = user;
    vt_export_wish wish = vt_export_form_read(&dialog->form);
    bool named = wish.folder && wish.folder[0] == '/';
    vt_export_form_fit(&dialog->form, wish.kind);
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

/* Lets go of the items. */
static void put_away(vt_export_dialog *dialog)
{
    q_timer_stop(dialog->pause);
    cancel_look(dialog);
    vt_chosen_unref(dialog->chosen);
    vt_chosen_unref(dialog->all);
    dialog->chosen = dialog->all = NULL;
}

static void on_apply(void *user, bool checked)
{
    (void)checked;
    vt_export_dialog *dialog = user;
    vt_export_wish wish = vt_export_form_read(&dialog->form);
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
    vt_reading_stop(dialog->look);
}

void vt_export_dialog_show(vt_export_dialog *dialog, vt_chosen *chosen, vt_chosen *all)
{
    put_away(dialog);
    dialog->chosen = chosen;
    dialog->all = all;
    vt_export_form_offer(&dialog->form, (int64_t)vt_chosen_count(chosen),
                         all ? (int64_t)vt_chosen_count(all) : 0);
    changed(dialog);
    q_widget_show(&dialog->dialog);
    q_widget_raise(&dialog->dialog);
    q_widget_activate_window(&dialog->dialog);
    q_widget_set_focus(dialog->form.folder);
}

/* ---- making it ---- */

static void dialog_finish(void *self)
{
    vt_export_dialog *dialog = self;
    put_away(dialog);
    vt_reading_free(dialog->look);
    vt_cancel_unref(dialog->look_cancel);
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
    vt_resize_within_screen((QWidget *)&dialog->dialog, WIDTH, 0);
    dialog->pause = q_timer_new(&dialog->dialog);
    q_timer_set_single_shot(dialog->pause, true);
    q_timer_set_interval(dialog->pause, LOOK_MS);
    q_timer_on_timeout(dialog->pause, &dialog->dialog, on_pause, dialog);
    dialog->look = vt_reading_create((QObject *)&dialog->dialog, context->executor, &look_ops, dialog);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&dialog->dialog);
    vt_export_form_make(&dialog->form, (QWidget *)&dialog->dialog, changed, dialog);
    q_boxlayout_add_layout(layout, dialog->form.layout);
    make_foot(dialog, layout);
    vt_export_wish wish;
    vt_export_recall(context->use_settings, &wish);
    vt_export_form_show(&dialog->form, &wish);
    free(wish.folder);
    return dialog;
}
