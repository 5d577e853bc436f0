/*
 * What is to be selected among duplicates, and what the one that is kept gets of the others. No Qt; any
 * thread but the window's: in proportion to the duplicates.
 *
 * Never all of a group: the best of it (core/index/twins.h), or the one the user wants to keep, is not
 * selected, and neither is what is the same file as that one, by a hard link: nothing would be gained.
 */
#ifndef VT_UI_LIBRARY_TWIN_CHOICE_H
#define VT_UI_LIBRARY_TWIN_CHOICE_H

#include "app/ui/library/selection.h"
#include "core/index/twins.h"
#include "core/index/view.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The kind of duplicates that a view shows: that of its groups, else those of the same content. */
vt_twin_kind vt_twin_kind_of(const vt_view *view);

/* Fills `selection`, which must be empty, with all that is shown but the best of each group. The view has
   positions. False when memory runs out. */
bool vt_twin_select_all_but_best(const vt_view *view, vt_twin_kind kind, vt_selection *selection);

/* With the others of the group of the item at `position`, which becomes current; nothing if it has none. */
bool vt_twin_select_others(const vt_view *view, vt_twin_kind kind, int64_t position, vt_selection *selection);

/* Items that shall have a value they have not: a rating, or a tag. */
typedef struct vt_twin_gift {
    int rating;   /* 0: it is a tag */
    char *tag;    /* its path; owned */
    int64_t *ids; /* ascending; owned */
    size_t count;
} vt_twin_gift;

typedef struct vt_twin_gifts {
    vt_twin_gift *list; /* owned */
    size_t count;
    uint32_t groups; /* that were looked at */
} vt_twin_gifts;

/* Of each group that has something selected, or the item at `position` if nothing is: the highest rating and
   all tags of its members, for the first that is not selected; if all are, for the best. False when memory
   runs out. */
bool vt_twin_find_gifts(const vt_view *view, vt_twin_kind kind, const vt_selection *selection,
                        vt_twin_gifts *gifts);
void vt_twin_gifts_clear(vt_twin_gifts *gifts);

#endif
