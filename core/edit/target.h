/*
 * The items an edit is about: a list of ids, or rows of a view.
 *
 * A window selects a million rows as one interval, and must not list them: it hands over the view and its
 * intervals, and whoever runs the edit lists the ids, on another thread. A target is immutable, and
 * its references are counted atomically; it keeps its view alive, so all must be released before the index
 * is freed.
 */
#ifndef VT_EDIT_TARGET_H
#define VT_EDIT_TARGET_H

#include "core/base/error.h"
#include "core/index/view.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_edit_target vt_edit_target;

/* Rows [first, last) of a view. */
typedef struct vt_edit_rows {
    int64_t first, last;
} vt_edit_rows;

/* Both copy what they are given. NULL when memory runs out. */
vt_edit_target *vt_edit_target_of_items(const int64_t *ids, size_t count);
/* `rows` ascend and do not overlap; those beyond the view's end are left out. `whole`: a stack that is closed
   in the view is all that the view has inside of it, not its front only. */
vt_edit_target *vt_edit_target_of_rows(const vt_view *view, const vt_edit_rows *rows, size_t count,
                                       bool whole);
/* Lists this item in front of all others, be it one of them or not; before anybody else has the target. */
void vt_edit_target_put_first(vt_edit_target *target, int64_t id);
vt_edit_target *vt_edit_target_retain(vt_edit_target *target);
void vt_edit_target_release(vt_edit_target *target); /* NULL is allowed */

/* How many items, in constant time; what is put first counts by itself. */
size_t vt_edit_target_count(const vt_edit_target *target);

/* Whether it contains the item with this id, in this row of the index. Logarithmic. For items given by ids:
   only if these ascend. Of rows: only if the view was built with positions. */
bool vt_edit_target_contains(const vt_edit_target *target, int64_t id, uint32_t row);

/* All ids, vt_edit_target_count of them, in the order of the list or the view; free(). NULL without memory.
   Any thread but the UI's. */
int64_t *vt_edit_target_list(const vt_edit_target *target, vt_error *error);

#endif
