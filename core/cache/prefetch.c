#include "core/cache/prefetch.h"

#include <string.h>

static int sign_of(int64_t number)
{
    return (number > 0) - (number < 0);
}

void vt_prefetch_reset(vt_prefetch *prefetch)
{
    *prefetch = (vt_prefetch){.count = 0};
}

/* The first `count` samples say nothing any more. */
static void forget(vt_prefetch *prefetch, int count)
{
    prefetch->count -= count;
    memmove(prefetch->samples, prefetch->samples + count,
            (size_t)prefetch->count * sizeof prefetch->samples[0]);
}

void vt_prefetch_sample(vt_prefetch *prefetch, int64_t row, int64_t now)
{
    if (prefetch->count > 0) {
        int direction = sign_of(row - prefetch->samples[prefetch->count - 1].row);
        if (direction != 0 && direction != prefetch->direction) {
            forget(prefetch, prefetch->count - 1); /* the turning point begins the new direction */
            prefetch->direction = direction;
        }
    }
    if (prefetch->count == VT_PREFETCH_SAMPLES) {
        forget(prefetch, 1);
    }
    prefetch->samples[prefetch->count].row = row;
    prefetch->samples[prefetch->count].now = now;
    prefetch->count++;
}

double vt_prefetch_speed(const vt_prefetch *prefetch, int64_t now)
{
    int first = 0;
    while (first < prefetch->count && now - prefetch->samples[first].now > VT_PREFETCH_WINDOW_NS) {
        first++;
    }
    int last = prefetch->count - 1;
    if (first >= last) {
        return 0;
    }
    int64_t duration = prefetch->samples[last].now - prefetch->samples[first].now;
    int64_t distance = prefetch->samples[last].row - prefetch->samples[first].row;
    return duration > 0 ? (double)distance * (double)VT_NS_PER_S / (double)duration : 0;
}

/* How many rows a scroll of that speed, in rows a second either way, should find loaded. */
static int64_t rows_ahead(double speed, int64_t visible)
{
    speed = speed < 0 ? -speed : speed;
    if (speed > (double)visible * VT_PREFETCH_FLIGHT_SCREENS) {
        return 0;
    }
    int64_t rows = (int64_t)(speed * (double)VT_PREFETCH_AHEAD_NS / (double)VT_NS_PER_S);
    int64_t least = (visible + 1) / 2, most = visible * VT_PREFETCH_SCREENS_MAX;
    most = most < VT_PREFETCH_ROWS_MAX ? most : VT_PREFETCH_ROWS_MAX;
    rows = rows > least ? rows : least;
    return rows < most ? rows : most;
}

vt_prefetch_plan vt_prefetch_make_plan(const vt_prefetch *prefetch, const vt_prefetch_view *view, int64_t now)
{
    int step = prefetch->direction < 0 ? -1 : 1;
    vt_prefetch_plan plan = {.first = step > 0 ? view->first + view->visible : view->first - 1, .step = step};
    if (view->paused || view->visible <= 0 || view->first < 0 || view->visible > view->rows) {
        return plan;
    }
    int64_t left = step > 0 ? view->rows - plan.first : plan.first + 1;
    int64_t ahead = rows_ahead(vt_prefetch_speed(prefetch, now), view->visible);
    ahead = ahead < left ? ahead : left;
    plan.count = ahead > 0 ? ahead : 0;
    return plan;
}
