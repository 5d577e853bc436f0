/*
 * Named workspaces (core/catalog/workspaces.h), kept by the engine's writer while the window goes on.
 *
 * What is asked for is done in that order, between the batches of imports, and also when the engine is freed
 * right after. Threads: the main thread (engine.h).
 */
#ifndef VT_IMPORT_WORKSPACE_KEEP_H
#define VT_IMPORT_WORKSPACE_KEEP_H

#include "core/catalog/workspaces.h"
#include "core/import/engine.h"

typedef enum vt_workspace_action {
    VT_WORKSPACE_PUT,
    VT_WORKSPACE_REMOVE,
    VT_WORKSPACE_RENAME,
    VT_WORKSPACE_SET_LAST
} vt_workspace_action;

/* Inside vt_engine_deliver, unless the engine is freed before; only if it failed. */
typedef void (*vt_workspace_trouble)(void *user, const vt_error *error);

/* `row` is copied; of other actions than PUT only its name. `new_name` of RENAME, else NULL. False and
   `error`, and no callback: VT_ERROR_READ_ONLY, VT_ERROR_LIMIT, VT_ERROR_MEMORY. */
bool vt_engine_keep_workspace(vt_engine *engine, vt_workspace_action action, const vt_workspace_row *row,
                              const char *new_name, vt_workspace_trouble trouble, void *user,
                              vt_error *error);

#endif
