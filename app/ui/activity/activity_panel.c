#include "app/ui/activity/activity_panel.h"

#include "app/ui/activity/job_row.h"
#include "app/ui/activity/sidecar_page.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qdockwidget.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qscrollarea.h>
#include <qt6c/qtabwidget.h>
#include <qt6c/qvboxlayout.h>

enum { HEIGHT_FIRST = 240 };

struct vt_activity_panel {
    QWidget widget; /* first; what the dock holds */
    QDockWidget *dock;
    QTabWidget *tabs;
    QWidget *page, *list;
    QVBoxLayout *lines;
    QLabel *total, *empty;
    QPushButton *hold_all, *cancel_all, *clear;
    vt_job_row *rows[VT_JOBS_MAX]; /* made when they are needed; those beyond the list are hidden */
    int64_t ids[VT_JOBS_MAX];      /* of the jobs in these rows */
    size_t row_count, used;
    vt_activity *activity;
    vt_failures *failures;
    vt_sidecar_page *sidecars;
    void (*shown)(void *user, bool visible);
    void *user;
};

/* ---- what a row tells ---- */

static void row_hold(void *user, int64_t id, bool hold)
{
    vt_activity_hold(((vt_activity_panel *)user)->activity, id, hold);
}

static void row_cancel(void *user, int64_t id)
{
    vt_activity_cancel(((vt_activity_panel *)user)->activity, id);
}

