/* An order brought up to a later snapshot: only rows that changed are sorted, and put where they belong. */
#include "core/index/albums.h"
#include "core/index/buffer.h"
#include "core/index/chunk.h"
#include "core/index/order_rows.h"
#include "core/index/radix.h"
#include "core/index/sort_keys.h"

#include <stdlib.h>

/* With more new rows than this share of all, sorting everything costs less. */
#define FEW_SHARE 8

typedef struct follow {
    const vt_order *old;
    const vt_snapshot *now;
    const vt_order_key *key;
    vt_sort_tables before_tables, now_tables;
    uint64_t *gone;  /* owned; a bit for each row of `old` that left its place */
    uint32_t *fresh; /* owned; rows to be put in, FEW_SHARE of all at most */
    uint32_t fresh_count, fresh_most;
    uint32_t *kept; /* owned; the others, as they stood */
    uint32_t kept_count;
} follow;

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory to sort in what is new");
}

/* What a row is ordered by stands in its own columns. */
static bool is_followed(const vt_order_key *key)
{
    vt_twin_kind twins;
    bool followed = key->group.by != VT_GROUP_CAMERA && !vt_group_twins(key->group.by, &twins);
    for (unsigned i = 0; i < key->sort_count; i++) {
        followed &= !vt_sort_number_of(key->sorts[i].key)->ranked;
    }
    return followed;
}

/* ---- comparing ---- */

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_names(const vt_snapshot *now, uint32_t a, uint32_t b)
{
    const vt_chunk *of_a = vt_snapshot_chunk(now, a);
    const vt_chunk *of_b = vt_snapshot_chunk(now, b);
    a &= VT_CHUNK_MASK;
    b &= VT_CHUNK_MASK;
    return vt_natural_compare(vt_name_folded(of_a->name[a]), of_a->name_length[a],
                              vt_name_folded(of_b->name[b]), of_b->name_length[b]);
}

static int compare_by(const follow *f, vt_sort_key key, uint32_t a, uint32_t b)
{
    vt_number_of number = vt_sort_number_of(key)->number;
    if (number) {
        return compare_numbers(number(&f->now_tables, a), number(&f->now_tables, b));
    }
    uint32_t of_a = vt_snapshot_folder_of(f->now, a);
    uint32_t of_b = vt_snapshot_folder_of(f->now, b);
    int folders = key == VT_SORT_PATH ? vt_group_compare_values(f->now, VT_GROUP_FOLDER, of_a, of_b) : 0;
    return folders ? folders : compare_names(f->now, a, b);
}

static int compare_groups(const follow *f, uint32_t a, uint32_t b)
{
    vt_group_by by = f->key->group.by;
    int order =
        vt_group_compare_values(f->now, by, vt_group_value(f->now, by, a), vt_group_value(f->now, by, b));
    return f->key->group.last_first ? -order : order;
}

/* As sorting and grouping would order the two. */
static int compare_rows(const follow *f, uint32_t a, uint32_t b)
{
    int order = f->key->group.by == VT_GROUP_NONE ? 0 : compare_groups(f, a, b);
    for (unsigned i = 0; order == 0 && i < f->key->sort_count; i++) {
        order = compare_by(f, f->key->sorts[i].key, a, b);
        order = f->key->sorts[i].descending ? -order : order;
    }
    return order ? order : compare_numbers(a, b);
}

/* ---- what has changed ---- */

/* A name that was changed stands elsewhere; the same one does not move. */
static bool same_text(const follow *f, uint32_t row)
{
    const vt_chunk *before = vt_snapshot_chunk(f->old->snapshot, row);
    const vt_chunk *now = vt_snapshot_chunk(f->now, row);
    uint32_t at = row & VT_CHUNK_MASK;
    return before->name[at] == now->name[at] && before->name_length[at] == now->name_length[at] &&
           before->folder[at] == now->folder[at];
}

static bool stays(const follow *f, uint32_t row)
{
    vt_group_by by = f->key->group.by;
    bool same = vt_group_value(f->old->snapshot, by, row) == vt_group_value(f->now, by, row);
    for (unsigned i = 0; same && i < f->key->sort_count; i++) {
        vt_number_of number = vt_sort_number_of(f->key->sorts[i].key)->number;
        same = number ? number(&f->before_tables, row) == number(&f->now_tables, row) : same_text(f, row);
    }
    return same;
}

static bool add_fresh(follow *f, uint32_t row)
{
    if (f->fresh_count == f->fresh_most) {
        return false;
    }
    f->fresh[f->fresh_count++] = row;
    return true;
}

static bool is_removed(const vt_snapshot *snapshot, uint32_t row)
{
    return vt_snapshot_chunk(snapshot, row)->removed[row & VT_CHUNK_MASK];
}

/* False if it is too much. */
static bool note_row(follow *f, uint32_t row)
{
    bool was = row < f->old->snapshot->count && !is_removed(f->old->snapshot, row);
    bool is = !is_removed(f->now, row);
    if (was && is && stays(f, row)) {
        return true;
    }
    if (was) {
        f->gone[row / 64] |= UINT64_C(1) << (row & 63);
    }
    return !is || add_fresh(f, row);
}

