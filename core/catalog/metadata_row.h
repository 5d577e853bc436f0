/*
 * Private to core/catalog: what a picture says of itself as a row of the table `metadata`.
 *
 * VT_METADATA_TAGS has no column: tags are given to the item (core/catalog/embedded.h).
 *
 * Unknown is NULL. What no program of ours writes is read as unknown: every value goes through the checks of
 * core/decode/metadata.h again.
 */
#ifndef VT_CATALOG_METADATA_ROW_H
#define VT_CATALOG_METADATA_ROW_H

#include "core/decode/metadata.h"

#include <sqlite3.h>

/* The columns both functions know, in their order; item_id is the first. */
#define VT_METADATA_ROW_COLUMNS                                                                              \
    "item_id, taken_ns, taken_offset, exposure, f_number, iso, focal_mm, latitude, longitude, altitude, "    \
    "rating, camera, lens, title, description, creator, copyright, keywords, label"

/* Binds parameters 1 to 19; the texts must outlive the step. SQLite's result. */
int vt_metadata_row_bind(sqlite3_stmt *statement, int64_t item_id, const vt_metadata *metadata);

/* Reads the current row. */
void vt_metadata_row_read(sqlite3_stmt *statement, vt_metadata *metadata);

#endif
