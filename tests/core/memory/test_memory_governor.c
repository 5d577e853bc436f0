/* core/memory/governor: with usage, machine and clock made up; and once for real, with 100 MB. */
#include "tests/support/check.h"

#include "core/base/str.h"
#include "core/memory/governor.h"
#include "core/perf/rss.h"

#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define MB VT_MEMORY_MB

/* A program made up: a fixed part, and two resources. */
typedef struct program {
    int64_t fixed, cache, sorts; /* bytes */
    vt_system_memory system;
    bool system_known;
    int changes;
    vt_memory_level from, to;
    int64_t now;
    vt_registry *registry;
    vt_governor *governor;
} program;

static int64_t used(void *user)
{
    const program *self = user;
    /* One sample at a time, whoever asks. */
    assert_false(vt_governor_sample(self->governor, self->now + 9 * VT_NS_PER_S));
    return self->fixed + self->cache + self->sorts;
}

static bool system_of(void *user, vt_system_memory *memory)
{
    const program *self = user;
    *memory = self->system;
    return self->system_known;
}

static void changed(void *user, vt_memory_level before, vt_memory_level now)
{
    program *self = user;
    self->changes++;
    self->from = before;
    self->to = now;
    /* What others ask is answered by the new level already. */
    assert_int_equal(vt_governor_level(self->governor), now);
}

static int64_t take(int64_t *from, int64_t bytes)
{
    int64_t freed = *from < bytes ? *from : bytes;
    *from -= freed;
    return freed;
}

static int64_t clean_cache(void *user, int64_t bytes)
{
    return take(&((program *)user)->cache, bytes);
}

static int64_t clean_sorts(void *user, int64_t bytes)
{
    return take(&((program *)user)->sorts, bytes);
}

static program start(void)
{
    return (program){.system = {8000 * MB, 6000 * MB, 0}, .system_known = true, .now = 5 * VT_NS_PER_S};
}

/* The governor of `self`, which must stay where it is. */
static void govern(program *self)
{
    self->registry = vt_registry_create(NULL);
    assert_non_null(self->registry);
    vt_resource cache = {.name = "cache", .cost = VT_RESOURCE_CACHE, .clean_up = clean_cache, .user = self};
    vt_resource sorts = {
        .name = "sorts", .cost = VT_RESOURCE_REBUILDABLE, .clean_up = clean_sorts, .user = self};
    assert_true(vt_registry_add(self->registry, &cache, NULL) &&
                vt_registry_add(self->registry, &sorts, NULL));
    vt_governor_options options = {
        .registry = self->registry, .used = used, .system = system_of, .changed = changed, .user = self};
    self->governor = vt_governor_create(&options, NULL);
    assert_non_null(self->governor);
}

static void end(program *self)
{
    vt_governor_free(self->governor);
    vt_registry_free(self->registry);
}

/* The next sample, half a second later. */
static void sample(program *self)
{
    self->now += VT_GOVERNOR_INTERVAL_NS;
    assert_true(vt_governor_sample(self->governor, self->now));
}

static void samples_are_taken_when_due(void **state)
{
    (void)state;
    program self = start();
    govern(&self);
    assert_true(vt_governor_sample(self.governor, self.now));
    assert_false(vt_governor_sample(self.governor, self.now + VT_GOVERNOR_INTERVAL_NS - 1));
    assert_true(vt_governor_sample(self.governor, self.now + VT_GOVERNOR_INTERVAL_NS));
    vt_governor_stats stats;
    vt_governor_get_stats(self.governor, &stats);
    assert_int_equal(stats.samples, 2);
    assert_int_equal(self.changes, 0);
    end(&self);
}

static void caches_are_trimmed_to_the_target(void **state)
{
    (void)state;
    program self = start();
    self.fixed = 150 * MB;
    self.cache = 65 * MB;
    self.sorts = 5 * MB;
    govern(&self);
    sample(&self);
    assert_int_equal(vt_governor_level(self.governor), VT_MEMORY_ELEVATED);
    assert_int_equal(self.changes, 1);
    assert_true(self.from == VT_MEMORY_NORMAL && self.to == VT_MEMORY_ELEVATED);
    assert_true(self.fixed + self.cache + self.sorts == 195 * MB - 1); /* no more was taken than had to be */
    assert_true(self.sorts == 5 * MB);
    assert_true(vt_governor_may_prefetch(self.governor));
    assert_true(vt_governor_may_start(self.governor, 100));
    for (int i = 0; i < 5; i++) {
        sample(&self);
    }
    assert_int_equal(vt_governor_level(self.governor), VT_MEMORY_NORMAL);
    vt_governor_stats stats;
    vt_governor_get_stats(self.governor, &stats);
    assert_int_equal(stats.clean_ups, 1);
    assert_true(stats.freed == 25 * MB + 1);
    assert_true(stats.used_peak == 220 * MB);
    assert_int_equal(stats.entered[VT_MEMORY_ELEVATED], 1);
    assert_int_equal(stats.entered[VT_MEMORY_NORMAL], 1);
    /* It took one sample to see that usage fell, and two seconds to trust it. */
    assert_true(stats.level_ns[VT_MEMORY_ELEVATED] == VT_GOVERNOR_INTERVAL_NS + VT_MEMORY_FALL_NS);
    end(&self);
}

