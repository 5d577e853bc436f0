/*
 * Carries a selection from one view to the next, in which the same items stand elsewhere, or not at all. No
 * Qt; any thread, in time linear in the selected rows, with a bit for each row of the next view.
 */
#ifndef VT_UI_LIBRARY_CARRY_H
#define VT_UI_LIBRARY_CARRY_H

#include "app/ui/library/selection.h"
#include "core/index/view.h"

/* Fills `to`, which must be empty, with what `from` selects in `before`, as it stands in `now` (built with
   positions). Current row and anchor are carried, too. False when memory runs out: `to` then has less. */
bool vt_selection_carry(const vt_selection *from, const vt_view *before, const vt_view *now,
                        vt_selection *to);

#endif
