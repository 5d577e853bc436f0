/* Private to core/catalog: how a change is built up, and what its kinds do. */
#ifndef VT_CATALOG_CHANGE_PRIVATE_H
#define VT_CATALOG_CHANGE_PRIVATE_H

#include "core/base/arena.h"
#include "core/catalog/change.h"
#include "core/catalog/edit_private.h"

/* A tag before and after: its name, NULL where it is not there, and its parent (0: none). */
typedef struct vt_change_tag {
    int64_t id;
    int64_t parent_before, parent_after;
    const char *name_before, *name_after;
} vt_change_tag;

struct vt_change {
    vt_edit_kind kind;
    int64_t album;
    int64_t *ids; /* owned, like the three below */
    size_t count, capacity;
    int64_t *before, *after; /* positions in the album or stack, beside each id; NULL otherwise */
    vt_change_run *runs;
    size_t run_count, run_capacity;
    vt_arena *texts; /* what runs and tags point to */

    /* Of an album that is made, renamed or deleted. */
    int64_t place, created_ns;
    size_t things; /* albums or tags that changed themselves */

    /* Of tags that are moved or deleted; owned; what lies below stands behind what it lies below. `path`:
       that of the edit, NULL: it is of none. */
    const char *path;
    vt_change_tag *tags;
    size_t tag_count, tag_capacity;
};

/* Opens a run behind the others, with its texts copied (NULL or "": none). NULL and `error` without memory.
   Valid until the next one. */
vt_change_run *vt_change_open(vt_change *change, const char *text_before, const char *text_after,
                              vt_error *error);

/* Appends an item to the last run. */
bool vt_change_add(vt_change *change, int64_t id, vt_error *error);

/* The same with its positions in an album or stack. */
bool vt_change_add_placed(vt_change *change, int64_t id, int64_t before, int64_t after, vt_error *error);

/* change_places.c: appends what `sql` gives for ?1, the change's album: ids, and their positions as those of
   before. */
bool vt_change_read_places(sqlite3 *db, vt_change *change, const char *sql, vt_error *error);
/* Of the change's one run keeps what `sql` gives another position for now, as that of after: ?1 the id, ?2
   the album. */
bool vt_change_keep_moved(sqlite3 *db, vt_change *change, const char *sql, vt_error *error);

/* What a kind does within the transaction: reads what `edit` will change into `change`, and writes it in one
   direction. `ids` are distinct, and ascend but for albums and stacks. */
typedef struct vt_change_ops {
    bool (*read)(sqlite3 *db, vt_change *change, const vt_item_edit *edit, const int64_t *ids, size_t count,
                 vt_error *error);
    bool (*write)(sqlite3 *db, const vt_change *change, vt_change_direction direction, size_t *skipped,
                  vt_error *error);
} vt_change_ops;

extern const vt_change_ops vt_change_values;  /* ratings, labels, titles, notes */
extern const vt_change_ops vt_change_tagging; /* change_tags.c */
extern const vt_change_ops vt_change_albums;  /* change_albums.c */
extern const vt_change_ops vt_change_stacks;  /* change_stacks.c */
extern const vt_change_ops vt_change_album_life;
extern const vt_change_ops vt_change_tag_tree;

/* Appends a tag, with its names copied. Valid until the next one. */
vt_change_tag *vt_change_add_tag(vt_change *change, const vt_change_tag *tag, vt_error *error);

/* Numbers that a query gives. */
typedef struct vt_id_list {
    int64_t *ids; /* owned: free() */
    size_t count, capacity;
} vt_id_list;

/* Appends what `sql` gives for ?1. */
bool vt_change_read_ids(sqlite3 *db, const char *sql, int64_t first, vt_id_list *list, vt_error *error);

/* Fills `change` with the plan of an edit of tags (change_tag_plan.c); of no items. */
bool vt_change_plan_tags(sqlite3 *db, vt_change *change, const vt_item_edit *edit, const int64_t *ids,
                         size_t count, vt_error *error);

/* Walks a tag's path (edit_tags.c): its id goes to `*id`, 0 if it is not there. With `made` levels that are
   missing are made, and counted there. */
bool vt_edit_find_tag(sqlite3 *db, const char *path, int64_t *id, int *made, vt_error *error);
bool vt_edit_check_tag(const char *path, vt_error *error);

/* The tag `name` below `parent` (0: at the top), 0 in `*id` if there is none. */
bool vt_edit_find_child(sqlite3 *db, int64_t parent, const char *name, size_t length, int64_t *id,
                        vt_error *error);
/* VT_ERROR_USAGE if tags lie deeper than VT_TAG_LEVELS_MAX: a move may have brought them there. */
bool vt_edit_check_levels(sqlite3 *db, vt_error *error);

bool vt_edit_check_album(const char *name, vt_error *error);
/* VT_ERROR_NOT_FOUND. */
bool vt_edit_find_album(sqlite3 *db, int64_t album, vt_error *error);

/* Puts an album before the album `before` (0: behind all). */
bool vt_edit_place_album(sqlite3 *db, int64_t album, int64_t before, vt_error *error);

/* Puts those of `ids` that are in the album, in the order of `ids`, before the item `before` (0, or one that
   is not in the album or among `ids`: behind all others). */
bool vt_edit_order_album(sqlite3 *db, int64_t album, const int64_t *ids, size_t count, int64_t before,
                         vt_error *error);

#endif
