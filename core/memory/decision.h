/*
 * What to do about memory, decided from one sample: a pure function over plain values, so that every rule can
 * be tried with a clock and sizes made up. governor.h carries it out.
 *
 * | level    | clean-ups                            | loading ahead | background work  |
 * |----------|--------------------------------------|---------------|------------------|
 * | normal   | none                                 | on            | starts           |
 * | elevated | disposables and caches, to the target | on            | starts           |
 * | high     | the same                             | paused        | starts           |
 * | critical | everything that can be built again   | paused        | one at a time    |
 *
 * Chunks shrink by the level too (chunk_policy.h). Clean-ups are asked for when a level is entered from
 * below, and again when usage has grown by a margin since: not at each sample, or a program whose fixed part
 * is large would never keep anything. When critical they are repeated after some seconds, since what was in
 * use then may not be any more.
 */
#ifndef VT_MEMORY_DECISION_H
#define VT_MEMORY_DECISION_H

#include "core/memory/pressure.h"
#include "core/memory/registry.h"

#define VT_MEMORY_REGROWTH_PERCENT 5 /* of the soft limit */
#define VT_MEMORY_REPEAT_NS        (5 * VT_NS_PER_S)

typedef struct vt_memory_decision {
    vt_memory_level level;
    int64_t to_free;          /* bytes to ask for; 0: none, INT64_MAX: all there is */
    vt_resource_cost dearest; /* the dearest that may go; of no meaning if `to_free` is 0 */
    bool pause_prefetch;
    bool hold_background;
} vt_memory_decision;

/* Start with all zero. */
typedef struct vt_memory_state {
    vt_pressure pressure;
    int64_t lowest;     /* usage since the last clean-up */
    int64_t cleaned_ns; /* when that was */
} vt_memory_state;

/* One sample, as vt_pressure_sample takes it. */
vt_memory_decision vt_memory_decide(vt_memory_state *state, const vt_memory_limits *limits, int64_t used,
                                    int64_t now);

#endif
