/*
 * Private to core/catalog: SQLite connections the way all files of ours open them, and the wording of its
 * errors.
 *
 * Threads: a connection belongs to one thread at a time (they are opened without SQLite's own mutex).
 */
#ifndef VT_CATALOG_DB_H
#define VT_CATALOG_DB_H

#include "core/base/error.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_DB_BUSY_TIMEOUT_MS 5000

typedef enum vt_db_access {
    VT_DB_CREATE,    /* read and write, made if it is not there */
    VT_DB_READ,      /* read only; never checkpoints */
    VT_DB_READ_FIXED /* the same for a file that nobody can change: no locks, no log, no file beside it */
} vt_db_access;

/* Opens with everything switched off that a hostile file could use. NULL and `error`; close with vt_db_close.
   The file is not looked at before the first statement. */
sqlite3 *vt_db_open(const char *path, vt_db_access access, vt_error *error);
void vt_db_close(sqlite3 *db); /* NULL is allowed */

/* Words the failure `rc` of the last call on `db`: "cannot <what> <path of db>: ...". Returns false. */
bool vt_db_fail(sqlite3 *db, int rc, const char *what, vt_error *error);

/* What an integrity check has said of a page is no verdict if memory for that page was short: false then, and
   VT_ERROR_MEMORY. */
bool vt_db_is_verdict(const char *said, vt_error *error);

/* Runs statements that return nothing. `what` as in vt_db_fail: "open", "write to", ... */
bool vt_db_exec(sqlite3 *db, const char *sql, const char *what, vt_error *error);

/* A statement that is used many times; sqlite3_finalize. NULL and `error`. */
sqlite3_stmt *vt_db_prepare(sqlite3 *db, const char *sql, vt_error *error);
/* A table of them, into `statements`, all NULL before. False and `error`: those that were prepared are there,
   to be finalized as well. */
bool vt_db_prepare_all(sqlite3 *db, const char *const *texts, size_t count, sqlite3_stmt **statements,
                       vt_error *error);
void vt_db_finalize_all(sqlite3_stmt **statements, size_t count);

/* The integer in the first column of the first row, 0 if there is no row. */
bool vt_db_integer(sqlite3 *db, const char *sql, int64_t *value, vt_error *error);

/* Steps a statement that returns no row, and resets it. */
bool vt_db_run(sqlite3_stmt *statement, const char *what, vt_error *error);

/* Sets the journal mode of a connection that writes, and what goes with it. Whether a write-ahead log is used
   goes to `*wal`. */
bool vt_db_set_journal(sqlite3 *db, bool want_wal, bool *wal, vt_error *error);

/* Whether the file behind `db` has a write-ahead log. */
bool vt_db_uses_wal(sqlite3 *db, bool *wal, vt_error *error);

/* True if `path` lies on a file system whose memory is not shared with all who use it: network and FUSE. */
bool vt_db_on_network(const char *path);

/* Binds bytes that outlive the step; an empty blob is an empty blob, not NULL. */
int vt_db_bind_bytes(sqlite3_stmt *statement, int column, const char *bytes, uint32_t length);

#endif
