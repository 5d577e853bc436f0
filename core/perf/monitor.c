#include "core/perf/monitor.h"

#include "core/base/clock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Bucket of a value v: v itself below 32; above, 32 buckets per power of two, chosen by the five bits after
   the leading one. 2^42 ns are 73 minutes. */
enum { SUB_BITS = 5, SUB_BUCKETS = 1 << SUB_BITS, MAX_BITS = 42 };
enum { BUCKETS = (MAX_BITS - SUB_BITS + 1) * SUB_BUCKETS };
#define LONGEST ((INT64_C(1) << MAX_BITS) - 1)

/* What was recorded. What can be told from it is not counted apart: the number of records is the sum of the
   buckets, and those within the target are the ones that are at no other level. The least and the greatest
   value are read by every record and seldom written. */
typedef struct records {
    _Atomic int64_t total, min, max;
    _Atomic uint64_t beyond[VT_BUDGET_LEVEL_COUNT]; /* per level; at VT_BUDGET_OK always 0 */
    _Atomic uint64_t buckets[BUCKETS];
} records;

/* Most operations are recorded by one thread only. The first one that records owns the operation and counts
   without locked additions, which took a third of a span; the others share the second set of records. Only
   the owner writes its own: to forget them, `clears` is counted up, and they stand for nothing until the
   owner, at its next record, has emptied them. A thread that has ended leaves the operation to whoever has
   its thread-local storage then, or to nobody. */
typedef struct histogram {
    const char *name;
    const vt_budget *budget;
    _Atomic(const char *) owner;     /* `this_thread` of it; NULL: nobody yet */
    atomic_uint clears, owned_since; /* its records are those since that many clears */
    _Atomic uint64_t memory_count;
    _Atomic int64_t memory_total, memory_max;
    records owned, shared;
} histogram;

/* Its address tells threads apart. */
static _Thread_local char this_thread;

struct vt_monitor {
    _Atomic(vt_trace *) trace; /* borrowed; NULL: nobody traces */
    pthread_mutex_t lock;      /* held while an operation is added; guards the violations */
    uint64_t violation_count;
    vt_violation violations[VT_MONITOR_VIOLATIONS_MAX]; /* the newest: number n at n % MAX */
    atomic_int count;                                   /* operations below it are complete and stay */
    histogram *operations[VT_MONITOR_OPERATIONS_MAX];
};

static void reset_records(records *of)
{
    atomic_store_explicit(&of->total, 0, memory_order_relaxed);
    atomic_store_explicit(&of->min, INT64_MAX, memory_order_relaxed);
    atomic_store_explicit(&of->max, 0, memory_order_relaxed);
    for (int i = 0; i < VT_BUDGET_LEVEL_COUNT; i++) {
        atomic_store_explicit(&of->beyond[i], 0, memory_order_relaxed);
    }
    for (int i = 0; i < BUCKETS; i++) {
        atomic_store_explicit(&of->buckets[i], 0, memory_order_relaxed);
    }
}

static void reset(histogram *at)
{
    atomic_fetch_add_explicit(&at->clears, 1, memory_order_relaxed);
    reset_records(&at->shared);
    atomic_store(&at->memory_count, 0);
    atomic_store(&at->memory_total, 0);
    atomic_store(&at->memory_max, INT64_MIN);
}

vt_monitor *vt_monitor_create(void)
{
    vt_monitor *monitor = calloc(1, sizeof *monitor);
    if (!monitor || pthread_mutex_init(&monitor->lock, NULL) != 0) {
        free(monitor);
        return NULL;
    }
    return monitor;
}

void vt_monitor_free(vt_monitor *monitor)
{
    if (!monitor) {
        return;
    }
    for (int i = 0; i < atomic_load(&monitor->count); i++) {
        free(monitor->operations[i]);
    }
    pthread_mutex_destroy(&monitor->lock);
    free(monitor);
}

static vt_operation find(const vt_monitor *monitor, const char *name)
{
    int count = vt_monitor_operation_count(monitor);
    for (int i = 0; i < count; i++) {
        if (strcmp(monitor->operations[i]->name, name) == 0) {
            return i;
        }
    }
    return -1;
}

