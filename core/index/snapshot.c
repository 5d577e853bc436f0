#include "core/index/chunk.h"

#include <stdlib.h>

vt_snapshot *vt_snapshot_create(vt_chunk *const *chunks, uint32_t count, uint32_t removed,
                                const vt_folders *folders, vt_tiny_column *tiny, uint64_t version)
{
    uint32_t chunk_count = vt_chunks_for(count);
    vt_snapshot *snapshot = malloc(sizeof *snapshot + chunk_count * sizeof(vt_chunk *));
    if (!snapshot) {
        return NULL;
    }
    atomic_init(&snapshot->references, 1);
    snapshot->count = count;
    snapshot->removed = removed;
    snapshot->folder_count = folders->count;
    snapshot->version = version;
    snapshot->folders = folders;
    snapshot->tiny = tiny;
    for (uint32_t i = 0; i < chunk_count; i++) {
        atomic_fetch_add_explicit(&chunks[i]->references, 1, memory_order_relaxed);
        snapshot->chunks[i] = chunks[i];
    }
    return snapshot;
}

void vt_chunk_release(vt_chunk *chunk)
{
    if (chunk && atomic_fetch_sub_explicit(&chunk->references, 1, memory_order_acq_rel) == 1) {
        free(chunk);
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
        vt_chunk_release(own->chunks[i]);
    }
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
    };
}

bool vt_snapshot_removed(const vt_snapshot *snapshot, uint32_t row)
{
    return vt_snapshot_chunk(snapshot, row)->removed[row & VT_CHUNK_MASK];
}

uint32_t vt_chunks_find(vt_chunk *const *chunks, uint32_t count, int64_t id)
{
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (chunks[middle >> VT_CHUNK_SHIFT]->id[middle & VT_CHUNK_MASK] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < count && chunks[low >> VT_CHUNK_SHIFT]->id[low & VT_CHUNK_MASK] == id;
    return found ? low : VT_INDEX_NO_ROW;
}

uint32_t vt_snapshot_find(const vt_snapshot *snapshot, int64_t id)
{
    return vt_chunks_find(snapshot->chunks, snapshot->count, id);
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
