/* Whether a layout is what tree.h says it is: each rule in its own words. */
#include "core/layout/tree_private.h"

#include <inttypes.h>
#include <math.h>

typedef struct check_state {
    const vt_panes *panes;
    uint32_t nodes, leaves; /* seen */
    vt_error *error;
} check_state;

static bool wrong(const check_state *state, vt_pane_id id, const char *what)
{
    return vt_error_set(state->error, VT_ERROR_INTERNAL, "the layout is broken at %" PRIu32 ": %s", id, what);
}

static bool check_pane(const check_state *state, const vt_node *node)
{
    const vt_panes *panes = state->panes;
    const vt_panes_group_record *group = vt_panes_group_by_id(panes, node->pane.group);
    if (node->pane.group != 0 && !group) {
        return wrong(state, node->pane.id, "its group does not exist");
    }
    if (node->shown != !(group && group->collapsed)) {
        return wrong(state, node->pane.id,
                     "it is shown though its group is collapsed, or not though it is not");
    }
    if (node->first != VT_NODE_NONE || node->last != VT_NODE_NONE) {
        return wrong(state, node->pane.id, "a pane has children");
    }
    return node->pane.link <= VT_PANES_LINKS_MAX ||
           wrong(state, node->pane.id, "its link is no number of one");
}

static bool check_node(check_state *state, uint32_t at, unsigned depth);

static bool check_children(check_state *state, uint32_t at, unsigned depth)
{
    const vt_node *nodes = state->panes->nodes, *split = &nodes[at];
    uint32_t before = VT_NODE_NONE, count = 0, shown = 0;
    double sum = 0;
    for (uint32_t i = split->first; i != VT_NODE_NONE; before = i, i = nodes[i].after) {
        const vt_node *child = &nodes[i];
        if (child->parent != at || child->before != before) {
            return wrong(state, child->pane.id, "its links do not agree");
        }
        if (!(child->share > 0) || !(child->share < 1)) {
            return wrong(state, child->pane.id, "its share does not lie between 0 and 1");
        }
        if (!child->pane.provider && child->axis == split->axis) {
            return wrong(state, child->pane.id, "it is split as its parent is");
        }
        if (!check_node(state, i, depth + 1)) {
            return false;
        }
        sum += child->share;
        shown += child->shown;
        count++;
    }
    if (split->last != before || count < 2) {
        return wrong(state, split->pane.id, "a split with fewer than two children");
    }
    if (fabs(sum - 1) > 1e-9) {
        return wrong(state, split->pane.id, "the shares of its children do not sum to 1");
    }
    return shown == split->shown || wrong(state, split->pane.id, "its panes that are shown are miscounted");
}

static bool check_node(check_state *state, uint32_t at, unsigned depth)
{
    const vt_panes *panes = state->panes;
    const vt_node *node = &panes->nodes[at];
    if (node->pane.id == 0 || node->pane.id >= panes->next_id ||
        vt_panes_node_of(panes, node->pane.id) != at) {
        return wrong(state, node->pane.id, "its id leads elsewhere, or will be given out again");
    }
    if (depth > VT_PANES_DEPTH_MAX || ++state->nodes > panes->used) {
        return wrong(state, node->pane.id, "it is nested too deep, or within itself");
    }
    state->leaves += node->pane.provider != NULL;
    return node->pane.provider ? check_pane(state, node) : check_children(state, at, depth);
}

static bool check_window(check_state *state, const vt_panes_window_record *window)
{
    const vt_panes *panes = state->panes;
    const vt_panes_window *seen = &window->seen;
    if (window->root == VT_NODE_NONE || panes->nodes[window->root].parent != VT_NODE_NONE) {
        return wrong(state, seen->id, "a window without a root");
    }
    if (seen->id == 0 || seen->id >= panes->next_id || vt_panes_node_of(panes, seen->id) != VT_NODE_NONE ||
        vt_panes_window_by_id(panes, seen->id) != window) {
        return wrong(state, seen->id, "the id of a window is used twice");
    }
    if (!check_node(state, window->root, 0)) {
        return false;
    }
    if (panes->nodes[window->root].shown == 0) {
        return wrong(state, seen->id, "a window that shows nothing");
    }
    uint32_t large = seen->maximised ? vt_panes_node_of(panes, seen->maximised) : window->root;
    if (large == VT_NODE_NONE || panes->nodes[large].shown == 0 ||
        vt_panes_root_of(panes, large) != window->root) {
        return wrong(state, seen->id, "its maximised pane is not shown in it");
    }
    return true;
}

bool vt_panes_check(const vt_panes *panes, vt_error *error)
{
    check_state state = {.panes = panes, .error = error};
    if (panes->window_count == 0) {
        return wrong(&state, 0, "there is no main window");
    }
    for (size_t i = 0; i < panes->window_count; i++) {
        if (!check_window(&state, &panes->windows[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < panes->group_count; i++) {
        vt_pane_id id = panes->groups[i].id;
        if (id == 0 || id >= panes->next_id || vt_panes_group_by_id(panes, id) != &panes->groups[i]) {
            return wrong(&state, id, "the id of a group is used twice");
        }
    }
    if (state.leaves != panes->pane_count || state.nodes != panes->used - panes->free_count ||
        state.nodes != panes->ids.count) {
        return wrong(&state, 0, "nodes that belong to no window");
    }
    return true;
}
