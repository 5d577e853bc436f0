#include "core/decode/histogram.h"

#include <string.h>

static void count_pixel(vt_histogram *histogram, const uint8_t *pixel)
{
    unsigned alpha = pixel[3];
    if (alpha == 0) {
        return;
    }
    unsigned blue = pixel[0];
    unsigned green = pixel[1];
    unsigned red = pixel[2];
    if (alpha < 255) {
        blue = blue * 255 / alpha;
        green = green * 255 / alpha;
        red = red * 255 / alpha;
    }
    red = red < 255 ? red : 255;
    green = green < 255 ? green : 255;
    blue = blue < 255 ? blue : 255;
    unsigned luminance = (red * 13933 + green * 46871 + blue * 4732 + 32768) >> 16; /* BT.709, in 1/65536 */
    histogram->counts[VT_HISTOGRAM_RED][red]++;
    histogram->counts[VT_HISTOGRAM_GREEN][green]++;
    histogram->counts[VT_HISTOGRAM_BLUE][blue]++;
    histogram->counts[VT_HISTOGRAM_LUMINANCE][luminance]++;
    histogram->pixels++;
}

void vt_histogram_count(vt_histogram *histogram, const uint8_t *pixels, uint32_t width, uint32_t height,
                        size_t stride)
{
    memset(histogram, 0, sizeof *histogram);
    uint32_t step = 1;
    while ((uint64_t)(width / step) * (height / step) > VT_HISTOGRAM_PIXELS) {
        step++;
    }
    for (uint32_t y = 0; y < height; y += step) {
        const uint8_t *row = pixels + (size_t)y * stride;
        for (uint32_t x = 0; x < width; x += step) {
            count_pixel(histogram, row + (size_t)x * 4);
        }
    }
}

uint32_t vt_histogram_top(const vt_histogram *histogram)
{
    uint32_t top = 1;
    for (int channel = 0; channel < VT_HISTOGRAM_CHANNELS; channel++) {
        for (int value = 1; value < 255; value++) {
            uint32_t count = histogram->counts[channel][value];
            top = count > top ? count : top;
        }
    }
    return top;
}

double vt_histogram_black(const vt_histogram *histogram)
{
    uint32_t count = histogram->counts[VT_HISTOGRAM_LUMINANCE][0];
    return histogram->pixels ? (double)count / (double)histogram->pixels : 0;
}

double vt_histogram_full(const vt_histogram *histogram)
{
    uint32_t most = 0;
    for (int channel = VT_HISTOGRAM_RED; channel <= VT_HISTOGRAM_BLUE; channel++) {
        uint32_t count = histogram->counts[channel][255];
        most = count > most ? count : most;
    }
    return histogram->pixels ? (double)most / (double)histogram->pixels : 0;
}
