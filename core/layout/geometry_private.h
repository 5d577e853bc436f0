/* Shared by the files of geometry.h. */
#ifndef VT_LAYOUT_GEOMETRY_PRIVATE_H
#define VT_LAYOUT_GEOMETRY_PRIVATE_H

#include "core/layout/geometry.h"
#include "core/layout/tree_private.h"

/* A child of a split while it gets its pixels. */
typedef struct vt_geometry_part {
    uint32_t node;
    int size;
    double rest; /* what rounding took from it */
} vt_geometry_part;

/* One computed map, and the memory it lies in. */
typedef struct vt_geometry_entry {
    vt_geometry_map map;
    uint64_t version; /* 0: nothing */
    uint64_t used_at;
    vt_pane_place *panes;
    vt_divider_place *dividers;
    vt_rect *rects; /* of every shown node, by its number */
    uint32_t room;  /* of each of these */
} vt_geometry_entry;

struct vt_geometry {
    vt_geometry_style style;
    vt_geometry_entry entries[VT_GEOMETRY_ENTRIES_MAX];
    vt_geometry_entry scratch; /* for previews */
    vt_geometry_part *parts;   /* one stack for all splits on the way down */
    uint32_t *order;
    uint32_t room; /* of these */
    uint64_t uses;
    vt_geometry_stats stats;
};

/* The entry behind vt_geometry_get. */
const vt_geometry_entry *vt_geometry_find(vt_geometry *geometry, const vt_panes *panes, vt_pane_id window,
                                          vt_rect area, vt_error *error);

/* Computes anew. False and `error` when memory runs out; the entry holds nothing then. */
bool vt_geometry_compute(vt_geometry *geometry, vt_geometry_entry *entry, const vt_panes *panes,
                         const vt_panes_window_record *window, vt_rect area, vt_error *error);

/* Shares of the shown children of a split, and how many these are. */
double vt_geometry_shown_shares(const vt_panes *panes, uint32_t split, int *count);

/* The thickness of dividers between `count` children on `length` pixels. */
int vt_geometry_divider(const vt_geometry_style *style, int count, int length);

#endif
