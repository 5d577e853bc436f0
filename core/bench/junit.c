#include "core/bench/junit.h"

#include "core/bench/readable.h"
#include "core/bench/statistics.h"

#include <string.h>

const vt_file_kind vt_junit_kind = {.name = "JUnit file of vitrine bench",
                                    .mark = "<testsuite name=\"vitrine bench\""};

/* As the content of an attribute or element; what XML cannot hold becomes U+FFFD (vt_str_append_display). */
static void append_escaped(vt_str *xml, const char *text)
{
    static const struct {
        char character;
        const char *entity;
    } entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"}};
    while (*text) {
        size_t plain = strcspn(text, "&<>\"'");
        vt_str_append_display(xml, text, plain);
        text += plain;
        for (size_t i = 0; *text && i < sizeof entities / sizeof *entities; i++) {
            if (*text == entities[i].character) {
                vt_str_append_cstr(xml, entities[i].entity);
                text++;
                break;
            }
        }
    }
}

static void append_failure(vt_str *xml, const vt_bench_result *result, const char *value)
{
    const vt_bench_comparison *found = &result->comparison;
    vt_str_appendf(xml,
                   "    <failure type=\"%s\" message=\"%s is %.2f times what it was, the limit is %.2f\">",
                   vt_bench_verdict_name(found->verdict), result->figure->name, found->ratio, found->limit);
    vt_str_appendf(
        xml, "%s now; %.2f times the baseline in the median of %u rounds, %.2f in the best%s</failure>\n",
        value, found->ratio, result->series.rounds, found->best,
        found->relative ? " (relative to the calibration)" : "");
}

static void append_case(vt_str *xml, const vt_bench_result *result)
{
    char value[VT_BENCH_READABLE_SIZE];
    vt_str_append_cstr(xml, "  <testcase classname=\"vitrine.bench\" name=\"");
    append_escaped(xml, result->figure->name);
    vt_str_appendf(xml, "\" time=\"%.3f\">\n", result->seconds);
    vt_bench_readable(result->figure, vt_statistics_median(result->series.costs, result->series.rounds),
                      value);
    if (result->error.code != VT_ERROR_NONE) {
        vt_str_appendf(xml, "    <error type=\"%s\" message=\"", vt_error_code_name(result->error.code));
        append_escaped(xml, result->error.message);
        vt_str_append_cstr(xml, "\"/>\n");
    } else {
        if (vt_bench_verdict_is_regression(result->comparison.verdict)) {
            append_failure(xml, result, value);
        } else if (result->comparison.verdict == VT_BENCH_UNSURE) {
            vt_str_appendf(xml, "    <skipped message=\"%.2f times what it was; no time to be sure\"/>\n",
                           result->comparison.ratio);
        }
        vt_str_appendf(xml, "    <system-out>%s: ", value);
        append_escaped(xml, result->figure->what);
        vt_str_append_cstr(xml, "</system-out>\n");
    }
    vt_str_append_cstr(xml, "  </testcase>\n");
}

void vt_junit_write(const vt_bench_result *results, size_t count, vt_str *xml)
{
    size_t failures = 0, errors = 0, unsure = 0;
    double seconds = 0;
    for (size_t i = 0; i < count; i++) {
        bool failed = results[i].error.code != VT_ERROR_NONE;
        errors += failed;
        failures += !failed && vt_bench_verdict_is_regression(results[i].comparison.verdict);
        unsure += !failed && results[i].comparison.verdict == VT_BENCH_UNSURE;
        seconds += results[i].seconds;
    }
    vt_str_append_cstr(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    vt_str_appendf(
        xml,
        "<testsuite name=\"vitrine bench\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" "
        "time=\"%.3f\">\n",
        count, failures, errors, unsure, seconds);
    for (size_t i = 0; i < count; i++) {
        append_case(xml, &results[i]);
    }
    vt_str_append_cstr(xml, "</testsuite>\n");
}
