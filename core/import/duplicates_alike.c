/* Images that look alike: their looks, and groups of them. */
#include "core/import/duplicates_private.h"
#include "core/import/look.h"
#include "core/similar/similar_index.h"

#include <stdlib.h>
#include <string.h>

/* Looks that are handed on to be kept at a time. */
enum { LOOKS_KEPT = 256 };

typedef struct picture {
    vt_best_item best; /* first: for vt_best_compare */
    uint64_t hash;
} picture;

typedef struct alike {
    vt_duplicates_search *search;
    vt_look *looks; /* by row */
    picture *pictures;
    uint32_t count;
} alike;

/* ---- looks ---- */

static bool take_look(void *user, int64_t item_id, const vt_look *look)
{
    alike *all = user;
    uint32_t row = vt_snapshot_find(all->search->snapshot, item_id);
    if (row != VT_INDEX_NO_ROW && vt_look_is_known(look)) {
        all->looks[row] = *look;
    }
    return !vt_duplicates_is_cancelled(all->search);
}

static bool is_picture(const vt_duplicates_search *at, uint32_t row, vt_item_brief *item)
{
    return vt_duplicates_takes(at, row, item) && item->kind == VT_KIND_IMAGE && item->state == VT_ITEM_OK;
}

static bool cancelled(vt_duplicates_search *at)
{
    return vt_duplicates_is_cancelled(at) &&
           !vt_error_set(at->error, VT_ERROR_CANCELLED, "the search for duplicates was cancelled");
}

static void keep(vt_duplicates_search *at, const vt_tiny *made, size_t count)
{
    if (at->options->looked && count > 0) {
        at->options->looked(at->options->user, made, count);
    }
}

/* Of pictures that were imported before there were looks. What was made stays, also when it is cancelled. */
static bool make_looks(alike *all)
{
    vt_duplicates_search *at = all->search;
    uint32_t rows = vt_snapshot_count(at->snapshot);
    vt_tiny made[LOOKS_KEPT];
    size_t count = 0;
    for (uint32_t row = 0; row < rows; row++) {
        vt_item_brief item;
        if (all->looks[row].version || !is_picture(at, row, &item)) {
            continue;
        }
        if (at->options->progress) {
            at->options->progress(at->options->user, VT_DUPLICATES_LOOKING, row, rows);
        }
        if (vt_duplicates_is_cancelled(at)) {
            break;
        }
        vt_look look =
            at->thumbs ? vt_look_of_stored(at->thumbs, item.id, item.size, item.mtime_ns) : (vt_look){0};
        if (!look.version) {
            at->result->without_look++;
            continue;
        }
        all->looks[row] = look;
        at->result->looks_made++;
        made[count++] = (vt_tiny){.item_id = item.id, .look = look};
        if (count == LOOKS_KEPT) {
            keep(at, made, count);
            count = 0;
        }
    }
    keep(at, made, count);
    return !cancelled(at);
}

static bool collect(alike *all)
{
    vt_duplicates_search *at = all->search;
    uint32_t rows = vt_snapshot_count(at->snapshot);
    all->looks = calloc((size_t)rows + 1, sizeof *all->looks);
    if (!all->looks) {
        return vt_duplicates_no_memory(at);
    }
    if (!vt_catalog_reader_each_look(at->reader, 0, take_look, all, at->error) || cancelled(at) ||
        !make_looks(all)) {
        return false;
    }
    all->pictures = malloc(((size_t)rows + 1) * sizeof *all->pictures);
    if (!all->pictures) {
        return vt_duplicates_no_memory(at);
    }
    for (uint32_t row = 0; row < rows; row++) {
        vt_item_brief item;
        if (vt_look_tells(&all->looks[row]) && is_picture(at, row, &item)) {
            all->pictures[all->count++] = (picture){vt_duplicates_rank(row, &item), all->looks[row].hash};
        }
    }
    free(all->looks);
    all->looks = NULL;
    qsort(all->pictures, all->count, sizeof *all->pictures, vt_best_compare);
    return true;
}

