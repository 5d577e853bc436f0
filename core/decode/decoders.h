/*
 * The decode functions of the format table, one per library. See vt_image_decode (image.h) for what they do;
 * only the table (format.c) names them. Threads: no shared state.
 */
#ifndef VT_DECODE_DECODERS_H
#define VT_DECODE_DECODERS_H

#include "core/decode/format.h"
#include "core/decode/scale.h"

bool vt_jpeg_decode(vt_input *input, const vt_image_request *request, vt_media_info *info, vt_pixels *pixels,
                    vt_error *error);
bool vt_png_decode(vt_input *input, const vt_image_request *request, vt_media_info *info, vt_pixels *pixels,
                   vt_error *error);
bool vt_webp_decode(vt_input *input, const vt_image_request *request, vt_media_info *info, vt_pixels *pixels,
                    vt_error *error);
/* GIF, BMP, TGA, PSD, HDR and PNM. */
bool vt_stb_decode(vt_input *input, const vt_image_request *request, vt_media_info *info, vt_pixels *pixels,
                   vt_error *error);

/* What the decoders share. */

/* VT_ERROR_LIMIT, naming the limit, if a picture of `width` x `height` is too large; VT_ERROR_CORRUPT if a
   side is 0. `scaled`: the library reduces it while decoding. */
bool vt_decoder_check_size(const vt_limits *limits, uint32_t width, uint32_t height, bool scaled,
                           vt_error *error);

/* The request's region in stored pixels of a picture of `width` x `height` stored ones; the whole picture if
   it asks for none. VT_ERROR_CHANGED if the picture is smaller than whoever asked believed. */
bool vt_decoder_region(const vt_image_request *request, uint32_t width, uint32_t height, int orientation,
                       vt_region *stored, vt_error *error);

/* A scaler from `width` x `height` stored pixels to the request's box. With a region it takes from the rows
   that come what lies in it. */
vt_scaler *vt_decoder_scaler(const vt_image_request *request, uint32_t width, uint32_t height,
                             vt_layout layout, int orientation, vt_pixels *pixels, vt_error *error);

/* Ends a picture of which only the `scaler`'s rows so far are good: keeps the upper part if it is worth it,
   else takes the picture away. Always false, VT_ERROR_TRUNCATED and how much is there; VT_ERROR_IO if reading
   failed. */
bool vt_decoder_truncated(const vt_input *input, vt_scaler *scaler, uint32_t height, vt_pixels *pixels,
                          vt_error *error);

#endif
