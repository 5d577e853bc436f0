/*
 * A library of a million files: how fast they are taken in, looked at again, and loaded.
 *
 * The files are hard links of real ones, in nested folders; they are listed and recorded, not read (the other
 * benches measure reading). The peer is SQLite in the same run, on the same disk: the catalog's own table and
 * settings, one prepared INSERT, rows of the same kind in transactions of the same size. A line per figure:
 * "name value unit bar". Exits 1 if a bar is missed.
 *
 * usage: bench_million FOLDER [FILES]   (FOLDER has small files below it; 1000000 links in $TMPDIR)
 */
#include "core/base/clock.h"
#include "core/catalog/reader.h"
#include "core/catalog/snapshot.h"
#include "core/decode/format.h"
#include "core/import/operation.h"
#include "core/index/index.h"
#include "core/queue/doorbell.h"
#include "core/task/executor_threads.h"
#include "tests/bench/link_tree.h"

#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_FILES 1000 /* of the rows that SQLite alone writes */
#define BATCH        1000
#define WORKERS      4
#define QUEUE_LIMIT  256

static char root[LINK_TREE_ROOT_MAX];
static int missed;

static void stop(const char *what)
{
    fprintf(stderr, "bench_million: %s\n", what);
    exit(1);
}

static void report(const char *name, double value, const char *unit, char comparison, double bar)
{
    printf("million_%s %.4g %s ", name, value, unit);
    if (!comparison) {
        puts("-");
    } else {
        bool bad = comparison == '<' ? value > bar : value < bar;
        printf("%c=%g%s\n", comparison, bar, bad ? " MISSED" : "");
        missed += bad;
    }
    fflush(stdout);
}

/* ---- SQLite alone ---- */

static void run_sql(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        stop(sqlite3_errmsg(db));
    }
}

/* Rows a second: nothing but the rows, in the catalog's table. */
static double insert_raw(size_t files)
{
    char path[PATH_MAX];
    vt_error error = VT_ERROR_INIT;
    snprintf(path, sizeof path, "%s/raw.db", root);
    vt_catalog *made = vt_catalog_open(
        path, &(vt_catalog_options){.mode = VT_CATALOG_READ_WRITE, .log = vt_log_none}, &error);
    if (!made) {
        stop(error.message);
    }
    vt_catalog_close(made);
    sqlite3 *db;
    sqlite3_stmt *put;
    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_prepare_v2(db,
                           "INSERT INTO item (id, folder_id, name, kind, format, state, size, mtime_ns, "
                           "ctime_ns, dev, ino) VALUES (?,?,?,1,2,4,?,?,?,64769,?)",
                           -1, &put, NULL) != SQLITE_OK) {
        stop(sqlite3_errmsg(db));
    }
    run_sql(db, "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000");
    int64_t start = vt_clock_now();
    for (size_t i = 0; i < files; i++) {
        char name[64];
        int length = snprintf(name, sizeof name, "clipart (%zu).png", i);
        if (i % BATCH == 0) {
            run_sql(db, "BEGIN");
        }
        if (i % FOLDER_FILES == 0) {
            char sql[96];
            snprintf(sql, sizeof sql, "INSERT INTO folder VALUES (%zu, x'%08zx')", i / FOLDER_FILES + 1, i);
            run_sql(db, sql);
        }
        sqlite3_bind_int64(put, 1, (sqlite3_int64)i + 1);
        sqlite3_bind_int64(put, 2, (sqlite3_int64)(i / FOLDER_FILES) + 1);
        sqlite3_bind_blob(put, 3, name, length, SQLITE_STATIC);
        sqlite3_bind_int64(put, 4, (sqlite3_int64)(i % 60000));
        sqlite3_bind_int64(put, 5, 1700000000000000000 + (sqlite3_int64)i);
        sqlite3_bind_int64(put, 6, 1700000000000000000 + (sqlite3_int64)i);
        sqlite3_bind_int64(put, 7, (sqlite3_int64)i);
        if (sqlite3_step(put) != SQLITE_DONE) {
            stop(sqlite3_errmsg(db));
        }
        sqlite3_reset(put);
        if ((i + 1) % BATCH == 0 || i + 1 == files) {
            run_sql(db, "COMMIT");
        }
    }
    double seconds = (double)(vt_clock_now() - start) / (double)VT_NS_PER_S;
    sqlite3_finalize(put);
    sqlite3_close(db);
    unlink(path);
    return (double)files / seconds;
}

