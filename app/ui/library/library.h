/*
 * What the window browses: the catalog's index seen through the current folder, filter and sort order.
 *
 * Filtering and sorting run as tasks on an executor; the result replaces the current view in one step on the
 * UI thread, which then tells its listeners. While an import runs the view is rebuilt as rows arrive, at most
 * every 250 ms and at most a fifth of the time. UI thread only.
 */
#ifndef VT_UI_LIBRARY_LIBRARY_H
#define VT_UI_LIBRARY_LIBRARY_H

#include "app/ui/library/selection.h"
#include "core/base/error.h"
#include "core/import/engine.h"
#include "core/import/item_edit.h"
#include "core/index/sort.h"
#include "core/index/tiny.h"
#include "core/index/view.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_library vt_library;

#define VT_LIBRARY_LISTENERS_MAX 16

/* Callbacks of one listener; any may be NULL. */
typedef struct vt_library_listener {
    void (*view_changed)(void *user);      /* other rows, order or count */
    void (*selection_changed)(void *user); /* current row or selected rows */
    /* The same rows, but the user has given items other values, these or some that are not shown here: by
       `edit`, or NULL: by undoing one, or because one could not be written. */
    void (*items_changed)(void *user, const vt_item_edit *edit);
    void (*edit_ended)(void *user, const vt_edit_result *result);              /* see edits.h */
    void (*filter_failed)(void *user, const vt_error *error, size_t position); /* the last good view stays */
    /* `lacks`: what a condition at `position` lacks, without which the filter works for now; NULL: nothing */
    void (*filter_worked)(void *user, const vt_error *lacks, size_t position);
    void *user;
} vt_library_listener;

/* `engine` (with an index) and `executor` (for filtering and sorting) are borrowed. NULL and `error` when
   memory runs out. */
vt_library *vt_library_create(vt_engine *engine, vt_executor *executor, vt_error *error);
/* Calls off a view that is being built, and waits for that: a few milliseconds. Nothing is told any more,
   also of edits under way, which are made all the same. NULL is allowed. */
void vt_library_free(vt_library *library);

/* Back to how it was made, for another user of it: without a view, filter, folder, order and selection; what
   is being built is called off, without waiting. Listeners stay, and are told of the view that is gone. The
   next view is built when something is set, or by vt_library_rows_arrived. */
void vt_library_reset(vt_library *library);

/* While held, no view is begun: several things can be set, and the view of all of them is built once, when it
   is let go. What is being built goes on. */
void vt_library_hold(vt_library *library, bool hold);

/* Begins with the order that another library of the same engine has made: its views then cost no sorting, and
   rows of both are held once. Nothing happens if that has none yet. */
void vt_library_share_order(vt_library *library, const vt_library *other);
/* It has one, made or shared. */
bool vt_library_has_order(const vt_library *library);

/* Shows at once what another one of the same engine shows: its rows and what they come from, its selection;
   from then on each goes its own way. False if that shows nothing yet or memory runs out. library_copy.c */
bool vt_library_show_same(vt_library *library, const vt_library *other);

/* The listener is copied. */
void vt_library_listen(vt_library *library, const vt_library_listener *listener);

vt_engine *vt_library_engine(vt_library *library);

/* Items of the current view, and of the whole catalog. */
int64_t vt_library_count(const vt_library *library);
int64_t vt_library_total(const vt_library *library);

/* True until the first view has been built after the index was loaded. */
bool vt_library_is_loading(const vt_library *library);
/* True while another view is being built or waits to be. */
bool vt_library_is_building(const vt_library *library);
/* True if a filter or folder hides something. */
bool vt_library_is_narrowed(const vt_library *library);

/* What is shown, for groups; NULL while loading. Borrowed until the view changes: vt_view_retain keeps it. */
const vt_view *vt_library_view(const vt_library *library);
/* The index row shown at `row` of the view. */
uint32_t vt_library_index_row(const vt_library *library, int64_t row);
/* The columns of the item at `row`, with what the user has just given to it; `item->name` is borrowed until
   the view changes. */
