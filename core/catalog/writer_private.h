/* Private to core/catalog: what the edits of the user share with the writer, whose connection they use. */
#ifndef VT_CATALOG_WRITER_PRIVATE_H
#define VT_CATALOG_WRITER_PRIVATE_H

#include "core/catalog/embedded.h"
#include "core/catalog/writer.h"

#include <sqlite3.h>

/* An item to which the user has given nothing, for what its picture carries is found again: a condition on a
   row of `item`. */
#define VT_ITEM_UNMARKED                                                                                     \
    "(item.rating = 0 OR " VT_EMBEDDED_RATING ") AND (item.label IS NULL OR " VT_EMBEDDED_LABEL ") "         \
    "AND title IS NULL AND NOT EXISTS "                                                                      \
    "(SELECT 1 FROM item_tag WHERE item_id = item.id AND given IS NULL) "                                    \
    "AND NOT EXISTS (SELECT 1 FROM album_item WHERE item_id = item.id) "                                     \
    "AND NOT EXISTS (SELECT 1 FROM note WHERE item_id = item.id)"

/* The connection that writes; valid as long as the writer. */
sqlite3 *vt_catalog_writer_db(const vt_catalog_writer *writer);
vt_catalog *vt_catalog_writer_catalog(const vt_catalog_writer *writer);

/* Whether edits leave marks for side-cars (sidecars.h). */
bool vt_catalog_writer_marks(const vt_catalog_writer *writer);

/* A transaction that is on the disk when its end returns true (synchronous=FULL, where a batch has NORMAL).
   After a begin that failed there is none. */
bool vt_catalog_writer_begin_synced(vt_catalog_writer *writer, vt_error *error);

/* With `done` false, or if the commit fails, nothing of it remains. Returns whether it was committed. */
bool vt_catalog_writer_end_synced(vt_catalog_writer *writer, bool done, vt_error *error);

#endif
