#include "core/index/index.h"

#include "core/base/arena.h"
#include "core/index/index_private.h"
#include "core/index/letters.h"

#include <stdlib.h>
#include <string.h>

static vt_snapshot *take_snapshot(const vt_index *index, uint64_t version)
{
    const vt_shared shared = {
        .tags = index->tags.newest,
        .albums = index->albums.newest,
        .tag_sets = index->tag_sets,
        .album_sets = index->album_sets,
        .twins = {index->twins[VT_TWIN_SAME].newest, index->twins[VT_TWIN_ALIKE].newest},
        .stacks = index->stacks.newest};
    return vt_snapshot_create(index->pieces, index->count, index->removed, &index->tables, &shared, version);
}

/* Also of an index that was not made to the end. */
static void free_parts(vt_index *index)
{
    vt_snapshot_release(index->newest);
    for (uint32_t i = 0; i < index->piece_count; i++) {
        vt_piece_release(&index->pieces[i]);
    }
    free(index->pieces);
    vt_names_free(&index->names);
    vt_names_free(&index->moved_names);
    vt_folders_free(&index->tables.folders);
    vt_vocabulary_free(&index->tables.titles);
    vt_vocabulary_free(&index->tables.cameras);
    vt_tiny_column_free(index->tables.tiny);
    vt_order_cache_free(index->tables.order);
    vt_tags_free(&index->tags);
    vt_albums_free(&index->albums);
    vt_sets_release(index->tag_sets);
    vt_sets_release(index->album_sets);
    vt_twins_free(index->twins);
    vt_stacks_free(&index->stacks);
}

vt_index *vt_index_create(void)
{
    vt_index *index = calloc(1, sizeof *index);
    if (!index) {
        return NULL;
    }
    index->last_folder = UINT32_MAX;
    index->last_row = VT_INDEX_NO_ROW;
    index->tables.tiny = vt_tiny_column_create();
    index->tables.order = vt_order_cache_create();
    index->tag_sets = vt_sets_create();
    index->album_sets = vt_sets_create();
    bool made = index->tables.tiny && index->tables.order && index->tag_sets && index->album_sets;
    index->newest = made ? take_snapshot(index, 0) : NULL;
    if (!index->newest || pthread_mutex_init(&index->lock, NULL) != 0) {
        free_parts(index);
        free(index);
        return NULL;
    }
    return index;
}

void vt_index_free(vt_index *index)
{
    if (index) {
        free_parts(index);
        pthread_mutex_destroy(&index->lock);
        free(index);
    }
}

bool vt_index_add_folder(vt_index *index, int64_t id, const char *path, size_t length, vt_error *error)
{
    return vt_folders_add(&index->tables.folders, id, path, length, error);
}

static bool no_memory(const vt_index *index, vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory for the index beyond %u items", index->count);
}

bool vt_index_add_chunk(vt_index *index)
{
    if (index->piece_count == index->piece_capacity) {
        uint32_t capacity = index->piece_capacity ? index->piece_capacity * 2 : 64;
        vt_piece *pieces = realloc(index->pieces, capacity * sizeof *pieces);
        if (!pieces) {
            return false;
        }
        index->pieces = pieces;
        index->piece_capacity = capacity;
    }
    vt_chunk *chunk = malloc(sizeof *chunk);
    if (!chunk) {
        return false;
    }
    atomic_init(&chunk->references, 1);
    chunk->scattered = false;
    memset(&chunk->letters, 0, sizeof chunk->letters);
    index->pieces[index->piece_count++] = (vt_piece){.chunk = chunk};
    return true;
}

/* The chunk of `row` for writing: a copy if the row may be read by others. Only the writer adds references to
   a chunk, so one that has no other than ours stays ours. NULL when memory runs out. */
