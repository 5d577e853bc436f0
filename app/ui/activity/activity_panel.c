#include "app/ui/activity/activity_panel.h"

#include "app/ui/activity/job_page.h"
#include "app/ui/activity/sidecar_page.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qdockwidget.h>
#include <qt6c/qtabwidget.h>
#include <qt6c/qvboxlayout.h>

enum { HEIGHT_FIRST = 240 };

struct vt_activity_panel {
    QWidget widget; /* first; what the dock holds */
    QDockWidget *dock;
    QTabWidget *tabs;
    vt_job_page *jobs;
    vt_failures *failures;
    vt_sidecar_page *sidecars;
    void (*shown)(void *user, bool visible);
    void *user;
};

void vt_activity_panel_show(vt_activity_panel *panel)
{
    q_widget_show(panel->dock);
    q_tabwidget_set_current_widget(panel->tabs, vt_job_page_widget(panel->jobs));
    vt_job_page_focus(panel->jobs);
}

static bool shows_failures(const vt_activity_panel *panel)
{
    return q_tabwidget_current_widget(panel->tabs) == vt_failures_widget(panel->failures);
}

void vt_activity_panel_show_failures(vt_activity_panel *panel)
{
    q_widget_show(panel->dock);
    if (shows_failures(panel)) {
        vt_failures_show(panel->failures); /* the tab is no other: nothing would tell it */
    }
    q_tabwidget_set_current_widget(panel->tabs, vt_failures_widget(panel->failures));
}

void vt_activity_panel_update_failures(vt_activity_panel *panel)
{
    if (vt_activity_panel_is_shown(panel) && shows_failures(panel)) {
        vt_failures_show(panel->failures);
    }
}

void vt_activity_panel_show_sidecars(vt_activity_panel *panel)
{
    q_widget_show(panel->dock);
    q_tabwidget_set_current_widget(panel->tabs, vt_sidecar_page_widget(panel->sidecars));
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

/* ---- what is shown ---- */

static void on_tab(void *user, int at)
{
    vt_activity_panel *panel = user;
    if (q_tabwidget_widget(panel->tabs, at) == vt_failures_widget(panel->failures)) {
        vt_failures_show(panel->failures);
    }
}

static void on_visibility(void *user, bool visible)
{
    (void)visible;
    vt_activity_panel *panel = user;
    panel->shown(panel->user, vt_activity_panel_is_shown(panel));
}

/* ---- making it ---- */

static void show_failures(void *user)
{
    vt_activity_panel_show_failures(user);
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
    panel->shown = shown;
    panel->user = user;
    make_dock(panel, window);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&panel->widget);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    panel->tabs = q_tabwidget_new(&panel->widget);
    q_tabwidget_set_document_mode(panel->tabs, true);
    q_boxlayout_add_widget(layout, panel->tabs);
    panel->jobs = vt_job_page_create(panel->tabs, activity, show_failures, panel);
    panel->failures = vt_failures_create(panel->tabs, library, executor, ops, user, log);
    q_tabwidget_add_tab(panel->tabs, vt_job_page_widget(panel->jobs), vt_tr("activity", "Imports"));
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
    vt_job_page_stop(panel->jobs);
    vt_failures_stop(panel->failures);
    vt_sidecar_page_stop(panel->sidecars);
}
