#include "core/task/worker.h"

#include "core/base/str.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* What a worker has to tell since the last delivery. */
typedef struct news {
    bool started, has_progress, has_status, ended;
    uint64_t current, total;
    char status[256];
    vt_task_state end; /* once ended, with the two below */
    vt_error fault;
    void *result;
} news;

struct vt_worker {
    vt_message message; /* first: the one message of this worker */
    vt_worker_manager *manager;
    const vt_worker_ops *ops;
    void *user;
    vt_task *task;   /* a reference */
    uint64_t number; /* by order of start; with the links, guarded by the manager's lock */
    vt_worker *previous, *next;
    void *result;         /* of the body; touched by the task only, until its end is told */
    pthread_mutex_t lock; /* guards everything below */
    bool posted;          /* the message is in the mailbox */
    news news;
};

struct vt_worker_manager {
    vt_executor *executor;
    vt_mailbox *mailbox;  /* has room for one message of each worker, so posting never fails */
    pthread_mutex_t lock; /* guards everything below; no other lock is taken inside */
    vt_worker *first, *last;
    uint64_t next_number;
    vt_worker_figures figures;
};

vt_worker_manager *vt_worker_manager_create(vt_executor *executor, unsigned limit, vt_mailbox_wake wake,
                                            void *wake_user, vt_error *error)
{
    if (limit == 0) {
        vt_error_set(error, VT_ERROR_USAGE, "a worker manager needs room for 1 worker or more");
        return NULL;
    }
    vt_worker_manager *manager = calloc(1, sizeof *manager);
    if (!manager || pthread_mutex_init(&manager->lock, NULL) != 0) {
        free(manager);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a worker manager");
        return NULL;
    }
    manager->mailbox = vt_mailbox_create(limit, wake, wake_user, manager, error);
    if (!manager->mailbox) {
        pthread_mutex_destroy(&manager->lock);
        free(manager);
        return NULL;
    }
    manager->executor = executor;
    manager->figures.limit = limit;
    manager->next_number = 1;
    return manager;
}

vt_mailbox *vt_worker_manager_mailbox(vt_worker_manager *manager)
{
    return manager->mailbox;
}

static void unlink_worker(vt_worker_manager *manager, vt_worker *worker)
{
    pthread_mutex_lock(&manager->lock);
    *(worker->previous ? &worker->previous->next : &manager->first) = worker->next;
    *(worker->next ? &worker->next->previous : &manager->last) = worker->previous;
    manager->figures.active--;
    pthread_mutex_unlock(&manager->lock);
}

static void free_worker(vt_worker *worker)
{
    vt_task_unref(worker->task);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
}

static void discard_result(const vt_worker *worker, void *result)
{
    if (result && worker->ops->discard_result) {
        worker->ops->discard_result(result);
    }
}

static void release_worker(vt_worker *worker)
{
    if (worker->ops->release) {
        worker->ops->release(worker->user);
    }
    free_worker(worker);
}

/* The last callback, after which the worker is gone. Its place is free before, so that the callback may start
   the next one. */
static void deliver_end(vt_worker *worker, const news *news)
{
    const vt_worker_ops *ops = worker->ops;
    vt_worker_manager *manager = worker->manager;
    unlink_worker(manager, worker);
    pthread_mutex_lock(&manager->lock);
    manager->figures.finished += news->end == VT_TASK_DONE;
    manager->figures.failed += news->end == VT_TASK_FAILED;
    manager->figures.cancelled += news->end == VT_TASK_CANCELLED;
    pthread_mutex_unlock(&manager->lock);
    if (news->end == VT_TASK_DONE && ops->finished) {
        ops->finished(worker, worker->user, news->result);
    } else {
        discard_result(worker, news->result);
    }
    if (news->end == VT_TASK_FAILED && ops->error) {
        ops->error(worker, worker->user, &news->fault);
    }
    if (news->end == VT_TASK_CANCELLED && ops->cancelled) {
        ops->cancelled(worker, worker->user);
    }
    release_worker(worker);
}

static void deliver(vt_message *message, void *actor)
{
    (void)actor;
    vt_worker *worker = (vt_worker *)message;
    const vt_worker_ops *ops = worker->ops;
    pthread_mutex_lock(&worker->lock);
    news news = worker->news;
    worker->news = (struct news){0};
    worker->posted = false;
    pthread_mutex_unlock(&worker->lock);
    if (news.started && ops->started) {
        ops->started(worker, worker->user);
    }
    if (news.has_progress && ops->progress) {
        ops->progress(worker, worker->user, news.current, news.total);
    }
    if (news.has_status && ops->status) {
        ops->status(worker, worker->user, news.status);
    }
    if (news.ended) {
        deliver_end(worker, &news);
    }
}

/* The manager itself ends the workers whose mail is discarded. */
static const vt_message_ops message_ops = {.name = "worker", .deliver = deliver};

/* Gives back the lock and posts what it guarded, unless a message that will carry it waits already. After the
   push the worker may be gone: the draining thread may have delivered its end. */
static void unlock_and_tell(vt_worker *worker)
{
    vt_mailbox *mailbox = worker->manager->mailbox;
    bool post = !worker->posted;
    worker->posted = true;
    pthread_mutex_unlock(&worker->lock);
    if (post) {
        vt_mailbox_post(mailbox, &worker->message);
    }
}

void vt_worker_report_progress(vt_worker *worker, uint64_t current, uint64_t total)
{
    pthread_mutex_lock(&worker->lock);
    worker->news.has_progress = true;
    worker->news.current = current;
    worker->news.total = total;
    unlock_and_tell(worker);
}

