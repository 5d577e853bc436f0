#include "core/decode/format.h"

#include "core/base/path.h"
#include "core/decode/decoders.h"

#include <string.h>
#include <strings.h>

static uint32_t le16(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t le32(const uint8_t *p)
{
    return le16(p) | le16(p + 2) << 16;
}

static bool starts_with(const uint8_t *bytes, size_t count, const char *magic, size_t length)
{
    return count >= length && memcmp(bytes, magic, length) == 0;
}

static bool is_space(uint8_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_jpeg(const uint8_t *bytes, size_t count, uint64_t size)
{
    (void)size;
    return starts_with(bytes, count, "\xff\xd8\xff", 3);
}

static bool is_png(const uint8_t *bytes, size_t count, uint64_t size)
{
    (void)size;
    return starts_with(bytes, count, "\x89PNG\r\n\x1a\n", 8);
}

static bool is_webp(const uint8_t *bytes, size_t count, uint64_t size)
{
    (void)size;
    return starts_with(bytes, count, "RIFF", 4) && count >= 12 && memcmp(bytes + 8, "WEBP", 4) == 0;
}

static bool is_gif(const uint8_t *bytes, size_t count, uint64_t size)
{
    (void)size;
    return starts_with(bytes, count, "GIF87a", 6) || starts_with(bytes, count, "GIF89a", 6);
}

/* "BM" alone is two letters of text: the size of the second header must be one of the known ones. */
static bool is_bmp(const uint8_t *bytes, size_t count, uint64_t size)
{
    (void)size;
    if (!starts_with(bytes, count, "BM", 2) || count < 18) {
        return false;
    }
    uint32_t header = le32(bytes + 14);
    return header == 12 || header == 40 || header == 52 || header == 56 || header == 108 || header == 124;
}

static bool is_psd(const uint8_t *bytes, size_t count, uint64_t size)
{
    (void)size;
    return starts_with(bytes, count, "8BPS", 4);
}

static bool is_hdr(const uint8_t *bytes, size_t count, uint64_t size)
{
    (void)size;
    return starts_with(bytes, count, "#?RADIANCE\n", 11) || starts_with(bytes, count, "#?RGBE\n", 7);
}

/* Only the binary grey and colour forms: that is what the library reads. */
static bool is_pnm(const uint8_t *bytes, size_t count, uint64_t size)
{
    (void)size;
    return count >= 3 && bytes[0] == 'P' && (bytes[1] == '5' || bytes[1] == '6') && is_space(bytes[2]);
}

/* TGA has no magic number: its header must make sense in every field. */
static bool may_be_tga(const uint8_t *bytes, size_t count, uint64_t size)
{
    (void)size;
    if (count < 18 || bytes[1] > 1) {
        return false;
    }
    uint8_t type = bytes[2] & 0x7;
    bool type_known = (bytes[2] & ~0xbU) == 0 && type >= 1 && type <= 3;
    bool mapped = bytes[1] == 1;
    uint8_t depth = bytes[16];
    bool depth_known = depth == 8 || depth == 15 || depth == 16 || depth == 24 || depth == 32;
    return type_known && mapped == (type == 1) && depth_known && le16(bytes + 12) && le16(bytes + 14);
}

static const uint8_t *skip_spaces(const uint8_t *at, const uint8_t *end)
{
    while (at < end && is_space(*at)) {
        at++;
    }
    return at;
}

static bool starts_like_text_stl(const uint8_t *bytes, size_t count)
{
    const uint8_t *end = bytes + count;
    const uint8_t *at = skip_spaces(bytes, end);
    return end - at > 5 && strncasecmp((const char *)at, "solid", 5) == 0 && is_space(at[5]);
}

/* Binary: the size fits the number of triangles exactly. Text: "solid" and, soon after, a facet or the end.
 */
static bool is_stl(const uint8_t *bytes, size_t count, uint64_t size)
{
    if (count >= 84 && le32(bytes + 80) > 0 && size == 84 + UINT64_C(50) * le32(bytes + 80)) {
        return true;
    }
    return starts_like_text_stl(bytes, count) &&
           (memmem(bytes, count, "facet", 5) || memmem(bytes, count, "FACET", 5) ||
            memmem(bytes, count, "endsolid", 8));
}

/* Real files carry wrong counts and long names: the reader itself tells in detail what is wrong with them. */
static bool may_be_stl(const uint8_t *bytes, size_t count, uint64_t size)
{
    if (starts_like_text_stl(bytes, count)) {
        return true;
    }
    return size >= 84 && count >= 84 && memchr(bytes + 80, 0, 4) != NULL;
}

static const vt_format_info formats[] = {
    {VT_FORMAT_JPEG, VT_KIND_IMAGE, "JPEG", "jpg jpeg jpe jfif ", "libjpeg-turbo", is_jpeg, NULL,
     vt_jpeg_decode},
    {VT_FORMAT_PNG, VT_KIND_IMAGE, "PNG", "png ", "libspng", is_png, NULL, vt_png_decode},
    {VT_FORMAT_WEBP, VT_KIND_IMAGE, "WebP", "webp ", "libwebp", is_webp, NULL, vt_webp_decode},
    {VT_FORMAT_GIF, VT_KIND_IMAGE, "GIF", "gif ", "stb_image", is_gif, NULL, vt_stb_decode},
    {VT_FORMAT_BMP, VT_KIND_IMAGE, "BMP", "bmp dib ", "stb_image", is_bmp, NULL, vt_stb_decode},
    {VT_FORMAT_TGA, VT_KIND_IMAGE, "TGA", "tga ", "stb_image", NULL, may_be_tga, vt_stb_decode},
    {VT_FORMAT_PSD, VT_KIND_IMAGE, "PSD", "psd ", "stb_image", is_psd, NULL, vt_stb_decode},
    {VT_FORMAT_HDR, VT_KIND_IMAGE, "HDR", "hdr ", "stb_image", is_hdr, NULL, vt_stb_decode},
    {VT_FORMAT_PNM, VT_KIND_IMAGE, "PNM", "pnm ppm pgm ", "stb_image", is_pnm, NULL, vt_stb_decode},
    {VT_FORMAT_STL, VT_KIND_MODEL, "STL", "stl ", "vitrine", is_stl, may_be_stl, NULL},
};

#define FORMAT_COUNT (sizeof formats / sizeof formats[0])

const vt_format_info *vt_format_get(vt_format format)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (formats[i].id == format) {
            return &formats[i];
        }
    }
    return NULL;
}

