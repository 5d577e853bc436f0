/* What was found before, so that a search reads only what came or changed since. */
#include "core/import/duplicates_private.h"

#include <stdlib.h>

/* One of those that were compared before. */
typedef struct record {
    uint32_t row; /* of the snapshot; VT_INDEX_NO_ROW: it is gone, or is another content by now */
    uint32_t at;  /* its place among the known ones */
} record;

struct vt_duplicates_known {
    vt_duplicates_search *search;
    const vt_twins_found *known;
    record *records;    /* by row */
    bool *touched;      /* by place: of a group that is compared anew */
    uint32_t *group_at; /* by place: the first of its group */
};

static int by_row(const void *a, const void *b)
{
    uint32_t left = ((const record *)a)->row;
    uint32_t right = ((const record *)b)->row;
    return (left > right) - (left < right);
}

static uint32_t find_row(const vt_duplicates_known *of, const vt_twin *twin)
{
    vt_item_brief item;
    uint32_t row = vt_snapshot_find(of->search->snapshot, twin->id);
    bool holds = row != VT_INDEX_NO_ROW && !vt_snapshot_removed(of->search->snapshot, row);
    if (holds) {
        vt_snapshot_item(of->search->snapshot, row, &item);
        holds = vt_twin_stamp(item.size, item.mtime_ns) == twin->stamp;
    }
    return holds ? row : VT_INDEX_NO_ROW;
}

vt_duplicates_known *vt_duplicates_known_create(vt_duplicates_search *at)
{
    const vt_twins_found *known = at->options->known;
    size_t count = (size_t)known->count + 1;
    vt_duplicates_known *of = calloc(1, sizeof *of);
    if (!of) {
        return NULL;
    }
    of->search = at;
    of->known = known;
    of->records = calloc(count, sizeof *of->records);
    of->touched = calloc(count, sizeof *of->touched);
    of->group_at = calloc(count, sizeof *of->group_at);
    if (!of->records || !of->touched || !of->group_at) {
        vt_duplicates_known_free(of);
        return NULL;
    }
    for (uint32_t i = 0; i < known->count; i++) {
        bool same = i > 0 && known->twins[i].group == known->twins[i - 1].group;
        of->records[i] = (record){find_row(of, &known->twins[i]), i};
        of->group_at[i] = same ? of->group_at[i - 1] : i;
    }
    qsort(of->records, known->count, sizeof *of->records, by_row);
    return of;
}

void vt_duplicates_known_free(vt_duplicates_known *known)
{
    if (known) {
        free(known->records);
        free(known->touched);
        free(known->group_at);
        free(known);
    }
}

static const record *find_record(const vt_duplicates_known *known, uint32_t row)
{
    const record wanted = {.row = row};
    return known->known->count ? bsearch(&wanted, known->records, known->known->count, sizeof wanted, by_row)
                               : NULL;
}

/* Files of one size and fingerprint: true if there is one that was not compared as it is now. */
static bool is_due(vt_duplicates_known *known, const vt_duplicates_candidate *of, uint32_t count)
{
    bool due = false;
    for (uint32_t i = 0; i < count && !due; i++) {
        due = find_record(known, of[i].row) == NULL;
    }
    for (uint32_t i = 0; i < count && due; i++) {
        const record *before = find_record(known, of[i].row);
        if (before) {
            known->touched[known->group_at[before->at]] = true;
        }
    }
    return due;
}

static int compare_rows(const void *a, const void *b)
{
    uint32_t left = ((const vt_duplicates_candidate *)a)->row;
    uint32_t right = ((const vt_duplicates_candidate *)b)->row;
    return (left > right) - (left < right);
}

/* Others of the groups that are compared anew: equal before the fingerprint of one of them was known. */
static uint32_t add_mates(vt_duplicates_known *known, vt_duplicates_candidate *list, uint32_t count)
{
    uint32_t kept = count;
    if (count == 0) {
        return 0;
    }
    qsort(list, count, sizeof *list, compare_rows);
    for (uint32_t i = 0; i < known->known->count; i++) {
        const record *of = &known->records[i];
        const vt_duplicates_candidate wanted = {.row = of->row};
        vt_item_brief item;
        if (of->row != VT_INDEX_NO_ROW && known->touched[known->group_at[of->at]] &&
            vt_duplicates_takes(known->search, of->row, &item) &&
            !bsearch(&wanted, list, count, sizeof wanted, compare_rows)) {
            list[kept++] = (vt_duplicates_candidate){.size = item.size, .row = of->row};
        }
    }
    return kept;
}

