#include "app/ui/library/kept_picture.h"

#include <qt6c/qimage.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { ROUGH_SIDE = 8, SAMPLES = 4 /* a side, for each of its pixels */ };

/* Pixels with an owner in the cache and one in each pixmap made of them. */
typedef struct block {
    atomic_int references;
    uint8_t *pixels; /* owned */
} block;

struct vt_kept_picture {
    uint32_t width, height;
    size_t stride;
    block *shared; /* NULL: there is no picture */
};

struct vt_rough_picture {
    uint8_t width, height;
    uint32_t pixels[ROUGH_SIDE * ROUGH_SIDE]; /* premultiplied BGRA */
};

static void unref_block(void *user)
{
    block *shared = user;
    if (shared && atomic_fetch_sub(&shared->references, 1) == 1) {
        free(shared->pixels);
        free(shared);
    }
}

vt_kept_picture *vt_kept_picture_create(const vt_picture *picture)
{
    vt_kept_picture *kept = calloc(1, sizeof *kept);
    block *shared = picture ? malloc(sizeof *shared) : NULL;
    if (!kept || (picture && !shared)) {
        free(kept);
        free(shared);
        if (picture) {
            free(picture->pixels);
        }
        return NULL;
    }
    if (picture) {
        atomic_init(&shared->references, 1);
        shared->pixels = picture->pixels;
        *kept = (vt_kept_picture){picture->width, picture->height, picture->stride, shared};
    }
    return kept;
}

void vt_kept_picture_free(void *user, void *kept)
{
    (void)user;
    unref_block(((vt_kept_picture *)kept)->shared);
    free(kept);
}

/* The mean of some pixels of one cell. */
static uint32_t sample(const vt_kept_picture *kept, uint32_t column, uint32_t row, uint32_t columns,
                       uint32_t rows)
{
    unsigned sums[4] = {0};
    for (uint32_t i = 0; i < SAMPLES * SAMPLES; i++) {
        uint64_t x = ((uint64_t)column * SAMPLES + i % SAMPLES) * kept->width / ((uint64_t)columns * SAMPLES);
        uint64_t y = ((uint64_t)row * SAMPLES + i / SAMPLES) * kept->height / ((uint64_t)rows * SAMPLES);
        const uint8_t *pixel = kept->shared->pixels + y * kept->stride + x * 4;
        for (int c = 0; c < 4; c++) {
            sums[c] += pixel[c];
        }
    }
    uint8_t mean[4];
    uint32_t value;
    for (int c = 0; c < 4; c++) {
        mean[c] = (uint8_t)(sums[c] / (SAMPLES * SAMPLES));
    }
    memcpy(&value, mean, sizeof value);
    return value;
}

void *vt_kept_picture_rough(void *user, const void *value, size_t *bytes)
{
    (void)user;
    const vt_kept_picture *kept = value;
    vt_rough_picture *rough = kept->shared ? malloc(sizeof *rough) : NULL;
    if (!rough) {
        return NULL;
    }
    uint32_t longer = kept->width > kept->height ? kept->width : kept->height;
    uint32_t width = (kept->width * ROUGH_SIDE + longer / 2) / longer;
    uint32_t height = (kept->height * ROUGH_SIDE + longer / 2) / longer;
    rough->width = (uint8_t)(width ? width : 1);
    rough->height = (uint8_t)(height ? height : 1);
    for (uint32_t i = 0; i < (uint32_t)rough->width * rough->height; i++) {
        rough->pixels[i] = sample(kept, i % rough->width, i / rough->width, rough->width, rough->height);
    }
    *bytes = sizeof *rough;
    return rough;
}

void vt_rough_picture_free(void *user, void *rough)
{
    (void)user;
    free(rough);
}

bool vt_kept_picture_show(const vt_kept_picture *kept, double device_ratio, QPixmap *pixmap)
{
    if (!kept->shared) {
        return false;
    }
    QImage image;
    atomic_fetch_add(&kept->shared->references, 1); /* the image's, and then that of the pixmap made of it */
    q_image_init_data_full(&image, kept->shared->pixels, (int)kept->width, (int)kept->height,
                           (long long)kept->stride, QImage_Format_ARGB32_Premultiplied, unref_block,
                           kept->shared);
    *pixmap = q_pixmap_from_image(&image);
    q_pixmap_set_device_pixel_ratio(pixmap, device_ratio);
    q_image_fini(&image);
    return true;
}

bool vt_rough_picture_show(const vt_rough_picture *rough, QPixmap *pixmap)
{
    size_t bytes = sizeof *rough->pixels * rough->width * rough->height;
    uint8_t *copy = malloc(bytes);
    if (!copy) {
        return false;
    }
    memcpy(copy, rough->pixels, bytes);
    QImage image;
    q_image_init_data_full(&image, copy, rough->width, rough->height, (long long)rough->width * 4,
                           QImage_Format_ARGB32_Premultiplied, (void *)free, copy);
    *pixmap = q_pixmap_from_image(&image);
    q_image_fini(&image);
    return true;
}
