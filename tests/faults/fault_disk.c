/*
 * Disks that are full, and limits on the size of files: rows 9 and 10 of the table in README.md.
 */
#include "tests/faults/figure.h"
#include "tests/faults/stage.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES = 1500 };

/* A small disk at `folder`, or what the system says against it. */
static bool mount_small(const char *name, const char *folder, const char *size)
{
    if (mount("none", folder, "tmpfs", 0, size) == 0) {
        return true;
    }
    char reason[160];
    snprintf(reason, sizeof reason, "a small disk cannot be mounted: %s", strerror(errno));
    figure_skipped(name, reason);
    return false;
}

/* ---- a disk that fills up while an import writes ---- */

/* Leaves no room at all. */
static void fill_up(const char *path)
{
    static char bytes[1 << 16];
    FILE *filler = fopen(path, "w");
    assert_non_null(filler);
    setvbuf(filler, NULL, _IONBF, 0);
    for (size_t piece = sizeof bytes; piece > 0; piece /= 2) {
        while (fwrite(bytes, 1, piece, filler) == piece) {
        }
    }
    fclose(filler);
}

/* Seconds until the file holds the words; `limit` if it does not. */
static double seconds_until_said(const char *path, const char *words, double limit)
{
    double begun = fault_clock();
    bool said = false;
    while (!said && fault_clock() - begun < limit) {
        size_t length = 0;
        char *text = access(path, R_OK) == 0 ? files_read(path, &length) : NULL;
        said = text && memmem(text, length, words, strlen(words));
        free(text);
        fault_sleep(0.005);
    }
    return fault_clock() - begun;
}

typedef struct full_run {
    bool met; /* it was amid its work when there was no room any more */
    double told, again;
} full_run;

static full_run fill_amid(stage *self, int64_t rows, stage_tally *tally)
{
    enum { LIMIT_S = 20 };
    full_run run = {0};
    char *said = strdup(files_path(self->root, "said"));
    char *filler = strdup(files_path(self->catalog_folder, "filler"));
    char command[600];
    unlink(said);
    snprintf(command, sizeof command, "exec \"$@\" 2>%s", said);
    program *running = stage_start_with(self, (const char *const[]){"sh", "-c", command, "sh", NULL},
                                        (const char *const[]){self->pictures, NULL});
    while (program_running(running) && oracle_items(self->catalog) < rows) {
        fault_sleep(0.001);
    }
    fill_up(filler);
    run.met = program_running(running) && oracle_items(self->catalog) < self->files;
    if (run.met) {
        run.told = seconds_until_said(said, "paused: the disk is full", LIMIT_S);
        fault_sleep(0.2);
    }
    run.met = run.met && program_running(running);
    int64_t committed = oracle_items(self->catalog);
    unlink(filler);
    double begun = fault_clock();
    stage_report report = stage_wait(running);
    run.again = fault_clock() - begun;
    if (report.status != 0 || report.imported != self->files) {
        stage_blame(tally, STAGE_DIFFERENT, 1, "the import itself: status %d, %.0f imported", report.status,
                    report.imported);
    }
    stage_settle(self, committed, tally);
    free(said);
    free(filler);
    return run;
}

static void run_waits(bool quick)
{
    stage *self = stage_create(FILES);
    stage_tally tally = {0};
    double told = 0, again = 0;
    int met = 0;
    for (int i = 0; i < (quick ? 6 : 12); i++) {
        stage_forget(self);
        if (!mount_small("disk_waits", self->catalog_folder, "size=96m")) {
            stage_free(self);
            return;
        }
        full_run run = fill_amid(self, 1 + (int64_t)fault_random(FILES * 2 / 3), &tally);
        met += run.met;
        told = run.met && run.told > told ? run.told : told;
        again = run.met && run.again > again ? run.again : again;
        umount2(self->catalog_folder, MNT_DETACH);
    }
    stage_tell("disk_waits", &tally);
    figure("disk_waits_met", met, "runs", ">=1", "of %d were paused, and went on by themselves", tally.runs);
    figure("disk_waits_told", told, "s", "<=1", "slowest, from the last byte of room to the word");
    figure("disk_waits_again", again - self->clean_seconds, "s", quick ? "-" : "<=2",
           "slowest, from room to the end, beyond an undisturbed import");
    stage_free(self);
}

