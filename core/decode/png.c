/*
 * PNG. The header and the chunks beside the picture are read by libspng; the pixels too, row by row, unless
 * the picture is one of the usual ones that can be unpacked at once (png_packed.h). An interlaced picture is
 * decoded as a whole first, because its rows come in seven passes.
 */
#include "core/decode/decoders.h"
#include "core/decode/png_packed.h"

#include <stdlib.h>

#include <spng.h>

/* Chunks beside the picture (text, profiles): one bomb of a few KiB must not unpack to GiB. */
#define CHUNK_BYTES ((size_t)4 << 20)

/* Gamma chunks (in 1/100000) that mean sRGB, which is what the pixels are taken for anyway. */
#define GAMMA_SRGB_MIN 43000
#define GAMMA_SRGB_MAX 48000

typedef struct png_state {
    spng_ctx *png;
    vt_input *input;
    const vt_limits *limits;
    vt_error *error;
    struct spng_ihdr header;
    enum spng_format format;
    int flags;
    vt_layout layout;
    vt_scaler *scaler;
    uint8_t *row; /* one row, or the whole picture if interlaced */
    size_t row_bytes;
    bool ended; /* the library wanted more than the file has */
} png_state;

static int read_stream(spng_ctx *png, void *user, void *to, size_t length)
{
    png_state *s = user;
    (void)png;
    if (vt_input_read(s->input, to, length) == length) {
        return 0;
    }
    s->ended = true;
    return s->input->system ? SPNG_IO_ERROR : SPNG_IO_EOF;
}

static bool fail(png_state *s, int code)
{
    if (s->input->system) {
        return vt_error_set_errno(s->error, s->input->system, "reading the PNG failed");
    }
    if (code == SPNG_EMEM) {
        return vt_error_set(s->error, VT_ERROR_MEMORY, "PNG: out of memory");
    }
    if (s->ended) {
        return vt_error_set(s->error, VT_ERROR_TRUNCATED, "PNG: the file ends early");
    }
    if (code == SPNG_ECHUNK_LIMITS) {
        return vt_error_set(s->error, VT_ERROR_LIMIT,
                            "PNG: a text or profile beside the picture unpacks to more than %zu MiB",
                            CHUNK_BYTES >> 20);
    }
    if (code == SPNG_EUSER_WIDTH || code == SPNG_EUSER_HEIGHT) {
        return vt_error_set(s->error, VT_ERROR_LIMIT,
                            "PNG: %s (at most %u pixels a side)" VT_LIMIT_RAISE(VT_LIMIT_SIDE),
                            spng_strerror(code), s->limits->max_side);
    }
    return vt_error_set(s->error, VT_ERROR_CORRUPT, "PNG: %s", spng_strerror(code));
}

static bool has_odd_gamma(spng_ctx *png)
{
    uint32_t gamma;
    uint8_t intent;
    struct spng_iccp profile;
    if (spng_get_gama_int(png, &gamma) != 0 || spng_get_srgb(png, &intent) == 0 ||
        spng_get_iccp(png, &profile) == 0) {
        return false;
    }
    return gamma < GAMMA_SRGB_MIN || gamma > GAMMA_SRGB_MAX;
}

/* The leanest form that holds all of the picture's colours. */
static void choose_format(png_state *s)
{
    struct spng_trns transparency;
    bool keyed = spng_get_trns(s->png, &transparency) == 0;
    uint8_t type = s->header.color_type;
    s->flags = keyed ? SPNG_DECODE_TRNS : 0;
    if (has_odd_gamma(s->png)) {
        s->format = SPNG_FMT_RGBA8;
        s->layout = VT_LAYOUT_RGBA;
        s->flags |= SPNG_DECODE_GAMMA;
    } else if (type == SPNG_COLOR_TYPE_GRAYSCALE && s->header.bit_depth <= 8 && !keyed) {
        s->format = SPNG_FMT_G8;
        s->layout = VT_LAYOUT_GREY;
    } else if (type != SPNG_COLOR_TYPE_TRUECOLOR_ALPHA && type != SPNG_COLOR_TYPE_GRAYSCALE_ALPHA && !keyed) {
        s->format = SPNG_FMT_RGB8;
        s->layout = VT_LAYOUT_RGB;
    } else {
        s->format = SPNG_FMT_RGBA8;
        s->layout = VT_LAYOUT_RGBA;
    }
}

