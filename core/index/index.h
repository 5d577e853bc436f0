/*
 * The index: the catalog in memory, as columns, for the views.
 *
 * One writer appends and changes rows and publishes them; everybody else reads snapshots. A snapshot never
 * changes: it is a count and a list of chunks of 4096 rows. Appending writes behind the count of every
 * snapshot that exists, so it copies nothing; changing rows that were published copies their chunk first and
 * leaves the old one to the snapshots that hold it. So readers take no lock but for the pointer swap of
 * vt_index_snapshot, plain loops run over plain arrays, and what a view shows stays consistent until it takes
 * the next snapshot.
 *
 * A row number is the item's for good: rows are in ascending order of id, are never moved and never removed
 * (an item that was removed keeps its row, marked). About 60 bytes a row beside names, and 32 for its
 * tiny thumbnail (tiny.h); a name stands there twice, as it is and folded for searching. What most items do
 * not have (labels, titles, dates, cameras, tags, albums: attributes.h, tags.h, albums.h) stands beside the
 * rows that have it, at most some 40 bytes each.
 *
 * Threads: functions that take a `vt_index *` to write, one thread at a time; vt_index_snapshot and
 * everything on a snapshot, any thread, the UI's too.
 */
#ifndef VT_INDEX_INDEX_H
#define VT_INDEX_INDEX_H

#include "core/base/error.h"
#include "core/base/str.h"
#include "core/catalog/reader.h"
#include "core/catalog/record.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_INDEX_ROWS_MAX    ((uint32_t)16 * 1024 * 1024)
#define VT_INDEX_FOLDERS_MAX ((uint32_t)4 * 1024 * 1024)
#define VT_INDEX_NO_ROW      UINT32_MAX

typedef struct vt_index vt_index;
typedef struct vt_snapshot vt_snapshot;

/* NULL when memory runs out. */
vt_index *vt_index_create(void);

/* Every snapshot must have been released. NULL is allowed. */
void vt_index_free(vt_index *index);

/* Makes a folder known before items of it are appended; one that is known already is left as it is. `path` is
   copied. False: VT_ERROR_MEMORY or VT_ERROR_LIMIT. */
bool vt_index_add_folder(vt_index *index, int64_t id, const char *path, size_t length, vt_error *error);

/* Takes in items, names copied: a new id (greater than all before) becomes a new row, a known id changes its
   row, name and folder, too; attributes stay as they are. One that is VT_ITEM_TRASHED is as removed. Not
   visible before vt_index_publish.
   VT_ERROR_MEMORY, VT_ERROR_LIMIT, or VT_ERROR_USAGE for an id that is out of order or a folder that is not
   known; then the items before it are in. */
bool vt_index_put(vt_index *index, const vt_item_brief *items, size_t count, vt_error *error);

/* Marks the row of `id` as removed: no filter matches it any more. An unknown id is ignored. */
bool vt_index_remove(vt_index *index, int64_t id, vt_error *error);

/* Changes one column of a row and nothing else. An unknown id is ignored. VT_ERROR_MEMORY. */
bool vt_index_set_rating(vt_index *index, int64_t id, uint8_t rating, vt_error *error);

/* Shows what was taken in since the last time to those who ask for a snapshot from now on. */
bool vt_index_publish(vt_index *index, vt_error *error);

/* Reads the whole catalog into an empty index and publishes it. `second` is another reader of the same
   catalog, for a thread that reads ahead: half the time on two processors. NULL: none; it must be NULL if
   somebody may be writing, for both must see the same commit. `*cancelled` (NULL allowed) is looked at every
   few thousand rows: VT_ERROR_CANCELLED. VT_ERROR_CORRUPT for items that contradict each other. After a
   failure nothing is published; free the index. */
bool vt_index_load(vt_index *index, vt_catalog_reader *reader, vt_catalog_reader *second,
                   const atomic_bool *cancelled, vt_error *error);

/* Bytes held: columns and tables, and the names and folder paths beside them. Writer's thread. */
void vt_index_memory(const vt_index *index, size_t *columns, size_t *names);

/* The newest published rows. Released by vt_snapshot_release; never NULL. */
const vt_snapshot *vt_index_snapshot(vt_index *index);
const vt_snapshot *vt_snapshot_retain(const vt_snapshot *snapshot);
void vt_snapshot_release(const vt_snapshot *snapshot);

/* Grows with every publish. */
uint64_t vt_snapshot_version(const vt_snapshot *snapshot);

/* Rows, numbered from 0; all `row` arguments below must be smaller. Removed ones count. */
uint32_t vt_snapshot_count(const vt_snapshot *snapshot);

/* Items: rows without those that were removed. In constant time. */
uint32_t vt_snapshot_item_count(const vt_snapshot *snapshot);

/* The columns of one row, in constant time. `item->name` lives as long as the index. Triangles beyond
   4,294,967,295 are given as that. */
void vt_snapshot_item(const vt_snapshot *snapshot, uint32_t row, vt_item_brief *item);

bool vt_snapshot_removed(const vt_snapshot *snapshot, uint32_t row);

/* The row of an item, VT_INDEX_NO_ROW if there is none. Logarithmic. */
uint32_t vt_snapshot_find(const vt_snapshot *snapshot, int64_t id);

/* Appends the path of the item in `row` as bytes. Check `path->failed`. */
void vt_snapshot_path(const vt_snapshot *snapshot, uint32_t row, vt_str *path);

/* Folders, numbered from 0 in the order they became known. */
uint32_t vt_snapshot_folder_count(const vt_snapshot *snapshot);

/* The number of the folder of the item in `row`. */
uint32_t vt_snapshot_folder_of(const vt_snapshot *snapshot, uint32_t row);

/* Path (bytes, a NUL follows; lives as long as the index) and id of a folder; `length` and `id` may be NULL.
 */
const char *vt_snapshot_folder(const vt_snapshot *snapshot, uint32_t folder, size_t *length, int64_t *id);

#endif
