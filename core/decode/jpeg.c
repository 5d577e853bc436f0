/*
 * JPEG by libjpeg-turbo. The library's own reduction does most of the work: at 1/8 it does not even look at
 * the 63 higher coefficients of a block. It reports errors by longjmp, so everything that must be freed lives
 * in one struct that is set up before setjmp and cleaned up after it.
 */
#include "core/decode/decoders.h"
#include "core/decode/exif.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

#define BUFFER_BYTES  65536
#define TAIL_BYTES    4096  /* in which the end marker is looked for */
#define SEGMENT_BYTES 65533 /* the most a marker segment holds */

typedef struct jpeg_state {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_source_mgr source;
    struct jpeg_progress_mgr progress;
    jmp_buf leave;
    vt_input *input;
    vt_error *error;
    const vt_limits *limits;
    vt_scaler *scaler;
    uint8_t *row;
    uint8_t *bytes; /* [BUFFER_BYTES] */
    int orientation;
    bool ended;   /* the library wants more than the file has */
    bool starved; /* it has begun to invent what is missing */
} jpeg_state;

static jpeg_state *state_of(j_common_ptr jpeg)
{
    return jpeg->client_data;
}

static vt_error_code code_of_message(const jpeg_state *s, int message)
{
    switch (message) {
    case JERR_OUT_OF_MEMORY:
    case JERR_NO_BACKING_STORE:
        return VT_ERROR_MEMORY;
    case JERR_IMAGE_TOO_BIG:
        return VT_ERROR_LIMIT;
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_ARITH_NOTIMPL:
    case JERR_NOTIMPL:
        return VT_ERROR_UNSUPPORTED;
    default:
        return s->ended ? VT_ERROR_TRUNCATED : VT_ERROR_CORRUPT;
    }
}

_Noreturn static void on_error(j_common_ptr jpeg)
{
    jpeg_state *s = state_of(jpeg);
    char text[JMSG_LENGTH_MAX];
    jpeg->err->format_message(jpeg, text);
    if (s->input->system) {
        vt_error_set_errno(s->error, s->input->system, "reading the JPEG failed");
    } else {
        vt_error_set(s->error, code_of_message(s, jpeg->err->msg_code), "JPEG: %s%s", text,
                     s->ended ? " (the file ends early)" : "");
    }
    longjmp(s->leave, 1);
}

static void on_message(j_common_ptr jpeg, int level)
{
    if (level < 0) {
        jpeg->err->num_warnings++;
        if (jpeg->err->msg_code == JWRN_HIT_MARKER) {
            state_of(jpeg)->starved = true;
        }
    }
}

/* A progressive file may hold thousands of scans, each of them a pass over the whole picture. */
static void on_progress(j_common_ptr jpeg)
{
    jpeg_state *s = state_of(jpeg);
    if (s->jpeg.input_scan_number > (int)s->limits->max_scans) {
        vt_error_set(s->error, VT_ERROR_LIMIT,
                     "JPEG: more than the %u scans allowed" VT_LIMIT_RAISE(VT_LIMIT_SCANS),
                     s->limits->max_scans);
        longjmp(s->leave, 1);
    }
}

static void begin_source(j_decompress_ptr jpeg)
{
    (void)jpeg;
}

static boolean fill_buffer(j_decompress_ptr jpeg)
{
    jpeg_state *s = state_of((j_common_ptr)jpeg);
    size_t got = vt_input_read(s->input, s->bytes, BUFFER_BYTES);
    if (got == 0) {
        s->ended = true;
        s->bytes[0] = 0xff; /* an invented end of image, which the library copes with */
        s->bytes[1] = JPEG_EOI;
        got = 2;
    }
    s->source.next_input_byte = s->bytes;
    s->source.bytes_in_buffer = got;
    return TRUE;
}

