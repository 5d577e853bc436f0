/* What the middle of the window shows, and the status line. */
#include "app/ui/window/window_private.h"

#include "app/ui/library/stacks.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/clock.h"

#include <qt6c/connect.h>
#include <qt6c/qstatusbar.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
                          vt_tr("window", "No item in this folder matches the filter."),
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

/* A screen reader hears of the current item through the view that shows it: its cards are painted. */
static void describe_current(vt_window *window)
{
    vt_str text = VT_STR_INIT;
    const vt_selection *selection = vt_library_selection(window->library);
    int64_t row = selection->current;
    int64_t count = vt_library_count(window->library);
    if (row >= 0 && row < count) {
        char words[32];
        vt_item_brief item;
        vt_str of = VT_STR_INIT;
        vt_library_item(window->library, row, &item);
        vt_str_append_display(&text, item.name, item.name_length);
        vt_tr_append_count(&of, "window", ", %1 of %n item", ", %1 of %n items", count);
        vt_tr_fill(&text, of.data, vt_wording_count(words, sizeof words, row + 1));
        vt_str_append_cstr(&text, vt_selection_contains(selection, row) ? vt_tr("window", ", selected") : "");
        vt_str_free(&of);
    }
    q_widget_set_accessible_description(vt_grid_widget(window->grid), text.data);
    vt_str_free(&text);
}

/* Which one, and how many panes. */
static void add_workspace(vt_window *window, vt_str *text)
{
    vt_workspace_figures figures;
    const char *name = vt_workspaces_current(window->workspace.set);
    vt_workspace_view_get_figures(window->workspace.view, &figures);
    if (name) {
        vt_str_append_cstr(text, name);
        vt_str_append_cstr(text, "  \u00b7  ");
    }
    vt_tr_append_count(text, "window", "%n pane", "%n panes", (int64_t)figures.live.panes);
}

void vt_window_update_status(vt_window *window)
{
    describe_current(window);
    char words[32];
    vt_str text = VT_STR_INIT;
    int64_t count = vt_library_item_count(window->library);
    int64_t total = vt_library_total(window->library);
    if (vt_window_has_workspace(window)) {
        add_workspace(window, &text);
    } else if (vt_library_is_narrowed(window->library)) {
        vt_str of = VT_STR_INIT;
        vt_tr_append_count(&of, "window", "%1 of %n item", "%1 of %n items", total);
        vt_tr_fill(&text, of.data, vt_wording_count(words, sizeof words, count));
        vt_str_free(&of);
    } else {
        vt_tr_append_count(&text, "window", "%n item", "%n items", count);
    }
    int64_t selected = vt_library_selection(window->library)->rows;
    if (selected > 1 && !vt_window_has_workspace(window)) {
        vt_tr_append_count(&text, "window", "  \u00b7  %n selected", "  \u00b7  %n selected", selected);
    }
    if (vt_engine_is_read_only(window->context.engine)) {
        vt_str_append_cstr(&text, vt_tr("window",
                                        "  \u00b7  read only: another program has this library open, or it "
                                        "may not be written"));
    }
    q_label_set_text(window->status, text.data);
    vt_str_clear(&text);
    vt_heartbeat_figures heartbeat;
    vt_meter_get_figures(window->meter, &heartbeat);
    if (heartbeat.ticks) {
        snprintf(words, sizeof words, "%.1f", (double)heartbeat.longest_stall / VT_NS_PER_MS);
        vt_tr_append_with(&text, "window", "Longest stall %1 ms", words);
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
    vt_info_panel_refresh(window->info);
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
    vt_info_panel_refresh(window->info);
    vt_commands_update(window);
}

/* A message, on its way to a window that is not shown yet. */
typedef struct early_message {
    vt_window *window;
    char *text; /* owned */
} early_message;

static void show_message(vt_window *window, const char *text)
{
    enum { STAYS_MS = 8000 };
    q_statusbar_show_message_full(q_mainwindow_status_bar(&window->main), text, STAYS_MS);
}

static void show_early(void *user)
{
    const early_message *message = user;
    show_message(message->window, message->text ? message->text : "");
}

static void free_early(void *user)
{
    free(((early_message *)user)->text);
    free(user);
}

/* The status bar hides its words below a message only if they are in sight: a message that is there before
   them would be written across them. */
static void say_later(vt_window *window, const char *text)
{
    early_message *message = calloc(1, sizeof *message);
    if (message) {
        *message = (early_message){window, strdup(text)};
        qt_post((QObject *)&window->main, show_early, message, free_early);
    }
}

void vt_window_say(vt_window *window, const char *text)
{
    vt_str line = VT_STR_INIT;
    vt_str_append_display(&line, text, strlen(text));
    vt_log_write(&window->context.log, VT_LOG_INFO, "message: %s", line.data);
    if (q_widget_is_visible(&window->main)) {
        show_message(window, line.data);
    } else {
        say_later(window, line.data ? line.data : "");
    }
    vt_str_free(&line);
}
