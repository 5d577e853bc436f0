/* What the middle of the window shows, and the status line. */
#include "app/ui/window/window_private.h"

#include "app/ui/parts/wording.h"
#include "core/base/clock.h"

#include <qt6c/qstatusbar.h>

#include <string.h>

static void show_page(QStackedWidget *pages, QWidget *page)
{
    if (q_stackedwidget_current_widget(pages) != page) {
        q_stackedwidget_set_current_widget(pages, page);
    }
}

static void show_empty(vt_window *window)
{
    bool importing = vt_activity_count(window->activity) > 0;
    if (window->failed_to_load) {
        vt_str text = VT_STR_INIT;
        vt_str_appendf(&text, "%s\n\n\"vitrine check\" tells more and can repair it.",
                       window->load_error.message);
        vt_empty_page_set(window->empty, VT_ICON_WARNING, "The library cannot be loaded", text.data, "");
        vt_str_free(&text);
    } else if (!window->index_loaded || vt_library_is_loading(window->library)) {
        vt_empty_page_set(window->empty, VT_ICON_LIBRARY, "Loading the library\u2026", "", "");
    } else if (vt_library_is_narrowed(window->library) && vt_library_total(window->library) > 0) {
        vt_empty_page_set(window->empty, VT_ICON_SEARCH, "Nothing matches",
                          "No item in this folder matches the filter.", "Show all items");
    } else if (importing) {
        vt_empty_page_set(window->empty, VT_ICON_LIBRARY, "Looking for pictures and models\u2026",
                          "They appear here as they are read.", "");
    } else {
        vt_empty_page_set(
            window->empty, VT_ICON_ADD_FOLDER, "Your library is empty",
            "Add a folder with pictures or 3D models, or drop one here. Your files stay where they are and "
            "are never changed.",
            "Add a folder\u2026");
    }
}

void vt_window_update_contents(vt_window *window)
{
    if (vt_library_count(window->library) == 0) {
        show_empty(window);
        show_page(window->contents, vt_empty_page_widget(window->empty));
    } else {
        show_page(window->contents, window->view == VT_WINDOW_BROWSE ? vt_grid_widget(window->grid)
                                                                     : vt_table_widget(window->table));
    }
    QWidget *page = window->viewer_open ? vt_viewer_widget(window->viewer) : (QWidget *)window->splitter;
    show_page(window->pages, page);
    q_widget_set_visible(window->bar, !window->viewer_open);
}

void vt_window_update_status(vt_window *window)
{
    char words[32];
    vt_str text = VT_STR_INIT;
    int64_t count = vt_library_count(window->library);
    int64_t total = vt_library_total(window->library);
    vt_str_append_cstr(&text, vt_wording_count(words, sizeof words, count));
    bool narrowed = vt_library_is_narrowed(window->library);
    if (narrowed) {
        vt_str_appendf(&text, " of %s", vt_wording_count(words, sizeof words, total));
    }
    vt_str_append_cstr(&text, (narrowed ? total : count) == 1 ? " item" : " items");
    int64_t selected = vt_library_selection(window->library)->rows;
    if (selected > 1) {
        vt_str_appendf(&text, "  \u00b7  %s selected", vt_wording_count(words, sizeof words, selected));
    }
    if (vt_engine_is_read_only(window->context.engine)) {
        vt_str_append_cstr(
            &text, "  \u00b7  read only: another program has this library open, or it may not be written");
    }
    q_label_set_text(window->status, text.data);
    vt_str_clear(&text);
    vt_heartbeat_figures heartbeat;
    vt_meter_get_figures(window->meter, &heartbeat);
    if (heartbeat.ticks) {
        vt_str_appendf(&text, "Longest stall %.1f ms", (double)heartbeat.longest_stall / VT_NS_PER_MS);
    }
    q_label_set_text(window->stall, text.data);
    vt_str_free(&text);
}

void vt_window_open(vt_window *window, int64_t row)
{
    if (row < 0 || row >= vt_library_count(window->library)) {
        return;
    }
    window->viewer_open = true;
    vt_window_update_contents(window);
    vt_viewer_show(window->viewer, row);
    vt_commands_update(window);
}

void vt_window_close_viewer(vt_window *window)
{
    if (!window->viewer_open) {
        return;
    }
    window->viewer_open = false;
    vt_viewer_hide(window->viewer);
    vt_window_update_contents(window);
    int64_t current = vt_library_selection(window->library)->current;
    if (window->view == VT_WINDOW_BROWSE) {
        vt_grid_set_current(window->grid, current);
        q_widget_set_focus(vt_grid_widget(window->grid));
    } else {
        q_widget_set_focus(vt_table_widget(window->table));
    }
    vt_commands_update(window);
}

void vt_window_say(vt_window *window, const char *text)
{
    enum { STAYS_MS = 8000 };
    vt_str line = VT_STR_INIT;
    vt_str_append_display(&line, text, strlen(text));
    vt_log_write(&window->context.log, VT_LOG_INFO, "message: %s", line.data);
    q_statusbar_show_message_full(q_mainwindow_status_bar(&window->main), line.data, STAYS_MS);
    vt_str_free(&line);
}
