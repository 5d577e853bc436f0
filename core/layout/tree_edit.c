/* Splitting, closing, moving: how nodes are linked and what share each gets. */
#include "core/layout/tree_private.h"

#include <inttypes.h>
#include <string.h>

vt_pane_axis vt_panes_axis_of_side(vt_pane_side side)
{
    return side == VT_PANE_LEFT || side == VT_PANE_RIGHT ? VT_PANE_HORIZONTAL : VT_PANE_VERTICAL;
}

static bool is_behind(vt_pane_side side)
{
    return side == VT_PANE_RIGHT || side == VT_PANE_BELOW;
}

/* ---- links ---- */

/* Between `before` (none: at the beginning) and what follows it. */
void vt_panes_link_after(vt_panes *panes, uint32_t node, uint32_t parent, uint32_t before)
{
    vt_node *nodes = panes->nodes;
    uint32_t after = before == VT_NODE_NONE ? nodes[parent].first : nodes[before].after;
    nodes[node].parent = parent;
    nodes[node].before = before;
    nodes[node].after = after;
    *(before == VT_NODE_NONE ? &nodes[parent].first : &nodes[before].after) = node;
    *(after == VT_NODE_NONE ? &nodes[parent].last : &nodes[after].before) = node;
}

static void unlink_node(vt_panes *panes, uint32_t node)
{
    vt_node *nodes = panes->nodes;
    vt_node *gone = &nodes[node];
    *(gone->before == VT_NODE_NONE ? &nodes[gone->parent].first : &nodes[gone->before].after) = gone->after;
    *(gone->after == VT_NODE_NONE ? &nodes[gone->parent].last : &nodes[gone->after].before) = gone->before;
    gone->parent = gone->before = gone->after = VT_NODE_NONE;
}

/* Puts `other`, which is linked nowhere, where `node` is; that is linked nowhere then. */
static void take_place(vt_panes *panes, uint32_t node, uint32_t other)
{
    vt_node *nodes = panes->nodes;
    nodes[other].share = nodes[node].share;
    nodes[other].room_after = nodes[node].room_after;
    uint32_t parent = nodes[node].parent, before = nodes[node].before;
    if (parent == VT_NODE_NONE) {
        vt_panes_window_of(panes, node)->root = other;
        nodes[other].parent = VT_NODE_NONE;
        return;
    }
    unlink_node(panes, node);
    vt_panes_link_after(panes, other, parent, before);
}

void vt_panes_count_shown(vt_panes *panes, uint32_t node, int32_t difference)
{
    for (; node != VT_NODE_NONE; node = panes->nodes[node].parent) {
        panes->nodes[node].shown += (uint32_t)difference;
    }
}

/* Divides the shares of children by their sum. What is right but for the last bits stays, so that a layout
   that is saved and restored is the same. */
static void bring_to_one(vt_panes *panes, uint32_t split)
{
    double sum = 0;
    vt_node *nodes = panes->nodes;
    for (uint32_t i = nodes[split].first; i != VT_NODE_NONE; i = nodes[i].after) {
        sum += nodes[i].share;
    }
    bool right = sum > 1 - 1e-12 && sum < 1 + 1e-12;
    for (uint32_t i = nodes[split].first; !right && i != VT_NODE_NONE; i = nodes[i].after) {
        nodes[i].share /= sum;
    }
}

void vt_panes_normalise(vt_panes *panes, uint32_t split)
{
    vt_node *nodes = panes->nodes;
    bring_to_one(panes, split);
    for (uint32_t i = nodes[split].first; i != VT_NODE_NONE; i = nodes[i].after) {
        /* Half of it, since dividing again leaves a little less than what is set here. */
        if (!(nodes[i].share >= VT_PANES_SHARE_MIN / 2)) {
            nodes[i].share = VT_PANES_SHARE_MIN;
        }
    }
    bring_to_one(panes, split);
}

void vt_panes_merge(vt_panes *panes, uint32_t split)
{
    vt_node *nodes = panes->nodes;
    uint32_t parent = nodes[split].parent;
    if (!vt_panes_is_split(panes, split) || parent == VT_NODE_NONE ||
        nodes[parent].axis != nodes[split].axis) {
        return;
    }
    uint32_t before = split, child = nodes[split].first;
    while (child != VT_NODE_NONE) {
        uint32_t next = nodes[child].after;
        nodes[child].share *= nodes[split].share;
        vt_panes_link_after(panes, child, parent, before);
        before = child;
        child = next;
    }
    unlink_node(panes, split);
    vt_panes_drop_node(panes, split);
    vt_panes_normalise(panes, parent);
}

