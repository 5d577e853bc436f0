#include "core/index/albums_private.h"

#include "core/index/index_private.h"

#include <stdlib.h>
#include <string.h>

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory for the albums of the library");
}

/* NULL if it is not known. */
static vt_album_row *find(vt_albums *albums, int64_t id)
{
    for (uint32_t i = 0; i < albums->count; i++) {
        if (albums->rows[i].id == id) {
            return &albums->rows[i];
        }
    }
    return NULL;
}

static vt_album_row *append_album(vt_albums *albums, int64_t id)
{
    if (albums->count == albums->capacity) {
        uint32_t capacity = albums->capacity ? albums->capacity * 2 : 16;
        vt_album_row *rows = realloc(albums->rows, capacity * sizeof *rows);
        if (!rows) {
            return NULL;
        }
        albums->rows = rows;
        albums->capacity = capacity;
    }
    vt_album_row *row = &albums->rows[albums->count++];
    *row = (vt_album_row){.id = id};
    return row;
}

bool vt_index_put_album(vt_index *index, int64_t id, int64_t place, const char *name, size_t length,
                        vt_error *error)
{
    vt_albums *albums = &index->albums;
    vt_album_row *row = find(albums, id);
    if (length > VT_NAME_LENGTH_MAX || (!row && albums->count == VT_INDEX_ALBUMS_MAX)) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "album %lld is one too many or too long: at most %u albums of %u bytes",
                            (long long)id, VT_INDEX_ALBUMS_MAX, VT_NAME_LENGTH_MAX);
    }
    bool named = row && row->length == length && memcmp(row->name, name, length) == 0;
    const char *copy = named ? row->name : vt_names_add(&albums->names, name, length);
    row = copy && !row ? append_album(albums, id) : row;
    if (!copy || !row) {
        return no_memory(error);
    }
    row->name = copy;
    row->length = (uint16_t)length;
    row->place = place;
    row->removed = false;
    albums->changed = true;
    return true;
}

static void release_list(vt_album_list *list)
{
    if (list && atomic_fetch_sub_explicit(&list->references, 1, memory_order_acq_rel) == 1) {
        free(list);
    }
}

static vt_album_list *create_list(size_t capacity)
{
    vt_album_list *list = malloc(sizeof *list + capacity * sizeof *list->rows);
    if (list) {
        atomic_init(&list->references, 1);
        list->used = 0;
        list->capacity = (uint32_t)capacity;
    }
    return list;
}

/* ---- the set of albums of a row ---- */

static bool has_member(const vt_set *set, uint32_t album)
{
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->members[i] == album) {
            return true;
        }
    }
    return false;
}

static const vt_set *set_of(const vt_index *index, uint32_t row)
{
    const vt_user_block *user = index->pieces[row >> VT_CHUNK_SHIFT].user;
    return vt_sets_at(index->album_sets, user ? user->albums[row & VT_CHUNK_MASK] : 0);
}

/* Puts an album into the set of a row, or takes it out. */
static bool change_set(vt_index *index, uint32_t row, uint32_t album, bool in)
{
    const vt_set *set = set_of(index, row);
    if (has_member(set, album) == in) {
        return true;
    }
    enum { FEW = 64 };
    uint32_t few[FEW];
    uint32_t *members = set->count + 1 <= FEW ? few : malloc((set->count + 1) * sizeof *members);
    if (!members) {
        return false;
    }
    uint32_t count = 0;
    bool placed = !in;
    for (uint32_t i = 0; i < set->count; i++) {
        if (!placed && set->members[i] > album) {
            members[count++] = album;
            placed = true;
        }
        if (set->members[i] != album) {
            members[count++] = set->members[i];
        }
    }
    if (!placed) {
        members[count++] = album;
    }
    bool done = vt_index_put_set(index, row, VT_SET_ALBUMS, members, count);
    if (members != few) {
        free(members);
    }
    return done;
}

static bool unknown(int64_t id, vt_error *error)
{
    return vt_error_set(error, VT_ERROR_USAGE, "album %lld is not known to the index", (long long)id);
}

/* Room for `count` rows more, which no table sees. */
static bool make_room(vt_album_row *album, size_t count)
{
    vt_album_list *list = album->list;
    if (list && list->used == album->count && list->capacity - list->used >= count) {
        return true;
    }
    vt_album_list *longer = create_list(album->count + count + album->count / 2);
    if (!longer) {
        return false;
    }
    if (list) {
        memcpy(longer->rows, list->rows, album->count * sizeof *longer->rows);
    }
    longer->used = album->count;
    release_list(list);
    album->list = longer;
    return true;
}

