#include "core/decode/image.h"

#include "core/decode/blocks.h"
#include "core/decode/decoders.h"
#include "core/decode/exif.h"
#include "core/decode/icc.h"
#include "core/decode/iptc.h"
#include "core/decode/preview.h"
#include "core/decode/xmp.h"

#include <inttypes.h>
#include <string.h>

void vt_image_fit(uint32_t width, uint32_t height, uint32_t box_width, uint32_t box_height,
                  uint32_t *fit_width, uint32_t *fit_height)
{
    uint64_t across = box_width ? box_width : width;
    uint64_t down = box_height ? box_height : height;
    *fit_width = width;
    *fit_height = height;
    if (width <= across && height <= down) {
        return;
    }
    if (width * down >= height * across) { /* the width is what limits it */
        *fit_width = (uint32_t)across;
        *fit_height = (uint32_t)((height * across + width / 2) / width);
    } else {
        *fit_height = (uint32_t)down;
        *fit_width = (uint32_t)((width * down + height / 2) / height);
    }
    *fit_width = *fit_width ? *fit_width : 1;
    *fit_height = *fit_height ? *fit_height : 1;
}

bool vt_decoder_check_size(const vt_limits *limits, uint32_t width, uint32_t height, bool scaled,
                           vt_error *error)
{
    if (width == 0 || height == 0) {
        return vt_error_set(error, VT_ERROR_CORRUPT, "a picture of %u x %u pixels shows nothing", width,
                            height);
    }
    if (width > limits->max_side || height > limits->max_side) {
        return vt_error_set(
            error, VT_ERROR_LIMIT,
            "%u x %u pixels: a side is longer than the %u allowed" VT_LIMIT_RAISE(VT_LIMIT_SIDE), width,
            height, limits->max_side);
    }
    uint64_t limit = scaled ? limits->max_pixels_scaled : limits->max_pixels;
    if ((uint64_t)width * height > limit) {
        return vt_error_set(
            error, VT_ERROR_LIMIT, "%u x %u pixels are more than the %.6g megapixels allowed%s", width,
            height, (double)limit / 1e6,
            scaled ? VT_LIMIT_RAISE(VT_LIMIT_PIXELS_SCALED) : VT_LIMIT_RAISE(VT_LIMIT_PIXELS));
    }
    return true;
}

bool vt_decoder_region(const vt_image_request *request, uint32_t width, uint32_t height, int orientation,
                       vt_region *stored, vt_error *error)
{
    const vt_region *r = &request->region;
    uint32_t across = orientation >= 5 ? height : width;
    uint32_t down = orientation >= 5 ? width : height;
    if (r->width == 0) {
        *stored = (vt_region){0, 0, width, height};
        return true;
    }
    if (r->height == 0 || r->x >= across || r->y >= down || r->width > across - r->x ||
        r->height > down - r->y) {
        return vt_error_set(error, VT_ERROR_CHANGED,
                            "the picture has %u x %u pixels now, others than before: open it again", across,
                            down);
    }
    /* From the other side, where the orientation (EXIF 2.3, tag 0x0112) mirrors that axis. */
    uint32_t left = across - r->x - r->width;
    uint32_t top = down - r->y - r->height;
    switch (orientation) {
    case 2:
        *stored = (vt_region){left, r->y, r->width, r->height};
        break;
    case 3:
        *stored = (vt_region){left, top, r->width, r->height};
        break;
    case 4:
        *stored = (vt_region){r->x, top, r->width, r->height};
        break;
    case 5:
        *stored = (vt_region){r->y, r->x, r->height, r->width};
        break;
    case 6:
        *stored = (vt_region){r->y, left, r->height, r->width};
        break;
    case 7:
        *stored = (vt_region){top, left, r->height, r->width};
        break;
    case 8:
        *stored = (vt_region){top, r->x, r->height, r->width};
        break;
    default:
        *stored = *r;
    }
    return true;
}

