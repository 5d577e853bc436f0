/*
 * Is a figure worse than it was? Decided on rounds, each a median of its runs (measure.h), then and now.
 *
 * Measurements are noisy, and mostly in one direction: others on the machine make things slower, nobody makes
 * them faster than they are. So a figure is accused only if
 *   - the median of its rounds is over the limit: the threshold of its class, widened by as much as its
 *     rounds differed by themselves, then and now;
 *   - its best round is over the threshold, against the best round then;
 *   - both, in the times themselves and in the times relative to the calibration beside them: a machine
 *     that is slower today acquits itself. On another machine the relative ones alone decide;
 *   - and all that is still so after more rounds (vt_bench_confirm).
 *
 * Threads: any.
 */
#ifndef VT_BENCH_COMPARE_H
#define VT_BENCH_COMPARE_H

#include "core/base/error.h"
#include "core/bench/measure.h"

#include <stdbool.h>

#define VT_BENCH_ROUNDS_MAX 16

/* More rounds before a figure is accused. */
#define VT_BENCH_CONFIRM_ROUNDS 6

/* Above the threshold times this a regression is critical (document 000). */
#define VT_BENCH_CRITICAL 1.5

/* By how much a limit is widened at most: what takes twice the processor time is always over it. The clock
   has no such bounds on a machine that others use, nor have times relative to the calibration alone, and what
   cannot be told from noise is not accused. */
#define VT_BENCH_NOISE_MAX      0.25
#define VT_BENCH_NOISE_MAX_WIDE 2.0

/* How a figure is judged. */
typedef struct vt_bench_rule {
    double threshold; /* of its class */
    double noise_max;
    bool same_machine;
} vt_bench_rule;

typedef struct vt_bench_series {
    double costs[VT_BENCH_ROUNDS_MAX];
    double relatives[VT_BENCH_ROUNDS_MAX]; /* 0: none */
    unsigned rounds;
} vt_bench_series;

/* Appends a round; beyond VT_BENCH_ROUNDS_MAX nothing happens. */
void vt_bench_series_add(vt_bench_series *series, double cost, double relative);

typedef enum vt_bench_verdict {
    VT_BENCH_UNKNOWN, /* there is nothing to compare with */
    VT_BENCH_STEADY,
    VT_BENCH_FASTER, /* by more than the limit, the other way round: worth a new baseline */
    VT_BENCH_UNSURE, /* it looks worse, and there was no time to be sure: no regression */
    VT_BENCH_WARNING,
    VT_BENCH_CRITICAL_REGRESSION,
    VT_BENCH_VERDICT_COUNT
} vt_bench_verdict;

/* "new", "ok", "faster", "unsure", "warning", "critical". */
const char *vt_bench_verdict_name(vt_bench_verdict verdict);

/* True for the last two. */
bool vt_bench_verdict_is_regression(vt_bench_verdict verdict);

typedef struct vt_bench_comparison {
    vt_bench_verdict verdict;
    double ratio;     /* now over then, the smaller one of times and relative times */
    double best;      /* that of the best rounds, or of relative times if it is smaller */
    double threshold; /* of the class */
    double limit;     /* widened by the noise */
    bool relative;    /* the relative times decided alone: another machine */
} vt_bench_comparison;

vt_bench_comparison vt_bench_compare(const vt_bench_series *then, const vt_bench_series *now,
                                     const vt_bench_rule *rule);

/* Measures one more round of what is suspected. */
typedef bool (*vt_bench_again)(void *user, vt_bench_round *round, vt_error *error);

/* Compares, and as long as that accuses, measures again, VT_BENCH_CONFIRM_ROUNDS times at most: `now` gets
   those rounds. False and `error` if measuring failed. */
bool vt_bench_confirm(const vt_bench_series *then, vt_bench_series *now, const vt_bench_rule *rule,
                      vt_bench_again again, void *user, vt_bench_comparison *comparison, vt_error *error);

#endif
