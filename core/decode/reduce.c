#include "core/decode/reduce.h"

#include "core/decode/scale.h"

#include <stdlib.h>
#include <string.h>

/* One row of premultiplied BGRA as the scaler wants it: RGBA, colour not multiplied. */
static void unpremultiply_row(const uint8_t *from, uint8_t *to, uint32_t width)
{
    for (uint32_t x = 0; x < width; x++, from += 4, to += 4) {
        unsigned alpha = from[3];
        if (alpha == 255 || alpha == 0) {
            to[0] = from[2];
            to[1] = from[1];
            to[2] = from[0];
        } else {
            for (int c = 0; c < 3; c++) {
                unsigned value = (from[2 - c] * 255U + alpha / 2) / alpha;
                to[c] = (uint8_t)(value > 255 ? 255 : value);
            }
        }
        to[3] = (uint8_t)alpha;
    }
}

static bool scale(const vt_pixels *pixels, uint32_t width, uint32_t height, vt_pixels *small, vt_error *error)
{
    uint8_t *row = malloc((size_t)pixels->width * 4);
    vt_scaler *scaler =
        row ? vt_scaler_create(pixels->width, pixels->height, VT_LAYOUT_RGBA, 0, width, height, small, error)
            : NULL;
    for (uint32_t y = 0; scaler && y < pixels->height; y++) {
        unpremultiply_row(pixels->data + y * pixels->stride, row, pixels->width);
        vt_scaler_push(scaler, row);
    }
    vt_scaler_free(scaler);
    free(row);
    return scaler || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a thumbnail");
}

static void copy(const vt_pixels *pixels, vt_pixels *small)
{
    small->width = pixels->width;
    small->height = pixels->height;
    small->stride = (size_t)pixels->width * 4;
    for (uint32_t y = 0; y < pixels->height; y++) {
        memcpy(small->data + y * small->stride, pixels->data + y * pixels->stride, small->stride);
    }
}

bool vt_pixels_reduce(const vt_pixels *pixels, uint32_t side, vt_pixels *small, vt_error *error)
{
    uint32_t width;
    uint32_t height;
    vt_image_fit(pixels->width, pixels->height, side, side, &width, &height);
    *small = (vt_pixels){.capacity = (size_t)width * height * 4};
    small->data = malloc(small->capacity);
    if (!small->data) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a thumbnail");
    }
    if (width == pixels->width && height == pixels->height) {
        copy(pixels, small);
        return true;
    }
    if (!scale(pixels, width, height, small, error)) {
        free(small->data);
        *small = (vt_pixels){0};
        return false;
    }
    return true;
}
