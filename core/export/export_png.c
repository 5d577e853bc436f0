#include "core/export/export_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <spng.h>

/* XMP specification, part 3, 1.1.5. */
#define XMP_KEYWORD "XML:com.adobe.xmp"

static bool failed(int code, vt_error *error)
{
    bool disk = code == SPNG_IO_ERROR;
    return vt_error_set(error, disk ? VT_ERROR_NO_SPACE : VT_ERROR_MEMORY, "cannot make the PNG: %s",
                        spng_strerror(code));
}

static int put_xmp(spng_ctx *png, const void *xmp, size_t length)
{
    static char nothing[1] = "";
    struct spng_text text = {.type = SPNG_ITXT,
                             .length = length,
                             .text = (char *)xmp,
                             .language_tag = nothing,
                             .translated_keyword = nothing};
    memcpy(text.keyword, XMP_KEYWORD, sizeof XMP_KEYWORD);
    return spng_set_text(png, &text, 1);
}

static bool is_opaque(const vt_pixels *pixels)
{
    for (uint32_t y = 0; y < pixels->height; y++) {
        const uint8_t *row = pixels->data + y * pixels->stride;
        for (uint32_t x = 0; x < pixels->width; x++) {
            if (row[(size_t)x * 4 + 3] != 255) {
                return false;
            }
        }
    }
    return true;
}

static int encode_rows(spng_ctx *png, const vt_pixels *pixels, bool opaque, uint8_t *row)
{
    size_t length = (size_t)pixels->width * (opaque ? 3 : 4);
    int code = spng_encode_image(png, NULL, 0, SPNG_FMT_PNG, SPNG_ENCODE_PROGRESSIVE | SPNG_ENCODE_FINALIZE);
    for (uint32_t y = 0; code == 0 && y < pixels->height; y++) {
        vt_export_straight_row(pixels->data + y * pixels->stride, row, pixels->width);
        for (uint32_t x = 1; opaque && x < pixels->width; x++) {
            memmove(row + (size_t)x * 3, row + (size_t)x * 4, 3);
        }
        code = spng_encode_row(png, row, length);
    }
    return code == SPNG_EOI ? 0 : code;
}

bool vt_export_png(const vt_pixels *pixels, const void *xmp, size_t xmp_length, FILE *stream, vt_error *error)
{
    bool opaque = is_opaque(pixels);
    struct spng_ihdr header = {.width = pixels->width,
                               .height = pixels->height,
                               .bit_depth = 8,
                               .color_type =
                                   opaque ? SPNG_COLOR_TYPE_TRUECOLOR : SPNG_COLOR_TYPE_TRUECOLOR_ALPHA};
    spng_ctx *png = spng_ctx_new(SPNG_CTX_ENCODER);
    uint8_t *row = malloc((size_t)pixels->width * 4);
    int code = png && row ? spng_set_png_file(png, stream) : SPNG_EMEM;
    code = code ? code : spng_set_ihdr(png, &header);
    code = code ? code : spng_set_srgb(png, 0); /* perceptual */
    if (!code && xmp && xmp_length) {
        code = put_xmp(png, xmp, xmp_length);
    }
    code = code ? code : encode_rows(png, pixels, opaque, row);
    free(row);
    spng_ctx_free(png);
    return code == 0 || failed(code, error);
}
