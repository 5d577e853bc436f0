#include "core/mesh/key_range.h"

#include <string.h>

size_t vt_key_range_pick(vt_key_range *range, const uint64_t *keys, size_t count, uint64_t *picked)
{
    if (!range->divided) {
        range->noted += count;
        memcpy(picked, keys, count * sizeof *keys);
        return count;
    }
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        /* By other bits than those that tell a key's part in a log, so that all parts fill up alike. */
        uint64_t spread = keys[i] * UINT64_C(0x9e3779b97f4a7c15);
        picked[found] = keys[i];
        found += spread >= range->from && spread <= range->last;
    }
    return found;
}

/* A tenth to spare, since no hash spreads perfectly. */
static uint64_t width_of_all(uint64_t noted, uint64_t room)
{
    uint64_t ranges = 1 + (noted + noted / 10) / room;
    return UINT64_MAX / ranges;
}

bool vt_key_range_next(vt_key_range *range, uint64_t room)
{
    if (!range->overflowed && range->last == UINT64_MAX) {
        return false;
    }
    uint64_t width = width_of_all(range->noted, room);
    if (!range->overflowed) {
        range->from = range->last + 1;
    } else if (range->divided) {
        width = (range->last - range->from) / 2; /* it overflowed all the same */
    }
    range->last = UINT64_MAX - range->from > width ? range->from + width : UINT64_MAX;
    range->divided = true;
    range->overflowed = false;
    return true;
}
