#include "core/perf/trace.h"

#include "core/base/thread.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS_MAX = 256, THREAD_NAMES_MAX = 64 };

/* A place of the ring. `turn` is the number of the span that stands there, from 1 on, or BUSY while one
   thread writes it: a reader that sees the same number before and after has read a whole span. */
#define BUSY UINT64_MAX
typedef struct place {
    _Atomic uint64_t turn;
    _Atomic(const char *) name, thread_name;
    _Atomic int64_t begin, length;
    _Atomic int32_t thread;
} place;

/* A thread, by the system's number of it, and what it was called when it noted its first span: it may have
   ended since, and its number been given to another. */
typedef struct thread_self {
    int number;
    const char *name; /* static */
} thread_self;

typedef struct span {
    const char *name;
    int64_t begin, length;
    thread_self thread;
} span;

struct vt_trace {
    _Atomic uint64_t next; /* the number of the next span, from 0 on */
    size_t mask;           /* places less 1 */
    place places[];
};

vt_trace *vt_trace_create(size_t spans, vt_error *error)
{
    if (spans < 1 || spans > VT_TRACE_SPANS_MAX) {
        vt_error_set(error, VT_ERROR_USAGE, "a trace keeps 1 to %zu spans, not %zu", VT_TRACE_SPANS_MAX,
                     spans);
        return NULL;
    }
    size_t places = 1;
    while (places < spans) {
        places *= 2;
    }
    vt_trace *trace = calloc(1, sizeof *trace + places * sizeof *trace->places);
    if (!trace) {
        vt_error_set(error, VT_ERROR_MEMORY, "no memory for a trace of %zu spans", spans);
        return NULL;
    }
    trace->mask = places - 1;
    return trace;
}

void vt_trace_free(vt_trace *trace)
{
    free(trace);
}

/* One copy of each name, for as long as the program runs: threads come and go, and have few names. */
static const char *keep_name(const char *name)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static char kept[THREAD_NAMES_MAX][VT_THREAD_NAME_SIZE];
    static size_t count;
    pthread_mutex_lock(&lock);
    size_t i = 0;
    while (i < count && strcmp(kept[i], name) != 0) {
        i++;
    }
    if (i == count && count < THREAD_NAMES_MAX) {
        memcpy(kept[count++], name, VT_THREAD_NAME_SIZE);
    }
    pthread_mutex_unlock(&lock);
    return i < THREAD_NAMES_MAX ? kept[i] : "one of many";
}

/* Asked for once a thread. */
static thread_self this_thread(void)
{
    static _Thread_local thread_self self;
    if (self.number == 0) {
        char name[VT_THREAD_NAME_SIZE];
        vt_thread_name(name);
        self = (thread_self){.number = gettid(), .name = keep_name(name)};
    }
    return self;
}

void vt_trace_note(vt_trace *trace, const char *name, int64_t begin, int64_t end)
{
    if (!trace) {
        return;
    }
    const thread_self self = this_thread();
    uint64_t number = atomic_fetch_add_explicit(&trace->next, 1, memory_order_relaxed);
    place *at = &trace->places[number & trace->mask];
    uint64_t before = atomic_load_explicit(&at->turn, memory_order_relaxed);
    /* A thread that slept for a whole turn of the ring finds its place taken, or is still at it. */
    if (before == BUSY || before > number ||
        !atomic_compare_exchange_strong_explicit(&at->turn, &before, BUSY, memory_order_acquire,
                                                 memory_order_relaxed)) {
        return;
    }
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&at->name, name, memory_order_relaxed);
    atomic_store_explicit(&at->begin, begin, memory_order_relaxed);
    atomic_store_explicit(&at->length, end > begin ? end - begin : 0, memory_order_relaxed);
    atomic_store_explicit(&at->thread, self.number, memory_order_relaxed);
    atomic_store_explicit(&at->thread_name, self.name, memory_order_relaxed);
    atomic_store_explicit(&at->turn, number + 1, memory_order_release);
}

/* False if the span is being written, or gone. */
static bool read_span(const vt_trace *trace, uint64_t number, span *out)
{
    const place *at = &trace->places[number & trace->mask];
    if (atomic_load_explicit(&at->turn, memory_order_acquire) != number + 1) {
        return false;
    }
    *out = (span){.name = atomic_load_explicit(&at->name, memory_order_relaxed),
                  .begin = atomic_load_explicit(&at->begin, memory_order_relaxed),
                  .length = atomic_load_explicit(&at->length, memory_order_relaxed),
                  .thread = {.number = atomic_load_explicit(&at->thread, memory_order_relaxed),
                             .name = atomic_load_explicit(&at->thread_name, memory_order_relaxed)}};
    atomic_thread_fence(memory_order_acquire);
    return atomic_load_explicit(&at->turn, memory_order_relaxed) == number + 1;
}

/* The number of the oldest span that can still be there. */
static uint64_t oldest(const vt_trace *trace, uint64_t end)
{
    return end > trace->mask + 1 ? end - trace->mask - 1 : 0;
}

vt_trace_figures vt_trace_get_figures(const vt_trace *trace)
{
    uint64_t noted = atomic_load_explicit(&trace->next, memory_order_relaxed);
    return (vt_trace_figures){.noted = noted, .kept = noted - oldest(trace, noted)};
}

/* ---- what ran when ---- */

enum { NAMES_MAX = 64 };

