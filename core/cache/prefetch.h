/*
 * What to load ahead of a scroll (document 004, predictive caching): from where the window stood and when,
 * the rows that will come into sight next.
 *
 * Speed is measured over the last VT_PREFETCH_WINDOW_NS since the direction last changed; ahead goes what
 * that speed reaches in VT_PREFETCH_AHEAD_NS, between half a screen and VT_PREFETCH_SCREENS_MAX of them and
 * at most VT_PREFETCH_ROWS_MAX rows. At rest it is half a screen, where the scroll was going. A scroll faster
 * than VT_PREFETCH_FLIGHT_SCREENS a second is a flight: what it passes is gone before it is loaded, so
 * nothing goes ahead until it slows down.
 *
 * A plain value and pure functions: any thread, one at a time; no allocation, constant time.
 */
#ifndef VT_CACHE_PREFETCH_H
#define VT_CACHE_PREFETCH_H

#include "core/base/clock.h"

#include <stdbool.h>
#include <stdint.h>

#define VT_PREFETCH_SAMPLES        8
#define VT_PREFETCH_WINDOW_NS      (300 * VT_NS_PER_MS)
#define VT_PREFETCH_AHEAD_NS       (500 * VT_NS_PER_MS)
#define VT_PREFETCH_SCREENS_MAX    4
#define VT_PREFETCH_ROWS_MAX       512
#define VT_PREFETCH_FLIGHT_SCREENS 20

/* Start with all zero. */
typedef struct vt_prefetch {
    struct {
        int64_t row, now;
    } samples[VT_PREFETCH_SAMPLES]; /* all in one direction, oldest first */
    int count;
    int direction; /* 1: to higher rows, -1: to lower ones, 0: not known yet */
} vt_prefetch;

/* The first visible row was `row` at `now` (vt_clock_now). A sample that moved nothing counts too: it says
   that the scroll rests. */
void vt_prefetch_sample(vt_prefetch *prefetch, int64_t row, int64_t now);

/* Another list, sort order or filter: positions of before mean nothing. */
void vt_prefetch_reset(vt_prefetch *prefetch);

/* Rows a second at `now`, negative towards lower rows; 0 at rest. */
double vt_prefetch_speed(const vt_prefetch *prefetch, int64_t now);

/* What is seen now. */
typedef struct vt_prefetch_view {
    int64_t first;   /* visible row */
    int64_t visible; /* rows seen at once */
    int64_t rows;    /* of the whole list */
    bool paused;     /* memory is short (vt_governor_may_prefetch) */
} vt_prefetch_view;

/* Rows first, first + step, ..., `count` of them: the nearest first. All are in the list, none is visible. */
typedef struct vt_prefetch_plan {
    int64_t first;
    int64_t count;
    int step; /* 1 or -1 */
} vt_prefetch_plan;

vt_prefetch_plan vt_prefetch_make_plan(const vt_prefetch *prefetch, const vt_prefetch_view *view,
                                       int64_t now);

#endif
