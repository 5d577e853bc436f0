/* core/cache/tiers: how values move between the levels, limits, pins, states, statistics, threads. */
#include "tests/core/cache/tier_letters.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static void values_sink_level_by_level(void **state)
{
    (void)state;
    make(1, 1, 1);
    assert_true(put('a', 10, NULL));
    assert_true(put('b', 10, NULL));
    expect_entries(1, 1, 0);
    assert_string_equal(freed, "");
    assert_true(put('c', 10, NULL));
    expect_entries(1, 1, 1);
    assert_string_equal(freed, "a");
    assert_true(put('d', 10, NULL));
    assert_string_equal(freed, "ab");
    assert_string_equal(states_freed, "A");
    vt_tiers_stats stats = stats_now();
    assert_int_equal(stats.demotions, 3);
    assert_int_equal(stats.states_saved, 2);
    assert_int_equal(stats.evictions, 1);
    vt_tiers_free(tiers);
    assert_int_equal(strlen(freed), 4); /* and no states are saved at the end */
    assert_string_equal(states_freed, "AB");
    vt_tiers_free(NULL);
}

static void what_is_wanted_again_rises(void **state)
{
    (void)state;
    make(2, 2, 2);
    put('a', 10, NULL);
    put('b', 10, NULL);
    put('c', 10, NULL); /* a is recent */
    assert_int_equal(look('a'), 'a');
    expect_entries(2, 1, 0);
    vt_tiers_entry *a = get('a');
    assert_int_equal(vt_tiers_tier(a), VT_TIER_ACTIVE);
    vt_tiers_release(tiers, a);
    assert_int_equal(look('x'), '-');
    vt_tiers_stats stats = stats_now();
    assert_int_equal(stats.promotions, 1);
    assert_int_equal(stats.demotions, 2); /* a, then b for its sake */
    assert_int_equal(stats.tiers[VT_TIER_RECENT].hits, 1);
    assert_int_equal(stats.tiers[VT_TIER_ACTIVE].hits, 1);
    assert_int_equal(stats.misses, 1);
    assert_string_equal(freed, "");
    vt_tiers_free(tiers);
}

static void a_state_helps_to_make_the_value_anew(void **state)
{
    (void)state;
    make(1, 1, 5);
    put('a', 10, NULL);
    put('b', 10, NULL);
    put('c', 10, NULL);
    vt_tiers_entry *entry = get('a');
    assert_int_equal(vt_tiers_tier(entry), VT_TIER_STATE);
    assert_int_equal(*(const char *)vt_tiers_state(entry), 'A');
    assert_true(put('a', 10, NULL)); /* made from the state, which is lent until its release */
    assert_int_equal(*(const char *)vt_tiers_state(entry), 'A');
    assert_string_equal(states_freed, "");
    vt_tiers_release(tiers, entry);
    assert_string_equal(states_freed, "A");
    assert_int_equal(look('a'), 'a');
    vt_tiers_stats stats = stats_now();
    assert_int_equal(stats.tiers[VT_TIER_STATE].hits, 1);
    vt_tiers_release(tiers, NULL);
    vt_tiers_free(tiers);
}

static void what_leaves_no_state_is_evicted(void **state)
{
    (void)state;
    make(1, 1, 5);
    put('z', 10, NULL);
    put('b', 10, NULL);
    put('c', 10, NULL);
    assert_int_equal(look('z'), '-');
    assert_int_equal(stats_now().evictions, 1);
    assert_int_equal(stats_now().states_saved, 0);
    vt_tiers_free(tiers);

    /* A state that is too large for its level. */
    make(1, 1, 5);
    state_bytes = 11;
    put('a', 10, NULL);
    put('b', 10, NULL);
    put('c', 10, NULL);
    assert_int_equal(look('a'), '-');
    assert_string_equal(states_freed, "A");
    assert_int_equal(stats_now().evictions, 1);
    assert_int_equal(stats_now().states_saved, 0);
    vt_tiers_free(tiers);

    /* No third level at all. */
    const vt_lru_limits limits[VT_TIER_COUNT] = {{1, 100}, {1, 100}, {1, 1}};
    const vt_tiers_ops plain = {.free_value = free_value};
    freed[0] = '\0';
    tiers = vt_tiers_create(limits, &plain, NULL);
    put('a', 10, NULL);
    put('b', 10, NULL);
    put('c', 10, NULL);
    assert_string_equal(freed, "a");
    assert_int_equal(stats_now().evictions, 1);
    vt_tiers_free(tiers);
}

static void levels_are_limited_by_bytes(void **state)
{
    (void)state;
    make(10, 10, 10);
    put('a', 60, NULL);
    put('b', 60, NULL); /* 120: a sinks */
    expect_entries(1, 1, 0);
    put('c', 60, NULL); /* b sinks, and a further */
    expect_entries(1, 1, 1);
    vt_tiers_stats stats = stats_now();
    assert_int_equal(stats.tiers[VT_TIER_ACTIVE].bytes, 60);
    assert_int_equal(stats.tiers[VT_TIER_RECENT].bytes, 60);
    assert_int_equal(stats.tiers[VT_TIER_STATE].bytes, 1);
    vt_tiers_free(tiers);
}

