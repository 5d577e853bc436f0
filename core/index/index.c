#include "core/index/index.h"

#include "core/base/arena.h"
#include "core/index/chunk.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct vt_index {
    /* Writer's. */
    vt_chunk **chunks; /* one reference on each; owned */
    uint32_t chunk_count, chunk_capacity;
    uint32_t count;     /* rows taken in */
    uint32_t removed;   /* of them: rows that are marked so */
    uint32_t published; /* rows of the newest snapshot: those before it may be read by others */
    uint64_t version;
    vt_names names;
    vt_names moved_names; /* of rows that were renamed: `names` are in the order of the rows */
    vt_tiny_column *tiny;
    vt_folders folders; /* grows under the eyes of readers, see vt_folders */
    int64_t last_folder_id;
    uint32_t last_folder; /* its number: items mostly come folder by folder */

    pthread_mutex_t lock;
    const vt_snapshot *newest; /* the index's own reference */
};

vt_index *vt_index_create(void)
{
    vt_index *index = calloc(1, sizeof *index);
    if (!index) {
        return NULL;
    }
    index->last_folder = UINT32_MAX;
    index->tiny = vt_tiny_column_create();
    index->newest = index->tiny ? vt_snapshot_create(NULL, 0, 0, &index->folders, index->tiny, 0) : NULL;
    if (!index->newest || pthread_mutex_init(&index->lock, NULL) != 0) {
        vt_snapshot_release(index->newest);
        vt_tiny_column_free(index->tiny);
        free(index);
        return NULL;
    }
    return index;
}

void vt_index_free(vt_index *index)
{
    if (!index) {
        return;
    }
    vt_snapshot_release(index->newest);
    for (uint32_t i = 0; i < index->chunk_count; i++) {
        vt_chunk_release(index->chunks[i]);
    }
    free(index->chunks);
    vt_names_free(&index->names);
    vt_names_free(&index->moved_names);
    vt_folders_free(&index->folders);
    vt_tiny_column_free(index->tiny);
    pthread_mutex_destroy(&index->lock);
    free(index);
}

bool vt_index_add_folder(vt_index *index, int64_t id, const char *path, size_t length, vt_error *error)
{
    return vt_folders_add(&index->folders, id, path, length, error);
}

static bool no_memory(const vt_index *index, vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory for the index beyond %u items", index->count);
}

static bool add_chunk(vt_index *index)
{
    if (index->chunk_count == index->chunk_capacity) {
        uint32_t capacity = index->chunk_capacity ? index->chunk_capacity * 2 : 64;
        vt_chunk **chunks = realloc(index->chunks, capacity * sizeof(vt_chunk *));
        if (!chunks) {
            return false;
        }
        index->chunks = chunks;
        index->chunk_capacity = capacity;
    }
    vt_chunk *chunk = malloc(sizeof *chunk);
    if (!chunk) {
        return false;
    }
    atomic_init(&chunk->references, 1);
    chunk->scattered = false;
    index->chunks[index->chunk_count++] = chunk;
    return true;
}

/* The chunk of `row` for writing: a copy if the row may be read by others. Only the writer adds references to
   a chunk, so one that has no other than ours stays ours. NULL when memory runs out. */
static vt_chunk *own_chunk(vt_index *index, uint32_t row)
{
    vt_chunk **place = &index->chunks[row >> VT_CHUNK_SHIFT];
    if (row >= index->published || atomic_load_explicit(&(*place)->references, memory_order_acquire) == 1) {
        return *place;
    }
    vt_chunk *copy = malloc(sizeof *copy);
    if (!copy) {
        return NULL;
    }
    memcpy((char *)copy + sizeof copy->references, (const char *)*place + sizeof copy->references,
           sizeof *copy - sizeof copy->references);
    atomic_init(&copy->references, 1);
    vt_chunk_release(*place);
    *place = copy;
    return copy;
}

/* What may change in a row. */
static void set_row(vt_chunk *chunk, uint32_t at, const vt_item_brief *item)
{
    chunk->size[at] = item->size;
    chunk->mtime[at] = item->mtime_ns;
    chunk->width[at] = item->width;
    chunk->height[at] = item->height;
    chunk->triangles[at] = item->triangles > UINT32_MAX ? UINT32_MAX : (uint32_t)item->triangles;
    chunk->kind[at] = item->kind;
    chunk->format[at] = item->format;
    chunk->state[at] = item->state;
    chunk->watertight[at] = item->watertight;
    chunk->rating[at] = item->rating;
}

static uint32_t folder_number(vt_index *index, int64_t id)
{
    if (index->last_folder == UINT32_MAX || id != index->last_folder_id) {
        index->last_folder = vt_folders_find(&index->folders, id);
        index->last_folder_id = id;
    }
    return index->last_folder;
}

/* Whether a row may have the name of `item` and this folder. */
static bool check_place(const vt_item_brief *item, uint32_t folder, vt_error *error)
{
    if (folder == UINT32_MAX) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "item %lld is in folder %lld, which the index does not know", (long long)item->id,
                            (long long)item->folder_id);
    }
    if (item->name_length > VT_NAME_LENGTH_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "the name of item %lld is longer than %u bytes",
                            (long long)item->id, VT_NAME_LENGTH_MAX);
    }
    return true;
}

