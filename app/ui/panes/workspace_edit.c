#include "app/ui/panes/workspace_edit.h"

#include "app/ui/panes/workspace_private.h"

/* What was done is kept and shown; what could not be is said. */
static bool settle(vt_workspace_view *view, bool done, const vt_error *error)
{
    if (done) {
        vt_workspace_edited(view);
    } else {
        vt_workspace_say_error(view, error);
    }
    return done;
}

static bool focused_node(vt_workspace_view *view, vt_panes_node *node)
{
    return view->panes && vt_panes_find(view->panes, view->focused, node);
}

/* The pane is seen and has the keyboard once this returns. */
static void go_to(vt_workspace_view *view, vt_pane_id pane)
{
    vt_workspace_update(view);
    vt_workspace_set_focused(view, pane, true);
}

/* ---- making and closing ---- */

void vt_workspace_split(vt_workspace_view *view, vt_pane_side side)
{
    vt_error error = VT_ERROR_INIT;
    vt_pane_id pane = 0;
    if (view->panes &&
        settle(view, vt_panes_split(view->panes, view->focused, side, VT_PANE_CHOOSE, &pane, &error),
               &error)) {
        go_to(view, pane);
    }
}

/* The keyboard goes to a neighbour. */
void vt_workspace_close_pane(vt_workspace_view *view)
{
    vt_panes_node node;
    vt_error error = VT_ERROR_INIT;
    if (!focused_node(view, &node)) {
        return;
    }
    vt_pane_id heir = 0;
    const vt_geometry_map *map = vt_workspace_map(view, node.window);
    for (int side = VT_PANE_LEFT; map && !heir && side < VT_PANE_CENTRE; side++) {
        heir = vt_geometry_neighbour(map, node.id, (vt_pane_side)side);
    }
    bool last = vt_panes_pane_count(view->panes) == 1;
    bool done = last ? vt_panes_set_provider(view->panes, node.id, VT_PANE_CHOOSE, &error)
                     : vt_panes_close(view->panes, node.id, &error);
    vt_log_write(&view->context.log, VT_LOG_DEBUG, "panes: closed pane=%u done=%d last=%d", node.id, done,
                 last);
    if (settle(view, done, &error)) {
        go_to(view, last ? node.id : heir ? heir : vt_panes_next_pane(view->panes, 0));
    }
}

void vt_workspace_set_provider(vt_workspace_view *view, vt_pane_id pane, const char *provider)
{
    vt_error error = VT_ERROR_INIT;
    if (view->panes) {
        bool done = vt_panes_set_provider(view->panes, pane, provider, &error) &&
                    vt_panes_set_state(view->panes, pane, NULL, 0, &error);
        settle(view, done, &error);
    }
}

void vt_workspace_choose(vt_workspace_view *view)
{
    vt_workspace_set_provider(view, view->focused, VT_PANE_CHOOSE);
}

/* ---- large, and apart ---- */

bool vt_workspace_is_maximised(vt_workspace_view *view)
{
    vt_panes_node node;
    vt_panes_window window;
    return focused_node(view, &node) && vt_panes_find_window(view->panes, node.window, &window) &&
           window.maximised == node.id;
}

void vt_workspace_turn_maximised(vt_workspace_view *view)
{
    vt_panes_node node;
    vt_error error = VT_ERROR_INIT;
    if (!focused_node(view, &node)) {
        return;
    }
    bool back = vt_workspace_is_maximised(view);
    bool done =
        back ? vt_panes_restore(view->panes, node.window) : vt_panes_maximise(view->panes, node.id, &error);
    vt_log_write(&view->context.log, VT_LOG_DEBUG, "panes: maximised pane=%u on=%d", node.id, !back && done);
    if (settle(view, done, &error)) {
        go_to(view, node.id);
    }
}

bool vt_workspace_has_window(vt_workspace_view *view)
{
    vt_panes_node node;
    vt_panes_window main;
    return focused_node(view, &node) && vt_panes_window_at(view->panes, 0, &main) && node.window != main.id;
}

void vt_workspace_turn_window(vt_workspace_view *view)
{
    vt_panes_node node;
    vt_error error = VT_ERROR_INIT;
    const vt_pane_record *record = vt_workspace_record(view, view->focused);
    if (!record || !focused_node(view, &node)) {
        return;
    }
    bool back = vt_workspace_has_window(view);
    vt_pane_surface *surface = vt_workspace_surface(view, node.window);
    QPoint at = {record->rect.x, record->rect.y};
    if (surface) {
        at = q_widget_map_to_global_point(vt_pane_surface_widget(surface), &at);
    }
    vt_rect place = {at.xp, at.yp, record->rect.width, record->rect.height};
    bool done = back ? vt_panes_attach(view->panes, node.id, &error)
                     : vt_panes_detach(view->panes, node.id, place, &(vt_pane_id){0}, &error);
    vt_log_write(&view->context.log, VT_LOG_DEBUG, "panes: own window pane=%u on=%d", node.id, !back && done);
    if (settle(view, done, &error)) {
        go_to(view, node.id);
    }
}

