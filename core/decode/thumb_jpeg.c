#include "core/decode/thumb_private.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include <jerror.h>

#define QUALITY 88

typedef struct jpeg_fault {
    struct jpeg_error_mgr manager; /* first: the library hands back a pointer to it */
    jmp_buf leave;
    vt_error *error;
    vt_error_code code;
} jpeg_fault;

_Noreturn static void on_error(j_common_ptr jpeg)
{
    jpeg_fault *fault = (jpeg_fault *)jpeg->err;
    char text[JMSG_LENGTH_MAX];
    jpeg->err->format_message(jpeg, text);
    bool memory = jpeg->err->msg_code == JERR_OUT_OF_MEMORY;
    vt_error_set(fault->error, memory ? VT_ERROR_MEMORY : fault->code, "stored thumbnail: %s", text);
    longjmp(fault->leave, 1);
}

/* What we wrote gives no warnings: whatever does is damaged. */
static void on_message(j_common_ptr jpeg, int level)
{
    if (level < 0) {
        on_error(jpeg);
    }
}

static void set_up(jpeg_fault *fault, vt_error_code code, vt_error *error)
{
    jpeg_std_error(&fault->manager);
    fault->manager.error_exit = on_error;
    fault->manager.emit_message = on_message;
    fault->error = error;
    fault->code = code;
}

static void write_rows(struct jpeg_compress_struct *jpeg, const vt_pixels *pixels)
{
    jpeg->image_width = pixels->width;
    jpeg->image_height = pixels->height;
    jpeg->input_components = 4;
    jpeg->in_color_space = JCS_EXT_BGRX;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, QUALITY, TRUE);
    jpeg->dct_method = JDCT_ISLOW;
    jpeg_start_compress(jpeg, TRUE);
    while (jpeg->next_scanline < jpeg->image_height) {
        JSAMPROW row = pixels->data + jpeg->next_scanline * pixels->stride;
        jpeg_write_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_compress(jpeg);
}

/* No picture needs more, by the bound of libjpeg-turbo's tjBufSize(): whole blocks of 16 x 16, three bytes a
   pixel, and the headers. */
static unsigned long largest_size(const vt_pixels *pixels)
{
    const unsigned long block = 16, headers = 2048;
    unsigned long width = (pixels->width + block - 1) / block * block;
    unsigned long height = (pixels->height + block - 1) / block * block;
    return width * height * 3 + headers;
}

bool vt_thumb_jpeg_encode(const vt_pixels *pixels, vt_blob *blob, vt_error *error)
{
    struct jpeg_compress_struct jpeg = {0};
    jpeg_fault fault;
    unsigned long size = largest_size(pixels);
    /* Ours, for the library loses one of its own when it fails. */
    unsigned char *const memory = malloc(size);
    unsigned char *bytes = memory;
    if (!memory) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    set_up(&fault, VT_ERROR_MEMORY, error);
    jpeg.err = &fault.manager;
    if (setjmp(fault.leave)) {
        jpeg_destroy_compress(&jpeg);
        free(memory);
        return false;
    }
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &size);
    write_rows(&jpeg, pixels);
    jpeg_destroy_compress(&jpeg);
    if (bytes != memory) { /* it took more all the same */
        free(memory);
    }
    blob->data = bytes;
    blob->size = size;
    unsigned char *fitted = realloc(bytes, size);
    if (fitted) {
        blob->data = fitted;
    }
    return true;
}

static void open_memory(struct jpeg_decompress_struct *jpeg, const void *data, size_t size)
{
    jpeg_create_decompress(jpeg);
    jpeg_mem_src(jpeg, data, (unsigned long)size);
    jpeg_read_header(jpeg, TRUE);
}

bool vt_thumb_jpeg_size(const void *data, size_t size, uint32_t *width, uint32_t *height, vt_error *error)
{
    struct jpeg_decompress_struct jpeg = {0};
    jpeg_fault fault;
    set_up(&fault, VT_ERROR_CORRUPT, error);
    jpeg.err = &fault.manager;
    if (setjmp(fault.leave)) {
        jpeg_destroy_decompress(&jpeg);
        return false;
    }
    open_memory(&jpeg, data, size);
    *width = jpeg.image_width;
    *height = jpeg.image_height;
    jpeg_destroy_decompress(&jpeg);
    return true;
}

bool vt_thumb_jpeg_decode(const void *data, size_t size, vt_pixels *pixels, vt_error *error)
{
    struct jpeg_decompress_struct jpeg = {0};
    jpeg_fault fault;
    set_up(&fault, VT_ERROR_CORRUPT, error);
    jpeg.err = &fault.manager;
    if (setjmp(fault.leave)) {
        jpeg_destroy_decompress(&jpeg);
        return false;
    }
    open_memory(&jpeg, data, size);
    bool fits = vt_thumb_prepare(jpeg.image_width, jpeg.image_height, pixels, error);
    if (fits) {
        jpeg.out_color_space = JCS_EXT_BGRA;
        jpeg.do_fancy_upsampling = FALSE;
        jpeg_start_decompress(&jpeg);
        while (jpeg.output_scanline < jpeg.output_height) {
            JSAMPROW row = pixels->data + jpeg.output_scanline * pixels->stride;
            jpeg_read_scanlines(&jpeg, &row, 1);
        }
        jpeg_finish_decompress(&jpeg);
    }
    jpeg_destroy_decompress(&jpeg);
    return fits;
}
