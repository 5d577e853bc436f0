/*
 * What the user has just given to items and the index does not show yet.
 *
 * An edit is written by the engine's writer, and the index follows with the commit. Until a view of that
 * index is shown, each item that is looked at is looked at through this: in time logarithmic in what is
 * selected, whatever that is. An entry knows the items as the edit does (core/edit/target.h), or, when an
 * edit is undone, by its change, which tells each item's value. No Qt; the window's thread.
 */
#ifndef VT_UI_LIBRARY_OVERLAY_H
#define VT_UI_LIBRARY_OVERLAY_H

#include "core/edit/history.h"
#include "core/edit/target.h"

#include <stdbool.h>
#include <stdint.h>

/* Edits under way beyond these are shown when they are written. */
#define VT_OVERLAY_MAX 64

typedef struct vt_overlay vt_overlay;

vt_overlay *vt_overlay_create(void);       /* NULL when memory runs out */
void vt_overlay_free(vt_overlay *overlay); /* NULL is allowed */

/* Shows `value` (of a kind that is a column of items) on the items of `target`, which it takes over; NULL:
   nothing is shown. `number`, not 0, is the caller's, for vt_overlay_settle: several overlays may have an
   edit under one. False if nothing is shown. */
bool vt_overlay_add(vt_overlay *overlay, uint64_t number, vt_edit_kind kind, int value,
                    vt_edit_target *target);

/* Shows the values that a change leaves behind in `direction`. `step` must be settled. */
bool vt_overlay_add_step(vt_overlay *overlay, uint64_t number, vt_edit_step *step,
                         vt_change_direction direction);

/* The edit has been written: it is shown until the view's snapshot is of `version` or later. 0: it has
   failed, and goes at once. A number that is not there changes nothing. */
void vt_overlay_settle(vt_overlay *overlay, uint64_t number, uint64_t version);

/* A view of that snapshot is shown now. */
void vt_overlay_view_shown(vt_overlay *overlay, uint64_t version);

/* Changes `item`, in this row of the index, to what the user sees. */
void vt_overlay_apply(const vt_overlay *overlay, uint32_t row, vt_item_brief *item);

/* Nothing is under way. */
bool vt_overlay_is_empty(const vt_overlay *overlay);

#endif
