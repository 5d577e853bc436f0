/* What is selected leaves the window: dragged to other programs, or copied for them. UI thread only. */
#ifndef VT_UI_FILES_DRAG_OUT_H
#define VT_UI_FILES_DRAG_OUT_H

#include "app/ui/files/chosen.h"

#include <qt6c/qwidget.h>

/* Drags what is selected until it is dropped somewhere; only ever copies. */
void vt_drag_out(QWidgetRef source, vt_library *library);

/* Takes over `chosen`. Sequences, which are no files, are left out, here and above. */
void vt_copy_files(vt_chosen *chosen);
/* Their paths, one a line. False if one is no text (UTF-8), or there are more than VT_COPY_PATHS_MAX; takes
   over `chosen`, too. */
bool vt_copy_paths(vt_chosen *chosen);
#define VT_COPY_PATHS_MAX 100000

#endif
