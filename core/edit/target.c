#include "core/edit/target.h"

#include "core/base/ids.h"

#include <stdatomic.h>
#include <stdlib.h>

struct vt_edit_target {
    atomic_uint references;
    const vt_view *view; /* NULL: `ids` it is */
    size_t count;        /* items */
    size_t range_count;
    bool whole;         /* with what is inside of closed stacks */
    int64_t first;      /* in front of all; 0: none */
    int64_t *ids;       /* owned */
    vt_edit_rows *rows; /* owned */
};

vt_edit_target *vt_edit_target_of_items(const int64_t *ids, size_t count)
{
    vt_edit_target *target = calloc(1, sizeof *target);
    int64_t *copy = malloc((count + 1) * sizeof *copy);
    if (!target || !copy) {
        free(target);
        free(copy);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        copy[i] = ids[i];
    }
    atomic_init(&target->references, 1);
    target->ids = copy;
    target->count = count;
    return target;
}

vt_edit_target *vt_edit_target_of_rows(const vt_view *view, const vt_edit_rows *rows, size_t count,
                                       bool whole)
{
    vt_edit_target *target = calloc(1, sizeof *target);
    vt_edit_rows *copy = malloc((count + 1) * sizeof *copy);
    if (!target || !copy) {
        free(target);
        free(copy);
        return NULL;
    }
    atomic_init(&target->references, 1);
    int64_t end = vt_view_count(view);
    for (size_t i = 0; i < count && rows[i].first < end; i++) {
        copy[target->range_count] = rows[i];
        int64_t last = rows[i].last < end ? rows[i].last : end;
        copy[target->range_count++].last = last;
        target->count += (size_t)(last - rows[i].first);
        target->count += whole ? vt_view_hidden(view, (uint32_t)rows[i].first, (uint32_t)last, NULL) : 0;
    }
    target->whole = whole;
    target->view = vt_view_retain(view);
    target->rows = copy;
    return target;
}

void vt_edit_target_put_first(vt_edit_target *target, int64_t id)
{
    target->count += target->first == 0;
    target->first = id;
}

vt_edit_target *vt_edit_target_retain(vt_edit_target *target)
{
    atomic_fetch_add_explicit(&target->references, 1, memory_order_relaxed);
    return target;
}

void vt_edit_target_release(vt_edit_target *target)
{
    if (target && atomic_fetch_sub_explicit(&target->references, 1, memory_order_acq_rel) == 1) {
        vt_view_release(target->view);
        free(target->ids);
        free(target->rows);
        free(target);
    }
}

size_t vt_edit_target_count(const vt_edit_target *target)
{
    return target->count;
}

/* A row against a range: 0 if it is in it. */
static int compare_row(const void *a, const void *b)
{
    int64_t row = *(const int64_t *)a;
    const vt_edit_rows *range = b;
    return row < range->first ? -1 : row >= range->last;
}

bool vt_edit_target_contains(const vt_edit_target *target, int64_t id, uint32_t row)
{
    if (!target->view) {
        return vt_ids_contain(target->ids, target->count, id);
    }
    if (row >= vt_snapshot_count(vt_view_snapshot(target->view))) {
        return false; /* younger than the view */
    }
    uint32_t front = target->whole ? vt_view_hidden_in(target->view, row) : VT_INDEX_NO_ROW;
    row = front == VT_INDEX_NO_ROW ? row : front;
    uint32_t position = vt_view_position(target->view, row);
    int64_t at = position;
    return position != VT_INDEX_NO_ROW && target->range_count &&
           bsearch(&at, target->rows, target->range_count, sizeof *target->rows, compare_row) != NULL;
}

static int64_t id_of(const vt_edit_target *target, uint32_t row)
{
    vt_item_brief item;
    vt_snapshot_item(vt_view_snapshot(target->view), row, &item);
    return item.id;
}

/* Behind each row what is inside of the closed stack it stands for. Returns how many. */
static size_t list_range(const vt_edit_target *target, const vt_edit_rows *range, int64_t *ids)
{
    size_t count = 0;
    uint32_t first = (uint32_t)range->first;
    uint32_t position = 0;
    uint32_t inside = target->whole ? vt_view_hidden(target->view, first, (uint32_t)range->last, NULL) : 0;
    uint32_t next = 0; /* of `inside` */
    uint32_t row = inside ? vt_view_hidden_row(target->view, first, 0, &position) : 0;
    for (int64_t at = range->first; at < range->last; at++) {
        ids[count++] = id_of(target, vt_view_row(target->view, (uint32_t)at));
        while (next < inside && position == (uint32_t)at) {
            ids[count++] = id_of(target, row);
            next++;
            row = next < inside ? vt_view_hidden_row(target->view, first, next, &position) : 0;
        }
    }
    return count;
}

int64_t *vt_edit_target_list(const vt_edit_target *target, vt_error *error)
{
    int64_t *ids = malloc((target->count + 1) * sizeof *ids);
    if (!ids) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an edit of %zu items", target->count);
        return NULL;
    }
    size_t count = 0;
    if (target->first) {
        ids[count++] = target->first;
    }
    for (size_t i = 0; !target->view && count < target->count; i++) {
        ids[count++] = target->ids[i];
    }
    for (size_t i = 0; i < target->range_count; i++) {
        count += list_range(target, &target->rows[i], ids + count);
    }
    return ids;
}
