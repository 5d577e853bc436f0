#include "core/catalog/thumbs_private.h"

#include "core/catalog/db.h"

_Static_assert(VT_THUMBS_LARGE == 512, "the statements below and the index thumbnail_large name it");

/* The last of the oldest that hold `wanted` bytes together. */
static bool find_last(sqlite3 *db, int64_t wanted, int64_t *last, int64_t *bytes, vt_error *error)
{
    sqlite3_stmt *oldest = vt_db_prepare(
        db, "SELECT rowid, length(bytes) FROM thumbnail WHERE size_class = 512 ORDER BY rowid", error);
    if (!oldest) {
        return false;
    }
    int rc = SQLITE_DONE;
    *bytes = 0;
    while (*bytes < wanted && (rc = sqlite3_step(oldest)) == SQLITE_ROW) {
        *last = sqlite3_column_int64(oldest, 0);
        *bytes += sqlite3_column_int64(oldest, 1);
    }
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error);
    sqlite3_finalize(oldest);
    return done;
}

bool vt_thumbs_keep_large_limit(sqlite3 *db, int64_t limit, int64_t *bytes, vt_error *error)
{
    int64_t last = 0;
    int64_t found = 0;
    if (*bytes >= 0 && *bytes <= limit) {
        return true;
    }
    if (!vt_db_integer(db, "SELECT coalesce(sum(length(bytes)), 0) FROM thumbnail WHERE size_class = 512",
                       bytes, error)) {
        return false;
    }
    if (*bytes <= limit) {
        return true;
    }
    if (!find_last(db, *bytes - (limit - limit / 8), &last, &found, error)) {
        return false;
    }
    sqlite3_stmt *delete =
        vt_db_prepare(db, "DELETE FROM thumbnail WHERE size_class = 512 AND rowid <= ?", error);
    if (!delete) {
        return false;
    }
    sqlite3_bind_int64(delete, 1, last);
    bool done = vt_db_run(delete, "write to", error);
    sqlite3_finalize(delete);
    *bytes = done ? *bytes - found : -1;
    return done;
}
