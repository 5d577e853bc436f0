/*
 * Zoom and pan of a picture in a window: arithmetic only.
 *
 * `zoom` is device-independent screen pixels per picture pixel; (x, y) is where the picture's top left corner
 * stands in the window. No Qt; any thread.
 */
#ifndef VT_UI_VIEWER_VIEWPORT_H
#define VT_UI_VIEWER_VIEWPORT_H

#include <stdbool.h>

/* What follows the window's size. */
typedef enum vt_viewport_fitting {
    VT_VIEWPORT_FREE,      /* nothing: the user has chosen a zoom */
    VT_VIEWPORT_FIT,       /* the whole picture is seen, not enlarged */
    VT_VIEWPORT_FIT_WIDTH, /* it is as wide as the window, seen from its top */
    VT_VIEWPORT_FILL       /* it covers the window, seen in its middle */
} vt_viewport_fitting;

typedef struct vt_viewport {
    double picture_width, picture_height; /* picture pixels; 0 while there is none */
    double width, height;                 /* of the window */
    double zoom, x, y;
    vt_viewport_fitting fitting;
} vt_viewport;

#define VT_VIEWPORT_ZOOM_MIN 0.01
#define VT_VIEWPORT_ZOOM_MAX 64.0

/* Shows a picture of this size, fitted as the last one was, or as a whole. */
void vt_viewport_set_picture(vt_viewport *viewport, double width, double height);

/* The window got this size: refits, or keeps the point in the middle in the middle. */
void vt_viewport_resize(vt_viewport *viewport, double width, double height);

/* The whole picture, centred; a picture smaller than the window is not enlarged. */
void vt_viewport_fit(vt_viewport *viewport);

/* Fitted in another way; VT_VIEWPORT_FREE changes nothing. */
void vt_viewport_fit_as(vt_viewport *viewport, vt_viewport_fitting fitting);

/* Sets the zoom so that the picture's point under (at_x, at_y) of the window stays there. */
void vt_viewport_zoom_at(vt_viewport *viewport, double zoom, double at_x, double at_y);

/* Moves the picture by window pixels; it cannot be pushed out of the window, and is centred where it is
 * smaller. */
void vt_viewport_pan(vt_viewport *viewport, double dx, double dy);

/* True if a part of the picture lies beyond that edge of the window: left and right (`across`) or top and
 * bottom. */
bool vt_viewport_overflows(const vt_viewport *viewport, bool across);

/* Shows the same part as `leader` does, in the same size relative to its window; also of a picture of other
 * size. */
void vt_viewport_follow(vt_viewport *viewport, const vt_viewport *leader);

/* The part of the picture that is seen, in picture pixels; nothing seen: width or height 0. */
void vt_viewport_seen(const vt_viewport *viewport, double *x, double *y, double *width, double *height);

/* The zoom that shows the whole picture. */
double vt_viewport_fit_zoom(const vt_viewport *viewport);

#endif
