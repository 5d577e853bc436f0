#include "core/catalog/roots.h"

#include "core/base/str.h"
#include "core/catalog/db.h"
#include "core/catalog/reader_private.h"
#include "core/catalog/writer_private.h"

#include <string.h>

/* Folders that are ?1 or lie below it: from "?1/" to "?10", as '0' follows '/'. ?1 is "" for "/". */
#define BELOW       "(path = ?1 OR path = ?4 OR (path >= ?2 AND path < ?3))"
#define ITEMS_BELOW "folder_id IN (SELECT id FROM folder WHERE " BELOW ")"

/* Of folders those below no other root than ?5. */
#define OF_NO_OTHER                                                                                          \
    "NOT EXISTS (SELECT 1 FROM root WHERE root.path <> ?5 AND (folder.path = root.path "                     \
    "OR root.path = x'2f' OR (folder.path >= CAST(root.path || '/' AS BLOB) "                                \
    "AND folder.path < CAST(root.path || '0' AS BLOB))))"
#define OWN_ITEMS "folder_id IN (SELECT id FROM folder WHERE " BELOW " AND " OF_NO_OTHER ")"
#define MARKED                                                                                               \
    "(rating > 0 AND NOT " VT_EMBEDDED_RATING " OR label IS NOT NULL AND NOT " VT_EMBEDDED_LABEL             \
    " OR title IS NOT NULL "                                                                                 \
    "OR EXISTS (SELECT 1 FROM item_tag WHERE item_tag.item_id = item.id AND given IS NULL) "                 \
    "OR EXISTS (SELECT 1 FROM album_item WHERE album_item.item_id = item.id) "                               \
    "OR EXISTS (SELECT 1 FROM stack_item WHERE stack_item.item_id = item.id) "                               \
    "OR EXISTS (SELECT 1 FROM note WHERE note.item_id = item.id))"

/* What an item was before its volume went is told by what is known of it. */
#define STATE_BEFORE                                                                                         \
    "CASE WHEN EXISTS (SELECT 1 FROM failure WHERE failure.folder_id = item.folder_id "                      \
    "AND failure.name = item.name) THEN 3 WHEN width IS NULL AND triangles IS NULL THEN 4 ELSE 0 END"

_Static_assert(VT_ITEM_OK == 0 && VT_ITEM_OFFLINE == 2 && VT_ITEM_FAILED == 3 && VT_ITEM_UNREAD == 4,
               "the statements name these states by number");

typedef struct visit_context {
    vt_root_visitor visit;
    void *user;
    vt_str path, mount;
} visit_context;

static const char *bytes_at(sqlite3_stmt *row, int column, vt_str *copy)
{
    const char *bytes = sqlite3_column_blob(row, column);
    vt_str_clear(copy);
    vt_str_append(copy, bytes ? bytes : "", bytes ? (size_t)sqlite3_column_bytes(row, column) : 0);
    return copy->data;
}

static bool visit_root(void *context, sqlite3_stmt *row)
{
    visit_context *self = context;
    const char *volume = (const char *)sqlite3_column_text(row, 2);
    const vt_root root = {
        .path = bytes_at(row, 0, &self->path),
        .mount = bytes_at(row, 1, &self->mount),
        .volume = volume ? volume : "",
        .watch = sqlite3_column_int(row, 3) != 0,
        .scan_at_start = sqlite3_column_int(row, 4) != 0,
        .offline = sqlite3_column_int(row, 5) != 0,
    };
    return !self->path.failed && !self->mount.failed && self->visit(self->user, &root);
}

