/* Private to the viewer: its fields, and the ways to look at an item (image_mode.c, model_mode.c,
   sequence_mode.c). */
#ifndef VT_UI_VIEWER_VIEWER_PRIVATE_H
#define VT_UI_VIEWER_VIEWER_PRIVATE_H

#include "app/ui/viewer/canvas.h"
#include "app/ui/viewer/compare.h"
#include "app/ui/viewer/filmstrip.h"
#include "app/ui/viewer/frame_bar.h"
#include "app/ui/viewer/image_box.h"
#include "app/ui/viewer/neighbours.h"
#include "app/ui/viewer/overlay.h"
#include "app/ui/viewer/player.h"
#include "app/ui/viewer/slides.h"
#include "app/ui/viewer/tiles.h"
#include "app/ui/viewer/turn.h"
#include "app/ui/viewer/viewer.h"
#include "app/ui/viewer/viewport.h"
#include "core/base/str.h"
#include "core/import/item_metadata.h"
#include "core/import/request.h"

#include <qt6c/qboxlayout.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qlabel.h>
#include <qt6c/qtimer.h>
#include <qt6c/qtoolbutton.h>
#include <qt6c/qvboxlayout.h>

/* A way to look at an item; a const table per kind. */
typedef struct vt_viewer_mode {
    void (*start)(vt_viewer *viewer);                        /* a new item */
    void (*arrived)(vt_viewer *viewer, vt_picture *picture); /* owns `picture->pixels` */
    void (*resized)(vt_viewer *viewer, double width, double height);
    void (*drag)(vt_viewer *viewer, vt_canvas_button button, bool shift, double dx, double dy);
    void (*drag_ended)(vt_viewer *viewer);
    void (*zoom)(vt_viewer *viewer, double factor, double x, double y);
    void (*fit)(vt_viewer *viewer, vt_viewport_fitting fitting);
    void (*actual_size)(vt_viewer *viewer);
    void (*rested)(vt_viewer *viewer);             /* a moment after the last change */
    double (*zoom_shown)(const vt_viewer *viewer); /* for the label; 1 is 100 % */
    /* An arrow key, one of them 1 or -1: true if the picture moved by it. */
    bool (*arrow)(vt_viewer *viewer, bool shift, int across, int down);
    unsigned kind; /* VT_VIEWER_ON_..., for the table of commands */
} vt_viewer_mode;

#define VT_VIEWER_ON_IMAGE    1U
#define VT_VIEWER_ON_MODEL    2U
#define VT_VIEWER_ON_SEQUENCE 4U

extern const vt_viewer_mode vt_image_mode;
extern const vt_viewer_mode vt_model_mode;
extern const vt_viewer_mode vt_sequence_mode;

struct vt_viewer {
    QWidget widget; /* first */
    vt_library *library;
    const vt_viewer_ops *ops;
    void *user;
    vt_log log;
    vt_canvas *canvas;
    QVBoxLayout *layout;
    QWidget *bar;
    QLabel *name, *line, *zoom_label;
    QToolButton *buttons[VT_VIEWER_COMMAND_COUNT]; /* NULL: it has none */
    QTimer *rest;                                  /* fires when nothing has changed for a moment */
    vt_filmstrip *filmstrip;
    vt_compare *compare; /* NULL until it is first wanted */
    bool comparing;
    bool full_screen, shows_filmstrip;
    vt_canvas_ground ground;

    int64_t row;        /* of the library's view, -1 for none */
    vt_item_brief item; /* name is not kept */
    vt_str path;        /* bytes */
    const vt_viewer_mode *mode;
    vt_request *request; /* under way, or NULL */
    bool complete;
    double zoom;               /* as the label shows it; 0: not known yet */
    int64_t went_ns;           /* when the user went to the item; 0 once it has been painted */
    vt_neighbours *neighbours; /* owned */

    /* what is told of it (info.c) */
    vt_viewer_overlay *overlay;
    bool shows_info, shows_histogram;
    bool histogram_of_seen;                /* not of the whole picture (seen_histogram.c) */
    vt_histogram *whole_histogram;         /* owned; NULL: there is none */
    vt_request *histogram_request;         /* under way, or NULL */
    vt_metadata_request *metadata_request; /* under way, or NULL */
    vt_metadata metadata;
    bool has_metadata;
    vt_media_info media; /* of the picture that came last; zero before */

    /* slide show (slide_show.c) */
    vt_slides slides;
    QTimer *slide_timer;
    bool sliding, slide_paused; /* never both */
    bool shuffles, slides_loop;
    int slide_ms;

    /* images */
    vt_viewport viewport;
    vt_turn turn;
    vt_tiles *tiles; /* owned */
    bool has_alpha;
    uint32_t loaded_width; /* of the pixels on the canvas, as the file has them; 0 if none */
    /* models */
    vt_model_view camera;
    uint32_t look;       /* VT_DECODE_WIREFRAME and so on, kept from model to model */
    bool camera_changed; /* since the request under way was made */
    /* sequences: the frame that is looked at is an image */
    vt_facts_request *facts_request; /* under way, or NULL */
    vt_sequence_facts *facts;        /* owned; NULL until they are known */
    uint64_t frame;                  /* counted from 0 */
    vt_player *player;               /* owned */
    vt_frame_bar *frame_bar;
    vt_playback_repeat repeat; /* kept from one to the next */
};

/* Asks for the item's picture; what was asked before is cancelled. `view` NULL for images. */
void vt_viewer_request(vt_viewer *viewer, uint32_t width, uint32_t height, const vt_model_view *view);

/* Nothing is asked for any more. */
void vt_viewer_cancel(vt_viewer *viewer);

