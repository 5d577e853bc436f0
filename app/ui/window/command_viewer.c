/* What the window does with the viewer by a command. */
#include "app/ui/viewer/compare.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

bool vt_window_can_compare(const vt_window *window)
{
    int64_t rows = vt_library_selection(window->library)->rows;
    return window->viewer_open || (rows >= VT_COMPARE_MIN && rows <= VT_COMPARE_MAX);
}

void vt_window_compare(vt_window *window)
{
    const vt_selection *selection = vt_library_selection(window->library);
    int64_t rows[VT_COMPARE_MAX];
    size_t count = 0;
    if (window->viewer_open) {
        vt_viewer_do(window->viewer, VT_VIEWER_COMPARE);
        return;
    }
    for (size_t i = 0; i < selection->count; i++) {
        const vt_row_interval *part = &selection->intervals[i];
        for (int64_t row = part->first; row < part->last && count < VT_COMPARE_MAX; row++) {
            rows[count++] = row;
        }
    }
    if (count >= VT_COMPARE_MIN) {
        vt_window_open(window, rows[0]);
        vt_viewer_compare(window->viewer, rows, count);
    }
}
