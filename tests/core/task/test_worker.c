/* core/task/worker: order of callbacks, coalescing, cancel, limits, freeing while at work. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/queue/doorbell.h"
#include "core/task/executor_inline.h"
#include "core/task/executor_threads.h"
#include "core/task/worker.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    /* What the body does. */
    unsigned reports;
    bool fail, until_cancelled;
    atomic_bool *gate;
    /* What the callbacks saw. */
    char log[16]; /* a letter per callback, of progress and status only the first in a row */
    uint64_t current, total;
    char status[256];
    int result;
    vt_error fault;
    vt_worker_manager *chain; /* finished starts another */
    struct job *next;
} job;

static atomic_int released, discarded;

static bool body(vt_worker *worker, void *user, void **result, vt_error *error)
{
    const job *self = user;
    for (unsigned i = 1; i <= self->reports; i++) {
        vt_worker_report_progress(worker, i, self->reports);
        vt_worker_report_status(worker, i == self->reports ? "last" : "on the way");
    }
    while (self->gate && !atomic_load(self->gate)) {
        vt_cancel_wait(vt_worker_cancel_token(worker), VT_NS_PER_MS / 5);
    }
    if (self->until_cancelled) {
        vt_cancel_wait(vt_worker_cancel_token(worker), VT_FOREVER);
        return vt_cancel_check(vt_worker_cancel_token(worker), error);
    }
    int *value = malloc(sizeof *value);
    *value = 42;
    *result = value;
    return !self->fail || vt_error_set(error, VT_ERROR_CORRUPT, "as told");
}

static void note(job *self, char letter)
{
    size_t length = strlen(self->log);
    if (length + 1 < sizeof self->log && (length == 0 || self->log[length - 1] != letter)) {
        self->log[length] = letter;
    }
}

static void on_started(vt_worker *worker, void *user)
{
    (void)worker;
    note(user, 's');
}

static void on_progress(vt_worker *worker, void *user, uint64_t current, uint64_t total)
{
    (void)worker;
    job *self = user;
    note(self, 'p');
    assert_true(current >= self->current);
    self->current = current;
    self->total = total;
}

static void on_status(vt_worker *worker, void *user, const char *text)
{
    (void)worker;
    job *self = user;
    snprintf(self->status, sizeof self->status, "%s", text);
}

static const vt_worker_ops job_ops;

static void on_finished(vt_worker *worker, void *user, void *result)
{
    (void)worker;
    job *self = user;
    note(self, 'f');
    self->result = *(int *)result;
    free(result);
    if (self->chain) {
        assert_non_null(vt_worker_manager_start(self->chain, &job_ops, self->next, VT_PRIORITY_HIGH, NULL));
    }
}

static void on_error(vt_worker *worker, void *user, const vt_error *error)
{
    (void)worker;
    note(user, 'e');
    ((job *)user)->fault = *error;
}

static void on_cancelled(vt_worker *worker, void *user)
{
    (void)worker;
    note(user, 'c');
}

static void discard(void *result)
{
    atomic_fetch_add(&discarded, 1);
    free(result);
}

static void release(void *user)
{
    (void)user;
    atomic_fetch_add(&released, 1);
}

static const vt_worker_ops job_ops = {
    .name = "job",
    .body = body,
    .started = on_started,
    .progress = on_progress,
    .status = on_status,
    .finished = on_finished,
    .error = on_error,
    .cancelled = on_cancelled,
    .discard_result = discard,
    .release = release,
};

/* All callbacks may be missing. */
static const vt_worker_ops bare_ops = {.name = "bare", .body = body, .discard_result = discard};

typedef struct stage {
    vt_executor *executor;
    vt_doorbell *bell;
    vt_worker_manager *manager;
} stage;

static stage set_up(unsigned workers, unsigned limit)
{
    atomic_store(&released, 0);
    atomic_store(&discarded, 0);
    stage self;
    self.executor =
        workers ? vt_executor_threads_create(workers, 100, NULL) : vt_executor_inline_create(NULL);
    self.bell = vt_doorbell_create(NULL);
    self.manager = vt_worker_manager_create(self.executor, limit, vt_doorbell_ring, self.bell, NULL);
    assert_non_null(self.manager);
    return self;
}

