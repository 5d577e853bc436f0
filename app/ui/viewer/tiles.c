#include "app/ui/viewer/tiles.h"

#include "app/ui/viewer/part_copy.h"
#include "core/base/str.h"
#include "core/base/translatable.h"
#include "core/import/request.h"

#include <qt6c/qimage.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Beside a patch of `plan`, at the same place. */
typedef struct content {
    uint8_t *pixels; /* owned */
    uint32_t width, height;
    size_t stride;
    uint64_t used; /* the look at which it was last seen */
} content;

struct vt_tiles {
    vt_engine *engine;
    vt_tiles_ready ready;
    void *user;
    vt_log log;
    vt_resource_id resource;

    vt_str path;
    uint32_t width, height; /* of the picture; 0: none is open */
    bool failed;
    vt_request *request; /* under way, or NULL */
    vt_patch asked;
    vt_region seen; /* last; width 0: nothing */
    double scale;
    int64_t limit; /* bytes */

    pthread_mutex_t lock; /* guards what follows: the memory governor frees patches on its thread */
    vt_patch plan[VT_TILES_PATCHES_MAX];
    content contents[VT_TILES_PATCHES_MAX];
    size_t count;
    uint64_t looks;
};

/* ---- patches ---- */

static int64_t bytes_of(const content *at)
{
    return (int64_t)at->stride * at->height;
}

static int64_t bytes_locked(const vt_tiles *tiles)
{
    int64_t bytes = 0;
    for (size_t i = 0; i < tiles->count; i++) {
        bytes += bytes_of(&tiles->contents[i]);
    }
    return bytes;
}

/* Takes the patch out; its pixels are the caller's to free. */
static uint8_t *take_out_locked(vt_tiles *tiles, size_t at)
{
    uint8_t *pixels = tiles->contents[at].pixels;
    tiles->count--;
    tiles->plan[at] = tiles->plan[tiles->count];
    tiles->contents[at] = tiles->contents[tiles->count];
    return pixels;
}

static size_t oldest_locked(const vt_tiles *tiles)
{
    size_t oldest = 0;
    for (size_t i = 1; i < tiles->count; i++) {
        oldest = tiles->contents[i].used < tiles->contents[oldest].used ? i : oldest;
    }
    return oldest;
}

static void drop_all(vt_tiles *tiles)
{
    pthread_mutex_lock(&tiles->lock);
    while (tiles->count > 0) {
        free(take_out_locked(tiles, tiles->count - 1));
    }
    pthread_mutex_unlock(&tiles->lock);
}

/* Down to `limit` bytes, as far as that leaves what is seen, and to so many patches in any case. */
static void shrink_locked(vt_tiles *tiles, int64_t limit, size_t most)
{
    while (tiles->count > 0) {
        size_t oldest = oldest_locked(tiles);
        bool seen = tiles->contents[oldest].used == tiles->looks;
        if (tiles->count <= most && (seen || bytes_locked(tiles) <= limit)) {
            return;
        }
        free(take_out_locked(tiles, oldest));
    }
}

static void add(vt_tiles *tiles, const vt_patch *patch, const vt_picture *picture)
{
    const content new_one = {picture->pixels, picture->width, picture->height, picture->stride, tiles->looks};
    pthread_mutex_lock(&tiles->lock);
    shrink_locked(tiles, tiles->limit - bytes_of(&new_one), VT_TILES_PATCHES_MAX - 1);
    tiles->plan[tiles->count] = *patch;
    tiles->contents[tiles->count++] = new_one;
    int64_t bytes = bytes_locked(tiles);
    size_t count = tiles->count;
    pthread_mutex_unlock(&tiles->lock);
    vt_log_write(&tiles->log, VT_LOG_DEBUG,
                 "viewer: tiles here x=%u y=%u width=%u height=%u level=%d patches=%zu tile_bytes=%lld",
                 patch->region.x, patch->region.y, patch->region.width, patch->region.height, patch->level,
                 count, (long long)bytes);
}

static bool touches(const vt_region *a, const vt_region *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
           b->y < a->y + a->height;
}

/* ---- memory ---- */

int64_t vt_tiles_bytes(vt_tiles *tiles)
{
    if (!tiles) {
        return 0;
    }
    pthread_mutex_lock(&tiles->lock);
    int64_t bytes = bytes_locked(tiles);
    pthread_mutex_unlock(&tiles->lock);
    return bytes;
}

