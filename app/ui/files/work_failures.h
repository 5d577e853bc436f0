/* What failed of something done to files, with the reasons, in a window of its own. UI thread only. */
#ifndef VT_UI_FILES_WORK_FAILURES_H
#define VT_UI_FILES_WORK_FAILURES_H

#include "core/import/file_work.h"

#include <qt6c/qwidget.h>

/* `count` of `failed` are known with their reason, and copied. `parent` owns the window. */
typedef vt_file_failure (*vt_failure_at)(const void *user, size_t at);
void vt_work_failures_show(QWidgetRef parent, int64_t failed, size_t count, vt_failure_at at,
                           const void *user);

#endif
