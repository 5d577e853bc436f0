/* Rounds in processes of their own: what is measured, and what becomes of figures that crash, hang or fail.
 */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/bench/calibration.h"
#include "core/bench/junit.h"
#include "core/bench/readable.h"
#include "core/bench/suite.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static atomic_int *shared; /* with the processes: ends, and begins that failed */

static bool begin(const vt_bench_place *place, void **state, vt_error *error)
{
    (void)place;
    (void)error;
    *state = NULL;
    return true;
}

static void end(void *state)
{
    (void)state;
    atomic_fetch_add(shared, 1);
}

static bool begin_not(const vt_bench_place *place, void **state, vt_error *error)
{
    (void)place;
    (void)state;
    return vt_error_set(error, VT_ERROR_NO_SPACE, "no room for <files> & \"more\"");
}

static bool run_work(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    (void)state;
    (void)error;
    for (unsigned i = 0; i < times; i++) {
        int64_t until = vt_clock_thread_cpu() + VT_NS_PER_MS;
        vt_bench_timer_begin(timer);
        while (vt_clock_thread_cpu() < until) {
        }
        vt_bench_timer_end(timer);
    }
    return true;
}

/* So much a run, for decisions that do not depend on the machine. */
static bool run_made_up(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    (void)state;
    (void)error;
    vt_bench_timer_add(timer, 1000.0 * times);
    return true;
}

static bool run_crash(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    (void)state;
    (void)timer;
    (void)times;
    (void)error;
    signal(SIGTERM, SIG_DFL);
    raise(SIGTERM); /* as a fault would, but no sanitizer sees it */
    return true;
}

static bool run_exit(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    (void)state;
    (void)timer;
    (void)error;
    _exit(times > 1);
}

static bool run_hang(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    (void)state;
    (void)timer;
    (void)times;
    (void)error;
    while (atomic_load(shared) >= 0) {
        pause();
    }
    return true;
}

static bool run_nothing(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    (void)state;
    (void)timer;
    (void)times;
    (void)error;
    return true;
}

static bool run_failing(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    (void)state;
    (void)timer;
    (void)times;
    return vt_error_set(error, VT_ERROR_INTERNAL, "it does not work");
}

enum { MEGABYTES = 24 };

static bool run_memory(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    const size_t size = (size_t)MEGABYTES << 20;
    (void)state;
    (void)times;
    (void)error;
    vt_bench_timer_begin(timer);
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(memory != MAP_FAILED);
    memset(memory, 1, size);
    munmap(memory, size); /* the peak counts */
    vt_bench_timer_end(timer);
    return true;
}

static const vt_bench_figure work = {
    "work", "a millisecond", VT_BENCH_RESPONSE, VT_BENCH_THREAD, NULL, 2, 0, begin, run_work, end};
static const vt_bench_figure limited = {
    "limited", "a few runs", VT_BENCH_RESPONSE, VT_BENCH_WALL, "things", 1, 2, begin, run_work, end};
static const vt_bench_figure made_up = {
    "made-up", "always the same", VT_BENCH_SPACE, VT_BENCH_MEMORY, NULL, 1, 0, begin, run_made_up, end};
static const vt_bench_figure crashing = {"crash", "", VT_BENCH_FRAME, VT_BENCH_THREAD, NULL,
                                         1,       0,  begin,          run_crash,       end};
static const vt_bench_figure exiting = {"exit", "", VT_BENCH_FRAME, VT_BENCH_THREAD, NULL,
                                        1,      0,  begin,          run_exit,        end};
static const vt_bench_figure hanging = {"hang", "", VT_BENCH_FRAME, VT_BENCH_THREAD, NULL,
                                        1,      0,  begin,          run_hang,        end};
static const vt_bench_figure empty = {"empty", "", VT_BENCH_FRAME, VT_BENCH_THREAD, NULL,
                                      1,       0,  begin,          run_nothing,     end};
static const vt_bench_figure failing = {"failing", "", VT_BENCH_FRAME, VT_BENCH_THREAD, NULL,
                                        1,         0,  begin,          run_failing,     end};
