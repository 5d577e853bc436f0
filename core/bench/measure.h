/*
 * One round of one figure, in this process: warming up, then runs with the calibration between them.
 *
 * Threads: one at a time in a process.
 */
#ifndef VT_BENCH_MEASURE_H
#define VT_BENCH_MEASURE_H

#include "core/bench/figure.h"

#define VT_BENCH_RUNS_MAX 1000

typedef struct vt_bench_round {
    double cost; /* of one operation, nanoseconds or bytes: the median of the runs, by the clock the best */
    double deviation; /* of the runs (statistics.h) */
    double relative;  /* cost over the calibration beside it; 0 for memory, which has none */
    unsigned runs;
} vt_bench_round;

/* `runs`: 1 to VT_BENCH_RUNS_MAX. False and `error` as the figure has it. */
bool vt_bench_measure(const vt_bench_figure *figure, const vt_bench_place *place, unsigned runs,
                      vt_bench_round *round, vt_error *error);

#endif
