#include "core/export/export_picture.h"

#include "core/export/export_private.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *name, *extension;
    unsigned side_max;
} formats[VT_PICTURE_FORMAT_COUNT] = {
    [VT_PICTURE_JPEG] = {"jpeg", ".jpg", 65500}, /* JPEG_MAX_DIMENSION */
    [VT_PICTURE_PNG] = {"png", ".png", 1000000},
    [VT_PICTURE_WEBP] = {"webp", ".webp", 16383}, /* WEBP_MAX_DIMENSION */
};

const char *vt_picture_format_name(vt_picture_format format)
{
    return formats[format].name;
}

bool vt_picture_format_from_name(const char *name, vt_picture_format *format)
{
    if (strcasecmp(name, "jpg") == 0) {
        *format = VT_PICTURE_JPEG;
        return true;
    }
    for (int i = 0; i < VT_PICTURE_FORMAT_COUNT; i++) {
        if (strcasecmp(name, formats[i].name) == 0) {
            *format = (vt_picture_format)i;
            return true;
        }
    }
    return false;
}

const char *vt_picture_format_extension(vt_picture_format format)
{
    return formats[format].extension;
}

unsigned vt_picture_format_side_max(vt_picture_format format)
{
    return formats[format].side_max;
}

/* Bits a pixel of ordinary photographs: JPEG 0.6 at quality 50, 1.2 at 80, 2.2 at 90, 5 at 97; WebP two
   thirds of it; PNG 12. */
double vt_picture_format_estimate(vt_picture_format format, int quality, double pixels)
{
    static const struct {
        int quality;
        double bits;
    } points[] = {{1, 0.15}, {50, 0.6}, {80, 1.2}, {90, 2.2}, {97, 5}, {100, 8}};
    enum { POINT_COUNT = sizeof points / sizeof *points };
    const double png_bits = 12, webp_share = 2.0 / 3;
    if (format == VT_PICTURE_PNG) {
        return pixels * png_bits / 8;
    }
    int at = 1;
    while (at < POINT_COUNT - 1 && quality > points[at].quality) {
        at++;
    }
    double share = (double)(quality - points[at - 1].quality) / (points[at].quality - points[at - 1].quality);
    double bits = points[at - 1].bits + share * (points[at].bits - points[at - 1].bits);
    return pixels * bits / 8 * (format == VT_PICTURE_WEBP ? webp_share : 1);
}

void vt_export_straight_row(const uint8_t *from, uint8_t *to, uint32_t width)
{
    for (uint32_t x = 0; x < width; x++, from += 4, to += 4) {
        unsigned alpha = from[3];
        for (int c = 0; c < 3; c++) {
            unsigned value = alpha ? (from[2 - c] * 255U + alpha / 2) / alpha : 0;
            to[c] = (uint8_t)(value < 255 ? value : 255);
        }
        to[3] = (uint8_t)alpha;
    }
}

static bool encode(const vt_pixels *pixels, vt_picture_format format, int quality, const void *xmp,
                   size_t xmp_length, FILE *stream, vt_error *error)
{
    switch (format) {
    case VT_PICTURE_JPEG:
        return vt_export_jpeg(pixels, quality, xmp, xmp_length, stream, error);
    case VT_PICTURE_PNG:
        return vt_export_png(pixels, xmp, xmp_length, stream, error);
    case VT_PICTURE_WEBP:
        return vt_export_webp(pixels, quality, xmp, xmp_length, stream, error);
    case VT_PICTURE_FORMAT_COUNT:
        break;
    }
    return vt_error_set(error, VT_ERROR_INTERNAL, "no such format of pictures");
}

bool vt_export_picture(const vt_pixels *pixels, vt_picture_format format, int quality, const void *xmp,
                       size_t xmp_length, FILE *stream, vt_error *error)
{
    unsigned most = formats[format].side_max;
    if (pixels->width > most || pixels->height > most) {
        return vt_error_set(
            error, VT_ERROR_LIMIT,
            "%u x %u pixels are too many for a %s file, which takes %u; choose a smaller size", pixels->width,
            pixels->height, formats[format].name, most);
    }
    if (!encode(pixels, format, quality, xmp, xmp_length < VT_PICTURE_XMP_MAX ? xmp_length : 0, stream,
                error)) {
        return false;
    }
    errno = 0;
    return (fflush(stream) == 0 && !ferror(stream)) ||
           vt_error_set_errno(error, errno ? errno : EIO, "cannot write the picture");
}
