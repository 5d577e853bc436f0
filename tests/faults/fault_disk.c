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

static void run_catalog(bool quick)
{
    static const char *const sizes[] = {"size=64k", "size=128k", "size=200k", "size=300k", "size=400k"};
    stage *self = stage_create(FILES);
    stage_tally tally = {0};
    double slowest = 0;
    int full = 0;
    for (size_t i = quick ? 3 : 0; i < sizeof sizes / sizeof *sizes; i++) {
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
        assert_int_equal(mount("none", self->catalog_folder, "tmpfs", MS_REMOUNT, "size=64m"), 0);
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
    static const fault_case cases[] = {
        {"catalog", run_catalog}, {"thumbnails", run_thumbnails}, {"limit", run_limit}, {0}};
    return fault_main(argc, argv, cases);
}
