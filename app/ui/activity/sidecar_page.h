/*
 * Side-cars in the activity panel: what is being written, with Pause and Cancel; the values that differ here
 * and in a side-car, for the user to decide; what failed, with the reasons and another try. Read from the
 * catalog on a worker. UI thread only.
 */
#ifndef VT_UI_ACTIVITY_SIDECAR_PAGE_H
#define VT_UI_ACTIVITY_SIDECAR_PAGE_H

#include "app/ui/activity/failures.h"
#include "app/ui/library/library.h"
#include "core/import/sidecars.h"

#include <qt6c/qwidget.h>

typedef struct vt_sidecar_page vt_sidecar_page;

/* `parent` owns it. `executor` reads the catalog; of `ops` the file manager and what is said are used. */
vt_sidecar_page *vt_sidecar_page_create(QWidgetRef parent, vt_library *library, vt_executor *executor,
                                        const vt_failures_ops *ops, void *user, vt_log log);
QWidget *vt_sidecar_page_widget(vt_sidecar_page *page);

/* The engine has other figures; what is not seen is shown when it is. */
void vt_sidecar_page_update(vt_sidecar_page *page);

/* Before the executor goes: no more reading. */
void vt_sidecar_page_stop(vt_sidecar_page *page);

/* "Writing side-cars: 120 of 3,000, 85/s"; "" if nothing is being done. */
void vt_sidecar_page_progress(const vt_sidecars_figures *figures, vt_str *text);

#endif
