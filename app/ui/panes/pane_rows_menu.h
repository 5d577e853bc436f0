/*
 * Private to panes: the menu of rows of text (pane_rows.h): to copy them, or one value, to select all, and
 * what can be done with items where rows are items. UI thread only.
 */
#ifndef VT_UI_PANES_PANE_ROWS_MENU_H
#define VT_UI_PANES_PANE_ROWS_MENU_H

#include "app/ui/panes/pane_rows.h"

#include <qt6c/qcontextmenuevent.h>

/* Shows it: at the mouse for the cell there, or at the current cell if a key asks. */
void vt_pane_rows_show_menu(vt_pane_rows *rows, const vt_pane_rows_ops *ops, void *user,
                            const QContextMenuEvent *event);

#endif
