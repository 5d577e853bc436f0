/*
 * Which panes are live (document 002, ScalableWorkspaceManager): a pane that can be seen has its widget; of
 * the others only so many keep theirs, those seen last. The rest are virtual: their state is kept, their
 * widget given back. So a thousand panes cost what fifty do.
 *
 * A pane can be unseen although it is open: covered by a maximised one, in a collapsed group, in a minimised
 * window, scrolled out, or with no pixel left. One thread at a time.
 */
#ifndef VT_LAYOUT_LIVE_PANES_H
#define VT_LAYOUT_LIVE_PANES_H

#include "core/layout/geometry.h"

#define VT_LIVE_PANES_SPARE 50 /* the usual number of panes that stay live unseen */

typedef struct vt_live_panes vt_live_panes;

typedef struct vt_live_change {
    const vt_pane_id *wake; /* panes that need their widget now; lent until the next update */
    size_t wake_count;
    const vt_pane_id *sleep; /* panes whose widget is to be given back, state kept */
    size_t sleep_count;
} vt_live_change;

typedef struct vt_live_stats {
    size_t panes, visible, live;
    uint64_t woken, slept; /* since creation */
} vt_live_stats;

vt_live_panes *vt_live_panes_create(size_t spare, vt_error *error);
void vt_live_panes_free(vt_live_panes *set); /* NULL is allowed */

/* One turn: begin, _see every pane there is, end. Panes that were not told any more are forgotten: who closed
   them has their widgets. After a failure begin again. O(panes) in all. */
void vt_live_panes_begin(vt_live_panes *set);
/* The panes of a window: those of its map that meet `clip` can be seen, the others cannot. An empty clip:
   none, as of a minimised window. False and `error` (VT_ERROR_MEMORY). */
bool vt_live_panes_see(vt_live_panes *set, const vt_panes *panes, const vt_geometry_map *map, vt_rect clip,
                       vt_error *error);
/* What has to change. False and `error` (VT_ERROR_MEMORY): nothing does, ask again. */
bool vt_live_panes_end(vt_live_panes *set, vt_live_change *change, vt_error *error);

bool vt_live_panes_is_live(const vt_live_panes *set, vt_pane_id pane);

/* Under memory pressure: at most `spare` unseen panes stay live from the next turn on. */
void vt_live_panes_set_spare(vt_live_panes *set, size_t spare);

void vt_live_panes_get_stats(const vt_live_panes *set, vt_live_stats *stats);

#endif
