/*
 * Tags as programs write them into XMP and IPTC, made paths like "place/italy/rome": the form in which the
 * catalog has them. For blocks of pictures and for side-cars alike (core/sidecar/sidecar_tags.h).
 *
 * Levels are separated by '/' (digiKam:TagsList), '|' (lr:hierarchicalSubject) or not at all (dc:subject,
 * IPTC and EXIF keywords). A '/' within a level ("AC/DC") is read as U+2215, since tags of Vitrine have none.
 * What programs keep there for themselves ("darktable|exported") is no tag. Any thread.
 */
#ifndef VT_DECODE_TAG_PATH_TEXT_H
#define VT_DECODE_TAG_PATH_TEXT_H

#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* As the catalog has them. What is longer in a file stays there and is no tag. */
#define VT_TAG_TEXT_LEVEL_BYTES_MAX 255
#define VT_TAG_TEXT_LEVELS_MAX      16

/* Sets `tag` to what `value` means, whose levels `separator` stands between ("": it has one level); false if
   it is no tag. `tag->failed` when memory runs out. */
bool vt_tag_path_text_read(const char *separator, const char *value, vt_str *tag);

/* A level of the path `tag` is the `length` bytes of `word`. */
bool vt_tag_path_text_has_level(const char *tag, const char *word, size_t length);

#endif
