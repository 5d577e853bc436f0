/*
 * The keyboard as a window beside the main one: all keys, searchable, grouped by where they hold, and the
 * place to bind them anew. What is chosen in the list is edited below it: a key that is pressed there is told
 * at once whose it is, and added or taken over. Each change holds at once and is kept. Nothing modal. UI
 * thread only.
 */
#ifndef VT_UI_KEYS_KEYS_DIALOG_H
#define VT_UI_KEYS_KEYS_DIALOG_H

#include "core/base/log.h"
#include "core/task/executor.h"

#include <qt6c/qdialog.h>

typedef struct vt_keys_dialog vt_keys_dialog;

/* `parent` owns it; hidden at first. `executor` writes the settings, borrowed. `changed` is called after each
   change of the map. */
vt_keys_dialog *vt_keys_dialog_create(QWidgetRef parent, vt_executor *executor, void (*changed)(void *user),
                                      void *user, vt_log log);

/* Shows it with the present keys, the search box empty. */
void vt_keys_dialog_show(vt_keys_dialog *dialog);

#endif
