/* Which pane has the keyboard, and what commands act on there. */
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
        vt_workspace_check_subject(view);
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

void vt_workspace_view_focus(vt_workspace_view *view, vt_pane_id pane)
{
    vt_workspace_set_focused(view, vt_workspace_record(view, pane) ? pane : view->focused, true);
}

/* ---- what commands act on ---- */

/* Only of a pane that is seen: not in a group that is collapsed, behind a maximised one, or in a window that
   is minimised. */
static vt_pane_content *focused_content(const vt_workspace_view *view)
{
    uint32_t number = view->panes ? vt_id_map_get(&view->numbers, view->focused) : VT_ID_MAP_NONE;
    const vt_pane_record *record = number == VT_ID_MAP_NONE ? NULL : &view->records[number];
    bool is_seen = record && record->frame && !vt_rect_is_empty(record->rect) &&
                   !q_widget_is_minimized(q_widget_window(vt_pane_frame_widget(record->frame)));
    return is_seen ? vt_workspace_content(record) : NULL;
}

vt_subject vt_workspace_view_subject(const vt_workspace_view *view)
{
    const vt_pane_content *content = focused_content(view);
    return content ? vt_pane_content_subject(content) : (vt_subject){.library = NULL};
}

vt_chosen *vt_workspace_view_chosen(const vt_workspace_view *view)
{
    const vt_pane_content *content = focused_content(view);
    return content ? vt_pane_content_chosen(content) : NULL;
}

bool vt_workspace_view_find(vt_workspace_view *view)
{
    vt_pane_content *content = focused_content(view);
    return content && content->stage == VT_PANE_READY && content->type->find && content->type->find(content);
}

void vt_workspace_view_go_to(vt_workspace_view *view, int64_t item)
{
    vt_pane_content *content = item ? focused_content(view) : NULL;
    if (content && content->type->select && vt_pane_content_subject(content).is_list) {
        content->type->select(content, &item, 1);
    }
}

void vt_workspace_check_subject(vt_workspace_view *view)
{
    vt_subject now = vt_workspace_view_subject(view);
    uint64_t choices = vt_subject_choices(&now);
    if (!vt_subject_is_same(&now, choices, &view->subject, view->choices)) {
        view->subject = now;
        view->choices = choices;
        vt_log_write(&view->context.log, VT_LOG_DEBUG, "panes: subject pane=%u count=%lld item=%lld",
                     view->focused, (long long)now.count, (long long)now.item);
        if (!view->updating && !view->stopped) { /* else it is told of soon */
            view->ops.changed(view->ops.user);
        }
    }
}
