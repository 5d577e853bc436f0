/*
 * Canvas: the widget that a picture is looked at in. It paints one picture into a rectangle, or a message,
 * and hands what the mouse does to whoever decides where the picture stands. UI thread only.
 */
#ifndef VT_UI_VIEWER_CANVAS_H
#define VT_UI_VIEWER_CANVAS_H

#include "app/ui/viewer/turn.h"

#include <qt6c/qimage.h>
#include <qt6c/qpainter.h>
#include <qt6c/qrectf.h>
#include <qt6c/qwidget.h>
#include <stdbool.h>

typedef struct vt_canvas vt_canvas;

typedef enum vt_canvas_button { VT_CANVAS_LEFT, VT_CANVAS_MIDDLE, VT_CANVAS_RIGHT } vt_canvas_button;

/* What the mouse does; lengths in device-independent pixels, (0, 0) is the top left corner. */
typedef struct vt_canvas_ops {
    void (*drag)(void *user, vt_canvas_button button, bool shift, double dx, double dy);
    void (*drag_ended)(void *user);
    void (*wheel)(void *user, double steps, double x, double y); /* > 0: away from the user */
    void (*double_click)(void *user, double x, double y);
    void (*resized)(void *user, double width, double height);
    /* The right button was clicked, at this place of the screen. */
    void (*menu)(void *user, QPoint at);
    /* Paints over the picture what is known of it more sharply; `area` is where all of it stands, before it
       is turned. NULL: nothing. */
    void (*paint_detail)(void *user, QPainter *painter, const QRectF *area);
    void (*painted)(void *user); /* after each painting of a picture; NULL */
} vt_canvas_ops;

vt_canvas *vt_canvas_create(QWidgetRef parent, const vt_canvas_ops *ops, void *user);

QWidget *vt_canvas_widget(vt_canvas *canvas);

/* What screen readers are told of the picture, of the canvas and of `focused`, the widget that has the
   keyboard for it (NULL: none): the item's name, where it stands ("" for nothing), and its zoom (1 is 100 %;
   0: not known). */
void vt_canvas_describe(vt_canvas *canvas, QWidget *focused, const char *name, const char *place,
                        double zoom);

/* Physical pixels per device-independent one. */
double vt_canvas_ratio(vt_canvas *canvas);

/* Takes the picture over; `pixels` (premultiplied BGRA) is freed with free() when it is no longer shown. */
void vt_canvas_set_picture(vt_canvas *canvas, unsigned char *pixels, int width, int height, long stride);
void vt_canvas_clear(vt_canvas *canvas);
bool vt_canvas_has_picture(const vt_canvas *canvas);

/* The pixels of the picture, lent until it changes; NULL if there is none. */
const unsigned char *vt_canvas_pixels(const vt_canvas *canvas, int *width, int *height, long *stride);

/* Two canvases exchange what they show, messages included, but for its place. */
void vt_canvas_swap_pictures(vt_canvas *one, vt_canvas *other);

/* What is around a picture; the theme's colour at first. */
typedef enum vt_canvas_ground {
    VT_CANVAS_THEME,
    VT_CANVAS_BLACK,
    VT_CANVAS_GREY,
    VT_CANVAS_LIGHT,
    VT_CANVAS_GROUND_COUNT
} vt_canvas_ground;

void vt_canvas_set_ground(vt_canvas *canvas, vt_canvas_ground ground);

/* How the picture is turned within its place. */
void vt_canvas_set_turn(vt_canvas *canvas, vt_turn turn);

/* Where the whole picture stands, turned as it is. `crisp`: enlarged pixels stay squares. `checks`: a pattern
   shows where the picture is transparent. */
void vt_canvas_place(vt_canvas *canvas, QRectF target, bool crisp, bool checks);

typedef enum vt_canvas_message {
    VT_CANVAS_WAIT,    /* in the middle: something is on its way */
    VT_CANVAS_FAILURE, /* in the middle, with a sign: there will be no picture */
    VT_CANVAS_NOTE     /* at the foot, over the picture: something to know about it */
} vt_canvas_message;

/* Shows a message; "" for none. `detail` is a second, smaller line, and for what stands in the middle a third
   one behind a line break. */
void vt_canvas_set_message(vt_canvas *canvas, vt_canvas_message kind, const char *text, const char *detail);

#endif
