/* What all imports do together, above their lines while there are several: how many files wait, how many are
   read at once, and "Cancel all". UI thread only. */
#ifndef VT_ACTIVITY_ACTIVITY_TOTAL_H
#define VT_ACTIVITY_ACTIVITY_TOTAL_H

#include "core/import/engine.h"

#include <qt6c/qwidget.h>

typedef struct vt_activity_total vt_activity_total;

/* `parent` owns it; hidden at first. */
vt_activity_total *vt_activity_total_create(QWidgetRef parent, void (*cancel_all)(void *user),
                                            void (*show_details)(void *user), void *user);
QWidget *vt_activity_total_widget(vt_activity_total *total);

/* `imports` are under way; `hidden` lines are not shown. */
void vt_activity_total_show(vt_activity_total *total, int imports, int hidden,
                            const vt_engine_figures *figures);

#endif
