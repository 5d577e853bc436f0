/* Private to core/catalog: the files of a folder that the catalog knows (reader.h), as they are read. */
#ifndef VT_CATALOG_KNOWN_LIST_H
#define VT_CATALOG_KNOWN_LIST_H

#include "core/catalog/reader.h"

#include <sqlite3.h>

/* An array of known files that grows in an arena. */
typedef struct vt_known_list {
    vt_arena *arena;
    vt_known_file *files;
    size_t count, capacity;
} vt_known_list;

/* Appends a row: name, size, three times and ino, then the id and state of an item or, `failed`, the code of
   a failure. False when memory runs out, as below. */
bool vt_known_list_read(sqlite3_stmt *row, bool failed, vt_known_list *list);

/* Merges two lists that are ordered by name; where both have a name, what failed is newer than what the item
   knows. */
bool vt_known_list_merge(const vt_known_list *items, const vt_known_list *failures, vt_known_list *merged);

#endif
