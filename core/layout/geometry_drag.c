/* Moving dividers: how far they may go, and which shares make them stand at a pixel. */
#include "core/layout/geometry_private.h"

#include <inttypes.h>
#include <math.h>

/* The pixels a node needs along an axis so that no pane in it gets less than `least`, as shares are. */
static double need_of(const vt_geometry *geometry, const vt_panes *panes, uint32_t node, vt_pane_axis axis)
{
    const vt_node *nodes = panes->nodes;
    if (!vt_panes_is_split(panes, node)) {
        return geometry->style.least;
    }
    int count = 0;
    double most = 0, sum = vt_geometry_shown_shares(panes, node, &count);
    bool along = nodes[node].axis == axis;
    for (uint32_t i = nodes[node].first; i != VT_NODE_NONE; i = nodes[i].after) {
        if (nodes[i].shown > 0) {
            double need = need_of(geometry, panes, i, axis) / (along ? nodes[i].share / sum : 1);
            most = need > most ? need : most;
        }
    }
    /* One pixel more for each, which rounding may take. */
    return along ? most + count + geometry->style.divider * (count - 1) : most;
}

/* A divider and the pixels it may stand at: the first pixel behind the child before it. */
typedef struct slider {
    uint32_t before, after;
    int begin;   /* of the child before */
    int length;  /* of both, without the divider */
    double unit; /* share of a pixel */
    int64_t low, high;
} slider;

static bool find_slider(const vt_geometry *geometry, const vt_geometry_entry *entry, vt_panes *panes,
                        const vt_divider_place *divider, slider *found, vt_error *error)
{
    uint32_t before = vt_panes_node_of(panes, divider->before);
    uint32_t after = vt_panes_node_of(panes, divider->after);
    if (before == VT_NODE_NONE || after == VT_NODE_NONE || panes->nodes[before].parent == VT_NODE_NONE ||
        panes->nodes[before].parent != panes->nodes[after].parent || panes->nodes[before].shown == 0 ||
        panes->nodes[after].shown == 0 || vt_panes_window_of(panes, before)->seen.id != entry->map.window) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND,
                            "the divider between %" PRIu32 " and %" PRIu32 " is gone", divider->before,
                            divider->after);
    }
    uint32_t split = panes->nodes[before].parent;
    vt_pane_axis axis = panes->nodes[split].axis;
    bool horizontal = axis == VT_PANE_HORIZONTAL;
    int count = 0, whole = horizontal ? entry->rects[split].width : entry->rects[split].height;
    double sum = vt_geometry_shown_shares(panes, split, &count);
    int room = whole - vt_geometry_divider(&geometry->style, count, whole) * (count - 1);
    vt_rect one = entry->rects[before], other = entry->rects[after];
    int first = horizontal ? one.width : one.height, second = horizontal ? other.width : other.height;
    double need = ceil(need_of(geometry, panes, before, axis));
    double need_after = ceil(need_of(geometry, panes, after, axis));
    *found = (slider){.before = before, .after = after, .begin = horizontal ? one.x : one.y};
    found->length = first + second;
    found->unit = room > 0 ? sum / room : 0;
    found->low = found->begin + (int64_t)(need < first ? need : first);
    found->high = found->begin + found->length - (int64_t)(need_after < second ? need_after : second);
    return true;
}

/* Each sibling gets the share of just the pixels it has: so a divider stands where it was put, and no other
   one moves by a pixel of rounding. */
static void place(const vt_geometry_entry *entry, vt_panes *panes, const slider *slider, int64_t at)
{
    vt_node *nodes = panes->nodes;
    uint32_t split = nodes[slider->before].parent;
    bool horizontal = nodes[split].axis == VT_PANE_HORIZONTAL;
    for (uint32_t i = nodes[split].first; i != VT_NODE_NONE; i = nodes[i].after) {
        int64_t size = horizontal ? entry->rects[i].width : entry->rects[i].height;
        if (i == slider->before) {
            size = at - slider->begin;
        } else if (i == slider->after) {
            size = slider->begin + slider->length - at;
        }
        bool resized = i == slider->before || i == slider->after;
        if (nodes[i].shown > 0 && (size > 0 || resized)) {
            nodes[i].share = (double)size * slider->unit;
        }
    }
    vt_panes_normalise(panes, split);
}

/* All dividers of one axis to the same pixel, as far as all of them may. */
static bool move_axis(const vt_geometry_entry *entry, vt_panes *panes, const vt_hit *hit,
                      const slider sliders[], vt_pane_axis axis, int by)
{
    int64_t low = INT32_MIN, high = INT32_MAX, at = 0;
    bool any = false;
    for (size_t i = 0; i < hit->divider_count; i++) {
        if (hit->dividers[i].axis == axis) {
            low = sliders[i].low > low ? sliders[i].low : low;
            high = sliders[i].high < high ? sliders[i].high : high;
            const vt_rect *rect = &hit->dividers[i].rect;
            at = any ? at : (int64_t)(axis == VT_PANE_HORIZONTAL ? rect->x : rect->y) + by;
            any = true;
        }
    }
    if (!any || low > high) {
        return false;
    }
    at = at < low ? low : at > high ? high : at;
    for (size_t i = 0; i < hit->divider_count; i++) {
        if (hit->dividers[i].axis == axis && sliders[i].unit > 0) {
            place(entry, panes, &sliders[i], at);
        }
    }
    return true;
}

bool vt_geometry_drag(vt_geometry *geometry, vt_panes *panes, vt_rect area, const vt_hit *hit, int dx, int dy,
                      vt_error *error)
{
    uint32_t node = hit->divider_count ? vt_panes_node_of(panes, hit->dividers[0].before) : VT_NODE_NONE;
    if (node == VT_NODE_NONE) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "there is no divider to be dragged");
    }
    vt_panes_window_record *window = vt_panes_window_of(panes, node);
    if (window->seen.maximised) {
        return vt_error_set(error, VT_ERROR_USAGE, "dividers do not move while a pane is maximised");
    }
    const vt_geometry_entry *entry = vt_geometry_find(geometry, panes, window->seen.id, area, error);
    slider sliders[VT_HIT_DIVIDERS_MAX] = {{0}};
    for (size_t i = 0; entry && i < hit->divider_count; i++) {
        if (!find_slider(geometry, entry, panes, &hit->dividers[i], &sliders[i], error)) {
            return false;
        }
    }
    if (!entry) {
        return false;
    }
    bool upright = move_axis(entry, panes, hit, sliders, VT_PANE_HORIZONTAL, dx);
    bool level = move_axis(entry, panes, hit, sliders, VT_PANE_VERTICAL, dy);
    if (upright || level) {
        vt_panes_touch(window);
    }
    return true;
}
