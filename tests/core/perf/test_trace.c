/* Traces: the last spans, whole, whoever notes them meanwhile; valid for the programs that show them. */
#include "tests/support/check.h"
#include "tests/support/json.h"
#include "tests/support/trace_format.h"

#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/base/thread.h"
#include "core/perf/monitor.h"
#include "core/perf/trace.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static json_value written(const vt_trace *trace, vt_str *text)
{
    vt_error error = VT_ERROR_INIT;
    vt_json_writer json;
    vt_str_clear(text);
    vt_json_begin(&json, vt_json_to_str, text, VT_JSON_COMPACT);
    assert_true(vt_trace_write(trace, &json, &error));
    assert_true(vt_json_end(&json, &error));
    json_value root = json_parse(text->data, text->length);
    assert_non_null(root.text);
    return json_member(root, "traceEvents");
}

enum { NAMES = 2 }; /* of the process and the one thread: they come first */

static void spans_are_written_as_they_were(void **state)
{
    (void)state;
    vt_str text = VT_STR_INIT;
    vt_trace *trace = vt_trace_create(10, NULL);
    assert_non_null(trace);
    assert_int_equal(json_count(written(trace, &text)), 0);
    vt_trace_note(trace, "outer \"one\"", 5000000, 9000000);
    vt_trace_note(trace, "inner", 6000000, 6500500);
    vt_trace_note(trace, "turned", 7000000, 6000000);
    vt_trace_note(NULL, "nowhere", 1, 2);
    json_value events = written(trace, &text);
    assert_int_equal(json_count(events), NAMES + 3);
    json_value first = json_item(events, NAMES);
    assert_true(json_contains(json_member(first, "ph"), "X"));
    assert_true(json_contains(json_member(first, "name"), "outer"));
    assert_true(json_number(json_member(first, "ts")) == 0);
    assert_true(json_number(json_member(first, "dur")) == 4000);
    assert_true(json_number(json_member(first, "pid")) == getpid());
    assert_true(json_number(json_member(first, "tid")) == gettid());
    json_value second = json_item(events, NAMES + 1);
    assert_true(json_number(json_member(second, "ts")) == 1000);
    assert_true(json_number(json_member(second, "dur")) == 500.5);
    assert_true(json_number(json_member(json_item(events, NAMES + 2), "dur")) == 0);
    json_value process = json_item(events, 0);
    assert_true(json_contains(json_member(process, "name"), "process_name"));
    assert_true(json_contains(json_member(json_member(process, "args"), "name"), "test_trace"));
    json_value name = json_item(events, 1);
    assert_true(json_contains(json_member(name, "ph"), "M"));
    assert_true(json_contains(json_member(name, "name"), "thread_name"));
    assert_true(json_contains(json_member(json_member(name, "args"), "name"), "test_trace"));
    vt_str_free(&text);
    vt_trace_free(trace);
}

static void the_oldest_are_forgotten(void **state)
{
    (void)state;
    enum { ROOM = 16, NOTED = 1000 };
    vt_str text = VT_STR_INIT;
    vt_trace *trace = vt_trace_create(ROOM - 3, NULL); /* rounded up */
    for (int i = 0; i < NOTED; i++) {
        vt_trace_note(trace, "span", i * VT_NS_PER_MS, (i + 1) * VT_NS_PER_MS);
    }
    vt_trace_figures figures = vt_trace_get_figures(trace);
    assert_int_equal(figures.noted, NOTED);
    assert_int_equal(figures.kept, ROOM);
    json_value events = written(trace, &text);
    assert_int_equal(json_count(events), NAMES + ROOM);
    for (int i = 0; i < ROOM; i++) {
        assert_true(json_number(json_member(json_item(events, NAMES + (size_t)i), "ts")) == i * 1000.0);
    }
    vt_str_free(&text);
    vt_trace_free(trace);
}

