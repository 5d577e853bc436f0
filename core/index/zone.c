#include "core/index/zone.h"

#include "core/base/clock.h"

#include <pthread.h>
#include <stdbool.h>
#include <time.h>

/* 12 days: no zone changes its time twice within so few. */
#define STEP_SHIFT 20
#define FROM_S     INT64_C(-2208988800) /* 1900-01-01 */
#define TO_S       INT64_C(7258118400)  /* 2200-01-01 */
#define STEPS      ((TO_S - FROM_S) >> STEP_SHIFT)

typedef struct zone_step {
    int64_t change; /* seconds; from then on `after` holds, before it `before` */
    int32_t before, after;
} zone_step;

/* Written once, before anybody reads. */
static zone_step steps[STEPS + 1];
static pthread_once_t looked_up = PTHREAD_ONCE_INIT;

static int32_t offset_at(int64_t moment)
{
    time_t time = (time_t)moment;
    struct tm local;
    return localtime_r(&time, &local) ? (int32_t)local.tm_gmtoff : 0;
}

static void look_up(void)
{
    tzset(); /* localtime_r need not */
    int64_t start = FROM_S;
    int32_t before = offset_at(start);
    for (int64_t i = 0; i <= STEPS; i++) {
        int64_t end = start + (INT64_C(1) << STEP_SHIFT);
        int32_t after = offset_at(end);
        int64_t low = start;
        int64_t high = end; /* `after` holds here */
        while (before != after && high - low > 1) {
            int64_t middle = low + (high - low) / 2;
            if (offset_at(middle) == after) {
                high = middle;
            } else {
                low = middle;
            }
        }
        steps[i] = (zone_step){high, before, after};
        start = end;
        before = after;
    }
}

int64_t vt_zone_clock(int64_t moment_ns)
{
    pthread_once(&looked_up, look_up);
    int64_t moment = moment_ns / VT_NS_PER_S - (moment_ns % VT_NS_PER_S < 0);
    int64_t clamped = moment < FROM_S ? FROM_S : moment >= TO_S ? TO_S - 1 : moment;
    const zone_step *step = &steps[(clamped - FROM_S) >> STEP_SHIFT];
    int64_t shown = 0;
    bool wraps = __builtin_add_overflow(
        moment_ns, (clamped < step->change ? step->before : step->after) * VT_NS_PER_S, &shown);
    return wraps ? moment_ns : shown;
}
