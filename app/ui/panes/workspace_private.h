/* Private to the workspace view: its fields, shared by its files. */
#ifndef VT_UI_PANES_WORKSPACE_PRIVATE_H
#define VT_UI_PANES_WORKSPACE_PRIVATE_H

#include "app/ui/panes/drag_picture.h"
#include "app/ui/panes/pane_frame.h"
#include "app/ui/panes/pane_surface.h"
#include "app/ui/panes/workspace_view.h"
#include "core/layout/coalesce.h"
#include "core/layout/geometry.h"
#include "core/layout/id_map.h"
#include "core/layout/provider_cache.h"
#include "core/layout/reconcile.h"

#include <qt6c/qtimer.h>

/* What a pane shows before anything was chosen; no type has this name. */
#define VT_PANE_CHOOSE "choose:"

/* Frames without a pane that are kept for the next one. */
#define VT_PANE_FRAMES_KEPT 64

/* A pane as the view has it. */
typedef struct vt_pane_record {
    vt_pane_id pane, window;
    vt_rect rect;          /* in its window; empty: not shown */
    vt_pane_frame *frame;  /* NULL: it is virtual */
    vt_provided *provided; /* NULL: nothing, or what it should show there is none of */
    vt_pane_id beside;     /* the pane in which is opened what it hands on; 0: none yet */
} vt_pane_record;

typedef struct vt_workspace_binding {
    const vt_pane_type *type;
    const vt_pane_context *context;
} vt_workspace_binding;

struct vt_workspace_view {
    QWidget *widget; /* of the first surface */
    vt_pane_context context;
    vt_workspace_ops ops;
    vt_panes *panes; /* owned; NULL: no layout yet */
    vt_geometry *geometry;
    vt_scene *before, *after;
    vt_live_panes *live;
    vt_provider_cache *cache;
    vt_provider_type *types; /* of the cache */
    vt_workspace_binding *bindings;
    struct vt_workspace_memory *memory; /* owned; NULL: the governor does not know of it */
    vt_coalesce coalesce;
    QTimer *timer;
    vt_pane_surface *surfaces[VT_PANES_WINDOWS_MAX]; /* the first is the main window's */
    size_t surface_count;
    vt_pane_record *records;
    uint32_t record_count, record_room;
    vt_id_map numbers; /* of records, by pane */
    vt_pane_frame *kept[VT_PANE_FRAMES_KEPT];
    size_t kept_count;
    vt_pane_id focused;
    bool updating, selecting, stopped;
    qt_connection focus; /* that the keyboard went elsewhere */
    vt_subject subject;  /* what commands act on, as it was told last */
    uint64_t choices;    /* of that */
    /* A pane on its way, by its header. */
    struct {
        vt_pane_id pane; /* 0: none */
        vt_drop drop;
        vt_pane_surface *over;
        bool outside;             /* of all windows */
        vt_drag_picture *picture; /* seen there; NULL before the first time */
    } drag;
};

/* ---- workspace_view.c ---- */

/* The layout has changed: soon. */
void vt_workspace_request(vt_workspace_view *view);
/* The same by the user: it is to be kept. */
void vt_workspace_edited(vt_workspace_view *view);
/* At once, for a caller that needs to know where things are. */
void vt_workspace_update(vt_workspace_view *view);
vt_pane_record *vt_workspace_record(vt_workspace_view *view, vt_pane_id pane); /* NULL: none */
vt_pane_surface *vt_workspace_surface(vt_workspace_view *view, vt_pane_id window);
/* Where the panes of a window stand now; NULL: it cannot be told. Lent until the geometry is used again. */
const vt_geometry_map *vt_workspace_map(vt_workspace_view *view, vt_pane_id window);
void vt_workspace_say_error(vt_workspace_view *view, const vt_error *error);

/* ---- workspace_panes.c ---- */

/* The provider cache and its types. */
bool vt_workspace_make_cache(vt_workspace_view *view, vt_error *error);
/* Frame and content of a pane. */
void vt_workspace_wake(vt_workspace_view *view, vt_pane_record *record);
/* Both given back; its state goes to the layout if it is still there. */
void vt_workspace_sleep(vt_workspace_view *view, vt_pane_record *record);
/* It shows something else now. */
void vt_workspace_renew(vt_workspace_view *view, vt_pane_record *record);
/* The states of all contents go to the layout. */
void vt_workspace_keep_states(vt_workspace_view *view);
vt_pane_content *vt_workspace_content(const vt_pane_record *record); /* NULL: none */

/* ---- workspace_memory.c ---- */

/* The governor may ask for what nobody sees, from now on until it is withdrawn. */
void vt_workspace_offer_memory(vt_workspace_view *view);
void vt_workspace_withdraw_memory(vt_workspace_view *view);
/* It holds more or less than before. */
void vt_workspace_note_memory(vt_workspace_view *view);

/* ---- workspace_focus.c ---- */

void vt_workspace_watch_focus(vt_workspace_view *view);
/* `keyboard`: it gets the keyboard, too, and does not only count as the one that has it. */
void vt_workspace_set_focused(vt_workspace_view *view, vt_pane_id pane, bool keyboard);

/* What commands act on may be something else: tells if it is. */
void vt_workspace_check_subject(vt_workspace_view *view);

/* ---- workspace_drag.c: a pane by its header, with points of the screen ---- */

void vt_workspace_drag(vt_workspace_view *view, vt_pane_id pane, int x, int y);
/* Not `done`: it stays where it was. */
void vt_workspace_drop(vt_workspace_view *view, bool done, int x, int y);

/* ---- workspace_events.c: what frames and surfaces tell ---- */

extern const vt_pane_frame_ops vt_workspace_frame_ops;
extern const vt_pane_events vt_workspace_content_events; /* without a user */
extern const vt_pane_surface_ops vt_workspace_surface_ops;

#endif
