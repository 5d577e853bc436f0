#include "app/cli/config.h"
#include "app/cli/main_loop.h"
#include "app/cli/output.h"
#include "app/cli/parse.h"
#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/catalog/reader.h"
#include "core/decode/helper.h"
#include "core/import/operation.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Failures told one by one; all are in the catalog. */
#define FAILURES_MAX 1000
#define PROGRESS_NS  (100 * VT_NS_PER_MS)
#define TURN_NS      (4 * VT_NS_PER_MS)
/* Tasks that may wait: the engine hands out few at a time. */
#define QUEUE_LIMIT 256

typedef struct failure {
    char *path, *reason; /* owned */
} failure;

typedef struct session {
    const vt_arguments *arguments;
    vt_main_loop *loop;
    vt_engine *engine;
    vt_import *import;
    int64_t begun_wall_ns;
    bool cancelled, finished, line_open;
    vt_import_figures figures;
    vt_error error; /* what it ended with */
    failure failures[FAILURES_MAX];
    size_t failure_count;
} session;

static void keep_failure(session *run, const vt_failure *from)
{
    if (run->failure_count == FAILURES_MAX) {
        return;
    }
    failure *to = &run->failures[run->failure_count];
    to->path = strndup(from->path, from->path_length);
    to->reason = strdup(from->message);
    if (to->path && to->reason) {
        run->failure_count++;
    } else {
        free(to->path);
        free(to->reason);
    }
}

static void end_line(session *run)
{
    if (run->line_open) {
        fputs("\r\033[K", stderr);
        run->line_open = false;
    }
}

static void on_failure(void *user, vt_import *import, const vt_failure *failure)
{
    (void)import;
    session *run = user;
    keep_failure(run, failure);
    if (!run->arguments->quiet) {
        vt_str line = VT_STR_INIT;
        vt_str_append_display(&line, failure->path, failure->path_length);
        end_line(run);
        fprintf(stderr, "failed: %s: %s\n", line.data, failure->message);
        vt_str_free(&line);
    }
}

static void on_progress(void *user, vt_import *import, const vt_import_figures *figures)
{
    (void)import;
    session *run = user;
    if (run->arguments->quiet || !isatty(STDERR_FILENO)) {
        return;
    }
    int64_t done = figures->imported + figures->updated + figures->unchanged + figures->failed;
    fprintf(stderr, "\r%" PRId64 " of %" PRId64 "%s, %.0f/s", done, figures->found,
            figures->scanned ? "" : "+", figures->items_per_second);
    if (figures->remaining_seconds >= 0) {
        fprintf(stderr, ", %.0f s left", figures->remaining_seconds);
    }
    fputs("\033[K", stderr);
    run->line_open = true;
}

static void on_finished(void *user, vt_import *import, const vt_import_figures *figures,
                        const vt_error *error)
{
    (void)import;
    session *run = user;
    run->finished = true;
    run->figures = *figures;
    if (error) {
        run->error = *error;
    }
}

static bool turn(void *user)
{
    session *run = user;
    if (vt_main_loop_interrupted(run->loop) && !run->cancelled) {
        run->cancelled = true;
        vt_import_cancel(run->import);
    }
    if (vt_engine_deliver(run->engine, TURN_NS)) {
        vt_main_loop_wake(run->loop);
    }
    return !run->finished;
}

/* What is looked for among the failures of the catalog. */
typedef struct earlier {
    session *run;
    char **folders; /* owned; absolute */
    size_t count;
} earlier;

/* A failure of an earlier import that still stands: the file is as it was then. */
static bool take_earlier(void *user, const vt_failure *failure)
{
    earlier *of = user;
    struct stat facts;
    char *path = strndup(failure->path, failure->path_length);
    bool below = false;
    for (size_t i = 0; path && i < of->count && !below; i++) {
        below = of->folders[i] && vt_path_is_below(path, of->folders[i]);
    }
    bool stands = below && failure->failed_ns < of->run->begun_wall_ns && lstat(path, &facts) == 0 &&
                  facts.st_size == failure->size && facts.st_ino == failure->ino &&
                  (int64_t)facts.st_mtim.tv_sec * VT_NS_PER_S + facts.st_mtim.tv_nsec == failure->mtime_ns;
    if (stands) {
        keep_failure(of->run, failure);
    }
    free(path);
    return of->run->failure_count < FAILURES_MAX;
}

