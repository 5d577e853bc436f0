/*
 * Albums in the index: lists of rows in an order of the user's, and for each row the number of the set of
 * albums it is in. Made as tags are (tags.h): albums have numbers, theirs for good.
 *
 * Threads and publishing as index.h. Errors: VT_ERROR_MEMORY, and what is named. Items without a row are
 * passed over everywhere.
 */
#ifndef VT_INDEX_ALBUMS_H
#define VT_INDEX_ALBUMS_H

#include "core/base/error.h"
#include "core/index/index.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_INDEX_ALBUMS_MAX ((uint32_t)64 * 1024)
#define VT_INDEX_NO_ALBUM   UINT32_MAX

/* Takes in an album, or renames and moves it if `id` is known; `place` says where it stands among the others.
   VT_ERROR_LIMIT beyond VT_INDEX_ALBUMS_MAX or for a name of more than 32767 bytes. */
bool vt_index_put_album(vt_index *index, int64_t id, int64_t place, const char *name, size_t length,
                        vt_error *error);

/* An unknown id is ignored. */
bool vt_index_remove_album(vt_index *index, int64_t id, vt_error *error);

/* Appends items in the order of `item_ids`; those that are in the album stay where they are. VT_ERROR_USAGE
   for an album that is not known. In proportion to `count`. */
bool vt_index_add_to_album(vt_index *index, int64_t id, const int64_t *item_ids, size_t count,
                           vt_error *error);

/* Makes these, in this order, the items of the album; one that is named twice stands at its first place. In
   proportion to what was in it and is. VT_ERROR_USAGE as above. */
bool vt_index_set_album_items(vt_index *index, int64_t id, const int64_t *item_ids, size_t count,
                              vt_error *error);

typedef struct vt_index_album {
    int64_t id;
    int64_t place;
    const char *name; /* UTF-8, a NUL follows; lives as long as the index */
    uint32_t name_length;
    bool removed;
    const uint32_t *rows; /* in the album's order, some perhaps removed; lives as long as the snapshot */
    uint32_t row_count;
} vt_index_album;

/* Albums, numbered from 0 in the order they became known; removed ones count. */
uint32_t vt_snapshot_album_count(const vt_snapshot *snapshot);

/* Constant time. */
void vt_snapshot_album(const vt_snapshot *snapshot, uint32_t album, vt_index_album *of);

/* The album `id`, VT_INDEX_NO_ALBUM if there is none. Looks at all of them. */
uint32_t vt_snapshot_find_album(const vt_snapshot *snapshot, int64_t id);

/* The numbers of the albums that hold the item in `row`, ascending; some may have been removed since. They
   live as long as the snapshot. Constant time. */
const uint32_t *vt_snapshot_albums_of(const vt_snapshot *snapshot, uint32_t row, uint32_t *count);

#endif
