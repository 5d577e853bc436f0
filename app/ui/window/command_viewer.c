/* What the window does with the viewer by a command. */
#include "app/ui/files/chosen.h"
#include "app/ui/viewer/compare.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

/* How many items a comparison would be of. */
static int64_t chosen_count(const vt_window *window)
{
    vt_subject subject = vt_window_subject(window);
    return subject.library ? vt_library_selection(subject.library)->rows : subject.count;
}

bool vt_window_can_compare(const vt_window *window)
{
    int64_t count = window->viewer_open ? 0 : chosen_count(window);
    return window->viewer_open || (count >= VT_COMPARE_MIN && count <= VT_COMPARE_MAX);
}

static size_t selected_rows(const vt_library *library, int64_t rows[VT_COMPARE_MAX])
{
    const vt_selection *selection = vt_library_selection(library);
    size_t count = 0;
    for (size_t i = 0; i < selection->count; i++) {
        const vt_row_interval *part = &selection->intervals[i];
        for (int64_t row = part->first; row < part->last && count < VT_COMPARE_MAX; row++) {
            rows[count++] = row;
        }
    }
    return count;
}

/* What is chosen in the pane that has the keyboard, in its order. */
static size_t chosen_items(const vt_window *window, int64_t items[VT_COMPARE_MAX])
{
    vt_item_brief item;
    vt_subject subject = vt_window_subject(window);
    size_t count = 0;
    if (subject.library) {
        int64_t rows[VT_COMPARE_MAX];
        count = selected_rows(subject.library, rows);
        for (size_t i = 0; i < count; i++) {
            vt_library_item(subject.library, rows[i], &item);
            items[i] = item.id;
        }
        return count;
    }
    vt_chosen *chosen = vt_window_chosen(window);
    for (; chosen && count < VT_COMPARE_MAX && count < vt_chosen_count(chosen); count++) {
        vt_chosen_item(chosen, count, &item);
        items[count] = item.id;
    }
    vt_chosen_unref(chosen);
    return count;
}

void vt_window_compare(vt_window *window)
{
    int64_t rows[VT_COMPARE_MAX];
    if (window->viewer_open) {
        vt_viewer_do(window->viewer, VT_VIEWER_COMPARE);
        return;
    }
    if (vt_window_has_workspace(window)) {
        size_t count = chosen_items(window, rows);
        if (count >= VT_COMPARE_MIN) {
            vt_window_view_items(window, rows, count);
        }
        return;
    }
    size_t count = selected_rows(window->library, rows);
    if (count >= VT_COMPARE_MIN) {
        vt_window_open(window, rows[0]);
        vt_viewer_compare(window->viewer, rows, count);
    }
}

void vt_command_view(vt_window *window)
{
    if (window->viewer_open) {
        return;
    }
    int64_t items[VT_COMPARE_MAX] = {vt_window_subject(window).item};
    if (!vt_window_has_workspace(window)) {
        vt_window_open(window, vt_library_selection(window->library)->current);
    } else if (items[0] || chosen_items(window, items) > 0) {
        vt_window_view_items(window, items, 1);
    }
}
