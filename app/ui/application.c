#include "app/ui/application.h"

#include "app/ui/keys/keys.h"
#include "app/ui/parts/translator.h"
#include "core/base/clock.h"
#include "core/base/thread.h"
#include "core/base/translatable.h"
#include "core/import/columns_errand.h"
#include "core/import/engine.h"
#include "core/perf/reporter.h"
#include "core/settings/settings_file.h"
#include "core/task/executor_inline.h"
#include "core/task/executor_qt.h"

#include <qt6c/qsettings.h>
#include <qt6c/qvariant.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { QUEUE_LIMIT = 8192, SLICE_MS = 4, BACKGROUND_NICENESS = 5 };

/* $VITRINE_THEME (a name of vt_theme_choice_from_name), else the settings, else that of the desktop. */
static vt_theme_choice choose_theme(bool use_settings)
{
    const char *name = getenv("VITRINE_THEME");
    vt_theme_choice choice = use_settings ? VT_THEME_SYSTEM : VT_THEME_LIGHT;
    if (name && vt_theme_choice_from_name(name, &choice)) {
        return choice;
    }
    if (use_settings) {
        QSettings *settings =
            q_settings_new_scope(QSettings_IniFormat, QSettings_UserScope, "vitrine", "vitrine", NULL);
        QVariant value = q_settings_value(settings, "window/theme");
        bool is_number = false;
        int number = q_variant_to_int_full(&value, &is_number);
        if (is_number && number >= VT_THEME_SYSTEM && number < VT_THEME_CHOICE_COUNT) {
            choice = (vt_theme_choice)number;
        }
        q_variant_fini(&value);
        q_settings_delete(settings);
    }
    return choice;
}

/* The fall-back of document 000, should threads or cards that are used again make trouble: one worker
   decodes, views are built where they are asked for, and each card is made anew. */
static bool is_synchronous(void)
{
    const char *wish = getenv("VITRINE_SYNCHRONOUS");
    return wish && strcmp(wish, "1") == 0;
}

/* A slice of what the engine has for the window; the rest in the next turn, after input and painting. */
static bool deliver(void *user)
{
    vt_application *application = user;
    if (!application->engine) {
        return false;
    }
    int64_t start = vt_clock_now();
    bool more = vt_engine_deliver(application->engine, SLICE_MS * VT_NS_PER_MS);
    vt_monitor_record_since(application->monitor, application->turn, start);
    if (application->window) {
        vt_window_delivered(application->window, vt_clock_now() - start);
    }
    return more;
}

static void index_loaded(void *user, const vt_error *error)
{
    vt_application *application = user;
    vt_window_index_loaded(application->window, error); /* the event loop turns only once there is one */
}

static void rows_changed(void *user)
{
    vt_application *application = user;
    if (application->window) {
        vt_window_rows_changed(application->window);
    }
}

static void trouble(void *user, const vt_error *error)
{
    vt_application *application = user;
    if (application->window) {
        vt_window_trouble(application->window, error);
    }
}

static void sidecars_changed(void *user)
{
    vt_application *application = user;
    if (application->window) {
        vt_window_sidecars_changed(application->window);
    }
}

static void wake(void *user)
{
    vt_waker_wake(((vt_application *)user)->waker);
}

/* A library that may not be written is opened for reading rather than not at all. */
static vt_engine *open_engine(vt_application *application, const vt_application_options *options,
                              vt_error *error)
{
    vt_engine_options how = {
        .catalog_path = options->catalog_path,
        .thumbs_path = options->thumbs_path,
        .read_only_if_busy = true,
        .with_index = true,
        .snapshots = !options->off_screen,
        .executor = application->executor,
        .jobs = application->synchronous ? 1 : options->window->jobs,
        .settings = &application->settings,
        .log = options->window->log,
        .wake = wake,
        .index_loaded = index_loaded,
        .rows_changed = rows_changed,
        .trouble = trouble,
        .sidecars_changed = sidecars_changed,
        .user = application,
    };
    vt_engine *engine = vt_engine_create(&how, error);
    if (!engine && (error->code == VT_ERROR_PERMISSION || error->code == VT_ERROR_READ_ONLY)) {
        vt_error second = VT_ERROR_INIT;
        how.read_only = true;
        engine = vt_engine_create(&how, &second);
    }
    return engine;
}

