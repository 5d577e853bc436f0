/* Commands of the menu Panes: what is done with the pane that has the keyboard. */
#include "app/ui/panes/workspace_edit.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

/* By so much a key moves a divider. */
enum { STEP = 32 };

void vt_command_workspace(vt_window *window)
{
    if (vt_window_has_workspace(window)) {
        vt_window_set_view(window, window->view); /* back */
    } else {
        vt_window_show_workspace(window, true);
    }
}

bool vt_command_is_workspace(vt_window *window)
{
    return vt_window_has_workspace(window);
}

/* ---- new ones ---- */

void vt_command_split_right(vt_window *window)
{
    vt_workspace_split(window->workspace.view, VT_PANE_RIGHT);
}

void vt_command_split_below(vt_window *window)
{
    vt_workspace_split(window->workspace.view, VT_PANE_BELOW);
}

void vt_command_split_left(vt_window *window)
{
    vt_workspace_split(window->workspace.view, VT_PANE_LEFT);
}

void vt_command_split_above(vt_window *window)
{
    vt_workspace_split(window->workspace.view, VT_PANE_ABOVE);
}

/* ---- this one ---- */

void vt_command_pane_choose(vt_window *window)
{
    vt_workspace_choose(window->workspace.view);
}

void vt_command_pane_maximise(vt_window *window)
{
    vt_workspace_turn_maximised(window->workspace.view);
}

bool vt_command_is_pane_maximised(vt_window *window)
{
    return vt_window_has_workspace(window) && vt_workspace_is_maximised(window->workspace.view);
}

void vt_command_pane_window(vt_window *window)
{
    vt_workspace_turn_window(window->workspace.view);
}

bool vt_command_has_pane_window(vt_window *window)
{
    return vt_window_has_workspace(window) && vt_workspace_has_window(window->workspace.view);
}

void vt_command_pane_close(vt_window *window)
{
    vt_workspace_close_pane(window->workspace.view);
}

/* ---- to another one ---- */

void vt_command_focus_left(vt_window *window)
{
    vt_workspace_focus_neighbour(window->workspace.view, VT_PANE_LEFT);
}

void vt_command_focus_right(vt_window *window)
{
    vt_workspace_focus_neighbour(window->workspace.view, VT_PANE_RIGHT);
}

void vt_command_focus_up(vt_window *window)
{
    vt_workspace_focus_neighbour(window->workspace.view, VT_PANE_ABOVE);
}

void vt_command_focus_down(vt_window *window)
{
    vt_workspace_focus_neighbour(window->workspace.view, VT_PANE_BELOW);
}

/* ---- elsewhere ---- */

void vt_command_move_left(vt_window *window)
{
    vt_workspace_move(window->workspace.view, VT_PANE_LEFT);
}

void vt_command_move_right(vt_window *window)
{
    vt_workspace_move(window->workspace.view, VT_PANE_RIGHT);
}

void vt_command_move_up(vt_window *window)
{
    vt_workspace_move(window->workspace.view, VT_PANE_ABOVE);
}

void vt_command_move_down(vt_window *window)
{
    vt_workspace_move(window->workspace.view, VT_PANE_BELOW);
}

void vt_command_swap_next(vt_window *window)
{
    vt_workspace_swap(window->workspace.view, 1);
}

void vt_command_swap_previous(vt_window *window)
{
    vt_workspace_swap(window->workspace.view, -1);
}

/* ---- its size ---- */

void vt_command_wider(vt_window *window)
{
    vt_workspace_resize(window->workspace.view, VT_PANE_HORIZONTAL, STEP);
}

void vt_command_narrower(vt_window *window)
{
    vt_workspace_resize(window->workspace.view, VT_PANE_HORIZONTAL, -STEP);
}

void vt_command_higher(vt_window *window)
{
    vt_workspace_resize(window->workspace.view, VT_PANE_VERTICAL, STEP);
}

void vt_command_lower(vt_window *window)
{
    vt_workspace_resize(window->workspace.view, VT_PANE_VERTICAL, -STEP);
}

void vt_command_even_out(vt_window *window)
{
    vt_workspace_even_out(window->workspace.view);
}
