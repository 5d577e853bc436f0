#include "core/decode/preview.h"

#include "core/decode/decoders.h"
#include "core/decode/exif.h"

#include <stdlib.h>
#include <string.h>

#define TAIL_BYTES 4096 /* in which the end marker is looked for */

/* Behind `after`, so that the preview's own end is not taken for that of the picture. */
static bool has_end(const vt_input *picture, uint64_t after)
{
    uint8_t tail[TAIL_BYTES];
    vt_input input = *picture;
    uint64_t from = input.size > sizeof tail ? input.size - sizeof tail : 0;
    from = from > after ? from : after;
    size_t count = vt_input_read_at(&input, from, tail, sizeof tail);
    return memmem(tail, count, "\xff\xd9", 2) != NULL;
}

/* Large enough, and of the same shape to within the pixel that rounding costs. */
static bool stands_for(const vt_media_info *preview, const vt_media_info *picture,
                       const vt_image_request *request)
{
    uint32_t width, height;
    vt_image_fit(picture->width, picture->height, request->box_width, request->box_height, &width, &height);
    if (preview->width < width || preview->height < height || preview->width > picture->width) {
        return false;
    }
    uint64_t expected = ((uint64_t)preview->width * picture->height + picture->width / 2) / picture->width;
    return expected + 1 >= preview->height && expected <= (uint64_t)preview->height + 1;
}

static bool probe(vt_input *input, const vt_image_request *request, int orientation, vt_media_info *info)
{
    vt_image_request header = *request;
    vt_pixels none = {0};
    vt_input own = *input;
    header.probe = true;
    header.orientation = orientation;
    memset(info, 0, sizeof *info);
    return vt_jpeg_decode(&own, &header, info, &none, NULL);
}

bool vt_preview_decode(vt_input *input, const vt_block *exif, const vt_image_request *request,
                       vt_media_info *info, vt_pixels *pixels)
{
    size_t size;
    const uint8_t *bytes = vt_exif_preview(exif->bytes, exif->size, &size);
    if (!bytes || request->probe || request->box_width == 0 || request->box_height == 0) {
        return false;
    }
    vt_media_info picture;
    vt_media_info preview;
    vt_input inside = vt_input_from_memory(bytes, size);
    if (!probe(input, request, 0, &picture) || !probe(&inside, request, picture.orientation, &preview) ||
        !stands_for(&preview, &picture, request) || !has_end(input, exif->at + exif->size)) {
        return false;
    }
    vt_image_request small = *request;
    small.orientation = picture.orientation;
    if (!vt_jpeg_decode(&inside, &small, &preview, pixels, NULL)) {
        pixels->width = pixels->height = 0;
        return false;
    }
    picture.kind = info->kind;
    picture.format = info->format;
    *info = picture;
    return true;
}
