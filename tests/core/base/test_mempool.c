/* core/base/mempool: limits, reuse, alignment, statistics. */
#include "tests/support/check.h"

#include "core/base/mempool.h"

#include <string.h>

static void blocks_are_aligned_apart_and_reused(void **state)
{
    (void)state;
    vt_mempool *pool = vt_mempool_create(24, 1000, NULL);
    assert_non_null(pool);
    vt_mempool_stats stats;
    vt_mempool_get_stats(pool, &stats);
    assert_int_equal(stats.bytes_held, 0);
    assert_true(stats.block_bytes >= 24 && stats.block_bytes % _Alignof(max_align_t) == 0);
    unsigned char *blocks[1000];
    for (int i = 0; i < 1000; i++) {
        blocks[i] = vt_mempool_alloc(pool);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        memset(blocks[i], i & 0xff, 24);
    }
    for (int i = 0; i < 1000; i++) {
        for (int k = 0; k < 24; k++) {
            assert_int_equal(blocks[i][k], i & 0xff);
        }
    }
    assert_null(vt_mempool_alloc(pool));
    vt_mempool_get_stats(pool, &stats);
    assert_int_equal(stats.blocks_in_use, 1000);
    assert_int_equal(stats.blocks_held, 1000);
    assert_int_equal(stats.refusals, 1);
    size_t held = stats.bytes_held;

    vt_mempool_release(pool, NULL);
    vt_mempool_release(pool, blocks[5]);
    assert_ptr_equal(vt_mempool_alloc(pool), blocks[5]);
    for (int i = 0; i < 1000; i++) {
        vt_mempool_release(pool, blocks[i]);
    }
    for (int i = 0; i < 1000; i++) {
        assert_non_null(vt_mempool_alloc(pool));
    }
    vt_mempool_get_stats(pool, &stats);
    assert_int_equal(stats.bytes_held, held);
    assert_int_equal(stats.blocks_peak, 1000);
    assert_int_equal(stats.allocations, 2001);
    vt_mempool_free(pool); /* blocks still in use go too */
    vt_mempool_free(NULL);
}

static void a_pool_grows_as_it_is_used(void **state)
{
    (void)state;
    vt_mempool *pool = vt_mempool_create(64, 1000000, NULL);
    assert_non_null(pool);
    assert_non_null(vt_mempool_alloc(pool));
    vt_mempool_stats stats;
    vt_mempool_get_stats(pool, &stats);
    assert_true(stats.bytes_held < 4096);
    for (int i = 0; i < 20000; i++) {
        assert_non_null(vt_mempool_alloc(pool));
    }
    vt_mempool_get_stats(pool, &stats);
    assert_true(stats.bytes_held < 20001 * 64 + 70000);
    vt_mempool_free(pool);
}

static void refuses_what_makes_no_sense(void **state)
{
    (void)state;
    const size_t cases[][2] = {{0, 1}, {1, 0}, {SIZE_MAX, 1}, {1, SIZE_MAX}, {SIZE_MAX / 4, 8}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_error error = VT_ERROR_INIT;
        assert_null(vt_mempool_create(cases[i][0], cases[i][1], &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
    }
}

static void one_large_block_is_fine(void **state)
{
    (void)state;
    vt_mempool *pool = vt_mempool_create(1000000, 2, NULL);
    char *first = vt_mempool_alloc(pool), *second = vt_mempool_alloc(pool);
    assert_non_null(first);
    assert_non_null(second);
    memset(first, 1, 1000000);
    memset(second, 2, 1000000);
    assert_int_equal(first[999999], 1);
    assert_null(vt_mempool_alloc(pool));
    vt_mempool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_aligned_apart_and_reused),
        cmocka_unit_test(a_pool_grows_as_it_is_used),
        cmocka_unit_test(refuses_what_makes_no_sense),
        cmocka_unit_test(one_large_block_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
