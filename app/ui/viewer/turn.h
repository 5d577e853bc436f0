/*
 * How a picture is turned for looking at it: quarter turns and a mirror. Only the view is turned, never the
 * file. Arithmetic only; no Qt, any thread.
 */
#ifndef VT_UI_VIEWER_TURN_H
#define VT_UI_VIEWER_TURN_H

#include <stdbool.h>

/* First mirrored (left and right change places), then turned clockwise. */
typedef struct vt_turn {
    int quarters; /* 0 to 3 */
    bool mirrored;
} vt_turn;

/* What the user does is about the picture as it is seen. */
vt_turn vt_turn_right(vt_turn turn);
vt_turn vt_turn_left(vt_turn turn);
vt_turn vt_turn_flip_across(vt_turn turn); /* left and right change places */
vt_turn vt_turn_flip_down(vt_turn turn);   /* top and bottom */

/* True if width and height change places. */
bool vt_turn_swaps(vt_turn turn);

/* The point of a `width` x `height` picture that is seen at (*x, *y), in picture pixels from the top left
   corner of the turned picture. */
void vt_turn_to_picture(vt_turn turn, double width, double height, double *x, double *y);

#endif