/* Failures that were not tried again are still told, from the catalog. */
static void add_earlier_failures(session *run)
{
    const vt_arguments *arguments = run->arguments;
    if (run->figures.failed <= (int64_t)run->failure_count || run->failure_count == FAILURES_MAX) {
        return;
    }
    earlier of = {.run = run, .count = arguments->word_count};
    of.folders = calloc(of.count, sizeof *of.folders);
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(run->engine), NULL);
    if (of.folders && reader) {
        for (size_t i = 0; i < of.count; i++) {
            of.folders[i] = vt_path_absolute(arguments->words[i], NULL);
        }
        vt_catalog_reader_each_failure(reader, 0, take_earlier, &of, NULL);
        for (size_t i = 0; i < of.count; i++) {
            free(of.folders[i]);
        }
    }
    vt_catalog_reader_free(reader);
    free(of.folders);
}

static const char *sandbox_name(char level)
{
    switch (level) {
    case 'A':
        return vt_sandbox_level_name(VT_SANDBOX_FULL);
    case 'B':
        return vt_sandbox_level_name(VT_SANDBOX_FILTER);
    case 'C':
        return vt_sandbox_level_name(VT_SANDBOX_LIMITS);
    case 'D':
        return vt_sandbox_level_name(VT_SANDBOX_NONE);
    default:
        return "unknown";
    }
}

static void print_failures(const session *run, vt_json_writer *json)
{
    vt_json_key(json, "failures");
    vt_json_array_begin(json);
    for (size_t i = 0; i < run->failure_count; i++) {
        vt_json_object_begin(json);
        vt_json_key(json, "path");
        vt_json_string(json, run->failures[i].path);
        vt_json_key(json, "reason");
        vt_json_string(json, run->failures[i].reason);
        vt_json_object_end(json);
    }
    vt_json_array_end(json);
}

static bool print_json(const session *run, vt_error *error)
{
    const vt_import_figures *done = &run->figures;
    vt_engine_figures engine;
    vt_engine_get_figures(run->engine, &engine);
    int64_t items = done->imported + done->updated + done->unchanged + done->failed;
    const struct {
        const char *key;
        int64_t value;
    } counts[] = {
        {"imported", done->imported},
        {"updated", done->updated},
        {"unchanged", done->unchanged},
        {"failed", done->failed},
        {"skipped", done->skipped},
        {"links", done->links},
        {"missing", done->missing},
        {"folders", done->folders},
        {"decoded", done->decoded},
        {"deferred", done->deferred},
        {"waiting", done->waiting},
        {"batches", engine.batches},
        {"in_flight_peak", engine.in_flight_peak},
        {"helper_starts", engine.helper_starts},
        {"helper_crashes", engine.helper_crashes},
    };
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        vt_json_key(&json, counts[i].key);
        vt_json_int(&json, counts[i].value);
    }
    vt_json_key(&json, "seconds");
    vt_json_double(&json, done->seconds);
    vt_json_key(&json, "items_per_second");
    vt_json_double(&json, done->items_per_second);
    vt_json_key(&json, "ui_dispatch_us_max");
    vt_json_double(&json, (double)engine.turn_ns_max / (double)VT_NS_PER_US);
    vt_json_key(&json, "ui_dispatch_us_per_item");
    vt_json_double(&json,
                   items > 0 ? (double)engine.turn_ns_total / (double)VT_NS_PER_US / (double)items : 0);
    vt_json_key(&json, "peak_rss_mb");
    vt_json_double(&json, (double)engine.rss_peak_bytes / (1024.0 * 1024.0));
    vt_json_key(&json, "sandbox");
    vt_json_string(&json, sandbox_name(engine.sandbox));
    vt_json_key(&json, "sandbox_reason");
    vt_json_string(&json, engine.sandbox_reason);
    vt_json_key(&json, "schedule");
    vt_engine_write_schedule(&engine, &json);
    vt_json_key(&json, "out_of_use");
    vt_json_string(&json, engine.out_of_use);
    vt_json_key(&json, "interrupted");
    vt_json_bool(&json, run->error.code == VT_ERROR_CANCELLED);
    print_failures(run, &json);
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

