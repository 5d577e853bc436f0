/* What the system tells the window: what is dropped on it, that it is painted, resized or closed. */
#include "app/ui/parts/dropped_paths.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/response.h"
#include "app/ui/window/window_private.h"
#include "core/base/clock.h"

#include <qt6c/qcloseevent.h>
#include <qt6c/qdragenterevent.h>
#include <qt6c/qmimedata.h>

/* ---- dropping folders and files ---- */

static void drag_enter(QMainWindow *self, QDragEnterEvent *event)
{
    (void)self;
    bool from_here = q_dropevent_source(event) != NULL; /* its files are in the library already */
    if (!from_here && q_mimedata_has_urls(q_dropevent_mime_data(event))) {
        q_dropevent_accept_proposed_action(event);
    }
}

/* Taken in at once; with Shift what of it is to be chosen first. */
static void drop(QMainWindow *self, QDropEvent *event)
{
    vt_window *window = (vt_window *)self;
    vt_dropped_paths dropped = vt_dropped_paths_of(event);
    if (dropped.count && (q_dropevent_modifiers(event) & Qt_ShiftModifier)) {
        vt_window_show_intake(window, (const char *const *)dropped.paths, dropped.count);
    } else if (dropped.count) {
        vt_window_import(window, (const char *const *)dropped.paths, dropped.count);
    }
    if (dropped.count) {
        q_dropevent_accept_proposed_action(event);
    }
    vt_dropped_paths_free(&dropped);
}

static void close_event(QMainWindow *self, QCloseEvent *event)
{
    vt_window_keep_workspace((vt_window *)self);
    vt_window_save_session((vt_window *)self);
    q_widget_base_close_event(self, event);
}

/* The window's parts are painted in the same go; what is posted now comes after them. */
static void paint_event(QMainWindow *self, QPaintEvent *event)
{
    vt_window *window = (vt_window *)self;
    q_widget_base_paint_event(self, event);
    if (window->painted) {
        qt_post((QObject *)&window->main, window->painted, window->painted_user, NULL);
        window->painted = NULL;
    }
}

/* Later: what is asked of the palette in the middle of its change may be either. */
static void follow_desktop(void *user)
{
    vt_command_theme_follow(user);
}

/* What lies over the window's contents, once its bars stand. */
static void place_overlays(void *user)
{
    vt_window *window = user;
    vt_foot_place(window->foot);
    vt_window_place_filter_notice(window);
}

static void resize_event(QMainWindow *self, QResizeEvent *event)
{
    q_widget_base_resize_event(self, event);
    if (((vt_window *)self)->foot) {
        qt_post((QObject *)self, place_overlays, self, NULL);
    }
}

/* Those of panes that were waiting for it: they are to stand in front. */
static void show_pane_windows(void *user)
{
    vt_window *window = user;
    if (vt_window_has_workspace(window) && !window->viewer_open) {
        vt_workspace_view_show_windows(window->workspace.view, true);
    }
}

static bool window_event(QMainWindow *self, QEvent *event)
{
    const vt_window *window = (const vt_window *)self;
    if (q_event_type(event) == QEvent_Show) {
        qt_post((QObject *)self, show_pane_windows, self, NULL);
    }
    if (q_event_type(event) == QEvent_ThemeChange) {
        qt_post((QObject *)self, follow_desktop, self, NULL);
    }
    if (q_event_type(event) == QEvent_LayoutRequest && window->foot) {
        qt_post((QObject *)self, place_overlays, self, NULL);
    }
    if (q_event_type(event) == QEvent_UpdateRequest && window->performance) {
        int64_t begin = vt_clock_now(); /* all that is to be painted is painted in it: a frame */
        bool done = q_mainwindow_base_event(self, event);
        vt_performance_frame(window->performance, vt_clock_now() - begin);
        vt_response_painted(window->response);
        return done;
    }
    return q_mainwindow_base_event(self, event);
}

const QMainWindowVirtuals vt_window_virtuals = {.event = window_event,
                                                .paint_event = paint_event,
                                                .resize_event = resize_event,
                                                .drag_enter_event = drag_enter,
                                                .drop_event = drop,
                                                .close_event = close_event};