static void fill_info(const png_state *s, vt_media_info *info)
{
    static const uint8_t channels[] = {[SPNG_COLOR_TYPE_GRAYSCALE] = 1,
                                       [SPNG_COLOR_TYPE_TRUECOLOR] = 3,
                                       [SPNG_COLOR_TYPE_INDEXED] = 3,
                                       [SPNG_COLOR_TYPE_GRAYSCALE_ALPHA] = 2,
                                       [SPNG_COLOR_TYPE_TRUECOLOR_ALPHA] = 4};
    info->width = s->header.width;
    info->height = s->header.height;
    info->channels = channels[s->header.color_type];
    info->bit_depth = s->header.bit_depth;
    info->has_alpha = (s->flags & SPNG_DECODE_TRNS) != 0 || info->channels == 2 || info->channels == 4;
}

static int decode_rows(png_state *s)
{
    int code = spng_decode_image(s->png, NULL, 0, (int)s->format, s->flags | SPNG_DECODE_PROGRESSIVE);
    while (code == 0 && !vt_scaler_is_full(s->scaler)) {
        code = spng_decode_row(s->png, s->row, s->row_bytes);
        if (code == 0 || code == SPNG_EOI) {
            vt_scaler_push(s->scaler, s->row);
        }
    }
    return code == SPNG_EOI ? 0 : code;
}

static int decode_interlaced(png_state *s)
{
    int code = spng_decode_image(s->png, s->row, s->row_bytes * s->header.height, (int)s->format, s->flags);
    for (uint32_t y = 0; code == 0 && y < s->header.height; y++) {
        vt_scaler_push(s->scaler, s->row + y * s->row_bytes);
    }
    return code;
}

static unsigned fill_palette(const png_state *s, uint8_t palette[256][4])
{
    struct spng_plte colours;
    struct spng_trns alphas = {0};
    if (spng_get_plte(s->png, &colours) != 0 || colours.n_entries > 256) {
        return 0;
    }
    if (spng_get_trns(s->png, &alphas) != 0) {
        alphas.n_type3_entries = 0;
    }
    for (uint32_t i = 0; i < colours.n_entries; i++) {
        const struct spng_plte_entry *colour = &colours.entries[i];
        palette[i][0] = colour->red;
        palette[i][1] = colour->green;
        palette[i][2] = colour->blue;
        palette[i][3] = i < alphas.n_type3_entries ? alphas.type3_alpha[i] : 255;
    }
    return colours.n_entries;
}

/* The quick way. The library has read up to and including the head of the first IDAT chunk; the position
   stays there, so that it can go on if this is not possible (false). */