/* A split with one child is none. */
static void dissolve(vt_panes *panes, uint32_t split)
{
    uint32_t child = panes->nodes[split].first;
    unlink_node(panes, child);
    take_place(panes, split, child);
    vt_panes_drop_node(panes, split);
    vt_panes_merge(panes, child);
}

uint32_t vt_panes_heir_of(const vt_panes *panes, uint32_t node)
{
    const vt_node *nodes = panes->nodes, *gone = &nodes[node];
    uint32_t origin = gone->room_after ? gone->after : gone->before;
    uint32_t other = gone->room_after ? gone->before : gone->after;
    if (origin == VT_NODE_NONE ||
        (other != VT_NODE_NONE && nodes[origin].shown == 0 && nodes[other].shown > 0)) {
        return other;
    }
    return origin;
}

void vt_panes_take_out(vt_panes *panes, uint32_t node)
{
    vt_node *nodes = panes->nodes;
    uint32_t parent = nodes[node].parent, heir = vt_panes_heir_of(panes, node);
    if (parent == VT_NODE_NONE) {
        vt_panes_window_of(panes, node)->root = VT_NODE_NONE;
        return;
    }
    vt_panes_count_shown(panes, parent, -(int32_t)nodes[node].shown);
    nodes[heir].share += nodes[node].share;
    unlink_node(panes, node);
    if (nodes[parent].first == nodes[parent].last) {
        dissolve(panes, parent);
    } else {
        vt_panes_normalise(panes, parent);
    }
}

/* At the beginning or end of a split: each of its children gives up some of its room. */
static void insert_at_end(vt_panes *panes, uint32_t node, uint32_t split, bool behind, double share)
{
    vt_node *nodes = panes->nodes;
    unsigned count = 0;
    for (uint32_t i = nodes[split].first; i != VT_NODE_NONE; i = nodes[i].after) {
        count++;
    }
    share = share > 0 ? share : 1.0 / (count + 1);
    for (uint32_t i = nodes[split].first; i != VT_NODE_NONE; i = nodes[i].after) {
        nodes[i].share *= 1 - share;
    }
    nodes[node].share = share;
    nodes[node].room_after = !behind;
    vt_panes_link_after(panes, node, split, behind ? nodes[split].last : VT_NODE_NONE);
    vt_panes_count_shown(panes, split, (int32_t)nodes[node].shown);
    vt_panes_normalise(panes, split);
}

/* A new split in the place of `target`, with it as its one child. */
static uint32_t wrap(vt_panes *panes, uint32_t target, vt_pane_axis axis)
{
    uint32_t split = vt_panes_add_node(panes, 0, NULL);
    vt_node *nodes = panes->nodes;
    nodes[split].axis = axis;
    nodes[split].shown = nodes[target].shown;
    take_place(panes, target, split);
    nodes[target].share = 1;
    nodes[target].room_after = false;
    vt_panes_link_after(panes, target, split, VT_NODE_NONE);
    return split;
}

void vt_panes_insert(vt_panes *panes, uint32_t node, uint32_t target, vt_pane_side side, double share)
{
    vt_pane_axis axis = vt_panes_axis_of_side(side);
    bool behind = is_behind(side);
    if (vt_panes_is_split(panes, target) && panes->nodes[target].axis == axis) {
        insert_at_end(panes, node, target, behind, share);
        return;
    }
    uint32_t parent = panes->nodes[target].parent;
    if (parent == VT_NODE_NONE || panes->nodes[parent].axis != axis) {
        parent = wrap(panes, target, axis);
    }
    vt_node *nodes = panes->nodes;
    nodes[node].share = nodes[target].share * (share > 0 ? share : 0.5);
    nodes[target].share -= nodes[node].share;
    nodes[node].room_after = !behind;
    vt_panes_link_after(panes, node, parent, behind ? target : nodes[target].before);
    vt_panes_count_shown(panes, parent, (int32_t)nodes[node].shown);
    vt_panes_normalise(panes, parent);
}

