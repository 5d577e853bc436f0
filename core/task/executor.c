#include "core/task/executor.h"

bool vt_executor_submit(vt_executor *executor, vt_task *task, vt_priority priority, vt_error *error)
{
    if ((unsigned)priority >= VT_PRIORITY_COUNT) {
        return vt_error_set(error, VT_ERROR_USAGE, "no such priority: %d", (int)priority);
    }
    return executor->ops->submit(executor, task, priority, error);
}

bool vt_executor_move(vt_executor *executor, vt_task *task, vt_priority priority, bool to_front)
{
    return (unsigned)priority < VT_PRIORITY_COUNT && executor->ops->move(executor, task, priority, to_front);
}

bool vt_executor_cancel(vt_executor *executor, vt_task *task)
{
    return executor->ops->cancel(executor, task);
}

void vt_executor_cancel_all(vt_executor *executor)
{
    executor->ops->cancel_all(executor);
}

bool vt_executor_wait_idle(vt_executor *executor, int64_t timeout)
{
    return executor->ops->wait_idle(executor, timeout);
}

bool vt_executor_set_workers(vt_executor *executor, unsigned workers, vt_error *error)
{
    if (workers < 1 || workers > VT_EXECUTOR_WORKERS_MAX) {
        return vt_error_set(error, VT_ERROR_USAGE, "%u workers: must be 1 to %d", workers,
                            VT_EXECUTOR_WORKERS_MAX);
    }
    return executor->ops->set_workers(executor, workers, error);
}

void vt_executor_get_figures(const vt_executor *executor, vt_executor_figures *figures)
{
    executor->ops->get_figures(executor, figures);
}

void vt_executor_free(vt_executor *executor)
{
    if (executor) {
        executor->ops->free(executor);
    }
}
