/* core/perf: budgets, histograms, reports, heartbeat, resident memory. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/perf/heartbeat.h"
#include "core/perf/monitor.h"
#include "core/perf/reporter.h"
#include "core/perf/rss.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static void budgets_are_in_order_and_found_by_name(void **state)
{
    (void)state;
    for (int id = 0; id < VT_BUDGET_COUNT; id++) {
        const vt_budget *budget = vt_budget_get((vt_budget_id)id);
        assert_non_null(budget->name);
        assert_true(strlen(budget->advice) > 0);
        assert_true(0 < budget->target && budget->target <= budget->warning &&
                    budget->warning <= budget->critical);
        assert_ptr_equal(vt_budget_find(budget->name), budget);
    }
    assert_null(vt_budget_find("no such budget"));
}

static void values_have_levels_and_words(void **state)
{
    (void)state;
    const vt_budget *filter = vt_budget_get(VT_BUDGET_FILTER); /* 200, 500, 1000 ms */
    static const struct {
        int64_t ms;
        vt_budget_level level;
        const char *text;
    } cases[] = {
        {200, VT_BUDGET_OK, "ok: 200.0 ms"},
        {201, VT_BUDGET_SLOW, "slow: 201.0 ms > 200.0 ms"},
        {500, VT_BUDGET_SLOW, "slow: 500.0 ms > 200.0 ms"},
        {501, VT_BUDGET_WARNING, "warning: 501.0 ms > 500.0 ms"},
        {1500, VT_BUDGET_CRITICAL, "critical: 1.50 s > 1.00 s"},
    };
    char text[64];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(vt_budget_check(filter, cases[i].ms * VT_NS_PER_MS), cases[i].level);
        vt_budget_describe(filter, cases[i].ms * VT_NS_PER_MS, text, sizeof text);
        assert_string_equal(text, cases[i].text);
    }
    assert_string_equal(vt_budget_level_name(VT_BUDGET_WARNING), "warning");
    char small[5];
    vt_budget_describe(filter, 0, small, sizeof small);
    assert_string_equal(small, "ok: ");
}

