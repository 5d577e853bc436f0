/*
 * Private to the writer: its fields, and the rows that a batch becomes (writer_rows.c), within the
 * transaction that writer.c begins and ends. The writer's thread.
 */
#ifndef VT_CATALOG_WRITER_ROWS_H
#define VT_CATALOG_WRITER_ROWS_H

#include "core/catalog/catalog_private.h"
#include "core/catalog/embedded.h"
#include "core/catalog/mover.h"
#include "core/catalog/writer.h"

#include <stdatomic.h>

typedef enum vt_catalog_writer_statement {
    VT_WRITER_FIND_FOLDER,
    VT_WRITER_INSERT_FOLDER,
    VT_WRITER_FIND_ITEM,
    VT_WRITER_INSERT_ITEM,
    VT_WRITER_UPDATE_ITEM,
    VT_WRITER_FORGET_FAILURE,
    VT_WRITER_INSERT_FAILURE,
    VT_WRITER_DROP_UNREAD,
    VT_WRITER_FAIL_ITEM,
    VT_WRITER_MISS_ITEM,
    VT_WRITER_REMOVE_FAILURE,
    VT_WRITER_REMOVE_ITEM,
    VT_WRITER_PUT_FINGERPRINT,
    VT_WRITER_PUT_METADATA,
    VT_WRITER_REMOVE_METADATA,
    VT_WRITER_FIND_EMBEDDED,
    VT_WRITER_STATEMENT_COUNT
} vt_catalog_writer_statement;

struct vt_catalog_writer {
    vt_catalog *catalog;
    sqlite3 *db; /* lent by the catalog */
    sqlite3_stmt *statements[VT_WRITER_STATEMENT_COUNT];
    vt_mover *mover;       /* owned; NULL until an item moves */
    vt_embedder *embedder; /* owned; NULL until a picture carries something */
    atomic_bool marks;     /* edits leave marks for side-cars */

    /* The state of the batch under way. */
    const char *folder; /* the folder looked up last, in the batch's memory; NULL if none */
    uint32_t folder_length;
    int64_t folder_id;
    bool has_failures; /* some row of `failure` may have to be forgotten */
    bool expect_new;   /* the last item was new, so the next probably is: try to insert before looking */
};

/* The text of a statement, to be prepared. */
const char *vt_catalog_writer_statement_text(vt_catalog_writer_statement which);

/* False, and `error` says what SQLite has found. */
bool vt_catalog_writer_fail(const vt_catalog_writer *writer, int rc, vt_error *error);

/* Steps a statement that returns no row; the parameters were bound with result `bound`. */
bool vt_catalog_writer_run(vt_catalog_writer *writer, vt_catalog_writer_statement which, int bound,
                           vt_error *error);

/* Puts all rows of `batch`, and counts them in `result`. After false the transaction is to be undone. */
bool vt_catalog_writer_put_batch(vt_catalog_writer *writer, vt_batch *batch, vt_commit *result,
                                 vt_error *error);

#endif
