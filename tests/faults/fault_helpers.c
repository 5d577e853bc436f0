/*
 * Helpers that die, and what is left of imports: rows 31 and 38 of the table in README.md.
 */
#include "tests/faults/figure.h"
#include "tests/faults/holdings.h"
#include "tests/faults/stage.h"

#include "core/import/engine_private.h"
#include "tests/core/import/engine_session.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct cost {
    double elapsed, processor; /* seconds; of the program and all of its helpers */
} cost;

static double processor_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_stime.tv_sec +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* What an import into a new catalog costs, by the helper that can be poisoned. */
static cost time_import(stage *self, double failed)
{
    stage_forget(self);
    double processor = processor_seconds();
    double begun = fault_clock();
    stage_report report = stage_import(self, NULL);
    cost spent = {fault_clock() - begun, processor_seconds() - processor};
    if (report.status != (failed > 0 ? 4 : 0) || report.failed != failed) {
        fprintf(stderr, "status %d, %g of %g failed: %.200s\n", report.status, report.failed, failed,
                report.said);
        exit(3);
    }
    return spent;
}

/* The mean of the lowest third: what else the machine does only adds to an import, now and then. */
static double undisturbed(double *values, int count)
{
    for (int i = 1; i < count; i++) {
        for (int k = i; k > 0 && values[k] < values[k - 1]; k--) {
            double other = values[k];
            values[k] = values[k - 1];
            values[k - 1] = other;
        }
    }
    double sum = 0;
    int lowest = (count + 2) / 3;
    for (int i = 0; i < lowest; i++) {
        sum += values[i];
    }
    return sum / lowest;
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

/* One in twenty is poisoned, and what one in a hundred costs is a fifth of that: by itself it costs less than
   two imports of the same files differ by. More than one in ten would put their format out of use now and
   then. */
enum { TINY = 2000, PHOTOS = 1000, EVERY = 20, TIMES = 100 / EVERY, ROUNDS = 15 };

/* Files of which one in twenty can be poisoned. */
typedef struct victims {
    stage *stage;
    const char *label;
    const char *bar; /* in per cent */
    int count;
    void (*write)(const char *folder, int number, const char *poison); /* NULL: as it should be */
} victims;

/* As cheap as pictures are: what else an import does hides nothing of what a crash costs. */
static void write_tiny(const char *folder, int number, const char *poison)
{
    char name[40];
    snprintf(name, sizeof name, "picture (%05d).ppm", number);
    if (poison) {
        files_write(files_path(folder, name), poison, strlen(poison));
    } else {
        files_write_picture(files_path(folder, name), 40, 30, (unsigned)number);
    }
}

/* Small ones as people have them. Written over, not anew: files are read in the order of their inodes, and
   those made last would all come last. */
static void write_photo(const char *folder, int number, const char *poison)
{
    static char *photo;
    static size_t bytes;
    char name[40];
    if (!photo) {
        photo = files_read(files_sample("Landscapes/evening sea.jpg"), &bytes);
    }
    snprintf(name, sizeof name, "photo %05d.jpg", number);
    files_write(files_path(folder, name), poison ? poison : photo, poison ? strlen(poison) : bytes);
}

/* `count` 0: all as they should be. */
static void poison(const victims *v, const char *const *poisons, int count)
{
    for (int i = 0; i < v->count; i += EVERY) {
        v->write(v->stage->pictures, i, count > 0 ? poisons[i / EVERY % count] : NULL);
    }
}

/* The same files with and without those that their helper dies of, taking turns. */
static void compare_poison(const victims *v, const char *kind, const char *const *poisons, int count)
{
    double elapsed[2][ROUNDS], processor[2][ROUNDS];
    int poisoned = v->count / EVERY;
    char name[64];
    for (int round = 0; round < ROUNDS; round++) {
        for (int turn = 0; turn < 2; turn++) {
            int with = (turn + round) % 2;
            poison(v, poisons, with ? count : 0);
            cost spent = time_import(v->stage, with ? poisoned : 0);
            elapsed[with][round] = spent.elapsed;
            processor[with][round] = spent.processor;
        }
    }
    double work = undisturbed(processor[0], ROUNDS);
    double more = undisturbed(processor[1], ROUNDS) - work;
    double slower = 100.0 * (undisturbed(elapsed[1], ROUNDS) / undisturbed(elapsed[0], ROUNDS) - 1.0);
    double good = 1000 * work / v->count;
    snprintf(name, sizeof name, "poison_%s%s_slower", v->label, kind);
    figure(name, slower / TIMES, "%", v->bar, "for 1 %%: %.2f %% for %d %% of %d files, best third of %d",
           slower, TIMES, v->count, ROUNDS);
    snprintf(name, sizeof name, "poison_%s%s_processor", v->label, kind);
    figure(name, 100.0 * more / work / TIMES, "%", v->bar,
           "for 1 %%: %.2f ms of processor time for each that is poisoned, %.2f ms for a good one",
           1000 * more / poisoned + good, good);
}

/* What crashes, and all that ends at once; what hangs is stopped at the limit of time, whatever it costs. */
static void run_poison(bool quick)
{
    static const char *const crash[] = {"poison:segv"};
    static const char *const all[] = {"poison:segv",  "poison:bus",      "poison:illegal", "poison:abort",
                                      "poison:stack", "poison:exit",     "poison:hog",     "poison:lie",
                                      "poison:flood", "poison:forbidden"};
    victims kinds[] = {{.label = "tiny", .bar = "-", .count = TINY, .write = write_tiny},
                       {.label = "photo", .bar = "<=2", .count = PHOTOS, .write = write_photo}};
    char decoder[PATH_MAX];
    find_poison(decoder, sizeof decoder);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        victims *v = &kinds[i];
        v->stage = stage_create(1);
        v->stage->options.decoder = decoder;
        for (int k = 0; k < v->count; k++) {
            v->write(v->stage->pictures, k, NULL);
        }
        int poisoned = v->count / EVERY;
        poison(v, all, sizeof all / sizeof all[0]);
        time_import(v->stage, poisoned);
        figure("poison_contained", poisoned, "files", v->count == TINY ? ">=100" : ">=50",
               "failed, and no other of %d", v->count);
        if (!quick) {
            compare_poison(v, "", crash, 1);
            compare_poison(v, "_mixed", all, sizeof all / sizeof all[0]);
        }
        stage_free(v->stage);
    }
}

