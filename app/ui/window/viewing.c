/* The viewer opened from a pane: it goes through what that pane shows, in its order.
 *
 * That is a view of the window's own, which begins as the pane's: the pane may be closed, hidden or show
 * something else meanwhile. What a pane shows by itself (a picture, a model, rows of a query) has no view:
 * then it is the one of the library's page if the items are in it, else that of all items. */
#include "app/ui/window/window_private.h"

#include "app/ui/parts/translate.h"

#include <string.h>

vt_library *vt_window_viewed(const vt_window *window)
{
    return window->viewing.on ? window->viewing.library : window->library;
}

/* The rows of the items that wait; false if the first is not among them. */
static bool find_rows(const vt_window *window, const vt_library *library, int64_t rows[VT_COMPARE_MAX],
                      size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < window->viewing.count; i++) {
        int64_t row = vt_library_row_of(library, window->viewing.items[i]);
        if (row >= 0) {
            rows[(*count)++] = row;
        } else if (i == 0) {
            return false;
        }
    }
    return *count > 0;
}

static void open_items(vt_window *window)
{
    int64_t rows[VT_COMPARE_MAX];
    size_t count = 0;
    bool found = find_rows(window, window->viewing.library, rows, &count);
    window->viewing.begun = window->viewing.items[0];
    window->viewing.count = 0;
    if (!found) {
        vt_window_say(window, vt_tr("window", "This item is not in the library any more"));
        return;
    }
    window->viewing.on = true;
    vt_viewer_set_library(window->viewer, window->viewing.library);
    vt_library_choose(window->viewing.library, rows[0], false, false);
    q_widget_activate_window(&window->main); /* the pane may be in a window of its own */
    vt_window_open(window, rows[0]);
    if (count >= VT_COMPARE_MIN) {
        vt_viewer_compare(window->viewer, rows, count);
    }
}

/* ---- what its library tells ---- */

static bool is_there(const vt_window *window)
{
    return !vt_library_is_loading(window->viewing.library) &&
           !vt_library_is_building(window->viewing.library);
}

static void view_changed(void *user)
{
    vt_window *window = user;
    if (window->viewing.count > 0 && is_there(window)) {
        open_items(window);
    } else if (window->viewing.on) {
        vt_viewer_view_changed(window->viewer);
        vt_window_update_status(window);
        vt_commands_update(window);
    }
}

static void selection_changed(void *user)
{
    vt_window *window = user;
    if (window->viewing.on) {
        vt_info_panel_refresh(window->info);
        vt_window_update_status(window);
        vt_commands_update(window);
    }
}

static bool make(vt_window *window)
{
    vt_error error = VT_ERROR_INIT;
    if (!window->viewing.library) {
        window->viewing.library =
            vt_library_create(window->context.engine, window->context.view_executor, &error);
        if (!window->viewing.library) {
            vt_window_say(window, error.message);
            return false;
        }
        vt_library_listen(window->viewing.library,
                          &(vt_library_listener){.view_changed = view_changed,
                                                 .selection_changed = selection_changed,
                                                 .user = window});
    }
    return true;
}

/* ---- for commands ---- */

void vt_window_view_items(vt_window *window, const int64_t *items, size_t count)
{
    int64_t rows[VT_COMPARE_MAX];
    size_t found = 0;
    if (window->viewer_open || count == 0 || !make(window)) {
        return;
    }
    const vt_library *from = vt_window_subject(window).library;
    window->viewing.count = count < VT_COMPARE_MAX ? count : VT_COMPARE_MAX;
    memcpy(window->viewing.items, items, window->viewing.count * sizeof *items);
    if (!from && find_rows(window, window->library, rows, &found) && found == window->viewing.count) {
        from = window->library;
    }
    size_t waiting = window->viewing.count;
    window->viewing.count = 0; /* nothing of it is told while it is set up */
    bool same = from && vt_library_show_same(window->viewing.library, from);
    window->viewing.count = waiting;
    vt_log_write(&window->context.log, VT_LOG_INFO, "viewing: items=%zu of_pane=%d", waiting, same);
    if (same) {
        open_items(window);
    } else { /* all there are; opened once their rows are known */
        vt_library_reset(window->viewing.library);
        vt_library_share_order(window->viewing.library, window->library);
        vt_library_rows_arrived(window->viewing.library);
    }
}

int64_t vt_window_stop_viewing(vt_window *window)
{
    int64_t went_to = 0;
    if (window->viewing.on) {
        int64_t now = vt_subject_of_library(window->viewing.library, true).item;
        went_to = now != window->viewing.begun ? now : 0;
        window->viewing.on = false;
        vt_viewer_set_library(window->viewer, window->library);
        vt_library_reset(window->viewing.library); /* its rows are no longer held */
    }
    return went_to;
}

void vt_window_viewing_rows_changed(vt_window *window)
{
    if (window->viewing.on || window->viewing.count > 0) {
        vt_library_rows_arrived(window->viewing.library);
    }
}
