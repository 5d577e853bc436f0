/*
 * Edits of items by the engine: ratings, labels, titles, notes, tags, albums; and of albums and tags
 * themselves, for which the target has no items (but those a new album gets). With undo and redo.
 *
 * The engine's writer makes them, between the batches of imports and in the order they were asked for; each
 * is one transaction, on the disk before `ready` is called. By then the index shows it, too (what is a column
 * there). Until then a window shows what was asked for by itself: an index that showed it before the commit
 * would have to take it back if the disk is full, and belongs to the writer's thread. An edit that was asked
 * for is made, also if the engine is freed at once.
 *
 * Threads: the main thread (engine.h); nothing here takes longer because there are more items.
 */
#ifndef VT_IMPORT_ITEM_EDIT_H
#define VT_IMPORT_ITEM_EDIT_H

#include "core/catalog/sidecars.h"
#include "core/edit/history.h"
#include "core/edit/target.h"
#include "core/import/engine.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum vt_edit_action { VT_EDIT_MAKE, VT_EDIT_UNDO, VT_EDIT_REDO } vt_edit_action;

typedef struct vt_edit_result {
    vt_edit_action action;
    const vt_edit_step *step; /* valid during the call */
    size_t changed;           /* values that are others now */
    size_t skipped;   /* of an undo or redo: values that were changed by something else since, and stay */
    uint64_t version; /* snapshots of the index from this version on show it; 0: there is no index */
    const vt_error *error; /* NULL: it is done; else nothing was changed */
} vt_edit_result;

/* Exactly one, inside vt_engine_deliver, unless the engine is freed before. */
typedef void (*vt_edit_ready)(void *user, const vt_edit_result *result);

/* Asks for `edit` of the items of `target`, and takes over `target`, also when it fails. What `edit` points
   to is copied. False and `error`, and no callback: VT_ERROR_USAGE (a value that cannot be),
   VT_ERROR_READ_ONLY, VT_ERROR_LIMIT, VT_ERROR_MEMORY. */
bool vt_engine_edit(vt_engine *engine, const vt_item_edit *edit, vt_edit_target *target, vt_edit_ready ready,
                    void *user, vt_error *error);

/* Settles conflicts by what the side-cars say (vt_sidecars_decide), as one step that can be undone. `choices`
   are copied. Errors as above. */
bool vt_engine_take_sidecars(vt_engine *engine, const vt_sidecar_choice *choices, size_t count,
                             vt_edit_ready ready, void *user, vt_error *error);

/* Undoes the last step, or redoes the last one that was undone. Errors as above, and VT_ERROR_NOT_FOUND if
   there is none. After a failure that `ready` tells, it can be tried again. */
bool vt_engine_undo(vt_engine *engine, vt_edit_ready ready, void *user, vt_error *error);
bool vt_engine_redo(vt_engine *engine, vt_edit_ready ready, void *user, vt_error *error);

/* Borrowed; what can be undone and redone now. NULL if the catalog is read only. */
const vt_history *vt_engine_history(const vt_engine *engine);

#endif
