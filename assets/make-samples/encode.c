#include "encode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <spng.h>
#include <webp/encode.h>

/* stb writes what has no better library here. */
#define STB_IMAGE_WRITE_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#include <stb/stb_image_write.h>
#pragma GCC diagnostic pop

static bool finish(FILE *file, const char *path, bool good)
{
    if (file && fclose(file) != 0) {
        good = false;
    }
    if (!good) {
        perror(path);
    }
    return good;
}

/* RGB without alpha; free(). */
static uint8_t *without_alpha(picture p)
{
    size_t count = (size_t)p.width * (size_t)p.height;
    uint8_t *rgb = malloc(count * 3);
    for (size_t i = 0; rgb && i < count; i++) {
        memcpy(rgb + i * 3, p.rgba + i * 4, 3);
    }
    return rgb;
}

/* "Exif", a TIFF header, one directory with one entry: orientation 6 (turn 90 degrees clockwise to show). */
static const uint8_t exif_orientation_6[] = {
    'E', 'x',  'i', 'f', 0, 0,                   /* identifier */
    'M', 'M',  0,   42,  0, 0, 0, 8,             /* big endian, directory at 8 */
    0,   1,                                      /* one entry */
    1,   0x12, 0,   3,   0, 0, 0, 1, 0, 6, 0, 0, /* tag 0x0112, SHORT, count 1, value 6 */
    0,   0,    0,   0,                           /* no further directory */
};

static bool encode_jpeg(const char *path, const uint8_t *rgb, int width, int height, int quality, bool turned)
{
    FILE *file = fopen(path, "wb");
    if (!file || !rgb) {
        return finish(file, path, false);
    }
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors; /* ends the program on a fault, which is all right for this tool */
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_stdio_dest(&jpeg, file);
    jpeg.image_width = (JDIMENSION)width;
    jpeg.image_height = (JDIMENSION)height;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg.optimize_coding = TRUE;
    jpeg_start_compress(&jpeg, TRUE);
    if (turned) {
        jpeg_write_marker(&jpeg, JPEG_APP0 + 1, exif_orientation_6, sizeof exif_orientation_6);
    }
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = (JSAMPROW)(rgb + (size_t)jpeg.next_scanline * (size_t)width * 3);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return finish(file, path, !ferror(file));
}

bool write_jpeg(const char *path, picture p, int quality)
{
    uint8_t *rgb = without_alpha(p);
    bool good = encode_jpeg(path, rgb, p.width, p.height, quality, false);
    free(rgb);
    return good;
}

bool write_jpeg_turned(const char *path, picture p, int quality)
{
    size_t count = (size_t)p.width * (size_t)p.height;
    uint8_t *turned = malloc(count * 3);
    /* Turned anticlockwise, so that turning clockwise brings it back: the top edge becomes the left one. */
    for (int y = 0; turned && y < p.height; y++) {
        for (int x = 0; x < p.width; x++) {
            size_t to = (size_t)(p.width - 1 - x) * (size_t)p.height + (size_t)y;
            memcpy(turned + to * 3, p.rgba + ((size_t)y * (size_t)p.width + (size_t)x) * 4, 3);
        }
    }
    bool good = encode_jpeg(path, turned, p.height, p.width, quality, true);
    free(turned);
    return good;
}

static bool encode_png(const char *path, const void *pixels, size_t bytes, int width, int height,
                       uint8_t type, uint8_t depth)
{
    FILE *file = fopen(path, "wb");
    spng_ctx *png = spng_ctx_new(SPNG_CTX_ENCODER);
    if (!file || !png || !pixels) {
        spng_ctx_free(png);
        return finish(file, path, false);
    }
    struct spng_ihdr header = {
        .width = (uint32_t)width, .height = (uint32_t)height, .bit_depth = depth, .color_type = type};
    spng_set_png_file(png, file);
    spng_set_ihdr(png, &header);
    spng_set_option(png, SPNG_IMG_COMPRESSION_LEVEL, 9);
    int status = spng_encode_image(png, pixels, bytes, SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE);
    if (status) {
        fprintf(stderr, "%s: %s\n", path, spng_strerror(status));
    }
    spng_ctx_free(png);
    return finish(file, path, status == 0);
}

