/* What the user gives to items, for tests that need it to be there: one edit a call, as the program makes it
   (core/catalog/change.h), that nobody wants to undo. */
#ifndef VT_TESTS_EDITS_H
#define VT_TESTS_EDITS_H

#include "core/catalog/change.h"
#include "core/catalog/edit.h"
#include "core/catalog/writer.h"

static inline bool edits_make(vt_catalog_writer *writer, const vt_item_edit *edit, const int64_t *ids,
                              size_t count, int64_t *album, vt_error *error)
{
    vt_change *change = vt_change_make(writer, edit, ids, count, error);
    if (album) {
        *album = change ? vt_change_album(change) : 0;
    }
    vt_change_free(change);
    return change != NULL;
}

/* ---- of items ---- */

static inline bool edits_set_rating(vt_catalog_writer *writer, const int64_t *ids, size_t count, int rating,
                                    vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_RATING, .number = rating};
    return edits_make(writer, &edit, ids, count, NULL, error);
}

static inline bool edits_rate(vt_catalog_writer *writer, int64_t id, int rating, vt_error *error)
{
    return edits_set_rating(writer, &id, 1, rating, error);
}

static inline bool edits_set_label(vt_catalog_writer *writer, const int64_t *ids, size_t count, int label,
                                   vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_LABEL, .number = label};
    return edits_make(writer, &edit, ids, count, NULL, error);
}

static inline bool edits_set_title(vt_catalog_writer *writer, const int64_t *ids, size_t count,
                                   const char *title, vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_TITLE, .text = title};
    return edits_make(writer, &edit, ids, count, NULL, error);
}

static inline bool edits_set_note(vt_catalog_writer *writer, const int64_t *ids, size_t count,
                                  const char *text, vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_NOTE, .text = text};
    return edits_make(writer, &edit, ids, count, NULL, error);
}

static inline bool edits_add_tags(vt_catalog_writer *writer, const int64_t *ids, size_t count,
                                  const char *const *tags, size_t tag_count, vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_ADD_TAGS, .tags = tags, .tag_count = tag_count};
    return edits_make(writer, &edit, ids, count, NULL, error);
}

static inline bool edits_remove_tags(vt_catalog_writer *writer, const int64_t *ids, size_t count,
                                     const char *const *tags, size_t tag_count, vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_REMOVE_TAGS, .tags = tags, .tag_count = tag_count};
    return edits_make(writer, &edit, ids, count, NULL, error);
}

/* ---- of tags ---- */

static inline bool edits_rename_tag(vt_catalog_writer *writer, const char *tag, const char *to,
                                    vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_MOVE_TAG, .tags = &tag, .tag_count = 1, .text = to};
    return edits_make(writer, &edit, NULL, 0, NULL, error);
}

static inline bool edits_delete_tag(vt_catalog_writer *writer, const char *tag, vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_DELETE_TAG, .tags = &tag, .tag_count = 1};
    return edits_make(writer, &edit, NULL, 0, NULL, error);
}

/* ---- of albums ---- */

static inline bool edits_create_album(vt_catalog_writer *writer, const char *name, int64_t *id,
                                      vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_CREATE_ALBUM, .text = name};
    return edits_make(writer, &edit, NULL, 0, id, error);
}

static inline bool edits_rename_album(vt_catalog_writer *writer, int64_t album, const char *name,
                                      vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_RENAME_ALBUM, .album = album, .text = name};
    return edits_make(writer, &edit, NULL, 0, NULL, error);
}

static inline bool edits_delete_album(vt_catalog_writer *writer, int64_t album, vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_DELETE_ALBUM, .album = album};
    return edits_make(writer, &edit, NULL, 0, NULL, error);
}

static inline bool edits_move_album(vt_catalog_writer *writer, int64_t album, int64_t before, vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_MOVE_ALBUM, .album = album, .before = before};
    return edits_make(writer, &edit, NULL, 0, NULL, error);
}

static inline bool edits_add_to_album(vt_catalog_writer *writer, int64_t album, const int64_t *ids,
                                      size_t count, vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_ADD_TO_ALBUM, .album = album};
    return edits_make(writer, &edit, ids, count, NULL, error);
}

static inline bool edits_remove_from_album(vt_catalog_writer *writer, int64_t album, const int64_t *ids,
                                           size_t count, vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_REMOVE_FROM_ALBUM, .album = album};
    return edits_make(writer, &edit, ids, count, NULL, error);
}

static inline bool edits_move_in_album(vt_catalog_writer *writer, int64_t album, const int64_t *ids,
                                       size_t count, int64_t before, vt_error *error)
{
    const vt_item_edit edit = {.kind = VT_EDIT_ORDER_ALBUM, .album = album, .before = before};
    return edits_make(writer, &edit, ids, count, NULL, error);
}

#endif