/* Of the thread that paints: far below a frame, so that what else runs on the processor gives way soon. */
static const int64_t painting_slice = VT_NS_PER_MS / 2;

/* What is wrong with the file is told once there is a window. A snapshot shows the same to everybody. */
static void load_settings(vt_application *application, const vt_application_options *options)
{
    vt_error keys = VT_ERROR_INIT;
    application->settings = vt_settings_default();
    if (options->use_settings && !vt_keys_load(&keys)) {
        vt_log_write(&options->window->log, VT_LOG_WARN, "%s", keys.message);
        application->settings_trouble = keys;
    }
    if (options->use_settings &&
        !vt_settings_load(NULL, &application->settings, &application->settings_trouble)) {
        vt_log_write(&options->window->log, VT_LOG_WARN, "%s", application->settings_trouble.message);
    }
}

/* Both or none; NULL and `error`. */
static void make_executors(vt_application *application, const vt_application_options *options,
                           vt_error *error)
{
    int jobs =
        options->window->jobs ? options->window->jobs : (int)application->settings.values[VT_SETTING_JOBS];
    application->synchronous = is_synchronous();
    unsigned workers = application->synchronous ? 1 : vt_engine_workers_for(jobs);
    application->executor = vt_executor_qt_create(workers, QUEUE_LIMIT, BACKGROUND_NICENESS, error);
    if (application->executor) {
        application->view_executor = application->synchronous
                                         ? vt_executor_inline_create(error)
                                         : vt_executor_qt_create(1, QUEUE_LIMIT, 0, error);
    }
    if (application->synchronous) {
        vt_log_write(&options->window->log, VT_LOG_INFO,
                     "fall-back: one worker, views built at once, no cards used again");
    }
}

static void note_task(void *user, const char *name, int64_t begin, int64_t end)
{
    vt_trace_note(user, name, begin, end);
}

/* A stall is asked about after it was felt: so the last spans are kept always, some 100 ns for each. */
static void begin_trace(vt_application *application)
{
    enum { SPANS = 8192 };
    application->trace = vt_trace_create(SPANS, NULL);
    if (application->trace) {
        vt_monitor_set_trace(application->monitor, application->trace);
        application->ran = (vt_task_observer){note_task, application->trace};
        vt_task_observe(&application->ran);
    }
}

/* Qt's handler has no user pointer. Set before the application exists, cleared after it is gone. */
static vt_log qt_log;

/* What Qt remarks on is for developers, unless it says that something is broken. */
static void log_qt_message(int type, const void *context, const QString *text)
{
    (void)context;
    static const vt_log_level levels[] = {VT_LOG_DEBUG, VT_LOG_DEBUG, VT_LOG_WARN, VT_LOG_ERROR,
                                          VT_LOG_DEBUG};
    enum { FATAL = 3 };
    char *line = qt_string_to_utf8(text);
    if (type == FATAL) { /* Qt would end the program by a signal */
        fprintf(stderr,
                "vitrine: %s\nvitrine: is the display that DISPLAY or WAYLAND_DISPLAY names there? "
                "Without one: vitrine snapshot -o window.png PATH\n",
                line ? line : "Qt cannot go on");
        _exit(EXIT_FAILURE);
    }
    vt_log_write(&qt_log, type >= 0 && type < 5 ? levels[type] : VT_LOG_WARN, "%s", line ? line : "");
    free(line);
}

/* The application object, with its theme. */
static vt_theme_choice begin_qt(vt_application *application, const vt_application_options *options)
{
    if (options->off_screen) {
        setenv("QT_QPA_PLATFORM", "offscreen", 1);
    }
    qt_log = vt_log_for(&options->window->log, "qt");
    qt_install_message_handler(log_qt_message);
    application->argc = 1;
    application->argv[0] = (char *)options->window->program;
    application->qt = q_application_new(&application->argc, application->argv);
    q_coreapplication_set_application_name("vitrine");
    q_coreapplication_set_application_version(VITRINE_VERSION);
    q_guiapplication_set_desktop_file_name("org.vitrine.Vitrine");
    vt_theme_choice theme = choose_theme(options->use_settings);
    vt_theme_apply(theme);
    return theme;
}