static vt_operation add_locked(vt_monitor *monitor, const char *name, const vt_budget *budget,
                               vt_error *error)
{
    int count = atomic_load(&monitor->count);
    if (count == VT_MONITOR_OPERATIONS_MAX) {
        vt_error_set(error, VT_ERROR_LIMIT, "cannot measure '%s': all %d operations are in use", name,
                     VT_MONITOR_OPERATIONS_MAX);
        return -1;
    }
    histogram *fresh = calloc(1, sizeof *fresh);
    if (!fresh) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory to measure '%s'", name);
        return -1;
    }
    reset(fresh);
    fresh->name = name;
    fresh->budget = budget;
    monitor->operations[count] = fresh;
    /* Release: whoever sees the new count sees the operation complete. */
    atomic_store_explicit(&monitor->count, count + 1, memory_order_release);
    return count;
}

vt_operation vt_monitor_operation(vt_monitor *monitor, const char *name, const vt_budget *budget,
                                  vt_error *error)
{
    if (budget && budget->unit != VT_BUDGET_NANOSECONDS) {
        vt_error_set(error, VT_ERROR_USAGE, "the budget '%s' is not one of time", budget->name);
        return -1;
    }
    vt_operation found = find(monitor, name);
    if (found >= 0) {
        return found;
    }
    pthread_mutex_lock(&monitor->lock);
    found = find(monitor, name);
    if (found < 0) {
        found = add_locked(monitor, name, budget, error);
    }
    pthread_mutex_unlock(&monitor->lock);
    return found;
}

static int bucket_of(int64_t value)
{
    if (value < SUB_BUCKETS) {
        return (int)value;
    }
    int exponent = 63 - __builtin_clzll((unsigned long long)value);
    int sub = (int)(value >> (exponent - SUB_BITS)) - SUB_BUCKETS;
    return (exponent - SUB_BITS + 1) * SUB_BUCKETS + sub;
}

/* The largest value of a bucket. */
static int64_t bucket_end(int bucket)
{
    if (bucket < SUB_BUCKETS) {
        return bucket;
    }
    int shift = bucket / SUB_BUCKETS - 1;
    int64_t first = bucket % SUB_BUCKETS + SUB_BUCKETS;
    return ((first + 1) << shift) - 1;
}

static void lower(_Atomic int64_t *at, int64_t value)
{
    int64_t seen = atomic_load_explicit(at, memory_order_relaxed);
    while (value < seen && !atomic_compare_exchange_weak_explicit(at, &seen, value, memory_order_relaxed,
                                                                  memory_order_relaxed)) {
    }
}

static void raise_to(_Atomic int64_t *at, int64_t value)
{
    int64_t seen = atomic_load_explicit(at, memory_order_relaxed);
    while (value > seen && !atomic_compare_exchange_weak_explicit(at, &seen, value, memory_order_relaxed,
                                                                  memory_order_relaxed)) {
    }
}

static void count(_Atomic uint64_t *at)
{
    atomic_fetch_add_explicit(at, 1, memory_order_relaxed);
}

static histogram *get(const vt_monitor *monitor, vt_operation operation)
{
    return operation >= 0 && operation < vt_monitor_operation_count(monitor) ? monitor->operations[operation]
                                                                             : NULL;
}

static void note_violation(vt_monitor *monitor, const histogram *at, vt_budget_level level, int64_t duration)
{
    int64_t end = vt_clock_now();
    vt_violation made = {.operation = at->name,
                         .budget = at->budget,
                         .level = level,
                         .begin = end - duration,
                         .end = end,
                         .wall = vt_clock_wall()};
    const vt_trace *trace = atomic_load_explicit(&monitor->trace, memory_order_acquire);
    if (trace) {
        made.ran_count = vt_trace_between(trace, made.begin, made.end, made.ran, VT_VIOLATION_RAN_MAX);
    }
    pthread_mutex_lock(&monitor->lock);
    monitor->violations[monitor->violation_count++ % VT_MONITOR_VIOLATIONS_MAX] = made;
    pthread_mutex_unlock(&monitor->lock);
}

size_t vt_monitor_violations(vt_monitor *monitor, vt_violation *list, size_t size, uint64_t *total)
{
    pthread_mutex_lock(&monitor->lock);
    uint64_t noted = monitor->violation_count;
    size_t kept = noted < VT_MONITOR_VIOLATIONS_MAX ? (size_t)noted : VT_MONITOR_VIOLATIONS_MAX;
    size_t count = kept < size ? kept : size;
    for (size_t i = 0; i < count; i++) {
        list[i] = monitor->violations[(noted - 1 - i) % VT_MONITOR_VIOLATIONS_MAX];
    }
    pthread_mutex_unlock(&monitor->lock);
    if (total) {
        *total = noted;
    }
    return count;
}

