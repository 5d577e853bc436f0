#include "app/ui/activity/job_page.h"

#include "app/ui/activity/job_row.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qevent.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qscrollarea.h>
#include <qt6c/qvboxlayout.h>

struct vt_job_page {
    QWidget widget; /* first */
    QWidget *list;
    QVBoxLayout *lines;
    QLabel *total, *empty;
    QPushButton *hold_all, *cancel_all, *clear;
    vt_job_row *rows[VT_JOBS_MAX]; /* made when they are needed; those beyond the list are hidden */
    int64_t ids[VT_JOBS_MAX];      /* of the jobs in these rows */
    size_t row_count, used;
    vt_activity *activity; /* NULL once it is stopped */
    vt_activity_listener listener;
    void (*show_failures)(void *user);
    void *user;
};

/* ---- what a row tells ---- */

static void row_hold(void *user, int64_t id, bool hold)
{
    vt_activity_hold(((vt_job_page *)user)->activity, id, hold);
}

static void row_cancel(void *user, int64_t id)
{
    vt_activity_cancel(((vt_job_page *)user)->activity, id);
}

static void row_failures(void *user)
{
    vt_job_page *page = user;
    page->show_failures(page->user);
}

static const vt_job_row_ops row_ops = {row_hold, row_cancel, row_failures};

/* ---- showing ---- */

static bool any_held(const vt_jobs *jobs, bool *any_running)
{
    bool held = false;
    *any_running = false;
    for (size_t i = 0; i < jobs->count; i++) {
        const vt_job *job = jobs->jobs[i];
        held = held || job->state == VT_JOB_HELD;
        *any_running = *any_running || (!vt_job_has_ended(job) && job->state != VT_JOB_HELD);
    }
    return held;
}

static void show_total(vt_job_page *page)
{
    const vt_jobs *jobs = vt_activity_jobs(page->activity);
    vt_str text = VT_STR_INIT;
    bool running = false;
    bool held = any_held(jobs, &running);
    vt_jobs_total(jobs, &text);
    q_label_set_text(page->total, text.data);
    vt_str_free(&text);
    q_abstractbutton_set_text(page->hold_all, running || !held ? vt_tr("activity", "Pause all")
                                                               : vt_tr("activity", "Go on with all"));
    q_widget_set_enabled(page->hold_all, running || held);
    q_widget_set_enabled(page->cancel_all, running || held);
    q_widget_set_enabled(page->clear, jobs->count > (size_t)vt_activity_count(page->activity));
    q_widget_set_visible(page->empty, jobs->count == 0);
}

/* Those under way come first, else the newest. */
static void order(vt_job_page *page, const vt_jobs *jobs)
{
    size_t count = 0;
    for (int ended = 0; ended <= 1; ended++) {
        for (size_t i = 0; i < jobs->count; i++) {
            if (vt_job_has_ended(jobs->jobs[i]) == (ended == 1)) {
                page->ids[count++] = jobs->jobs[i]->id;
            }
        }
    }
}

/* At most VT_JOBS_MAX rows, however many imports there were. */
static void show_all(vt_job_page *page)
{
    const vt_jobs *jobs = vt_activity_jobs(page->activity);
    while (page->row_count < jobs->count) {
        vt_job_row *row = vt_job_row_create(page->list, &row_ops, page);
        q_boxlayout_insert_widget(page->lines, (int)page->row_count, vt_job_row_widget(row));
        page->rows[page->row_count++] = row;
    }
    order(page, jobs);
    for (size_t i = 0; i < page->row_count; i++) {
        bool used = i < jobs->count;
        if (used) {
            vt_job_row_show(page->rows[i], vt_jobs_find(jobs, page->ids[i]));
        }
        if (used != (i < page->used)) {
            q_widget_set_visible(vt_job_row_widget(page->rows[i]), used);
        }
    }
    page->used = jobs->count;
    show_total(page);
}

static void job_changed(void *user, int64_t id)
{
    vt_job_page *page = user;
    if (!q_widget_is_visible(&page->widget)) {
        return; /* it looks when it is shown */
    }
    const vt_jobs *jobs = vt_activity_jobs(page->activity);
    if (id == 0 || jobs->count != page->used) {
        show_all(page);
        return;
    }
    for (size_t i = 0; i < jobs->count; i++) {
        if (page->ids[i] == id) {
            vt_job_row_show(page->rows[i], vt_jobs_find(jobs, id));
        }
    }
    show_total(page);
}

/* ---- buttons ---- */

