#include "app/ui/library/carry.h"

#include <stdlib.h>

static int compare_positions(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* A row of the index is its item's for good, so it leads from one view to the other; of what is inside of a
   closed stack, to the card that stands for it. */
static int64_t carry_row(const vt_view *before, const vt_view *now, int64_t position)
{
    if (position < 0 || position >= (int64_t)vt_view_count(before)) {
        return -1;
    }
    vt_view_stack_info stack;
    uint32_t row = vt_view_row(before, (uint32_t)position);
    uint32_t found = vt_view_position(now, row);
    if (found == VT_INDEX_NO_ROW && vt_view_stack(now, row, &stack)) {
        found = vt_view_position(now, stack.front);
    }
    return found == VT_INDEX_NO_ROW ? -1 : (int64_t)found;
}

static size_t collect(const vt_selection *from, const vt_view *before, const vt_view *now,
                      uint32_t *positions)
{
    size_t count = 0;
    for (size_t i = 0; i < from->count; i++) {
        for (int64_t row = from->intervals[i].first; row < from->intervals[i].last; row++) {
            int64_t found = carry_row(before, now, row);
            if (found >= 0) {
                positions[count++] = (uint32_t)found;
            }
        }
    }
    return count;
}

/* Of those that come together in a stack one is left. */
static size_t keep_distinct(uint32_t *positions, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || positions[kept - 1] != positions[i]) {
            positions[kept++] = positions[i];
        }
    }
    return kept;
}

bool vt_selection_carry(const vt_selection *from, const vt_view *before, const vt_view *now, vt_selection *to)
{
    to->current = carry_row(before, now, from->current);
    to->anchor = carry_row(before, now, from->anchor);
    uint32_t *positions = malloc(((size_t)from->rows + 1) * sizeof *positions);
    if (!positions) {
        return false;
    }
    size_t count = collect(from, before, now, positions);
    qsort(positions, count, sizeof *positions, compare_positions);
    count = keep_distinct(positions, count);
    bool added = true;
    for (size_t i = 0; added && i < count;) {
        size_t end = i + 1;
        while (end < count && positions[end] == positions[end - 1] + 1) {
            end++;
        }
        added = vt_selection_add(to, positions[i], (int64_t)positions[end - 1] + 1);
        i = end;
    }
    free(positions);
    return added;
}
