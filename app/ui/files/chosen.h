/*
 * Which items something is done to: what was selected in the library at one moment, whatever is selected, or
 * shown, afterwards. Taking it costs nothing per item, unless they are named one by one; it is read on a
 * worker. Reference-counted; any thread.
 */
#ifndef VT_UI_FILES_CHOSEN_H
#define VT_UI_FILES_CHOSEN_H

#include "app/ui/library/library.h"
#include "core/edit/target.h"
#include "core/import/file_list.h"
#include "core/listing/item_list.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_chosen vt_chosen;

/* The selected rows, else the current one; `only_current`: that one in any case. NULL if nothing is, or
   memory runs out. UI thread. */
vt_chosen *vt_chosen_take(const vt_library *library, bool only_current);
/* Closed stacks are all of their items, if the library acts on whole ones (library/stacks.h), but for
   `only_current`. */
/* All rows that are shown. */
vt_chosen *vt_chosen_take_all(const vt_library *library);
/* These items, in this order, but those that `snapshot` does not have (any more). NULL if none is left, or
   memory runs out. */
vt_chosen *vt_chosen_of_items(const vt_snapshot *snapshot, const int64_t *ids, size_t count);
/* The same items for another thread. NULL when memory runs out. */
vt_chosen *vt_chosen_copy(const vt_chosen *chosen);
vt_chosen *vt_chosen_ref(vt_chosen *chosen);
void vt_chosen_unref(vt_chosen *chosen); /* NULL is allowed */

size_t vt_chosen_count(const vt_chosen *chosen);
/* Closed stacks among them; `whole`: with what is inside, which then counts as chosen. Not linear in items.
 */
uint32_t vt_chosen_stacks(const vt_chosen *chosen, bool *whole);
/* The columns of an item; its name lives as long as `chosen`. Quickest in order. One thread at a time. */
void vt_chosen_item(vt_chosen *chosen, size_t index, vt_item_brief *item);
/* Appends its path as bytes. */
void vt_chosen_path(vt_chosen *chosen, size_t index, vt_str *path);

/* The rows, for a list of them; lent as long as `chosen`. One thread at a time. */
vt_listed_rows vt_chosen_rows(vt_chosen *chosen);

/* For the engine, with a reference of its own. */
vt_file_items vt_chosen_items(vt_chosen *chosen);
/* For edits; vt_edit_target_release. NULL when memory runs out. */
vt_edit_target *vt_chosen_target(const vt_chosen *chosen);

#endif