static void numbers_get_a_fitting_unit(void **state)
{
    (void)state;
    static const struct {
        vt_budget_unit unit;
        int64_t value;
        const char *text;
    } cases[] = {
        {VT_BUDGET_NANOSECONDS, 0, "0 ns"},
        {VT_BUDGET_NANOSECONDS, 999, "999 ns"},
        {VT_BUDGET_NANOSECONDS, 20000, "20.0 \u00b5s"},
        {VT_BUDGET_NANOSECONDS, 16666667, "16.7 ms"},
        {VT_BUDGET_BYTES, 250000000, "250.0 MB"},
        {VT_BUDGET_BYTES, -1500, "-1.5 kB"},
        {VT_BUDGET_BYTES, 12, "12 B"},
        {VT_BUDGET_BYTES, 3210000000, "3.21 GB"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        vt_budget_format(cases[i].unit, cases[i].value, text, sizeof text);
        assert_string_equal(text, cases[i].text);
    }
}

static void percentiles_are_never_low_and_at_most_a_32nd_high(void **state)
{
    (void)state;
    vt_monitor *monitor = vt_monitor_create();
    vt_operation operation = vt_monitor_operation(monitor, "load", NULL, NULL);
    assert_int_equal(operation, 0);
    vt_operation_summary summary;
    vt_monitor_summarise(monitor, operation, &summary);
    assert_int_equal(summary.count + (uint64_t)summary.max + (uint64_t)summary.min, 0);
    for (int64_t i = 1; i <= 1000; i++) {
        assert_int_equal(vt_monitor_record(monitor, operation, i * 1000), VT_BUDGET_OK);
    }
    vt_monitor_summarise(monitor, operation, &summary);
    assert_string_equal(summary.name, "load");
    assert_int_equal(summary.count, 1000);
    assert_int_equal(summary.min, 1000);
    assert_int_equal(summary.max, 1000000);
    assert_int_equal(summary.mean, 500500);
    assert_true(summary.p50 >= 500000 && summary.p50 <= 500000 + 500000 / 32);
    assert_true(summary.p95 >= 950000 && summary.p95 <= 950000 + 950000 / 32);
    assert_true(summary.p99 >= 990000 && summary.p99 <= 1000000);
    vt_monitor_clear(monitor);
    vt_monitor_summarise(monitor, operation, &summary);
    assert_int_equal(summary.count, 0);
    assert_int_equal(vt_monitor_operation_count(monitor), 1);

    /* One value alone is every percentile, over the whole range. */
    for (int64_t value = 1; value < INT64_C(1) << 42; value = value * 7 / 3 + 1) {
        vt_monitor_clear(monitor);
        vt_monitor_record(monitor, operation, value);
        vt_monitor_record(monitor, operation, INT64_MAX);
        vt_monitor_summarise(monitor, operation, &summary);
        assert_int_equal(summary.min, value);
        assert_true(summary.p50 >= value && summary.p50 - value <= value / 32);
        assert_int_equal(summary.p99, (INT64_C(1) << 42) - 1);
    }
    vt_monitor_clear(monitor);
    vt_monitor_record(monitor, operation, -5);
    vt_monitor_summarise(monitor, operation, &summary);
    assert_int_equal(summary.count, 1);
    assert_int_equal(summary.max, 0);
    vt_monitor_free(monitor);
    vt_monitor_free(NULL);
}

static void operations_are_limited_and_shared_by_name(void **state)
{
    (void)state;
    static char names[VT_MONITOR_OPERATIONS_MAX + 1][8];
    vt_monitor *monitor = vt_monitor_create();
    vt_error error = VT_ERROR_INIT;
    assert_int_equal(vt_monitor_operation(monitor, "x", vt_budget_get(VT_BUDGET_MEMORY_IMPORT), &error), -1);
    assert_int_equal(error.code, VT_ERROR_USAGE);
    for (int i = 0; i <= VT_MONITOR_OPERATIONS_MAX; i++) {
        snprintf(names[i], sizeof names[i], "op%d", i);
        int expected = i < VT_MONITOR_OPERATIONS_MAX ? i : -1;
        assert_int_equal(vt_monitor_operation(monitor, names[i], NULL, &error), expected);
    }
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_int_equal(vt_monitor_operation(monitor, "op7", NULL, NULL), 7);
    assert_int_equal(vt_monitor_record(monitor, -1, 5), VT_BUDGET_OK);
    vt_monitor_record_memory(monitor, -1, 5);
    vt_operation_summary summary;
    vt_monitor_summarise(monitor, -1, &summary);
    assert_int_equal(summary.count, 0);
    vt_monitor_free(monitor);
}

enum { THREADS = 4, EACH = 10000 };

static void *record_many(void *argument)
{
    vt_monitor *monitor = argument;
    for (int i = 0; i < EACH; i++) {
        vt_operation operation =
            vt_monitor_operation(monitor, "shared", vt_budget_get(VT_BUDGET_FILTER), NULL);
        vt_monitor_record(monitor, operation, (i + 1) * VT_NS_PER_MS / 10);
    }
    return NULL;
}

static void threads_record_without_loss(void **state)
{
    (void)state;
    vt_monitor *monitor = vt_monitor_create();
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, record_many, monitor), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    vt_operation_summary summary;
    vt_monitor_summarise(monitor, 0, &summary);
    assert_int_equal(vt_monitor_operation_count(monitor), 1);
    assert_int_equal(summary.count, THREADS * EACH);
    assert_int_equal(summary.levels[VT_BUDGET_OK], THREADS * 2000);
    assert_int_equal(summary.levels[VT_BUDGET_SLOW], THREADS * 3000);
    assert_int_equal(summary.levels[VT_BUDGET_WARNING], THREADS * 5000);
    assert_int_equal(summary.levels[VT_BUDGET_CRITICAL], 0);
    vt_monitor_free(monitor);
}

typedef struct visit {
    vt_monitor *monitor;
    int64_t first, last; /* durations that are recorded, in ms */
} visit;

static void *record_visit(void *argument)
{
    const visit *is = argument;
    for (int64_t i = is->first; i <= is->last; i++) {
        vt_monitor_record(is->monitor, 0, i * VT_NS_PER_MS);
    }
    return NULL;
}

static void *clear_all(void *argument)
{
    vt_monitor_clear(argument);
    return NULL;
}

static void elsewhere(void *(*run)(void *), void *argument)
{
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, run, argument), 0);
    pthread_join(thread, NULL);
}

static void check_count(const vt_monitor *monitor, uint64_t count, int64_t min_ms, int64_t max_ms)
{
    vt_operation_summary summary;
    vt_monitor_summarise(monitor, 0, &summary);
    assert_int_equal(summary.count, count);
    assert_int_equal(summary.min, min_ms * VT_NS_PER_MS);
    assert_int_equal(summary.max, max_ms * VT_NS_PER_MS);
    assert_int_equal(summary.levels[VT_BUDGET_OK] + summary.levels[VT_BUDGET_SLOW] +
                         summary.levels[VT_BUDGET_WARNING] + summary.levels[VT_BUDGET_CRITICAL],
                     count);
}

