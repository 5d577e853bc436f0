/* Private to core/catalog: work on the whole thumbnails store, for those who count, check and tidy it. Any
 * thread. */
#ifndef VT_CATALOG_THUMBS_PRIVATE_H
#define VT_CATALOG_THUMBS_PRIVATE_H

#include "core/catalog/thumbs.h"

#include <sqlite3.h>

typedef bool (*vt_thumbs_work)(sqlite3 *db, void *user, vt_error *error);

/* Runs `work` on a connection that reads. If the store is damaged or not there this returns true, maybe
   without a call of `work`: a store without thumbnails is no error. */
bool vt_thumbs_read(vt_thumbs *thumbs, vt_thumbs_work work, void *user, vt_error *error);

/* Runs `work` in a transaction of the connection that writes, undone if it returns false. */
bool vt_thumbs_write(vt_thumbs *thumbs, vt_thumbs_work work, void *user, vt_error *error);

/* Deletes the oldest thumbnails of 512 pixels if they hold more than `limit` bytes, and an eighth more than
   must go, so that not every put has to. `*bytes` is what they hold as far as is known (negative: unknown);
   it is kept up to date. Within a transaction. */
bool vt_thumbs_keep_large_limit(sqlite3 *db, int64_t limit, int64_t *bytes, vt_error *error);

/* Throws the store away and begins an empty one. `reason` is for the log. */
bool vt_thumbs_make_anew(vt_thumbs *thumbs, const char *reason, vt_error *error);

/* True once damage was met, until the store is made anew. */
bool vt_thumbs_is_damaged(const vt_thumbs *thumbs);

/* The catalog the store belongs to. */
vt_catalog *vt_thumbs_catalog(const vt_thumbs *thumbs);

/* Has SQLite look through the whole file; what it says of a damage goes to `verdict`, "" for a sound store.
   False and `error` only for lack of memory or a failing disk. */
bool vt_thumbs_verify(vt_thumbs *thumbs, char *verdict, size_t verdict_size, vt_error *error);

/* Thumbnails that nobody will ask for. */
typedef enum vt_thumbs_unused {
    VT_THUMBS_OF_NO_ITEM,    /* the catalog does not have the item */
    VT_THUMBS_OF_OLD_CONTENT /* the item's file had another size or time then */
} vt_thumbs_unused;

/* Counts the items that have such thumbnails, or deletes these; the number deleted goes to `*deleted` (may be
   NULL). */
bool vt_thumbs_count_unused(vt_thumbs *thumbs, vt_thumbs_unused kind, int64_t *items, vt_error *error);
bool vt_thumbs_delete_unused(vt_thumbs *thumbs, vt_thumbs_unused kind, int64_t *deleted, vt_error *error);

#endif
