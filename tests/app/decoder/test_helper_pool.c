/* Who gets which helper, and how the pool grows and shrinks while helpers are at work. */
#include "support/check.h"

#include "core/base/clock.h"
#include "core/decode/helper_pool.h"
#include "core/decode/source.h"
#include "pictures.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

enum { STEP_US = 2000, STEPS = 5000 };

static vt_helper_pool *new_pool(unsigned workers)
{
    const vt_helper_pool_options options = {
        .program = VT_DECODER, .workers = workers, .limits = vt_limits_default, .log = vt_log_none};
    vt_error error = VT_ERROR_INIT;
    vt_helper_pool *pool = vt_helper_pool_create(&options, &error);
    if (!pool) {
        fail_msg("%s", error.message);
    }
    return pool;
}

static bool probe(vt_helper *helper, uint32_t side, vt_error *error)
{
    static uint8_t pixels[300 * 300 * 3];
    bytes file = make_jpeg(side, side, 3, pixels, 0, 0);
    int fd = file_of(file.data, file.size);
    const vt_decode_request request = {.what = VT_WHAT_PROBE, .hint = VT_FORMAT_JPEG};
    vt_decode_result result;
    bool fine = vt_helper_decode(helper, fd, file.size, &request, -1, &result, error);
    vt_decode_result_clear(&result);
    close(fd);
    free(file.data);
    return fine;
}

static void expect_probe(vt_helper *helper)
{
    vt_error error = VT_ERROR_INIT;
    if (!probe(helper, 40, &error)) {
        fail_msg("%s", error.message);
    }
}

/* ---- one who waits on a thread of its own ---- */

typedef struct waiter {
    vt_helper_pool *pool;
    vt_helper_class helper_class;
    pthread_t thread;
    _Atomic(vt_helper *) helper;
} waiter;

static void *wait_for_helper(void *user)
{
    waiter *self = user;
    atomic_store(&self->helper, vt_helper_pool_acquire(self->pool, self->helper_class));
    return NULL;
}

static void begin_waiting(waiter *self, unsigned in_line)
{
    assert_int_equal(pthread_create(&self->thread, NULL, wait_for_helper, self), 0);
    for (int i = 0; i < STEPS && vt_helper_pool_read(self->pool).waiting < in_line; i++) {
        usleep(STEP_US);
    }
    assert_int_equal(vt_helper_pool_read(self->pool).waiting, in_line);
}

static vt_helper *end_waiting(waiter *self)
{
    pthread_join(self->thread, NULL);
    return atomic_load(&self->helper);
}

static void test_what_is_looked_at_goes_before_what_waited_longer(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(1);
    vt_helper *background = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    vt_helper *visible = vt_helper_pool_acquire(pool, VT_HELPER_VISIBLE);
    vt_helper *viewer = vt_helper_pool_acquire(pool, VT_HELPER_INTERACTIVE);
    assert_ptr_not_equal(background, visible);
    assert_ptr_not_equal(visible, viewer);
    waiter first = {.pool = pool, .helper_class = VT_HELPER_BACKGROUND};
    waiter second = {.pool = pool, .helper_class = VT_HELPER_VISIBLE};
    begin_waiting(&first, 1);
    begin_waiting(&second, 2);
    vt_helper_pool_release(pool, background);
    assert_ptr_equal(end_waiting(&second), background);
    assert_null(atomic_load(&first.helper));
    vt_helper_pool_release(pool, visible); /* kept: not for the background */
    vt_helper_pool_release(pool, viewer);
    usleep(STEP_US);
    assert_null(atomic_load(&first.helper));
    vt_helper_pool_release(pool, background);
    assert_ptr_equal(end_waiting(&first), background);
    vt_helper_pool_release(pool, background);
    vt_helper_pool_free(pool);
}

static void test_the_pool_grows_for_who_waits_and_shrinks_after_the_work(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(1);
    vt_helper *helpers[3] = {vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND)};
    waiter next = {.pool = pool, .helper_class = VT_HELPER_BACKGROUND};
    begin_waiting(&next, 1);
    vt_helper_pool_set_workers(pool, 3);
    helpers[1] = end_waiting(&next);
    helpers[2] = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    pid_t pids[3];
    for (int i = 0; i < 3; i++) {
        expect_probe(helpers[i]);
        pids[i] = vt_helper_pid(helpers[i]);
        assert_true(pids[i] > 0);
    }
    assert_int_equal(vt_helper_pool_read(pool).acquired, 3);
    vt_helper_pool_release(pool, helpers[2]);
    vt_helper_pool_set_workers(pool, 1); /* one is idle, one is at work */
    assert_int_equal(kill(pids[2], 0), -1);
    expect_probe(helpers[1]);
    assert_int_equal(vt_helper_pid(helpers[1]), pids[1]);
    vt_helper_pool_release(pool, helpers[1]);
    assert_int_equal(kill(pids[1], 0), -1);
    vt_helper_pool_release(pool, helpers[0]);
    assert_ptr_equal(vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND), helpers[0]);
    assert_int_equal(vt_helper_pid(helpers[0]), pids[0]); /* it went on */
    vt_helper_pool_release(pool, helpers[0]);
    assert_int_equal(vt_helper_pool_read(pool).workers, 1);
    vt_helper_pool_free(pool);
}

static void test_limits_hold_from_the_next_acquisition_on(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(1);
    vt_error error = VT_ERROR_INIT;
    vt_limits limits = vt_limits_default;
    limits.max_side = 256;
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    vt_helper_pool_set_limits(pool, &limits);
    assert_true(probe(helper, 300, &error)); /* as it was acquired */
    pid_t pid = vt_helper_pid(helper);
    vt_helper_pool_release(pool, helper);
    helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    assert_false(probe(helper, 300, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_non_null(strstr(error.message, VT_LIMIT_SIDE));
    assert_int_equal(vt_helper_pid(helper), pid); /* no need for another process */
    vt_helper_pool_release(pool, helper);
    limits.max_memory *= 2;
    vt_helper_pool_set_limits(pool, &limits);
    helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    expect_probe(helper);
    assert_int_not_equal(vt_helper_pid(helper), pid);
    assert_int_equal(kill(pid, 0), -1);
    vt_helper_pool_release(pool, helper);
    assert_int_equal(vt_helper_pool_read(pool).crashes, 0);
    assert_int_equal(vt_helper_pool_limits(pool).max_memory, limits.max_memory);
    vt_helper_pool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_looked_at_goes_before_what_waited_longer),
        cmocka_unit_test(test_the_pool_grows_for_who_waits_and_shrinks_after_the_work),
        cmocka_unit_test(test_limits_hold_from_the_next_acquisition_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
