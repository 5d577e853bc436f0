/* core/task executors: the same contract for threads and inline, then what only threads can do. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/task/executor_inline.h"
#include "core/task/executor_threads.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

/* What all jobs of a test share. */
typedef struct board {
    atomic_int ran, finished, cancelled, released;
    atomic_int order[64]; /* numbers in the order of running */
    atomic_bool gate;     /* gated jobs run until it opens or they are cancelled */
    atomic_int inside, inside_peak;
} board;

typedef struct job {
    board *board;
    int number;
    bool gated;
} job;

static bool run(vt_task *task, void *user, vt_error *error)
{
    job *self = user;
    board *board = self->board;
    int inside = atomic_fetch_add(&board->inside, 1) + 1;
    int peak = atomic_load(&board->inside_peak);
    while (inside > peak && !atomic_compare_exchange_weak(&board->inside_peak, &peak, inside)) {
    }
    int at = atomic_fetch_add(&board->ran, 1);
    if (at < 64) {
        atomic_store(&board->order[at], self->number);
    }
    bool ok = true;
    while (self->gated && !atomic_load(&board->gate) && ok) {
        vt_cancel_wait(vt_task_cancel_token(task), VT_NS_PER_MS / 5);
        ok = vt_cancel_check(vt_task_cancel_token(task), error);
    }
    atomic_fetch_sub(&board->inside, 1);
    return ok;
}

static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)error;
    board *board = ((job *)user)->board;
    atomic_fetch_add(&board->finished, 1);
    atomic_fetch_add(&board->cancelled, state == VT_TASK_CANCELLED);
}

static void release(void *user)
{
    atomic_fetch_add(&((job *)user)->board->released, 1);
    free(user);
}

static const vt_task_ops job_ops = {.name = "job", .run = run, .finished = finished, .release = release};

static vt_task *make(board *board, int number, bool gated)
{
    job *self = malloc(sizeof *self);
    assert_non_null(self);
    *self = (job){board, number, gated};
    vt_task *task = vt_task_create(&job_ops, self, NULL);
    assert_non_null(task);
    return task;
}

static bool submit_new(vt_executor *executor, board *board, int number, bool gated, vt_priority priority)
{
    vt_task *task = make(board, number, gated);
    bool ok = vt_executor_submit(executor, task, priority, NULL);
    vt_task_unref(task);
    return ok;
}

static void await_running(vt_executor *executor, size_t count)
{
    vt_executor_figures figures;
    int64_t deadline = vt_deadline_after(20 * VT_NS_PER_S);
    do {
        vt_executor_get_figures(executor, &figures);
        sched_yield();
    } while (figures.running != count && vt_clock_now() < deadline);
    assert_int_equal(figures.running, count);
}

