#include "core/perf/series.h"

#include "core/base/clock.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct slot {
    double sum;
    float least, greatest;
    uint32_t count;
} slot;

/* Slots of equal width since the begin of the session; slot n stands at n % VT_SERIES_SLOTS. */
typedef struct ring {
    int64_t width;
    int64_t newest; /* the number of the newest slot; -1: none */
    slot slots[VT_SERIES_SLOTS];
} ring;

struct vt_series {
    int64_t begun, last;
    ring rings[VT_SERIES_SPANS];
};

vt_series *vt_series_create(int64_t begun)
{
    static const int64_t widths[VT_SERIES_SPANS] = {VT_NS_PER_S / 10, VT_NS_PER_S, VT_NS_PER_S};
    vt_series *series = calloc(1, sizeof *series);
    if (!series) {
        return NULL;
    }
    series->begun = series->last = begun;
    for (int i = 0; i < VT_SERIES_SPANS; i++) {
        series->rings[i].width = widths[i];
        series->rings[i].newest = -1;
    }
    return series;
}

vt_series *vt_series_copy(const vt_series *series)
{
    vt_series *copy = malloc(sizeof *copy);
    if (copy) {
        *copy = *series;
    }
    return copy;
}

void vt_series_free(vt_series *series)
{
    free(series);
}

size_t vt_series_bytes(void)
{
    return sizeof(vt_series);
}

static void join(slot *to, const slot *other)
{
    if (other->count == 0) {
        return;
    }
    to->least = to->count == 0 || other->least < to->least ? other->least : to->least;
    to->greatest = to->count == 0 || other->greatest > to->greatest ? other->greatest : to->greatest;
    to->sum += other->sum;
    to->count += other->count;
}

/* Two slots become one, in place: slot n is then what 2n and 2n + 1 were. */
static void double_width(ring *of)
{
    for (int i = 0; i < VT_SERIES_SLOTS / 2; i++) {
        slot both = of->slots[2 * i];
        join(&both, &of->slots[2 * i + 1]);
        of->slots[i] = both;
    }
    memset(of->slots + VT_SERIES_SLOTS / 2, 0, sizeof *of->slots * (VT_SERIES_SLOTS / 2));
    of->width *= 2;
    of->newest /= 2;
}

/* Clears what lies between the newest slot and `number`, which becomes the newest. */
static void advance(ring *of, int64_t number)
{
    int64_t from = of->newest + 1;
    if (number - from >= VT_SERIES_SLOTS) {
        from = number - VT_SERIES_SLOTS + 1;
    }
    for (int64_t i = from; i <= number; i++) {
        of->slots[i % VT_SERIES_SLOTS] = (slot){0};
    }
    of->newest = number;
}

static void note_in(ring *of, bool keeps_all, int64_t since, double value)
{
    while (keeps_all && since / of->width >= VT_SERIES_SLOTS) {
        if (of->newest < 0) {
            of->width *= 2;
        } else {
            double_width(of);
        }
    }
    int64_t number = since / of->width;
    if (number > of->newest) {
        advance(of, number);
    }
    slot one = {.sum = value, .least = (float)value, .greatest = (float)value, .count = 1};
    join(&of->slots[number % VT_SERIES_SLOTS], &one);
}

void vt_series_note(vt_series *series, int64_t now, double value)
{
    series->last = now > series->last ? now : series->last;
    for (int i = 0; i < VT_SERIES_SPANS; i++) {
        note_in(&series->rings[i], i == VT_SERIES_SESSION, series->last - series->begun, value);
    }
}

size_t vt_series_read(const vt_series *series, vt_series_span span, int64_t now,
                      vt_series_point points[VT_SERIES_SLOTS], int64_t *width)
{
    const ring *of = &series->rings[span];
    int64_t end = now > series->last ? now : series->last;
    int64_t last = (end - series->begun) / of->width;
    int64_t first = last >= VT_SERIES_SLOTS ? last - VT_SERIES_SLOTS + 1 : 0;
    size_t count = 0;
    for (int64_t i = first; i <= last; i++) {
        /* What is older than the ring has been overwritten; what is newer was never noted. */
        bool is_there = i <= of->newest && i > of->newest - VT_SERIES_SLOTS;
        const slot *at = &of->slots[i % VT_SERIES_SLOTS];
        vt_series_point *point = &points[count++];
        *point = (vt_series_point){.count = 0};
        if (is_there && at->count) {
            *point = (vt_series_point){at->least, at->greatest, at->sum / at->count, at->count};
        }
    }
    *width = of->width;
    return count;
}
