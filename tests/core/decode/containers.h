/* Pictures that carry blocks: segments and chunks put into files that pictures.h has made. */
#ifndef VT_TESTS_DECODE_CONTAINERS_H
#define VT_TESTS_DECODE_CONTAINERS_H

#include "pictures.h"

#include <lcms2.h>
#include <libdeflate.h>
#include <math.h>

#define XMP_NAMESPACE "http://ns.adobe.com/xap/1.0/"

/* Puts bytes into a file. */
static inline void insert_bytes(bytes *file, size_t at, const void *data, size_t size)
{
    file->data = realloc(file->data, file->size + size);
    assert_non_null(file->data);
    memmove(file->data + at + size, file->data + at, file->size - at);
    memcpy(file->data + at, data, size);
    file->size += size;
}

/* A segment behind the start marker, its signature (with `signature_size` bytes) before its content. */
static inline void add_segment(bytes *jpeg, uint8_t marker, const void *signature, size_t signature_size,
                               const void *content, size_t size)
{
    size_t length = 2 + signature_size + size;
    assert_true(length <= 65535);
    uint8_t *segment = malloc(2 + length);
    assert_non_null(segment);
    const uint8_t head[4] = {0xff, marker, (uint8_t)(length >> 8), (uint8_t)length};
    memcpy(segment, head, 4);
    memcpy(segment + 4, signature, signature_size);
    memcpy(segment + 4 + signature_size, content, size);
    insert_bytes(jpeg, 2, segment, 2 + length);
    free(segment);
}

/* A profile in `parts` segments. They are put before each other, so the last comes first. */
static inline void add_jpeg_profile(bytes *jpeg, const bytes *profile, unsigned parts)
{
    size_t each = (profile->size + parts - 1) / parts;
    for (unsigned i = parts; i > 0; i--) {
        char signature[14] = "ICC_PROFILE";
        size_t from = each * (i - 1);
        signature[12] = (char)i;
        signature[13] = (char)parts;
        add_segment(jpeg, 0xe2, signature, sizeof signature, profile->data + from,
                    i < parts ? each : profile->size - from);
    }
}

/* A chunk behind the header. */
static inline void add_chunk(bytes *png, const char *type, const void *content, size_t size)
{
    uint8_t *chunk = malloc(size + 12);
    assert_non_null(chunk);
    const uint8_t length[4] = {(uint8_t)(size >> 24), (uint8_t)(size >> 16), (uint8_t)(size >> 8),
                               (uint8_t)size};
    memcpy(chunk, length, 4);
    memcpy(chunk + 4, type, 4);
    memcpy(chunk + 8, content, size);
    uint32_t crc = libdeflate_crc32(0, chunk + 4, size + 4);
    const uint8_t check[4] = {(uint8_t)(crc >> 24), (uint8_t)(crc >> 16), (uint8_t)(crc >> 8), (uint8_t)crc};
    memcpy(chunk + 8 + size, check, 4);
    insert_bytes(png, 33, chunk, size + 12);
    free(chunk);
}

/* `head`, then `content` packed: as iCCP and iTXt have it. */
static inline void add_packed_chunk(bytes *png, const char *type, const void *head, size_t head_size,
                                    const void *content, size_t size)
{
    size_t room = head_size + size + 1024;
    uint8_t *chunk = malloc(room);
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(6);
    assert_true(chunk && packer);
    memcpy(chunk, head, head_size);
    size_t packed = libdeflate_zlib_compress(packer, content, size, chunk + head_size, room - head_size);
    assert_true(packed > 0);
    libdeflate_free_compressor(packer);
    add_chunk(png, type, chunk, head_size + packed);
    free(chunk);
}

/* The chunk at the end; `make_webp`'s files have no VP8X chunk, so one is put before the picture first. */
static inline void add_riff_chunk(bytes *webp, const char *type, const void *content, size_t size,
                                  uint8_t flag, uint32_t width, uint32_t height)
{
    if (memcmp(webp->data + 12, "VP8X", 4) != 0) {
        uint8_t head[18] = {'V', 'P', '8', 'X', 10};
        head[12] = (uint8_t)(width - 1);
        head[15] = (uint8_t)(height - 1);
        insert_bytes(webp, 12, head, sizeof head);
    }
    webp->data[20] |= flag;
    uint8_t head[8] = {(uint8_t)type[0], (uint8_t)type[1],     (uint8_t)type[2],     (uint8_t)type[3],
                       (uint8_t)size,    (uint8_t)(size >> 8), (uint8_t)(size >> 16)};
    /* A profile stands before the picture, all else behind it. */
    size_t at = memcmp(type, "ICCP", 4) == 0 ? 30 : webp->size;
    if (size & 1) {
        insert_bytes(webp, at, "", 1);
    }
    insert_bytes(webp, at, content, size);
    insert_bytes(webp, at, head, 8);
    size_t riff = webp->size - 8;
    const uint8_t length[4] = {(uint8_t)riff, (uint8_t)(riff >> 8), (uint8_t)(riff >> 16),
                               (uint8_t)(riff >> 24)};
    memcpy(webp->data + 4, length, 4);
}

static inline bytes save_profile(cmsHPROFILE profile)
{
    cmsUInt32Number size = 0;
    assert_non_null(profile);
    assert_true(cmsSaveProfileToMem(profile, NULL, &size));
    bytes saved = {malloc(size), size};
    assert_non_null(saved.data);
    assert_true(cmsSaveProfileToMem(profile, saved.data, &size));
    cmsCloseProfile(profile);
    return saved;
}

/* Adobe RGB (1998): its primaries, D65, a gamma of 563/256. */
static inline bytes wide_profile(void)
{
    const cmsCIExyY white = {0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
    cmsToneCurve *gamma = cmsBuildGamma(NULL, 563.0 / 256);
    cmsToneCurve *curves[3] = {gamma, gamma, gamma};
    bytes saved = save_profile(cmsCreateRGBProfile(&white, &primaries, curves));
    cmsFreeToneCurve(gamma);
    return saved;
}

static inline double encode_srgb(double light)
{
    light = light < 0 ? 0 : light > 1 ? 1 : light;
    return light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055;
}

/* What a colour of Adobe RGB (1998) is in sRGB. Both have the white of D65 and the same green, so the matrix
   between them is short (from the primaries, by hand). */
static inline void wide_to_srgb(const uint8_t wide[3], int srgb[3])
{
    double light[3];
    for (int c = 0; c < 3; c++) {
        light[c] = pow(wide[c] / 255.0, 563.0 / 256);
    }
    srgb[0] = (int)lround(255 * encode_srgb(1.39836 * light[0] - 0.39836 * light[1]));
    srgb[1] = (int)lround(255 * encode_srgb(light[1]));
    srgb[2] = (int)lround(255 * encode_srgb(-0.04293 * light[1] + 1.04293 * light[2]));
}

static inline bytes srgb_profile(void)
{
    return save_profile(cmsCreate_sRGBProfile());
}

static inline bytes grey_profile(double gamma)
{
    cmsToneCurve *curve = cmsBuildGamma(NULL, gamma);
    bytes saved = save_profile(cmsCreateGrayProfile(cmsD50_xyY(), curve));
    cmsFreeToneCurve(curve);
    return saved;
}

#endif
