/*
 * WebP by libwebp, which wants all of the file in memory. Opaque lossy pictures are reduced by the library
 * while it decodes, down to twice the size asked for; its reduction would mix in the hidden colours of
 * transparent pixels, so pictures with alpha are decoded at full size. Of an animation the first frame is
 * shown.
 */
#include "core/decode/decoders.h"
#include "core/decode/exif.h"

#include <stdlib.h>
#include <string.h>

#include <webp/decode.h>
#include <webp/demux.h>

typedef struct webp_state {
    vt_input *input;
    const vt_image_request *request;
    vt_error *error;
    uint8_t *bytes; /* the file */
    size_t size;
    WebPDemuxer *demuxer;
    WebPIterator frame;
    bool has_frame;
    WebPDecoderConfig config;
    WebPIDecoder *decoder;
    uint32_t width; /* of the canvas */
    uint32_t height;
    int orientation;
    vt_scaler *scaler;
} webp_state;

static bool read_file(webp_state *s)
{
    s->size = (size_t)s->input->size;
    if (s->size != s->input->size || s->size > s->request->limits.max_memory) {
        return vt_error_set(
            s->error, VT_ERROR_LIMIT,
            "WebP: the file is larger than a decoder's memory" VT_LIMIT_RAISE(VT_LIMIT_MEMORY));
    }
    s->bytes = malloc(s->size ? s->size : 1);
    if (!s->bytes) {
        return vt_error_set(s->error, VT_ERROR_MEMORY, "WebP: out of memory for a file of %zu bytes",
                            s->size);
    }
    s->size = vt_input_read_at(s->input, 0, s->bytes, s->size);
    if (s->input->system) {
        return vt_error_set_errno(s->error, s->input->system, "reading the WebP failed");
    }
    return true;
}

static int find_orientation(const WebPDemuxer *demuxer)
{
    WebPChunkIterator chunk;
    int orientation = 0;
    if (WebPDemuxGetChunk(demuxer, "EXIF", 1, &chunk)) {
        orientation = vt_exif_orientation(chunk.chunk.bytes, chunk.chunk.size);
        WebPDemuxReleaseChunkIterator(&chunk);
    }
    return orientation;
}

static bool early_end(webp_state *s)
{
    return vt_error_set(s->error, VT_ERROR_TRUNCATED, "WebP: the file ends early");
}

static bool read_header(webp_state *s, vt_media_info *info)
{
    const WebPData data = {.bytes = s->bytes, .size = s->size};
    WebPDemuxState state;
    s->demuxer = WebPDemuxPartial(&data, &state);
    if (!s->demuxer || state < WEBP_DEMUX_PARSED_HEADER) {
        return state == WEBP_DEMUX_PARSE_ERROR
                   ? vt_error_set(s->error, VT_ERROR_CORRUPT, "WebP: the container makes no sense")
                   : early_end(s);
    }
    s->width = WebPDemuxGetI(s->demuxer, WEBP_FF_CANVAS_WIDTH);
    s->height = WebPDemuxGetI(s->demuxer, WEBP_FF_CANVAS_HEIGHT);
    s->orientation = find_orientation(s->demuxer);
    s->has_frame = WebPDemuxGetFrame(s->demuxer, 1, &s->frame);
    bool turned = s->orientation >= 5;
    info->width = turned ? s->height : s->width;
    info->height = turned ? s->width : s->height;
    info->orientation = (uint8_t)s->orientation;
    info->bit_depth = 8;
    info->has_alpha = (WebPDemuxGetI(s->demuxer, WEBP_FF_FORMAT_FLAGS) & ALPHA_FLAG) != 0 ||
                      (s->has_frame && s->frame.has_alpha);
    info->channels = info->has_alpha ? 4 : 3;
    if (!s->has_frame) {
        return early_end(s);
    }
    return true;
}

/* The first frame may cover a part of the canvas only. */
static bool is_whole_canvas(const webp_state *s)
{
    return s->frame.x_offset == 0 && s->frame.y_offset == 0 && (uint32_t)s->frame.width == s->width &&
           (uint32_t)s->frame.height == s->height;
}

/* Lets the library reduce to twice the size asked for, which leaves the last step to the better filter. */
static void choose_scale(webp_state *s)
{
    bool turned = s->orientation >= 5;
    if (s->request->region.width > 0) {
        return;
    }
    uint32_t width;
    uint32_t height;
    vt_image_fit(s->width, s->height, turned ? s->request->box_height : s->request->box_width,
                 turned ? s->request->box_width : s->request->box_height, &width, &height);
    if (s->width >= 3 * width && s->height >= 3 * height) {
        s->config.options.use_scaling = 1;
        s->config.options.scaled_width = (int)(2 * width);
        s->config.options.scaled_height = (int)(2 * height);
    }
}

