/* Private to the viewer: its fields, and the ways to look at an item (image_mode.c, model_mode.c,
   sequence_mode.c). */
#ifndef VT_UI_VIEWER_VIEWER_PRIVATE_H
#define VT_UI_VIEWER_VIEWER_PRIVATE_H

#include "app/ui/viewer/canvas.h"
#include "app/ui/viewer/frame_bar.h"
#include "app/ui/viewer/neighbours.h"
#include "app/ui/viewer/player.h"
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
extern const vt_viewer_mode vt_sequence_mode;

struct vt_viewer {
    QWidget widget; /* first */
    vt_library *library;
    vt_viewer_closed closed;
    void *user;
    vt_log log;
    vt_canvas *canvas;
    QLabel *name, *line, *zoom_label;
    QToolButton *buttons[VT_VIEWER_COMMAND_COUNT];
    QTimer *rest; /* fires when nothing has changed for a moment */

    int64_t row;        /* of the library's view, -1 for none */
    vt_item_brief item; /* name is not kept */
    vt_str path;        /* bytes */
    const vt_viewer_mode *mode;
    vt_request *request; /* under way, or NULL */
    bool complete;
    vt_neighbours *neighbours; /* owned */

    /* images */
    vt_viewport viewport;
    bool has_alpha;
    uint32_t loaded_width; /* of the pixels on the canvas, 0 if none */
    /* models */
    vt_model_view camera;
    bool camera_changed; /* since the request under way was made */
    /* sequences: the frame that is looked at is an image */
    vt_facts_request *facts_request; /* under way, or NULL */
    vt_sequence_facts *facts;        /* owned; NULL until they are known */
    uint64_t frame;                  /* counted from 0 */
    vt_player *player;               /* owned */
    vt_frame_bar *frame_bar;
};

/* Asks for the item's picture; what was asked before is cancelled. `view` NULL for images. */
void vt_viewer_request(vt_viewer *viewer, uint32_t width, uint32_t height, const vt_model_view *view);

/* Nothing is asked for any more. */
void vt_viewer_cancel(vt_viewer *viewer);

/* There will be no picture. */
void vt_viewer_show_failure(vt_viewer *viewer, const vt_error *error);

/* image_mode.c: asks for the image at `viewer->path` as it is shown now; the size that takes. */
void vt_viewer_request_image(vt_viewer *viewer);
void vt_viewer_image_box(const vt_viewer *viewer, uint32_t *width, uint32_t *height);

/* viewer.c: shows the item's picture if it is here already; image_mode.c: the size in which an image of these
   pixels is shown first. */
bool vt_viewer_show_ahead(vt_viewer *viewer);
void vt_viewer_first_box(const vt_viewer *viewer, uint32_t image_width, uint32_t image_height,
                         uint32_t *width, uint32_t *height);

/* sequence_mode.c: what its bar and its player tell; keys, true if it has used one; the end of an item. */
extern const vt_frame_bar_ops vt_sequence_bar_ops;
void vt_sequence_show_frame(void *user, uint64_t index, vt_picture *picture);
bool vt_sequence_key(vt_viewer *viewer, int key);
void vt_sequence_forget(vt_viewer *viewer);

/* The zoom or place changed: updates the label and starts the rest timer. */
void vt_viewer_changed(vt_viewer *viewer);

#endif
