/*
 * Where panes and dividers stand: whole pixels that tile a window exactly, without gap or overlap, whatever
 * its size (document 002, GeometryOptimizer).
 *
 * A split gives each child its share of the pixels that dividers leave, rounded by largest remainders (the
 * Hamilton method), so that a window of another size has the same proportions. Collapsed panes get nothing,
 * their siblings more. A window too small for its dividers makes them thinner.
 *
 * What was computed is kept by the version of a window's tree and its area, for the last few of these: asking
 * again costs nothing. Lengths are device-independent pixels, points are of the window. One thread at a time.
 */
#ifndef VT_LAYOUT_GEOMETRY_H
#define VT_LAYOUT_GEOMETRY_H

#include "core/layout/tree.h"

typedef struct vt_geometry_style {
    int divider; /* thickness */
    int header;  /* height of a pane's header, the strip at its top by which it is dragged */
    int grab;    /* how far beside a divider it can still be grabbed */
    int edge;  /* width of the strips along a window's edges where what is dropped gets a whole side of it */
    int least; /* neither width nor height of a pane is dragged below this */
} vt_geometry_style;

typedef struct vt_pane_place {
    vt_pane_id pane;
    vt_rect rect; /* with the header, which is at its top */
    vt_rect header;
} vt_pane_place;

typedef struct vt_divider_place {
    vt_pane_id before, after; /* panes or splits; the divider is named by the first */
    vt_pane_axis axis;        /* of their split: a horizontal one has upright dividers */
    vt_rect rect;
} vt_divider_place;

/* Of one window. Panes that are not shown are not in it. */
typedef struct vt_geometry_map {
    vt_pane_id window, root;
    vt_rect area;
    vt_geometry_style style;
    const vt_pane_place *panes; /* in the order of the tree */
    size_t pane_count;
    const vt_divider_place *dividers;
    size_t divider_count;
} vt_geometry_map;

typedef struct vt_geometry_stats {
    uint64_t hits, misses;
    size_t entries;
} vt_geometry_stats;

#define VT_GEOMETRY_ENTRIES_MAX 8

typedef struct vt_geometry vt_geometry;

vt_geometry *vt_geometry_create(const vt_geometry_style *style, vt_error *error);
void vt_geometry_free(vt_geometry *geometry); /* NULL is allowed */

/* The map of a window as large as `area`: lent until the next call for this geometry. NULL and `error`:
   VT_ERROR_NOT_FOUND for a window that is none, VT_ERROR_USAGE for a negative size, VT_ERROR_MEMORY. */
const vt_geometry_map *vt_geometry_get(vt_geometry *geometry, const vt_panes *panes, vt_pane_id window,
                                       vt_rect area, vt_error *error);

void vt_geometry_get_stats(const vt_geometry *geometry, vt_geometry_stats *stats);

/* ---- what is at a point ---- */

typedef enum vt_hit_kind {
    VT_HIT_NOTHING,
    VT_HIT_PANE,
    VT_HIT_HEADER,
    VT_HIT_DIVIDER,
    VT_HIT_CROSSING /* dividers that meet here, and are moved as one */
} vt_hit_kind;

#define VT_HIT_DIVIDERS_MAX 3

typedef struct vt_hit {
    vt_hit_kind kind;
    vt_pane_id pane; /* of a pane or header */
    vt_divider_place dividers[VT_HIT_DIVIDERS_MAX];
    size_t divider_count; /* 2 where one ends at another, 3 where two end at it face to face */
} vt_hit;

/* Dividers are found up to `grab` pixels beside them. O(panes). */
vt_hit vt_geometry_hit(const vt_geometry_map *map, int x, int y);

/* The pane beside `pane` in a direction (not VT_PANE_CENTRE): the nearest that is level with its middle; 0 at
   the edge of the window or if `pane` is not shown. O(panes). */
vt_pane_id vt_geometry_neighbour(const vt_geometry_map *map, vt_pane_id pane, vt_pane_side direction);

/* ---- dragging dividers ---- */

/* Moves the dividers of a hit by so many pixels from where they stand in it: upright ones by `dx`, level ones
   by `dy`. They stop where a pane would become smaller than `least` (or than it was, if it was smaller),
   those that meet in one point together. `area` as for vt_geometry_get. */
bool vt_geometry_drag(vt_geometry *geometry, vt_panes *panes, vt_rect area, const vt_hit *hit, int dx, int dy,
                      vt_error *error);

/* ---- dragging panes ---- */

typedef struct vt_drop {
    vt_pane_id target; /* for vt_panes_move; 0: nothing would happen here */
    vt_pane_side side;
} vt_drop;

/* What dropping `dragged` (0: something from elsewhere) at a point means: at the window's edge a side of the
   whole window, in the outer quarter of a pane that side of it, else its place. O(panes). */
vt_drop vt_geometry_drop(const vt_geometry_map *map, vt_pane_id dragged, int x, int y);

/* Where exactly the pane would stand in this window after that drop. O(panes). */
bool vt_geometry_preview(vt_geometry *geometry, const vt_panes *panes, vt_pane_id window, vt_rect area,
                         vt_pane_id dragged, vt_drop drop, vt_rect *rect, vt_error *error);

#endif
