#include "app/ui/window/undo_order.h"

#include <string.h>

static void remove_at(vt_undo_order *order, size_t at)
{
    memmove(&order->sources[at], &order->sources[at + 1], order->count - at - 1);
    order->count--;
    order->done -= at < order->done;
}

void vt_undo_order_push(vt_undo_order *order, vt_undo_source source)
{
    order->count = order->done;
    if (order->count == VT_UNDO_ORDER_MAX) {
        remove_at(order, 0);
    }
    order->sources[order->count++] = (uint8_t)source;
    order->done = order->count;
}

vt_undo_source vt_undo_order_to_undo(vt_undo_order *order, const bool has[VT_UNDO_SOURCE_COUNT])
{
    while (order->done > 0 && !has[order->sources[order->done - 1]]) {
        remove_at(order, order->done - 1);
    }
    return order->done > 0 ? (vt_undo_source)order->sources[order->done - 1] : VT_UNDO_NOTHING;
}

vt_undo_source vt_undo_order_to_redo(vt_undo_order *order, const bool has[VT_UNDO_SOURCE_COUNT])
{
    while (order->done < order->count && !has[order->sources[order->done]]) {
        remove_at(order, order->done);
    }
    return order->done < order->count ? (vt_undo_source)order->sources[order->done] : VT_UNDO_NOTHING;
}

/* Puts the mark at `from` to `to`; those between move on. */
static void move(vt_undo_order *order, size_t from, size_t to)
{
    uint8_t source = order->sources[from];
    if (from < to) {
        memmove(&order->sources[from], &order->sources[from + 1], to - from);
    } else {
        memmove(&order->sources[to + 1], &order->sources[to], from - to);
    }
    order->sources[to] = source;
}

void vt_undo_order_back(vt_undo_order *order, vt_undo_source source)
{
    for (size_t at = order->done; at-- > 0;) {
        if (order->sources[at] == source) {
            move(order, at, --order->done);
            return;
        }
    }
}

void vt_undo_order_forth(vt_undo_order *order, vt_undo_source source)
{
    for (size_t at = order->done; at < order->count; at++) {
        if (order->sources[at] == source) {
            move(order, at, order->done++);
            return;
        }
    }
}
