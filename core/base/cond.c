#include "core/base/cond.h"

#include "core/base/clock.h"

#include <time.h>

bool vt_cond_init(pthread_cond_t *cond)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0) {
        return false;
    }
    bool ok = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
              pthread_cond_init(cond, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    return ok;
}

int64_t vt_deadline_after(int64_t timeout)
{
    int64_t now = vt_clock_now();
    return timeout > VT_FOREVER - now ? VT_FOREVER : now + timeout;
}

bool vt_cond_wait_until(pthread_cond_t *cond, pthread_mutex_t *mutex, int64_t deadline)
{
    if (deadline == VT_FOREVER) {
        pthread_cond_wait(cond, mutex);
        return true;
    }
    struct timespec until = {
        .tv_sec = (time_t)(deadline / VT_NS_PER_S),
        .tv_nsec = (long)(deadline % VT_NS_PER_S),
    };
    /* Any failure counts as time passed: a caller that looped on an error would never come to rest. */
    return pthread_cond_timedwait(cond, mutex, &until) == 0;
}