bool vt_catalog_reader_each_root(vt_catalog_reader *reader, vt_root_visitor visit, void *user,
                                 vt_error *error)
{
    visit_context context = {visit, user, VT_STR_INIT, VT_STR_INIT};
    bool done = vt_catalog_reader_each_row(
        reader, "SELECT path, mount, volume, watch, scan_at_start, offline FROM root ORDER BY path", 0,
        visit_root, &context, error);
    if (done && (context.path.failed || context.mount.failed)) {
        done = vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    vt_str_free(&context.path);
    vt_str_free(&context.mount);
    return done;
}

static bool check_path(const char *path, vt_error *error)
{
    size_t length = strlen(path);
    return (path[0] == '/' && length <= VT_PATH_LENGTH_MAX) ||
           vt_error_set(error, VT_ERROR_USAGE, "a folder of the catalog must have an absolute path");
}

static int bind_text(sqlite3_stmt *statement, int column, const char *text)
{
    return sqlite3_bind_text(statement, column, text, -1, SQLITE_STATIC);
}

static int bind_path(sqlite3_stmt *statement, int column, const char *path)
{
    return vt_db_bind_bytes(statement, column, path, (uint32_t)strlen(path));
}

/* Ends an edit of one row: steps, finalizes, and says when there was no such root. */
static bool edit(vt_catalog_writer *writer, sqlite3_stmt *statement, int bound, const char *path,
                 vt_error *error)
{
    sqlite3 *db = vt_catalog_writer_db(writer);
    bool done = bound == SQLITE_OK ? vt_db_run(statement, "write to", error)
                                   : vt_db_fail(db, bound, "write to", error);
    sqlite3_finalize(statement);
    if (done && sqlite3_changes(db) == 0) {
        vt_str shown = VT_STR_INIT;
        vt_str_append_display(&shown, path, strlen(path));
        done = vt_error_set(error, VT_ERROR_NOT_FOUND, "%s is no folder that was imported", shown.data);
        vt_str_free(&shown);
    }
    return done;
}

bool vt_roots_remember(vt_catalog_writer *writer, const vt_root *root, vt_error *error)
{
    if (!check_path(root->path, error)) {
        return false;
    }
    sqlite3_stmt *put = vt_db_prepare(vt_catalog_writer_db(writer),
                                      "INSERT INTO root (path, mount, volume, watch, scan_at_start, offline) "
                                      "VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT (path) DO UPDATE SET "
                                      "mount = excluded.mount, volume = excluded.volume",
                                      error);
    if (!put) {
        return false;
    }
    int bound = bind_path(put, 1, root->path) | bind_path(put, 2, root->mount) |
                bind_text(put, 3, root->volume) | sqlite3_bind_int(put, 4, root->watch) |
                sqlite3_bind_int(put, 5, root->scan_at_start);
    return edit(writer, put, bound, root->path, error);
}

bool vt_roots_set(vt_catalog_writer *writer, const char *path, int watch, int scan_at_start, vt_error *error)
{
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    sqlite3_stmt *set = vt_db_prepare(vt_catalog_writer_db(writer),
                                      "UPDATE root SET watch = CASE WHEN ?2 < 0 THEN watch ELSE ?2 <> 0 END, "
                                      "scan_at_start = CASE WHEN ?3 < 0 THEN scan_at_start ELSE ?3 <> 0 END "
                                      "WHERE path = ?1",
                                      error);
    bool done = set != NULL;
    if (done) {
        int bound = bind_path(set, 1, path) | sqlite3_bind_int(set, 2, watch) |
                    sqlite3_bind_int(set, 3, scan_at_start);
        done = edit(writer, set, bound, path, error);
    }
    return vt_catalog_writer_end_synced(writer, done, error);
}

bool vt_roots_forget(vt_catalog_writer *writer, const char *path, vt_error *error)
{
    sqlite3_stmt *forget =
        vt_db_prepare(vt_catalog_writer_db(writer), "DELETE FROM root WHERE path = ?1", error);
    return forget && edit(writer, forget, bind_path(forget, 1, path), path, error);
}

/* Binds ?1 to ?4 of BELOW; `range` keeps the bytes. */
static bool bind_below(sqlite3_stmt *statement, const char *path, vt_str *range, vt_error *error)
{
    size_t length = strlen(path);
    while (length > 0 && path[length - 1] == '/') {
        length--;
    }
    vt_str_append(range, path, length);
    vt_str_append_char(range, '/');
    vt_str_append(range, path, length);
    vt_str_append_char(range, '0');
    if (range->failed) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    uint32_t part = (uint32_t)length + 1;
    vt_db_bind_bytes(statement, 1, range->data, part - 1);
    vt_db_bind_bytes(statement, 2, range->data, part);
    vt_db_bind_bytes(statement, 3, range->data + part, part);
    vt_db_bind_bytes(statement, 4, length ? range->data : "/", length ? part - 1 : 1);
    return true;
}

static bool set_items(sqlite3 *db, const char *path, bool offline, vt_state_visitor changed, void *user,
                      vt_error *error)
{
    sqlite3_stmt *set = vt_db_prepare(
        db,
        offline ? "UPDATE item SET state = 2 WHERE state IN (0, 3, 4) AND " ITEMS_BELOW " RETURNING id, state"
                : "UPDATE item SET state = " STATE_BEFORE " WHERE state = 2 AND " ITEMS_BELOW
                  " RETURNING id, state",
        error);
    if (!set) {
        return false;
    }
    vt_str range = VT_STR_INIT;
    bool done = bind_below(set, path, &range, error);
    int rc = SQLITE_DONE;
    while (done && (rc = sqlite3_step(set)) == SQLITE_ROW) {
        if (changed) {
            changed(user, sqlite3_column_int64(set, 0), (vt_item_state)sqlite3_column_int(set, 1));
        }
    }
    done = done && (rc == SQLITE_DONE || vt_db_fail(db, rc, "write to", error));
    sqlite3_finalize(set);
    vt_str_free(&range);
    return done;
}

bool vt_roots_set_offline(vt_catalog_writer *writer, const char *path, bool offline, vt_state_visitor changed,
                          void *user, vt_error *error)
{
    sqlite3 *db = vt_catalog_writer_db(writer);
    if (!vt_db_exec(db, "BEGIN IMMEDIATE", "write to", error)) {
        return false;
    }
    sqlite3_stmt *set = vt_db_prepare(db, "UPDATE root SET offline = ?2 WHERE path = ?1", error);
    bool done =
        set && edit(writer, set, bind_path(set, 1, path) | sqlite3_bind_int(set, 2, offline), path, error);
    done = done && set_items(db, path, offline, changed, user, error);
    done = done && vt_db_exec(db, "COMMIT", "write to", error);
    if (!done && !sqlite3_get_autocommit(db)) {
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    }
    return done;
}

typedef struct sample_context {
    vt_unread_visitor visit;
    void *user;
    vt_str path;
} sample_context;

static bool visit_sample(sample_context *self, sqlite3_stmt *row)
{
    const char *folder = bytes_at(row, 0, &self->path);
    size_t length = self->path.length;
    if (length == 0 || folder[length - 1] != '/') {
        vt_str_append_char(&self->path, '/');
    }
    const char *name = sqlite3_column_blob(row, 1);
    uint32_t name_length = name ? (uint32_t)sqlite3_column_bytes(row, 1) : 0;
    vt_str_append(&self->path, name ? name : "", name_length);
    if (self->path.failed) {
        return false;
    }
    const vt_item item = {
        .id = sqlite3_column_int64(row, 2),
        .path = self->path.data,
        .path_length = (uint32_t)self->path.length,
        .name_at = (uint32_t)self->path.length - name_length,
        .size = sqlite3_column_int64(row, 3),
        .mtime_ns = sqlite3_column_int64(row, 4),
    };
    return self->visit(self->user, &item);
}

bool vt_roots_sample(vt_catalog_reader *reader, const char *path, size_t limit, vt_unread_visitor visit,
                     void *user, vt_error *error)
{
    sqlite3 *db = vt_catalog_reader_db(reader);
    sqlite3_stmt *select =
        vt_db_prepare(db,
                      "SELECT path, name, item.id, size, mtime_ns FROM folder JOIN item ON "
                      "item.id = (SELECT min(id) FROM item WHERE folder_id = folder.id "
                      "AND state <> 1) WHERE " BELOW " LIMIT ?5",
                      error);
    if (!select) {
        return false;
    }
    sample_context context = {visit, user, VT_STR_INIT};
    vt_str range = VT_STR_INIT;
    bool done = bind_below(select, path, &range, error);
    sqlite3_bind_int64(select, 5, (sqlite3_int64)limit);
    int rc = SQLITE_DONE;
    bool more = true;
    while (done && more && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        more = visit_sample(&context, select);
    }
    done = done && (!more || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error));
    if (done && context.path.failed) {
        done = vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    sqlite3_finalize(select);
    vt_str_free(&context.path);
    vt_str_free(&range);
    return done;
}

/* ---- what lies below one ---- */

/* Binds ?1 to ?5. */
static bool bind_own(sqlite3_stmt *statement, const char *path, vt_str *range, vt_error *error)
{
    if (!bind_below(statement, path, range, error)) {
        return false;
    }
    bind_path(statement, 5, path); /* one without ?5 fails here, and nothing else does */
    return true;
}

static bool ask_counts(vt_catalog_reader *reader, const char *sql, const char *path, int64_t *first,
                       int64_t *second, vt_error *error)
{
    sqlite3 *db = vt_catalog_reader_db(reader);
    sqlite3_stmt *select = vt_db_prepare(db, sql, error);
    vt_str range = VT_STR_INIT;
    int rc = SQLITE_ERROR;
    bool done = select && bind_own(select, path, &range, error);
    if (done) {
        rc = sqlite3_step(select);
        done = rc == SQLITE_ROW || vt_db_fail(db, rc, "read", error);
    }
    if (done) {
        *first = sqlite3_column_int64(select, 0);
        *second = sqlite3_column_int64(select, 1);
    }
    sqlite3_finalize(select);
    vt_str_free(&range);
    return done;
}

bool vt_roots_count(vt_catalog_reader *reader, const char *path, bool of_own, vt_root_counts *counts,
                    vt_error *error)
{
    *counts = (vt_root_counts){0};
    return ask_counts(reader, "SELECT count(*), sum(state = 1) FROM item WHERE state <> 5 AND " ITEMS_BELOW,
                      path, &counts->items, &counts->missing, error) &&
           (!of_own ||
            ask_counts(reader, "SELECT count(*), sum(" MARKED ") FROM item WHERE state <> 5 AND " OWN_ITEMS,
                       path, &counts->own, &counts->marked, error));
}

bool vt_roots_each_own_item(vt_catalog_reader *reader, const char *path, vt_root_item_visitor visit,
                            void *user, vt_error *error)
{
    sqlite3 *db = vt_catalog_reader_db(reader);
    sqlite3_stmt *select = vt_db_prepare(db, "SELECT id FROM item WHERE " OWN_ITEMS, error);
    vt_str range = VT_STR_INIT;
    bool done = select && bind_own(select, path, &range, error);
    int rc = SQLITE_DONE;
    bool more = true;
    while (done && more && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        more = visit(user, sqlite3_column_int64(select, 0));
    }
    done = done && (!more || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error));
    sqlite3_finalize(select);
    vt_str_free(&range);
    return done;
}
