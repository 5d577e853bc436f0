/*
 * The inside of an order (order.h), for view.c. Making one: any thread but the UI's.
 */
#ifndef VT_INDEX_ORDER_ROWS_H
#define VT_INDEX_ORDER_ROWS_H

#include "core/base/error.h"
#include "core/index/group_spans.h"
#include "core/index/order.h"
#include "core/index/sort.h"

#include <stdatomic.h>

/* What rows are put in order by. */
typedef struct vt_order_key {
    vt_sort sorts[VT_SORT_KEYS_MAX]; /* the first is ascending: a view reads it backwards otherwise */
    unsigned sort_count;
    uint32_t album; /* whose order VT_SORT_ALBUM is; VT_INDEX_NO_ALBUM if that is no key */
    vt_group_order group;
} vt_order_key;

struct vt_order {
    atomic_uint references;
    const vt_snapshot *snapshot; /* one reference */
    vt_order_key key;
    uint32_t *rows;   /* by place; owned */
    uint32_t *places; /* by row, VT_INDEX_NO_ROW for those that are not in it; owned; NULL: not asked for */
    uint32_t count;
    bool whole;
    vt_group_spans spans;
};

/* The rows in `rows` (ascending; they become the order's, also on failure) in the order of `key`; `whole` if
   these are all that the snapshot has. `places`: vt_order's places are made. NULL and `error`:
   VT_ERROR_MEMORY, VT_ERROR_CANCELLED. */
vt_order *vt_order_create(const vt_snapshot *snapshot, const vt_order_key *key, uint32_t *rows,
                          uint32_t count, bool whole, bool places, const atomic_bool *cancelled,
                          vt_error *error);

/* The same of all rows, in the order of `key` already; only its groups and places are made. */
vt_order *vt_order_of_sorted(const vt_snapshot *snapshot, const vt_order_key *key, uint32_t *rows,
                             uint32_t count, bool places, const atomic_bool *cancelled, vt_error *error);

/* Brings an order up to a later snapshot of the same index: rows that came, went or changed are put in and
   taken out, the others keep their places. Some 20 ms for a million rows of which a thousand changed.
   `*order` is NULL where sorting all rows costs less, or is the only way. False and `error` as above. */
bool vt_order_follow(const vt_order *old, const vt_snapshot *now, vt_order **order,
                     const atomic_bool *cancelled, vt_error *error);

/* It is whole and in the order of `key`. */
bool vt_order_is_of(const vt_order *order, const vt_order_key *key);

#endif
