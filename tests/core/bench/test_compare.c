/* What is accused and what is not: decisions on made up rounds, as noisy as real ones. */
#include "tests/support/check.h"

#include "core/bench/compare.h"
#include "core/bench/random.h"

#include <math.h>
#include <string.h>

#define RULE(factor, same)                                                                                   \
    (&(const vt_bench_rule){.threshold = (factor), .noise_max = VT_BENCH_NOISE_MAX, .same_machine = (same)})

/* A machine that others use, too: every measurement is slower than it could be by up to `noise`, now and then
   by much more; and for a while all of it is, the calibration with it. */
typedef struct machine {
    vt_bench_random random;
    double noise, busy, slowed;
    unsigned asked; /* rounds */
} machine;

static double chance(machine *of)
{
    return vt_bench_random_below(&of->random, 1000000) / 1e6;
}

static double disturbed(machine *of, double cost)
{
    double slower = of->noise * chance(of);
    if (chance(of) < 0.1) {
        slower += 3 * of->noise;
    }
    return cost * (1 + slower) * (1 + of->busy);
}

static bool measure(void *user, vt_bench_round *round, vt_error *error)
{
    machine *of = user;
    (void)error;
    of->asked++;
    double cost = disturbed(of, 1e6 * of->slowed), calibration = disturbed(of, 3e5);
    *round = (vt_bench_round){.cost = cost, .relative = cost / calibration, .runs = 1};
    return true;
}

static bool measure_not(void *user, vt_bench_round *round, vt_error *error)
{
    (void)user;
    (void)round;
    return vt_error_set(error, VT_ERROR_CRASHED, "ended by signal 11");
}

static vt_bench_series measure_rounds(machine *of, unsigned rounds)
{
    vt_bench_series series = {.rounds = 0};
    for (unsigned i = 0; i < rounds; i++) {
        vt_bench_round round;
        assert_true(measure(of, &round, NULL));
        vt_bench_series_add(&series, round.cost, round.relative);
    }
    return series;
}

static vt_bench_comparison judge(machine *of, const vt_bench_series *then, double threshold,
                                 bool same_machine)
{
    vt_error error = VT_ERROR_INIT;
    vt_bench_comparison found;
    vt_bench_series now = measure_rounds(of, 5);
    assert_true(vt_bench_confirm(then, &now, RULE(threshold, same_machine), measure, of, &found, &error));
    return found;
}

/* 20 of 20, for 50 machines of each kind. */
static unsigned accused(double noise, double threshold, double slowed, double busy)
{
    unsigned count = 0;
    for (uint64_t seed = 1; seed <= 50; seed++) {
        machine of = {.random = {seed}, .noise = noise, .slowed = 1};
        const vt_bench_series then = measure_rounds(&of, 5);
        of.slowed = slowed;
        of.busy = busy;
        for (int i = 0; i < 20; i++) {
            count += vt_bench_verdict_is_regression(judge(&of, &then, threshold, true).verdict);
        }
    }
    return count;
}

static void what_is_unchanged_passes_20_of_20(void **state)
{
    (void)state;
    static const double noises[] = {0.01, 0.05, 0.1, 0.2, 0.4};
    static const double thresholds[] = {1.1, 1.2, 1.3};
    for (size_t i = 0; i < sizeof noises / sizeof *noises; i++) {
        for (size_t k = 0; k < sizeof thresholds / sizeof *thresholds; k++) {
            assert_int_equal(accused(noises[i], thresholds[k], 1, 0), 0);
        }
    }
}

static void a_machine_that_is_busy_today_accuses_nobody(void **state)
{
    (void)state;
    assert_int_equal(accused(0.05, 1.1, 1, 0.8), 0);
    assert_int_equal(accused(0.05, 1.2, 1, 3), 0);
}

static void what_is_twice_as_slow_is_caught(void **state)
{
    (void)state;
    static const double noises[] = {0.01, 0.05, 0.1};
    for (size_t i = 0; i < sizeof noises / sizeof *noises; i++) {
        assert_int_equal(accused(noises[i], 1.1, 2, 0), 1000);
        assert_int_equal(accused(noises[i], 1.3, 2, 0), 1000);
        assert_int_equal(accused(noises[i], 1.2, 2, 0.5), 1000); /* on a machine that is busy, too */
    }
    assert_true(accused(0.2, 1.3, 2, 0) >= 980); /* where a round in ten is slower by three quarters */
}

static void a_small_regression_is_caught_where_it_is_calm(void **state)
{
    (void)state;
    assert_int_equal(accused(0.01, 1.1, 1.2, 0), 1000);
    assert_int_equal(accused(0.01, 1.2, 1.3, 0), 1000);
    assert_int_equal(accused(0.01, 1.2, 1.1, 0), 0); /* within the threshold */
}

