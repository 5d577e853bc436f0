/* vitrine bench: measures the program on generated data, and compares with what was measured before. */
#include "app/cli/bench.h"

#include "app/cli/output.h"
#include "app/cli/parse.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/path.h"
#include "core/bench/junit.h"
#include "core/bench/place.h"
#include "core/bench/statistics.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 5, RUNS = 15, QUICK_ROUNDS = 3, QUICK_RUNS = 5, MINUTES = 10, MINUTES_MAX = 1440 };

/* What was asked for. */
typedef struct wishes {
    const vt_bench_figure *figures[VT_CLI_FIGURES_MAX];
    size_t count;
    unsigned rounds, runs;
    long minutes;                                 /* about, of all together; 0: no limit */
    const char *output, *junit, *save, *baseline; /* files; NULL: none */
} wishes;

static atomic_bool cancelled;
static volatile sig_atomic_t cancelled_by;

static void on_signal(int signal)
{
    cancelled_by = signal;
    atomic_store(&cancelled, true);
}

static void catch_signals(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        sigaction(signals[i], &action, NULL);
    }
}

static bool read_runs(const vt_arguments *arguments, wishes *asked, vt_error *error)
{
    const char *runs = vt_arguments_value(arguments, "runs");
    bool quick = vt_arguments_value(arguments, "quick") != NULL;
    const char *minutes = vt_arguments_value(arguments, "minutes");
    long number = quick ? QUICK_RUNS : RUNS;
    asked->minutes = MINUTES;
    if ((runs && !vt_cli_number(runs, "--runs", 1, VT_BENCH_RUNS_MAX, &number, error)) ||
        (minutes && !vt_cli_number(minutes, "--minutes", 0, MINUTES_MAX, &asked->minutes, error))) {
        return false;
    }
    asked->rounds = quick ? QUICK_ROUNDS : ROUNDS;
    asked->runs = (unsigned)number;
    return true;
}

static const vt_file_kind output_kind = {.name = "output of vitrine bench", .mark = VT_CLI_BENCH_MARK};

/* Said before anything is measured: minutes later it would be annoying. */
static bool can_write(const char *path, const vt_file_kind *kind, vt_error *error)
{
    if (!path) {
        return true;
    }
    const char *name = vt_path_name(path);
    char *folder = name == path ? strdup(".") : strndup(path, (size_t)(name - path));
    if (!folder) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    int why = !*name ? EISDIR : access(folder, W_OK) != 0 ? errno : 0;
    free(folder);
    return why == 0
               ? vt_file_is_replaceable(path, kind, error)
               : vt_error_set_errno(error, why,
                                    "cannot write %s: does its folder exist, and may you write there?", path);
}

/* What is written last would replace what was written before. */
static bool are_apart(const wishes *asked, vt_error *error)
{
    const char *const files[] = {asked->output, asked->junit, asked->save};
    for (size_t i = 1; i < sizeof files / sizeof *files; i++) {
        for (size_t j = 0; j < i; j++) {
            if (files[i] && files[j] &&
                (strcmp(files[i], files[j]) == 0 || vt_file_is_same(files[i], files[j]))) {
                return vt_error_set(
                    error, VT_ERROR_USAGE,
                    "%s is to hold two things: -o, --junit and --save-baseline take a file each", files[i]);
            }
        }
    }
    return true;
}

/* Where wishes contradict each other or make no sense. */
static bool read_wishes(const vt_arguments *arguments, wishes *asked, vt_error *error)
{
    *asked = (wishes){.output = vt_arguments_value(arguments, "output"),
                      .junit = vt_arguments_value(arguments, "junit"),
                      .save = vt_arguments_value(arguments, "save-baseline"),
                      .baseline = vt_arguments_value(arguments, "baseline")};
    asked->count = vt_cli_bench_choose(vt_arguments_value(arguments, "only"), arguments->words,
                                       arguments->word_count, asked->figures, error);
    return asked->count > 0 && read_runs(arguments, asked, error) && are_apart(asked, error);
}

/* ---- what is said meanwhile ---- */

static void tell_progress(void *user, const vt_bench_figure *figure, unsigned round, bool again)
{
    const vt_arguments *arguments = user;
    if (!arguments->quiet && isatty(STDERR_FILENO)) {
        fprintf(stderr, "\r\033[Kround %u: %s%s", round, figure->name,
                again ? " (again, it may have become slower)" : "");
    }
}

static void end_progress(const vt_arguments *arguments)
{
    if (!arguments->quiet && isatty(STDERR_FILENO)) {
        fputs("\r\033[K", stderr);
    }
}

