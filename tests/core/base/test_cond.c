/* core/base/cond: deadlines and waits. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/cond.h"

static void deadlines_do_not_overflow(void **state)
{
    (void)state;
    assert_true(vt_deadline_after(VT_FOREVER) == VT_FOREVER);
    assert_true(vt_deadline_after(VT_FOREVER - 1) == VT_FOREVER);
    int64_t before = vt_clock_now();
    int64_t deadline = vt_deadline_after(1000);
    assert_true(deadline >= before + 1000 && deadline <= vt_clock_now() + 1000);
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond;
static bool ready;

static void a_wait_ends_by_time(void **state)
{
    (void)state;
    assert_true(vt_cond_init(&cond));
    pthread_mutex_lock(&lock);
    int64_t deadline = vt_deadline_after(2 * VT_NS_PER_MS);
    while (vt_cond_wait_until(&cond, &lock, deadline)) {
    }
    assert_true(vt_clock_now() >= deadline);
    assert_false(vt_cond_wait_until(&cond, &lock, 0));
    pthread_mutex_unlock(&lock);
    pthread_cond_destroy(&cond);
}

static void *signal_ready(void *argument)
{
    pthread_mutex_lock(&lock);
    ready = true;
    pthread_cond_signal(&cond);
    pthread_mutex_unlock(&lock);
    return argument;
}

static void a_wait_ends_by_signal(void **state)
{
    (void)state;
    const int64_t deadlines[] = {VT_FOREVER, vt_deadline_after(20 * VT_NS_PER_S)};
    for (int i = 0; i < 2; i++) {
        assert_true(vt_cond_init(&cond));
        ready = false;
        pthread_t thread;
        pthread_mutex_lock(&lock);
        assert_int_equal(pthread_create(&thread, NULL, signal_ready, NULL), 0);
        bool in_time = true;
        while (!ready && in_time) {
            in_time = vt_cond_wait_until(&cond, &lock, deadlines[i]);
        }
        pthread_mutex_unlock(&lock);
        pthread_join(thread, NULL);
        assert_true(in_time);
        pthread_cond_destroy(&cond);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deadlines_do_not_overflow),
        cmocka_unit_test(a_wait_ends_by_time),
        cmocka_unit_test(a_wait_ends_by_signal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
