/*
 * Zoom and pan of a picture in a window: arithmetic only.
 *
 * `zoom` is device-independent screen pixels per picture pixel; (x, y) is where the picture's top left corner
 * stands in the window. While `fitting`, the picture follows the window's size. No Qt; any thread.
 */
#ifndef VT_UI_VIEWER_VIEWPORT_H
#define VT_UI_VIEWER_VIEWPORT_H

#include <stdbool.h>

typedef struct vt_viewport {
    double picture_width, picture_height; /* picture pixels; 0 while there is none */
    double width, height;                 /* of the window */
    double zoom, x, y;
    bool fitting;
} vt_viewport;

#define VT_VIEWPORT_ZOOM_MIN 0.01
#define VT_VIEWPORT_ZOOM_MAX 64.0

/* Shows a picture of this size, fitted. */
void vt_viewport_set_picture(vt_viewport *viewport, double width, double height);

/* The window got this size: refits, or keeps the point in the middle in the middle. */
void vt_viewport_resize(vt_viewport *viewport, double width, double height);

/* The whole picture, centred; a picture smaller than the window is not enlarged. */
void vt_viewport_fit(vt_viewport *viewport);

/* Sets the zoom so that the picture's point under (at_x, at_y) of the window stays there. */
void vt_viewport_zoom_at(vt_viewport *viewport, double zoom, double at_x, double at_y);

/* Moves the picture by window pixels; it cannot be pushed out of the window, and is centred where it is
 * smaller. */
void vt_viewport_pan(vt_viewport *viewport, double dx, double dy);

/* The zoom that shows the whole picture. */
double vt_viewport_fit_zoom(const vt_viewport *viewport);

#endif
