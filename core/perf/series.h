/*
 * Series: a figure over time in constant memory, at three resolutions: the last minute in tenths of a second,
 * the last ten minutes in seconds, and the whole session, whose slots double their width whenever they are
 * full. A slot keeps least, greatest and mean, so that a short peak is still seen after hours.
 *
 * Threads: one at a time.
 */
#ifndef VT_PERF_SERIES_H
#define VT_PERF_SERIES_H

#include <stddef.h>
#include <stdint.h>

#define VT_SERIES_SLOTS 600

typedef enum vt_series_span {
    VT_SERIES_MINUTE,
    VT_SERIES_TEN_MINUTES,
    VT_SERIES_SESSION,
    VT_SERIES_SPANS
} vt_series_span;

typedef struct vt_series vt_series;

/* `begun`: when the session began (vt_clock_now). NULL when memory runs out. */
vt_series *vt_series_create(int64_t begun);
vt_series *vt_series_copy(const vt_series *series);
void vt_series_free(vt_series *series); /* NULL is allowed */

/* What one holds, always. */
size_t vt_series_bytes(void);

/* The figure was `value` at `now`. Times before the one noted last count as that. */
void vt_series_note(vt_series *series, int64_t now, double value);

/* What stands for a slot of time. */
typedef struct vt_series_point {
    double least, greatest, mean;
    uint32_t count; /* 0: nothing was noted, and the others are 0 */
} vt_series_point;

/* The slots up to `now`, oldest first: returns how many, at most VT_SERIES_SLOTS, and their width in
   `*width` nanoseconds. The last one is the slot `now` lies in. */
size_t vt_series_read(const vt_series *series, vt_series_span span, int64_t now,
                      vt_series_point points[VT_SERIES_SLOTS], int64_t *width);

#endif
