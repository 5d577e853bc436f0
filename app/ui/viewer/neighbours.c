#include "app/ui/viewer/neighbours.h"
#include "core/base/translatable.h"

#include <pthread.h>
#include <stdlib.h>

/* What a place is for: an item's content, in one size. */
typedef struct wish {
    int64_t item; /* 0: for nothing */
    uint64_t version;
    uint32_t width, height;
} wish;

typedef struct place {
    vt_neighbours *neighbours;
    wish wish;
    int64_t row;         /* when it was asked for */
    vt_request *request; /* under way, or NULL */
    vt_picture picture;  /* under the lock; pixels owned, NULL: not here */
} place;

struct vt_neighbours {
    vt_library *library;
    vt_log log;
    vt_resource_id resource;
    pthread_mutex_t lock; /* guards the places' pictures: the memory governor frees them on its thread */
    place places[VT_NEIGHBOURS_MAX];
};

/* ---- memory ---- */

static int64_t bytes_of_locked(const place *at)
{
    return at->picture.pixels ? (int64_t)at->picture.stride * at->picture.height : 0;
}

static int64_t bytes_held(void *user)
{
    vt_neighbours *neighbours = user;
    int64_t bytes = 0;
    pthread_mutex_lock(&neighbours->lock);
    for (size_t i = 0; i < VT_NEIGHBOURS_MAX; i++) {
        bytes += bytes_of_locked(&neighbours->places[i]);
    }
    pthread_mutex_unlock(&neighbours->lock);
    return bytes;
}

static int64_t give_up(void *user, int64_t bytes)
{
    vt_neighbours *neighbours = user;
    int64_t freed = 0;
    for (size_t i = 0; i < VT_NEIGHBOURS_MAX && freed < bytes; i++) {
        place *at = &neighbours->places[i];
        pthread_mutex_lock(&neighbours->lock);
        freed += bytes_of_locked(at);
        uint8_t *pixels = at->picture.pixels;
        at->picture.pixels = NULL;
        pthread_mutex_unlock(&neighbours->lock);
        free(pixels);
    }
    return freed;
}

/* ---- places ---- */

static bool is_same(const wish *a, const wish *b)
{
    return a->item == b->item && a->version == b->version && a->width == b->width && a->height == b->height;
}

/* The pixels that are here, now the caller's. */
static vt_picture take_out(place *at)
{
    pthread_mutex_lock(&at->neighbours->lock);
    vt_picture picture = at->picture;
    at->picture.pixels = NULL;
    at->picture.histogram = NULL;
    pthread_mutex_unlock(&at->neighbours->lock);
    return picture;
}

static void put_in(place *at, const vt_picture *picture)
{
    pthread_mutex_lock(&at->neighbours->lock);
    at->picture = *picture;
    pthread_mutex_unlock(&at->neighbours->lock);
}

static void drop(place *at)
{
    if (at->request) {
        vt_request_cancel(at->request);
        at->request = NULL;
        vt_log_write(&at->neighbours->log, VT_LOG_DEBUG, "viewer: ahead row=%lld is called off",
                     (long long)at->row);
    }
    vt_picture gone = take_out(at);
    vt_picture_clear(&gone);
    at->wish = (wish){0};
}

static void picture_ready(void *user, vt_picture *picture, const vt_error *error)
{
    place *at = user;
    at->request = NULL;
    if (error || picture->partial) {
        if (picture) {
            vt_picture_clear(picture);
        }
        return; /* the wish stays: it is not asked for a second time */
    }
    put_in(at, picture);
    vt_log_write(&at->neighbours->log, VT_LOG_DEBUG, "viewer: ahead row=%lld is here", (long long)at->row);
}

/* ---- for the viewer ---- */

