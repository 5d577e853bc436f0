/* Private to core/index: what the files that write to the index share. */
#ifndef VT_INDEX_INDEX_PRIVATE_H
#define VT_INDEX_INDEX_PRIVATE_H

#include "core/index/albums_private.h"
#include "core/index/chunk.h"
#include "core/index/stacks_private.h"
#include "core/index/tags_private.h"
#include "core/index/twins_private.h"

#include <pthread.h>

struct vt_index {
    /* Writer's. */
    vt_piece *pieces; /* owned, and one reference on each chunk and block */
    uint32_t piece_count, piece_capacity;
    uint32_t count;     /* rows taken in */
    uint32_t removed;   /* of them: rows that are marked so */
    uint32_t published; /* rows of the newest snapshot: those before it may be read by others */
    uint32_t last_row;  /* the one that was looked for last */
    uint64_t version;
    vt_names names;
    vt_names moved_names; /* of rows that were renamed: `names` are in the order of the rows */
    vt_tables tables;     /* grow under the eyes of readers, see vt_folders */
    int64_t last_folder_id;
    uint32_t last_folder; /* its number: items mostly come folder by folder */
    size_t file_blocks, user_blocks;
    vt_tags tags;
    vt_albums albums;
    vt_sets *tag_sets, *album_sets; /* one reference each */
    vt_twin_found twins[VT_TWIN_KINDS];
    vt_stacks stacks;

    pthread_mutex_t lock;
    const vt_snapshot *newest; /* the index's own reference */
};

/* The row of `id`, mostly the one behind that of the call before; VT_INDEX_NO_ROW. */
uint32_t vt_index_row_of(vt_index *index, int64_t id);

/* A chunk behind those that are there, its rows not filled. False when memory runs out. */
bool vt_index_add_chunk(vt_index *index);

/* The block of `row` for writing, made or copied as needed. NULL when memory runs out. */
vt_file_block *vt_index_own_file(vt_index *index, uint32_t row);
vt_user_block *vt_index_own_user(vt_index *index, uint32_t row);

/* Gives a row a set of tags or albums: ascending, distinct numbers. False when memory runs out. Now and then
   it leaves behind, in time proportional to the rows, the sets that no row has any more: before they would be
   more than those that some row has, and some thousands. */
typedef enum vt_set_kind { VT_SET_TAGS, VT_SET_ALBUMS } vt_set_kind;
bool vt_index_put_set(vt_index *index, uint32_t row, vt_set_kind kind, const uint32_t *members,
                      uint32_t count);

#endif