static void tear_down(stage *self)
{
    vt_worker_manager_free(self->manager);
    vt_executor_free(self->executor);
    vt_doorbell_free(self->bell);
}

/* Drains whenever woken, until no worker is active. */
static void attend(stage *self)
{
    vt_worker_figures figures;
    vt_worker_manager_get_figures(self->manager, &figures);
    while (figures.active > 0) {
        assert_true(vt_doorbell_wait(self->bell, 20 * VT_NS_PER_S));
        vt_mailbox_drain(vt_worker_manager_mailbox(self->manager), VT_FOREVER);
        vt_worker_manager_get_figures(self->manager, &figures);
    }
}

static vt_worker *start(stage *self, job *job)
{
    vt_worker *worker = vt_worker_manager_start(self->manager, &job_ops, job, VT_PRIORITY_NORMAL, NULL);
    assert_non_null(worker);
    return worker;
}

static void callbacks_come_in_order(void **state)
{
    (void)state;
    for (unsigned workers = 0; workers < 3; workers++) {
        stage self = set_up(workers, 4);
        job good = {.reports = 1000}, bad = {.reports = 3, .fail = true}, silent = {.reports = 0};
        start(&self, &good);
        start(&self, &bad);
        start(&self, &silent);
        attend(&self);
        assert_string_equal(good.log, "spf");
        assert_int_equal(good.current, 1000);
        assert_int_equal(good.total, 1000);
        assert_string_equal(good.status, "last");
        assert_int_equal(good.result, 42);
        assert_string_equal(bad.log, "spe");
        assert_int_equal(bad.fault.code, VT_ERROR_CORRUPT);
        assert_string_equal(silent.log, "sf");
        assert_int_equal(discarded, 1); /* what the failed one had made */
        assert_int_equal(released, 3);
        vt_worker_figures figures;
        vt_worker_manager_get_figures(self.manager, &figures);
        assert_int_equal(figures.started, 3);
        assert_int_equal(figures.finished, 2);
        assert_int_equal(figures.failed, 1);
        assert_int_equal(figures.limit, 4);
        tear_down(&self);
    }
}

static void reports_are_coalesced(void **state)
{
    (void)state;
    stage self = set_up(0, 1); /* inline: all is reported before the first drain */
    job one = {.reports = 5000};
    start(&self, &one);
    vt_mailbox_stats stats;
    vt_mailbox_get_stats(vt_worker_manager_mailbox(self.manager), &stats);
    assert_int_equal(stats.waiting, 1);
    assert_int_equal(vt_mailbox_drain(vt_worker_manager_mailbox(self.manager), VT_FOREVER), 1);
    assert_string_equal(one.log, "spf");
    assert_int_equal(one.current, 5000);
    tear_down(&self);
}

static void cancel_reaches_running_and_waiting_workers(void **state)
{
    (void)state;
    stage self = set_up(1, 4);
    job running = {.until_cancelled = true}, waiting = {.reports = 1}, other = {.until_cancelled = true};
    vt_worker *first = start(&self, &running);
    while (!running.log[0]) {
        assert_true(vt_doorbell_wait(self.bell, 20 * VT_NS_PER_S));
        vt_mailbox_drain(vt_worker_manager_mailbox(self.manager), VT_FOREVER);
    }
    vt_worker *second = start(&self, &waiting);
    vt_worker_cancel(second);
    vt_worker_cancel(first);
    attend(&self);
    assert_string_equal(running.log, "sc");
    assert_string_equal(waiting.log, "c");
    start(&self, &other);
    job last = {.until_cancelled = true};
    start(&self, &last);
    vt_worker_manager_cancel_all(self.manager);
    attend(&self);
    vt_worker_figures figures;
    vt_worker_manager_get_figures(self.manager, &figures);
    assert_int_equal(figures.cancelled, 4);
    assert_int_equal(released, 4);
    tear_down(&self);
}

