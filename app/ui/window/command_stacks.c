/* Commands for stacks made by hand. */
#include "app/ui/library/stacks.h"
#include "app/ui/parts/translate.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

bool vt_window_has_stack(vt_window *window)
{
    vt_view_stack_info stack;
    vt_subject subject = vt_window_subject(window);
    return subject.library &&
           vt_library_stack(subject.library, vt_library_selection(subject.library)->current, &stack);
}

static void edit(vt_window *window, vt_edit_kind kind)
{
    vt_window_edit(window, &(vt_item_edit){.kind = kind});
}

void vt_command_stack(vt_window *window)
{
    if (vt_window_subject(window).count < 2) {
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
    vt_view_stack_info stack;
    vt_subject subject = vt_window_subject(window);
    bool can_turn =
        subject.library &&
        vt_library_stack(subject.library, vt_library_selection(subject.library)->current, &stack) &&
        stack.shown > 1;
    if (can_turn) {
        vt_library_turn_stack(subject.library, stack.id);
    } else {
        vt_window_say(window, vt_tr("stacks", "Nothing else of this stack is among what is shown"));
    }
}

static void open_all(const vt_window *window, bool open)
{
    vt_subject subject = vt_window_subject(window);
    if (subject.library) {
        vt_library_open_stacks(subject.library, open);
    }
}

void vt_command_open_stacks(vt_window *window)
{
    open_all(window, true);
}

void vt_command_close_stacks(vt_window *window)
{
    open_all(window, false);
}