static vt_bench_series constant(double cost, double relative)
{
    vt_bench_series series = {.rounds = 0};
    for (int i = 0; i < 3; i++) {
        vt_bench_series_add(&series, cost, relative);
    }
    return series;
}

static vt_bench_comparison compare(double now, double threshold)
{
    const vt_bench_series then = constant(100, 2), later = constant(100 * now, 2 * now);
    return vt_bench_compare(&then, &later, RULE(threshold, true));
}

static void severity_follows_the_document(void **state)
{
    (void)state;
    assert_int_equal(compare(1.19, 1.2).verdict, VT_BENCH_STEADY);
    assert_int_equal(compare(1.21, 1.2).verdict, VT_BENCH_WARNING);
    assert_int_equal(compare(1.79, 1.2).verdict, VT_BENCH_WARNING);
    assert_int_equal(compare(1.81, 1.2).verdict, VT_BENCH_CRITICAL_REGRESSION);
    assert_int_equal(compare(1.11, 1.1).verdict, VT_BENCH_WARNING);
    assert_int_equal(compare(1.29, 1.3).verdict, VT_BENCH_STEADY);
    assert_int_equal(compare(0.5, 1.2).verdict, VT_BENCH_FASTER);
    assert_int_equal(compare(0.9, 1.2).verdict, VT_BENCH_STEADY);
    assert_true(fabs(compare(1.5, 1.2).ratio - 1.5) < 1e-9);
    assert_true(compare(1.5, 1.2).limit == 1.2);
    assert_string_equal(vt_bench_verdict_name(VT_BENCH_CRITICAL_REGRESSION), "critical");
    assert_string_equal(vt_bench_verdict_name(VT_BENCH_WARNING), "warning");
}

/* The clock says twice as slow, the calibration says the same of itself. */
static void a_slower_machine_acquits(void **state)
{
    (void)state;
    const vt_bench_series then = constant(100, 2), now = constant(200, 2);
    assert_int_equal(vt_bench_compare(&then, &now, RULE(1.2, true)).verdict, VT_BENCH_STEADY);
}

/* Three times the work, on a machine that has become half as fast again since, is caught; twice is not. */
static void a_faster_machine_hides_what_it_makes_up_for(void **state)
{
    (void)state;
    const vt_bench_series then = constant(150, 2), twice = constant(200, 4), thrice = constant(300, 6);
    assert_int_equal(vt_bench_compare(&then, &twice, RULE(1.4, true)).verdict, VT_BENCH_STEADY);
    assert_int_equal(vt_bench_compare(&then, &thrice, RULE(1.4, true)).verdict, VT_BENCH_WARNING);
}

static void another_machine_is_judged_by_its_calibration(void **state)
{
    (void)state;
    const vt_bench_series then = constant(100, 2), faster = constant(50, 4), same = constant(300, 2);
    vt_bench_comparison found = vt_bench_compare(&then, &faster, RULE(1.2, false));
    assert_int_equal(found.verdict, VT_BENCH_CRITICAL_REGRESSION); /* half the time, where a fourth is due */
    assert_true(found.relative);
    assert_int_equal(vt_bench_compare(&then, &same, RULE(1.2, false)).verdict, VT_BENCH_STEADY);
    assert_int_equal(vt_bench_compare(&then, &faster, RULE(1.2, true)).verdict, VT_BENCH_STEADY);
}

static void memory_is_compared_on_any_machine(void **state)
{
    (void)state;
    const vt_bench_series then = constant(1000, 0), now = constant(1200, 0);
    assert_int_equal(vt_bench_compare(&then, &now, RULE(1.1, true)).verdict, VT_BENCH_WARNING);
    vt_bench_comparison found = vt_bench_compare(&then, &now, RULE(1.1, false));
    assert_int_equal(found.verdict, VT_BENCH_WARNING);
    assert_false(found.relative);
}

static void without_rounds_nothing_is_known(void **state)
{
    (void)state;
    const vt_bench_series nothing = {.rounds = 0}, now = constant(100, 2);
    assert_int_equal(vt_bench_compare(&nothing, &now, RULE(1.2, true)).verdict, VT_BENCH_UNKNOWN);
    assert_int_equal(vt_bench_compare(&now, &nothing, RULE(1.2, true)).verdict, VT_BENCH_UNKNOWN);
    assert_string_equal(vt_bench_verdict_name(VT_BENCH_UNKNOWN), "new");
}

