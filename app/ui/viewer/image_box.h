/*
 * What to decode of an image for a view of it: the whole in some size or, where that would be too much, the
 * part that is seen. Arithmetic only; no Qt, any thread.
 *
 * `ratio` is physical pixels of the screen per one of the view's. `pixels_max` is the most that is decoded as
 * a whole: one view alone may have VT_IMAGE_PIXELS, several side by side share VT_IMAGE_PIXELS_SHARED.
 */
#ifndef VT_UI_VIEWER_IMAGE_BOX_H
#define VT_UI_VIEWER_IMAGE_BOX_H

#include "app/ui/viewer/turn.h"
#include "app/ui/viewer/viewport.h"
#include "core/decode/image.h"

#include <stdbool.h>
#include <stdint.h>

#define VT_IMAGE_PIXELS        25e6 /* 100 MB */
#define VT_IMAGE_PIXELS_SHARED 50e6 /* four photographs of 12 megapixels, or two of 24 */
#define VT_IMAGE_SIDE_MAX      8192

/* The size in which the whole picture is decoded: as it is seen, within the limits. */
void vt_image_box(const vt_viewport *at, double ratio, double pixels_max, uint32_t *width, uint32_t *height);

/* True if the limits leave that size below what is seen: tiles show the rest. */
bool vt_image_needs_tiles(const vt_viewport *at, double ratio, double pixels_max);

/* The part that is seen, in pixels of the picture as its file has it; `at` sees it turned. Width or height 0:
 * nothing is. */
vt_region vt_image_seen(const vt_viewport *at, vt_turn turn);

#endif