/* The thread that records first and all others have records of their own; they are one to who asks. */
static void records_of_other_threads_count_and_are_cleared_from_anywhere(void **state)
{
    (void)state;
    vt_monitor *monitor = vt_monitor_create();
    const vt_budget *filter = vt_budget_get(VT_BUDGET_FILTER);
    assert_int_equal(vt_monitor_operation(monitor, "shared", filter, NULL), 0);
    visit mine = {monitor, 100, 700}, theirs = {monitor, 50, 1500};
    record_visit(&mine);
    check_count(monitor, 601, 100, 700);
    elsewhere(record_visit, &theirs);
    check_count(monitor, 601 + 1451, 50, 1500);
    vt_operation_summary summary;
    vt_monitor_summarise(monitor, 0, &summary);
    assert_int_equal(summary.levels[VT_BUDGET_OK], 101 + 151);
    assert_int_equal(summary.levels[VT_BUDGET_SLOW], 300 + 300);
    assert_int_equal(summary.levels[VT_BUDGET_WARNING], 200 + 500);
    assert_int_equal(summary.levels[VT_BUDGET_CRITICAL], 500);
    assert_int_equal(summary.total, (int64_t)(400 * 601 + 775 * 1451) * VT_NS_PER_MS);

    elsewhere(clear_all, monitor);
    check_count(monitor, 0, 0, 0);
    mine.first = mine.last = 120;
    record_visit(&mine);
    check_count(monitor, 1, 120, 120);
    vt_monitor_clear(monitor);
    vt_monitor_clear(monitor);
    check_count(monitor, 0, 0, 0);
    theirs.first = theirs.last = 60;
    elsewhere(record_visit, &theirs);
    check_count(monitor, 1, 60, 60);
    record_visit(&mine);
    check_count(monitor, 2, 60, 120);
    vt_monitor_free(monitor);
}

static void *clear_often(void *argument)
{
    for (int i = 0; i < EACH / 10; i++) {
        vt_monitor_clear(argument);
    }
    return NULL;
}

static void clearing_while_the_owner_records_brings_nothing_back(void **state)
{
    (void)state;
    vt_monitor *monitor = vt_monitor_create();
    vt_operation operation = vt_monitor_operation(monitor, "busy", NULL, NULL);
    pthread_t thread;
    vt_operation_summary summary;
    vt_monitor_record(monitor, operation, 7);
    assert_int_equal(pthread_create(&thread, NULL, clear_often, monitor), 0);
    for (int i = 0; i < EACH * 10; i++) {
        vt_monitor_record(monitor, operation, i % 1000);
    }
    pthread_join(thread, NULL);
    vt_monitor_summarise(monitor, operation, &summary);
    assert_true(summary.count <= EACH * 10);
    vt_monitor_clear(monitor);
    vt_monitor_record(monitor, operation, 5);
    vt_monitor_summarise(monitor, operation, &summary);
    assert_int_equal(summary.count, 1);
    assert_int_equal(summary.total, 5);
    vt_monitor_free(monitor);
}

static void reports_tell_what_was_measured(void **state)
{
    (void)state;
    vt_monitor *monitor = vt_monitor_create();
    vt_str text = VT_STR_INIT;
    vt_report_text(monitor, &text);
    assert_non_null(strstr(text.data, "no budget exceeded"));
    vt_operation sort = vt_monitor_operation(monitor, "sort", vt_budget_get(VT_BUDGET_SORT), NULL);
    vt_operation scan = vt_monitor_operation(monitor, "scan", NULL, NULL);
    vt_monitor_operation(monitor, "never", NULL, NULL);
    vt_monitor_record(monitor, sort, 100 * VT_NS_PER_MS);
    vt_monitor_record(monitor, sort, 2000 * VT_NS_PER_MS);
    vt_monitor_record_since(monitor, scan, vt_clock_now());
    vt_monitor_record_memory(monitor, sort, -4096);
    vt_monitor_record_memory(monitor, sort, -1);

    vt_str_clear(&text);
    vt_report_text(monitor, &text);
    assert_non_null(strstr(text.data, "sort: 1 of 2 over budget 'sort'; worst critical: 2.00 s > 1.00 s"));
    assert_non_null(strstr(text.data, "\nscan "));
    assert_null(strstr(text.data, "never"));

    vt_str_clear(&text);
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_str, &text, VT_JSON_COMPACT);
    vt_report_json(monitor, &json);
    assert_true(vt_json_end(&json, NULL));
    assert_non_null(strstr(text.data, "{\"operations\":[{\"name\":\"sort\",\"count\":2,\"total_ms\":2100,"));
    assert_non_null(strstr(text.data, "\"budget\":{\"name\":\"sort\",\"target_ms\":200,\"ok\":1,\"slow\":0,"
                                      "\"warning\":0,\"critical\":1}"));
    assert_non_null(strstr(text.data, "\"memory\":{\"count\":2,\"total_bytes\":-4097,\"max_bytes\":-1}"));
    assert_non_null(strstr(text.data, "\"budget\":null,\"memory\":null}],\"violations\":1}"));
    vt_str_free(&text);
    vt_monitor_free(monitor);
}