/* There will be no picture. */
void vt_viewer_show_failure(vt_viewer *viewer, const vt_error *error);

/* Goes to the item at `row`, if there is one. */
void vt_viewer_go(vt_viewer *viewer, int64_t row);

/* viewer_canvas.c */
extern const vt_canvas_ops vt_viewer_canvas_ops;

/* viewer_compare.c: the pane with the focus becomes the item that is shown alone; or nothing is compared any
 * more. */
void vt_viewer_stop_comparing(vt_viewer *viewer);
void vt_viewer_forget_compared(vt_viewer *viewer);

/* Bars are seen as the window's size and what is shown allow. */
void vt_viewer_show_bars(vt_viewer *viewer);

/* image_mode.c: asks for the image at `viewer->path` as it is shown now; the size that takes. */
void vt_viewer_request_image(vt_viewer *viewer);
void vt_viewer_image_box(const vt_viewer *viewer, uint32_t *width, uint32_t *height);
/* image_mode.c: turned otherwise. Its tiles: painting them, and what becomes of one asked for. */
void vt_viewer_turn(vt_viewer *viewer, vt_turn turn);
void vt_viewer_paint_tiles(void *user, QPainter *painter, const QRectF *area);
void vt_viewer_tiles_ready(void *user, const vt_error *error);

/* model_mode.c: the model's look: flags of VT_DECODE_WIREFRAME and those that follow it are exchanged. Or
   seen from where the azimuth and elevation say, in degrees (core/mesh/camera.h). */
void vt_viewer_set_look(vt_viewer *viewer, uint32_t clear, uint32_t set);
void vt_viewer_look_from(vt_viewer *viewer, double azimuth, double elevation);

/* viewer.c: shows the item's picture if it is here already; image_mode.c: the size in which an image of these
   pixels is shown first. */
bool vt_viewer_show_ahead(vt_viewer *viewer);
void vt_viewer_first_box(const vt_viewer *viewer, uint32_t image_width, uint32_t image_height,
                         uint32_t *width, uint32_t *height);

/* viewer_commands.c: what the user can do. */
/* Where a command has its button. */
typedef enum vt_viewer_bar_place {
    VT_VIEWER_NOWHERE,
    VT_VIEWER_AT_LEFT,
    VT_VIEWER_AT_RIGHT
} vt_viewer_bar_place;

typedef struct vt_viewer_command_row {
    const char *text, *keys_text;
    vt_viewer_bar_place bar;
    int icon;    /* vt_icon, of those in the bar */
    unsigned on; /* kinds of items that it is for */
    bool line_before, in_menu;
    void (*run)(vt_viewer *viewer);
    bool (*is_on)(const vt_viewer *viewer); /* NULL: it is nothing to be checked */
} vt_viewer_command_row;

extern const vt_viewer_command_row vt_viewer_commands[VT_VIEWER_COMMAND_COUNT];

/* viewer_input.c: the bar's buttons, keys (true if one was used), the menu. */
void vt_viewer_add_buttons(vt_viewer *viewer, QBoxLayoutRef bar, bool at_left);
bool vt_viewer_key(vt_viewer *viewer, QKeyEvent *event);
void vt_viewer_show_menu(vt_viewer *viewer, QPoint at);
/* What is checked, and fits the kind of item. */
/* Whether it does something to what is shown now. */
bool vt_viewer_can(const vt_viewer *viewer, vt_viewer_command command);
void vt_viewer_update_buttons(vt_viewer *viewer);

/* info.c: the overlay follows the item, the picture, and what the user wants to see. */
void vt_viewer_info_item(vt_viewer *viewer);
/* Takes picture->histogram. */
void vt_viewer_info_picture(vt_viewer *viewer, vt_picture *picture);
void vt_viewer_info_forget(vt_viewer *viewer);
void vt_viewer_info_show(vt_viewer *viewer, bool info, bool histogram);

/* seen_histogram.c: the histogram of the whole picture, taken over; or there is none any more. */
void vt_viewer_histogram_picture(vt_viewer *viewer, vt_histogram *histogram);
void vt_viewer_histogram_forget(vt_viewer *viewer);
/* Of what is seen, or of the whole; the user wants the other one; the view has come to rest. */
void vt_viewer_histogram_of_seen(vt_viewer *viewer, bool of_seen);
void vt_viewer_histogram_chosen(void *user, bool on);
void vt_viewer_histogram_rested(vt_viewer *viewer);

/* slide_show.c */
void vt_viewer_slide_show(vt_viewer *viewer, bool on);
/* Pauses one, or goes on with a paused one; false if there is none. */
bool vt_viewer_slide_pause(vt_viewer *viewer);
void vt_viewer_slide_went(vt_viewer *viewer); /* another item is shown, be it by the user */
void vt_viewer_slide_came(vt_viewer *viewer); /* the picture is there, or will not be */
void vt_viewer_slide_timer(void *user);

/* sequence_mode.c: what its bar and its player tell; keys, true if it has used one; the end of an item. */
extern const vt_frame_bar_ops vt_sequence_bar_ops;
void vt_sequence_show_frame(void *user, uint64_t index, vt_picture *picture);
bool vt_sequence_key(vt_viewer *viewer, int key);
void vt_sequence_repeat(vt_viewer *viewer); /* the next way to go on at the end */
void vt_sequence_forget(vt_viewer *viewer);

/* The label says so; 1 is 100 %. */
void vt_viewer_show_zoom(vt_viewer *viewer, double zoom);

/* The zoom or place changed: updates the label and starts the rest timer. */
void vt_viewer_changed(vt_viewer *viewer);

#endif
