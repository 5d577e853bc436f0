#include "app/ui/files/chosen.h"

#include "app/ui/library/stacks.h"

#include <stdatomic.h>
#include <stdlib.h>

struct vt_chosen {
    atomic_int references;
    const vt_view *view;         /* retained; NULL: */
    const vt_snapshot *snapshot; /* retained, and these rows of it; owned */
    uint32_t *rows;
    size_t row_count;
    vt_selection selection;
    size_t interval; /* where the last one asked for lies */
    size_t before;   /* rows in the intervals before that */
    bool whole;      /* behind all rows, what is inside of closed stacks, counted the same way: */
    size_t hidden, hidden_interval, hidden_before;
    uint32_t stacks; /* closed ones */
};

static size_t hidden_at(const vt_chosen *chosen, size_t interval, uint32_t *stacks)
{
    const vt_row_interval *at = &chosen->selection.intervals[interval];
    int64_t end = vt_view_count(chosen->view);
    return vt_view_hidden(chosen->view, (uint32_t)at->first, (uint32_t)(at->last < end ? at->last : end),
                          stacks);
}

static void count_stacks(vt_chosen *chosen, bool whole)
{
    chosen->whole = whole;
    for (size_t i = 0; i < chosen->selection.count; i++) {
        uint32_t stacks;
        size_t hidden = hidden_at(chosen, i, &stacks);
        chosen->stacks += stacks;
        chosen->hidden += whole ? hidden : 0;
    }
}

static vt_chosen *make(void)
{
    vt_chosen *chosen = calloc(1, sizeof *chosen);
    if (chosen) {
        atomic_init(&chosen->references, 1);
        chosen->selection = (vt_selection)VT_SELECTION_INIT;
    }
    return chosen;
}

/* `filled`: its selection is what it shall be. */
static vt_chosen *finish(vt_chosen *chosen, bool filled, const vt_view *view, bool whole)
{
    if (!filled) {
        vt_chosen_unref(chosen);
        return NULL;
    }
    chosen->view = vt_view_retain(view);
    count_stacks(chosen, whole);
    return chosen;
}

vt_chosen *vt_chosen_take(const vt_library *library, bool only_current)
{
    const vt_selection *selection = vt_library_selection(library);
    const vt_view *view = vt_library_view(library);
    int64_t current = selection->current;
    bool one = only_current || selection->rows == 0;
    if (!view || (one && (current < 0 || current >= (int64_t)vt_view_count(view)))) {
        return NULL;
    }
    vt_chosen *chosen = make();
    bool copied = chosen && (one ? vt_selection_add(&chosen->selection, current, current + 1)
                                 : vt_selection_copy(selection, &chosen->selection));
    return finish(chosen, copied, view, !only_current && vt_library_acts_on_whole_stacks(library));
}

vt_chosen *vt_chosen_take_all(const vt_library *library)
{
    const vt_view *view = vt_library_view(library);
    if (!view || vt_view_count(view) == 0) {
        return NULL;
    }
    vt_chosen *chosen = make();
    bool added = chosen && vt_selection_add(&chosen->selection, 0, vt_view_count(view));
    return finish(chosen, added, view, vt_library_acts_on_whole_stacks(library));
}

vt_chosen *vt_chosen_of_items(const vt_snapshot *snapshot, const int64_t *ids, size_t count)
{
    vt_chosen *chosen = make();
    if (chosen) {
        chosen->snapshot = vt_snapshot_retain(snapshot);
        chosen->rows = malloc((count + 1) * sizeof *chosen->rows);
    }
    for (size_t i = 0; chosen && chosen->rows && i < count; i++) {
        uint32_t row = vt_snapshot_find(snapshot, ids[i]);
        if (row != VT_INDEX_NO_ROW && !vt_snapshot_removed(snapshot, row)) {
            chosen->rows[chosen->row_count++] = row;
        }
    }
    if (chosen && chosen->row_count == 0) {
        vt_chosen_unref(chosen);
        return NULL;
    }
    return chosen;
}

vt_chosen *vt_chosen_copy(const vt_chosen *chosen)
{
    vt_chosen *copy = make();
    if (chosen->view) {
        bool copied = copy && vt_selection_copy(&chosen->selection, &copy->selection);
        return finish(copy, copied, chosen->view, chosen->whole);
    }
    if (copy) {
        copy->snapshot = vt_snapshot_retain(chosen->snapshot);
        copy->rows = malloc(chosen->row_count * sizeof *copy->rows);
        copy->row_count = chosen->row_count;
    }
    if (copy && !copy->rows) {
        vt_chosen_unref(copy);
        return NULL;
    }
    for (size_t i = 0; copy && i < copy->row_count; i++) {
        copy->rows[i] = chosen->rows[i];
    }
    return copy;
}