static void high_pressure_pauses_loading_ahead(void **state)
{
    (void)state;
    program self = start();
    self.fixed = 245 * MB;
    self.sorts = 5 * MB;
    govern(&self);
    sample(&self);
    assert_int_equal(vt_governor_level(self.governor), VT_MEMORY_HIGH);
    assert_false(vt_governor_may_prefetch(self.governor));
    assert_true(vt_governor_may_start(self.governor, 100));
    assert_true(self.sorts == 5 * MB);
    end(&self);
}

static void critical_pressure_takes_everything(void **state)
{
    (void)state;
    program self = start();
    self.fixed = 420 * MB;
    self.cache = 30 * MB;
    self.sorts = 10 * MB;
    govern(&self);
    sample(&self);
    assert_int_equal(vt_governor_level(self.governor), VT_MEMORY_CRITICAL);
    assert_true(self.cache == 0 && self.sorts == 0);
    assert_false(vt_governor_may_prefetch(self.governor));
    /* One at a time, so that work ends even if this never does. */
    assert_false(vt_governor_may_start(self.governor, 2));
    assert_false(vt_governor_may_start(self.governor, 1));
    assert_true(vt_governor_may_start(self.governor, 0));
    vt_governor_stats stats;
    vt_governor_get_stats(self.governor, &stats);
    assert_int_equal(stats.held, 2);
    assert_int_equal(stats.over_hard, 1);
    assert_true(stats.freed == 40 * MB);
    vt_resource_usage list[2];
    assert_int_equal(vt_registry_list(self.registry, list, 2), 2);
    assert_true(list[0].freed == 30 * MB && list[1].freed == 10 * MB);
    /* And back. */
    self.fixed = 100 * MB;
    for (int i = 0; i < 5; i++) {
        sample(&self);
    }
    assert_int_equal(vt_governor_level(self.governor), VT_MEMORY_NORMAL);
    assert_true(vt_governor_may_prefetch(self.governor) && vt_governor_may_start(self.governor, 9));
    end(&self);
}

static void a_small_machine_gets_smaller_limits(void **state)
{
    (void)state;
    program self = start();
    self.fixed = 150 * MB;
    self.system = (vt_system_memory){600 * MB, 400 * MB, 600 * MB};
    govern(&self);
    sample(&self);
    vt_governor_stats stats;
    vt_governor_get_stats(self.governor, &stats);
    assert_true(stats.limits.soft == 200 * MB && stats.limits.hard == 300 * MB);
    assert_int_equal(stats.level, VT_MEMORY_ELEVATED);
    /* Not known: as they were asked for. */
    self.system_known = false;
    sample(&self);
    vt_governor_get_stats(self.governor, &stats);
    assert_true(stats.limits.soft == 300 * MB && stats.limits.hard == 450 * MB);
    end(&self);
}

