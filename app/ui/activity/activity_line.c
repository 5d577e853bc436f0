#include "app/ui/activity/activity_line.h"

#include "app/ui/activity/activity_words.h"
#include "app/ui/parts/icons.h"
#include "app/ui/parts/line_label.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/clock.h"
#include "core/base/str.h"

#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qprogressbar.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qtoolbutton.h>

#include <stdlib.h>
#include <string.h>

enum { BAR_STEPS = 1000, BAR_WIDTH = 160 };

struct vt_activity_line {
    QWidget widget; /* first */
    char *subject;  /* owned */
    QLabel *text;
    QProgressBar *bar;
    QPushButton *cancel, *hold, *resume, *failures;
    QToolButton *close, *details;
    bool held;
    const vt_activity_line_ops *ops;
    void *user;
};

/* ---- words ---- */

/* What a job says, if it has something to say. */
static void add_part(vt_str *text, const vt_job *job, void (*say)(const vt_job *, vt_str *))
{
    vt_str part = VT_STR_INIT;
    say(job, &part);
    if (part.length) {
        vt_str_appendf(text, "  \u00b7  %s", part.data);
    }
    vt_str_free(&part);
}

static void add_out_of_use(vt_str *text, const char *formats)
{
    if (formats[0]) {
        vt_str_append_cstr(text, "  \u00b7  ");
        vt_tr_append_with(text, "activity",
                          "not read until the next start: %1 (one after the other crashed the decoder)",
                          formats);
    }
}

void vt_activity_line_show_held(vt_activity_line *line, bool held, bool waiting)
{
    line->held = held;
    q_abstractbutton_set_text(line->hold, held ? vt_tr("activity", "Go on") : vt_tr("activity", "Pause"));
    q_widget_set_visible(line->hold, held || !waiting);
    q_widget_set_enabled(line->bar, !held);
}

void vt_activity_line_show_progress(vt_activity_line *line, const vt_import_figures *figures,
                                    const vt_job *job, const char *out_of_use)
{
    char words[32], found[32];
    int64_t done = vt_activity_done(figures);
    vt_str text = VT_STR_INIT;
    vt_tr_fill(&text,
               figures->held      ? vt_tr("activity", "Paused %1:")
               : figures->scanned ? vt_tr("activity", "Importing %1:")
                                  : vt_tr("activity", "Searching %1:"),
               line->subject);
    vt_str_append_cstr(&text, "  ");
    vt_tr_append_both(&text, "activity", "%1 of %2", vt_wording_count(words, sizeof words, done),
                      vt_wording_count(found, sizeof found, figures->found));
    if (job && !figures->held) {
        add_part(&text, job, vt_job_rate);
        add_part(&text, job, vt_job_remaining);
    }
    if (figures->failed) {
        vt_str_append_cstr(&text, "  \u00b7  ");
        vt_tr_append_with(&text, "activity", "%1 failed",
                          vt_wording_count(words, sizeof words, figures->failed));
    }
    add_out_of_use(&text, out_of_use);
    q_label_set_text(line->text, text.data);
    vt_str_free(&text);
    /* Until the search is over nobody knows how much there is: the bar then only says that something moves.
     */
    q_progressbar_set_range(line->bar, 0, figures->scanned ? BAR_STEPS : 0);
    if (figures->scanned && figures->found) {
        q_progressbar_set_value(line->bar, (int)(done * BAR_STEPS / figures->found));
    }
}

void vt_activity_line_show_pause(vt_activity_line *line, const vt_error *reason)
{
    q_widget_set_visible(line->resume, reason != NULL);
    q_widget_set_visible(line->hold, !reason);
    q_widget_set_visible(line->bar, !reason);
    if (reason) {
        vt_str text = VT_STR_INIT;
        vt_tr_append_with(&text, "activity", "Importing %1:", line->subject);
        vt_str_appendf(&text, "  %s: ", vt_tr("activity", "paused"));
        vt_str_append_display(&text, reason->message, strlen(reason->message));
        q_label_set_text(line->text, text.data);
        vt_str_free(&text);
    }
}

void vt_activity_line_show_end(vt_activity_line *line, const vt_import_figures *figures,
                               const char *out_of_use, const vt_error *error)
{
    vt_str text = VT_STR_INIT;
    vt_str_appendf(&text, "%s:  ", line->subject);
    if (error && error->code != VT_ERROR_CANCELLED) {
        vt_str_appendf(&text, "%s: %s  \u00b7  ", vt_tr("activity", "stopped"), error->message);
    } else if (error) {
        vt_str_appendf(&text, "%s  \u00b7  ", vt_tr("activity", "cancelled"));
    }
    vt_activity_outcome(figures, &text);
    vt_str_append_cstr(&text, "  \u00b7  ");
    vt_activity_duration(figures->seconds, &text);
    add_out_of_use(&text, out_of_use);
    q_label_set_text(line->text, text.data);
    vt_str_free(&text);
    q_widget_hide(line->bar);
    q_widget_hide(line->cancel);
    q_widget_hide(line->resume);
    q_widget_hide(line->hold);
    q_widget_set_visible(line->failures, figures->failed > 0);
    q_widget_show(line->close);
}

/* ---- making it ---- */

