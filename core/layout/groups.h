/*
 * Named groups of panes, across windows: collapsed and expanded, closed, taken out and put back together.
 *
 * The panes of a collapsed group keep their place and their shares; what they had goes to their neighbours
 * until the group is expanded. A pane is in one group or none. Operations are O(panes), follow the rules of
 * tree.h, and belong to the thread that has the layout.
 */
#ifndef VT_LAYOUT_GROUPS_H
#define VT_LAYOUT_GROUPS_H

#include "core/layout/tree.h"

typedef struct vt_panes_group {
    vt_pane_id id;
    const char *name; /* lent until the group changes */
    bool collapsed;
    size_t panes;
} vt_panes_group;

size_t vt_panes_group_count(const vt_panes *panes);
bool vt_panes_group_at(const vt_panes *panes, size_t index, vt_panes_group *group);
bool vt_panes_find_group(const vt_panes *panes, vt_pane_id id, vt_panes_group *group);

/* An empty group. Names are UTF-8 of 1 to VT_PANES_NAME_MAX bytes, and no two groups have the same. */
bool vt_panes_group_create(vt_panes *panes, const char *name, vt_pane_id *group, vt_error *error);
bool vt_panes_group_rename(vt_panes *panes, vt_pane_id group, const char *name, vt_error *error);
/* The group alone; its panes stay, and are shown. */
bool vt_panes_group_dissolve(vt_panes *panes, vt_pane_id group, vt_error *error);

/* Into a group, out of the one it was in; group 0: into none. Refused where a collapsed group would leave a
   window without a pane that is shown. */
bool vt_panes_set_group(vt_panes *panes, vt_pane_id pane, vt_pane_id group, vt_error *error);

/* Refused (VT_ERROR_USAGE) if a window would show nothing. */
bool vt_panes_group_collapse(vt_panes *panes, vt_pane_id group, bool collapsed, vt_error *error);

/* The group and all its panes. Refused if the main window would have none. */
bool vt_panes_group_close(vt_panes *panes, vt_pane_id group, vt_error *error);

/* A layout of its own with copies of the panes of a group, as they stand to each other, in one window: to be
   saved apart (layout_json.h). NULL and `error` for a group without panes. */
vt_panes *vt_panes_pick(const vt_panes *panes, vt_pane_id group, vt_error *error);

/* Copies of all panes of another layout, at a side of a pane or split, with new ids. Its groups come along;
   one whose name is taken gets a number behind it. `*first` (may be NULL) is the first of the new panes. */
bool vt_panes_graft(vt_panes *panes, const vt_panes *other, vt_pane_id target, vt_pane_side side,
                    vt_pane_id *first, vt_error *error);

#endif
