#include "app/ui/library/carry.h"

#include <stdlib.h>

enum { WORD_BITS = 64 };

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

/* Marks where the selected rows stand now, a bit for each row: of those that come together in a stack one bit
   is left, and no order has to be made. */
static void mark(const vt_selection *from, const vt_view *before, const vt_view *now, uint64_t *marks)
{
    for (size_t i = 0; i < from->count; i++) {
        for (int64_t row = from->intervals[i].first; row < from->intervals[i].last; row++) {
            int64_t found = carry_row(before, now, row);
            if (found >= 0) {
                marks[found / WORD_BITS] |= UINT64_C(1) << (found % WORD_BITS);
            }
        }
    }
}

/* The first row from `row` on whose bit is `set`; `count` if there is none. Words that are all the same are
   passed over as one. */
static int64_t next_row(const uint64_t *marks, int64_t count, int64_t row, bool set)
{
    while (row < count) {
        uint64_t word = set ? marks[row / WORD_BITS] : ~marks[row / WORD_BITS];
        word >>= row % WORD_BITS;
        if (word) {
            row += __builtin_ctzll(word);
            break;
        }
        row = (row / WORD_BITS + 1) * WORD_BITS;
    }
    return row < count ? row : count;
}

static bool add_runs(const uint64_t *marks, int64_t count, vt_selection *to)
{
    for (int64_t first = next_row(marks, count, 0, true); first < count;) {
        int64_t end = next_row(marks, count, first, false);
        if (!vt_selection_add(to, first, end)) {
            return false;
        }
        first = next_row(marks, count, end, true);
    }
    return true;
}

bool vt_selection_carry(const vt_selection *from, const vt_view *before, const vt_view *now, vt_selection *to)
{
    to->current = carry_row(before, now, from->current);
    to->anchor = carry_row(before, now, from->anchor);
    if (from->rows == 0) {
        return true;
    }
    int64_t count = vt_view_count(now);
    uint64_t *marks = calloc((size_t)count / WORD_BITS + 1, sizeof *marks);
    if (!marks) {
        return false;
    }
    mark(from, before, now, marks);
    bool added = add_runs(marks, count, to);
    free(marks);
    return added;
}
