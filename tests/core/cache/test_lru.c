/* core/cache/lru: order of eviction, pins, limits, statistics, threads. */
#include "tests/support/check.h"

#include "core/cache/lru.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static atomic_int freed;
static int last_freed;

static void free_value(void *user, void *value)
{
    (void)user;
    atomic_fetch_add(&freed, 1);
    last_freed = *(int *)value;
    free(value);
}

static vt_lru *make(size_t entries, size_t bytes)
{
    atomic_store(&freed, 0);
    vt_lru *lru = vt_lru_create(&(vt_lru_limits){entries, bytes}, free_value, NULL, NULL);
    assert_non_null(lru);
    return lru;
}

static bool put(vt_lru *lru, const char *key, int number, size_t bytes, vt_error *error)
{
    int *value = malloc(sizeof *value);
    assert_non_null(value);
    *value = number;
    return vt_lru_put(lru, key, strlen(key), value, bytes, error);
}

static vt_lru_entry *get(vt_lru *lru, const char *key)
{
    return vt_lru_acquire(lru, key, strlen(key));
}

static bool has(vt_lru *lru, const char *key)
{
    return vt_lru_contains(lru, key, strlen(key));
}

/* The number kept under `key`, -1 if none. */
static int look(vt_lru *lru, const char *key)
{
    vt_lru_entry *entry = get(lru, key);
    int number = entry ? *(int *)vt_lru_value(entry) : -1;
    vt_lru_release(lru, entry);
    return number;
}

static void the_least_recently_used_goes_first(void **state)
{
    (void)state;
    vt_lru *lru = make(3, 1000);
    assert_true(put(lru, "a", 1, 10, NULL));
    assert_true(put(lru, "b", 2, 10, NULL));
    assert_true(put(lru, "c", 3, 10, NULL));
    assert_int_equal(look(lru, "a"), 1);
    assert_true(has(lru, "b")); /* asking is no use */
    assert_true(put(lru, "d", 4, 10, NULL));
    assert_int_equal(last_freed, 2);
    assert_int_equal(look(lru, "b"), -1);
    assert_int_equal(look(lru, "a"), 1);
    assert_int_equal(look(lru, "c"), 3);
    vt_lru_stats stats;
    vt_lru_get_stats(lru, &stats);
    assert_int_equal(stats.entries, 3);
    assert_int_equal(stats.bytes, 30);
    assert_int_equal(stats.hits, 3);
    assert_int_equal(stats.misses, 1);
    assert_int_equal(stats.insertions, 4);
    assert_int_equal(stats.evictions, 1);
    vt_lru_free(lru);
    assert_int_equal(freed, 4);
    vt_lru_free(NULL);
}

static void bytes_are_limited(void **state)
{
    (void)state;
    vt_lru *lru = make(100, 100);
    vt_error error = VT_ERROR_INIT;
    for (int i = 0; i < 10; i++) {
        char key[2] = {(char)('a' + i), 0};
        assert_true(put(lru, key, i, 10, NULL));
    }
    assert_true(put(lru, "big", 99, 75, NULL));
    assert_int_equal(freed, 8);
    assert_true(has(lru, "j") && has(lru, "i") && !has(lru, "h"));
    assert_false(put(lru, "i", 5, 101, &error)); /* the older value is gone too, nothing else is */
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_false(has(lru, "i"));
    assert_true(has(lru, "j") && has(lru, "big"));
    vt_lru_stats stats;
    vt_lru_get_stats(lru, &stats);
    assert_int_equal(stats.refused, 1);
    assert_int_equal(stats.bytes, 85);
    vt_lru_entry *j = vt_lru_acquire_oldest(lru), *big = vt_lru_acquire_oldest(lru);
    assert_int_equal(vt_lru_value_bytes(j), 10);
    assert_int_equal(vt_lru_value_bytes(big), 75);
    assert_null(vt_lru_acquire_oldest(lru)); /* all are pinned */
    vt_lru_get_stats(lru, &stats);
    assert_int_equal(stats.pinned, 2);
    assert_int_equal(stats.hits, 0);
    vt_lru_release(lru, j);
    vt_lru_release(lru, big);
    vt_lru_trim(lru, 80);
    assert_false(has(lru, "j"));
    vt_lru_free(lru);
    assert_int_equal(freed, 12);
}

