/*
 * The workspace: panes that show what the user chose, beside each other as he put them, in the main window
 * and in windows of their own. The view of core/layout.
 *
 * The layout (vt_panes) is the truth; the view brings itself to it with as few changes as there are
 * (reconcile.h), at most once in 16 ms. Panes that nobody sees have no widgets beyond the last 50
 * (live_panes.h); what they showed is kept by the provider cache. Dividers and panes are dragged; everything
 * can be done from the keyboard, with the functions of workspace_edit.h.
 *
 * Errors are said by `say`: none stops the workspace. UI thread only.
 */
#ifndef VT_UI_PANES_WORKSPACE_VIEW_H
#define VT_UI_PANES_WORKSPACE_VIEW_H

#include "app/ui/panes/content.h"
#include "core/layout/groups.h"
#include "core/layout/live_panes.h"
#include "core/layout/tree.h"

#include <qt6c/qmenu.h>

typedef struct vt_workspace_view vt_workspace_view;

/* What a workspace asks of the window it is in. */
typedef struct vt_workspace_ops {
    void (*say)(void *user, const char *text); /* some words for some seconds */
    /* Another pane has the keyboard, the layout is another, or what commands act on: what can be done may be,
       too. */
    void (*changed)(void *user);
    /* The user has changed the layout: it is worth keeping. */
    void (*edited)(void *user);
    QMenu *(*menu)(void *user); /* of the pane that has the keyboard; borrowed */
    /* A pane got a window of its own: the keys of panes are to hold there, too. */
    void (*window_made)(void *user, QWidget *window);
    void *user;
} vt_workspace_ops;

typedef struct vt_workspace_figures {
    vt_live_stats live;
    size_t windows;
    uint64_t updates, requests; /* layouts computed, and how often that was asked for */
    uint64_t created, reused;   /* contents made, and taken from a pool */
} vt_workspace_figures;

/* `context` and `ops` are copied, what is in them borrowed; `parent` owns the widget. It shows nothing until
   it is given a layout. NULL and `error` when memory runs out. */
vt_workspace_view *vt_workspace_view_create(QWidgetRef parent, const vt_pane_context *context,
                                            const vt_workspace_ops *ops, vt_error *error);

/* Gives all contents back and closes the panes' own windows; before the widgets and the context go. The view
   itself goes with its widget. */
void vt_workspace_view_stop(vt_workspace_view *view);

QWidget *vt_workspace_view_widget(vt_workspace_view *view);

/* Another layout, which it takes over, at once and without flicker; the one before is freed. */
void vt_workspace_view_set_layout(vt_workspace_view *view, vt_panes *panes);

/* The layout with the states of all panes as they are now; NULL before the first. Lent until the view is used
   again. */
const vt_panes *vt_workspace_view_layout(vt_workspace_view *view);

/* The pane that has, or had last, the keyboard; 0 before the first layout. */
vt_pane_id vt_workspace_view_focused(const vt_workspace_view *view);
/* Gives it the keyboard again, as when the page is shown. */
void vt_workspace_view_take_focus(vt_workspace_view *view);

/* The same to that one, if it is still there. */
void vt_workspace_view_focus(vt_workspace_view *view, vt_pane_id pane);

/* What commands act on: what is chosen in the pane that has the keyboard, or had it last; nothing if that has
   nothing, or shows nothing. Constant time. */
vt_subject vt_workspace_view_subject(const vt_workspace_view *view);
/* Those items, taken now; NULL if there are none or memory runs out. */
vt_chosen *vt_workspace_view_chosen(const vt_workspace_view *view);
/* Puts the cursor where that pane is told what to look for; false if it is not. */
bool vt_workspace_view_find(vt_workspace_view *view);
/* The current item of that pane is this one now, if it has it among others; 0: nothing. */
void vt_workspace_view_go_to(vt_workspace_view *view, int64_t item);
/* Shows a provider beside that pane, as when it is opened there by a double click. */
void vt_workspace_view_open(vt_workspace_view *view, const char *provider);

/* Rows of the catalog have changed or arrived. */
void vt_workspace_view_rows_changed(vt_workspace_view *view);
/* Other colours. */
void vt_workspace_view_set_theme(vt_workspace_view *view);
/* Windows of panes are seen only along with the workspace. */
void vt_workspace_view_show_windows(vt_workspace_view *view, bool shown);

void vt_workspace_view_get_figures(const vt_workspace_view *view, vt_workspace_figures *figures);

#endif
