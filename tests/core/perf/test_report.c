/* Reports, violations and advice: what was slow is named, with what ran then, and nothing escapes its cell.
 */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/perf/advice.h"
#include "core/perf/report.h"

#include <string.h>

/* What ran during the newest violation, in the words of a report. */
static void check_company(vt_monitor *monitor, const vt_trace *trace, const char *expected)
{
    vt_violation last;
    vt_str text = VT_STR_INIT;
    assert_int_equal(vt_monitor_violations(monitor, &last, 1, NULL), 1);
    vt_report_append_company(&(vt_report_source){.monitor = monitor, .trace = trace}, &last, &text);
    assert_string_equal(text.data, expected);
    vt_str_free(&text);
}

static void a_violation_keeps_what_ran_when_the_trace_forgets(void **state)
{
    (void)state;
    enum { SPANS = 16 };
    vt_monitor *monitor = vt_monitor_create();
    vt_trace *trace = vt_trace_create(SPANS, NULL);
    const vt_budget *frame = vt_budget_get(VT_BUDGET_UI_FRAME);
    vt_operation stall = vt_monitor_operation(monitor, "window stood still", frame, NULL);
    vt_operation painted = vt_monitor_operation(monitor, "frame painted", frame, NULL);
    vt_monitor_record(monitor, stall, 80 * VT_NS_PER_MS); /* nobody traces */
    check_company(monitor, NULL, "nothing that Vitrine measures");
    vt_monitor_set_trace(monitor, trace);
    int64_t now = vt_clock_now();
    vt_monitor_record_span(monitor, painted, now - 70 * VT_NS_PER_MS, now - 10 * VT_NS_PER_MS);
    vt_trace_note(trace, "decode-file", now - 30 * VT_NS_PER_MS, now - 20 * VT_NS_PER_MS);
    vt_trace_note(trace, "decode-file", now - 20 * VT_NS_PER_MS, now - 10 * VT_NS_PER_MS);
    vt_trace_note(trace, "long ago", now - VT_NS_PER_S, now - VT_NS_PER_S + 1);
    vt_monitor_record(monitor, stall, 80 * VT_NS_PER_MS);
    check_company(monitor, trace, "frame painted \u00d71, decode-file \u00d72");
    for (int i = 0; i < 2 * SPANS; i++) {
        vt_trace_note(trace, "later", vt_clock_now(), vt_clock_now());
    }
    check_company(monitor, trace, "frame painted \u00d71, decode-file \u00d72");
    check_company(monitor, NULL, "frame painted \u00d71, decode-file \u00d72");
    /* What ends only now was at work then, too. */
    vt_trace_note(trace, "import", now - VT_NS_PER_S, vt_clock_now());
    check_company(monitor, trace, "frame painted \u00d71, decode-file \u00d72");
    vt_trace_note(trace, "scan", now - VT_NS_PER_S, vt_clock_now());
    check_company(monitor, trace, "import \u00d71, scan \u00d71");
    vt_monitor_free(monitor);
    vt_trace_free(trace);
}

static void violations_are_kept_newest_first(void **state)
{
    (void)state;
    vt_monitor *monitor = vt_monitor_create();
    vt_operation operation = vt_monitor_operation(monitor, "sort", vt_budget_get(VT_BUDGET_SORT), NULL);
    vt_operation free_one = vt_monitor_operation(monitor, "without", NULL, NULL);
    static vt_violation list[VT_MONITOR_VIOLATIONS_MAX];
    uint64_t total = 1;
    assert_int_equal(vt_monitor_violations(monitor, list, 1, &total), 0);
    assert_int_equal(total, 0);
    vt_monitor_record(monitor, operation, 300 * VT_NS_PER_MS); /* slow, and no violation */
    vt_monitor_record(monitor, free_one, 300 * VT_NS_PER_S);
    for (int i = 1; i <= 100; i++) {
        vt_monitor_record(monitor, operation, (500 + i) * VT_NS_PER_MS);
    }
    vt_monitor_record(monitor, operation, 2 * VT_NS_PER_S);
    assert_int_equal(vt_monitor_violations(monitor, list, 2, NULL), 2);
    assert_int_equal(list[0].level, VT_BUDGET_CRITICAL);
    assert_int_equal(list[0].end - list[0].begin, 2 * VT_NS_PER_S);
    assert_int_equal(list[1].level, VT_BUDGET_WARNING);
    assert_int_equal(list[1].end - list[1].begin, 600 * VT_NS_PER_MS);
    assert_string_equal(list[1].operation, "sort");
    assert_int_equal(vt_monitor_violations(monitor, list, 1000, &total), VT_MONITOR_VIOLATIONS_MAX);
    assert_int_equal(total, 101);
    vt_monitor_clear(monitor);
    assert_int_equal(vt_monitor_violations(monitor, list, 1000, &total), 0);
    vt_monitor_free(monitor);
}

