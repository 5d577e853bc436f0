/* Views read: rows by position and back, groups, and what open stacks put between them. */
#include "core/index/stacks.h"
#include "core/index/view_private.h"

const vt_order *vt_view_order(const vt_view *view)
{
    return view->picks->order;
}

const vt_snapshot *vt_view_snapshot(const vt_view *view)
{
    return view->picks->order->snapshot;
}

uint32_t vt_view_count(const vt_view *view)
{
    return view->picks->count + view->picks->fold.extra_count;
}

/* Rows inside of stacks, open ones or not. */
static uint32_t count_inside(const vt_view *view)
{
    const vt_stack_fold *fold = &view->picks->fold;
    return fold->starts ? fold->starts[fold->stack_count] : 0;
}

uint32_t vt_view_item_count(const vt_view *view)
{
    return view->picks->count + count_inside(view);
}

vt_sort_key vt_view_key(const vt_view *view, bool *descending)
{
    if (descending) {
        *descending = view->descending;
    }
    return view->picks->order->key.sorts[0].key;
}

unsigned vt_view_sorts(const vt_view *view, vt_sort sorts[VT_SORT_KEYS_MAX])
{
    const vt_order_key *key = &view->picks->order->key;
    for (unsigned i = 0; i < key->sort_count; i++) {
        sorts[i] = key->sorts[i];
        sorts[i].descending = sorts[i].descending != view->descending;
    }
    return key->sort_count;
}

/* A number as it is shown from one as the rows stand, and back. */
static uint32_t turned(const vt_view *view, uint32_t number, uint32_t count)
{
    return view->descending ? count - 1 - number : number;
}

uint32_t vt_view_row(const vt_view *view, uint32_t position)
{
    const vt_view_picks *picks = view->picks;
    const vt_stack_fold *fold = &picks->fold;
    if (fold->open_count > 0) {
        uint32_t inside = vt_stack_fold_find(fold, picks->count, view->descending, position, &position);
        if (inside != VT_INDEX_NO_ROW) {
            return vt_snapshot_stack_row(picks->order->snapshot, fold->inside[inside]);
        }
    }
    uint32_t picked = turned(view, position, picks->count);
    return picks->order->rows[picks->all ? picked : vt_rank_bits_select(&picks->bits, picked)];
}

size_t vt_view_read_rows(const vt_view *view, uint32_t *next, uint32_t *rows, size_t room)
{
    const vt_view_picks *picks = view->picks;
    const vt_order *order = picks->order;
    size_t count = 0;
    uint32_t place = *next;
    while (count < room && place < order->count) {
        uint64_t word = picks->all ? UINT64_MAX : picks->bits.words[place / 64];
        word >>= place & 63;
        if (word == 0) {
            place = (place / 64 + 1) * 64;
        } else {
            place += (uint32_t)__builtin_ctzll(word);
            if (place < order->count) {
                rows[count++] = order->rows[place++];
            }
        }
    }
    if (*next < order->count && place > order->count) {
        place = order->count;
    }
    uint32_t end = order->count + count_inside(view);
    while (place >= order->count && place < end && count < room) { /* then what is inside of stacks */
        rows[count++] = vt_snapshot_stack_row(order->snapshot, picks->fold.inside[place++ - order->count]);
    }
    *next = place;
    return count;
}

/* Where the row that is number `number` of those inside of nothing, as they are read, is shown. */
static uint32_t shown_at(const vt_view *view, uint32_t number)
{
    const vt_view_picks *picks = view->picks;
    return number + vt_stack_fold_before(&picks->fold, picks->count, view->descending, number);
}

