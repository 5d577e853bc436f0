#include "core/import/look.h"

#include "core/decode/thumbcodec.h"
#include "core/import/engine_private.h"
#include "core/similar/perceptual.h"

#include <stdlib.h>

vt_look vt_look_of(const vt_pixels *thumbnail)
{
    const vt_perceptual_picture picture = {.data = thumbnail->data,
                                           .width = thumbnail->width,
                                           .height = thumbnail->height,
                                           .stride = thumbnail->stride,
                                           .layout = VT_PERCEPTUAL_BGRA};
    vt_perceptual result;
    if (!vt_perceptual_hash(&picture, &result, NULL)) {
        return (vt_look){0};
    }
    return (vt_look){.hash = result.hash, .structure = result.structure, .version = VT_PERCEPTUAL_VERSION};
}

bool vt_look_is_known(const vt_look *look)
{
    return look->version == VT_PERCEPTUAL_VERSION;
}

bool vt_look_tells(const vt_look *look)
{
    return vt_look_is_known(look) && look->structure >= VT_PERCEPTUAL_STRUCTURE_MIN;
}

vt_look vt_look_of_stored(vt_thumbs *thumbs, int64_t item_id, int64_t size, int64_t mtime_ns)
{
    const vt_thumb_key key = {item_id, size, mtime_ns, VT_STORED_SIDE};
    vt_thumb thumb;
    vt_look look = {0};
    uint32_t width, height;
    bool found = false;
    if (!vt_thumbs_get(thumbs, &key, &thumb, &found, NULL) || !found) {
        return look;
    }
    vt_pixels pixels = {0};
    if (vt_thumb_size(thumb.bytes, thumb.length, &width, &height, NULL)) {
        pixels.capacity = (size_t)width * height * 4;
        pixels.data = malloc(pixels.capacity);
        if (pixels.data && vt_thumb_decode(thumb.bytes, thumb.length, &pixels, NULL)) {
            look = vt_look_of(&pixels);
        }
        free(pixels.data);
    }
    free((void *)thumb.bytes);
    return look;
}
