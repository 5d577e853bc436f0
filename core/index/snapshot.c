#include "core/index/albums_private.h"
#include "core/index/chunk.h"
#include "core/index/stacks_private.h"
#include "core/index/tags_private.h"
#include "core/index/twins_private.h"

#include <stdlib.h>

vt_snapshot *vt_snapshot_create(const vt_piece *pieces, uint32_t count, uint32_t removed,
                                const vt_tables *tables, const vt_shared *shared, uint64_t version)
{
    uint32_t piece_count = vt_chunks_for(count);
    vt_snapshot *snapshot = malloc(sizeof *snapshot + piece_count * sizeof *pieces);
    if (!snapshot) {
        return NULL;
    }
    atomic_init(&snapshot->references, 1);
    snapshot->count = count;
    snapshot->removed = removed;
    snapshot->folder_count = tables->folders.count;
    snapshot->title_count = tables->titles.count;
    snapshot->camera_count = tables->cameras.count;
    snapshot->version = version;
    snapshot->tables = tables;
    snapshot->folders = &tables->folders;
    snapshot->tiny = tables->tiny;
    snapshot->tags = vt_tag_table_retain(shared->tags);
    snapshot->albums = vt_album_table_retain(shared->albums);
    snapshot->tag_sets = vt_sets_retain(shared->tag_sets);
    snapshot->album_sets = vt_sets_retain(shared->album_sets);
    snapshot->tag_set_count = shared->tag_sets->count;
    snapshot->album_set_count = shared->album_sets->count;
    for (int kind = 0; kind < VT_TWIN_KINDS; kind++) {
        snapshot->twins[kind] = vt_twin_table_retain(shared->twins[kind]);
    }
    snapshot->stacks = vt_stack_table_retain(shared->stacks);
    for (uint32_t i = 0; i < piece_count; i++) {
        const vt_piece *piece = &pieces[i];
        snapshot->pieces[i] = *piece;
        atomic_fetch_add_explicit(&piece->chunk->references, 1, memory_order_relaxed);
        if (piece->file) {
            atomic_fetch_add_explicit(&piece->file->references, 1, memory_order_relaxed);
        }
        if (piece->user) {
            atomic_fetch_add_explicit(&piece->user->references, 1, memory_order_relaxed);
        }
    }
    return snapshot;
}

void vt_piece_release(const vt_piece *piece)
{
    vt_chunk_release(piece->chunk);
    vt_file_block_release(piece->file);
    vt_user_block_release(piece->user);
}

void vt_chunk_release(vt_chunk *chunk)
{
    if (chunk && atomic_fetch_sub_explicit(&chunk->references, 1, memory_order_acq_rel) == 1) {
        free(chunk);
    }
}

void vt_file_block_release(vt_file_block *block)
{
    if (block && atomic_fetch_sub_explicit(&block->references, 1, memory_order_acq_rel) == 1) {
        free(block);
    }
}

void vt_user_block_release(vt_user_block *block)
{
    if (block && atomic_fetch_sub_explicit(&block->references, 1, memory_order_acq_rel) == 1) {
        free(block);
    }
}

const vt_snapshot *vt_snapshot_retain(const vt_snapshot *snapshot)
{
    /* The count is the one part of a snapshot that changes; to its readers it is const. */
    atomic_fetch_add_explicit(&((vt_snapshot *)snapshot)->references, 1, memory_order_relaxed);
    return snapshot;
}

