#include "core/index/attributes.h"

#include "core/index/index_private.h"
#include "core/index/zone.h"

#include <stdlib.h>
#include <string.h>

uint32_t vt_index_row_of(vt_index *index, int64_t id)
{
    uint32_t next = index->last_row + 1;
    if (next < index->count && index->pieces[next >> VT_CHUNK_SHIFT].chunk->id[next & VT_CHUNK_MASK] == id) {
        return index->last_row = next;
    }
    uint32_t row = vt_pieces_find(index->pieces, index->count, id);
    if (row != VT_INDEX_NO_ROW) {
        index->last_row = row;
    }
    return row;
}

/* As own_chunk of index.c: only the writer adds references, so a block that has no other than ours stays
   ours. */
vt_file_block *vt_index_own_file(vt_index *index, uint32_t row)
{
    vt_file_block **place = &index->pieces[row >> VT_CHUNK_SHIFT].file;
    vt_file_block *block = *place;
    if (block &&
        (row >= index->published || atomic_load_explicit(&block->references, memory_order_acquire) == 1)) {
        return block;
    }
    vt_file_block *own = malloc(sizeof *own);
    if (!own) {
        return NULL;
    }
    atomic_init(&own->references, 1);
    if (block) {
        memcpy(own->taken, block->taken, sizeof own->taken);
        memcpy(own->camera, block->camera, sizeof own->camera);
        memcpy(own->title, block->title, sizeof own->title);
    } else {
        index->file_blocks++;
        for (uint32_t at = 0; at < VT_CHUNK_ROWS; at++) {
            own->taken[at] = VT_TAKEN_UNKNOWN;
        }
        memset(own->camera, 0, sizeof own->camera);
        memset(own->title, 0, sizeof own->title);
    }
    vt_file_block_release(block);
    return *place = own;
}

vt_user_block *vt_index_own_user(vt_index *index, uint32_t row)
{
    vt_user_block **place = &index->pieces[row >> VT_CHUNK_SHIFT].user;
    vt_user_block *block = *place;
    if (block &&
        (row >= index->published || atomic_load_explicit(&block->references, memory_order_acquire) == 1)) {
        return block;
    }
    vt_user_block *own = calloc(1, sizeof *own);
    if (!own) {
        return NULL;
    }
    atomic_init(&own->references, 1);
    if (block) {
        memcpy(own->title, block->title, sizeof own->title);
        memcpy(own->tags, block->tags, sizeof own->tags);
        memcpy(own->albums, block->albums, sizeof own->albums);
        memcpy(own->label, block->label, sizeof own->label);
    } else {
        index->user_blocks++;
    }
    vt_user_block_release(block);
    return *place = own;
}

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory for the titles and dates of the library");
}

static bool check_texts(const vt_item_attributes *item, vt_error *error)
{
    uint32_t longest = 0;
    longest = item->which & VT_ATTRIBUTE_TITLE ? item->title_length : longest;
    longest = item->which & VT_ATTRIBUTE_FILE_TITLE && item->file_title_length > longest
                  ? item->file_title_length
                  : longest;
    longest =
        item->which & VT_ATTRIBUTE_CAMERA && item->camera_length > longest ? item->camera_length : longest;
    return longest <= VT_NAME_LENGTH_MAX ||
           vt_error_set(error, VT_ERROR_LIMIT, "a title or camera of item %lld is longer than %u bytes",
                        (long long)item->item_id, VT_NAME_LENGTH_MAX);
}

/* What the user gave. A block is made only for what is not nothing. */
static bool put_user(vt_index *index, uint32_t row, const vt_item_attributes *item)
{
    uint32_t at = row & VT_CHUNK_MASK;
    const vt_user_block *now = index->pieces[row >> VT_CHUNK_SHIFT].user;
    uint8_t label = now ? now->label[at] : 0;
    uint32_t title = now ? now->title[at] : 0;
    uint8_t new_label = item->which & VT_ATTRIBUTE_LABEL ? item->label : label;
    uint32_t new_title = title;
    if (item->which & VT_ATTRIBUTE_TITLE &&
        !vt_vocabulary_add(&index->tables.titles, item->title, item->title_length, &new_title)) {
        return false;
    }
    if (new_label == label && new_title == title) {
        return true;
    }
    vt_user_block *own = vt_index_own_user(index, row);
    if (own) {
        own->label[at] = new_label;
        own->title[at] = new_title;
    }
    return own != NULL;
}

static bool put_file(vt_index *index, uint32_t row, const vt_item_attributes *item)
{
    uint32_t at = row & VT_CHUNK_MASK;
    const vt_file_block *now = index->pieces[row >> VT_CHUNK_SHIFT].file;
    int64_t taken = now ? now->taken[at] : VT_TAKEN_UNKNOWN;
    uint32_t title = now ? now->title[at] : 0;
    uint32_t camera = now ? now->camera[at] : 0;
    int64_t new_taken = item->which & VT_ATTRIBUTE_TAKEN ? item->taken_ns : taken;
    uint32_t new_title = title;
    uint32_t new_camera = camera;
    if ((item->which & VT_ATTRIBUTE_FILE_TITLE &&
         !vt_vocabulary_add(&index->tables.titles, item->file_title, item->file_title_length, &new_title)) ||
        (item->which & VT_ATTRIBUTE_CAMERA &&
         !vt_vocabulary_add(&index->tables.cameras, item->camera, item->camera_length, &new_camera))) {
        return false;
    }
    if (new_taken == taken && new_title == title && new_camera == camera) {
        return true;
    }
    vt_file_block *own = vt_index_own_file(index, row);
    if (own) {
        own->taken[at] = new_taken;
        own->title[at] = new_title;
        own->camera[at] = new_camera;
    }
    return own != NULL;
}

bool vt_index_put_attributes(vt_index *index, const vt_item_attributes *items, size_t count, vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t row = vt_index_row_of(index, items[i].item_id);
        if (row == VT_INDEX_NO_ROW) {
            continue;
        }
        if (!check_texts(&items[i], error)) {
            return false;
        }
        if (!put_user(index, row, &items[i]) || !put_file(index, row, &items[i])) {
            return no_memory(error);
        }
    }
    return true;
}

bool vt_index_put_metadata(vt_index *index, const vt_metadata_brief *brief, vt_error *error)
{
    const vt_item_attributes item = {
        .item_id = brief->item_id,
        .which = VT_ATTRIBUTES_OF_FILE,
        .taken_ns = brief->taken_ns,
        .file_title = brief->title,
        .file_title_length = brief->title_length,
        .camera = brief->camera,
        .camera_length = brief->camera_length,
    };
    return vt_index_put_attributes(index, &item, 1, error);
}

int64_t vt_snapshot_date(const vt_snapshot *snapshot, uint32_t row)
{
    const vt_file_block *file = vt_snapshot_file_block(snapshot, row);
    uint32_t at = row & VT_CHUNK_MASK;
    bool taken = file && file->taken[at] != VT_TAKEN_UNKNOWN;
    return taken ? file->taken[at] : vt_zone_clock(vt_snapshot_chunk(snapshot, row)->mtime[at]);
}
