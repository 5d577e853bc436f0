/*
 * Private to core/catalog: the row of an item follows its file, within the transaction of file_journal.h.
 */
#ifndef VT_CATALOG_FILE_ROW_H
#define VT_CATALOG_FILE_ROW_H

#include "core/catalog/file_journal.h"

#include <sqlite3.h>

typedef struct vt_file_rows vt_file_rows;

/* `db` is borrowed. NULL and `error`. */
vt_file_rows *vt_file_rows_create(sqlite3 *db, vt_error *error);
void vt_file_rows_free(vt_file_rows *rows); /* NULL is allowed */

/* The row at `step->from`, if there is one, becomes that of `step->to`, or goes (VT_FILE_DELETE). An item
   that is known at the new path, though its file cannot be there, goes if the user gave nothing to it; else
   it steps aside under a name of its own, and can be relinked. */
bool vt_file_rows_follow(vt_file_rows *rows, vt_file_work_kind kind, const vt_file_step *step,
                         vt_file_row *row, vt_error *error);

#endif