/* True if this thread is the owner, whose records are ready then. */
static bool own(histogram *at)
{
    const char *owner = atomic_load_explicit(&at->owner, memory_order_relaxed);
    if (owner != &this_thread &&
        (owner || !atomic_compare_exchange_strong_explicit(&at->owner, &owner, &this_thread,
                                                           memory_order_relaxed, memory_order_relaxed))) {
        return false;
    }
    unsigned clears = atomic_load_explicit(&at->clears, memory_order_relaxed);
    if (atomic_load_explicit(&at->owned_since, memory_order_relaxed) != clears) {
        reset_records(&at->owned);
        atomic_store_explicit(&at->owned_since, clears, memory_order_release);
    }
    return true;
}

/* For the owner: nobody else writes there. */
static void count_owned(_Atomic uint64_t *at)
{
    uint64_t before = atomic_load_explicit(at, memory_order_relaxed);
    atomic_store_explicit(at, before + 1, memory_order_relaxed);
}

static void record_owned(records *of, int64_t duration, vt_budget_level level)
{
    int64_t total = atomic_load_explicit(&of->total, memory_order_relaxed);
    atomic_store_explicit(&of->total, total + duration, memory_order_relaxed);
    count_owned(&of->buckets[bucket_of(duration)]);
    if (duration < atomic_load_explicit(&of->min, memory_order_relaxed)) {
        atomic_store_explicit(&of->min, duration, memory_order_relaxed);
    }
    if (duration > atomic_load_explicit(&of->max, memory_order_relaxed)) {
        atomic_store_explicit(&of->max, duration, memory_order_relaxed);
    }
    if (level != VT_BUDGET_OK) {
        count_owned(&of->beyond[level]);
    }
}

static void record_shared(records *of, int64_t duration, vt_budget_level level)
{
    count(&of->buckets[bucket_of(duration)]);
    atomic_fetch_add_explicit(&of->total, duration, memory_order_relaxed);
    lower(&of->min, duration);
    raise_to(&of->max, duration);
    if (level != VT_BUDGET_OK) {
        count(&of->beyond[level]);
    }
}

static vt_budget_level record(vt_monitor *monitor, histogram *at, int64_t duration)
{
    duration = duration < 0 ? 0 : duration > LONGEST ? LONGEST : duration;
    vt_budget_level level = at->budget ? vt_budget_check(at->budget, duration) : VT_BUDGET_OK;
    if (own(at)) {
        record_owned(&at->owned, duration, level);
    } else {
        record_shared(&at->shared, duration, level);
    }
    if (level >= VT_BUDGET_WARNING) {
        note_violation(monitor, at, level, duration);
    }
    return level;
}

vt_budget_level vt_monitor_record(vt_monitor *monitor, vt_operation operation, int64_t duration)
{
    histogram *at = get(monitor, operation);
    return at ? record(monitor, at, duration) : VT_BUDGET_OK;
}

vt_budget_level vt_monitor_record_span(vt_monitor *monitor, vt_operation operation, int64_t begin,
                                       int64_t end)
{
    histogram *at = get(monitor, operation);
    if (!at) {
        return VT_BUDGET_OK;
    }
    vt_trace *trace = atomic_load_explicit(&monitor->trace, memory_order_acquire);
    if (trace) {
        vt_trace_note(trace, at->name, begin, end);
    }
    return record(monitor, at, end - begin);
}

vt_budget_level vt_monitor_record_since(vt_monitor *monitor, vt_operation operation, int64_t start)
{
    return vt_monitor_record_span(monitor, operation, start, vt_clock_now());
}

void vt_monitor_set_trace(vt_monitor *monitor, vt_trace *trace)
{
    atomic_store_explicit(&monitor->trace, trace, memory_order_release);
}

void vt_monitor_record_memory(vt_monitor *monitor, vt_operation operation, int64_t bytes)
{
    histogram *at = get(monitor, operation);
    if (at) {
        count(&at->memory_count);
        atomic_fetch_add_explicit(&at->memory_total, bytes, memory_order_relaxed);
        raise_to(&at->memory_max, bytes);
    }
}

