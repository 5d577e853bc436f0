/*
 * Scaler: rows of a decoder go in from top to bottom, an upright reduced picture comes out.
 *
 * Every output pixel is the mean of exactly the source area it covers (box filter with fractional edges),
 * computed in linear light and weighted by alpha: a black and white checkerboard becomes the grey that has
 * half its light (188 of 255), hidden colours of transparent pixels do not bleed, nothing aliases. Where a
 * library has reduced the picture before (JPEG by its DCT, WebP), that first step averaged sRGB values.
 * Transfer function: IEC 61966-2-1 (sRGB).
 *
 * Rows are consumed one at a time: memory is a few rows, whatever the picture's size.
 * Threads: one thread per scaler; the tables are constant after the first creation (thread safe).
 */
#ifndef VT_DECODE_SCALE_H
#define VT_DECODE_SCALE_H

#include "core/base/error.h"
#include "core/decode/image.h"

#include <stdbool.h>
#include <stdint.h>

/* What a source row holds, 8 bits a channel, colour not multiplied by alpha. */
typedef enum vt_layout { VT_LAYOUT_GREY, VT_LAYOUT_GREY_ALPHA, VT_LAYOUT_RGB, VT_LAYOUT_RGBA } vt_layout;

typedef struct vt_scaler vt_scaler;

/* Bytes of one pixel of a layout. */
unsigned vt_layout_bytes(vt_layout layout);

/* For a source of `width` x `height` rows as stored in the file; `orientation` (EXIF, 0 or 1 to 8) turns them
   upright. Sets the size of `pixels` to `out_width` x `out_height` (as displayed, not larger than the source)
   and makes it transparent; VT_ERROR_LIMIT if its capacity does not suffice, VT_ERROR_MEMORY. `pixels` must
   outlive the scaler. */
vt_scaler *vt_scaler_create(uint32_t width, uint32_t height, vt_layout layout, int orientation,
                            uint32_t out_width, uint32_t out_height, vt_pixels *pixels, vt_error *error);
void vt_scaler_free(vt_scaler *scaler);

/* The next source row, `width` pixels. Rows beyond the height are ignored. */
void vt_scaler_push(vt_scaler *scaler, const uint8_t *row);

/* Of the rows that come, the first `rows` are left out, and of each the first `columns` pixels: the source is
   a part of a picture. Before the first row. */
void vt_scaler_skip(vt_scaler *scaler, uint32_t columns, uint32_t rows);

/* True once all rows have come: those that follow are ignored. */
bool vt_scaler_is_full(const vt_scaler *scaler);

/* Source rows pushed so far, without those left out. */
uint32_t vt_scaler_rows(const vt_scaler *scaler);

/* Writes what a picture that ended early has left in the accumulators. */
void vt_scaler_flush(vt_scaler *scaler);

/* True if a pixel that is not opaque went through. */
bool vt_scaler_has_alpha(const vt_scaler *scaler);

#endif
