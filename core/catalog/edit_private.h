/* Private to core/catalog: what those share that write what the user gives. All within a transaction of the
   writer. */
#ifndef VT_CATALOG_EDIT_PRIVATE_H
#define VT_CATALOG_EDIT_PRIVATE_H

#include "core/catalog/db.h"
#include "core/catalog/edit.h"
#include "core/catalog/writer_private.h"

/* Begins the transaction of an edit of `count` items; false and `error` if none of them is in the catalog (no
   ids at all are no error: nothing is edited then). */
bool vt_edit_begin_items(vt_catalog_writer *writer, const int64_t *ids, size_t count, vt_error *error);

/* Runs `sql`, which returns nothing, with up to two parameters. Rows changed go to `*changed` (may be NULL).
 */
bool vt_edit_run(sqlite3 *db, const char *sql, int64_t first, int64_t second, int64_t *changed,
                 vt_error *error);

/* Runs `sql` for each of `ids`, as ?1, with `second` as ?2. */
bool vt_edit_run_each(sqlite3 *db, const char *sql, const int64_t *ids, size_t count, int64_t second,
                      vt_error *error);

/* The integer that a query of up to two integer parameters gives, 0 if no row. */
bool vt_edit_ask(sqlite3 *db, const char *sql, int64_t first, int64_t second, int64_t *value,
                 vt_error *error);

/* Judges a text of the user's: valid UTF-8 of at most `limit` bytes, without control characters (`lines`: but
   line ends and tabs). `what` for the message: "a title". */
bool vt_edit_check_text(const char *text, size_t length, size_t limit, bool lines, const char *what,
                        vt_error *error);

#endif
