/*
 * Stacks in a view: of each stack that has anything to show, one row stands for it among the others, the
 * first in the stack's order that is shown at all; the rest is inside. What is inside an open stack stands
 * behind that row, in the stack's order, wherever its own name or date would put it.
 *
 * So a view stays an order of all rows and a bit for each (view.h): a row inside has no bit. Opening a stack
 * adds an entry to the table of those that are open, and every position behind it is one search in that table
 * away.
 *
 * Private to core/index. Threads: one makes it; then it is only read, by any.
 */
#ifndef VT_INDEX_STACK_FOLD_H
#define VT_INDEX_STACK_FOLD_H

#include "core/index/view.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct vt_open_stack {
    uint32_t stack;
    uint32_t row;   /* that stands for it */
    uint32_t at;    /* its number among the rows of the view that are inside of nothing, as they stand */
    uint32_t first; /* of `inside`: what is shown of it besides */
    uint32_t count;
} vt_open_stack;

/* All zero: nothing is folded. */
typedef struct vt_stack_fold {
    uint32_t stack_count;
    uint32_t
        *fronts; /* by stack: the row that stands for it, VT_INDEX_NO_ROW: nothing of it is shown; owned */
    uint32_t *starts;    /* by stack, and one more: where its part of `inside` begins; owned */
    uint32_t *inside;    /* places (stacks.h), by stack; owned */
    vt_open_stack *open; /* by `at`; those that have anything inside; owned */
    uint32_t *before;    /* by `open`, and one more: rows that those in front of it add; owned */
    uint32_t *open_of;   /* by stack: its number in `open`, UINT32_MAX: closed; owned */
    uint32_t open_count, extra_count;
    vt_open_stack *closed; /* by `at`; those that are not, and have anything inside; owned */
    uint32_t *hidden;      /* by `closed`, and one more: items inside of those in front of it; owned */
    uint32_t closed_count;
} vt_stack_fold;

/* Clears the bits (by row, as vt_filter_match gives them; `*count` are set) of what is inside of stacks.
   False when memory runs out. */
bool vt_stack_fold_make(vt_stack_fold *fold, const vt_snapshot *snapshot, const vt_open_stacks *open,
                        uint64_t *bits, uint32_t *count);

/* To be called when `at` is known of all that are open or closed. False when memory runs out. */
bool vt_stack_fold_place(vt_stack_fold *fold);
void vt_stack_fold_free(vt_stack_fold *fold);

/* What is shown at `position` of a view that has `count` rows inside of nothing and is read forwards or
   backwards: returns its number in `inside`, or VT_INDEX_NO_ROW, and then `*number` is its number, as it is
   read, among the rows inside of nothing. Of a row inside `*number` is that of the one that stands for it. */
uint32_t vt_stack_fold_find(const vt_stack_fold *fold, uint32_t count, bool backwards, uint32_t position,
                            uint32_t *number);

/* Rows that open stacks add in front of row `number` (0 to count) as it is read. Logarithmic. */
uint32_t vt_stack_fold_before(const vt_stack_fold *fold, uint32_t count, bool backwards, uint32_t number);

/* The first of those that are closed whose `at` is not below this one. Logarithmic. */
uint32_t vt_stack_fold_closed(const vt_stack_fold *fold, uint32_t at);

/* The number in `inside` of a row that is at `place` of `stack`; VT_INDEX_NO_ROW: it is not inside. */
uint32_t vt_stack_fold_inside(const vt_stack_fold *fold, uint32_t stack, uint32_t place);

#endif
