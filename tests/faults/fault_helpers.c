/*
 * Helpers that die, and what is left of imports: rows 31 and 38 of the table in README.md.
 */
#include "tests/faults/figure.h"
#include "tests/faults/stage.h"

#include "core/import/engine_private.h"
#include "tests/core/import/engine_session.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Seconds of an import into a new catalog, by the helper that can be poisoned. */
static double time_import(stage *self, double failed)
{
    stage_forget(self);
    double begun = fault_clock();
    stage_report report = stage_import(self, NULL);
    double seconds = fault_clock() - begun;
    if (report.status != (failed > 0 ? 4 : 0) || report.failed != failed) {
        fprintf(stderr, "status %d, %g of %g failed: %.200s\n", report.status, report.failed, failed,
                report.said);
        exit(3);
    }
    return seconds;
}

static double median(double *values, int count)
{
    for (int i = 1; i < count; i++) {
        for (int k = i; k > 0 && values[k] < values[k - 1]; k--) {
            double other = values[k];
            values[k] = values[k - 1];
            values[k - 1] = other;
        }
    }
    return values[count / 2];
}

/* build/tests/NAME -> build/bin/vitrine-decoder-poison */
static void find_poison(char *path, size_t size)
{
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(length > 0);
    self[length] = '\0';
    *strrchr(self, '/') = '\0';
    assert_true(snprintf(path, size, "%s/../bin/vitrine-decoder-poison", self) < (int)size);
}

/* The same pictures with and without one in a hundred that its helper dies of, taking turns. */
static void run_poison(bool quick)
{
    enum { FILES = 2000, POISONED = FILES / 100, ROUNDS = 15, ROUNDS_QUICK = 3 };
    stage *self = stage_create(FILES);
    static const char poison[] = "poison:segv";
    char decoder[PATH_MAX];
    double clean[ROUNDS], poisoned[ROUNDS];
    int rounds = quick ? ROUNDS_QUICK : ROUNDS;
    find_poison(decoder, sizeof decoder);
    self->options.decoder = decoder;
    for (int round = 0; round < rounds; round++) {
        clean[round] = time_import(self, 0);
        for (int with = 1; with >= 0; with--) {
            for (int i = 0; i < POISONED; i++) {
                char name[40];
                snprintf(name, sizeof name, "picture %05d.ppm", i * 100);
                if (with) {
                    files_write(files_path(self->pictures, name), poison, sizeof poison - 1);
                } else {
                    files_write_picture(files_path(self->pictures, name), 40, 30, (unsigned)(i * 100));
                }
            }
            if (with) {
                poisoned[round] = time_import(self, POISONED);
            }
        }
    }
    figure("poison_contained", POISONED, "files", ">=20", "failed, and no other of %d", FILES);
    double slower = 100.0 * (median(poisoned, rounds) / median(clean, rounds) - 1.0);
    figure("poison_slower", slower, "%", quick ? "-" : "<=2", "1 %% of %d small files, medians of %d", FILES,
           rounds);
    stage_free(self);
}

/* ---- what is left ---- */

static int count_entries(const char *folder)
{
    DIR *stream = opendir(folder);
    int count = 0;
    while (stream && readdir(stream)) {
        count++;
    }
    if (stream) {
        closedir(stream);
    }
    return count;
}

/* Of all threads: helpers are children of the one that starts them. */
static int count_children(void)
{
    DIR *stream = opendir("/proc/self/task");
    struct dirent *entry;
    int count = 0;
    while (stream && (entry = readdir(stream))) {
        char path[NAME_MAX + 40];
        int pid;
        snprintf(path, sizeof path, "/proc/self/task/%s/children", entry->d_name);
        FILE *file = fopen(path, "r");
        while (file && fscanf(file, "%d", &pid) == 1) {
            count++;
        }
        if (file) {
            fclose(file);
        }
    }
    if (stream) {
        closedir(stream);
    }
    return count;
}

typedef struct holdings {
    int descriptors, threads, children;
} holdings;

static holdings count_holdings(void)
{
    return (holdings){count_entries("/proc/self/fd"), count_entries("/proc/self/task"), count_children()};
}

static void import_or_cancel(engine_session *session, bool cancel)
{
    import_record record = {0};
    vt_error error = VT_ERROR_INIT;
    vt_import_listener listener = session_listener(&record);
    const char *path = session->pictures;
    vt_import *import = vt_engine_import(session->engine, &path, 1, NULL, &listener, &error);
    assert_non_null(import);
    if (cancel) {
        fault_sleep((double)fault_random(20) / 1000.0);
        vt_import_cancel(import);
    }
    session_wait_for(session, &record.finished);
    vt_import_free(import);
}

/* One engine and many imports, half of them cancelled at a random moment; every file changed in between. */
static void run_leaks(bool quick)
{
    enum { PICTURES = 40, TURNS = 1000, TURNS_QUICK = 60, WARM_UP = 10, WORKERS = 3 };
    holdings outside = count_holdings();
    engine_session *session = session_create();
    session_open(session, WORKERS, 2, NULL);
    holdings warm = {0};
    int turns = quick ? TURNS_QUICK : TURNS;
    for (int turn = 0; turn < turns + WARM_UP; turn++) {
        if (turn == WARM_UP) {
            warm = count_holdings();
        }
        for (int i = 0; i < PICTURES; i++) {
            char name[32];
            snprintf(name, sizeof name, "%04d.ppm", i);
            files_write_picture(files_path(session->pictures, name), 30 + turn % 7, 20, (unsigned)(turn + i));
        }
        import_or_cancel(session, turn % 2);
    }
    /* Helpers and their spare come and go: as many as the engine may have. */
    import_or_cancel(session, false);
    holdings after = count_holdings();
    figure("leaks_descriptors", after.descriptors - warm.descriptors, "files", "<=4",
           "more after %d imports and cancels", turns);
    figure("leaks_threads", after.threads - warm.threads, "threads", "<=0", "more");
    pid_t pids[VT_HELPER_POOL_MAX];
    int helpers = (int)vt_helper_pool_pids(session->engine->helpers, pids, VT_HELPER_POOL_MAX);
    figure("leaks_children", after.children - helpers, "children", "<=1",
           "beside the %d helpers: one that ends", helpers);
    session_free(session);
    holdings end = count_holdings();
    figure("leaks_after_the_engine",
           (end.descriptors - outside.descriptors) + (end.threads - outside.threads) +
               (end.children - outside.children),
           "things", "<=0", "descriptors, threads and children once it is freed");
}

int main(int argc, char **argv)
{
    static const fault_case cases[] = {{"leaks", run_leaks}, {"poison", run_poison}, {0}};
    return fault_main(argc, argv, cases);
}
