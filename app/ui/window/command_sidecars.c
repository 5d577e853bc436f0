/* Side-cars: what is chosen written or read, and what the engine tells of them. */
#include "app/ui/activity/sidecar_page.h"
#include "app/ui/library/edits.h"
#include "app/ui/parts/translate.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"
#include "core/import/sidecars.h"

static void ask(vt_window *window, vt_sidecar_wish wish)
{
    vt_error error = VT_ERROR_INIT;
    vt_str text = VT_STR_INIT;
    vt_edit_target *target = vt_window_target(window);
    int64_t count = target ? (int64_t)vt_edit_target_count(target) : 0;
    if (!target) {
        return;
    }
    if (!vt_engine_ask_sidecars(window->context.engine, target, wish, &error)) {
        vt_window_say(window, error.message);
        return;
    }
    if (wish == VT_SIDECAR_WRITE) {
        vt_tr_append_count(&text, "sidecars", "The side-car of %n item is written",
                           "The side-cars of %n items are written", count);
    } else {
        vt_tr_append_count(&text, "sidecars", "The side-car of %n item is read",
                           "The side-cars of %n items are read", count);
    }
    vt_window_say(window, text.data);
    vt_str_free(&text);
}

void vt_command_write_sidecars(vt_window *window)
{
    ask(window, VT_SIDECAR_WRITE);
}

void vt_command_read_sidecars(vt_window *window)
{
    ask(window, VT_SIDECAR_READ);
}

/* New ones only: what the user knows of is in the list. */
static void say_problems(vt_window *window, const vt_sidecars_figures *figures)
{
    int64_t problems = figures->conflicts + figures->failures;
    int64_t more = problems - window->sidecar_problems;
    window->sidecar_problems = problems;
    if (more > 0) {
        vt_str text = VT_STR_INIT;
        vt_tr_append_count(
            &text, "sidecars",
            "%n side-car needs a look: File, Side-cars\u2026 has what is in conflict or failed",
            "%n side-cars need a look: File, Side-cars\u2026 has what is in conflict or failed", problems);
        vt_window_say(window, text.data);
        vt_str_free(&text);
    }
}

void vt_window_sidecars_changed(vt_window *window)
{
    vt_sidecars_figures figures;
    vt_engine_get_sidecars(window->context.engine, &figures);
    vt_log_write(
        &window->context.log, VT_LOG_DEBUG,
        "sidecars: running=%d due=%lld done=%lld written=%lld read=%lld conflicts=%lld failures=%lld",
        figures.running, (long long)figures.due, (long long)figures.done, (long long)figures.written,
        (long long)figures.read, (long long)figures.conflicts, (long long)figures.failures);
    say_problems(window, &figures);
    if (window->panel) {
        vt_activity_panel_update_sidecars(window->panel);
    }
}