static const vt_bench_figure unready = {"unready", "", VT_BENCH_FRAME, VT_BENCH_THREAD, NULL,
                                        1,         0,  begin_not,      run_work,        end};
static const vt_bench_figure memory = {"memory", "", VT_BENCH_SPACE, VT_BENCH_MEMORY, NULL,
                                       1,        1,  begin,          run_memory,      end};

static const vt_bench_place place = {.folder = "/nowhere", .rows = 1, .files = 1};

static vt_bench_suite suite_of(unsigned rounds, unsigned runs)
{
    return (vt_bench_suite){.place = &place, .rounds = rounds, .runs = runs, .same_machine = true};
}

static bool run_round(const vt_bench_figure *figure, unsigned runs, vt_bench_round *round, vt_error *error)
{
    vt_bench_suite suite = suite_of(1, runs);
    suite.seconds_max = figure == &hanging ? 1 : 60;
    atomic_store(shared, 0);
    return vt_bench_run_round(&suite, figure, round, error);
}

static void a_round_measures_what_stands_between(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_bench_round round;
    assert_true(run_round(&work, 5, &round, &error));
    assert_int_equal(round.runs, 5);
    assert_true(round.cost >= 0.99e6 && round.cost < 50e6); /* one operation, not two */
    assert_true(round.relative > 0);
    assert_int_equal(atomic_load(shared), 1); /* ended once */
    assert_true(run_round(&limited, 5, &round, &error));
    assert_int_equal(round.runs, 2);
}

