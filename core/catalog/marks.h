/*
 * Reading what the user gave to items (edit.h writes it): labels, titles, notes, tags, albums.
 *
 * Threads and errors as reader.h. Callbacks return false to stop, and the call then returns true; their
 * pointers are valid during the callback only.
 */
#ifndef VT_CATALOG_MARKS_H
#define VT_CATALOG_MARKS_H

#include "core/catalog/reader.h"

typedef struct vt_tag {
    int64_t id;
    int64_t parent_id; /* 0 at the top */
    const char *path;  /* "place/italy/rome" */
    const char *name;  /* "rome" */
    int level;         /* 1 at the top */
    int64_t items;     /* that have this tag */
    int64_t items_all; /* that have this tag or one below it, each counted once */
} vt_tag;

typedef struct vt_album {
    int64_t id;
    const char *name;
    int64_t created_ns; /* since 1970-01-01 UTC */
    int64_t items;
} vt_album;

typedef bool (*vt_tag_visitor)(void *user, const vt_tag *tag);
typedef bool (*vt_album_visitor)(void *user, const vt_album *album);
typedef bool (*vt_item_visitor)(void *user, int64_t item_id);
typedef bool (*vt_pair_visitor)(void *user, int64_t item_id, int64_t number);
typedef bool (*vt_title_visitor)(void *user, int64_t item_id, const char *title);

/* All tags as a tree is listed: each before those below it, those of one level by the bytes of their names.
 */
bool vt_marks_each_tag(vt_catalog_reader *reader, vt_tag_visitor visit, void *user, vt_error *error);

/* All tags without paths and counts, each after the one it lies below: for an index of them all. */
bool vt_marks_each_tag_name(vt_catalog_reader *reader, vt_tag_visitor visit, void *user, vt_error *error);

/* The tags of one item as vt_marks_each_tag lists them; the counts are 0. */
bool vt_marks_each_tag_of(vt_catalog_reader *reader, int64_t item_id, vt_tag_visitor visit, void *user,
                          vt_error *error);

/* Items that have the tag or one below it, ascending. */
bool vt_marks_each_tagged(vt_catalog_reader *reader, int64_t tag_id, vt_item_visitor visit, void *user,
                          vt_error *error);

/* All pairs of item and tag, ascending by item: for an index of them all. */
bool vt_marks_each_pair(vt_catalog_reader *reader, vt_pair_visitor visit, void *user, vt_error *error);

/* The same of `count` items, in the order of `ids`: its tags one after the other, or once the number 0 if it
   has none; and their titles, "" for none. What is not in the catalog is passed over. In one statement for
   VT_MARKS_BATCH items. */
#define VT_MARKS_BATCH 1000
bool vt_marks_each_pair_of(vt_catalog_reader *reader, const int64_t *ids, size_t count, vt_pair_visitor visit,
                           void *user, vt_error *error);
bool vt_marks_each_title_of(vt_catalog_reader *reader, const int64_t *ids, size_t count,
                            vt_title_visitor visit, void *user, vt_error *error);

/* Albums and the items of one, in the user's order. */
bool vt_marks_each_album(vt_catalog_reader *reader, vt_album_visitor visit, void *user, vt_error *error);
bool vt_marks_each_in_album(vt_catalog_reader *reader, int64_t album_id, vt_item_visitor visit, void *user,
                            vt_error *error);
/* Its last items, the last one first. */
bool vt_marks_each_last_in_album(vt_catalog_reader *reader, int64_t album_id, vt_item_visitor visit,
                                 void *user, vt_error *error);

/* Items that have a label (1 to VT_LABEL_MAX), and items that have a title: what most items do not have is
   not looked through. */
bool vt_marks_each_label(vt_catalog_reader *reader, vt_pair_visitor visit, void *user, vt_error *error);
bool vt_marks_each_title(vt_catalog_reader *reader, vt_title_visitor visit, void *user, vt_error *error);

/* Label, title and note of one item; the texts are "" where there is none. VT_ERROR_NOT_FOUND for an unknown
 * id. */
typedef struct vt_item_marks {
    int label;
    char *title, *note; /* owned: vt_item_marks_free */
} vt_item_marks;

bool vt_marks_item(vt_catalog_reader *reader, int64_t item_id, vt_item_marks *marks, vt_error *error);
void vt_item_marks_free(vt_item_marks *marks);

#endif
