/*
 * Private to panes: `image:`, `model:` and `sequence:`, which look at one item. A picture zooms and moves, a
 * model turns, a sequence plays, made of the viewer's parts. What kind it is the item says: a pane that
 * follows another shows whatever is selected there. UI thread only.
 */
#ifndef VT_UI_PANES_PANE_LOOK_H
#define VT_UI_PANES_PANE_LOOK_H

#include "app/ui/panes/content.h"
#include "app/ui/panes/pane_item.h"
#include "app/ui/viewer/canvas.h"
#include "app/ui/viewer/frame_bar.h"
#include "app/ui/viewer/player.h"
#include "app/ui/viewer/tiles.h"
#include "app/ui/viewer/viewport.h"
#include "core/import/request.h"

#include <qt6c/qboxlayout.h>
#include <qt6c/qcontextmenuevent.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qtimer.h>

typedef struct vt_pane_look vt_pane_look;

/* A way to look at an item; a const table per kind. */
typedef struct vt_pane_look_mode {
    void (*start)(vt_pane_look *look);
    void (*arrived)(vt_pane_look *look, vt_picture *picture); /* owns picture->pixels */
    void (*resized)(vt_pane_look *look, double width, double height);
    void (*drag)(vt_pane_look *look, vt_canvas_button button, bool shift, double dx, double dy);
    void (*drag_ended)(vt_pane_look *look);
    void (*zoom)(vt_pane_look *look, double factor, double x, double y);
    void (*fit)(vt_pane_look *look, vt_viewport_fitting fitting);
    void (*actual_size)(vt_pane_look *look, double x, double y);
    void (*rested)(vt_pane_look *look);       /* a moment after the last change */
    bool (*key)(vt_pane_look *look, int key); /* of its own; NULL: none */
    void (*restored)(vt_pane_look *look);     /* the saved fields are set */
    unsigned keys;                            /* VT_KEYS_... */
} vt_pane_look_mode;

extern const vt_pane_look_mode vt_pane_image_mode;
extern const vt_pane_look_mode vt_pane_model_mode;
extern const vt_pane_look_mode vt_pane_sequence_mode;

/* What a state remembers. */
typedef struct vt_pane_look_state {
    double zoom, x, y; /* of a picture: where its middle is seen, as shares of it; zoom 0: fitted */
    vt_model_view camera;
    int64_t frame;
    bool is_set;
} vt_pane_look_state;

struct vt_pane_look {
    vt_pane_content content; /* first */
    vt_canvas *canvas;
    QVBoxLayout *layout;
    QTimer *rest;
    vt_pane_item item; /* id 0: none */
    bool followed;     /* another one than the argument names */
    const vt_pane_look_mode *mode;
    vt_request *request; /* under way, or NULL */
    vt_pane_look_state saved;
    /* pictures */
    vt_viewport viewport;
    vt_tiles *tiles;       /* owned; NULL: there was no memory */
    uint32_t loaded_width; /* 0: none is here */
    bool has_alpha;
    /* models */
    vt_model_view camera;
    bool camera_changed;
    /* sequences */
    vt_facts_request *facts_request;
    vt_sequence_facts *facts; /* owned; NULL until they are known */
    uint64_t frame;
    vt_str frame_path;
    vt_player *player;       /* owned; NULL before the first sequence */
    vt_frame_bar *frame_bar; /* likewise */
    vt_playback_repeat repeat;
};

/* pane_look.c. Asks for a picture of the file at `path`, instead of what was asked for before. */
void vt_pane_look_request(vt_pane_look *look, const char *path, uint32_t width, uint32_t height,
                          const vt_model_view *view);
void vt_pane_look_fail(vt_pane_look *look, const vt_error *error);
/* Something has changed, and perhaps goes on: starts the rest timer. */
void vt_pane_look_changed(vt_pane_look *look);

/* pane_image.c, for frames, too. */
const char *vt_pane_look_path(const vt_pane_look *look);
void vt_pane_look_request_image(vt_pane_look *look);
void vt_pane_look_image_box(const vt_pane_look *look, uint32_t *width, uint32_t *height);
void vt_pane_look_paint_tiles(void *user, QPainter *painter, const QRectF *area);
void vt_pane_look_tiles_ready(void *user, const vt_error *error);

/* pane_look_menu.c: the menu of the item, at a place of the screen; or what a key or a press asks for. */
void vt_pane_look_show_menu(void *user, QPoint at);
/* True if it was the key for it. */
bool vt_pane_look_menu_key(vt_pane_look *look, QKeyEvent *event);
void vt_pane_look_context_menu(vt_pane_look *look, QContextMenuEvent *event);

/* pane_sequence.c: nothing of a sequence is under way afterwards. */
void vt_pane_look_forget_sequence(vt_pane_look *look);

/* For the tables of the types. */
vt_pane_content *vt_pane_look_create(const vt_pane_type *type, const vt_pane_context *context,
                                     vt_error *error);
void vt_pane_look_show(vt_pane_content *content, const char *argument);
void vt_pane_look_clear(vt_pane_content *content);
void vt_pane_look_destroy(vt_pane_content *content);
void vt_pane_look_cancel(vt_pane_content *content);
void vt_pane_look_describe(const vt_pane_content *content, vt_str *text);
void *vt_pane_look_save(const vt_pane_content *content, size_t *length);
void vt_pane_look_restore(vt_pane_content *content, const void *bytes, size_t length);
size_t vt_pane_look_bytes(const vt_pane_content *content);
bool vt_pane_look_is_valid(const vt_pane_content *content, const char *argument);
void vt_pane_look_select(vt_pane_content *content, const int64_t *items, size_t count);
void vt_pane_look_rows_changed(vt_pane_content *content);
vt_subject vt_pane_look_subject(const vt_pane_content *content);
vt_chosen *vt_pane_look_chosen(const vt_pane_content *content);

#define VT_PANE_LOOK_TYPE(create_)                                                                           \
    .create = (create_), .show = vt_pane_look_show, .clear = vt_pane_look_clear,                             \
    .destroy = vt_pane_look_destroy, .cancel = vt_pane_look_cancel, .describe = vt_pane_look_describe,       \
    .save = vt_pane_look_save, .restore = vt_pane_look_restore, .bytes = vt_pane_look_bytes,                 \
    .is_valid = vt_pane_look_is_valid, .select = vt_pane_look_select,                                        \
    .rows_changed = vt_pane_look_rows_changed, .subject = vt_pane_look_subject,                              \
    .chosen = vt_pane_look_chosen

#endif
