/* core/cache/tiers when memory runs out: values are kept or freed, never lost. */
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"

#include "core/cache/tiers.h"

static const vt_lru_limits limits[VT_TIER_COUNT] = {{2, 100}, {2, 100}, {2, 100}};
static long values_freed, states_made, states_freed;
static int value, state_of_value;

static void free_value(void *user, void *content)
{
    (void)user;
    (void)content;
    values_freed++;
}

static void *save_state(void *user, const void *content, size_t *bytes)
{
    (void)user;
    (void)content;
    *bytes = 1;
    states_made++;
    return &state_of_value;
}

static void free_state(void *user, void *content)
{
    (void)user;
    (void)content;
    states_freed++;
}

static const vt_tiers_ops ops = {free_value, save_state, free_state, NULL};

static void creation_fails_cleanly(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    vt_error error = VT_ERROR_INIT;
    long before = memory_in_use();
    vt_tiers *tiers = NULL;
    int failures = 0;
    for (long n = 0; n < 20 && !tiers; n++) {
        memory_fails_after(n);
        tiers = vt_tiers_create(limits, &ops, &error);
        memory_recovers();
        if (!tiers) {
            failures++;
            assert_int_equal(error.code, VT_ERROR_MEMORY);
            assert_int_equal(memory_in_use(), before);
        }
    }
    assert_non_null(tiers);
    assert_int_equal(failures, 7); /* the cache, and two allocations for each of its levels */
    vt_tiers_free(tiers);
    assert_int_equal(memory_in_use(), before);
}

/* With `n` allocations left: puts more than fits, takes up and down what is there. Returns how many puts
   failed; all values are accounted for. */
static int exercise(long n)
{
    values_freed = states_made = states_freed = 0;
    int failed = 0;
    long before = memory_in_use();
    vt_tiers *tiers = vt_tiers_create(limits, &ops, NULL);
    assert_non_null(tiers);
    memory_fails_after(n);
    enum { PUTS = 8 };
    for (int i = 0; i < PUTS; i++) {
        char key = (char)i;
        vt_error error = VT_ERROR_INIT;
        if (!vt_tiers_put(tiers, &key, 1, &value, 10, &error)) {
            failed++;
            assert_int_equal(error.code, VT_ERROR_MEMORY);
        }
        char older = (char)(key - 2); /* recent by now: up again */
        vt_tiers_release(tiers, vt_tiers_acquire(tiers, &older, 1));
    }
    memory_recovers();
    vt_tiers_free(tiers);
    assert_int_equal(values_freed, PUTS);
    assert_int_equal(states_freed, states_made);
    assert_int_equal(memory_in_use(), before);
    return failed;
}

static void nothing_is_lost_at_any_point(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    assert_int_equal(exercise(0), 8);
    int failed = 8;
    for (long n = 1; n < 200; n++) {
        failed = exercise(n);
    }
    assert_int_equal(failed, 0); /* by then there was enough */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(creation_fails_cleanly),
        cmocka_unit_test(nothing_is_lost_at_any_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
