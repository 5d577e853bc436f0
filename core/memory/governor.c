#include "core/memory/governor.h"

#include "core/perf/rss.h"

#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* Less than this is not worth a walk over the heap. */
#define GIVE_BACK_BYTES VT_MEMORY_MB

struct vt_governor {
    vt_governor_options options; /* its limits are guarded by the lock */
    atomic_int level;
    atomic_bool pause_prefetch, hold_background;
    atomic_bool sampling; /* one thread is in vt_governor_sample */
    _Atomic uint64_t held;

    /* The sampling thread's. */
    vt_memory_state state;
    bool has_sample;
    int64_t sampled_ns;

    pthread_mutex_t lock;    /* guards everything below, and options.limits; never held while calling back */
    vt_governor_stats stats; /* without `held` */
};

static int64_t own_rss(void *user)
{
    (void)user;
    return vt_rss_self().current;
}

static bool real_system(void *user, vt_system_memory *memory)
{
    (void)user;
    return vt_system_memory_read(NULL, memory, NULL);
}

vt_governor *vt_governor_create(const vt_governor_options *options, vt_error *error)
{
    vt_memory_limits limits = options->limits;
    if (limits.soft == 0 && limits.hard == 0) {
        limits = vt_memory_limits_default();
    }
    if (!options->registry) {
        vt_error_set(error, VT_ERROR_USAGE, "a memory governor needs a registry of resources");
        return NULL;
    }
    if (!vt_memory_limits_check(&limits, error)) {
        return NULL;
    }
    vt_governor *governor = calloc(1, sizeof *governor);
    if (!governor) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the memory governor");
        return NULL;
    }
    governor->options = *options;
    governor->options.limits = limits;
    governor->options.used = options->used ? options->used : own_rss;
    governor->options.system = options->system ? options->system : real_system;
    governor->stats.limits = limits;
    pthread_mutex_init(&governor->lock, NULL);
    return governor;
}

void vt_governor_free(vt_governor *governor)
{
    if (governor) {
        pthread_mutex_destroy(&governor->lock);
        free(governor);
    }
}

/* What was asked for, cut down to what the machine can give at the moment. */
static vt_memory_limits limits_now(vt_governor *governor, int64_t used)
{
    pthread_mutex_lock(&governor->lock);
    vt_memory_limits wanted = governor->options.limits;
    pthread_mutex_unlock(&governor->lock);
    vt_system_memory system;
    bool known = governor->options.system(governor->options.user, &system);
    return known ? vt_memory_limits_fit(&wanted, &system, used) : wanted;
}

/* The time since the sample before belongs to the level of that time. */
static void count_sample(vt_governor *governor, const vt_memory_limits *limits, int64_t used,
                         const vt_memory_decision *decision, int64_t now)
{
    pthread_mutex_lock(&governor->lock);
    vt_governor_stats *stats = &governor->stats;
    if (governor->has_sample) {
        stats->level_ns[stats->level] += now - governor->sampled_ns;
    }
    if (decision->level != stats->level) {
        stats->entered[decision->level]++;
        stats->level = decision->level;
    }
    stats->limits = *limits;
    stats->used = used;
    stats->used_peak = used > stats->used_peak ? used : stats->used_peak;
    stats->samples++;
    stats->over_hard += used > limits->hard;
    pthread_mutex_unlock(&governor->lock);
    governor->has_sample = true;
    governor->sampled_ns = now;
}

static int64_t clean_up(vt_governor *governor, vt_resource_cost dearest, int64_t bytes)
{
    int64_t freed = vt_registry_clean_up(governor->options.registry, dearest, bytes);
    if (freed >= GIVE_BACK_BYTES) {
        malloc_trim(0);
    }
    pthread_mutex_lock(&governor->lock);
    governor->stats.clean_ups++;
    governor->stats.freed += freed;
    pthread_mutex_unlock(&governor->lock);
    return freed;
}

