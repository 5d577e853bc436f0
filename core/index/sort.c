#include "core/index/sort.h"

#include "core/index/albums.h"
#include "core/index/buffer.h"
#include "core/index/chunk.h"
#include "core/index/natural.h"
#include "core/index/radix.h"
#include "core/index/sort_keys.h"

#include <stdlib.h>
#include <string.h>

const char *vt_sort_key_name(vt_sort_key key)
{
    return vt_sort_number_of((unsigned)key < VT_SORT_KEY_COUNT ? key : VT_SORT_ID)->name;
}

bool vt_sort_key_from_name(const char *name, vt_sort_key *key)
{
    for (int i = 0; i < VT_SORT_KEY_COUNT; i++) {
        if (strcmp(name, vt_sort_number_of((vt_sort_key)i)->name) == 0) {
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

static unsigned bits_of(uint64_t value)
{
    return value ? 64 - (unsigned)__builtin_clzll(value) : 0;
}

/* Sorts `count` rows, equal in the upper half of a long key, by the whole of it. */
static bool sort_equal_halves(const vt_sort_tables *tables, vt_number_of number, uint64_t *items,
                              uint32_t count, const atomic_bool *cancelled, vt_error *error)
{
    vt_entry *entries = vt_buffer_alloc(count, 2 * sizeof *entries);
    if (!entries) {
        return no_memory(count, error);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = (uint32_t)items[i];
        entries[i] = (vt_entry){number(tables, row), row};
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
static bool sort_numbers(const vt_sort_tables *tables, vt_number_of number, uint32_t *rows, uint32_t count,
                         const atomic_bool *cancelled, vt_error *error)
{
    uint64_t *items = vt_buffer_alloc(count, 2 * sizeof *items);
    if (!items) {
        return no_memory(count, error);
    }
    uint64_t *values = items + count; /* until it is needed for sorting */
    uint64_t low = UINT64_MAX;
    uint64_t high = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t value = values[i] = number(tables, rows[i]);
        low = value < low ? value : low;
        high = value > high ? value : high;
    }
    unsigned bits = bits_of(high - low);
    unsigned shift = bits > 32 ? bits - 32 : 0;
    for (uint32_t i = 0; i < count; i++) {
        items[i] = (values[i] - low) >> shift << 32 | rows[i];
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
            sorted = sort_equal_halves(tables, number, items + first, end - first, cancelled, error);
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

uint32_t *vt_sort_folder_ranks(const vt_snapshot *snapshot, const atomic_bool *cancelled, vt_error *error)
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

/* Names within runs of rows of one folder: what a folder has lies together in memory, and mostly fits a
   cache, where the names of all rows do not. */
static bool sort_in_folders(const vt_snapshot *snapshot, uint32_t *rows, uint32_t count,
                            const atomic_bool *cancelled, vt_error *error)
{
    const vt_texts names = {name_of_row, snapshot};
    bool sorted = true;
    for (uint32_t first = 0, end = 0; sorted && first < count; first = end) {
        uint32_t folder = vt_snapshot_folder_of(snapshot, rows[first]);
        for (end = first + 1; end < count && vt_snapshot_folder_of(snapshot, rows[end]) == folder;) {
            end++;
        }
        sorted = vt_natural_sort(&names, rows + first, end - first, cancelled, error);
    }
    return sorted;
}

/* Brings rows into the order of their folders; the sort is stable. */
static bool sort_by_folder(const vt_snapshot *snapshot, uint32_t *rows, uint32_t count,
                           const atomic_bool *cancelled, vt_error *error)
{
    uint32_t *ranks = vt_sort_folder_ranks(snapshot, cancelled, error);
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

static bool sort_by_number(const vt_snapshot *snapshot, vt_sort_key key, uint32_t album, uint32_t *rows,
                           uint32_t count, const atomic_bool *cancelled, vt_error *error)
{
    vt_sort_tables tables = {.snapshot = snapshot};
    bool sorted = vt_sort_tables_fill(&tables, key, album, cancelled, error) &&
                  sort_numbers(&tables, vt_sort_number_of(key)->number, rows, count, cancelled, error);
    free(tables.ranks);
    return sorted;
}

static bool sort_by(const vt_snapshot *snapshot, vt_sort_key key, uint32_t album, uint32_t *rows,
                    uint32_t count, const atomic_bool *cancelled, vt_error *error)
{
    if (vt_sort_number_of(key)->number) {
        return sort_by_number(snapshot, key, album, rows, count, cancelled, error);
    }
    return key == VT_SORT_PATH
               ? sort_by_folder(snapshot, rows, count, cancelled, error) &&
                     sort_in_folders(snapshot, rows, count, cancelled, error)
               : vt_natural_sort(&(vt_texts){name_of_row, snapshot}, rows, count, cancelled, error);
}

static void turn_round(uint32_t *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count / 2; i++) {
        uint32_t row = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = row;
    }
}

bool vt_sort_rows_by(const vt_snapshot *snapshot, const vt_sort *sorts, unsigned sort_count, uint32_t album,
                     uint32_t *rows, uint32_t count, const atomic_bool *cancelled, vt_error *error)
{
    bool sorted = true;
    bool by_id = true; /* the rows are as they came */
    for (unsigned i = sort_count; sorted && count > 1 && i-- > 0;) {
        bool nothing = sorts[i].key == VT_SORT_ALBUM && album == VT_INDEX_NO_ALBUM;
        if (nothing || (by_id && sorts[i].key == VT_SORT_ID && !sorts[i].descending)) {
            continue;
        }
        by_id = false;
        /* What is equal keeps its order, because it is turned round twice. */
        if (sorts[i].descending) {
            turn_round(rows, count);
        }
        sorted = sort_by(snapshot, sorts[i].key, album, rows, count, cancelled, error);
        if (sorts[i].descending) {
            turn_round(rows, count);
        }
    }
    return sorted;
}

bool vt_sort_rows(const vt_snapshot *snapshot, vt_sort_key key, uint32_t *rows, uint32_t count,
                  const atomic_bool *cancelled, vt_error *error)
{
    const vt_sort sort = {.key = key};
    return vt_sort_rows_by(snapshot, &sort, 1, VT_INDEX_NO_ALBUM, rows, count, cancelled, error);
}