/* Said wherever it is read: a run takes longer for it, and somebody may wait. */
static void tell_suspected(void *user, const vt_bench_figure *const *figures, size_t count)
{
    enum { NAMED = 8 };
    const vt_arguments *arguments = user;
    vt_str names = VT_STR_INIT;
    for (size_t i = 0; i < count && i < NAMED; i++) {
        vt_str_appendf(&names, "%s%s", i ? ", " : "", figures[i]->name);
    }
    vt_str_append_cstr(&names, count > NAMED ? ", ..." : "");
    end_progress(arguments);
    vt_cli_remark(arguments,
                  "%zu of the figures may have become slower: measured again, up to %d times each, "
                  "before any is accused: %s",
                  count, VT_BENCH_CONFIRM_ROUNDS, names.failed ? "" : names.data);
    vt_str_free(&names);
}

static void tell_length(const vt_arguments *arguments, const wishes *asked, const vt_bench_report *run)
{
    unsigned least = asked->rounds;
    for (size_t i = 0; i < run->count; i++) {
        unsigned first = run->results[i].series.rounds - run->results[i].again;
        least = run->results[i].error.code == VT_ERROR_NONE && first < least ? first : least;
    }
    if (least < asked->rounds) {
        vt_cli_remark(arguments, "The time was short: %u rounds of each figure instead of %u (--minutes).",
                      least, asked->rounds);
    }
    if (run->again > 0) {
        vt_cli_remark(arguments, "It took %.0f s; measured again to be sure: %zu; worse: %zu.", run->seconds,
                      run->again, run->regressions);
    }
}

static void tell_differences(const vt_arguments *arguments, const vt_bench_report *run)
{
    const vt_baseline *then = run->baseline;
    if (!run->same_machine) {
        vt_cli_remark(arguments,
                      "The baseline is of another machine (%s, %d processors; this one: %s, %d): only times "
                      "relative to the calibration are compared.",
                      then->machine.processor, then->machine.processors, run->machine.processor,
                      run->machine.processors);
    }
    if (strcmp(then->version, VITRINE_VERSION) != 0) {
        vt_cli_remark(arguments, "The baseline is of version %s, this is " VITRINE_VERSION ".",
                      then->version);
    }
    if (strcmp(then->machine.build, run->machine.build) != 0) {
        vt_cli_remark(arguments, "The baseline's program was built in another way (%s; this one: %s).",
                      then->machine.build, run->machine.build);
    }
}

/* Of nothing that can be compared, nothing would ever be found. */
static bool can_compare(const vt_arguments *arguments, const wishes *asked, const vt_baseline *then,
                        vt_error *error)
{
    size_t known = 0;
    for (size_t i = 0; i < asked->count; i++) {
        known += vt_baseline_find(then, asked->figures[i]->name) != NULL;
    }
    if (known == 0) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND,
                            "the baseline %s has none of these figures: nothing could be compared; "
                            "--save-baseline makes a new one",
                            asked->baseline);
    }
    if (known < asked->count) {
        vt_cli_remark(arguments, "%zu of these %zu figures are not in the baseline, and are only measured.",
                      asked->count - known, asked->count);
    }
    return true;
}

static void tell_findings(const vt_bench_report *run)
{
    for (size_t i = 0; i < run->count; i++) {
        const vt_bench_result *result = &run->results[i];
        const vt_bench_comparison *found = &result->comparison;
        if (result->error.code != VT_ERROR_NONE) {
            fprintf(stderr, "vitrine: %s could not be measured: %s\n", result->figure->name,
                    result->error.message);
        } else if (found->verdict == VT_BENCH_UNSURE) {
            fprintf(stderr,
                    "vitrine: unsure: %s is %.2f times what it was (%u rounds), but the time was over before "
                    "that was sure; give it more with --minutes, or try on a calmer machine\n",
                    result->figure->name, found->ratio, result->series.rounds);
        } else if (vt_bench_verdict_is_regression(found->verdict)) {
            fprintf(stderr,
                    "vitrine: regression (%s): %s is %.2f times what it was, the limit is %.2f (%u rounds)\n",
                    vt_bench_verdict_name(found->verdict), result->figure->name, found->ratio, found->limit,
                    result->series.rounds);
        }
    }
}

/* ---- what is left behind ---- */

static bool write_output(const vt_bench_report *run, const char *path, vt_error *error)
{
    vt_json_writer json;
    vt_str text = VT_STR_INIT;
    vt_json_begin(&json, vt_json_to_str, &text, VT_JSON_INDENTED);
    vt_cli_bench_json(run, &json);
    bool done = vt_json_end(&json, error) && vt_file_replace(path, text.data, text.length, 0644, error);
    vt_str_free(&text);
    return done;
}

static bool write_junit(const vt_bench_report *run, const char *path, vt_error *error)
{
    vt_str text = VT_STR_INIT;
    vt_junit_write(run->results, run->count, &text);
    bool done = text.failed ? vt_error_set(error, VT_ERROR_MEMORY, "out of memory")
                            : vt_file_replace(path, text.data, text.length, 0644, error);
    vt_str_free(&text);
    return done;
}

/* Not what is worse than the baseline: a file that is compared with and saved again would take regressions
   for granted, one after the other. */
