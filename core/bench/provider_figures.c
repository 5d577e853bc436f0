/* What panes show: a thousand provided objects from the cache, from the pool, and cleaned away. */
#include "core/bench/figure.h"
#include "core/layout/provider_cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROVIDERS = 1000, OBJECT_BYTES = 1024, STATE_BYTES = 256 };

typedef struct bench {
    vt_provider_cache *cache;
    int64_t now;
    vt_provided *provided[PROVIDERS];
    char names[PROVIDERS][64];
} bench;

static void *object_create(void *user, vt_error *why)
{
    (void)user;
    void *object = calloc(1, OBJECT_BYTES);
    if (!object) {
        vt_error_set(why, VT_ERROR_MEMORY, "out of memory");
    }
    return object;
}

static void object_destroy(void *user, void *object)
{
    (void)user;
    free(object);
}

static void *object_save(void *user, const void *object, size_t *length)
{
    (void)user;
    void *state = malloc(STATE_BYTES);
    *length = STATE_BYTES;
    return state ? memcpy(state, object, STATE_BYTES) : NULL;
}

static const vt_object_ops object_ops = {
    .name = "object", .create = object_create, .destroy = object_destroy};
static const vt_provider_type type = {"browse", &object_ops, PROVIDERS, object_save, NULL, NULL, NULL, NULL};
static const vt_provider_limits limits = {.in_use = PROVIDERS,
                                          .recent = {PROVIDERS, 1U << 30},
                                          .states = {PROVIDERS, 1U << 30},
                                          .recent_ns = 10,
                                          .state_ns = 0};

static bool acquire_all(bench *self, vt_error *error)
{
    for (int i = 0; i < PROVIDERS; i++) {
        self->provided[i] = vt_provider_cache_acquire(self->cache, self->names[i], NULL, 0, self->now, error);
        if (!self->provided[i]) {
            return false;
        }
    }
    return true;
}

static void release_all(bench *self)
{
    for (int i = 0; i < PROVIDERS; i++) {
        vt_provider_cache_release(self->cache, self->provided[i], self->now);
        self->provided[i] = NULL;
    }
}

static void providers_end(void *state)
{
    bench *self = state;
    release_all(self);
    vt_provider_cache_free(self->cache);
    free(self);
}

static bool providers_begin(const vt_bench_place *place, void **state, vt_error *error)
{
    (void)place;
    bench *self = calloc(1, sizeof *self);
    if (!self) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    for (int i = 0; i < PROVIDERS; i++) {
        (void)snprintf(self->names[i], sizeof self->names[i], "browse:file:///home/me/Pictures/%d|", i);
    }
    self->cache = vt_provider_cache_create(&type, 1, &limits, error);
    *state = self;
    if (!self->cache || !acquire_all(self, error)) {
        providers_end(self);
        return false;
    }
    release_all(self);
    return true;
}

/* Objects that were seen a moment ago. */
static bool run_from_cache(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    bench *self = state;
    bool done = true;
    vt_bench_timer_begin(timer);
    for (unsigned i = 0; i < times && done; i += PROVIDERS) {
        done = acquire_all(self, error);
        release_all(self);
    }
    vt_bench_timer_end(timer);
    return done;
}

/* Between the two lies a time after which they are only objects of the pool, and states. */
static bool run_pool_and_clean(bench *self, vt_bench_timer *acquiring, vt_bench_timer *cleaning,
                               unsigned times, vt_error *error)
{
    vt_bench_timer unused = {.clock = VT_BENCH_THREAD, .figure = ""};
    for (unsigned i = 0; i < times; i += PROVIDERS) {
        vt_bench_timer *timer = cleaning ? cleaning : &unused;
        self->now += 100;
        vt_bench_timer_begin(timer);
        size_t count = vt_provider_cache_clean(self->cache, self->now);
        vt_bench_timer_end(timer);
        if (count < PROVIDERS) {
            return vt_error_set(error, VT_ERROR_INTERNAL, "%zu of %d providers were cleaned up", count,
                                PROVIDERS);
        }
        timer = acquiring ? acquiring : &unused;
        vt_bench_timer_begin(timer);
        bool done = acquire_all(self, error);
        vt_bench_timer_end(timer);
        release_all(self);
        if (!done) {
            return false;
        }
    }
    return true;
}

static bool run_from_pool(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    return run_pool_and_clean(state, timer, NULL, times, error);
}

static bool run_clean(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    return run_pool_and_clean(state, NULL, timer, times * PROVIDERS, error);
}

const vt_bench_figure vt_bench_provider_figures[] = {
    {"provision", "what a pane shows, from the cache and back", VT_BENCH_RESPONSE, VT_BENCH_THREAD, NULL,
     20 * PROVIDERS, 0, providers_begin, run_from_cache, providers_end},
    {"provision-pool", "the same, from an object of the pool and a saved state", VT_BENCH_CREATION,
     VT_BENCH_THREAD, NULL, 5 * PROVIDERS, 0, providers_begin, run_from_pool, providers_end},
    {"clean-up", "1,000 cached providers retired", VT_BENCH_RESPONSE, VT_BENCH_THREAD, NULL, 8, 0,
     providers_begin, run_clean, providers_end},
    {0},
};
