#include "core/export/export_private.h"
#include "core/export/srgb_profile.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

/* XMP specification, part 3, 1.1.3: what an APP1 segment with a packet begins with, its NUL included. */
#define XMP_HEADER "http://ns.adobe.com/xap/1.0/"

typedef struct jpeg_fault {
    struct jpeg_error_mgr manager; /* first: the library hands back a pointer to it */
    jmp_buf leave;
    vt_error *error;
} jpeg_fault;

_Noreturn static void on_error(j_common_ptr jpeg)
{
    jpeg_fault *fault = (jpeg_fault *)jpeg->err;
    char text[JMSG_LENGTH_MAX];
    jpeg->err->format_message(jpeg, text);
    bool disk = jpeg->err->msg_code == JERR_FILE_WRITE;
    vt_error_set(fault->error, disk ? VT_ERROR_NO_SPACE : VT_ERROR_MEMORY, "cannot make the JPEG: %s", text);
    longjmp(fault->leave, 1);
}

static void on_message(j_common_ptr jpeg, int level)
{
    (void)jpeg;
    (void)level;
}

/* Over white: premultiplied colour and what of white shines through. */
static void flatten_row(const uint8_t *from, uint8_t *to, uint32_t width)
{
    for (uint32_t x = 0; x < width; x++, from += 4, to += 3) {
        unsigned white = 255U - from[3];
        to[0] = (uint8_t)(from[2] + white);
        to[1] = (uint8_t)(from[1] + white);
        to[2] = (uint8_t)(from[0] + white);
    }
}

static void put_xmp(struct jpeg_compress_struct *jpeg, const char *xmp, size_t length)
{
    jpeg_write_m_header(jpeg, JPEG_APP0 + 1, (unsigned)(sizeof XMP_HEADER + length));
    for (size_t i = 0; i < sizeof XMP_HEADER; i++) {
        jpeg_write_m_byte(jpeg, XMP_HEADER[i]);
    }
    for (size_t i = 0; i < length; i++) {
        jpeg_write_m_byte(jpeg, (unsigned char)xmp[i]);
    }
}

static void compress(struct jpeg_compress_struct *jpeg, const vt_pixels *pixels, int quality, const void *xmp,
                     size_t xmp_length, uint8_t *row)
{
    uint8_t profile[VT_SRGB_PROFILE_BYTES];
    const int fine = 90; /* from here on colour is kept as sharp as light */
    jpeg->image_width = pixels->width;
    jpeg->image_height = pixels->height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, quality, TRUE);
    jpeg->optimize_coding = TRUE;
    if (quality >= fine) {
        jpeg->comp_info[0].h_samp_factor = jpeg->comp_info[0].v_samp_factor = 1;
    }
    jpeg_start_compress(jpeg, TRUE);
    if (xmp && xmp_length) {
        put_xmp(jpeg, xmp, xmp_length);
    }
    vt_srgb_profile_make(profile);
    jpeg_write_icc_profile(jpeg, profile, sizeof profile);
    while (jpeg->next_scanline < jpeg->image_height) {
        JSAMPROW rows = row;
        flatten_row(pixels->data + jpeg->next_scanline * pixels->stride, row, pixels->width);
        jpeg_write_scanlines(jpeg, &rows, 1);
    }
    jpeg_finish_compress(jpeg);
}

bool vt_export_jpeg(const vt_pixels *pixels, int quality, const void *xmp, size_t xmp_length, FILE *stream,
                    vt_error *error)
{
    struct jpeg_compress_struct jpeg = {0};
    jpeg_fault fault = {.error = error};
    uint8_t *const row = malloc((size_t)pixels->width * 3);
    if (!row) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a picture");
    }
    jpeg_std_error(&fault.manager);
    fault.manager.error_exit = on_error;
    fault.manager.emit_message = on_message;
    jpeg.err = &fault.manager;
    if (setjmp(fault.leave)) {
        jpeg_destroy_compress(&jpeg);
        free(row);
        return false;
    }
    jpeg_create_compress(&jpeg);
    jpeg_stdio_dest(&jpeg, stream);
    compress(&jpeg, pixels, quality, xmp, xmp_length, row);
    jpeg_destroy_compress(&jpeg);
    free(row);
    return true;
}
