/*
 * What an import costs: the main thread, memory of all processes, and the second look at the same folder.
 *
 * On the main thread it does what the window does at least: takes up every batch, reads the new rows from the
 * index, and takes figures for the progress. A line per figure: "name value unit bar" ("-": none). Exits 1 if
 * a bar is missed.
 *
 * usage: bench_import FOLDER   (scripts/corpus gets one)
 */
#include "core/base/clock.h"
#include "core/decode/helper.h"
#include "core/import/operation.h"
#include "core/queue/doorbell.h"
#include "core/task/executor_threads.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TURN_US_MEAN_BAR 20.0 /* per item */
#define TURN_MS_MAX_BAR  8.0
#define MEMORY_MB_BAR    250.0
#define WORKERS          4
#define QUEUE_LIMIT      256

static char folder[] = "/tmp/vitrine-bench-XXXXXX";

typedef struct run {
    vt_engine *engine;
    vt_doorbell *bell;
    uint64_t name_bytes; /* of the rows read, so that reading them is not left out */
    bool loaded, finished;
    vt_import_figures figures;
    int missed;
} run;

static void stop(const char *what, const vt_error *error)
{
    fprintf(stderr, "bench_import: %s: %s\n", what, error->message);
    exit(1);
}

static void on_loaded(void *user, const vt_error *error)
{
    (void)error;
    ((run *)user)->loaded = true;
}

static void on_batch(void *user, vt_import *import, const vt_import_batch *batch)
{
    (void)import;
    run *of = user;
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(of->engine));
    for (uint32_t i = 0; i < batch->row_count; i++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, batch->first_row + i, &item);
        of->name_bytes += item.name_length;
    }
    vt_snapshot_release(snapshot);
}

static void on_progress(void *user, vt_import *import, const vt_import_figures *figures)
{
    (void)import;
    ((run *)user)->figures = *figures;
}

static void on_finished(void *user, vt_import *import, const vt_import_figures *figures,
                        const vt_error *error)
{
    (void)import;
    run *of = user;
    of->finished = true;
    of->figures = *figures;
    if (error) {
        stop("the import stopped", error);
    }
}

static void wake(void *user)
{
    vt_doorbell_ring(((run *)user)->bell);
}

static void pump(run *of, const bool *flag)
{
    while (vt_engine_deliver(of->engine, 4 * VT_NS_PER_MS) || !*flag) {
        if (!*flag) {
            vt_doorbell_wait(of->bell, VT_NS_PER_S);
        }
    }
}

static void import_folder(run *of, const char *path)
{
    vt_error error = VT_ERROR_INIT;
    const vt_import_listener listener = {
        .batch_committed = on_batch, .progress = on_progress, .finished = on_finished, .user = of};
    of->finished = false;
    vt_import *import = vt_engine_import(of->engine, &path, 1, NULL, &listener, &error);
    if (!import) {
        stop("cannot import", &error);
    }
    pump(of, &of->finished);
    vt_import_free(import);
}

/* `bar` < 0: none. */
static void report(run *of, const char *name, double value, const char *unit, double bar)
{
    printf("import_%s %.3g %s ", name, value, unit);
    if (bar < 0) {
        puts("-");
        return;
    }
    printf("<=%.3g%s\n", bar, value > bar ? " MISSED" : "");
    of->missed += value > bar;
}

static void report_first(run *of)
{
    vt_engine_figures engine;
    const vt_import_figures *done = &of->figures;
    vt_engine_get_figures(of->engine, &engine);
    int64_t items = done->imported + done->updated + done->unchanged + done->failed;
    double us = (double)engine.turn_ns_total / (double)VT_NS_PER_US;
    report(of, "items", (double)items, "files", -1);
    report(of, "unaccounted", (double)llabs(done->found - items), "files", 0);
    report(of, "rate", done->items_per_second, "files/s", -1);
    report(of, "main_thread_per_item", items > 0 ? us / (double)items : 0, "us", TURN_US_MEAN_BAR);
    report(of, "main_thread_turn_max", (double)engine.turn_ns_max / (double)VT_NS_PER_MS, "ms", -1);
    report(of, "main_thread_turn_work_max", (double)engine.turn_work_ns_max / (double)VT_NS_PER_MS, "ms",
           TURN_MS_MAX_BAR);
    report(of, "memory_peak", (double)engine.rss_peak_bytes / 1048576.0, "MB", MEMORY_MB_BAR);
    report(of, "in_flight_peak", (double)engine.in_flight_peak, "files", (double)engine.in_flight_limit);
}

static void open_engine(run *of, vt_executor *executor)
{
    char program[PATH_MAX], catalog[PATH_MAX], thumbs[PATH_MAX];
    vt_error error = VT_ERROR_INIT;
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    char *tests = strstr(program, "/tests/bench_import"); /* beside bin/ in the build folder */
    if (!tests || tests - program > PATH_MAX - 32) {
        fprintf(stderr, "bench_import: run it from the build folder's tests/\n");
        exit(1);
    }
    snprintf(tests, 32, "/bin/vitrine-decoder");
    snprintf(catalog, sizeof catalog, "%s/library.vitrine", folder);
    snprintf(thumbs, sizeof thumbs, "%s/library.thumbs", folder);
    const vt_engine_options options = {
        .catalog_path = catalog,
        .thumbs_path = thumbs,
        .with_index = true,
        .executor = executor,
        .decoder_path = program,
        .wake = wake,
        .index_loaded = on_loaded,
        .user = of,
    };
    of->engine = vt_engine_create(&options, &error);
    if (!of->engine) {
        stop("cannot open", &error);
    }
    pump(of, &of->loaded);
}

static void remove_folder(void)
{
    static const char *const names[] = {
        "library.vitrine",        "library.vitrine-wal", "library.vitrine-shm", "library.vitrine-journal",
        "library.vitrine.lock",   "library.thumbs",      "library.thumbs-wal",  "library.thumbs-shm",
        "library.thumbs-journal", "library.thumbs.lock"};
    char path[PATH_MAX];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

int main(int argc, char **argv)
{
    vt_error error = VT_ERROR_INIT;
    run of = {0};
    if (argc != 2) {
        fputs("usage: bench_import FOLDER\n", stderr);
        return 2;
    }
    vt_executor *executor = vt_executor_threads_create(WORKERS, QUEUE_LIMIT, &error);
    of.bell = executor ? vt_doorbell_create(&error) : NULL;
    if (!of.bell || !mkdtemp(folder)) {
        stop("cannot begin", &error);
    }
    open_engine(&of, executor);
    import_folder(&of, argv[1]);
    report_first(&of);
    import_folder(&of, argv[1]);
    report(&of, "again_decoded", (double)of.figures.decoded, "files", 0);
    report(&of, "again_written", (double)(of.figures.imported + of.figures.updated), "files", 0);
    report(&of, "again_us_per_file",
           of.figures.found > 0 ? of.figures.seconds * 1e6 / (double)of.figures.found : 0, "us", -1);
    fprintf(stderr, "(%" PRIu64 " bytes of names read)\n", of.name_bytes);
    vt_engine_free(of.engine);
    vt_executor_free(executor);
    vt_doorbell_free(of.bell);
    remove_folder();
    return of.missed > 0;
}
