/* Private to core/catalog: what other readers of the catalog need of a vt_catalog_reader. */
#ifndef VT_CATALOG_READER_PRIVATE_H
#define VT_CATALOG_READER_PRIVATE_H

#include "core/catalog/reader.h"

#include <sqlite3.h>

/* The reader's connection, for statements of one's own; valid as long as the reader. */
sqlite3 *vt_catalog_reader_db(const vt_catalog_reader *reader);

/* Calls `visit` with each row of `sql`, whose ?1 is `first`; it returns false to stop. */
typedef bool (*vt_row_visitor)(void *context, sqlite3_stmt *row);
bool vt_catalog_reader_each_row(vt_catalog_reader *reader, const char *sql, int64_t first,
                                vt_row_visitor visit, void *context, vt_error *error);

#endif
