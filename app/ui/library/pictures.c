#include "app/ui/library/pictures.h"

#include "app/ui/library/kept_picture.h"
#include "core/base/translatable.h"
#include "core/cache/resource.h"
#include "core/import/request.h"
#include "core/settings/settings.h"

#include <stdlib.h>
#include <string.h>

enum {
    PENDING_MAX = 192,       /* requests under way at a time */
    AHEAD_PENDING_MAX = 96,  /* of these, while loading ahead: the rest is for what is seen */
    ACTIVE_BYTES = 32 << 20, /* of pixels, at least: a large screen full of cards */
    ENTRY_BYTES = 24 << 10,  /* of a small one: there are no more than would fit of those */
    ROUGH_MAX = 20000,
    ROUGH_BYTES = 8 << 20,
    FAILED_BYTES = 64 /* what a failure costs */
};

typedef struct pending_request {
    vt_pictures *pictures;
    vt_picture_key key;
    vt_request *request; /* NULL: the place is free */
} pending_request;

/* What is kept, for all who show pictures of the engine. */
typedef struct picture_store {
    vt_engine *engine;
    vt_tiers *cache; /* of vt_kept_picture, then of vt_rough_picture, by item, version and side */
    vt_resource_id resource;
    int users;
} picture_store;

struct vt_pictures {
    vt_engine *engine;
    double device_ratio;
    picture_store *store; /* one use of it */
    vt_tiers *cache;      /* the store's */
    pending_request pending[PENDING_MAX];
    size_t pending_count;
    int64_t ahead; /* requests made before their picture was seen */
    vt_picture_arrived arrived;
    void *user;
};

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

static const vt_tiers_ops cache_ops = {.free_value = vt_kept_picture_free,
                                       .save_state = vt_kept_picture_rough,
                                       .free_state = vt_rough_picture_free};

static void leave_store(picture_store *store)
{
    if (store && --store->users == 0) {
        if (store->resource) {
            vt_registry_remove(vt_engine_resources(store->engine), store->resource);
        }
        vt_tiers_free(store->cache);
        free(store);
    }
}

/* A third is for what is shown, and the rest for what was. */
static void share_out(size_t bytes, vt_lru_limits limits[VT_TIER_COUNT])
{
    size_t active = bytes / 3 > ACTIVE_BYTES ? bytes / 3 : ACTIVE_BYTES;
    size_t entries = bytes / ENTRY_BYTES + 1;
    limits[VT_TIER_ACTIVE] = (vt_lru_limits){entries, active};
    limits[VT_TIER_RECENT] = (vt_lru_limits){entries, bytes > active ? bytes - active : 1};
    limits[VT_TIER_STATE] = (vt_lru_limits){ROUGH_MAX, ROUGH_BYTES};
}

/* On any thread. */
static void set_quota(void *cache, int64_t bytes)
{
    vt_lru_limits limits[VT_TIER_COUNT];
    share_out((size_t)bytes, limits);
    vt_tiers_set_limits(cache, limits, NULL); /* none is 0 */
}

static picture_store *make_store(vt_engine *engine, vt_error *error)
{
    const vt_settings usual = vt_settings_default();
    vt_lru_limits limits[VT_TIER_COUNT];
    share_out((size_t)(usual.values[VT_SETTING_MEMORY_PICTURES] * VT_MEMORY_MB), limits);
    picture_store *store = calloc(1, sizeof *store);
    if (!store) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for pictures");
        return NULL;
    }
    store->engine = engine;
    store->users = 1;
    store->cache = vt_tiers_create(limits, &cache_ops, error);
    if (store->cache) {
        vt_resource resource =
            vt_tiers_resource(store->cache, VT_TR_NOOP("performance", "pictures of cards"), 0);
        resource.quota = VT_QUOTA_PICTURES;
        resource.set_quota = set_quota;
        store->resource = vt_registry_add(vt_engine_resources(engine), &resource, error);
    }
    if (!store->resource) {
        leave_store(store);
        return NULL;
    }
    return store;
}

/* Takes over a use of `store`, NULL included. */
static vt_pictures *make_pictures(picture_store *store, double device_ratio, vt_error *error)
{
    vt_pictures *pictures = store ? calloc(1, sizeof *pictures) : NULL;
    if (!pictures) {
        if (store) {
            vt_error_set(error, VT_ERROR_MEMORY, "out of memory for pictures");
        }
        leave_store(store);
        return NULL;
    }
    pictures->engine = store->engine;
    pictures->device_ratio = device_ratio;
    pictures->store = store;
    pictures->cache = store->cache;
    return pictures;
}

vt_pictures *vt_pictures_create(vt_engine *engine, double device_ratio, vt_error *error)
{
    return make_pictures(make_store(engine, error), device_ratio, error);
}