vt_scaler *vt_decoder_scaler(const vt_image_request *request, uint32_t width, uint32_t height,
                             vt_layout layout, int orientation, vt_pixels *pixels, vt_error *error)
{
    bool turned = orientation >= 5;
    uint32_t out_width;
    uint32_t out_height;
    vt_region part = {0, 0, width, height};
    if (!vt_decoder_region(request, width, height, orientation, &part, error)) {
        return NULL;
    }
    vt_image_fit(turned ? part.height : part.width, turned ? part.width : part.height, request->box_width,
                 request->box_height, &out_width, &out_height);
    vt_scaler *scaler =
        vt_scaler_create(part.width, part.height, layout, orientation, out_width, out_height, pixels, error);
    if (scaler) {
        vt_scaler_skip(scaler, part.x, part.y);
    }
    return scaler;
}

bool vt_decoder_truncated(const vt_input *input, vt_scaler *scaler, uint32_t height, vt_pixels *pixels,
                          vt_error *error)
{
    uint32_t rows = scaler ? vt_scaler_rows(scaler) : 0;
    if (input->system != 0) {
        pixels->width = 0;
        return vt_error_set_errno(error, input->system, "reading stopped after %u of %u rows", rows, height);
    }
    if (rows == 0 || rows < (height + VT_IMAGE_PARTIAL - 1) / VT_IMAGE_PARTIAL) {
        pixels->width = 0;
    } else {
        vt_scaler_flush(scaler);
    }
    /* A share, not rows: these are rows of whatever size the file was decoded at. */
    return vt_error_set(error, VT_ERROR_TRUNCATED,
                        "the file ends early: the upper %u %% of the picture are there",
                        (unsigned)((uint64_t)rows * 100 / (height ? height : 1)));
}

static void read_metadata(const vt_blocks *blocks, vt_metadata *metadata)
{
    vt_metadata exif = {0};
    vt_metadata iptc = {0};
    vt_metadata xmp = {0};
    if (blocks->exif.bytes) {
        vt_exif_read(blocks->exif.bytes, blocks->exif.size, &exif);
    }
    if (blocks->iptc.bytes) {
        vt_iptc_read(blocks->iptc.bytes, blocks->iptc.size, &iptc);
    }
    if (blocks->xmp.bytes) {
        vt_xmp_read(blocks->xmp.bytes, blocks->xmp.size, &xmp);
    }
    vt_metadata_merge(metadata, &exif, &iptc, &xmp);
}

/* Fills `info` and `pixels`, colours as they stand in the file. */
static bool decode_plain(const vt_format_info *line, vt_input *input, const vt_blocks *blocks,
                         const vt_image_request *request, vt_media_info *info, vt_pixels *pixels,
                         vt_error *error)
{
    bool profiled =
        blocks->icc.bytes &&
        (!request->profiles || vt_icc_matters(request->profiles, blocks->icc.bytes, blocks->icc.size, 3));
    if (line->id == VT_FORMAT_JPEG && blocks->exif.bytes && !profiled && request->region.width == 0 &&
        vt_preview_decode(input, &blocks->exif, request, info, pixels)) {
        return true;
    }
    return line->decode(input, request, info, pixels, error);
}

bool vt_image_decode(vt_format format, vt_input *input, const vt_image_request *request, vt_media_info *info,
                     vt_pixels *pixels, vt_error *error)
{
    const vt_format_info *line = vt_format_get(format);
    memset(info, 0, sizeof *info);
    pixels->width = 0;
    pixels->height = 0;
    pixels->stride = 0;
    if (!line || !line->decode) {
        return vt_error_set(error, VT_ERROR_UNSUPPORTED, "format number %d is no picture format",
                            (int)format);
    }
    info->kind = VT_KIND_IMAGE;
    info->format = (uint8_t)format;
    vt_error fault = VT_ERROR_INIT;
    vt_blocks blocks;
    vt_blocks_read(format, input, &blocks);
    if (request->metadata) {
        read_metadata(&blocks, request->metadata);
    }
    bool decoded = decode_plain(line, input, &blocks, request, info, pixels, &fault);
    if (!decoded && fault.code != VT_ERROR_TRUNCATED) {
        pixels->width = 0;
    }
    if (request->profiles && blocks.icc.bytes && pixels->width > 0) {
        /* What is missing of a picture that ends early is transparent. */
        vt_icc_convert(request->profiles, blocks.icc.bytes, blocks.icc.size, info->channels,
                       info->has_alpha || !decoded, pixels);
    }
    vt_blocks_free(&blocks);
    if (!decoded && error) {
        *error = fault;
    }
    return decoded;
}
