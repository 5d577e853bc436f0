#include "core/index/stack_fold.h"

#include "core/base/ids.h"
#include "core/index/stacks.h"

#include <stdlib.h>
#include <string.h>

void vt_stack_fold_free(vt_stack_fold *fold)
{
    free(fold->fronts);
    free(fold->starts);
    free(fold->inside);
    free(fold->open);
    free(fold->before);
    free(fold->open_of);
    free(fold->closed);
    free(fold->hidden);
    *fold = (vt_stack_fold){0};
}

/* ---- making one ---- */

static bool is_in(const uint64_t *bits, uint32_t row)
{
    return bits[row / 64] >> (row & 63) & 1;
}

static bool allocate(vt_stack_fold *fold, const vt_snapshot *snapshot)
{
    uint32_t stacks = vt_snapshot_stack_count(snapshot);
    vt_index_stack last = vt_snapshot_stack(snapshot, stacks - 1);
    fold->stack_count = stacks;
    fold->fronts = malloc(stacks * sizeof *fold->fronts);
    fold->starts = malloc(((size_t)stacks + 1) * sizeof *fold->starts);
    fold->inside = malloc((size_t)(last.first + last.count) * sizeof *fold->inside);
    fold->open_of = malloc(stacks * sizeof *fold->open_of);
    return fold->fronts && fold->starts && fold->inside && fold->open_of;
}

/* Which rows stand for stacks; the bits of those inside are cleared. */
static void fold_stacks(vt_stack_fold *fold, const vt_snapshot *snapshot, uint64_t *bits)
{
    uint32_t inside = 0;
    for (uint32_t stack = 0; stack < fold->stack_count; stack++) {
        vt_index_stack of = vt_snapshot_stack(snapshot, stack);
        fold->fronts[stack] = VT_INDEX_NO_ROW;
        fold->starts[stack] = inside;
        for (uint32_t place = of.first; place < of.first + of.count; place++) {
            uint32_t row = vt_snapshot_stack_row(snapshot, place);
            if (!is_in(bits, row)) {
                continue;
            }
            if (fold->fronts[stack] == VT_INDEX_NO_ROW) {
                fold->fronts[stack] = row;
            } else {
                fold->inside[inside++] = place;
                bits[row / 64] &= ~(UINT64_C(1) << (row & 63));
            }
        }
    }
    fold->starts[fold->stack_count] = inside;
}

static bool is_open(const vt_open_stacks *open, int64_t id)
{
    return vt_ids_contain(open->ids, open->count, id) != open->others;
}

/* Parts those that have anything inside into open and closed ones. */
static bool list_stacks(vt_stack_fold *fold, const vt_snapshot *snapshot, const vt_open_stacks *open)
{
    uint32_t count = 0;
    uint32_t filled = 0;
    for (uint32_t stack = 0; stack < fold->stack_count; stack++) {
        bool any = fold->starts[stack + 1] > fold->starts[stack];
        bool opened = any && is_open(open, vt_snapshot_stack(snapshot, stack).id);
        fold->open_of[stack] = opened ? 0 : UINT32_MAX;
        count += opened;
        filled += any;
    }
    fold->open = malloc((count + 1) * sizeof *fold->open);
    fold->closed = malloc((filled - count + 1) * sizeof *fold->closed);
    for (uint32_t stack = 0; fold->open && fold->closed && stack < fold->stack_count; stack++) {
        uint32_t first = fold->starts[stack];
        const vt_open_stack of = {.stack = stack,
                                  .row = fold->fronts[stack],
                                  .first = first,
                                  .count = fold->starts[stack + 1] - first};
        if (fold->open_of[stack] == 0) {
            fold->open[fold->open_count++] = of;
        } else if (of.count > 0) {
            fold->closed[fold->closed_count++] = of;
        }
    }
    return fold->open && fold->closed;
}

