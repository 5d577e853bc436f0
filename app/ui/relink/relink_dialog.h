/*
 * Finding missing files: a window beside the main one that looks through a folder, shows which items it found
 * where and by which evidence, and relinks them when the user says so. The search is a thread of its own, the
 * rest is the engine's; nothing is modal. UI thread only.
 */
#ifndef VT_UI_RELINK_RELINK_DIALOG_H
#define VT_UI_RELINK_RELINK_DIALOG_H

#include "core/base/log.h"
#include "core/import/engine.h"

#include <qt6c/qdialog.h>

typedef struct vt_relink_dialog vt_relink_dialog;

/* `parent` owns it; hidden at first. The engine is borrowed. */
vt_relink_dialog *vt_relink_dialog_create(QWidgetRef parent, vt_engine *engine, vt_log log);

/* Shows the window and looks through `folder` (bytes) for the files of all missing items. */
void vt_relink_dialog_search(vt_relink_dialog *dialog, const char *folder);

/* Before the engine goes: no more searching. */
void vt_relink_dialog_stop(vt_relink_dialog *dialog);

#endif