void vt_worker_report_status(vt_worker *worker, const char *text)
{
    size_t length = strlen(text);
    pthread_mutex_lock(&worker->lock);
    char *status = worker->news.status;
    if (length >= sizeof worker->news.status) {
        length = vt_utf8_cut(text, sizeof worker->news.status - 1);
    }
    memcpy(status, text, length);
    status[length] = '\0';
    worker->news.has_status = true;
    unlock_and_tell(worker);
}

static bool run(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    vt_worker *worker = user;
    pthread_mutex_lock(&worker->lock);
    worker->news.started = true;
    unlock_and_tell(worker);
    void *result = NULL;
    bool ok = worker->ops->body(worker, worker->user, &result, error);
    if (!ok) {
        discard_result(worker, result);
        return false;
    }
    worker->result = result; /* told with the end: a delivery before it must not carry it off */
    return true;
}

static void task_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    vt_worker *worker = user;
    pthread_mutex_lock(&worker->lock);
    worker->news.ended = true;
    worker->news.end = state;
    worker->news.fault = *error;
    worker->news.result = worker->result;
    unlock_and_tell(worker);
}

static const vt_task_ops task_ops = {.name = "worker", .run = run, .finished = task_finished};

static vt_worker *new_worker(vt_worker_manager *manager, const vt_worker_ops *ops, void *user,
                             vt_error *error)
{
    vt_worker *worker = calloc(1, sizeof *worker);
    if (!worker || pthread_mutex_init(&worker->lock, NULL) != 0) {
        free(worker);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the worker '%s'", ops->name);
        return NULL;
    }
    worker->task = vt_task_create(&task_ops, worker, NULL);
    if (!worker->task) {
        pthread_mutex_destroy(&worker->lock);
        free(worker);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the worker '%s'", ops->name);
        return NULL;
    }
    worker->message.ops = &message_ops;
    worker->manager = manager;
    worker->ops = ops;
    worker->user = user;
    return worker;
}

/* False if all places are taken. */
static bool link_worker(vt_worker_manager *manager, vt_worker *worker)
{
    pthread_mutex_lock(&manager->lock);
    bool room = manager->figures.active < manager->figures.limit;
    if (room) {
        manager->figures.active++;
        worker->number = manager->next_number++;
        worker->previous = manager->last;
        *(manager->last ? &manager->last->next : &manager->first) = worker;
        manager->last = worker;
    }
    pthread_mutex_unlock(&manager->lock);
    return room;
}

vt_worker *vt_worker_manager_start(vt_worker_manager *manager, const vt_worker_ops *ops, void *user,
                                   vt_priority priority, vt_error *error)
{
    vt_worker *worker = new_worker(manager, ops, user, error);
    if (!worker) {
        return NULL;
    }
    if (!link_worker(manager, worker)) {
        vt_error_set(error, VT_ERROR_LIMIT, "cannot start '%s': %u workers are at work", ops->name,
                     manager->figures.limit);
        free_worker(worker);
        return NULL;
    }
    if (!vt_executor_submit(manager->executor, worker->task, priority, error)) {
        unlink_worker(manager, worker);
        free_worker(worker);
        return NULL;
    }
    pthread_mutex_lock(&manager->lock);
    manager->figures.started++;
    pthread_mutex_unlock(&manager->lock);
    return worker;
}

void vt_worker_cancel(vt_worker *worker)
{
    vt_executor_cancel(worker->manager->executor, worker->task);
}

/* The task of the first worker started after number `*after`, with a reference, or NULL; moves `*after` on.
 */
static vt_task *next_task(vt_worker_manager *manager, uint64_t *after)
{
    pthread_mutex_lock(&manager->lock);
    vt_worker *worker = manager->first;
    while (worker && worker->number <= *after) {
        worker = worker->next;
    }
    vt_task *task = worker ? vt_task_ref(worker->task) : NULL;
    if (worker) {
        *after = worker->number;
    }
    pthread_mutex_unlock(&manager->lock);
    return task;
}

void vt_worker_manager_cancel_all(vt_worker_manager *manager)
{
    /* One at a time, without the lock: a cancelled task posts, and posting calls the owner's `wake`. */
    uint64_t after = 0;
    vt_task *task;
    while ((task = next_task(manager, &after))) {
        vt_executor_cancel(manager->executor, task);
        vt_task_unref(task);
    }
}

void vt_worker_manager_free(vt_worker_manager *manager)
{
    if (!manager) {
        return;
    }
    vt_worker_manager_cancel_all(manager);
    uint64_t after = 0;
    vt_task *task;
    while ((task = next_task(manager, &after))) {
        vt_task_wait(task, VT_FOREVER);
        vt_task_unref(task);
    }
    vt_mailbox_free(manager->mailbox);
    vt_worker *worker = manager->first;
    while (worker) {
        vt_worker *next = worker->next;
        discard_result(worker, worker->news.result);
        release_worker(worker);
        worker = next;
    }
    pthread_mutex_destroy(&manager->lock);
    free(manager);
}

void vt_worker_manager_get_figures(vt_worker_manager *manager, vt_worker_figures *figures)
{
    pthread_mutex_lock(&manager->lock);
    *figures = manager->figures;
    pthread_mutex_unlock(&manager->lock);
}

vt_cancel *vt_worker_cancel_token(vt_worker *worker)
{
    return vt_task_cancel_token(worker->task);
}
