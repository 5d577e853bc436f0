/*
 * The activity panel: all imports of the session, those under way with Pause and Cancel, and the files that
 * failed with their reasons; a dock of the window. UI thread only.
 */
#ifndef VT_UI_ACTIVITY_ACTIVITY_PANEL_H
#define VT_UI_ACTIVITY_ACTIVITY_PANEL_H

#include "app/ui/activity/activity.h"
#include "app/ui/activity/failures.h"

#include <qt6c/qmainwindow.h>

typedef struct vt_activity_panel vt_activity_panel;

/* Docked at the foot of `window`, which owns it; hidden at first. `failures` is made by the caller's `retry`
   and the rest as vt_failures_create. `shown` is called when it is shown or hidden, however. */
vt_activity_panel *vt_activity_panel_create(QMainWindow *window, vt_activity *activity, vt_library *library,
                                            vt_executor *executor, const vt_failures_ops *ops,
                                            void (*shown)(void *user, bool visible), void *user, vt_log log);

void vt_activity_panel_show(vt_activity_panel *panel);
void vt_activity_panel_show_failures(vt_activity_panel *panel);
void vt_activity_panel_show_sidecars(vt_activity_panel *panel);
void vt_activity_panel_hide(vt_activity_panel *panel);
bool vt_activity_panel_is_shown(vt_activity_panel *panel);

/* Imports have ended: the failures are looked up anew if they are shown. */
void vt_activity_panel_update_failures(vt_activity_panel *panel);

/* The engine has other figures of side-cars. */
void vt_activity_panel_update_sidecars(vt_activity_panel *panel);

/* Before the executor goes. */
void vt_activity_panel_stop(vt_activity_panel *panel);

#endif
