/*
 * The foot of the window: where lines about what is going on come and go (imports, files, messages).
 *
 * The lowest line stands in the status bar, which is always there and as high as a line, between its words at
 * the left and the stall at the right; the others stand above it, over whatever the window shows. So nothing
 * moves under the pointer when one comes or goes. UI thread only.
 */
#ifndef VT_UI_WINDOW_FOOT_H
#define VT_UI_WINDOW_FOOT_H

#include <qt6c/qmainwindow.h>

typedef struct vt_foot vt_foot;

/* `left` and `right`: what of the status bar stays in sight beside the lines. The window owns the foot. */
vt_foot *vt_foot_create(QMainWindow *window, QWidget *left, QWidget *right);

/* Puts a line above those that are there; the foot owns it. It is hidden and shown by whoever made it. */
void vt_foot_add(vt_foot *foot, QWidget *line);

/* A message for some seconds, in full and above the lines; another one takes its place. */
void vt_foot_say(vt_foot *foot, const char *text);

/* The window or its status bar has another size, or the words beside the lines have. */
void vt_foot_place(vt_foot *foot);

#endif
