#include "app/ui/library/twin_choice.h"

#include "core/index/tags.h"

#include <stdlib.h>
#include <string.h>

vt_twin_kind vt_twin_kind_of(const vt_view *view)
{
    vt_twin_kind kind;
    return vt_group_twins(vt_view_grouped_by(view), &kind) ? kind : VT_TWIN_SAME;
}

/* ---- selecting ---- */

static int compare_positions(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static bool select_positions(uint32_t *positions, size_t count, vt_selection *selection)
{
    bool added = true;
    qsort(positions, count, sizeof *positions, compare_positions);
    for (size_t i = 0; added && i < count;) {
        size_t end = i + 1;
        while (end < count && positions[end] == positions[end - 1] + 1) {
            end++;
        }
        added = vt_selection_add(selection, positions[i], (int64_t)positions[end - 1] + 1);
        i = end;
    }
    return added;
}

/* Those of a group that are shown, but `kept` and what is the same file. */
static size_t collect_others(const vt_view *view, vt_twin_kind kind, const vt_twin_group *group,
                             uint32_t kept, uint32_t *positions)
{
    const vt_snapshot *snapshot = vt_view_snapshot(view);
    uint32_t file = vt_snapshot_twin_file(snapshot, kind, kept);
    size_t count = 0;
    for (uint32_t place = group->first; place < group->first + group->count; place++) {
        uint32_t position = vt_view_position(view, vt_snapshot_twin_row(snapshot, kind, place));
        if (position != VT_INDEX_NO_ROW && vt_snapshot_twin_file(snapshot, kind, place) != file) {
            positions[count++] = position;
        }
    }
    return count;
}

bool vt_twin_select_all_but_best(const vt_view *view, vt_twin_kind kind, vt_selection *selection)
{
    const vt_snapshot *snapshot = vt_view_snapshot(view);
    vt_twins_info info;
    vt_snapshot_twins(snapshot, kind, &info);
    uint32_t *positions = malloc(((size_t)info.members + 1) * sizeof *positions);
    size_t count = 0;
    for (uint32_t i = 0; positions && i < info.groups; i++) {
        vt_twin_group group;
        vt_snapshot_twin_group(snapshot, kind, i, &group);
        count += collect_others(view, kind, &group, group.first, positions + count);
    }
    bool done = positions && select_positions(positions, count, selection);
    if (done && count > 0) {
        selection->current = selection->anchor = positions[0];
    }
    free(positions);
    return done;
}

bool vt_twin_select_others(const vt_view *view, vt_twin_kind kind, int64_t position, vt_selection *selection)
{
    const vt_snapshot *snapshot = vt_view_snapshot(view);
    uint32_t kept = vt_snapshot_twin_place(snapshot, kind, vt_view_row(view, (uint32_t)position));
    selection->current = selection->anchor = position;
    if (kept == VT_INDEX_NO_ROW) {
        return true;
    }
    vt_twin_group group;
    vt_snapshot_twin_group(snapshot, kind, vt_snapshot_twin_group_of(snapshot, kind, kept), &group);
    uint32_t *positions = malloc((size_t)group.count * sizeof *positions);
    bool done = positions &&
                select_positions(positions, collect_others(view, kind, &group, kept, positions), selection);
    free(positions);
    return done;
}

/* ---- gifts ---- */

/* A value for an item; those of one value become a gift. */
typedef struct pair {
    uint32_t value; /* rating; or tag and RATINGS */
    int64_t id;
} pair;

enum { RATINGS = 6 };

typedef struct pairs {
    pair *list; /* owned */
    size_t count, capacity;
} pairs;

static bool add_pair(pairs *all, uint32_t value, int64_t id)
{
    if (all->count == all->capacity) {
        size_t capacity = all->capacity ? all->capacity * 2 : 256;
        pair *grown = realloc(all->list, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        all->list = grown;
        all->capacity = capacity;
    }
    all->list[all->count++] = (pair){value, id};
    return true;
}

static bool has_tag(const vt_snapshot *snapshot, uint32_t row, uint32_t tag)
{
    uint32_t count;
    const uint32_t *tags = vt_snapshot_tags_of(snapshot, row, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (tags[i] == tag) {
            return true;
        }
    }
    return false;
}

static uint32_t kept_of(const vt_view *view, vt_twin_kind kind, const vt_twin_group *group,
                        const vt_selection *selection)
{
    const vt_snapshot *snapshot = vt_view_snapshot(view);
    for (uint32_t place = group->first; place < group->first + group->count; place++) {
        uint32_t position = vt_view_position(view, vt_snapshot_twin_row(snapshot, kind, place));
        if (position == VT_INDEX_NO_ROW || !vt_selection_contains(selection, position)) {
            return vt_snapshot_twin_row(snapshot, kind, place);
        }
    }
    return vt_snapshot_twin_row(snapshot, kind, group->first);
}

/* What one group gives; the same tag more than once, if several have it. */
static bool give(const vt_view *view, vt_twin_kind kind, uint32_t number, const vt_selection *selection,
                 pairs *all)
{
    const vt_snapshot *snapshot = vt_view_snapshot(view);
    vt_twin_group group;
    vt_snapshot_twin_group(snapshot, kind, number, &group);
    uint32_t kept = kept_of(view, kind, &group, selection);
    vt_item_brief own;
    vt_snapshot_item(snapshot, kept, &own);
    uint8_t rating = own.rating;
    bool done = true;
    for (uint32_t place = group.first; done && place < group.first + group.count; place++) {
        uint32_t row = vt_snapshot_twin_row(snapshot, kind, place);
        vt_item_brief item;
        uint32_t count;
        const uint32_t *tags = vt_snapshot_tags_of(snapshot, row, &count);
        vt_snapshot_item(snapshot, row, &item);
        rating = item.rating > rating ? item.rating : rating;
        for (uint32_t i = 0; done && i < count; i++) {
            vt_index_tag tag;
            vt_snapshot_tag(snapshot, tags[i], &tag);
            done =
                tag.removed || has_tag(snapshot, kept, tags[i]) || add_pair(all, tags[i] + RATINGS, own.id);
        }
    }
    return done && (rating == own.rating || add_pair(all, rating, own.id));
}

static int compare_pairs(const void *a, const void *b)
{
    const pair *x = a;
    const pair *y = b;
    if (x->value != y->value) {
        return x->value < y->value ? -1 : 1;
    }
    return (x->id > y->id) - (x->id < y->id);
}

/* Pairs [from, end), which are of one value. */
static bool add_gift(const vt_snapshot *snapshot, const pair *list, size_t from, size_t end,
                     vt_twin_gifts *gifts)
{
    vt_twin_gift *grown = realloc(gifts->list, (gifts->count + 1) * sizeof *grown);
    if (!grown) {
        return false;
    }
    gifts->list = grown;
    vt_twin_gift *gift = &grown[gifts->count++];
    *gift = (vt_twin_gift){.ids = malloc((end - from) * sizeof *gift->ids)};
    if (list[from].value < RATINGS) {
        gift->rating = (int)list[from].value;
    } else {
        vt_str path = VT_STR_INIT;
        vt_snapshot_tag_path(snapshot, list[from].value - RATINGS, &path);
        gift->tag = path.failed ? NULL : strdup(path.data);
        vt_str_free(&path);
    }
    for (size_t i = from; gift->ids && i < end; i++) {
        if (i == from || list[i].id != list[i - 1].id) {
            gift->ids[gift->count++] = list[i].id;
        }
    }
    return gift->ids && (gift->rating || gift->tag);
}

static bool sort_out(const vt_snapshot *snapshot, pairs *all, vt_twin_gifts *gifts)
{
    bool done = true;
    if (all->count > 0) {
        qsort(all->list, all->count, sizeof *all->list, compare_pairs);
    }
    for (size_t from = 0, end; done && from < all->count; from = end) {
        for (end = from + 1; end < all->count && all->list[end].value == all->list[from].value;) {
            end++;
        }
        done = add_gift(snapshot, all->list, from, end, gifts);
    }
    return done;
}

/* Marks the group of the item at a position; whether it is new. */
static bool mark_group(const vt_view *view, vt_twin_kind kind, int64_t position, uint8_t *marked,
                       uint32_t *group)
{
    const vt_snapshot *snapshot = vt_view_snapshot(view);
    uint32_t place = vt_snapshot_twin_place(snapshot, kind, vt_view_row(view, (uint32_t)position));
    if (place == VT_INDEX_NO_ROW) {
        return false;
    }
    *group = vt_snapshot_twin_group_of(snapshot, kind, place);
    bool fresh = !marked[*group];
    marked[*group] = 1;
    return fresh;
}

bool vt_twin_find_gifts(const vt_view *view, vt_twin_kind kind, const vt_selection *selection,
                        vt_twin_gifts *gifts)
{
    *gifts = (vt_twin_gifts){0};
    vt_twins_info info;
    vt_snapshot_twins(vt_view_snapshot(view), kind, &info);
    const vt_row_interval current = {selection->current, selection->current + 1};
    bool one = selection->rows == 0 && selection->current >= 0;
    const vt_row_interval *intervals = one ? &current : selection->intervals;
    size_t count = one ? 1 : selection->count;
    uint8_t *marked = calloc((size_t)info.groups + 1, 1);
    pairs all = {0};
    bool done = marked != NULL;
    for (size_t i = 0; i < count; i++) {
        for (int64_t row = intervals[i].first; done && row < intervals[i].last; row++) {
            uint32_t group;
            if (mark_group(view, kind, row, marked, &group)) {
                gifts->groups++;
                done = give(view, kind, group, selection, &all);
            }
        }
    }
    done = done && sort_out(vt_view_snapshot(view), &all, gifts);
    free(marked);
    free(all.list);
    if (!done) {
        vt_twin_gifts_clear(gifts);
    }
    return done;
}

void vt_twin_gifts_clear(vt_twin_gifts *gifts)
{
    for (size_t i = 0; i < gifts->count; i++) {
        free(gifts->list[i].tag);
        free(gifts->list[i].ids);
    }
    free(gifts->list);
    *gifts = (vt_twin_gifts){0};
}
