/*
 * Layouts: windows, each a tree of splits whose leaves are panes (document 002; users.md 1c).
 *
 * Counterparts of document 002's classes, here and in the other headers of this folder:
 *
 *     MultiSplitWidget (its model), OptimizedMultiSplitWidget      tree.h: vt_panes
 *     GeometryOptimizer, calculate_layout_optimized                geometry.h: vt_geometry
 *     calculate_minimal_diff, reconcile_tree_optimized             reconcile.h
 *     OptimizedRenderer, process_pending_updates                   coalesce.h
 *     ScalableWorkspaceManager (virtual panes)                     live_panes.h
 *     HierarchicalPaneManager                                      groups.h
 *     save_layout, restore_layout                                  layout_json.h; named ones: workspace.h
 *     OptimizedProvider, CacheEntry, LRUCachePolicy                provider_cache.h on core/cache/tiers.h
 *     WidgetPool, PooledProvider                                   provider_cache.h on core/pool
 *     MemoryMonitor, AggressiveCachePolicy                         vt_provider_cache_trim, asked by
 * core/memory AsyncLoadingProvider, LoadingPlaceholder, LazyLoadingWidget  the window's: they are widgets
 *     PerformanceProfiler                                          core/perf
 *
 * A split has two children or more, beside each other (horizontal) or one above the other (vertical), and
 * each child has a share of it; shares of one split sum to 1. A child that is split the same way as its
 * parent does not exist: its children are the parent's, so that a row of five panes is one split of five.
 *
 * What a pane shows is told by its provider id, text like `browse:file:///home/me|kind:model`: what stands
 * before the colon names the provider, the rest is its own. Text, so paths in it are URIs (core/base/uri.h).
 * Its state is bytes that only the provider understands: scroll position, zoom.
 *
 * Panes, splits, windows and groups have ids that are never used again. The first window is the main one and
 * always there. A window always shows at least one pane. Every operation is O(depth + siblings) unless said
 * otherwise; it does all of what it says, or fails with `error` and changes nothing: VT_ERROR_NOT_FOUND for
 * an id that is none, VT_ERROR_USAGE for what makes no sense, VT_ERROR_LIMIT for the limits below and
 * VT_ERROR_MEMORY.
 *
 * Threads: one at a time for a layout; a clone may go to another thread.
 */
#ifndef VT_LAYOUT_TREE_H
#define VT_LAYOUT_TREE_H

#include "core/base/error.h"
#include "core/layout/rect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_PANES_MAX          4096
#define VT_PANES_DEPTH_MAX    48 /* splits above a pane */
#define VT_PANES_WINDOWS_MAX  64
#define VT_PANES_GROUPS_MAX   256
#define VT_PANES_PROVIDER_MAX 16384 /* bytes of a provider id */
#define VT_PANES_STATE_MAX    65536 /* bytes of a state */
#define VT_PANES_NAME_MAX     200   /* bytes of a name */
#define VT_PANES_LINKS_MAX    9

typedef struct vt_panes vt_panes;
typedef uint32_t vt_pane_id; /* 0: none */

typedef enum vt_pane_axis {
    VT_PANE_HORIZONTAL, /* children from left to right */
    VT_PANE_VERTICAL    /* children from top to bottom */
} vt_pane_axis;

typedef enum vt_pane_side {
    VT_PANE_LEFT,
    VT_PANE_RIGHT,
    VT_PANE_ABOVE,
    VT_PANE_BELOW,
    VT_PANE_CENTRE /* in exchange for the other */
} vt_pane_side;

/* A pane or a split. Texts are lent until the pane changes. */
typedef struct vt_panes_node {
    vt_pane_id id, parent; /* no parent: the root of its window */
    vt_pane_id window;
    vt_pane_id next;      /* sibling to the right or below, or 0 */
    vt_pane_id first;     /* child of a split; 0: it is a pane */
    vt_pane_axis axis;    /* of a split */
    double share;         /* of its parent, 1 for a root */
    bool shown;           /* it, or something of it, is in no collapsed group */
    const char *provider; /* of a pane; UTF-8 with a NUL behind it */
    size_t provider_length;
    const unsigned char *state;
    size_t state_length;
    vt_pane_id group; /* that the pane is in, or 0 */
    unsigned link;    /* panes with the same number but 0 share their selection */
} vt_panes_node;

