/*
 * The files that could not be taken in, with the reasons, as a page: a filter box, and for all or the chosen
 * ones another try, the file manager, and a copy of the list. Read from the catalog on a worker. UI thread
 * only.
 */
#ifndef VT_UI_ACTIVITY_FAILURES_H
#define VT_UI_ACTIVITY_FAILURES_H

#include "app/ui/library/library.h"
#include "core/base/log.h"

#include <qt6c/qwidget.h>

typedef struct vt_failures vt_failures;

typedef struct vt_failures_ops {
    /* "Try again", with paths that failed. */
    void (*retry)(void *user, const char *const *paths, size_t count);
    void (*show_in_file_manager)(void *user, const char *path);
    void (*say)(void *user, const char *text);
} vt_failures_ops;

/* `parent` owns it. `executor` reads the catalog. */
vt_failures *vt_failures_create(QWidgetRef parent, vt_library *library, vt_executor *executor,
                                const vt_failures_ops *ops, void *user, vt_log log);
QWidget *vt_failures_widget(vt_failures *failures);

/* Reads the list again. */
void vt_failures_show(vt_failures *failures);

/* Before the executor goes: no more reading. */
void vt_failures_stop(vt_failures *failures);

#endif
