#include "core/index/order_rows.h"

#include "core/index/buffer.h"

#include <stdlib.h>

const vt_order *vt_order_retain(const vt_order *order)
{
    /* The count is the one part of an order that changes; to its readers it is const. */
    atomic_fetch_add_explicit(&((vt_order *)order)->references, 1, memory_order_relaxed);
    return order;
}

void vt_order_release(const vt_order *order)
{
    vt_order *own = (vt_order *)order;
    if (own && atomic_fetch_sub_explicit(&own->references, 1, memory_order_acq_rel) == 1) {
        vt_snapshot_release(own->snapshot);
        free(own->rows);
        free(own->places);
        vt_group_spans_free(&own->spans);
        free(own);
    }
}

const vt_snapshot *vt_order_snapshot(const vt_order *order)
{
    return order->snapshot;
}

bool vt_order_is_whole(const vt_order *order)
{
    return order->whole;
}

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory for the order of what is shown");
}

static bool note_places(vt_order *order, vt_error *error)
{
    uint32_t count = vt_snapshot_count(order->snapshot);
    order->places = vt_buffer_alloc(count, sizeof *order->places);
    if (!order->places) {
        return no_memory(error);
    }
    for (uint32_t row = 0; row < count; row++) {
        order->places[row] = VT_INDEX_NO_ROW;
    }
    for (uint32_t i = 0; i < order->count; i++) {
        order->places[order->rows[i]] = i;
    }
    return true;
}

/* Takes over the rows. NULL when memory runs out. */
static vt_order *new_order(const vt_snapshot *snapshot, const vt_order_key *key, uint32_t *rows,
                           uint32_t count, bool whole, vt_error *error)
{
    vt_order *order = calloc(1, sizeof *order);
    if (!order) {
        free(rows);
        no_memory(error);
        return NULL;
    }
    atomic_init(&order->references, 1);
    order->snapshot = vt_snapshot_retain(snapshot);
    order->key = *key;
    order->rows = rows;
    order->count = count;
    order->whole = whole;
    return order;
}

/* Groups and places; without them there is no order. */
static vt_order *complete(vt_order *order, bool places, const atomic_bool *cancelled, vt_error *error)
{
    const vt_order_key *key = &order->key;
    bool grouped =
        key->group.by == VT_GROUP_NONE || vt_group_spans_make(&order->spans, order->snapshot, &key->group,
                                                              order->rows, order->count, cancelled, error);
    if (!grouped || (places && !note_places(order, error))) {
        vt_order_release(order);
        return NULL;
    }
    return order;
}

vt_order *vt_order_create(const vt_snapshot *snapshot, const vt_order_key *key, uint32_t *rows,
                          uint32_t count, bool whole, bool places, const atomic_bool *cancelled,
                          vt_error *error)
{
    vt_order *order = new_order(snapshot, key, rows, count, whole, error);
    if (order &&
        !vt_sort_rows_by(snapshot, key->sorts, key->sort_count, key->album, rows, count, cancelled, error)) {
        vt_order_release(order);
        return NULL;
    }
    return order ? complete(order, places, cancelled, error) : NULL;
}

vt_order *vt_order_of_sorted(const vt_snapshot *snapshot, const vt_order_key *key, uint32_t *rows,
                             uint32_t count, bool places, const atomic_bool *cancelled, vt_error *error)
{
    vt_order *order = new_order(snapshot, key, rows, count, true, error);
    return order ? complete(order, places, cancelled, error) : NULL;
}

bool vt_order_is_of(const vt_order *order, const vt_order_key *key)
{
    const vt_order_key *own = &order->key;
    bool same = order->whole && own->sort_count == key->sort_count && own->album == key->album &&
                own->group.by == key->group.by && own->group.last_first == key->group.last_first &&
                own->group.read_backwards == key->group.read_backwards;
    for (unsigned i = 0; same && i < key->sort_count; i++) {
        same = own->sorts[i].key == key->sorts[i].key && own->sorts[i].descending == key->sorts[i].descending;
    }
    return same;
}
