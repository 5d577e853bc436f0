/*
 * GIF (first frame), BMP, TGA, PSD, HDR and PNM by stb_image, which decodes whole pictures only and does not
 * tell how far it came: of a file that ends early nothing is kept.
 *
 * HDR: light without an upper bound is brought into range by the global operator of Reinhard, Stark, Shirley
 * and Ferwerda ("Photographic tone reproduction for digital images", 2002): scaled so that the logarithmic
 * mean becomes middle grey, then L / (1 + L).
 */
#include "core/decode/decoders.h"
#include "core/decode/stb_library.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MIDDLE_GREY  0.18
#define LINEAR_STEPS 4096 /* of the table from light to sRGB */

typedef struct stb_source {
    vt_input *input;
    uint64_t padding; /* bytes that may be invented after the end */
    bool ended;       /* the library wants more than the file has */
} stb_source;

/* A run of length one, for HDR: the library takes the zeros it invents at the end of a file for runs of
   length zero and never returns (CVE-2021-42715). */
#define PADDING_BYTE 0x81

static int read_bytes(void *user, char *to, int count)
{
    stb_source *s = user;
    if (count <= 0) {
        return 0;
    }
    size_t got = vt_input_read(s->input, to, (size_t)count);
    if (got == 0) {
        s->ended = true;
        got = (uint64_t)count < s->padding ? (size_t)count : (size_t)s->padding;
        s->padding -= got;
        memset(to, PADDING_BYTE, got);
    }
    return (int)got;
}

static void skip_bytes(void *user, int count)
{
    stb_source *s = user;
    vt_input_skip(s->input, count);
}

static int is_at_end(void *user)
{
    stb_source *s = user;
    return s->input->at >= s->input->size && s->padding == 0;
}

static const stbi_io_callbacks callbacks = {.read = read_bytes, .skip = skip_bytes, .eof = is_at_end};

static bool fail(const stb_source *s, const vt_media_info *info, vt_error *error)
{
    const char *reason = stbi_failure_reason();
    const char *name = vt_format_get(info->format)->name;
    if (s->input->system) {
        return vt_error_set_errno(error, s->input->system, "reading the %s failed", name);
    }
    if (s->ended) {
        return vt_error_set(error, VT_ERROR_TRUNCATED, "%s: the file ends early", name);
    }
    if (reason && strcmp(reason, "outofmem") == 0) {
        return vt_error_set(error, VT_ERROR_MEMORY, "%s: out of memory for %u x %u pixels", name, info->width,
                            info->height);
    }
    if (reason && strcmp(reason, "too large") == 0) {
        return vt_error_set(error, VT_ERROR_LIMIT, "%s: a side is longer than the %d pixels that can be read",
                            name, STBI_MAX_DIMENSIONS);
    }
    return vt_error_set(error, VT_ERROR_CORRUPT, "%s: %s", name, reason ? reason : "the library refused it");
}

static bool read_header(stb_source *s, vt_media_info *info, vt_error *error)
{
    int width = 0;
    int height = 0;
    int channels = 0;
    bool known = stbi_info_from_callbacks(&callbacks, s, &width, &height, &channels) != 0;
    if (!known || width <= 0 || height <= 0) {
        /* The library invents zeros at the end of a file, and cannot tell them from a header of zeros. */
        if (!s->ended && s->input->at >= s->input->size) {
            return vt_error_set(error, VT_ERROR_TRUNCATED,
                                "%s: the file ends early, or its header makes no sense",
                                vt_format_get(info->format)->name);
        }
        return fail(s, info, error);
    }
    info->width = (uint32_t)width;
    info->height = (uint32_t)height;
    info->channels = (uint8_t)(channels > 4 ? 4 : channels);
    info->bit_depth = 8;
    if (info->format == VT_FORMAT_HDR) {
        info->bit_depth = 32;
    } else if (info->format == VT_FORMAT_PSD || info->format == VT_FORMAT_PNM) {
        s->input->at = 0;
        info->bit_depth = stbi_is_16_bit_from_callbacks(&callbacks, s) ? 16 : 8;
    }
    info->has_alpha = info->channels == 2 || info->channels == 4;
    s->input->at = 0;
    s->ended = false;
    return true;
}

static double luminance(const float *rgb)
{
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

static double exposure_of(const float *pixels, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double light = luminance(pixels + i * 3);
        sum += log(1e-4 + (isfinite(light) && light > 0 ? light : 0));
    }
    return MIDDLE_GREY / exp(sum / (double)count);
}

