/*
 * What watching costs: a span of the monitor, from the look at the clock at its begin to its record, alone
 * and with a trace; and a day of use, which must leave the memory as it was: histograms and series have a
 * fixed size.
 *
 * Also what an HTML report costs.
 *
 * A line per figure: "name value unit bar". Times are processor times, medians of 101 runs. Exits 1 if a bar
 * is missed.
 */
#include "core/base/clock.h"
#include "core/perf/monitor.h"
#include "core/perf/report.h"
#include "core/perf/series.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    RUNS = 101,
    SPANS = 10000,
    OPERATIONS = 16,
    SPANS_OF_TRACE = 65536,
    FRAMES_A_SECOND = 60,
    SECONDS = 86400
};

static vt_error error;
static int missed;

static void check(bool done)
{
    if (!done) {
        (void)fprintf(stderr, "bench_monitor: %s\n", error.message);
        exit(2);
    }
}

static int compare(const void *a, const void *b)
{
    const double *left = a;
    const double *right = b;
    return (*left > *right) - (*left < *right);
}

static void report(const char *name, double value, const char *unit, double bar, const char *remark)
{
    printf("monitor_%s %.4g %s <=%g %s\n", name, value, unit, bar, remark);
    missed += value > bar;
}

static double measure_spans(vt_monitor *monitor, vt_operation operation)
{
    static double each[RUNS];
    for (int run = 0; run < RUNS; run++) {
        int64_t start = vt_clock_thread_cpu();
        for (int i = 0; i < SPANS; i++) {
            vt_monitor_record_since(monitor, operation, vt_clock_now());
        }
        each[run] = (double)(vt_clock_thread_cpu() - start) / SPANS;
    }
    qsort(each, RUNS, sizeof *each, compare);
    return each[RUNS / 2];
}

/* What a span cannot do without: the two looks at the clock. */
static double measure_clock(void)
{
    static double each[RUNS];
    volatile int64_t seen = 0;
    for (int run = 0; run < RUNS; run++) {
        int64_t start = vt_clock_thread_cpu();
        for (int i = 0; i < SPANS; i++) {
            seen = vt_clock_now();
            seen = vt_clock_now() - seen;
        }
        each[run] = (double)(vt_clock_thread_cpu() - start) / SPANS;
    }
    qsort(each, RUNS, sizeof *each, compare);
    return each[RUNS / 2];
}

static size_t bytes_held(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/* A frame sixty times a second, each with its operations, of any length from nothing to seconds; a figure of
   it on a graph. */
static void use_for_a_day(vt_monitor *monitor, const vt_operation *operations, vt_series *series)
{
    uint64_t random = 1;
    for (int64_t frame = 0; frame < (int64_t)SECONDS * FRAMES_A_SECOND; frame++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        int64_t length = (int64_t)(random >> 33) >> (random >> 59);
        vt_monitor_record(monitor, operations[frame % OPERATIONS], length);
        vt_series_note(series, frame * VT_NS_PER_S / FRAMES_A_SECOND, (double)length);
    }
}

static void measure_memory(vt_monitor *monitor, const vt_operation *operations)
{
    vt_series *series = vt_series_create(0);
    if (!series) {
        (void)fprintf(stderr, "bench_monitor: out of memory\n");
        exit(2);
    }
    size_t before = bytes_held();
    use_for_a_day(monitor, operations, series);
    size_t after = bytes_held();
    report("memory_growth_in_a_day", (double)after - (double)before, "bytes", 0,
           "(24 h of 60 frames a second, simulated)");
    vt_series_free(series);
}

/* A report after hours of use: every slot of every graph is taken, and beside each of the violations that are
   kept ran all that the trace still has. It is made by a thread of its own, from a copy. */
static void measure_report(vt_monitor *monitor, vt_trace *trace, vt_operation operation)
{
    vt_sampler *sampler = vt_sampler_create(0);
    check(sampler != NULL);
    for (int64_t second = 1; second <= 2 * VT_SERIES_SLOTS; second++) {
        vt_sample sample = {.frames = second, .frame_ns = second * second, .items = second * 7};
        vt_sampler_note(sampler, second * VT_NS_PER_S, &sample);
    }
    for (int i = 0; i < VT_MONITOR_VIOLATIONS_MAX; i++) {
        vt_monitor_record(monitor, operation, 1000 * VT_NS_PER_S);
    }
    int64_t start = vt_clock_thread_cpu();
    vt_sampler *copy = vt_sampler_copy(sampler);
    double copied = (double)(vt_clock_thread_cpu() - start) / VT_NS_PER_MS;
    check(copy != NULL);
    vt_str html = VT_STR_INIT;
    start = vt_clock_thread_cpu();
    vt_report_html(&(vt_report_source){.title = "Vitrine",
                                       .monitor = monitor,
                                       .trace = trace,
                                       .sampler = copy,
                                       .now = 2 * VT_SERIES_SLOTS * VT_NS_PER_S},
                   &html);
    printf("monitor_report %.4g ms - (on a thread of its own, %zu bytes)\n",
           (double)(vt_clock_thread_cpu() - start) / VT_NS_PER_MS, html.length);
    report("report_copy", copied, "ms", 2, "(what the window's thread does for it)");
    vt_str_free(&html);
    vt_sampler_free(copy);
    vt_sampler_free(sampler);
}

int main(void)
{
    static const char *const names[OPERATIONS] = {"a", "b", "c", "d", "e", "f", "g", "h",
                                                  "i", "j", "k", "l", "m", "n", "o", "p"};
    vt_operation operations[OPERATIONS];
    vt_monitor *monitor = vt_monitor_create();
    vt_trace *trace = vt_trace_create(SPANS_OF_TRACE, &error);
    check(monitor && trace);
    for (int i = 0; i < OPERATIONS; i++) {
        operations[i] = vt_monitor_operation(monitor, names[i], vt_budget_get(VT_BUDGET_UI_DISPATCH), &error);
        check(operations[i] >= 0);
    }
    printf("monitor_clock_twice %.4g ns - (the floor of a span)\n", measure_clock());
    report("span", measure_spans(monitor, operations[0]), "ns", 100, "");
    vt_monitor_set_trace(monitor, trace);
    report("span_traced", measure_spans(monitor, operations[0]), "ns", 100,
           "(with a trace, as in the window)");
    vt_monitor_set_trace(monitor, NULL);
    measure_memory(monitor, operations);
    measure_report(monitor, trace, operations[0]);
    vt_monitor_free(monitor);
    vt_trace_free(trace);
    return missed ? 1 : 0;
}
