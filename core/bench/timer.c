#include "core/bench/timer.h"

#include "core/base/clock.h"
#include "core/perf/rss.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef VITRINE_TEST_SLOW
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#endif

static int64_t nanoseconds(struct timeval time)
{
    return (int64_t)time.tv_sec * VT_NS_PER_S + (int64_t)time.tv_usec * VT_NS_PER_US;
}

static int64_t used_by(int who)
{
    struct rusage usage;
    return getrusage(who, &usage) == 0 ? nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime) : 0;
}

/* So that the peak is that of what follows (proc(5), clear_refs). Where the system refuses, the peak is that
   of the whole process: the figures measure one thing a process, so little is lost. */
static void reset_peak(void)
{
    int file = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
    if (file >= 0) {
        (void)!write(file, "5", 1);
        close(file);
    }
}

static int64_t now(vt_bench_clock clock)
{
    switch (clock) {
    case VT_BENCH_THREAD:
        return vt_clock_thread_cpu();
    case VT_BENCH_PROCESSES:
        return used_by(RUSAGE_SELF) + used_by(RUSAGE_CHILDREN);
    case VT_BENCH_MEMORY:
        return vt_rss_self().peak;
    default:
        return vt_clock_now();
    }
}

#ifdef VITRINE_TEST_SLOW
/* The build that the tests slow: the figure that $VITRINE_TEST_SLOW names takes four times as long. Less
   would be over every limit (compare.h), too, but not on a machine that has become two or three times as fast
   since the baseline was measured, as one does whose neighbours have gone: such acquit (test_compare.c). */
enum { TIMES_SLOWER = 4 };

static void slow_down(const vt_bench_timer *timer)
{
    const char *slowed = getenv("VITRINE_TEST_SLOW");
    if (!slowed || strcmp(slowed, timer->figure) != 0) {
        return;
    }
    int64_t took = now(timer->clock) - timer->begun;
    int64_t until = timer->begun + TIMES_SLOWER * took;
    if (timer->clock == VT_BENCH_MEMORY && took > 0) {
        void *more = mmap(NULL, (size_t)took, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (more != MAP_FAILED) {
            memset(more, 1, (size_t)took); /* and it is not given back */
        }
        return;
    }
    while (now(timer->clock) < until) {
    }
}
#endif

void vt_bench_timer_begin(vt_bench_timer *timer)
{
    if (timer->clock == VT_BENCH_MEMORY) {
        reset_peak();
        timer->begun = vt_rss_self().current;
    } else {
        timer->begun = now(timer->clock);
    }
}

void vt_bench_timer_end(vt_bench_timer *timer)
{
#ifdef VITRINE_TEST_SLOW
    slow_down(timer);
#endif
    int64_t took = now(timer->clock) - timer->begun;
    timer->total += took > 0 ? (double)took : 0;
}

void vt_bench_timer_add(vt_bench_timer *timer, double amount)
{
    timer->total += amount;
}
