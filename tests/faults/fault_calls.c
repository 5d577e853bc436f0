/*
 * Calls of the system that kill or fail, one after the other, by strace's injection: rows 2, 6, 7 and 9 of
 * the table in README.md. Counted for each thread; the program's own, since helpers may make none of these
 * calls.
 */
#include "tests/faults/figure.h"
#include "tests/faults/stage.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { FILES = 50, WRAPPER_WORDS = 16, POINTS_MAX = 1000 };

/* Runs an import in which the `number`th `call` (and with "+" in `more` all after it) meets `fault`. Of calls
   that read, only those of the catalog's files: helpers read, too. */
static stage_report inject(stage *self, const char *call, const char *fault, int number, const char *more)
{
    char trace[64], rule[128], log[PATH_MAX];
    bool reads = strcmp(call, "pread64") == 0;
    snprintf(trace, sizeof trace, "trace=%s", call);
    snprintf(rule, sizeof rule, "inject=%s:%s:when=%d%s", call, fault, number, more);
    snprintf(log, sizeof log, "%s-wal", self->catalog);
    stage_forget(self);
    return stage_import(self,
                        (const char *const[]){"strace", "-f", "-qq", "-o", "/dev/null", "-e", trace, "-e",
                                              rule, reads ? "-P" : NULL, self->catalog, "-P", log, NULL});
}

/* Numbers are tried until the program makes fewer calls: a few runs in a row, for threads share them anew
   each time. In quick runs ever fewer of them: 1, 4, 13, 40. */
static int next_number(int number, bool quick)
{
    return number + 1 + (quick ? number * 2 : number / 40);
}

static int calm_runs(bool quick)
{
    return quick ? 1 : 3;
}

static bool can_trace(const char *name, stage *self)
{
    stage_report report = inject(self, "ftruncate", "error=EIO", POINTS_MAX, "");
    if (report.status != 0) {
        figure_skipped(name, "strace is not installed or may not trace here");
    }
    return report.status == 0;
}

static void run_kill_at_calls(bool quick)
{
    static const char *const calls[] = {"pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "rename"};
    stage *self = stage_create(FILES);
    if (can_trace("kill_at_calls", self)) {
        stage_tally tally = {0};
        int killed = 0;
        for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
            int calm = 0;
            for (int n = 1; calm < calm_runs(quick) && n < POINTS_MAX; n = next_number(n, quick)) {
                stage_report report = inject(self, calls[i], "signal=KILL", n, "");
                bool died = report.status == 128 + SIGKILL;
                killed += died;
                calm = died ? 0 : calm + 1;
                stage_settle(self, 0, &tally);
            }
        }
        stage_tell("kill_at_calls", &tally);
        figure("kill_at_calls_points", killed, "points", quick ? ">=10" : ">=60",
               "calls at which it was killed");
    }
    stage_free(self);
}

/* An import that met a fault of the disk either did all it should (a thumbnail can be made again), or says
   what it met. */
static void judge(stage *self, const stage_report *report, int meant, stage_tally *tally)
{
    oracle found = oracle_look(self->catalog, NULL);
    bool told = strstr(report->said, strerror(meant)) ||
                strstr(report->said, meant == EIO ? "disk I/O error" : "make room"); /* SQLite's words */
    if (report->status == 0 ? found.items != self->files : report->status != 1 || !told) {
        stage_blame(tally, STAGE_MUTE, 1, "status %d, %lld items, it says: %.200s", report->status,
                    (long long)found.items, report->said);
    }
}

static void run_failing_calls(bool quick)
{
    static const struct {
        const char *name, *call, *fault;
        int meant;
    } kinds[] = {
        {"fsync_fails", "fdatasync", "error=EIO", EIO},
        {"write_fails", "pwrite64", "error=EIO", EIO},
        {"read_fails", "pread64", "error=EIO", EIO},
        {"disk_full_at_calls", "pwrite64", "error=ENOSPC", ENOSPC},
        {"quota_full_at_calls", "pwrite64", "error=EDQUOT", EDQUOT},
    };
    stage *self = stage_create(FILES);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && can_trace(kinds[i].name, self); i++) {
        stage_tally tally = {0};
        char name[80];
        int told = 0, calm = 0;
        self->disk_fails = kinds[i].meant == EIO;
        for (int n = 1; calm < calm_runs(quick) && n < POINTS_MAX; n = next_number(n, quick)) {
            int before = told;
            for (int for_ever = 0; for_ever < 2; for_ever++) {
                stage_report report = inject(self, kinds[i].call, kinds[i].fault, n, for_ever ? "+" : "");
                told += report.said[0] != '\0';
                judge(self, &report, kinds[i].meant, &tally);
                stage_settle(self, 0, &tally);
            }
            calm = told > before ? 0 : calm + 1;
        }
        stage_tell(kinds[i].name, &tally);
        snprintf(name, sizeof name, "%s_mute", kinds[i].name);
        figure(name, (double)tally.count[STAGE_MUTE], "runs", "<=0", "of %d %s", tally.runs,
               tally.first[STAGE_MUTE]);
        snprintf(name, sizeof name, "%s_told", kinds[i].name);
        figure(name, told, "runs", ">=1", "of %d in which it was said", tally.runs);
    }
    stage_free(self);
}

/* Originals on a disk that cannot read them: they are named, the others imported, and no verdict sticks. */
static void run_originals(bool quick)
{
    enum { BAD = 5 };
    stage *self = stage_create(quick ? FILES : 10 * FILES);
    if (can_trace("originals_fail", self)) {
        const char *wrapper[WRAPPER_WORDS + 2 * BAD] = {"strace",
                                                        "-f",
                                                        "-qq",
                                                        "-o",
                                                        "/dev/null",
                                                        "-e",
                                                        "trace=read,pread64",
                                                        "-e",
                                                        "inject=read,pread64:error=EIO"};
        char bad[BAD][PATH_MAX];
        size_t words = 9;
        for (int i = 0; i < BAD; i++) {
            snprintf(bad[i], sizeof bad[i], "%s/picture (%05d).ppm", self->pictures, i * self->files / BAD);
            wrapper[words++] = "-P";
            wrapper[words++] = bad[i];
        }
        stage_tally tally = {0};
        stage_forget(self);
        /* strace fails a call by giving it a number that is none, for which the filter of a confined helper
           kills: so the helper here is its twin without one. */
        self->options.decoder = VT_DECODER_UNCONFINED;
        stage_report report = stage_import(self, wrapper);
        self->options.decoder = NULL;
        int named = 0;
        for (int i = 0; i < BAD; i++) {
            const char *at = strstr(report.said, bad[i]);
            named += at && strstr(at, strerror(EIO));
        }
        figure("originals_fail_named", named, "files", ">=5", "with the reason, of %d; status %d", BAD,
               report.status);
        figure("originals_fail_others", self->files - BAD - report.imported, "files", "<=0",
               "of the %d others not imported", self->files - BAD);
        stage_settle(self, self->files - BAD, &tally); /* decodes just those again */
        stage_tell("originals_fail", &tally);
    }
    stage_free(self);
}

int main(int argc, char **argv)
{
    static const fault_case cases[] = {
        {"kill", run_kill_at_calls}, {"fail", run_failing_calls}, {"originals", run_originals}, {0}};
    return fault_main(argc, argv, cases);
}