static bool same_piece(const vt_piece *a, const vt_piece *b)
{
    return a->chunk == b->chunk && a->file == b->file && a->user == b->user;
}

/* A piece that nobody wrote to is the very same in both; rows behind the last are new. */
static bool note_changes(follow *f)
{
    const vt_snapshot *before = f->old->snapshot;
    uint32_t pieces = vt_chunks_for(before->count);
    for (uint32_t piece = 0; piece < pieces; piece++) {
        uint32_t first = piece << VT_CHUNK_SHIFT;
        uint32_t end = before->count - first < VT_CHUNK_ROWS ? before->count : first + VT_CHUNK_ROWS;
        bool same = same_piece(&before->pieces[piece], &f->now->pieces[piece]);
        for (uint32_t row = first; !same && row < end; row++) {
            if (!note_row(f, row)) {
                return false;
            }
        }
    }
    for (uint32_t row = before->count; row < f->now->count; row++) {
        if (!note_row(f, row)) {
            return false;
        }
    }
    return true;
}

static void keep_others(follow *f)
{
    for (uint32_t i = 0; i < f->old->count; i++) {
        uint32_t row = f->old->rows[i];
        f->kept[f->kept_count] = row;
        f->kept_count += !(f->gone[row / 64] >> (row & 63) & 1);
    }
}

/* ---- putting in ---- */

static bool sort_fresh(follow *f, const atomic_bool *cancelled, vt_error *error)
{
    vt_group_spans spans = {0};
    bool sorted =
        vt_sort_rows_by(f->now, f->key->sorts, f->key->sort_count, VT_INDEX_NO_ALBUM, f->fresh,
                        f->fresh_count, cancelled, error) &&
        (f->key->group.by == VT_GROUP_NONE ||
         vt_group_spans_make(&spans, f->now, &f->key->group, f->fresh, f->fresh_count, cancelled, error));
    vt_group_spans_free(&spans);
    return sorted;
}

/* The first of the kept rows from `at` on that comes behind `row`: in steps that double, then by halves. */
static uint32_t find_place(const follow *f, uint32_t at, uint32_t row)
{
    uint32_t step = 1;
    uint32_t low = at;
    while (low + step <= f->kept_count && compare_rows(f, f->kept[low + step - 1], row) < 0) {
        low += step;
        step *= 2;
    }
    uint32_t high = low + step < f->kept_count ? low + step : f->kept_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_rows(f, f->kept[middle], row) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Owned by the caller; NULL when memory runs out. */
static uint32_t *merge(const follow *f)
{
    uint32_t *rows = vt_buffer_alloc((size_t)f->kept_count + f->fresh_count, sizeof *rows);
    uint32_t at = 0;
    uint32_t count = 0;
    for (uint32_t i = 0; rows && i < f->fresh_count; i++) {
        uint32_t place = find_place(f, at, f->fresh[i]);
        while (at < place) {
            rows[count++] = f->kept[at++];
        }
        rows[count++] = f->fresh[i];
    }
    while (rows && at < f->kept_count) {
        rows[count++] = f->kept[at++];
    }
    return rows;
}

/* ---- following ---- */

static bool begin(follow *f)
{
    f->fresh_most = f->old->count / FEW_SHARE;
    f->gone = calloc((size_t)f->old->snapshot->count / 64 + 1, sizeof *f->gone);
    f->fresh = vt_buffer_alloc(f->fresh_most, sizeof *f->fresh);
    f->kept = vt_buffer_alloc((size_t)f->old->count + 1, sizeof *f->kept);
    return f->gone && f->fresh && f->kept;
}

static void end(follow *f)
{
    free(f->gone);
    free(f->fresh);
    free(f->kept);
}

static bool run(follow *f, vt_order **order, const atomic_bool *cancelled, vt_error *error)
{
    if (!begin(f)) {
        return no_memory(error);
    }
    if (!note_changes(f)) {
        return true;
    }
    keep_others(f);
    if (!sort_fresh(f, cancelled, error)) {
        return false;
    }
    uint32_t *rows = merge(f);
    if (!rows) {
        return no_memory(error);
    }
    *order = vt_order_of_sorted(f->now, f->key, rows, f->kept_count + f->fresh_count, f->old->places != NULL,
                                cancelled, error);
    return *order != NULL;
}

bool vt_order_follow(const vt_order *old, const vt_snapshot *now, vt_order **order,
                     const atomic_bool *cancelled, vt_error *error)
{
    *order = NULL;
    if (!old->whole || now->count < old->snapshot->count || !is_followed(&old->key)) {
        return true;
    }
    follow f = {.old = old,
                .now = now,
                .key = &old->key,
                .before_tables = {.snapshot = old->snapshot},
                .now_tables = {.snapshot = now}};
    bool good = run(&f, order, cancelled, error);
    end(&f);
    return good;
}
