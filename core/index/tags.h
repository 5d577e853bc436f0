/*
 * Tags in the index: a tree of up to a million, and which of them each row has.
 *
 * A tag has a number, which is its for good; rows hold the number of a set of tags (4 bytes), and each
 * distinct set stands in the index once. So what is asked of tags is decided once a tag and once a set, and
 * looked up a row.
 *
 * Threads and publishing as index.h: functions on a `vt_index *`, the writer's thread, visible after
 * vt_index_publish; functions on a snapshot, any thread.
 */
#ifndef VT_INDEX_TAGS_H
#define VT_INDEX_TAGS_H

#include "core/base/error.h"
#include "core/base/str.h"
#include "core/index/index.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_INDEX_TAGS_MAX   ((uint32_t)1024 * 1024)
#define VT_INDEX_TAG_LEVELS 64 /* a tag at this level takes none below it */
#define VT_INDEX_NO_TAG     UINT32_MAX

/* Takes in a tag below `parent_id` (0: at the top), or renames and moves it, with all below it, if `id` is
   known. VT_ERROR_USAGE for a parent that is not known, too deep, or lies below the tag; VT_ERROR_LIMIT
   beyond VT_INDEX_TAGS_MAX or for a name of more than 32767 bytes; VT_ERROR_MEMORY. */
bool vt_index_put_tag(vt_index *index, int64_t id, int64_t parent_id, const char *name, size_t length,
                      vt_error *error);

/* Removes a tag and all below it: no item has them any more. An unknown id is ignored. */
bool vt_index_remove_tag(vt_index *index, int64_t id, vt_error *error);

/* Gives an item exactly these tags; those that are not known are passed over, and so is an item without a
   row. VT_ERROR_MEMORY. */
bool vt_index_set_tags(vt_index *index, int64_t item_id, const int64_t *tag_ids, size_t count,
                       vt_error *error);

typedef struct vt_index_tag {
    int64_t id;
    const char *name; /* UTF-8, a NUL follows; lives as long as the index */
    uint32_t name_length;
    uint32_t parent; /* number, VT_INDEX_NO_TAG at the top */
    bool removed;
} vt_index_tag;

/* Tags, numbered from 0 in the order they became known; removed ones count. */
uint32_t vt_snapshot_tag_count(const vt_snapshot *snapshot);

/* Constant time. */
void vt_snapshot_tag(const vt_snapshot *snapshot, uint32_t tag, vt_index_tag *of);

/* The tag `id`, VT_INDEX_NO_TAG if there is none. Looks at all of them: 0.2 ms at 100,000. */
uint32_t vt_snapshot_find_tag(const vt_snapshot *snapshot, int64_t id);

/* Appends "place/italy/rome". Check `path->failed`. */
void vt_snapshot_tag_path(const vt_snapshot *snapshot, uint32_t tag, vt_str *path);

/* The numbers of the tags that were given to the item in `row`, ascending; some may have been removed since.
   They live as long as the snapshot. Constant time. */
const uint32_t *vt_snapshot_tags_of(const vt_snapshot *snapshot, uint32_t row, uint32_t *count);

/*
 * All tags as a tree is listed: each before those below it, those of one parent by the natural order of their
 * names.
 */
typedef struct vt_tag_order {
    uint32_t count;   /* of tags that were not removed */
    uint32_t *tags;   /* [count] in order */
    uint32_t *ends;   /* [count]: the tags below that at `place` are at place + 1 to ends[place] - 1 */
    uint32_t *levels; /* [count]: 0 at the top */
    uint32_t *places; /* by tag: its place, VT_INDEX_NO_TAG for a removed one */
} vt_tag_order;

/* Made when it is first asked for (20 ms at 100,000: not on the UI thread) and kept as long as no tag
   changes. Valid as long as the snapshot. NULL when memory runs out. */
const vt_tag_order *vt_snapshot_tag_order(const vt_snapshot *snapshot);

#endif
