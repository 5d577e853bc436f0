#include "core/export/export_private.h"
#include "core/export/srgb_profile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <webp/encode.h>

/* The container of WebP: RIFF header, then chunks of a name, a length and bytes, padded to an even number. */
enum {
    RIFF_HEADER = 12,
    CHUNK_HEADER = 8,
    EXTENDED = 10,
    ICC_FLAG = 0x20,
    ALPHA_FLAG = 0x10,
    XMP_FLAG = 0x04
};

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a WebP file; choose a smaller size");
    return false;
}

static void put_u32(uint8_t *to, size_t value)
{
    for (int i = 0; i < 4; i++) {
        to[i] = (uint8_t)(value >> 8 * i);
    }
}

static void put_u24(uint8_t *to, uint32_t value)
{
    for (int i = 0; i < 3; i++) {
        to[i] = (uint8_t)(value >> 8 * i);
    }
}

static bool put(FILE *stream, const void *bytes, size_t count, vt_error *error)
{
    return fwrite(bytes, 1, count, stream) == count ||
           vt_error_set_errno(error, errno ? errno : EIO, "cannot write the picture");
}

static bool put_chunk(FILE *stream, const char name[4], const void *bytes, size_t length, vt_error *error)
{
    uint8_t head[CHUNK_HEADER];
    memcpy(head, name, 4);
    put_u32(head + 4, length);
    return put(stream, head, sizeof head, error) && put(stream, bytes, length, error) &&
           put(stream, "", length % 2, error);
}

/* Of a chunk of so many bytes. */
static size_t chunk_bytes(size_t length)
{
    return CHUNK_HEADER + length + length % 2;
}

/* What the library made, with the profile before and a packet behind it: that needs the extended header
   (VP8X), which a file has already if it is seen through. */
static bool put_extended(const WebPMemoryWriter *made, const WebPPicture *picture, const void *xmp,
                         size_t length, FILE *stream, vt_error *error)
{
    uint8_t profile[VT_SRGB_PROFILE_BYTES];
    bool extended =
        made->size > RIFF_HEADER + CHUNK_HEADER + EXTENDED && memcmp(made->mem + RIFF_HEADER, "VP8X", 4) == 0;
    uint8_t head[RIFF_HEADER + CHUNK_HEADER + EXTENDED] = "RIFF....WEBPVP8X";
    size_t skipped = extended ? sizeof head : RIFF_HEADER;
    size_t total = sizeof head - 8 + chunk_bytes(sizeof profile) + (made->size - skipped) +
                   (length ? chunk_bytes(length) : 0);
    put_u32(head + 4, total);
    put_u32(head + RIFF_HEADER + 4, EXTENDED);
    uint8_t *fields = head + RIFF_HEADER + CHUNK_HEADER;
    fields[0] = extended ? made->mem[RIFF_HEADER + CHUNK_HEADER] : 0;
    fields[0] |= ICC_FLAG | (length ? XMP_FLAG : 0);
    if (!extended && picture->use_argb && WebPPictureHasTransparency(picture)) {
        fields[0] |= ALPHA_FLAG;
    }
    put_u24(fields + 4, (uint32_t)picture->width - 1);
    put_u24(fields + 7, (uint32_t)picture->height - 1);
    vt_srgb_profile_make(profile);
    return put(stream, head, sizeof head, error) &&
           put_chunk(stream, "ICCP", profile, sizeof profile, error) &&
           put(stream, made->mem + skipped, made->size - skipped, error) &&
           (length == 0 || put_chunk(stream, "XMP ", xmp, length, error));
}

/* Straight RGBA, whole: the library takes it so. */
static bool import_pixels(const vt_pixels *pixels, WebPPicture *picture, vt_error *error)
{
    size_t stride = (size_t)pixels->width * 4;
    uint8_t *straight = malloc(stride * pixels->height);
    bool done = straight != NULL;
    for (uint32_t y = 0; done && y < pixels->height; y++) {
        vt_export_straight_row(pixels->data + y * pixels->stride, straight + y * stride, pixels->width);
    }
    picture->width = (int)pixels->width;
    picture->height = (int)pixels->height;
    done = done && WebPPictureImportRGBA(picture, straight, (int)stride);
    free(straight);
    return done || no_memory(error);
}

bool vt_export_webp(const vt_pixels *pixels, int quality, const void *xmp, size_t xmp_length, FILE *stream,
                    vt_error *error)
{
    WebPConfig config;
    WebPPicture picture;
    WebPMemoryWriter made;
    if (!WebPConfigPreset(&config, WEBP_PRESET_PHOTO, (float)quality) || !WebPPictureInit(&picture)) {
        return vt_error_set(error, VT_ERROR_INTERNAL, "libwebp is of another version than it was built for");
    }
    WebPMemoryWriterInit(&made);
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = &made;
    picture.use_argb = 1;
    bool done = import_pixels(pixels, &picture, error);
    if (done && !WebPEncode(&config, &picture)) {
        done = picture.error_code == VP8_ENC_ERROR_OUT_OF_MEMORY
                   ? no_memory(error)
                   : vt_error_set(error, VT_ERROR_INTERNAL, "libwebp could not make the picture (%d)",
                                  (int)picture.error_code);
    }
    errno = 0;
    if (done) {
        done = put_extended(&made, &picture, xmp, xmp ? xmp_length : 0, stream, error);
    }
    WebPMemoryWriterClear(&made);
    WebPPictureFree(&picture);
    return done;
}
