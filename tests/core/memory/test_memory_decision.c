/* core/memory/decision: every row of its table, with sizes and a clock made up. */
#include "tests/support/check.h"

#include "core/memory/decision.h"

#define MB   VT_MEMORY_MB
#define HALF (500 * VT_NS_PER_MS)

static const vt_memory_limits limits = {300 * MB, 450 * MB};
static vt_memory_state state_of;
static int64_t now;

/* The next sample, half a second later. */
static vt_memory_decision sample(int64_t used)
{
    now += HALF;
    return vt_memory_decide(&state_of, &limits, used, now);
}

static int setup(void **state)
{
    (void)state;
    state_of = (vt_memory_state){0};
    now = 1000 * VT_NS_PER_S;
    return 0;
}

static void nothing_happens_while_memory_is_plenty(void **state)
{
    (void)state;
    for (int64_t used = 0; used < 210 * MB; used += 10 * MB) {
        vt_memory_decision decision = sample(used);
        assert_int_equal(decision.level, VT_MEMORY_NORMAL);
        assert_true(decision.to_free == 0);
        assert_false(decision.pause_prefetch || decision.hold_background);
    }
}

static void elevated_trims_caches_to_the_target(void **state)
{
    (void)state;
    vt_memory_decision decision = sample(220 * MB);
    assert_int_equal(decision.level, VT_MEMORY_ELEVATED);
    assert_true(decision.to_free == 220 * MB - vt_memory_target(&limits));
    assert_int_equal(decision.dearest, VT_RESOURCE_CACHE);
    assert_false(decision.pause_prefetch || decision.hold_background);
}

static void high_pauses_what_nobody_waits_for(void **state)
{
    (void)state;
    vt_memory_decision decision = sample(250 * MB);
    assert_int_equal(decision.level, VT_MEMORY_HIGH);
    assert_true(decision.to_free == 250 * MB - vt_memory_target(&limits));
    assert_int_equal(decision.dearest, VT_RESOURCE_CACHE);
    assert_true(decision.pause_prefetch);
    assert_false(decision.hold_background);
}

static void critical_takes_all_that_can_be_built_again(void **state)
{
    (void)state;
    vt_memory_decision decision = sample(410 * MB);
    assert_int_equal(decision.level, VT_MEMORY_CRITICAL);
    assert_true(decision.to_free == INT64_MAX);
    assert_int_equal(decision.dearest, VT_RESOURCE_REBUILDABLE);
    assert_true(decision.pause_prefetch && decision.hold_background);
}

static void a_rise_is_answered_each_time(void **state)
{
    (void)state;
    assert_true(sample(210 * MB).to_free > 0);
    assert_true(sample(240 * MB).to_free > 0);
    assert_true(sample(405 * MB).to_free > 0);
}

static void a_large_program_may_keep_something(void **state)
{
    (void)state;
    assert_true(sample(220 * MB).to_free > 0);
    /* It is all fixed: nothing went. Caches are left alone until something has grown again. */
    for (int i = 0; i < 100; i++) {
        assert_true(sample(220 * MB).to_free == 0);
    }
    assert_true(sample(235 * MB - 1).to_free == 0);
    assert_true(sample(235 * MB).to_free > 0);
    /* What the clean-up freed moves the mark down. */
    assert_true(sample(215 * MB).to_free == 0);
    assert_true(sample(230 * MB).to_free > 0);
}

static void below_the_target_nothing_is_asked_for(void **state)
{
    (void)state;
    assert_true(sample(220 * MB).to_free > 0);
    assert_true(sample(150 * MB).to_free == 0);
    assert_true(sample(190 * MB).to_free == 0); /* grown by far more than the margin, level still elevated */
    assert_int_equal(state_of.pressure.level, VT_MEMORY_ELEVATED);
}

static void critical_is_repeated(void **state)
{
    (void)state;
    assert_true(sample(410 * MB).to_free == INT64_MAX);
    int asked = 0;
    for (int i = 0; i < 40; i++) {
        asked += sample(410 * MB).to_free > 0;
    }
    assert_int_equal(asked, 40 * HALF / VT_MEMORY_REPEAT_NS);
}

static void falling_lets_go_of_the_brakes(void **state)
{
    (void)state;
    sample(410 * MB);
    vt_memory_decision decision = sample(100 * MB);
    assert_true(decision.hold_background); /* not yet */
    for (int64_t waited = 0; waited < VT_MEMORY_FALL_NS; waited += HALF) {
        decision = sample(100 * MB);
    }
    assert_int_equal(decision.level, VT_MEMORY_NORMAL);
    assert_false(decision.pause_prefetch || decision.hold_background);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(nothing_happens_while_memory_is_plenty, setup),
        cmocka_unit_test_setup(elevated_trims_caches_to_the_target, setup),
        cmocka_unit_test_setup(high_pauses_what_nobody_waits_for, setup),
        cmocka_unit_test_setup(critical_takes_all_that_can_be_built_again, setup),
        cmocka_unit_test_setup(a_rise_is_answered_each_time, setup),
        cmocka_unit_test_setup(a_large_program_may_keep_something, setup),
        cmocka_unit_test_setup(below_the_target_nothing_is_asked_for, setup),
        cmocka_unit_test_setup(critical_is_repeated, setup),
        cmocka_unit_test_setup(falling_lets_go_of_the_brakes, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
