/*
 * What is looked at goes first: how long until an item that becomes visible in the midst of an import has its
 * thumbnail.
 *
 * Hard links of real files, 100,000 by default, are imported. Meanwhile items that the import has listed, but
 * not yet read, are made visible: one at a time, and a screen of cards at once. Measured from the request to
 * the callback on the main thread, which does nothing else. Then the import is cancelled. A line per figure:
 * "name value unit bar". Exits 1 if a bar is missed.
 *
 * usage: bench_priority FOLDER [FILES]   (FOLDER has files below it; FILES links in $TMPDIR)
 */
#include "core/base/clock.h"
#include "core/decode/format.h"
#include "core/import/operation.h"
#include "core/import/request.h"
#include "core/queue/doorbell.h"
#include "core/task/executor_threads.h"

#include <ftw.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define P99_MS_BAR   150.0
#define PROBES       600
#define SCREENS      25
#define CARDS        24 /* of a screen */
#define PAUSE_NS     (10 * VT_NS_PER_MS)
#define YARDSTICK_NS (2 * VT_NS_PER_MS)
#define ORIGINALS    64
#define FOLDER_FILES 1000
#define ROOT_MAX     1024

static char root[ROOT_MAX];
static int missed;

static void stop(const char *what)
{
    fprintf(stderr, "bench_priority: %s\n", what);
    exit(1);
}

/* `bar` < 0: none. */
static void report(const char *name, double value, const char *unit, double bar, const char *remark)
{
    printf("priority_%s %.4g %s ", name, value, unit);
    if (bar < 0) {
        printf("- %s\n", remark);
    } else {
        printf("<=%g %s%s\n", bar, remark, value > bar ? " MISSED" : "");
        missed += value > bar;
    }
    fflush(stdout);
}

/* ---- the files ---- */

static char originals[ORIGINALS][PATH_MAX];
static const char *extensions[ORIGINALS];
static size_t original_count;

/* Copies a file, so that links can be made whatever file system it lies on. Models are left out: an import
   of so many pictures is what people have. */
static int copy_original(const char *path, const struct stat *facts, int type, struct FTW *place)
{
    static char bytes[1 << 20];
    vt_format format = type == FTW_F ? vt_format_of_name(path) : VT_FORMAT_UNKNOWN;
    (void)place;
    if (!format || vt_format_get(format)->kind != VT_KIND_IMAGE || facts->st_size > (off_t)sizeof bytes) {
        return 0;
    }
    char *copy = originals[original_count];
    const char *extension = strrchr(path, '.');
    snprintf(copy, PATH_MAX, "%s/originals/%zu%s", root, original_count, extension);
    extensions[original_count++] = strrchr(copy, '.');
    FILE *in = fopen(path, "rb");
    FILE *out = fopen(copy, "wb");
    size_t got = in ? fread(bytes, 1, sizeof bytes, in) : 0;
    if (!in || !out || fwrite(bytes, 1, got, out) != got || fclose(out) != 0) {
        stop("cannot copy a file");
    }
    fclose(in);
    return original_count == ORIGINALS;
}

static void make_files(const char *from, size_t files)
{
    char path[PATH_MAX];
    char *folder = realpath(from, NULL);
    snprintf(path, sizeof path, "%s/originals", root);
    mkdir(path, 0755);
    if (!folder || nftw(folder, copy_original, 64, FTW_PHYS) < 0 || original_count == 0) {
        stop("the folder has no picture of a known format");
    }
    free(folder);
    snprintf(path, sizeof path, "%s/files", root);
    mkdir(path, 0755);
    for (size_t i = 0; i < files; i++) {
        size_t original = i * 7 % original_count;
        if (i % FOLDER_FILES == 0) {
            snprintf(path, sizeof path, "%s/files/%zu", root, i / FOLDER_FILES);
            mkdir(path, 0755);
        }
        /* No number at the end of the name: it would be a sequence. */
        snprintf(path, sizeof path, "%s/files/%zu/%zu picture%s", root, i / FOLDER_FILES, i,
                 extensions[original]);
        if (link(originals[original], path) != 0) {
            stop("cannot link a file");
        }
    }
}

