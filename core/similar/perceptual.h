/*
 * Perceptual hash: 64 bits that stay nearly the same when a picture is resized, compressed again or made a
 * little brighter, and differ in about half of their places between two pictures. How many places differ (the
 * Hamming distance) says how alike they are; similar_index.h finds pairs among a million.
 *
 * Method: the DCT hash of C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions"
 * (2010), 3.2.1. The picture becomes 32 x 32 means of luma, and a bit says whether a coefficient of their
 * DCT-II is above the median. Two things are done otherwise:
 * - Taken are the 64 lowest frequencies in zigzag order without the constant term, not the square of (1, 1)
 *   to (8, 8): that leaves out whatever only changes along one axis, as a horizon does.
 * - A coefficient has to be above the median by a margin, half a level of 256. A symmetric picture (a logo, a
 *   model seen from the front) has zero in half of its coefficients, the median among them, and the noise of
 *   a JPEG would toss a coin for each: noise of 8 levels changed 22 places of such a drawing, now at most 6.
 *
 * Luma is that of Rec. 601, of values as they are stored, not of linear light: the errors of compression and
 * the eye's differences are about even in these, while linear light would let a bright window decide alone.
 * Transparent pixels stand on a middle grey, as hidden colours are no part of the picture.
 *
 * Cropped, turned or mirrored pictures are other pictures. Integers only: the same hash on every machine.
 *
 * Threads: any. Some 0.4 ms for a thumbnail of 256 x 256.
 */
#ifndef VT_SIMILAR_PERCEPTUAL_H
#define VT_SIMILAR_PERCEPTUAL_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Changes when hashes of the same picture do: stored ones of another version say nothing. */
#define VT_PERCEPTUAL_VERSION 1

/* Longest side: what a thumbnail may have, and what sums have room for. */
#define VT_PERCEPTUAL_SIDE_MAX 65535

/* A picture with fewer coefficients than this beyond the margin is plain. */
#define VT_PERCEPTUAL_STRUCTURE_MIN 12

typedef enum vt_perceptual_layout {
    VT_PERCEPTUAL_BGRA, /* 4 bytes, colour multiplied by alpha: vt_pixels (core/decode/image.h) */
    VT_PERCEPTUAL_RGB,  /* 3 bytes */
} vt_perceptual_layout;

/* Rows from top to bottom, lent. */
typedef struct vt_perceptual_picture {
    const uint8_t *data;
    uint32_t width;
    uint32_t height;
    size_t stride; /* bytes from row to row, at least a row of pixels */
    vt_perceptual_layout layout;
} vt_perceptual_picture;

typedef struct vt_perceptual {
    uint64_t hash;     /* from bit 63 down in the order of frequency */
    uint8_t structure; /* how many of the 64 coefficients are beyond the margin */
    bool plain;        /* (nearly) one colour or one gradient: the hash says nothing, compare it with none */
} vt_perceptual;

/* False and VT_ERROR_USAGE for no pixels, a side above VT_PERCEPTUAL_SIDE_MAX, or rows that overlap. */
bool vt_perceptual_hash(const vt_perceptual_picture *picture, vt_perceptual *result, vt_error *error);

/* In how many places two hashes differ: 0 to 64. */
unsigned vt_perceptual_distance(uint64_t a, uint64_t b);

#endif
