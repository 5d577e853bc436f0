/* What is read on a worker and taken on the window's thread: once more where it is stale, after a pause where
   there is one, and nothing once the widget is gone or has stopped it. */
#include "tests/support/check.h"

#include "app/ui/parts/reading.h"
#include "core/base/clock.h"
#include "core/task/executor_threads.h"

#include <qt6c/qapplication.h>
#include <qt6c/runtime.h>

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_MS = 20000, POLL_MS = 2, PAUSE_MS = 300, NO_MS = 60 };
/* Timers of Qt come up to a twentieth too early. */
#define NEARLY_PAUSE_MS (PAUSE_MS * 9 / 10)

typedef struct shelf {
    QObject *owner;
    vt_executor *executor;
    vt_reading *reading;
    pthread_mutex_t gate; /* held by the test: the worker waits */
    atomic_int reads, released;
    bool fails, nothing, frees, begins;
    int prepared, taken;
    int number; /* of the last that was taken */
    vt_error error;
} shelf;

typedef struct work {
    shelf *all;
    int number;
} work;

static void *prepare(void *user)
{
    shelf *all = user;
    work *made = all->nothing ? NULL : calloc(1, sizeof *made);
    if (made) {
        *made = (work){all, ++all->prepared};
    }
    return made;
}

static bool read_work(void *user, vt_error *error)
{
    const work *of = user;
    pthread_mutex_lock(&of->all->gate);
    atomic_fetch_add(&of->all->reads, 1);
    bool fails = of->all->fails;
    pthread_mutex_unlock(&of->all->gate);
    return !fails || vt_error_set(error, VT_ERROR_IO, "the page is torn");
}

static void take(void *user, void *taken, const vt_error *error)
{
    shelf *all = user;
    all->taken++;
    all->number = ((work *)taken)->number;
    all->error = *error;
    if (all->begins) {
        all->begins = false;
        vt_reading_begin(all->reading);
    }
    if (all->frees) {
        vt_reading_free(all->reading);
        all->reading = NULL;
    }
}

static void release(void *user)
{
    work *of = user;
    atomic_fetch_add(&of->all->released, 1);
    free(of);
}

#define READING_OPS(pause)                                                                                   \
    {                                                                                                        \
        .name = "pages", .priority = VT_PRIORITY_NORMAL, .pause_ms = (pause), .prepare = prepare,            \
        .read = read_work, .take = take, .release = release                                                  \
    }

static const vt_reading_ops at_once = READING_OPS(0);
static const vt_reading_ops with_pause = READING_OPS(PAUSE_MS);

static void make(shelf *all, const vt_reading_ops *ops, size_t queue_limit)
{
    vt_error error = VT_ERROR_INIT;
    memset(all, 0, sizeof *all);
    pthread_mutex_init(&all->gate, NULL);
    all->owner = (QObject *)q_object_new(NULL);
    all->executor = vt_executor_threads_create(1, queue_limit, &error);
    assert_non_null(all->executor);
    all->reading = vt_reading_create(all->owner, all->executor, ops, all);
    assert_non_null(all->reading);
}

/* What was prepared was released, whatever became of it. */
static void unmake(shelf *all)
{
    vt_reading_free(all->reading);
    vt_executor_free(all->executor);
    if (all->owner) {
        q_object_delete(all->owner);
    }
    q_coreapplication_process_events();
    assert_int_equal(atomic_load(&all->released), all->prepared);
    pthread_mutex_destroy(&all->gate);
}

static void wait_taken(const shelf *all, int count)
{
    for (int i = 0; i < PATIENCE_MS / POLL_MS && all->taken < count; i++) {
        poll(NULL, 0, POLL_MS);
        q_coreapplication_process_events();
    }
    assert_int_equal(all->taken, count);
}

/* Nothing comes for a while. */
static void check_quiet(const shelf *all, int count)
{
    for (int64_t until = vt_clock_now() + NO_MS * VT_NS_PER_MS; vt_clock_now() < until;) {
        poll(NULL, 0, POLL_MS);
        q_coreapplication_process_events();
    }
    assert_int_equal(all->taken, count);
}

static void what_is_read_is_taken(void **state)
{
    (void)state;
    shelf all;
    make(&all, &at_once, 8);
    assert_false(vt_reading_is_busy(all.reading));
    vt_reading_begin(all.reading);
    assert_true(vt_reading_is_busy(all.reading));
    assert_int_equal(all.taken, 0); /* by the event loop, not by the worker */
    wait_taken(&all, 1);
    assert_int_equal(all.error.code, VT_ERROR_NONE);
    assert_false(vt_reading_is_busy(all.reading));
    check_quiet(&all, 1);
    unmake(&all);
}