void vt_library_item(const vt_library *library, int64_t row, vt_item_brief *item);
/* The latter for who has read the item from a snapshot. */
void vt_library_overlay(const vt_library *library, uint32_t index_row, vt_item_brief *item);
/* The tiny thumbnail of the item at `row`; false if it has none (yet). */
bool vt_library_tiny(const vt_library *library, int64_t row, vt_tinythumb *tiny);
/* Appends the item's path as bytes. */
void vt_library_path(const vt_library *library, int64_t row, vt_str *path);
/* Where an item stands in the view, -1 if it is not shown. */
int64_t vt_library_row_of(const vt_library *library, int64_t item_id);
/* Tells versions of a file's content apart. */
uint64_t vt_item_version(const vt_item_brief *item);

/* Text of the filter box; takes effect when its view has been built. */
void vt_library_set_filter(vt_library *library, const char *text);
/* Only what is in this folder or below it; "" for everything. */
void vt_library_set_folder(vt_library *library, const char *path, size_t length);
/* VT_SORT_ALBUM changes nothing while no album is set. */
void vt_library_set_sort(vt_library *library, vt_sort_key key, bool descending);
/* The order of what is no album: what is to be remembered. */
vt_sort_key vt_library_usual_sort(const vt_library *library, bool *descending);
vt_sort_key vt_library_sort_key(const vt_library *library, bool *descending);
/* The same by up to VT_SORT_KEYS_MAX keys, the first of which weighs most and is the one above. */
void vt_library_set_sorts(vt_library *library, const vt_sort *sorts, unsigned count);
unsigned vt_library_sorts(const vt_library *library, vt_sort sorts[VT_SORT_KEYS_MAX]);
/* Only this album (its catalog id), at first in its own order: VT_SORT_ALBUM, which is offered as long as an
   album is set; 0: as before, in the order of before. */
void vt_library_set_album(vt_library *library, int64_t album);
int64_t vt_library_album(const vt_library *library);
/* Rows of one group together; NONE: no groups. */
void vt_library_set_group(vt_library *library, vt_group_by by, bool descending);
vt_group_by vt_library_group(const vt_library *library, bool *descending);
/* Only what is in this very folder (its catalog id), until another folder is set; 0: as before. */
void vt_library_open_folder(vt_library *library, int64_t folder_id);
int64_t vt_library_opened_folder(const vt_library *library);

/* The index was loaded or new rows were published: the view is rebuilt soon. */
void vt_library_rows_arrived(vt_library *library);

/* Another number when the view answers something else: a filter, a folder, an order. As long as it is the
   same, rows have come, gone and changed. */
uint64_t vt_library_question(const vt_library *library);

/* The newest rows of the whole catalog; vt_snapshot_release. */
const vt_snapshot *vt_library_snapshot(vt_library *library);
/* Another number, never 0, when those have changed: whoever counts all of them need not count again for a
   filter. Asked before vt_library_snapshot: then no change is missed. */
uint64_t vt_library_rows_version(vt_library *library);

/* The selection, shared by all views. */
const vt_selection *vt_library_selection(const vt_library *library);
/* Another number whenever the user selects: as long as it is the same, the same items are selected, wherever
   their rows are by now (but for items that have gone). */
uint64_t vt_library_choices(const vt_library *library);
/* What a click or key does; see vt_selection_choose. */
void vt_library_choose(vt_library *library, int64_t row, bool toggle, bool extend);
/* The same for rows [first, last) as one: toggling selects them all, unless they all are. */
void vt_library_choose_rows(vt_library *library, int64_t first, int64_t last, bool toggle, bool extend);
void vt_library_select_all(vt_library *library);
/* Those that are not; the current row stays. */
void vt_library_select_inverse(vt_library *library);
/* Nothing; the current row stays. */
void vt_library_select_none(vt_library *library);
/* Takes over what another view selects. */
void vt_library_select(vt_library *library, const vt_selection *selection);

/* Processor time that the last view took to build, in nanoseconds. */
int64_t vt_library_build_time(const vt_library *library);
/* How long the user waited for the order that is shown now, from asking for it (nanoseconds); 0 if the view
   came for another reason. Told once. */
int64_t vt_library_take_sort_time(vt_library *library);
/* How many were built: the other direction of an order is none of them. */
int64_t vt_library_builds(const vt_library *library);

#endif
