#include "core/index/sort.h"

#include "core/index/buffer.h"
#include "core/index/chunk.h"
#include "core/index/natural.h"
#include "core/index/radix.h"

#include <stdlib.h>
#include <string.h>

/* Numbers as keys: unsigned, in the same order. */
static uint64_t key_of_signed(int64_t value)
{
    return (uint64_t)value ^ (UINT64_C(1) << 63);
}

static uint64_t size_key(const vt_chunk *chunk, uint32_t at)
{
    return key_of_signed(chunk->size[at]);
}

static uint64_t date_key(const vt_chunk *chunk, uint32_t at)
{
    return key_of_signed(chunk->mtime[at]);
}

static uint64_t width_key(const vt_chunk *chunk, uint32_t at)
{
    return chunk->width[at];
}

static uint64_t height_key(const vt_chunk *chunk, uint32_t at)
{
    return chunk->height[at];
}

static uint64_t pixels_key(const vt_chunk *chunk, uint32_t at)
{
    return (uint64_t)chunk->width[at] * chunk->height[at];
}

static uint64_t triangles_key(const vt_chunk *chunk, uint32_t at)
{
    return chunk->triangles[at];
}

static uint64_t kind_key(const vt_chunk *chunk, uint32_t at)
{
    return (uint64_t)chunk->kind[at] << 8 | chunk->format[at];
}

static uint64_t format_key(const vt_chunk *chunk, uint32_t at)
{
    return chunk->format[at];
}

static uint64_t watertight_key(const vt_chunk *chunk, uint32_t at)
{
    return chunk->watertight[at];
}

static uint64_t rating_key(const vt_chunk *chunk, uint32_t at)
{
    return chunk->rating[at];
}

static uint64_t state_key(const vt_chunk *chunk, uint32_t at)
{
    return chunk->state[at];
}

typedef uint64_t (*vt_key_of)(const vt_chunk *chunk, uint32_t at);

static const struct {
    const char *name;
    vt_key_of number; /* NULL: not sorted by a number */
} sort_keys[VT_SORT_KEY_COUNT] = {
    [VT_SORT_ID] = {"id", NULL},
    [VT_SORT_NAME] = {"name", NULL},
    [VT_SORT_PATH] = {"path", NULL},
    [VT_SORT_KIND] = {"kind", kind_key},
    [VT_SORT_FORMAT] = {"format", format_key},
    [VT_SORT_SIZE] = {"size", size_key},
    [VT_SORT_DATE] = {"date", date_key},
    [VT_SORT_WIDTH] = {"width", width_key},
    [VT_SORT_HEIGHT] = {"height", height_key},
    [VT_SORT_PIXELS] = {"pixels", pixels_key},
    [VT_SORT_TRIANGLES] = {"triangles", triangles_key},
    [VT_SORT_WATERTIGHT] = {"watertight", watertight_key},
    [VT_SORT_RATING] = {"rating", rating_key},
    [VT_SORT_STATE] = {"state", state_key},
};

const char *vt_sort_key_name(vt_sort_key key)
{
    return (unsigned)key < VT_SORT_KEY_COUNT ? sort_keys[key].name : sort_keys[VT_SORT_ID].name;
}

bool vt_sort_key_from_name(const char *name, vt_sort_key *key)
{
    for (int i = 0; i < VT_SORT_KEY_COUNT; i++) {
        if (strcmp(name, sort_keys[i].name) == 0) {
            *key = (vt_sort_key)i;
            return true;
        }
    }
    return false;
}

static bool no_memory(uint32_t count, vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory to sort %u items", count);
}

static bool was_cancelled(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_CANCELLED, "sorting was cancelled");
}

static uint64_t key_of_row(const vt_snapshot *snapshot, vt_key_of key, uint32_t row)
{
    return key(vt_snapshot_chunk(snapshot, row), row & VT_CHUNK_MASK);
}

static unsigned bits_of(uint64_t value)
{
    return value ? 64 - (unsigned)__builtin_clzll(value) : 0;
}

/* Sorts `count` rows, equal in the upper half of a long key, by the whole of it. */
static bool sort_equal_halves(const vt_snapshot *snapshot, vt_key_of key, uint64_t *items, uint32_t count,
                              const atomic_bool *cancelled, vt_error *error)
{
    vt_entry *entries = vt_buffer_alloc(count, 2 * sizeof *entries);
    if (!entries) {
        return no_memory(count, error);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = (uint32_t)items[i];
        entries[i] = (vt_entry){key_of_row(snapshot, key, row), row};
    }
    bool sorted = vt_radix_sort(entries, entries + count, count, cancelled);
    for (uint32_t i = 0; i < count; i++) {
        items[i] = entries[i].index;
    }
    free(entries);
    return sorted || was_cancelled(error);
}

