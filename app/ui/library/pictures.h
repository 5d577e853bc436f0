/*
 * Pictures for cards: thumbnails as QPixmaps of just the size they are drawn at, kept while there is room, in
 * a cache of three levels: those shown, those shown lately, and of the others eight pixels a side, to be
 * shown until the picture has come again. The memory governor may have it shrink.
 *
 * What is not here is asked for from the engine; it comes later, and `arrived` tells. Requests of items that
 * nobody wants any more are cancelled, so that scrolling past ten thousand items decodes those that are
 * looked at. UI thread only.
 */
#ifndef VT_UI_LIBRARY_PICTURES_H
#define VT_UI_LIBRARY_PICTURES_H

#include "core/base/error.h"
#include "core/cache/tiers.h"
#include "core/import/engine.h"

#include <qt6c/qpixmap.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_pictures vt_pictures;

/* Names one picture. */
typedef struct vt_picture_key {
    int64_t item;     /* catalog id */
    uint64_t version; /* of the file's content */
    uint32_t row;     /* of the index, for asking the engine */
    uint32_t side;    /* physical pixels along the longer side */
} vt_picture_key;

typedef enum vt_picture_state {
    VT_PICTURE_HERE,   /* `*pixmap` is set */
    VT_PICTURE_COMING, /* has been asked for */
    VT_PICTURE_ROUGH,  /* the same, and `*pixmap` is a rough one until then */
    VT_PICTURE_FAILED, /* there is none: the file cannot be read */
    VT_PICTURE_NO_ROOM /* too many are under way: ask again when one has come */
} vt_picture_state;

/* A picture that was COMING is here, or has failed. */
typedef void (*vt_picture_arrived)(void *user, int64_t item, uint64_t version);

/* `engine` is borrowed. `device_ratio`: physical pixels per logical one. NULL and `error` when memory runs
 * out. */
vt_pictures *vt_pictures_create(vt_engine *engine, double device_ratio, vt_error *error);
/* Freed in any order with those that were made beside it. */
void vt_pictures_free(vt_pictures *pictures);

/* For another view of the same engine: what is kept is kept once for both, but each asks for its own, cancels
   its own, and is told of its own. NULL and `error` when memory runs out. */
vt_pictures *vt_pictures_create_beside(vt_pictures *other, vt_error *error);

/* Who is told; one listener. */
void vt_pictures_listen(vt_pictures *pictures, vt_picture_arrived arrived, void *user);

/* Finds the picture or asks for it. `*pixmap` is shared: end it with q_pixmap_fini. */
vt_picture_state vt_pictures_get(vt_pictures *pictures, const vt_picture_key *key, QPixmap *pixmap);

/* True if vt_pictures_get would give it, or that it failed, without asking for it. */
bool vt_pictures_has(vt_pictures *pictures, const vt_picture_key *key);

/* Asks for a picture that is about to be seen, behind all that is, unless it is here or coming. False if too
   many are under way. */
bool vt_pictures_load_ahead(vt_pictures *pictures, const vt_picture_key *key);

/* Cancels all requests but those of `count` items. The first `visible` of them are seen now, and the first of
   these is served first; the others are nearby. */
void vt_pictures_keep_only(vt_pictures *pictures, const int64_t *items, const uint32_t *rows, size_t visible,
                           size_t count);

/* Forgets everything, for instance when the size has changed. */
void vt_pictures_clear(vt_pictures *pictures);

/* What each level holds and how often it had what was wanted. */
void vt_pictures_get_stats(vt_pictures *pictures, vt_tiers_stats *stats);
/* Pictures that were asked for before they were seen. */
int64_t vt_pictures_loaded_ahead(const vt_pictures *pictures);

#endif