vt_pictures *vt_pictures_create_beside(vt_pictures *other, vt_error *error)
{
    other->store->users++;
    return make_pictures(other->store, other->device_ratio, error);
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
    leave_store(pictures->store);
    free(pictures);
}

void vt_pictures_listen(vt_pictures *pictures, vt_picture_arrived arrived, void *user)
{
    pictures->arrived = arrived;
    pictures->user = user;
}

/* ---- arrival ---- */

/* Takes over `picture->pixels`. `picture` NULL: there is none, and that is worth knowing, too. */
static void keep(vt_pictures *pictures, const vt_picture_key *key, const vt_picture *picture)
{
    vt_kept_picture *kept = vt_kept_picture_create(picture);
    if (!kept) {
        return; /* it will be asked for again */
    }
    cache_key name = cache_key_of(key);
    size_t bytes = picture ? (size_t)picture->height * picture->stride : FAILED_BYTES;
    vt_tiers_put(pictures->cache, &name, sizeof name, kept, bytes, NULL);
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

static vt_picture_state ask(vt_pictures *pictures, const vt_picture_key *key, bool ahead)
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
        ahead ? vt_engine_request_nearby(pictures->engine, key->row, key->side, picture_ready, place, &error)
              : vt_engine_request_thumbnail(pictures->engine, key->row, key->side, picture_ready, place,
                                            &error);
    if (!place->request) {
        return error.code == VT_ERROR_LIMIT ? VT_PICTURE_NO_ROOM : VT_PICTURE_FAILED;
    }
    pictures->pending_count++;
    return VT_PICTURE_COMING;
}

/* COMING if it is under way already in this form; a request for another form of it is called off. */
static bool is_coming(vt_pictures *pictures, const vt_picture_key *key)
{
    pending_request *pending = find_pending(pictures, key->item);
    bool same = pending && pending->key.version == key->version && pending->key.side == key->side;
    if (pending && !same) {
        cancel(pictures, pending);
    }
    return same;
}

vt_picture_state vt_pictures_get(vt_pictures *pictures, const vt_picture_key *key, QPixmap *pixmap)
{
    cache_key name = cache_key_of(key);
    vt_tiers_entry *entry = vt_tiers_acquire(pictures->cache, &name, sizeof name);
    bool rough = entry && !vt_tiers_value(entry);
    if (entry && !rough) {
        bool failed = !vt_kept_picture_show(vt_tiers_value(entry), pictures->device_ratio, pixmap);
        vt_tiers_release(pictures->cache, entry);
        return failed ? VT_PICTURE_FAILED : VT_PICTURE_HERE;
    }
    vt_picture_state state = is_coming(pictures, key) ? VT_PICTURE_COMING : ask(pictures, key, false);
    if (rough) {
        if (state == VT_PICTURE_COMING && vt_rough_picture_show(vt_tiers_state(entry), pixmap)) {
            state = VT_PICTURE_ROUGH;
        }
        vt_tiers_release(pictures->cache, entry);
    }
    return state;
}

bool vt_pictures_has(vt_pictures *pictures, const vt_picture_key *key)
{
    cache_key name = cache_key_of(key);
    vt_tiers_entry *entry = vt_tiers_acquire(pictures->cache, &name, sizeof name);
    bool here = entry && vt_tiers_value(entry);
    vt_tiers_release(pictures->cache, entry);
    return here;
}

bool vt_pictures_load_ahead(vt_pictures *pictures, const vt_picture_key *key)
{
    if (vt_pictures_has(pictures, key) || is_coming(pictures, key)) {
        return true;
    }
    if (pictures->pending_count >= AHEAD_PENDING_MAX || ask(pictures, key, true) == VT_PICTURE_NO_ROOM) {
        return false;
    }
    pictures->ahead++;
    return true;
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

void vt_pictures_keep_only(vt_pictures *pictures, const int64_t *items, const uint32_t *rows, size_t visible,
                           size_t count)
{
    for (size_t i = 0; i < PENDING_MAX && pictures->pending_count; i++) {
        pending_request *pending = &pictures->pending[i];
        if (pending->request && !is_wanted(items, count, pending->key.item)) {
            cancel(pictures, pending);
        }
    }
    if (pictures->pending_count) {
        vt_engine_defer(pictures->engine, rows + visible, count - visible);
        vt_engine_prioritise(pictures->engine, rows, visible);
    }
}

void vt_pictures_clear(vt_pictures *pictures)
{
    vt_pictures_keep_only(pictures, NULL, NULL, 0, 0);
    vt_tiers_clear(pictures->cache);
}

void vt_pictures_get_stats(vt_pictures *pictures, vt_tiers_stats *stats)
{
    vt_tiers_get_stats(pictures->cache, stats);
}

int64_t vt_pictures_loaded_ahead(const vt_pictures *pictures)
{
    return pictures->ahead;
}
