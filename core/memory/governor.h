/*
 * Memory governor: keeps the program within its limits (documents 000 and 004). It samples what is used, has
 * resources cleaned up when that is too much (registry.h), and tells whoever asks whether to hold back.
 * decision.h has the rules.
 *
 * It has no timer: one thread, not the window's, calls vt_governor_sample every VT_GOVERNOR_INTERVAL_NS or
 * more often. Clean-ups run on that thread, one after the other; memory they free goes back to the system,
 * since limits are about what the system sees. That is malloc_trim, which holds malloc's locks for about a
 * tenth of a millisecond per megabyte (bench_memory): another reason to clean up early and by little.
 *
 * Threads: everything but _create and _free from any thread at once. What is asked often (level,
 * may_prefetch, may_start) is one atomic read.
 */
#ifndef VT_MEMORY_GOVERNOR_H
#define VT_MEMORY_GOVERNOR_H

#include "core/base/error.h"
#include "core/base/json_writer.h"
#include "core/memory/decision.h"
#include "core/memory/pressure.h"
#include "core/memory/registry.h"
#include "core/memory/system.h"

#include <stdbool.h>
#include <stdint.h>

#define VT_GOVERNOR_INTERVAL_NS (500 * VT_NS_PER_MS)

typedef struct vt_governor vt_governor;

/* Callbacks run on the sampling thread without any lock; a sample asked for there is refused. */
typedef struct vt_governor_options {
    vt_memory_limits limits;     /* both 0: vt_memory_limits_default */
    vt_registry *registry;       /* borrowed; must outlive the governor */
    int64_t (*used)(void *user); /* bytes used now by all processes that count; NULL: of this process */
    /* What the machine has; false: not known. NULL: vt_system_memory_read. */
    bool (*system)(void *user, vt_system_memory *memory);
    void (*changed)(void *user, vt_memory_level before, vt_memory_level now); /* may be NULL */
    void *user;
} vt_governor_options;

typedef struct vt_governor_stats {
    vt_memory_level level;
    vt_memory_limits limits; /* as they fit the machine at the moment */
    int64_t used, used_peak; /* at the last sample; of all samples */
    uint64_t samples;
    uint64_t over_hard;                      /* samples above the hard limit */
    uint64_t entered[VT_MEMORY_LEVEL_COUNT]; /* times, from another level */
    int64_t level_ns[VT_MEMORY_LEVEL_COUNT]; /* time spent at each */
    uint64_t clean_ups;                      /* rounds; who freed how much is in vt_registry_list */
    int64_t freed;                           /* bytes, by all of them together */
    uint64_t held;                           /* background work that was told to wait */
} vt_governor_stats;

/* NULL and `error`: VT_ERROR_USAGE for limits that vt_memory_limits_check refuses or without a registry,
   VT_ERROR_MEMORY. */
vt_governor *vt_governor_create(const vt_governor_options *options, vt_error *error);
void vt_governor_free(vt_governor *governor); /* NULL is allowed; no sample may be under way */

/* Takes a sample at `now` (vt_clock_now) and does what it asks for. False if none was due yet, or another
   thread is at it. */
bool vt_governor_sample(vt_governor *governor, int64_t now);

/* Other limits from the next sample on; false and `error` as vt_governor_create. */
bool vt_governor_set_limits(vt_governor *governor, const vt_memory_limits *limits, vt_error *error);

vt_memory_level vt_governor_level(const vt_governor *governor);

/* False from high pressure on: load nothing that nobody waits for. */
bool vt_governor_may_prefetch(const vt_governor *governor);

/* May background work start, when `running` pieces of its kind are under way? When critical only if none is:
   work goes on one at a time, so that it ends even if memory never becomes free. Ask again after a piece has
   ended or a sample was taken. */
bool vt_governor_may_start(vt_governor *governor, int64_t running);

/* By hand (the control panel): all disposables and caches go. Returns the bytes freed. Not from the window's
   thread. */
int64_t vt_governor_clean_up(vt_governor *governor);

void vt_governor_get_stats(vt_governor *governor, vt_governor_stats *stats);

/* The figures and the list of resources as a JSON object. */
void vt_governor_write_json(vt_governor *governor, vt_json_writer *json);

#endif
