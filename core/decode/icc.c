#include "core/decode/icc.h"

#include <stdlib.h>
#include <string.h>

#include <lcms2.h>

#define HEADER_BYTES 128
#define GRID         6 /* colours along each axis of the cube that is tried */

typedef enum use { NONE, RGB, GREY } use;

typedef struct entry {
    uint8_t *profile; /* owned copy; NULL: empty */
    size_t size;
    use use;                 /* NONE: it does not matter */
    cmsHTRANSFORM transform; /* of RGB */
    uint8_t grey[256][4];    /* BGR of each grey */
    uint64_t used;           /* when: the count of look-ups then */
} entry;

struct vt_icc_cache {
    cmsContext context;
    entry entries[VT_ICC_CACHE_PROFILES];
    entry large; /* one that is too large to be kept */
    uint64_t lookups;
    unsigned opened;
};

/* The library's own way to say what is wrong is to print it. */
static void ignore(cmsContext context, cmsUInt32Number code, const char *text)
{
    (void)context;
    (void)code;
    (void)text;
}

vt_icc_cache *vt_icc_cache_create(void)
{
    vt_icc_cache *cache = calloc(1, sizeof *cache);
    if (!cache) {
        return NULL;
    }
    cache->context = cmsCreateContext(NULL, NULL);
    if (!cache->context) {
        free(cache);
        return NULL;
    }
    cmsSetLogErrorHandlerTHR(cache->context, ignore);
    return cache;
}

static void empty(entry *e)
{
    if (e->transform) {
        cmsDeleteTransform(e->transform);
    }
    free(e->profile);
    memset(e, 0, sizeof *e);
}

void vt_icc_cache_free(vt_icc_cache *cache)
{
    if (!cache) {
        return;
    }
    for (int i = 0; i < VT_ICC_CACHE_PROFILES; i++) {
        empty(&cache->entries[i]);
    }
    empty(&cache->large);
    cmsDeleteContext(cache->context);
    free(cache);
}

unsigned vt_icc_opened(const vt_icc_cache *cache)
{
    return cache->opened;
}

/* What counts is what a profile does, not what it calls itself. */
static bool changes_colours(cmsHTRANSFORM transform)
{
    uint8_t from[GRID * GRID * GRID][4];
    uint8_t to[GRID * GRID * GRID][4];
    for (int i = 0; i < GRID * GRID * GRID; i++) {
        from[i][0] = (uint8_t)(i % GRID * 51);
        from[i][1] = (uint8_t)(i / GRID % GRID * 51);
        from[i][2] = (uint8_t)(i / GRID / GRID * 51);
        from[i][3] = 255;
    }
    memcpy(to, from, sizeof to);
    cmsDoTransform(transform, from, to, GRID * GRID * GRID);
    for (int i = 0; i < GRID * GRID * GRID; i++) {
        for (int c = 0; c < 3; c++) {
            if (abs(from[i][c] - to[i][c]) > 1) {
                return true;
            }
        }
    }
    return false;
}

static bool fill_grey(entry *e, cmsHTRANSFORM transform)
{
    uint8_t from[256];
    bool changes = false;
    for (int i = 0; i < 256; i++) {
        from[i] = (uint8_t)i;
    }
    cmsDoTransform(transform, from, e->grey, 256);
    for (int i = 0; i < 256; i++) {
        changes =
            changes || abs(e->grey[i][0] - i) > 1 || abs(e->grey[i][1] - i) > 1 || abs(e->grey[i][2] - i) > 1;
    }
    return changes;
}

