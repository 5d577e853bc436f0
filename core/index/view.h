/*
 * A view: which rows are shown, in which order. Immutable, so that the window swaps one for the next in a
 * moment.
 *
 * Built on a worker from a snapshot, a filter and a sort order; then read on the UI thread, where everything
 * but building is constant time, but for the functions that say so. It keeps its snapshot alive.
 *
 * It is an order of all rows (order.h), and a bit for each of them that is shown: so the next view, of
 * another filter or folder, shares the order and costs a pass over its bits.
 *
 * Threads: building, any but the UI's; the rest, any, at once. References are counted atomically.
 */
#ifndef VT_INDEX_VIEW_H
#define VT_INDEX_VIEW_H

#include "core/base/error.h"
#include "core/index/filter.h"
#include "core/index/group.h"
#include "core/index/index.h"
#include "core/index/order.h"
#include "core/index/sort.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct vt_view vt_view;

/* Which stacks (core/catalog/stacks.h) are open: those with these numbers, which ascend, or all but those. */
typedef struct vt_open_stacks {
    const int64_t *ids;
    uint32_t count;
    bool others;
} vt_open_stacks;

typedef struct vt_view_request {
    const vt_filter *filter; /* NULL: everything */
    int64_t folder_id;       /* only items of this folder; 0: of all */
    bool folder_deep;        /* and of the folders below it */
    const char
        *below; /* only items of this folder (a path, held by no item itself perhaps) or below; NULL: all */
    int64_t album_id; /* only items of this album, and the one VT_SORT_ALBUM means; 0: of all */
    vt_sort_key key;
    bool descending;
    vt_sort then[VT_SORT_KEYS_MAX - 1]; /* what rows that are equal in `key` are sorted by */
    unsigned then_count;
    vt_group_by group;     /* rows of one group stand together, in the order of `key` */
    bool group_descending; /* the last group first */
    bool stacks; /* shown as one row each, the first that the view shows at all; not among duplicates */
    vt_open_stacks open;   /* but of these, all that the view shows, the others behind the first */
    bool positions;        /* vt_view_position will be asked: 4 more bytes per row of the index */
    const vt_order *order; /* of an earlier view, if there was one: it spares sorting where it is of the same
                              keys and groups, and few rows have changed since */
} vt_view_request;

/* NULL and `error`: VT_ERROR_CANCELLED, VT_ERROR_MEMORY. `cancelled` may be NULL. */
const vt_view *vt_view_build(const vt_snapshot *snapshot, const vt_view_request *request,
                             const atomic_bool *cancelled, vt_error *error);

/* Borrowed from the view. */
const vt_order *vt_view_order(const vt_view *view);

/* A view of this request, over the order's own snapshot, would need no sorting. Constant time, but for the
   search of an album. */
bool vt_view_order_serves(const vt_order *order, const vt_view_request *request);

/* The same rows the other way round (all keys, if there are several), in constant time; shares the rows. NULL
 * when memory runs out. */
const vt_view *vt_view_reversed(const vt_view *view);

const vt_view *vt_view_retain(const vt_view *view);
void vt_view_release(const vt_view *view); /* NULL is allowed */

/* Borrowed from the view. */
const vt_snapshot *vt_view_snapshot(const vt_view *view);

uint32_t vt_view_count(const vt_view *view);

/* The same with what is inside of closed stacks. */
uint32_t vt_view_item_count(const vt_view *view);
vt_sort_key vt_view_key(const vt_view *view, bool *descending); /* `descending` may be NULL */

/* All keys, the first of which is that of vt_view_key. */
unsigned vt_view_sorts(const vt_view *view, vt_sort sorts[VT_SORT_KEYS_MAX]);

/* The row of the index at `position` (smaller than the count). Some 20 ns if not everything is shown. */
uint32_t vt_view_row(const vt_view *view, uint32_t position);

/* All of them, ascending whatever the direction and then what is inside of stacks, also of closed ones, for
   loops over everything: fills `rows` with up to `room` of
   those from `*next` on, which begins as 0 and is moved on. Returns how many; 0: that was all. */
size_t vt_view_read_rows(const vt_view *view, uint32_t *next, uint32_t *rows, size_t room);

/* Where a row of the index stands, VT_INDEX_NO_ROW if it is not shown. Only if `positions` was requested. */
uint32_t vt_view_position(const vt_view *view, uint32_t row);

/* The stack that a row is in, if stacks are shown as one and anything of it is shown. Logarithmic, in the
   members of stacks. */
typedef struct vt_view_stack_info {
    int64_t id;
    uint32_t front; /* the row that stands for it */
    uint32_t count; /* members */
    uint32_t shown; /* of them: those that the view would show without stacks */
    bool open;      /* all those are shown; never if that is one */
} vt_view_stack_info;
bool vt_view_stack(const vt_view *view, uint32_t row, vt_view_stack_info *info);

/* How many items are inside of closed stacks that stand at positions [first, last), and of how many stacks
   (may be NULL). Logarithmic. */
uint32_t vt_view_hidden(const vt_view *view, uint32_t first, uint32_t last, uint32_t *stacks);
/* The row of number `number` of those from position `first` on, stack by stack as they are shown, each in its
   own order, and where the stack stands. Logarithmic. */
uint32_t vt_view_hidden_row(const vt_view *view, uint32_t first, uint32_t number, uint32_t *position);
/* The row that stands for the closed stack in which this one is inside; VT_INDEX_NO_ROW: it is in none.
   Logarithmic, in the members of stacks. */
uint32_t vt_view_hidden_in(const vt_view *view, uint32_t row);

/*
 * Groups, numbered from 0 as they are shown. Their number is 0 in a view that is not grouped; only
 * vt_view_group_count and vt_view_grouped_by may be called then.
 */
typedef struct vt_group_span {
    uint32_t first, count; /* positions */
    uint32_t value;        /* see group.h */
} vt_group_span;

uint32_t vt_view_group_count(const vt_view *view);
vt_group_by vt_view_grouped_by(const vt_view *view);
vt_group_span vt_view_group(const vt_view *view, uint32_t group);

/* How many rows each of `count` groups from `first` on has, for plain loops over many groups. */
void vt_view_group_sizes(const vt_view *view, uint32_t first, uint32_t count, uint32_t *sizes);

/* The group that holds `position`. Logarithmic. */
uint32_t vt_view_group_of(const vt_view *view, uint32_t position);

/* The group of this value, VT_INDEX_NO_ROW if none is shown. Logarithmic. */
uint32_t vt_view_find_group(const vt_view *view, uint32_t value);

#endif