/* ---- the engine ---- */

typedef struct run {
    vt_engine *engine;
    vt_doorbell *bell;
    bool loaded, finished;
    vt_import_figures figures;
    vt_engine_figures peak;
} run;

static void on_loaded(void *user, const vt_error *error)
{
    if (error) {
        stop(error->message);
    }
    ((run *)user)->loaded = true;
}

static void on_finished(void *user, vt_import *import, const vt_import_figures *figures,
                        const vt_error *error)
{
    (void)import;
    run *of = user;
    if (error) {
        stop(error->message);
    }
    of->finished = true;
    of->figures = *figures;
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

static double import_once(run *of)
{
    char path[PATH_MAX];
    vt_error error = VT_ERROR_INIT;
    snprintf(path, sizeof path, "%s/files", root);
    const char *paths[] = {path};
    const vt_import_options options = {.read_limit = VT_IMPORT_READ_NONE, .sequences = VT_SEQUENCE_CAREFUL};
    const vt_import_listener listener = {.finished = on_finished, .user = of};
    of->finished = false;
    int64_t start = vt_clock_now();
    vt_import *import = vt_engine_import(of->engine, paths, 1, &options, &listener, &error);
    if (!import) {
        stop(error.message);
    }
    pump(of, &of->finished);
    double seconds = (double)(vt_clock_now() - start) / (double)VT_NS_PER_S;
    vt_import_free(import);
    return seconds;
}

static void open_engine(run *of, vt_executor *executor)
{
    char program[PATH_MAX], catalog[PATH_MAX], thumbs[PATH_MAX];
    vt_error error = VT_ERROR_INIT;
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    char *tests = strstr(program, "/tests/bench_million"); /* beside bin/ in the build folder */
    if (!tests) {
        stop("run it from the build folder's tests/");
    }
    snprintf(tests, sizeof program - (size_t)(tests - program), "/bin/vitrine-decoder");
    snprintf(catalog, sizeof catalog, "%s/million.vitrine", root);
    snprintf(thumbs, sizeof thumbs, "%s/million.thumbs", root);
    const vt_engine_options options = {
        .catalog_path = catalog,
        .thumbs_path = thumbs,
        .executor = executor,
        .with_index = true,
        .decoder_path = program,
        .log = vt_log_none,
        .wake = wake,
        .index_loaded = on_loaded,
        .user = of,
    };
    of->loaded = false;
    of->engine = vt_engine_create(&options, &error);
    if (!of->engine) {
        stop(error.message);
    }
    pump(of, &of->loaded);
}

static size_t walked;

static int count_file(const char *path, const struct stat *facts, int type, struct FTW *at)
{
    (void)path;
    (void)facts;
    (void)at;
    walked += type == FTW_F;
    return 0;
}

/* The C library's own walk over the same files, which looks at each and compares with nothing. */
static double walk_raw(size_t files)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/files", root);
    int64_t start = vt_clock_now();
    walked = 0;
    if (nftw(path, count_file, 64, FTW_PHYS) != 0 || walked != files) {
        stop("cannot walk the files");
    }
    return (double)files / ((double)(vt_clock_now() - start) / 1e9);
}

static void measure_imports(run *of, size_t files, double raw)
{
    vt_error error = VT_ERROR_INIT;
    vt_executor *executor = vt_executor_threads_create(WORKERS, QUEUE_LIMIT, &error);
    of->bell = vt_doorbell_create(&error);
    if (!executor || !of->bell) {
        stop("out of memory");
    }
    open_engine(of, executor);
    double first = (double)files / import_once(of);
    if (of->figures.imported != (int64_t)files || of->figures.deferred != (int64_t)files) {
        stop("not all files were taken in");
    }
    report("raw_sqlite", raw, "rows/s", 0, 0);
    report("taken_in", first, "files/s", '>', 100000);
    report("taken_in_of_raw", first / raw, "x", '>', 0.4);
    double again = (double)files / import_once(of);
    if (of->figures.unchanged != (int64_t)files) {
        stop("files were found changed that are not");
    }
    double raw_walk = walk_raw(files);
    report("raw_nftw", raw_walk, "files/s", 0, 0);
    report("unchanged", again, "files/s", '>', 250000);
    report("unchanged_of_raw", again / raw_walk, "x", 0, 0);
    vt_engine_get_figures(of->engine, &of->peak);
    report("import_memory_peak", (double)of->peak.rss_peak_bytes / 1048576.0, "MB", '<', 400);
    vt_engine_free(of->engine);
    vt_executor_free(executor);
    vt_doorbell_free(of->bell);
}