static bool start_decoder(webp_state *s, bool lossy)
{
    if (!WebPInitDecoderConfig(&s->config)) {
        return vt_error_set(s->error, VT_ERROR_INTERNAL, "WebP: the library is of another version");
    }
    bool alpha = s->frame.has_alpha || !is_whole_canvas(s);
    s->config.output.colorspace = alpha ? MODE_RGBA : MODE_RGB;
    if (lossy && !alpha) {
        choose_scale(s);
    }
    s->decoder = WebPIDecode(NULL, 0, &s->config);
    return s->decoder || vt_error_set(s->error, VT_ERROR_MEMORY, "WebP: out of memory");
}

/* Pushes the `rows` decoded rows of the frame, laid into an otherwise transparent canvas if it is smaller. */
static bool push_rows(webp_state *s, const uint8_t *rows, int count, int stride, vt_pixels *pixels)
{
    const WebPDecoderOptions *options = &s->config.options;
    bool whole = is_whole_canvas(s);
    uint32_t width = options->use_scaling ? (uint32_t)options->scaled_width : s->width;
    uint32_t height = options->use_scaling ? (uint32_t)options->scaled_height : s->height;
    vt_layout layout = s->config.output.colorspace == MODE_RGBA ? VT_LAYOUT_RGBA : VT_LAYOUT_RGB;
    s->scaler = vt_decoder_scaler(s->request, width, height, layout, s->orientation, pixels, s->error);
    if (!s->scaler) {
        return false;
    }
    if (whole) {
        for (int y = 0; y < count; y++) {
            vt_scaler_push(s->scaler, rows + (size_t)y * (size_t)stride);
        }
        return true;
    }
    uint8_t *canvas_row = calloc(width, 4);
    if (!canvas_row) {
        return vt_error_set(s->error, VT_ERROR_MEMORY, "WebP: out of memory");
    }
    for (int y = 0; y < (int)height; y++) {
        int inside = y - s->frame.y_offset;
        bool covered = inside >= 0 && inside < count;
        memset(canvas_row, 0, (size_t)width * 4);
        if (covered) {
            memcpy(canvas_row + (size_t)s->frame.x_offset * 4, rows + (size_t)inside * (size_t)stride,
                   (size_t)s->frame.width * 4);
        }
        vt_scaler_push(s->scaler, canvas_row);
    }
    free(canvas_row);
    return true;
}

static bool decode_pixels(webp_state *s, vt_media_info *info, vt_pixels *pixels)
{
    VP8StatusCode status = WebPIAppend(s->decoder, s->frame.fragment.bytes, s->frame.fragment.size);
    if (status == VP8_STATUS_OUT_OF_MEMORY) {
        return vt_error_set(s->error, VT_ERROR_MEMORY, "WebP: out of memory for %u x %u pixels", s->width,
                            s->height);
    }
    bool early = status == VP8_STATUS_SUSPENDED;
    if (status != VP8_STATUS_OK && !early) {
        return vt_error_set(s->error, VT_ERROR_CORRUPT, "WebP: the data of the picture makes no sense");
    }
    int count = 0;
    int width;
    int height;
    int stride;
    const uint8_t *rows = WebPIDecGetRGB(s->decoder, &count, &width, &height, &stride);
    if (!rows || count <= 0) {
        return early_end(s);
    }
    if (!push_rows(s, rows, count, stride, pixels)) {
        return false;
    }
    info->has_alpha = vt_scaler_has_alpha(s->scaler);
    return !early || vt_decoder_truncated(s->input, s->scaler, (uint32_t)height, pixels, s->error);
}

static bool decode_all(webp_state *s, vt_media_info *info, vt_pixels *pixels)
{
    if (!read_file(s) || !read_header(s, info)) {
        return false;
    }
    WebPBitstreamFeatures features = {0};
    bool known = WebPGetFeatures(s->frame.fragment.bytes, s->frame.fragment.size, &features) == VP8_STATUS_OK;
    bool lossy = known && features.format == 1;
    bool scaled = lossy && !s->frame.has_alpha && is_whole_canvas(s);
    if (!vt_decoder_check_size(&s->request->limits, s->width, s->height, scaled, s->error)) {
        return false;
    }
    if (s->request->probe) {
        return true;
    }
    return start_decoder(s, lossy) && decode_pixels(s, info, pixels);
}

bool vt_webp_decode(vt_input *input, const vt_image_request *request, vt_media_info *info, vt_pixels *pixels,
                    vt_error *error)
{
    webp_state s = {.input = input, .request = request, .error = error};
    bool decoded = decode_all(&s, info, pixels);
    if (s.decoder) {
        WebPIDelete(s.decoder);
        WebPFreeDecBuffer(&s.config.output);
    }
    if (s.has_frame) {
        WebPDemuxReleaseIterator(&s.frame);
    }
    WebPDemuxDelete(s.demuxer);
    vt_scaler_free(s.scaler);
    free(s.bytes);
    return decoded;
}
