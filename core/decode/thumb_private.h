/* The two forms of a stored thumbnail, for thumbcodec.c. See thumbcodec.h for errors and ownership. */
#ifndef VT_DECODE_THUMB_PRIVATE_H
#define VT_DECODE_THUMB_PRIVATE_H

#include "core/decode/thumbcodec.h"

bool vt_thumb_jpeg_encode(const vt_pixels *pixels, vt_blob *blob, vt_error *error);
bool vt_thumb_jpeg_size(const void *data, size_t size, uint32_t *width, uint32_t *height, vt_error *error);
bool vt_thumb_jpeg_decode(const void *data, size_t size, vt_pixels *pixels, vt_error *error);

bool vt_thumb_png_encode(const vt_pixels *pixels, vt_blob *blob, vt_error *error);
bool vt_thumb_png_size(const void *data, size_t size, uint32_t *width, uint32_t *height, vt_error *error);
bool vt_thumb_png_decode(const void *data, size_t size, vt_pixels *pixels, vt_error *error);

/* Sets the size of `pixels`; VT_ERROR_LIMIT if it has no room or a side is too long. */
bool vt_thumb_prepare(uint32_t width, uint32_t height, vt_pixels *pixels, vt_error *error);

#endif
