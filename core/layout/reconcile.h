/*
 * From one layout to the next with as few changes as there are (document 002, calculate_minimal_diff): a
 * scene is what a view shows, the difference of two scenes is what the view has to do.
 *
 *     vt_scene_begin(after);
 *     for each window: vt_scene_add(after, panes, map, error);
 *     vt_scene_end(after, error);
 *     edits = vt_reconcile(before, after, &count, error); ... do them ... then swap the two scenes
 *
 * Panes are known again by their ids, so a pane that was moved, even to another window, is moved and not made
 * anew. Each pane has at most one edit for where it stands and one for what it shows; what is as it was has
 * none. Scenes hold what they need: the layouts may change or go meanwhile. One thread at a time.
 */
#ifndef VT_LAYOUT_RECONCILE_H
#define VT_LAYOUT_RECONCILE_H

#include "core/layout/geometry.h"

typedef enum vt_scene_edit_kind {
    /* In this order: what goes makes room first, what is new comes last but one. */
    VT_SCENE_OPEN_WINDOW,
    VT_SCENE_REMOVE,   /* the pane is closed */
    VT_SCENE_MOVE,     /* to another place or window; its size may change too */
    VT_SCENE_RESIZE,   /* only its size; an empty rectangle hides it */
    VT_SCENE_PROVIDER, /* it shows something else */
    VT_SCENE_CREATE,
    VT_SCENE_CLOSE_WINDOW,
    VT_SCENE_KINDS
} vt_scene_edit_kind;

typedef struct vt_scene_edit {
    vt_scene_edit_kind kind;
    vt_pane_id pane; /* 0 for windows */
    vt_pane_id window;
    vt_rect rect;         /* of MOVE, RESIZE and CREATE; empty: not shown */
    const char *provider; /* of PROVIDER and CREATE: lent by the newer scene */
} vt_scene_edit;

typedef struct vt_scene vt_scene;

vt_scene *vt_scene_create(vt_error *error); /* empty: nothing is shown */
void vt_scene_free(vt_scene *scene);        /* NULL is allowed */

/* Empties a scene and keeps its memory. */
void vt_scene_begin(vt_scene *scene);

/* A window of `panes`, with all its panes: those in `map`, which is its own, where they stand, the others
   hidden. False and `error` (VT_ERROR_MEMORY, VT_ERROR_NOT_FOUND). O(panes). */
bool vt_scene_add(vt_scene *scene, const vt_panes *panes, const vt_geometry_map *map, vt_error *error);

/* No more windows. */
void vt_scene_end(vt_scene *scene);

size_t vt_scene_pane_count(const vt_scene *scene);

/* What makes `before` into `after`: edits ordered by kind, lent by `after` until it is begun or freed. NULL
   and `error` when memory runs out; no edits are a list too. O(panes). */
const vt_scene_edit *vt_reconcile(const vt_scene *before, vt_scene *after, size_t *count, vt_error *error);

#endif