vt_neighbours *vt_neighbours_create(vt_library *library, vt_log log)
{
    vt_neighbours *neighbours = calloc(1, sizeof *neighbours);
    if (!neighbours || pthread_mutex_init(&neighbours->lock, NULL) != 0) {
        free(neighbours);
        return NULL;
    }
    neighbours->library = library;
    neighbours->log = log;
    for (size_t i = 0; i < VT_NEIGHBOURS_MAX; i++) {
        neighbours->places[i].neighbours = neighbours;
    }
    const vt_resource resource = {.name = VT_TR_NOOP("performance", "pictures beside the one looked at"),
                                  .cost = VT_RESOURCE_DISPOSABLE,
                                  .bytes = bytes_held,
                                  .clean_up = give_up,
                                  .user = neighbours};
    neighbours->resource = vt_registry_add(vt_engine_resources(vt_library_engine(library)), &resource, NULL);
    if (!neighbours->resource) {
        pthread_mutex_destroy(&neighbours->lock);
        free(neighbours);
        return NULL;
    }
    return neighbours;
}

void vt_neighbours_free(vt_neighbours *neighbours)
{
    if (!neighbours) {
        return;
    }
    vt_registry_remove(vt_engine_resources(vt_library_engine(neighbours->library)), neighbours->resource);
    for (size_t i = 0; i < VT_NEIGHBOURS_MAX; i++) {
        drop(&neighbours->places[i]);
    }
    pthread_mutex_destroy(&neighbours->lock);
    free(neighbours);
}

void vt_neighbours_set_library(vt_neighbours *neighbours, vt_library *library)
{
    if (neighbours) {
        neighbours->library = library;
    }
}

void vt_neighbours_keep(vt_neighbours *neighbours, int64_t row)
{
    for (size_t i = 0; neighbours && i < VT_NEIGHBOURS_MAX; i++) {
        place *at = &neighbours->places[i];
        int64_t now = at->wish.item && row >= 0 ? vt_library_row_of(neighbours->library, at->wish.item) : -1;
        if (at->wish.item && (now < 0 || now < row - 1 || now > row + 1)) {
            drop(at);
        }
    }
}

void vt_neighbours_ask(vt_neighbours *neighbours, int64_t row, uint32_t width, uint32_t height)
{
    vt_item_brief item;
    vt_engine *engine = neighbours ? vt_library_engine(neighbours->library) : NULL;
    if (!engine || !vt_governor_may_prefetch(vt_engine_governor(engine))) {
        return;
    }
    vt_library_item(neighbours->library, row, &item);
    const wish wanted = {item.id, vt_item_version(&item), width, height};
    place *free_place = NULL;
    for (size_t i = 0; i < VT_NEIGHBOURS_MAX; i++) {
        place *at = &neighbours->places[i];
        if (is_same(&at->wish, &wanted)) {
            return;
        }
        if (at->wish.item == item.id) { /* in another size, or as it was before */
            drop(at);
        }
        free_place = at->wish.item ? free_place : at;
    }
    if (!free_place) {
        return;
    }
    vt_str path = VT_STR_INIT;
    vt_library_path(neighbours->library, row, &path);
    if (!path.failed) {
        free_place->request =
            vt_engine_request_image_ahead(engine, path.data, width, height, picture_ready, free_place, NULL);
    }
    if (free_place->request) {
        free_place->wish = wanted;
        free_place->row = row;
    }
    vt_str_free(&path);
}

bool vt_neighbours_take(vt_neighbours *neighbours, const vt_item_brief *item, uint32_t width, uint32_t height,
                        vt_picture *picture)
{
    const wish wanted = {item->id, vt_item_version(item), width, height};
    for (size_t i = 0; neighbours && i < VT_NEIGHBOURS_MAX; i++) {
        place *at = &neighbours->places[i];
        if (!is_same(&at->wish, &wanted)) {
            continue;
        }
        *picture = take_out(at);
        drop(at); /* what is still under way is asked for anew, before everything else */
        if (!picture->pixels) {
            vt_picture_clear(picture); /* the governor took the pixels alone */
        }
        return picture->pixels != NULL;
    }
    return false;
}
