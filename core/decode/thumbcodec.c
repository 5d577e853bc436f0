#include "core/decode/thumbcodec.h"

#include "core/decode/thumb_private.h"

#include <string.h>

static bool is_opaque(const vt_pixels *pixels)
{
    for (uint32_t y = 0; y < pixels->height; y++) {
        const uint8_t *row = pixels->data + y * pixels->stride;
        uint8_t alphas = 255;
        for (uint32_t x = 0; x < pixels->width; x++) {
            alphas &= row[(size_t)x * 4 + 3];
        }
        if (alphas != 255) {
            return false;
        }
    }
    return true;
}

bool vt_thumb_prepare(uint32_t width, uint32_t height, vt_pixels *pixels, vt_error *error)
{
    if (width == 0 || height == 0 || width > VT_THUMB_MAX_SIDE || height > VT_THUMB_MAX_SIDE) {
        return vt_error_set(error, VT_ERROR_LIMIT, "a thumbnail of %u x %u pixels is not stored", width,
                            height);
    }
    if ((size_t)width * height * 4 > pixels->capacity) {
        return vt_error_set(error, VT_ERROR_LIMIT, "a thumbnail of %u x %u pixels does not fit %zu bytes",
                            width, height, pixels->capacity);
    }
    pixels->width = width;
    pixels->height = height;
    pixels->stride = (size_t)width * 4;
    return true;
}

static bool is_storable(const vt_pixels *pixels, vt_error *error)
{
    return (pixels->width > 0 && pixels->height > 0 && pixels->width <= VT_THUMB_MAX_SIDE &&
            pixels->height <= VT_THUMB_MAX_SIDE) ||
           vt_error_set(error, VT_ERROR_LIMIT, "a thumbnail of %u x %u pixels is not stored", pixels->width,
                        pixels->height);
}

bool vt_thumb_encode(const vt_pixels *pixels, vt_blob *blob, vt_error *error)
{
    *blob = (vt_blob){NULL, 0};
    if (!is_storable(pixels, error)) {
        return false;
    }
    return is_opaque(pixels) ? vt_thumb_jpeg_encode(pixels, blob, error)
                             : vt_thumb_png_encode(pixels, blob, error);
}

bool vt_thumb_encode_png(const vt_pixels *pixels, vt_blob *blob, vt_error *error)
{
    *blob = (vt_blob){NULL, 0};
    return is_storable(pixels, error) && vt_thumb_png_encode(pixels, blob, error);
}

static bool is_jpeg(const uint8_t *bytes, size_t size)
{
    return size > 2 && bytes[0] == 0xff && bytes[1] == 0xd8;
}

bool vt_thumb_size(const void *data, size_t size, uint32_t *width, uint32_t *height, vt_error *error)
{
    *width = 0;
    *height = 0;
    bool known = is_jpeg(data, size) ? vt_thumb_jpeg_size(data, size, width, height, error)
                                     : vt_thumb_png_size(data, size, width, height, error);
    if (!known) {
        return false;
    }
    if (*width > VT_THUMB_MAX_SIDE || *height > VT_THUMB_MAX_SIDE) {
        return vt_error_set(error, VT_ERROR_LIMIT, "a thumbnail of %u x %u pixels is not stored", *width,
                            *height);
    }
    return true;
}

bool vt_thumb_decode(const void *data, size_t size, vt_pixels *pixels, vt_error *error)
{
    pixels->width = 0;
    pixels->height = 0;
    bool decoded = is_jpeg(data, size) ? vt_thumb_jpeg_decode(data, size, pixels, error)
                                       : vt_thumb_png_decode(data, size, pixels, error);
    if (!decoded) {
        pixels->width = 0;
        pixels->height = 0;
    }
    return decoded;
}
