#include "app/ui/activity/job_row.h"

#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qgridlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qprogressbar.h>
#include <qt6c/qpushbutton.h>

enum {
    BAR_STEPS = 1000,
    BAR_WIDTH = 160,
    COUNTS_WIDTH = 150,
    RATE_WIDTH = 80,
    LEFT_WIDTH = 110,
    BUTTON_WIDTH = 88,
    STATUS_LEAST = 120
};

struct vt_job_row {
    QWidget widget; /* first */
    int64_t id;
    bool held;
    QLabel *subject, *status, *counts, *rate, *remaining;
    QProgressBar *bar;
    QPushButton *hold, *cancel, *failures;
    const vt_job_row_ops *ops;
    void *user;
};

static void set_text(QLabel *label, const vt_job *job, void (*say)(const vt_job *, vt_str *))
{
    vt_str text = VT_STR_INIT;
    say(job, &text);
    q_label_set_text(label, text.data);
    q_widget_set_tool_tip(label, text.data); /* all of it, where there is no room */
    vt_str_free(&text);
}

/* What a screen reader says of a button: there are many of the same text. */
static void name_button(QPushButton *button, const char *form, const char *subject)
{
    vt_str name = VT_STR_INIT;
    vt_tr_fill(&name, form, subject);
    q_widget_set_accessible_name(button, name.data);
    vt_str_free(&name);
}

void vt_job_row_show(vt_job_row *row, const vt_job *job)
{
    bool ended = vt_job_has_ended(job);
    int permille = vt_job_permille(job);
    row->id = job->id;
    row->held = job->state == VT_JOB_HELD;
    q_label_set_text(row->subject, job->subject);
    q_widget_set_tool_tip(row->subject, job->subject);
    set_text(row->status, job, vt_job_status);
    set_text(row->counts, job, vt_job_counts);
    set_text(row->rate, job, vt_job_rate);
    set_text(row->remaining, job, vt_job_remaining);
    /* A bar that runs to and fro says that something moves: not of what stands still. */
    bool unknown = permille < 0 && job->state == VT_JOB_SEARCHING;
    q_progressbar_set_range(row->bar, 0, unknown ? 0 : BAR_STEPS);
    q_progressbar_set_value(row->bar, permille < 0 ? 0 : permille);
    q_widget_set_enabled(row->bar, !row->held);
    q_widget_set_visible(row->hold, !ended);
    q_widget_set_visible(row->cancel, !ended);
    q_widget_set_visible(row->failures, ended && job->figures.failed > 0);
    q_widget_set_enabled(row->hold, job->state != VT_JOB_STOPPING);
    q_widget_set_enabled(row->cancel, job->state != VT_JOB_STOPPING);
    q_abstractbutton_set_text(row->hold, row->held ? vt_tr("activity", "Go on") : vt_tr("activity", "Pause"));
    name_button(row->hold, row->held ? vt_tr("activity", "Go on with %1") : vt_tr("activity", "Pause %1"),
                job->subject);
    name_button(row->cancel, vt_tr("activity", "Cancel %1"), job->subject);
    name_button(row->failures, vt_tr("activity", "Failures of %1"), job->subject);
}

static void on_hold(void *user, bool checked)
{
    (void)checked;
    vt_job_row *row = user;
    row->ops->hold(row->user, row->id, !row->held);
}

static void on_cancel(void *user, bool checked)
{
    (void)checked;
    vt_job_row *row = user;
    row->ops->cancel(row->user, row->id);
}

static void on_failures(void *user, bool checked)
{
    (void)checked;
    vt_job_row *row = user;
    row->ops->show_failures(row->user);
}

static qt_subclass row_class = {.base = &qt_class_QWidget, .instance_size = sizeof(vt_job_row)};

static QLabel *add_label(vt_job_row *row, QGridLayout *grid, int line, int column, int width, bool right)
{
    QLabel *label = q_label_new_empty(&row->widget);
    q_label_set_text_format(label, Qt_PlainText);
    q_label_set_alignment(label, (right ? Qt_AlignRight : Qt_AlignLeft) | Qt_AlignVCenter);
    if (width > 0) {
        q_widget_set_fixed_width(label, width);
    } else {
        vt_set_size_policy(label, QSizePolicy_Ignored, QSizePolicy_Preferred);
        q_widget_set_minimum_width(label, STATUS_LEAST);
    }
    q_gridlayout_add_widget(grid, label, line, column);
    return label;
}

static QPushButton *add_button(vt_job_row *row, QGridLayout *grid, int column, const char *text,
                               void (*callback)(void *, bool))
{
    QPushButton *button = q_pushbutton_new(text, &row->widget);
    q_widget_set_fixed_width(button, BUTTON_WIDTH);
    q_gridlayout_set_column_minimum_width(grid, column, BUTTON_WIDTH); /* columns stand under each other */
    q_gridlayout_add_widget(grid, button, 0, column);
    q_abstractbutton_on_clicked(button, &row->widget, callback, row);
    return button;
}

vt_job_row *vt_job_row_create(QWidgetRef parent, const vt_job_row_ops *ops, void *user)
{
    vt_job_row *row = qt_subclass_allocate(&row_class);
    q_widget_init(&row->widget, parent);
    qt_subclass_install(&row_class, row);
    row->ops = ops;
    row->user = user;
    QGridLayout *grid = q_gridlayout_new(&row->widget);
    q_layout_set_contents_margins(grid, 12, 3, 12, 3);
    q_gridlayout_set_horizontal_spacing(grid, 10);
    row->subject = add_label(row, grid, 0, 0, 0, false);
    row->bar = q_progressbar_new(&row->widget);
    q_progressbar_set_text_visible(row->bar, false);
    q_widget_set_fixed_width(row->bar, BAR_WIDTH);
    q_gridlayout_add_widget(grid, row->bar, 0, 1);
    row->counts = add_label(row, grid, 0, 2, COUNTS_WIDTH, true);
    row->rate = add_label(row, grid, 0, 3, RATE_WIDTH, true);
    row->remaining = add_label(row, grid, 0, 4, LEFT_WIDTH, true);
    row->status = add_label(row, grid, 0, 5, 0, false);
    row->hold = add_button(row, grid, 6, vt_tr("activity", "Pause"), on_hold);
    row->cancel = add_button(row, grid, 7, vt_tr("activity", "Cancel"), on_cancel);
    row->failures = add_button(row, grid, 7, vt_tr("activity", "Failures\u2026"), on_failures);
    q_gridlayout_set_column_stretch(grid, 0, 2);
    q_gridlayout_set_column_stretch(grid, 5, 3);
    return row;
}

QWidget *vt_job_row_widget(vt_job_row *row)
{
    return &row->widget;
}
