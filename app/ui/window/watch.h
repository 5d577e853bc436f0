/*
 * Watch: tells the log, at level debug, what a user sees and where it stands on the screen: visible controls
 * with their names and rectangles, columns of the table, the status line, how many cards there are, the
 * window that has the keyboard. Tests that click through the real window find their way by it. Does nothing
 * at other levels. UI thread only.
 */
#ifndef VT_UI_WINDOW_WATCH_H
#define VT_UI_WINDOW_WATCH_H

#include "app/ui/window/window.h"

/* Ends with the window. */
void vt_window_watch(vt_window *window);

#endif
