/*
 * What the panes of one window stand on: between them it has the dividers, which are dragged here, two or
 * three at once where they meet; over them it shows where a dragged pane would go. UI thread only.
 */
#ifndef VT_UI_PANES_PANE_SURFACE_H
#define VT_UI_PANES_PANE_SURFACE_H

#include "core/layout/geometry.h"

#include <qt6c/qwidget.h>

/* Thickness of dividers. */
#define VT_PANE_DIVIDER 5

typedef struct vt_pane_surface vt_pane_surface;

typedef struct vt_pane_surface_ops {
    /* Where panes and dividers stand now; NULL: nothing. Lent until the next event. */
    const vt_geometry_map *(*map)(void *user, vt_pane_id window);
    /* So far from where they stood in `hit`; `done`: the mouse was let go. */
    void (*dragged)(void *user, vt_pane_id window, const vt_hit *hit, int dx, int dy, bool done);
    void (*even_out)(void *user, const vt_hit *hit);
    void (*resized)(void *user, vt_pane_id window);
    void (*closed)(void *user, vt_pane_id window); /* a window of its own: by its title */
} vt_pane_surface_ops;

/* A part of the page (`own` false), or a window beside the one of `parent`. Made hidden. */
vt_pane_surface *vt_pane_surface_create(QWidgetRef parent, vt_pane_id window, bool own,
                                        const vt_pane_surface_ops *ops, void *user);
QWidget *vt_pane_surface_widget(vt_pane_surface *surface);
vt_pane_id vt_pane_surface_window(const vt_pane_surface *surface);
void vt_pane_surface_set_window(vt_pane_surface *surface, vt_pane_id window);
bool vt_pane_surface_is_own(const vt_pane_surface *surface);

/* Where panes can be, in its own coordinates. */
vt_rect vt_pane_surface_area(const vt_pane_surface *surface);

/* Shows where something would go; an empty rectangle: nowhere. */
void vt_pane_surface_indicate(vt_pane_surface *surface, vt_rect rect);

#endif