static void open_profile(vt_icc_cache *cache, entry *e, const void *bytes, size_t size)
{
    cache->opened++;
    cmsHPROFILE from =
        size >= HEADER_BYTES ? cmsOpenProfileFromMemTHR(cache->context, bytes, (cmsUInt32Number)size) : NULL;
    cmsHPROFILE srgb = from ? cmsCreate_sRGBProfileTHR(cache->context) : NULL;
    cmsColorSpaceSignature space = from ? cmsGetColorSpace(from) : 0;
    bool grey = space == cmsSigGrayData;
    cmsHTRANSFORM transform = NULL;
    if (srgb && (grey || space == cmsSigRgbData)) {
        transform = cmsCreateTransformTHR(cache->context, from, grey ? TYPE_GRAY_8 : TYPE_BGRA_8, srgb,
                                          TYPE_BGRA_8, INTENT_PERCEPTUAL, 0);
    }
    if (transform && grey) {
        e->use = fill_grey(e, transform) ? GREY : NONE;
    } else if (transform && changes_colours(transform)) {
        e->use = RGB;
        e->transform = transform;
    }
    if (transform && !e->transform) {
        cmsDeleteTransform(transform);
    }
    if (srgb) {
        cmsCloseProfile(srgb);
    }
    if (from) {
        cmsCloseProfile(from);
    }
}

/* The entry of a profile, opened if it is new, in the place of the one unused for longest. */
static entry *look_up(vt_icc_cache *cache, const void *bytes, size_t size)
{
    entry *oldest = &cache->entries[0];
    cache->lookups++;
    for (int i = 0; i < VT_ICC_CACHE_PROFILES; i++) {
        entry *e = &cache->entries[i];
        if (e->profile && e->size == size && memcmp(e->profile, bytes, size) == 0) {
            e->used = cache->lookups;
            return e;
        }
        oldest = e->used < oldest->used ? e : oldest;
    }
    uint8_t *copy = size <= VT_ICC_CACHE_PROFILE_BYTES ? malloc(size ? size : 1) : NULL;
    entry *e = copy ? oldest : &cache->large;
    empty(e);
    if (copy) {
        memcpy(copy, bytes, size);
        e->profile = copy;
        e->size = size;
        e->used = cache->lookups;
    }
    open_profile(cache, e, bytes, size);
    return e;
}

static bool fits(const entry *e, unsigned channels)
{
    /* One of grey for a picture of colours would take the colours away. */
    return e->use == RGB || (e->use == GREY && channels <= 2);
}

bool vt_icc_matters(vt_icc_cache *cache, const void *profile, size_t size, unsigned channels)
{
    return fits(look_up(cache, profile, size), channels);
}

static void divide_row(const uint8_t *from, uint8_t *to, uint32_t width)
{
    for (uint32_t x = 0; x < width; x++, from += 4, to += 4) {
        unsigned a = from[3];
        for (int c = 0; c < 3; c++) {
            unsigned value = a ? (from[c] * 255U + a / 2) / a : 0;
            to[c] = (uint8_t)(value < 255 ? value : 255);
        }
        to[3] = (uint8_t)a;
    }
}

static void multiply_row(const uint8_t *from, uint8_t *to, uint32_t width)
{
    for (uint32_t x = 0; x < width; x++, from += 4, to += 4) {
        for (int c = 0; c < 3; c++) {
            to[c] = (uint8_t)((from[c] * (unsigned)from[3] + 127) / 255);
        }
        to[3] = from[3];
    }
}

static void convert_row(const entry *e, uint8_t *row, uint32_t width)
{
    if (e->use == RGB) {
        cmsDoTransform(e->transform, row, row, width); /* leaves the fourth byte as it is */
        return;
    }
    for (uint32_t x = 0; x < width; x++, row += 4) {
        memcpy(row, e->grey[row[0]], 3);
    }
}

bool vt_icc_convert(vt_icc_cache *cache, const void *profile, size_t size, unsigned channels, bool has_alpha,
                    vt_pixels *pixels)
{
    const entry *e = look_up(cache, profile, size);
    uint8_t *plain = NULL;
    if (!fits(e, channels) || pixels->width == 0) {
        return false;
    }
    if (has_alpha && !(plain = malloc((size_t)pixels->width * 4))) {
        return false;
    }
    for (uint32_t y = 0; y < pixels->height; y++) {
        uint8_t *row = pixels->data + y * pixels->stride;
        if (has_alpha) {
            divide_row(row, plain, pixels->width);
            convert_row(e, plain, pixels->width);
            multiply_row(plain, row, pixels->width);
        } else {
            convert_row(e, row, pixels->width);
        }
    }
    free(plain);
    return true;
}
