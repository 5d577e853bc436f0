/*
 * The imported folders (core/catalog/roots.h), changed by the user while the engine is at work.
 *
 * The engine's writer does it, between the batches of imports, in the order it was asked for. No file is
 * touched. What removes items takes some seconds for a hundred thousand of them, in which no other edit is
 * written; an import of the folder that is under way takes its files in again. Whoever watches (watch.h) is
 * to be told by vt_watch_refresh.
 *
 * Threads: the main thread (engine.h).
 */
#ifndef VT_IMPORT_ROOT_EDIT_H
#define VT_IMPORT_ROOT_EDIT_H

#include "core/import/engine.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum vt_root_action {
    VT_ROOT_CHOOSE, /* whether it is watched and looked through */
    VT_ROOT_FORGET, /* it is no imported folder any more; its items stay */
    VT_ROOT_REMOVE  /* and its items, but for those below another imported folder, are taken out of the
                       catalog,  with all the user gave to them: cannot be undone */
} vt_root_action;

typedef struct vt_root_edit {
    vt_root_action action;
    const char *path;         /* as the catalog has it */
    int watch, scan_at_start; /* VT_ROOT_CHOOSE: 0 no, 1 yes, -1 as it is */
} vt_root_edit;

/* Exactly once, inside vt_engine_deliver, unless the engine is freed before. `removed`: items that were taken
   out, also if it failed later. `error`: NULL, or VT_ERROR_NOT_FOUND (no such root) and those of the writer.
 */
typedef void (*vt_root_edited)(void *user, const vt_root_edit *edit, int64_t removed, const vt_error *error);

/* `edit` is copied. False and `error`, and no callback: VT_ERROR_READ_ONLY, VT_ERROR_LIMIT, VT_ERROR_MEMORY.
 */
bool vt_engine_edit_root(vt_engine *engine, const vt_root_edit *edit, vt_root_edited done, void *user,
                         vt_error *error);

#endif
