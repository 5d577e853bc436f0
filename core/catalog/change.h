/*
 * Edits of items that can be undone: what edit.h writes, with a memory of what was there before.
 *
 * Making an edit reads the old values and writes the new ones in one transaction, which is on the disk when
 * the call returns true. What it changed is the vt_change: items that had the value already are not in it. To
 * undo is to give each item its old value back if it still has the one that the edit left; those that have
 * another one by now (another edit, another program, an import) keep it and are counted. To redo is the same
 * the other way round, so both are one function.
 *
 * A change is compact: items with the same old value stand behind one another, so that an item costs 8 bytes
 * (24 in albums and stacks, which have positions). It is immutable: any thread may read it. Threads of making
 * and applying: those of the writer. Errors: those of edit.h.
 */
#ifndef VT_CATALOG_CHANGE_H
#define VT_CATALOG_CHANGE_H

#include "core/base/error.h"
#include "core/catalog/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum vt_edit_kind {
    VT_EDIT_RATING,
    VT_EDIT_LABEL,
    VT_EDIT_TITLE,
    VT_EDIT_NOTE,
    VT_EDIT_ADD_TAGS,
    VT_EDIT_REMOVE_TAGS,
    VT_EDIT_ADD_TO_ALBUM,
    VT_EDIT_REMOVE_FROM_ALBUM,
    VT_EDIT_ORDER_ALBUM,
    VT_EDIT_CREATE_ALBUM, /* with the items, in their order */
    VT_EDIT_RENAME_ALBUM,
    VT_EDIT_MOVE_ALBUM, /* among the others */
    VT_EDIT_DELETE_ALBUM,
    VT_EDIT_MOVE_TAG, /* to another path, with all below it; joined with the tag that has it already */
    VT_EDIT_DELETE_TAG,
    VT_EDIT_STACK,        /* the items, and all of the stacks some of them are in, become one stack */
    VT_EDIT_UNSTACK,      /* the stacks they are in are no more */
    VT_EDIT_TAKE_OUT,     /* they leave their stacks */
    VT_EDIT_STACK_COVER,  /* they come first in theirs: the first is the cover */
    VT_EDIT_TAKE_SIDECAR, /* conflicts with side-cars, by what those say: vt_change_take_sidecars */
    VT_EDIT_KIND_COUNT
} vt_edit_kind;

/* What shall be done to items; all borrowed. */
typedef struct vt_item_edit {
    vt_edit_kind kind;
    int number;       /* rating or label, 0: none */
    const char *text; /* title or note; NULL or "" takes it away; name of an album; new path of a tag */
    const char *const *tags; /* paths of tags; of the one that is moved or deleted */
    size_t tag_count;
    int64_t album;
    int64_t before; /* VT_EDIT_ORDER_ALBUM, VT_EDIT_MOVE_ALBUM: as of vt_edit_move_in_album, _move_album */
} vt_item_edit;

/* Items of a change that had the same value, and now have another one. */
typedef struct vt_change_run {
    vt_edit_kind kind;   /* the change's; of VT_EDIT_TAKE_SIDECAR that of its values */
    size_t first, count; /* of the change's ids, which ascend within a run */
    int before, after;   /* rating or label; of a tag, or of an album: whether they have it */
    const char *text_before, *text_after; /* title or note, NULL: none; of a tag: its path, in both; of an
                                             album that was made, renamed or deleted: its name, likewise */
    int64_t tag;                          /* of tags that were moved or deleted: which */
    int made;                             /* of a tag: its lowest levels that the edit made */
    int64_t stack_before, stack_after;    /* the stack they are in, 0: none */
} vt_change_run;

typedef struct vt_change vt_change;

typedef enum vt_change_direction { VT_CHANGE_BACK, VT_CHANGE_FORTH } vt_change_direction;

/* Whether the values of `edit` can be: what the catalog would refuse at once. VT_ERROR_USAGE. Any thread. */
bool vt_item_edit_check(const vt_item_edit *edit, vt_error *error);

/* Whether edits of this kind are of an album or a tag itself, so that they need no items. */
bool vt_edit_kind_is_of_itself(vt_edit_kind kind);

/* Makes `edit` of the items `ids`, in any order but for albums and stacks: there it is the order they come
   in, and each may stand there once (VT_ERROR_USAGE). A stack has 2 to VT_STACK_ITEMS_MAX items; one that an
   edit leaves with a single item is no more, and that item is in none. What an album is renamed or deleted by
   has no ids. The change is the caller's: vt_change_free. NULL and `error`, and nothing is changed. */
vt_change *vt_change_make(vt_catalog_writer *writer, const vt_item_edit *edit, const int64_t *ids,
                          size_t count, vt_error *error);

/* Undoes (BACK) or redoes (FORTH) it in one transaction. `*skipped`: values that were not as the change had
   left them, and stay. */
bool vt_change_apply(vt_catalog_writer *writer, const vt_change *change, vt_change_direction direction,
                     size_t *skipped, vt_error *error);

/* Settles conflicts by what the side-cars say, as vt_sidecars_decide does. Undone, a value that was here
   counts as one given after the side-car's. NULL and `error`, and nothing is changed. */
struct vt_sidecar_choice;
vt_change *vt_change_take_sidecars(vt_catalog_writer *writer, const struct vt_sidecar_choice *choices,
                                   size_t count, vt_error *error);

void vt_change_free(vt_change *change); /* NULL is allowed */

/* "rating", "add-tags", ...: for logs. "?" for none of them. */
const char *vt_edit_kind_name(vt_edit_kind kind);

vt_edit_kind vt_change_kind(const vt_change *change);

/* The album it is about, VT_EDIT_CREATE_ALBUM: the new one; 0 if about none. */
int64_t vt_change_album(const vt_change *change);

/* Of an album or a tag itself: its name, or path, before the edit; of a new album: its own. Else NULL. */
const char *vt_change_name(const vt_change *change);

/* Values that it changed: items, but with several tags an item counts for each, and albums and tags
   themselves. */
size_t vt_change_count(const vt_change *change);

/* Memory it holds. */
size_t vt_change_bytes(const vt_change *change);

size_t vt_change_run_count(const vt_change *change);
const vt_change_run *vt_change_run_at(const vt_change *change, size_t run);

/* The ids of a run, `run->count` of them. */
const int64_t *vt_change_ids(const vt_change *change, const vt_change_run *run);

/* The rating or label that an item has after the change went in `direction`; false if it is not in it. */
bool vt_change_number(const vt_change *change, vt_change_direction direction, int64_t id, int *number);

#endif
