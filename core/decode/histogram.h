/*
 * Histogram: how many pixels of a picture have each brightness, for red, green, blue and luminance.
 *
 * Counted in the encoded values that the picture holds (sRGB), as cameras and editors show it; transparent
 * pixels do not count, and colour is taken back from its alpha. Luminance: ITU-R BT.709. Of a large picture
 * every n-th pixel counts, so that it takes no longer than VT_HISTOGRAM_PIXELS of them. Any thread.
 */
#ifndef VT_DECODE_HISTOGRAM_H
#define VT_DECODE_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

#define VT_HISTOGRAM_PIXELS ((uint64_t)1 << 20)

typedef enum vt_histogram_channel {
    VT_HISTOGRAM_RED,
    VT_HISTOGRAM_GREEN,
    VT_HISTOGRAM_BLUE,
    VT_HISTOGRAM_LUMINANCE,
    VT_HISTOGRAM_CHANNELS
} vt_histogram_channel;

typedef struct vt_histogram {
    uint32_t counts[VT_HISTOGRAM_CHANNELS][256];
    uint64_t pixels; /* that were counted */
} vt_histogram;

/* Of `pixels`, premultiplied BGRA, rows `stride` bytes apart. */
void vt_histogram_count(vt_histogram *histogram, const uint8_t *pixels, uint32_t width, uint32_t height,
                        size_t stride);

/* The height to draw all channels against: the greatest count but for the outermost two values, where black
   and blown-out areas would dwarf all else. At least 1. */
uint32_t vt_histogram_top(const vt_histogram *histogram);

/* Share of the counted pixels that are black, and that are full in the channel where most are. */
double vt_histogram_black(const vt_histogram *histogram);
double vt_histogram_full(const vt_histogram *histogram);

#endif
