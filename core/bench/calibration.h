/*
 * A piece of work that never changes, done between the measurements: how long it takes says how fast the
 * machine is at that moment, whoever else uses it. A measured time divided by it stays the same where
 * everything got slower, and can be compared between machines, more or less.
 *
 * It is what Vitrine's own work is made of: arithmetic on bytes, reads all over a megabyte, and
 * all over and through more than caches hold, small allocations. Changing it makes all baselines worthless:
 * then VT_BENCH_DATA_VERSION (figure.h) grows.
 *
 * Threads: one at a time in a process.
 */
#ifndef VT_BENCH_CALIBRATION_H
#define VT_BENCH_CALIBRATION_H

#include "core/bench/timer.h"

#include <stdint.h>

/* Nanoseconds a unit took, the mean of `units` in a row (1 or more), some half a millisecond each; by the
   processor time of this thread, or by the clock for VT_BENCH_WALL. */
double vt_bench_calibrate(vt_bench_clock clock, unsigned units);

#endif
