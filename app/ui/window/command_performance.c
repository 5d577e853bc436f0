/* The Performance centre, and what it asks of the window. */
#include "app/ui/performance/performance_window.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

static bool any_at_work(const vt_window *window, bool *all_held)
{
    const vt_jobs *jobs = vt_activity_jobs(window->activity);
    bool any = false;
    *all_held = true;
    for (size_t i = 0; i < jobs->count; i++) { /* at most VT_JOBS_MAX */
        if (!vt_job_has_ended(jobs->jobs[i])) {
            any = true;
            *all_held = *all_held && jobs->jobs[i]->state == VT_JOB_HELD;
        }
    }
    if (window->duplicates.search) {
        any = true;
        *all_held = *all_held && window->duplicates.figures.held;
    }
    return any;
}

static void hold(void *user, bool hold)
{
    vt_window *window = user;
    const vt_jobs *jobs = vt_activity_jobs(window->activity);
    for (size_t i = 0; i < jobs->count; i++) {
        if (!vt_job_has_ended(jobs->jobs[i])) {
            vt_activity_hold(window->activity, jobs->jobs[i]->id, hold);
        }
    }
    if (window->duplicates.search && window->duplicates.figures.held != hold) {
        vt_command_pause_duplicates(window);
    }
    vt_commands_update(window);
}

static bool is_held(void *user, bool *any)
{
    bool all_held;
    *any = any_at_work(user, &all_held);
    return *any && all_held;
}

static void counts(void *user, int64_t *failed, int64_t *tried)
{
    const vt_jobs *jobs = vt_activity_jobs(((vt_window *)user)->activity);
    *failed = *tried = 0;
    for (size_t i = 0; i < jobs->count; i++) {
        const vt_import_figures *figures = &jobs->jobs[i]->figures;
        *failed += figures->failed;
        *tried += figures->imported + figures->updated + figures->failed;
    }
}

static void show_failures(void *user)
{
    vt_command_show_failures(user);
}

static void show_place(void *user)
{
    vt_window *window = user;
    vt_window_show_in_file_manager(window, vt_catalog_path(vt_engine_catalog(window->context.engine)));
}

static void applied(void *user, const vt_settings *settings)
{
    vt_window_take_settings(user, settings);
}

static void say(void *user, const char *text)
{
    vt_window_say(user, text);
}

static void was_late(void *user, int64_t late)
{
    vt_performance_stalled(user, late);
}

bool vt_window_make_performance(vt_window *window, vt_error *error)
{
    static const vt_performance_ops ops = {hold, is_held, counts, show_failures, show_place, applied, say};
    window->performance =
        vt_performance_create(&(vt_performance_context){.engine = window->context.engine,
                                                        .pictures = window->pictures,
                                                        .monitor = window->context.monitor,
                                                        .trace = window->context.trace,
                                                        .settings = window->context.settings,
                                                        .ops = &ops,
                                                        .user = window,
                                                        .log = window->context.log},
                              error);
    if (window->performance) {
        vt_meter_listen(window->meter, was_late, window->performance);
    }
    return window->performance != NULL;
}

static void ended(void *user, int result)
{
    (void)result;
    vt_commands_update(user);
}

void vt_window_show_performance(vt_window *window)
{
    if (!window->performance_window) {
        window->performance_window = vt_performance_window_create(&window->main, window->performance);
        q_dialog_on_finished(window->performance_window, &window->main, ended, window);
    }
    q_widget_show(window->performance_window);
    q_widget_raise(window->performance_window);
    q_widget_activate_window(window->performance_window);
}

QWidget *vt_window_performance(vt_window *window)
{
    return (QWidget *)window->performance_window;
}

bool vt_command_has_performance(vt_window *window)
{
    return window->performance_window && !q_widget_is_hidden(window->performance_window);
}

void vt_command_performance(vt_window *window)
{
    if (vt_command_has_performance(window) && q_widget_is_active_window(window->performance_window)) {
        q_widget_close(window->performance_window);
    } else {
        vt_window_show_performance(window);
    }
}
