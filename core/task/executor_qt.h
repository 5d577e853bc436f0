/*
 * An executor on Qt's QThreadPool: for the window and the command line (document 003).
 *
 * Each accepted task starts one QRunnable; when the pool runs it, it takes the task that is then first by
 * priority. So the pool owns the threads, and a task that was moved or cancelled meanwhile costs an empty run
 * at most. The pool is the executor's own, not the global one. Meanings and threads as of executor.h.
 */
#ifndef VT_TASK_EXECUTOR_QT_H
#define VT_TASK_EXECUTOR_QT_H

#include "core/task/executor.h"

/* `workers`: 1 to VT_EXECUTOR_WORKERS_MAX, or 0 for QThread::idealThreadCount. `queue_limit`: tasks that may
   wait, 1 or more. `niceness`: how far its threads stand back, as in nice(1): 0 for work that somebody waits
   for, more for work behind a window, which else waits two or three time slices for a processor after every
   few milliseconds of painting. A QCoreApplication must exist. NULL and `error` for other numbers or when
   memory runs out. */
vt_executor *vt_executor_qt_create(unsigned workers, size_t queue_limit, int niceness, vt_error *error);

#endif
