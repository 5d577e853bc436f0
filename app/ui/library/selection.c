#include "app/ui/library/selection.h"

#include <stdlib.h>
#include <string.h>

void vt_selection_free(vt_selection *selection)
{
    free(selection->intervals);
    *selection = (vt_selection)VT_SELECTION_INIT;
}

void vt_selection_clear(vt_selection *selection)
{
    selection->count = 0;
    selection->rows = 0;
}

/* Index of the first interval that ends after `row` (or at it, if `touching`). */
static size_t find(const vt_selection *selection, int64_t row, bool touching)
{
    size_t low = 0;
    size_t high = selection->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int64_t last = selection->intervals[middle].last;
        if (last < row || (last == row && !touching)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool reserve(vt_selection *selection, size_t count)
{
    if (count <= selection->capacity) {
        return true;
    }
    size_t capacity = selection->capacity ? selection->capacity * 2 : 16;
    vt_row_interval *grown = realloc(selection->intervals, capacity * sizeof *grown);
    if (!grown) {
        return false;
    }
    selection->intervals = grown;
    selection->capacity = capacity;
    return true;
}

/* Replaces intervals [from, to) by `fresh` (0 to 2 of them). */
static bool replace(vt_selection *selection, size_t from, size_t to, const vt_row_interval *fresh,
                    size_t count)
{
    size_t total = selection->count - (to - from) + count;
    if (!reserve(selection, total)) {
        return false;
    }
    for (size_t i = from; i < to; i++) {
        selection->rows -= selection->intervals[i].last - selection->intervals[i].first;
    }
    if (selection->count > to) {
        memmove(selection->intervals + from + count, selection->intervals + to,
                (selection->count - to) * sizeof *fresh);
    }
    for (size_t i = 0; i < count; i++) {
        selection->intervals[from + i] = fresh[i];
        selection->rows += fresh[i].last - fresh[i].first;
    }
    selection->count = total;
    return true;
}

bool vt_selection_add(vt_selection *selection, int64_t first, int64_t last)
{
    if (first >= last) {
        return true;
    }
    size_t from = find(selection, first, true);
    size_t to = from;
    vt_row_interval merged = {first, last};
    while (to < selection->count && selection->intervals[to].first <= last) {
        const vt_row_interval *old = &selection->intervals[to++];
        merged.first = old->first < merged.first ? old->first : merged.first;
        merged.last = old->last > merged.last ? old->last : merged.last;
    }
    return replace(selection, from, to, &merged, 1);
}

bool vt_selection_remove(vt_selection *selection, int64_t first, int64_t last)
{
    size_t from = find(selection, first, false);
    size_t to = from;
    while (to < selection->count && selection->intervals[to].first < last) {
        to++;
    }
    if (first >= last || from == to) {
        return true;
    }
    vt_row_interval rest[2];
    size_t count = 0;
    if (selection->intervals[from].first < first) {
        rest[count++] = (vt_row_interval){selection->intervals[from].first, first};
    }
    if (selection->intervals[to - 1].last > last) {
        rest[count++] = (vt_row_interval){last, selection->intervals[to - 1].last};
    }
    return replace(selection, from, to, rest, count);
}

bool vt_selection_contains(const vt_selection *selection, int64_t row)
{
    size_t at = find(selection, row, false);
    return at < selection->count && selection->intervals[at].first <= row;
}

vt_selection_share vt_selection_of_rows(const vt_selection *selection, int64_t first, int64_t last)
{
    size_t at = find(selection, first, false);
    if (at == selection->count || selection->intervals[at].first >= last) {
        return VT_SELECTION_NONE;
    }
    bool all = selection->intervals[at].first <= first && selection->intervals[at].last >= last;
    return all ? VT_SELECTION_ALL : VT_SELECTION_SOME;
}

bool vt_selection_choose_rows(vt_selection *selection, int64_t first, int64_t last, bool toggle, bool extend)
{
    selection->current = first;
    if (extend && selection->anchor >= 0) {
        if (!toggle) {
            vt_selection_clear(selection);
        }
        int64_t from = first < selection->anchor ? first : selection->anchor;
        int64_t to = selection->anchor >= last ? selection->anchor + 1 : last;
        return vt_selection_add(selection, from, to);
    }
    selection->anchor = first;
    if (!toggle) {
        vt_selection_clear(selection);
    } else if (vt_selection_of_rows(selection, first, last) == VT_SELECTION_ALL) {
        return vt_selection_remove(selection, first, last);
    }
    return vt_selection_add(selection, first, last);
}

bool vt_selection_choose(vt_selection *selection, int64_t row, bool toggle, bool extend)
{
    selection->current = row;
    if (extend && selection->anchor >= 0) {
        if (!toggle) {
            vt_selection_clear(selection);
        }
        int64_t first = row < selection->anchor ? row : selection->anchor;
        int64_t last = row < selection->anchor ? selection->anchor : row;
        return vt_selection_add(selection, first, last + 1);
    }
    selection->anchor = row;
    if (!toggle) {
        vt_selection_clear(selection);
        return vt_selection_add(selection, row, row + 1);
    }
    return vt_selection_contains(selection, row) ? vt_selection_remove(selection, row, row + 1)
                                                 : vt_selection_add(selection, row, row + 1);
}

bool vt_selection_copy(const vt_selection *from, vt_selection *to)
{
    if (from->count && !(to->intervals = malloc(from->count * sizeof *to->intervals))) {
        return false;
    }
    for (size_t i = 0; i < from->count; i++) {
        to->intervals[i] = from->intervals[i];
    }
    to->count = to->capacity = from->count;
    to->rows = from->rows;
    to->current = from->current;
    to->anchor = from->anchor;
    return true;
}

bool vt_selection_invert(vt_selection *selection, int64_t count)
{
    vt_row_interval *gaps = malloc((selection->count + 1) * sizeof *gaps);
    size_t found = 0;
    int64_t from = 0;
    if (!gaps) {
        return false;
    }
    for (size_t i = 0; i < selection->count; i++) {
        if (selection->intervals[i].first > from) {
            gaps[found++] = (vt_row_interval){from, selection->intervals[i].first};
        }
        from = selection->intervals[i].last;
    }
    if (from < count) {
        gaps[found++] = (vt_row_interval){from, count};
    }
    free(selection->intervals);
    selection->intervals = gaps;
    selection->capacity = selection->count + 1;
    selection->count = found;
    selection->rows = count - selection->rows;
    return true;
}

void vt_selection_reverse(vt_selection *selection, int64_t count)
{
    for (size_t i = 0; i < (selection->count + 1) / 2; i++) {
        vt_row_interval *low = &selection->intervals[i];
        vt_row_interval *high = &selection->intervals[selection->count - 1 - i];
        const vt_row_interval swapped = {count - high->last, count - high->first};
        *high = (vt_row_interval){count - low->last, count - low->first};
        *low = swapped;
    }
    selection->current = selection->current < 0 ? -1 : count - 1 - selection->current;
    selection->anchor = selection->anchor < 0 ? -1 : count - 1 - selection->anchor;
}