static int64_t bytes_held(void *user)
{
    return vt_tiles_bytes(user);
}

static int64_t give_up(void *user, int64_t bytes)
{
    vt_tiles *tiles = user;
    int64_t freed = 0;
    while (freed < bytes) {
        pthread_mutex_lock(&tiles->lock);
        size_t oldest = oldest_locked(tiles);
        uint8_t *pixels = NULL;
        if (tiles->count > 0 && tiles->contents[oldest].used < tiles->looks) {
            freed += bytes_of(&tiles->contents[oldest]);
            pixels = take_out_locked(tiles, oldest);
        }
        pthread_mutex_unlock(&tiles->lock);
        if (!pixels) {
            break; /* what is seen stays: it would be decoded anew at once */
        }
        free(pixels);
    }
    return freed;
}

/* ---- asking ---- */

static void ask(vt_tiles *tiles);

static void picture_ready(void *user, vt_picture *picture, const vt_error *error)
{
    vt_tiles *tiles = user;
    tiles->request = NULL;
    if (error) {
        tiles->failed = true;
    } else {
        add(tiles, &tiles->asked, picture);
        picture->pixels = NULL;
        vt_picture_clear(picture);
        ask(tiles);
    }
    tiles->ready(tiles->user, error);
}

static void cancel(vt_tiles *tiles)
{
    if (tiles->request) {
        vt_request_cancel(tiles->request);
        tiles->request = NULL;
    }
}

static bool find_next(vt_tiles *tiles, vt_patch *next)
{
    pthread_mutex_lock(&tiles->lock);
    bool missing = vt_tiles_next(tiles->plan, tiles->count, vt_tile_level(tiles->scale), &tiles->seen,
                                 tiles->width, tiles->height, next);
    pthread_mutex_unlock(&tiles->lock);
    return missing;
}

static void ask(vt_tiles *tiles)
{
    vt_patch next;
    uint32_t width, height;
    if (tiles->failed || tiles->seen.width == 0 || !find_next(tiles, &next)) {
        return;
    }
    if (tiles->request) {
        if (tiles->asked.level == next.level && touches(&tiles->asked.region, &tiles->seen)) {
            return; /* a part of it is on its way: the rest afterwards */
        }
        cancel(tiles); /* nobody looks there any more */
    }
    vt_patch_size(&next, &width, &height);
    vt_error error = VT_ERROR_INIT;
    tiles->asked = next;
    tiles->request = vt_engine_request_region(tiles->engine, tiles->path.data, &next.region, width, height,
                                              picture_ready, tiles, &error);
    if (!tiles->request) {
        tiles->failed = true;
        tiles->ready(tiles->user, &error);
    }
}

void vt_tiles_set_limit(vt_tiles *tiles, int64_t bytes)
{
    if (tiles) {
        pthread_mutex_lock(&tiles->lock);
        tiles->limit = bytes;
        shrink_locked(tiles, bytes, VT_TILES_PATCHES_MAX);
        pthread_mutex_unlock(&tiles->lock);
    }
}

void vt_tiles_set_user(vt_tiles *tiles, void *user)
{
    if (tiles) {
        tiles->user = user;
    }
}

void vt_tiles_see(vt_tiles *tiles, const vt_region *seen, double scale)
{
    if (!tiles || tiles->width == 0 || seen->width == 0 || seen->height == 0) {
        return;
    }
    tiles->seen = *seen;
    tiles->scale = scale;
    int level = vt_tile_level(scale);
    pthread_mutex_lock(&tiles->lock);
    tiles->looks++;
    for (size_t i = 0; i < tiles->count; i++) {
        if (tiles->plan[i].level == level && touches(&tiles->plan[i].region, seen)) {
            tiles->contents[i].used = tiles->looks;
        }
    }
    pthread_mutex_unlock(&tiles->lock);
    ask(tiles);
}

bool vt_tiles_are_here(vt_tiles *tiles)
{
    vt_patch next;
    return tiles && tiles->seen.width > 0 && !find_next(tiles, &next);
}

/* ---- painting ---- */

