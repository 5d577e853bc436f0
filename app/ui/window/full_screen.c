/* All of the screen: for the window, and then for nothing but the picture if the viewer is open. */
#include "app/ui/window/window_private.h"

#include <qt6c/qmenubar.h>
#include <qt6c/qstatusbar.h>

/* QWIDGETSIZE_MAX: as high as it likes. */
enum { QWIDGET_HEIGHT_MAX = (1 << 24) - 1 };

bool vt_window_is_full_screen(const vt_window *window)
{
    return ((int)q_widget_window_state(&window->main) & Qt_WindowFullScreen) != 0;
}

void vt_window_update_bars(vt_window *window)
{
    bool alone = window->viewer_open && vt_window_is_full_screen(window);
    q_widget_set_visible(window->bar, !window->viewer_open);
    q_widget_set_visible(q_mainwindow_menu_bar(&window->main), !alone);
    q_widget_set_visible(q_mainwindow_status_bar(&window->main), !alone);
    /* These come and go by themselves: what is not seen then has no height. */
    QWidget *const below[] = {vt_activity_widget(window->activity),
                              vt_unfinished_bar_widget(window->unfinished)};
    for (size_t i = 0; i < sizeof below / sizeof *below; i++) {
        q_widget_set_maximum_height(below[i], alone ? 0 : QWIDGET_HEIGHT_MAX);
    }
    vt_viewer_set_full_screen(window->viewer, alone);
}

void vt_window_set_full_screen(vt_window *window, bool full)
{
    if (full == vt_window_is_full_screen(window)) {
        return;
    }
    if (full) {
        q_widget_show_full_screen(&window->main);
    } else {
        q_widget_show_normal(&window->main);
    }
    vt_window_update_bars(window);
    vt_log_write(&window->context.log, VT_LOG_INFO, "window: full screen=%d", full);
}

/* ---- for the viewer ---- */

static void closed(void *user)
{
    vt_window_close_viewer(user);
}

static void set_full_screen(void *user, bool full)
{
    vt_window_set_full_screen(user, full);
}

const vt_viewer_ops vt_window_viewer_ops = {.closed = closed, .set_full_screen = set_full_screen};
