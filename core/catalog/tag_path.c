#include "core/catalog/tag_path.h"

#include "core/catalog/db.h"

/* The limit is for a ring of tags, which only a damaged catalog has. */
bool vt_tag_path_append(sqlite3 *db, int64_t tag, vt_str *path, vt_error *error)
{
    sqlite3_stmt *select = vt_db_prepare(db,
                                         "WITH RECURSIVE above (id, parent_id, name, level) AS ("
                                         "SELECT id, parent_id, name, 1 FROM tag WHERE id = ?1 UNION ALL "
                                         "SELECT tag.id, tag.parent_id, tag.name, level + 1 FROM above "
                                         "JOIN tag ON tag.id = above.parent_id WHERE level < 64) "
                                         "SELECT name FROM above ORDER BY level DESC",
                                         error);
    if (!select) {
        return false;
    }
    int rc;
    sqlite3_bind_int64(select, 1, tag);
    while ((rc = sqlite3_step(select)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(select, 0);
        if (path->length) {
            vt_str_append_char(path, '/');
        }
        vt_str_append_cstr(path, name ? name : "");
    }
    bool done = rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error);
    sqlite3_finalize(select);
    return done && (!path->failed || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a tag"));
}
