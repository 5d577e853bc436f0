/*
 * Memory pressure: how near the program is to its limits, as one of four levels (document 000: 70, 80 and
 * 90 %).
 *
 * There are two limits. The soft one is where the program wants to stay: 70 and 80 % are of it, and clean-ups
 * aim below it. The hard one must not be crossed: 90 % is of it. So between the two everything still works,
 * with less kept ready. A level is entered at once, and left when usage was below a margin under it for a
 * while: usage that swings around a threshold makes no level flap.
 *
 * All plain values and pure functions: no clock, no file. Bytes, nanoseconds. Any thread.
 */
#ifndef VT_MEMORY_PRESSURE_H
#define VT_MEMORY_PRESSURE_H

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/memory/system.h"

#include <stdint.h>

#define VT_MEMORY_MB INT64_C(1000000)
/* Of the window. */
#define VT_MEMORY_SOFT_LIMIT (300 * VT_MEMORY_MB)
#define VT_MEMORY_HARD_LIMIT (450 * VT_MEMORY_MB)
/* Limits are never made smaller than this, however small the machine: below it nothing would run. */
#define VT_MEMORY_SOFT_FLOOR (64 * VT_MEMORY_MB)
#define VT_MEMORY_HARD_FLOOR (96 * VT_MEMORY_MB)
/* A level is left when usage was this far under its threshold (in percent of the limit) for this long. */
#define VT_MEMORY_MARGIN_PERCENT 5
#define VT_MEMORY_FALL_NS        (2 * VT_NS_PER_S)

typedef enum vt_memory_level {
    VT_MEMORY_NORMAL,
    VT_MEMORY_ELEVATED, /* 70 % of the soft limit */
    VT_MEMORY_HIGH,     /* 80 % of the soft limit */
    VT_MEMORY_CRITICAL, /* 90 % of the hard limit */
    VT_MEMORY_LEVEL_COUNT
} vt_memory_level;

typedef struct vt_memory_limits {
    int64_t soft, hard;
} vt_memory_limits;

/* The defaults above. */
vt_memory_limits vt_memory_limits_default(void);

/* False and `error` (VT_ERROR_USAGE) for limits from a setting that make no sense: soft over hard, or less
   than the floors. */
bool vt_memory_limits_check(const vt_memory_limits *limits, vt_error *error);

/* The limits that fit the machine: hard is at most half of its memory, and at most what is `used` now and
   half of what is still available; soft shrinks with it. Neither goes below its floor or grows above
   `wanted`. */
vt_memory_limits vt_memory_limits_fit(const vt_memory_limits *wanted, const vt_system_memory *system,
                                      int64_t used);

/* "normal", "elevated", "high", "critical". */
const char *vt_memory_level_name(vt_memory_level level);

/* The usage at which a level begins; 0 for normal. */
int64_t vt_memory_threshold(const vt_memory_limits *limits, vt_memory_level level);

/* What clean-ups aim at: the usage below which the level falls to normal. */
int64_t vt_memory_target(const vt_memory_limits *limits);

/* Start with all zero. */
typedef struct vt_pressure {
    vt_memory_level level;
    bool falling;       /* usage is under the margin of `level` */
    int64_t falling_ns; /* since when */
} vt_pressure;

/* One sample: `used` bytes at the time `now` (vt_clock_now, never less than the time before). Returns the new
   level: rises at once over several levels, falls over several too once it has waited. */
vt_memory_level vt_pressure_sample(vt_pressure *pressure, const vt_memory_limits *limits, int64_t used,
                                   int64_t now);

#endif
