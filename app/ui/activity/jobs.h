/*
 * The imports of this session as a list: those under way, and the last VT_JOBS_ENDED_MAX that have ended,
 * with a rate that does not jump and what is left by it. No Qt, no clock: one thread.
 */
#ifndef VT_UI_ACTIVITY_JOBS_H
#define VT_UI_ACTIVITY_JOBS_H

#include "core/base/error.h"
#include "core/base/str.h"
#include "core/import/operation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_JOBS_ENDED_MAX 50
#define VT_JOBS_MAX       (VT_JOBS_ENDED_MAX + VT_IMPORTS_MAX)

typedef enum vt_job_state {
    VT_JOB_SEARCHING, /* how much there is, is not known yet */
    VT_JOB_READING,
    VT_JOB_HELD,    /* by the user */
    VT_JOB_WAITING, /* for room on the disk */
    VT_JOB_STOPPING,
    VT_JOB_DONE,
    VT_JOB_CANCELLED,
    VT_JOB_BROKEN /* ended by a fault that is no single file's */
} vt_job_state;

typedef struct vt_job {
    int64_t id;
    vt_job_state state;
    char *subject; /* owned; what is imported, for people */
    char *fault;   /* owned; why it waits or broke; NULL: it does not */
    vt_import_figures figures;
    double rate;      /* items a second, smoothed over some seconds; 0: not known yet */
    double remaining; /* seconds by that rate; < 0: not known */
    bool stopping, waiting;
    int64_t seen_ns, seen_done; /* at the last figures */
    /* For job_times.h; 0: does not count. */
    int64_t told_ns;    /* when progress was told last */
    int64_t stopped_ns; /* when it was asked to stop */
} vt_job;

typedef struct vt_jobs {
    vt_job *jobs[VT_JOBS_MAX]; /* owned; the newest first */
    size_t count;
} vt_jobs;

/* A new one, at the front. NULL when memory runs out. Beyond VT_JOBS_ENDED_MAX the oldest that has ended
 * goes.
 */
vt_job *vt_jobs_begin(vt_jobs *jobs, int64_t id, const char *subject, int64_t now_ns);
void vt_jobs_drop(vt_jobs *jobs, int64_t id); /* it could not begin */
vt_job *vt_jobs_find(const vt_jobs *jobs, int64_t id);
void vt_jobs_clear_ended(vt_jobs *jobs);
void vt_jobs_clear(vt_jobs *jobs);

void vt_job_update(vt_job *job, const vt_import_figures *figures, int64_t now_ns);
/* It waits for room on the disk because of `reason`; NULL: no more. */
void vt_job_wait(vt_job *job, const vt_error *reason);
void vt_job_stop(vt_job *job);
/* `error` as `finished` of vt_import_listener. */
void vt_job_end(vt_job *job, const vt_import_figures *figures, const vt_error *error);

bool vt_job_has_ended(const vt_job *job);

/* How far it is, 0 to 1000; -1 while that is not known. */
int vt_job_permille(const vt_job *job);

/* The columns of the panel: "1,204 of 12,431", "250/s", "3 min left", and what it is at or what became of it.
   Empty where there is nothing to say. */
void vt_job_counts(const vt_job *job, vt_str *text);
void vt_job_rate(const vt_job *job, vt_str *text);
void vt_job_remaining(const vt_job *job, vt_str *text);
void vt_job_status(const vt_job *job, vt_str *text);

/* All that are under way in a line: "3 imports, 4,310 of 20,000 files, 510/s"; "No import is at work". */
void vt_jobs_total(const vt_jobs *jobs, vt_str *text);

#endif
