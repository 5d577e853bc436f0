/*
 * Edits of what is selected: asked of the engine, shown at once, and taken back if they cannot be written.
 *
 * All libraries of an engine show the same items, so all of them show an edit at once, whichever was asked,
 * and the listeners of all are told: items_changed at once and when an edit is taken back, edit_ended when it
 * is written or has failed. UI thread only; nothing takes longer because more is selected, but for the copy
 * of the selection's intervals.
 */
#ifndef VT_UI_LIBRARY_EDITS_H
#define VT_UI_LIBRARY_EDITS_H

#include "app/ui/library/library.h"
#include "core/import/item_edit.h"

#include <stdbool.h>

/* Does `edit` to the selected items (and to what is inside of closed stacks, if the library acts on whole
   ones and the edit is not one of stacks; see stacks.h); with `current_only`, or if none is selected, to the
   current one. False and `error` as vt_engine_edit, and VT_ERROR_USAGE if there is no item. */
bool vt_library_edit(vt_library *library, const vt_item_edit *edit, bool current_only, vt_error *error);

/* Puts the selected items, with the stacks they are in, into the stack that this item is in. */
bool vt_library_add_to_stack(vt_library *library, int64_t front, vt_error *error);

/* The same to `target`, which is taken over: what was chosen when the user began to type. */
bool vt_library_edit_target(vt_library *library, const vt_item_edit *edit, vt_edit_target *target,
                            vt_error *error);

/* Settles conflicts with side-cars by what those say: an edit like the others. */
bool vt_library_take_sidecars(vt_library *library, const vt_sidecar_choice *choices, size_t count,
                              vt_error *error);

/* What an edit would be of now, NULL if of nothing. vt_edit_target_release. */
vt_edit_target *vt_library_target(const vt_library *library, bool current_only);

/* Edits, undos and redos of the library's engine that have not ended. */
int vt_library_edits(const vt_library *library);

bool vt_library_undo(vt_library *library, vt_error *error);
bool vt_library_redo(vt_library *library, vt_error *error);

#endif
