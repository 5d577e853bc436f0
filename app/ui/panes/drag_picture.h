/*
 * What is dragged, small, beside the pointer, where it is outside of all windows: so that one sees that
 * letting go opens a window there. A window of its own that takes neither the mouse nor the keyboard. UI
 * thread only.
 */
#ifndef VT_UI_PANES_DRAG_PICTURE_H
#define VT_UI_PANES_DRAG_PICTURE_H

#include <qt6c/qwidget.h>

typedef struct vt_drag_picture vt_drag_picture;

/* Owned by `parent`, hidden. */
vt_drag_picture *vt_drag_picture_create(QWidgetRef parent);

/* Shows it at a point of the screen; `source` as it looks when the picture comes to be seen. */
void vt_drag_picture_show(vt_drag_picture *picture, QWidget *source, int x, int y);
/* The drag is over windows again, or has ended. */
void vt_drag_picture_hide(vt_drag_picture *picture);

#endif