/* ---- one that has no room to begin with, for an import that shall not wait ---- */

static void run_catalog(bool quick)
{
    static const char *const sizes[] = {"size=64k", "size=400k", "size=32m"};
    stage *self = stage_create(FILES);
    stage_tally tally = {0};
    double slowest = 0;
    int full = 0;
    for (size_t i = quick ? 1 : 0; i < sizeof sizes / sizeof *sizes; i++) {
        stage_forget(self);
        if (!mount_small("disk_full", self->catalog_folder, sizes[i])) {
            stage_free(self);
            return;
        }
        double begun = fault_clock();
        stage_report report = stage_import(self, NULL);
        double beyond = fault_clock() - begun - self->clean_seconds;
        slowest = beyond > slowest ? beyond : slowest;
        full += report.status == 1;
        if (report.status != 1 || !strstr(report.said, "make room")) {
            stage_blame(&tally, STAGE_MUTE, 1, "%s: status %d: %.200s", sizes[i], report.status, report.said);
        }
        int64_t committed = oracle_items(self->catalog);
        assert_int_equal(mount("none", self->catalog_folder, "tmpfs", MS_REMOUNT, "size=128m"), 0);
        stage_settle(self, committed, &tally);
        umount2(self->catalog_folder, MNT_DETACH);
    }
    stage_tell("disk_full", &tally);
    figure("disk_full_mute", (double)tally.count[STAGE_MUTE], "runs", "<=0", "of %d %s", tally.runs,
           tally.first[STAGE_MUTE]);
    figure("disk_full_met", full, "runs", ">=1", "of %d ended for want of room", tally.runs);
    figure("disk_full_to_end", slowest, "s", quick ? "-" : "<=1", "slowest, beyond an undisturbed import");
    stage_free(self);
}

/* Thumbnails can be made again: they are no reason to stop. */
static void run_thumbnails(bool quick)
{
    (void)quick;
    stage *self = stage_create(FILES);
    char *cache = strdup(files_path(self->home, "cache/vitrine/thumbnails"));
    stage_forget(self);
    if (mount_small("thumbnails_full", cache, "size=300k")) {
        stage_tally tally = {0};
        stage_report report = stage_import(self, NULL);
        figure("thumbnails_full_imported", report.imported, "files", ">=1500", "status %d", report.status);
        figure("thumbnails_full_told", strstr(report.said, "thumbnails are not stored") != NULL, "runs",
               ">=1", "%.200s", report.said);
        assert_int_equal(mount("none", cache, "tmpfs", MS_REMOUNT, "size=64m"), 0);
        stage_settle(self, FILES, &tally);
        stage_tell("thumbnails_full", &tally);
        umount2(cache, MNT_DETACH);
    }
    free(cache);
    stage_free(self);
}

static void run_limit(bool quick)
{
    static const char *const limits[] = {"--fsize=20000",  "--fsize=50000",  "--fsize=100000",
                                         "--fsize=200000", "--fsize=400000", "--fsize=1000000"};
    stage *self = stage_create(FILES);
    stage_tally tally = {0};
    int stopped = 0;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i += quick ? 2 : 1) {
        stage_forget(self);
        stage_report report = stage_import(self, (const char *const[]){"prlimit", limits[i], NULL});
        oracle found = oracle_look(self->catalog, NULL);
        bool told = strstr(report.said, strerror(EFBIG)) || strstr(report.said, "make room");
        stopped += report.status == 1;
        if (!told || (report.status == 0 ? found.items != FILES : report.status != 1)) {
            stage_blame(&tally, STAGE_MUTE, 1, "%s: status %d: %.200s", limits[i], report.status,
                        report.said);
        }
        stage_settle(self, found.items, &tally);
    }
    stage_tell("file_limit", &tally);
    figure("file_limit_mute", (double)tally.count[STAGE_MUTE], "runs", "<=0", "of %d %s", tally.runs,
           tally.first[STAGE_MUTE]);
    figure("file_limit_met", stopped, "runs", ">=1", "of %d stopped by it", tally.runs);
    stage_free(self);
}

int main(int argc, char **argv)
{
    static const fault_case cases[] = {{"waits", run_waits},
                                       {"catalog", run_catalog},
                                       {"thumbnails", run_thumbnails},
                                       {"limit", run_limit},
                                       {0}};
    return fault_main(argc, argv, cases);
}
