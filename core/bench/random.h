/* Numbers that look like chance and are always the same: Knuth's linear congruential generator (MMIX). */
#ifndef VT_BENCH_RANDOM_H
#define VT_BENCH_RANDOM_H

#include <stdint.h>

typedef struct vt_bench_random {
    uint64_t state; /* the seed */
} vt_bench_random;

static inline uint32_t vt_bench_random_next(vt_bench_random *random)
{
    random->state = random->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random->state >> 33);
}

/* 0 to `limit` - 1. */
static inline uint32_t vt_bench_random_below(vt_bench_random *random, uint32_t limit)
{
    return vt_bench_random_next(random) % limit;
}

#endif
