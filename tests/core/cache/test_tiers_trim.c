/* core/cache/tiers: what memory pressure takes away, and what others do to it meanwhile. */
#include "tests/core/cache/tier_letters.h"

static void trimming_takes_recent_values_first(void **state)
{
    (void)state;
    make(2, 2, 5);
    put('a', 10, NULL);
    put('b', 10, NULL);
    put('c', 10, NULL);
    put('d', 10, NULL); /* c, d active; a, b recent */
    assert_int_equal(vt_tiers_trim(tiers, 0), 0);
    assert_int_equal(vt_tiers_trim(tiers, 5), 10);
    assert_string_equal(freed, "a");
    assert_int_equal(vt_tiers_trim(tiers, 20), 20); /* the other recent one, and the older active one */
    assert_non_null(strchr(freed, 'b'));
    assert_non_null(strchr(freed, 'c'));
    expect_entries(1, 0, 3);
    assert_int_equal(vt_tiers_trim(tiers, SIZE_MAX), 10);
    expect_entries(0, 0, 4); /* states stay: they cannot be made anew */
    assert_int_equal(look('a'), 'A');
    vt_tiers_clear(tiers);
    expect_entries(0, 0, 0);
    assert_int_equal(strlen(states_freed), 4);
    vt_tiers_free(tiers);
}

/* What somebody else does while a trim makes the state of a value. */
static void (*meanwhile)(void);

static void *do_something_meanwhile(void *user, const void *value, size_t *bytes)
{
    void (*now)(void) = meanwhile;
    meanwhile = NULL;
    if (now) {
        now();
    }
    return save_state(user, value, bytes);
}

static vt_tiers_entry *taken;

static void take_the_other(void)
{
    taken = get('b');
}

static void take_it(void)
{
    taken = get('a');
}

static void remove_it(void)
{
    assert_true(vt_tiers_remove(tiers, "a", 1));
}

static void replace_it(void)
{
    assert_true(put('a', 7, NULL));
}

static void clear_all(void)
{
    vt_tiers_clear(tiers);
}

/* a and b recent, c active; then all but 10 bytes are trimmed away, a first. */
static void trim_while(void (*what)(void))
{
    const vt_lru_limits limits[VT_TIER_COUNT] = {{1, 100}, {2, 100}, {5, 10}};
    const vt_tiers_ops slow = {free_value, do_something_meanwhile, free_state, NULL};
    freed[0] = states_freed[0] = '\0';
    state_bytes = 1;
    taken = NULL;
    tiers = vt_tiers_create(limits, &slow, NULL);
    assert_non_null(tiers);
    put('a', 10, NULL);
    put('b', 10, NULL);
    put('c', 10, NULL);
    meanwhile = what;
    vt_tiers_trim(tiers, 20);
    assert_null(meanwhile);
}

/* Somebody who draws does not wait until states are made: a lock that was held would stop this test. */
static void a_trim_lets_others_use_the_cache(void **state)
{
    (void)state;
    trim_while(take_the_other);
    assert_int_equal(*(char *)vt_tiers_value(taken), 'b'); /* in use: something else went in its place */
    assert_string_equal(freed, "ac");
    vt_tiers_release(tiers, taken);
    assert_int_equal(look('b'), 'b');
    assert_int_equal(look('a'), 'A');
    vt_tiers_free(tiers);

    trim_while(take_it);
    assert_int_equal(*(char *)vt_tiers_value(taken), 'a'); /* it stays, and the state is not needed */
    assert_string_equal(states_freed, "A");
    assert_string_equal(freed, "bc");
    vt_tiers_release(tiers, taken);
    assert_int_equal(look('a'), 'a');
    vt_tiers_free(tiers);
}

static void a_trim_sees_what_became_of_a_value(void **state)
{
    (void)state;
    trim_while(remove_it);
    assert_int_equal(look('a'), '-'); /* gone is gone: no state of it comes back */
    assert_string_equal(states_freed, "A");
    vt_tiers_free(tiers);
    assert_int_equal(strlen(freed), 3);

    trim_while(replace_it);
    assert_int_equal(look('a'), 'a'); /* the new one; the old one's state is not it */
    vt_tiers_free(tiers);
    assert_int_equal(strlen(freed), 4);

    trim_while(clear_all);
    assert_int_equal(look('a'), '-');
    expect_entries(0, 0, 0);
    assert_string_equal(states_freed, "A");
    vt_tiers_free(tiers);
    assert_int_equal(strlen(freed), 3);
}

static void limits_can_change(void **state)
{
    (void)state;
    make(2, 2, 5);
    put('a', 10, NULL);
    put('b', 10, NULL);
    put('c', 10, NULL);
    put('d', 10, NULL); /* c, d active; a, b recent */
    vt_tiers_entry *used = get('d');
    vt_lru_limits limits[VT_TIER_COUNT] = {{10, 10}, {10, 10}, {5, 1000}};
    assert_true(
        vt_tiers_set_limits(tiers, limits, NULL)); /* by bytes: c moves down, and a and b leave states */
    expect_entries(1, 1, 2);
    assert_int_equal(look('b'), 'B');
    limits[VT_TIER_ACTIVE].bytes = 5; /* below what is pinned, which stays */
    assert_true(vt_tiers_set_limits(tiers, limits, NULL));
    expect_entries(1, 1, 2);
    vt_tiers_release(tiers, used); /* d moves down, and c makes room for it */
    expect_entries(0, 1, 3);
    limits[VT_TIER_ACTIVE] = limits[VT_TIER_RECENT] = (vt_lru_limits){100, 1000};
    assert_true(vt_tiers_set_limits(tiers, limits, NULL));
    for (char letter = 'e'; letter != 'm'; letter++) {
        put(letter, 10, NULL);
    }
    vt_tiers_stats stats;
    vt_tiers_get_stats(tiers, &stats);
    assert_int_equal(stats.tiers[VT_TIER_ACTIVE].entries + stats.tiers[VT_TIER_RECENT].entries, 9);
    vt_error error = VT_ERROR_INIT;
    limits[VT_TIER_STATE].bytes = 0;
    assert_false(vt_tiers_set_limits(tiers, limits, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_tiers_get_stats(tiers, &stats);
    assert_int_equal(stats.tiers[VT_TIER_ACTIVE].entries + stats.tiers[VT_TIER_RECENT].entries, 9);
    vt_tiers_free(tiers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trimming_takes_recent_values_first),
        cmocka_unit_test(a_trim_lets_others_use_the_cache),
        cmocka_unit_test(a_trim_sees_what_became_of_a_value),
        cmocka_unit_test(limits_can_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