static bool save_baseline(const vt_arguments *arguments, const vt_bench_report *run, const char *path,
                          vt_error *error)
{
    vt_baseline saved;
    bool done = true;
    if (run->regressions || run->failures || run->unsure) {
        vt_cli_remark(arguments, "The baseline was not saved, because of what is said above.");
        return true;
    }
    vt_baseline_begin(&saved);
    for (size_t i = 0; i < run->count && done; i++) {
        done = vt_baseline_add(&saved, run->results[i].figure->name, &run->results[i].series, error);
    }
    done = done && vt_baseline_save(&saved, path, error);
    vt_baseline_free(&saved);
    return done;
}

static bool print_json(const vt_bench_report *run, vt_error *error)
{
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_cli_bench_json(run, &json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

static int report(const vt_arguments *arguments, const wishes *asked, const vt_bench_report *run)
{
    vt_error error = VT_ERROR_INIT;
    bool done = true;
    if (!arguments->json) {
        vt_cli_bench_table(run);
    }
    done = (arguments->json ? print_json(run, &error) : vt_cli_flush(&error)) && done;
    tell_length(arguments, asked, run);
    tell_findings(run);
    done = done && (!asked->output || write_output(run, asked->output, &error)) &&
           (!asked->junit || write_junit(run, asked->junit, &error)) &&
           (!asked->save || save_baseline(arguments, run, asked->save, &error));
    if (!done) {
        return vt_cli_fail(&error);
    }
    return run->failures ? VT_EXIT_FAILED : run->regressions ? VT_EXIT_REGRESSION : VT_EXIT_DONE;
}

/* ---- measuring ---- */

static int measure(const vt_arguments *arguments, const wishes *asked, vt_bench_report *run, vt_error *error)
{
    vt_bench_place place;
    vt_bench_result *results = calloc(asked->count, sizeof *results);
    if (!results) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return vt_cli_fail(error);
    }
    catch_signals();
    if (!vt_bench_place_make(&place, error)) {
        free(results);
        return vt_cli_fail(error);
    }
    for (size_t i = 0; i < asked->count; i++) {
        results[i].figure = asked->figures[i];
    }
    const vt_bench_suite suite = {.place = &place,
                                  .rounds = asked->rounds,
                                  .runs = asked->runs,
                                  .seconds_all = 60.0 * (double)asked->minutes,
                                  .seconds_between = 1,
                                  .baseline = run->baseline,
                                  .same_machine = run->same_machine,
                                  .cancelled = &cancelled,
                                  .progress = tell_progress,
                                  .suspected = tell_suspected,
                                  .user = (void *)arguments};
    int64_t begun = vt_clock_now();
    bool done = vt_bench_suite_run(&suite, results, asked->count, error);
    run->seconds = (double)(vt_clock_now() - begun) / (double)VT_NS_PER_S;
    end_progress(arguments);
    vt_bench_place_remove(&place);
    for (size_t i = 0; i < asked->count; i++) {
        bool failed = results[i].error.code != VT_ERROR_NONE;
        run->failures += failed;
        run->again += results[i].again > 0;
        run->unsure += !failed && results[i].comparison.verdict == VT_BENCH_UNSURE;
        run->regressions += !failed && vt_bench_verdict_is_regression(results[i].comparison.verdict);
    }
    run->results = results;
    run->count = asked->count;
    int status = done ? report(arguments, asked, run) : VT_EXIT_SIGNAL + (int)cancelled_by;
    free(results);
    return status;
}

int vt_cli_bench(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    wishes asked;
    vt_baseline baseline = {.count = 0};
    vt_bench_report run = {.same_machine = true};
    if (!read_wishes(arguments, &asked, &error)) {
        return vt_cli_wrong_usage(arguments->command, &error);
    }
    if (vt_arguments_value(arguments, "list")) {
        return vt_cli_bench_list(asked.figures, asked.count, arguments->json, &error) ? VT_EXIT_DONE
                                                                                      : vt_cli_fail(&error);
    }
    if (!can_write(asked.output, &output_kind, &error) || !can_write(asked.junit, &vt_junit_kind, &error) ||
        !can_write(asked.save, &vt_baseline_kind, &error) ||
        (asked.baseline && !vt_baseline_load(&baseline, asked.baseline, &error))) {
        return vt_cli_fail(&error);
    }
    vt_bench_machine_read(&run.machine);
    run.rounds = asked.rounds;
    if (asked.baseline) {
        if (!can_compare(arguments, &asked, &baseline, &error)) {
            vt_baseline_free(&baseline);
            return vt_cli_fail(&error);
        }
        run.baseline = &baseline;
        run.same_machine = vt_bench_machine_equal(&run.machine, &baseline.machine);
        tell_differences(arguments, &run);
    }
    int status = measure(arguments, &asked, &run, &error);
    vt_baseline_free(&baseline);
    return status;
}