static void map_row(const float *from, uint8_t *to, uint32_t width, double exposure, const uint8_t *srgb)
{
    for (uint32_t x = 0; x < width; x++, from += 3, to += 3) {
        double light = luminance(from) * exposure;
        double factor = isfinite(light) && light > 0 ? exposure / (1 + light) : 0;
        for (int c = 0; c < 3; c++) {
            double value = from[c] * factor;
            to[c] = srgb[value <= 0 ? 0 : value >= 1 ? LINEAR_STEPS : (int)(value * LINEAR_STEPS + 0.5)];
        }
    }
}

static bool push_hdr(const float *pixels, uint32_t width, uint32_t height, vt_scaler *scaler)
{
    uint8_t srgb[LINEAR_STEPS + 1];
    for (int i = 0; i <= LINEAR_STEPS; i++) {
        double v = (double)i / LINEAR_STEPS;
        double encoded = v <= 0.0031308 ? v * 12.92 : 1.055 * pow(v, 1 / 2.4) - 0.055;
        srgb[i] = (uint8_t)lround(encoded * 255);
    }
    uint8_t *row = malloc((size_t)width * 3);
    if (!row) {
        return false;
    }
    double exposure = exposure_of(pixels, (size_t)width * height);
    for (uint32_t y = 0; y < height; y++) {
        map_row(pixels + (size_t)y * width * 3, row, width, exposure, srgb);
        vt_scaler_push(scaler, row);
    }
    free(row);
    return true;
}

static bool decode_hdr(stb_source *s, const vt_image_request *request, vt_media_info *info, vt_pixels *pixels,
                       vt_error *error)
{
    int width;
    int height;
    int channels;
    s->padding = (uint64_t)info->width * info->height * 8 + 65536;
    float *light = stbi_loadf_from_callbacks(&callbacks, s, &width, &height, &channels, 3);
    if (!light || s->ended) {
        stbi_image_free(light);
        return fail(s, info, error);
    }
    vt_scaler *scaler =
        vt_decoder_scaler(request, (uint32_t)width, (uint32_t)height, VT_LAYOUT_RGB, 0, pixels, error);
    bool pushed = scaler && push_hdr(light, (uint32_t)width, (uint32_t)height, scaler);
    if (scaler && !pushed) {
        vt_error_set(error, VT_ERROR_MEMORY, "HDR: out of memory");
    }
    vt_scaler_free(scaler);
    stbi_image_free(light);
    return pushed;
}

static bool decode_plain(stb_source *s, const vt_image_request *request, vt_media_info *info,
                         vt_pixels *pixels, vt_error *error)
{
    static const vt_layout layouts[] = {VT_LAYOUT_GREY, VT_LAYOUT_GREY, VT_LAYOUT_GREY_ALPHA, VT_LAYOUT_RGB,
                                        VT_LAYOUT_RGBA};
    int width;
    int height;
    int channels;
    uint8_t *bytes = stbi_load_from_callbacks(&callbacks, s, &width, &height, &channels, 0);
    if (!bytes || s->ended || channels < 1 || channels > 4) {
        stbi_image_free(bytes);
        return fail(s, info, error);
    }
    vt_scaler *scaler =
        vt_decoder_scaler(request, (uint32_t)width, (uint32_t)height, layouts[channels], 0, pixels, error);
    for (int y = 0; scaler && y < height; y++) {
        vt_scaler_push(scaler, bytes + (size_t)y * (size_t)width * (size_t)channels);
    }
    stbi_image_free(bytes);
    if (!scaler) {
        return false;
    }
    info->has_alpha = vt_scaler_has_alpha(scaler);
    vt_scaler_free(scaler);
    return true;
}

bool vt_stb_decode(vt_input *input, const vt_image_request *request, vt_media_info *info, vt_pixels *pixels,
                   vt_error *error)
{
    stb_source s = {.input = input};
    if (input->size > INT_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "%s: files of more than 2 GiB cannot be read",
                            vt_format_get(info->format)->name);
    }
    if (!read_header(&s, info, error) ||
        !vt_decoder_check_size(&request->limits, info->width, info->height, false, error)) {
        return false;
    }
    if (request->probe) {
        return true;
    }
    return info->format == VT_FORMAT_HDR ? decode_hdr(&s, request, info, pixels, error)
                                         : decode_plain(&s, request, info, pixels, error);
}
