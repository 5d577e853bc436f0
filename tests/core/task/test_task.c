/* core/task/task: states, outcomes, who wins, who waits. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/task/task.h"
#include "core/task/task_run.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

typedef struct job {
    bool ok;
    vt_error_code code; /* reported if not ok */
    atomic_int ran, finished, released;
    vt_task_state end;
    vt_error_code end_code;
} job;

static bool run(vt_task *task, void *user, vt_error *error)
{
    job *self = user;
    assert_int_equal(vt_task_get_state(task), VT_TASK_RUNNING);
    atomic_fetch_add(&self->ran, 1);
    if (!self->ok && self->code != VT_ERROR_NONE) {
        vt_error_set(error, self->code, "as told");
    }
    return self->ok;
}

static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    job *self = user;
    assert_int_equal(vt_task_get_state(task), state);
    /* Nobody who waits is let go before this returns. */
    assert_false(vt_task_wait(task, 0));
    self->end = state;
    self->end_code = error->code;
    atomic_fetch_add(&self->finished, 1);
}

static void release(void *user)
{
    atomic_fetch_add(&((job *)user)->released, 1);
}

static const vt_task_ops job_ops = {.name = "job", .run = run, .finished = finished, .release = release};

static void assert_ends(job *self, vt_task_state expected, vt_error_code code)
{
    vt_task *task = vt_task_create(&job_ops, self, NULL);
    assert_non_null(task);
    assert_false(vt_task_is_final(task));
    assert_int_equal(vt_task_execute(task), expected);
    assert_true(vt_task_is_final(task));
    assert_true(vt_task_wait(task, VT_FOREVER));
    vt_error error;
    vt_task_get_error(task, &error);
    assert_int_equal(error.code, code);
    assert_int_equal(self->end, expected);
    assert_int_equal(self->end_code, code);
    assert_int_equal(self->finished, 1);
    assert_int_equal(self->released, 0);
    /* Final is final. */
    assert_false(vt_task_drop(task));
    assert_int_equal(vt_task_execute(task), expected);
    assert_int_equal(self->finished, 1);
    vt_task_unref(task);
    assert_int_equal(self->released, 1);
}

static void outcomes_follow_what_run_returns(void **state)
{
    (void)state;
    assert_ends(&(job){.ok = true}, VT_TASK_DONE, VT_ERROR_NONE);
    assert_ends(&(job){.code = VT_ERROR_CORRUPT}, VT_TASK_FAILED, VT_ERROR_CORRUPT);
    assert_ends(&(job){.code = VT_ERROR_CANCELLED}, VT_TASK_CANCELLED, VT_ERROR_CANCELLED);
    assert_ends(&(job){.code = VT_ERROR_NONE}, VT_TASK_FAILED, VT_ERROR_INTERNAL);
}

static void a_cancelled_task_does_not_run(void **state)
{
    (void)state;
    vt_cancel *parent = vt_cancel_create(NULL);
    job self = {.ok = true};
    vt_task *task = vt_task_create(&job_ops, &self, parent);
    vt_cancel_request(parent);
    assert_true(vt_cancel_requested(vt_task_cancel_token(task)));
    assert_int_equal(vt_task_execute(task), VT_TASK_CANCELLED);
    assert_int_equal(self.ran, 0);
    assert_int_equal(self.finished, 1);
    assert_int_equal(self.end_code, VT_ERROR_CANCELLED);
    vt_task_unref(task);
    vt_cancel_unref(parent);
}

static void a_dropped_task_raises_its_token(void **state)
{
    (void)state;
    job self = {.ok = true};
    vt_task *task = vt_task_create(&job_ops, &self, NULL);
    assert_false(vt_task_wait(task, 0));
    assert_true(vt_task_drop(task));
    assert_true(vt_cancel_requested(vt_task_cancel_token(task)));
    assert_int_equal(self.end, VT_TASK_CANCELLED);
    assert_true(vt_task_wait(task, 0));
    vt_task_unref(task);
    vt_task_unref(NULL);
}

static void a_task_is_claimed_once(void **state)
{
    (void)state;
    job self = {.ok = true};
    vt_task *task = vt_task_create(&job_ops, &self, NULL);
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_task_claim(task, &error));
    assert_false(vt_task_claim(task, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_task_unclaim(task);
    assert_true(vt_task_claim(task, &error));
    assert_ptr_equal(vt_task_of_entry(vt_task_entry(task)), task);
    assert_null(vt_task_executor_data(task));
    vt_task_set_executor_data(task, &self);
    assert_ptr_equal(vt_task_executor_data(task), &self);
    assert_ptr_equal(vt_task_user(task), &self);
    assert_string_equal(vt_task_name(task), "job");
    vt_task_unref(task);
}

static void states_have_names(void **state)
{
    (void)state;
    assert_string_equal(vt_task_state_name(VT_TASK_QUEUED), "queued");
    assert_string_equal(vt_task_state_name(VT_TASK_CANCELLED), "cancelled");
    assert_string_equal(vt_task_state_name(VT_TASK_STATE_COUNT), "unknown");
}

static void *drop_it(void *argument)
{
    vt_task *task = argument;
    vt_task_drop(task);
    vt_task_unref(task);
    return NULL;
}

static void *await_it(void *argument)
{
    vt_task *task = argument;
    const job *self = vt_task_user(task);
    bool ok = vt_task_wait(task, 20 * VT_NS_PER_S) && self->finished == 1;
    vt_task_unref(task);
    return ok ? NULL : (void *)1;
}

static void of_run_and_drop_one_wins(void **state)
{
    (void)state;
    for (int round = 0; round < 300; round++) {
        job self = {.ok = true};
        vt_task *task = vt_task_create(&job_ops, &self, NULL);
        pthread_t dropper, waiter;
        assert_int_equal(pthread_create(&dropper, NULL, drop_it, vt_task_ref(task)), 0);
        assert_int_equal(pthread_create(&waiter, NULL, await_it, vt_task_ref(task)), 0);
        vt_task_execute(task);
        vt_task_unref(task);
        void *result;
        pthread_join(dropper, NULL);
        pthread_join(waiter, &result);
        assert_null(result);
        assert_int_equal(self.ran, self.end == VT_TASK_DONE);
        assert_int_equal(self.finished, 1);
        assert_int_equal(self.released, 1);
    }
}

static void note_run(void *user, const char *name, int64_t begin, int64_t end)
{
    assert_string_equal(name, "job");
    assert_true(begin > 0 && end >= begin);
    ++*(int *)user;
}

static void an_observer_hears_of_each_run_while_it_is_set(void **state)
{
    (void)state;
    int runs = 0;
    job before = {.ok = true}, seen = {.ok = false}, after = {.ok = true};
    assert_ends(&before, VT_TASK_DONE, VT_ERROR_NONE);
    const vt_task_observer observer = {note_run, &runs};
    vt_task_observe(&observer);
    assert_ends(&seen, VT_TASK_FAILED, VT_ERROR_INTERNAL);
    assert_int_equal(runs, 1);
    vt_task_observe(NULL);
    assert_ends(&after, VT_TASK_DONE, VT_ERROR_NONE);
    assert_int_equal(runs, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outcomes_follow_what_run_returns),
        cmocka_unit_test(a_cancelled_task_does_not_run),
        cmocka_unit_test(a_dropped_task_raises_its_token),
        cmocka_unit_test(a_task_is_claimed_once),
        cmocka_unit_test(states_have_names),
        cmocka_unit_test(an_observer_hears_of_each_run_while_it_is_set),
        cmocka_unit_test(of_run_and_drop_one_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
