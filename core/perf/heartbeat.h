/*
 * Heartbeat of an event loop, without the loop: it is fed with the times at which a timer fired and tells how
 * late the loop was. The window feeds it from a timer; so a stall is anything that kept the loop from
 * turning, whoever caused it.
 *
 * Threads: ticks come from one thread; figures may be read from any.
 */
#ifndef VT_PERF_HEARTBEAT_H
#define VT_PERF_HEARTBEAT_H

#include "core/base/error.h"

#include <stdint.h>

typedef struct vt_heartbeat vt_heartbeat;

/* Times in nanoseconds. */
typedef struct vt_heartbeat_figures {
    uint64_t ticks;        /* gaps measured */
    int64_t longest_stall; /* the most that a tick came late */
    int64_t stalled_total; /* lateness of all ticks over the frame budget */
    uint64_t over_budget;  /* ticks later than one frame: each is a frame that was missed */
    uint64_t turns;        /* drains of posted results */
    int64_t longest_turn;  /* the longest of them ("ui_dispatch_us_max") */
    int64_t turns_total;
} vt_heartbeat_figures;

/* `interval`: of the timer, more than 0. `frame_budget`: lateness that is still fine, 0 or more. NULL and
   `error` for other numbers or when memory runs out. */
vt_heartbeat *vt_heartbeat_create(int64_t interval, int64_t frame_budget, vt_error *error);
void vt_heartbeat_free(vt_heartbeat *heartbeat); /* NULL is allowed */

/* The timer fired at `now` (vt_clock_now). Returns how late it came: the time since the tick before, less the
   interval; 0 for the first one. */
int64_t vt_heartbeat_tick(vt_heartbeat *heartbeat, int64_t now);

/* The timer stops on purpose (window hidden, system asleep): the next tick is a first one again. */
void vt_heartbeat_pause(vt_heartbeat *heartbeat);

/* One drain of posted results took `duration`. */
void vt_heartbeat_turn(vt_heartbeat *heartbeat, int64_t duration);

void vt_heartbeat_get_figures(const vt_heartbeat *heartbeat, vt_heartbeat_figures *figures);

/* Starts the figures anew, for the next import. From the ticking thread. */
void vt_heartbeat_reset(vt_heartbeat *heartbeat);

#endif
