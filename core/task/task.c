#include "core/task/task.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/task/task_run.h"

#include <stdatomic.h>
#include <stdlib.h>

struct vt_task {
    const vt_task_ops *ops;
    void *user;
    vt_cancel *cancel;
    atomic_uint references;
    _Atomic vt_task_state state;
    atomic_bool claimed; /* by an executor */
    vt_priority_entry entry;
    void *executor_data;
    pthread_mutex_t lock; /* guards everything below */
    pthread_cond_t ended;
    bool over; /* final, and `finished` has returned */
    vt_error fault;
};

vt_task *vt_task_create(const vt_task_ops *ops, void *user, vt_cancel *parent)
{
    vt_task *task = calloc(1, sizeof *task);
    if (!task) {
        return NULL;
    }
    task->cancel = vt_cancel_create(parent);
    if (!task->cancel) {
        goto no_cancel;
    }
    if (pthread_mutex_init(&task->lock, NULL) != 0) {
        goto no_lock;
    }
    if (!vt_cond_init(&task->ended)) {
        goto no_cond;
    }
    task->ops = ops;
    task->user = user;
    atomic_init(&task->references, 1);
    return task;
no_cond:
    pthread_mutex_destroy(&task->lock);
no_lock:
    vt_cancel_unref(task->cancel);
no_cancel:
    free(task);
    return NULL;
}

vt_task *vt_task_ref(vt_task *task)
{
    if (task) {
        atomic_fetch_add_explicit(&task->references, 1, memory_order_relaxed);
    }
    return task;
}

void vt_task_unref(vt_task *task)
{
    if (!task || atomic_fetch_sub_explicit(&task->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    if (task->ops->release) {
        task->ops->release(task->user);
    }
    pthread_cond_destroy(&task->ended);
    pthread_mutex_destroy(&task->lock);
    vt_cancel_unref(task->cancel);
    free(task);
}

vt_task_state vt_task_get_state(const vt_task *task)
{
    return atomic_load_explicit(&task->state, memory_order_acquire);
}

bool vt_task_is_final(const vt_task *task)
{
    return vt_task_get_state(task) >= VT_TASK_DONE;
}

const char *vt_task_state_name(vt_task_state state)
{
    static const char *const names[VT_TASK_STATE_COUNT] = {"queued", "running", "done", "failed",
                                                           "cancelled"};
    return (unsigned)state < VT_TASK_STATE_COUNT ? names[state] : "unknown";
}

const char *vt_task_name(const vt_task *task)
{
    return task->ops->name;
}

void *vt_task_user(const vt_task *task)
{
    return task->user;
}

vt_cancel *vt_task_cancel_token(const vt_task *task)
{
    return task->cancel;
}

void vt_task_get_error(const vt_task *task, vt_error *error)
{
    vt_task *at = (vt_task *)task;
    pthread_mutex_lock(&at->lock);
    *error = at->fault;
    pthread_mutex_unlock(&at->lock);
}

bool vt_task_wait(vt_task *task, int64_t timeout)
{
    int64_t deadline = vt_deadline_after(timeout);
    pthread_mutex_lock(&task->lock);
    while (!task->over && vt_cond_wait_until(&task->ended, &task->lock, deadline)) {
    }
    bool over = task->over;
    pthread_mutex_unlock(&task->lock);
    return over;
}

bool vt_task_claim(vt_task *task, vt_error *error)
{
    if (atomic_exchange(&task->claimed, true)) {
        return vt_error_set(error, VT_ERROR_USAGE, "the task '%s' was submitted before", task->ops->name);
    }
    return true;
}

void vt_task_unclaim(vt_task *task)
{
    atomic_store(&task->claimed, false);
}

/* One step from `from` to `to`; false if another thread was first. */
static bool change_state(vt_task *task, vt_task_state from, vt_task_state to)
{
    return atomic_compare_exchange_strong_explicit(&task->state, &from, to, memory_order_acq_rel,
                                                   memory_order_acquire);
}

/* A final state, its fault, `finished`, and only then those who wait. False if another thread was first. The
   lock spans the first two: who sees the state gets its fault. */
static bool conclude(vt_task *task, vt_task_state from, vt_task_state state, const vt_error *fault)
{
    pthread_mutex_lock(&task->lock);
    bool first = change_state(task, from, state);
    if (first) {
        task->fault = *fault;
    }
    pthread_mutex_unlock(&task->lock);
    if (!first) {
        return false;
    }
    if (task->ops->finished) {
        task->ops->finished(task, task->user, state, fault);
    }
    pthread_mutex_lock(&task->lock);
    task->over = true;
    pthread_cond_broadcast(&task->ended);
    pthread_mutex_unlock(&task->lock);
    return true;
}

static vt_task_state outcome(bool ok, vt_error *fault)
{
    if (ok) {
        vt_error_clear(fault);
        return VT_TASK_DONE;
    }
    if (fault->code == VT_ERROR_NONE) {
        vt_error_set(fault, VT_ERROR_INTERNAL, "the task failed without saying why");
    }
    return fault->code == VT_ERROR_CANCELLED ? VT_TASK_CANCELLED : VT_TASK_FAILED;
}

static _Atomic(const vt_task_observer *) observer;

void vt_task_observe(const vt_task_observer *other)
{
    atomic_store_explicit(&observer, other, memory_order_release);
}

static bool run(vt_task *task, vt_error *fault)
{
    const vt_task_observer *seen = atomic_load_explicit(&observer, memory_order_acquire);
    int64_t begin = seen ? vt_clock_now() : 0;
    bool ok = task->ops->run(task, task->user, fault);
    if (seen) {
        seen->ran(seen->user, task->ops->name, begin, vt_clock_now());
    }
    return ok;
}

vt_task_state vt_task_execute(vt_task *task)
{
    if (vt_cancel_requested(task->cancel)) {
        vt_task_drop(task);
        return vt_task_get_state(task);
    }
    if (!change_state(task, VT_TASK_QUEUED, VT_TASK_RUNNING)) {
        return vt_task_get_state(task);
    }
    vt_error fault = VT_ERROR_INIT;
    bool ok = run(task, &fault);
    vt_task_state state = outcome(ok, &fault);
    conclude(task, VT_TASK_RUNNING, state, &fault);
    return state;
}

bool vt_task_drop(vt_task *task)
{
    vt_error fault = VT_ERROR_INIT;
    vt_error_set(&fault, VT_ERROR_CANCELLED, "cancelled before it began");
    vt_cancel_request(task->cancel);
    return conclude(task, VT_TASK_QUEUED, VT_TASK_CANCELLED, &fault);
}

vt_priority_entry *vt_task_entry(vt_task *task)
{
    return &task->entry;
}

vt_task *vt_task_of_entry(vt_priority_entry *entry)
{
    return (vt_task *)((char *)entry - offsetof(vt_task, entry));
}

void vt_task_set_executor_data(vt_task *task, void *data)
{
    task->executor_data = data;
}

void *vt_task_executor_data(const vt_task *task)
{
    return task->executor_data;
}
