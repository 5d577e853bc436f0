/*
 * The item panel: a dock at the right with what is known of the chosen items, and what the user gives to
 * them: rating, label, title, tags, note. For several items it shows what they share.
 *
 * It follows the library's selection. Edits go to what is chosen at that time; what was typed into a text box
 * belongs to the items that were chosen when typing began, and is written on Enter or when the box is left.
 * UI thread only.
 */
#ifndef VT_UI_INFO_INFO_PANEL_H
#define VT_UI_INFO_INFO_PANEL_H

#include "app/ui/library/edits.h"

#include <qt6c/qdockwidget.h>

#include <stdbool.h>

typedef struct vt_info_panel vt_info_panel;

typedef struct vt_info_panel_ops {
    void (*say)(void *user, const char *text); /* what could not be done */
    void (*left)(void *user);                  /* Escape: the view gets the keyboard back */
    bool (*current_only)(void *user);          /* the viewer is open: only its item is meant */
} vt_info_panel_ops;

/* Owned by `parent`; borrows the rest. NULL when memory runs out. */
vt_info_panel *vt_info_panel_create(QWidgetRef parent, vt_library *library, vt_executor *executor,
                                    const vt_info_panel_ops *ops, void *user);
/* Writes what was typed and waits for what is being read; nothing is told after. */
void vt_info_panel_stop(vt_info_panel *panel);

QDockWidget *vt_info_panel_dock(vt_info_panel *panel);

/* Puts the cursor where tags are typed. */
void vt_info_panel_edit_tags(vt_info_panel *panel);

/* Other items are meant: the viewer was opened or closed. */
void vt_info_panel_refresh(vt_info_panel *panel);

/* The colours have changed. */
void vt_info_panel_set_theme(vt_info_panel *panel);

#endif
