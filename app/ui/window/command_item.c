/* Commands of the menu Item. */
#include "app/ui/panes/pane_item.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

void vt_command_open(vt_window *window)
{
    vt_item_brief item;
    char provider[64];
    if (!vt_window_has_workspace(window)) {
        vt_window_open(window, vt_library_selection(window->library)->current);
    } else if (vt_window_current(window, &item, NULL)) {
        vt_workspace_view_open(window->workspace.view, vt_pane_provider_of(&item, provider));
    }
}

void vt_command_select_all(vt_window *window)
{
    vt_subject subject = vt_window_subject(window);
    if (subject.library) {
        vt_library_select_all(subject.library);
    }
}

void vt_command_select_inverse(vt_window *window)
{
    vt_subject subject = vt_window_subject(window);
    if (subject.library) {
        vt_library_select_inverse(subject.library);
    }
}

void vt_command_select_none(vt_window *window)
{
    vt_subject subject = vt_window_subject(window);
    if (subject.library) {
        vt_library_select_none(subject.library);
    }
}

void vt_command_find(vt_window *window)
{
    vt_window_close_viewer(window);
    if (vt_window_has_workspace(window)) {
        if (vt_workspace_view_find(window->workspace.view)) {
            return; /* in the pane that has the keyboard */
        }
        vt_window_set_view(window, window->view); /* what is found is shown there */
    }
    q_widget_set_focus_focusreason(window->filter, Qt_ShortcutFocusReason);
    q_lineedit_select_all(window->filter);
}