static vt_chunk *own_chunk(vt_index *index, uint32_t row)
{
    vt_chunk **place = &index->pieces[row >> VT_CHUNK_SHIFT].chunk;
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

void vt_chunk_set(vt_chunk *chunk, uint32_t at, const vt_item_brief *item)
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
        index->last_folder = vt_folders_find(&index->tables.folders, id);
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

/* `letters`: of the name before; 0 for a row that had none. */
static void set_name(vt_chunk *chunk, uint32_t at, uint64_t letters, const char *name, uint32_t length)
{
    chunk->name[at] = name;
    chunk->name_length[at] = (uint16_t)length;
    vt_letters_change(&chunk->letters, at, letters, vt_letters(vt_name_folded(name), length));
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
    if (row >> VT_CHUNK_SHIFT == index->piece_count && !vt_index_add_chunk(index)) {
        return no_memory(index, error);
    }
    const char *name = vt_names_add(&index->names, item->name, item->name_length);
    if (!name) {
        return no_memory(index, error);
    }

    vt_chunk *chunk = index->pieces[row >> VT_CHUNK_SHIFT].chunk;
    uint32_t at = row & VT_CHUNK_MASK;
    chunk->id[at] = item->id;
    set_name(chunk, at, 0, name, item->name_length);
    chunk->folder[at] = folder;
    chunk->removed[at] = item->state == VT_ITEM_TRASHED;
    index->removed += chunk->removed[at];
    vt_chunk_set(chunk, at, item);
    index->count++;
    return true;
}

static int64_t last_id(const vt_index *index)
{
    if (index->count == 0) {
        return INT64_MIN;
    }
    uint32_t row = index->count - 1;
    return index->pieces[row >> VT_CHUNK_SHIFT].chunk->id[row & VT_CHUNK_MASK];
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
    vt_chunk_set(chunk, row & VT_CHUNK_MASK, item);
    vt_twins_touch(index->twins, row);
    vt_stacks_touch(&index->stacks, row);
    mark_removed(index, chunk, row & VT_CHUNK_MASK, item->state == VT_ITEM_TRASHED);
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
    const vt_chunk *now = index->pieces[row >> VT_CHUNK_SHIFT].chunk;
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
    uint64_t letters = vt_letters(vt_name_folded(chunk->name[at]), chunk->name_length[at]);
    set_name(chunk, at, letters, name, item->name_length);
    chunk->folder[at] = folder;
    return true;
}

static bool put_one(vt_index *index, const vt_item_brief *item, vt_error *error)
{
    if (item->id > last_id(index)) {
        return append_row(index, item, error);
    }
    uint32_t row = vt_pieces_find(index->pieces, index->count, item->id);
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
    uint32_t row = vt_pieces_find(index->pieces, index->count, id);
    if (row == VT_INDEX_NO_ROW) {
        return true;
    }
    vt_chunk *chunk = own_chunk(index, row);
    if (!chunk) {
        return no_memory(index, error);
    }
    vt_twins_touch(index->twins, row);
    vt_stacks_touch(&index->stacks, row);
    mark_removed(index, chunk, row & VT_CHUNK_MASK, true);
    return true;
}

bool vt_index_set_rating(vt_index *index, int64_t id, uint8_t rating, vt_error *error)
{
    uint32_t row = vt_pieces_find(index->pieces, index->count, id);
    vt_chunk *chunk = row == VT_INDEX_NO_ROW ? NULL : own_chunk(index, row);
    if (chunk) {
        chunk->rating[row & VT_CHUNK_MASK] = rating;
    }
    return chunk || row == VT_INDEX_NO_ROW || no_memory(index, error);
}

bool vt_index_publish(vt_index *index, vt_error *error)
{
    bool ready = vt_tags_publish(&index->tags) && vt_albums_publish(&index->albums) &&
                 vt_twins_publish(index->twins, index->pieces) &&
                 vt_stacks_publish(&index->stacks, index->pieces);
    const vt_snapshot *snapshot = ready ? take_snapshot(index, index->version + 1) : NULL;
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
    const vt_tables *tables = &index->tables;
    *columns =
        sizeof *index + index->piece_count * sizeof(vt_chunk) + index->piece_capacity * sizeof(vt_piece) +
        index->file_blocks * sizeof(vt_file_block) + index->user_blocks * sizeof(vt_user_block) +
        vt_folders_bytes(&tables->folders) + vt_vocabulary_bytes(&tables->titles) +
        vt_vocabulary_bytes(&tables->cameras) + vt_tiny_column_bytes(tables->tiny) +
        vt_tags_bytes(&index->tags) + vt_albums_bytes(&index->albums) + vt_sets_bytes(index->tag_sets) +
        vt_sets_bytes(index->album_sets) + vt_twins_bytes(index->twins) + vt_stacks_bytes(&index->stacks);
    *names = vt_names_bytes(&index->names) + vt_names_bytes(&index->moved_names) +
             vt_vocabulary_text_bytes(&tables->titles) + vt_vocabulary_text_bytes(&tables->cameras) +
             vt_names_bytes(&index->tags.names) + vt_names_bytes(&index->albums.names);
    if (index->tables.folders.text) {
        *names += vt_arena_bytes(index->tables.folders.text);
    }
}
