/*
 * Which rows of a view are selected, as sorted intervals: selecting a million rows costs one interval.
 *
 * Rows are positions in the current view. No Qt; belongs to the window's thread.
 */
#ifndef VT_UI_LIBRARY_SELECTION_H
#define VT_UI_LIBRARY_SELECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_row_interval {
    int64_t first, last; /* half-open */
} vt_row_interval;

typedef struct vt_selection {
    vt_row_interval *intervals; /* owned; sorted, disjoint, not touching */
    size_t count, capacity;
    int64_t rows;    /* how many rows are selected */
    int64_t current; /* the row with the focus, -1 if none */
    int64_t anchor;  /* where a Shift selection starts, -1 if none */
} vt_selection;

#define VT_SELECTION_INIT                                                                                    \
    {                                                                                                        \
        NULL, 0, 0, 0, -1, -1                                                                                \
    }

void vt_selection_free(vt_selection *selection);

/* Makes `to`, which must be empty, the same. False when memory runs out; `to` is empty then. */
bool vt_selection_copy(const vt_selection *from, vt_selection *to);

/* Selects nothing; the current row stays. */
void vt_selection_clear(vt_selection *selection);

/* Adds or removes rows [first, last). False when memory runs out; nothing changes then. */
bool vt_selection_add(vt_selection *selection, int64_t first, int64_t last);
bool vt_selection_remove(vt_selection *selection, int64_t first, int64_t last);

/* Selects those of `count` rows that are not selected. Linear in the intervals. False as above. */
bool vt_selection_invert(vt_selection *selection, int64_t count);

/* The same rows of a view of `count` that is read backwards. Linear in the intervals. */
void vt_selection_reverse(vt_selection *selection, int64_t count);

bool vt_selection_contains(const vt_selection *selection, int64_t row);

/* How many of the rows [first, last) are selected: none, some, all. Logarithmic. */
typedef enum vt_selection_share { VT_SELECTION_NONE, VT_SELECTION_SOME, VT_SELECTION_ALL } vt_selection_share;
vt_selection_share vt_selection_of_rows(const vt_selection *selection, int64_t first, int64_t last);

/* What a click or a key does: plain selects only `row`; toggle (Ctrl) flips it; extend (Shift) selects from
   the anchor to `row`, replacing the selection unless toggle is given too. `row` becomes current. */
bool vt_selection_choose(vt_selection *selection, int64_t row, bool toggle, bool extend);

/* The same for rows [first, last), of which there is at least one: toggle selects them all, or none if all of
   them are selected. The first becomes current. */
bool vt_selection_choose_rows(vt_selection *selection, int64_t first, int64_t last, bool toggle, bool extend);

#endif
