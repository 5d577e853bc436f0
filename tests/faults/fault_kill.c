/*
 * Programs that end when nobody expects it: an import is killed, or asked to end, at random moments. Rows 1,
 * 3 and 30 of the table in README.md.
 */
#include "tests/faults/figure.h"
#include "tests/faults/stage.h"

#include <signal.h>

enum { FILES = 2000, KILLS = 300, KILLS_QUICK = 12, SIGNALS = 60, SIGNALS_QUICK = 6 };

/* Watches the rows that are committed until the moment has come. */
static int64_t watch(stage *self, program *running, double seconds)
{
    double until = fault_clock() + seconds;
    int64_t committed = 0;
    while (fault_clock() < until && program_running(running)) {
        int64_t now = oracle_items(self->catalog);
        committed = now > committed ? now : committed;
        fault_sleep(0.002);
    }
    return committed;
}

static double random_moment(const stage *self)
{
    return self->clean_seconds * (double)fault_random(1000) / 1000.0;
}

/* The same start as after a kill, over the catalog of the undisturbed import: the quickest of some. */
static double clean_start_of(stage *self)
{
    double quickest = 1e9;
    for (int i = 0; i < 5; i++) {
        double begun = fault_clock();
        program_result run =
            program_run(&self->options, (const char *const[]){"list", "--json", "--limit", "0", "--catalog",
                                                              self->catalog, NULL});
        double seconds = fault_clock() - begun;
        quickest = seconds < quickest ? seconds : quickest;
        program_result_free(&run);
    }
    return quickest;
}

static void run_kill(bool quick)
{
    stage *self = stage_create(FILES);
    stage_tally tally = {0};
    int amid = 0;
    double clean_start = clean_start_of(self);
    self->resumes = true;
    for (int run = 0; run < (quick ? KILLS_QUICK : KILLS); run++) {
        stage_forget(self);
        program *running = stage_start(self, NULL);
        int64_t committed = watch(self, running, random_moment(self));
        program_kill(running);
        stage_report report = stage_wait(running);
        amid += report.status == 128 + SIGKILL && committed > 0;
        stage_settle(self, committed, &tally);
    }
    stage_tell("kill", &tally);
    figure("kill_amid_commits", amid, "runs", quick ? ">=1" : ">=50", "killed with some rows committed");
    figure("kill_next_import", tally.slowest - self->clean_seconds, "s", quick ? "-" : "<=2",
           "slowest, beyond the %.2f s of an undisturbed import", self->clean_seconds);
    figure("kill_resumed", tally.resumed, "runs", quick ? ">=1" : ">=50",
           "by import --resume, the others by path");
    figure("kill_next_start", tally.slowest_start - clean_start, "s", quick ? "-" : "<=0.5",
           "slowest, beyond the %.3f s over an undisturbed catalog", clean_start);
    stage_free(self);
}

static void run_signals(bool quick)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
    stage *self = stage_create(FILES);
    stage_tally tally = {0};
    int amid = 0;
    double slowest = 0;
    self->resumes = true;
    for (int run = 0; run < (quick ? SIGNALS_QUICK : SIGNALS); run++) {
        stage_forget(self);
        program *running = stage_start(self, NULL);
        /* A program that has not come to main() yet dies of a signal like any other. */
        int64_t committed = watch(self, running, 0.05 + random_moment(self));
        double begun = fault_clock();
        program_signal(running, signals[run % 3]);
        stage_report report = stage_wait(running);
        double seconds = fault_clock() - begun;
        slowest = seconds > slowest ? seconds : slowest;
        int ended = 128 + signals[run % 3];
        amid += report.status == ended;
        if (report.status != ended && report.status != 0) {
            stage_blame(&tally, STAGE_MUTE, 1, "signal %d ended it with status %d", signals[run % 3],
                        report.status);
        }
        stage_settle(self, committed, &tally);
    }
    stage_tell("signal", &tally);
    figure("signal_mute", (double)tally.count[STAGE_MUTE], "runs", "<=0",
           "of %d neither 128 + signal nor done %s", tally.runs, tally.first[STAGE_MUTE]);
    figure("signal_amid_imports", amid, "runs", quick ? ">=1" : ">=20", "status 130, 143 or 129");
    figure("signal_to_end", slowest, "s", quick ? "-" : "<=2", "slowest");
    stage_free(self);
}

int main(int argc, char **argv)
{
    static const fault_case cases[] = {{"kill", run_kill}, {"signals", run_signals}, {0}};
    return fault_main(argc, argv, cases);
}
