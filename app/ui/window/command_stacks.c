/* Commands for stacks made by hand. */
#include "app/ui/library/edits.h"
#include "app/ui/library/stacks.h"
#include "app/ui/parts/translate.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

bool vt_window_has_stack(vt_window *window)
{
    vt_view_stack_info stack;
    return vt_library_stack(window->library, vt_library_selection(window->library)->current, &stack);
}

static void edit(vt_window *window, vt_edit_kind kind)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_library_edit(window->library, &(vt_item_edit){.kind = kind}, false, &error)) {
        vt_window_say(window, error.message);
    }
}

void vt_command_stack(vt_window *window)
{
    if (vt_library_selection(window->library)->rows < 2) {
        vt_window_say(window,
                      vt_tr("stacks", "Select two items or more: they become a stack, the first its cover"));
    } else {
        edit(window, VT_EDIT_STACK);
    }
}

void vt_command_unstack(vt_window *window)
{
    edit(window, VT_EDIT_UNSTACK);
}

void vt_command_take_out(vt_window *window)
{
    edit(window, VT_EDIT_TAKE_OUT);
}

void vt_command_stack_cover(vt_window *window)
{
    edit(window, VT_EDIT_STACK_COVER);
}

void vt_command_turn_stack(vt_window *window)
{
    if (!vt_grid_turn_stack(window->grid)) {
        vt_window_say(window, vt_tr("stacks", "Nothing else of this stack is among what is shown"));
    }
}

void vt_command_open_stacks(vt_window *window)
{
    vt_library_open_stacks(window->library, true);
}

void vt_command_close_stacks(vt_window *window)
{
    vt_library_open_stacks(window->library, false);
}
