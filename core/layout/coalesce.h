/*
 * Many wishes, one update (document 002, process_pending_updates and OptimizedRenderer): a layout is computed
 * at most once in 16 ms, and painted at most 60 times a second, with what is dirty brought together into few
 * rectangles.
 *
 * It has no clock and no timer: whoever has both passes the time in, in nanoseconds of a clock that does not
 * go back (core/base/clock.h), and comes back when told. The first wish after a rest is due at once: nobody
 * waits for the sake of a rate that is not reached. One thread at a time.
 */
#ifndef VT_LAYOUT_COALESCE_H
#define VT_LAYOUT_COALESCE_H

#include "core/layout/rect.h"

#include <stddef.h>
#include <stdint.h>

#define VT_COALESCE_UPDATE_NS INT64_C(16000000)
#define VT_COALESCE_PAINT_NS  INT64_C(16666667)
#define VT_COALESCE_RECTS_MAX 16

typedef struct vt_coalesce_stats {
    uint64_t requests, updates; /* wishes for a layout, and how many were computed for them */
    uint64_t dirtied, paints;   /* rectangles told, and times they were painted */
    uint64_t rects_painted;
} vt_coalesce_stats;

/* A value; start with all zero. Fields are private. */
typedef struct vt_coalesce {
    int64_t updated_at, painted_at; /* 0: never */
    bool wants_update;
    vt_rect dirty[VT_COALESCE_RECTS_MAX];
    size_t dirty_count;
    vt_coalesce_stats stats;
} vt_coalesce;

/* What is due now. */
typedef struct vt_coalesce_work {
    bool update;                          /* compute the layout */
    vt_rect paint[VT_COALESCE_RECTS_MAX]; /* these, none of which overlaps another */
    size_t paint_count;
} vt_coalesce_work;

/* The layout has changed. */
void vt_coalesce_request(vt_coalesce *coalesce);

/* A part is to be painted anew; an empty one is none. */
void vt_coalesce_dirty(vt_coalesce *coalesce, vt_rect rect);

/* Nanoseconds until something is due: 0 now, -1 if nothing was asked for. Set the one timer to it. */
int64_t vt_coalesce_wait(const vt_coalesce *coalesce, int64_t now);

/* Takes what is due: that may be nothing, or only one of both. */
vt_coalesce_work vt_coalesce_take(vt_coalesce *coalesce, int64_t now);

void vt_coalesce_get_stats(const vt_coalesce *coalesce, vt_coalesce_stats *stats);

#endif
