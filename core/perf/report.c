#include "core/perf/report.h"

#include "core/base/clock.h"
#include "core/base/translatable.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TR(text) VT_TR_NOOP("performance", text)

/* By it a report is known for one that may be replaced. */
#define MARK "<meta name=\"generator\" content=\"Vitrine\">"

const vt_file_kind vt_report_html_kind = {.name = "report of Vitrine", .mark = MARK};

enum {
    GRAPH_WIDTH = 440,
    GRAPH_HEIGHT = 130,
    TIMES_HEIGHT = 16,
    OPERATION_COLUMNS = 7,
    VIOLATION_COLUMNS = 5
};

static const char course_title[] = TR("Course of the session");
static const char operations_title[] = TR("Operations");
static const char violations_title[] = TR("Budgets exceeded");
static const char no_violations[] = TR("No budget was exceeded.");
static const char no_company[] = TR("nothing that Vitrine measures");
static const char target_title[] = TR("Target");
static const char second_ago[] = TR("%1 s ago");
static const char minute_ago[] = TR("%1 min ago");
static const char end_of_graph[] = TR("now");
static const char *const operation_titles[OPERATION_COLUMNS] = {
    TR("Operation"), TR("Count"), TR("Total"), TR("Mean"), TR("Half below"), TR("99 % below"), TR("Longest")};
static const char *const violation_titles[VIOLATION_COLUMNS] = {
    TR("Time"), TR("Operation"), TR("What ran then"), TR("Target"), TR("Took")};

typedef struct writer {
    const vt_report_source *source;
    vt_str *out;
} writer;

static void put(writer *to, const char *markup)
{
    vt_str_append_cstr(to->out, markup);
}

/* As text: nothing of it is markup. */
static void put_text(writer *to, const char *text)
{
    vt_str clean = VT_STR_INIT;
    vt_str_append_display(&clean, text, strlen(text));
    for (size_t i = 0; i < clean.length; i++) {
        char at = clean.data[i];
        switch (at) {
        case '<':
            put(to, "&lt;");
            break;
        case '>':
            put(to, "&gt;");
            break;
        case '&':
            put(to, "&amp;");
            break;
        case '"':
            put(to, "&quot;");
            break;
        case '\'':
            put(to, "&#39;");
            break;
        default:
            vt_str_append_char(to->out, at);
        }
    }
    to->out->failed = to->out->failed || clean.failed;
    vt_str_free(&clean);
}

static void put_words(writer *to, const char *text)
{
    put_text(to, to->source->translate ? to->source->translate(to->source->user, text) : text);
}

static void put_cell(writer *to, const char *text, bool is_number)
{
    put(to, is_number ? "<td class=n>" : "<td>");
    put_text(to, text);
    put(to, "</td>");
}

static void put_duration(writer *to, int64_t duration)
{
    char words[32];
    vt_budget_format(VT_BUDGET_NANOSECONDS, duration, words, sizeof words);
    put_cell(to, words, true);
}

static void put_name(writer *to, const char *name)
{
    put(to, "<td>");
    put_words(to, name);
    put(to, "</td>");
}

/* Titles of a table; those from `numbers` on stand above numbers. */
static void put_head(writer *to, const char *const *titles, size_t count, size_t numbers)
{
    put(to, "<table><thead><tr>");
    for (size_t i = 0; i < count; i++) {
        put(to, i < numbers ? "<th>" : "<th class=n>");
        put_words(to, titles[i]);
        put(to, "</th>");
    }
    put(to, "</tr></thead><tbody>\n");
}

