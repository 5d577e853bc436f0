#include "app/ui/library/pictures.h"

#include "core/import/request.h"

#include <qt6c/qimage.h>

#include <stdlib.h>
#include <string.h>

enum {
    PENDING_MAX = 192,            /* requests under way at a time */
    ENTRIES_MAX = 4000,           /* pictures kept */
    BYTES_MAX = 96 * 1024 * 1024, /* of pixels */
    FAILED_BYTES = 64             /* what a failure costs */
};

typedef struct pending_request {
    vt_pictures *pictures;
    vt_picture_key key;
    vt_request *request; /* NULL: the place is free */
} pending_request;

struct vt_pictures {
    vt_engine *engine;
    double device_ratio;
    vt_lru *cache; /* of kept_picture, by item, version and side */
    pending_request pending[PENDING_MAX];
    size_t pending_count;
    vt_picture_arrived arrived;
    void *user;
};

typedef struct kept_picture {
    QPixmap pixmap;
    bool failed;
} kept_picture;

/* What a picture is kept by; no padding, since the cache compares bytes. */
typedef struct cache_key {
    int64_t item;
    uint64_t version;
    uint64_t side;
} cache_key;

static cache_key cache_key_of(const vt_picture_key *key)
{
    return (cache_key){key->item, key->version, key->side};
}

static void free_kept(void *user, void *value)
{
    (void)user;
    q_pixmap_fini(&((kept_picture *)value)->pixmap);
    free(value);
}

vt_pictures *vt_pictures_create(vt_engine *engine, double device_ratio, vt_error *error)
{
    vt_pictures *pictures = calloc(1, sizeof *pictures);
    if (!pictures) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for pictures");
        return NULL;
    }
    pictures->engine = engine;
    pictures->device_ratio = device_ratio;
    pictures->cache = vt_lru_create(&(vt_lru_limits){ENTRIES_MAX, BYTES_MAX}, free_kept, NULL, error);
    if (!pictures->cache) {
        free(pictures);
        return NULL;
    }
    return pictures;
}

static void cancel(vt_pictures *pictures, pending_request *pending)
{
    vt_request_cancel(pending->request);
    pending->request = NULL;
    pictures->pending_count--;
}

void vt_pictures_free(vt_pictures *pictures)
{
    if (!pictures) {
        return;
    }
    for (size_t i = 0; i < PENDING_MAX; i++) {
        if (pictures->pending[i].request) {
            cancel(pictures, &pictures->pending[i]);
        }
    }
    vt_lru_free(pictures->cache);
    free(pictures);
}

void vt_pictures_listen(vt_pictures *pictures, vt_picture_arrived arrived, void *user)
{
    pictures->arrived = arrived;
    pictures->user = user;
}

/* ---- arrival ---- */

/* Takes over `picture->pixels`. */
static void keep(vt_pictures *pictures, const vt_picture_key *key, const vt_picture *picture)
{
    kept_picture *kept = malloc(sizeof *kept);
    if (!kept) {
        if (picture) {
            free(picture->pixels);
        }
        return; /* it will be asked for again */
    }
    kept->failed = !picture;
    size_t bytes = FAILED_BYTES;
    if (picture) {
        QImage image;
        /* The pixmap may go on using these pixels, so that they are freed with it. */
        q_image_init_data_full(&image, picture->pixels, (int)picture->width, (int)picture->height,
                               (long long)picture->stride, QImage_Format_ARGB32_Premultiplied, (void *)free,
                               picture->pixels);
        kept->pixmap = q_pixmap_from_image(&image);
        q_pixmap_set_device_pixel_ratio(&kept->pixmap, pictures->device_ratio);
        q_image_fini(&image);
        bytes = (size_t)picture->height * picture->stride;
    } else {
        q_pixmap_init_null(&kept->pixmap);
    }
    cache_key name = cache_key_of(key);
    vt_lru_put(pictures->cache, &name, sizeof name, kept, bytes, NULL);
}

static void picture_ready(void *user, vt_picture *picture, const vt_error *error)
{
    pending_request *pending = user;
    vt_pictures *pictures = pending->pictures;
    vt_picture_key key = pending->key;
    pending->request = NULL;
    pictures->pending_count--;
    bool comes_again = error && (error->code == VT_ERROR_CANCELLED || error->code == VT_ERROR_CHANGED);
    if (!comes_again) {
        keep(pictures, &key, picture);
    }
    if (pictures->arrived) {
        pictures->arrived(pictures->user, key.item, key.version);
    }
}

/* ---- asking ---- */

static pending_request *find_pending(vt_pictures *pictures, int64_t item)
{
    for (size_t i = 0; i < PENDING_MAX && pictures->pending_count; i++) {
        if (pictures->pending[i].request && pictures->pending[i].key.item == item) {
            return &pictures->pending[i];
        }
    }
    return NULL;
}

static vt_picture_state ask(vt_pictures *pictures, const vt_picture_key *key)
{
    pending_request *place = NULL;
    for (size_t i = 0; i < PENDING_MAX && !place; i++) {
        if (!pictures->pending[i].request) {
            place = &pictures->pending[i];
        }
    }
    if (!place) {
        return VT_PICTURE_NO_ROOM;
    }
    place->pictures = pictures;
    place->key = *key;
    vt_error error = VT_ERROR_INIT;
    place->request =
        vt_engine_request_thumbnail(pictures->engine, key->row, key->side, picture_ready, place, &error);
    if (!place->request) {
        return error.code == VT_ERROR_LIMIT ? VT_PICTURE_NO_ROOM : VT_PICTURE_FAILED;
    }
    pictures->pending_count++;
    return VT_PICTURE_COMING;
}

vt_picture_state vt_pictures_get(vt_pictures *pictures, const vt_picture_key *key, QPixmap *pixmap)
{
    cache_key name = cache_key_of(key);
    vt_lru_entry *entry = vt_lru_acquire(pictures->cache, &name, sizeof name);
    if (entry) {
        const kept_picture *kept = vt_lru_value(entry);
        bool failed = kept->failed;
        if (!failed) {
            q_pixmap_init_pixmap(pixmap, &kept->pixmap);
        }
        vt_lru_release(pictures->cache, entry);
        return failed ? VT_PICTURE_FAILED : VT_PICTURE_HERE;
    }
    pending_request *pending = find_pending(pictures, key->item);
    if (pending && pending->key.version == key->version && pending->key.side == key->side) {
        return VT_PICTURE_COMING;
    }
    if (pending) {
        cancel(pictures, pending);
    }
    return ask(pictures, key);
}

static bool is_wanted(const int64_t *items, size_t count, int64_t item)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i] == item) {
            return true;
        }
    }
    return false;
}

void vt_pictures_keep_only(vt_pictures *pictures, const int64_t *items, const uint32_t *rows, size_t count)
{
    for (size_t i = 0; i < PENDING_MAX && pictures->pending_count; i++) {
        pending_request *pending = &pictures->pending[i];
        if (pending->request && !is_wanted(items, count, pending->key.item)) {
            cancel(pictures, pending);
        }
    }
    if (pictures->pending_count) {
        vt_engine_prioritise(pictures->engine, rows, count);
    }
}

void vt_pictures_clear(vt_pictures *pictures)
{
    vt_pictures_keep_only(pictures, NULL, NULL, 0);
    vt_lru_clear(pictures->cache);
}

void vt_pictures_get_stats(vt_pictures *pictures, vt_lru_stats *stats)
{
    vt_lru_get_stats(pictures->cache, stats);
}