static void begin_language(const vt_application *application, const vt_application_options *options)
{
    vt_translator_begin(options->use_settings ? application->settings.values[VT_SETTING_LANGUAGE] : 1,
                        &options->window->log);
}

static bool make_parts(vt_application *application, const vt_application_options *options,
                       vt_theme_choice theme, vt_error *error)
{
    vt_thread_ask_slice(painting_slice); /* a courtesy of the system: may fail */
    if (!vt_keys_begin(error)) {
        return false;
    }
    load_settings(application, options);
    begin_language(application, options);
    make_executors(application, options, error);
    application->waker = application->view_executor ? vt_waker_create(deliver, application) : NULL;
    if (!application->waker) {
        return error->code ? false : vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    application->engine = open_engine(application, options, error);
    if (!application->engine) {
        return false;
    }
    application->monitor = vt_monitor_create();
    if (!application->monitor) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    begin_trace(application);
    application->turn =
        vt_monitor_operation(application->monitor, VT_TR_NOOP("performance", "results taken in"),
                             vt_budget_get(VT_BUDGET_UI_DISPATCH), NULL);
    application->log = options->window->log;
    const vt_window_context context = {.engine = application->engine,
                                       .monitor = application->monitor,
                                       .trace = application->trace,
                                       .view_executor = application->view_executor,
                                       .theme = theme,
                                       .settings = application->settings,
                                       .use_settings = options->use_settings,
                                       .synchronous = application->synchronous,
                                       .show_all = options->window->path_count > 0,
                                       .log = options->window->log};
    application->window = vt_window_create(&context, error);
    if (application->window && application->settings_trouble.code != VT_ERROR_NONE) {
        vt_window_tell(application->window, application->settings_trouble.message);
    }
    return application->window != NULL;
}

void vt_application_begin_bare(vt_application *application, const vt_application_options *options)
{
    begin_qt(application, options);
    application->settings = vt_settings_default();
    if (options->use_settings) {
        vt_settings_load(NULL, &application->settings, NULL); /* the start that failed logged what is wrong */
    }
    begin_language(application, options);
}

bool vt_application_begin(vt_application *application, const vt_application_options *options, vt_error *error)
{
    application->keeps_columns = !options->off_screen;
    vt_theme_choice theme = begin_qt(application, options);
    if (!make_parts(application, options, theme, error)) {
        vt_application_end(application);
        return false;
    }
    return true;
}

/* Line by line, for whoever reads the log. */
static void log_report(const vt_application *application)
{
    vt_str report = VT_STR_INIT;
    vt_report_text(application->monitor, &report);
    for (char *line = report.data, *end; (end = strchr(line, '\n')); line = end + 1) {
        vt_log_write(&application->log, VT_LOG_INFO, "%.*s", (int)(end - line), line);
    }
    vt_str_free(&report);
}

bool vt_application_end(vt_application *application)
{
    vt_columns_errand *columns = application->keeps_columns && application->engine
                                     ? vt_columns_errand_create(application->engine)
                                     : NULL;
    if (application->monitor) {
        log_report(application);
    }
    vt_window_free(application->window);
    application->window = NULL;
    vt_task_observe(NULL);
    if (!vt_engine_free(application->engine)) {
        vt_columns_errand_free(columns);
        return false;
    }
    application->engine = NULL;
    vt_waker_free(application->waker);
    vt_monitor_free(application->monitor);
    vt_executor_free(application->view_executor);
    vt_executor_free(application->executor);
    vt_trace_free(application->trace); /* nobody is left who would note anything */
    vt_translator_end();
    q_application_delete(application->qt);
    vt_keys_end();
    qt_install_message_handler(NULL);
    vt_columns_errand_run(columns, VT_COLUMNS_ERRAND_MOST_NS); /* nobody sees a window any more */
    vt_columns_errand_free(columns);
    *application = (vt_application){0};
    return true;
}
