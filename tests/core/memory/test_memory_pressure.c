/* core/memory/pressure and chunk_policy: levels, hysteresis, limits that fit the machine; chunk sizes. */
#include "tests/support/check.h"

#include "core/memory/chunk_policy.h"
#include "core/memory/pressure.h"

#include <string.h>

#define MB VT_MEMORY_MB

static const vt_memory_limits limits = {300 * MB, 450 * MB};

/* A new program's level at that usage. */
static vt_memory_level level_at(int64_t used)
{
    vt_pressure pressure = {0};
    return vt_pressure_sample(&pressure, &limits, used, 0);
}

static void levels_begin_at_their_thresholds(void **state)
{
    (void)state;
    assert_int_equal(level_at(0), VT_MEMORY_NORMAL);
    assert_int_equal(level_at(210 * MB - 1), VT_MEMORY_NORMAL);
    assert_int_equal(level_at(210 * MB), VT_MEMORY_ELEVATED);
    assert_int_equal(level_at(240 * MB - 1), VT_MEMORY_ELEVATED);
    assert_int_equal(level_at(240 * MB), VT_MEMORY_HIGH);
    assert_int_equal(level_at(405 * MB - 1), VT_MEMORY_HIGH);
    assert_int_equal(level_at(405 * MB), VT_MEMORY_CRITICAL);
    assert_int_equal(level_at(INT64_MAX), VT_MEMORY_CRITICAL);
    assert_true(vt_memory_threshold(&limits, VT_MEMORY_NORMAL) == 0);
    assert_true(vt_memory_threshold(&limits, VT_MEMORY_CRITICAL) == 405 * MB);
    assert_true(vt_memory_target(&limits) == 195 * MB - 1);
    assert_string_equal(vt_memory_level_name(VT_MEMORY_ELEVATED), "elevated");
    assert_string_equal(vt_memory_level_name((vt_memory_level)7), "unknown");
}

static void a_level_is_left_late(void **state)
{
    (void)state;
    vt_pressure pressure = {0};
    int64_t now = 1000;
    assert_int_equal(vt_pressure_sample(&pressure, &limits, 250 * MB, now), VT_MEMORY_HIGH);
    /* Under the threshold, within the margin: for ever. */
    for (int i = 0; i < 20; i++) {
        now += VT_NS_PER_S;
        assert_int_equal(vt_pressure_sample(&pressure, &limits, 225 * MB, now), VT_MEMORY_HIGH);
    }
    /* Under the margin: after a while. */
    assert_int_equal(vt_pressure_sample(&pressure, &limits, 225 * MB - 1, now), VT_MEMORY_HIGH);
    assert_int_equal(vt_pressure_sample(&pressure, &limits, 225 * MB - 1, now + VT_MEMORY_FALL_NS - 1),
                     VT_MEMORY_HIGH);
    assert_int_equal(vt_pressure_sample(&pressure, &limits, 225 * MB - 1, now + VT_MEMORY_FALL_NS),
                     VT_MEMORY_ELEVATED);
    /* Up again at once, and down over two levels together. */
    now += VT_MEMORY_FALL_NS;
    assert_int_equal(vt_pressure_sample(&pressure, &limits, 410 * MB, now), VT_MEMORY_CRITICAL);
    assert_int_equal(vt_pressure_sample(&pressure, &limits, 0, now), VT_MEMORY_CRITICAL);
    assert_int_equal(vt_pressure_sample(&pressure, &limits, 0, now + VT_MEMORY_FALL_NS), VT_MEMORY_NORMAL);
}

static void usage_that_swings_makes_nothing_flap(void **state)
{
    (void)state;
    vt_pressure pressure = {0};
    int changes = 0;
    vt_memory_level before = VT_MEMORY_NORMAL;
    for (int64_t i = 0; i < 1000; i++) {
        /* Around the threshold, and every tenth sample far below. */
        int64_t used = i % 10 == 9 ? 100 * MB : 210 * MB + (i % 2 ? 3 * MB : -3 * MB);
        vt_memory_level level = vt_pressure_sample(&pressure, &limits, used, i * 500 * VT_NS_PER_MS);
        changes += level != before;
        before = level;
    }
    assert_int_equal(changes, 1);
}