static int remove_entry(const char *path, const struct stat *facts, int type, struct FTW *place)
{
    (void)facts;
    (void)type;
    (void)place;
    return remove(path);
}

/* ---- the engine ---- */

typedef struct run {
    vt_engine *engine;
    vt_doorbell *bell;
    bool loaded, finished;
    int64_t imported;
    int outstanding; /* thumbnails asked for */
    int failed;
} run;

static void on_loaded(void *user, const vt_error *error)
{
    (void)error;
    ((run *)user)->loaded = true;
}

static void on_batch(void *user, vt_import *import, const vt_import_batch *batch)
{
    (void)import;
    ((run *)user)->imported += batch->imported + batch->read;
}

static void on_finished(void *user, vt_import *import, const vt_import_figures *figures,
                        const vt_error *error)
{
    (void)import;
    (void)figures;
    (void)error;
    ((run *)user)->finished = true;
}

static void wake(void *user)
{
    vt_doorbell_ring(((run *)user)->bell);
}

static void turn(run *of, int64_t patience)
{
    if (!vt_engine_deliver(of->engine, 4 * VT_NS_PER_MS)) {
        vt_doorbell_wait(of->bell, patience);
    }
}

static void open_engine(run *of, vt_executor *executor)
{
    char program[PATH_MAX], catalog[PATH_MAX], thumbs[PATH_MAX];
    vt_error error = VT_ERROR_INIT;
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    char *tests = strstr(program, "/tests/bench_priority"); /* beside bin/ in the build folder */
    if (!tests || tests - program > PATH_MAX - 32) {
        stop("run it from the build folder's tests/");
    }
    snprintf(tests, 32, "/bin/vitrine-decoder");
    snprintf(catalog, sizeof catalog, "%s/library.vitrine", root);
    snprintf(thumbs, sizeof thumbs, "%s/library.thumbs", root);
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
        stop(error.message);
    }
    while (!of->loaded) {
        turn(of, VT_NS_PER_S);
    }
}

/* ---- what becomes visible ---- */

typedef struct probe {
    run *of;
    int64_t asked_ns, took_ns;
} probe;

static void on_picture(void *user, vt_picture *picture, const vt_error *error)
{
    probe *at = user;
    (void)error;
    at->took_ns = vt_clock_now() - at->asked_ns;
    at->of->outstanding--;
    at->of->failed += picture == NULL;
    if (picture) {
        free(picture->pixels);
    }
}

static uint32_t random_below(uint32_t limit)
{
    static uint64_t state = 88172645463325252U; /* xorshift64, Marsaglia 2003 */
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 32) * limit >> 32);
}

/* A row that was listed and not read; false if there is none. */
static bool find_unread(run *of, uint32_t *row)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(of->engine));
    uint32_t count = vt_snapshot_count(snapshot);
    bool found = false;
    for (int i = 0; i < 1000 && count > 0 && !found; i++) {
        vt_item_brief item;
        *row = random_below(count);
        vt_snapshot_item(snapshot, *row, &item);
        found = item.state == VT_ITEM_UNREAD;
    }
    vt_snapshot_release(snapshot);
    return found;
}

/* Makes `count` items visible at once and waits for them. False if the import had nothing left. */
static bool show(run *of, probe *probes, int count)
{
    for (int i = 0; i < count; i++) {
        uint32_t row;
        vt_error error = VT_ERROR_INIT;
        if (of->finished || !find_unread(of, &row)) {
            return false;
        }
        probes[i] = (probe){of, vt_clock_now(), 0};
        of->outstanding++;
        if (!vt_engine_request_thumbnail(of->engine, row, 0, on_picture, &probes[i], &error)) {
            stop(error.message);
        }
    }
    while (of->outstanding > 0) {
        turn(of, VT_NS_PER_S);
    }
    int64_t until = vt_clock_now() + PAUSE_NS;
    while (vt_clock_now() < until) {
        turn(of, VT_NS_PER_MS);
    }
    return true;
}

/* How long this thread takes for what should take YARDSTICK_NS: what the machine adds by itself, being busy
   with the import and with whatever else runs on it. */
