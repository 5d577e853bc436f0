/*
 * Alerts: tells when a figure stays beyond a limit, and when it is well again: each once. A figure that
 * swings about its limit is told once, because it is well only below a lower one; one that comes back soon is
 * not told again until its pause is over.
 *
 * Pure: times are passed in. Threads: one at a time.
 */
#ifndef VT_PERF_ALERT_H
#define VT_PERF_ALERT_H

#include <stdbool.h>
#include <stdint.h>

/* What is watched. */
typedef enum vt_alert_id {
    VT_ALERT_MEMORY,   /* of all processes, as a part of the hard limit */
    VT_ALERT_STALL,    /* the window stood still: nanoseconds */
    VT_ALERT_QUEUE,    /* tasks that wait */
    VT_ALERT_DISK,     /* bytes free where the catalog lies: beyond is below */
    VT_ALERT_FAILURES, /* files of an import that could not be read, as a part of those that were tried */
    VT_ALERT_HELPERS,  /* helpers that died or were stopped within a minute */
    VT_ALERT_COUNT
} vt_alert_id;

typedef struct vt_alert_rule {
    const char *name; /* stable, for settings and logs */
    double raise, clear;
    bool below;        /* it is raised when the figure falls below `raise`, cleared above `clear` */
    int64_t hold_ns;   /* so long it has to stay there before it is told; 0: at once */
    int64_t pause_ns;  /* so long it is not told again after it was */
    const char *title; /* for people, in a sentence's form; both translatable, context "performance" */
    const char *advice;
} vt_alert_rule;

/* The row of `id`; never NULL. */
const vt_alert_rule *vt_alert_rule_get(vt_alert_id id);

typedef enum vt_alert_word {
    VT_ALERT_NOTHING,
    VT_ALERT_RAISED, /* tell it */
    VT_ALERT_CLEARED /* it was told, and is well again */
} vt_alert_word;

typedef struct vt_alert_state {
    int64_t since_ns;     /* beyond the limit from then on; 0: it is not */
    int64_t told_ns;      /* when it was told last; 0: never */
    bool is_on, was_told; /* beyond, for long enough; and this time it was told */
} vt_alert_state;

/* All 0 at the begin. */
typedef struct vt_alerts {
    vt_alert_state states[VT_ALERT_COUNT];
} vt_alerts;

/* The figure of `id` is `value` at `now` (vt_clock_now, more than 0). */
vt_alert_word vt_alerts_note(vt_alerts *alerts, vt_alert_id id, double value, int64_t now);

/* It is raised and not cleared, whether or not it was told. */
static inline bool vt_alerts_is_on(const vt_alerts *alerts, vt_alert_id id)
{
    return alerts->states[id].is_on;
}

#endif
