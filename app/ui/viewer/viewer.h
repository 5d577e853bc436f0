/*
 * The viewer: one item large. Images zoom, move and turn, models turn under the mouse, sequences play; each
 * mode has a file of its own and a line in a const table (viewer_private.h). What keys, buttons and the menu
 * do is a const table, too (viewer_commands.c).
 *
 * Pictures come from the engine in the size of the canvas, and again larger when the user zooms in and rests;
 * of very large ones only what is seen (tiles.h). UI thread only.
 */
#ifndef VT_UI_VIEWER_VIEWER_H
#define VT_UI_VIEWER_VIEWER_H

#include "app/ui/library/library.h"
#include "core/base/log.h"
#include "core/settings/settings.h"

#include <qt6c/qwidget.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct vt_viewer vt_viewer;

/* What only the window around it can do; none is NULL. */
typedef struct vt_viewer_ops {
    void (*closed)(void *user);                     /* the user wants back to the library */
    void (*set_full_screen)(void *user, bool full); /* vt_viewer_set_full_screen tells when it is so */
} vt_viewer_ops;

/* `library` and `ops` are borrowed. `parent` owns its widget, and with it the viewer. */
vt_viewer *vt_viewer_create(QWidgetRef parent, vt_library *library, const vt_viewer_ops *ops, void *user,
                            vt_log log);

QWidget *vt_viewer_widget(vt_viewer *viewer);

/* Goes through the view of this library, of the same engine, from now on; borrowed. Only while nothing is
   shown. */
void vt_viewer_set_library(vt_viewer *viewer, vt_library *library);

/* Shows the item at `row` of the library's view. */
void vt_viewer_show(vt_viewer *viewer, int64_t row);

/* Forgets the item: no request is under way afterwards. */
void vt_viewer_hide(vt_viewer *viewer);

/* The library shows other rows: the item may stand elsewhere now. */
void vt_viewer_view_changed(vt_viewer *viewer);

/* True once the picture of the present item is there; for the off-screen snapshot. */
bool vt_viewer_is_complete(const vt_viewer *viewer);

/* Makes the icons anew, in the colours of the present theme. */
void vt_viewer_set_icons(vt_viewer *viewer);

/* Compares the items at these rows, VT_COMPARE_MIN to VT_COMPARE_MAX of them (compare.h), while the first of
   them is shown. */
void vt_viewer_compare(vt_viewer *viewer, const int64_t *rows, size_t count);

/* The window is, or is no longer, all of the screen: then nothing but the picture is seen. */
void vt_viewer_set_full_screen(vt_viewer *viewer, bool full);

/* Other settings hold. */
void vt_viewer_take_settings(vt_viewer *viewer, const vt_settings *settings);

/* What keys, buttons and the menu do. */
typedef enum vt_viewer_command {
    VT_VIEWER_BACK,
    VT_VIEWER_PREVIOUS,
    VT_VIEWER_NEXT,
    VT_VIEWER_FIRST,
    VT_VIEWER_LAST,
    VT_VIEWER_ZOOM_OUT,
    VT_VIEWER_ZOOM_IN,
    VT_VIEWER_FIT,
    VT_VIEWER_ACTUAL_SIZE,
    VT_VIEWER_FIT_WIDTH,
    VT_VIEWER_FILL,
    VT_VIEWER_ROTATE_LEFT,
    VT_VIEWER_ROTATE_RIGHT,
    VT_VIEWER_FLIP_ACROSS,
    VT_VIEWER_FLIP_DOWN,
    VT_VIEWER_GROUND,
    VT_VIEWER_SHADED,
    VT_VIEWER_EDGES,
    VT_VIEWER_WIREFRAME,
    VT_VIEWER_NEXT_LOOK,
    VT_VIEWER_BOX,
    VT_VIEWER_AXES,
    VT_VIEWER_ORTHOGRAPHIC,
    VT_VIEWER_FROM_FRONT,
    VT_VIEWER_FROM_BACK,
    VT_VIEWER_FROM_RIGHT,
    VT_VIEWER_FROM_LEFT,
    VT_VIEWER_FROM_TOP,
    VT_VIEWER_FROM_BELOW,
    VT_VIEWER_REPEAT,
    VT_VIEWER_INFO,
    VT_VIEWER_HISTOGRAM,
    VT_VIEWER_HISTOGRAM_OF_SEEN,
    VT_VIEWER_FILMSTRIP,
    VT_VIEWER_COMPARE,
    VT_VIEWER_SLIDE_SHOW,
    VT_VIEWER_SHUFFLE,
    VT_VIEWER_FULL_SCREEN,
    VT_VIEWER_MENU,
    VT_VIEWER_COMMAND_COUNT
} vt_viewer_command;

/* Does nothing while no item is shown, or if it is nothing for this kind of item. */
void vt_viewer_do(vt_viewer *viewer, vt_viewer_command command);

/* What a command is called and which keys it has, for menus and sheets of keys; static. */
const char *vt_viewer_command_text(vt_viewer_command command);
const char *vt_viewer_command_keys(vt_viewer_command command);

#endif
