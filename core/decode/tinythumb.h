/*
 * Tiny thumbnail: 32 bytes that hold a picture's shape, average colour and lowest frequencies, to be shown
 * before its thumbnail is there.
 *
 * The picture is averaged to 8 x 8 cells, whatever its shape, as premultiplied sRGB values; where there is
 * alpha, it is divided out again, so that the colours have no edges of its making. They are turned to YCoCg
 * (Malvar and Sullivan, "YCoCg-R", 2003, in its plain form) and each channel to its discrete cosine transform
 * (DCT-II). Coefficients are kept from the lowest frequency up, 4 bits each: a sign and one of eight levels,
 * finer for small ones than for large ones, in terms of a largest one that is chosen for the least squared
 * error. The arithmetic is of integers only: the same picture has the same code on every machine.
 *
 * Layout, bits counted from the lowest of the first byte:
 *     8  shape: 128 + 16 * log2(width / height), 1 to 255
 *     1  whether there is alpha; 1 reserved, 0
 *     8  average of Y, 8 of (Co + 255) / 2, 8 of (Cg + 255) / 2
 *     5  largest coefficient of Y, 5 of Co and Cg: 0 for none, else 2 * 2^((n - 1) / 4)
 *        without alpha: 35 coefficients of Y, 9 of Co, 9 of Cg
 *        with alpha: 8 the average of A, 5 its largest coefficient, then 20 of Y, 5 of Co, 5 of Cg, 19 of A
 *     the rest is 0
 *
 * Plain values, no memory is allocated. Any thread.
 */
#ifndef VT_DECODE_TINYTHUMB_H
#define VT_DECODE_TINYTHUMB_H

#include <stdbool.h>
#include <stdint.h>

#include "core/decode/image.h"

#define VT_TINYTHUMB_BYTES 32

typedef struct vt_tinythumb {
    uint8_t bytes[VT_TINYTHUMB_BYTES];
} vt_tinythumb;

/* Codes a picture of premultiplied BGRA, best one that has been scaled down: every pixel is looked at. A
   picture of 0 x 0 gives the code of nothing, all zero. */
vt_tinythumb vt_tinythumb_encode(const vt_pixels *pixels);

/* False for the code of nothing. */
bool vt_tinythumb_is_set(const vt_tinythumb *tiny);

/* Draws `side` x `side` pixels (8 or 16; premultiplied BGRA, rows `side` * 4 bytes apart), to be stretched to
   the picture's shape. Any 32 bytes give some picture, never a colour larger than its alpha. */
void vt_tinythumb_decode(const vt_tinythumb *tiny, unsigned side, uint8_t *pixels);

/* Width divided by height, in 1/65536; to within 2.3 %, up to 245:1. */
uint32_t vt_tinythumb_aspect(const vt_tinythumb *tiny);

/* The average of the colours and that of alpha, as premultiplied B, G, R, A. */
void vt_tinythumb_average(const vt_tinythumb *tiny, uint8_t bgra[4]);

#endif
