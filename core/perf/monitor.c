#include "core/perf/monitor.h"

#include "core/base/clock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Bucket of a value v: v itself below 32; above, 32 buckets per power of two, chosen by the five bits after
   the leading one. 2^42 ns are 73 minutes. */
enum { SUB_BITS = 5, SUB_BUCKETS = 1 << SUB_BITS, MAX_BITS = 42 };
enum { BUCKETS = (MAX_BITS - SUB_BITS + 1) * SUB_BUCKETS };
#define LONGEST ((INT64_C(1) << MAX_BITS) - 1)

typedef struct histogram {
    const char *name;
    const vt_budget *budget;
    _Atomic uint64_t count;
    _Atomic int64_t total, min, max;
    _Atomic uint64_t levels[VT_BUDGET_LEVEL_COUNT];
    _Atomic uint64_t memory_count;
    _Atomic int64_t memory_total, memory_max;
    _Atomic uint64_t buckets[BUCKETS];
} histogram;

struct vt_monitor {
    _Atomic(vt_trace *) trace; /* borrowed; NULL: nobody traces */
    pthread_mutex_t lock;      /* held while an operation is added; guards the violations */
    uint64_t violation_count;
    vt_violation violations[VT_MONITOR_VIOLATIONS_MAX]; /* the newest: number n at n % MAX */
    atomic_int count;                                   /* operations below it are complete and stay */
    histogram *operations[VT_MONITOR_OPERATIONS_MAX];
};

static void reset(histogram *at)
{
    atomic_store(&at->count, 0);
    atomic_store(&at->total, 0);
    atomic_store(&at->min, INT64_MAX);
    atomic_store(&at->max, 0);
    for (int i = 0; i < VT_BUDGET_LEVEL_COUNT; i++) {
        atomic_store(&at->levels[i], 0);
    }
    atomic_store(&at->memory_count, 0);
    atomic_store(&at->memory_total, 0);
    atomic_store(&at->memory_max, INT64_MIN);
    for (int i = 0; i < BUCKETS; i++) {
        atomic_store_explicit(&at->buckets[i], 0, memory_order_relaxed);
    }
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
    int64_t wall = vt_clock_wall();
    pthread_mutex_lock(&monitor->lock);
    monitor->violations[monitor->violation_count++ % VT_MONITOR_VIOLATIONS_MAX] =
        (vt_violation){.operation = at->name,
                       .budget = at->budget,
                       .level = level,
                       .begin = end - duration,
                       .end = end,
                       .wall = wall};
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

vt_budget_level vt_monitor_record(vt_monitor *monitor, vt_operation operation, int64_t duration)
{
    histogram *at = get(monitor, operation);
    if (!at) {
        return VT_BUDGET_OK;
    }
    duration = duration < 0 ? 0 : duration > LONGEST ? LONGEST : duration;
    count(&at->buckets[bucket_of(duration)]);
    count(&at->count);
    atomic_fetch_add_explicit(&at->total, duration, memory_order_relaxed);
    lower(&at->min, duration);
    raise_to(&at->max, duration);
    if (!at->budget) {
        return VT_BUDGET_OK;
    }
    vt_budget_level level = vt_budget_check(at->budget, duration);
    count(&at->levels[level]);
    if (level >= VT_BUDGET_WARNING) {
        note_violation(monitor, at, level, duration);
    }
    return level;
}

vt_budget_level vt_monitor_record_since(vt_monitor *monitor, vt_operation operation, int64_t start)
{
    int64_t now = vt_clock_now();
    vt_trace *trace = atomic_load_explicit(&monitor->trace, memory_order_acquire);
    const histogram *at = trace ? get(monitor, operation) : NULL;
    if (at) {
        vt_trace_note(trace, at->name, start, now);
    }
    return vt_monitor_record(monitor, operation, now - start);
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

void vt_monitor_summarise(const vt_monitor *monitor, vt_operation operation, vt_operation_summary *summary)
{
    histogram *at = get(monitor, operation);
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
    for (int i = 0; i < VT_BUDGET_LEVEL_COUNT; i++) {
        summary->levels[i] = atomic_load(&at->levels[i]);
    }
    /* One copy for all percentiles, and its own sum: they agree with each other whoever records meanwhile. */
    uint64_t buckets[BUCKETS];
    uint64_t records = 0;
    for (int i = 0; i < BUCKETS; i++) {
        buckets[i] = atomic_load_explicit(&at->buckets[i], memory_order_relaxed);
        records += buckets[i];
    }
    summary->count = atomic_load(&at->count);
    if (summary->count == 0 || records == 0) {
        summary->count = 0;
        return;
    }
    summary->total = atomic_load(&at->total);
    summary->mean = summary->total / (int64_t)summary->count;
    summary->max = atomic_load(&at->max);
    int64_t min = atomic_load(&at->min);
    summary->min = min < summary->max ? min : summary->max;
    summary->p50 = percentile(buckets, records, 50, summary->max);
    summary->p95 = percentile(buckets, records, 95, summary->max);
    summary->p99 = percentile(buckets, records, 99, summary->max);
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
