/*
 * Private to core/catalog: an item as a row of the table `item`.
 *
 * A fact that is zero is stored as NULL, which takes no room, and read back as zero. Numbers that no program
 * of ours writes (a damaged or hostile catalog) are read as unknown, so that whoever indexes a table with a
 * kind or a format needs no check of its own.
 */
#ifndef VT_CATALOG_ITEM_ROW_H
#define VT_CATALOG_ITEM_ROW_H

#include "core/catalog/record.h"

#include <sqlite3.h>

/* The columns vt_item_row_read and vt_item_row_bind know, in their order. */
#define VT_ITEM_ROW_COLUMNS                                                                                  \
    "id, folder_id, name, kind, format, state, size, mtime_ns, width, height, triangles, watertight, "       \
    "ctime_ns, dev, ino, orientation, has_alpha, channels, bit_depth, ascii, vertices, dropped_triangles, "  \
    "min_x, min_y, min_z, max_x, max_y, max_z, area, volume"
#define VT_ITEM_ROW_COLUMN_COUNT 30

/* The columns vt_item_row_read_brief knows, in their order. */
#define VT_ITEM_BRIEF_COLUMNS                                                                                \
    "id, folder_id, name, kind, format, state, size, mtime_ns, rating, width, height, triangles, watertight"

/* Binds `item` to parameters 1 to VT_ITEM_ROW_COLUMN_COUNT; its path must outlive the step. SQLite's result.
 */
int vt_item_row_bind(sqlite3_stmt *statement, const vt_item *item);

/* Reads the current row, all but path and rating. */
void vt_item_row_read(sqlite3_stmt *statement, vt_item *item);

/* Reads the current row; `item->name` is valid until the next step. What stands in no column is unknown. */
void vt_item_row_read_brief(sqlite3_stmt *statement, vt_item_brief *item);

/* A stored number as a rating, 0 to 5. */
uint8_t vt_item_row_rating(sqlite3_stmt *statement, int column);

#endif