vt_chosen *vt_chosen_ref(vt_chosen *chosen)
{
    atomic_fetch_add(&chosen->references, 1);
    return chosen;
}

void vt_chosen_unref(vt_chosen *chosen)
{
    if (chosen && atomic_fetch_sub(&chosen->references, 1) == 1) {
        vt_view_release(chosen->view);
        if (chosen->snapshot) {
            vt_snapshot_release(chosen->snapshot);
        }
        vt_selection_free(&chosen->selection);
        free(chosen->rows);
        free(chosen);
    }
}

size_t vt_chosen_count(const vt_chosen *chosen)
{
    return chosen->view ? (size_t)chosen->selection.rows + chosen->hidden : chosen->row_count;
}

uint32_t vt_chosen_stacks(const vt_chosen *chosen, bool *whole)
{
    *whole = chosen->whole;
    return chosen->stacks;
}

static uint32_t hidden_row(vt_chosen *chosen, size_t number)
{
    if (number < chosen->hidden_before) {
        chosen->hidden_interval = chosen->hidden_before = 0;
    }
    size_t there = hidden_at(chosen, chosen->hidden_interval, NULL);
    while (number - chosen->hidden_before >= there) {
        chosen->hidden_before += there;
        there = hidden_at(chosen, ++chosen->hidden_interval, NULL);
    }
    uint32_t position;
    return vt_view_hidden_row(chosen->view,
                              (uint32_t)chosen->selection.intervals[chosen->hidden_interval].first,
                              (uint32_t)(number - chosen->hidden_before), &position);
}

/* The row of the index: rows are asked for one after the other, so the interval is nearly always the same. */
static uint32_t row_of(vt_chosen *chosen, size_t index)
{
    if (!chosen->view) {
        return chosen->rows[index];
    }
    if (index >= (size_t)chosen->selection.rows) {
        return hidden_row(chosen, index - (size_t)chosen->selection.rows);
    }
    if (index < chosen->before) {
        chosen->interval = chosen->before = 0;
    }
    const vt_row_interval *at = &chosen->selection.intervals[chosen->interval];
    while (index - chosen->before >= (size_t)(at->last - at->first)) {
        chosen->before += (size_t)(at->last - at->first);
        chosen->interval++;
        at++;
    }
    return vt_view_row(chosen->view, (uint32_t)(at->first + (int64_t)(index - chosen->before)));
}

static const vt_snapshot *snapshot_of(const vt_chosen *chosen)
{
    return chosen->view ? vt_view_snapshot(chosen->view) : chosen->snapshot;
}

void vt_chosen_item(vt_chosen *chosen, size_t index, vt_item_brief *item)
{
    vt_snapshot_item(snapshot_of(chosen), row_of(chosen, index), item);
}

void vt_chosen_path(vt_chosen *chosen, size_t index, vt_str *path)
{
    vt_snapshot_path(snapshot_of(chosen), row_of(chosen, index), path);
}

static uint32_t row_at(void *user, size_t index)
{
    return row_of(user, index);
}

vt_listed_rows vt_chosen_rows(vt_chosen *chosen)
{
    return (vt_listed_rows){snapshot_of(chosen), vt_chosen_count(chosen), row_at, chosen};
}

static int64_t id_at(const void *user, size_t index)
{
    vt_item_brief item;
    vt_chosen_item((vt_chosen *)user, index, &item);
    return item.id;
}

static void release(void *user)
{
    vt_chosen_unref(user);
}

vt_file_items vt_chosen_items(vt_chosen *chosen)
{
    return (vt_file_items){vt_chosen_count(chosen), id_at, release, vt_chosen_ref(chosen)};
}

static int by_id(const void *one, const void *other)
{
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

/* By ids that ascend: so it can be asked whether an item is among them. */
static vt_edit_target *target_of_ids(const vt_chosen *chosen)
{
    int64_t *ids = malloc(chosen->row_count * sizeof *ids);
    for (size_t i = 0; ids && i < chosen->row_count; i++) {
        vt_item_brief item;
        vt_snapshot_item(chosen->snapshot, chosen->rows[i], &item);
        ids[i] = item.id;
    }
    if (!ids) {
        return NULL;
    }
    qsort(ids, chosen->row_count, sizeof *ids, by_id);
    vt_edit_target *target = vt_edit_target_of_items(ids, chosen->row_count);
    free(ids);
    return target;
}

vt_edit_target *vt_chosen_target(const vt_chosen *chosen)
{
    _Static_assert(sizeof(vt_edit_rows) == sizeof(vt_row_interval), "both are half-open pairs");
    return !chosen->view
               ? target_of_ids(chosen)
               : vt_edit_target_of_rows(chosen->view,
                                        (const vt_edit_rows *)(const void *)chosen->selection.intervals,
                                        chosen->selection.count, chosen->whole);
}
