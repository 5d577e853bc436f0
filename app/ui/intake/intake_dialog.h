/*
 * The dialogue of an import: folders, what of them is taken in, and how many files that would be, counted
 * while one looks at it (core/import/dry_run.h). Import starts at once and closes it; nothing modal. UI
 * thread only.
 */
#ifndef VT_UI_INTAKE_INTAKE_DIALOG_H
#define VT_UI_INTAKE_INTAKE_DIALOG_H

#include "core/base/log.h"
#include "core/import/operation.h"

#include <qt6c/qdialog.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct vt_intake_dialog vt_intake_dialog;

/* Starts the import; false and `error` if it cannot begin: the dialogue then stays and says why. */
typedef bool (*vt_intake_start)(void *user, const char *const *paths, size_t count,
                                const vt_import_options *options, vt_error *error);

/* `parent` owns it; hidden at first. `keeps`: what was chosen is remembered between starts. */
vt_intake_dialog *vt_intake_dialog_create(QWidgetRef parent, vt_engine *engine, bool keeps,
                                          vt_intake_start start, void *user, vt_log log);

/* Shows it with these folders added (NULL: none). */
void vt_intake_dialog_show(vt_intake_dialog *dialog, const char *const *paths, size_t count);

/* Before the engine goes: no more counting. */
void vt_intake_dialog_stop(vt_intake_dialog *dialog);

#endif
