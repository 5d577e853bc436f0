#include "core/index/twins.h"

#include "core/index/index_private.h"
#include "core/index/twins_private.h"

#include <stdlib.h>
#include <string.h>

uint64_t vt_twin_stamp(int64_t size, int64_t mtime_ns)
{
    /* Numbers that files get side by side differ in their low bits: spread over all. */
    return ((uint64_t)mtime_ns * UINT64_C(0x9E3779B97F4A7C15)) ^
           ((uint64_t)size * UINT64_C(0xC2B2AE3D27D4EB4F));
}

/* ---- the table of those that hold ---- */

vt_twin_table *vt_twin_table_retain(vt_twin_table *table)
{
    if (table) {
        atomic_fetch_add_explicit(&table->references, 1, memory_order_relaxed);
    }
    return table;
}

void vt_twin_table_release(vt_twin_table *table)
{
    if (table && atomic_fetch_sub_explicit(&table->references, 1, memory_order_acq_rel) == 1) {
        free(table->rows);
        free(table->groups_of);
        free(table->files);
        free(table->by_row);
        free(table->groups);
        free(table);
    }
}

static bool holds(const vt_piece *pieces, uint32_t row, uint64_t stamp)
{
    const vt_chunk *chunk = pieces[row >> VT_CHUNK_SHIFT].chunk;
    uint32_t at = row & VT_CHUNK_MASK;
    return !chunk->removed[at] && chunk->state[at] != VT_ITEM_MISSING &&
           chunk->state[at] != VT_ITEM_OFFLINE && vt_twin_stamp(chunk->size[at], chunk->mtime[at]) == stamp;
}

static int64_t size_of(const vt_piece *pieces, uint32_t row)
{
    return pieces[row >> VT_CHUNK_SHIFT].chunk->size[row & VT_CHUNK_MASK];
}

static vt_twin_table *create_table(const vt_twin_found *found)
{
    size_t count = found->count ? found->count : 1;
    vt_twin_table *table = calloc(1, sizeof *table);
    if (!table) {
        return NULL;
    }
    atomic_init(&table->references, 1);
    table->found_ns = found->found_ns;
    table->last_id = found->last_id;
    table->rows = calloc(count, sizeof *table->rows);
    table->groups_of = malloc(count * sizeof *table->groups_of);
    table->files = calloc(count, sizeof *table->files);
    table->by_row = malloc(count * sizeof *table->by_row);
    table->groups = malloc((count / 2 + 1) * sizeof *table->groups);
    if (!table->rows || !table->groups_of || !table->files || !table->by_row || !table->groups) {
        vt_twin_table_release(table);
        return NULL;
    }
    return table;
}

/* Closes the group that began at `first`, or drops it if it is none. `seen` has a slot for each number a file
   can have, and remembers by group. */
static void end_group(vt_twin_table *table, const vt_piece *pieces, uint32_t first, uint32_t *seen)
{
    vt_twin_group group = {.first = first, .count = table->count - first};
    if (group.count < 2) {
        table->count = first;
        return;
    }
    group.size = size_of(pieces, table->rows[first]);
    for (uint32_t place = first; place < table->count; place++) {
        uint32_t file = table->files[place];
        if (seen[file] != table->group_count + 1) {
            seen[file] = table->group_count + 1;
            group.files++;
            group.gain += group.files > 1 ? size_of(pieces, table->rows[place]) : 0;
        }
        table->groups_of[place] = table->group_count;
    }
    table->gain += group.gain;
    table->groups[table->group_count++] = group;
}

static int compare_rows(const void *a, const void *b)
{
    uint32_t left = ((const vt_twin_place *)a)->row;
    uint32_t right = ((const vt_twin_place *)b)->row;
    return (left > right) - (left < right);
}

static vt_twin_table *make_table(const vt_twin_found *found, const vt_piece *pieces)
{
    uint32_t *seen = calloc((size_t)found->file_limit + 1, sizeof *seen);
    vt_twin_table *table = seen ? create_table(found) : NULL;
    uint32_t first = 0;
    for (uint32_t i = 0; table && i < found->count; i++) {
        if (i > 0 && found->groups[i] != found->groups[i - 1]) {
            end_group(table, pieces, first, seen);
            first = table->count;
        }
        if (holds(pieces, found->rows[i], found->stamps[i])) {
            table->rows[table->count] = found->rows[i];
            table->files[table->count++] = found->files[i];
        }
    }
    if (table) {
        end_group(table, pieces, first, seen);
        for (uint32_t place = 0; place < table->count; place++) {
            table->by_row[place] = (vt_twin_place){table->rows[place], place};
        }
        qsort(table->by_row, table->count, sizeof *table->by_row, compare_rows);
    }
    free(seen);
    return table;
}

/* ---- what was found ---- */

static void clear_found(vt_twin_found *found)
{
    free(found->rows);
    free(found->groups);
    free(found->files);
    free(found->stamps);
    free(found->bits);
    *found = (vt_twin_found){.newest = found->newest};
}

