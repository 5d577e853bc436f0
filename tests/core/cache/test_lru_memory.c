/* core/cache/lru when memory runs out: values are freed or kept, never lost. */
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"

#include "core/cache/lru.h"

static int freed;

static void count_freed(void *user, void *value)
{
    (void)user;
    (void)value;
    freed++;
}

static void creation_and_puts_fail_cleanly(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    const vt_lru_limits limits = {1000, 1000};
    vt_error error = VT_ERROR_INIT;
    vt_lru *lru = NULL;
    long before = memory_in_use();
    for (long n = 0; n < 10 && !lru; n++) {
        memory_fails_after(n);
        lru = vt_lru_create(&limits, count_freed, NULL, &error);
        memory_recovers();
        if (!lru) {
            assert_int_equal(error.code, VT_ERROR_MEMORY);
            assert_int_equal(memory_in_use(), before);
        }
    }
    assert_non_null(lru);
    assert_int_equal(error.code, VT_ERROR_MEMORY); /* some creations did fail */

    int value;
    assert_true(vt_lru_put(lru, "a", 1, &value, 1, NULL));
    memory_fails_after(0);
    bool put = vt_lru_put(lru, "a", 1, &value, 1, &error);
    memory_recovers();
    assert_false(put);
    assert_int_equal(error.code, VT_ERROR_MEMORY);
    assert_int_equal(freed, 2); /* the new one, and the older one of that key */
    assert_false(vt_lru_contains(lru, "a", 1));

    /* The table cannot grow: chains get longer, everything is found all the same. */
    for (int i = 0; i < 500; i++) {
        memory_fails_after(1); /* the entry, not the table */
        put = vt_lru_put(lru, &i, sizeof i, &value, 1, NULL);
        memory_recovers();
        assert_true(put);
    }
    for (int i = 0; i < 500; i++) {
        assert_true(vt_lru_contains(lru, &i, sizeof i));
    }
    vt_lru_free(lru);
    assert_int_equal(freed, 502);
    assert_int_equal(memory_in_use(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(creation_and_puts_fail_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
