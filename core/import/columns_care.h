/*
 * Private to core/import: columns files (core/index/columns.h) while a program runs, so that the next start
 * has one even if this program is killed: after a start that had to read the catalog, and after imports that
 * changed rows. Part of the aftercare: on its thread, given up when an import begins or the engine is freed.
 * What is edited after that makes the file worthless, and the last errand (columns_errand.h) leaves another
 * one.
 */
#ifndef VT_IMPORT_COLUMNS_CARE_H
#define VT_IMPORT_COLUMNS_CARE_H

#include "core/import/engine_private.h"
#include "core/index/columns.h"

/* Whether this engine cares for one: it may write, was asked to care for its catalog, and has an index of
   VT_COLUMNS_ROWS_MIN items or more. Without the engine's lock. */
bool vt_columns_are_kept(vt_engine *engine);

/* Has the writer empty the log, and makes the file if there is none that is as it should be. */
void vt_columns_care(vt_engine *engine);

/* Makes the file at `path` if that which is there is not as it should be and the library has
   VT_COLUMNS_ROWS_MIN items; takes away one of a library that has become small. False and `error` as
   vt_columns_write. Any thread but the UI's. */
bool vt_columns_leave(const vt_catalog *catalog, vt_catalog_reader *reader, const char *path,
                      const vt_columns_pace *pace, const vt_log *log, vt_error *error);

#endif