bool vt_index_add_to_album(vt_index *index, int64_t id, const int64_t *item_ids, size_t count,
                           vt_error *error)
{
    vt_album_row *album = find(&index->albums, id);
    if (!album || album->removed) {
        return unknown(id, error);
    }
    if (!make_room(album, count)) {
        return no_memory(error);
    }
    uint32_t number = (uint32_t)(album - index->albums.rows);
    index->albums.changed = true;
    for (size_t i = 0; i < count; i++) {
        uint32_t row = vt_index_row_of(index, item_ids[i]);
        if (row == VT_INDEX_NO_ROW || has_member(set_of(index, row), number)) {
            continue;
        }
        if (!change_set(index, row, number, true)) {
            return no_memory(error);
        }
        album->list->rows[album->list->used++] = row;
        album->count = album->list->used;
    }
    return true;
}

/* Takes the album out of the sets of its rows. Those that are done are left out of its list, so that a
   failure leaves both of one mind. */
static bool empty(vt_index *index, vt_album_row *album)
{
    uint32_t number = (uint32_t)(album - index->albums.rows);
    index->albums.changed = true;
    while (album->count > 0) {
        if (!change_set(index, album->list->rows[album->count - 1], number, false)) {
            return false;
        }
        album->count--;
    }
    release_list(album->list);
    album->list = NULL;
    return true;
}

bool vt_index_set_album_items(vt_index *index, int64_t id, const int64_t *item_ids, size_t count,
                              vt_error *error)
{
    vt_album_row *album = find(&index->albums, id);
    if (!album || album->removed) {
        return unknown(id, error);
    }
    return (empty(index, album) || no_memory(error)) &&
           vt_index_add_to_album(index, id, item_ids, count, error);
}

bool vt_index_remove_album(vt_index *index, int64_t id, vt_error *error)
{
    vt_album_row *album = find(&index->albums, id);
    if (!album || album->removed) {
        return true;
    }
    if (!empty(index, album)) {
        return no_memory(error);
    }
    album->removed = true;
    return true;
}

/* ---- tables ---- */

bool vt_albums_publish(vt_albums *albums)
{
    if (!albums->changed) {
        return true;
    }
    vt_album_table *table = malloc(sizeof *table + albums->count * sizeof *table->rows);
    if (!table) {
        return false;
    }
    atomic_init(&table->references, 1);
    table->count = albums->count;
    for (uint32_t i = 0; i < albums->count; i++) {
        table->rows[i] = albums->rows[i];
        if (table->rows[i].list) {
            atomic_fetch_add_explicit(&table->rows[i].list->references, 1, memory_order_relaxed);
        }
    }
    vt_album_table_release(albums->newest);
    albums->newest = table;
    albums->changed = false;
    return true;
}

vt_album_table *vt_album_table_retain(vt_album_table *table)
{
    if (table) {
        atomic_fetch_add_explicit(&table->references, 1, memory_order_relaxed);
    }
    return table;
}

void vt_album_table_release(vt_album_table *table)
{
    if (!table || atomic_fetch_sub_explicit(&table->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    for (uint32_t i = 0; i < table->count; i++) {
        release_list(table->rows[i].list);
    }
    free(table);
}

size_t vt_albums_bytes(const vt_albums *albums)
{
    size_t bytes = albums->capacity * sizeof *albums->rows;
    for (uint32_t i = 0; i < albums->count; i++) {
        const vt_album_list *list = albums->rows[i].list;
        bytes += list ? sizeof *list + list->capacity * sizeof *list->rows : 0;
    }
    return bytes;
}

void vt_albums_free(vt_albums *albums)
{
    for (uint32_t i = 0; i < albums->count; i++) {
        release_list(albums->rows[i].list);
    }
    free(albums->rows);
    vt_album_table_release(albums->newest);
    vt_names_free(&albums->names);
}

/* ---- reading ---- */

uint32_t vt_snapshot_album_count(const vt_snapshot *snapshot)
{
    return snapshot->albums ? snapshot->albums->count : 0;
}

void vt_snapshot_album(const vt_snapshot *snapshot, uint32_t album, vt_index_album *of)
{
    const vt_album_row *row = &snapshot->albums->rows[album];
    *of = (vt_index_album){
        .id = row->id,
        .place = row->place,
        .name = row->name,
        .name_length = row->length,
        .removed = row->removed,
        .rows = row->list ? row->list->rows : NULL,
        .row_count = row->count,
    };
}

uint32_t vt_snapshot_find_album(const vt_snapshot *snapshot, int64_t id)
{
    for (uint32_t i = 0; i < vt_snapshot_album_count(snapshot); i++) {
        if (snapshot->albums->rows[i].id == id && !snapshot->albums->rows[i].removed) {
            return i;
        }
    }
    return VT_INDEX_NO_ALBUM;
}

const uint32_t *vt_snapshot_albums_of(const vt_snapshot *snapshot, uint32_t row, uint32_t *count)
{
    const vt_user_block *user = vt_snapshot_user_block(snapshot, row);
    const vt_set *set = vt_sets_at(snapshot->album_sets, user ? user->albums[row & VT_CHUNK_MASK] : 0);
    *count = set->count;
    return set->members;
}
