/* Numbers that look random and are the same in each run: G. Marsaglia, "Xorshift RNGs" (2003). */
#ifndef VT_TESTS_SUPPORT_RANDOM_H
#define VT_TESTS_SUPPORT_RANDOM_H

#include <stdint.h>

static inline uint32_t random_next(void)
{
    static uint32_t state = 2463534242;
    state ^= state << 13;
    state ^= state >> 17;
    return state ^= state << 5;
}

#endif