static void what_a_monitor_measures_is_traced(void **state)
{
    (void)state;
    vt_str text = VT_STR_INIT;
    vt_trace *trace = vt_trace_create(16, NULL);
    vt_monitor *monitor = vt_monitor_create();
    vt_operation operation = vt_monitor_operation(monitor, "sort", NULL, NULL);
    vt_monitor_record_since(monitor, operation, vt_clock_now());
    assert_int_equal(vt_trace_get_figures(trace).noted, 0);
    vt_monitor_set_trace(monitor, trace);
    vt_monitor_record_since(monitor, operation, vt_clock_now() - VT_NS_PER_MS);
    vt_monitor_record_since(monitor, -1, vt_clock_now());
    vt_monitor_set_trace(monitor, NULL);
    vt_monitor_record_since(monitor, operation, vt_clock_now());
    assert_int_equal(vt_trace_get_figures(trace).noted, 1);
    json_value span = json_item(written(trace, &text), NAMES);
    assert_true(json_contains(json_member(span, "name"), "sort"));
    assert_true(json_number(json_member(span, "dur")) >= 1000);
    vt_operation_summary summary;
    vt_monitor_summarise(monitor, operation, &summary);
    assert_int_equal(summary.count, 3);
    vt_monitor_free(monitor);
    vt_trace_free(trace);
    vt_str_free(&text);
}

static int named(json_value events, const char *name)
{
    int count = 0;
    for (json_value event = json_first(events); event.text; event = json_next(events, event)) {
        count += json_contains(json_member(event, "name"), "thread_name") &&
                 json_contains(json_member(json_member(event, "args"), "name"), name);
    }
    return count;
}

static void *note_elsewhere(void *trace)
{
    for (int i = 0; i < 20; i++) {
        vt_trace_note(trace, "elsewhere", 1000 + i * 300, 1250 + i * 300);
    }
    return NULL;
}

/* Spans are noted when they end, so what lies within another comes before it, and two may begin at once. */
static void a_trace_is_one_as_its_format_asks(void **state)
{
    (void)state;
    vt_str text = VT_STR_INIT;
    vt_trace *trace = vt_trace_create(256, NULL);
    trace_format_counts counts;
    (void)written(trace, &text);
    trace_format_check(text.data, text.length, 300, &counts);
    assert_int_equal(counts.spans + counts.threads + counts.processes, 0);
    for (int i = 0; i < 10; i++) {
        int64_t at = 5000 + i * 1000;
        vt_trace_note(trace, "inmost", at, at + 7);
        vt_trace_note(trace, "nothing", at + 300, at + 300);
        vt_trace_note(trace, "inner \xc3\xa4\"\\", at, at + 400);
        vt_trace_note(trace, "next", at + 400, at + 900);
        vt_trace_note(trace, "outer", at, at + 901);
    }
    pthread_t thread;
    assert_int_equal(vt_thread_start(&thread, "far away", note_elsewhere, trace), 0);
    pthread_join(thread, NULL);
    json_value events = written(trace, &text);
    trace_format_check(text.data, text.length, 300, &counts);
    assert_int_equal(counts.spans, 70);
    assert_int_equal(counts.processes, 1);
    assert_int_equal(counts.threads, 2);
    assert_int_equal(named(events, "far away"), 1); /* it has ended, and is called as it was */
    assert_int_equal(counts.deepest, 3);
    vt_trace_free(trace);
    vt_str_free(&text);
}

static void without_memory_nothing_is_written(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    print_message("SKIPPED: sanitizers take memory that this test limits\n");
    skip();
#else
    enum { MEGABYTE = 1 << 20 };
    vt_trace *trace = vt_trace_create(VT_TRACE_SPANS_MAX, NULL);
    assert_non_null(trace);
    for (size_t i = 0; i < VT_TRACE_SPANS_MAX; i++) {
        vt_trace_note(trace, "span", 0, 1);
    }
    struct rlimit before;
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld", &pages), 1);
    fclose(file);
    assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
    struct rlimit tight = before;
    tight.rlim_cur = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + 8 * MEGABYTE;
    vt_str text = VT_STR_INIT;
    vt_json_writer json;
    vt_error error = VT_ERROR_INIT;
    vt_json_begin(&json, vt_json_to_str, &text, VT_JSON_COMPACT);
    assert_int_equal(setrlimit(RLIMIT_AS, &tight), 0);
    bool done = vt_trace_write(trace, &json, &error);
    assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
    assert_false(done);
    assert_int_equal(error.code, VT_ERROR_MEMORY);
    assert_int_equal(text.length, 0);
    (void)vt_json_end(&json, NULL);
    vt_trace_free(trace);
    vt_str_free(&text);
#endif
}

