#include "core/bench/measure.h"

#include "core/base/clock.h"
#include "core/bench/calibration.h"
#include "core/bench/statistics.h"

enum { WARM_UP = 3 };

/* The calibration takes an eighth of the time of what it stands beside: long enough to see the same
   neighbours on the machine, and no longer. */
enum { CALIBRATION_PART = 8, UNITS_MAX = 200 };
static const double unit_ns = 0.5e6;

static unsigned units_beside(double run_ns)
{
    double units = run_ns / CALIBRATION_PART / unit_ns;
    return units < 1 ? 1 : units > UNITS_MAX ? UNITS_MAX : (unsigned)units;
}

static bool run_once(const vt_bench_figure *figure, void *state, double *took, vt_error *error)
{
    vt_bench_timer timer = {.clock = figure->clock, .figure = figure->name};
    if (!figure->run(state, &timer, figure->times, error)) {
        return false;
    }
    *took = timer.total;
    return true;
}

/* What the runs of a round come to, beside the calibrations before, between and after them. */
typedef struct samples {
    double costs[VT_BENCH_RUNS_MAX], relatives[VT_BENCH_RUNS_MAX];
    double calibration_least;
} samples;

/* By the clock the best run is the one that waited for nobody: how long others on the machine keep a woken
   thread waiting is no property of the program, and no calibration on one thread knows it. Of processor times
   the median is steadier. */
static void summarise(const samples *from, unsigned runs, vt_bench_clock clock, vt_bench_round *round)
{
    *round = (vt_bench_round){.cost = vt_statistics_median(from->costs, runs),
                              .deviation = vt_statistics_deviation(from->costs, runs),
                              .relative =
                                  clock == VT_BENCH_MEMORY ? 0 : vt_statistics_median(from->relatives, runs),
                              .runs = runs};
    if (clock == VT_BENCH_WALL) {
        round->cost = vt_statistics_least(from->costs, runs);
        round->relative = round->cost / from->calibration_least;
    }
}

static bool warm_up(const vt_bench_figure *figure, void *state, double *took, vt_error *error)
{
    unsigned runs = figure->runs_max && figure->runs_max <= WARM_UP ? 1 : WARM_UP; /* such take long */
    for (unsigned i = 0; i < runs; i++) {
        if (!run_once(figure, state, took, error)) {
            return false;
        }
    }
    return true;
}

static bool measure_runs(const vt_bench_figure *figure, void *state, unsigned runs, vt_bench_round *round,
                         vt_error *error)
{
    static samples all;
    bool timed = figure->clock != VT_BENCH_MEMORY;
    double took = 0;
    if (timed && !warm_up(figure, state, &took, error)) {
        return false;
    }
    double before = timed ? vt_bench_calibrate(figure->clock, units_beside(took)) : 0;
    all.calibration_least = before;
    for (unsigned i = 0; i < runs; i++) {
        if (!run_once(figure, state, &took, error)) {
            return false;
        }
        all.costs[i] = took / figure->times;
        if (timed) {
            double after = vt_bench_calibrate(figure->clock, units_beside(took));
            all.relatives[i] = all.costs[i] / ((before + after) / 2);
            all.calibration_least = after < all.calibration_least ? after : all.calibration_least;
            before = after;
        }
    }
    summarise(&all, runs, figure->clock, round);
    return round->cost > 0 || vt_error_set(error, VT_ERROR_INTERNAL,
                                           "%s: nothing was measured, the clock stood still", figure->name);
}

bool vt_bench_measure(const vt_bench_figure *figure, const vt_bench_place *place, unsigned runs,
                      vt_bench_round *round, vt_error *error)
{
    void *state = NULL;
    if (runs < 1 || runs > VT_BENCH_RUNS_MAX) {
        return vt_error_set(error, VT_ERROR_USAGE, "runs of a round: 1 to %d, not %u", VT_BENCH_RUNS_MAX,
                            runs);
    }
    if (figure->runs_max && runs > figure->runs_max) {
        runs = figure->runs_max;
    }
    if (!figure->begin(place, &state, error)) {
        return false;
    }
    bool done = measure_runs(figure, state, runs, round, error);
    figure->end(state);
    return done;
}
