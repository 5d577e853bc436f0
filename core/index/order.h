/*
 * An order: all rows of a snapshot, sorted and grouped once, so that the views which show some of them need
 * no sorting. Of a million rows sorting takes some 250 ms, picking what a filter has left of them 3 ms.
 *
 * A view is asked for its order (view.h), and the next view is built from it if it is still the one that is
 * wanted. 8 bytes a row.
 *
 * Threads: any, at once; it never changes. References are counted atomically.
 */
#ifndef VT_INDEX_ORDER_H
#define VT_INDEX_ORDER_H

#include "core/index/index.h"

#include <stdbool.h>

typedef struct vt_order vt_order;

const vt_order *vt_order_retain(const vt_order *order);
void vt_order_release(const vt_order *order); /* NULL is allowed */

/* Borrowed from the order. */
const vt_snapshot *vt_order_snapshot(const vt_order *order);

/* All rows of its snapshot are in it. One that was made for a few rows only serves no other view. */
bool vt_order_is_whole(const vt_order *order);

#endif
