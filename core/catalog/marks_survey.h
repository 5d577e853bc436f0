/*
 * What several items share of what the user gave to them, for a panel that shows, and edits, all of them; and
 * the tags that begin with what is being typed.
 *
 * A survey takes some 3 us an item: a million are looked through in some seconds, so it is made in parts, and
 * whoever makes it does other things in between. Threads and errors as reader.h; a survey is used between two
 * calls by the thread that has its reader.
 */
#ifndef VT_CATALOG_MARKS_SURVEY_H
#define VT_CATALOG_MARKS_SURVEY_H

#include "core/catalog/reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Tags beyond these, the rarer ones, are left out. */
#define VT_SHARED_TAGS_MAX 100

#define VT_SHARED_DIFFERS (-1)

typedef struct vt_shared_tag {
    char *path;   /* owned */
    size_t items; /* that have it; smaller than all: only some have it */
} vt_shared_tag;

typedef struct vt_shared_marks {
    size_t items;  /* that are in the catalog */
    int64_t bytes; /* of their files together */
    int rating;    /* of all, or VT_SHARED_DIFFERS; so is the label (0: none) */
    int label;
    bool title_differs, note_differs;
    char *title, *note;  /* owned; "" if they differ, "" or NULL if there is none */
    vt_shared_tag *tags; /* owned; by path */
    size_t tag_count;
    size_t tags_left_out;
} vt_shared_marks;

void vt_shared_marks_free(vt_shared_marks *marks);

typedef struct vt_marks_survey vt_marks_survey;

/* The reader is borrowed. NULL and `error`. */
vt_marks_survey *vt_marks_survey_begin(vt_catalog_reader *reader, vt_error *error);
void vt_marks_survey_free(vt_marks_survey *survey); /* NULL is allowed */

/* Looks at `count` more items; unknown ids are passed over. */
bool vt_marks_survey_add(vt_marks_survey *survey, const int64_t *ids, size_t count, vt_error *error);

/* What they share goes to `marks`, which is the caller's; nothing can be added after. On failure `marks` is
   empty. */
bool vt_marks_survey_end(vt_marks_survey *survey, vt_shared_marks *marks, vt_error *error);

/* Tags whose last level contains what stands behind the last '/' of `typed`, and which lie right below what
   stands before it; upper and lower case alike (of A to Z). Those that begin with it come first. */
typedef bool (*vt_tag_path_visitor)(void *user, const char *path);
bool vt_marks_complete_tag(vt_catalog_reader *reader, const char *typed, size_t limit,
                           vt_tag_path_visitor visit, void *user, vt_error *error);

#endif