/* Keys are sorted as 32 bits above the row number. Of longer ones (dates in nanoseconds) that is the upper
   half; few rows are equal in it and need a second look. */
static bool sort_numbers(const vt_snapshot *snapshot, vt_key_of key, uint32_t *rows, uint32_t count,
                         const atomic_bool *cancelled, vt_error *error)
{
    uint64_t *items = vt_buffer_alloc(count, 2 * sizeof *items);
    if (!items) {
        return no_memory(count, error);
    }
    uint64_t low = UINT64_MAX;
    uint64_t high = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t value = key_of_row(snapshot, key, rows[i]);
        low = value < low ? value : low;
        high = value > high ? value : high;
    }
    unsigned bits = bits_of(high - low);
    unsigned shift = bits > 32 ? bits - 32 : 0;
    for (uint32_t i = 0; i < count; i++) {
        items[i] = (key_of_row(snapshot, key, rows[i]) - low) >> shift << 32 | rows[i];
    }
    bool sorted = vt_radix_sort_packed(items, items + count, count, bits - shift, cancelled);
    if (!sorted) {
        was_cancelled(error);
    }
    for (uint32_t first = 0, end = 0; shift && sorted && first < count; first = end) {
        for (end = first + 1; end < count && items[end] >> 32 == items[first] >> 32;) {
            end++;
        }
        if (end - first > 1) {
            sorted = sort_equal_halves(snapshot, key, items + first, end - first, cancelled, error);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        rows[i] = (uint32_t)items[i];
    }
    free(items);
    return sorted;
}

static const char *name_of_row(const void *of, uint32_t row, size_t *length)
{
    const vt_chunk *chunk = vt_snapshot_chunk(of, row);
    *length = chunk->name_length[row & VT_CHUNK_MASK];
    return vt_name_folded(chunk->name[row & VT_CHUNK_MASK]);
}

static const char *path_of_folder(const void *of, uint32_t number, size_t *length)
{
    const vt_snapshot *snapshot = of;
    const vt_folder *folder = vt_folders_at(snapshot->folders, number);
    *length = folder->folded_length;
    return folder->folded;
}

/* The place of each folder in the order of their paths. Owned by the caller; NULL and `error`. */
static uint32_t *rank_folders(const vt_snapshot *snapshot, const atomic_bool *cancelled, vt_error *error)
{
    uint32_t count = snapshot->folder_count;
    uint32_t *order = vt_buffer_alloc(count, sizeof *order);
    uint32_t *ranks = vt_buffer_alloc(count, sizeof *ranks);
    bool ranked = false;
    if (order && ranks) {
        for (uint32_t i = 0; i < count; i++) {
            order[i] = i;
        }
        ranked = vt_natural_sort(&(vt_texts){path_of_folder, snapshot}, order, count, cancelled, error);
        for (uint32_t i = 0; i < count; i++) {
            ranks[order[i]] = i;
        }
    } else {
        no_memory(count, error);
    }
    free(order);
    if (!ranked) {
        free(ranks);
        return NULL;
    }
    return ranks;
}

/* Brings rows that are in the order of their names into that of their folders; the sort is stable. */
static bool sort_by_folder(const vt_snapshot *snapshot, uint32_t *rows, uint32_t count,
                           const atomic_bool *cancelled, vt_error *error)
{
    uint32_t *ranks = rank_folders(snapshot, cancelled, error);
    if (!ranks) {
        return false;
    }
    uint64_t *items = vt_buffer_alloc(count, 2 * sizeof *items);
    if (!items) {
        free(ranks);
        return no_memory(count, error);
    }
    for (uint32_t i = 0; i < count; i++) {
        items[i] = (uint64_t)ranks[vt_snapshot_folder_of(snapshot, rows[i])] << 32 | rows[i];
    }
    bool sorted =
        vt_radix_sort_packed(items, items + count, count, bits_of(snapshot->folder_count), cancelled);
    for (uint32_t i = 0; i < count; i++) {
        rows[i] = (uint32_t)items[i];
    }
    free(items);
    free(ranks);
    return sorted || was_cancelled(error);
}

bool vt_sort_rows(const vt_snapshot *snapshot, vt_sort_key key, uint32_t *rows, uint32_t count,
                  const atomic_bool *cancelled, vt_error *error)
{
    if (count < 2 || key == VT_SORT_ID) {
        return true;
    }
    if (sort_keys[key].number) {
        return sort_numbers(snapshot, sort_keys[key].number, rows, count, cancelled, error);
    }
    return vt_natural_sort(&(vt_texts){name_of_row, snapshot}, rows, count, cancelled, error) &&
           (key != VT_SORT_PATH || sort_by_folder(snapshot, rows, count, cancelled, error));
}