static const char style[] =
    ":root{color-scheme:light dark;--ground:#fff;--text:#1c1f24;--muted:#5f6875;--line:#d9dce2;"
    "--c0:#2463d6;--c1:#b3541e;--c2:#0f7f5b;--c3:#8a3fb5;--c4:#a8326f;--c5:#5b6b7c;--bad:#b3261e}"
    "@media(prefers-color-scheme:dark){:root{--ground:#1b1d21;--text:#e8eaed;--muted:#a2a9b4;--line:#383c44;"
    "--c0:#6ea0ff;--c1:#ffab70;--c2:#5fd3a8;--c3:#cf9bf2;--c4:#ff8fc4;--c5:#a9b7c6;--bad:#ff9c93}}"
    "body{background:var(--ground);color:var(--text);font:15px/1.45 system-ui,sans-serif;max-width:960px;"
    "margin:2em auto;padding:0 1em}h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em}"
    "table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}"
    "th,td{text-align:left;padding:.25em .6em;border-bottom:1px solid var(--line);vertical-align:top}"
    "th{color:var(--muted);font-weight:600}.n{text-align:right;white-space:nowrap}.bad{color:var(--bad)}"
    ".wide{overflow-x:auto}"
    ".graphs{display:grid;grid-template-columns:repeat(auto-fill,minmax(400px,1fr));gap:1.2em}"
    "figure{margin:0}figcaption{font-weight:600}svg{width:100%;height:auto;display:block}"
    "svg text{fill:var(--muted);font-size:11px;"
    "paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round}.key{font-size:.85em;"
    "color:var(--muted)}"
    ".key span{margin-right:1em;white-space:nowrap}.key i{display:inline-block;width:.7em;height:.7em;"
    "border-radius:2px;margin-right:.35em}"
    ".l0{stroke:var(--c0)}.l1{stroke:var(--c1)}.l2{stroke:var(--c2)}.l3{stroke:var(--c3)}.l4{stroke:var(--c4)"
    "}"
    ".l5{stroke:var(--c5)}.f0{background:var(--c0)}.f1{background:var(--c1)}.f2{background:var(--c2)}"
    ".f3{background:var(--c3)}.f4{background:var(--c4)}.f5{background:var(--c5)}"
    ".a0{fill:var(--c0)}.a1{fill:var(--c1)}.a2{fill:var(--c2)}.a3{fill:var(--c3)}.a4{fill:var(--c4)}"
    ".a5{fill:var(--c5)}polygon{opacity:.3}"
    "polyline{fill:none;stroke-width:1.5;stroke-linecap:round}.grid{stroke:var(--line)}"
    ".limit{stroke:var(--bad);stroke-dasharray:4 3}";

/* ---- graphs ---- */

static double y_of(const vt_graph_data *data, double value)
{
    return GRAPH_HEIGHT - GRAPH_HEIGHT * value / data->top;
}

/* In tenths, as whole numbers: no locale's decimal sign may get in. */
static void put_point(writer *to, const vt_graph_data *data, size_t slot, double value)
{
    double step = data->count > 1 ? (double)GRAPH_WIDTH / (double)(data->count - 1) : 0;
    long x = (long)((double)slot * step * 10);
    long y = (long)(y_of(data, value) * 10);
    vt_str_appendf(to->out, "%ld.%ld,%ld.%ld ", x / 10, x % 10, y / 10, y % 10);
}

/* There and back along what it stands on. */
static void put_area(writer *to, const vt_graph_row *row, const vt_graph_data *data, int line,
                     const size_t *slots, size_t count)
{
    vt_str_appendf(to->out, "<polygon class=a%d points=\"", line);
    for (size_t i = 0; i < count; i++) {
        put_point(to, data, slots[i], data->mean[line][slots[i]]);
    }
    for (size_t i = count; i-- > 0;) {
        put_point(to, data, slots[i], row->stacked && line > 0 ? data->mean[line - 1][slots[i]] : 0);
    }
    put(to, "\"/>");
}

static void put_line(writer *to, const vt_graph_row *row, const vt_graph_data *data, int line)
{
    size_t slots[VT_SERIES_SLOTS], from = 0, count;
    while ((count = vt_graph_stretch(row, data, line, &from, slots)) > 0) {
        if (vt_graph_is_filled(row) && count > 1) {
            put_area(to, row, data, line, slots, count);
        }
        vt_str_appendf(to->out, "<polyline class=l%d points=\"", line);
        put_point(to, data, slots[0], data->mean[line][slots[0]]); /* twice: one alone is a dot */
        for (size_t i = 0; i < count; i++) {
            put_point(to, data, slots[i], data->mean[line][slots[i]]);
        }
        put(to, "\"/>");
    }
}

/* Where the time of a graph begins and ends, below its lines. */
static void put_times(writer *to, const vt_graph_data *data)
{
    int64_t seconds = data->width * (int64_t)data->count / VT_NS_PER_S;
    const char *form = seconds < 120 ? second_ago : minute_ago;
    const char *words = to->source->translate ? to->source->translate(to->source->user, form) : form;
    const char *number = strstr(words, "%1");
    vt_str text = VT_STR_INIT;
    vt_str_append(&text, words, number ? (size_t)(number - words) : strlen(words));
    if (number) {
        vt_str_appendf(&text, "%lld%s", (long long)(seconds < 120 ? seconds : seconds / 60), number + 2);
    }
    vt_str_appendf(to->out, "<text x=2 y=%d>", GRAPH_HEIGHT + TIMES_HEIGHT - 3);
    put_text(to, text.data);
    vt_str_appendf(to->out, "</text><text x=%d y=%d text-anchor=end>", GRAPH_WIDTH - 2,
                   GRAPH_HEIGHT + TIMES_HEIGHT - 3);
    put_words(to, end_of_graph);
    put(to, "</text>");
    vt_str_free(&text);
}

