/*
 * CLOCK_MONOTONIC by the processor's own counter of time (x86's time stamp counter): a third of what the
 * system's call costs, and that is most of what a measured span costs. Each thread asks the system once in a
 * millisecond and counts from there, so that nothing adds up and the two clocks differ by the precision of
 * one look, far below a microsecond.
 *
 * Only where the system itself keeps its time by that counter (clocksource "tsc": it has checked that the
 * counters of all processors go alike, at one rate, and on in sleep). Elsewhere there is no such clock.
 * Until its rate is known, some 20 ms after the first look, and after the machine slept, every look is one at
 * the system's. VITRINE_SYSTEM_CLOCK=1 in the environment turns it off. Any thread; not in signal handlers.
 */
#ifndef VT_BASE_COUNTER_CLOCK_H
#define VT_BASE_COUNTER_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Nanoseconds as CLOCK_MONOTONIC counts them, never less than at the last call of this thread. False: there
   is no such clock here, which does not change; ask the system. */
bool vt_counter_clock_read(int64_t *now);

#endif
