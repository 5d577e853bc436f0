/* Named groups of panes. */
#include "app/ui/panes/workspace_edit.h"
#include "app/ui/panes/workspace_private.h"

static void settle(vt_workspace_view *view, const char *what, bool done, const vt_error *error)
{
    vt_log_write(&view->context.log, VT_LOG_DEBUG, "groups: %s done=%d count=%zu", what, done,
                 vt_panes_group_count(view->panes));
    if (done) {
        vt_workspace_edited(view);
    } else {
        vt_workspace_say_error(view, error);
    }
}

bool vt_workspace_group(vt_workspace_view *view, vt_panes_group *group)
{
    vt_panes_node node;
    return view->panes && vt_panes_find(view->panes, view->focused, &node) && node.group &&
           vt_panes_find_group(view->panes, node.group, group);
}

size_t vt_workspace_collapsed_groups(const vt_workspace_view *view)
{
    vt_panes_group group;
    size_t count = 0;
    for (size_t i = 0; view->panes && vt_panes_group_at(view->panes, i, &group); i++) {
        count += group.collapsed;
    }
    return count;
}

void vt_workspace_new_group(vt_workspace_view *view, const char *name)
{
    vt_error error = VT_ERROR_INIT;
    vt_pane_id group = 0;
    if (view->panes) {
        bool done = vt_panes_group_create(view->panes, name, &group, &error) &&
                    vt_panes_set_group(view->panes, view->focused, group, &error);
        settle(view, "new", done, &error);
    }
}

void vt_workspace_set_group(vt_workspace_view *view, vt_pane_id group)
{
    vt_error error = VT_ERROR_INIT;
    if (view->panes) {
        settle(view, "put", vt_panes_set_group(view->panes, view->focused, group, &error), &error);
    }
}

void vt_workspace_collapse_group(vt_workspace_view *view, vt_pane_id group, bool collapsed)
{
    vt_error error = VT_ERROR_INIT;
    if (view->panes) {
        settle(view, collapsed ? "collapsed" : "expanded",
               vt_panes_group_collapse(view->panes, group, collapsed, &error), &error);
    }
}

void vt_workspace_close_group(vt_workspace_view *view, vt_pane_id group)
{
    vt_error error = VT_ERROR_INIT;
    if (view->panes) {
        settle(view, "closed", vt_panes_group_close(view->panes, group, &error), &error);
    }
}

void vt_workspace_dissolve_group(vt_workspace_view *view, vt_pane_id group)
{
    vt_error error = VT_ERROR_INIT;
    if (view->panes) {
        settle(view, "dissolved", vt_panes_group_dissolve(view->panes, group, &error), &error);
    }
}

vt_panes *vt_workspace_pick_group(vt_workspace_view *view, vt_pane_id group)
{
    vt_error error = VT_ERROR_INIT;
    vt_panes *picked = NULL;
    if (view->panes) {
        vt_workspace_keep_states(view);
        picked = vt_panes_pick(view->panes, group, &error);
        if (!picked) {
            vt_workspace_say_error(view, &error);
        }
    }
    return picked;
}

void vt_workspace_graft(vt_workspace_view *view, const vt_panes *other)
{
    vt_error error = VT_ERROR_INIT;
    vt_pane_id first = 0;
    if (view->panes) {
        settle(view, "put back",
               vt_panes_graft(view->panes, other, view->focused, VT_PANE_RIGHT, &first, &error), &error);
    }
}
