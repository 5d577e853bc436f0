/* core/queue and core/task when memory runs out at any point: an error, nothing leaked, nothing lost. */
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"

#include "core/queue/doorbell.h"
#include "core/queue/mailbox.h"
#include "core/queue/priority_queue.h"
#include "core/task/executor_inline.h"
#include "core/task/executor_threads.h"
#include "core/task/progress.h"
#include "core/task/worker.h"

enum { MANY = 1000 }; /* more allocations than anything here makes */

typedef void *(*maker)(vt_error *error);
typedef void (*breaker)(void *object);

static vt_executor *executor; /* for what needs one */

static void *make_bell(vt_error *error)
{
    return vt_doorbell_create(error);
}

static void break_bell(void *object)
{
    vt_doorbell_free(object);
}

static void *make_mailbox(vt_error *error)
{
    return vt_mailbox_create(10, NULL, NULL, NULL, error);
}

static void break_mailbox(void *object)
{
    vt_mailbox_free(object);
}

static void *make_queue(vt_error *error)
{
    return vt_priority_queue_create(10, error);
}

static void break_queue(void *object)
{
    vt_priority_queue_free(object);
}

static void *make_inline(vt_error *error)
{
    return vt_executor_inline_create(error);
}

static void *make_threads(vt_error *error)
{
    return vt_executor_threads_create(3, 10, error);
}

static void break_executor(void *object)
{
    vt_executor_free(object);
}

static void *make_manager(vt_error *error)
{
    return vt_worker_manager_create(executor, 3, NULL, NULL, error);
}

static void break_manager(void *object)
{
    vt_worker_manager_free(object);
}

static bool body(vt_worker *worker, void *user, void **result, vt_error *error)
{
    (void)worker;
    (void)user;
    (void)result;
    (void)error;
    return true;
}

static int released;

static void release(void *user)
{
    (void)user;
    released++;
}

/* A manager with one worker started, which must have released its user exactly if it was started. */
static void *make_worker(vt_error *error)
{
    static const vt_worker_ops ops = {.name = "worker", .body = body, .release = release};
    static vt_worker_manager *manager;
    manager = vt_worker_manager_create(executor, 3, NULL, NULL, error);
    if (!manager) {
        return NULL;
    }
    released = 0;
    bool started = vt_worker_manager_start(manager, &ops, &released, VT_PRIORITY_LOW, error) != NULL;
    vt_mailbox_drain(vt_worker_manager_mailbox(manager), VT_FOREVER);
    vt_worker_manager_free(manager);
    assert_int_equal(released, started);
    return started ? &released : NULL;
}

static void break_nothing(void *object)
{
    (void)object;
}

/* These say "no memory" by NULL alone. */
static void *make_cancel(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "said by the test");
    return vt_cancel_create(NULL);
}

static void break_cancel(void *object)
{
    vt_cancel_unref(object);
}

static void *make_task(vt_error *error)
{
    static const vt_task_ops ops = {.name = "task"};
    vt_error_set(error, VT_ERROR_MEMORY, "said by the test");
    return vt_task_create(&ops, NULL, NULL);
}

static void break_task(void *object)
{
    vt_task_unref(object);
}

static void *make_throttler(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "said by the test");
    return vt_throttler_create(0, NULL, NULL, NULL);
}

static void break_throttler(void *object)
{
    vt_throttler_free(object);
}

static void *make_progress(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "said by the test");
    return vt_progress_create(0, 0, NULL, NULL, NULL);
}

static void break_progress(void *object)
{
    vt_progress_free(object);
}

static const struct {
    const char *name;
    maker make;
    breaker destroy;
    bool counted; /* every block is ours: threads' stacks and the like stay with the system */
} makers[] = {
    {"doorbell", make_bell, break_bell, true},
    {"mailbox", make_mailbox, break_mailbox, true},
    {"priority queue", make_queue, break_queue, true},
    {"cancel", make_cancel, break_cancel, true},
    {"task", make_task, break_task, true},
    {"throttler", make_throttler, break_throttler, true},
    {"progress", make_progress, break_progress, true},
    {"executor inline", make_inline, break_executor, true},
    {"executor threads", make_threads, break_executor, false},
    {"worker manager", make_manager, break_manager, true},
    {"worker", make_worker, break_nothing, true},
};

static void every_failure_is_told_and_leaks_nothing(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    executor = vt_executor_inline_create(NULL);
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        void *object = NULL;
        long n = 0;
        for (; n < MANY && !object; n++) {
            long before = memory_in_use();
            vt_error error = VT_ERROR_INIT;
            memory_fails_after(n);
            object = makers[i].make(&error);
            memory_recovers();
            if (object) {
                makers[i].destroy(object);
            } else if (error.code == VT_ERROR_NONE || (makers[i].counted && error.code != VT_ERROR_MEMORY)) {
                fail_msg("%s, allocation %ld: %s", makers[i].name, n, error.message);
            }
            if (makers[i].counted && memory_in_use() != before) {
                fail_msg("%s, allocation %ld: %ld blocks leaked", makers[i].name, n,
                         memory_in_use() - before);
            }
        }
        assert_true(n > 1); /* the first allocation did fail */
        assert_non_null(object);
    }
    vt_executor_free(executor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failure_is_told_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
