#include "support/check.h"

#include "core/mesh/key_log.h"

enum { BATCH = 100 };

/* A bijection on 64 bits: different numbers give different, well spread keys. */
static uint64_t spread(uint64_t number)
{
    number += UINT64_C(0x9e3779b97f4a7c15);
    number = (number ^ number >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    number = (number ^ number >> 27) * UINT64_C(0x94d049bb133111eb);
    return number ^ number >> 31;
}

/* Writes the keys of the numbers from `first` to before `end`; how many before the first that had no room, in
   whole batches. */
static uint64_t write_keys(vt_key_log *log, uint64_t (*key_of)(uint64_t), uint64_t first, uint64_t end)
{
    for (uint64_t done = first; done < end;) {
        uint64_t keys[BATCH];
        size_t count = 0;
        while (count < BATCH && done + count < end) {
            keys[count] = key_of(done + count);
            count++;
        }
        if (!vt_key_log_write(log, keys, count)) {
            return done - first;
        }
        done += count;
    }
    return end - first;
}

typedef struct seen {
    uint64_t count;
    uint64_t sum;
} seen;

static void note(void *user, uint64_t key)
{
    seen *seen = user;
    seen->count++;
    seen->sum += key;
}

static void test_count(void **state)
{
    (void)state;
    vt_key_log *log = vt_key_log_create(200000, 1 << 24);
    assert_non_null(log);
    assert_int_equal(vt_key_log_count(log, NULL, NULL), 0);
    assert_int_equal(write_keys(log, spread, 0, 100000), 100000);
    seen seen = {0, 0};
    assert_int_equal(vt_key_log_count(log, note, &seen), 100000);
    assert_int_equal(seen.count, 0);
    /* Some twice, of which some three times: each is shown once. */
    assert_int_equal(write_keys(log, spread, 500, 1500), 1000);
    assert_int_equal(write_keys(log, spread, 1400, 1500), 100);
    assert_int_equal(vt_key_log_count(log, note, &seen), 100000);
    assert_int_equal(seen.count, 1000);
    uint64_t sum = 0;
    for (uint64_t i = 500; i < 1500; i++) {
        sum += spread(i) >> 8 << 8;
    }
    assert_int_equal(seen.sum, sum);
    /* Counting leaves everything as it is. */
    assert_int_equal(vt_key_log_count(log, NULL, NULL), 100000);
    vt_key_log_clear(log);
    assert_int_equal(vt_key_log_count(log, note, &seen), 0);
    assert_int_equal(write_keys(log, spread, 7, 8), 1);
    assert_int_equal(vt_key_log_count(log, NULL, NULL), 1);
    vt_key_log_free(log);
    vt_key_log_free(NULL);
}

/* What is left once makes room for others, again and again. */
static void test_reduce(void **state)
{
    (void)state;
    enum { DIFFERENT = 30000, ROUNDS = 40 };
    vt_key_log *log = vt_key_log_create(DIFFERENT * 2, 1 << 24);
    assert_non_null(log);
    assert_int_equal(vt_key_log_reduce(log), 0);
    for (uint64_t round = 0; round < ROUNDS; round++) {
        /* Half are new, and half of those before come again. */
        assert_int_equal(
            write_keys(log, spread, round * DIFFERENT / ROUNDS, (round + 1) * DIFFERENT / ROUNDS),
            DIFFERENT / ROUNDS);
        assert_int_equal(write_keys(log, spread, 0, (round + 1) * DIFFERENT / ROUNDS),
                         (round + 1) * DIFFERENT / ROUNDS);
        assert_int_equal(vt_key_log_reduce(log), (round + 1) * DIFFERENT / ROUNDS);
    }
    seen seen = {0, 0};
    assert_int_equal(vt_key_log_count(log, note, &seen), DIFFERENT);
    assert_int_equal(seen.count, 0);
    assert_int_equal(write_keys(log, spread, 0, DIFFERENT), DIFFERENT);
    assert_int_equal(vt_key_log_count(log, note, &seen), DIFFERENT);
    assert_int_equal(seen.count, DIFFERENT);
    vt_key_log_free(log);
}

static uint64_t in_one_part(uint64_t number)
{
    return UINT64_C(0xab) << 56 | spread(number) >> 8;
}

static uint64_t in_one_place(uint64_t number)
{
    return UINT64_C(0xff) << 56 | number << 40 | 0x123400;
}

static uint64_t always_0(uint64_t number)
{
    (void)number;
    return 0;
}

/* Keys that are not spread at all have room, too, and are told apart. */
static void test_uneven(void **state)
{
    (void)state;
    uint64_t (*const ways[])(uint64_t) = {in_one_part, in_one_place, always_0};
    static const uint64_t different[] = {50000, 1 << 14, 1};
    for (size_t i = 0; i < sizeof different / sizeof *different; i++) {
        vt_key_log *log = vt_key_log_create(50000, UINT64_MAX);
        assert_non_null(log);
        uint64_t numbers = different[i] > 1 ? different[i] : 50000;
        assert_int_equal(write_keys(log, ways[i], 0, numbers), numbers);
        assert_int_equal(vt_key_log_count(log, NULL, NULL), different[i]);
        assert_int_equal(vt_key_log_reduce(log), different[i]);
        assert_int_equal(vt_key_log_count(log, NULL, NULL), different[i]);
        vt_key_log_free(log);
    }
}

/* There is as much room as is said, and little more. */
static void test_room(void **state)
{
    (void)state;
    static const uint64_t sizes[][2] = {{0, 0}, {1000, 600}, {1 << 20, 6 << 18}, {300000, UINT64_MAX}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (int way = 0; way < 2; way++) {
            vt_key_log *log = vt_key_log_create(sizes[i][0], sizes[i][1]);
            assert_non_null(log);
            uint64_t room = vt_key_log_room(log);
            uint64_t most = sizes[i][1] / VT_KEY_LOG_KEY_BYTES;
            assert_true(room >= (sizes[i][0] < most ? sizes[i][0] : most));
            assert_true(room <= most + 4096 && room <= sizes[i][0] + 4096);
            uint64_t written = write_keys(log, way ? in_one_part : spread, 0, room * 3);
            assert_true(written + BATCH >= room && written < room * 2 + 4096);
            vt_key_log_free(log);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_count),
        cmocka_unit_test(test_reduce),
        cmocka_unit_test(test_uneven),
        cmocka_unit_test(test_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
