/* What the window's commands act on: the one place that decides it. */
#include "app/ui/library/edits.h"
#include "app/ui/window/window_private.h"

vt_subject vt_window_subject(const vt_window *window)
{
    if (vt_window_has_workspace(window)) {
        return vt_workspace_view_subject(window->workspace.view);
    }
    vt_subject subject = vt_subject_of_library(vt_window_viewed(window), window->viewer_open);
    subject.is_cards = window->view == VT_WINDOW_BROWSE;
    subject.table = window->viewer_open ? NULL : window->table; /* seen or not, its rows are the same */
    return subject;
}

vt_chosen *vt_window_chosen(const vt_window *window)
{
    return vt_window_has_workspace(window) ? vt_workspace_view_chosen(window->workspace.view)
                                           : vt_chosen_take(vt_window_viewed(window), window->viewer_open);
}

vt_chosen *vt_window_all_shown(const vt_window *window)
{
    vt_subject subject = vt_window_subject(window);
    return subject.library ? vt_chosen_take_all(subject.library) : NULL;
}

vt_edit_target *vt_window_target(const vt_window *window)
{
    vt_chosen *chosen = vt_window_chosen(window);
    vt_edit_target *target = chosen ? vt_chosen_target(chosen) : NULL;
    vt_chosen_unref(chosen);
    return target;
}

bool vt_window_current(const vt_window *window, vt_item_brief *item, vt_str *path)
{
    return vt_subject_find(window->library, vt_window_subject(window).item, item, path);
}

void vt_window_edit(vt_window *window, const vt_item_edit *what)
{
    vt_error error = VT_ERROR_INIT;
    vt_subject subject = vt_window_subject(window);
    bool asked = subject.library
                     ? vt_library_edit(subject.library, what, subject.current_only, &error)
                     : vt_library_edit_target(window->library, what, vt_window_target(window), &error);
    if (!asked) {
        vt_window_say(window, error.message);
    }
}