static void skip_bytes(j_decompress_ptr jpeg, long count)
{
    jpeg_state *s = state_of((j_common_ptr)jpeg);
    if (count <= 0) {
        return;
    }
    size_t here = s->source.bytes_in_buffer;
    if ((size_t)count <= here) {
        s->source.next_input_byte += count;
        s->source.bytes_in_buffer -= (size_t)count;
    } else {
        vt_input_skip(s->input, count - (long)here);
        s->source.bytes_in_buffer = 0;
    }
}

static void end_source(j_decompress_ptr jpeg)
{
    (void)jpeg;
}

static uint8_t next_byte(j_decompress_ptr jpeg)
{
    if (jpeg->src->bytes_in_buffer == 0) {
        fill_buffer(jpeg);
    }
    jpeg->src->bytes_in_buffer--;
    return *jpeg->src->next_input_byte++;
}

/* Reads an APP1 segment for its orientation. The library's own saving of markers would keep all of them,
   which may be the whole file. */
static boolean read_app1(j_decompress_ptr jpeg)
{
    jpeg_state *s = state_of((j_common_ptr)jpeg);
    long length = next_byte(jpeg) << 8;
    length |= next_byte(jpeg);
    length -= 2;
    if (length <= 0 || length > SEGMENT_BYTES) {
        return TRUE;
    }
    uint8_t *segment = s->orientation ? NULL : malloc((size_t)length);
    if (!segment) {
        skip_bytes(jpeg, length);
        return TRUE;
    }
    for (long i = 0; i < length; i++) {
        segment[i] = next_byte(jpeg);
    }
    if (length > 6 && memcmp(segment, "Exif\0\0", 6) == 0) {
        s->orientation = vt_exif_orientation(segment, (size_t)length);
    }
    free(segment);
    return TRUE;
}

/* The library reads floats in the locale's way nowhere, so nothing else needs setting up. */
static void set_up(jpeg_state *s)
{
    s->jpeg.err = jpeg_std_error(&s->errors);
    s->errors.error_exit = on_error;
    s->errors.emit_message = on_message;
    s->jpeg.client_data = s;
}

static void attach(jpeg_state *s)
{
    s->source.init_source = begin_source;
    s->source.fill_input_buffer = fill_buffer;
    s->source.skip_input_data = skip_bytes;
    s->source.resync_to_restart = jpeg_resync_to_restart;
    s->source.term_source = end_source;
    s->jpeg.src = &s->source;
    s->progress.progress_monitor = on_progress;
    s->jpeg.progress = &s->progress;
    jpeg_set_marker_processor(&s->jpeg, JPEG_APP0 + 1, read_app1);
}

static void tear_down(jpeg_state *s)
{
    jpeg_destroy_decompress(&s->jpeg);
    vt_scaler_free(s->scaler);
    free(s->row);
    free(s->bytes);
    free(s);
}

static void fill_info(const jpeg_state *s, vt_media_info *info)
{
    bool turned = s->orientation >= 5;
    info->width = turned ? s->jpeg.image_height : s->jpeg.image_width;
    info->height = turned ? s->jpeg.image_width : s->jpeg.image_height;
    info->orientation = (uint8_t)s->orientation;
    info->channels = (uint8_t)s->jpeg.num_components;
    info->bit_depth = (uint8_t)s->jpeg.data_precision;
}

/* The strongest reduction that leaves at least the size asked for. */
static void choose_scale(jpeg_state *s, const vt_image_request *request)
{
    bool turned = s->orientation >= 5;
    uint32_t box_width = turned ? request->box_height : request->box_width;
    uint32_t box_height = turned ? request->box_width : request->box_height;
    uint32_t width;
    uint32_t height;
    vt_image_fit(s->jpeg.image_width, s->jpeg.image_height, box_width, box_height, &width, &height);
    s->jpeg.scale_denom = 8;
    if (request->region.width > 0) {
        s->jpeg.scale_num = 8;
        return;
    }
    for (s->jpeg.scale_num = 1; s->jpeg.scale_num < 8; s->jpeg.scale_num *= 2) {
        jpeg_calc_output_dimensions(&s->jpeg);
        if (s->jpeg.output_width >= width && s->jpeg.output_height >= height) {
            return;
        }
    }
}

