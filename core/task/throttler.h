/*
 * ProgressThrottler of documents 001 and 003: lets an update through at most every so many milliseconds, so
 * that progress never loads the receiver. The first and the last update always pass; what is held back is
 * kept (only the newest) and can be flushed.
 *
 * Threads: any. `emit` is called on the updating thread, one call at a time and in order, with the
 * throttler's lock held: it hands the update on (a mailbox) and must not call the throttler.
 */
#ifndef VT_TASK_THROTTLER_H
#define VT_TASK_THROTTLER_H

#include "core/base/error.h"

#include <stdint.h>

#define VT_THROTTLE_IMPORT  (INT64_C(100) * 1000000) /* nanoseconds between updates of an import */
#define VT_THROTTLE_DEFAULT (INT64_C(250) * 1000000) /* everywhere else */

/* Where the time comes from; tests give their own. `now` returns nanoseconds that never go back. */
typedef struct vt_time_source {
    int64_t (*now)(void *user);
    void *user;
} vt_time_source;

/* vt_clock_now. */
extern const vt_time_source vt_time_source_clock;

typedef struct vt_throttled_update {
    uint64_t current;
    uint64_t total; /* 0: unknown */
    char text[192]; /* UTF-8, cut at a character if too long */
} vt_throttled_update;

typedef void (*vt_throttler_emit)(void *user, const vt_throttled_update *update);

typedef struct vt_throttler_stats {
    uint64_t total;     /* updates offered */
    uint64_t emitted;   /* calls of `emit` */
    uint64_t throttled; /* held back when offered; all but the newest of them were never shown */
} vt_throttler_stats;

typedef struct vt_throttler vt_throttler;

/* `interval`: nanoseconds, 0 or more. `time`: NULL for the clock; copied. NULL when memory runs out. */
vt_throttler *vt_throttler_create(int64_t interval, vt_throttler_emit emit, void *user,
                                  const vt_time_source *time);
void vt_throttler_free(vt_throttler *throttler); /* NULL is allowed; nothing is flushed */

/* True if an update that is neither first nor last would pass now. Changes nothing. */
bool vt_throttler_is_due(vt_throttler *throttler);

/* Offers an update; true if it was emitted. It is the last one if `total` is known and `current` reaches it.
   `text` may be NULL; copied. */
bool vt_throttler_update(vt_throttler *throttler, uint64_t current, uint64_t total, const char *text);

/* Emits what is held back; false if there is nothing. */
bool vt_throttler_flush_pending(vt_throttler *throttler);

/* The next update passes whatever the time (document 001: force_update). */
void vt_throttler_force_next(vt_throttler *throttler);

void vt_throttler_get_stats(vt_throttler *throttler, vt_throttler_stats *stats);

#endif