int vt_monitor_operation_count(const vt_monitor *monitor)
{
    return atomic_load_explicit(&monitor->count, memory_order_acquire);
}

const char *vt_monitor_operation_name(const vt_monitor *monitor, vt_operation operation)
{
    const histogram *at = get(monitor, operation);
    return at ? at->name : "";
}

/* The smallest bucket end with at least `percent` of all records at or below it, but not above `max`. */
static int64_t percentile(const uint64_t *buckets, uint64_t records, unsigned percent, int64_t max)
{
    uint64_t rank = (records / 100) * percent + ((records % 100) * percent + 99) / 100;
    uint64_t below = 0;
    for (int i = 0; i < BUCKETS; i++) {
        below += buckets[i];
        if (below >= rank && below > 0) {
            int64_t end = bucket_end(i);
            return end < max ? end : max;
        }
    }
    return max;
}

/* Adds what was recorded to `buckets` and to the summary; `min` as long as nothing was recorded INT64_MAX.
   Returns the number of records. */
static uint64_t add_records(const records *of, uint64_t buckets[BUCKETS], vt_operation_summary *summary)
{
    uint64_t added = 0;
    for (int i = 0; i < BUCKETS; i++) {
        uint64_t here = atomic_load_explicit(&of->buckets[i], memory_order_relaxed);
        buckets[i] += here;
        added += here;
    }
    for (int i = VT_BUDGET_SLOW; i < VT_BUDGET_LEVEL_COUNT; i++) {
        summary->levels[i] += atomic_load_explicit(&of->beyond[i], memory_order_relaxed);
    }
    int64_t min = atomic_load_explicit(&of->min, memory_order_relaxed);
    int64_t max = atomic_load_explicit(&of->max, memory_order_relaxed);
    summary->total += atomic_load_explicit(&of->total, memory_order_relaxed);
    summary->min = min < summary->min ? min : summary->min;
    summary->max = max > summary->max ? max : summary->max;
    return added;
}

static uint64_t read_records(const histogram *at, uint64_t buckets[BUCKETS], vt_operation_summary *summary)
{
    /* One copy for all percentiles, and its own sum: they agree with each other whoever records meanwhile. */
    memset(buckets, 0, sizeof(uint64_t) * BUCKETS);
    summary->min = INT64_MAX;
    uint64_t count = add_records(&at->shared, buckets, summary);
    unsigned since = atomic_load_explicit(&at->owned_since, memory_order_acquire);
    if (since == atomic_load_explicit(&at->clears, memory_order_relaxed)) {
        count += add_records(&at->owned, buckets, summary);
    }
    uint64_t beyond = summary->levels[VT_BUDGET_SLOW] + summary->levels[VT_BUDGET_WARNING] +
                      summary->levels[VT_BUDGET_CRITICAL];
    summary->levels[VT_BUDGET_OK] = at->budget && count > beyond ? count - beyond : 0;
    summary->min = summary->min < summary->max ? summary->min : summary->max;
    return count;
}

void vt_monitor_summarise(const vt_monitor *monitor, vt_operation operation, vt_operation_summary *summary)
{
    const histogram *at = get(monitor, operation);
    *summary = (vt_operation_summary){.name = ""};
    if (!at) {
        return;
    }
    summary->name = at->name;
    summary->budget = at->budget;
    summary->memory_count = atomic_load(&at->memory_count);
    if (summary->memory_count > 0) {
        summary->memory_total = atomic_load(&at->memory_total);
        summary->memory_max = atomic_load(&at->memory_max);
    }
    uint64_t buckets[BUCKETS];
    summary->count = read_records(at, buckets, summary);
    if (summary->count == 0) {
        summary->total = summary->min = summary->max = 0; /* of records in flight */
        return;
    }
    summary->mean = summary->total / (int64_t)summary->count;
    summary->p50 = percentile(buckets, summary->count, 50, summary->max);
    summary->p95 = percentile(buckets, summary->count, 95, summary->max);
    summary->p99 = percentile(buckets, summary->count, 99, summary->max);
}

void vt_monitor_clear(vt_monitor *monitor)
{
    for (int i = 0; i < vt_monitor_operation_count(monitor); i++) {
        reset(monitor->operations[i]);
    }
    pthread_mutex_lock(&monitor->lock);
    monitor->violation_count = 0;
    pthread_mutex_unlock(&monitor->lock);
}