static vt_layout choose_colours(jpeg_state *s)
{
    switch (s->jpeg.jpeg_color_space) {
    case JCS_GRAYSCALE:
        s->jpeg.out_color_space = JCS_GRAYSCALE;
        return VT_LAYOUT_GREY;
    case JCS_CMYK:
    case JCS_YCCK:
        s->jpeg.out_color_space = JCS_CMYK;
        return VT_LAYOUT_RGB;
    default:
        s->jpeg.out_color_space = JCS_RGB;
        return VT_LAYOUT_RGB;
    }
}

/* CMYK to RGB in place, without a colour profile: each ink takes its share of the light. Files written by
   Adobe's programs store the complement of the ink. */
static void convert_cmyk(uint8_t *row, uint32_t width, bool complement)
{
    for (uint32_t x = 0; x < width; x++) {
        const uint8_t *from = row + (size_t)x * 4;
        unsigned flip = complement ? 0 : 255;
        unsigned black = from[3] ^ flip;
        unsigned inks[3] = {from[0] ^ flip, from[1] ^ flip, from[2] ^ flip};
        for (unsigned c = 0; c < 3; c++) {
            row[(size_t)x * 3 + c] = (uint8_t)((inks[c] * black + 127) / 255);
        }
    }
}

/* A progressive file that ends between two scans leaves no trace but coefficients that never came. */
static bool lacks_scans(const jpeg_state *s)
{
    for (int c = 0; s->jpeg.progressive_mode && s->jpeg.coef_bits && c < s->jpeg.num_components; c++) {
        for (int i = 0; i < DCTSIZE2; i++) {
            if (s->jpeg.coef_bits[c][i] != 0) {
                return true;
            }
        }
    }
    return false;
}

static void read_rows(jpeg_state *s)
{
    bool cmyk = s->jpeg.out_color_space == JCS_CMYK;
    /* What a progressive file lacks at its end is sharpness, not rows. */
    bool whole = !s->starved || s->jpeg.input_scan_number > 1;
    while (s->jpeg.output_scanline < s->jpeg.output_height && !vt_scaler_is_full(s->scaler)) {
        JSAMPROW row = s->row;
        jpeg_read_scanlines(&s->jpeg, &row, 1);
        if (s->starved && s->ended && !(s->jpeg.progressive_mode && whole)) {
            return;
        }
        if (cmyk) {
            convert_cmyk(s->row, s->jpeg.output_width, s->jpeg.saw_Adobe_marker);
        }
        vt_scaler_push(s->scaler, s->row);
    }
}

/* A file that was cut off has its end marker nowhere near its end. */
static bool has_end(const jpeg_state *s)
{
    uint8_t tail[TAIL_BYTES];
    vt_input input = *s->input;
    uint64_t from = input.size > sizeof tail ? input.size - sizeof tail : 0;
    size_t count = vt_input_read_at(&input, from, tail, sizeof tail);
    return memmem(tail, count, "\xff\xd9", 2) != NULL;
}

/* True once the mean of every block is known to within two of 255 steps: its last bit comes late. */
static bool has_means(const jpeg_state *s)
{
    for (int c = 0; c < s->jpeg.num_components; c++) {
        int missing = s->jpeg.coef_bits[c][0]; /* bits; -1 if nothing has come */
        const JQUANT_TBL *steps = s->jpeg.comp_info[c].quant_table;
        if (missing < 0 || missing > 1 || (missing == 1 && (!steps || steps->quantval[0] > 2 * DCTSIZE))) {
            return false;
        }
    }
    return true;
}

/* At 1/8 a pixel is the mean of its block, which a progressive file sends first: the finer scans, most of the
   file and of the work, need not be read. */