static void wrong_sizes_are_refused(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_trace_create(0, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_error_clear(&error);
    assert_null(vt_trace_create(VT_TRACE_SPANS_MAX + 1, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_trace_free(NULL);
}

/* ---- several threads ---- */

enum { THREADS = 4, EACH = 20000 };

typedef struct worker {
    pthread_t thread;
    vt_trace *trace;
    const char *name;
    int64_t length; /* of its spans: a torn one would have another's */
    atomic_int *running;
} worker;

static void *note_many(void *user)
{
    worker *self = user;
    for (int i = 1; i <= EACH; i++) {
        vt_trace_note(self->trace, self->name, i * 1000, i * 1000 + self->length);
    }
    atomic_fetch_sub(self->running, 1);
    return NULL;
}

static void check_whole(json_value events)
{
    for (json_value event = json_first(events); event.text; event = json_next(events, event)) {
        if (json_contains(json_member(event, "ph"), "M")) {
            continue;
        }
        int who = -1;
        for (int k = 0; k < THREADS; k++) {
            char name[] = {(char)('a' + k), '\0'};
            who = json_contains(json_member(event, "name"), name) ? k : who;
        }
        assert_in_range(who, 0, THREADS - 1);
        assert_true(json_number(json_member(event, "dur")) == (double)(who + 1) * 7);
    }
}

static void spans_are_whole_while_others_note_theirs(void **state)
{
    (void)state;
    static const char *const names[THREADS] = {"a", "b", "c", "d"};
    vt_trace *trace = vt_trace_create(256, NULL);
    vt_str text = VT_STR_INIT;
    worker workers[THREADS];
    atomic_int running = THREADS;
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (worker){
            .trace = trace, .name = names[i], .length = (int64_t)(i + 1) * 7000, .running = &running};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, note_many, &workers[i]), 0);
    }
    while (atomic_load(&running) > 0) {
        check_whole(written(trace, &text));
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
    }
    json_value events = written(trace, &text);
    check_whole(events);
    assert_true(json_count(events) >=
                256 + NAMES - THREADS); /* one that was overtaken by a whole turn may lack */
    assert_int_equal(vt_trace_get_figures(trace).noted, THREADS * EACH);
    vt_str_free(&text);
    vt_trace_free(trace);
}

/* More names than are kept: what runs is told all the same. */
static void names_without_end_are_told_as_one(void **state)
{
    (void)state;
    enum { NAMED = 80, KEPT = 64 };
    vt_str text = VT_STR_INIT;
    vt_trace *trace = vt_trace_create(NAMED * 20, NULL);
    for (int i = 0; i < NAMED; i++) {
        char name[16];
        pthread_t thread;
        snprintf(name, sizeof name, "name %d.", i);
        assert_int_equal(vt_thread_start(&thread, name, note_elsewhere, trace), 0);
        pthread_join(thread, NULL);
    }
    json_value events = written(trace, &text);
    assert_int_equal(named(events, "name 3."), 1);
    assert_in_range(named(events, "one of many"), NAMED - KEPT, NAMED - KEPT + 8 /* of tests before */);
    vt_trace_free(trace);
    vt_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_are_written_as_they_were),
        cmocka_unit_test(the_oldest_are_forgotten),
        cmocka_unit_test(what_a_monitor_measures_is_traced),
        cmocka_unit_test(a_trace_is_one_as_its_format_asks),
        cmocka_unit_test(without_memory_nothing_is_written),
        cmocka_unit_test(wrong_sizes_are_refused),
        cmocka_unit_test(spans_are_whole_while_others_note_theirs),
        cmocka_unit_test(names_without_end_are_told_as_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
