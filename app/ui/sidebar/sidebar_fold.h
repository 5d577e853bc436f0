/*
 * Which rows of the sidebar are open, for the time its rows are others: when tags come and go, the tree is
 * made anew, and what was open shall be open again. A tag is known by its number, so also after a new name; a
 * year by what it filters by.
 *
 * Plain data, copied to the worker that counts: it finds the rows, so the UI thread never goes through them.
 */
#ifndef VT_UI_SIDEBAR_FOLD_H
#define VT_UI_SIDEBAR_FOLD_H

#include "app/ui/sidebar/sidebar_rows.h"

/* Beyond these the one that was opened first is forgotten. */
#define VT_SIDEBAR_OPEN_MAX 256

typedef struct vt_sidebar_fold {
    uint64_t keys[VT_SIDEBAR_OPEN_MAX]; /* in the order they were opened */
    uint32_t count;
} vt_sidebar_fold;

/* Notes that the row of this section was opened, or closed. */
void vt_sidebar_fold_note(vt_sidebar_fold *fold, int section, const vt_sidebar_rows *rows, uint32_t row,
                          bool open);

/* Fills `found`, of VT_SIDEBAR_OPEN_MAX, with the rows of a section that are open, and returns how many. In
   proportion to the rows that have others below them. */
uint32_t vt_sidebar_fold_find(const vt_sidebar_fold *fold, int section, const vt_sidebar_rows *rows,
                              uint32_t *found);

#endif
