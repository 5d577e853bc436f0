/*
 * The dialogue that renames: one item by its name, several by a pattern with a preview of all new names.
 *
 * Which files there are is found out once, the new names anew a moment after each change, both on a thread of
 * the dialogue's; the table asks for the rows it shows, so 100,000 items are no more than ten. Not modal. UI
 * thread only.
 */
#ifndef VT_UI_FILES_RENAME_DIALOG_H
#define VT_UI_FILES_RENAME_DIALOG_H

#include "app/ui/files/chosen.h"
#include "core/base/log.h"
#include "core/import/rename_draft.h"

#include <qt6c/qwidget.h>

typedef struct vt_rename_dialog vt_rename_dialog;

/* The user wants these items to be called so; both are lent for the call. */
typedef void (*vt_rename_wanted)(void *user, vt_chosen *chosen, const vt_rename_wish *wish);

/* `parent` owns it, `engine` is borrowed. */
vt_rename_dialog *vt_rename_dialog_create(QWidgetRef parent, vt_engine *engine, vt_rename_wanted wanted,
                                          void *user, vt_log log);
/* Takes over `chosen`, in the place of what it showed before. */
void vt_rename_dialog_show(vt_rename_dialog *dialog, vt_chosen *chosen);
/* Waits for its thread: before the engine is freed. */
void vt_rename_dialog_stop(vt_rename_dialog *dialog);

#endif