static void limits_can_be_set(void **state)
{
    (void)state;
    program self = start();
    self.fixed = 150 * MB;
    govern(&self);
    sample(&self);
    assert_int_equal(vt_governor_level(self.governor), VT_MEMORY_NORMAL);
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_governor_set_limits(self.governor, &(vt_memory_limits){1, 2}, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_true(vt_governor_set_limits(self.governor, &(vt_memory_limits){100 * MB, 160 * MB}, &error));
    sample(&self);
    assert_int_equal(vt_governor_level(self.governor), VT_MEMORY_CRITICAL);
    end(&self);

    vt_registry *registry = vt_registry_create(NULL);
    vt_governor_options options = {.limits = {400 * MB, 300 * MB}, .registry = registry};
    assert_null(vt_governor_create(&options, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    options = (vt_governor_options){.registry = NULL};
    assert_null(vt_governor_create(&options, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_governor_free(NULL);
    vt_registry_free(registry);
    vt_registry_free(NULL);
}

static void caches_can_be_cleared_by_hand(void **state)
{
    (void)state;
    program self = start();
    self.cache = 3 * MB;
    self.sorts = 2 * MB;
    govern(&self);
    assert_true(vt_governor_clean_up(self.governor) == 3 * MB);
    assert_true(self.cache == 0 && self.sorts == 2 * MB);
    end(&self);
}

static void the_state_can_be_json(void **state)
{
    (void)state;
    program self = start();
    self.fixed = 410 * MB;
    govern(&self);
    sample(&self);
    sample(&self);
    vt_str text = VT_STR_INIT;
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_str, &text, VT_JSON_COMPACT);
    vt_governor_write_json(self.governor, &json);
    assert_true(vt_json_end(&json, NULL));
    assert_non_null(strstr(text.data, "\"level\":\"critical\",\"used_bytes\":410000000,"));
    assert_non_null(strstr(text.data, "\"critical\":{\"entered\":1,\"seconds\":0.5}"));
    assert_non_null(strstr(text.data, "\"resources\":[{\"name\":\"cache\""));
    vt_str_free(&text);
    end(&self);
}

static void *sample_for_ever(void *argument)
{
    program *self = argument;
    for (int64_t i = 1; i <= 2000; i++) {
        vt_governor_sample(self->governor, self->now + i * VT_GOVERNOR_INTERVAL_NS);
    }
    return NULL;
}

static void threads_share_a_governor(void **state)
{
    (void)state;
    program self = start();
    self.fixed = 250 * MB;
    govern(&self);
    sample(&self);
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, sample_for_ever, &self), 0);
    }
    for (int i = 0; i < 2000; i++) {
        vt_governor_stats stats;
        vt_governor_get_stats(self.governor, &stats);
        assert_false(vt_governor_may_prefetch(self.governor));
        assert_true(vt_governor_may_start(self.governor, 1));
        vt_governor_set_limits(self.governor, &(vt_memory_limits){300 * MB, 450 * MB}, NULL);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
    }
    vt_governor_stats stats;
    vt_governor_get_stats(self.governor, &stats);
    /* Two at once take one sample; each due time is sampled at most once. */
    assert_true(stats.samples >= 2 && stats.samples <= 2001);
    end(&self);
}

/* For real: blocks of the size of a decoded picture, from malloc. */
enum { BLOCKS = 400, BLOCK_BYTES = 256 * 1024 };

static void *blocks[BLOCKS];
static int first_block, block_count;

static int64_t blocks_held(void *user)
{
    (void)user;
    return (int64_t)block_count * BLOCK_BYTES;
}

static int64_t free_blocks(void *user, int64_t bytes)
{
    (void)user;
    int64_t freed = 0;
    while (block_count > 0 && freed < bytes) {
        free(blocks[first_block++]); /* the oldest, below all others: free alone does not give these back */
        block_count--;
        freed += BLOCK_BYTES;
    }
    return freed;
}

static void a_hundred_megabytes_are_seen_and_given_back(void **state)
{
    (void)state;
#ifdef VITRINE_SANITIZED
    print_message("a sanitizer keeps what is freed\n");
    skip();
#endif
    mallopt(M_MMAP_THRESHOLD, 64 * 1024 * 1024); /* from the heap, as after the first large block freed */
    vt_registry *registry = vt_registry_create(NULL);
    vt_resource resource = {
        .name = "blocks", .cost = VT_RESOURCE_CACHE, .bytes = blocks_held, .clean_up = free_blocks};
    assert_true(vt_registry_add(registry, &resource, NULL) != 0);
    vt_governor_options options = {.limits = {VT_MEMORY_SOFT_FLOOR, 200 * MB}, .registry = registry};
    vt_governor *governor = vt_governor_create(&options, NULL);
    assert_non_null(governor);
    int64_t now = vt_clock_now();
    assert_true(vt_governor_sample(governor, now));
    assert_int_equal(vt_governor_level(governor), VT_MEMORY_NORMAL);
    for (block_count = 0; block_count < BLOCKS; block_count++) {
        blocks[block_count] = malloc(BLOCK_BYTES);
        assert_non_null(blocks[block_count]);
        memset(blocks[block_count], 1, BLOCK_BYTES);
    }
    assert_true(vt_rss_self().current > 100 * MB);
    assert_int_equal(vt_registry_bytes(registry), BLOCKS * BLOCK_BYTES);
    assert_true(vt_governor_sample(governor, now + VT_GOVERNOR_INTERVAL_NS));
    vt_governor_stats stats;
    vt_governor_get_stats(governor, &stats);
    assert_true(stats.used > 100 * MB);
    assert_true(stats.level >= VT_MEMORY_HIGH);
    assert_int_equal(stats.clean_ups, 1);
    assert_true(stats.freed > 50 * MB);
    assert_true(block_count > 0); /* what need not go stays */
    /* The system sees it too: within the margin of what was aimed at. */
    int64_t target = vt_memory_target(&stats.limits);
    assert_in_range(vt_rss_self().current, target / 2, target + 5 * MB);
    free_blocks(NULL, INT64_MAX);
    vt_governor_free(governor);
    vt_registry_free(registry);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_are_taken_when_due),
        cmocka_unit_test(caches_are_trimmed_to_the_target),
        cmocka_unit_test(high_pressure_pauses_loading_ahead),
        cmocka_unit_test(critical_pressure_takes_everything),
        cmocka_unit_test(a_small_machine_gets_smaller_limits),
        cmocka_unit_test(limits_can_be_set),
        cmocka_unit_test(caches_can_be_cleared_by_hand),
        cmocka_unit_test(the_state_can_be_json),
        cmocka_unit_test(threads_share_a_governor),
        cmocka_unit_test(a_hundred_megabytes_are_seen_and_given_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
