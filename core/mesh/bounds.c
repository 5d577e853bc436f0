#include "core/mesh/bounds.h"

#include <stdint.h>
#include <string.h>

/* Four positions are twelve floats, three vectors in which each axis has its places: the compiler cannot know
   that no float is a NaN, so it would not do four at once by itself. */
typedef float four_floats __attribute__((vector_size(16)));
typedef int32_t four_ints __attribute__((vector_size(16)));

static inline four_floats choose(four_ints which, four_floats yes, four_floats no)
{
    return (four_floats)((which & (four_ints)yes) | (~which & (four_ints)no));
}

static inline void widen_axis(vt_bounds *bounds, int axis, float low, float high)
{
    bounds->low[axis] = low < bounds->low[axis] ? low : bounds->low[axis];
    bounds->high[axis] = high > bounds->high[axis] ? high : bounds->high[axis];
}

void vt_bounds_widen(vt_bounds *bounds, const float *positions, size_t count)
{
    enum { TOGETHER = 4, VECTORS = 3 };
    four_floats low[VECTORS];
    four_floats high[VECTORS];
    size_t i = 0;
    if (count >= TOGETHER) {
        memcpy(low, positions, sizeof low);
        memcpy(high, positions, sizeof high);
    }
    for (; i + TOGETHER <= count; i += TOGETHER) {
        for (int vector = 0; vector < VECTORS; vector++) {
            four_floats at;
            memcpy(&at, &positions[i * 3 + (size_t)vector * 4], sizeof at);
            low[vector] = choose(at < low[vector], at, low[vector]);
            high[vector] = choose(at > high[vector], at, high[vector]);
        }
    }
    for (int place = 0; count >= TOGETHER && place < TOGETHER * 3; place++) {
        widen_axis(bounds, place % 3, low[place / 4][place % 4], high[place / 4][place % 4]);
    }
    for (; i < count; i++) {
        for (int axis = 0; axis < 3; axis++) {
            widen_axis(bounds, axis, positions[i * 3 + (size_t)axis], positions[i * 3 + (size_t)axis]);
        }
    }
}
