/* Time: monotonic for durations and limits, wall clock only for what is stored or shown. Any thread. */
#ifndef VT_BASE_CLOCK_H
#define VT_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

#define VT_NS_PER_US INT64_C(1000)
#define VT_NS_PER_MS INT64_C(1000000)
#define VT_NS_PER_S  INT64_C(1000000000)

/* Nanoseconds since some point in the past; never goes back and ignores changes of the wall clock. */
int64_t vt_clock_now(void);

/* Nanoseconds since 1970-01-01 UTC. */
int64_t vt_clock_wall(void);

/* Processor time of the calling thread in nanoseconds: what work cost, however busy the machine is. */
int64_t vt_clock_thread_cpu(void);

/* A moment or duration of the system, in nanoseconds. */
static inline int64_t vt_clock_nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * VT_NS_PER_S + time.tv_nsec;
}

#endif