/* Of a row that is inside of an open stack; VT_INDEX_NO_ROW otherwise. */
static uint32_t position_inside(const vt_view *view, uint32_t row)
{
    const vt_view_picks *picks = view->picks;
    const vt_stack_fold *fold = &picks->fold;
    uint32_t place;
    uint32_t stack =
        fold->open_count ? vt_snapshot_stack_of(picks->order->snapshot, row, &place) : VT_INDEX_NO_STACK;
    uint32_t open = stack == VT_INDEX_NO_STACK ? UINT32_MAX : fold->open_of[stack];
    uint32_t inside = open == UINT32_MAX ? VT_INDEX_NO_ROW : vt_stack_fold_inside(fold, stack, place);
    if (inside == VT_INDEX_NO_ROW) {
        return VT_INDEX_NO_ROW;
    }
    uint32_t front = turned(view, fold->open[open].at, picks->count);
    return shown_at(view, front) + 1 + inside - fold->open[open].first;
}

uint32_t vt_view_position(const vt_view *view, uint32_t row)
{
    const vt_view_picks *picks = view->picks;
    uint32_t place = picks->order->places[row];
    if (place == VT_INDEX_NO_ROW || (!picks->all && !vt_rank_bits_get(&picks->bits, place))) {
        return position_inside(view, row);
    }
    uint32_t picked = picks->all ? place : vt_rank_bits_rank(&picks->bits, place);
    return shown_at(view, turned(view, picked, picks->count));
}

/* ---- what is inside of closed stacks ---- */

/* The number, as they are read, among the rows that are inside of nothing; of what is inside of an open stack
   that of the one that stands for it. */
static uint32_t number_at(const vt_view *view, uint32_t position)
{
    const vt_view_picks *picks = view->picks;
    uint32_t number = position < vt_view_count(view) ? position : picks->count;
    if (position < vt_view_count(view) && picks->fold.open_count > 0) {
        vt_stack_fold_find(&picks->fold, picks->count, view->descending, position, &number);
    }
    return number;
}

uint32_t vt_view_hidden(const vt_view *view, uint32_t first, uint32_t last, uint32_t *stacks)
{
    const vt_stack_fold *fold = &view->picks->fold;
    uint32_t count = view->picks->count;
    uint32_t from = 0;
    uint32_t to = 0;
    if (fold->closed_count > 0 && first < last) {
        uint32_t begin = number_at(view, first);
        uint32_t end = number_at(view, last);
        from = vt_stack_fold_closed(fold, view->descending ? count - end : begin);
        to = vt_stack_fold_closed(fold, view->descending ? count - begin : end);
    }
    if (stacks) {
        *stacks = to - from;
    }
    return to > from ? fold->hidden[to] - fold->hidden[from] : 0;
}

