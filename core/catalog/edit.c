#include "core/catalog/edit_private.h"

#include "core/base/str.h"

#include <string.h>

bool vt_edit_check_text(const char *text, size_t length, size_t limit, bool lines, const char *what,
                        vt_error *error)
{
    if (length > limit) {
        return vt_error_set(error, VT_ERROR_USAGE, "%s of %zu bytes is too long; at most %zu", what, length,
                            limit);
    }
    if (!vt_utf8_valid(text, length)) {
        return vt_error_set(error, VT_ERROR_USAGE, "%s must be UTF-8, this one is not", what);
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        bool allowed = lines && (c == '\n' || c == '\t' || c == '\r');
        if ((c < 0x20 && !allowed) || c == 0x7f) {
            return vt_error_set(error, VT_ERROR_USAGE, "%s cannot contain the control character 0x%02x", what,
                                c);
        }
    }
    return true;
}

bool vt_edit_ask(sqlite3 *db, const char *sql, int64_t first, int64_t second, int64_t *value, vt_error *error)
{
    *value = 0;
    sqlite3_stmt *select = vt_db_prepare(db, sql, error);
    if (!select) {
        return false;
    }
    /* Binding a parameter that the statement does not have fails, and nothing else does. */
    sqlite3_bind_int64(select, 1, first);
    sqlite3_bind_int64(select, 2, second);
    int rc = sqlite3_step(select);
    if (rc == SQLITE_ROW) {
        *value = sqlite3_column_int64(select, 0);
    }
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error);
    sqlite3_finalize(select);
    return done;
}

bool vt_edit_run(sqlite3 *db, const char *sql, int64_t first, int64_t second, int64_t *changed,
                 vt_error *error)
{
    sqlite3_stmt *statement = vt_db_prepare(db, sql, error);
    if (!statement) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, first);
    sqlite3_bind_int64(statement, 2, second);
    bool done = vt_db_run(statement, "write to", error);
    if (done && changed) {
        *changed = sqlite3_changes64(db);
    }
    sqlite3_finalize(statement);
    return done;
}

static bool step_each(sqlite3_stmt *statement, const int64_t *ids, size_t count, vt_error *error)
{
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        sqlite3_bind_int64(statement, 1, ids[i]);
        done = vt_db_run(statement, "write to", error);
    }
    return done;
}

bool vt_edit_run_each(sqlite3 *db, const char *sql, const int64_t *ids, size_t count, int64_t second,
                      vt_error *error)
{
    sqlite3_stmt *statement = vt_db_prepare(db, sql, error);
    if (!statement) {
        return false;
    }
    sqlite3_bind_int64(statement, 2, second);
    bool done = step_each(statement, ids, count, error);
    sqlite3_finalize(statement);
    return done;
}

/* Whether some item of `ids` is in the catalog. */
static bool find_any(sqlite3 *db, const int64_t *ids, size_t count, bool *any, vt_error *error)
{
    sqlite3_stmt *find = vt_db_prepare(db, "SELECT 1 FROM item WHERE id = ?", error);
    int rc = find ? SQLITE_DONE : SQLITE_ERROR;
    for (size_t i = 0; rc == SQLITE_DONE && i < count; i++) {
        sqlite3_bind_int64(find, 1, ids[i]);
        rc = sqlite3_step(find);
        sqlite3_reset(find);
    }
    *any = rc == SQLITE_ROW;
    bool done = find && (rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error));
    sqlite3_finalize(find);
    return done;
}

bool vt_edit_begin_items(vt_catalog_writer *writer, const int64_t *ids, size_t count, vt_error *error)
{
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    bool any = count == 0;
    bool done = any || find_any(vt_catalog_writer_db(writer), ids, count, &any, error);
    if (done && !any) {
        done =
            count == 1
                ? vt_error_set(error, VT_ERROR_NOT_FOUND, "the catalog has no item %lld", (long long)ids[0])
                : vt_error_set(error, VT_ERROR_NOT_FOUND, "the catalog has none of these %zu items", count);
    }
    return done || vt_catalog_writer_end_synced(writer, false, NULL);
}