/* ---- among the others ---- */

static vt_pane_id neighbour(vt_workspace_view *view, const vt_panes_node *node, vt_pane_side direction)
{
    const vt_geometry_map *map = vt_workspace_map(view, node->window);
    return map ? vt_geometry_neighbour(map, node->id, direction) : 0;
}

void vt_workspace_focus_neighbour(vt_workspace_view *view, vt_pane_side direction)
{
    vt_panes_node node;
    vt_pane_id other = focused_node(view, &node) ? neighbour(view, &node, direction) : 0;
    if (other) {
        vt_workspace_set_focused(view, other, true);
    }
}

void vt_workspace_move(vt_workspace_view *view, vt_pane_side direction)
{
    vt_panes_node node;
    vt_panes_window window;
    vt_error error = VT_ERROR_INIT;
    if (!focused_node(view, &node) || !vt_panes_find_window(view->panes, node.window, &window) ||
        window.root == node.id) {
        return; /* it is alone there */
    }
    vt_pane_id other = neighbour(view, &node, direction);
    if (settle(view, vt_panes_move(view->panes, node.id, other ? other : window.root, direction, &error),
               &error)) {
        go_to(view, node.id);
    }
}

void vt_workspace_swap(vt_workspace_view *view, int direction)
{
    vt_error error = VT_ERROR_INIT;
    vt_pane_id before = 0, other = 0;
    vt_pane_id last = 0;
    if (!view->panes || vt_panes_pane_count(view->panes) < 2) {
        return;
    }
    for (vt_pane_id pane = vt_panes_next_pane(view->panes, 0); pane;
         pane = vt_panes_next_pane(view->panes, pane)) {
        before = pane == view->focused ? last : before;
        last = pane;
    }
    other = vt_panes_next_pane(view->panes, view->focused);
    if (direction < 0) {
        other = before ? before : last;
    }
    other = other ? other : vt_panes_next_pane(view->panes, 0); /* around the end */
    if (settle(view, vt_panes_swap(view->panes, view->focused, other, &error), &error)) {
        go_to(view, view->focused);
    }
}

/* The divider behind the pane, or behind a split it is in, else the one before it. */
static bool find_divider(vt_workspace_view *view, const vt_geometry_map *map, vt_pane_axis axis, vt_hit *hit,
                         bool *behind)
{
    vt_panes_node node;
    for (int pass = 0; pass < 2; pass++) {
        for (vt_pane_id id = view->focused; id && vt_panes_find(view->panes, id, &node); id = node.parent) {
            for (size_t i = 0; i < map->divider_count; i++) {
                const vt_divider_place *divider = &map->dividers[i];
                *behind = pass == 0;
                if (divider->axis == axis && (*behind ? divider->before : divider->after) == id) {
                    *hit = (vt_hit){.kind = VT_HIT_DIVIDER, .dividers = {*divider}, .divider_count = 1};
                    return true;
                }
            }
        }
    }
    return false;
}

void vt_workspace_resize(vt_workspace_view *view, vt_pane_axis axis, int pixels)
{
    vt_panes_node node;
    vt_hit hit;
    bool behind = true;
    vt_error error = VT_ERROR_INIT;
    const vt_geometry_map *map = focused_node(view, &node) ? vt_workspace_map(view, node.window) : NULL;
    if (!map || !find_divider(view, map, axis, &hit, &behind)) {
        return; /* it has all of the room that way */
    }
    int by = behind ? pixels : -pixels;
    settle(view, vt_geometry_drag(view->geometry, view->panes, map->area, &hit, by, by, &error), &error);
}

void vt_workspace_even_out(vt_workspace_view *view)
{
    vt_panes_node node;
    vt_error error = VT_ERROR_INIT;
    if (focused_node(view, &node) && node.parent) {
        settle(view, vt_panes_even_out(view->panes, node.id, &error), &error);
    }
}

/* ---- links ---- */

void vt_workspace_set_link(vt_workspace_view *view, unsigned link)
{
    vt_error error = VT_ERROR_INIT;
    if (view->panes) {
        vt_log_write(&view->context.log, VT_LOG_DEBUG, "panes: link pane=%u number=%u", view->focused, link);
        settle(view, vt_panes_set_link(view->panes, view->focused, link, &error), &error);
    }
}

unsigned vt_workspace_link(vt_workspace_view *view)
{
    vt_panes_node node;
    return focused_node(view, &node) ? node.link : 0;
}
