/*
 * Tiny thumbnails in the catalog (core/decode/tinythumb.h): what is shown of an item before its thumbnail is
 * there.
 *
 * They stand in a table of their own, one after the other: a million are read in one go of some 40 MB, and
 * the rows of `item`, which are read before anything is shown, do not grow. An item's code is that of the
 * content whose thumbnail was made last; it goes with its item. What no program of ours wrote is not there.
 */
#ifndef VT_CATALOG_TINY_H
#define VT_CATALOG_TINY_H

#include "core/base/error.h"
#include "core/catalog/reader.h"
#include "core/catalog/twins.h"
#include "core/catalog/writer.h"
#include "core/decode/tinythumb.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_tiny {
    int64_t item_id;
    vt_tinythumb code;
    vt_look look; /* version 0: of no picture, or not known; what is known stays then */
} vt_tiny;

/* Writes `count` codes, those that are set, and looks in one transaction, in the place of those the items
   had. Items that are not in the catalog (any more) are left out. On the thread of the writer. False and
   `error` as a commit; then nothing is written. */
bool vt_catalog_writer_put_tiny(vt_catalog_writer *writer, const vt_tiny *tinies, size_t count,
                                vt_error *error);

/* Codes of items with an id greater than `after`, ascending. `visit` returns false to stop; the call then
   returns true. */
typedef bool (*vt_tiny_visitor)(void *user, const vt_tiny *tiny);
bool vt_catalog_reader_each_tiny(vt_catalog_reader *reader, int64_t after, vt_tiny_visitor visit, void *user,
                                 vt_error *error);

#endif