void vt_panes_ensure_shown(vt_panes *panes, vt_panes_window_record *window)
{
    while (panes->nodes[window->root].shown == 0) {
        uint32_t pane = vt_panes_first_leaf(panes, window->root);
        vt_panes_expand(panes, vt_panes_group_by_id(panes, panes->nodes[pane].pane.group));
    }
}

/* ---- what callers ask for ---- */

static unsigned height_of(const vt_panes *panes, uint32_t node)
{
    unsigned height = 0;
    for (uint32_t i = panes->nodes[node].first; i != VT_NODE_NONE; i = panes->nodes[i].after) {
        unsigned below = height_of(panes, i) + 1;
        height = below > height ? below : height;
    }
    return height;
}

bool vt_panes_depth_allows(const vt_panes *panes, uint32_t target, vt_pane_side side, vt_error *error)
{
    vt_pane_axis axis = vt_panes_axis_of_side(side);
    uint32_t parent = panes->nodes[target].parent;
    bool wraps = !(vt_panes_is_split(panes, target) && panes->nodes[target].axis == axis) &&
                 (parent == VT_NODE_NONE || panes->nodes[parent].axis != axis);
    if (wraps && vt_panes_depth_of(panes, target) + 1 + height_of(panes, target) > VT_PANES_DEPTH_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "panes are nested %d deep here already; split another one",
                            VT_PANES_DEPTH_MAX);
    }
    return true;
}

static bool no_such(vt_pane_id id, vt_error *error)
{
    return vt_error_set(error, VT_ERROR_NOT_FOUND, "there is no pane or split %" PRIu32 " any more", id);
}

/* The tree of a window has changed: no pane hides the others any more. */
static void changed(vt_panes_window_record *window)
{
    window->seen.maximised = 0;
    vt_panes_touch(window);
}

bool vt_panes_split(vt_panes *panes, vt_pane_id target, vt_pane_side side, const char *provider,
                    vt_pane_id *pane, vt_error *error)
{
    uint32_t beside = vt_panes_node_of(panes, target);
    if (beside == VT_NODE_NONE) {
        return no_such(target, error);
    }
    if (side >= VT_PANE_CENTRE) {
        return vt_error_set(error, VT_ERROR_USAGE, "a pane is split at one of its four sides");
    }
    if (panes->pane_count == VT_PANES_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "there are %d panes already; close some", VT_PANES_MAX);
    }
    if (!vt_panes_depth_allows(panes, beside, side, error)) {
        return false;
    }
    vt_pane_text *text = vt_panes_provider_create(provider, strlen(provider), error);
    if (!text || !vt_panes_reserve(panes, 2, error)) {
        vt_pane_text_release(text);
        return false;
    }
    changed(vt_panes_window_of(panes, beside));
    uint32_t node = vt_panes_add_node(panes, 0, text);
    vt_panes_insert(panes, node, beside, side, 0);
    if (pane) {
        *pane = panes->nodes[node].pane.id;
    }
    return true;
}

/* After a pane was taken out of a window: an empty one goes. */
static void leave_window(vt_panes *panes, vt_panes_window_record *window)
{
    if (window->root == VT_NODE_NONE) {
        vt_panes_drop_window(panes, window);
    } else {
        changed(window);
        vt_panes_ensure_shown(panes, window);
    }
}

static bool may_leave(vt_panes *panes, uint32_t node, vt_error *error)
{
    if (panes->windows[0].root == node) {
        return vt_error_set(error, VT_ERROR_USAGE, "the last pane of the main window stays");
    }
    return true;
}

bool vt_panes_close(vt_panes *panes, vt_pane_id pane, vt_error *error)
{
    uint32_t node = vt_panes_pane_of(panes, pane, error);
    if (node == VT_NODE_NONE || !may_leave(panes, node, error)) {
        return false;
    }
    vt_panes_window_record *window = vt_panes_window_of(panes, node);
    vt_panes_take_out(panes, node);
    vt_panes_drop_node(panes, node);
    leave_window(panes, window);
    return true;
}

