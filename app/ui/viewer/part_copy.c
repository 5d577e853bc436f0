#include "app/ui/viewer/part_copy.h"

#include "core/decode/histogram.h"

#include <stdlib.h>
#include <string.h>

bool vt_part_begin(vt_picture *picture, uint32_t width, uint32_t height, uint32_t *step)
{
    *picture = (vt_picture){.width = width, .stride = (size_t)width * 4};
    if (width == 0 || height == 0 || width > VT_HISTOGRAM_PIXELS) {
        return false;
    }
    uint64_t rows = VT_HISTOGRAM_PIXELS / width;
    *step = (uint32_t)((height + rows - 1) / rows);
    picture->height = (height + *step - 1) / *step;
    picture->pixels = calloc(picture->height, picture->stride);
    return picture->pixels != NULL;
}

void vt_part_fill(vt_picture *picture, uint32_t step, const uint8_t *pixels, uint32_t width, uint32_t height,
                  size_t stride, int64_t x, int64_t y)
{
    int64_t left = x > 0 ? x : 0;
    int64_t right = x + width < picture->width ? x + width : picture->width;
    for (uint32_t row = 0; row < picture->height && left < right; row++) {
        int64_t from = (int64_t)row * step - y; /* of the pixels */
        if (from >= 0 && from < height) {
            memcpy(picture->pixels + row * picture->stride + (size_t)left * 4,
                   pixels + (size_t)from * stride + (size_t)(left - x) * 4, (size_t)(right - left) * 4);
        }
    }
}
