#include "core/bench/suite.h"

#include "core/base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS_MAX = 120, LOOK_MS = 100 };

/* What a child writes into the pipe: shorter than PIPE_BUF, so in one piece. */
typedef struct message {
    bool done;
    vt_bench_round round;
    vt_error error;
} message;

static const vt_bench_class_info classes[VT_BENCH_CLASS_COUNT] = {
    [VT_BENCH_RESPONSE] = {"response", 1.2}, [VT_BENCH_FRAME] = {"frame", 1.1},
    [VT_BENCH_CREATION] = {"creation", 1.3}, [VT_BENCH_THROUGHPUT] = {"throughput", 1.3},
    [VT_BENCH_SPACE] = {"memory", 1.1},
};

const vt_bench_class_info *vt_bench_class_get(vt_bench_class class)
{
    return &classes[class];
}

/* What the parent holds is no business of the child's; stdout belongs to the parent's report. */
_Noreturn static void run_child(const vt_bench_suite *suite, const vt_bench_figure *figure, int to,
                                pid_t parent)
{
    message told = {.done = false, .error = VT_ERROR_INIT};
    setpgid(0, 0); /* so that it can be ended with all it started */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(EXIT_FAILURE);
    }
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    told.done = vt_bench_measure(figure, suite->place, suite->runs, &told.round, &told.error);
    ssize_t written = write(to, &told, sizeof told);
    _exit(written == (ssize_t)sizeof told ? EXIT_SUCCESS : EXIT_FAILURE);
}

static bool is_cancelled(const vt_bench_suite *suite)
{
    return suite->cancelled && atomic_load(suite->cancelled);
}

/* Until the child has written or ended; false and `error` if nobody waits for it any longer. */
static bool wait_for(const vt_bench_suite *suite, const vt_bench_figure *figure, int from, vt_error *error)
{
    unsigned seconds = suite->seconds_max ? suite->seconds_max : SECONDS_MAX;
    int64_t until = vt_clock_now() + (int64_t)seconds * VT_NS_PER_S;
    struct pollfd wanted = {.fd = from, .events = POLLIN};
    while (poll(&wanted, 1, LOOK_MS) <= 0) {
        if (is_cancelled(suite)) {
            return vt_error_set(error, VT_ERROR_CANCELLED, "cancelled");
        }
        if (vt_clock_now() > until) {
            return vt_error_set(error, VT_ERROR_TIMEOUT, "%s did not end within %u s", figure->name, seconds);
        }
    }
    return true;
}

static bool take_message(const vt_bench_figure *figure, int from, message *told, vt_error *error)
{
    ssize_t got = read(from, told, sizeof *told);
    if (got != (ssize_t)sizeof *told) {
        return vt_error_set(error, VT_ERROR_CRASHED, "%s ended before it had measured anything",
                            figure->name);
    }
    if (!told->done && error) {
        *error = told->error;
    }
    return told->done;
}

/* What is left of it, too: helpers, windows. */
static void end_child(pid_t child, const vt_bench_figure *figure, vt_error *error)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    kill(-child, SIGKILL);
    if (error && error->code == VT_ERROR_CRASHED && WIFSIGNALED(status)) {
        vt_error_set(error, VT_ERROR_CRASHED, "%s was ended by signal %d (%s)", figure->name,
                     WTERMSIG(status), strsignal(WTERMSIG(status)));
    }
}

bool vt_bench_run_round(const vt_bench_suite *suite, const vt_bench_figure *figure, vt_bench_round *round,
                        vt_error *error)
{
    int ends[2];
    message told;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        int why = errno;
        return vt_error_set_errno(error, why, "cannot make a pipe");
    }
    fflush(NULL);
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        close(ends[0]);
        run_child(suite, figure, ends[1], parent);
    }
    int why = errno;
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return vt_error_set_errno(error, why, "cannot start a process for %s", figure->name);
    }
    setpgid(child, child); /* whichever of the two is first */
    vt_error found = VT_ERROR_INIT;
    bool done = wait_for(suite, figure, ends[0], &found);
    if (!done) {
        kill(-child, SIGKILL);
    }
    done = done && take_message(figure, ends[0], &told, &found);
    close(ends[0]);
    end_child(child, figure, &found);
    if (done) {
        *round = told.round;
    } else if (error) {
        *error = found;
    }
    return done;
}

/* ---- all of them ---- */

typedef struct rounds {
    const vt_bench_suite *suite;
    vt_bench_result *result;
    bool again; /* it is suspected */
    int64_t end;
    bool is_over; /* there was no time for one more */
} rounds;

static bool is_over(int64_t end)
{
    return end > 0 && vt_clock_now() > end;
}

/* Until a round that is to confirm; sooner if the time for all is over, or nobody waits for it any longer. */
static void wait_for_quiet(const rounds *self)
{
    const vt_bench_result *result = self->result;
    if (result->again == 0 || result->comparison.ratio >= VT_BENCH_BEYOND_NOISE) {
        return;
    }
    double pause = self->suite->seconds_between * (double)(1U << (result->again - 1));
    int64_t until = vt_clock_now() + (int64_t)(pause * (double)VT_NS_PER_S);
    for (int64_t left = until - vt_clock_now(); left > 0 && !is_cancelled(self->suite) && !is_over(self->end);
         left = until - vt_clock_now()) {
        int64_t step = left < LOOK_MS * VT_NS_PER_MS ? left : LOOK_MS * VT_NS_PER_MS;
        nanosleep(&(struct timespec){.tv_nsec = (long)step}, NULL);
    }
}

