/* Commands for the groups of the cards. */
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

void vt_command_next_group(vt_window *window)
{
    vt_grid_go_to_group(window->grid, 1);
}

void vt_command_previous_group(vt_window *window)
{
    vt_grid_go_to_group(window->grid, -1);
}

void vt_command_collapse(vt_window *window)
{
    vt_grid_turn_group(window->grid);
}

void vt_command_collapse_all(vt_window *window)
{
    vt_grid_collapse_all(window->grid, true);
}

void vt_command_expand_all(vt_window *window)
{
    vt_grid_collapse_all(window->grid, false);
}
