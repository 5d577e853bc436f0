/*
 * Private to core/import: tiny thumbnails (core/decode/tinythumb.h) between thumbnails, catalog and index.
 *
 * One is made of every thumbnail, by the task that has its pixels: some 0.1 ms beside the milliseconds that
 * decoding takes, and no byte more to come from the helper. The writer puts it into the catalog after the
 * item, in a transaction of its own: a program that dies between the two leaves an item without, which gets
 * its code when its thumbnail is next shown. When the index is loaded, a task fills its column from the
 * catalog.
 */
#ifndef VT_IMPORT_TINY_H
#define VT_IMPORT_TINY_H

#include "core/catalog/tiny.h"
#include "core/import/engine.h"

#include <stddef.h>

/* Starts the task that loads the codes into the index. The engine must have a task under way that keeps it
   alive meanwhile. Without memory or room nothing happens: the codes come with the thumbnails. */
void vt_tiny_load_start(vt_engine *engine);

/* Writes codes to catalog and index: the writer's, after it has published the rows. A failure costs colours
   at the next start, nothing else: it is told in the log. */
void vt_tiny_store(vt_engine *engine, const vt_tiny *tinies, size_t count);

/* Makes a code of an item's thumbnail if it has none: of catalogs that were written before there were any.
   Any thread of the executor's. */
void vt_tiny_offer(vt_engine *engine, int64_t item_id, const vt_pixels *thumbnail);

#endif
