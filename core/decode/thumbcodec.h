/*
 * Thumbnail codec: premultiplied BGRA pixels to the bytes that are stored, and back.
 *
 * Opaque pictures become JPEG (quality 88), those with transparency PNG (level 1, lossless up to the rounding
 * of premultiplied colour). Encoding runs in the caller's process, not in the decoder helper: what
 * is stored was then written by trusted code from plain pixels, and may be decoded again without a helper.
 * Threads: no shared state.
 */
#ifndef VT_DECODE_THUMBCODEC_H
#define VT_DECODE_THUMBCODEC_H

#include "core/base/error.h"
#include "core/decode/image.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_THUMB_MAX_SIDE 1024

/* Bytes of a stored thumbnail: owned by the caller, free(). */
typedef struct vt_blob {
    uint8_t *data;
    size_t size;
} vt_blob;

/* Encodes `pixels` (at most VT_THUMB_MAX_SIDE a side). VT_ERROR_MEMORY, VT_ERROR_LIMIT. */
bool vt_thumb_encode(const vt_pixels *pixels, vt_blob *blob, vt_error *error);

/* The same, always as PNG: for files that other programs read. */
bool vt_thumb_encode_png(const vt_pixels *pixels, vt_blob *blob, vt_error *error);

/* Size of the picture in a blob, without decoding it. VT_ERROR_CORRUPT, VT_ERROR_LIMIT. */
bool vt_thumb_size(const void *data, size_t size, uint32_t *width, uint32_t *height, vt_error *error);

/* Decodes into `pixels->data` of `pixels->capacity` bytes and sets the other fields.
   VT_ERROR_CORRUPT if the bytes are no stored thumbnail, VT_ERROR_LIMIT if they do not fit. */
bool vt_thumb_decode(const void *data, size_t size, vt_pixels *pixels, vt_error *error);

#endif
