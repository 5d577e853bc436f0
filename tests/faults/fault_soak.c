/*
 * Hours of use in one process: imports, half of them cancelled, of files that come, change and go, and
 * thumbnails that are asked for and called off. Afterwards memory, descriptors, threads and children must be
 * what they were. Row 39 of the table in README.md.
 *
 * VT_SOAK_MINUTES (30; --quick: a quarter of one) says how long, VT_SOAK_FILES names a folder of real files;
 * without it they are those of the sample library.
 */
#include "tests/faults/figure.h"
#include "tests/faults/holdings.h"
#include "tests/faults/oracle.h"
#include "tests/support/check.h"
#include "tests/support/files.h"

#include "core/catalog/thumbs_fields.h"
#include "core/decode/format.h"
#include "core/import/aftercare.h"
#include "core/import/engine_private.h"
#include "tests/core/import/engine_session.h"

#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    REST_SECONDS = 10,
    FILES = 300,   /* that the pictures' folder may hold */
    POISONED = 3,  /* of them */
    CHANGES = 25,  /* files that come, change or go between two imports */
    LOOKS = 40,    /* thumbnails asked for, half of them called off */
    SAMPLES = 512, /* of memory; when there are more, every other one is forgotten */
    WORKERS = 4,
    FOUND_MAX = 20000
};

/* ---- real files ---- */

static char *found[FOUND_MAX];
static size_t found_count;

static int visit(const char *path, const struct stat *stat, int type, struct FTW *where)
{
    (void)where;
    bool wanted = type == FTW_F && S_ISREG(stat->st_mode) && stat->st_size < 4 << 20 &&
                  vt_format_of_name(path) != VT_FORMAT_UNKNOWN;
    if (wanted && found_count < FOUND_MAX) {
        found[found_count++] = strdup(path);
    }
    return 0;
}

static void find_files(void)
{
    const char *folder = getenv("VT_SOAK_FILES");
    nftw(folder && folder[0] ? folder : files_sample("."), visit, 32, FTW_PHYS);
    if (found_count == 0) {
        fprintf(stderr, "no pictures in %s\n", folder && folder[0] ? folder : files_sample("."));
        exit(3);
    }
}

/* The file of that number: each has its name and its format, not always the same content. */
static void put(const char *folder, int number)
{
    static const char poison[] = "poison:segv";
    char name[64];
    if (number < POISONED) {
        snprintf(name, sizeof name, "%04d.psd", number);
        files_write(files_path(folder, name), poison, sizeof poison - 1);
        return;
    }
    const char *from = found[fault_random((unsigned)found_count)];
    snprintf(name, sizeof name, "%04d%s", number, strrchr(from, '.'));
    files_copy(from, files_path(folder, name), 0);
}

static int remove_numbered(const char *folder, int number)
{
    int removed = 0;
    for (int format = 1; format < VT_FORMAT_COUNT; format++) {
        char extensions[64];
        char *rest = NULL;
        snprintf(extensions, sizeof extensions, "%s", vt_format_get((vt_format)format)->extensions);
        for (char *at = strtok_r(extensions, " ", &rest); at; at = strtok_r(NULL, " ", &rest)) {
            char name[64];
            snprintf(name, sizeof name, "%04d.%s", number, at);
            removed += unlink(files_path(folder, name)) == 0;
        }
    }
    return removed;
}

/* ---- what is done ---- */

typedef struct soak {
    engine_session *session;
    int pending; /* thumbnails */
    int all_here;
    int64_t imports, cancels, changes, looks;
} soak;

static void meddle(soak *self)
{
    const char *folder = self->session->pictures;
    for (int i = 0; i < CHANGES; i++) {
        int number = (int)fault_random(FILES);
        if (remove_numbered(folder, number) == 0 || fault_random(2)) {
            put(folder, number);
        }
        self->changes++;
    }
}

