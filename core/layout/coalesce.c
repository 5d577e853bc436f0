#include "core/layout/coalesce.h"

void vt_coalesce_request(vt_coalesce *coalesce)
{
    coalesce->wants_update = true;
    coalesce->stats.requests++;
}

/* Pixels that a union has and its two parts do not: what painting both as one would waste. */
static int64_t waste(vt_rect a, vt_rect b)
{
    return vt_rect_area(vt_rect_union(a, b)) - vt_rect_area(a) - vt_rect_area(b) +
           vt_rect_area(vt_rect_intersection(a, b));
}

static void drop(vt_coalesce *coalesce, size_t at)
{
    coalesce->dirty[at] = coalesce->dirty[--coalesce->dirty_count];
}

/* Takes out all that overlaps `rect` or makes a rectangle with it, and returns the union of them. */
static vt_rect swallow(vt_coalesce *coalesce, vt_rect rect)
{
    for (size_t i = 0; i < coalesce->dirty_count;) {
        vt_rect other = coalesce->dirty[i];
        if (!vt_rect_is_empty(vt_rect_intersection(rect, other)) || waste(rect, other) == 0) {
            rect = vt_rect_union(rect, other);
            drop(coalesce, i);
            i = 0; /* it has grown: one that was passed may overlap it now */
        } else {
            i++;
        }
    }
    return rect;
}

void vt_coalesce_dirty(vt_coalesce *coalesce, vt_rect rect)
{
    if (vt_rect_is_empty(rect)) {
        return;
    }
    coalesce->stats.dirtied++;
    rect = swallow(coalesce, rect);
    while (coalesce->dirty_count == VT_COALESCE_RECTS_MAX) {
        size_t best = 0;
        for (size_t i = 1; i < coalesce->dirty_count; i++) {
            best = waste(rect, coalesce->dirty[i]) < waste(rect, coalesce->dirty[best]) ? i : best;
        }
        rect = vt_rect_union(rect, coalesce->dirty[best]);
        drop(coalesce, best);
        rect = swallow(coalesce, rect);
    }
    coalesce->dirty[coalesce->dirty_count++] = rect;
}

static int64_t left(int64_t last, int64_t interval, int64_t now)
{
    return last == 0 || now - last >= interval ? 0 : interval - (now - last);
}

int64_t vt_coalesce_wait(const vt_coalesce *coalesce, int64_t now)
{
    int64_t update = left(coalesce->updated_at, VT_COALESCE_UPDATE_NS, now);
    int64_t paint = left(coalesce->painted_at, VT_COALESCE_PAINT_NS, now);
    if (coalesce->wants_update && coalesce->dirty_count > 0) {
        return update < paint ? update : paint;
    }
    return coalesce->wants_update ? update : coalesce->dirty_count > 0 ? paint : -1;
}

vt_coalesce_work vt_coalesce_take(vt_coalesce *coalesce, int64_t now)
{
    vt_coalesce_work work = {0};
    if (coalesce->wants_update && left(coalesce->updated_at, VT_COALESCE_UPDATE_NS, now) == 0) {
        work.update = true;
        coalesce->wants_update = false;
        coalesce->updated_at = now;
        coalesce->stats.updates++;
    }
    if (coalesce->dirty_count > 0 && left(coalesce->painted_at, VT_COALESCE_PAINT_NS, now) == 0) {
        work.paint_count = coalesce->dirty_count;
        for (size_t i = 0; i < work.paint_count; i++) {
            work.paint[i] = coalesce->dirty[i];
        }
        coalesce->dirty_count = 0;
        coalesce->painted_at = now;
        coalesce->stats.paints++;
        coalesce->stats.rects_painted += work.paint_count;
    }
    return work;
}

void vt_coalesce_get_stats(const vt_coalesce *coalesce, vt_coalesce_stats *stats)
{
    *stats = coalesce->stats;
}
