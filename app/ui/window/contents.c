/* What the middle of the window shows. */
#include "app/ui/window/window_private.h"

#include "app/ui/library/stacks.h"
#include "app/ui/parts/translate.h"

static void show_page(QStackedWidget *pages, QWidget *page)
{
    if (q_stackedwidget_current_widget(pages) != page) {
        q_stackedwidget_set_current_widget(pages, page);
    }
}

/* With the keyboard, if what was shown before had it: Qt would give it to the filter box, which has an undo
   and a "select all" of its own. Asked of the window, because nothing has the focus while another one is
   active. */
static void show_contents(vt_window *window, QWidget *page)
{
    QWidget *before = q_stackedwidget_current_widget(window->contents);
    const QWidget *keyboard = q_widget_focus_widget(vt_window_widget(window));
    bool had_it =
        keyboard && before && (keyboard == before || q_widget_is_ancestor_of(before, (QWidget *)keyboard));
    show_page(window->contents, page);
    if (had_it && before != page) {
        q_widget_set_focus(page);
    }
}

static void show_empty(vt_window *window)
{
    bool importing = vt_activity_count(window->activity) > 0;
    if (window->failed_to_load) {
        vt_str text = VT_STR_INIT;
        vt_tr_append_with(&text, "window", "%1\n\n\"vitrine check\" tells more and can repair it.",
                          window->load_error.message);
        vt_empty_page_set(window->empty, VT_ICON_WARNING, vt_tr("window", "The library cannot be loaded"),
                          text.data, "");
        vt_str_free(&text);
    } else if (!window->index_loaded || vt_library_is_loading(window->library)) {
        vt_empty_page_set(window->empty, VT_ICON_LIBRARY, vt_tr("window", "Loading the library\u2026"), "",
                          "");
    } else if (vt_window_show_no_duplicates(window)) {
        return;
    } else if (vt_library_is_narrowed(window->library) && vt_library_total(window->library) > 0) {
        vt_empty_page_set(window->empty, VT_ICON_SEARCH, vt_tr("window", "Nothing matches"),
                          vt_tr("window", "No item here matches the filter."),
                          vt_tr("window", "Show all items"));
    } else if (importing) {
        vt_empty_page_set(window->empty, VT_ICON_LIBRARY,
                          vt_tr("window", "Looking for pictures and models\u2026"),
                          vt_tr("window", "They appear here as they are read."), "");
    } else {
        vt_empty_page_set(window->empty, VT_ICON_ADD_FOLDER, vt_tr("window", "Your library is empty"),
                          vt_tr("window", "Add a folder with pictures or 3D models, or drop one here. Your "
                                          "files stay where they are and "
                                          "are never changed."),
                          vt_tr("window", "Add a folder\u2026"));
    }
}

void vt_window_update_contents(vt_window *window)
{
    if (vt_library_count(window->library) == 0) {
        show_empty(window);
        show_contents(window, vt_empty_page_widget(window->empty));
    } else {
        show_contents(window, window->view == VT_WINDOW_BROWSE ? vt_grid_widget(window->grid)
                                                               : vt_table_widget(window->table));
    }
    QWidget *page = window->viewer_open               ? vt_viewer_widget(window->viewer)
                    : vt_window_has_workspace(window) ? vt_workspace_view_widget(window->workspace.view)
                                                      : (QWidget *)window->splitter;
    show_page(window->pages, page);
    vt_window_update_bars(window);
}

void vt_window_open(vt_window *window, int64_t row)
{
    if (row < 0 || row >= vt_library_count(vt_window_viewed(window))) {
        return;
    }
    window->viewer_open = true;
    if (window->workspace.open) { /* its windows would be in front of the picture */
        vt_workspace_view_show_windows(window->workspace.view, false);
    }
    vt_window_update_contents(window);
    vt_viewer_show(window->viewer, row);
    vt_info_panel_refresh(window->info);
    vt_commands_update(window);
    vt_window_update_status(window);
}

void vt_window_close_viewer(vt_window *window)
{
    if (!window->viewer_open) {
        return;
    }
    /* Before Qt gives the keyboard to the first pane that is seen again. */
    vt_pane_id pane = window->workspace.open ? vt_workspace_view_focused(window->workspace.view) : 0;
    window->viewer_open = false;
    vt_viewer_hide(window->viewer);
    int64_t went_to = vt_window_stop_viewing(window);
    vt_window_update_contents(window);
    int64_t current = vt_library_selection(window->library)->current;
    if (vt_window_has_workspace(window)) {
        vt_workspace_view_show_windows(window->workspace.view, true);
        vt_workspace_view_focus(window->workspace.view, pane);
        vt_workspace_view_go_to(window->workspace.view, went_to);
    } else if (window->view == VT_WINDOW_BROWSE) {
        vt_grid_set_current(window->grid, current);
        q_widget_set_focus(vt_grid_widget(window->grid));
    } else {
        q_widget_set_focus(vt_table_widget(window->table));
    }
    vt_info_panel_refresh(window->info);
    vt_commands_update(window);
    vt_window_update_status(window);
}