static void what_cannot_start_leaves_its_user_alone(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_worker_manager_create(NULL, 0, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    stage self = set_up(1, 1);
    job one = {.until_cancelled = true}, two = {0};
    vt_worker *worker = start(&self, &one);
    assert_null(vt_worker_manager_start(self.manager, &job_ops, &two, VT_PRIORITY_NORMAL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_worker_cancel(worker);
    attend(&self);
    assert_null(vt_worker_manager_start(self.manager, &job_ops, &two, VT_PRIORITY_COUNT, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_int_equal(released, 1);
    assert_string_equal(two.log, "");
    start(&self, &two); /* the place is free again */
    attend(&self);
    tear_down(&self);
}

static void the_last_callback_may_start_the_next(void **state)
{
    (void)state;
    stage self = set_up(1, 1);
    job second = {.reports = 1}, first = {.chain = self.manager, .next = &second};
    start(&self, &first);
    attend(&self);
    assert_string_equal(first.log, "sf");
    assert_string_equal(second.log, "spf");
    tear_down(&self);
}

static void freeing_while_at_work_releases_everything(void **state)
{
    (void)state;
    atomic_bool open = true;
    for (int round = 0; round < 30; round++) {
        stage self = set_up(2, 8);
        job jobs[6] = {{.until_cancelled = true}, {.reports = 3},           {.gate = &open}, {.fail = true},
                       {.reports = 1000},         {.until_cancelled = true}};
        for (int i = 0; i < 6; i++) {
            start(&self, &jobs[i]);
        }
        tear_down(&self); /* nothing was ever drained */
        assert_int_equal(released, 6);
        for (int i = 0; i < 6; i++) {
            assert_string_equal(jobs[i].log, "");
        }
    }
}

static void missing_callbacks_are_fine(void **state)
{
    (void)state;
    stage self = set_up(2, 8);
    job jobs[3] = {{.reports = 5}, {.fail = true}, {.until_cancelled = true}};
    for (int i = 0; i < 3; i++) {
        assert_non_null(vt_worker_manager_start(self.manager, &bare_ops, &jobs[i], VT_PRIORITY_LOW, NULL));
    }
    vt_worker_manager_cancel_all(self.manager);
    attend(&self);
    vt_worker_figures figures;
    vt_worker_manager_get_figures(self.manager, &figures);
    assert_int_equal(figures.finished + figures.failed + figures.cancelled, 3);
    assert_int_equal(discarded, figures.finished + figures.failed); /* nobody received them */
    tear_down(&self);
    vt_worker_manager_free(NULL);
}

static bool long_status(vt_worker *worker, void *user, void **result, vt_error *error)
{
    (void)user;
    (void)result;
    (void)error;
    char text[400] = "x";
    for (int i = 0; i < 180; i++) {
        memcpy(text + 1 + 2 * i, "\xc3\xa4", 3);
    }
    vt_worker_report_status(worker, text + 1);
    return true;
}

static void a_long_status_is_cut_at_a_character(void **state)
{
    (void)state;
    static const vt_worker_ops ops = {.name = "long", .body = long_status, .status = on_status};
    stage self = set_up(0, 1);
    job one = {0};
    assert_non_null(vt_worker_manager_start(self.manager, &ops, &one, VT_PRIORITY_NORMAL, NULL));
    attend(&self);
    assert_int_equal(strlen(one.status), 254);
    assert_true(vt_utf8_valid(one.status, 254));
    tear_down(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(callbacks_come_in_order),
        cmocka_unit_test(reports_are_coalesced),
        cmocka_unit_test(cancel_reaches_running_and_waiting_workers),
        cmocka_unit_test(what_cannot_start_leaves_its_user_alone),
        cmocka_unit_test(the_last_callback_may_start_the_next),
        cmocka_unit_test(freeing_while_at_work_releases_everything),
        cmocka_unit_test(missing_callbacks_are_fine),
        cmocka_unit_test(a_long_status_is_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
