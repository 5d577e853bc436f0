/*
 * Tags as one line that is typed: "holiday, place/italy, \"Smith, John\"". A tag with a comma or a quote
 * stands in quotes, in which a quote is doubled. Spaces around a tag, and "/" at its end, are nobody's. No
 * Qt; any thread.
 */
#ifndef VT_UI_TABLE_TAG_LINE_H
#define VT_UI_TABLE_TAG_LINE_H

#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>

#define VT_TAG_LINE_MAX 64 /* tags in one line */

typedef struct vt_tag_line {
    char *tags[VT_TAG_LINE_MAX]; /* owned; UTF-8, none empty, none twice */
    size_t count;
    bool overflowed; /* there were more */
} vt_tag_line;

/* What memory does not suffice for is left out, and `overflowed` set. vt_tag_line_clear. */
vt_tag_line vt_tag_line_read(const char *text);
void vt_tag_line_clear(vt_tag_line *line);

/* Appends `tag` to a line of tags, behind ", " if there are some. */
void vt_tag_line_append(vt_str *text, const char *tag);

/* The tags of `line` that `other` has not; borrowed. How many. */
size_t vt_tag_line_without(const vt_tag_line *line, const vt_tag_line *other,
                           const char *tags[VT_TAG_LINE_MAX]);

/* Where the tag that is typed at `cursor` (bytes) begins and ends in the line. */
void vt_tag_line_at(const char *text, size_t cursor, size_t *from, size_t *to);

#endif
