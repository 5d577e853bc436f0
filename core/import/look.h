/*
 * Private to core/import: looks of pictures, by which those that look alike are found
 * (core/similar/perceptual.h), between thumbnails and catalog.
 *
 * One is made of every picture's thumbnail, by the task that has its pixels. Pictures that were imported
 * before there were any get theirs of the stored thumbnail when duplicates are looked for.
 */
#ifndef VT_IMPORT_LOOK_H
#define VT_IMPORT_LOOK_H

#include "core/catalog/thumbs.h"
#include "core/catalog/twins.h"
#include "core/decode/image.h"

#include <stdbool.h>
#include <stdint.h>

/* Of a thumbnail of some 256 pixels. Any thread. */
vt_look vt_look_of(const vt_pixels *thumbnail);

/* Whether a stored one is of the present method, and says something. */
bool vt_look_is_known(const vt_look *look);
bool vt_look_tells(const vt_look *look);

/* Of the thumbnail in the store; version 0 if there is none, or none that can be read. Not the window's
   thread. */
vt_look vt_look_of_stored(vt_thumbs *thumbs, int64_t item_id, int64_t size, int64_t mtime_ns);

#endif
