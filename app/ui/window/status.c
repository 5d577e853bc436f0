/* The status bar: its words, the longest stall, and the foot, whose lines lie on it. */
#include "app/ui/library/stacks.h"
#include "app/ui/panes/workspace_edit.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "app/ui/window/window_private.h"
#include "core/base/clock.h"

#include <qt6c/qfontmetrics.h>
#include <qt6c/qstatusbar.h>

#include <stdio.h>
#include <string.h>

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
    int64_t collapsed = (int64_t)vt_workspace_collapsed_groups(window->workspace.view);
    if (collapsed > 0) {
        vt_tr_append_count(text, "window", "  \u00b7  %n group collapsed", "  \u00b7  %n groups collapsed",
                           collapsed);
    }
    int64_t chosen = vt_window_subject(window).count;
    if (chosen > 1) {
        vt_tr_append_count(text, "window", "  \u00b7  %n selected", "  \u00b7  %n selected", chosen);
    }
}

void vt_window_update_status(vt_window *window)
{
    describe_current(window);
    char words[32];
    vt_str text = VT_STR_INIT;
    const vt_library *shown = vt_window_viewed(window);
    int64_t count = vt_library_item_count(shown);
    int64_t total = vt_library_total(window->library);
    if (vt_window_has_workspace(window)) {
        add_workspace(window, &text);
    } else if (vt_library_is_narrowed(shown)) {
        vt_str of = VT_STR_INIT;
        vt_tr_append_count(&of, "window", "%1 of %n item", "%1 of %n items", total);
        vt_tr_fill(&text, of.data, vt_wording_count(words, sizeof words, count));
        vt_str_free(&of);
    } else {
        vt_tr_append_count(&text, "window", "%n item", "%n items", count);
    }
    int64_t selected = vt_library_selection(shown)->rows;
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
        vt_wording_decimal(words, sizeof words, 1, (double)heartbeat.longest_stall / VT_NS_PER_MS);
        vt_tr_append_with(&text, "window", "Longest stall %1 ms", words);
    }
    q_label_set_text(window->stall, text.data);
    vt_str_free(&text);
}

void vt_window_say(vt_window *window, const char *text)
{
    vt_str line = VT_STR_INIT;
    vt_str_append_display(&line, text, strlen(text));
    vt_log_write(&window->context.log, VT_LOG_INFO, "message: %s", line.data);
    vt_foot_say(window->foot, line.length ? line.data : "");
    vt_str_free(&line);
}

/* As wide as it ever gets: what stands beside it does not move with its figures. */
static void make_stall(vt_window *window, QStatusBar *bar)
{
    vt_str widest = VT_STR_INIT;
    window->stall = q_label_new_empty(bar);
    vt_tr_append_with(&widest, "window", "Longest stall %1 ms", "10000.0");
    QFontMetrics metrics = q_widget_font_metrics(window->stall);
    q_widget_set_minimum_width(window->stall, q_fontmetrics_horizontal_advance(&metrics, widest.data));
    q_fontmetrics_fini(&metrics);
    q_label_set_alignment(window->stall, Qt_AlignRight | Qt_AlignVCenter);
    vt_str_free(&widest);
}

void vt_window_make_status(vt_window *window)
{
    QStatusBar *bar = q_mainwindow_status_bar(&window->main);
    window->status = q_label_new_empty(bar);
    make_stall(window, bar);
    q_label_set_text_format(window->status, Qt_PlainText);
    q_statusbar_add_widget_full(bar, window->status, 1);
    q_statusbar_add_permanent_widget(bar, window->stall);
    q_statusbar_set_size_grip_enabled(bar, false);
    q_widget_set_contents_margins(bar, 8, 0, 8, 0);
    window->foot = vt_foot_create(&window->main, (QWidget *)window->status, (QWidget *)window->stall);
}
