/*
 * Tags of side-cars: paths like "place/italy/rome", the same as in the catalog, and how the three lists in
 * which programs keep them are read as one set.
 *
 * digiKam:TagsList separates levels by '/', lr:hierarchicalSubject by '|'; dc:subject has words without
 * levels: some programs put the last level of each tag there, some every level. So a word of dc:subject that
 * is a level of a tag in one of the other lists is no tag of its own. What is read as what is told by
 * core/decode/tag_path_text.h.
 *
 * Within core/sidecar, except for the limits. Any thread.
 */
#ifndef VT_SIDECAR_SIDECAR_TAGS_H
#define VT_SIDECAR_SIDECAR_TAGS_H

#include "core/base/error.h"
#include "core/decode/tag_path_text.h"
#include "core/sidecar/sidecar_scan.h"

#include <stdbool.h>
#include <stddef.h>

/* As the catalog has them. What is longer in a file stays there and is no tag. */
#define VT_SIDECAR_LEVEL_BYTES_MAX VT_TAG_TEXT_LEVEL_BYTES_MAX
#define VT_SIDECAR_LEVELS_MAX      VT_TAG_TEXT_LEVELS_MAX
#define VT_SIDECAR_TAGS_MAX        2000 /* of one file */

/* A set in the order in which it was filled. Begin with all zero. */
typedef struct vt_sidecar_tags {
    char **list; /* owned, as the strings */
    size_t count, room;
} vt_sidecar_tags;

void vt_sidecar_tags_free(vt_sidecar_tags *tags);
bool vt_sidecar_tags_has(const vt_sidecar_tags *tags, const char *tag);

/* Adds a copy of `tag`, unless it is there. False and VT_ERROR_MEMORY, or (the second) VT_ERROR_LIMIT beyond
   VT_SIDECAR_TAGS_MAX. */
bool vt_sidecar_tags_add(vt_sidecar_tags *tags, const char *tag, vt_error *error);
bool vt_sidecar_tags_add_limited(vt_sidecar_tags *tags, const char *tag, vt_error *error);

/* Adds those of `lines`, one a line. False and VT_ERROR_MEMORY. */
bool vt_sidecar_tags_add_lines(vt_sidecar_tags *tags, const char *lines, vt_error *error);

/* Takes those away that are in `others`, too. */
void vt_sidecar_tags_remove(vt_sidecar_tags *tags, const vt_sidecar_tags *others);

/* One of the tags has `word` as a level. */
bool vt_sidecar_tags_has_level(const vt_sidecar_tags *tags, const char *word);

/* The last level of a tag, inside it. */
const char *vt_sidecar_tag_last(const char *tag);

/* Sets `tag` to what an item of `property` (one of the three lists) means; false if it is none of ours.
   `tag->failed` when memory runs out. */
bool vt_sidecar_tag_read(vt_sidecar_property property, const char *value, vt_str *tag);

/* The same tags, in whatever order. */
bool vt_sidecar_tags_same(const vt_sidecar_tags *a, const vt_sidecar_tags *b);

#endif
