/*
 * BatchProgressTracker of document 003: counts what is completed and what failed of a batch, estimates rate
 * and remaining time, and reports through a throttler: at most one report per interval, the first and the
 * last one always.
 *
 * Rate: items that ended in the last seconds (a sliding window), not since the start, so that the estimate
 * follows the work. Threads: any; `report` is called on the thread that brought the news, one at a time and
 * in order; it hands the report on and must not call the tracker. Other threads may ask for one meanwhile.
 */
#ifndef VT_TASK_PROGRESS_H
#define VT_TASK_PROGRESS_H

#include "core/task/throttler.h"

/* How far back the rate looks, in nanoseconds. */
#define VT_PROGRESS_WINDOW (INT64_C(8) * 1000000000)

typedef struct vt_progress_report {
    uint64_t completed;      /* ended well */
    uint64_t failed;         /* ended badly */
    uint64_t total;          /* known so far; 0 while indeterminate and nothing is known */
    bool indeterminate;      /* the total may still grow: no percentage and no remaining time yet */
    bool finished;           /* the last report */
    double percent;          /* 0 to 100, of completed + failed; -1 while indeterminate */
    double items_per_second; /* 0 while unknown */
    int64_t elapsed;         /* nanoseconds since creation */
    int64_t remaining;       /* nanoseconds, estimated; -1 while unknown */
} vt_progress_report;

typedef void (*vt_progress_callback)(void *user, const vt_progress_report *report);

typedef struct vt_progress vt_progress;

/* A batch of `total` items, 0 if that is unknown yet (indeterminate until vt_progress_set_total). `interval`:
   nanoseconds between reports, VT_THROTTLE_IMPORT or VT_THROTTLE_DEFAULT. `report` may be NULL. `time`: NULL
   for the clock; copied. NULL when memory runs out. */
vt_progress *vt_progress_create(uint64_t total, int64_t interval, vt_progress_callback report, void *user,
                                const vt_time_source *time);
void vt_progress_free(vt_progress *progress); /* NULL is allowed */

/* The total is known now and will not grow; never below what has ended. */
void vt_progress_set_total(vt_progress *progress, uint64_t total);

/* `count` more items were found, and more may come (a scan at work): stays or becomes indeterminate. */
void vt_progress_add_found(vt_progress *progress, uint64_t count);

/* One or more items ended. */
void vt_progress_increment(vt_progress *progress, uint64_t count);
void vt_progress_increment_failed(vt_progress *progress, uint64_t count);

/* The batch is over, complete or not: sends the last report, once. Later calls change nothing. */
void vt_progress_finish(vt_progress *progress);

/* The present state, whatever the throttler holds back. */
void vt_progress_get_report(vt_progress *progress, vt_progress_report *report);

/* How many reports were offered, sent and held back. */
void vt_progress_get_stats(vt_progress *progress, vt_throttler_stats *stats);

#endif