static void paint_patch(const vt_tiles *tiles, size_t at, QPainter *painter, const QRectF *area)
{
    const vt_region *part = &tiles->plan[at].region;
    const content *from = &tiles->contents[at];
    double across = area->w / tiles->width;
    double down = area->h / tiles->height;
    QRectF target = q_rectf_make(area->xp + part->x * across, area->yp + part->y * down, part->width * across,
                                 part->height * down);
    QRectF source = q_rectf_make(0, 0, from->width, from->height);
    QImage image;
    q_image_init_data_full(&image, from->pixels, (int)from->width, (int)from->height, (long)from->stride,
                           QImage_Format_ARGB32_Premultiplied, NULL, NULL);
    q_painter_draw_image_part(painter, &target, &image, &source);
    q_image_fini(&image);
}

void vt_tiles_paint(vt_tiles *tiles, QPainter *painter, const QRectF *area)
{
    if (!tiles || tiles->width == 0) {
        return;
    }
    int level = vt_tile_level(tiles->scale);
    pthread_mutex_lock(&tiles->lock); /* for so long the governor waits, not the other way round */
    for (size_t i = 0; i < tiles->count; i++) {
        if (tiles->plan[i].level == level && touches(&tiles->plan[i].region, &tiles->seen)) {
            paint_patch(tiles, i, painter, area);
        }
    }
    pthread_mutex_unlock(&tiles->lock);
}

bool vt_tiles_copy_seen(vt_tiles *tiles, vt_picture *part)
{
    uint32_t step;
    if (!vt_tiles_are_here(tiles)) {
        return false;
    }
    int level = vt_tile_level(tiles->scale);
    const vt_region *seen = &tiles->seen;
    uint32_t left = seen->x >> level;
    uint32_t top = seen->y >> level;
    bool begun = vt_part_begin(part, ((seen->x + seen->width) >> level) - left,
                               ((seen->y + seen->height) >> level) - top, &step);
    pthread_mutex_lock(&tiles->lock);
    for (size_t i = 0; begun && i < tiles->count; i++) {
        const vt_region *at = &tiles->plan[i].region;
        const content *from = &tiles->contents[i];
        if (tiles->plan[i].level == level && touches(at, seen)) {
            vt_part_fill(part, step, from->pixels, from->width, from->height, from->stride,
                         (int64_t)(at->x >> level) - left, (int64_t)(at->y >> level) - top);
        }
    }
    pthread_mutex_unlock(&tiles->lock);
    return begun;
}

/* ---- life ---- */

void vt_tiles_close(vt_tiles *tiles)
{
    if (tiles) {
        cancel(tiles);
        drop_all(tiles);
        tiles->width = tiles->height = 0;
        tiles->seen = (vt_region){0};
        tiles->failed = false;
    }
}

void vt_tiles_open(vt_tiles *tiles, const char *path, uint32_t width, uint32_t height)
{
    if (tiles && (tiles->width != width || tiles->height != height || strcmp(tiles->path.data, path) != 0)) {
        vt_tiles_close(tiles);
        vt_str_clear(&tiles->path);
        vt_str_append_cstr(&tiles->path, path);
        tiles->width = tiles->path.failed ? 0 : width;
        tiles->height = height;
    }
}

vt_tiles *vt_tiles_create(vt_engine *engine, vt_tiles_ready ready, void *user, vt_log log)
{
    vt_tiles *tiles = calloc(1, sizeof *tiles);
    if (!tiles || pthread_mutex_init(&tiles->lock, NULL) != 0) {
        free(tiles);
        return NULL;
    }
    tiles->engine = engine;
    tiles->ready = ready;
    tiles->user = user;
    tiles->log = log;
    tiles->limit = VT_TILES_BYTES;
    tiles->path = (vt_str)VT_STR_INIT;
    const vt_resource resource = {.name = VT_TR_NOOP("performance", "tiles of a large picture"),
                                  .cost = VT_RESOURCE_DISPOSABLE,
                                  .bytes = bytes_held,
                                  .clean_up = give_up,
                                  .user = tiles};
    tiles->resource = vt_registry_add(vt_engine_resources(engine), &resource, NULL);
    if (!tiles->resource) {
        pthread_mutex_destroy(&tiles->lock);
        free(tiles);
        return NULL;
    }
    return tiles;
}

void vt_tiles_free(vt_tiles *tiles)
{
    if (tiles) {
        vt_registry_remove(vt_engine_resources(tiles->engine), tiles->resource);
        vt_tiles_close(tiles);
        pthread_mutex_destroy(&tiles->lock);
        vt_str_free(&tiles->path);
        free(tiles);
    }
}