uint32_t vt_duplicates_known_keep_due(vt_duplicates_known *known, vt_duplicates_candidate *list,
                                      uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t from = 0, end; from < count; from = end) {
        if (list[from].fingerprint == 0) {
            end = from + 1; /* it was never read: it waits until it is */
            continue;
        }
        end = vt_duplicates_end_of_class(list, count, from);
        bool due = end - from > 1 && is_due(known, list + from, end - from);
        for (uint32_t i = from; due && i < end; i++) {
            list[kept++] = list[i];
        }
    }
    return add_mates(known, list, kept);
}

/* ---- what still holds ---- */

typedef struct group {
    uint32_t first, count;
    uint64_t gain;
} group;

static int by_gain(const void *a, const void *b)
{
    const group *x = a;
    const group *y = b;
    return x->gain != y->gain ? (x->gain > y->gain ? -1 : 1) : (x->first > y->first) - (x->first < y->first);
}

/* Bytes to gain, at most: some of the files may have gone. For the order only. */
static uint64_t gain_of(const vt_duplicates_search *at, const vt_twin *twins, uint32_t count)
{
    vt_item_brief item;
    uint32_t last = 0;
    vt_snapshot_item(at->snapshot, vt_snapshot_find(at->snapshot, twins[0].id), &item);
    for (uint32_t i = 0; i < count; i++) {
        last = twins[i].file > last ? twins[i].file : last;
    }
    return (uint64_t)last * (uint64_t)item.size;
}

/* Parts what holds into groups, and those that are alone. `found` has room. */
static void take_held(vt_duplicates_known *known, const bool *holds, vt_twins_found *found,
                      vt_twins_found *alone)
{
    uint32_t number = found->count ? found->twins[found->count - 1].group + 1 : 0;
    for (uint32_t first = 0, end; first < known->known->count; first = end) {
        uint32_t held = 0;
        for (end = first; end < known->known->count && known->group_at[end] == first; end++) {
            held += holds[end];
        }
        for (uint32_t i = first; i < end && !known->touched[first]; i++) {
            vt_twin twin = known->known->twins[i];
            if (holds[i] && held > 1) {
                twin.group = number;
                found->twins[found->count++] = twin;
            } else if (holds[i]) {
                twin.group = alone->count;
                alone->twins[alone->count++] = twin;
            }
        }
        number++;
    }
}

/* Puts groups in order, by what there is to gain. */
static bool arrange(vt_duplicates_search *at, vt_twins_found *found)
{
    group *groups = malloc(((size_t)found->count + 1) * sizeof *groups);
    vt_twin *sorted = malloc(((size_t)found->count + 1) * sizeof *sorted);
    uint32_t count = 0;
    uint32_t to = 0;
    for (uint32_t first = 0, end; groups && sorted && first < found->count; first = end) {
        for (end = first + 1; end < found->count && found->twins[end].group == found->twins[first].group;) {
            end++;
        }
        groups[count++] = (group){first, end - first, gain_of(at, found->twins + first, end - first)};
    }
    if (!groups || !sorted) {
        free(groups);
        free(sorted);
        return vt_duplicates_no_memory(at);
    }
    qsort(groups, count, sizeof *groups, by_gain);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < groups[i].count; k++) {
            sorted[to] = found->twins[groups[i].first + k];
            sorted[to++].group = i;
        }
    }
    free(groups);
    free(found->twins);
    found->twins = sorted;
    return true;
}

static bool grow(vt_twins_found *of, uint32_t more)
{
    vt_twin *larger = realloc(of->twins, ((size_t)of->count + more + 1) * sizeof *larger);
    if (!larger) {
        return false;
    }
    of->twins = larger;
    return true;
}

bool vt_duplicates_known_merge(vt_duplicates_known *known)
{
    vt_duplicates_search *at = known->search;
    vt_twins_found *found = &at->result->found[VT_TWIN_SAME];
    vt_twins_found *alone = &at->result->alone;
    uint32_t count = known->known->count;
    bool *holds = calloc((size_t)count + 1, sizeof *holds);
    if (!holds || !grow(found, count) || !grow(alone, count)) {
        free(holds);
        return vt_duplicates_no_memory(at);
    }
    for (uint32_t i = 0; i < count; i++) {
        holds[known->records[i].at] = known->records[i].row != VT_INDEX_NO_ROW;
    }
    take_held(known, holds, found, alone);
    free(holds);
    return arrange(at, found);
}
