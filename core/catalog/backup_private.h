/* Private to core/catalog: the parts of a backup that need no open vt_catalog. */
#ifndef VT_CATALOG_BACKUP_PRIVATE_H
#define VT_CATALOG_BACKUP_PRIVATE_H

#include "core/base/error.h"

#include <sqlite3.h>
#include <stdbool.h>

/* How a copy is made while others work: `pages` a step, and between two steps `go_on(user)`, which returns
   false to give up (VT_ERROR_CANCELLED) and may be NULL; it is asked while the copy is verified, too. */
typedef struct vt_backup_pace {
    int pages;
    bool (*go_on)(void *user);
    void *user;
} vt_backup_pace;

/*
 * Copies what `from` sees now to the file `to`, by a temporary name beside it: verified, synced, renamed.
 * `pace` NULL: in one step. `from` must not be in a transaction.
 *
 * SQLite begins a copy anew when another connection writes to its source between two steps. With a
 * write-ahead log the copy therefore reads in one transaction: it sees one commit to its end, and a reader
 * never keeps the writer waiting (only the log cannot be emptied meanwhile). So the source is a connection of
 * the copy's own and not that of the writer, which would have to come back for each step between its batches.
 * With a rollback journal a reader does keep the writer waiting: there each step takes the lock for itself,
 * and a copy that was begun anew too often gives up with VT_ERROR_BUSY.
 */
bool vt_backup_copy(sqlite3 *from, const char *to, const vt_backup_pace *pace, vt_error *error);

/* The same up to the name: the verified copy under its temporary name, for vt_files_publish; free(), and
   unlink it if it is not published. NULL and `error`. */
char *vt_backup_copy_beside(sqlite3 *from, const char *to, const vt_backup_pace *pace, vt_error *error);

/* True if SQLite finds nothing wrong with the pages and rows behind `db` (quick_check). */
bool vt_backup_verify(sqlite3 *db, vt_error *error);

/* Puts the complete file `temporary` in the place of the catalog `path`, whose lock the caller holds and
   which nobody may have open (VT_ERROR_BUSY). What was there is kept as PATH + `suffix` + N, handed out in
   `*kept` (free(); NULL if there was nothing). On failure `temporary` is still there. */
bool vt_backup_replace(const char *path, const char *temporary, const char *suffix, char **kept,
                       vt_error *error);

#endif
