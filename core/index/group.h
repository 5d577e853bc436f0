/*
 * Groups of a view: by what rows are put together, and how such groups are called.
 *
 * Each row has one value, a number; rows of equal value are a group. Values ascend as groups do, but for
 * folders and cameras, which stand in the natural order of their paths and names. view.h orders a view by
 * groups and tells where each begins. Days are those of vt_snapshot_date: when a picture was taken, by its
 * camera's clock, else when the file was changed, by the local one.
 *
 * Twins are told by the number of their group, and stand in it as they do there, the best first, whatever the
 * view is sorted by.
 *
 * Threads: any (dates: not first of all the UI's, see zone.h). Nothing here is linear in the number of rows.
 */
#ifndef VT_INDEX_GROUP_H
#define VT_INDEX_GROUP_H

#include "core/base/str.h"
#include "core/index/index.h"
#include "core/index/sort.h"
#include "core/index/twins.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum vt_group_by {
    VT_GROUP_NONE,
    VT_GROUP_FOLDER,
    VT_GROUP_DAY,
    VT_GROUP_MONTH,
    VT_GROUP_YEAR,
    VT_GROUP_KIND,
    VT_GROUP_FORMAT,
    VT_GROUP_RATING,
    VT_GROUP_LABEL, /* what has none, last; so it is with cameras */
    VT_GROUP_CAMERA,
    VT_GROUP_SIZE,   /* classes of file sizes */
    VT_GROUP_LETTER, /* the first of the name */
    VT_GROUP_SAME,   /* twins of equal content (twins.h), then what has none */
    VT_GROUP_ALIKE,  /* those that look alike */
    VT_GROUP_BY_COUNT
} vt_group_by;

/* "none", "folder", "day", ...: stable, for settings. Never NULL. */
const char *vt_group_by_name(vt_group_by by);

/* False for an unknown name. */
bool vt_group_by_from_name(const char *name, vt_group_by *by);

/* What groups rows in the order of `key` best, for marks along it; NONE if nothing does. */
vt_group_by vt_group_by_of_sort(vt_sort_key key);

/* The kind of twins that groups of this kind are; false for all others. */
bool vt_group_twins(vt_group_by by, vt_twin_kind *kind);

/* The value of those that have no twin. */
#define VT_GROUP_NO_TWIN UINT32_MAX

/* The value of a row of the index. 0 for NONE. */
uint32_t vt_group_value(const vt_snapshot *snapshot, vt_group_by by, uint32_t row);

/* A word in the language of whoever asks: vt_tr, say. The result is valid until the next call. */
typedef const char *(*vt_group_word)(const char *context, const char *text);

/* Appends what a group is called: "November 2026", "Models", the last part of a folder's path. UTF-8, fit for
   display. `word` NULL: in English. Check `title->failed`. */
void vt_group_append_title(const vt_snapshot *snapshot, vt_group_by by, uint32_t value, vt_group_word word,
                           vt_str *title);

/* Appends what the title leaves out: where a folder lies; nothing for all others. */
void vt_group_append_detail(const vt_snapshot *snapshot, vt_group_by by, uint32_t value, vt_str *detail);

/* Appends a word of a few letters that stands for the group and its neighbours on a scale: the year of a
   month, a letter; nothing if only the title tells. */
void vt_group_append_mark(const vt_snapshot *snapshot, vt_group_by by, uint32_t value, vt_str *mark);

/* False if only titles tell groups of this kind apart. */
bool vt_group_has_marks(vt_group_by by);

#endif
