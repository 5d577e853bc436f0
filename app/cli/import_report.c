#include "app/cli/import_session.h"
#include "app/cli/output.h"
#include "app/cli/unfinished_output.h"
#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/catalog/reader.h"
#include "core/decode/helper.h"
#include "core/queue/interrupt.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void vt_cli_keep_failure(vt_import_session *run, const vt_failure *from)
{
    if (run->failure_count == VT_CLI_FAILURES_MAX) {
        return;
    }
    vt_import_session_failure *to = &run->failures[run->failure_count];
    to->path = strndup(from->path, from->path_length);
    to->reason = strdup(from->message);
    if (to->path && to->reason) {
        run->failure_count++;
    } else {
        free(to->path);
        free(to->reason);
    }
}

void vt_cli_end_line(vt_import_session *run)
{
    if (run->line_open) {
        fputs("\r\033[K", stderr);
        run->line_open = false;
    }
}

/* What is looked for among the failures of the catalog. */
typedef struct earlier {
    vt_import_session *run;
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
        vt_cli_keep_failure(of->run, failure);
    }
    free(path);
    return of->run->failure_count < VT_CLI_FAILURES_MAX;
}

/* Failures that were not tried again are still told, from the catalog. */
static void add_earlier_failures(vt_import_session *run)
{
    if (run->figures.failed <= (int64_t)run->failure_count || run->failure_count == VT_CLI_FAILURES_MAX) {
        return;
    }
    earlier of = {.run = run, .count = run->path_count};
    of.folders = calloc(of.count, sizeof *of.folders);
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(run->engine), NULL);
    if (of.folders && reader) {
        for (size_t i = 0; i < of.count; i++) {
            of.folders[i] = vt_path_absolute(run->paths[i], NULL);
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

/* The name, and the letter that the window's About box gives the level. */
static void put_confinement(vt_json_writer *json, const vt_engine_figures *engine)
{
    const char level[] = {engine->sandbox, '\0'};
    vt_json_key(json, "sandbox");
    vt_json_string(json, sandbox_name(engine->sandbox));
    vt_json_key(json, "sandbox_level");
    vt_json_string(json, *level >= 'A' && *level <= 'D' ? level : "unknown");
    vt_json_key(json, "sandbox_reason");
    vt_json_string(json, engine->sandbox_reason);
}

static void print_failures(const vt_import_session *run, vt_json_writer *json)
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

static void print_counts(const vt_import_session *run, const vt_engine_figures *engine, vt_json_writer *json)
{
    const vt_import_figures *done = &run->figures;
    const struct {
        const char *key;
        int64_t value;
    } counts[] = {
        {"imported", done->imported},
        {"updated", done->updated},
        {"unchanged", done->unchanged},
        {"failed", done->failed},
        {"skipped", done->skipped},
        {"left_out", done->left_out},
        {"links", done->links},
        {"sidecars_read", done->sidecars},
        {"sidecars_failed", done->sidecars_failed},
        {"sidecar_conflicts", done->sidecar_conflicts},
        {"moved", done->moved},
        {"ambiguous", done->ambiguous},
        {"missing", done->missing},
        {"offline", done->offline},
        {"folders", done->folders},
        {"frames", done->frames},
        {"decoded", done->decoded},
        {"deferred", done->deferred},
        {"waiting", done->waiting},
        {"batches", engine->batches},
        {"in_flight_peak", engine->in_flight_peak},
        {"helper_starts", engine->helper_starts},
        {"helper_crashes", engine->helper_crashes},
        {"resumed", (int64_t)run->resumed},
        {"paused", run->pauses},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        vt_json_key(json, counts[i].key);
        vt_json_int(json, counts[i].value);
    }
}

static void print_times(const vt_import_session *run, const vt_engine_figures *engine, vt_json_writer *json)
{
    const vt_import_figures *done = &run->figures;
    const double us = (double)VT_NS_PER_US;
    int64_t items = done->imported + done->updated + done->moved + done->unchanged + done->failed;
    const struct {
        const char *key;
        double value;
    } times[] = {
        {"seconds", done->seconds},
        {"paused_seconds", (double)run->paused_ns / (double)VT_NS_PER_S},
        {"items_per_second", done->items_per_second},
        {"ui_dispatch_us_max", (double)engine->turn_ns_max / us},
        {"ui_dispatch_work_us_max", (double)engine->turn_work_ns_max / us},
        {"ui_dispatch_us_per_item", items > 0 ? (double)engine->turn_ns_total / us / (double)items : 0},
        {"peak_rss_mb", (double)engine->rss_peak_bytes / (1024.0 * 1024.0)},
    };
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        vt_json_key(json, times[i].key);
        vt_json_double(json, times[i].value);
    }
}

static bool print_json(const vt_import_session *run, vt_error *error)
{
    vt_engine_figures engine;
    vt_engine_get_figures(run->engine, &engine);
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    print_counts(run, &engine, &json);
    print_times(run, &engine, &json);
    put_confinement(&json, &engine);
    vt_json_key(&json, "schedule");
    vt_engine_write_schedule(&engine, &json);
    vt_json_key(&json, "out_of_use");
    vt_json_string(&json, engine.out_of_use);
    vt_json_key(&json, "interrupted");
    vt_json_bool(&json, run->interrupted);
    vt_json_key(&json, "unfinished_imports");
    vt_cli_unfinished_array(&json, vt_engine_unfinished(run->engine));
    print_failures(run, &json);
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

static void print_summary(const vt_import_session *run)
{
    const vt_import_figures *done = &run->figures;
    vt_cli_remark(run->arguments,
                  "%" PRId64 " imported, %" PRId64 " updated, %" PRId64 " moved, %" PRId64
                  " unchanged, %" PRId64 " failed, %" PRId64 " missing, %" PRId64 " skipped; %.1f s, %.0f/s",
                  done->imported, done->updated, done->moved, done->unchanged, done->failed, done->missing,
                  done->skipped, done->seconds, done->items_per_second);
    if (done->sidecars > 0 || done->sidecars_failed > 0) {
        vt_cli_remark(run->arguments,
                      "side-cars: %" PRId64 " read, %" PRId64 " failed, %" PRId64 " values in conflict",
                      done->sidecars, done->sidecars_failed, done->sidecar_conflicts);
    }
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

static void remark_unfinished(const vt_import_session *run)
{
    const vt_unfinished_list *left = vt_engine_unfinished(run->engine);
    for (size_t i = 0; i < left->count; i++) {
        vt_str name = VT_STR_INIT;
        vt_cli_unfinished_name(&left->imports[i], &name);
        vt_cli_remark(run->arguments,
                      "an import of %s was cut off; 'vitrine import --resume' goes on with it, --discard "
                      "forgets it",
                      name.data);
        vt_str_free(&name);
    }
}

int vt_cli_report_import(vt_import_session *run)
{
    vt_error error = VT_ERROR_INIT;
    vt_cli_end_line(run);
    add_earlier_failures(run);
    if (run->arguments->json) {
        if (!print_json(run, &error)) {
            return vt_cli_fail(&error);
        }
    } else {
        print_summary(run);
    }
    if (run->interrupted && run->error.code == VT_ERROR_CANCELLED) {
        vt_cli_remark(run->arguments, "vitrine: %s; 'vitrine import --resume' does that, too",
                      run->error.message);
        return VT_EXIT_SIGNAL + vt_interrupt_signal();
    }
    remark_unfinished(run);
    if (run->error.code != VT_ERROR_NONE) {
        return vt_cli_fail(&run->error);
    }
    return run->figures.failed > 0 ? VT_EXIT_SOME_FAILED : VT_EXIT_DONE;
}
