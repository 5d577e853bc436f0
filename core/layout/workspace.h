/*
 * Named workspaces: layouts (windows, trees, groups, linked panes) to be switched between, the last one
 * coming back at the next start.
 *
 * The set is held in memory as texts of layout_json.h, which are small; a layout is made of one when it is
 * opened, so a switch reads no file and asks no database. Whoever has the catalog reads it ahead and puts
 * what it found in (vt_workspaces_put); what changes is told to a store, a table of functions that hand it on
 * to the one writer and do not wait.
 *
 * Each workspace has the text that was saved last, and the one before. If the last one cannot be read, the
 * one before is opened, and the report says why; if neither can, the switch is refused and the open layout
 * stays.
 *
 * Names are UTF-8 of 1 to VT_PANES_NAME_MAX bytes without control characters. One thread at a time, the
 * window's.
 */
#ifndef VT_LAYOUT_WORKSPACE_H
#define VT_LAYOUT_WORKSPACE_H

#include "core/layout/layout_json.h"

#define VT_WORKSPACES_MAX 256

/* Where workspaces are kept. A row has a name (unique), a text and the text before it (may be empty).
   Functions must not wait, and tell their failures in their own way: what is in memory is right meanwhile.
   Each may be NULL. */
typedef struct vt_workspace_store {
    void (*save)(void *user, const char *name, const char *text, size_t length, const char *previous,
                 size_t previous_length);
    void (*remove)(void *user, const char *name);
    void (*rename)(void *user, const char *name, const char *new_name);
    void (*set_last)(void *user, const char *name); /* opened at the next start */
    void *user;
} vt_workspace_store;

typedef struct vt_workspaces vt_workspaces;

typedef struct vt_workspace_report {
    vt_layout_report layout;
    bool previous; /* the text before the last one was opened ... */
    vt_error why;  /* ... because of this */
} vt_workspace_report;

/* `store` may be NULL; it is copied. NULL and `error` when memory runs out. */
vt_workspaces *vt_workspaces_create(const vt_workspace_store *store, vt_error *error);
void vt_workspaces_free(vt_workspaces *set); /* NULL is allowed */

/* What the store had, at the start: is not told back. Texts are not read yet. False and `error`: a bad name,
   one that is there already, VT_ERROR_LIMIT, VT_ERROR_MEMORY. */
bool vt_workspaces_put(vt_workspaces *set, const char *name, const char *text, size_t length,
                       const char *previous, size_t previous_length, vt_error *error);

/* In the order in which they were put or created. */
size_t vt_workspaces_count(const vt_workspaces *set);
const char *vt_workspaces_name(const vt_workspaces *set, size_t index); /* NULL beyond the last */
/* The one that is open; NULL: none yet. */
const char *vt_workspaces_current(const vt_workspaces *set);

/* A new one that holds `panes`, and is the current one then. */
bool vt_workspaces_add(vt_workspaces *set, const char *name, const vt_panes *panes, vt_error *error);

/* The layout as the current workspace's; what it had before is its previous text. Nothing is told to the
   store if nothing has changed. */
bool vt_workspaces_save(vt_workspaces *set, const vt_panes *panes, vt_error *error);

/* The layout of a workspace, which is the current one from now on. Save the open one before. NULL and
   `error`: see above; then the current one stays. `load` as for vt_layout_from_json; `report` may be NULL. */
vt_panes *vt_workspaces_open(vt_workspaces *set, const char *name, const vt_layout_load *load,
                             vt_workspace_report *report, vt_error *error);

/* A copy under another name; the current one stays. */
bool vt_workspaces_duplicate(vt_workspaces *set, const char *name, const char *copy, vt_error *error);
bool vt_workspaces_rename(vt_workspaces *set, const char *name, const char *new_name, vt_error *error);
/* The current one stays (VT_ERROR_USAGE): open another first. */
bool vt_workspaces_remove(vt_workspaces *set, const char *name, vt_error *error);

/* The panes that share their selection with `pane`, itself left out: `most` of their ids are written at most,
   all are counted. Panes without a link share with none. O(panes). */
size_t vt_panes_linked(const vt_panes *panes, vt_pane_id pane, vt_pane_id *ids, size_t most);

#endif
