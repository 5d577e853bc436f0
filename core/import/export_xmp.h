/* What is known of an item as an XMP packet, for a picture that leaves the library: date, camera, title,
   description, creator, copyright, stars, label, tags; never the place. Any thread. */
#ifndef VT_IMPORT_EXPORT_XMP_H
#define VT_IMPORT_EXPORT_XMP_H

#include "core/base/str.h"
#include "core/catalog/reader.h"

#include <stdbool.h>
#include <stdint.h>

/* Appends the packet, or nothing if nothing is known. The user's title, stars, label and tags go before the
   file's. False and `error` as the reader's. */
bool vt_export_xmp(vt_catalog_reader *reader, int64_t item_id, vt_str *packet, vt_error *error);

#endif
