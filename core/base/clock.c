#include "core/base/clock.h"

#include "core/base/counter_clock.h"

static int64_t read_clock(clockid_t id)
{
    struct timespec now;
    clock_gettime(id, &now);
    return vt_clock_nanoseconds(now);
}

int64_t vt_clock_now(void)
{
    int64_t now;
    return vt_counter_clock_read(&now) ? now : read_clock(CLOCK_MONOTONIC);
}

int64_t vt_clock_wall(void)
{
    return read_clock(CLOCK_REALTIME);
}

int64_t vt_clock_thread_cpu(void)
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}
