/*
 * What a layout consists of, for the files of this folder only: nodes in one array, linked by their numbers,
 * found by id through a hash table. Functions here check nothing; their callers did.
 */
#ifndef VT_LAYOUT_TREE_PRIVATE_H
#define VT_LAYOUT_TREE_PRIVATE_H

#include "core/layout/id_map.h"
#include "core/layout/tree.h"

#include <stdatomic.h>

#define VT_NODE_NONE UINT32_MAX

/* No share is made smaller: halving one again and again would end at 0. */
#define VT_PANES_SHARE_MIN 1e-6

/* Bytes that many layouts share; never changed. */
typedef struct vt_pane_text {
    atomic_uint users;
    size_t length;
    char bytes[]; /* and a NUL */
} vt_pane_text;

/* Where a detached pane came from. */
typedef struct vt_pane_home {
    vt_pane_id beside; /* 0: nowhere */
    vt_pane_side side;
    double share; /* of what both had */
} vt_pane_home;

/* What goes with a pane wherever it is put. */
typedef struct vt_pane_content {
    vt_pane_id id;          /* also of splits; 0: the node is free */
    vt_pane_text *provider; /* NULL: a split */
    vt_pane_text *state;    /* may be NULL */
    vt_pane_id group;
    unsigned link;
    vt_pane_home home;
} vt_pane_content;

typedef struct vt_node {
    vt_pane_content pane;
    uint32_t parent, before, after; /* `after` of a free node: the next free one */
    uint32_t first, last;           /* of a split */
    uint32_t shown;                 /* panes in it that are in no collapsed group */
    vt_pane_axis axis;
    bool room_after; /* its room came from the sibling after it */
    double share;
} vt_node;

typedef struct vt_panes_group_record {
    vt_pane_id id;
    vt_pane_text *name;
    bool collapsed;
} vt_panes_group_record;

typedef struct vt_panes_window_record {
    vt_panes_window seen; /* `root` is not kept up to date */
    uint32_t root;
} vt_panes_window_record;

struct vt_panes {
    vt_node *nodes;
    uint32_t room, used, free; /* of nodes: allocated, ever used, first free one */
    uint32_t free_count;
    uint32_t pane_count;
    vt_id_map ids;
    vt_pane_id next_id;
    vt_panes_window_record windows[VT_PANES_WINDOWS_MAX];
    size_t window_count;
    vt_panes_group_record groups[VT_PANES_GROUPS_MAX];
    size_t group_count;
};

/* ---- tree.c ---- */

vt_panes *vt_panes_new(vt_error *error); /* without windows */
bool vt_panes_no_memory(vt_error *error);
bool vt_panes_reserve(vt_panes *panes, uint32_t nodes, vt_error *error); /* beyond those in use */
/* Takes `provider`. With `id` 0 it gets the next one. There is room. */
uint32_t vt_panes_add_node(vt_panes *panes, vt_pane_id id, vt_pane_text *provider);
void vt_panes_drop_node(vt_panes *panes, uint32_t node);
uint32_t vt_panes_node_of(const vt_panes *panes, vt_pane_id id); /* VT_NODE_NONE: none */
uint32_t vt_panes_pane_of(const vt_panes *panes, vt_pane_id id, vt_error *error);
uint32_t vt_panes_root_of(const vt_panes *panes, uint32_t node);
vt_panes_window_record *vt_panes_window_of(vt_panes *panes, uint32_t node);
vt_panes_window_record *vt_panes_window_by_id(const vt_panes *panes, vt_pane_id id);
vt_panes_window_record *vt_panes_add_window(vt_panes *panes, vt_pane_id id, uint32_t root);
void vt_panes_drop_window(vt_panes *panes, vt_panes_window_record *window);
void vt_panes_touch(vt_panes_window_record *window); /* a new version */
unsigned vt_panes_depth_of(const vt_panes *panes, uint32_t node);
uint32_t vt_panes_next_leaf(const vt_panes *panes, uint32_t node); /* in the same window */
uint32_t vt_panes_first_leaf(const vt_panes *panes, uint32_t node);
bool vt_panes_is_split(const vt_panes *panes, uint32_t node);

vt_pane_text *vt_pane_text_create(const void *bytes, size_t length);
vt_pane_text *vt_pane_text_share(vt_pane_text *text); /* NULL is allowed */
void vt_pane_text_release(vt_pane_text *text);        /* NULL is allowed */
vt_pane_text *vt_panes_provider_create(const char *provider, size_t length, vt_error *error);
vt_pane_text *vt_panes_name_create(const char *name, size_t length, const char *what, vt_error *error);

/* ---- tree_edit.c ---- */

/* Puts a node that is linked nowhere at a side of `target`, with `share` of what that had (0: an equal part).
   A split to hold both may be needed: there is room. */
void vt_panes_insert(vt_panes *panes, uint32_t node, uint32_t target, vt_pane_side side, double share);
/* Unlinks it, gives its room back and dissolves what is no split any more. A root leaves an empty window. */
void vt_panes_take_out(vt_panes *panes, uint32_t node);
/* The sibling that gets its room. */
uint32_t vt_panes_heir_of(const vt_panes *panes, uint32_t node);
/* Adds to the count of shown panes of a node and of all above it. */
void vt_panes_count_shown(vt_panes *panes, uint32_t node, int32_t difference);
/* Brings the sum of shares to 1, none too small. */
void vt_panes_normalise(vt_panes *panes, uint32_t split);
/* The children of a split that runs as its parent does become the parent's. */
void vt_panes_merge(vt_panes *panes, uint32_t split);
/* False if a node put there would be nested too deep. */
bool vt_panes_depth_allows(const vt_panes *panes, uint32_t target, vt_pane_side side, vt_error *error);
vt_pane_axis vt_panes_axis_of_side(vt_pane_side side);
void vt_panes_link_after(vt_panes *panes, uint32_t node, uint32_t parent, uint32_t before);
/* A window without a shown pane expands the group of its first one. */
void vt_panes_ensure_shown(vt_panes *panes, vt_panes_window_record *window);

/* ---- groups.c ---- */

vt_panes_group_record *vt_panes_group_by_id(const vt_panes *panes, vt_pane_id id);
bool vt_panes_is_hidden(const vt_panes *panes, uint32_t pane); /* by its group */
void vt_panes_expand(vt_panes *panes, vt_panes_group_record *group);

#endif
