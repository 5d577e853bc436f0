/*
 * An executor on POSIX threads: for the core's tests and for programs without Qt. Workers block all signals,
 * so that Ctrl+C reaches the main thread.
 */
#ifndef VT_TASK_EXECUTOR_THREADS_H
#define VT_TASK_EXECUTOR_THREADS_H

#include "core/task/executor.h"

/* `workers`: 1 to VT_EXECUTOR_WORKERS_MAX, or 0 for one per processor that this process may use.
   `queue_limit`: tasks that may wait, 1 or more. NULL and `error` for other numbers, or if no thread could be
   started. */
vt_executor *vt_executor_threads_create(unsigned workers, size_t queue_limit, vt_error *error);

#endif