static void asked_for_meanwhile_it_is_read_once_more(void **state)
{
    (void)state;
    shelf all;
    make(&all, &at_once, 8);
    pthread_mutex_lock(&all.gate);
    for (int i = 0; i < 5; i++) {
        vt_reading_begin(all.reading);
    }
    vt_reading_begin_soon(all.reading); /* without a pause it is the same */
    assert_int_equal(all.prepared, 1);
    pthread_mutex_unlock(&all.gate);
    wait_taken(&all, 2);
    assert_int_equal(all.number, 2);
    check_quiet(&all, 2);
    unmake(&all);
}

static void a_pause_is_kept_but_for_the_first(void **state)
{
    (void)state;
    shelf all;
    make(&all, &with_pause, 8);
    vt_reading_begin_soon(all.reading);
    assert_int_equal(all.prepared, 1);
    wait_taken(&all, 1);
    int64_t begin = vt_clock_now();
    for (int i = 0; i < 5; i++) {
        vt_reading_begin_soon(all.reading);
    }
    assert_true(vt_reading_is_busy(all.reading));
    assert_int_equal(all.prepared, 1);
    wait_taken(&all, 2);
    assert_true(vt_clock_now() - begin >= NEARLY_PAUSE_MS * VT_NS_PER_MS);
    vt_reading_begin_soon(all.reading);
    vt_reading_begin(all.reading); /* cannot wait, and the other need not be any more */
    assert_int_equal(all.prepared, 3);
    wait_taken(&all, 3);
    assert_false(vt_reading_is_busy(all.reading));
    unmake(&all);
}

/* Any reading takes a microsecond: a million times that is above the most. */
static void a_pause_grows_with_the_time_of_reading(void **state)
{
    (void)state;
    shelf all;
    vt_reading_ops slow = READING_OPS(1);
    slow.pause_share = 1000000;
    slow.pause_most_ms = PAUSE_MS;
    make(&all, &slow, 8);
    vt_reading_begin_soon(all.reading);
    wait_taken(&all, 1);
    int64_t begin = vt_clock_now();
    vt_reading_begin_soon(all.reading);
    wait_taken(&all, 2);
    assert_true(vt_clock_now() - begin >= NEARLY_PAUSE_MS * VT_NS_PER_MS);
    unmake(&all);
}

static void changes_while_it_is_read_wait_for_the_pause(void **state)
{
    (void)state;
    shelf all;
    make(&all, &with_pause, 8);
    pthread_mutex_lock(&all.gate);
    vt_reading_begin(all.reading);
    vt_reading_begin_soon(all.reading);
    pthread_mutex_unlock(&all.gate);
    wait_taken(&all, 1);
    assert_int_equal(all.prepared, 1);
    assert_true(vt_reading_is_busy(all.reading));
    wait_taken(&all, 2);
    unmake(&all);
}

static void a_failure_is_told_and_tried_again(void **state)
{
    (void)state;
    shelf all;
    make(&all, &with_pause, 8);
    all.fails = true;
    vt_reading_begin_soon(all.reading);
    wait_taken(&all, 1);
    assert_int_equal(all.error.code, VT_ERROR_IO);
    assert_string_equal(all.error.message, "the page is torn");
    all.fails = false;
    vt_reading_begin_soon(all.reading); /* nothing is there yet: at once */
    assert_int_equal(all.prepared, 2);
    wait_taken(&all, 2);
    assert_int_equal(all.error.code, VT_ERROR_NONE);
    unmake(&all);
}

static void nothing_to_read_is_no_reading(void **state)
{
    (void)state;
    shelf all;
    make(&all, &at_once, 8);
    all.nothing = true;
    vt_reading_begin(all.reading);
    assert_false(vt_reading_is_busy(all.reading));
    check_quiet(&all, 0);
    unmake(&all);
}

static void nothing_is_taken_once_it_is_stopped(void **state)
{
    (void)state;
    shelf all;
    make(&all, &at_once, 8);
    vt_reading_begin(all.reading);
    vt_reading_begin(all.reading);
    vt_reading_stop(all.reading); /* what it read is on its way */
    vt_reading_begin(all.reading);
    vt_reading_begin_soon(all.reading);
    check_quiet(&all, 0);
    assert_int_equal(all.prepared, 1);
    unmake(&all);
}

