/*
 * The thumbnails store: a second SQLite file that may be deleted at any time.
 *
 * Nothing in it is the user's: when it is lost, damaged or belongs to another catalog it is made anew with a
 * line in the log, and thumbnails are decoded again on demand. It lies in the cache folder, at
 * $XDG_CACHE_HOME/vitrine/thumbnails/<hash of the catalog's path>.thumbs, so that catalogs do not share one.
 *
 * A thumbnail is found by item and by the size and time of the file it was made from: that of an older
 * content, or of an item that a restored backup knows under the same number, is simply not found.
 *
 * Threads: put, get and the rest may be called from any thread at once (readers are pooled, writes take
 * turns), except open and close. Never on the UI thread.
 */
#ifndef VT_CATALOG_THUMBS_H
#define VT_CATALOG_THUMBS_H

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/catalog/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_thumbs vt_thumbs;

typedef struct vt_thumb_key {
    int64_t item_id;
    int64_t size, mtime_ns; /* of the file it shows */
    uint32_t size_class;    /* longest side it was made for: 256 or 512 pixels */
} vt_thumb_key;

/* How the bytes are to be read: numbers of the module that makes them, kept here as they are. */
typedef struct vt_thumb {
    uint16_t width, height; /* pixels */
    uint16_t codec;
    const void *bytes; /* at most VT_THUMB_BYTES_MAX */
    size_t length;
} vt_thumb;

#define VT_THUMB_BYTES_MAX ((size_t)4 * 1024 * 1024)

/* The store of `catalog` (NULL `path`: at its default place, folders made), opened the way the catalog is:
   for reading only if that is. A read-only store that does not exist is an empty one. */
vt_thumbs *vt_thumbs_open(vt_catalog *catalog, const char *path, vt_error *error);

/* No call may be under way. NULL is allowed. */
void vt_thumbs_close(vt_thumbs *thumbs);

/* Owned by the store. */
const char *vt_thumbs_path(const vt_thumbs *thumbs);

/* Those of so many pixels may hold so many bytes together; beyond that the oldest go. */
#define VT_THUMBS_LARGE       512u
#define VT_THUMBS_LARGE_BYTES ((int64_t)512 * 1024 * 1024)

/* Another limit for them, from the next put on. */
void vt_thumbs_set_large_limit(vt_thumbs *thumbs, int64_t bytes);

/* Stores `count` thumbnails in one transaction, replacing those of the same item and size class. */
bool vt_thumbs_put(vt_thumbs *thumbs, const vt_thumb_key *keys, const vt_thumb *thumbnails, size_t count,
                   vt_error *error);

/* Reads one: true, and `*found` says whether there is one; then `thumb->bytes` belongs to the caller, free().
   A damaged store finds nothing, and is made anew by the next put. False and `error` only for lack of memory
   or a failing disk. */
bool vt_thumbs_get(vt_thumbs *thumbs, const vt_thumb_key *key, vt_thumb *thumb, bool *found, vt_error *error);

/* Deletes the thumbnails of items that the catalog does not have. `*deleted` may be NULL. */
bool vt_thumbs_delete_orphans(vt_thumbs *thumbs, int64_t *deleted, vt_error *error);

/* Thumbnails stored, and the bytes of the file. */
bool vt_thumbs_counts(vt_thumbs *thumbs, int64_t *count, int64_t *bytes, vt_error *error);

#endif
