/* Ratings, labels, tags, undo and redo, and the item panel. */
#include "app/ui/library/edits.h"
#include "app/ui/parts/labels.h"
#include "app/ui/parts/step_words.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

#include <stdlib.h>
#include <string.h>

/* ---- edits of what is chosen ---- */

static void edit(vt_window *window, vt_edit_kind kind, int number)
{
    vt_window_edit(window, &(vt_item_edit){.kind = kind, .number = number});
}

#define RATE(number)                                                                                         \
    void vt_command_rate_##number(vt_window *window)                                                         \
    {                                                                                                        \
        edit(window, VT_EDIT_RATING, number);                                                                \
    }
RATE(0)
RATE(1)
RATE(2)
RATE(3)
RATE(4)
RATE(5)

/* Numbers as app/ui/parts/labels.h has them. */
#define LABEL(name, number)                                                                                  \
    void vt_command_label_##name(vt_window *window)                                                          \
    {                                                                                                        \
        edit(window, VT_EDIT_LABEL, number);                                                                 \
    }
LABEL(none, 0)
LABEL(red, 1)
LABEL(yellow, 2)
LABEL(green, 3)
LABEL(blue, 4)
LABEL(purple, 5)

/* ---- what it costs the window ---- */

enum { REST_MS = 400 };

static void begin_meter(vt_window *window)
{
    if (vt_library_edits(window->library) > 0 && !window->edit_metered) {
        window->edit_metered = true;
        vt_meter_start(window->meter);
    }
    q_timer_stop(window->edit_rest);
}

static void on_rest(void *user)
{
    vt_window *window = user;
    vt_heartbeat_figures heartbeat;
    vt_meter_get_figures(window->meter, &heartbeat);
    vt_log_write(&window->context.log, VT_LOG_INFO, "edits: longest_stall_us=%lld longest_work_us=%lld",
                 (long long)heartbeat.longest_stall / 1000,
                 (long long)vt_meter_longest_work(window->meter) / 1000);
    window->edit_metered = false;
    vt_meter_stop(window->meter);
}

/* ---- what became of an edit ---- */

static bool is_deletion(vt_edit_kind kind)
{
    return kind == VT_EDIT_DELETE_ALBUM || kind == VT_EDIT_DELETE_TAG;
}

static void say_result(vt_window *window, const vt_edit_result *result)
{
    static const char *const verbs[] = {
        [VT_EDIT_MAKE] = VT_TR_NOOP("window", "Done"),
        [VT_EDIT_UNDO] = VT_TR_NOOP("window", "Undone"),
        [VT_EDIT_REDO] = VT_TR_NOOP("window", "Redone"),
    };
    vt_str text = VT_STR_INIT;
    vt_str_appendf(&text, "%s: ", vt_tr("window", verbs[result->action]));
    vt_step_words(result->step, &text);
    if (result->skipped) {
        vt_tr_append_count(&text, "window", "; %n left as it is, because something else has changed it since",
                           "; %n left as they are, because something else has changed them since",
                           (int64_t)result->skipped);
    }
    if (result->action == VT_EDIT_MAKE && is_deletion(result->step->kind)) {
        vt_str_appendf(&text, ". %s", vt_tr("window", "Ctrl+Z brings it back"));
    }
    vt_window_say(window, text.data);
    vt_str_free(&text);
}

static void edit_ended(void *user, const vt_edit_result *result)
{
    static const char *const actions[] = {
        [VT_EDIT_MAKE] = "make", [VT_EDIT_UNDO] = "undo", [VT_EDIT_REDO] = "redo"};
    vt_window *window = user;
    vt_log_write(&window->context.log, VT_LOG_INFO,
                 "edit: action=%s kind=%s changed=%zu skipped=%zu failed=%d", actions[result->action],
                 vt_edit_kind_name(result->step->kind), result->changed, result->skipped,
                 result->error != NULL);
    if (result->error) {
        vt_str text = VT_STR_INIT;
        vt_tr_append_with(&text, "window", "Not written: %1", result->error->message);
        vt_window_say(window, text.data);
        vt_str_free(&text);
    } else if (result->action != VT_EDIT_MAKE || result->step->count > 1 ||
               vt_edit_kind_is_of_itself(result->step->kind)) {
        say_result(window, result); /* what one sees on the one item needs no words */
    }
    if (vt_library_edits(window->library) == 0 && window->edit_metered) {
        q_timer_start(window->edit_rest);
    }
    vt_commands_update(window);
}

static void items_changed(void *user, const vt_item_edit *edit)
{
    vt_window *window = user;
    if (edit) {
        vt_undo_order_push(&window->undo_order, VT_UNDO_EDITS);
    }
    begin_meter(window);
    vt_commands_update(window);
}

/* ---- the item panel ---- */

void vt_command_info(vt_window *window)
{
    QWidget *dock = (QWidget *)vt_info_panel_dock(window->info);
    q_widget_set_visible(dock, q_widget_is_hidden(dock));
}

bool vt_command_has_info(vt_window *window)
{
    return !q_widget_is_hidden((QWidget *)vt_info_panel_dock(window->info));
}

void vt_command_tags(vt_window *window)
{
    q_widget_show((QWidget *)vt_info_panel_dock(window->info));
    vt_info_panel_edit_tags(window->info);
}

static void say(void *user, const char *text)
{
    vt_window_say(user, text);
}

static void left(void *user)
{
    vt_window *window = user;
    if (vt_window_has_workspace(window)) {
        vt_workspace_view_take_focus(window->workspace.view);
    } else {
        q_widget_set_focus(window->viewer_open ? vt_viewer_widget(window->viewer)
                                               : q_stackedwidget_current_widget(window->contents));
    }
}

static vt_subject subject(void *user)
{
    return vt_window_subject(user);
}

static vt_chosen *chosen(void *user)
{
    return vt_window_chosen(user);
}

static const vt_info_panel_ops info_ops = {.say = say, .left = left, .subject = subject, .chosen = chosen};

static void visibility_changed(void *user, bool visible)
{
    (void)visible;
    vt_commands_update(user);
}

bool vt_window_make_info(vt_window *window, vt_error *error)
{
    window->info = vt_info_panel_create(&window->main, window->library, window->context.view_executor,
                                        &info_ops, window);
    if (!window->info) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the item panel");
    }
    QDockWidget *dock = vt_info_panel_dock(window->info);
    window->edit_rest = q_timer_new(&window->main);
    q_timer_set_single_shot(window->edit_rest, true);
    q_timer_set_interval(window->edit_rest, REST_MS);
    q_timer_on_timeout(window->edit_rest, window->edit_rest, on_rest, window);
    q_mainwindow_add_dock_widget(&window->main, Qt_RightDockWidgetArea, dock);
    q_widget_hide(dock);
    q_dockwidget_on_visibility_changed(dock, &window->main, visibility_changed, window);
    vt_library_listen(
        window->library,
        &(vt_library_listener){.items_changed = items_changed, .edit_ended = edit_ended, .user = window});
    return true;
}
