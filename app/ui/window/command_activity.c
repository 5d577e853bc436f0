/* Commands of the activity panel, and what it asks of the window. */
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

static void retry(void *user, const char *const *paths, size_t count)
{
    vt_window *window = user;
    vt_error error = VT_ERROR_INIT;
    const vt_import_options options = {.retry_failures = true,
                                       .sequences = vt_engine_sequences(window->context.engine)};
    if (!vt_activity_import(window->activity, paths, count, &options, &error)) {
        vt_window_say(window, error.message);
    } else {
        vt_activity_panel_show(window->panel);
    }
}

static void show_in_file_manager(void *user, const char *path)
{
    vt_window_show_in_file_manager(user, path);
}

static void say(void *user, const char *text)
{
    vt_window_say(user, text);
}

static void shown(void *user, bool visible)
{
    vt_window *window = user;
    vt_activity_hide_lines(window->activity, visible);
    vt_commands_update(window);
}

/* Made when it is first needed. */
static vt_activity_panel *panel_of(vt_window *window)
{
    static const vt_failures_ops ops = {retry, show_in_file_manager, say};
    if (!window->panel) {
        window->panel =
            vt_activity_panel_create(&window->main, window->activity, window->library,
                                     window->context.view_executor, &ops, shown, window, window->context.log);
    }
    return window->panel;
}

void vt_command_activity(vt_window *window)
{
    vt_activity_panel *panel = panel_of(window);
    if (vt_activity_panel_is_shown(panel)) {
        vt_activity_panel_hide(panel);
    } else {
        vt_activity_panel_show(panel);
    }
}

bool vt_command_has_activity(vt_window *window)
{
    return window->panel && vt_activity_panel_is_shown(window->panel);
}

void vt_command_show_failures(vt_window *window)
{
    vt_activity_panel_show_failures(panel_of(window));
}

void vt_command_show_sidecars(vt_window *window)
{
    vt_activity_panel_show_sidecars(panel_of(window));
}

void vt_window_show_activity(vt_window *window)
{
    vt_activity_panel_show(panel_of(window));
}
