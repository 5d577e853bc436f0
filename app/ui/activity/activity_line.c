#include "app/ui/activity/activity_line.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/sizing.h"
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

enum { BAR_STEPS = 1000, BAR_WIDTH = 220 };

struct vt_activity_line {
    QWidget widget; /* first */
    char *subject;  /* owned */
    QLabel *text;
    QProgressBar *bar;
    QPushButton *cancel, *resume, *failures;
    QToolButton *close;
    const vt_activity_line_ops *ops;
    void *user;
};

/* ---- words ---- */

static void add_count(vt_str *text, int64_t count, const char *what)
{
    char words[32];
    if (count) {
        vt_str_append_cstr(text, text->length ? ", " : "");
        vt_str_append_cstr(text, vt_wording_count(words, sizeof words, count));
        vt_str_append_cstr(text, what);
    }
}

static void add_stall(vt_str *text, const vt_heartbeat_figures *heartbeat)
{
    if (heartbeat->ticks) {
        vt_str_appendf(text, "  \u00b7  longest stall %.1f ms",
                       (double)heartbeat->longest_stall / VT_NS_PER_MS);
    }
}

static int64_t done_of(const vt_import_figures *figures)
{
    return figures->imported + figures->updated + figures->moved + figures->unchanged + figures->failed;
}

static void add_out_of_use(vt_str *text, const char *formats)
{
    if (formats[0]) {
        vt_str_appendf(
            text, "  \u00b7  not read until the next start: %s (one after the other crashed the decoder)",
            formats);
    }
}

void vt_activity_line_show_progress(vt_activity_line *line, const vt_import_figures *figures,
                                    const vt_heartbeat_figures *heartbeat, const char *out_of_use)
{
    char words[32];
    int64_t done = done_of(figures);
    vt_str text = VT_STR_INIT;
    vt_str_appendf(&text, "%s %s:  ", figures->scanned ? "Importing" : "Searching", line->subject);
    vt_str_append_cstr(&text, vt_wording_count(words, sizeof words, done));
    vt_str_append_cstr(&text, " of ");
    vt_str_append_cstr(&text, vt_wording_count(words, sizeof words, figures->found));
    if (figures->items_per_second > 0) {
        vt_str_appendf(&text, "  \u00b7  %s/s",
                       vt_wording_count(words, sizeof words, (int64_t)(figures->items_per_second + 0.5)));
    }
    if (figures->remaining_seconds >= 0) {
        int64_t remaining = (int64_t)(figures->remaining_seconds * VT_NS_PER_S);
        vt_str_appendf(&text, "  \u00b7  %s left", vt_wording_duration(words, sizeof words, remaining));
    }
    if (figures->failed) {
        vt_str_appendf(&text, "  \u00b7  %s failed", vt_wording_count(words, sizeof words, figures->failed));
    }
    add_stall(&text, heartbeat);
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
    q_widget_set_visible(line->bar, !reason);
    if (reason) {
        vt_str text = VT_STR_INIT;
        vt_str_appendf(&text, "Importing %s:  paused: ", line->subject);
        vt_str_append_display(&text, reason->message, strlen(reason->message));
        q_label_set_text(line->text, text.data);
        q_widget_set_tool_tip(line->text, text.data); /* all of it, where the window is narrow */
        vt_str_free(&text);
    } else {
        q_widget_set_tool_tip(line->text, "");
    }
}

/* How long an import took: tenths of a second tell quick ones apart. */
static void add_duration(vt_str *text, double seconds)
{
    char words[32];
    if (seconds < 10) {
        vt_str_appendf(text, "  \u00b7  %.1f s", seconds);
    } else {
        vt_str_appendf(text, "  \u00b7  %s",
                       vt_wording_duration(words, sizeof words, (int64_t)(seconds * VT_NS_PER_S)));
    }
}

