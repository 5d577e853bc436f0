/*
 * A quiet bar at the start: "An import of FOLDER was interrupted", Resume, Discard. It stays until one of
 * them is pressed or it is closed; closed, it comes back with the next start. UI thread only.
 */
#ifndef VT_UI_ACTIVITY_UNFINISHED_BAR_H
#define VT_UI_ACTIVITY_UNFINISHED_BAR_H

#include "app/ui/activity/activity.h"

typedef struct vt_unfinished_bar vt_unfinished_bar;

/* `say`: what could not be resumed, for the user. `parent` owns the bar, the rest is borrowed. Hidden where
   nothing is unfinished. */
vt_unfinished_bar *vt_unfinished_bar_create(QWidgetRef parent, vt_activity *activity, vt_engine *engine,
                                            void (*say)(void *user, const char *text), void *user,
                                            vt_log log);
QWidget *vt_unfinished_bar_widget(vt_unfinished_bar *bar);

/* Shows what is unfinished now: an import of the same paths may have been begun otherwise. */
void vt_unfinished_bar_update(vt_unfinished_bar *bar);

#endif
