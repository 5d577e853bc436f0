/* Private to the library: its fields, shared by its files. */
#ifndef VT_UI_LIBRARY_LIBRARY_PRIVATE_H
#define VT_UI_LIBRARY_LIBRARY_PRIVATE_H

#include "app/ui/library/library.h"
#include "app/ui/library/overlay.h"

#include <qt6c/qobject.h>
#include <qt6c/qtimer.h>

struct vt_library {
    vt_engine *engine;
    vt_executor *executor;
    QObject *receiver; /* of finished builds; gone with the library */
    QTimer *later;     /* a rebuild that waits */
    vt_library_listener listeners[VT_LIBRARY_LISTENERS_MAX];
    size_t listener_count;

    char *filter_text; /* owned; what shall be shown next, like the three below */
    char *good_filter; /* owned; the last text that was a filter */
    char *folder;      /* owned; "" for everything */
    vt_sort sorts[VT_SORT_KEYS_MAX];
    unsigned sort_count; /* at least 1 */
    vt_group_by group;
    bool group_descending;
    int64_t opened_folder; /* only this one; 0: none */
    int64_t album;         /* likewise */
    bool album_order;      /* in its own order, rather than by `key` */
    bool fold_stacks;      /* stacks made by hand are one row each (stacks.h), but for: */
    bool whole_stacks;     /* what is done to a closed one is done to all that is inside */
    bool whole_folders;    /* not while a folder is one card: of all of its items */
    int64_t *open_stacks;  /* these, ascending; owned, NULL before the first */
    uint32_t open_count;
    bool open_others; /* or all but these */

    vt_overlay *overlay;   /* edits that the view does not show yet */
    const vt_view *view;   /* what is shown; NULL until the first one is built */
    const vt_order *order; /* the last one of all rows: see core/index/order.h; NULL: none yet */
    vt_selection selection;
    uint64_t choices; /* of the user's: grows when he selects, not when rows move */
    struct {
        bool is_known, was_selected;
        uint32_t row; /* of the index */
        uint64_t choices;
    } lost;                          /* what was current, and is not shown at present */
    uint64_t selection_version;      /* grows with every change */
    vt_task *building;               /* NULL if none */
    atomic_bool *building_cancelled; /* of `building`, if it may be cancelled */
    vt_task *twins;                  /* twins.c; borrowed, NULL if none */
    bool held;                       /* nothing new is begun */
    bool stale;                      /* something changed since `building` began */
    bool hurried;                    /* the next one may leave out what arrived since `order` was made */
    int64_t build_time;              /* of the last view */
    int64_t builds;                  /* views that were built */
    uint64_t question, shown;        /* grows when something else is asked for; of the view that is shown */
    int64_t sort_asked;              /* when another order was asked for that no view has yet; 0: none */
    int64_t sort_time;               /* waited for the one that is shown; 0: nobody did, or it was told */
    int64_t rebuild_time, built_at;  /* of the last one with all that had arrived */
    struct vt_library *next, **link; /* edits.c: all there are */
};

/* library_build.c: what is being built will not be shown; with `wait` it has ended by then. */
void vt_library_abandon_build(vt_library *library, bool wait);
/* edits.c: what is done to items by way of one is shown by all of the same engine. */
void vt_library_join_others(vt_library *library);
void vt_library_leave_others(vt_library *library);
/* Nothing here waits for the edits that are under way. */
void vt_library_forget_edits(const vt_library *library);

/* To all listeners. */
void vt_library_tell_view_changed(vt_library *library);
void vt_library_tell_selection_changed(vt_library *library);
/* Whether the filter's text is one, and what is wrong with it at `position`, or is yet to come. */
void vt_library_tell_filter(vt_library *library, bool worked, const vt_error *error, size_t position);
void vt_library_tell_items_changed(vt_library *library, const vt_item_edit *edit);
void vt_library_tell_edit_ended(vt_library *library, const vt_edit_result *result);

/* `*own` becomes the text; false if it is that already. */
bool vt_library_replace_text(char **own, const char *text, size_t length);

/* ---- library_build.c ---- */

/* A view of what is wanted now: at once, or when the one that is being built is there. */
void vt_library_build_now(vt_library *library);
/* The order that is wanted now is the one that is shown, read backwards: then it is shown at once, without a
   build. False: it is another. */
bool vt_library_turn_round(vt_library *library);
/* Somebody waits for it: other rows, in the order that is at hand. What would sort all of them anew, for
   those that have arrived, makes way, and is made up for afterwards. */
void vt_library_build_hurried(vt_library *library);
void vt_library_on_later(void *user); /* of the timer `later` */

#endif