static void limits_fit_the_machine(void **state)
{
    (void)state;
    vt_system_memory large = {8000 * MB, 6000 * MB, 0};
    vt_memory_limits fit = vt_memory_limits_fit(&limits, &large, 100 * MB);
    assert_true(fit.soft == 300 * MB && fit.hard == 450 * MB);
    /* A machine, or a control group, of 600 MB: half of it. */
    vt_system_memory small = {600 * MB, 500 * MB, 0};
    fit = vt_memory_limits_fit(&limits, &small, 100 * MB);
    assert_true(fit.soft == 200 * MB && fit.hard == 300 * MB);
    /* Others took nearly all: half of what is left. */
    vt_system_memory full = {8000 * MB, 100 * MB, 0};
    fit = vt_memory_limits_fit(&limits, &full, 250 * MB);
    assert_true(fit.soft == 200 * MB && fit.hard == 300 * MB);
    /* Never below the floors, nor above what was asked for. */
    vt_system_memory tiny = {10 * MB, 0, 0};
    fit = vt_memory_limits_fit(&limits, &tiny, -1);
    assert_true(fit.soft == VT_MEMORY_SOFT_FLOOR && fit.hard == VT_MEMORY_HARD_FLOOR);
    vt_memory_limits low = {10 * MB, 20 * MB};
    fit = vt_memory_limits_fit(&low, &tiny, 0);
    assert_true(fit.soft == 10 * MB && fit.hard == 20 * MB);
}

static void limits_from_a_setting_are_checked(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_memory_limits given = vt_memory_limits_default();
    assert_true(given.soft == 300 * MB && given.hard == 450 * MB);
    assert_true(vt_memory_limits_check(&given, &error));
    given = (vt_memory_limits){500 * MB, 450 * MB};
    assert_false(vt_memory_limits_check(&given, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(error.message, "500 MB"));
    given = (vt_memory_limits){VT_MEMORY_SOFT_FLOOR - 1, 450 * MB};
    assert_false(vt_memory_limits_check(&given, &error));
    given = (vt_memory_limits){VT_MEMORY_SOFT_FLOOR, VT_MEMORY_HARD_FLOOR - 1};
    assert_false(vt_memory_limits_check(&given, &error));
    given = (vt_memory_limits){VT_MEMORY_SOFT_FLOOR, VT_MEMORY_HARD_FLOOR};
    assert_true(vt_memory_limits_check(&given, &error));
}

static void chunks_grow_while_memory_is_plenty(void **state)
{
    (void)state;
    vt_chunk_policy policy = vt_chunk_policy_start(64);
    assert_int_equal(policy.size, 10);
    static const size_t sizes[] = {20, 40, 64, 64};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(vt_chunk_policy_next(&policy, VT_MEMORY_NORMAL), sizes[i]);
    }
    policy = vt_chunk_policy_start(SIZE_MAX);
    for (int i = 0; i < 200; i++) {
        vt_chunk_policy_next(&policy, VT_MEMORY_NORMAL);
    }
    assert_true(policy.size == SIZE_MAX);
    policy = vt_chunk_policy_start(3);
    assert_int_equal(policy.size, 3);
    assert_int_equal(vt_chunk_policy_next(&policy, VT_MEMORY_NORMAL), 3);
    policy = vt_chunk_policy_start(0);
    assert_int_equal(policy.size, 1);
    assert_int_equal(vt_chunk_policy_next(&policy, VT_MEMORY_NORMAL), 1);
}

static void chunks_shrink_under_pressure(void **state)
{
    (void)state;
    vt_chunk_policy policy = vt_chunk_policy_start(100);
    assert_int_equal(vt_chunk_policy_next(&policy, VT_MEMORY_ELEVATED), 10);
    static const size_t sizes[] = {5, 2, 1, 1};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(vt_chunk_policy_next(&policy, VT_MEMORY_HIGH), sizes[i]);
    }
    assert_int_equal(vt_chunk_policy_next(&policy, VT_MEMORY_NORMAL), 2);
    policy.size = 80;
    assert_int_equal(vt_chunk_policy_next(&policy, VT_MEMORY_CRITICAL), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_begin_at_their_thresholds),
        cmocka_unit_test(a_level_is_left_late),
        cmocka_unit_test(usage_that_swings_makes_nothing_flap),
        cmocka_unit_test(limits_fit_the_machine),
        cmocka_unit_test(limits_from_a_setting_are_checked),
        cmocka_unit_test(chunks_grow_while_memory_is_plenty),
        cmocka_unit_test(chunks_shrink_under_pressure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
