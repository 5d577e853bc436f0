#include "core/memory/pressure.h"

/* Where levels begin: percent of one of the limits, rising. */
typedef struct level_row {
    const char *name;
    int percent;
    bool of_hard;
} level_row;

static const level_row levels[VT_MEMORY_LEVEL_COUNT] = {
    [VT_MEMORY_NORMAL] = {"normal", 0, false},
    [VT_MEMORY_ELEVATED] = {"elevated", 70, false},
    [VT_MEMORY_HIGH] = {"high", 80, false},
    [VT_MEMORY_CRITICAL] = {"critical", 90, true},
};

static int64_t min_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t max_of(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

vt_memory_limits vt_memory_limits_default(void)
{
    return (vt_memory_limits){VT_MEMORY_SOFT_LIMIT, VT_MEMORY_HARD_LIMIT};
}

bool vt_memory_limits_check(const vt_memory_limits *limits, vt_error *error)
{
    if (limits->soft < VT_MEMORY_SOFT_FLOOR || limits->hard < VT_MEMORY_HARD_FLOOR) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "memory limits of %lld and %lld MB are too small; give %lld and %lld MB or more",
                            (long long)(limits->soft / VT_MEMORY_MB),
                            (long long)(limits->hard / VT_MEMORY_MB),
                            (long long)(VT_MEMORY_SOFT_FLOOR / VT_MEMORY_MB),
                            (long long)(VT_MEMORY_HARD_FLOOR / VT_MEMORY_MB));
    }
    return limits->soft <= limits->hard ||
           vt_error_set(error, VT_ERROR_USAGE,
                        "the soft memory limit (%lld MB) is above the hard one (%lld MB); lower the first or "
                        "raise the second",
                        (long long)(limits->soft / VT_MEMORY_MB), (long long)(limits->hard / VT_MEMORY_MB));
}

vt_memory_limits vt_memory_limits_fit(const vt_memory_limits *wanted, const vt_system_memory *system,
                                      int64_t used)
{
    int64_t hard = min_of(wanted->hard, system->total / 2);
    hard = min_of(hard, max_of(used, 0) + system->available / 2);
    if (hard >= wanted->hard) {
        return *wanted;
    }
    /* In floating point the product cannot overflow; a byte more or less does not matter. */
    int64_t soft = (int64_t)((double)wanted->soft * ((double)hard / (double)wanted->hard));
    return (vt_memory_limits){
        .soft = min_of(max_of(soft, VT_MEMORY_SOFT_FLOOR), wanted->soft),
        .hard = min_of(max_of(hard, VT_MEMORY_HARD_FLOOR), wanted->hard),
    };
}

const char *vt_memory_level_name(vt_memory_level level)
{
    return (unsigned)level < VT_MEMORY_LEVEL_COUNT ? levels[level].name : "unknown";
}

/* Divided first: limits may be as large as the type allows, and some bytes do not matter. */
static int64_t share(const vt_memory_limits *limits, const level_row *row, int percent)
{
    return (row->of_hard ? limits->hard : limits->soft) / 100 * percent;
}

int64_t vt_memory_threshold(const vt_memory_limits *limits, vt_memory_level level)
{
    return share(limits, &levels[level], levels[level].percent);
}

static int64_t lower_bound(const vt_memory_limits *limits, vt_memory_level level)
{
    return share(limits, &levels[level], levels[level].percent - VT_MEMORY_MARGIN_PERCENT);
}

int64_t vt_memory_target(const vt_memory_limits *limits)
{
    return lower_bound(limits, VT_MEMORY_ELEVATED) - 1;
}

/* The highest level whose threshold, or whose lower bound while it is the present one or below, is reached.
 */
static vt_memory_level level_of(const vt_memory_limits *limits, int64_t used, vt_memory_level present)
{
    for (vt_memory_level level = VT_MEMORY_CRITICAL; level > VT_MEMORY_NORMAL; level--) {
        int64_t bound = level <= present ? lower_bound(limits, level) : vt_memory_threshold(limits, level);
        if (used >= bound) {
            return level;
        }
    }
    return VT_MEMORY_NORMAL;
}

vt_memory_level vt_pressure_sample(vt_pressure *pressure, const vt_memory_limits *limits, int64_t used,
                                   int64_t now)
{
    vt_memory_level level = level_of(limits, used, pressure->level);
    if (level >= pressure->level) {
        pressure->level = level;
        pressure->falling = false;
    } else if (!pressure->falling) {
        pressure->falling = true;
        pressure->falling_ns = now;
    } else if (now - pressure->falling_ns >= VT_MEMORY_FALL_NS) {
        pressure->level = level;
        pressure->falling = false;
    }
    return pressure->level;
}