static bool decode_packed(png_state *s, const vt_image_request *request, vt_pixels *pixels)
{
    uint8_t palette[256][4];
    uint8_t type = s->header.color_type;
    bool indexed = type == SPNG_COLOR_TYPE_INDEXED;
    bool keyed = !indexed && (s->flags & SPNG_DECODE_TRNS) != 0;
    if (s->header.bit_depth != 8 || s->header.interlace_method != 0 || keyed ||
        (s->flags & SPNG_DECODE_GAMMA) != 0 || s->input->at < 8) {
        return false;
    }
    static const unsigned bytes[] = {[SPNG_COLOR_TYPE_GRAYSCALE] = 1,
                                     [SPNG_COLOR_TYPE_TRUECOLOR] = 3,
                                     [SPNG_COLOR_TYPE_INDEXED] = 1,
                                     [SPNG_COLOR_TYPE_GRAYSCALE_ALPHA] = 2,
                                     [SPNG_COLOR_TYPE_TRUECOLOR_ALPHA] = 4};
    const vt_png_form form = {.width = s->header.width,
                              .height = s->header.height,
                              .pixel_bytes = bytes[type],
                              .palette = indexed ? (const uint8_t(*)[4])palette : NULL,
                              .colours = indexed ? fill_palette(s, palette) : 0};
    vt_png_packed *packed = vt_png_packed_read(s->input, s->input->at - 8, &form);
    if (!packed) {
        return false;
    }
    vt_layout layout = type == SPNG_COLOR_TYPE_GRAYSCALE_ALPHA ? VT_LAYOUT_GREY_ALPHA : s->layout;
    s->scaler = vt_decoder_scaler(request, form.width, form.height, layout, 0, pixels, s->error);
    if (s->scaler) {
        vt_png_packed_push(packed, layout, s->scaler);
    }
    vt_png_packed_free(packed);
    return s->scaler != NULL;
}

static bool decode_pixels(png_state *s, const vt_image_request *request, vt_pixels *pixels)
{
    bool interlaced = s->header.interlace_method != 0;
    s->row_bytes = (size_t)s->header.width * vt_layout_bytes(s->layout);
    s->row = malloc(interlaced ? s->row_bytes * s->header.height : s->row_bytes);
    if (!s->row) {
        return vt_error_set(s->error, VT_ERROR_MEMORY, "PNG: out of memory for %u x %u pixels",
                            s->header.width, s->header.height);
    }
    s->scaler = vt_decoder_scaler(request, s->header.width, s->header.height, s->layout, 0, pixels, s->error);
    if (!s->scaler) {
        return false;
    }
    int code = interlaced ? decode_interlaced(s) : decode_rows(s);
    if (code != 0 && s->ended) {
        return vt_decoder_truncated(s->input, s->scaler, s->header.height, pixels, s->error);
    }
    return code == 0 || fail(s, code);
}

static bool decode_all(png_state *s, const vt_image_request *request, vt_media_info *info, vt_pixels *pixels)
{
    /* What is wrong in a chunk beside the picture costs that chunk only. */
    spng_set_crc_action(s->png, SPNG_CRC_ERROR, SPNG_CRC_DISCARD);
    spng_set_chunk_limits(s->png, CHUNK_BYTES, CHUNK_BYTES);
    int code = spng_set_png_stream(s->png, read_stream, s);
    if (code == 0) {
        code = spng_get_ihdr(s->png, &s->header);
    }
    if (code != 0) {
        return fail(s, code);
    }
    if (!vt_decoder_check_size(s->limits, s->header.width, s->header.height, false, s->error)) {
        fill_info(s, info);
        return false;
    }
    code = spng_decode_chunks(s->png); /* what stands before the picture; the first call tells its fault */
    choose_format(s);
    fill_info(s, info);
    if (request->probe) {
        return true;
    }
    if (code != 0) {
        return fail(s, code);
    }
    if (!decode_packed(s, request, pixels) && !decode_pixels(s, request, pixels)) {
        return false;
    }
    info->has_alpha = vt_scaler_has_alpha(s->scaler);
    return true;
}

bool vt_png_decode(vt_input *input, const vt_image_request *request, vt_media_info *info, vt_pixels *pixels,
                   vt_error *error)
{
    png_state s = {.input = input, .limits = &request->limits, .error = error};
    s.png = spng_ctx_new(0);
    if (!s.png) {
        return vt_error_set(error, VT_ERROR_MEMORY, "PNG: out of memory");
    }
    bool decoded = decode_all(&s, request, info, pixels);
    spng_ctx_free(s.png);
    vt_scaler_free(s.scaler);
    free(s.row);
    return decoded;
}
