/*
 * What the user gives to items: ratings, labels, titles, notes, tags, albums.
 *
 * Each call is one transaction of the catalog's writer, and is on the disk when it returns true: what was
 * typed is not lost when the power fails a moment later. A call that fails changes nothing. Threads: those of
 * the writer.
 *
 * Errors, besides those of vt_catalog_writer_commit: VT_ERROR_USAGE for a value that cannot be (the message
 * says which and why), VT_ERROR_NOT_FOUND for a tag or an album that is not there. Items that are gone
 * meanwhile are passed over; VT_ERROR_NOT_FOUND only if none of `ids` is left.
 *
 * Texts are UTF-8, without control characters (a note may have line ends and tabs).
 */
#ifndef VT_CATALOG_EDIT_H
#define VT_CATALOG_EDIT_H

#include "core/base/error.h"
#include "core/catalog/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_LABEL_MAX       15   /* colour labels are 1 to this; which colour is the window's */
#define VT_TITLE_BYTES_MAX 1000 /* of a title, and of the name of an album */
#define VT_NOTE_BYTES_MAX  65536
#define VT_TAG_BYTES_MAX   255 /* of one level of a tag */
#define VT_TAG_LEVELS_MAX  16

/* `rating` 0 (none) to 5, `label` 0 (none) to VT_LABEL_MAX; a `title` or `text` of NULL or "" takes it away.
 */
bool vt_edit_set_rating(vt_catalog_writer *writer, const int64_t *ids, size_t count, int rating,
                        vt_error *error);
bool vt_edit_set_label(vt_catalog_writer *writer, const int64_t *ids, size_t count, int label,
                       vt_error *error);
bool vt_edit_set_title(vt_catalog_writer *writer, const int64_t *ids, size_t count, const char *title,
                       vt_error *error);
bool vt_edit_set_note(vt_catalog_writer *writer, const int64_t *ids, size_t count, const char *text,
                      vt_error *error);

/*
 * Tags form trees and are named by their path: "place/italy/rome" is at the third level. Upper and lower case
 * differ. An item has each tag once.
 */

/* Gives each of `tags` to each item; levels that are missing are made. */
bool vt_edit_add_tags(vt_catalog_writer *writer, const int64_t *ids, size_t count, const char *const *tags,
                      size_t tag_count, vt_error *error);

/* Takes `tags` from the items, with all tags below them. Tags stay, also when no item has them any more; one
   that is not there is no error here. */
bool vt_edit_remove_tags(vt_catalog_writer *writer, const int64_t *ids, size_t count, const char *const *tags,
                         size_t tag_count, vt_error *error);

/* Gives `tag`, with all below it, the path `to`, whose upper levels are made. VT_ERROR_USAGE if there is a
   tag of that name already (merge them) or if `to` lies below `tag`. */
bool vt_edit_rename_tag(vt_catalog_writer *writer, const char *tag, const char *to, vt_error *error);

/* Items of `tag` get `into`, which must be there; the tags below it move, too, or are merged with those of
   the same name; then `tag` is gone. VT_ERROR_USAGE if `into` is `tag` or lies below it. */
bool vt_edit_merge_tag(vt_catalog_writer *writer, const char *tag, const char *into, vt_error *error);

/* Deletes `tag` and all below it; items lose them. */
bool vt_edit_delete_tag(vt_catalog_writer *writer, const char *tag, vt_error *error);

/*
 * Albums are lists of items in an order of the user's; an item is in an album once.
 */

/* A new album behind the others. Its number goes to `*id`. */
bool vt_edit_create_album(vt_catalog_writer *writer, const char *name, int64_t *id, vt_error *error);
bool vt_edit_rename_album(vt_catalog_writer *writer, int64_t album, const char *name, vt_error *error);
bool vt_edit_delete_album(vt_catalog_writer *writer, int64_t album, vt_error *error);

/* Puts an album before the album `before` (0: behind all). */
bool vt_edit_move_album(vt_catalog_writer *writer, int64_t album, int64_t before, vt_error *error);

/* Appends items in the order of `ids`; those that are in the album already stay where they are. */
bool vt_edit_add_to_album(vt_catalog_writer *writer, int64_t album, const int64_t *ids, size_t count,
                          vt_error *error);
bool vt_edit_remove_from_album(vt_catalog_writer *writer, int64_t album, const int64_t *ids, size_t count,
                               vt_error *error);

/* Puts those of `ids` that are in the album, in the order of `ids`, before the item `before` (0, or one that
   is not in the album or among `ids`: behind all others). */
bool vt_edit_move_in_album(vt_catalog_writer *writer, int64_t album, const int64_t *ids, size_t count,
                           int64_t before, vt_error *error);

#endif