void vt_twins_free(vt_twin_found found[VT_TWIN_KINDS])
{
    for (int kind = 0; kind < VT_TWIN_KINDS; kind++) {
        clear_found(&found[kind]);
        vt_twin_table_release(found[kind].newest);
        found[kind].newest = NULL;
    }
}

bool vt_twins_publish(vt_twin_found found[VT_TWIN_KINDS], const vt_piece *pieces)
{
    for (int kind = 0; kind < VT_TWIN_KINDS; kind++) {
        if (found[kind].touched) {
            vt_twin_table *table = make_table(&found[kind], pieces);
            if (!table) {
                return false;
            }
            vt_twin_table_release(found[kind].newest);
            found[kind].newest = table;
            found[kind].touched = false;
        }
    }
    return true;
}

size_t vt_twins_bytes(const vt_twin_found found[VT_TWIN_KINDS])
{
    size_t bytes = 0;
    for (int kind = 0; kind < VT_TWIN_KINDS; kind++) {
        const vt_twin_found *of = &found[kind];
        bytes += of->count * (3 * sizeof(uint32_t) + sizeof(uint64_t)) + of->bit_rows / 8;
        bytes += of->newest ? of->count * (3 * sizeof(uint32_t) + sizeof(vt_twin_place)) +
                                  of->newest->group_count * sizeof(vt_twin_group)
                            : 0;
    }
    return bytes;
}

static bool allocate_found(vt_twin_found *found, uint32_t count, uint32_t rows)
{
    size_t room = (size_t)count + 1;
    found->rows = malloc(room * sizeof *found->rows);
    found->groups = malloc(room * sizeof *found->groups);
    found->files = malloc(room * sizeof *found->files);
    found->stamps = malloc(room * sizeof *found->stamps);
    found->bits = calloc((size_t)rows / 64 + 1, sizeof *found->bits);
    found->bit_rows = rows;
    return found->rows && found->groups && found->files && found->stamps && found->bits;
}

bool vt_index_set_twins(vt_index *index, vt_twin_kind kind, const vt_twins_found *found, vt_error *error)
{
    vt_twin_found fresh = {.found_ns = found->found_ns, .last_id = found->last_id, .touched = true};
    if (!allocate_found(&fresh, found->count, index->count)) {
        clear_found(&fresh);
        return vt_error_set(error, VT_ERROR_MEMORY, "no memory for %u duplicates", found->count);
    }
    for (uint32_t i = 0; i < found->count; i++) {
        const vt_twin *twin = &found->twins[i];
        uint32_t row = vt_pieces_find(index->pieces, index->count, twin->id);
        /* Each at most once, and files are numbered within the group: a stored table may say otherwise. */
        if (row == VT_INDEX_NO_ROW || (fresh.bits[row / 64] >> (row & 63) & 1) ||
            twin->file >= found->count) {
            continue;
        }
        fresh.bits[row / 64] |= UINT64_C(1) << (row & 63);
        fresh.rows[fresh.count] = row;
        fresh.groups[fresh.count] = twin->group;
        fresh.files[fresh.count] = twin->file;
        fresh.stamps[fresh.count++] = twin->stamp;
    }
    fresh.file_limit = found->count;
    fresh.newest = index->twins[kind].newest;
    clear_found(&index->twins[kind]);
    index->twins[kind] = fresh;
    return true;
}

/* ---- for readers ---- */

void vt_snapshot_twins(const vt_snapshot *snapshot, vt_twin_kind kind, vt_twins_info *info)
{
    const vt_twin_table *table = snapshot->twins[kind];
    *info = (vt_twins_info){.searched = table != NULL};
    if (table) {
        info->found_ns = table->found_ns;
        info->members = table->count;
        info->groups = table->group_count;
        info->gain = table->gain;
        uint32_t known = vt_pieces_before(snapshot->pieces, snapshot->count, table->last_id + 1);
        info->younger = snapshot->count - known;
    }
}

uint32_t vt_snapshot_twin_place(const vt_snapshot *snapshot, vt_twin_kind kind, uint32_t row)
{
    const vt_twin_table *table = snapshot->twins[kind];
    const vt_twin_place wanted = {row, 0};
    const vt_twin_place *found =
        table && table->count ? bsearch(&wanted, table->by_row, table->count, sizeof wanted, compare_rows)
                              : NULL;
    return found ? found->place : VT_INDEX_NO_ROW;
}

uint32_t vt_snapshot_twin_row(const vt_snapshot *snapshot, vt_twin_kind kind, uint32_t place)
{
    return snapshot->twins[kind]->rows[place];
}

uint32_t vt_snapshot_twin_group_of(const vt_snapshot *snapshot, vt_twin_kind kind, uint32_t place)
{
    return snapshot->twins[kind]->groups_of[place];
}

uint32_t vt_snapshot_twin_file(const vt_snapshot *snapshot, vt_twin_kind kind, uint32_t place)
{
    return snapshot->twins[kind]->files[place];
}

void vt_snapshot_twin_group(const vt_snapshot *snapshot, vt_twin_kind kind, uint32_t group, vt_twin_group *of)
{
    *of = snapshot->twins[kind]->groups[group];
}
