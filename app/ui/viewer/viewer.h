/*
 * The viewer: one item large. Images zoom and pan, models turn; the file is decoded in a helper process each
 * time, so that no file can hurt the window. UI thread only.
 */
#ifndef VT_UI_VIEWER_VIEWER_H
#define VT_UI_VIEWER_VIEWER_H

#include "app/ui/library/library.h"
#include "core/base/log.h"

#include <qt6c/qwidget.h>

typedef struct vt_viewer vt_viewer;

/* Called when the user goes back to the library. */
typedef void (*vt_viewer_closed)(void *user);

/* `parent` owns the widget and with it the viewer; `library` is borrowed. */
vt_viewer *vt_viewer_create(QWidgetRef parent, vt_library *library, vt_viewer_closed closed, void *user,
                            vt_log log);

QWidget *vt_viewer_widget(vt_viewer *viewer);

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

/* What keys and buttons do. */
typedef enum vt_viewer_command {
    VT_VIEWER_BACK,
    VT_VIEWER_PREVIOUS,
    VT_VIEWER_NEXT,
    VT_VIEWER_FIT,
    VT_VIEWER_ACTUAL_SIZE,
    VT_VIEWER_ZOOM_IN,
    VT_VIEWER_ZOOM_OUT,
    VT_VIEWER_COMMAND_COUNT
} vt_viewer_command;

void vt_viewer_do(vt_viewer *viewer, vt_viewer_command command);

#endif
