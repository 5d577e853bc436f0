#include "support/check.h"

#include "core/mesh/distinct.h"
#include "core/mesh/repeats.h"

/* A bijection on 64 bits: different numbers give different, well spread keys. */
static uint64_t key_of(uint64_t number)
{
    number += UINT64_C(0x9e3779b97f4a7c15);
    number = (number ^ number >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    number = (number ^ number >> 27) * UINT64_C(0x94d049bb133111eb);
    return number ^ number >> 31;
}

/* Counts the keys of `different` numbers, each noted `times` times, and returns in how many rounds. */
static int count_in_rounds(vt_distinct *distinct, uint64_t different, int times)
{
    int rounds = 0;
    bool more = true;
    do {
        uint64_t batch[VT_DISTINCT_BATCH];
        size_t filled = 0;
        for (uint64_t i = 0; i < different * (uint64_t)times; i++) {
            batch[filled++] = key_of(i % different);
            if (filled == VT_DISTINCT_BATCH || i + 1 == different * (uint64_t)times) {
                vt_distinct_note(distinct, batch, filled);
                filled = 0;
            }
        }
        rounds++;
        assert_true(rounds < 1000 && vt_distinct_next_round(distinct, &more));
    } while (more);
    return rounds;
}

static void test_distinct_in_one_round(void **state)
{
    (void)state;
    vt_distinct *distinct = vt_distinct_create(100000, 1 << 20);
    assert_int_equal(count_in_rounds(distinct, 50000, 6), 1);
    assert_int_equal(vt_distinct_count(distinct), 50000);
    vt_distinct_free(distinct);
    distinct = vt_distinct_create(0, 0);
    bool more = true;
    assert_true(vt_distinct_next_round(distinct, &more));
    assert_false(more);
    assert_int_equal(vt_distinct_count(distinct), 0);
    vt_distinct_free(distinct);
    vt_distinct_free(NULL);
}

/* More different keys than the table has room for are counted all the same. */
static void test_distinct_in_many_rounds(void **state)
{
    (void)state;
    static const uint64_t different[] = {3000, 3585, 4097, 60000, 250000};
    for (size_t i = 0; i < sizeof different / sizeof *different; i++) {
        for (int times = 1; times <= 3; times++) {
            vt_distinct *distinct = vt_distinct_create(different[i], 0); /* the least: room for 4096 */
            int rounds = count_in_rounds(distinct, different[i], times);
            assert_int_equal(vt_distinct_count(distinct), different[i]);
            assert_true(different[i] <= 3072 ? rounds == 1 : different[i] < 4097 || rounds > 2);
            vt_distinct_free(distinct);
        }
    }
}

/* Whether a repeat is found among the keys of 0 to `count` - 1 and, last, that of `again`; and in how many
   rounds that was known. */
static bool look_for_repeats(uint64_t count, uint64_t again, uint64_t bytes, int *rounds)
{
    vt_repeats *repeats = vt_repeats_create(count, bytes);
    assert_non_null(repeats);
    *rounds = 0;
    bool more = true;
    do {
        for (uint64_t i = 0; i <= count; i++) {
            uint64_t key = key_of(i < count ? i : again);
            vt_repeats_note(repeats, &key, 1);
        }
        ++*rounds;
        assert_true(*rounds < 1000 && vt_repeats_next_round(repeats, &more));
    } while (more);
    bool found = vt_repeats_found(repeats);
    vt_repeats_free(repeats);
    return found;
}

static void test_repeats(void **state)
{
    (void)state;
    int rounds;
    assert_false(look_for_repeats(100000, 100000, 1 << 20, &rounds));
    assert_int_equal(rounds, 1);
    assert_true(look_for_repeats(100000, 0, 1 << 20, &rounds));
    assert_int_equal(rounds, 2);
    assert_true(look_for_repeats(100000, 77777, 1 << 20, &rounds));
    assert_false(look_for_repeats(0, 0, 0, &rounds));
    assert_int_equal(rounds, 1);
    /* The smallest table, of 4096: many rounds. */
    assert_false(look_for_repeats(100000, 100000, 0, &rounds));
    assert_in_range(rounds, 20, 60);
    assert_true(look_for_repeats(100000, 0, 0, &rounds));
    assert_true(look_for_repeats(100000, 99999, 0, &rounds));
    vt_repeats_free(NULL);
}

/* Keys that differ only in what is not kept of them. */
static void test_suspects(void **state)
{
    (void)state;
    enum { KEYS = 2000 };
    for (int again = 0; again < 2; again++) {
        vt_repeats *repeats = vt_repeats_create(KEYS, 1 << 20);
        bool more = true;
        int rounds = 0;
        do {
            for (uint64_t i = 0; i < KEYS; i++) {
                uint64_t key = key_of(i / 2) ^ (i % 2);
                vt_repeats_note(repeats, &key, 1);
            }
            uint64_t last = key_of(KEYS / 4);
            if (again) {
                vt_repeats_note(repeats, &last, 1);
            }
            rounds++;
            assert_true(vt_repeats_next_round(repeats, &more));
        } while (more);
        assert_int_equal(rounds, 2);
        assert_int_equal(vt_repeats_found(repeats), again);
        vt_repeats_free(repeats);
    }
}

/* So many repeats that not all can be listed. */
static void test_very_many_repeats(void **state)
{
    (void)state;
    vt_repeats *repeats = vt_repeats_create(100000, 1 << 20);
    bool more = true;
    do {
        for (uint64_t i = 0; i < 100000; i++) {
            uint64_t key = key_of(i / 2);
            vt_repeats_note(repeats, &key, 1);
        }
        assert_true(vt_repeats_next_round(repeats, &more));
    } while (more);
    assert_true(vt_repeats_found(repeats));
    vt_repeats_free(repeats);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distinct_in_one_round),
        cmocka_unit_test(test_distinct_in_many_rounds),
        cmocka_unit_test(test_repeats),
        cmocka_unit_test(test_suspects),
        cmocka_unit_test(test_very_many_repeats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