static void what_fits_nowhere_is_refused(void **state)
{
    (void)state;
    /* Recent is larger than active: there it fits. */
    const vt_lru_limits limits[VT_TIER_COUNT] = {{5, 50}, {5, 100}, {5, 10}};
    freed[0] = states_freed[0] = '\0';
    state_bytes = 1;
    tiers = vt_tiers_create(limits, &ops, NULL);
    vt_error error = VT_ERROR_INIT;
    assert_true(put('a', 70, &error));
    assert_int_equal(error.code, VT_ERROR_NONE);
    expect_entries(0, 1, 0);
    /* Wanted again it cannot rise, and stays. */
    assert_int_equal(look('a'), 'a');
    expect_entries(0, 1, 0);
    assert_int_equal(stats_now().tiers[VT_TIER_RECENT].hits, 1);
    /* Here it does not: all that remains is its state. */
    assert_false(put('b', 101, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_string_equal(freed, "b");
    assert_int_equal(look('b'), 'B');
    vt_tiers_free(tiers);

    const vt_lru_limits senseless[VT_TIER_COUNT] = {{5, 50}, {5, 100}, {0, 10}};
    assert_null(vt_tiers_create(senseless, &ops, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
}

static void a_pinned_value_stays(void **state)
{
    (void)state;
    make(1, 1, 5);
    put('a', 10, NULL);
    vt_tiers_entry *a = get('a');
    assert_true(put('b', 10, NULL)); /* no room beside a: recent at once */
    vt_tiers_entry *b = get('b');    /* and cannot rise */
    assert_int_equal(vt_tiers_tier(a), VT_TIER_ACTIVE);
    assert_int_equal(vt_tiers_tier(b), VT_TIER_RECENT);
    char c = 'a';
    assert_false(vt_tiers_demote(tiers, &c, 1));
    assert_int_equal(look('b'), 'b'); /* pinned twice for a moment */
    assert_int_equal(stats_now().tiers[VT_TIER_ACTIVE].pinned, 1);
    assert_int_equal(stats_now().tiers[VT_TIER_RECENT].pinned, 1);
    assert_int_equal(vt_tiers_trim(tiers, SIZE_MAX), 0);

    /* Replaced and removed while pinned: as they were until the release. */
    vt_tiers_release(tiers, b);
    assert_true(put('a', 20, NULL));
    assert_int_equal(*(char *)vt_tiers_value(a), 'a');
    c = 'a';
    assert_true(vt_tiers_remove(tiers, &c, 1));
    assert_string_equal(strchr(freed, 'a'), "a"); /* the second, which was in nobody's hands */
    vt_tiers_release(tiers, a);
    assert_int_equal(strlen(strchr(freed, 'a')), 2);
    assert_int_equal(look('a'), '-'); /* no state of what was removed */

    put('d', 10, NULL);
    vt_tiers_entry *d = get('d');
    vt_tiers_clear(tiers);
    assert_int_equal(look('d'), '-');
    assert_int_equal(*(char *)vt_tiers_value(d), 'd');
    vt_tiers_release(tiers, d);
    assert_int_equal(look('d'), '-'); /* it does not sink after all was cleared */
    expect_entries(0, 0, 0);
    vt_tiers_free(tiers);
}

static void values_can_be_sent_down(void **state)
{
    (void)state;
    make(5, 5, 5);
    put('a', 10, NULL);
    char c = 'a';
    assert_true(vt_tiers_demote(tiers, &c, 1));
    expect_entries(0, 1, 0);
    assert_false(vt_tiers_demote(tiers, &c, 1)); /* is recent */
    c = 'x';
    assert_false(vt_tiers_demote(tiers, &c, 1));
    assert_false(vt_tiers_remove(tiers, &c, 1));
    assert_int_equal(look('a'), 'a');
    vt_tiers_free(tiers);
}

static void the_hit_ratio_counts_values(void **state)
{
    (void)state;
    make(1, 1, 1);
    vt_tiers_stats stats = stats_now();
    assert_true(vt_tiers_hit_ratio(&stats) == 0);
    put('a', 10, NULL);
    put('b', 10, NULL);
    put('c', 10, NULL);
    assert_int_equal(look('c'), 'c'); /* active */
    assert_int_equal(look('b'), 'b'); /* recent */
    assert_int_equal(look('a'), 'A'); /* a state is better than nothing, but no value */
    assert_int_equal(look('x'), '-');
    stats = stats_now();
    assert_true(vt_tiers_hit_ratio(&stats) == 0.5);
    vt_tiers_free(tiers);
}

/* Freed values must be able to use the cache: no lock is held. */
static void look_when_freed(void *user, void *value)
{
    (void)user;
    free(value);
    vt_tiers_release(tiers, get('q'));
}

static void freeing_holds_no_lock(void **state)
{
    (void)state;
    const vt_lru_limits limits[VT_TIER_COUNT] = {{1, 100}, {1, 100}, {1, 10}};
    const vt_tiers_ops asking = {.free_value = look_when_freed};
    tiers = vt_tiers_create(limits, &asking, NULL);
    put('a', 1, NULL);
    put('b', 1, NULL);
    put('c', 1, NULL);
    assert_int_equal(stats_now().misses, 1);
    vt_tiers_clear(tiers);
    assert_int_equal(stats_now().misses, 3);
    vt_tiers_free(tiers);
}

static atomic_long made, gone;

static void *small_state(void *user, const void *value, size_t *bytes)
{
    (void)user;
    int *state = malloc(sizeof *state);
    *state = *(const int *)value;
    *bytes = 1;
    atomic_fetch_add(&made, 1);
    return state;
}

static void free_counted(void *user, void *content)
{
    (void)user;
    atomic_fetch_add(&gone, 1);
    free(content);
}

static void *use(void *argument)
{
    unsigned random = *(const unsigned *)argument;
    for (int i = 0; i < 5000; i++) {
        random = random * 1664525 + 1013904223;
        int number = (int)(random >> 20) % 100;
        vt_tiers_entry *entry = vt_tiers_acquire(tiers, &number, sizeof number);
        bool alive = entry && vt_tiers_tier(entry) != VT_TIER_STATE;
        const int *content = alive ? vt_tiers_value(entry) : entry ? vt_tiers_state(entry) : &number;
        if (*content != number) {
            return (void *)1;
        }
        vt_tiers_release(tiers, entry);
        if (!alive) {
            int *value = malloc(sizeof *value);
            *value = number;
            atomic_fetch_add(&made, 1);
            vt_tiers_put(tiers, &number, sizeof number, value, 1, NULL);
        }
        if (i % 100 == 0) {
            vt_tiers_remove(tiers, &number, sizeof number);
            vt_tiers_trim(tiers, 5);
        }
        if (i % 1000 == 0) {
            vt_tiers_clear(tiers);
        }
    }
    return NULL;
}

static void threads_share_a_cache(void **state)
{
    (void)state;
    const vt_lru_limits limits[VT_TIER_COUNT] = {{10, 10}, {20, 20}, {30, 30}};
    const vt_tiers_ops counted = {free_counted, small_state, free_counted, NULL};
    tiers = vt_tiers_create(limits, &counted, NULL);
    pthread_t threads[4];
    static const unsigned seeds[4] = {1, 2, 3, 4};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, use, (void *)&seeds[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        void *result;
        pthread_join(threads[i], &result);
        assert_null(result);
    }
    vt_tiers_stats stats = stats_now();
    for (vt_tier tier = VT_TIER_ACTIVE; tier < VT_TIER_COUNT; tier++) {
        assert_int_equal(stats.tiers[tier].pinned, 0);
        assert_true(stats.tiers[tier].entries <= limits[tier].entries);
    }
    vt_tiers_free(tiers);
    assert_int_equal(made, gone);
}

static void values_can_be_retired(void **state)
{
    (void)state;
    make(2, 2, 2);
    assert_true(put('a', 10, NULL) && put('b', 10, NULL) && put('z', 10, NULL));
    expect_entries(2, 1, 0); /* a is recent */
    assert_true(vt_tiers_retire(tiers, "a", 1));
    assert_true(vt_tiers_retire(tiers, "b", 1)); /* from active all the way */
    expect_entries(1, 0, 2);
    assert_string_equal(freed, "ab");
    assert_int_equal(look('a'), 'A');
    assert_int_equal(look('b'), 'B');
    assert_false(vt_tiers_retire(tiers, "a", 1)); /* a state is no value */
    assert_false(vt_tiers_retire(tiers, "x", 1));
    vt_tiers_entry *entry = get('z');
    assert_false(vt_tiers_retire(tiers, "z", 1)); /* pinned */
    vt_tiers_release(tiers, entry);
    assert_true(vt_tiers_retire(tiers, "z", 1)); /* leaves no state */
    assert_int_equal(look('z'), '-');
    vt_tiers_free(tiers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_sink_level_by_level),
        cmocka_unit_test(what_is_wanted_again_rises),
        cmocka_unit_test(a_state_helps_to_make_the_value_anew),
        cmocka_unit_test(what_leaves_no_state_is_evicted),
        cmocka_unit_test(levels_are_limited_by_bytes),
        cmocka_unit_test(what_fits_nowhere_is_refused),
        cmocka_unit_test(a_pinned_value_stays),
        cmocka_unit_test(values_can_be_sent_down),
        cmocka_unit_test(values_can_be_retired),
        cmocka_unit_test(the_hit_ratio_counts_values),
        cmocka_unit_test(freeing_holds_no_lock),
        cmocka_unit_test(threads_share_a_cache),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