static void put_key(writer *to, const vt_graph_row *row, int lines)
{
    put(to, "<div class=key>");
    for (int line = 0; line < lines; line++) {
        const vt_figure_row *figure = vt_figure_get((vt_figure)((int)row->first + line));
        double value;
        char words[48] = "\xe2\x80\x93";
        if (vt_sampler_last(to->source->sampler, (vt_figure)((int)row->first + line), &value)) {
            vt_figure_format(figure->unit, value, words, sizeof words);
        }
        vt_str_appendf(to->out, "<span><i class=f%d></i>", line);
        put_words(to, figure->title);
        put(to, " ");
        put_text(to, words);
        put(to, "</span>");
    }
    put(to, "</div>");
}

/* The line of a budget, with what it is: above it, or below it at the top. */
static void put_limit(writer *to, const vt_budget *budget, int y)
{
    enum { LINE = 13, BESIDE_SCALE = 70 };
    char words[32];
    vt_budget_format(budget->unit, budget->target, words, sizeof words);
    vt_str_appendf(to->out, "<path class=limit d=\"M0 %dH%d\"/><text x=%d y=%d>", y, GRAPH_WIDTH,
                   BESIDE_SCALE, y < LINE ? y + LINE - 2 : y - 4);
    put_words(to, target_title);
    put(to, " ");
    put_text(to, words);
    put(to, "</text>");
}

static void put_graph(writer *to, int graph, vt_graph_data *data)
{
    const vt_graph_row row = vt_graph_get(graph);
    vt_graph_read(to->source->sampler, graph, VT_SERIES_SESSION, to->source->now, data);
    char top[48];
    vt_figure_format(vt_figure_get(row.first)->unit, data->top, top, sizeof top);
    put(to, "<figure><figcaption>");
    put_words(to, row.title);
    vt_str_appendf(to->out, "</figcaption><svg viewBox=\"0 -2 %d %d\" role=img><title>", GRAPH_WIDTH,
                   GRAPH_HEIGHT + TIMES_HEIGHT + 4);
    put_words(to, row.title);
    put(to, "</title>");
    for (int i = 0; i <= 2; i++) {
        int y = GRAPH_HEIGHT * i / 2;
        vt_str_appendf(to->out, "<path class=grid d=\"M0 %dH%d\"/>", y, GRAPH_WIDTH);
    }
    for (int line = 0; line < data->lines; line++) {
        put_line(to, &row, data, line);
    }
    if (row.budget && (double)row.budget->target <= data->top) {
        put_limit(to, row.budget, (int)y_of(data, (double)row.budget->target));
    }
    put(to, "<text x=2 y=11>");
    put_text(to, top);
    put(to, "</text>");
    put_times(to, data);
    put(to, "</svg>");
    put_key(to, &row, data->lines);
    put(to, "</figure>\n");
}

static void put_graphs(writer *to)
{
    vt_graph_data *data = to->source->sampler ? malloc(sizeof *data) : NULL;
    if (!data) {
        to->out->failed = to->out->failed || to->source->sampler;
        return;
    }
    put(to, "<h2>");
    put_words(to, course_title);
    put(to, "</h2><div class=graphs>\n");
    for (int i = 0; i < VT_GRAPH_COUNT; i++) {
        put_graph(to, i, data);
    }
    put(to, "</div>\n");
    free(data);
}

/* ---- tables ---- */

static void put_operations(writer *to)
{
    vt_monitor *monitor = to->source->monitor;
    put(to, "<h2>");
    put_words(to, operations_title);
    put(to, "</h2><div class=wide>");
    put_head(to, operation_titles, OPERATION_COLUMNS, 1);
    for (int i = 0; i < vt_monitor_operation_count(monitor); i++) {
        vt_operation_summary summary;
        char count[24];
        vt_monitor_summarise(monitor, i, &summary);
        if (summary.count == 0) {
            continue;
        }
        snprintf(count, sizeof count, "%llu", (unsigned long long)summary.count);
        put(to, "<tr>");
        put_name(to, summary.name);
        put_cell(to, count, true);
        const int64_t columns[] = {summary.total, summary.mean, summary.p50, summary.p99, summary.max};
        for (size_t column = 0; column < sizeof columns / sizeof *columns; column++) {
            put_duration(to, columns[column]);
        }
        put(to, "</tr>\n");
    }
    put(to, "</tbody></table></div>\n");
}

static int64_t sum_of(const vt_trace_part *parts, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += parts[i].ns;
    }
    return sum;
}

/* Of operations in the words of the source; the names of tasks are for those who read traces. */
static const char *say_part(const vt_report_source *source, const char *name)
{
    for (int i = 0; source->translate && i < vt_monitor_operation_count(source->monitor); i++) {
        if (strcmp(vt_monitor_operation_name(source->monitor, i), name) == 0) {
            return source->translate(source->user, name);
        }
    }
    return name;
}