static void runs_have_limits(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_bench_round round;
    assert_false(vt_bench_measure(&work, &place, 0, &round, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(vt_bench_measure(&work, &place, VT_BENCH_RUNS_MAX + 1, &round, &error));
}

static void memory_is_that_of_the_peak(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_bench_round round;
#ifdef VITRINE_SANITIZED
    print_message("skipped: sanitizers have memory of their own\n");
    skip();
#endif
    assert_true(run_round(&memory, 5, &round, &error));
    assert_int_equal(round.runs, 1);
    assert_true(round.cost > MEGABYTES * 0.9e6 && round.cost < MEGABYTES * 1.5e6);
    assert_true(round.relative == 0);
}

static void faults_of_a_figure_are_told(void **state)
{
    (void)state;
    static const struct {
        const vt_bench_figure *figure;
        vt_error_code code;
        const char *part;
        int ends;
    } cases[] = {
        {&crashing, VT_ERROR_CRASHED, "crash was ended by signal 15", 0},
        {&exiting, VT_ERROR_CRASHED, "exit ended before it had measured", 0},
        {&hanging, VT_ERROR_TIMEOUT, "hang did not end within 1 s", 0},
        {&empty, VT_ERROR_INTERNAL, "the clock stood still", 1},
        {&failing, VT_ERROR_INTERNAL, "it does not work", 1},
        {&unready, VT_ERROR_NO_SPACE, "no room", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_error error = VT_ERROR_INIT;
        vt_bench_round round;
        assert_false(run_round(cases[i].figure, 3, &round, &error));
        assert_int_equal(error.code, cases[i].code);
        assert_non_null(strstr(error.message, cases[i].part));
        assert_int_equal(atomic_load(shared), cases[i].ends);
    }
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no process is left */
}

static void a_figure_that_fails_takes_no_other_with_it(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_bench_result results[] = {{.figure = &crashing}, {.figure = &made_up}, {.figure = &failing}};
    vt_bench_suite suite = suite_of(3, 2);
    assert_true(vt_bench_suite_run(&suite, results, 3, &error));
    assert_int_equal(results[0].error.code, VT_ERROR_CRASHED);
    assert_int_equal(results[1].error.code, VT_ERROR_NONE);
    assert_int_equal(results[1].series.rounds, 3);
    assert_int_equal(results[1].runs, 6);
    assert_int_equal(results[1].comparison.verdict, VT_BENCH_UNKNOWN);
    assert_int_equal(results[2].error.code, VT_ERROR_INTERNAL);
    assert_int_equal(results[2].series.rounds, 0);
}

typedef struct noted {
    int rounds, again;
    size_t suspected;
    char names[64];
} noted;

static void note_suspected(void *user, const vt_bench_figure *const *figures, size_t count)
{
    noted *of = user;
    assert_int_equal(of->again, 0); /* before any is measured again */
    of->suspected += count;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(of->names);
        snprintf(of->names + length, sizeof of->names - length, "%s ", figures[i]->name);
    }
}

static void note(void *user, const vt_bench_figure *figure, unsigned round, bool again)
{
    noted *of = user;
    (void)figure;
    (void)round;
    of->rounds++;
    of->again += again;
}

static vt_baseline baseline_of(const char *name, double cost)
{
    vt_error error = VT_ERROR_INIT;
    vt_baseline baseline;
    vt_bench_series series = {.rounds = 0};
    vt_bench_series_add(&series, cost, 0);
    vt_baseline_begin(&baseline);
    assert_true(vt_baseline_add(&baseline, name, &series, &error));
    return baseline;
}

static void regressions_are_confirmed_before_they_are_told(void **state)
{
    (void)state;
    static const struct {
        double before;
        vt_bench_verdict verdict;
        int again;
    } cases[] = {{1000, VT_BENCH_STEADY, 0},
                 {950, VT_BENCH_STEADY, 0},
                 {800, VT_BENCH_WARNING, VT_BENCH_CONFIRM_ROUNDS},
                 {500, VT_BENCH_CRITICAL_REGRESSION, VT_BENCH_CONFIRM_ROUNDS},
                 {3000, VT_BENCH_FASTER, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_error error = VT_ERROR_INIT;
        noted seen = {0};
        vt_baseline baseline = baseline_of("made-up", cases[i].before);
        vt_bench_suite suite = suite_of(2, 1);
        vt_bench_result results[] = {{.figure = &made_up}};
        suite.baseline = &baseline;
        suite.progress = note;
        suite.suspected = note_suspected;
        suite.user = &seen;
        assert_true(vt_bench_suite_run(&suite, results, 1, &error));
        assert_int_equal(results[0].comparison.verdict, cases[i].verdict);
        assert_int_equal(seen.suspected, cases[i].again > 0);
        assert_string_equal(seen.names, cases[i].again > 0 ? "made-up " : "");
        assert_int_equal(results[0].again, cases[i].again);
        assert_int_equal(seen.again, cases[i].again);
        assert_int_equal(seen.rounds, 2 + cases[i].again);
        vt_baseline_free(&baseline);
    }
}

/* 1 + 2 + 4 + 8 + 16 times the pause before the second to the sixth; none where it is no noise. */
static void between_rounds_that_confirm_there_are_pauses(void **state)
{
    (void)state;
    static const struct {
        double before;
        bool pauses;
    } cases[] = {{800, true}, {300, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_error error = VT_ERROR_INIT;
        vt_baseline baseline = baseline_of("made-up", cases[i].before);
        vt_bench_suite suite = suite_of(2, 1);
        vt_bench_result results[] = {{.figure = &made_up}};
        suite.baseline = &baseline;
        suite.seconds_between = cases[i].pauses ? 0.02 : 3600;
        int64_t begun = vt_clock_now();
        assert_true(vt_bench_suite_run(&suite, results, 1, &error));
        assert_int_equal(results[0].again, VT_BENCH_CONFIRM_ROUNDS);
        assert_true(!cases[i].pauses || vt_clock_now() - begun >= 31 * 20 * VT_NS_PER_MS);
        vt_baseline_free(&baseline);
    }
}

static atomic_bool given_up;

static void give_up(void *user, const vt_bench_figure *figure, unsigned round, bool again)
{
    (void)user;
    (void)figure;
    (void)round;
    if (again) {
        alarm(1);
    }
}

static void on_alarm(int signal)
{
    (void)signal;
    atomic_store(&given_up, true);
}

static void a_pause_ends_when_all_is_cancelled(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_baseline baseline = baseline_of("made-up", 800);
    vt_bench_suite suite = suite_of(2, 1);
    vt_bench_result results[] = {{.figure = &made_up}};
    suite.baseline = &baseline;
    suite.seconds_between = 3600;
    suite.progress = give_up;
    suite.cancelled = &given_up;
    signal(SIGALRM, on_alarm);
    assert_false(vt_bench_suite_run(&suite, results, 1, &error));
    signal(SIGALRM, SIG_DFL);
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    vt_baseline_free(&baseline);
}

/* It comes to an end: fewer rounds, and nobody is accused of what there was no time to be sure of. */
static void when_the_time_is_over_nobody_is_accused(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    noted seen = {0};
    vt_baseline baseline = baseline_of("made-up", 500);
    vt_bench_suite suite = suite_of(5, 1);
    vt_bench_result results[] = {{.figure = &made_up}};
    suite.baseline = &baseline;
    suite.progress = note;
    suite.suspected = note_suspected;
    suite.user = &seen;
    suite.seconds_all = 1e-6;
    assert_true(vt_bench_suite_run(&suite, results, 1, &error));
    assert_int_equal(results[0].error.code, VT_ERROR_NONE);
    assert_int_equal(results[0].series.rounds, VT_BENCH_ROUNDS_LEAST);
    assert_int_equal(results[0].again, 0);
    assert_int_equal(seen.again, 0);
    assert_int_equal(seen.suspected, 1);
    assert_int_equal(results[0].comparison.verdict, VT_BENCH_UNSURE);
    assert_true(results[0].comparison.ratio > 1.9);
    assert_false(vt_bench_verdict_is_regression(VT_BENCH_UNSURE));
    assert_string_equal(vt_bench_verdict_name(VT_BENCH_UNSURE), "unsure");
    vt_str xml = VT_STR_INIT;
    vt_junit_write(results, 1, &xml);
    assert_non_null(strstr(xml.data, "failures=\"0\" errors=\"0\" skipped=\"1\""));
    assert_non_null(strstr(xml.data, "<skipped message=\"2.00 times what it was; no time to be sure\"/>"));
    vt_str_free(&xml);
    vt_baseline_free(&baseline);
    vt_baseline steady = baseline_of("made-up", 1000);
    vt_bench_result calm[] = {{.figure = &made_up}};
    suite.baseline = &steady;
    suite.seconds_all = 3600;
    assert_true(vt_bench_suite_run(&suite, calm, 1, &error));
    assert_int_equal(calm[0].series.rounds, 5);
    assert_int_equal(calm[0].comparison.verdict, VT_BENCH_STEADY);
    assert_int_equal(seen.suspected, 1);
    vt_baseline_free(&steady);
}

static void what_the_baseline_lacks_is_new(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_baseline baseline = baseline_of("another", 1);
    vt_bench_suite suite = suite_of(1, 1);
    vt_bench_result results[] = {{.figure = &made_up}};
    suite.baseline = &baseline;
    assert_true(vt_bench_suite_run(&suite, results, 1, &error));
    assert_int_equal(results[0].comparison.verdict, VT_BENCH_UNKNOWN);
    assert_true(results[0].comparison.threshold == 1.1);
    vt_baseline_free(&baseline);
}

static void all_can_be_cancelled(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    atomic_bool cancelled = true;
    vt_bench_suite suite = suite_of(2, 1);
    vt_bench_result results[] = {{.figure = &hanging}, {.figure = &made_up}};
    suite.cancelled = &cancelled;
    assert_false(vt_bench_suite_run(&suite, results, 2, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    assert_int_equal(results[1].series.rounds, 0);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

/* By the clock it takes at least as long as by the processor, more or less; and it does the same each time.
 */
static void the_calibration_is_work(void **state)
{
    (void)state;
    double least = 1e12;
    for (int i = 0; i < 20; i++) {
        double took = vt_bench_calibrate(VT_BENCH_THREAD, 1);
        least = took < least ? took : least;
    }
    assert_true(least > 10e3 && least < 100e6);
    assert_true(vt_bench_calibrate(VT_BENCH_WALL, 2) > least / 4);
}

static void classes_have_the_factors_of_the_document(void **state)
{
    (void)state;
    assert_true(vt_bench_class_get(VT_BENCH_RESPONSE)->threshold == 1.2);
    assert_true(vt_bench_class_get(VT_BENCH_FRAME)->threshold == 1.1);
    assert_true(vt_bench_class_get(VT_BENCH_CREATION)->threshold == 1.3);
    for (int i = 0; i < VT_BENCH_CLASS_COUNT; i++) {
        assert_non_null(vt_bench_class_get((vt_bench_class)i)->name);
    }
}

static void junit_tells_failures_and_errors(void **state)
{
    (void)state;
    vt_str xml = VT_STR_INIT;
    vt_bench_result results[] = {
        {.figure = &work, .seconds = 1.5}, {.figure = &made_up}, {.figure = &unready}};
    vt_bench_series_add(&results[0].series, 2e6, 1);
    vt_bench_series_add(&results[1].series, 3e6, 0);
    results[1].comparison = (vt_bench_comparison){
        .verdict = VT_BENCH_WARNING, .ratio = 1.25, .best = 1.2, .threshold = 1.1, .limit = 1.15};
    vt_error_set(&results[2].error, VT_ERROR_NO_SPACE, "no room for <files> & \"more\"\033");
    vt_junit_write(results, 3, &xml);
    assert_false(xml.failed);
    assert_non_null(strstr(xml.data, "tests=\"3\" failures=\"1\" errors=\"1\" skipped=\"0\" time=\"1.500\""));
    assert_non_null(strstr(xml.data, "<testcase classname=\"vitrine.bench\" name=\"work\" time=\"1.500\">\n"
                                     "    <system-out>2.00 ms: a millisecond</system-out>"));
    assert_non_null(strstr(xml.data,
                           "<failure type=\"warning\" message=\"made-up is 1.25 times what it was, the "
                           "limit is 1.15\">3.00 MB now;"));
    assert_non_null(strstr(xml.data, "<error type=\"no-space\" message=\"no room for &lt;files&gt; &amp; "
                                     "&quot;more&quot;\xef\xbf\xbd\"/>"));
    assert_string_equal(xml.data + xml.length - strlen("</testsuite>\n"), "</testsuite>\n");
    vt_str_free(&xml);
}

static void figures_are_readable(void **state)
{
    (void)state;
    char text[VT_BENCH_READABLE_SIZE];
    static const struct {
        const vt_bench_figure *figure;
        double cost;
        const char *wanted;
    } cases[] = {{&work, 8.324, "8.32 ns"},      {&work, 81234, "81.2 us"}, {&work, 812e6, "812 ms"},
                 {&work, 5e12, "5000 s"},        {&memory, 999, "999 B"},   {&memory, 11.06e6, "11.1 MB"},
                 {&limited, 4e6, "250 things/s"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_bench_readable(cases[i].figure, cases[i].cost, text);
        assert_string_equal(text, cases[i].wanted);
    }
    vt_bench_unit(&limited, text);
    assert_string_equal(text, "things/s");
    vt_bench_unit(&memory, text);
    assert_string_equal(text, "bytes");
    vt_bench_unit(&work, text);
    assert_string_equal(text, "ns");
    assert_true(vt_bench_value(&limited, 4e6) == 250);
    assert_true(vt_bench_value(&limited, 0) == 0);
    assert_true(vt_bench_value(&work, 7) == 7);
}

static int set_up(void **state)
{
    (void)state;
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return shared == MAP_FAILED;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_round_measures_what_stands_between),
        cmocka_unit_test(runs_have_limits),
        cmocka_unit_test(memory_is_that_of_the_peak),
        cmocka_unit_test(faults_of_a_figure_are_told),
        cmocka_unit_test(a_figure_that_fails_takes_no_other_with_it),
        cmocka_unit_test(regressions_are_confirmed_before_they_are_told),
        cmocka_unit_test(between_rounds_that_confirm_there_are_pauses),
        cmocka_unit_test(a_pause_ends_when_all_is_cancelled),
        cmocka_unit_test(when_the_time_is_over_nobody_is_accused),
        cmocka_unit_test(what_the_baseline_lacks_is_new),
        cmocka_unit_test(all_can_be_cancelled),
        cmocka_unit_test(the_calibration_is_work),
        cmocka_unit_test(classes_have_the_factors_of_the_document),
        cmocka_unit_test(junit_tells_failures_and_errors),
        cmocka_unit_test(figures_are_readable),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
