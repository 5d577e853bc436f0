/* Private to comparing: a pane (compare_pane.c), and what holds them together (compare.c). */
#ifndef VT_UI_VIEWER_COMPARE_PRIVATE_H
#define VT_UI_VIEWER_COMPARE_PRIVATE_H

#include "app/ui/viewer/canvas.h"
#include "app/ui/viewer/compare.h"
#include "app/ui/viewer/tiles.h"
#include "app/ui/viewer/viewport.h"
#include "core/base/str.h"
#include "core/import/request.h"

#include <qt6c/qtimer.h>

/* A header and a canvas below it. */
typedef struct vt_compare_pane {
    vt_compare *compare;
    int place;       /* among the panes */
    QWidget *header; /* paints the name; owned by the compare's widget, as the canvas is */
    vt_canvas *canvas;
    vt_viewport viewport;
    int64_t item; /* 0: none */
    uint8_t kind;
    vt_str name; /* displayable */
    vt_str path;
    vt_request *request; /* under way, or NULL */
    vt_tiles *tiles;     /* owned; their user is the pane */
    uint32_t loaded_width;
    bool has_alpha, failed;
} vt_compare_pane;

struct vt_compare {
    QWidget widget; /* first */
    vt_library *library;
    vt_compare_zoomed zoomed;
    void *user;
    vt_log log;
    QTimer *rest;
    vt_compare_pane panes[VT_COMPARE_MAX];
    int count, focus;
    bool unlinked, blinking;
};

/* Makes the widgets of an empty pane. */
void vt_compare_pane_make(vt_compare_pane *pane, vt_compare *compare, int place);

/* Shows another item of the view; -1: none. */
void vt_compare_pane_show(vt_compare_pane *pane, int64_t row);

/* The two exchange their items and pictures. */
void vt_compare_pane_swap(vt_compare_pane *a, vt_compare_pane *b);

/* Its viewport has changed; more pixels if it is zoomed in and rests. */
void vt_compare_pane_place(vt_compare_pane *pane);
void vt_compare_pane_rested(vt_compare_pane *pane);

/* True if what is seen of its picture is more than may be decoded as a whole beside the others. */
bool vt_compare_pane_is_large(const vt_compare_pane *pane);

/* Asks for nothing any more, and holds nothing. */
void vt_compare_pane_free(vt_compare_pane *pane);

/* compare.c: pixels that a pane may have decoded as a whole; bytes of tiles in all panes, of which the large
   ones have equal shares. */
double vt_compare_pixels(const vt_compare *compare);
int64_t vt_compare_tile_bytes(const vt_compare *compare);
void vt_compare_share_tiles(vt_compare *compare);

/* compare.c: the zoom of this pane may have changed. */
void vt_compare_tell_zoom(const vt_compare_pane *pane);

/* compare.c: the pane whose picture this one shows: itself, but while it blinks. */
const vt_compare_pane *vt_compare_pane_seen(const vt_compare_pane *pane);

/* compare.c: this pane was zoomed or moved by the user; it was clicked; its header was dropped at this place
   of the compare's widget. */
void vt_compare_moved(vt_compare_pane *pane);
void vt_compare_focus(vt_compare *compare, int place);
void vt_compare_dropped(vt_compare_pane *pane, QPoint at);

#endif