static void start_at_means(jpeg_state *s)
{
    s->jpeg.buffered_image = TRUE;
    s->jpeg.do_block_smoothing = FALSE; /* guesses what a mean does not need */
    jpeg_start_decompress(&s->jpeg);
    int status;
    do {
        status = jpeg_consume_input(&s->jpeg);
    } while (status != JPEG_REACHED_EOI && !(status == JPEG_SCAN_COMPLETED && has_means(s)));
    jpeg_start_output(&s->jpeg, s->jpeg.input_scan_number);
}

static void start(jpeg_state *s)
{
    if (s->jpeg.progressive_mode && s->jpeg.scale_num == 1 && has_end(s)) {
        start_at_means(s);
        return;
    }
    jpeg_start_decompress(&s->jpeg);
    s->starved = s->starved || (s->ended && lacks_scans(s));
}

/* Of the rows above a region only the bits are gone through, and of its own no more columns computed than the
   blocks that it touches. */
static void go_to_region(jpeg_state *s, const vt_region *stored)
{
    JDIMENSION first = stored->x;
    JDIMENSION columns = stored->width;
    jpeg_crop_scanline(&s->jpeg, &first, &columns);
    jpeg_skip_scanlines(&s->jpeg, stored->y);
    vt_scaler_skip(s->scaler, stored->x - first, 0);
}

static bool decode_pixels(jpeg_state *s, const vt_image_request *request, vt_pixels *pixels)
{
    vt_region stored;
    vt_layout layout = choose_colours(s);
    choose_scale(s, request);
    s->jpeg.do_fancy_upsampling = FALSE;
    s->jpeg.dct_method = JDCT_ISLOW;
    jpeg_calc_output_dimensions(&s->jpeg);
    s->row = malloc((size_t)s->jpeg.output_width * (size_t)s->jpeg.out_color_components);
    if (!s->row) {
        return vt_error_set(s->error, VT_ERROR_MEMORY, "JPEG: out of memory");
    }
    s->scaler = vt_decoder_scaler(request, s->jpeg.output_width, s->jpeg.output_height, layout,
                                  s->orientation, pixels, s->error);
    if (!s->scaler) {
        return false;
    }
    start(s);
    if (request->region.width > 0 && vt_decoder_region(request, s->jpeg.image_width, s->jpeg.image_height,
                                                       s->orientation, &stored, NULL)) {
        go_to_region(s, &stored);
    }
    read_rows(s);
    if (s->starved && s->ended) {
        return vt_decoder_truncated(s->input, s->scaler, s->jpeg.output_height, pixels, s->error);
    }
    return true;
}

static bool decode_all(jpeg_state *s, const vt_image_request *request, vt_media_info *info, vt_pixels *pixels)
{
    if (setjmp(s->leave)) {
        /* Rows that came before the fault are as good as those of a file that was cut there. */
        if (s->scaler && s->error->code == VT_ERROR_TRUNCATED) {
            return vt_decoder_truncated(s->input, s->scaler, s->jpeg.output_height, pixels, s->error);
        }
        return false;
    }
    jpeg_create_decompress(&s->jpeg);
    attach(s);
    jpeg_read_header(&s->jpeg, TRUE);
    s->orientation = request->orientation ? request->orientation : s->orientation;
    fill_info(s, info);
    if (!vt_decoder_check_size(s->limits, s->jpeg.image_width, s->jpeg.image_height, true, s->error)) {
        return false;
    }
    return request->probe || decode_pixels(s, request, pixels);
}

bool vt_jpeg_decode(vt_input *input, const vt_image_request *request, vt_media_info *info, vt_pixels *pixels,
                    vt_error *error)
{
    jpeg_state *s = calloc(1, sizeof *s);
    if (s) {
        s->bytes = malloc(BUFFER_BYTES);
    }
    if (!s || !s->bytes) {
        free(s);
        return vt_error_set(error, VT_ERROR_MEMORY, "JPEG: out of memory");
    }
    s->input = input;
    s->error = error;
    s->limits = &request->limits;
    set_up(s);
    bool decoded = decode_all(s, request, info, pixels);
    tear_down(s);
    return decoded;
}