bool vt_stack_fold_make(vt_stack_fold *fold, const vt_snapshot *snapshot, const vt_open_stacks *open,
                        uint64_t *bits, uint32_t *count)
{
    if (!allocate(fold, snapshot)) {
        return false;
    }
    fold_stacks(fold, snapshot, bits);
    *count -= fold->starts[fold->stack_count];
    return list_stacks(fold, snapshot, open);
}

static int compare_places(const void *a, const void *b)
{
    uint32_t left = ((const vt_open_stack *)a)->at;
    uint32_t right = ((const vt_open_stack *)b)->at;
    return (left > right) - (left < right);
}

/* Sorts them, and adds up what is inside of those in front; NULL when memory runs out. */
static uint32_t *sum_up(vt_open_stack *stacks, uint32_t count)
{
    uint32_t *before = malloc(((size_t)count + 1) * sizeof *before);
    uint32_t sum = 0;
    qsort(stacks, count, sizeof *stacks, compare_places);
    for (uint32_t i = 0; before && i <= count; i++) {
        before[i] = sum;
        sum += i < count ? stacks[i].count : 0;
    }
    return before;
}

bool vt_stack_fold_place(vt_stack_fold *fold)
{
    if (!fold->open) {
        return true; /* nothing is folded */
    }
    fold->before = sum_up(fold->open, fold->open_count);
    fold->hidden = sum_up(fold->closed, fold->closed_count);
    if (!fold->before || !fold->hidden) {
        return false;
    }
    for (uint32_t i = 0; i < fold->open_count; i++) {
        fold->open_of[fold->open[i].stack] = i;
    }
    fold->extra_count = fold->before[fold->open_count];
    return true;
}

/* ---- reading ---- */

/* Those that are open, in the order they are read in: number `i` of them. */
static const vt_open_stack *open_at(const vt_stack_fold *fold, bool backwards, uint32_t i)
{
    return &fold->open[backwards ? fold->open_count - 1 - i : i];
}

/* Rows added by the `i` first of them. */
static uint32_t added_by(const vt_stack_fold *fold, bool backwards, uint32_t i)
{
    return backwards ? fold->extra_count - fold->before[fold->open_count - i] : fold->before[i];
}

static uint32_t number_of(const vt_open_stack *open, uint32_t count, bool backwards)
{
    return backwards ? count - 1 - open->at : open->at;
}

uint32_t vt_stack_fold_before(const vt_stack_fold *fold, uint32_t count, bool backwards, uint32_t number)
{
    uint32_t low = 0;
    uint32_t high = fold->open_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (number_of(open_at(fold, backwards, middle), count, backwards) < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return fold->open_count ? added_by(fold, backwards, low) : 0;
}

uint32_t vt_stack_fold_find(const vt_stack_fold *fold, uint32_t count, bool backwards, uint32_t position,
                            uint32_t *number)
{
    uint32_t low = 0; /* of them stand at `position` or in front of it */
    uint32_t high = fold->open_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t start =
            number_of(open_at(fold, backwards, middle), count, backwards) + added_by(fold, backwards, middle);
        if (start <= position) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0) {
        *number = position;
        return VT_INDEX_NO_ROW;
    }
    const vt_open_stack *last = open_at(fold, backwards, low - 1);
    uint32_t own = number_of(last, count, backwards);
    uint32_t behind = position - own - added_by(fold, backwards, low - 1);
    if (behind == 0 || behind > last->count) {
        *number = behind == 0 ? own : position - added_by(fold, backwards, low);
        return VT_INDEX_NO_ROW;
    }
    *number = own;
    return last->first + behind - 1;
}

uint32_t vt_stack_fold_closed(const vt_stack_fold *fold, uint32_t at)
{
    uint32_t low = 0;
    uint32_t high = fold->closed_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (fold->closed[middle].at < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t vt_stack_fold_inside(const vt_stack_fold *fold, uint32_t stack, uint32_t place)
{
    uint32_t low = fold->starts[stack];
    uint32_t end = fold->starts[stack + 1];
    uint32_t high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (fold->inside[middle] < place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < end && fold->inside[low] == place ? low : VT_INDEX_NO_ROW;
}
