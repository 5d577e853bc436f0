/*
 * Power that fails at any moment while a catalog is written: row 4 of the table in README.md. The disk is
 * that of power_vfs.h; the product's own writer works on it, in this process.
 */
#include "tests/core/catalog/fixture.h"
#include "tests/faults/figure.h"
#include "tests/faults/oracle.h"
#include "tests/faults/power_vfs.h"
#include "tests/support/files.h"

#include "core/base/clock.h"
#include "core/catalog/check.h"
#include "tests/core/catalog/edits.h"

enum { BATCH = 20, BATCHES = 12, RATE_EVERY = 3, CHECKPOINT_EVERY = 5, RUNS = 1000, RUNS_QUICK = 60 };

/* What the catalog has called done. */
typedef struct promise {
    int batches, synced_batches; /* committed; of these, before the last sync */
    int ratings[BATCHES * BATCH + 1];
    bool opened;
} promise;

typedef struct place {
    char *root;
    char *folder, *crash; /* where the catalog is written, and what a disk would hold of it */
} place;

typedef struct damage {
    int runs, corrupt, beyond_sync, most_lost, failed_amid;
    int64_t ratings;
    char first[900];
} damage;

static void blame(damage *all, const char *what, const char *more)
{
    if (!all->first[0]) {
        snprintf(all->first, sizeof all->first, "(run %d: %s %s)", all->runs, what, more);
    }
}

/* True while the power is on; the promise is that of the last moment before it failed. */
static bool still_on(int64_t fails_at, const promise *now, promise *kept)
{
    bool on = fails_at == 0 || power_moments() < fails_at;
    if (on) {
        *kept = *now;
    }
    return on;
}

static bool commit_batch(vt_catalog_writer *writer, int number)
{
    vt_item items[BATCH];
    char paths[BATCH][300];
    for (int i = 0; i < BATCH; i++) {
        snprintf(paths[i], sizeof paths[i], "/batch %04d/%0240d.jpg", number, i);
        items[i] = fixture_item(paths[i], i);
    }
    vt_batch batch = {.items = items, .item_count = BATCH};
    return vt_catalog_writer_commit(writer, &batch, NULL, NULL);
}

/* Opens, commits, rates and checkpoints until all is done or the power fails; what was promised by then goes
   to `kept`. */
static void session(const place *here, int64_t fails_at, promise *kept)
{
    promise now = {0};
    *kept = now;
    vt_catalog_options options = {.log = vt_log_none};
    vt_catalog *catalog = vt_catalog_open(files_path(here->folder, "library.vitrine"), &options, NULL);
    vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, NULL) : NULL;
    now.opened = true;
    assert_non_null(writer);
    for (int b = 0; b < BATCHES && still_on(fails_at, &now, kept); b++) {
        assert_true(commit_batch(writer, b));
        now.batches++;
        if (still_on(fails_at, &now, kept) && b % RATE_EVERY == RATE_EVERY - 1) {
            int id = 1 + (int)fault_random((unsigned)(b + 1) * BATCH);
            int rating = 1 + b % 5;
            assert_true(edits_rate(writer, id, rating, NULL));
            now.ratings[id] = rating;
            now.synced_batches = now.batches;
        }
        if (still_on(fails_at, &now, kept) && b % CHECKPOINT_EVERY == CHECKPOINT_EVERY - 1) {
            assert_true(vt_catalog_writer_checkpoint(writer, NULL));
            now.synced_batches = now.batches;
        }
    }
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    still_on(fails_at, &now, kept);
}

static void remove_files(const char *folder)
{
    static const char *const names[] = {"library.vitrine", "library.vitrine-wal", "library.vitrine-journal",
                                        "library.vitrine-shm", "library.vitrine.lock"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        unlink(files_path(folder, names[i]));
    }
}

/* The next start after the failure. */
static void look_after(const char *catalog_path, const promise *kept, damage *all)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog_options options = {.log = vt_log_none};
    vt_catalog *catalog = vt_catalog_open(catalog_path, &options, &error);
    vt_check_report report = {0};
    bool sound = catalog && vt_check_catalog(catalog, NULL, false, &report, &error) && report.total == 0;
    vt_catalog_close(catalog);
    oracle found = oracle_look(catalog_path, NULL);
    if (!sound || !found.sound) {
        all->corrupt++;
        blame(all, error.message, found.why);
        return;
    }
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM item JOIN folder ON folder.id = folder_id WHERE path < CAST('/batch %04d' "
             "AS BLOB)",
             (int)(found.items / BATCH));
    /* Whole batches, and none missing between others. */
    if (found.items % BATCH != 0 || fixture_number(catalog_path, sql) != found.items) {
        all->corrupt++;
        blame(all, "a part of a batch", "is there");
    }
    int lost = kept->batches - (int)(found.items / BATCH);
    all->most_lost = lost > all->most_lost ? lost : all->most_lost;
    if ((int)(found.items / BATCH) < kept->synced_batches) {
        all->beyond_sync++;
        blame(all, "a synced batch", "is lost");
    }
    for (int id = 1; id <= kept->batches * BATCH; id++) {
        if (kept->ratings[id]) {
            snprintf(sql, sizeof sql, "SELECT coalesce(max(rating), 0) FROM item WHERE id = %d", id);
            all->ratings += fixture_number(catalog_path, sql) != kept->ratings[id];
        }
    }
}

static void run_catalog(bool quick)
{
    place here = {.root = files_temporary_folder()};
    promise kept;
    damage all = {0};
    here.folder = strdup(files_folder(here.root, "catalog"));
    here.crash = strdup(files_folder(here.root, "crash"));
    power_install();
    session(&here, 0, &kept);
    int64_t moments = power_moments();
    for (all.runs = 1; all.runs <= (quick ? RUNS_QUICK : RUNS); all.runs++) {
        int64_t at = 1 + (int64_t)fault_random((unsigned)moments);
        remove_files(here.folder);
        remove_files(here.crash);
        power_forget();
        power_fails_at(at, here.crash);
        session(&here, at, &kept);
        bool failed = power_moments() >= at;
        power_forget();
        if (!failed) { /* a session is a few calls shorter at times */
            all.runs--;
            continue;
        }
        all.failed_amid += kept.batches > 0;
        look_after(files_path(here.crash, "library.vitrine"), &kept, &all);
    }
    all.runs--;
    figure("power_corrupt", all.corrupt, "runs", "<=0", "of %d %s", all.runs, all.corrupt ? all.first : "");
    figure("power_ratings_lost", (double)all.ratings, "edits", "<=0", "that were called saved");
    figure("power_synced_batches_lost", all.beyond_sync, "runs", "<=0", "batches before the last sync %s",
           all.beyond_sync ? all.first : "");
    figure("power_batches_lost", all.most_lost, "batches", "-", "at most, all since the last sync");
    figure("power_failed_amid", all.failed_amid, "runs", quick ? ">=20" : ">=300",
           "with batches committed, of %lld moments", (long long)moments);
    free(here.folder);
    free(here.crash);
    files_remove(here.root);
}

int main(int argc, char **argv)
{
    static const fault_case cases[] = {{"catalog", run_catalog}, {0}};
    return fault_main(argc, argv, cases);
}
