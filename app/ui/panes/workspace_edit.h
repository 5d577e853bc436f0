/*
 * What the user does with the pane that has the keyboard, and with those around it. What is not possible is
 * said and changes nothing. UI thread only.
 */
#ifndef VT_UI_PANES_WORKSPACE_EDIT_H
#define VT_UI_PANES_WORKSPACE_EDIT_H

#include "app/ui/panes/workspace_view.h"

/* A new pane at a side, which asks what it shall show. */
void vt_workspace_split(vt_workspace_view *view, vt_pane_side side);
void vt_workspace_close_pane(vt_workspace_view *view);
/* It asks what else it shall show. */
void vt_workspace_choose(vt_workspace_view *view);
void vt_workspace_set_provider(vt_workspace_view *view, vt_pane_id pane, const char *provider);

/* All of the window for this pane, and back. */
void vt_workspace_turn_maximised(vt_workspace_view *view);
bool vt_workspace_is_maximised(vt_workspace_view *view);
/* A window of its own, and back. */
void vt_workspace_turn_window(vt_workspace_view *view);
bool vt_workspace_has_window(vt_workspace_view *view);

/* To the neighbour in a direction. */
void vt_workspace_focus_neighbour(vt_workspace_view *view, vt_pane_side direction);
/* The pane itself: beyond its neighbour, or along a whole side of the window where there is none. */
void vt_workspace_move(vt_workspace_view *view, vt_pane_side direction);
/* In exchange for the next (1) or previous (-1) one. */
void vt_workspace_swap(vt_workspace_view *view, int direction);
/* Wider or higher by so many pixels. */
void vt_workspace_resize(vt_workspace_view *view, vt_pane_axis axis, int pixels);
void vt_workspace_even_out(vt_workspace_view *view);

/* Panes with the same number share their selection; 0: with none. */
void vt_workspace_set_link(vt_workspace_view *view, unsigned link);
unsigned vt_workspace_link(vt_workspace_view *view);

/* Groups of panes. The one of the pane that has the keyboard: false if it is in none. */
bool vt_workspace_group(vt_workspace_view *view, vt_panes_group *group);
/* How many are collapsed: their panes are not seen. */
size_t vt_workspace_collapsed_groups(const vt_workspace_view *view);
void vt_workspace_new_group(vt_workspace_view *view, const char *name);
void vt_workspace_set_group(vt_workspace_view *view, vt_pane_id group);
void vt_workspace_collapse_group(vt_workspace_view *view, vt_pane_id group, bool collapsed);
void vt_workspace_close_group(vt_workspace_view *view, vt_pane_id group);
void vt_workspace_dissolve_group(vt_workspace_view *view, vt_pane_id group);
/* A layout of its own with copies of its panes, to be kept apart; NULL and it is said. */
vt_panes *vt_workspace_pick_group(vt_workspace_view *view, vt_pane_id group);
/* Puts copies of all panes of another layout to the right of the focused one. */
void vt_workspace_graft(vt_workspace_view *view, const vt_panes *other);

#endif