/* One good round among bad ones is enough for an acquittal: nobody is faster than he is. */
static void the_best_round_counts_too(void **state)
{
    (void)state;
    const vt_bench_series then = constant(100, 2);
    vt_bench_series now = {.rounds = 0};
    vt_bench_series_add(&now, 160, 3.2);
    vt_bench_series_add(&now, 170, 3.4);
    assert_int_equal(vt_bench_compare(&then, &now, RULE(1.2, true)).verdict, VT_BENCH_WARNING);
    vt_bench_series_add(&now, 104, 2.08);
    assert_int_equal(vt_bench_compare(&then, &now, RULE(1.2, true)).verdict, VT_BENCH_STEADY);
}

static void noise_widens_the_limit_and_not_without_end(void **state)
{
    (void)state;
    vt_bench_series then = {.rounds = 0};
    vt_bench_series_add(&then, 100, 0);
    vt_bench_series_add(&then, 110, 0);
    vt_bench_series_add(&then, 120, 0);
    const vt_bench_series now = constant(135, 0);
    vt_bench_comparison found = vt_bench_compare(&then, &now, RULE(1.2, true));
    assert_true(fabs(found.limit - 1.2 * (1 + 10.0 / 110)) < 1e-9);
    vt_bench_series_add(&then, 500, 0);
    found = vt_bench_compare(&then, &now, RULE(1.2, true));
    assert_true(found.limit == 1.2 * (1 + VT_BENCH_NOISE_MAX));
    const vt_bench_rule by_clock = {
        .threshold = 1.2, .noise_max = VT_BENCH_NOISE_MAX_WIDE, .same_machine = true};
    found = vt_bench_compare(&then, &now, &by_clock);
    assert_true(found.limit > 1.2 * 2); /* the rounds then differ by more than a factor */
}

static void only_suspects_are_measured_again(void **state)
{
    (void)state;
    machine of = {.random = {1}, .slowed = 1};
    const vt_bench_series then = measure_rounds(&of, 5);
    of.asked = 0;
    (void)judge(&of, &then, 1.2, true);
    assert_int_equal(of.asked, 5);
    of.slowed = 2;
    of.asked = 0;
    assert_int_equal(judge(&of, &then, 1.2, true).verdict, VT_BENCH_CRITICAL_REGRESSION);
    assert_int_equal(of.asked, 5 + VT_BENCH_CONFIRM_ROUNDS);
}

static void a_disturbance_that_passes_is_no_regression(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    machine of = {.random = {1}, .slowed = 1};
    const vt_bench_series then = measure_rounds(&of, 5);
    vt_bench_series now = constant(then.costs[0] * 3, then.relatives[0] * 3);
    vt_bench_comparison found;
    of.asked = 0;
    assert_true(vt_bench_confirm(&then, &now, RULE(1.2, true), measure, &of, &found, &error));
    assert_int_equal(found.verdict, VT_BENCH_STEADY);
    assert_int_equal(of.asked, 1);
}

static void what_cannot_be_measured_again_is_no_verdict(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    const vt_bench_series then = constant(100, 2);
    vt_bench_series now = constant(300, 6);
    vt_bench_comparison found;
    assert_false(vt_bench_confirm(&then, &now, RULE(1.2, true), measure_not, NULL, &found, &error));
    assert_int_equal(error.code, VT_ERROR_CRASHED);
}

static void a_series_has_a_limit(void **state)
{
    (void)state;
    vt_bench_series series = {.rounds = 0};
    for (int i = 0; i < VT_BENCH_ROUNDS_MAX + 10; i++) {
        vt_bench_series_add(&series, i + 1, 1);
    }
    assert_int_equal(series.rounds, VT_BENCH_ROUNDS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_unchanged_passes_20_of_20),
        cmocka_unit_test(a_machine_that_is_busy_today_accuses_nobody),
        cmocka_unit_test(what_is_twice_as_slow_is_caught),
        cmocka_unit_test(a_small_regression_is_caught_where_it_is_calm),
        cmocka_unit_test(severity_follows_the_document),
        cmocka_unit_test(a_slower_machine_acquits),
        cmocka_unit_test(a_faster_machine_hides_what_it_makes_up_for),
        cmocka_unit_test(another_machine_is_judged_by_its_calibration),
        cmocka_unit_test(memory_is_compared_on_any_machine),
        cmocka_unit_test(without_rounds_nothing_is_known),
        cmocka_unit_test(the_best_round_counts_too),
        cmocka_unit_test(noise_widens_the_limit_and_not_without_end),
        cmocka_unit_test(only_suspects_are_measured_again),
        cmocka_unit_test(a_disturbance_that_passes_is_no_regression),
        cmocka_unit_test(what_cannot_be_measured_again_is_no_verdict),
        cmocka_unit_test(a_series_has_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
