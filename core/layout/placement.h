/* Windows on screens: one that was saved on a screen that is gone, or was made smaller, comes back to where
   it can be seen and moved. Plain arithmetic, any thread. */
#ifndef VT_LAYOUT_PLACEMENT_H
#define VT_LAYOUT_PLACEMENT_H

#include "core/layout/rect.h"

#include <stddef.h>

/* So much of a window's top must be on a screen, so that it can be taken by its title. */
#define VT_PLACEMENT_SEEN_WIDTH  96
#define VT_PLACEMENT_SEEN_HEIGHT 24

/* A window smaller than this gets this size: one saved with none would not be found. */
#define VT_PLACEMENT_LEAST_WIDTH  160
#define VT_PLACEMENT_LEAST_HEIGHT 120

/* `window` as it is, if it can be taken on one of the screens; else moved onto the nearest one and made no
   larger than that. Without screens, and for an empty one at 0, 0 (the window manager chooses), as it is. */
vt_rect vt_placement_fit(vt_rect window, const vt_rect *screens, size_t count);

#endif