static void a_pinned_value_stays(void **state)
{
    (void)state;
    vt_lru *lru = make(2, 100);
    vt_error error = VT_ERROR_INIT;
    put(lru, "a", 1, 40, NULL);
    put(lru, "b", 2, 40, NULL);
    vt_lru_entry *a = get(lru, "a"), *again = get(lru, "a");
    assert_ptr_equal(a, again);
    assert_int_equal(vt_lru_value_bytes(a), 40);
    assert_true(put(lru, "c", 3, 40, NULL)); /* evicts b, though a is older */
    assert_false(has(lru, "b"));
    vt_lru_entry *c = get(lru, "c");
    assert_false(put(lru, "d", 4, 10, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_lru_release(lru, c);
    assert_false(put(lru, "d", 4, 70, &error)); /* not beside the 40 pinned; c is not evicted in vain */
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_true(has(lru, "c"));

    /* Removed or replaced while pinned: valid until the last release. */
    assert_true(put(lru, "a", 11, 10, NULL));
    assert_int_equal(*(int *)vt_lru_value(a), 1);
    assert_int_equal(look(lru, "a"), 11);
    vt_lru_stats stats;
    vt_lru_get_stats(lru, &stats);
    assert_int_equal(stats.pinned, 1);
    assert_int_equal(stats.bytes, 50); /* the old and the new; c had to go */
    assert_int_equal(stats.replacements, 1);
    int before = atomic_load(&freed);
    vt_lru_release(lru, a);
    assert_int_equal(freed, before);
    vt_lru_release(lru, again);
    assert_int_equal(freed, before + 1);
    assert_int_equal(last_freed, 1);

    a = get(lru, "a");
    vt_lru_clear(lru);
    assert_false(has(lru, "a"));
    assert_int_equal(*(int *)vt_lru_value(a), 11);
    vt_lru_release(lru, a);
    assert_int_equal(last_freed, 11);
    vt_lru_get_stats(lru, &stats);
    assert_int_equal(stats.entries + stats.bytes + stats.pinned, 0);
    vt_lru_release(lru, NULL);
    vt_lru_free(lru);
}

static void limits_can_change(void **state)
{
    (void)state;
    vt_lru *lru = make(10, 100);
    for (int i = 0; i < 4; i++) {
        char key[2] = {(char)('a' + i), 0};
        put(lru, key, i, 10, NULL);
    }
    vt_lru_entry *a = get(lru, "a"), *b = get(lru, "b");
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_lru_set_limits(lru, &(vt_lru_limits){0, 10}, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_true(vt_lru_set_limits(lru, &(vt_lru_limits){1, 100}, NULL));
    assert_true(has(lru, "a") && has(lru, "b") && !has(lru, "c") && !has(lru, "d"));
    vt_lru_release(lru, a); /* over the limit by then */
    assert_false(has(lru, "a"));
    vt_lru_release(lru, b);
    assert_true(has(lru, "b"));
    vt_lru_free(lru);
    assert_int_equal(freed, 4);
    assert_null(vt_lru_create(&(vt_lru_limits){1, 0}, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
}

static void keys_are_bytes(void **state)
{
    (void)state;
    vt_lru *lru = vt_lru_create(&(vt_lru_limits){10, 10}, NULL, NULL, NULL);
    int one = 1, two = 2, none = 0;
    assert_true(vt_lru_put(lru, "a\0x", 3, &one, 1, NULL));
    assert_true(vt_lru_put(lru, "a\0y", 3, &two, 1, NULL));
    assert_true(vt_lru_put(lru, "", 0, &none, 1, NULL));
    vt_lru_entry *entry = vt_lru_acquire(lru, "a\0y", 3);
    assert_ptr_equal(vt_lru_value(entry), &two);
    vt_lru_release(lru, entry);
    assert_true(vt_lru_contains(lru, "", 0));
    assert_false(vt_lru_contains(lru, "a", 1));
    assert_true(vt_lru_remove(lru, "a\0x", 3));
    assert_false(vt_lru_remove(lru, "a\0x", 3));
    vt_lru_free(lru);
}

static void many_entries_are_found(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    vt_lru *lru = vt_lru_create(&(vt_lru_limits){COUNT / 2, SIZE_MAX}, NULL, NULL, NULL);
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_true(vt_lru_put(lru, &i, sizeof i, lru, 1, NULL));
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_int_equal(vt_lru_contains(lru, &i, sizeof i), i >= COUNT / 2);
    }
    vt_lru_free(lru);
}

static void *use(void *argument)
{
    vt_lru *lru = argument;
    unsigned random = (unsigned)(uintptr_t)&random;
    for (int i = 0; i < 5000; i++) {
        random = random * 1664525 + 1013904223;
        int number = (int)(random >> 20) % 100;
        vt_lru_entry *entry = vt_lru_acquire(lru, &number, sizeof number);
        if (entry) {
            if (*(int *)vt_lru_value(entry) != number) {
                return (void *)1;
            }
            vt_lru_release(lru, entry);
        } else {
            int *value = malloc(sizeof *value);
            *value = number;
            vt_lru_put(lru, &number, sizeof number, value, 1, NULL);
        }
        if (i % 100 == 0) {
            vt_lru_remove(lru, &number, sizeof number);
        }
    }
    return NULL;
}

static void free_quietly(void *user, void *value)
{
    (void)user;
    atomic_fetch_add(&freed, 1);
    free(value);
}

static void threads_share_a_cache(void **state)
{
    (void)state;
    atomic_store(&freed, 0);
    vt_lru *lru = vt_lru_create(&(vt_lru_limits){50, 50}, free_quietly, NULL, NULL);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, use, lru), 0);
    }
    for (int i = 0; i < 4; i++) {
        void *result;
        pthread_join(threads[i], &result);
        assert_null(result);
    }
    vt_lru_stats stats;
    vt_lru_get_stats(lru, &stats);
    assert_int_equal(stats.pinned, 0);
    assert_true(stats.entries <= 50);
    vt_lru_free(lru);
    assert_int_equal(freed, stats.insertions + stats.refused);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_least_recently_used_goes_first),
        cmocka_unit_test(bytes_are_limited),
        cmocka_unit_test(a_pinned_value_stays),
        cmocka_unit_test(limits_can_change),
        cmocka_unit_test(keys_are_bytes),
        cmocka_unit_test(many_entries_are_found),
        cmocka_unit_test(threads_share_a_cache),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