static bool lists_extension(const char *list, const char *extension, size_t length)
{
    for (const char *at = list; *at; at = strchr(at, ' ') + 1) {
        if (strncasecmp(at, extension, length) == 0 && at[length] == ' ') {
            return true;
        }
    }
    return false;
}

vt_format vt_format_of_name(const char *path)
{
    const char *extension = vt_path_extension(path);
    size_t length = strlen(extension);
    for (size_t i = 0; length > 0 && i < FORMAT_COUNT; i++) {
        if (lists_extension(formats[i].extensions, extension, length)) {
            return formats[i].id;
        }
    }
    return VT_FORMAT_UNKNOWN;
}

typedef struct stranger {
    const char *magic;
    size_t length;
    size_t offset;
    const char *looks_like;
} stranger;

/* What people keep beside their pictures under wrong names, so that the complaint can say what it is. */
static const stranger strangers[] = {
    {"%PDF-", 5, 0, "a PDF document"},
    {"PK\3\4", 4, 0, "a ZIP archive (or a document made of one)"},
    {"\x1f\x8b", 2, 0, "a gzip archive"},
    {"ftypheic", 8, 4, "a HEIF picture"},
    {"ftypmif1", 8, 4, "a HEIF picture"},
    {"ftypavif", 8, 4, "an AVIF picture"},
    {"ftyp", 4, 4, "a film (MP4)"},
    {"II*\0", 4, 0, "a TIFF picture or camera raw file"},
    {"MM\0*", 4, 0, "a TIFF picture or camera raw file"},
    {"\xff\x0a", 2, 0, "a JPEG XL picture"},
    {"\0\0\0\x0cJXL ", 8, 0, "a JPEG XL picture"},
    {"RIFF", 4, 0, "a sound or film (RIFF)"},
    {"\x7f"
     "ELF",
     4, 0, "a program"},
    {"SQLite format 3", 15, 0, "a database"},
    {"<svg", 4, 0, "an SVG drawing"},
    {"<!DOCTYPE html", 14, 0, "a web page"},
    {"<html", 5, 0, "a web page"},
    {"<?xml", 5, 0, "an XML document"},
};

