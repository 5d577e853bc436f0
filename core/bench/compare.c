#include "core/bench/compare.h"

#include "core/bench/statistics.h"

#include <math.h>

static const char *const verdict_names[VT_BENCH_VERDICT_COUNT] = {
    [VT_BENCH_UNKNOWN] = "new",   [VT_BENCH_STEADY] = "ok",       [VT_BENCH_FASTER] = "faster",
    [VT_BENCH_UNSURE] = "unsure", [VT_BENCH_WARNING] = "warning", [VT_BENCH_CRITICAL_REGRESSION] = "critical",
};

const char *vt_bench_verdict_name(vt_bench_verdict verdict)
{
    return verdict_names[verdict];
}

bool vt_bench_verdict_is_regression(vt_bench_verdict verdict)
{
    return verdict == VT_BENCH_WARNING || verdict == VT_BENCH_CRITICAL_REGRESSION;
}

void vt_bench_series_add(vt_bench_series *series, double cost, double relative)
{
    if (series->rounds < VT_BENCH_ROUNDS_MAX) {
        series->costs[series->rounds] = cost;
        series->relatives[series->rounds++] = relative;
    }
}

/* Now over then, of one kind of time. */
typedef struct quotient {
    double median, best;
    double noise; /* how much the rounds differ by themselves */
} quotient;

static quotient divide(const double *then, unsigned then_count, const double *now, unsigned now_count)
{
    double then_noise = vt_statistics_half_range(then, then_count);
    double now_noise = vt_statistics_half_range(now, now_count);
    return (quotient){
        .median = vt_statistics_median(now, now_count) / vt_statistics_median(then, then_count),
        .best = vt_statistics_least(now, now_count) / vt_statistics_least(then, then_count),
        .noise = sqrt(then_noise * then_noise + now_noise * now_noise),
    };
}

static bool is_usable(const double *values, unsigned count)
{
    return count > 0 && vt_statistics_least(values, count) > 0;
}

static vt_bench_verdict judge(const vt_bench_comparison *found, double most)
{
    if (found->ratio > found->limit && found->best > found->threshold) {
        return found->ratio > found->threshold * VT_BENCH_CRITICAL ? VT_BENCH_CRITICAL_REGRESSION
                                                                   : VT_BENCH_WARNING;
    }
    return most < 1 / found->limit ? VT_BENCH_FASTER : VT_BENCH_STEADY;
}

vt_bench_comparison vt_bench_compare(const vt_bench_series *then, const vt_bench_series *now,
                                     const vt_bench_rule *rule)
{
    vt_bench_comparison found = {.threshold = rule->threshold, .limit = rule->threshold};
    bool relative = is_usable(then->relatives, then->rounds) && is_usable(now->relatives, now->rounds);
    bool absolute = is_usable(then->costs, then->rounds) && is_usable(now->costs, now->rounds) &&
                    (rule->same_machine || !relative);
    quotient by_clock = {0}, by_calibration = {0};
    if (!absolute && !relative) {
        return found;
    }
    if (absolute) {
        by_clock = divide(then->costs, then->rounds, now->costs, now->rounds);
    }
    if (relative) { /* the least one of these has the calibration that was disturbed most: no best round */
        by_calibration = divide(then->relatives, then->rounds, now->relatives, now->rounds);
        by_calibration.best = by_calibration.median;
    }
    by_clock = absolute ? by_clock : by_calibration;
    by_calibration = relative ? by_calibration : by_clock;
    found.ratio = fmin(by_clock.median, by_calibration.median);
    found.best = fmin(by_clock.best, by_calibration.best);
    /* That of the quieter one is what is left. */
    found.limit = rule->threshold * (1 + fmin(fmin(by_clock.noise, by_calibration.noise), rule->noise_max));
    found.relative = !absolute;
    found.verdict = judge(&found, fmax(by_clock.median, by_calibration.median));
    return found;
}

bool vt_bench_confirm(const vt_bench_series *then, vt_bench_series *now, const vt_bench_rule *rule,
                      vt_bench_again again, void *user, vt_bench_comparison *comparison, vt_error *error)
{
    *comparison = vt_bench_compare(then, now, rule);
    for (int i = 0; i < VT_BENCH_CONFIRM_ROUNDS && now->rounds < VT_BENCH_ROUNDS_MAX &&
                    vt_bench_verdict_is_regression(comparison->verdict);
         i++) {
        vt_bench_round round;
        if (!again(user, &round, error)) {
            return false;
        }
        vt_bench_series_add(now, round.cost, round.relative);
        *comparison = vt_bench_compare(then, now, rule);
    }
    return true;
}
