/* Files of equal content: which may be, and what becomes of those that are. */
#include "core/base/arena.h"
#include "core/import/duplicates_private.h"
#include "core/similar/equal.h"

#include <stdlib.h>

typedef struct candidates {
    vt_duplicates_search *search;
    vt_duplicates_candidate *list;
    uint32_t count;
    uint32_t next; /* of those whose fingerprint has been read, by row */
} candidates;

static bool take_fingerprint(void *user, int64_t item_id, int64_t size, uint64_t fingerprint)
{
    candidates *all = user;
    uint32_t row = vt_snapshot_find(all->search->snapshot, item_id);
    if (row == VT_INDEX_NO_ROW) {
        return !vt_duplicates_is_cancelled(all->search);
    }
    while (all->next < all->count && all->list[all->next].row < row) {
        all->next++;
    }
    if (all->next < all->count && all->list[all->next].row == row && all->list[all->next].size == size) {
        all->list[all->next].fingerprint = fingerprint;
    }
    return !vt_duplicates_is_cancelled(all->search);
}

static int compare_candidates(const void *a, const void *b)
{
    const vt_duplicates_candidate *x = a;
    const vt_duplicates_candidate *y = b;
    if (x->size != y->size) {
        return x->size < y->size ? -1 : 1;
    }
    if (x->fingerprint != y->fingerprint) {
        return x->fingerprint < y->fingerprint ? -1 : 1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

/* Keeps, of those of one size, the ones that share their fingerprint; all if that of one is not known. */
static uint32_t keep_of_size(vt_duplicates_candidate *to, const vt_duplicates_candidate *from, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool shared = (i > 0 && from[i - 1].fingerprint == from[i].fingerprint) ||
                      (i + 1 < count && from[i + 1].fingerprint == from[i].fingerprint);
        if (count > 1 && (shared || from[0].fingerprint == 0)) {
            to[kept++] = from[i];
        }
    }
    return kept;
}

uint32_t vt_duplicates_end_of_class(const vt_duplicates_candidate *list, uint32_t count, uint32_t from)
{
    uint32_t end = from + 1;
    while (end < count && list[end].size == list[from].size &&
           (list[from].fingerprint == 0 || list[end].fingerprint == list[from].fingerprint)) {
        end++;
    }
    return end;
}

static void keep_shared(candidates *all)
{
    uint32_t kept = 0;
    qsort(all->list, all->count, sizeof *all->list, compare_candidates);
    for (uint32_t from = 0, end; from < all->count; from = end) {
        for (end = from + 1; end < all->count && all->list[end].size == all->list[from].size;) {
            end++;
        }
        kept += keep_of_size(all->list + kept, all->list + from, end - from);
    }
    all->count = kept;
}

static bool collect(candidates *all)
{
    vt_duplicates_search *at = all->search;
    uint32_t rows = vt_snapshot_count(at->snapshot);
    size_t known = at->options->known ? at->options->known->count : 0;
    all->list = malloc(((size_t)rows + known + 1) * sizeof *all->list);
    if (!all->list) {
        return vt_duplicates_no_memory(at);
    }
    for (uint32_t row = 0; row < rows; row++) {
        vt_item_brief item;
        if (vt_duplicates_takes(at, row, &item) && item.size > 0) {
            all->list[all->count++] = (vt_duplicates_candidate){.size = item.size, .row = row};
        }
    }
    if (!vt_catalog_reader_each_fingerprint(at->reader, 0, take_fingerprint, all, at->error)) {
        return false;
    }
    if (vt_duplicates_is_cancelled(at)) {
        return vt_error_set(at->error, VT_ERROR_CANCELLED, "the search for duplicates was cancelled");
    }
    keep_shared(all);
    return true;
}

static vt_equal_item *list_items(const candidates *all, vt_arena *arena)
{
    vt_equal_item *items = arena ? calloc((size_t)all->count + 1, sizeof *items) : NULL;
    vt_str path = VT_STR_INIT;
    bool done = items != NULL;
    for (uint32_t i = 0; done && i < all->count; i++) {
        const vt_duplicates_candidate *of = &all->list[i];
        vt_item_brief item;
        vt_snapshot_item(all->search->snapshot, of->row, &item);
        vt_str_clear(&path);
        vt_snapshot_path(all->search->snapshot, of->row, &path);
        items[i] = (vt_equal_item){.path = path.failed ? NULL : vt_arena_copy(arena, path.data, path.length),
                                   .size = (uint64_t)of->size,
                                   .mtime_ns = item.mtime_ns,
                                   .fingerprint = of->fingerprint};
        done = items[i].path != NULL;
    }
    vt_str_free(&path);
    if (!done) {
        free(items);
        return NULL;
    }
    return items;
}

/* ---- the groups ---- */

typedef struct ranked {
    vt_best_item best; /* first: for vt_best_compare */
    uint32_t file;
} ranked;

/* Members of one group, the best first. */
static void add_group(vt_duplicates_search *at, const candidates *all, const vt_equal_group *group,
                      const vt_equal_member *members, uint32_t number, ranked *scratch)
{
    vt_twins_found *found = &at->result->found[VT_TWIN_SAME];
    for (uint32_t i = 0; i < group->count; i++) {
        vt_item_brief item;
        uint32_t row = all->list[members[i].item].row;
        vt_snapshot_item(at->snapshot, row, &item);
        scratch[i] = (ranked){vt_duplicates_rank(row, &item), members[i].file};
    }
    qsort(scratch, group->count, sizeof *scratch, vt_best_compare);
    for (uint32_t i = 0; i < group->count; i++) {
        vt_item_brief item;
        vt_snapshot_item(at->snapshot, scratch[i].best.row, &item);
        found->twins[found->count++] = (vt_twin){.id = item.id,
                                                 .stamp = vt_twin_stamp(item.size, item.mtime_ns),
                                                 .group = number,
                                                 .file = scratch[i].file};
    }
}

static bool take_groups(vt_duplicates_search *at, const candidates *all, const vt_equal_result *equal)
{
    at->result->found[VT_TWIN_SAME].twins = malloc(((size_t)equal->member_count + 1) * sizeof(vt_twin));
    ranked *scratch = malloc(((size_t)equal->member_count + 1) * sizeof *scratch);
    bool done = scratch && at->result->found[VT_TWIN_SAME].twins;
    for (uint32_t i = 0; done && i < equal->count; i++) {
        const vt_equal_group *group = &equal->groups[i];
        add_group(at, all, group, equal->members + group->first, i, scratch);
    }
    free(scratch);
    return done || vt_duplicates_no_memory(at);
}

static void tell_progress(void *user, uint64_t done, uint64_t total)
{
    const vt_duplicates_search *at = user;
    if (at->options->progress) {
        at->options->progress(at->options->user, VT_DUPLICATES_COMPARING, done, total);
    }
}

/* Those that were compared, and are equal to none. */
static bool note_alone(vt_duplicates_search *at, const candidates *all, const vt_equal_result *equal)
{
    vt_twins_found *alone = &at->result->alone;
    bool *told = calloc((size_t)all->count + 1, sizeof *told);
    alone->twins = malloc(((size_t)all->count + 1) * sizeof *alone->twins);
    for (uint32_t i = 0; told && i < equal->member_count; i++) {
        told[equal->members[i].item] = true;
    }
    for (uint32_t i = 0; told && i < equal->skipped_count; i++) {
        told[equal->skipped[i].item] = true; /* the next search tries again */
    }
    for (uint32_t i = 0; told && alone->twins && i < all->count; i++) {
        vt_item_brief item;
        vt_snapshot_item(at->snapshot, all->list[i].row, &item);
        if (!told[i]) {
            alone->twins[alone->count] = (vt_twin){
                .id = item.id, .stamp = vt_twin_stamp(item.size, item.mtime_ns), .group = alone->count};
            alone->count++;
        }
    }
    bool done = told && alone->twins;
    free(told);
    return done || vt_duplicates_no_memory(at);
}

static bool compare(vt_duplicates_search *at, const candidates *all)
{
    const vt_equal_options options = {
        .cancelled = at->options->cancelled, .progress = tell_progress, .user = at};
    vt_arena *arena = vt_arena_create(0);
    vt_equal_result equal = {0};
    vt_equal_item *items = list_items(all, arena);
    bool done = items || vt_duplicates_no_memory(at);
    done = done && vt_equal_find(items, all->count, &options, &equal, at->error) &&
           take_groups(at, all, &equal) && note_alone(at, all, &equal);
    at->result->skipped = equal.skipped_count;
    at->result->files_read = equal.files_read;
    at->result->bytes_read = equal.bytes_read;
    vt_equal_result_clear(&equal);
    free(items);
    vt_arena_free(arena);
    return done;
}

bool vt_duplicates_find_same(vt_duplicates_search *at)
{
    candidates all = {.search = at};
    vt_duplicates_known *known = NULL;
    bool done = collect(&all);
    if (done && at->options->known) {
        known = vt_duplicates_known_create(at);
        done = known != NULL || vt_duplicates_no_memory(at);
        all.count = done ? vt_duplicates_known_keep_due(known, all.list, all.count) : 0;
    }
    done = done && compare(at, &all) && (!known || vt_duplicates_known_merge(known));
    vt_duplicates_known_free(known);
    free(all.list);
    return done;
}
