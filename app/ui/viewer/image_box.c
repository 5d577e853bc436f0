#include "app/ui/viewer/image_box.h"

#include <math.h>

static double scale_of(const vt_viewport *at, double ratio)
{
    return fmin(1.0, at->zoom * ratio);
}

void vt_image_box(const vt_viewport *at, double ratio, double pixels_max, uint32_t *width, uint32_t *height)
{
    double scale = scale_of(at, ratio);
    double longest = fmax(at->picture_width, at->picture_height) * scale;
    double pixels = at->picture_width * at->picture_height * scale * scale;
    double cap = fmin(longest > VT_IMAGE_SIDE_MAX ? VT_IMAGE_SIDE_MAX / longest : 1.0,
                      pixels > pixels_max ? sqrt(pixels_max / pixels) : 1.0);
    *width = (uint32_t)ceil(at->picture_width * scale * cap);
    *height = (uint32_t)ceil(at->picture_height * scale * cap);
}

bool vt_image_needs_tiles(const vt_viewport *at, double ratio, double pixels_max)
{
    double scale = scale_of(at, ratio);
    return at->picture_width * at->picture_height * scale * scale > pixels_max ||
           fmax(at->picture_width, at->picture_height) * scale > VT_IMAGE_SIDE_MAX;
}

vt_region vt_image_seen(const vt_viewport *at, vt_turn turn)
{
    double x, y, width, height;
    bool swaps = vt_turn_swaps(turn);
    double own_width = swaps ? at->picture_height : at->picture_width;
    double own_height = swaps ? at->picture_width : at->picture_height;
    vt_viewport_seen(at, &x, &y, &width, &height);
    if (width <= 0 || height <= 0) {
        return (vt_region){0};
    }
    double right = x + width;
    double bottom = y + height;
    vt_turn_to_picture(turn, own_width, own_height, &x, &y);
    vt_turn_to_picture(turn, own_width, own_height, &right, &bottom);
    uint32_t left = (uint32_t)floor(fmin(x, right));
    uint32_t top = (uint32_t)floor(fmin(y, bottom));
    return (vt_region){left, top, (uint32_t)fmin(ceil(fmax(x, right)), own_width) - left,
                       (uint32_t)fmin(ceil(fmax(y, bottom)), own_height) - top};
}
