#include "core/memory/decision.h"

typedef struct action_row {
    bool clean, all; /* to the target, or everything */
    vt_resource_cost dearest;
    bool pause_prefetch, hold_background, repeat;
} action_row;

static const action_row actions[VT_MEMORY_LEVEL_COUNT] = {
    [VT_MEMORY_NORMAL] = {.clean = false},
    [VT_MEMORY_ELEVATED] = {.clean = true, .dearest = VT_RESOURCE_CACHE},
    [VT_MEMORY_HIGH] = {.clean = true, .dearest = VT_RESOURCE_CACHE, .pause_prefetch = true},
    [VT_MEMORY_CRITICAL] = {.clean = true,
                            .all = true,
                            .dearest = VT_RESOURCE_REBUILDABLE,
                            .pause_prefetch = true,
                            .hold_background = true,
                            .repeat = true},
};

vt_memory_decision vt_memory_decide(vt_memory_state *state, const vt_memory_limits *limits, int64_t used,
                                    int64_t now)
{
    vt_memory_level before = state->pressure.level;
    vt_memory_level level = vt_pressure_sample(&state->pressure, limits, used, now);
    const action_row *row = &actions[level];
    vt_memory_decision decision = {.level = level,
                                   .dearest = row->dearest,
                                   .pause_prefetch = row->pause_prefetch,
                                   .hold_background = row->hold_background};
    state->lowest = used < state->lowest ? used : state->lowest;
    int64_t regrowth = limits->soft / 100 * VT_MEMORY_REGROWTH_PERCENT;
    bool due = level > before || used - state->lowest >= regrowth ||
               (row->repeat && now - state->cleaned_ns >= VT_MEMORY_REPEAT_NS);
    int64_t excess = used - vt_memory_target(limits);
    if (row->clean && due && excess > 0) {
        decision.to_free = row->all ? INT64_MAX : excess;
        state->lowest = used;
        state->cleaned_ns = now;
    }
    return decision;
}