void vt_snapshot_release(const vt_snapshot *snapshot)
{
    vt_snapshot *own = (vt_snapshot *)snapshot;
    if (!own || atomic_fetch_sub_explicit(&own->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    for (uint32_t i = 0; i < vt_chunks_for(own->count); i++) {
        vt_piece_release(&own->pieces[i]);
    }
    vt_tag_table_release(own->tags);
    vt_album_table_release(own->albums);
    vt_sets_release(own->tag_sets);
    vt_sets_release(own->album_sets);
    for (int kind = 0; kind < VT_TWIN_KINDS; kind++) {
        vt_twin_table_release(own->twins[kind]);
    }
    vt_stack_table_release(own->stacks);
    free(own);
}

uint64_t vt_snapshot_version(const vt_snapshot *snapshot)
{
    return snapshot->version;
}

uint32_t vt_snapshot_count(const vt_snapshot *snapshot)
{
    return snapshot->count;
}

uint32_t vt_snapshot_item_count(const vt_snapshot *snapshot)
{
    return snapshot->count - snapshot->removed;
}

void vt_snapshot_item(const vt_snapshot *snapshot, uint32_t row, vt_item_brief *item)
{
    const vt_chunk *chunk = vt_snapshot_chunk(snapshot, row);
    uint32_t at = row & VT_CHUNK_MASK;
    *item = (vt_item_brief){
        .id = chunk->id[at],
        .folder_id = vt_folders_at(snapshot->folders, chunk->folder[at])->id,
        .name = chunk->name[at],
        .name_length = chunk->name_length[at],
        .width = chunk->width[at],
        .height = chunk->height[at],
        .size = chunk->size[at],
        .mtime_ns = chunk->mtime[at],
        .triangles = chunk->triangles[at],
        .kind = chunk->kind[at],
        .format = chunk->format[at],
        .state = chunk->state[at],
        .watertight = chunk->watertight[at],
        .rating = chunk->rating[at],
        .taken_ns = VT_TAKEN_UNKNOWN,
        .title = "",
        .camera = "",
    };
    const vt_vocabulary *titles = &snapshot->tables->titles;
    const vt_file_block *file = vt_snapshot_file_block(snapshot, row);
    if (file) {
        item->taken_ns = file->taken[at];
        if (file->camera[at]) {
            item->camera =
                vt_vocabulary_text(&snapshot->tables->cameras, file->camera[at], &item->camera_length);
        }
        if (file->title[at]) {
            item->title = vt_vocabulary_text(titles, file->title[at], &item->title_length);
        }
    }
    const vt_user_block *user = vt_snapshot_user_block(snapshot, row);
    if (user) {
        item->label = user->label[at];
        if (user->title[at]) {
            item->title = vt_vocabulary_text(titles, user->title[at], &item->title_length);
        }
    }
}

bool vt_snapshot_removed(const vt_snapshot *snapshot, uint32_t row)
{
    return vt_snapshot_chunk(snapshot, row)->removed[row & VT_CHUNK_MASK];
}

uint32_t vt_pieces_before(const vt_piece *pieces, uint32_t count, int64_t id)
{
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (pieces[middle >> VT_CHUNK_SHIFT].chunk->id[middle & VT_CHUNK_MASK] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t vt_pieces_find(const vt_piece *pieces, uint32_t count, int64_t id)
{
    uint32_t low = vt_pieces_before(pieces, count, id);
    bool found = low < count && pieces[low >> VT_CHUNK_SHIFT].chunk->id[low & VT_CHUNK_MASK] == id;
    return found ? low : VT_INDEX_NO_ROW;
}

uint32_t vt_snapshot_find(const vt_snapshot *snapshot, int64_t id)
{
    return vt_pieces_find(snapshot->pieces, snapshot->count, id);
}

void vt_snapshot_path(const vt_snapshot *snapshot, uint32_t row, vt_str *path)
{
    const vt_chunk *chunk = vt_snapshot_chunk(snapshot, row);
    uint32_t at = row & VT_CHUNK_MASK;
    const vt_folder *folder = vt_folders_at(snapshot->folders, chunk->folder[at]);
    vt_str_append(path, folder->path, folder->length);
    if (folder->length == 0 || folder->path[folder->length - 1] != '/') {
        vt_str_append_char(path, '/');
    }
    vt_str_append(path, chunk->name[at], chunk->name_length[at]);
}

uint32_t vt_snapshot_folder_count(const vt_snapshot *snapshot)
{
    return snapshot->folder_count;
}

uint32_t vt_snapshot_folder_of(const vt_snapshot *snapshot, uint32_t row)
{
    return vt_snapshot_chunk(snapshot, row)->folder[row & VT_CHUNK_MASK];
}

const char *vt_snapshot_folder(const vt_snapshot *snapshot, uint32_t folder, size_t *length, int64_t *id)
{
    const vt_folder *entry = vt_folders_at(snapshot->folders, folder);
    if (length) {
        *length = entry->length;
    }
    if (id) {
        *id = entry->id;
    }
    return entry->path;
}
