/* Panes dragged by their headers, within a window and from one to another. */
#include "app/ui/panes/workspace_private.h"

#include <qt6c/qapplication.h>

/* The surface whose window is the topmost at a point of the screen, and where that is on it. `outside`: no
   window of this program is there. */
static vt_pane_surface *surface_at(vt_workspace_view *view, int x, int y, QPoint *at, bool *outside)
{
    QWidget *under = q_application_widget_at(&(QPoint){x, y});
    *outside = !under;
    for (size_t i = 0; under && i < view->surface_count; i++) {
        QWidget *widget = vt_pane_surface_widget(view->surfaces[i]);
        if (under == widget || q_widget_is_ancestor_of(widget, under)) {
            *at = q_widget_map_from_global_point(widget, &(QPoint){x, y});
            return view->surfaces[i];
        }
    }
    return NULL;
}

static void indicate(vt_workspace_view *view, vt_pane_surface *surface, vt_rect rect)
{
    if (view->drag.over && view->drag.over != surface) {
        vt_pane_surface_indicate(view->drag.over, (vt_rect){0, 0, 0, 0});
    }
    view->drag.over = surface;
    if (surface) {
        vt_pane_surface_indicate(surface, rect);
    }
}

/* Outside of all windows it is to be seen that something is carried, and what becomes of it. */
static void show_picture(vt_workspace_view *view, vt_pane_id pane, int x, int y)
{
    const vt_pane_record *record = vt_workspace_record(view, pane);
    if (view->drag.outside && record && record->frame) {
        if (!view->drag.picture) {
            view->drag.picture = vt_drag_picture_create(view->widget);
        }
        vt_drag_picture_show(view->drag.picture, vt_pane_frame_widget(record->frame), x, y);
    } else if (view->drag.picture) {
        vt_drag_picture_hide(view->drag.picture);
    }
}

void vt_workspace_drag(vt_workspace_view *view, vt_pane_id pane, int x, int y)
{
    QPoint at = {0, 0};
    vt_error error = VT_ERROR_INIT;
    vt_rect rect = {0, 0, 0, 0};
    vt_pane_surface *surface = surface_at(view, x, y, &at, &view->drag.outside);
    const vt_geometry_map *map = surface ? vt_workspace_map(view, vt_pane_surface_window(surface)) : NULL;
    view->drag.pane = pane;
    view->drag.drop = map ? vt_geometry_drop(map, pane, at.xp, at.yp) : (vt_drop){0};
    if (view->drag.drop.target) {
        (void)vt_geometry_preview(view->geometry, view->panes, vt_pane_surface_window(surface),
                                  vt_pane_surface_area(surface), pane, view->drag.drop, &rect, &error);
    }
    indicate(view, surface, rect);
    show_picture(view, pane, x, y);
}

/* Dropped beside all windows: it gets one there. */
static bool detach_at(vt_workspace_view *view, vt_pane_id pane, int x, int y, vt_error *error)
{
    const vt_pane_record *record = vt_workspace_record(view, pane);
    vt_rect place = {x - VT_PANE_HEADER, y, record ? record->rect.width : 0,
                     record ? record->rect.height : 0};
    return vt_panes_detach(view->panes, pane, place, &(vt_pane_id){0}, error);
}

void vt_workspace_drop(vt_workspace_view *view, bool done, int x, int y)
{
    vt_pane_id pane = view->drag.pane;
    vt_error error = VT_ERROR_INIT;
    if (!pane) {
        return;
    }
    if (done) {
        vt_workspace_drag(view, pane, x, y);
    }
    vt_drop drop = view->drag.drop;
    bool outside = view->drag.outside; /* on a menu or a bar it stays where it was */
    indicate(view, NULL, (vt_rect){0, 0, 0, 0});
    if (view->drag.picture) {
        vt_drag_picture_hide(view->drag.picture);
    }
    view->drag.pane = 0;
    bool moved = done && (outside       ? detach_at(view, pane, x, y, &error)
                          : drop.target ? vt_panes_move(view->panes, pane, drop.target, drop.side, &error)
                                        : false);
    vt_log_write(&view->context.log, VT_LOG_DEBUG, "panes: dropped pane=%u target=%u side=%d moved=%d", pane,
                 drop.target, drop.side, moved);
    if (moved) {
        vt_workspace_edited(view);
        vt_workspace_update(view); /* it is seen, and keeps the keyboard */
        vt_workspace_set_focused(view, pane, true);
    } else if (error.code != VT_ERROR_NONE) {
        vt_workspace_say_error(view, &error);
    }
}
