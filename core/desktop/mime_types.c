#include "core/desktop/mime_types.h"

#include <stddef.h>

enum { NAMES_MAX = 6 };

static const char *const types[VT_FORMAT_COUNT][NAMES_MAX] = {
    [VT_FORMAT_JPEG] = {"image/jpeg"},
    [VT_FORMAT_PNG] = {"image/png"},
    [VT_FORMAT_WEBP] = {"image/webp"},
    [VT_FORMAT_GIF] = {"image/gif"},
    [VT_FORMAT_BMP] = {"image/bmp", "image/x-bmp", "image/x-ms-bmp"},
    [VT_FORMAT_TGA] = {"image/x-tga", "image/x-targa"},
    [VT_FORMAT_PSD] = {"image/vnd.adobe.photoshop", "image/x-psd"},
    [VT_FORMAT_HDR] = {"image/vnd.radiance", "image/x-hdr"},
    [VT_FORMAT_PNM] = {"image/x-portable-anymap", "image/x-portable-pixmap", "image/x-portable-graymap",
                       "image/x-portable-bitmap"},
    [VT_FORMAT_STL] = {"model/stl", "model/x.stl-binary", "model/x.stl-ascii", "application/sla",
                       "application/vnd.ms-pki.stl"},
};

const char *const *vt_mime_types(vt_format format)
{
    return types[(unsigned)format < VT_FORMAT_COUNT ? format : VT_FORMAT_UNKNOWN];
}
