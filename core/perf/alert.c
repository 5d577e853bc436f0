#include "core/perf/alert.h"

#include "core/base/clock.h"
#include "core/base/translatable.h"

#define TR(text) VT_TR_NOOP("performance", text)

#define MINUTE (60 * VT_NS_PER_S)
#define MIB    (1024.0 * 1024.0)

static const vt_alert_rule rules[VT_ALERT_COUNT] = {
    [VT_ALERT_MEMORY] = {.name = "memory",
                         .raise = 0.95,
                         .clear = 0.8,
                         .hold_ns = 5 * VT_NS_PER_S,
                         .pause_ns = 10 * MINUTE,
                         .title = TR("Memory is nearly used up"),
                         .advice = TR("let go of what is kept in memory, or allow more of it")},
    [VT_ALERT_STALL] = {.name = "stall",
                        .raise = 100e6,
                        .clear = 33e6,
                        .pause_ns = 5 * MINUTE,
                        .title = TR("The window stood still"),
                        .advice = TR("look at what ran then")},
    [VT_ALERT_QUEUE] = {.name = "queue",
                        .raise = 200,
                        .clear = 100,
                        .hold_ns = 30 * VT_NS_PER_S,
                        .pause_ns = 10 * MINUTE,
                        .title = TR("Work piles up"),
                        .advice = TR("allow more files to be decoded at once, or wait")},
    [VT_ALERT_DISK] = {.name = "disk",
                       .raise = 256 * MIB,
                       .clear = 512 * MIB,
                       .below = true,
                       .pause_ns = 30 * MINUTE,
                       .title = TR("The disk is nearly full"),
                       .advice = TR("make room where the catalog lies; imports wait below 64 MB")},
    [VT_ALERT_FAILURES] = {.name = "failures",
                           .raise = 0.1,
                           .clear = 0.05,
                           .hold_ns = 5 * VT_NS_PER_S,
                           .pause_ns = 10 * MINUTE,
                           .title = TR("Many files cannot be read"),
                           .advice = TR("look at the list of failures: their disk may be at fault")},
    [VT_ALERT_HELPERS] = {.name = "helpers",
                          .raise = 10,
                          .clear = 3,
                          .pause_ns = 10 * MINUTE,
                          .title = TR("Decoders die often"),
                          .advice = TR("look at the list of failures: a kind of file may be damaged")},
};

const vt_alert_rule *vt_alert_rule_get(vt_alert_id id)
{
    return &rules[(unsigned)id < VT_ALERT_COUNT ? id : VT_ALERT_MEMORY];
}

static bool is_beyond(const vt_alert_rule *rule, double value)
{
    return rule->below ? value < rule->raise : value > rule->raise;
}

static bool is_well(const vt_alert_rule *rule, double value)
{
    return rule->below ? value > rule->clear : value < rule->clear;
}

static vt_alert_word begin(vt_alert_state *state, const vt_alert_rule *rule, int64_t now)
{
    state->is_on = true;
    state->was_told = state->told_ns == 0 || now - state->told_ns >= rule->pause_ns;
    if (state->was_told) {
        state->told_ns = now;
    }
    return state->was_told ? VT_ALERT_RAISED : VT_ALERT_NOTHING;
}

vt_alert_word vt_alerts_note(vt_alerts *alerts, vt_alert_id id, double value, int64_t now)
{
    const vt_alert_rule *rule = vt_alert_rule_get(id);
    vt_alert_state *state = &alerts->states[id];
    if (state->is_on) {
        if (!is_well(rule, value)) {
            return VT_ALERT_NOTHING;
        }
        bool told = state->was_told;
        state->is_on = state->was_told = false;
        state->since_ns = 0;
        return told ? VT_ALERT_CLEARED : VT_ALERT_NOTHING;
    }
    if (!is_beyond(rule, value)) {
        state->since_ns = 0;
        return VT_ALERT_NOTHING;
    }
    if (state->since_ns == 0) {
        state->since_ns = now;
    }
    return now - state->since_ns >= rule->hold_ns ? begin(state, rule, now) : VT_ALERT_NOTHING;
}