/* ---- what is left ---- */

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
    enum { PICTURES = 40, TURNS = 1000, TURNS_QUICK = 60, WARM_UP = 10, COUNTED = 10, WORKERS = 3 };
    holdings outside = holdings_count();
    engine_session *session = session_create();
    session_open(session, WORKERS, 2, NULL);
    holdings warm = {INT_MAX, INT_MAX, INT_MAX};
    holdings after = warm;
    int turns = quick ? TURNS_QUICK : TURNS;
    for (int turn = 0; turn < turns + WARM_UP; turn++) {
        if (turn >= WARM_UP && turn < WARM_UP + COUNTED) {
            warm = holdings_least(warm, holdings_count());
        } else if (turn >= turns + WARM_UP - COUNTED) {
            after = holdings_least(after, holdings_count());
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
    after = holdings_least(after, holdings_count());
    figure("leaks_descriptors", after.descriptors - warm.descriptors, "files", "<=4",
           "more after %d imports and cancels", turns);
    figure("leaks_threads", after.threads - warm.threads, "threads", "<=0", "more");
    pid_t pids[VT_HELPER_POOL_MAX];
    int helpers = (int)vt_helper_pool_pids(session->engine->helpers, pids, VT_HELPER_POOL_MAX);
    figure("leaks_children", holdings_count().children - helpers, "children", "<=1",
           "beside the %d helpers: one that ends", helpers);
    session_free(session);
    holdings end = holdings_count();
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
