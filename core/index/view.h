/*
 * A view: which rows are shown, in which order. Immutable, so that the window swaps one for the next in a
 * moment.
 *
 * Built on a worker from a snapshot, a filter and a sort order; then read on the UI thread, where everything
 * but building is constant time. It keeps its snapshot alive.
 *
 * Threads: building, any but the UI's; the rest, any, at once. References are counted atomically.
 */
#ifndef VT_INDEX_VIEW_H
#define VT_INDEX_VIEW_H

#include "core/base/error.h"
#include "core/index/filter.h"
#include "core/index/index.h"
#include "core/index/sort.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct vt_view vt_view;

typedef struct vt_view_request {
    const vt_filter *filter; /* NULL: everything */
    int64_t folder_id;       /* only items of this folder; 0: of all */
    bool folder_deep;        /* and of the folders below it */
    const char
        *below; /* only items of this folder (a path, held by no item itself perhaps) or below; NULL: all */
    vt_sort_key key;
    bool descending;
    bool positions; /* vt_view_position will be asked: 4 more bytes per row of the index */
} vt_view_request;

/* NULL and `error`: VT_ERROR_CANCELLED, VT_ERROR_MEMORY. `cancelled` may be NULL. */
const vt_view *vt_view_build(const vt_snapshot *snapshot, const vt_view_request *request,
                             const atomic_bool *cancelled, vt_error *error);

/* The same rows the other way round, in constant time; shares the rows. NULL when memory runs out. */
const vt_view *vt_view_reversed(const vt_view *view);

const vt_view *vt_view_retain(const vt_view *view);
void vt_view_release(const vt_view *view); /* NULL is allowed */

/* Borrowed from the view. */
const vt_snapshot *vt_view_snapshot(const vt_view *view);

uint32_t vt_view_count(const vt_view *view);
vt_sort_key vt_view_key(const vt_view *view, bool *descending); /* `descending` may be NULL */

/* The row of the index at `position` (smaller than the count). */
uint32_t vt_view_row(const vt_view *view, uint32_t position);

/* Where a row of the index stands, VT_INDEX_NO_ROW if it is not shown. Only if `positions` was requested. */
uint32_t vt_view_position(const vt_view *view, uint32_t row);

#endif