static bool run_next(void *user, vt_bench_round *round, vt_error *error)
{
    rounds *self = user;
    vt_bench_result *result = self->result;
    if (self->again) {
        wait_for_quiet(self);
    }
    self->is_over = self->again && is_over(self->end);
    if (self->is_over) {
        return vt_error_set(error, VT_ERROR_TIMEOUT, "there was no time to be sure");
    }
    if (is_cancelled(self->suite)) {
        return vt_error_set(error, VT_ERROR_CANCELLED, "cancelled");
    }
    if (self->suite->progress) {
        self->suite->progress(self->suite->user, result->figure, result->series.rounds + 1, self->again);
    }
    int64_t begun = vt_clock_now();
    bool done = vt_bench_run_round(self->suite, result->figure, round, error);
    result->seconds += (double)(vt_clock_now() - begun) / (double)VT_NS_PER_S;
    result->again += self->again;
    if (done) {
        result->runs += round->runs;
        result->deviation =
            result->deviation > 0 ? (result->deviation + round->deviation) / 2 : round->deviation;
    }
    return done;
}

static const vt_baseline_figure *figure_then(const vt_bench_suite *suite, const vt_bench_result *result)
{
    return suite->baseline ? vt_baseline_find(suite->baseline, result->figure->name) : NULL;
}

static vt_bench_rule rule_of(const vt_bench_suite *suite, const vt_bench_figure *figure)
{
    bool steady = figure->clock != VT_BENCH_WALL && suite->same_machine;
    return (vt_bench_rule){.threshold = vt_bench_class_get(figure->class)->threshold,
                           .noise_max = steady ? VT_BENCH_NOISE_MAX : VT_BENCH_NOISE_MAX_WIDE,
                           .same_machine = suite->same_machine};
}

static bool is_suspected(const vt_bench_suite *suite, const vt_bench_result *result)
{
    const vt_baseline_figure *then = figure_then(suite, result);
    const vt_bench_rule rule = rule_of(suite, result->figure);
    return result->error.code == VT_ERROR_NONE && then &&
           vt_bench_verdict_is_regression(vt_bench_compare(&then->series, &result->series, &rule).verdict);
}

static void tell_suspected(const vt_bench_suite *suite, const vt_bench_result *results, size_t count)
{
    const vt_bench_figure **suspected = suite->suspected ? calloc(count, sizeof *suspected) : NULL;
    size_t found = 0;
    for (size_t k = 0; suspected && k < count; k++) {
        if (is_suspected(suite, &results[k])) {
            suspected[found++] = results[k].figure;
        }
    }
    if (found > 0) {
        suite->suspected(suite->user, suspected, found);
    }
    free(suspected);
}

/* Where something is accused, one after the other: each has the machine for itself. */
static void judge(const vt_bench_suite *suite, int64_t end, vt_bench_result *result)
{
    const vt_baseline_figure *then = figure_then(suite, result);
    const vt_bench_rule rule = rule_of(suite, result->figure);
    rounds more = {.suite = suite, .result = result, .again = true, .end = end};
    if (!then) {
        result->comparison = (vt_bench_comparison){.threshold = rule.threshold, .limit = rule.threshold};
    } else if (!vt_bench_confirm(&then->series, &result->series, &rule, run_next, &more, &result->comparison,
                                 &result->error)) {
        result->comparison.verdict = more.is_over ? VT_BENCH_UNSURE : VT_BENCH_UNKNOWN;
        if (more.is_over) {
            result->error = (vt_error)VT_ERROR_INIT;
        }
    }
}

/* False if it was cancelled. */
static bool measure_all(const vt_bench_suite *suite, int64_t end, vt_bench_result *results, size_t count)
{
    for (unsigned i = 0; i < suite->rounds && (i < VT_BENCH_ROUNDS_LEAST || !is_over(end)); i++) {
        for (size_t k = 0; k < count; k++) {
            vt_bench_round round = {.runs = 0};
            rounds first = {.suite = suite, .result = &results[k]};
            if (results[k].error.code == VT_ERROR_NONE && run_next(&first, &round, &results[k].error)) {
                vt_bench_series_add(&results[k].series, round.cost, round.relative);
            }
            if (is_cancelled(suite)) {
                return false;
            }
        }
    }
    return true;
}

bool vt_bench_suite_run(const vt_bench_suite *suite, vt_bench_result *results, size_t count, vt_error *error)
{
    int64_t begun = vt_clock_now();
    int64_t all = (int64_t)(suite->seconds_all * (double)VT_NS_PER_S);
    int64_t first = (int64_t)((double)all * VT_BENCH_FIRST_PART);
    bool cancelled = !measure_all(suite, all > 0 ? begun + first : 0, results, count);
    if (!cancelled) {
        tell_suspected(suite, results, count);
    }
    for (size_t k = 0; k < count && !cancelled; k++) {
        if (results[k].error.code == VT_ERROR_NONE) {
            judge(suite, all > 0 ? begun + all : 0, &results[k]);
        }
        cancelled = is_cancelled(suite);
    }
    return !cancelled || vt_error_set(error, VT_ERROR_CANCELLED, "cancelled");
}
