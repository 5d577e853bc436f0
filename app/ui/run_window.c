/* The window on a display: until the user closes it, or a signal asks the program to end. */
#include "app/ui/application.h"
#include "app/ui/parts/translate.h"
#include "app/ui/restore_offer.h"

#include "core/base/clock.h"
#include "core/base/translatable.h"
#include "core/queue/interrupt.h"

#include <qt6c/qsocketnotifier.h>
#include <qt6c/qtimer.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Ctrl+C closes the window as a click on its cross does ---- */

typedef struct signal_watch {
    vt_application *application;
    vt_doorbell *bell;
    vt_interrupt interrupt;
} signal_watch;

static void on_bell(void *user, const QSocketDescriptor *socket, QSocketNotifier_Type type)
{
    (void)socket;
    (void)type;
    signal_watch *watch = user;
    vt_doorbell_wait(watch->bell, 0);
    q_widget_close(vt_window_widget(watch->application->window));
}

static void watch_signals(signal_watch *watch, vt_application *application)
{
    watch->application = application;
    watch->bell = vt_doorbell_create(NULL);
    if (!watch->bell) {
        return; /* then signals end the program the hard way; the catalog bears it */
    }
    QWidget *window = vt_window_widget(application->window);
    QSocketNotifier *notifier =
        q_socketnotifier_new(vt_doorbell_fd(watch->bell), QSocketNotifier_Read, window);
    q_socketnotifier_on_activated(notifier, notifier, on_bell, watch);
    vt_interrupt_begin(&watch->interrupt, watch->bell);
}

static void stop_watching(signal_watch *watch)
{
    if (watch->bell) {
        vt_interrupt_end(&watch->interrupt);
        vt_doorbell_free(watch->bell);
    }
}

/* ---- how long the start took ---- */

typedef struct start_figures {
    vt_application *application;
    const vt_log *log;
    QTimer *timer;
    double begun; /* seconds before main was entered: loading of the program */
    int64_t entered;
} start_figures;

/* Seconds since the kernel started this process. */
static double process_age(void)
{
    FILE *file = fopen("/proc/self/stat", "r");
    char line[1024];
    unsigned long long ticks = 0;
    if (file && fgets(line, sizeof line, file)) {
        char *name_end = strrchr(line, ')');
        char *save = NULL;
        char *field = name_end ? strtok_r(name_end + 2, " ", &save) : NULL;
        for (int i = 3; field && i < 22; i++) { /* field 22 is the start time, proc(5) */
            field = strtok_r(NULL, " ", &save);
        }
        ticks = field ? strtoull(field, NULL, 10) : 0;
    }
    if (file) {
        fclose(file);
    }
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return ticks
               ? (double)now.tv_sec + (double)now.tv_nsec / 1e9 - (double)ticks / (double)sysconf(_SC_CLK_TCK)
               : 0;
}

static void look_for_cards(void *user)
{
    start_figures *figures = user;
    vt_grid_figures grid = vt_window_grid_figures(figures->application->window);
    bool no_cards = grid.configured == 0 && vt_window_is_settled(figures->application->window);
    if (!grid.painted && !no_cards) {
        return;
    }
    q_timer_stop(figures->timer);
    if (no_cards) {
        return; /* an empty library, or the table */
    }
    vt_monitor *monitor = figures->application->monitor;
    int64_t took = (int64_t)(figures->begun * 1e9) + vt_clock_now() - figures->entered;
    vt_monitor_record(monitor,
                      vt_monitor_operation(monitor, VT_TR_NOOP("performance", "start"),
                                           vt_budget_get(VT_BUDGET_STARTUP), NULL),
                      took);
    vt_monitor_record(monitor,
                      vt_monitor_operation(monitor, VT_TR_NOOP("performance", "first screenful"),
                                           vt_budget_get(VT_BUDGET_FIRST_VIEWPORT), NULL),
                      grid.first_viewport_ns);
    vt_log_write(figures->log, VT_LOG_INFO,
                 "start: cards_after_ms=%.1f cards=%lld first_viewport_us=%lld configure_us_mean=%.1f "
                 "configure_us_max=%.1f",
                 figures->begun * 1e3 + (double)(vt_clock_now() - figures->entered) / VT_NS_PER_MS,
                 (long long)grid.cards_in_use, (long long)grid.first_viewport_ns / 1000,
                 (double)grid.configure_ns_mean / 1e3, (double)grid.configure_ns_max / 1e3);
}

static void measure_start(start_figures *figures)
{
    enum { LOOK_MS = 2 };
    figures->timer = q_timer_new(vt_window_widget(figures->application->window));
    q_timer_set_interval(figures->timer, LOOK_MS);
    q_timer_on_timeout(figures->timer, figures->timer, look_for_cards, figures);
    q_timer_start(figures->timer);
}

/* ---- running ---- */

/* What was named on the command line. */
typedef struct first_import {
    vt_window *window;
    const vt_ui_options *options;
    bool begun;
} first_import;

static void import_paths(void *user)
{
    first_import *import = user;
    if (import->begun) {
        return;
    }
    import->begun = true;
    vt_window_import(import->window, import->options->paths, import->options->path_count);
}

/* Once the window stands, so that the import does not delay it; a window that is not shown (minimised, on
   another desktop) is never painted, and then a moment later. */
static void begin_import_when_painted(first_import *import)
{
    enum { PATIENCE_MS = 1500 };
    vt_window_when_painted(import->window, import_paths, import);
    QTimer *timer = q_timer_new(vt_window_widget(import->window));
    q_timer_set_single_shot(timer, true);
    q_timer_on_timeout(timer, timer, import_paths, import);
    q_timer_start_interval(timer, PATIENCE_MS);
}

/* Who started Vitrine from a menu sees no terminal. True if what was wrong is put right: a damaged catalog
   has been restored. */
static bool show_fault(const vt_application_options *how, const vt_error *error)
{
    vt_application bare = {0};
    vt_application_begin_bare(&bare, how);
    vt_restore_answer answer = vt_restore_offer(how->window, error);
    if (answer == VT_RESTORE_NOTHING && !isatty(STDERR_FILENO)) {
        vt_restore_tell(error->message);
    }
    vt_application_end(&bare);
    return answer == VT_RESTORE_DONE;
}

static bool has_display(void)
{
    static const char *const names[] = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) {
            return true;
        }
    }
    return false;
}

int vt_ui_run_window(const vt_ui_options *options)
{
    start_figures figures = {.log = &options->log, .begun = process_age(), .entered = vt_clock_now()};
    if (!has_display()) {
        fprintf(
            stderr,
            "vitrine: there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set); "
            "try: vitrine snapshot -o window.png PATH\n");
        return EXIT_FAILURE;
    }
    vt_error error = VT_ERROR_INIT;
    vt_application application = {0};
    const vt_application_options how = {
        .window = options, .catalog_path = options->catalog_path, .use_settings = true};
    while (!vt_application_begin(&application, &how, &error)) {
        fprintf(stderr, "vitrine: %s\n", error.message);
        if (!show_fault(&how, &error)) {
            return EXIT_FAILURE;
        }
        vt_error_clear(&error);
    }
    figures.application = &application;
    measure_start(&figures);
    signal_watch watch = {0};
    watch_signals(&watch, &application);
    first_import import = {application.window, options, false};
    if (options->path_count) {
        begin_import_when_painted(&import);
    }
    q_widget_show(vt_window_widget(application.window));
    int status = q_application_exec();
    if (!vt_application_end(&application)) {
        fflush(NULL);
        _exit(status);
    }
    stop_watching(&watch);
    return status;
}
