/*
 * Preview: the small JPEG that cameras put into a JPEG's EXIF block, shown instead of the picture where it is
 * large enough for the box that was asked for: a hundredth of the work.
 *
 * It is used only if nothing tells it apart from the picture: the same shape (cameras pad it with black bars,
 * and programs that crop may forget it), a picture that has its end marker, and colours that are sRGB (a
 * preview has no profile of its own). Threads: no shared state. Runs in the decoder helper.
 */
#ifndef VT_DECODE_PREVIEW_H
#define VT_DECODE_PREVIEW_H

#include "core/decode/blocks.h"
#include "core/decode/image.h"

#include <stdbool.h>

/* Decodes the preview of the JPEG `input` from its EXIF block. True: `info` is that of the picture, `pixels`
   that of the preview, turned as the picture. False: use the picture; the position of `input` is where it
   was. */
bool vt_preview_decode(vt_input *input, const vt_block *exif, const vt_image_request *request,
                       vt_media_info *info, vt_pixels *pixels);

#endif
