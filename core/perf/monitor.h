/*
 * Monitor: how long operations take, as one fixed-size histogram per operation; nothing grows with use.
 *
 * Histograms are log-linear, as in HdrHistogram: 32 buckets to each power of two, so a percentile is at most
 * 1/32 (3.2 %) too high and never too low, from 1 ns to 73 minutes (longer counts as that).
 *
 * Threads: recording is lock-free from any thread, except that a record beyond a warning level is noted under
 * a lock that is held for an instant, and looks for what ran then: some ten microseconds. It is cheapest on
 * the thread that recorded an operation first: a span then costs its two looks at the clock and some 10 ns,
 * elsewhere some 15 ns more. Summaries may be taken at any time; while others record, their parts can differ
 * by the records in flight.
 */
#ifndef VT_PERF_MONITOR_H
#define VT_PERF_MONITOR_H

#include "core/base/error.h"
#include "core/perf/budget.h"
#include "core/perf/trace.h"

#include <stdint.h>

#define VT_MONITOR_OPERATIONS_MAX 64

/* Violations kept, the newest of them. */
#define VT_MONITOR_VIOLATIONS_MAX 64

typedef struct vt_monitor vt_monitor;

/* Kinds of work that a violation keeps. */
#define VT_VIOLATION_RAN_MAX 4

/* A record beyond its budget's warning level. What ran then is that of the trace which had ended by its end:
   kept with it, since the trace forgets within seconds of hard work. */
typedef struct vt_violation {
    const char *operation;
    const vt_budget *budget;
    vt_budget_level level;
    int64_t begin, end;                      /* vt_clock_now */
    int64_t wall;                            /* at its end: vt_clock_wall */
    vt_trace_part ran[VT_VIOLATION_RAN_MAX]; /* the longest first; the operation itself may be among them */
    size_t ran_count;
} vt_violation;

/* Names an operation in this monitor; -1 is none, and recording it does nothing. */
typedef int vt_operation;

typedef struct vt_operation_summary {
    const char *name;
    const vt_budget *budget; /* or NULL */
    uint64_t count;
    int64_t total, mean, min, max; /* nanoseconds; 0 while count is 0 */
    int64_t p50, p95, p99;
    uint64_t levels[VT_BUDGET_LEVEL_COUNT]; /* records per level of the budget; all 0 without one */
    uint64_t memory_count;                  /* records with a change of memory */
    int64_t memory_total, memory_max;       /* bytes: sum and largest of these changes */
} vt_operation_summary;

/* NULL when memory runs out. */
vt_monitor *vt_monitor_create(void);
void vt_monitor_free(vt_monitor *monitor); /* NULL is allowed */

/* Any thread: the operation of that name (static text), made on first use with `budget` (a row of the table
   or NULL, in nanoseconds). -1 and `error` when VT_MONITOR_OPERATIONS_MAX are in use (VT_ERROR_LIMIT) or
   memory runs out; callers may ignore that and record -1. */
vt_operation vt_monitor_operation(vt_monitor *monitor, const char *name, const vt_budget *budget,
                                  vt_error *error);

/* Records one duration in nanoseconds (negative counts as 0). Returns its level, VT_BUDGET_OK without a
 * budget. */
vt_budget_level vt_monitor_record(vt_monitor *monitor, vt_operation operation, int64_t duration);

/* The same for what ran from `begin` to `end` (vt_clock_now); also a span of the trace, if there is one. */
vt_budget_level vt_monitor_record_span(vt_monitor *monitor, vt_operation operation, int64_t begin,
                                       int64_t end);

/* The same for what began at `start` and ends now. */
vt_budget_level vt_monitor_record_since(vt_monitor *monitor, vt_operation operation, int64_t start);

/* From now on spans go to `trace`, too; NULL: they do not. Any thread; the trace before may be freed only
   when nobody records any more. Borrowed. */
void vt_monitor_set_trace(vt_monitor *monitor, vt_trace *trace);

/* Records by how many bytes memory changed during an operation. */
void vt_monitor_record_memory(vt_monitor *monitor, vt_operation operation, int64_t bytes);

/* How many operations there are; their numbers are 0 to that minus 1. */
int vt_monitor_operation_count(const vt_monitor *monitor);
/* "" if there is none of that number. */
const char *vt_monitor_operation_name(const vt_monitor *monitor, vt_operation operation);
void vt_monitor_summarise(const vt_monitor *monitor, vt_operation operation, vt_operation_summary *summary);

/* Copies the newest violations, the newest first: returns how many, at most `size`. `*total`, if not NULL, is
   how many there ever were. */
size_t vt_monitor_violations(vt_monitor *monitor, vt_violation *list, size_t size, uint64_t *total);

/* Forgets all records and keeps the operations. Records made meanwhile may or may not count. */
void vt_monitor_clear(vt_monitor *monitor);

#endif
