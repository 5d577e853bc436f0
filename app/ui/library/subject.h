/*
 * What commands act on: what is chosen where the keyboard is. A page or a pane tells it of itself; whoever
 * has the keyboard is asked, and nobody else: what is selected where nobody looks stays as it is.
 *
 * A plain value that says what menus need to know, in constant time; the items themselves are taken as
 * vt_chosen (app/ui/files/chosen.h) when something is done. UI thread only.
 */
#ifndef VT_UI_LIBRARY_SUBJECT_H
#define VT_UI_LIBRARY_SUBJECT_H

#include "app/ui/library/library.h"
#include "core/base/str.h"

typedef struct vt_subject {
    vt_library *library; /* in whose view they are selected; borrowed; NULL: they are shown by themselves */
    bool current_only;   /* of what is selected there the current one alone: it is what is seen */
    bool is_list;        /* they are chosen among others, rather than the only ones shown */
    bool is_cards;       /* and those are cards */
    struct vt_table *table; /* (app/ui/table) that has them as its rows; borrowed; NULL: none */
    int64_t item;           /* the current one; 0: none, or several that have none */
    int64_t count;          /* how many are chosen; 0: nothing can be done */
} vt_subject;

/* What is selected in a view of the library. */
vt_subject vt_subject_of_library(vt_library *library, bool current_only);

/* They are the same items, as far as can be told from here: `choices` are those of the two libraries. */
bool vt_subject_is_same(const vt_subject *one, uint64_t choices, const vt_subject *other,
                        uint64_t other_choices);
/* vt_library_choices, 0 without a library. */
uint64_t vt_subject_choices(const vt_subject *subject);

/* The item with this id as it is now in the newest rows of `library`'s engine, with what the user has just
   given to it; its texts are not kept. `path` (may be NULL) is appended to. False if there is none. */
bool vt_subject_find(vt_library *library, int64_t id, vt_item_brief *item, vt_str *path);

#endif