bool write_png(const char *path, picture p)
{
    size_t bytes = (size_t)p.width * (size_t)p.height * 4;
    return encode_png(path, p.rgba, bytes, p.width, p.height, SPNG_COLOR_TYPE_TRUECOLOR_ALPHA, 8);
}

bool write_png_rgb(const char *path, picture p)
{
    uint8_t *rgb = without_alpha(p);
    size_t bytes = (size_t)p.width * (size_t)p.height * 3;
    bool good = encode_png(path, rgb, bytes, p.width, p.height, SPNG_COLOR_TYPE_TRUECOLOR, 8);
    free(rgb);
    return good;
}

bool write_png_grey(const char *path, picture p)
{
    size_t count = (size_t)p.width * (size_t)p.height;
    uint16_t *grey = malloc(count * 2);
    for (size_t i = 0; grey && i < count; i++) {
        const uint8_t *c = p.rgba + i * 4;
        grey[i] = (uint16_t)((c[0] * 2 + c[1] * 5 + c[2]) * 257 / 8);
    }
    bool good = encode_png(path, grey, count * 2, p.width, p.height, SPNG_COLOR_TYPE_GRAYSCALE, 16);
    free(grey);
    return good;
}

static bool write_all(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    return finish(file, path, file && fwrite(bytes, 1, size, file) == size);
}

bool write_webp(const char *path, picture p, float quality)
{
    uint8_t *bytes = NULL;
    size_t size = WebPEncodeRGBA(p.rgba, p.width, p.height, p.width * 4, quality, &bytes);
    bool good = size > 0 && write_all(path, bytes, size);
    WebPFree(bytes);
    return good;
}

bool write_bmp(const char *path, picture p)
{
    uint8_t *rgb = without_alpha(p);
    bool good = rgb && stbi_write_bmp(path, p.width, p.height, 3, rgb);
    free(rgb);
    return good;
}

bool write_tga(const char *path, picture p)
{
    return stbi_write_tga(path, p.width, p.height, 4, p.rgba);
}

bool write_hdr(const char *path, const float *rgb, int width, int height)
{
    return stbi_write_hdr(path, width, height, 3, rgb);
}

bool write_ppm(const char *path, picture p)
{
    FILE *file = fopen(path, "wb");
    uint8_t *rgb = without_alpha(p);
    size_t size = (size_t)p.width * (size_t)p.height * 3;
    bool good = file && rgb && fprintf(file, "P6\n%d %d\n255\n", p.width, p.height) > 0 &&
                fwrite(rgb, 1, size, file) == size;
    free(rgb);
    return finish(file, path, good);
}

static void put_be(FILE *file, uint32_t value, int bytes)
{
    while (bytes-- > 0) {
        putc((int)(value >> (8 * bytes) & 255), file);
    }
}

/* Adobe's file format specification: header, three empty sections, then the flattened picture as it is. */
bool write_psd(const char *path, picture p)
{
    FILE *file = fopen(path, "wb");
    if (!file) {
        return finish(file, path, false);
    }
    fputs("8BPS", file);
    put_be(file, 1, 2); /* version */
    put_be(file, 0, 4); /* reserved, 6 bytes */
    put_be(file, 0, 2);
    put_be(file, 3, 2); /* channels */
    put_be(file, (uint32_t)p.height, 4);
    put_be(file, (uint32_t)p.width, 4);
    put_be(file, 8, 2); /* bits per channel */
    put_be(file, 3, 2); /* RGB */
    put_be(file, 0, 4); /* no palette */
    put_be(file, 0, 4); /* no resources */
    put_be(file, 0, 4); /* no layers */
    put_be(file, 0, 2); /* not compressed */
    for (int channel = 0; channel < 3; channel++) {
        for (size_t i = 0; i < (size_t)p.width * (size_t)p.height; i++) {
            putc(p.rgba[i * 4 + (size_t)channel], file);
        }
    }
    return finish(file, path, !ferror(file));
}
