/* core/task/cancel: flag, tree, waiting, descriptor. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/task/cancel.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

static bool readable(int fd)
{
    struct pollfd waiting = {.fd = fd, .events = POLLIN};
    return poll(&waiting, 1, 0) == 1;
}

static void a_request_is_once_and_for_good(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_cancel *cancel = vt_cancel_create(NULL);
    assert_non_null(cancel);
    assert_false(vt_cancel_requested(cancel));
    assert_true(vt_cancel_check(cancel, &error));
    vt_cancel_request(cancel);
    vt_cancel_request(cancel);
    assert_true(vt_cancel_requested(cancel));
    assert_false(vt_cancel_check(cancel, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    vt_cancel_unref(cancel);
}

static void no_token_is_never_cancelled(void **state)
{
    (void)state;
    vt_cancel_request(NULL);
    assert_false(vt_cancel_requested(NULL));
    assert_true(vt_cancel_check(NULL, NULL));
    int64_t start = vt_clock_now();
    assert_false(vt_cancel_wait(NULL, 2 * VT_NS_PER_MS));
    assert_true(vt_clock_now() - start >= 2 * VT_NS_PER_MS);
    assert_int_equal(vt_cancel_fd(NULL, NULL), -1);
    assert_null(vt_cancel_ref(NULL));
    vt_cancel_unref(NULL);
}

static void a_request_goes_down_and_not_up(void **state)
{
    (void)state;
    vt_cancel *root = vt_cancel_create(NULL);
    vt_cancel *left = vt_cancel_create(root), *right = vt_cancel_create(root);
    vt_cancel *leaves[3];
    for (int i = 0; i < 3; i++) {
        leaves[i] = vt_cancel_create(i < 2 ? left : right);
    }
    vt_cancel_request(left);
    assert_true(vt_cancel_requested(leaves[0]));
    assert_true(vt_cancel_requested(leaves[1]));
    assert_false(vt_cancel_requested(leaves[2]));
    assert_false(vt_cancel_requested(right));
    assert_false(vt_cancel_requested(root));
    vt_cancel_unref(leaves[1]);
    vt_cancel_request(root);
    assert_true(vt_cancel_requested(leaves[2]));
    vt_cancel *late = vt_cancel_create(root);
    assert_true(vt_cancel_requested(late));
    /* Children keep their parents alive, so the root may be let go first. */
    vt_cancel_unref(root);
    vt_cancel_unref(left);
    vt_cancel_unref(right);
    vt_cancel_unref(leaves[0]);
    vt_cancel_unref(leaves[2]);
    vt_cancel_unref(late);
}

static void a_wait_ends_by_time(void **state)
{
    (void)state;
    vt_cancel *cancel = vt_cancel_create(NULL);
    assert_false(vt_cancel_wait(cancel, 0));
    int64_t start = vt_clock_now();
    assert_false(vt_cancel_wait(cancel, 3 * VT_NS_PER_MS));
    assert_true(vt_clock_now() - start >= 3 * VT_NS_PER_MS);
    vt_cancel_request(cancel);
    assert_true(vt_cancel_wait(cancel, VT_FOREVER));
    vt_cancel_unref(cancel);
}

static void *wait_forever(void *argument)
{
    return vt_cancel_wait(argument, VT_FOREVER) ? NULL : (void *)1;
}

static void a_request_wakes_waiters_below(void **state)
{
    (void)state;
    vt_cancel *root = vt_cancel_create(NULL);
    vt_cancel *child = vt_cancel_create(root);
    pthread_t threads[3];
    for (int i = 0; i < 3; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, wait_forever, child), 0);
    }
    vt_cancel_request(root);
    for (int i = 0; i < 3; i++) {
        void *result;
        pthread_join(threads[i], &result);
        assert_null(result);
    }
    vt_cancel_unref(child);
    vt_cancel_unref(root);
}

static void the_descriptor_turns_readable_and_stays(void **state)
{
    (void)state;
    vt_cancel *root = vt_cancel_create(NULL);
    vt_cancel *child = vt_cancel_create(root), *second = vt_cancel_create(root);
    int fd = vt_cancel_fd(child, NULL);
    assert_true(fd >= 0);
    assert_int_equal(vt_cancel_fd(child, NULL), fd);
    assert_false(readable(fd));
    vt_cancel_request(root);
    assert_true(readable(fd));
    assert_true(readable(fd));
    /* Asked for after the request. */
    assert_true(readable(vt_cancel_fd(second, NULL)));
    vt_cancel_unref(child);
    vt_cancel_unref(second);
    vt_cancel_unref(root);
}

enum { ROUNDS = 300 };

static void *make_children(void *argument)
{
    vt_cancel *root = argument;
    vt_cancel *branch = vt_cancel_create(root);
    for (int i = 0; i < ROUNDS; i++) {
        vt_cancel *leaf = vt_cancel_create(branch);
        vt_cancel_unref(leaf);
    }
    /* Whichever came first, branch or request: in the end it is cancelled. */
    bool cancelled = vt_cancel_wait(branch, 20 * VT_NS_PER_S);
    vt_cancel_unref(branch);
    return cancelled ? NULL : (void *)1;
}

static void children_come_and_go_during_a_request(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        vt_cancel *root = vt_cancel_create(NULL);
        pthread_t threads[3];
        for (int i = 0; i < 3; i++) {
            assert_int_equal(pthread_create(&threads[i], NULL, make_children, root), 0);
        }
        sched_yield();
        vt_cancel_request(root);
        for (int i = 0; i < 3; i++) {
            void *result;
            pthread_join(threads[i], &result);
            assert_null(result);
        }
        vt_cancel_unref(root);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_once_and_for_good),
        cmocka_unit_test(no_token_is_never_cancelled),
        cmocka_unit_test(a_request_goes_down_and_not_up),
        cmocka_unit_test(a_wait_ends_by_time),
        cmocka_unit_test(a_request_wakes_waiters_below),
        cmocka_unit_test(the_descriptor_turns_readable_and_stays),
        cmocka_unit_test(children_come_and_go_during_a_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
