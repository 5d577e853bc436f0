/* The dialogue that asks what an export is to be: what, as what, where to, and what that kind wants to know;
   it says before what would be written. What was chosen last is offered again. Not modal. UI thread only. */
#ifndef VT_UI_FILES_EXPORT_DIALOG_H
#define VT_UI_FILES_EXPORT_DIALOG_H

#include "app/ui/files/export_job.h"
#include "core/base/log.h"

#include <qt6c/qwidget.h>

typedef struct vt_export_dialog vt_export_dialog;

typedef struct vt_export_dialog_context {
    vt_engine *engine;
    vt_executor *executor; /* for a look at what would be written */
    bool use_settings;     /* remember what was chosen */
    /* The user wants it; `wish` is lent for the call, `chosen` given away. */
    void (*wanted)(void *user, vt_chosen *chosen, const vt_export_wish *wish);
    void *user;
    vt_log log;
} vt_export_dialog_context;

/* `parent` owns it. */
vt_export_dialog *vt_export_dialog_create(QWidgetRef parent, const vt_export_dialog_context *context);
/* Takes over both, in the place of what it showed before. `all` may be NULL. */
void vt_export_dialog_show(vt_export_dialog *dialog, vt_chosen *chosen, vt_chosen *all);
/* Lets go of what it was shown for, and waits for what looks at it; before the engine is freed. */
void vt_export_dialog_stop(vt_export_dialog *dialog);

#endif
