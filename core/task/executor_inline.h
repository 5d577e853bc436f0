/*
 * The synchronous fall-back of document 000: a task runs to its end inside submit, on the calling thread.
 * Nothing ever waits, so priorities mean nothing, and wait_idle returns at once. For systems that give no
 * threads, and for tests that want one thing after the other.
 */
#ifndef VT_TASK_EXECUTOR_INLINE_H
#define VT_TASK_EXECUTOR_INLINE_H

#include "core/task/executor.h"

/* NULL when memory runs out. */
vt_executor *vt_executor_inline_create(vt_error *error);

#endif