static void import_or_cancel(soak *self, bool cancel)
{
    import_record record = {0};
    vt_error error = VT_ERROR_INIT;
    vt_import_listener listener = session_listener(&record);
    const char *path = self->session->pictures;
    vt_import *import = vt_engine_import(self->session->engine, &path, 1, NULL, &listener, &error);
    assert_non_null(import);
    if (cancel) {
        fault_sleep((double)fault_random(50) / 1000.0);
        vt_import_cancel(import);
        self->cancels++;
    }
    session_wait_for(self->session, &record.finished);
    vt_import_free(import);
    self->imports++;
}

static void on_picture(void *user, vt_picture *picture, const vt_error *error)
{
    (void)error;
    soak *self = user;
    if (picture) {
        free(picture->pixels);
    }
    self->all_here = --self->pending == 0;
}

/* Scrolling: many are asked for, and half of them are out of view again before they are there. */
static void look(soak *self)
{
    vt_engine *engine = self->session->engine;
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(engine));
    uint32_t rows = vt_snapshot_count(snapshot);
    vt_snapshot_release(snapshot);
    vt_request *asked[LOOKS];
    self->pending = rows > 0 ? LOOKS : 0;
    self->all_here = rows == 0;
    for (int i = 0; i < LOOKS && rows > 0; i++) {
        asked[i] = vt_engine_request_thumbnail(engine, fault_random(rows), 128, on_picture, self, NULL);
        assert_non_null(asked[i]);
        self->looks++;
    }
    for (int i = 0; i < LOOKS && rows > 0; i += 2) {
        vt_request_cancel(asked[i]);
        self->pending--;
    }
    session_wait_for(self->session, &self->all_here);
}

/* ---- what is measured ---- */

typedef struct curve {
    double values[SAMPLES];
    int count;
    int64_t turns, every; /* each so many turns one value is kept */
} curve;

static void add_value(curve *c, double value)
{
    if (c->turns++ % c->every != 0) {
        return;
    }
    if (c->count == SAMPLES) {
        for (int i = 0; i < SAMPLES / 2; i++) {
            c->values[i] = c->values[i * 2];
        }
        c->count = SAMPLES / 2;
        c->every *= 2;
    }
    c->values[c->count++] = value;
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median_of(const double *values, int count)
{
    double sorted[SAMPLES];
    memcpy(sorted, values, (size_t)count * sizeof *values);
    qsort(sorted, (size_t)count, sizeof *sorted, compare);
    return sorted[count / 2];
}

/* From the second to the last quarter: in the first, caches and pools fill. */
static double growth_of(const curve *c, double *begin)
{
    int quarter = c->count / 4;
    *begin = median_of(c->values + quarter, quarter);
    return median_of(c->values + 3 * quarter, quarter) - *begin;
}

static double helpers_memory(const engine_session *session)
{
    pid_t pids[VT_HELPER_POOL_MAX];
    size_t count = vt_helper_pool_pids(session->engine->helpers, pids, VT_HELPER_POOL_MAX);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += holdings_memory(pids[i]);
    }
    return sum;
}

static double log_size(const engine_session *session)
{
    char path[512];
    struct stat stat_of;
    snprintf(path, sizeof path, "%s-wal", session->catalog);
    return stat(path, &stat_of) == 0 ? (double)stat_of.st_size / (1 << 20) : 0;
}

/* How many connections to thumbnails were ever wanted at once (each has two files, and is kept for the next
   who asks), and how many helpers live (two, too), is chance, and no growth. */
static holdings count_without_pools(const vt_engine *engine)
{
    enum { FILES_OF_HELPER = 2 };
    pid_t pids[VT_HELPER_POOL_MAX];
    pthread_rwlock_wrlock(&engine->thumbs->file_lock);
    vt_thumbs_close_idle_readers(engine->thumbs);
    pthread_rwlock_unlock(&engine->thumbs->file_lock);
    holdings held = holdings_count();
    held.descriptors -= (int)vt_helper_pool_pids(engine->helpers, pids, VT_HELPER_POOL_MAX) * FILES_OF_HELPER;
    return held;
}