static void a_trace_tells_what_ran_between_two_moments(void **state)
{
    (void)state;
    vt_trace *trace = vt_trace_create(16, NULL);
    vt_trace_part parts[4];
    assert_int_equal(vt_trace_between(trace, 0, 100, parts, 4), 0);
    vt_trace_note(trace, "before", 0, 10);
    vt_trace_note(trace, "decode", 5, 30); /* 20 of it */
    vt_trace_note(trace, "decode", 20, 25);
    vt_trace_note(trace, "commit", 12, 90); /* all of it, and more */
    vt_trace_note(trace, "after", 60, 70);
    assert_int_equal(vt_trace_between(trace, 10, 60, parts, 4), 2);
    assert_string_equal(parts[0].name, "commit");
    assert_int_equal(parts[0].ns, 48);
    assert_string_equal(parts[1].name, "decode");
    assert_int_equal(parts[1].count, 2);
    assert_int_equal(parts[1].ns, 25);
    assert_int_equal(vt_trace_between(trace, 10, 60, parts, 1), 1);
    for (int i = 0; i < 100; i++) { /* the ring comes round: what is gone is not told */
        vt_trace_note(trace, "late", 1000, 1001);
    }
    assert_int_equal(vt_trace_between(trace, 0, 100, parts, 4), 0);
    vt_trace_free(trace);
}

enum { TEXTS_MAX = 200 };
typedef struct texts {
    size_t count;
    const char *list[TEXTS_MAX];
} texts;

static void collect(void *user, const char *text)
{
    texts *all = user;
    assert_true(all->count < TEXTS_MAX);
    all->list[all->count++] = text;
}

/* Whatever is asked for was told before. */
static const char *shout(void *user, const char *text)
{
    const texts *all = user;
    bool told = false;
    for (size_t i = 0; i < all->count; i++) {
        told = told || strcmp(all->list[i], text) == 0;
    }
    if (!told) {
        print_error("not told: %s\n", text);
    }
    assert_true(told);
    return strcmp(text, "Operation") == 0 ? "<Vorgang> & \"mehr\"" : text;
}

static bool holds(const vt_str *text, const char *part)
{
    return strstr(text->data, part) != NULL;
}

/* Every element that is opened is closed, in order; enough of HTML for what the report writes. */
static void check_nesting(const char *html)
{
    char open[64][16];
    size_t depth = 0;
    for (const char *at = html; (at = strchr(at, '<')); at++) {
        bool closes = at[1] == '/';
        const char *name = at + 1 + closes;
        size_t length = strcspn(name, " >/\n");
        const char *end = strchr(at, '>');
        assert_non_null(end);
        bool is_void = at[1] == '!' || end[-1] == '/' || (length == 4 && memcmp(name, "meta", 4) == 0);
        if (closes) {
            assert_true(depth > 0);
            depth--;
            assert_int_equal(strlen(open[depth]), length);
            assert_memory_equal(open[depth], name, length);
        } else if (!is_void) {
            assert_true(depth < 64 && length < 16);
            memcpy(open[depth], name, length);
            open[depth++][length] = '\0';
        }
    }
    assert_int_equal(depth, 0);
}

