#include "core/perf/heartbeat.h"

#include <stdatomic.h>
#include <stdlib.h>

/* Written by the ticking thread alone, so a load and a store make an update; atomic for those who read. */
struct vt_heartbeat {
    int64_t interval;
    int64_t frame_budget;
    bool ticking; /* there was a tick before; the ticking thread's alone */
    int64_t previous;
    _Atomic uint64_t ticks, over_budget, turns;
    _Atomic int64_t longest_stall, stalled_total, longest_turn, turns_total;
};

vt_heartbeat *vt_heartbeat_create(int64_t interval, int64_t frame_budget, vt_error *error)
{
    if (interval <= 0 || frame_budget < 0) {
        vt_error_set(error, VT_ERROR_USAGE,
                     "a heartbeat needs an interval above 0 and a frame budget of 0 or more");
        return NULL;
    }
    vt_heartbeat *heartbeat = calloc(1, sizeof *heartbeat);
    if (!heartbeat) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a heartbeat");
        return NULL;
    }
    heartbeat->interval = interval;
    heartbeat->frame_budget = frame_budget;
    return heartbeat;
}

void vt_heartbeat_free(vt_heartbeat *heartbeat)
{
    free(heartbeat);
}

static void add(_Atomic int64_t *at, int64_t value)
{
    atomic_store_explicit(at, atomic_load_explicit(at, memory_order_relaxed) + value, memory_order_relaxed);
}

static void count(_Atomic uint64_t *at)
{
    atomic_store_explicit(at, atomic_load_explicit(at, memory_order_relaxed) + 1, memory_order_relaxed);
}

static void raise_to(_Atomic int64_t *at, int64_t value)
{
    if (value > atomic_load_explicit(at, memory_order_relaxed)) {
        atomic_store_explicit(at, value, memory_order_relaxed);
    }
}

int64_t vt_heartbeat_tick(vt_heartbeat *heartbeat, int64_t now)
{
    int64_t late = heartbeat->ticking ? now - heartbeat->previous - heartbeat->interval : 0;
    bool measured = heartbeat->ticking;
    heartbeat->ticking = true;
    heartbeat->previous = now;
    if (!measured) {
        return 0;
    }
    late = late < 0 ? 0 : late;
    count(&heartbeat->ticks);
    raise_to(&heartbeat->longest_stall, late);
    if (late > heartbeat->frame_budget) {
        count(&heartbeat->over_budget);
        add(&heartbeat->stalled_total, late);
    }
    return late;
}

void vt_heartbeat_pause(vt_heartbeat *heartbeat)
{
    heartbeat->ticking = false;
}

void vt_heartbeat_turn(vt_heartbeat *heartbeat, int64_t duration)
{
    count(&heartbeat->turns);
    raise_to(&heartbeat->longest_turn, duration);
    add(&heartbeat->turns_total, duration);
}

void vt_heartbeat_get_figures(const vt_heartbeat *heartbeat, vt_heartbeat_figures *figures)
{
    figures->ticks = atomic_load_explicit(&heartbeat->ticks, memory_order_relaxed);
    figures->longest_stall = atomic_load_explicit(&heartbeat->longest_stall, memory_order_relaxed);
    figures->stalled_total = atomic_load_explicit(&heartbeat->stalled_total, memory_order_relaxed);
    figures->over_budget = atomic_load_explicit(&heartbeat->over_budget, memory_order_relaxed);
    figures->turns = atomic_load_explicit(&heartbeat->turns, memory_order_relaxed);
    figures->longest_turn = atomic_load_explicit(&heartbeat->longest_turn, memory_order_relaxed);
    figures->turns_total = atomic_load_explicit(&heartbeat->turns_total, memory_order_relaxed);
}

void vt_heartbeat_reset(vt_heartbeat *heartbeat)
{
    _Atomic uint64_t *const counts[] = {&heartbeat->ticks, &heartbeat->over_budget, &heartbeat->turns};
    _Atomic int64_t *const times[] = {&heartbeat->longest_stall, &heartbeat->stalled_total,
                                      &heartbeat->longest_turn, &heartbeat->turns_total};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        atomic_store_explicit(counts[i], 0, memory_order_relaxed);
    }
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        atomic_store_explicit(times[i], 0, memory_order_relaxed);
    }
}