/* What follows imports by itself, on a thread and with descriptors of its own, is over. */
static holdings count_at_rest(const engine_session *session)
{
    vt_engine *engine = session->engine;
    bool busy = true;
    double begun = fault_clock();
    while (busy && fault_clock() - begun < REST_SECONDS) {
        usleep(10000);
        pthread_mutex_lock(&engine->lock);
        busy = engine->care.running || vt_aftercare_is_due_locked(engine);
        pthread_mutex_unlock(&engine->lock);
    }
    return count_without_pools(engine);
}

static void tell(const soak *self, bool quick, const curve *memory, const curve *helpers, double largest_log,
                 double minutes)
{
    double begin;
    double growth = growth_of(memory, &begin);
    figure("soak_memory_growth", growth, "MiB", quick ? "<=16" : "<=8",
           "after %.1f, %.1f minutes, %lld imports", begin, minutes, (long long)self->imports);
    double helpers_growth = growth_of(helpers, &begin);
    figure("soak_helpers_growth", helpers_growth, "MiB", "<=32", "after %.1f, all helpers together", begin);
    figure("soak_write_ahead_log", largest_log, "MiB", "<=64", "at its largest");
    figure("soak_done", (double)self->imports, "turns", ">=10",
           "%lld cancelled, %lld files changed, %lld looks", (long long)self->cancels,
           (long long)self->changes, (long long)self->looks);
}

static void run_soak(bool quick)
{
    const char *wanted = getenv("VT_SOAK_MINUTES");
    double minutes = wanted && wanted[0] ? atof(wanted) : quick ? 0.25 : 30;
    static curve memory = {.every = 1}, helpers = {.every = 1};
    holdings outside = holdings_count();
    soak self = {.session = session_create()};
    double largest_log = 0;
    find_files();
    session_open(self.session, WORKERS, 2, NULL);
    for (int i = 0; i < FILES; i++) {
        put(self.session->pictures, i);
    }
    import_or_cancel(&self, false);
    look(&self);
    holdings warm = count_at_rest(self.session);
    double begun = fault_clock();
    while (fault_clock() - begun < minutes * 60) {
        meddle(&self);
        import_or_cancel(&self, self.imports % 2);
        look(&self);
        add_value(&memory, holdings_memory(getpid()));
        add_value(&helpers, helpers_memory(self.session));
        largest_log = log_size(self.session) > largest_log ? log_size(self.session) : largest_log;
    }
    import_or_cancel(&self, false);
    holdings after = count_at_rest(self.session);
    tell(&self, quick, &memory, &helpers, largest_log, minutes);
    /* SQLite keeps the file of a closed connection for the next, as long as another holds a lock on it: one a
       worker, and some of the catalog. What loses one with every import exceeds this, too: there are ten or
       more. */
    figure("soak_descriptors", after.descriptors - warm.descriptors, "files", "<=8",
           "more than after the first import, pools left out");
    figure("soak_threads", after.threads - warm.threads, "threads", "<=0", "more");
    figure("soak_children", after.children - warm.children, "children", "<=1", "more: helpers come and go");
    oracle end = oracle_look(self.session->catalog, self.session->thumbs);
    figure("soak_unsound", !end.sound, "catalogs", "<=0", "%s", end.why);
    session_free(self.session);
    holdings left = holdings_count();
    figure("soak_left",
           (left.descriptors - outside.descriptors) + (left.threads - outside.threads) +
               (left.children - outside.children),
           "things", "<=0", "descriptors, threads and children once the engine is freed");
    for (size_t i = 0; i < found_count; i++) {
        free(found[i]);
    }
}

int main(int argc, char **argv)
{
    static const fault_case cases[] = {{"soak", run_soak}, {0}};
    return fault_main(argc, argv, cases);
}