static void take_sample(vt_governor *governor, int64_t now)
{
    const vt_governor_options *options = &governor->options;
    int64_t used = options->used(options->user);
    vt_memory_limits limits = limits_now(governor, used);
    vt_memory_level before = governor->state.pressure.level;
    vt_memory_decision decision = vt_memory_decide(&governor->state, &limits, used, now);
    count_sample(governor, &limits, used, &decision, now);
    /* Told before the clean-ups, which take their time: meanwhile nobody should take more. */
    atomic_store(&governor->pause_prefetch, decision.pause_prefetch);
    atomic_store(&governor->hold_background, decision.hold_background);
    atomic_store(&governor->level, (int)decision.level);
    if (decision.level != before && options->changed) {
        options->changed(options->user, before, decision.level);
    }
    if (decision.to_free > 0) {
        clean_up(governor, decision.dearest, decision.to_free);
    }
}

bool vt_governor_sample(vt_governor *governor, int64_t now)
{
    if (atomic_exchange(&governor->sampling, true)) {
        return false;
    }
    bool due = !governor->has_sample || now - governor->sampled_ns >= VT_GOVERNOR_INTERVAL_NS;
    if (due) {
        take_sample(governor, now);
    }
    atomic_store(&governor->sampling, false);
    return due;
}

bool vt_governor_set_limits(vt_governor *governor, const vt_memory_limits *limits, vt_error *error)
{
    if (!vt_memory_limits_check(limits, error)) {
        return false;
    }
    pthread_mutex_lock(&governor->lock);
    governor->options.limits = *limits;
    pthread_mutex_unlock(&governor->lock);
    return true;
}

vt_memory_level vt_governor_level(const vt_governor *governor)
{
    return (vt_memory_level)atomic_load(&governor->level);
}

bool vt_governor_may_prefetch(const vt_governor *governor)
{
    return !atomic_load(&governor->pause_prefetch);
}

bool vt_governor_may_start(vt_governor *governor, int64_t running)
{
    bool may = running <= 0 || !atomic_load(&governor->hold_background);
    if (!may) {
        atomic_fetch_add(&governor->held, 1);
    }
    return may;
}

int64_t vt_governor_clean_up(vt_governor *governor)
{
    return clean_up(governor, VT_RESOURCE_CACHE, INT64_MAX);
}

void vt_governor_get_stats(vt_governor *governor, vt_governor_stats *stats)
{
    pthread_mutex_lock(&governor->lock);
    *stats = governor->stats;
    pthread_mutex_unlock(&governor->lock);
    stats->held = atomic_load(&governor->held);
}

static void write_levels(const vt_governor_stats *stats, vt_json_writer *json)
{
    vt_json_object_begin(json);
    for (vt_memory_level level = VT_MEMORY_NORMAL; level < VT_MEMORY_LEVEL_COUNT; level++) {
        vt_json_key(json, vt_memory_level_name(level));
        vt_json_object_begin(json);
        vt_json_key(json, "entered");
        vt_json_uint(json, stats->entered[level]);
        vt_json_key(json, "seconds");
        vt_json_double(json, (double)stats->level_ns[level] / (double)VT_NS_PER_S);
        vt_json_object_end(json);
    }
    vt_json_object_end(json);
}

void vt_governor_write_json(vt_governor *governor, vt_json_writer *json)
{
    vt_governor_stats stats;
    vt_governor_get_stats(governor, &stats);
    const struct {
        const char *key;
        int64_t value;
    } figures[] = {
        {"used_bytes", stats.used},          {"used_peak_bytes", stats.used_peak},
        {"soft_bytes", stats.limits.soft},   {"hard_bytes", stats.limits.hard},
        {"samples", (int64_t)stats.samples}, {"over_hard", (int64_t)stats.over_hard},
        {"held", (int64_t)stats.held},       {"clean_ups", (int64_t)stats.clean_ups},
        {"freed_bytes", stats.freed},
    };
    vt_json_object_begin(json);
    vt_json_key(json, "level");
    vt_json_string(json, vt_memory_level_name(stats.level));
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        vt_json_key(json, figures[i].key);
        vt_json_int(json, figures[i].value);
    }
    vt_json_key(json, "levels");
    write_levels(&stats, json);
    vt_json_key(json, "resources");
    vt_registry_write_json(governor->options.registry, json);
    vt_json_object_end(json);
}
