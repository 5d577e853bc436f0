#include "core/index/sort_keys.h"

#include "core/index/albums_private.h"
#include "core/index/attributes.h"
#include "core/index/buffer.h"
#include "core/index/natural.h"
#include "core/index/stacks_private.h"
#include "core/index/tags_private.h"

#include <stdlib.h>

#define COLUMN(column) (vt_snapshot_chunk(of->snapshot, row)->column[row & VT_CHUNK_MASK])

/* Unsigned, in the same order. */
static uint64_t key_of_signed(int64_t value)
{
    return (uint64_t)value ^ (UINT64_C(1) << 63);
}

static uint64_t id_key(const vt_sort_tables *of, uint32_t row)
{
    (void)of;
    return row;
}

static uint64_t size_key(const vt_sort_tables *of, uint32_t row)
{
    return key_of_signed(COLUMN(size));
}

static uint64_t date_key(const vt_sort_tables *of, uint32_t row)
{
    return key_of_signed(vt_snapshot_date(of->snapshot, row));
}

static uint64_t modified_key(const vt_sort_tables *of, uint32_t row)
{
    return key_of_signed(COLUMN(mtime));
}

static uint64_t taken_key(const vt_sort_tables *of, uint32_t row)
{
    const vt_file_block *file = vt_snapshot_file_block(of->snapshot, row);
    int64_t taken = file ? file->taken[row & VT_CHUNK_MASK] : VT_TAKEN_UNKNOWN;
    return taken == VT_TAKEN_UNKNOWN ? UINT64_MAX : key_of_signed(taken);
}

static uint64_t width_key(const vt_sort_tables *of, uint32_t row)
{
    return COLUMN(width);
}

static uint64_t height_key(const vt_sort_tables *of, uint32_t row)
{
    return COLUMN(height);
}

static uint64_t pixels_key(const vt_sort_tables *of, uint32_t row)
{
    return (uint64_t)COLUMN(width) * COLUMN(height);
}

/* One column holds both: triangles of models, frames of sequences. */
static uint64_t triangles_key(const vt_sort_tables *of, uint32_t row)
{
    return COLUMN(kind) == VT_KIND_SEQUENCE ? 0 : COLUMN(triangles);
}

static uint64_t frames_key(const vt_sort_tables *of, uint32_t row)
{
    return COLUMN(kind) == VT_KIND_SEQUENCE ? COLUMN(triangles) : 0;
}

static uint64_t kind_key(const vt_sort_tables *of, uint32_t row)
{
    return (uint64_t)COLUMN(kind) << 8 | COLUMN(format);
}

static uint64_t format_key(const vt_sort_tables *of, uint32_t row)
{
    return COLUMN(format);
}

static uint64_t watertight_key(const vt_sort_tables *of, uint32_t row)
{
    return COLUMN(watertight);
}

static uint64_t rating_key(const vt_sort_tables *of, uint32_t row)
{
    return COLUMN(rating);
}

static uint64_t state_key(const vt_sort_tables *of, uint32_t row)
{
    return COLUMN(state);
}

static uint64_t label_key(const vt_sort_tables *of, uint32_t row)
{
    const vt_user_block *user = vt_snapshot_user_block(of->snapshot, row);
    return user ? user->label[row & VT_CHUNK_MASK] : 0;
}

static uint64_t tags_key(const vt_sort_tables *of, uint32_t row)
{
    const vt_user_block *user = vt_snapshot_user_block(of->snapshot, row);
    return user ? of->ranks[user->tags[row & VT_CHUNK_MASK]] : 0;
}

static uint64_t albums_key(const vt_sort_tables *of, uint32_t row)
{
    const vt_user_block *user = vt_snapshot_user_block(of->snapshot, row);
    return user ? of->ranks[user->albums[row & VT_CHUNK_MASK]] : 0;
}

/* Behind the ranks of all that have one. */
#define NO_RANK UINT32_MAX

