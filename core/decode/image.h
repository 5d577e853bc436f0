/*
 * Images: a file's content becomes premultiplied BGRA pixels that fit a box, and a record of what it was.
 *
 * Pixels are 4 bytes B, G, R, A, colour multiplied by alpha, sRGB: the memory order of Qt's
 * QImage::Format_ARGB32_Premultiplied on little-endian machines. Rows run top to bottom, `stride` bytes
 * apart. The picture is turned upright by its EXIF orientation; width and height are always as displayed.
 *
 * An embedded ICC profile is applied after scaling (icc.h). A JPEG's embedded preview stands for it where it
 * is large enough for the box (preview.h).
 *
 * A picture is never enlarged. Decoders stream rows into the scaler (scale.h), so that memory does not grow
 * with the picture except where a format forces it (interlaced PNG, progressive JPEG, WebP, stb's formats) or
 * where it is small enough to be unpacked at once (PNG up to 12 megapixels).
 *
 * Of a region, JPEG decodes no more than its rows and columns, PNG unpacks no further than its last row, both
 * with the memory of a few rows; all others are decoded as a whole. VT_ERROR_CHANGED if it does not lie
 * within the picture.
 *
 * A file that ends early fails with VT_ERROR_TRUNCATED; if at least one row in VT_IMAGE_PARTIAL of it was
 * there, the target nevertheless holds the upper part (the rest transparent), for whoever wants to show it.
 * Interlaced PNG and stb's formats keep nothing: their libraries do not tell how far they came.
 *
 * Threads: no shared state; different targets may be decoded at the same time. Runs in the decoder helper.
 */
#ifndef VT_DECODE_IMAGE_H
#define VT_DECODE_IMAGE_H

#include "core/base/error.h"
#include "core/decode/input.h"
#include "core/decode/limits.h"
#include "core/decode/media.h"
#include "core/decode/metadata.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_IMAGE_PARTIAL 8

typedef struct vt_icc_cache vt_icc_cache;

/* Where pixels go: memory of the caller, `capacity` bytes. The decoder sets the other fields; width 0 means
   that there is no picture. */
typedef struct vt_pixels {
    uint8_t *data;
    size_t capacity;
    uint32_t width;
    uint32_t height;
    size_t stride; /* bytes from row to row, at least 4 * width */
} vt_pixels;

/* A part of a picture, in pixels of it as displayed; width 0: all of it. */
typedef struct vt_region {
    uint32_t x, y, width, height;
} vt_region;

typedef struct vt_image_request {
    uint32_t box_width; /* the picture, or the region, is reduced to fit; 0: full size */
    uint32_t box_height;
    bool probe;       /* only fill the record, touch no pixels */
    vt_region region; /* only this part; the record is of the whole picture all the same */
    vt_limits limits;
    int orientation; /* 1 to 8: turn by this, whatever the file says (JPEG only); 0: as the file says */
    vt_metadata
        *metadata; /* filled with what the file's blocks know, also where decoding fails; may be NULL */
    vt_icc_cache *profiles; /* for colours other than sRGB (icc.h); NULL: they are left as they are */
} vt_image_request;

/* Fills `info` and, unless probing, `pixels` from `input`, whose format has been found by vt_format_sniff.
   False and `error`: the record may be filled as far as it was known. */
bool vt_image_decode(vt_format format, vt_input *input, const vt_image_request *request, vt_media_info *info,
                     vt_pixels *pixels, vt_error *error);

/* The size of a `width` x `height` picture reduced to fit a box (0: as it is), at least 1 x 1. */
void vt_image_fit(uint32_t width, uint32_t height, uint32_t box_width, uint32_t box_height,
                  uint32_t *fit_width, uint32_t *fit_height);

#endif