typedef struct vt_panes_window {
    vt_pane_id id, root;
    vt_pane_id maximised; /* the one pane that is shown, or 0 */
    uint64_t version;     /* another one after each change of what geometry depends on; clones share it */
    vt_rect place;        /* on the screens; empty: the window manager chooses */
    bool full;            /* the window itself is maximised */
} vt_panes_window;

/* A main window with one pane. NULL and `error` if the provider id is no UTF-8 text without control
   characters and with a colon in it. */
vt_panes *vt_panes_create(const char *provider, vt_pane_id *pane, vt_error *error);

/* A second one that is equal, ids included. Texts are shared, so it costs little. O(panes). */
vt_panes *vt_panes_clone(const vt_panes *panes, vt_error *error);

void vt_panes_free(vt_panes *panes); /* NULL is allowed */

/* ---- looking ---- */

size_t vt_panes_pane_count(const vt_panes *panes);
size_t vt_panes_window_count(const vt_panes *panes);
/* Window 0 is the main one; false beyond the last. */
bool vt_panes_window_at(const vt_panes *panes, size_t index, vt_panes_window *window);
bool vt_panes_find_window(const vt_panes *panes, vt_pane_id id, vt_panes_window *window);
bool vt_panes_find(const vt_panes *panes, vt_pane_id id, vt_panes_node *node);

/* All panes, window by window in the order of the tree: the first at 0, then the one after `pane`; 0 behind
   the last. */
vt_pane_id vt_panes_next_pane(const vt_panes *panes, vt_pane_id pane);

/* True if every invariant above holds; else `error` (VT_ERROR_INTERNAL) tells which does not. For tests and
   for what was restored. O(panes). */
bool vt_panes_check(const vt_panes *panes, vt_error *error);

/* ---- changing the tree ---- */

/* A new pane at a side of a pane or of a whole split, which gives up half of its room; at an end of a split
   that runs this way, each child gives some. A maximised pane of that window is as large as before again. */
bool vt_panes_split(vt_panes *panes, vt_pane_id target, vt_pane_side side, const char *provider,
                    vt_pane_id *pane, vt_error *error);

/* Its room goes back to the neighbour it was taken from, or the other one. The last pane of a window closes
   that window; that of the main window cannot be closed (VT_ERROR_USAGE). */
bool vt_panes_close(vt_panes *panes, vt_pane_id pane, vt_error *error);

/* Takes a pane to a side of another pane or split, in any window, as if closed there and split off here; at
   the centre of a pane the two change places. */
bool vt_panes_move(vt_panes *panes, vt_pane_id pane, vt_pane_id target, vt_pane_side side, vt_error *error);
bool vt_panes_swap(vt_panes *panes, vt_pane_id a, vt_pane_id b, vt_error *error);

/* ---- shares ---- */

/* A divider is named by the child before it. `ratio` of what the two beside it have together goes to the one
   before, above 0 and below 1. */
bool vt_panes_set_ratio(vt_panes *panes, vt_pane_id before, double ratio, vt_error *error);
/* Equal shares for a child and all its siblings, as a double click on one of their dividers asks for. */
bool vt_panes_even_out(vt_panes *panes, vt_pane_id child, vt_error *error);

/* ---- windows ---- */

/* One pane covers its window, until it is undone by _restore or the tree of the window changes. */
bool vt_panes_maximise(vt_panes *panes, vt_pane_id pane, vt_error *error);
/* False if nothing was maximised there. */
bool vt_panes_restore(vt_panes *panes, vt_pane_id window);

/* A pane gets a window of its own. Refused if it has one. */
bool vt_panes_detach(vt_panes *panes, vt_pane_id pane, vt_rect place, vt_pane_id *window, vt_error *error);
/* Back to where it was detached from; if that neighbour is gone, to the right edge of the main window. */
bool vt_panes_attach(vt_panes *panes, vt_pane_id pane, vt_error *error);

/* False if there is no such window. */
bool vt_panes_place_window(vt_panes *panes, vt_pane_id window, vt_rect place, bool full);

/* ---- panes ---- */

bool vt_panes_set_provider(vt_panes *panes, vt_pane_id pane, const char *provider, vt_error *error);
/* `bytes` are copied; a length of 0 forgets the state. */
bool vt_panes_set_state(vt_panes *panes, vt_pane_id pane, const void *bytes, size_t length, vt_error *error);
/* `link`: 0 or up to VT_PANES_LINKS_MAX. */
bool vt_panes_set_link(vt_panes *panes, vt_pane_id pane, unsigned link, vt_error *error);

#endif