static void a_heartbeat_tells_stalls(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_heartbeat_create(0, 0, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_null(vt_heartbeat_create(1, -1, &error));
    vt_heartbeat *heartbeat = vt_heartbeat_create(10, 5, NULL);
    assert_int_equal(vt_heartbeat_tick(heartbeat, 1000), 0);
    assert_int_equal(vt_heartbeat_tick(heartbeat, 1010), 0);
    assert_int_equal(vt_heartbeat_tick(heartbeat, 1025), 5);  /* within the budget */
    assert_int_equal(vt_heartbeat_tick(heartbeat, 1030), 0);  /* early */
    assert_int_equal(vt_heartbeat_tick(heartbeat, 1070), 30); /* a stall */
    vt_heartbeat_pause(heartbeat);
    assert_int_equal(vt_heartbeat_tick(heartbeat, 9000), 0);
    assert_int_equal(vt_heartbeat_tick(heartbeat, 9016), 6);
    vt_heartbeat_turn(heartbeat, 3);
    vt_heartbeat_turn(heartbeat, 8);
    vt_heartbeat_figures figures;
    vt_heartbeat_get_figures(heartbeat, &figures);
    assert_int_equal(figures.ticks, 5);
    assert_int_equal(figures.longest_stall, 30);
    assert_int_equal(figures.stalled_total, 36);
    assert_int_equal(figures.over_budget, 2);
    assert_int_equal(figures.turns, 2);
    assert_int_equal(figures.longest_turn, 8);
    assert_int_equal(figures.turns_total, 11);
    vt_heartbeat_reset(heartbeat);
    vt_heartbeat_get_figures(heartbeat, &figures);
    assert_int_equal(figures.ticks + figures.turns + figures.over_budget, 0);
    assert_int_equal(figures.longest_stall + figures.longest_turn, 0);
    assert_int_equal(vt_heartbeat_tick(heartbeat, 9026), 0); /* the gap goes on from the last tick */
    vt_heartbeat_get_figures(heartbeat, &figures);
    assert_int_equal(figures.ticks, 1);
    vt_heartbeat_free(heartbeat);
    vt_heartbeat_free(NULL);
}

static void resident_memory_follows_use(void **state)
{
    (void)state;
    enum { BYTES = 32 * 1024 * 1024 };
    vt_rss before = vt_rss_self();
    assert_true(before.current > 0 && before.peak >= before.current / 2);
    char *block = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(block != MAP_FAILED);
    memset(block, 1, BYTES);
    vt_rss after = vt_rss_self();
    assert_true(after.current - before.current > BYTES / 2);
    assert_true(after.peak - before.current > BYTES / 2);
    munmap(block, BYTES);
    vt_rss none = vt_rss_of(0x7ffffff0);
    assert_int_equal(none.current + none.peak, 0);
}

static void a_tree_counts_children(void **state)
{
    (void)state;
    int alive[2];
    assert_int_equal(pipe(alive), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        char byte;
        close(alive[1]);
        _exit(read(alive[0], &byte, 1) != 0); /* until the parent closes its end */
    }
    close(alive[0]);
    const pid_t both[] = {getpid(), child};
    vt_rss sum = vt_rss_sum(both, 2), own = vt_rss_self(), tree = vt_rss_tree();
    close(alive[1]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(sum.current > own.current);
    assert_true(tree.current > own.current);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(budgets_are_in_order_and_found_by_name),
        cmocka_unit_test(values_have_levels_and_words),
        cmocka_unit_test(numbers_get_a_fitting_unit),
        cmocka_unit_test(percentiles_are_never_low_and_at_most_a_32nd_high),
        cmocka_unit_test(operations_are_limited_and_shared_by_name),
        cmocka_unit_test(threads_record_without_loss),
        cmocka_unit_test(records_of_other_threads_count_and_are_cleared_from_anywhere),
        cmocka_unit_test(clearing_while_the_owner_records_brings_nothing_back),
        cmocka_unit_test(reports_tell_what_was_measured),
        cmocka_unit_test(a_heartbeat_tells_stalls),
        cmocka_unit_test(resident_memory_follows_use),
        cmocka_unit_test(a_tree_counts_children),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