static void check_contract(vt_executor *executor)
{
    board board = {0};
    for (int i = 0; i < 20; i++) {
        assert_true(submit_new(executor, &board, i, false, (vt_priority)(i % VT_PRIORITY_COUNT)));
    }
    assert_true(vt_executor_wait_idle(executor, 20 * VT_NS_PER_S));
    assert_int_equal(board.ran, 20);
    assert_int_equal(board.finished, 20);
    assert_int_equal(board.released, 20);

    vt_task *task = make(&board, 0, false);
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_executor_submit(executor, task, VT_PRIORITY_COUNT, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_true(vt_executor_submit(executor, task, VT_PRIORITY_NORMAL, &error));
    assert_true(vt_task_wait(task, 20 * VT_NS_PER_S));
    assert_false(vt_executor_submit(executor, task, VT_PRIORITY_NORMAL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(vt_executor_cancel(executor, task));
    assert_false(vt_executor_move(executor, task, VT_PRIORITY_HIGH, true));
    vt_task_unref(task);

    /* Cancelled before it is submitted: accepted, and it ends without running. */
    task = make(&board, 0, false);
    vt_cancel_request(vt_task_cancel_token(task));
    assert_true(vt_executor_submit(executor, task, VT_PRIORITY_NORMAL, NULL));
    assert_true(vt_executor_wait_idle(executor, 20 * VT_NS_PER_S));
    assert_int_equal(vt_task_get_state(task), VT_TASK_CANCELLED);
    vt_task_unref(task);
    assert_int_equal(board.ran, 21);

    vt_executor_figures figures;
    vt_executor_get_figures(executor, &figures);
    assert_int_equal(figures.submitted, 22);
    assert_int_equal(figures.done, 21);
    assert_int_equal(figures.cancelled, 1);
    assert_int_equal(figures.queued + figures.running, 0);
    assert_false(vt_executor_set_workers(executor, 0, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(vt_executor_set_workers(executor, VT_EXECUTOR_WORKERS_MAX + 1, &error));
    vt_executor_free(executor);
}

static void threads_keep_the_contract(void **state)
{
    (void)state;
    check_contract(vt_executor_threads_create(3, 100, NULL));
    check_contract(vt_executor_threads_create(0, 100, NULL));
}

static void inline_keeps_the_contract(void **state)
{
    (void)state;
    check_contract(vt_executor_inline_create(NULL));
    vt_executor_free(NULL);
}

static void inline_runs_within_submit(void **state)
{
    (void)state;
    vt_executor *executor = vt_executor_inline_create(NULL);
    board board = {0};
    submit_new(executor, &board, 7, false, VT_PRIORITY_LOW);
    assert_int_equal(board.released, 1);
    assert_true(vt_executor_set_workers(executor, 2, NULL));
    vt_executor_figures figures;
    vt_executor_get_figures(executor, &figures);
    assert_int_equal(figures.workers, 0);
    vt_executor_cancel_all(executor);
    vt_executor_free(executor);
}

static void creation_refuses_other_numbers(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_executor_threads_create(VT_EXECUTOR_WORKERS_MAX + 1, 10, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_error_clear(&error);
    assert_null(vt_executor_threads_create(1, 0, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
}

static void waiting_tasks_run_by_priority_and_can_be_moved(void **state)
{
    (void)state;
    vt_executor *executor = vt_executor_threads_create(1, 100, NULL);
    board board = {0};
    submit_new(executor, &board, 0, true, VT_PRIORITY_NORMAL);
    await_running(executor, 1);
    vt_task *moved = make(&board, 5, false);
    submit_new(executor, &board, 1, false, VT_PRIORITY_LOW);
    submit_new(executor, &board, 2, false, VT_PRIORITY_NORMAL);
    assert_true(vt_executor_submit(executor, moved, VT_PRIORITY_LOW, NULL));
    submit_new(executor, &board, 3, false, VT_PRIORITY_CRITICAL);
    submit_new(executor, &board, 4, false, VT_PRIORITY_HIGH);
    assert_true(vt_executor_move(executor, moved, VT_PRIORITY_CRITICAL, true));
    vt_executor_figures figures;
    vt_executor_get_figures(executor, &figures);
    assert_int_equal(figures.queued, 5);
    assert_int_equal(figures.exhausted, 5);
    assert_false(vt_executor_wait_idle(executor, VT_NS_PER_MS));
    atomic_store(&board.gate, true);
    assert_true(vt_executor_wait_idle(executor, 20 * VT_NS_PER_S));
    const int expected[] = {0, 5, 3, 4, 2, 1};
    for (int i = 0; i < 6; i++) {
        assert_int_equal(board.order[i], expected[i]);
    }
    vt_task_unref(moved);
    vt_executor_free(executor);
}

static void a_full_queue_refuses_and_the_task_may_try_again(void **state)
{
    (void)state;
    vt_executor *executor = vt_executor_threads_create(1, 1, NULL);
    board board = {0};
    submit_new(executor, &board, 0, true, VT_PRIORITY_NORMAL);
    await_running(executor, 1);
    assert_true(submit_new(executor, &board, 1, false, VT_PRIORITY_NORMAL));
    vt_task *task = make(&board, 2, false);
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_executor_submit(executor, task, VT_PRIORITY_CRITICAL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_executor_figures figures;
    vt_executor_get_figures(executor, &figures);
    assert_int_equal(figures.refused, 1);
    atomic_store(&board.gate, true);
    vt_executor_wait_idle(executor, VT_FOREVER);
    assert_true(vt_executor_submit(executor, task, VT_PRIORITY_CRITICAL, &error));
    assert_true(vt_task_wait(task, 20 * VT_NS_PER_S));
    vt_task_unref(task);
    vt_executor_free(executor);
    assert_int_equal(board.released, 3);
}

static void cancel_ends_waiting_tasks_here_and_running_ones_soon(void **state)
{
    (void)state;
    vt_executor *executor = vt_executor_threads_create(1, 10, NULL);
    board board = {0};
    vt_task *running = make(&board, 0, true), *waiting = make(&board, 1, false);
    assert_true(vt_executor_submit(executor, running, VT_PRIORITY_NORMAL, NULL));
    await_running(executor, 1);
    assert_true(vt_executor_submit(executor, waiting, VT_PRIORITY_NORMAL, NULL));
    assert_true(vt_executor_cancel(executor, waiting));
    assert_int_equal(vt_task_get_state(waiting), VT_TASK_CANCELLED);
    assert_int_equal(board.finished, 1);
    assert_false(vt_executor_cancel(executor, running));
    assert_true(vt_executor_wait_idle(executor, 20 * VT_NS_PER_S));
    assert_int_equal(vt_task_get_state(running), VT_TASK_CANCELLED);
    vt_task_unref(running);
    vt_task_unref(waiting);
    for (int i = 0; i < 5; i++) {
        submit_new(executor, &board, i, true, VT_PRIORITY_NORMAL);
    }
    vt_executor_cancel_all(executor);
    assert_true(vt_executor_wait_idle(executor, 20 * VT_NS_PER_S));
    assert_int_equal(board.cancelled, 7);
    assert_int_equal(board.released, 7);
    vt_executor_free(executor);
}

static void freeing_cancels_everything(void **state)
{
    (void)state;
    vt_executor *executor = vt_executor_threads_create(2, 10, NULL);
    board board = {0};
    for (int i = 0; i < 8; i++) {
        assert_true(submit_new(executor, &board, i, true, VT_PRIORITY_NORMAL));
    }
    vt_executor_free(executor);
    assert_int_equal(board.finished, 8);
    assert_int_equal(board.cancelled, 8);
    assert_int_equal(board.released, 8);
}

static void workers_can_be_changed_while_tasks_run(void **state)
{
    (void)state;
    vt_executor *executor = vt_executor_threads_create(1, 100, NULL);
    board board = {0};
    for (int i = 0; i < 8; i++) {
        submit_new(executor, &board, i, true, VT_PRIORITY_NORMAL);
    }
    await_running(executor, 1);
    assert_true(vt_executor_set_workers(executor, 4, NULL));
    await_running(executor, 4);
    assert_true(vt_executor_set_workers(executor, 2, NULL));
    vt_executor_figures figures;
    vt_executor_get_figures(executor, &figures);
    assert_int_equal(figures.workers, 2);
    assert_int_equal(figures.running, 4);
    atomic_store(&board.gate, true);
    assert_true(vt_executor_wait_idle(executor, 20 * VT_NS_PER_S));
    assert_int_equal(board.inside_peak, 4);
    atomic_store(&board.gate, false);
    atomic_store(&board.inside_peak, 0);
    for (int i = 0; i < 6; i++) {
        submit_new(executor, &board, i, true, VT_PRIORITY_NORMAL);
    }
    await_running(executor, 2);
    atomic_store(&board.gate, true);
    assert_true(vt_executor_wait_idle(executor, 20 * VT_NS_PER_S));
    assert_int_equal(board.inside_peak, 2);
    for (unsigned i = 0; i < 60; i++) {
        assert_true(vt_executor_set_workers(executor, 1 + i % 5, NULL));
        submit_new(executor, &board, 0, false, VT_PRIORITY_NORMAL);
    }
    assert_true(vt_executor_wait_idle(executor, 20 * VT_NS_PER_S));
    assert_int_equal(board.finished, 74);
    vt_executor_free(executor);
}

enum { SUBMITTERS = 3, EACH = 400 };

typedef struct submitter {
    vt_executor *executor;
    board *board;
    int accepted;
} submitter;

static void *submit_many(void *argument)
{
    submitter *self = argument;
    for (int i = 0; i < EACH; i++) {
        vt_task *task = make(self->board, i, i % 50 == 0);
        if (vt_executor_submit(self->executor, task, (vt_priority)(i % VT_PRIORITY_COUNT), NULL)) {
            self->accepted++;
        }
        if (i % 3 == 0) {
            vt_executor_move(self->executor, task, VT_PRIORITY_CRITICAL, true);
        }
        if (i % 5 == 0) {
            vt_executor_cancel(self->executor, task);
        }
        vt_task_unref(task);
    }
    return NULL;
}

static void nothing_is_lost_under_stress(void **state)
{
    (void)state;
    vt_executor *executor = vt_executor_threads_create(3, 64, NULL);
    board board = {0};
    submitter submitters[SUBMITTERS];
    pthread_t threads[SUBMITTERS];
    for (int i = 0; i < SUBMITTERS; i++) {
        submitters[i] = (submitter){executor, &board, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, submit_many, &submitters[i]), 0);
    }
    for (unsigned i = 0; i < 40; i++) {
        vt_executor_set_workers(executor, 1 + i % 4, NULL);
        if (i % 10 == 0) {
            vt_executor_cancel_all(executor);
        }
    }
    int accepted = 0;
    for (int i = 0; i < SUBMITTERS; i++) {
        pthread_join(threads[i], NULL);
        accepted += submitters[i].accepted;
    }
    assert_true(vt_executor_wait_idle(executor, 60 * VT_NS_PER_S));
    vt_executor_figures figures;
    vt_executor_get_figures(executor, &figures);
    assert_int_equal(figures.submitted, accepted);
    assert_int_equal(figures.refused, SUBMITTERS * EACH - accepted);
    assert_int_equal(figures.done + figures.cancelled, accepted);
    assert_int_equal(board.finished, accepted);
    assert_int_equal(board.released, SUBMITTERS * EACH);
    vt_executor_free(executor);
}

static bool block_check(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    (void)error;
    sigset_t set;
    pthread_sigmask(SIG_SETMASK, NULL, &set);
    atomic_store((atomic_bool *)user, sigismember(&set, SIGINT) == 1);
    return true;
}

static void workers_block_signals(void **state)
{
    (void)state;
    static const vt_task_ops ops = {.name = "mask", .run = block_check};
    atomic_bool blocked = false;
    vt_executor *executor = vt_executor_threads_create(1, 1, NULL);
    vt_task *task = vt_task_create(&ops, &blocked, NULL);
    assert_true(vt_executor_submit(executor, task, VT_PRIORITY_NORMAL, NULL));
    assert_true(vt_task_wait(task, 20 * VT_NS_PER_S));
    vt_task_unref(task);
    vt_executor_free(executor);
    assert_true(blocked);
    sigset_t set;
    pthread_sigmask(SIG_SETMASK, NULL, &set);
    assert_int_equal(sigismember(&set, SIGINT), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_keep_the_contract),
        cmocka_unit_test(inline_keeps_the_contract),
        cmocka_unit_test(inline_runs_within_submit),
        cmocka_unit_test(creation_refuses_other_numbers),
        cmocka_unit_test(waiting_tasks_run_by_priority_and_can_be_moved),
        cmocka_unit_test(a_full_queue_refuses_and_the_task_may_try_again),
        cmocka_unit_test(cancel_ends_waiting_tasks_here_and_running_ones_soon),
        cmocka_unit_test(freeing_cancels_everything),
        cmocka_unit_test(workers_can_be_changed_while_tasks_run),
        cmocka_unit_test(nothing_is_lost_under_stress),
        cmocka_unit_test(workers_block_signals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