/* ---- of equal content ---- */

typedef struct row_place {
    uint32_t row, place;
} row_place;

static int compare_rows(const void *a, const void *b)
{
    uint32_t x = ((const row_place *)a)->row;
    uint32_t y = ((const row_place *)b)->row;
    return (x > y) - (x < y);
}

/* Of this search, or if it had not that to find, of the one before. */
typedef struct same_of {
    const vt_duplicates_search *search;
    row_place *places; /* owned; NULL: of the one before */
    uint32_t count;
} same_of;

static bool make_same(same_of *same)
{
    const vt_duplicates_search *at = same->search;
    const vt_twins_found *found = &at->result->found[VT_TWIN_SAME];
    if (!at->options->same) {
        return true;
    }
    same->places = malloc(((size_t)found->count + 1) * sizeof *same->places);
    for (uint32_t i = 0; same->places && i < found->count; i++) {
        same->places[same->count++] = (row_place){vt_snapshot_find(at->snapshot, found->twins[i].id), i};
    }
    if (same->places) {
        qsort(same->places, same->count, sizeof *same->places, compare_rows);
    }
    return same->places != NULL;
}

/* Group and file of the row's content; false if it is there once. */
static bool content_of(const same_of *same, uint32_t row, uint32_t *group, uint32_t *file)
{
    const vt_duplicates_search *at = same->search;
    if (!same->places) {
        uint32_t place = vt_snapshot_twin_place(at->snapshot, VT_TWIN_SAME, row);
        if (place == VT_INDEX_NO_ROW) {
            return false;
        }
        *group = vt_snapshot_twin_group_of(at->snapshot, VT_TWIN_SAME, place);
        *file = vt_snapshot_twin_file(at->snapshot, VT_TWIN_SAME, place);
        return true;
    }
    const row_place wanted = {row, 0};
    const row_place *of =
        same->count ? bsearch(&wanted, same->places, same->count, sizeof wanted, compare_rows) : NULL;
    if (of) {
        *group = at->result->found[VT_TWIN_SAME].twins[of->place].group;
        *file = at->result->found[VT_TWIN_SAME].twins[of->place].file;
    }
    return of != NULL;
}

/* ---- groups ---- */

typedef struct member {
    uint32_t picture; /* its rank: the lower, the better */
    uint32_t group, file;
    bool is_twin;
} member;

static int compare_members(const void *a, const void *b)
{
    const member *x = a;
    const member *y = b;
    return (x->picture > y->picture) - (x->picture < y->picture);
}

/* Fills `to`, the best first; false for a group that is one of equal content. */
static bool read_group(const alike *all, const same_of *same, const vt_similar_match *matches, uint32_t count,
                       member *to)
{
    bool one_content = true;
    for (uint32_t i = 0; i < count; i++) {
        to[i] = (member){.picture = matches[i].item};
        to[i].is_twin = content_of(same, all->pictures[matches[i].item].best.row, &to[i].group, &to[i].file);
        one_content = one_content && to[i].is_twin && to[i].group == to[0].group;
    }
    qsort(to, count, sizeof *to, compare_members);
    return !one_content;
}

/* A hard link gets the number of the file it is, if that is among the first of the group. */
static uint32_t file_number(const member *members, uint32_t at)
{
    enum { LOOKED_AT = 4096 }; /* or large groups would cost their square */
    uint32_t end = at < LOOKED_AT ? at : LOOKED_AT;
    for (uint32_t i = 0; members[at].is_twin && i < end; i++) {
        if (members[i].is_twin && members[i].group == members[at].group &&
            members[i].file == members[at].file) {
            return i;
        }
    }
    return at;
}

typedef struct gain {
    int64_t bytes;
    uint32_t group; /* of the similar groups */
} gain;