static void print_summary(const session *run)
{
    const vt_import_figures *done = &run->figures;
    vt_cli_remark(run->arguments,
                  "%" PRId64 " imported, %" PRId64 " updated, %" PRId64 " unchanged, %" PRId64
                  " failed, %" PRId64 " missing, %" PRId64 " skipped; %.1f s, %.0f/s",
                  done->imported, done->updated, done->unchanged, done->failed, done->missing, done->skipped,
                  done->seconds, done->items_per_second);
    vt_engine_figures engine;
    vt_engine_get_figures(run->engine, &engine);
    if (engine.out_of_use[0]) {
        vt_cli_remark(
            run->arguments,
            "not read any more, because one file after the other crashed the decoder: %s; import again to "
            "try them again",
            engine.out_of_use);
    }
}

static int report(session *run)
{
    vt_error error = VT_ERROR_INIT;
    end_line(run);
    add_earlier_failures(run);
    if (run->arguments->json) {
        if (!print_json(run, &error)) {
            return vt_cli_fail(&error);
        }
    } else {
        print_summary(run);
    }
    if (run->error.code == VT_ERROR_CANCELLED) {
        vt_cli_remark(run->arguments, "vitrine: %s", run->error.message);
        return VT_EXIT_INTERRUPTED;
    }
    if (run->error.code != VT_ERROR_NONE) {
        return vt_cli_fail(&run->error);
    }
    return run->figures.failed > 0 ? VT_EXIT_SOME_FAILED : VT_EXIT_DONE;
}

/* With the engine open: imports and reports. */
static int import_paths(session *run)
{
    const vt_arguments *arguments = run->arguments;
    vt_error error = VT_ERROR_INIT;
    vt_import_options options = {
        .retry_failures = vt_arguments_value(arguments, "retry") != NULL,
        .hidden = vt_arguments_value(arguments, "hidden") != NULL,
    };
    const char *read = vt_arguments_value(arguments, "read");
    long limit = 0;
    if (read && !vt_cli_number(read, "--read", 0, LONG_MAX, &limit, &error)) {
        return vt_cli_fail(&error);
    }
    if (read) {
        options.read_limit = limit > 0 ? limit : VT_IMPORT_READ_NONE;
    }
    const vt_import_listener listener = {
        .item_failed = on_failure, .progress = on_progress, .finished = on_finished, .user = run};
    run->begun_wall_ns = vt_clock_wall();
    run->import =
        vt_engine_import(run->engine, arguments->words, arguments->word_count, &options, &listener, &error);
    if (!run->import) {
        return vt_cli_fail(&error);
    }
    vt_main_loop_run(run->loop, PROGRESS_NS, turn, run);
    int status = report(run);
    vt_import_free(run->import);
    return status;
}

int vt_cli_import(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    int status = VT_EXIT_FAILED;
    session *run = calloc(1, sizeof *run);
    if (!run) {
        vt_error_set(&error, VT_ERROR_MEMORY, "out of memory");
        return vt_cli_fail(&error);
    }
    run->arguments = arguments;
    const vt_settings settings = vt_cli_settings(arguments);
    int jobs = arguments->jobs ? arguments->jobs : (int)settings.values[VT_SETTING_JOBS];
    run->loop = vt_main_loop_create(vt_engine_workers_for(jobs), QUEUE_LIMIT, &error);
    if (run->loop) {
        const vt_engine_options options = {
            .catalog_path = arguments->catalog,
            .executor = vt_main_loop_executor(run->loop),
            .jobs = arguments->jobs,
            .settings = &settings,
            .log = arguments->log,
            .wake = vt_main_loop_wake,
            .user = run->loop,
        };
        run->engine = vt_engine_create(&options, &error);
    }
    status = run->engine ? import_paths(run) : vt_cli_fail(&error);
    if (!vt_engine_free(run->engine)) {
        fflush(NULL);
        _exit(status);
    }
    vt_main_loop_free(run->loop);
    for (size_t i = 0; i < run->failure_count; i++) {
        free(run->failures[i].path);
        free(run->failures[i].reason);
    }
    free(run);
    return status;
}