static void say_outcome(vt_str *text, const vt_import_figures *figures)
{
    vt_str counts = VT_STR_INIT;
    add_count(&counts, figures->imported, " imported");
    add_count(&counts, figures->updated, " updated");
    add_count(&counts, figures->unchanged, " unchanged");
    add_count(&counts, figures->failed, " failed");
    add_count(&counts, figures->moved, " moved");
    add_count(&counts, figures->missing, " missing");
    add_count(&counts, figures->offline, " offline");
    add_count(&counts, figures->links, " links");
    add_count(&counts, figures->skipped, " other files");
    vt_str_append_cstr(text, counts.length ? counts.data : "nothing to import there");
    vt_str_free(&counts);
}

void vt_activity_line_show_end(vt_activity_line *line, const vt_import_figures *figures,
                               const vt_heartbeat_figures *heartbeat, const char *out_of_use,
                               const vt_error *error)
{
    vt_str text = VT_STR_INIT;
    vt_str_appendf(&text, "%s:  ", line->subject);
    if (error && error->code != VT_ERROR_CANCELLED) {
        vt_str_appendf(&text, "stopped: %s  \u00b7  ", error->message);
    } else if (error) {
        vt_str_append_cstr(&text, "cancelled  \u00b7  ");
    }
    say_outcome(&text, figures);
    add_duration(&text, figures->seconds);
    add_stall(&text, heartbeat);
    add_out_of_use(&text, out_of_use);
    q_label_set_text(line->text, text.data);
    vt_str_free(&text);
    q_widget_hide(line->bar);
    q_widget_hide(line->cancel);
    q_widget_hide(line->resume);
    q_widget_set_visible(line->failures, figures->failed > 0);
    q_widget_show(line->close);
}

/* ---- making it ---- */

void vt_activity_line_show_stopping(vt_activity_line *line)
{
    q_widget_set_enabled(line->cancel, false);
    q_abstractbutton_set_text(line->cancel, "Stopping\u2026");
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
    line->ops->resume(line->user);
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
    q_widget_set_tool_tip(line->close, "Close this message");
    q_widget_set_accessible_name(line->close, "Close this message");
    q_widget_hide(line->close);
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
    line->text = q_label_new_empty(&line->widget);
    q_label_set_text_format(line->text, Qt_PlainText);
    vt_set_size_policy(line->text, QSizePolicy_Ignored, QSizePolicy_Preferred);
    line->bar = q_progressbar_new(&line->widget);
    q_progressbar_set_text_visible(line->bar, false);
    q_widget_set_fixed_width(line->bar, BAR_WIDTH);
    q_progressbar_set_range(line->bar, 0, 0);
    line->cancel = q_pushbutton_new("Cancel", &line->widget);
    line->resume = q_pushbutton_new("Resume", &line->widget);
    q_widget_set_tool_tip(line->resume, "Try again now; it is tried by itself once there is room");
    q_widget_hide(line->resume);
    line->failures = q_pushbutton_new("Show failures\u2026", &line->widget);
    q_widget_hide(line->failures);
    add_close(line);
    QHBoxLayout *layout = q_hboxlayout_new_widget(&line->widget);
    q_layout_set_contents_margins(layout, 12, 4, 12, 4);
    q_boxlayout_add_widget_full(layout, line->text, 1, 0);
    q_boxlayout_add_widget(layout, line->bar);
    q_boxlayout_add_widget(layout, line->resume);
    q_boxlayout_add_widget(layout, line->cancel);
    q_boxlayout_add_widget(layout, line->failures);
    q_boxlayout_add_widget(layout, line->close);
    q_abstractbutton_on_clicked(line->cancel, &line->widget, on_cancel, line);
    q_abstractbutton_on_clicked(line->resume, &line->widget, on_resume, line);
    q_abstractbutton_on_clicked(line->failures, &line->widget, on_failures, line);
    q_abstractbutton_on_clicked(line->close, &line->widget, on_close, line);
    return line;
}

QWidget *vt_activity_line_widget(vt_activity_line *line)
{
    return &line->widget;
}
