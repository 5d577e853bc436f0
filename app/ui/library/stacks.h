/*
 * Stacks made by hand (core/catalog/stacks.h), as the library shows them: as one row each where stacks are
 * folded, but for those that are open. Which are open holds as long as the program runs.
 *
 * UI thread only; nothing takes longer because there are more items.
 */
#ifndef VT_UI_LIBRARY_STACKS_H
#define VT_UI_LIBRARY_STACKS_H

#include "app/ui/library/library.h"

/* Opened one by one (or closed, where all are open); beyond that those of before are forgotten. */
#define VT_LIBRARY_STACKS_MAX 1024

/* Whether a stack is one row: among cards, not in the table. */
void vt_library_fold_stacks(vt_library *library, bool on);

/* What is done to a closed stack is done to all that is shown of it once it is open; otherwise, and at first,
   to the item that stands for it. */
void vt_library_act_on_whole_stacks(vt_library *library, bool on);
bool vt_library_acts_on_whole_stacks(const vt_library *library);

/* Grouped by folder, a folder is one card: it counts and selects all of its items, in stacks or not. */
void vt_library_keep_folders_whole(vt_library *library, bool on);

/* The stack that the item at `row` is in, folded or not; false if it is in none. */
bool vt_library_stack(const vt_library *library, int64_t row, vt_view_stack_info *info);

/* Opens a stack by its number, or closes it. */
void vt_library_turn_stack(vt_library *library, int64_t id);

/* All of them, those to come, too. */
void vt_library_open_stacks(vt_library *library, bool open);

/* Items that the view is of, also those inside of closed stacks. */
int64_t vt_library_item_count(const vt_library *library);

#endif