static int64_t yardstick(void)
{
    struct timespec used;
    int64_t begun = vt_clock_now(), until = 0, now;
    do {
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
        now = (int64_t)used.tv_sec * VT_NS_PER_S + used.tv_nsec;
        until = until ? until : now + YARDSTICK_NS;
    } while (now < until);
    return vt_clock_now() - begun;
}

static int compare(const void *a, const void *b)
{
    int64_t first = ((const probe *)a)->took_ns, second = ((const probe *)b)->took_ns;
    return (first > second) - (first < second);
}

static double share_ms(probe *probes, int count, double share)
{
    qsort(probes, (size_t)count, sizeof *probes, compare);
    return (double)probes[(int)(share * (count - 1))].took_ns / (double)VT_NS_PER_MS;
}

static void measure(run *of, size_t files)
{
    static probe single[PROBES], screens[SCREENS * CARDS], machine[PROBES];
    int64_t begun_ns = vt_clock_now(), before = of->imported;
    char remark[80];
    for (int i = 0; i < PROBES; i++) {
        if (!show(of, &single[i], 1)) {
            stop("the import was over before all was measured: take more files");
        }
        machine[i].took_ns = yardstick();
    }
    double seconds = (double)(vt_clock_now() - begun_ns) / (double)VT_NS_PER_S;
    double rate = (double)(of->imported - before) / seconds;
    for (int i = 0; i < SCREENS; i++) {
        if (!show(of, &screens[i * CARDS], CARDS)) {
            stop("the import was over before all was measured: take more files");
        }
    }
    snprintf(remark, sizeof remark, "(%d items, import of %zu files)", PROBES, files);
    report("visible_p50", share_ms(single, PROBES, 0.5), "ms", -1, remark);
    report("visible_p99", share_ms(single, PROBES, 0.99), "ms", P99_MS_BAR, remark);
    report("visible_max", share_ms(single, PROBES, 1), "ms", -1, remark);
    report("machine_p99", share_ms(machine, PROBES, 0.99), "ms", -1,
           "(2 ms of work of one thread, meanwhile: what the machine adds by itself)");
    snprintf(remark, sizeof remark, "(%d screens of %d cards)", SCREENS, CARDS);
    report("screen_card_p50", share_ms(screens, SCREENS * CARDS, 0.5), "ms", -1, remark);
    report("screen_card_p99", share_ms(screens, SCREENS * CARDS, 0.99), "ms", -1, remark);
    report("import_meanwhile", rate, "files/s", -1, "(read, while single items were shown)");
    report("failed", of->failed, "files", 0, "");
}

int main(int argc, char **argv)
{
    vt_error error = VT_ERROR_INIT;
    run of = {0};
    size_t files = argc == 3 ? strtoul(argv[2], NULL, 10) : 100000;
    if (argc < 2 || argc > 3 || files == 0) {
        fputs("usage: bench_priority FOLDER [FILES]\n", stderr);
        return 2;
    }
    const char *scratch = getenv("TMPDIR");
    snprintf(root, sizeof root, "%s/vitrine-bench-XXXXXX", scratch ? scratch : "/tmp");
    vt_executor *executor = vt_executor_threads_create(vt_engine_workers_for(0), 256, &error);
    of.bell = executor ? vt_doorbell_create(&error) : NULL;
    if (!of.bell || !mkdtemp(root)) {
        stop("cannot begin");
    }
    make_files(argv[1], files);
    open_engine(&of, executor);
    char folder[ROOT_MAX + 8];
    snprintf(folder, sizeof folder, "%s/files", root);
    const char *path = folder;
    const vt_import_listener listener = {.batch_committed = on_batch, .finished = on_finished, .user = &of};
    vt_import *import = vt_engine_import(of.engine, &path, 1, NULL, &listener, &error);
    if (!import) {
        stop(error.message);
    }
    while (of.imported == 0) {
        turn(&of, VT_NS_PER_S);
    }
    measure(&of, files);
    vt_import_free(import);
    vt_engine_free(of.engine);
    vt_executor_free(executor);
    vt_doorbell_free(of.bell);
    nftw(root, remove_entry, 64, FTW_DEPTH | FTW_PHYS);
    return missed > 0;
}