static bool is_text(const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if ((bytes[i] < 0x20 && !is_space(bytes[i]) && bytes[i] != 0x1b) || bytes[i] == 0x7f) {
            return false;
        }
    }
    return true;
}

static const char *looks_like(const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        const stranger *s = &strangers[i];
        if (count >= s->offset && starts_with(bytes + s->offset, count - s->offset, s->magic, s->length)) {
            return s->looks_like;
        }
    }
    bool zeros = true;
    for (size_t i = 0; i < count; i++) {
        zeros = zeros && bytes[i] == 0;
    }
    if (zeros) {
        return "nothing but zero bytes";
    }
    return is_text(bytes, count) ? "text" : "data of an unknown kind";
}

/* The beginning of each format's magic number, to tell a file that was cut off in it. */
static bool is_cut_magic(const uint8_t *bytes, size_t count, vt_format hint)
{
    static const struct {
        vt_format format;
        const char *magic;
    } starts[] = {{VT_FORMAT_JPEG, "\xff\xd8\xff"},
                  {VT_FORMAT_PNG, "\x89PNG\r\n\x1a\n"},
                  {VT_FORMAT_WEBP, "RIFF"},
                  {VT_FORMAT_GIF, "GIF8"},
                  {VT_FORMAT_BMP, "BM"},
                  {VT_FORMAT_PSD, "8BPS"},
                  {VT_FORMAT_HDR, "#?RADIANCE\n"},
                  {VT_FORMAT_PNM, "P6"},
                  {VT_FORMAT_PNM, "P5"},
                  {VT_FORMAT_STL, "solid"}};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t length = strlen(starts[i].magic);
        if (starts[i].format == hint &&
            memcmp(bytes, starts[i].magic, count < length ? count : length) == 0) {
            return true;
        }
    }
    return false;
}

static vt_format refuse(const uint8_t *bytes, size_t count, uint64_t size, vt_format hint, vt_error *error)
{
    const vt_format_info *promised = vt_format_get(hint);
    if (promised && size < 18 && is_cut_magic(bytes, count, hint)) {
        vt_error_set(error, VT_ERROR_TRUNCATED, "the %s file ends after %u bytes", promised->name,
                     (unsigned)size);
    } else if (promised) {
        vt_error_set(error, VT_ERROR_UNSUPPORTED, "not a %s file: looks like %s", promised->name,
                     looks_like(bytes, count));
    } else {
        vt_error_set(error, VT_ERROR_UNSUPPORTED, "no picture or model that can be read: looks like %s",
                     looks_like(bytes, count));
    }
    return VT_FORMAT_UNKNOWN;
}

vt_format vt_format_sniff(const void *bytes, size_t count, uint64_t size, vt_format hint, vt_error *error)
{
    if (size == 0 || count == 0) {
        vt_error_set(error, VT_ERROR_EMPTY, "the file is empty (zero bytes)");
        return VT_FORMAT_UNKNOWN;
    }
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (formats[i].is_certain && formats[i].is_certain(bytes, count, size)) {
            return formats[i].id;
        }
    }
    const vt_format_info *promised = vt_format_get(hint);
    if (promised && promised->is_plausible && promised->is_plausible(bytes, count, size)) {
        return promised->id;
    }
    return refuse(bytes, count, size, hint, error);
}
