#include "core/catalog/change_private.h"

#include "core/base/str.h"

#include <string.h>

bool vt_edit_check_tag(const char *path, vt_error *error)
{
    int levels = 0;
    const char *at = path;
    for (;;) {
        size_t length = strcspn(at, "/");
        if (length == 0) {
            return vt_error_set(error, VT_ERROR_USAGE, "a level of the tag \"%.100s\" has no name",
                                vt_utf8_valid(path, strlen(path)) ? path : "?");
        }
        if (!vt_edit_check_text(at, length, VT_TAG_BYTES_MAX, false, "a level of a tag", error)) {
            return false;
        }
        if (++levels > VT_TAG_LEVELS_MAX) {
            return vt_error_set(error, VT_ERROR_USAGE, "a tag has at most %d levels", VT_TAG_LEVELS_MAX);
        }
        if (at[length] == '\0') {
            return true;
        }
        at += length + 1;
    }
}

bool vt_edit_find_child(sqlite3 *db, int64_t parent, const char *name, size_t length, int64_t *id,
                        vt_error *error)
{
    *id = 0;
    sqlite3_stmt *find =
        vt_db_prepare(db, "SELECT id FROM tag WHERE parent_id IS nullif(?1, 0) AND name = ?2", error);
    if (!find) {
        return false;
    }
    int rc = sqlite3_bind_int64(find, 1, parent);
    rc = rc == SQLITE_OK ? sqlite3_bind_text(find, 2, name, (int)length, SQLITE_STATIC) : rc;
    rc = rc == SQLITE_OK ? sqlite3_step(find) : rc;
    if (rc == SQLITE_ROW) {
        *id = sqlite3_column_int64(find, 0);
    }
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error);
    sqlite3_finalize(find);
    return done;
}

static bool insert_child(sqlite3 *db, int64_t parent, const char *name, size_t length, int64_t *id,
                         vt_error *error)
{
    sqlite3_stmt *insert =
        vt_db_prepare(db, "INSERT INTO tag (parent_id, name) VALUES (nullif(?1, 0), ?2)", error);
    if (!insert) {
        return false;
    }
    int rc = sqlite3_bind_int64(insert, 1, parent);
    rc = rc == SQLITE_OK ? sqlite3_bind_text(insert, 2, name, (int)length, SQLITE_STATIC) : rc;
    bool done =
        rc == SQLITE_OK ? vt_db_run(insert, "write to", error) : vt_db_fail(db, rc, "write to", error);
    *id = sqlite3_last_insert_rowid(db);
    sqlite3_finalize(insert);
    return done;
}

bool vt_edit_find_tag(sqlite3 *db, const char *path, int64_t *id, int *made, vt_error *error)
{
    int64_t parent = 0;
    size_t at = 0;
    size_t length = strlen(path);
    while (at < length) {
        size_t name = strcspn(path + at, "/");
        if (!vt_edit_find_child(db, parent, path + at, name, id, error)) {
            return false;
        }
        if (*id == 0 && !made) {
            return true;
        }
        if (*id == 0) {
            if (!insert_child(db, parent, path + at, name, id, error)) {
                return false;
            }
            ++*made;
        }
        parent = *id;
        at += name + 1;
    }
    *id = parent;
    return true;
}

bool vt_edit_check_levels(sqlite3 *db, vt_error *error)
{
    int64_t deepest = 0;
    if (!vt_edit_ask(db,
                     "WITH RECURSIVE level (id, depth) AS (SELECT id, 1 FROM tag WHERE parent_id IS NULL "
                     "UNION ALL SELECT tag.id, depth + 1 FROM level JOIN tag ON tag.parent_id = level.id "
                     "WHERE depth < 1000) SELECT max(depth) FROM level",
                     0, 0, &deepest, error)) {
        return false;
    }
    return deepest <= VT_TAG_LEVELS_MAX ||
           vt_error_set(error, VT_ERROR_USAGE, "a tag has at most %d levels", VT_TAG_LEVELS_MAX);
}