static bool append_row(vt_index *index, const vt_item_brief *item, vt_error *error)
{
    uint32_t folder = folder_number(index, item->folder_id);
    if (!check_place(item, folder, error)) {
        return false;
    }
    uint32_t row = index->count;
    if (row == VT_INDEX_ROWS_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "more than %u items: split the library into two catalogs",
                            VT_INDEX_ROWS_MAX);
    }
    if (row >> VT_CHUNK_SHIFT == index->chunk_count && !add_chunk(index)) {
        return no_memory(index, error);
    }
    const char *name = vt_names_add(&index->names, item->name, item->name_length);
    if (!name) {
        return no_memory(index, error);
    }

    vt_chunk *chunk = index->chunks[row >> VT_CHUNK_SHIFT];
    uint32_t at = row & VT_CHUNK_MASK;
    chunk->id[at] = item->id;
    chunk->name[at] = name;
    chunk->name_length[at] = (uint16_t)item->name_length;
    chunk->folder[at] = folder;
    chunk->removed[at] = 0;
    set_row(chunk, at, item);
    index->count++;
    return true;
}

static int64_t last_id(const vt_index *index)
{
    if (index->count == 0) {
        return INT64_MIN;
    }
    uint32_t row = index->count - 1;
    return index->chunks[row >> VT_CHUNK_SHIFT]->id[row & VT_CHUNK_MASK];
}

/* Where a row is marked or taken back, and nowhere else: the rows marked are counted. */
static void mark_removed(vt_index *index, vt_chunk *chunk, uint32_t at, bool removed)
{
    index->removed += removed;
    index->removed -= chunk->removed[at];
    chunk->removed[at] = removed;
}

static bool change_row(vt_index *index, uint32_t row, const vt_item_brief *item, vt_error *error)
{
    vt_chunk *chunk = own_chunk(index, row);
    if (!chunk) {
        return no_memory(index, error);
    }
    set_row(chunk, row & VT_CHUNK_MASK, item);
    mark_removed(index, chunk, row & VT_CHUNK_MASK, false);
    return true;
}

/* A chunk that no snapshot holds, for changes that concern it as a whole. NULL when memory runs out. */
static vt_chunk *own_whole_chunk(vt_index *index, uint32_t row)
{
    uint32_t published = index->published;
    index->published = UINT32_MAX; /* so that rows not yet published are copied, too */
    vt_chunk *chunk = own_chunk(index, row);
    index->published = published;
    return chunk;
}

/* Gives a row the name and the folder of `item`, if they are others. The name goes to a block of its own:
   from then on the names of the chunk are searched one by one. */
static bool move_row(vt_index *index, uint32_t row, const vt_item_brief *item, vt_error *error)
{
    const vt_chunk *now = index->chunks[row >> VT_CHUNK_SHIFT];
    uint32_t at = row & VT_CHUNK_MASK;
    uint32_t folder = folder_number(index, item->folder_id);
    const char *name = now->name[at];
    bool named =
        now->name_length[at] == item->name_length && memcmp(name, item->name, item->name_length) == 0;
    if (named && now->folder[at] == folder) {
        return true;
    }
    if (!check_place(item, folder, error)) {
        return false;
    }
    vt_chunk *chunk = named ? own_chunk(index, row) : own_whole_chunk(index, row);
    name = named ? name : vt_names_add(&index->moved_names, item->name, item->name_length);
    if (!chunk || !name) {
        return no_memory(index, error);
    }
    chunk->scattered = chunk->scattered || !named;
    chunk->name[at] = name;
    chunk->name_length[at] = (uint16_t)item->name_length;
    chunk->folder[at] = folder;
    return true;
}

static bool put_one(vt_index *index, const vt_item_brief *item, vt_error *error)
{
    if (item->id > last_id(index)) {
        return append_row(index, item, error);
    }
    uint32_t row = vt_chunks_find(index->chunks, index->count, item->id);
    if (row == VT_INDEX_NO_ROW) {
        return vt_error_set(error, VT_ERROR_USAGE, "item %lld is new but comes after item %lld",
                            (long long)item->id, (long long)last_id(index));
    }
    return move_row(index, row, item, error) && change_row(index, row, item, error);
}

bool vt_index_put(vt_index *index, const vt_item_brief *items, size_t count, vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (!put_one(index, &items[i], error)) {
            return false;
        }
    }
    return true;
}

bool vt_index_remove(vt_index *index, int64_t id, vt_error *error)
{
    uint32_t row = vt_chunks_find(index->chunks, index->count, id);
    if (row == VT_INDEX_NO_ROW) {
        return true;
    }
    vt_chunk *chunk = own_chunk(index, row);
    if (!chunk) {
        return no_memory(index, error);
    }
    mark_removed(index, chunk, row & VT_CHUNK_MASK, true);
    return true;
}

bool vt_index_publish(vt_index *index, vt_error *error)
{
    const vt_snapshot *snapshot = vt_snapshot_create(index->chunks, index->count, index->removed,
                                                     &index->folders, index->tiny, index->version + 1);
    if (!snapshot) {
        return no_memory(index, error);
    }
    index->version++;
    index->published = index->count;
    pthread_mutex_lock(&index->lock);
    const vt_snapshot *before = index->newest;
    index->newest = snapshot;
    pthread_mutex_unlock(&index->lock);
    vt_snapshot_release(before);
    return true;
}

const vt_snapshot *vt_index_snapshot(vt_index *index)
{
    pthread_mutex_lock(&index->lock);
    const vt_snapshot *snapshot = vt_snapshot_retain(index->newest);
    pthread_mutex_unlock(&index->lock);
    return snapshot;
}

void vt_index_memory(const vt_index *index, size_t *columns, size_t *names)
{
    *columns = sizeof *index + index->chunk_count * sizeof(vt_chunk) +
               index->chunk_capacity * sizeof(vt_chunk *) + vt_folders_bytes(&index->folders) +
               vt_tiny_column_bytes(index->tiny);
    *names = vt_names_bytes(&index->names) + vt_names_bytes(&index->moved_names);
    if (index->folders.text) {
        *names += vt_arena_bytes(index->folders.text);
    }
}
