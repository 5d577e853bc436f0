/*
 * The suite: rounds of figures, each in a process of its own, and what is made of them.
 *
 * A process a round, because memory has to be where a program finds it at its start, because a figure that
 * crashes or hangs must not take the others with it, and because where the system puts a process in memory
 * makes a difference of some percent, which is to be noise between rounds rather than a difference between
 * two programs. All figures have their first round before any has its second, so that a machine that gets
 * busy disturbs one round of each rather than all rounds of one.
 *
 * Threads: the main thread, before others are started: the processes are forks.
 */
#ifndef VT_BENCH_SUITE_H
#define VT_BENCH_SUITE_H

#include "core/bench/baseline.h"
#include "core/bench/compare.h"
#include "core/bench/figure.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct vt_bench_suite {
    const vt_bench_place *place;
    unsigned rounds;              /* 1 to VT_BENCH_ROUNDS_MAX - VT_BENCH_CONFIRM_ROUNDS */
    unsigned runs;                /* of a round, 1 to VT_BENCH_RUNS_MAX */
    unsigned seconds_max;         /* of a round, after which it is ended; 0: two minutes */
    double seconds_all;           /* of all together, about; 0: as long as it takes */
    double seconds_between;       /* rounds of a suspected figure, doubled each time; 0: at once */
    const vt_baseline *baseline;  /* NULL: nothing to compare with */
    bool same_machine;            /* as the baseline's */
    const atomic_bool *cancelled; /* NULL: nobody cancels; set by a signal handler */
    /* Before each round; `again`: because the figure is suspected. May be NULL. */
    void (*progress)(void *user, const vt_bench_figure *figure, unsigned round, bool again);
    /* Before figures are measured again that look worse: which. May be NULL. */
    void (*suspected)(void *user, const vt_bench_figure *const *figures, size_t count);
    void *user; /* of both */
} vt_bench_suite;

/* Whoever disturbs the machine may be gone a while later, so there are pauses between rounds that are to
   confirm. What takes so many times as long is no noise, and is confirmed without them. */
#define VT_BENCH_BEYOND_NOISE 2.0

/* Rounds that each figure has, however short the time is. */
#define VT_BENCH_ROUNDS_LEAST 3

/* Of the time for all together what the first rounds may take: the rest is for being sure. */
#define VT_BENCH_FIRST_PART 0.6

/* What became of a figure. The caller fills in `figure`, the rest is zeroed. */
typedef struct vt_bench_result {
    const vt_bench_figure *figure;
    vt_bench_series series;
    double deviation; /* of the runs: a mean of those of the rounds */
    unsigned runs;    /* of all rounds */
    unsigned again;   /* rounds because it was suspected */
    double seconds;   /* all of it took */
    vt_bench_comparison comparison;
    vt_error error; /* VT_ERROR_NONE, or why it could not be measured: then the rest does not count */
} vt_bench_result;

/* One round in a child process. VT_ERROR_CRASHED, _TIMEOUT, _CANCELLED, or as the figure has it. */
bool vt_bench_run_round(const vt_bench_suite *suite, const vt_bench_figure *figure, vt_bench_round *round,
                        vt_error *error);

/* Measures all, compares them with the baseline, and measures those that are suspected again. A figure that
   fails ends itself only; false and VT_ERROR_CANCELLED if all was cancelled. Where the time for all together
   gets short there are fewer first rounds (VT_BENCH_ROUNDS_LEAST at least), and who is still suspected when
   it is over is VT_BENCH_UNSURE. */
bool vt_bench_suite_run(const vt_bench_suite *suite, vt_bench_result *results, size_t count, vt_error *error);

#endif
