/* Private to the viewer: its fields, and the two ways to look at an item (image_mode.c, model_mode.c). */
#ifndef VT_UI_VIEWER_VIEWER_PRIVATE_H
#define VT_UI_VIEWER_VIEWER_PRIVATE_H

#include "app/ui/viewer/canvas.h"
#include "app/ui/viewer/viewer.h"
#include "app/ui/viewer/viewport.h"
#include "core/base/str.h"
#include "core/import/request.h"

#include <qt6c/qlabel.h>
#include <qt6c/qtimer.h>
#include <qt6c/qtoolbutton.h>

/* A way to look at an item; a const table per kind. */
typedef struct vt_viewer_mode {
    void (*start)(vt_viewer *viewer);                        /* a new item */
    void (*arrived)(vt_viewer *viewer, vt_picture *picture); /* owns `picture->pixels` */
    void (*resized)(vt_viewer *viewer, double width, double height);
    void (*drag)(vt_viewer *viewer, vt_canvas_button button, bool shift, double dx, double dy);
    void (*drag_ended)(vt_viewer *viewer);
    void (*zoom)(vt_viewer *viewer, double factor, double x, double y);
    void (*fit)(vt_viewer *viewer);
    void (*actual_size)(vt_viewer *viewer);
    void (*rested)(vt_viewer *viewer);             /* a moment after the last change */
    double (*zoom_shown)(const vt_viewer *viewer); /* for the label; 1 is 100 % */
} vt_viewer_mode;

extern const vt_viewer_mode vt_image_mode;
extern const vt_viewer_mode vt_model_mode;

struct vt_viewer {
    QWidget widget; /* first */
    vt_library *library;
    vt_viewer_closed closed;
    void *user;
    vt_log log;
    vt_canvas *canvas;
    QLabel *name, *facts, *zoom_label;
    QToolButton *buttons[VT_VIEWER_COMMAND_COUNT];
    QTimer *rest; /* fires when nothing has changed for a moment */

    int64_t row;        /* of the library's view, -1 for none */
    vt_item_brief item; /* name is not kept */
    vt_str path;        /* bytes */
    const vt_viewer_mode *mode;
    vt_request *request; /* under way, or NULL */
    bool complete;

    /* images */
    vt_viewport viewport;
    bool has_alpha;
    uint32_t loaded_width; /* of the pixels on the canvas, 0 if none */
    /* models */
    vt_model_view camera;
    bool camera_changed; /* since the request under way was made */
};

/* Asks for the item's picture; what was asked before is cancelled. `view` NULL for images. */
void vt_viewer_request(vt_viewer *viewer, uint32_t width, uint32_t height, const vt_model_view *view);

/* The zoom or place changed: updates the label and starts the rest timer. */
void vt_viewer_changed(vt_viewer *viewer);

#endif