static void add_part(vt_trace_part *all, size_t *count, const char *name, int64_t ns)
{
    size_t i = 0;
    while (i < *count && strcmp(all[i].name, name) != 0) {
        i++;
    }
    if (i == NAMES_MAX) {
        return; /* there are far fewer names in the program */
    }
    if (i == *count) {
        all[(*count)++] = (vt_trace_part){.name = name};
    }
    all[i].count++;
    all[i].ns += ns;
}

static int longest_first(const void *left, const void *right)
{
    const vt_trace_part *a = left;
    const vt_trace_part *b = right;
    return a->ns != b->ns ? (a->ns < b->ns ? 1 : -1) : strcmp(a->name, b->name);
}

size_t vt_trace_between(const vt_trace *trace, int64_t begin, int64_t end, vt_trace_part *parts, size_t size)
{
    vt_trace_part all[NAMES_MAX] = {{.name = NULL}};
    size_t count = 0;
    uint64_t last = atomic_load_explicit(&trace->next, memory_order_relaxed);
    for (uint64_t number = oldest(trace, last); number < last; number++) {
        span of;
        if (!read_span(trace, number, &of) || of.begin >= end || of.begin + of.length <= begin) {
            continue;
        }
        int64_t from = of.begin > begin ? of.begin : begin;
        int64_t to = of.begin + of.length < end ? of.begin + of.length : end;
        add_part(all, &count, of.name, to - from);
    }
    qsort(all, count, sizeof *all, longest_first);
    count = count < size ? count : size;
    memcpy(parts, all, count * sizeof *all);
    return count;
}

/* ---- writing out ---- */

typedef struct writer {
    vt_json_writer *json;
    int64_t origin;
    thread_self threads[THREADS_MAX]; /* that were met; more have no names */
    size_t thread_count;
} writer;

static void write_int(vt_json_writer *json, const char *key, int64_t value)
{
    vt_json_key(json, key);
    vt_json_int(json, value);
}

static void write_text(vt_json_writer *json, const char *key, const char *value)
{
    vt_json_key(json, key);
    vt_json_string(json, value);
}

static void write_microseconds(vt_json_writer *json, const char *key, int64_t nanoseconds)
{
    vt_json_key(json, key);
    vt_json_double(json, (double)nanoseconds / 1e3);
}

static void meet_thread(writer *out, thread_self thread)
{
    for (size_t i = 0; i < out->thread_count; i++) {
        if (out->threads[i].number == thread.number) {
            return;
        }
    }
    if (out->thread_count < THREADS_MAX) {
        out->threads[out->thread_count++] = thread;
    }
}

static void write_span(const writer *out, const span *of)
{
    vt_json_object_begin(out->json);
    write_text(out->json, "ph", "X");
    write_text(out->json, "name", of->name);
    write_text(out->json, "cat", VT_TRACE_CATEGORY);
    write_int(out->json, "pid", getpid());
    write_int(out->json, "tid", of->thread.number);
    write_microseconds(out->json, "ts", of->begin - out->origin);
    write_microseconds(out->json, "dur", of->length);
    vt_json_object_end(out->json);
}

static void write_metadata(const writer *out, const char *kind, int thread, const char *name)
{
    vt_json_object_begin(out->json);
    write_text(out->json, "ph", "M");
    write_text(out->json, "name", kind);
    write_int(out->json, "pid", getpid());
    write_int(out->json, "tid", thread);
    vt_json_key(out->json, "args");
    vt_json_object_begin(out->json);
    write_text(out->json, "name", name);
    vt_json_object_end(out->json);
    vt_json_object_end(out->json);
}

/* Parents before what lies within them. */
static int by_begin(const void *left, const void *right)
{
    const span *a = left;
    const span *b = right;
    if (a->begin != b->begin) {
        return a->begin < b->begin ? -1 : 1;
    }
    return a->length != b->length ? (a->length > b->length ? -1 : 1) : 0;
}

/* All spans that are whole, as one list, free(); NULL: no memory for it. */
static span *collect(const vt_trace *trace, uint64_t from, uint64_t end, size_t *count)
{
    span *all = malloc(((size_t)(end - from) + 1) * sizeof *all);
    *count = 0;
    for (uint64_t number = from; all && number < end; number++) {
        *count += read_span(trace, number, &all[*count]);
    }
    if (all) {
        qsort(all, *count, sizeof *all, by_begin);
    }
    return all;
}

static void write_names(const writer *out)
{
    if (out->thread_count > 0) {
        write_metadata(out, "process_name", getpid(), program_invocation_short_name);
    }
    for (size_t i = 0; i < out->thread_count; i++) {
        write_metadata(out, "thread_name", out->threads[i].number, out->threads[i].name);
    }
}

static void write_sorted(writer *out, const span *all, size_t count)
{
    out->origin = count > 0 ? all[0].begin : 0;
    for (size_t i = 0; i < count; i++) {
        meet_thread(out, all[i].thread);
    }
    write_names(out);
    for (size_t i = 0; i < count; i++) {
        write_span(out, &all[i]);
    }
}

bool vt_trace_write(const vt_trace *trace, vt_json_writer *json, vt_error *error)
{
    uint64_t end = atomic_load_explicit(&trace->next, memory_order_relaxed);
    size_t count;
    span *all = collect(trace, oldest(trace, end), end, &count);
    if (!all) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory to write a trace");
    }
    writer out = {.json = json};
    vt_json_object_begin(json);
    write_text(json, "displayTimeUnit", "ms");
    vt_json_key(json, "traceEvents");
    vt_json_array_begin(json);
    write_sorted(&out, all, count);
    vt_json_array_end(json);
    vt_json_object_end(json);
    free(all);
    return true;
}