void vt_report_append_company(const vt_report_source *source, const vt_violation *of, vt_str *text)
{
    /* What had not ended by then is in the trace only; what is long ago, in the violation only. */
    vt_trace_part found[VT_VIOLATION_RAN_MAX];
    size_t count =
        source->trace ? vt_trace_between(source->trace, of->begin, of->end, found, VT_VIOLATION_RAN_MAX) : 0;
    const vt_trace_part *parts = found;
    int told = 0;
    if (sum_of(of->ran, of->ran_count) >= sum_of(found, count)) {
        parts = of->ran;
        count = of->ran_count;
    }
    for (size_t i = 0; i < count && told < VT_VIOLATION_RAN_MAX - 1; i++) {
        if (strcmp(parts[i].name, of->operation) != 0) {
            vt_str_appendf(text, "%s%s \xc3\x97%llu", told ? ", " : "", say_part(source, parts[i].name),
                           (unsigned long long)parts[i].count);
            told++;
        }
    }
    if (told == 0) {
        vt_str_append_cstr(text,
                           source->translate ? source->translate(source->user, no_company) : no_company);
    }
}

static void put_violation(writer *to, const vt_violation *of)
{
    char when[32] = "";
    struct tm at;
    time_t seconds = (time_t)(of->wall / VT_NS_PER_S);
    if (localtime_r(&seconds, &at)) {
        strftime(when, sizeof when, "%H:%M:%S", &at);
    }
    vt_str company = VT_STR_INIT;
    vt_report_append_company(to->source, of, &company);
    put(to, "<tr>");
    put_cell(to, when, false);
    put_name(to, of->operation);
    put_cell(to, company.data, false);
    put_duration(to, of->budget->target);
    put(to, of->level == VT_BUDGET_CRITICAL ? "<td class=\"n bad\">" : "<td class=n>");
    char words[32];
    vt_budget_format(VT_BUDGET_NANOSECONDS, of->end - of->begin, words, sizeof words);
    put_text(to, words);
    put(to, "</td></tr>\n");
    vt_str_free(&company);
}

static void put_violations(writer *to)
{
    enum { NUMBERS_FROM = 3 };
    vt_violation list[VT_MONITOR_VIOLATIONS_MAX];
    uint64_t total;
    size_t count = vt_monitor_violations(to->source->monitor, list, VT_MONITOR_VIOLATIONS_MAX, &total);
    put(to, "<h2>");
    put_words(to, violations_title);
    vt_str_appendf(to->out, " (%llu)</h2>", (unsigned long long)total);
    if (count == 0) {
        put(to, "<p>");
        put_words(to, no_violations);
        put(to, "</p>");
        return;
    }
    put(to, "<div class=wide>");
    put_head(to, violation_titles, VIOLATION_COLUMNS, NUMBERS_FROM);
    for (size_t i = 0; i < count; i++) {
        put_violation(to, &list[i]);
    }
    put(to, "</tbody></table></div>\n");
}

void vt_report_each_text(const vt_monitor *monitor, void (*each)(void *user, const char *text), void *user)
{
    const char *const titles[] = {course_title, operations_title, violations_title, no_violations, no_company,
                                  target_title, second_ago,       minute_ago,       end_of_graph};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        each(user, titles[i]);
    }
    for (int i = 0; i < OPERATION_COLUMNS; i++) {
        each(user, operation_titles[i]);
    }
    for (int i = 0; i < VIOLATION_COLUMNS; i++) {
        each(user, violation_titles[i]);
    }
    for (int i = 0; i < VT_GRAPH_COUNT; i++) {
        each(user, vt_graph_get(i).title);
    }
    for (int i = 0; i < VT_FIGURE_COUNT; i++) {
        each(user, vt_figure_get((vt_figure)i)->title);
    }
    for (int i = 0; i < vt_monitor_operation_count(monitor); i++) {
        each(user, vt_monitor_operation_name(monitor, i));
    }
}

void vt_report_html(const vt_report_source *source, vt_str *html)
{
    writer to = {source, html};
    put(&to, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">" MARK "<meta name=\"viewport\" "
             "content=\"width=device-width\"><title>");
    put_text(&to, source->title);
    put(&to, "</title><style>");
    put(&to, style);
    put(&to, "</style></head><body>\n<h1>");
    put_text(&to, source->title);
    put(&to, "</h1>\n<table><tbody>");
    for (size_t i = 0; i < source->fact_count; i++) {
        put(&to, "<tr>");
        put_cell(&to, source->facts[i].key, false);
        put_cell(&to, source->facts[i].value, false);
        put(&to, "</tr>\n");
    }
    put(&to, "</tbody></table>\n");
    put_graphs(&to);
    put_operations(&to);
    put_violations(&to);
    put(&to, "</body></html>\n");
}
