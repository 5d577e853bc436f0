/*
 * What a measurement is taken with: the work between begin and end counts, all the rest does not. A value;
 * belongs to the thread that measures.
 */
#ifndef VT_BENCH_TIMER_H
#define VT_BENCH_TIMER_H

#include <stdint.h>

typedef enum vt_bench_clock {
    VT_BENCH_THREAD,    /* processor time of the measuring thread */
    VT_BENCH_PROCESSES, /* processor time of this process and of the children it has waited for */
    VT_BENCH_WALL,      /* the clock: what somebody waits */
    VT_BENCH_MEMORY     /* bytes by which the resident memory grew at its peak */
} vt_bench_clock;

typedef struct vt_bench_timer {
    vt_bench_clock clock;
    const char *figure; /* for the hook of the tests */
    double total;       /* nanoseconds or bytes, of all that stood between begin and end */
    int64_t begun;
} vt_bench_timer;

void vt_bench_timer_begin(vt_bench_timer *timer);
void vt_bench_timer_end(vt_bench_timer *timer);

/* For what measures itself, in nanoseconds or bytes. */
void vt_bench_timer_add(vt_bench_timer *timer, double amount);

#endif
