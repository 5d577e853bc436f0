/* Pictures with known pixels, made by the libraries' encoders, and files in memory to hold them. */
#ifndef VT_TESTS_DECODE_PICTURES_H
#define VT_TESTS_DECODE_PICTURES_H

#include "support/check.h"

#include "core/decode/format.h"
#include "core/decode/image.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <jpeglib.h>
#include <spng.h>
#include <webp/encode.h>

typedef struct bytes {
    uint8_t *data; /* free() */
    size_t size;
} bytes;

static inline bytes bytes_copy(const void *data, size_t size)
{
    bytes copy = {malloc(size ? size : 1), size};
    assert_non_null(copy.data);
    memcpy(copy.data, data, size);
    return copy;
}

/* A regular file without a name; close(). */
static inline int file_of(const void *data, size_t size)
{
    int fd = memfd_create("picture", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, size), (ssize_t)size);
    return fd;
}

/* `pixels`: [height][width][components], grey, RGB or CMYK. With an EXIF segment if `orientation` is not 0.
 */
static inline bytes make_jpeg(uint32_t width, uint32_t height, int components, const uint8_t *pixels,
                              int orientation, int progressive)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *data = NULL;
    unsigned long size = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &size);
    jpeg.image_width = width;
    jpeg.image_height = height;
    jpeg.input_components = components;
    jpeg.in_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 95, TRUE);
    if (components == 3) {
        jpeg.comp_info[0].h_samp_factor = 1; /* colours as sharp as light: edges stay where they are */
        jpeg.comp_info[0].v_samp_factor = 1;
    }
    if (progressive) {
        jpeg_simple_progression(&jpeg);
    }
    jpeg_start_compress(&jpeg, TRUE);
    if (orientation) {
        uint8_t exif[] = {'E', 'x',  'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1,
                          1,   0x12, 0,   3,   0, 0, 0,   1,   0, 0,  0, 0, 0, 0, 0, 0};
        exif[25] = (uint8_t)orientation;
        jpeg_write_marker(&jpeg, JPEG_APP0 + 1, exif, sizeof exif);
    }
    while (jpeg.next_scanline < height) {
        JSAMPROW row = (JSAMPROW)(pixels + (size_t)jpeg.next_scanline * width * (size_t)components);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return (bytes){data, size};
}

/* `pixels`: rows as the PNG stores them (big-endian if 16 bits). `trns` and `plte` may be NULL. */
static inline bytes make_png(uint32_t width, uint32_t height, int type, int depth, int interlaced,
                             const void *pixels, size_t size, struct spng_plte *plte, struct spng_trns *trns)
{
    spng_ctx *png = spng_ctx_new(SPNG_CTX_ENCODER);
    struct spng_ihdr header = {.width = width,
                               .height = height,
                               .bit_depth = (uint8_t)depth,
                               .color_type = (uint8_t)type,
                               .interlace_method = (uint8_t)interlaced};
    int code = 0;
    assert_int_equal(spng_set_option(png, SPNG_ENCODE_TO_BUFFER, 1), 0);
    assert_int_equal(spng_set_ihdr(png, &header), 0);
    if (plte) {
        assert_int_equal(spng_set_plte(png, plte), 0);
    }
    if (trns) {
        assert_int_equal(spng_set_trns(png, trns), 0);
    }
    assert_int_equal(spng_encode_image(png, pixels, size, SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE), 0);
    bytes file = {0};
    file.data = spng_get_png_buffer(png, &file.size, &code);
    assert_int_equal(code, 0);
    spng_ctx_free(png);
    return file;
}

static inline bytes make_webp(int width, int height, const uint8_t *rgba, int lossless)
{
    uint8_t *output = NULL;
    size_t size = lossless ? WebPEncodeLosslessRGBA(rgba, width, height, width * 4, &output)
                           : WebPEncodeRGBA(rgba, width, height, width * 4, 95, &output);
    assert_true(size > 0);
    bytes file = bytes_copy(output, size);
    WebPFree(output);
    return file;
}

typedef struct decoded {
    bool fine;
    vt_format format;
    vt_media_info info;
    vt_pixels pixels; /* free(pixels.data) */
    vt_error error;
} decoded;

/* Sniffs and decodes, in this process, into at most 4 MiB. */
static inline decoded decode_bytes(const void *data, size_t size, uint32_t box, vt_format hint)
{
    decoded d = {.error = VT_ERROR_INIT};
    vt_input input = vt_input_from_memory(data, size);
    vt_image_request request = {.box_width = box, .box_height = box, .limits = vt_limits_default};
    d.pixels.capacity = (size_t)4 << 20;
    d.pixels.data = malloc(d.pixels.capacity);
    assert_non_null(d.pixels.data);
    d.format = vt_format_sniff(data, size < VT_FORMAT_SNIFF_BYTES ? size : VT_FORMAT_SNIFF_BYTES, size, hint,
                               &d.error);
    if (d.format != VT_FORMAT_UNKNOWN) {
        d.fine = vt_image_decode(d.format, &input, &request, &d.info, &d.pixels, &d.error);
    }
    return d;
}

/* Overwrites bytes in the middle of a file. */
static inline void patch(uint8_t *at, const char *replacement, size_t count)
{
    memcpy(at, replacement, count);
}

static inline void check_near(int value, int expected, int tolerance, const char *what, int x, int y)
{
    if (abs(value - expected) > tolerance) {
        fail_msg("%s at %d, %d is %d, not %d", what, x, y, value, expected);
    }
}

/* The pixel is, within `tolerance`, the premultiplied colour. */
static inline void check_pixel(const vt_pixels *pixels, int x, int y, int red, int green, int blue, int alpha,
                               int tolerance)
{
    const uint8_t *at = pixels->data + (size_t)y * pixels->stride + (size_t)x * 4;
    check_near(at[2], red, tolerance, "red", x, y);
    check_near(at[1], green, tolerance, "green", x, y);
    check_near(at[0], blue, tolerance, "blue", x, y);
    check_near(at[3], alpha, tolerance, "alpha", x, y);
}

#endif