static void a_report_is_one_file_in_which_nothing_escapes(void **state)
{
    (void)state;
    vt_monitor *monitor = vt_monitor_create();
    vt_sampler *sampler = vt_sampler_create(1000);
    vt_trace *trace = vt_trace_create(16, NULL);
    vt_operation evil =
        vt_monitor_operation(monitor, "<script>alert(1)</script>", vt_budget_get(VT_BUDGET_SORT), NULL);
    const vt_report_fact facts[] = {{"file", "\"quoted\" 'name' & \xff\x1b[31m"}};
    texts all = {.count = 0};
    vt_report_each_text(monitor, collect, &all);
    vt_report_source source = {.title = "Vitrine <test>",
                               .facts = facts,
                               .fact_count = 1,
                               .monitor = monitor,
                               .trace = trace,
                               .sampler = sampler,
                               .now = VT_NS_PER_S,
                               .translate = shout,
                               .user = &all};
    vt_str html = VT_STR_INIT;
    vt_report_html(&source, &html); /* before anything was measured */
    check_nesting(html.data);
    assert_true(holds(&html, "No budget was exceeded."));
    vt_str_clear(&html);
    vt_sampler_note(sampler, 1000, &(vt_sample){.memory_rest = 3000000});
    vt_sampler_note(sampler, VT_NS_PER_S + 1000, &(vt_sample){.memory_rest = 9000000, .items = 12});
    vt_monitor_record(monitor, evil, 3 * VT_NS_PER_S);
    vt_violation last;
    vt_monitor_violations(monitor, &last, 1, NULL);
    vt_trace_note(trace, "decode & co", last.begin + 5, last.begin + 500);
    vt_trace_note(trace, "<script>alert(1)</script>", last.begin, last.end);
    vt_report_html(&source, &html);
    assert_false(html.failed);
    check_nesting(html.data);
    assert_true(holds(&html, "&lt;script&gt;alert(1)") && !holds(&html, "<script"));
    assert_true(holds(&html, "Vitrine &lt;test&gt;") &&
                holds(&html, "&quot;quoted&quot; &#39;name&#39; &amp; "));
    assert_true(holds(&html, "&lt;Vorgang&gt; &amp; &quot;mehr&quot;"));
    assert_true(holds(&html, "decode &amp; co \xc3\x97"
                             "1<"));
    assert_true(holds(&html, "Target 16.7 ms</text>") && holds(&html, "2 s ago</text>") &&
                holds(&html, "now</text>"));
    assert_true(holds(&html, "<polyline class=l5 points=\"") && holds(&html, "<polygon class=a5 points=\"") &&
                holds(&html, "prefers-color-scheme:dark"));
    assert_false(holds(&html, "http:") || holds(&html, "https:") || holds(&html, "url(") ||
                 holds(&html, "\x1b"));
    assert_true(vt_utf8_valid(html.data, html.length));
    const char *mark = strstr(html.data, vt_report_html_kind.mark); /* a later report may replace it */
    assert_true(mark && mark - html.data < VT_REPLACEABLE_HEAD / 2);
    vt_str_clear(&html);
    source.sampler = NULL;
    source.trace = NULL;
    vt_report_html(&source, &html);
    check_nesting(html.data);
    assert_false(holds(&html, "<svg"));
    vt_str_free(&html);
    vt_trace_free(trace);
    vt_sampler_free(sampler);
    vt_monitor_free(monitor);
}

static const vt_situation fine = {.memory = 150000000,
                                  .memory_soft = 300000000,
                                  .memory_hard = 450000000,
                                  .caches = 30000000,
                                  .hit_percent = 90,
                                  .jobs = 4,
                                  .processors = 4,
                                  .cpu_percent = 20,
                                  .tried = 100};

static bool advises(const vt_situation *situation, const char *name)
{
    for (size_t i = 0; i < vt_advice_count; i++) {
        if (strcmp(vt_advice_table[i].name, name) == 0) {
            return vt_advice_table[i].applies(situation);
        }
    }
    fail_msg("no advice %s", name);
    return false;
}

static void advice_fits_the_situation(void **state)
{
    (void)state;
    for (size_t i = 0; i < vt_advice_count; i++) {
        const vt_advice *advice = &vt_advice_table[i];
        if (advice->applies(&fine)) {
            fail_msg("%s is advised though all is well", advice->name);
        }
        assert_true(*advice->text);
        assert_true(*advice->button && advice->action < VT_ADVICE_ACTIONS); /* none is words only */
        assert_false(advice->applies(&(vt_situation){.hit_percent = -1, .cpu_percent = -1}));
    }
    vt_situation now = fine;
    now.memory = 430000000;
    assert_true(advises(&now, "memory") && advises(&now, "trim") == (now.caches > now.memory / 10));
    now.memory = 250000000;
    assert_true(advises(&now, "trim") && !advises(&now, "memory") && !advises(&now, "cache"));
    now.hit_percent = 20;
    assert_true(advises(&now, "cache"));
    now.memory = now.memory_soft / 2; /* there is memory: then only if the cache is full */
    now.pictures_most = 100000000;
    now.pictures = 50000000;
    assert_false(advises(&now, "cache"));
    now.pictures = 95000000;
    assert_true(advises(&now, "cache"));
    now = fine;
    now.stall_ns = VT_NS_PER_S;
    assert_true(advises(&now, "stall") && !advises(&now, "stall-import"));
    now.imports = true;
    assert_true(!advises(&now, "stall") && advises(&now, "stall-import"));
    now.jobs = 1;
    assert_true(!advises(&now, "stall-import") && advises(&now, "stall-hold"));
    now.held = true;
    assert_true(!advises(&now, "stall-hold") && advises(&now, "stall") && advises(&now, "held"));
    now = fine;
    now.imports = true;
    now.waiting = 300;
    now.jobs = 1;
    assert_true(advises(&now, "jobs"));
    now.cpu_percent = 380;
    assert_false(advises(&now, "jobs"));
    now.failed = 11;
    now.disk_low = true;
    now.commit_ns = VT_NS_PER_S;
    assert_true(advises(&now, "failures") && advises(&now, "disk") && advises(&now, "commit"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(violations_are_kept_newest_first),
        cmocka_unit_test(a_violation_keeps_what_ran_when_the_trace_forgets),
        cmocka_unit_test(a_trace_tells_what_ran_between_two_moments),
        cmocka_unit_test(a_report_is_one_file_in_which_nothing_escapes),
        cmocka_unit_test(advice_fits_the_situation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
