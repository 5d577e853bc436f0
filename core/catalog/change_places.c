/* Positions in an order that the user gives: of items in an album, of albums among each other. */
#include "core/catalog/change_private.h"

bool vt_change_read_places(sqlite3 *db, vt_change *change, const char *sql, vt_error *error)
{
    sqlite3_stmt *select = vt_db_prepare(db, sql, error);
    bool done = select != NULL;
    int rc = SQLITE_DONE;
    if (done) { /* a parameter that the statement does not have is none */
        sqlite3_bind_int64(select, 1, change->album);
    }
    while (done && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        done = vt_change_add_placed(change, sqlite3_column_int64(select, 0), sqlite3_column_int64(select, 1),
                                    0, error);
    }
    done = done && (rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error));
    sqlite3_finalize(select);
    return done;
}

bool vt_change_keep_moved(sqlite3 *db, vt_change *change, const char *sql, vt_error *error)
{
    size_t kept = 0;
    for (size_t i = 0; i < change->count; i++) {
        int64_t now = 0;
        if (!vt_edit_ask(db, sql, change->ids[i], change->album, &now, error)) {
            return false;
        }
        if (now != change->before[i]) {
            change->ids[kept] = change->ids[i];
            change->before[kept] = change->before[i];
            change->after[kept++] = now;
        }
    }
    change->count = change->runs[0].count = kept;
    return true;
}