/* The closed stack that number `number` of all that is inside of closed ones, as they stand, is in. */
static uint32_t closed_of(const vt_stack_fold *fold, uint32_t number)
{
    uint32_t low = 0;
    uint32_t high = fold->closed_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (fold->hidden[middle] <= number) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t vt_view_hidden_row(const vt_view *view, uint32_t first, uint32_t number, uint32_t *position)
{
    const vt_view_picks *picks = view->picks;
    const vt_stack_fold *fold = &picks->fold;
    uint32_t begin = number_at(view, first);
    uint32_t stack, within;
    if (view->descending) { /* stacks come from the back, their members do not */
        uint32_t end = fold->hidden[vt_stack_fold_closed(fold, picks->count - begin)];
        stack = closed_of(fold, end - 1 - number);
        within = number - (end - fold->hidden[stack + 1]);
    } else {
        number += fold->hidden[vt_stack_fold_closed(fold, begin)];
        stack = closed_of(fold, number);
        within = number - fold->hidden[stack];
    }
    const vt_open_stack *closed = &fold->closed[stack];
    *position = shown_at(view, turned(view, closed->at, picks->count));
    return vt_snapshot_stack_row(picks->order->snapshot, fold->inside[closed->first + within]);
}

uint32_t vt_view_hidden_in(const vt_view *view, uint32_t row)
{
    const vt_stack_fold *fold = &view->picks->fold;
    uint32_t place;
    uint32_t stack = fold->closed_count ? vt_snapshot_stack_of(view->picks->order->snapshot, row, &place)
                                        : VT_INDEX_NO_STACK;
    bool hidden = stack != VT_INDEX_NO_STACK && fold->open_of[stack] == UINT32_MAX &&
                  vt_stack_fold_inside(fold, stack, place) != VT_INDEX_NO_ROW;
    return hidden ? fold->fronts[stack] : VT_INDEX_NO_ROW;
}

bool vt_view_stack(const vt_view *view, uint32_t row, vt_view_stack_info *info)
{
    const vt_stack_fold *fold = &view->picks->fold;
    const vt_snapshot *snapshot = view->picks->order->snapshot;
    uint32_t stack = fold->stack_count ? vt_snapshot_stack_of(snapshot, row, NULL) : VT_INDEX_NO_STACK;
    if (stack == VT_INDEX_NO_STACK || fold->fronts[stack] == VT_INDEX_NO_ROW) {
        return false;
    }
    vt_index_stack of = vt_snapshot_stack(snapshot, stack);
    *info = (vt_view_stack_info){.id = of.id,
                                 .front = fold->fronts[stack],
                                 .count = of.count,
                                 .shown = 1 + fold->starts[stack + 1] - fold->starts[stack],
                                 .open = fold->open_of[stack] != UINT32_MAX};
    return true;
}

/* ---- groups ---- */

static const vt_group_spans *spans_of(const vt_view *view)
{
    return view->picks->all ? &view->picks->order->spans : &view->picks->spans;
}

uint32_t vt_view_group_count(const vt_view *view)
{
    return spans_of(view)->count;
}

vt_group_by vt_view_grouped_by(const vt_view *view)
{
    return view->picks->order->key.group.by;
}

vt_group_span vt_view_group(const vt_view *view, uint32_t group)
{
    const vt_group_spans *spans = spans_of(view);
    uint32_t at = turned(view, group, spans->count);
    uint32_t start = spans->starts[at];
    uint32_t end = spans->starts[at + 1];
    uint32_t first = view->descending ? view->picks->count - end : start;
    uint32_t shown = shown_at(view, first);
    return (vt_group_span){
        .first = shown, .count = shown_at(view, first + end - start) - shown, .value = spans->values[at]};
}

/* With what open stacks add: logarithmic for each. */
static void measure_open(const vt_view *view, uint32_t first, uint32_t count, uint32_t *sizes)
{
    for (uint32_t i = 0; i < count; i++) {
        sizes[i] = vt_view_group(view, first + i).count;
    }
}

void vt_view_group_sizes(const vt_view *view, uint32_t first, uint32_t count, uint32_t *sizes)
{
    const vt_group_spans *spans = spans_of(view);
    if (view->picks->fold.open_count > 0) {
        measure_open(view, first, count, sizes);
    } else if (view->descending) {
        const uint32_t *ends = spans->starts + spans->count - first;
        for (uint32_t i = 0; i < count; i++) {
            sizes[i] = *(ends - i) - *(ends - i - 1);
        }
    } else {
        const uint32_t *starts = spans->starts + first;
        for (uint32_t i = 0; i < count; i++) {
            sizes[i] = starts[i + 1] - starts[i];
        }
    }
}

uint32_t vt_view_group_of(const vt_view *view, uint32_t position)
{
    const vt_group_spans *spans = spans_of(view);
    const vt_view_picks *picks = view->picks;
    if (picks->fold.open_count > 0) {
        vt_stack_fold_find(&picks->fold, picks->count, view->descending, position, &position);
    }
    uint32_t at = vt_group_spans_of(spans, turned(view, position, picks->count));
    return turned(view, at, spans->count);
}

uint32_t vt_view_find_group(const vt_view *view, uint32_t value)
{
    const vt_group_spans *spans = spans_of(view);
    const vt_order *order = view->picks->order;
    const vt_group_order *group = &order->key.group;
    bool backwards = group->last_first != group->read_backwards;
    uint32_t at = vt_group_spans_find(spans, order->snapshot, group->by, backwards, value);
    return at == VT_INDEX_NO_ROW ? at : turned(view, at, spans->count);
}
