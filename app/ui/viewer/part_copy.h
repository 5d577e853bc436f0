/*
 * A copy of a part of decoded pixels, for counting them off the window's thread. Rows are left out evenly
 * where the part is large, so that a copy takes no longer than VT_HISTOGRAM_PIXELS of them. No Qt; any
 * thread.
 */
#ifndef VT_UI_VIEWER_PART_COPY_H
#define VT_UI_VIEWER_PART_COPY_H

#include "core/decode/image.h"
#include "core/import/request.h"

#include <stdbool.h>

/* An empty picture (transparent) for `width` x `height` pixels, of which every *step-th row is kept. False
   when memory runs out or there are none. The caller owns picture->pixels. */
bool vt_part_begin(vt_picture *picture, uint32_t width, uint32_t height, uint32_t *step);

/* Fills in what `pixels`, premultiplied BGRA, have of it: their top left corner lies at (x, y) of the part.
 */
void vt_part_fill(vt_picture *picture, uint32_t step, const uint8_t *pixels, uint32_t width, uint32_t height,
                  size_t stride, int64_t x, int64_t y);

#endif
