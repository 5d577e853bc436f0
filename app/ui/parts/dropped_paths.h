/*
 * The paths of what was dropped on a widget: local files and folders of a text/uri-list (RFC 2483), as bytes,
 * since a path need not be text. UI thread only.
 */
#ifndef VT_UI_PARTS_DROPPED_PATHS_H
#define VT_UI_PARTS_DROPPED_PATHS_H

#include <qt6c/qdropevent.h>
#include <stddef.h>

typedef struct vt_dropped_paths {
    char **paths; /* owned, `count` of them */
    size_t count;
} vt_dropped_paths;

/* At most 10,000; none when there are none or memory runs out. Release with vt_dropped_paths_free. */
vt_dropped_paths vt_dropped_paths_of(QDropEvent *event);
void vt_dropped_paths_free(vt_dropped_paths *dropped);

#endif
