#include "tests/support/check.h"

#include "tests/support/json.h"
#include "tests/support/trace_format.h"

#include <math.h>
#include <string.h>

enum { THREADS_MAX = 64, DEPTH_MAX = 64 };

/* The spans of a thread that have begun and not ended where the next one begins. */
typedef struct thread_stack {
    double thread;
    double ends[DEPTH_MAX];
    size_t depth;
} thread_stack;

typedef struct state {
    thread_stack stacks[THREADS_MAX];
    size_t stack_count;
    double last; /* begin of the span before */
    trace_format_counts counts;
} state;

static bool is(json_value value, const char *text)
{
    return json_is_string(value) && value.length == strlen(text) + 2 &&
           memcmp(value.text + 1, text, value.length - 2) == 0;
}

static double whole_number(json_value event, const char *key)
{
    double value = json_number(json_member(event, key));
    assert_true(value > 0 && value == floor(value));
    return value;
}

/* Times are numbers, not texts, of 0 or more: microseconds, and decimals for less. */
static double time_of(json_value event, const char *key)
{
    double value = json_number(json_member(event, key));
    assert_true(value >= 0 && value < 1e15);
    return value;
}

static void check_name(json_value value)
{
    assert_true(json_is_string(value));
    assert_true(value.length > 2);
}

static void check_metadata(state *at, json_value event)
{
    assert_int_equal(at->counts.spans, 0); /* names come first */
    check_name(json_member(json_member(event, "args"), "name"));
    bool of_process = is(json_member(event, "name"), "process_name");
    assert_true(of_process || is(json_member(event, "name"), "thread_name"));
    at->counts.processes += of_process;
    at->counts.threads += !of_process;
}

static thread_stack *stack_of(state *at, double thread)
{
    for (size_t i = 0; i < at->stack_count; i++) {
        if (at->stacks[i].thread == thread) {
            return &at->stacks[i];
        }
    }
    assert_true(at->stack_count < THREADS_MAX);
    at->stacks[at->stack_count] = (thread_stack){.thread = thread};
    return &at->stacks[at->stack_count++];
}

static void check_span(state *at, json_value event)
{
    const double rounding = 0.002; /* decimals of a nanosecond, twice */
    check_name(json_member(event, "name"));
    check_name(json_member(event, "cat"));
    double begin = time_of(event, "ts");
    double end = begin + time_of(event, "dur");
    assert_true(begin >= at->last);
    at->last = begin;
    thread_stack *stack = stack_of(at, whole_number(event, "tid"));
    while (stack->depth > 0 && stack->ends[stack->depth - 1] <= begin + rounding) {
        stack->depth--;
    }
    if (stack->depth > 0 && end > stack->ends[stack->depth - 1] + rounding) {
        print_error("%.*s lies across the end of another span\n", (int)event.length, event.text);
        fail();
    }
    assert_true(stack->depth < DEPTH_MAX);
    stack->ends[stack->depth++] = end;
    at->counts.deepest = stack->depth > at->counts.deepest ? stack->depth : at->counts.deepest;
    at->counts.spans++;
}

void trace_format_check(const char *text, size_t length, size_t limit, trace_format_counts *counts)
{
    static state at;
    memset(&at, 0, sizeof at);
    json_value root = json_parse(text, length);
    assert_non_null(root.text);
    json_value unit = json_member(root, "displayTimeUnit");
    assert_true(is(unit, "ms") || is(unit, "ns"));
    json_value events = json_member(root, "traceEvents");
    assert_true(events.text && events.text[0] == '[');
    json_value event = json_first(events);
    for (size_t i = 0; event.text && i < limit; i++, event = json_next(events, event)) {
        whole_number(event, "pid");
        whole_number(event, "tid");
        if (is(json_member(event, "ph"), "M")) {
            check_metadata(&at, event);
        } else {
            assert_true(is(json_member(event, "ph"), "X"));
            check_span(&at, event);
        }
    }
    *counts = at.counts;
}