static int compare_gains(const void *a, const void *b)
{
    const gain *x = a;
    const gain *y = b;
    if (x->bytes != y->bytes) {
        return x->bytes > y->bytes ? -1 : 1;
    }
    return (x->group > y->group) - (x->group < y->group);
}

static int64_t gain_of(const alike *all, const vt_similar_groups *groups, uint32_t group)
{
    const vt_similar_match *matches = groups->members + groups->groups[group].first;
    int64_t bytes = 0;
    for (uint32_t i = 1; i < groups->groups[group].count; i++) {
        bytes += all->pictures[matches[i].item].best.size;
    }
    return bytes;
}

static bool take_groups(alike *all, const same_of *same, const vt_similar_groups *groups)
{
    vt_duplicates_search *at = all->search;
    vt_twins_found *found = &at->result->found[VT_TWIN_ALIKE];
    found->twins = malloc(((size_t)groups->member_count + 1) * sizeof *found->twins);
    member *members = malloc(((size_t)groups->member_count + 1) * sizeof *members);
    gain *gains = malloc(((size_t)groups->count + 1) * sizeof *gains);
    bool done = found->twins && members && gains;
    for (uint32_t i = 0; done && i < groups->count; i++) {
        gains[i] = (gain){gain_of(all, groups, i), i};
    }
    if (done) {
        qsort(gains, groups->count, sizeof *gains, compare_gains);
    }
    uint32_t number = 0;
    for (uint32_t i = 0; done && i < groups->count; i++) {
        const vt_similar_group *group = &groups->groups[gains[i].group];
        if (!read_group(all, same, groups->members + group->first, group->count, members)) {
            continue;
        }
        for (uint32_t k = 0; k < group->count; k++) {
            vt_item_brief item;
            vt_snapshot_item(at->snapshot, all->pictures[members[k].picture].best.row, &item);
            found->twins[found->count++] = (vt_twin){.id = item.id,
                                                     .stamp = vt_twin_stamp(item.size, item.mtime_ns),
                                                     .group = number,
                                                     .file = file_number(members, k)};
        }
        number++;
    }
    free(members);
    free(gains);
    return done || vt_duplicates_no_memory(at);
}

static void tell_progress(void *user, uint64_t done, uint64_t total)
{
    const vt_duplicates_search *at = user;
    if (at->options->progress) {
        at->options->progress(at->options->user, VT_DUPLICATES_GROUPING, done, total);
    }
}

/* The pictures stand by rank, so that it is their number that decides which is the best. */
static bool group(alike *all, vt_similar_groups *groups)
{
    vt_duplicates_search *at = all->search;
    uint64_t *hashes = malloc(((size_t)all->count + 1) * sizeof *hashes);
    uint64_t *quality = malloc(((size_t)all->count + 1) * sizeof *quality);
    if (!hashes || !quality) {
        free(hashes);
        free(quality);
        return vt_duplicates_no_memory(at);
    }
    for (uint32_t i = 0; i < all->count; i++) {
        hashes[i] = all->pictures[i].hash;
        quality[i] = all->count - i;
    }
    const vt_similar_options options = {.distance = at->options->distance,
                                        .quality = quality,
                                        .cancelled = at->options->cancelled,
                                        .progress = tell_progress,
                                        .user = at};
    vt_similar_index *index = vt_similar_index_create(hashes, all->count, at->options->cancelled, at->error);
    bool done = index && vt_similar_index_group(index, &options, groups, at->error);
    vt_similar_index_free(index);
    free(hashes);
    free(quality);
    return done;
}

bool vt_duplicates_find_alike(vt_duplicates_search *at)
{
    alike all = {.search = at};
    same_of same = {.search = at};
    vt_similar_groups groups = {0};
    bool done = collect(&all) && group(&all, &groups) && (make_same(&same) || vt_duplicates_no_memory(at)) &&
                take_groups(&all, &same, &groups);
    vt_similar_groups_clear(&groups);
    free(same.places);
    free(all.looks);
    free(all.pictures);
    return done;
}
