#include "core/mesh/key_range.h"

/* A tenth to spare, since no hash spreads perfectly. */
static uint64_t width_of_all(uint64_t noted, uint64_t room)
{
    uint64_t ranges = 1 + (noted + noted / 10) / room;
    return UINT64_MAX / ranges;
}

bool vt_key_range_next(vt_key_range *range, uint64_t noted, uint64_t room)
{
    if (!range->overflowed && range->last == UINT64_MAX) {
        return false;
    }
    uint64_t width = width_of_all(noted, room);
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
