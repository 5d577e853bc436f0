/*
 * What imports cost the user, measured where it happens, beside the budgets of document 001 (6.6.2.1): how
 * long nothing is told of one that is at work, how long one goes on after it was cancelled, and the window's
 * time for an item. Times are passed in. No Qt; one thread.
 */
#ifndef VT_UI_ACTIVITY_JOB_TIMES_H
#define VT_UI_ACTIVITY_JOB_TIMES_H

#include "app/ui/activity/jobs.h"
#include "core/perf/monitor.h"

typedef struct vt_job_times {
    vt_monitor *monitor; /* borrowed; NULL: nothing is measured */
    vt_operation progress, cancelled, item;
    int64_t taken_ns, items; /* the window's time since the last record, and what arrived in it */
} vt_job_times;

void vt_job_times_init(vt_job_times *times, vt_monitor *monitor);

/* Figures of `job` have come, and vt_job_update has taken them. What was held by the user or waits for the
   disk has nothing to tell: that time does not count. */
void vt_job_times_told(vt_job_times *times, vt_job *job, int64_t now);

/* The user does not want it any more; twice is as once. */
void vt_job_times_stop(vt_job *job, int64_t now);

/* It has ended, for whatever reason. */
void vt_job_times_end(vt_job_times *times, vt_job *job, int64_t now);

/* Items have arrived; the window took so long for all that came with them, and for progress. Recorded for
   each VT_JOB_TIMES_ITEMS of them together, since what a turn costs by itself is no item's; `rest`: also for
   fewer, as when the last import ends. */
#define VT_JOB_TIMES_ITEMS 64
void vt_job_times_items(vt_job_times *times, int64_t items);
void vt_job_times_turn(vt_job_times *times, int64_t ns, bool rest);

#endif