static uint64_t title_key(const vt_sort_tables *of, uint32_t row)
{
    const vt_user_block *user = vt_snapshot_user_block(of->snapshot, row);
    const vt_file_block *file = vt_snapshot_file_block(of->snapshot, row);
    uint32_t title = user ? user->title[row & VT_CHUNK_MASK] : 0;
    title = title || !file ? title : file->title[row & VT_CHUNK_MASK];
    return title ? of->ranks[title] : NO_RANK;
}

static uint64_t camera_key(const vt_sort_tables *of, uint32_t row)
{
    const vt_file_block *file = vt_snapshot_file_block(of->snapshot, row);
    uint32_t camera = file ? file->camera[row & VT_CHUNK_MASK] : 0;
    return camera ? of->ranks[camera] : NO_RANK;
}

static uint64_t place_key(const vt_sort_tables *of, uint32_t row)
{
    return of->ranks[row];
}

static const vt_sort_number numbers[VT_SORT_KEY_COUNT] = {
    [VT_SORT_ID] = {.name = "id", .number = id_key},
    [VT_SORT_NAME] = {.name = "name", .number = NULL},
    [VT_SORT_PATH] = {.name = "path", .number = NULL},
    [VT_SORT_KIND] = {.name = "kind", .number = kind_key},
    [VT_SORT_FORMAT] = {.name = "format", .number = format_key},
    [VT_SORT_SIZE] = {.name = "size", .number = size_key},
    [VT_SORT_DATE] = {.name = "date", .number = date_key},
    [VT_SORT_WIDTH] = {.name = "width", .number = width_key},
    [VT_SORT_HEIGHT] = {.name = "height", .number = height_key},
    [VT_SORT_PIXELS] = {.name = "pixels", .number = pixels_key},
    [VT_SORT_TRIANGLES] = {.name = "triangles", .number = triangles_key},
    [VT_SORT_WATERTIGHT] = {.name = "watertight", .number = watertight_key},
    [VT_SORT_RATING] = {.name = "rating", .number = rating_key},
    [VT_SORT_STATE] = {.name = "state", .number = state_key},
    [VT_SORT_MODIFIED] = {.name = "modified", .number = modified_key},
    [VT_SORT_LABEL] = {.name = "label", .number = label_key},
    [VT_SORT_TAGS] = {.name = "tags", .number = tags_key, .ranked = true},
    [VT_SORT_TITLE] = {.name = "title", .number = title_key, .ranked = true},
    [VT_SORT_CAMERA] = {.name = "camera", .number = camera_key, .ranked = true},
    [VT_SORT_ALBUM] = {.name = "album", .number = place_key, .ranked = true},
    [VT_SORT_TAKEN] = {.name = "taken", .number = taken_key},
    [VT_SORT_FRAMES] = {.name = "frames", .number = frames_key},
    [VT_SORT_ALBUMS] = {.name = "albums", .number = albums_key, .ranked = true},
    [VT_SORT_STACK] = {.name = "stack", .number = place_key, .ranked = true},
};

const vt_sort_number *vt_sort_number_of(vt_sort_key key)
{
    return &numbers[key];
}

static bool no_memory(uint32_t count, vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory to sort %u items", count);
}

static const char *folded_text(const void *of, uint32_t number, size_t *length)
{
    uint32_t bytes = 0;
    const char *text = vt_vocabulary_text(of, number, &bytes);
    *length = bytes;
    return vt_name_folded(text);
}

