/* Shares set by hand, maximised panes, and panes in windows of their own. */
#include "core/layout/tree_private.h"

#include <inttypes.h>

/* The sibling behind the divider: the next one that is shown, if there is one. */
static uint32_t shown_after(const vt_panes *panes, uint32_t node)
{
    const vt_node *nodes = panes->nodes;
    uint32_t after = nodes[node].after;
    while (after != VT_NODE_NONE && nodes[after].shown == 0) {
        after = nodes[after].after;
    }
    return after != VT_NODE_NONE ? after : nodes[node].after;
}

bool vt_panes_set_ratio(vt_panes *panes, vt_pane_id before, double ratio, vt_error *error)
{
    uint32_t node = vt_panes_node_of(panes, before);
    uint32_t after = node == VT_NODE_NONE ? VT_NODE_NONE : shown_after(panes, node);
    if (after == VT_NODE_NONE) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "there is no divider behind pane or split %" PRIu32,
                            before);
    }
    if (!(ratio > 0 && ratio < 1)) {
        return vt_error_set(error, VT_ERROR_USAGE, "a ratio of %g; it lies above 0 and below 1", ratio);
    }
    vt_node *nodes = panes->nodes;
    double both = nodes[node].share + nodes[after].share;
    nodes[node].share = both * ratio;
    nodes[after].share = both - nodes[node].share;
    vt_panes_normalise(panes, nodes[node].parent);
    vt_panes_touch(vt_panes_window_of(panes, node));
    return true;
}

bool vt_panes_even_out(vt_panes *panes, vt_pane_id child, vt_error *error)
{
    uint32_t node = vt_panes_node_of(panes, child);
    if (node == VT_NODE_NONE || panes->nodes[node].parent == VT_NODE_NONE) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "pane or split %" PRIu32 " has no siblings", child);
    }
    uint32_t split = panes->nodes[node].parent;
    for (uint32_t i = panes->nodes[split].first; i != VT_NODE_NONE; i = panes->nodes[i].after) {
        panes->nodes[i].share = 1; /* brought to a sum of 1 with the others */
    }
    vt_panes_normalise(panes, split);
    vt_panes_touch(vt_panes_window_of(panes, node));
    return true;
}

bool vt_panes_maximise(vt_panes *panes, vt_pane_id pane, vt_error *error)
{
    uint32_t node = vt_panes_pane_of(panes, pane, error);
    if (node == VT_NODE_NONE) {
        return false;
    }
    if (panes->nodes[node].shown == 0) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "pane %" PRIu32 " is in a collapsed group; expand that first", pane);
    }
    vt_panes_window_record *window = vt_panes_window_of(panes, node);
    window->seen.maximised = pane;
    vt_panes_touch(window);
    return true;
}

bool vt_panes_restore(vt_panes *panes, vt_pane_id window)
{
    vt_panes_window_record *found = vt_panes_window_by_id(panes, window);
    if (!found || found->seen.maximised == 0) {
        return false;
    }
    found->seen.maximised = 0;
    vt_panes_touch(found);
    return true;
}

bool vt_panes_place_window(vt_panes *panes, vt_pane_id window, vt_rect place, bool full)
{
    vt_panes_window_record *found = vt_panes_window_by_id(panes, window);
    if (found) {
        found->seen.place = place;
        found->seen.full = full;
    }
    return found != NULL;
}

/* Where a pane would have to be put to be where it is. */
static vt_pane_home home_of(const vt_panes *panes, uint32_t node)
{
    const vt_node *nodes = panes->nodes;
    uint32_t heir = vt_panes_heir_of(panes, node);
    bool horizontal = nodes[nodes[node].parent].axis == VT_PANE_HORIZONTAL;
    bool behind = nodes[node].before == heir;
    return (vt_pane_home){.beside = nodes[heir].pane.id,
                          .side = horizontal ? (behind ? VT_PANE_RIGHT : VT_PANE_LEFT)
                                             : (behind ? VT_PANE_BELOW : VT_PANE_ABOVE),
                          .share = nodes[node].share / (nodes[node].share + nodes[heir].share)};
}

bool vt_panes_detach(vt_panes *panes, vt_pane_id pane, vt_rect place, vt_pane_id *window, vt_error *error)
{
    uint32_t node = vt_panes_pane_of(panes, pane, error);
    if (node == VT_NODE_NONE) {
        return false;
    }
    if (panes->nodes[node].parent == VT_NODE_NONE) {
        return vt_error_set(error, VT_ERROR_USAGE, "pane %" PRIu32 " has a window of its own already", pane);
    }
    if (panes->window_count == VT_PANES_WINDOWS_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "there are %d windows already; close some",
                            VT_PANES_WINDOWS_MAX);
    }
    vt_panes_window_record *from = vt_panes_window_of(panes, node);
    vt_pane_home home = home_of(panes, node);
    vt_panes_take_out(panes, node);
    panes->nodes[node].pane.home = home;
    panes->nodes[node].share = 1;
    panes->nodes[node].room_after = false;
    from->seen.maximised = 0;
    vt_panes_touch(from);
    vt_panes_window_record *own = vt_panes_add_window(panes, 0, node);
    own->seen.place = place;
    if (window) {
        *window = own->seen.id;
    }
    vt_panes_ensure_shown(panes, from);
    vt_panes_ensure_shown(panes, own);
    return true;
}

bool vt_panes_attach(vt_panes *panes, vt_pane_id pane, vt_error *error)
{
    uint32_t node = vt_panes_pane_of(panes, pane, error);
    if (node == VT_NODE_NONE) {
        return false;
    }
    vt_panes_window_record *own = vt_panes_window_of(panes, node);
    if (own == &panes->windows[0]) {
        return vt_error_set(error, VT_ERROR_USAGE, "pane %" PRIu32 " is in the main window already", pane);
    }
    vt_pane_home home = panes->nodes[node].pane.home;
    uint32_t beside = vt_panes_node_of(panes, home.beside);
    bool known = beside != VT_NODE_NONE && vt_panes_window_of(panes, beside) != own;
    if (!known) {
        home = (vt_pane_home){.side = VT_PANE_RIGHT};
        beside = panes->windows[0].root;
    }
    if (!vt_panes_depth_allows(panes, beside, home.side, error) || !vt_panes_reserve(panes, 1, error)) {
        return false;
    }
    vt_panes_window_record *to = vt_panes_window_of(panes, beside);
    vt_panes_take_out(panes, node);
    vt_panes_insert(panes, node, beside, home.side, home.share);
    panes->nodes[node].pane.home = (vt_pane_home){0};
    to->seen.maximised = 0;
    vt_panes_touch(to);
    if (own->root == VT_NODE_NONE) {
        vt_panes_drop_window(panes, own);
    } else {
        own->seen.maximised = 0;
        vt_panes_touch(own);
        vt_panes_ensure_shown(panes, own);
    }
    return true;
}
