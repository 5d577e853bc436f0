/*
 * Reducing a picture that is in memory as premultiplied BGRA, by the scaler the decoders use (scale.h).
 *
 * Any thread.
 */
#ifndef VT_DECODE_REDUCE_H
#define VT_DECODE_REDUCE_H

#include "core/base/error.h"
#include "core/decode/image.h"

#include <stdbool.h>
#include <stdint.h>

/* Makes `small` a copy of `pixels` whose longer side has at most `side` pixels, never larger than it is;
   `small->data` is the caller's, free(). VT_ERROR_MEMORY. */
bool vt_pixels_reduce(const vt_pixels *pixels, uint32_t side, vt_pixels *small, vt_error *error);

#endif
