/*
 * The item panel: a dock at the right with what is known of the chosen items, and what the user gives to them
 * (info_form.h). It shows what commands act on, and follows the selection. UI thread only.
 */
#ifndef VT_UI_INFO_INFO_PANEL_H
#define VT_UI_INFO_INFO_PANEL_H

#include "app/ui/files/chosen.h"
#include "app/ui/library/subject.h"

#include <qt6c/qdockwidget.h>

#include <stdbool.h>

typedef struct vt_info_panel vt_info_panel;

typedef struct vt_info_panel_ops {
    void (*say)(void *user, const char *text); /* what could not be done */
    void (*left)(void *user);                  /* Escape: the view gets the keyboard back */
    vt_subject (*subject)(void *user);         /* what commands act on, and these items, taken now */
    vt_chosen *(*chosen)(void *user);
} vt_info_panel_ops;

/* Owned by `parent`; borrows the rest. It hears by itself of what is selected in `library`. NULL when memory
   runs out. */
vt_info_panel *vt_info_panel_create(QWidgetRef parent, vt_library *library, vt_executor *executor,
                                    const vt_info_panel_ops *ops, void *user);
/* Writes what was typed and waits for what is being read; nothing is told after. */
void vt_info_panel_stop(vt_info_panel *panel);

QDockWidget *vt_info_panel_dock(vt_info_panel *panel);

/* Puts the cursor where tags are typed. */
void vt_info_panel_edit_tags(vt_info_panel *panel);

/* Commands may act on something else: the viewer was opened, another pane has the keyboard. */
void vt_info_panel_refresh(vt_info_panel *panel);

/* The colours have changed. */
void vt_info_panel_set_theme(vt_info_panel *panel);

#endif