static void row_failures(void *user)
{
    vt_activity_panel_show_failures(user);
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

static void show_total(vt_activity_panel *panel)
{
    const vt_jobs *jobs = vt_activity_jobs(panel->activity);
    vt_str text = VT_STR_INIT;
    bool running = false;
    bool held = any_held(jobs, &running);
    vt_jobs_total(jobs, &text);
    q_label_set_text(panel->total, text.data);
    vt_str_free(&text);
    q_abstractbutton_set_text(panel->hold_all, running || !held ? vt_tr("activity", "Pause all")
                                                                : vt_tr("activity", "Go on with all"));
    q_widget_set_enabled(panel->hold_all, running || held);
    q_widget_set_enabled(panel->cancel_all, running || held);
    q_widget_set_enabled(panel->clear, jobs->count > (size_t)vt_activity_count(panel->activity));
    q_widget_set_visible(panel->empty, jobs->count == 0);
}

/* Those under way come first, else the newest. */
static void order(vt_activity_panel *panel, const vt_jobs *jobs)
{
    size_t count = 0;
    for (int ended = 0; ended <= 1; ended++) {
        for (size_t i = 0; i < jobs->count; i++) {
            if (vt_job_has_ended(jobs->jobs[i]) == (ended == 1)) {
                panel->ids[count++] = jobs->jobs[i]->id;
            }
        }
    }
}

/* At most VT_JOBS_MAX rows, however many imports there were. */
static void show_all(vt_activity_panel *panel)
{
    const vt_jobs *jobs = vt_activity_jobs(panel->activity);
    while (panel->row_count < jobs->count) {
        vt_job_row *row = vt_job_row_create(panel->list, &row_ops, panel);
        q_boxlayout_insert_widget(panel->lines, (int)panel->row_count, vt_job_row_widget(row));
        panel->rows[panel->row_count++] = row;
    }
    order(panel, jobs);
    for (size_t i = 0; i < panel->row_count; i++) {
        bool used = i < jobs->count;
        if (used) {
            vt_job_row_show(panel->rows[i], vt_jobs_find(jobs, panel->ids[i]));
        }
        if (used != (i < panel->used)) {
            q_widget_set_visible(vt_job_row_widget(panel->rows[i]), used);
        }
    }
    panel->used = jobs->count;
    show_total(panel);
}

void vt_activity_panel_update(vt_activity_panel *panel, int64_t id)
{
    if (!q_widget_is_visible(&panel->widget)) {
        return; /* it looks when it is shown */
    }
    const vt_jobs *jobs = vt_activity_jobs(panel->activity);
    if (id == 0 || jobs->count != panel->used) {
        show_all(panel);
        return;
    }
    for (size_t i = 0; i < jobs->count; i++) {
        if (panel->ids[i] == id) {
            vt_job_row_show(panel->rows[i], vt_jobs_find(jobs, id));
        }
    }
    show_total(panel);
}

void vt_activity_panel_show(vt_activity_panel *panel)
{
    q_widget_show(panel->dock);
    q_tabwidget_set_current_widget(panel->tabs, panel->page);
    show_all(panel);
    q_widget_set_focus(panel->hold_all);
}

void vt_activity_panel_show_failures(vt_activity_panel *panel)
{
    q_widget_show(panel->dock);
    q_tabwidget_set_current_widget(panel->tabs, vt_failures_widget(panel->failures));
    show_all(panel);
}

void vt_activity_panel_show_sidecars(vt_activity_panel *panel)
{
    q_widget_show(panel->dock);
    q_tabwidget_set_current_widget(panel->tabs, vt_sidecar_page_widget(panel->sidecars));
    show_all(panel);
}

void vt_activity_panel_update_sidecars(vt_activity_panel *panel)
{
    vt_sidecar_page_update(panel->sidecars);
}

void vt_activity_panel_hide(vt_activity_panel *panel)
{
    q_widget_hide(panel->dock);
}

bool vt_activity_panel_is_shown(vt_activity_panel *panel)
{
    return !q_widget_is_hidden(panel->dock);
}

/* ---- buttons ---- */

static void on_hold_all(void *user, bool checked)
{
    (void)checked;
    vt_activity_panel *panel = user;
    const vt_jobs *jobs = vt_activity_jobs(panel->activity);
    bool running;
    any_held(jobs, &running);
    for (size_t i = 0; i < jobs->count; i++) {
        if (!vt_job_has_ended(jobs->jobs[i])) {
            vt_activity_hold(panel->activity, jobs->jobs[i]->id, running);
        }
    }
}

static void on_cancel_all(void *user, bool checked)
{
    (void)checked;
    vt_activity_cancel_all(((vt_activity_panel *)user)->activity);
}

static void on_clear(void *user, bool checked)
{
    (void)checked;
    vt_activity_panel *panel = user;
    vt_activity_clear_ended(panel->activity);
    show_all(panel);
}

static void on_tab(void *user, int at)
{
    vt_activity_panel *panel = user;
    if (q_tabwidget_widget(panel->tabs, at) == vt_failures_widget(panel->failures)) {
        vt_failures_show(panel->failures);
    }
}

static void on_visibility(void *user, bool visible)
{
    vt_activity_panel *panel = user;
    if (visible) {
        show_all(panel);
    }
    panel->shown(panel->user, vt_activity_panel_is_shown(panel));
}

/* ---- making it ---- */

static QPushButton *add_button(vt_activity_panel *panel, QHBoxLayout *line, const char *text,
                               void (*callback)(void *, bool))
{
    QPushButton *button = q_pushbutton_new(text, panel->page);
    q_boxlayout_add_widget(line, button);
    q_abstractbutton_on_clicked(button, &panel->widget, callback, panel);
    return button;
}

static void make_page(vt_activity_panel *panel)
{
    panel->page = q_widget_new(panel->tabs);
    QVBoxLayout *layout = q_vboxlayout_new_widget(panel->page);
    q_layout_set_contents_margins(layout, 0, 4, 0, 0);
    q_boxlayout_set_spacing(layout, 2);
    QHBoxLayout *line = q_hboxlayout_new();
    q_layout_set_contents_margins(line, 12, 2, 12, 2);
    q_boxlayout_add_layout(layout, line);
    panel->total = q_label_new_empty(panel->page);
    q_label_set_text_format(panel->total, Qt_PlainText);
    vt_set_size_policy(panel->total, QSizePolicy_Ignored, QSizePolicy_Preferred);
    q_boxlayout_add_widget_full(line, panel->total, 1, 0);
    panel->hold_all = add_button(panel, line, vt_tr("activity", "Pause all"), on_hold_all);
    panel->cancel_all = add_button(panel, line, vt_tr("activity", "Cancel every import"), on_cancel_all);
    panel->clear = add_button(panel, line, vt_tr("activity", "Clear finished"), on_clear);
    QScrollArea *area = q_scrollarea_new(panel->page);
    panel->list = q_widget_new(area);
    panel->lines = q_vboxlayout_new_widget(panel->list);
    q_layout_set_contents_margins(panel->lines, 0, 0, 0, 0);
    q_boxlayout_set_spacing(panel->lines, 0);
    panel->empty = q_label_new(vt_tr("activity", "No import yet in this session. Add a folder to begin one."),
                               panel->list);
    q_label_set_alignment(panel->empty, Qt_AlignCenter);
    q_widget_set_enabled(panel->empty, false);
    q_label_set_margin(panel->empty, 24);
    q_boxlayout_add_widget(panel->lines, panel->empty);
    q_boxlayout_add_stretch(panel->lines);
    q_scrollarea_set_widget(area, panel->list);
    q_scrollarea_set_widget_resizable(area, true);
    q_frame_set_frame_shape(area, QFrame_NoFrame);
    q_abstractscrollarea_set_horizontal_scroll_bar_policy(area, Qt_ScrollBarAlwaysOff);
    q_boxlayout_add_widget_full(layout, area, 1, 0);
}

static void make_dock(vt_activity_panel *panel, QMainWindow *window)
{
    panel->dock = q_dockwidget_new_string_widget_windowtype(vt_tr("activity", "Activity"), window);
    q_object_set_object_name(panel->dock, "activity");
    q_dockwidget_set_features(panel->dock, QDockWidget_DockWidgetClosable | QDockWidget_DockWidgetMovable);
    q_mainwindow_add_dock_widget(window, Qt_BottomDockWidgetArea, panel->dock);
    q_widget_hide(panel->dock);
}

static qt_subclass panel_class = {.base = &qt_class_QWidget, .instance_size = sizeof(vt_activity_panel)};

vt_activity_panel *vt_activity_panel_create(QMainWindow *window, vt_activity *activity, vt_library *library,
                                            vt_executor *executor, const vt_failures_ops *ops,
                                            void (*shown)(void *user, bool visible), void *user, vt_log log)
{
    vt_activity_panel *panel = qt_subclass_allocate(&panel_class);
    q_widget_init(&panel->widget, window);
    qt_subclass_install(&panel_class, panel);
    panel->activity = activity;
    panel->shown = shown;
    panel->user = user;
    make_dock(panel, window);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&panel->widget);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    panel->tabs = q_tabwidget_new(&panel->widget);
    q_tabwidget_set_document_mode(panel->tabs, true);
    q_boxlayout_add_widget(layout, panel->tabs);
    make_page(panel);
    panel->failures = vt_failures_create(panel->tabs, library, executor, ops, user, log);
    q_tabwidget_add_tab(panel->tabs, panel->page, vt_tr("activity", "Imports"));
    q_tabwidget_add_tab(panel->tabs, vt_failures_widget(panel->failures), vt_tr("activity", "Failed files"));
    panel->sidecars = vt_sidecar_page_create(panel->tabs, library, executor, ops, user, log);
    q_tabwidget_add_tab(panel->tabs, vt_sidecar_page_widget(panel->sidecars), vt_tr("sidecars", "Side-cars"));
    q_dockwidget_set_widget(panel->dock, &panel->widget);
    q_tabwidget_on_current_changed(panel->tabs, &panel->widget, on_tab, panel);
    q_dockwidget_on_visibility_changed(panel->dock, &panel->widget, on_visibility, panel);
    QList docks = qt_list_from(&panel->dock, 1, sizeof panel->dock);
    QList sizes = qt_list_from(&(int){HEIGHT_FIRST}, 1, sizeof(int));
    q_mainwindow_resize_docks(window, &docks, &sizes, Qt_Vertical);
    qt_list_release(&docks, sizeof panel->dock);
    qt_list_release(&sizes, sizeof(int));
    return panel;
}

void vt_activity_panel_stop(vt_activity_panel *panel)
{
    vt_failures_stop(panel->failures);
    vt_sidecar_page_stop(panel->sidecars);
}
