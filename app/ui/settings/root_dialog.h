/*
 * The imported folders as a window beside the main one: how many items each has, whether its volume is there,
 * whether changes are taken up, whether it is looked through at the start; all but the path can be changed,
 * and a folder is removed with its items or without them. Files are never touched.
 *
 * Reading and counting run on a worker, changes are the engine's; nothing modal. UI thread only.
 */
#ifndef VT_UI_SETTINGS_ROOT_DIALOG_H
#define VT_UI_SETTINGS_ROOT_DIALOG_H

#include "core/base/log.h"
#include "core/import/engine.h"

#include <qt6c/qdialog.h>

typedef struct vt_root_dialog vt_root_dialog;

/* What the window does for it. */
typedef struct vt_root_dialog_ops {
    void (*add)(void *user);     /* a folder is to be imported */
    void (*relink)(void *user);  /* files are to be looked for that were moved */
    void (*changed)(void *user); /* what is watched */
} vt_root_dialog_ops;

/* `parent` owns it; hidden at first. The others are borrowed; `executor` reads. */
vt_root_dialog *vt_root_dialog_create(QWidgetRef parent, vt_engine *engine, vt_executor *executor,
                                      const vt_root_dialog_ops *ops, void *user, vt_log log);

void vt_root_dialog_show(vt_root_dialog *dialog);

/* An import has ended, or files came and went: reads anew, if it is seen. */
void vt_root_dialog_refresh(vt_root_dialog *dialog);

/* Before the executor goes: no more reading. */
void vt_root_dialog_stop(vt_root_dialog *dialog);

#endif
