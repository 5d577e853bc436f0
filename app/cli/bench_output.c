#include "app/cli/bench.h"

#include "app/cli/output.h"
#include "core/bench/readable.h"
#include "core/bench/statistics.h"

static void put_text(vt_json_writer *json, const char *key, const char *text)
{
    vt_json_key(json, key);
    vt_json_string(json, text);
}

static void put_number(vt_json_writer *json, const char *key, double number)
{
    vt_json_key(json, key);
    vt_json_double(json, number);
}

static void put_count(vt_json_writer *json, const char *key, size_t number)
{
    vt_json_key(json, key);
    vt_json_uint(json, number);
}

/* ---- the list ---- */

static void put_figure(vt_json_writer *json, const vt_bench_figure *figure)
{
    char unit[VT_BENCH_READABLE_SIZE];
    const vt_bench_class_info *class = vt_bench_class_get(figure->class);
    vt_bench_unit(figure, unit);
    put_text(json, "name", figure->name);
    put_text(json, "what", figure->what);
    put_text(json, "unit", unit);
    put_text(json, "class", class->name);
    put_number(json, "threshold", class->threshold);
}

static bool list_json(const vt_bench_figure *const *figures, size_t count, vt_error *error)
{
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    vt_json_key(&json, "figures");
    vt_json_array_begin(&json);
    for (size_t i = 0; i < count; i++) {
        vt_json_object_begin(&json);
        put_figure(&json, figures[i]);
        vt_json_object_end(&json);
    }
    vt_json_array_end(&json);
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

bool vt_cli_bench_list(const vt_bench_figure *const *figures, size_t count, bool json, vt_error *error)
{
    if (json) {
        return list_json(figures, count, error);
    }
    for (size_t i = 0; i < count; i++) {
        const vt_bench_class_info *class = vt_bench_class_get(figures[i]->class);
        printf("%-16s %-10s %.1f  %s\n", figures[i]->name, class->name, class->threshold, figures[i]->what);
    }
    return vt_cli_flush(error);
}

/* ---- the table ---- */

static void print_compared(const vt_bench_report *run, const vt_bench_result *result)
{
    char before[VT_BENCH_READABLE_SIZE];
    const vt_bench_comparison *found = &result->comparison;
    const vt_baseline_figure *then = vt_baseline_find(run->baseline, result->figure->name);
    if (!then) {
        printf(" %16s %6s %6s  %s", "-", "-", "-", vt_bench_verdict_name(found->verdict));
        return;
    }
    vt_bench_readable(result->figure, vt_statistics_median(then->series.costs, then->series.rounds), before);
    printf(" %16s %6.2f %6.2f  %s", before, found->ratio, found->limit,
           vt_bench_verdict_name(found->verdict));
}

void vt_cli_bench_table(const vt_bench_report *run)
{
    printf("%-16s %16s %7s %6s", "figure", "now", "spread", "rounds");
    if (run->baseline) {
        printf(" %16s %6s %6s", "baseline", "ratio", "limit");
    }
    printf("\n");
    for (size_t i = 0; i < run->count; i++) {
        const vt_bench_result *result = &run->results[i];
        const vt_bench_series *series = &result->series;
        char now[VT_BENCH_READABLE_SIZE];
        if (result->error.code != VT_ERROR_NONE) {
            printf("%-16s %16s\n", result->figure->name, "failed");
            continue;
        }
        vt_bench_readable(result->figure, vt_statistics_median(series->costs, series->rounds), now);
        printf("%-16s %16s %6.1f%% %6u", result->figure->name, now,
               100 * vt_statistics_half_range(series->costs, series->rounds), series->rounds);
        if (run->baseline) {
            print_compared(run, result);
        }
        printf("\n");
    }
    if (run->baseline) {
        printf("\nratio: the cost now over the baseline's, above 1 is worse%s\n",
               run->same_machine ? "" : "; times relative to the calibration, as the machines differ");
    }
}

/* ---- the whole as JSON ---- */

static void put_comparison(vt_json_writer *json, const vt_bench_report *run, const vt_bench_result *result)
{
    const vt_bench_comparison *found = &result->comparison;
    const vt_baseline_figure *then =
        run->baseline ? vt_baseline_find(run->baseline, result->figure->name) : NULL;
    if (!then) {
        return;
    }
    double cost = vt_statistics_median(then->series.costs, then->series.rounds);
    put_number(json, "baseline", vt_bench_value(result->figure, cost));
    put_number(json, "ratio", found->ratio);
    put_number(json, "ratio_best", found->best);
    put_number(json, "limit", found->limit);
    vt_json_key(json, "relative");
    vt_json_bool(json, found->relative);
}

static void put_result(vt_json_writer *json, const vt_bench_report *run, const vt_bench_result *result)
{
    const vt_bench_series *series = &result->series;
    vt_json_object_begin(json);
    put_figure(json, result->figure);
    if (result->error.code != VT_ERROR_NONE) {
        put_text(json, "verdict", "failed");
        put_text(json, "error", result->error.message);
    } else {
        double cost = vt_statistics_median(series->costs, series->rounds);
        put_number(json, "value", vt_bench_value(result->figure, cost));
        put_number(json, "spread", vt_statistics_half_range(series->costs, series->rounds));
        put_number(json, "deviation", cost > 0 ? result->deviation / cost : 0);
        put_number(json, "calibrations", vt_statistics_median(series->relatives, series->rounds));
        put_count(json, "rounds", series->rounds);
        put_count(json, "rounds_again", result->again);
        put_count(json, "runs", result->runs);
        put_text(json, "verdict", vt_bench_verdict_name(result->comparison.verdict));
        put_comparison(json, run, result);
    }
    put_number(json, "seconds", result->seconds);
    vt_json_object_end(json);
}

static void put_machine(vt_json_writer *json, const char *key, const vt_bench_machine *machine)
{
    vt_json_key(json, key);
    vt_json_object_begin(json);
    put_text(json, "processor", machine->processor);
    put_count(json, "processors", (size_t)machine->processors);
    put_text(json, "build", machine->build);
    vt_json_object_end(json);
}

void vt_cli_bench_json(const vt_bench_report *run, vt_json_writer *json)
{
    vt_json_object_begin(json);
    put_text(json, "program", VT_CLI_BENCH_PROGRAM);
    put_text(json, "version", VITRINE_VERSION);
    put_machine(json, "machine", &run->machine);
    if (run->baseline) {
        vt_json_key(json, "baseline");
        vt_json_object_begin(json);
        put_text(json, "version", run->baseline->version);
        put_text(json, "saved", run->baseline->saved);
        put_machine(json, "machine", &run->baseline->machine);
        vt_json_key(json, "same_machine");
        vt_json_bool(json, run->same_machine);
        vt_json_object_end(json);
    }
    put_count(json, "regressions", run->regressions);
    put_count(json, "unsure", run->unsure);
    put_number(json, "seconds", run->seconds);
    put_count(json, "failed", run->failures);
    vt_json_key(json, "figures");
    vt_json_array_begin(json);
    for (size_t i = 0; i < run->count; i++) {
        put_result(json, run, &run->results[i]);
    }
    vt_json_array_end(json);
    vt_json_object_end(json);
}
