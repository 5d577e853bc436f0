#include "app/ui/window/window_private.h"

/* What changed outside is in the index already; the views are built anew when they get to it. */
static void on_changed(void *user, const vt_import_figures *figures)
{
    vt_window *window = user;
    vt_log_write(&window->context.log, VT_LOG_INFO,
                 "changes: imported=%lld updated=%lld moved=%lld missing=%lld", (long long)figures->imported,
                 (long long)figures->updated, (long long)figures->moved, (long long)figures->missing);
    vt_window_rows_changed(window);
}

static void on_line(void *user, const char *line)
{
    vt_window_say(user, line);
}

void vt_window_follow_changes(vt_window *window)
{
    vt_error error = VT_ERROR_INIT;
    /* A window that keeps no settings is a picture of itself. */
    if (window->changes || !window->context.use_settings || vt_engine_is_read_only(window->context.engine)) {
        return;
    }
    const vt_watch_options options = {.listener = {on_changed, on_line, window}};
    window->changes = vt_watch_create(window->context.engine, &options, &error);
    if (!window->changes) {
        vt_window_say(window, error.message);
    }
}

void vt_window_stop_following(vt_window *window)
{
    vt_watch_free(window->changes);
    window->changes = NULL;
}
