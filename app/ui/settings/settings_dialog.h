/*
 * The settings as a window beside the main one, made from the table of core/settings: a group and a line for
 * each, with unit, explanation and a button for the standard value. A search box
 * leaves what has its words, marked. What is applied holds at once and is kept
 * in the file. Saving runs on a worker; nothing modal. UI thread only.
 */
#ifndef VT_SETTINGS_SETTINGS_DIALOG_H
#define VT_SETTINGS_SETTINGS_DIALOG_H

#include "core/base/log.h"
#include "core/import/engine.h"
#include "core/settings/settings.h"

#include <qt6c/qdialog.h>

typedef struct vt_settings_dialog vt_settings_dialog;

/* These settings hold now. */
typedef void (*vt_settings_applied)(void *user, const vt_settings *settings);

/* Show what is chosen in windows of its own: keys, imported folders. */
typedef struct vt_settings_elsewhere {
    void (*keyboard)(void *user);
    void (*folders)(void *user);
} vt_settings_elsewhere;

/* `parent` owns it; hidden at first. `executor` saves, and applies to the engine; both are borrowed. */
vt_settings_dialog *vt_settings_dialog_create(QWidgetRef parent, vt_engine *engine, vt_executor *executor,
                                              vt_settings_applied applied,
                                              const vt_settings_elsewhere *elsewhere, void *user, vt_log log);

/* Shows the window with these values. */
void vt_settings_dialog_show(vt_settings_dialog *dialog, const vt_settings *settings);

/* Before the executor goes: no more saving. */
void vt_settings_dialog_stop(vt_settings_dialog *dialog);

#endif
