#include "tests/support/check.h"

#include "core/task/executor_qt.h"
#include "core/task/waker_qt.h"

#include <qt6c/qcoreapplication.h>
#include <qt6c/qtimer.h>

#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>

static int application(void **state)
{
    (void)state;
    static int argc = 1;
    static char *argv[] = {(char *)"test", NULL};
    q_coreapplication_new(&argc, argv);
    return 0;
}

/* ---- tasks ---- */

typedef struct job {
    atomic_int *ran;
    atomic_int *gate; /* waits until it is not 0; NULL: does not wait */
    int number;
    int *order;
} job;

static bool run_job(vt_task *task, void *user, vt_error *error)
{
    job *job = user;
    while (job->gate && atomic_load(job->gate) == 0) {
        if (!vt_cancel_check(vt_task_cancel_token(task), error)) {
            return false;
        }
        vt_cancel_wait(vt_task_cancel_token(task), 1000000);
    }
    int at = atomic_fetch_add(job->ran, 1);
    if (job->order) {
        job->order[at] = job->number;
    }
    return true;
}

static const vt_task_ops job_ops = {.name = "job", .run = run_job};

static vt_task *submit(vt_executor *executor, job *job, vt_priority priority)
{
    vt_error error = VT_ERROR_INIT;
    vt_task *task = vt_task_create(&job_ops, job, NULL);
    assert_true(vt_executor_submit(executor, task, priority, &error));
    return task;
}

static void runs_every_task_once(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_executor *executor = vt_executor_qt_create(2, 2000, 0, &error);
    atomic_int ran = 0;
    job shared = {.ran = &ran};
    for (int i = 0; i < 1000; i++) {
        vt_task_unref(submit(executor, &shared, VT_PRIORITY_NORMAL));
    }
    assert_true(vt_executor_wait_idle(executor, VT_FOREVER));
    assert_int_equal(atomic_load(&ran), 1000);
    vt_executor_figures figures;
    vt_executor_get_figures(executor, &figures);
    assert_int_equal(figures.done, 1000);
    assert_int_equal(figures.workers, 2);
    vt_executor_free(executor);
}

static void serves_higher_priorities_first(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_executor *executor = vt_executor_qt_create(1, 100, 0, &error);
    atomic_int ran = 0, gate = 0;
    int order[4] = {0};
    job jobs[4] = {
        {&ran, &gate, 0, order}, {&ran, NULL, 1, order}, {&ran, NULL, 2, order}, {&ran, NULL, 3, order}};
    vt_task *first = submit(executor, &jobs[0], VT_PRIORITY_NORMAL);
    while (vt_task_get_state(first) == VT_TASK_QUEUED) {
    }
    vt_task *low = submit(executor, &jobs[1], VT_PRIORITY_LOW);
    vt_task *normal = submit(executor, &jobs[2], VT_PRIORITY_NORMAL);
    vt_task *critical = submit(executor, &jobs[3], VT_PRIORITY_CRITICAL);
    assert_true(vt_executor_move(executor, low, VT_PRIORITY_HIGH, true));
    atomic_store(&gate, 1);
    assert_true(vt_executor_wait_idle(executor, VT_FOREVER));
    assert_int_equal(order[1], 3);
    assert_int_equal(order[2], 1);
    assert_int_equal(order[3], 2);
    vt_task_unref(first);
    vt_task_unref(low);
    vt_task_unref(normal);
    vt_task_unref(critical);
    vt_executor_free(executor);
}