static bool wait_at_gate(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    (void)error;
    pthread_mutex_lock(&((shelf *)user)->gate);
    pthread_mutex_unlock(&((shelf *)user)->gate);
    return true;
}

static const vt_task_ops other_ops = {.name = "other", .run = wait_at_gate};

static vt_task *occupy(shelf *all)
{
    vt_error error = VT_ERROR_INIT;
    vt_task *task = vt_task_create(&other_ops, all, NULL);
    assert_true(vt_executor_submit(all->executor, task, VT_PRIORITY_CRITICAL, &error));
    while (vt_task_get_state(task) == VT_TASK_QUEUED) {
        poll(NULL, 0, 1);
    }
    return task;
}

static void stopping_waits_for_no_turn(void **state)
{
    (void)state;
    shelf all;
    make(&all, &at_once, 8);
    pthread_mutex_lock(&all.gate);
    vt_task *other = occupy(&all);
    vt_reading_begin(all.reading);
    vt_reading_stop(all.reading); /* would never come back if it waited for the other */
    pthread_mutex_unlock(&all.gate);
    assert_int_equal(atomic_load(&all.reads), 0);
    vt_task_unref(other);
    unmake(&all);
}

static void a_full_queue_is_tried_again(void **state)
{
    (void)state;
    shelf all;
    make(&all, &at_once, 1);
    pthread_mutex_lock(&all.gate);
    vt_task *running = occupy(&all);
    vt_task *waiting = vt_task_create(&other_ops, &all, NULL);
    assert_true(vt_executor_submit(all.executor, waiting, VT_PRIORITY_CRITICAL, NULL));
    vt_reading_begin(all.reading);
    assert_int_equal(all.prepared, 1);
    assert_int_equal(atomic_load(&all.released), 1);
    assert_true(vt_reading_is_busy(all.reading));
    pthread_mutex_unlock(&all.gate);
    wait_taken(&all, 1);
    vt_task_unref(running);
    vt_task_unref(waiting);
    unmake(&all);
}

static void it_may_be_freed_or_begun_while_it_is_taken(void **state)
{
    (void)state;
    shelf all;
    make(&all, &at_once, 8);
    pthread_mutex_lock(&all.gate);
    vt_reading_begin(all.reading);
    vt_reading_begin(all.reading); /* both ask for the second */
    all.begins = true;
    pthread_mutex_unlock(&all.gate);
    wait_taken(&all, 2);
    check_quiet(&all, 2);
    all.frees = true;
    vt_reading_begin(all.reading);
    wait_taken(&all, 3);
    assert_null(all.reading);
    check_quiet(&all, 3);
    unmake(&all);
}

static void what_is_on_its_way_is_dropped_with_the_reading_or_its_owner(void **state)
{
    (void)state;
    for (int owner = 0; owner < 2; owner++) {
        shelf all;
        make(&all, &at_once, 8);
        vt_reading_begin(all.reading);
        while (atomic_load(&all.reads) == 0) {
            poll(NULL, 0, 1);
        }
        vt_executor_wait_idle(all.executor, VT_FOREVER); /* it is posted */
        if (owner) {
            q_object_delete(all.owner);
            all.owner = NULL;
        }
        vt_reading_free(all.reading);
        all.reading = NULL;
        check_quiet(&all, 0);
        unmake(&all);
    }
}

static void without_one_nothing_happens(void **state)
{
    (void)state;
    vt_reading_begin(NULL);
    vt_reading_begin_soon(NULL);
    vt_reading_stop(NULL);
    vt_reading_free(NULL);
    assert_false(vt_reading_is_busy(NULL));
}

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_is_taken),
        cmocka_unit_test(asked_for_meanwhile_it_is_read_once_more),
        cmocka_unit_test(a_pause_is_kept_but_for_the_first),
        cmocka_unit_test(a_pause_grows_with_the_time_of_reading),
        cmocka_unit_test(changes_while_it_is_read_wait_for_the_pause),
        cmocka_unit_test(a_failure_is_told_and_tried_again),
        cmocka_unit_test(nothing_to_read_is_no_reading),
        cmocka_unit_test(nothing_is_taken_once_it_is_stopped),
        cmocka_unit_test(stopping_waits_for_no_turn),
        cmocka_unit_test(a_full_queue_is_tried_again),
        cmocka_unit_test(it_may_be_freed_or_begun_while_it_is_taken),
        cmocka_unit_test(what_is_on_its_way_is_dropped_with_the_reading_or_its_owner),
        cmocka_unit_test(without_one_nothing_happens),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    q_application_delete(application);
    return failed;
}
