/* core/pool/object_pool and core/base/mempool when memory runs out. */
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"

#include "core/base/mempool.h"
#include "core/pool/object_pool.h"

static void an_object_pool_fails_cleanly(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    static const vt_object_ops ops = {.name = "thing"};
    for (long n = 0; n < 2; n++) {
        vt_error error = VT_ERROR_INIT;
        long before = memory_in_use();
        memory_fails_after(n);
        vt_object_pool *pool = vt_object_pool_create(&ops, NULL, &(vt_object_pool_limits){5, 5}, &error);
        memory_recovers();
        assert_null(pool);
        assert_int_equal(error.code, VT_ERROR_MEMORY);
        assert_int_equal(memory_in_use(), before);
    }
}

static void a_memory_pool_refuses_and_goes_on(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    vt_error error = VT_ERROR_INIT;
    memory_fails_after(0);
    vt_mempool *pool = vt_mempool_create(8, 100, &error);
    memory_recovers();
    assert_null(pool);
    assert_int_equal(error.code, VT_ERROR_MEMORY);

    pool = vt_mempool_create(8, 100, NULL);
    memory_fails_after(0);
    void *block = vt_mempool_alloc(pool);
    memory_recovers();
    assert_null(block);
    assert_non_null(vt_mempool_alloc(pool));
    vt_mempool_stats stats;
    vt_mempool_get_stats(pool, &stats);
    assert_int_equal(stats.refusals, 1);
    assert_int_equal(stats.blocks_in_use, 1);
    vt_mempool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_pool_fails_cleanly),
        cmocka_unit_test(a_memory_pool_refuses_and_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