/* Drops the file's pages from the cache, where the system lets us. */
static bool drop_from_cache(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    fsync(fd);
    bool dropped = posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) == 0;
    close(fd);
    return dropped;
}

/* Seconds to read the file's bytes from front to end, and nothing else. */
static double read_raw(const char *path)
{
    static char block[1 << 20];
    drop_from_cache(path);
    int64_t start = vt_clock_now();
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    while (read(fd, block, sizeof block) > 0) {
    }
    close(fd);
    return (double)(vt_clock_now() - start) / 1e9;
}

static void measure_load(size_t files)
{
    char path[PATH_MAX];
    vt_error error = VT_ERROR_INIT;
    snprintf(path, sizeof path, "%s/million.vitrine", root);
    vt_catalog *catalog = vt_catalog_open(
        path, &(vt_catalog_options){.mode = VT_CATALOG_READ_ONLY, .log = vt_log_none}, &error);
    vt_catalog_reader *reader = catalog ? vt_catalog_reader_open(catalog, &error) : NULL;
    vt_catalog_reader *second = catalog ? vt_catalog_reader_open(catalog, &error) : NULL;
    if (!reader || !second) {
        stop(error.message);
    }
    report("raw_read", read_raw(path), "s", 0, 0);
    bool dropped = drop_from_cache(path);
    int64_t start = vt_clock_now();
    vt_index *index = vt_index_create();
    if (!index || !vt_index_load(index, reader, second, NULL, &error)) {
        stop(error.message);
    }
    report(dropped ? "cold_load" : "warm_load", (double)(vt_clock_now() - start) / 1e9, "s", '<', 0.6);
    size_t columns, names;
    vt_index_memory(index, &columns, &names);
    report("index_columns", (double)columns / (double)files, "bytes/row", '<', 160);
    report("index_names", (double)names / (double)files, "bytes/row", 0, 0);
    vt_index_free(index);
    vt_catalog_reader_free(second);
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
}

/* Who quits amid a snapshot waits from here on. */
static bool stop_amid(void *user)
{
    int64_t *until = user;
    if (*until > 0 && vt_clock_now() >= *until) {
        *until = -vt_clock_now();
    }
    return *until > 0;
}

static void measure_snapshot(void)
{
    enum { MOMENTS = 10 };
    char path[PATH_MAX];
    vt_error error = VT_ERROR_INIT;
    snprintf(path, sizeof path, "%s/million.vitrine", root);
    vt_catalog *catalog = vt_catalog_open(path, &(vt_catalog_options){.log = vt_log_none}, &error);
    int64_t start = vt_clock_now();
    if (!catalog || !vt_snapshot_take(catalog, NULL, NULL, &error)) {
        stop(error.message);
    }
    int64_t took = vt_clock_now() - start;
    int64_t slowest = 0;
    int met = 0;
    for (int i = 0; i < MOMENTS; i++) {
        int64_t until = vt_clock_now() + took * i / MOMENTS;
        const vt_snapshot_options options = {
            .now_ns = vt_clock_wall() + VT_NS_PER_S * (i + 1), .go_on = stop_amid, .user = &until};
        if (!vt_snapshot_take(catalog, &options, NULL, &error)) {
            int64_t waited = vt_clock_now() + until;
            slowest = waited > slowest ? waited : slowest;
            met++;
        }
    }
    report("snapshot", (double)took / 1e9, "s", 0, 0);
    report("snapshots_given_up", met, "runs", '>', 5);
    report("snapshot_given_up", (double)slowest / 1e6, "ms", '<', 100);
    vt_catalog_close(catalog);
}

int main(int argc, char **argv)
{
    size_t files = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000000;
    const char *scratch = getenv("TMPDIR");
    if (argc < 2 || files < 1) {
        stop("usage: bench_million FOLDER [FILES]");
    }
    snprintf(root, sizeof root, "%s/vitrine-bench-XXXXXX", scratch ? scratch : "/tmp");
    if (!mkdtemp(root)) {
        stop("cannot make a temporary folder");
    }
    run run = {0};
    link_tree_make(root, argv[1], files);
    measure_imports(&run, files, insert_raw(files));
    measure_load(files);
    measure_snapshot();
    link_tree_remove(root);
    return missed > 0;
}
