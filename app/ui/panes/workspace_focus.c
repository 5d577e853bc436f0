/* Which pane has the keyboard. */
#include "app/ui/panes/workspace_private.h"

#include <qt6c/qapplication.h>

void vt_workspace_set_focused(vt_workspace_view *view, vt_pane_id pane, bool keyboard)
{
    const vt_pane_record *record = vt_workspace_record(view, pane);
    if (view->focused != pane) {
        const vt_pane_record *before = vt_workspace_record(view, view->focused);
        if (before && before->frame) {
            vt_pane_frame_set_focused(before->frame, false);
        }
        view->focused = pane;
        vt_log_write(&view->context.log, VT_LOG_DEBUG, "panes: focused=%u", pane);
        view->ops.changed(view->ops.user);
    }
    if (record && record->frame) {
        vt_pane_frame_set_focused(record->frame, true);
        if (keyboard) {
            q_widget_activate_window(vt_pane_frame_widget(record->frame));
            vt_pane_frame_take_keyboard(record->frame);
        }
    }
}

static void on_focus_changed(void *user, QWidget *before, QWidget *now)
{
    (void)before;
    vt_workspace_view *view = user;
    const vt_pane_frame *frame = now && !view->stopped ? vt_pane_frame_around(now) : NULL;
    vt_pane_id pane = frame ? vt_pane_frame_pane(frame) : 0;
    if (pane && pane != view->focused && vt_workspace_record(view, pane)) {
        vt_workspace_set_focused(view, pane, false);
    }
}

void vt_workspace_watch_focus(vt_workspace_view *view)
{
    qt_connect_options options = {.destroy = NULL};
    options.connection = &view->focus;
    q_application_on_focus_changed_with((QApplication *)qt_application(), view->widget, on_focus_changed,
                                        view, &options);
}

vt_pane_id vt_workspace_view_focused(const vt_workspace_view *view)
{
    return view->focused;
}

void vt_workspace_view_take_focus(vt_workspace_view *view)
{
    vt_workspace_set_focused(view, view->focused, true);
}
