/*
 * The list of files that could not be taken in, with the reasons, as a window beside the main one. Read from
 * the catalog on a worker; nothing modal. UI thread only.
 */
#ifndef VT_UI_ACTIVITY_FAILURES_H
#define VT_UI_ACTIVITY_FAILURES_H

#include "app/ui/library/library.h"
#include "core/base/log.h"

#include <qt6c/qdialog.h>

typedef struct vt_failures vt_failures;

/* Called for "Try again", with the paths that failed. */
typedef void (*vt_failures_retry)(void *user, const char *const *paths, size_t count);

/* `parent` owns it; hidden at first. `executor` reads the catalog. */
vt_failures *vt_failures_create(QWidgetRef parent, vt_library *library, vt_executor *executor,
                                vt_failures_retry retry, void *user, vt_log log);

/* Reads the list again and shows the window. */
void vt_failures_show(vt_failures *failures);

/* Before the executor goes: no more reading. */
void vt_failures_stop(vt_failures *failures);

#endif
