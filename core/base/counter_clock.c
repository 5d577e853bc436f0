#include "core/base/counter_clock.h"

#include "core/base/clock.h"

#ifdef __x86_64__

#include <cpuid.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <x86intrin.h>

/* Ticks are turned into nanoseconds by a factor with that many binary digits behind the point. */
enum { FRACTION_BITS = 32 };

/* Between looks at the system's clock, by the counter's own time. */
static const int64_t WINDOW_NS = VT_NS_PER_MS;
/* Over at least that long a rate is taken: two looks that are wrong by 100 ns each make it wrong by 20
   millionths, and a window by 20 ns. */
static const int64_t RATE_NS = 10 * VT_NS_PER_MS;
/* A rate that holds is taken anew after that long. */
static const int64_t RENEW_NS = VT_NS_PER_S;
/* A look at both clocks that took more ticks than that was interrupted. */
static const uint64_t TICKS_OF_A_LOOK = 1000;

/* Both clocks at one moment. */
typedef struct look {
    uint64_t ticks;
    int64_t ns;
} look;

/* Nanoseconds a tick; 0: not known. */
static _Atomic uint64_t rate;

/* Where this thread counts from, and what it was told last. */
static _Thread_local look origin;
static _Thread_local int64_t last;

/* ---- may it be used at all ---- */

/* Intel's manual, volume 3, 18.17.1, and AMD's, volume 3, E.4.7: "invariant TSC". */
static bool counter_is_even(void)
{
    enum { POWER_LEAF = 0x80000007, INVARIANT = 1 << 8 };
    unsigned a, b, c, d = 0;
    return __get_cpuid((unsigned)POWER_LEAF, &a, &b, &c, &d) && (d & INVARIANT);
}

static bool system_trusts_it(void)
{
    static const char path[] = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    char text[16] = "";
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    return length > 0 && strncmp(text, "tsc\n", 4) == 0;
}

enum { UNKNOWN, USABLE, USELESS };
static _Atomic int use = UNKNOWN;

static bool is_usable(void)
{
    int known = atomic_load_explicit(&use, memory_order_relaxed);
    if (known == UNKNOWN) { /* threads that find out at once find the same */
        known = !getenv("VITRINE_SYSTEM_CLOCK") && counter_is_even() && system_trusts_it() ? USABLE : USELESS;
        atomic_store_explicit(&use, known, memory_order_relaxed);
    }
    return known == USABLE;
}

/* ---- the rate ---- */

static bool agree(uint64_t one, uint64_t other)
{
    enum { THOUSANDTHS = 1000 };
    uint64_t apart = one > other ? one - other : other - one;
    return apart <= other / THOUSANDTHS;
}

/* A rate counts once two in a row agree: one over a sleep of the machine, in which the counter went on and
   the clock did not, tells nothing. Whoever comes while another thread is at it leaves it to that. */
static void take_rate(const look *now)
{
    static atomic_flag taking = ATOMIC_FLAG_INIT;
    static look begin;
    static uint64_t before;
    if (atomic_flag_test_and_set_explicit(&taking, memory_order_acquire)) {
        return;
    }
    int64_t ns = now->ns - begin.ns;
    bool known = atomic_load_explicit(&rate, memory_order_relaxed) > 0;
    if (begin.ns == 0 || now->ticks <= begin.ticks) {
        begin = *now;
    } else if (ns >= (known ? RENEW_NS : RATE_NS)) {
        uint64_t taken = (uint64_t)(((unsigned __int128)ns << FRACTION_BITS) / (now->ticks - begin.ticks));
        bool holds = taken > 0 && agree(taken, before);
        atomic_store_explicit(&rate, holds ? taken : 0, memory_order_relaxed);
        before = taken;
        begin = *now;
    }
    atomic_flag_clear_explicit(&taking, memory_order_release);
}

/* ---- reading ---- */

static int64_t not_back(int64_t now)
{
    last = now > last ? now : last;
    return last;
}

static int64_t look_anew(void)
{
    struct timespec now;
    uint64_t before = __rdtsc();
    clock_gettime(CLOCK_MONOTONIC, &now);
    uint64_t after = __rdtsc();
    const look seen = {.ticks = before + (after - before) / 2, .ns = vt_clock_nanoseconds(now)};
    if (after - before < TICKS_OF_A_LOOK) { /* not so if the counter was set back, either */
        origin = seen;
        take_rate(&seen);
    }
    return not_back(seen.ns);
}

bool vt_counter_clock_read(int64_t *now)
{
    if (!is_usable()) {
        return false;
    }
    uint64_t ticks = __rdtsc() - origin.ticks; /* a huge number if the counter was set back */
    uint64_t known = atomic_load_explicit(&rate, memory_order_relaxed);
    unsigned __int128 ns = ((unsigned __int128)ticks * known) >> FRACTION_BITS;
    bool within = known > 0 && ns < (unsigned __int128)WINDOW_NS;
    *now = within ? not_back(origin.ns + (int64_t)ns) : look_anew();
    return true;
}

#else /* other processors have counters, too; their systems' clocks are cheap there */

bool vt_counter_clock_read(int64_t *now)
{
    (void)now;
    return false;
}

#endif