static void on_hold_all(void *user, bool checked)
{
    (void)checked;
    vt_job_page *page = user;
    const vt_jobs *jobs = vt_activity_jobs(page->activity);
    bool running;
    any_held(jobs, &running);
    for (size_t i = 0; i < jobs->count; i++) {
        if (!vt_job_has_ended(jobs->jobs[i])) {
            vt_activity_hold(page->activity, jobs->jobs[i]->id, running);
        }
    }
}

static void on_cancel_all(void *user, bool checked)
{
    (void)checked;
    vt_activity_cancel_all(((vt_job_page *)user)->activity);
}

static void on_clear(void *user, bool checked)
{
    (void)checked;
    vt_job_page *page = user;
    vt_activity_clear_ended(page->activity);
    show_all(page);
}

/* ---- making it ---- */

static QPushButton *add_button(vt_job_page *page, QHBoxLayout *line, const char *text,
                               void (*callback)(void *, bool))
{
    QPushButton *button = q_pushbutton_new(text, &page->widget);
    q_boxlayout_add_widget(line, button);
    q_abstractbutton_on_clicked(button, &page->widget, callback, page);
    return button;
}

static void make_page(vt_job_page *page)
{
    QVBoxLayout *layout = q_vboxlayout_new_widget(&page->widget);
    q_layout_set_contents_margins(layout, 0, 4, 0, 0);
    q_boxlayout_set_spacing(layout, 2);
    QHBoxLayout *line = q_hboxlayout_new();
    q_layout_set_contents_margins(line, 12, 2, 12, 2);
    q_boxlayout_add_layout(layout, line);
    page->total = q_label_new_empty(&page->widget);
    q_label_set_text_format(page->total, Qt_PlainText);
    vt_set_size_policy(page->total, QSizePolicy_Ignored, QSizePolicy_Preferred);
    q_boxlayout_add_widget_full(line, page->total, 1, 0);
    page->hold_all = add_button(page, line, vt_tr("activity", "Pause all"), on_hold_all);
    page->cancel_all = add_button(page, line, vt_tr("activity", "Cancel every import"), on_cancel_all);
    page->clear = add_button(page, line, vt_tr("activity", "Clear finished"), on_clear);
    QScrollArea *area = q_scrollarea_new(&page->widget);
    page->list = q_widget_new(area);
    page->lines = q_vboxlayout_new_widget(page->list);
    q_layout_set_contents_margins(page->lines, 0, 0, 0, 0);
    q_boxlayout_set_spacing(page->lines, 0);
    page->empty = q_label_new(vt_tr("activity", "No import yet in this session. Add a folder to begin one."),
                              page->list);
    q_label_set_alignment(page->empty, Qt_AlignCenter);
    q_widget_set_foreground_role(page->empty, QPalette_PlaceholderText);
    q_label_set_margin(page->empty, 24);
    q_boxlayout_add_widget(page->lines, page->empty);
    q_boxlayout_add_stretch(page->lines);
    q_scrollarea_set_widget(area, page->list);
    q_scrollarea_set_widget_resizable(area, true);
    q_frame_set_frame_shape(area, QFrame_NoFrame);
    q_abstractscrollarea_set_horizontal_scroll_bar_policy(area, Qt_ScrollBarAlwaysOff);
    q_boxlayout_add_widget_full(layout, area, 1, 0);
}

/* What changed while it was not seen. */
static bool page_event(QWidget *self, QEvent *event)
{
    if (q_event_type(event) == QEvent_Show && ((vt_job_page *)self)->activity) {
        show_all((vt_job_page *)self);
    }
    return q_widget_base_event(self, event);
}

static const QWidgetVirtuals page_virtuals = {.event = page_event};

static qt_subclass page_class = {
    .base = &qt_class_QWidget, .virtuals = &page_virtuals, .instance_size = sizeof(vt_job_page)};

vt_job_page *vt_job_page_create(QWidgetRef parent, vt_activity *activity, void (*show_failures)(void *user),
                                void *user)
{
    vt_job_page *page = qt_subclass_allocate(&page_class);
    q_widget_init(&page->widget, parent);
    qt_subclass_install(&page_class, page);
    page->activity = activity;
    page->show_failures = show_failures;
    page->user = user;
    make_page(page);
    page->listener = (vt_activity_listener){.job_changed = job_changed, .user = page};
    vt_activity_listen(activity, &page->listener);
    return page;
}

QWidget *vt_job_page_widget(vt_job_page *page)
{
    return &page->widget;
}

void vt_job_page_focus(vt_job_page *page)
{
    q_widget_set_focus(page->hold_all);
}

void vt_job_page_stop(vt_job_page *page)
{
    if (page->activity) {
        vt_activity_unlisten(page->activity, &page->listener);
        page->activity = NULL;
    }
}