bool vt_panes_swap(vt_panes *panes, vt_pane_id a, vt_pane_id b, vt_error *error)
{
    uint32_t first = vt_panes_pane_of(panes, a, error);
    uint32_t second = first == VT_NODE_NONE ? VT_NODE_NONE : vt_panes_pane_of(panes, b, error);
    if (second == VT_NODE_NONE) {
        return false;
    }
    if (first == second) {
        return vt_error_set(error, VT_ERROR_USAGE, "a pane cannot change places with itself");
    }
    vt_node *nodes = panes->nodes;
    vt_pane_content kept = nodes[first].pane;
    nodes[first].pane = nodes[second].pane;
    nodes[second].pane = kept;
    nodes[first].pane.home = nodes[second].pane.home = (vt_pane_home){0};
    vt_id_map_put(&panes->ids, a, second);
    vt_id_map_put(&panes->ids, b, first);
    int32_t difference = (int32_t)nodes[second].shown - (int32_t)nodes[first].shown;
    vt_panes_count_shown(panes, first, difference);
    vt_panes_count_shown(panes, second, -difference);
    vt_panes_window_record *one = vt_panes_window_of(panes, first),
                           *other = vt_panes_window_of(panes, second);
    changed(one);
    changed(other);
    vt_panes_ensure_shown(panes, one);
    vt_panes_ensure_shown(panes, other);
    return true;
}

/* A pane moves beside its only sibling: their split turns round, or they change order. The split itself may
   merge with what is above it, the sibling with the split. */
static void turn_round(vt_panes *panes, uint32_t node, uint32_t sibling, vt_pane_side side)
{
    vt_node *nodes = panes->nodes;
    uint32_t split = nodes[node].parent;
    vt_pane_axis axis = vt_panes_axis_of_side(side);
    unsigned count = 1;
    if (vt_panes_is_split(panes, sibling) && nodes[sibling].axis == axis) {
        for (uint32_t i = nodes[sibling].first; i != nodes[sibling].last; i = nodes[i].after) {
            count++;
        }
    }
    unlink_node(panes, node);
    nodes[split].axis = axis;
    nodes[node].share = 1.0 / (count + 1);
    nodes[sibling].share = 1 - nodes[node].share;
    nodes[sibling].room_after = false;
    nodes[node].room_after = !is_behind(side);
    vt_panes_link_after(panes, node, split, is_behind(side) ? sibling : VT_NODE_NONE);
    vt_panes_merge(panes, sibling);
    vt_panes_merge(panes, split);
}

static bool is_only_sibling_or_parent(const vt_panes *panes, uint32_t node, uint32_t target)
{
    uint32_t parent = panes->nodes[node].parent;
    if (parent == VT_NODE_NONE) {
        return false;
    }
    uint32_t first = panes->nodes[parent].first, last = panes->nodes[parent].last;
    return panes->nodes[first].after == last && (target == parent || target == first || target == last);
}

bool vt_panes_move(vt_panes *panes, vt_pane_id pane, vt_pane_id target, vt_pane_side side, vt_error *error)
{
    if (side == VT_PANE_CENTRE) {
        return vt_panes_swap(panes, pane, target, error);
    }
    uint32_t node = vt_panes_pane_of(panes, pane, error);
    uint32_t beside = vt_panes_node_of(panes, target);
    if (node == VT_NODE_NONE) {
        return false;
    }
    if (beside == VT_NODE_NONE) {
        return no_such(target, error);
    }
    if (node == beside || side > VT_PANE_CENTRE) {
        return vt_error_set(error, VT_ERROR_USAGE, "a pane is moved to one of the four sides of another");
    }
    if (!may_leave(panes, node, error) || !vt_panes_depth_allows(panes, beside, side, error) ||
        !vt_panes_reserve(panes, 1, error)) {
        return false;
    }
    vt_panes_window_record *from = vt_panes_window_of(panes, node), *to = vt_panes_window_of(panes, beside);
    panes->nodes[node].pane.home = (vt_pane_home){0};
    changed(to);
    if (is_only_sibling_or_parent(panes, node, beside)) {
        uint32_t parent = panes->nodes[node].parent;
        uint32_t first = panes->nodes[parent].first;
        turn_round(panes, node, first == node ? panes->nodes[parent].last : first, side);
        return true;
    }
    vt_panes_take_out(panes, node);
    vt_panes_insert(panes, node, beside, side, 0);
    if (from != to) {
        leave_window(panes, from);
    }
    return true;
}
