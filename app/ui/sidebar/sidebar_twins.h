/*
 * The section of duplicates in the sidebar: its two rows, and the line below them that starts a search, or
 * tells how far it is. UI thread only, but for the filling.
 */
#ifndef VT_UI_SIDEBAR_SIDEBAR_TWINS_H
#define VT_UI_SIDEBAR_SIDEBAR_TWINS_H

#include "app/ui/sidebar/sidebar.h"
#include "app/ui/sidebar/sidebar_model.h"

#include <qt6c/qpoint.h>

/* The line was chosen (`wants_menu` false), or a menu is asked for on the section; `at` on the screen. */
typedef void (*vt_sidebar_twins_pressed)(void *user, bool wants_menu, const QPoint *at);
void vt_sidebar_on_twins(vt_sidebar *sidebar, vt_sidebar_twins_pressed pressed, void *user);

/* What the line says from now on, and how far that is in per cent (-1: nobody knows); NULL: whatever the last
   search left. */
void vt_sidebar_tell_twins(vt_sidebar *sidebar, const char *text, int percent);

#endif
