#include "core/perf/reporter.h"

static uint64_t violations_of(const vt_operation_summary *summary)
{
    return summary->levels[VT_BUDGET_WARNING] + summary->levels[VT_BUDGET_CRITICAL];
}

static void append_duration(vt_str *out, int64_t duration)
{
    char text[32];
    vt_budget_format(VT_BUDGET_NANOSECONDS, duration, text, sizeof text);
    vt_str_appendf(out, " %10s", text);
}

static void append_row(vt_str *out, const vt_operation_summary *summary)
{
    vt_str_appendf(out, "%-20s %10llu", summary->name, (unsigned long long)summary->count);
    const int64_t columns[] = {summary->total, summary->mean, summary->min, summary->p50,
                               summary->p95,   summary->p99,  summary->max};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        append_duration(out, columns[i]);
    }
    vt_str_append_char(out, '\n');
}

/* One line per exceeded budget: the worst record, how many, and what to look at. */
static void append_violation(vt_str *out, const vt_operation_summary *summary)
{
    char worst[96];
    vt_budget_describe(summary->budget, summary->max, worst, sizeof worst);
    vt_str_appendf(out, "%s: %llu of %llu over budget '%s'; worst %s; look at: %s\n", summary->name,
                   (unsigned long long)violations_of(summary), (unsigned long long)summary->count,
                   summary->budget->name, worst, summary->budget->advice);
}

void vt_report_text(const vt_monitor *monitor, vt_str *out)
{
    int count = vt_monitor_operation_count(monitor);
    vt_operation_summary summary;
    vt_str_appendf(out, "%-20s %10s %10s %10s %10s %10s %10s %10s %10s\n", "operation", "count", "total",
                   "mean", "min", "p50", "p95", "p99", "max");
    for (int i = 0; i < count; i++) {
        vt_monitor_summarise(monitor, i, &summary);
        if (summary.count > 0) {
            append_row(out, &summary);
        }
    }
    bool any = false;
    for (int i = 0; i < count; i++) {
        vt_monitor_summarise(monitor, i, &summary);
        if (violations_of(&summary) > 0) {
            vt_str_append_cstr(out, any ? "" : "\n");
            append_violation(out, &summary);
            any = true;
        }
    }
    if (!any) {
        vt_str_append_cstr(out, "\nno budget exceeded\n");
    }
}

static void write_ms(vt_json_writer *json, const char *key, int64_t nanoseconds)
{
    vt_json_key(json, key);
    vt_json_double(json, (double)nanoseconds / 1e6);
}

static void write_count(vt_json_writer *json, const char *key, uint64_t value)
{
    vt_json_key(json, key);
    vt_json_uint(json, value);
}

static void write_budget(vt_json_writer *json, const vt_operation_summary *summary)
{
    vt_json_key(json, "budget");
    if (!summary->budget) {
        vt_json_null(json);
        return;
    }
    vt_json_object_begin(json);
    vt_json_key(json, "name");
    vt_json_string(json, summary->budget->name);
    write_ms(json, "target_ms", summary->budget->target);
    for (int level = 0; level < VT_BUDGET_LEVEL_COUNT; level++) {
        write_count(json, vt_budget_level_name((vt_budget_level)level), summary->levels[level]);
    }
    vt_json_object_end(json);
}

static void write_memory(vt_json_writer *json, const vt_operation_summary *summary)
{
    vt_json_key(json, "memory");
    if (summary->memory_count == 0) {
        vt_json_null(json);
        return;
    }
    vt_json_object_begin(json);
    write_count(json, "count", summary->memory_count);
    vt_json_key(json, "total_bytes");
    vt_json_int(json, summary->memory_total);
    vt_json_key(json, "max_bytes");
    vt_json_int(json, summary->memory_max);
    vt_json_object_end(json);
}

static void write_operation(vt_json_writer *json, const vt_operation_summary *summary)
{
    vt_json_object_begin(json);
    vt_json_key(json, "name");
    vt_json_string(json, summary->name);
    write_count(json, "count", summary->count);
    write_ms(json, "total_ms", summary->total);
    write_ms(json, "mean_ms", summary->mean);
    write_ms(json, "min_ms", summary->min);
    write_ms(json, "max_ms", summary->max);
    write_ms(json, "p50_ms", summary->p50);
    write_ms(json, "p95_ms", summary->p95);
    write_ms(json, "p99_ms", summary->p99);
    write_budget(json, summary);
    write_memory(json, summary);
    vt_json_object_end(json);
}

void vt_report_json(const vt_monitor *monitor, vt_json_writer *json)
{
    uint64_t violations = 0;
    vt_json_object_begin(json);
    vt_json_key(json, "operations");
    vt_json_array_begin(json);
    int count = vt_monitor_operation_count(monitor);
    for (int i = 0; i < count; i++) {
        vt_operation_summary summary;
        vt_monitor_summarise(monitor, i, &summary);
        violations += violations_of(&summary);
        write_operation(json, &summary);
    }
    vt_json_array_end(json);
    write_count(json, "violations", violations);
    vt_json_object_end(json);
}