void vt_activity_line_show_stopping(vt_activity_line *line)
{
    q_widget_set_enabled(line->cancel, false);
    q_widget_set_enabled(line->hold, false);
    q_abstractbutton_set_text(line->cancel, vt_tr("activity", "Stopping\u2026"));
}

static void on_cancel(void *user, bool checked)
{
    (void)checked;
    vt_activity_line *line = user;
    vt_activity_line_show_stopping(line);
    line->ops->cancel(line->user);
}

static void on_resume(void *user, bool checked)
{
    (void)checked;
    vt_activity_line *line = user;
    line->ops->hold(line->user, false);
}

static void on_hold(void *user, bool checked)
{
    (void)checked;
    vt_activity_line *line = user;
    line->ops->hold(line->user, !line->held);
}

static void on_details(void *user, bool checked)
{
    (void)checked;
    vt_activity_line *line = user;
    line->ops->show_details(line->user);
}

static void on_failures(void *user, bool checked)
{
    (void)checked;
    vt_activity_line *line = user;
    line->ops->show_failures(line->user);
}

static void on_close(void *user, bool checked)
{
    (void)checked;
    vt_activity_line *line = user;
    line->ops->close(line->user);
}

static void line_finish(void *self)
{
    free(((vt_activity_line *)self)->subject);
}

static qt_subclass line_class = {
    .base = &qt_class_QWidget, .instance_size = sizeof(vt_activity_line), .finish = line_finish};

static void add_close(vt_activity_line *line)
{
    line->close = q_toolbutton_new(&line->widget);
    QIcon icon = vt_icon_make(VT_ICON_CLOSE);
    q_abstractbutton_set_icon(line->close, &icon);
    q_icon_fini(&icon);
    q_toolbutton_set_auto_raise(line->close, true);
    q_widget_set_tool_tip(line->close, vt_tr("activity", "Close this message"));
    q_widget_set_accessible_name(line->close, vt_tr("activity", "Close this message"));
    q_widget_hide(line->close);
}

static void add_details(vt_activity_line *line)
{
    line->details = q_toolbutton_new(&line->widget);
    q_abstractbutton_set_text(line->details, vt_tr("activity", "Details"));
    q_toolbutton_set_auto_raise(line->details, true);
    q_widget_set_tool_tip(line->details, vt_tr("activity", "All imports of this session (Ctrl+J)"));
}

static void make_widgets(vt_activity_line *line)
{
    line->text = vt_line_label_create(&line->widget);
    line->bar = q_progressbar_new(&line->widget);
    q_progressbar_set_text_visible(line->bar, false);
    q_widget_set_fixed_width(line->bar, BAR_WIDTH);
    q_progressbar_set_range(line->bar, 0, 0);
    line->hold = q_pushbutton_new(vt_tr("activity", "Pause"), &line->widget);
    line->cancel = q_pushbutton_new(vt_tr("activity", "Cancel"), &line->widget);
    line->resume = q_pushbutton_new(vt_tr("activity", "Resume"), &line->widget);
    q_widget_set_tool_tip(line->resume,
                          vt_tr("activity", "Try again now; it is tried by itself once there is room"));
    q_widget_hide(line->resume);
    line->failures = q_pushbutton_new(vt_tr("activity", "Show failures\u2026"), &line->widget);
    q_widget_hide(line->failures);
    add_details(line);
    add_close(line);
}

static void connect(vt_activity_line *line)
{
    const struct {
        QAbstractButton *button;
        void (*callback)(void *user, bool checked);
    } buttons[] = {
        {(QAbstractButton *)line->cancel, on_cancel},     {(QAbstractButton *)line->resume, on_resume},
        {(QAbstractButton *)line->failures, on_failures}, {(QAbstractButton *)line->close, on_close},
        {(QAbstractButton *)line->hold, on_hold},         {(QAbstractButton *)line->details, on_details},
    };
    for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++) {
        q_abstractbutton_on_clicked(buttons[i].button, &line->widget, buttons[i].callback, line);
    }
}

vt_activity_line *vt_activity_line_create(QWidgetRef parent, const char *subject,
                                          const vt_activity_line_ops *ops, void *user)
{
    vt_activity_line *line = qt_subclass_allocate(&line_class);
    q_widget_init(&line->widget, parent);
    qt_subclass_install(&line_class, line);
    line->subject = strdup(subject);
    line->ops = ops;
    line->user = user;
    make_widgets(line);
    QHBoxLayout *layout = q_hboxlayout_new_widget(&line->widget);
    q_layout_set_contents_margins(layout, 12, 1, 12, 1);
    q_boxlayout_add_widget_full(layout, line->text, 1, 0);
    q_boxlayout_add_widget(layout, line->bar);
    q_boxlayout_add_widget(layout, line->details);
    q_boxlayout_add_widget(layout, line->resume);
    q_boxlayout_add_widget(layout, line->hold);
    q_boxlayout_add_widget(layout, line->cancel);
    q_boxlayout_add_widget(layout, line->failures);
    q_boxlayout_add_widget(layout, line->close);
    connect(line);
    return line;
}

QWidget *vt_activity_line_widget(vt_activity_line *line)
{
    return &line->widget;
}