static void refuses_beyond_its_limit(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_executor *executor = vt_executor_qt_create(1, 1, 0, &error);
    atomic_int ran = 0, gate = 0;
    job job = {.ran = &ran, .gate = &gate};
    vt_task *running = submit(executor, &job, VT_PRIORITY_NORMAL);
    while (vt_task_get_state(running) == VT_TASK_QUEUED) {
    }
    vt_task *waiting = submit(executor, &job, VT_PRIORITY_NORMAL);
    vt_task *refused = vt_task_create(&job_ops, &job, NULL);
    assert_false(vt_executor_submit(executor, refused, VT_PRIORITY_NORMAL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_true(vt_executor_cancel(executor, waiting));
    assert_int_equal(vt_task_get_state(waiting), VT_TASK_CANCELLED);
    assert_true(vt_executor_submit(executor, refused, VT_PRIORITY_NORMAL, &error));
    vt_executor_cancel_all(executor);
    assert_true(vt_executor_wait_idle(executor, VT_FOREVER));
    assert_int_equal(vt_task_get_state(running), VT_TASK_CANCELLED);
    assert_int_equal(vt_task_get_state(refused), VT_TASK_CANCELLED);
    assert_int_equal(atomic_load(&ran), 0);
    vt_task_unref(running);
    vt_task_unref(waiting);
    vt_task_unref(refused);
    vt_executor_free(executor);
}

static void refuses_senseless_numbers(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_executor_qt_create(2, 0, 0, &error));
    assert_null(vt_executor_qt_create(VT_EXECUTOR_WORKERS_MAX + 1, 10, 0, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
}

/* ---- how far its threads stand back ---- */

static bool read_niceness(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    (void)error;
    *(int *)user = getpriority(PRIO_PROCESS, 0); /* Linux: of the calling thread */
    return true;
}

static int niceness_in_a_task(int wanted)
{
    static const vt_task_ops ops = {.name = "niceness", .run = read_niceness};
    vt_error error = VT_ERROR_INIT;
    vt_executor *executor = vt_executor_qt_create(1, 10, wanted, &error);
    int seen = -100;
    vt_task *task = vt_task_create(&ops, &seen, NULL);
    assert_true(vt_executor_submit(executor, task, VT_PRIORITY_NORMAL, &error));
    assert_true(vt_executor_wait_idle(executor, VT_FOREVER));
    vt_task_unref(task);
    vt_executor_free(executor);
    return seen;
}

static void stands_back_as_far_as_told(void **state)
{
    (void)state;
    int own = getpriority(PRIO_PROCESS, 0);
    assert_int_equal(niceness_in_a_task(0), own);
    assert_int_equal(niceness_in_a_task(7), 7);
    assert_int_equal(getpriority(PRIO_PROCESS, 0), own); /* the thread that asks does not */
}

/* ---- the waker ---- */

typedef struct slices {
    pthread_t main_thread;
    int left, calls, on_wrong_thread;
    vt_waker *waker;
} slices;

static bool do_slice(void *user)
{
    slices *work = user;
    work->calls++;
    work->on_wrong_thread += !pthread_equal(pthread_self(), work->main_thread);
    if (--work->left > 0) {
        return true;
    }
    q_coreapplication_quit();
    return false;
}

static void *wake_many_times(void *user)
{
    for (int i = 0; i < 1000; i++) {
        vt_waker_wake(((slices *)user)->waker);
    }
    return NULL;
}

static void wakes_the_event_loop_in_slices(void **state)
{
    (void)state;
    slices work = {.main_thread = pthread_self(), .left = 5};
    work.waker = vt_waker_create(do_slice, &work);
    pthread_t thread;
    pthread_create(&thread, NULL, wake_many_times, &work);
    pthread_join(thread, NULL);
    q_coreapplication_exec();
    assert_int_equal(work.calls, 5); /* a thousand wake-ups were one call; it asked for four more */
    assert_int_equal(work.on_wrong_thread, 0);
    vt_waker_free(work.waker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_every_task_once),       cmocka_unit_test(serves_higher_priorities_first),
        cmocka_unit_test(refuses_beyond_its_limit),   cmocka_unit_test(refuses_senseless_numbers),
        cmocka_unit_test(stands_back_as_far_as_told), cmocka_unit_test(wakes_the_event_loop_in_slices),
    };
    return cmocka_run_group_tests(tests, application, NULL);
}