/* Texts that are equal by their natural order have the same rank. */
static bool rank_texts(vt_sort_tables *tables, const vt_vocabulary *texts, uint32_t count,
                       const atomic_bool *cancelled, vt_error *error)
{
    uint32_t *order = vt_buffer_alloc(count, sizeof *order);
    tables->ranks = vt_buffer_alloc(count, sizeof *tables->ranks);
    if (!order || !tables->ranks) {
        free(order);
        return no_memory(count, error);
    }
    for (uint32_t i = 0; i < count; i++) {
        order[i] = i;
    }
    bool sorted = vt_natural_sort(&(vt_texts){folded_text, texts}, order, count, cancelled, error);
    uint32_t rank = 0;
    for (uint32_t i = 0; sorted && i < count; i++) {
        if (i > 0) {
            size_t before_length = 0;
            size_t length = 0;
            const char *before = folded_text(texts, order[i - 1], &before_length);
            const char *text = folded_text(texts, order[i], &length);
            rank += vt_natural_compare(before, before_length, text, length) != 0;
        }
        tables->ranks[order[i]] = rank;
    }
    free(order);
    return sorted;
}

static bool is_tag(const vt_snapshot *snapshot, uint32_t tag)
{
    return !vt_tag_table_at(snapshot->tags, tag)->removed;
}

static bool is_album(const vt_snapshot *snapshot, uint32_t album)
{
    return !snapshot->albums->rows[album].removed;
}

/* How many there are in each set of tags or albums, without those that were removed. */
static bool count_members(vt_sort_tables *tables, const vt_sets *sets, uint32_t count,
                          bool (*is_there)(const vt_snapshot *, uint32_t), vt_error *error)
{
    tables->ranks = vt_buffer_alloc(count, sizeof *tables->ranks);
    if (!tables->ranks) {
        return no_memory(count, error);
    }
    for (uint32_t number = 0; number < count; number++) {
        const vt_set *set = vt_sets_at(sets, number);
        uint32_t there = 0;
        for (uint32_t i = 0; i < set->count; i++) {
            there += is_there(tables->snapshot, set->members[i]);
        }
        tables->ranks[number] = there;
    }
    return true;
}

/* A rank for each row, none yet. */
static bool allocate_places(vt_sort_tables *tables, vt_error *error)
{
    uint32_t count = tables->snapshot->count;
    tables->ranks = vt_buffer_alloc(count, sizeof *tables->ranks);
    if (!tables->ranks) {
        return no_memory(count, error);
    }
    for (uint32_t row = 0; row < count; row++) {
        tables->ranks[row] = NO_RANK;
    }
    return true;
}

static bool rank_album(vt_sort_tables *tables, uint32_t album, vt_error *error)
{
    if (!allocate_places(tables, error)) {
        return false;
    }
    vt_index_album of;
    vt_snapshot_album(tables->snapshot, album, &of);
    for (uint32_t i = 0; i < of.row_count; i++) {
        tables->ranks[of.rows[i]] = i;
    }
    return true;
}

static bool rank_stacks(vt_sort_tables *tables, vt_error *error)
{
    const vt_stack_table *stacks = tables->snapshot->stacks;
    if (!allocate_places(tables, error)) {
        return false;
    }
    for (uint32_t place = 0; stacks && place < stacks->count; place++) {
        tables->ranks[stacks->rows[place]] = place;
    }
    return true;
}

bool vt_sort_tables_fill(vt_sort_tables *tables, vt_sort_key key, uint32_t album,
                         const atomic_bool *cancelled, vt_error *error)
{
    const vt_snapshot *snapshot = tables->snapshot;
    switch (key) {
    case VT_SORT_TITLE:
        return rank_texts(tables, &snapshot->tables->titles, snapshot->title_count, cancelled, error);
    case VT_SORT_CAMERA:
        return rank_texts(tables, &snapshot->tables->cameras, snapshot->camera_count, cancelled, error);
    case VT_SORT_TAGS:
        return count_members(tables, snapshot->tag_sets, snapshot->tag_set_count, is_tag, error);
    case VT_SORT_ALBUMS:
        return count_members(tables, snapshot->album_sets, snapshot->album_set_count, is_album, error);
    case VT_SORT_ALBUM:
        return rank_album(tables, album, error);
    case VT_SORT_STACK:
        return rank_stacks(tables, error);
    default:
        return true;
    }
}
