#include "core/catalog/reader.h"

#include "core/base/str.h"
#include "core/catalog/catalog_private.h"
#include "core/catalog/item_row.h"
#include "core/catalog/known_list.h"
#include "core/catalog/metadata_row.h"
#include "core/catalog/reader_private.h"

#include <stdlib.h>
#include <string.h>

typedef enum statement_id {
    ITEM,
    ITEM_AT,
    METADATA,
    KNOWN_ITEMS,
    KNOWN_FAILURES,
    FOLDERS,
    BRIEFS,
    UNREAD,
    FAILURES,
    STATEMENT_COUNT
} statement_id;

/* Columns of an item, then rating and the path of its folder. */
#define SELECT_ITEM                                                                                          \
    "SELECT " VT_ITEM_ROW_COLUMNS ", rating, path "                                                          \
    "FROM item JOIN (SELECT id AS place, path FROM folder) ON place = folder_id WHERE "
#define RATING_COLUMN VT_ITEM_ROW_COLUMN_COUNT
#define PATH_COLUMN   (VT_ITEM_ROW_COLUMN_COUNT + 1)

static const char *const statement_text[STATEMENT_COUNT] = {
    [ITEM] = SELECT_ITEM "id = ?",
    [ITEM_AT] = SELECT_ITEM "path = ? AND name = ?",
    [METADATA] = "SELECT " VT_METADATA_ROW_COLUMNS " FROM metadata WHERE item_id = ?",
    [KNOWN_ITEMS] = "SELECT name, size, mtime_ns, ctime_ns, ino, id, state FROM item "
                    "WHERE folder_id = (SELECT id FROM folder WHERE path = ?) ORDER BY name",
    [KNOWN_FAILURES] = "SELECT name, size, mtime_ns, ctime_ns, ino, code FROM failure "
                       "WHERE folder_id = (SELECT id FROM folder WHERE path = ?) ORDER BY name",
    [FOLDERS] = "SELECT id, path FROM folder WHERE (path = ?1 OR (path >= ?2 AND path < ?3)) "
                "AND EXISTS (SELECT 1 FROM item WHERE folder_id = folder.id) ORDER BY path",
    [BRIEFS] = "SELECT " VT_ITEM_BRIEF_COLUMNS " FROM item WHERE id > ? ORDER BY id",
    [UNREAD] = SELECT_ITEM "id > ? AND state = 4 ORDER BY id LIMIT ?",
    [FAILURES] =
        "SELECT path, name, code, message, size, mtime_ns, ctime_ns, ino, failed_ns "
        "FROM failure JOIN folder ON folder.id = folder_id ORDER BY failed_ns DESC, path, name LIMIT ?",
};

struct vt_catalog_reader {
    sqlite3 *db;                               /* owned */
    sqlite3_stmt *statements[STATEMENT_COUNT]; /* prepared when first used */
    vt_str path;                               /* of the item or failure handed out last */
};

vt_catalog_reader *vt_catalog_reader_open(const vt_catalog *catalog, vt_error *error)
{
    vt_catalog_reader *reader = calloc(1, sizeof *reader);
    if (!reader) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    reader->path = (vt_str)VT_STR_INIT;
    reader->db = vt_catalog_connect(catalog, error);
    if (!reader->db) {
        vt_catalog_reader_free(reader);
        return NULL;
    }
    return reader;
}

void vt_catalog_reader_free(vt_catalog_reader *reader)
{
    if (!reader) {
        return;
    }
    vt_db_finalize_all(reader->statements, STATEMENT_COUNT);
    vt_db_close(reader->db);
    vt_str_free(&reader->path);
    free(reader);
}

static bool fail(const vt_catalog_reader *reader, int rc, vt_error *error)
{
    return vt_db_fail(reader->db, rc, "read", error);
}

static sqlite3_stmt *statement(vt_catalog_reader *reader, statement_id which, vt_error *error)
{
    if (!reader->statements[which]) {
        reader->statements[which] = vt_db_prepare(reader->db, statement_text[which], error);
    }
    return reader->statements[which];
}

/* Ends the use of a statement; its parameters may point to the caller's memory. */
static void leave(sqlite3_stmt *used)
{
    sqlite3_reset(used);
    sqlite3_clear_bindings(used);
}

bool vt_catalog_reader_each_row(vt_catalog_reader *reader, const char *sql, int64_t first,
                                vt_row_visitor visit, void *context, vt_error *error)
{
    sqlite3_stmt *select = vt_db_prepare(reader->db, sql, error);
    if (!select) {
        return false;
    }
    sqlite3_bind_int64(select, 1, first);
    int rc = SQLITE_DONE;
    bool more = true;
    while (more && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        more = visit(context, select);
    }
    bool done = !more || rc == SQLITE_DONE || fail(reader, rc, error);
    sqlite3_finalize(select);
    return done;
}

sqlite3 *vt_catalog_reader_db(const vt_catalog_reader *reader)
{
    return reader->db;
}

bool vt_catalog_reader_begin(vt_catalog_reader *reader, vt_error *error)
{
    int64_t ignored = 0;
    if (!vt_db_exec(reader->db, "BEGIN", "read", error)) {
        return false;
    }
    /* The commit that is seen is chosen by the first look at the file, not by BEGIN. */
    if (!vt_db_integer(reader->db, "SELECT 1 FROM property", &ignored, error)) {
        vt_catalog_reader_end(reader);
        return false;
    }
    return true;
}

void vt_catalog_reader_end(vt_catalog_reader *reader)
{
    sqlite3_exec(reader->db, "ROLLBACK", NULL, NULL, NULL);
}

/* Puts folder and name together in `reader->path`. */
static bool join_path(vt_catalog_reader *reader, sqlite3_stmt *row, int folder_column, int name_column,
                      vt_error *error)
{
    const char *folder = sqlite3_column_blob(row, folder_column);
    size_t folder_length = (size_t)sqlite3_column_bytes(row, folder_column);
    vt_str_clear(&reader->path);
    vt_str_append(&reader->path, folder ? folder : "", folder_length);
    if (!folder || folder_length == 0 || folder[folder_length - 1] != '/') {
        vt_str_append_char(&reader->path, '/');
    }
    const char *name = sqlite3_column_blob(row, name_column);
    vt_str_append(&reader->path, name ? name : "", (size_t)sqlite3_column_bytes(row, name_column));
    if (reader->path.failed) {
        vt_str_free(&reader->path);
        reader->path = (vt_str)VT_STR_INIT;
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    return true;
}

/* The item of the row that a statement of SELECT_ITEM stands on. */
static bool take_item(vt_catalog_reader *reader, sqlite3_stmt *row, vt_item *item, vt_error *error)
{
    if (!join_path(reader, row, PATH_COLUMN, 2, error)) {
        return false;
    }
    *item = (vt_item){0};
    vt_item_row_read(row, item);
    item->rating = vt_item_row_rating(row, RATING_COLUMN);
    item->path = reader->path.data;
    item->path_length = (uint32_t)reader->path.length;
    item->name_at = item->path_length - (uint32_t)sqlite3_column_bytes(row, 2);
    return true;
}

/* Steps a bound statement of SELECT_ITEM. `*found` is false if there is no row. */
static bool read_item(vt_catalog_reader *reader, sqlite3_stmt *select, int bound, vt_item *item, bool *found,
                      vt_error *error)
{
    int rc = bound == SQLITE_OK ? sqlite3_step(select) : bound;
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || fail(reader, rc, error);
    *found = rc == SQLITE_ROW;
    done = done && (!*found || take_item(reader, select, item, error));
    leave(select);
    return done;
}

bool vt_catalog_reader_item(vt_catalog_reader *reader, int64_t id, vt_item *item, vt_error *error)
{
    sqlite3_stmt *select = statement(reader, ITEM, error);
    bool found = false;
    if (!select || !read_item(reader, select, sqlite3_bind_int64(select, 1, id), item, &found, error)) {
        return false;
    }
    return found || vt_error_set(error, VT_ERROR_NOT_FOUND, "the catalog has no item %lld", (long long)id);
}

bool vt_catalog_reader_item_at(vt_catalog_reader *reader, const char *path, size_t length, vt_item *item,
                               vt_error *error)
{
    sqlite3_stmt *select = statement(reader, ITEM_AT, error);
    if (!select) {
        return false;
    }
    bool found = false;
    if (length <= VT_PATH_LENGTH_MAX) {
        uint32_t name_at = vt_path_split(path, (uint32_t)length);
        int bound = vt_db_bind_bytes(select, 1, path, vt_path_folder_length(name_at));
        if (bound == SQLITE_OK) {
            bound = vt_db_bind_bytes(select, 2, path + name_at, (uint32_t)length - name_at);
        }
        if (!read_item(reader, select, bound, item, &found, error)) {
            return false;
        }
    }
    if (!found) {
        vt_str shown = VT_STR_INIT;
        vt_str_append_display(&shown, path, length < 4096 ? length : 4096);
        vt_error_set(error, VT_ERROR_NOT_FOUND, "the catalog has no item %s", shown.data);
        vt_str_free(&shown);
    }
    return found;
}

bool vt_catalog_reader_metadata(vt_catalog_reader *reader, int64_t id, vt_metadata *metadata, vt_error *error)
{
    memset(metadata, 0, sizeof *metadata);
    sqlite3_stmt *select = statement(reader, METADATA, error);
    if (!select) {
        return false;
    }
    int rc = sqlite3_bind_int64(select, 1, id);
    rc = rc == SQLITE_OK ? sqlite3_step(select) : rc;
    if (rc == SQLITE_ROW) {
        vt_metadata_row_read(select, metadata);
    }
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || fail(reader, rc, error);
    leave(select);
    return done;
}

static bool list_known(vt_catalog_reader *reader, statement_id which, const char *path, size_t length,
                       vt_known_list *list, vt_error *error)
{
    sqlite3_stmt *select = statement(reader, which, error);
    if (!select) {
        return false;
    }
    bool remembered = true;
    int rc = vt_db_bind_bytes(select, 1, path, (uint32_t)length);
    if (rc == SQLITE_OK) {
        while (remembered && (rc = sqlite3_step(select)) == SQLITE_ROW) {
            remembered = vt_known_list_read(select, which == KNOWN_FAILURES, list);
        }
    }
    bool done = remembered ? rc == SQLITE_DONE || fail(reader, rc, error)
                           : vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    leave(select);
    return done;
}

bool vt_catalog_reader_known_files(vt_catalog_reader *reader, const char *path, size_t length,
                                   vt_arena *arena, vt_known_file **files, size_t *count, vt_error *error)
{
    *files = NULL;
    *count = 0;
    if (length > VT_PATH_LENGTH_MAX) {
        return true;
    }
    vt_known_list items = {.arena = arena};
    vt_known_list failures = {.arena = arena};
    if (!list_known(reader, KNOWN_ITEMS, path, length, &items, error) ||
        !list_known(reader, KNOWN_FAILURES, path, length, &failures, error)) {
        return false;
    }
    if (failures.count) {
        vt_known_list merged = {.arena = arena};
        if (!vt_known_list_merge(&items, &failures, &merged)) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        }
        items = merged;
    }
    *files = items.files;
    *count = items.count;
    return true;
}

/* Binds the folder `below` and the range of the paths under it: from "below/" to "below0", as '0' follows
 * '/'. */
static bool bind_below(sqlite3_stmt *select, const char *below, vt_str *range, vt_error *error)
{
    size_t length = strlen(below);
    while (length > 0 && below[length - 1] == '/') {
        length--;
    }
    vt_str_append(range, below, length);
    vt_str_append_cstr(range, "/");
    vt_str_append(range, below, length);
    vt_str_append_cstr(range, "0");
    if (range->failed || length >= VT_PATH_LENGTH_MAX) {
        return vt_error_set(error, range->failed ? VT_ERROR_MEMORY : VT_ERROR_USAGE,
                            range->failed ? "out of memory" : "the path of the folder is too long");
    }
    uint32_t part = (uint32_t)length + 1;
    /* "/" has the empty path as its folder part here, but is stored with its slash. */
    vt_db_bind_bytes(select, 1, range->data, length ? part - 1 : part);
    vt_db_bind_bytes(select, 2, range->data, part);
    vt_db_bind_bytes(select, 3, range->data + part, part);
    return true;
}

bool vt_catalog_reader_each_folder(vt_catalog_reader *reader, const char *below, vt_folder_visitor visit,
                                   void *user, vt_error *error)
{
    sqlite3_stmt *select = statement(reader, FOLDERS, error);
    vt_str range = VT_STR_INIT;
    if (!select || !bind_below(select, below ? below : "/", &range, error)) {
        vt_str_free(&range);
        return false;
    }
    int rc = SQLITE_DONE;
    bool more = true;
    while (more && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        const char *path = sqlite3_column_blob(select, 1);
        more = visit(user, sqlite3_column_int64(select, 0), path ? path : "",
                     (size_t)sqlite3_column_bytes(select, 1));
    }
    bool done = !more || rc == SQLITE_DONE || fail(reader, rc, error);
    leave(select);
    vt_str_free(&range);
    return done;
}

bool vt_catalog_reader_each_brief(vt_catalog_reader *reader, int64_t after, vt_brief_visitor visit,
                                  void *user, vt_error *error)
{
    sqlite3_stmt *select = statement(reader, BRIEFS, error);
    if (!select) {
        return false;
    }
    sqlite3_bind_int64(select, 1, after);
    int rc = SQLITE_DONE;
    bool more = true;
    while (more && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        vt_item_brief item;
        vt_item_row_read_brief(select, &item);
        more = visit(user, &item);
    }
    bool done = !more || rc == SQLITE_DONE || fail(reader, rc, error);
    leave(select);
    return done;
}

bool vt_catalog_reader_last_id(vt_catalog_reader *reader, int64_t *id, vt_error *error)
{
    *id = 0;
    return vt_db_integer(reader->db, "SELECT coalesce(max(id), 0) FROM item", id, error);
}

bool vt_catalog_reader_each_unread(vt_catalog_reader *reader, int64_t after, size_t limit,
                                   vt_unread_visitor visit, void *user, vt_error *error)
{
    sqlite3_stmt *select = statement(reader, UNREAD, error);
    if (!select) {
        return false;
    }
    sqlite3_bind_int64(select, 1, after);
    sqlite3_bind_int64(select, 2, limit < INT64_MAX ? (sqlite3_int64)limit : INT64_MAX);
    int rc = SQLITE_DONE;
    bool more = true;
    bool taken = true;
    while (more && taken && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        vt_item item;
        taken = take_item(reader, select, &item, error);
        more = taken && visit(user, &item);
    }
    bool done = taken && (!more || rc == SQLITE_DONE || fail(reader, rc, error));
    leave(select);
    return done;
}

static void read_failure(const vt_catalog_reader *reader, sqlite3_stmt *row, vt_failure *failure)
{
    const char *code = (const char *)sqlite3_column_text(row, 2);
    const char *message = (const char *)sqlite3_column_text(row, 3);
    *failure = (vt_failure){
        .path = reader->path.data,
        .path_length = (uint32_t)reader->path.length,
        .code = vt_error_code_from_name(code ? code : ""),
        .message = message ? message : "",
        .size = sqlite3_column_int64(row, 4),
        .mtime_ns = sqlite3_column_int64(row, 5),
        .ctime_ns = sqlite3_column_int64(row, 6),
        .ino = (uint64_t)sqlite3_column_int64(row, 7),
        .failed_ns = sqlite3_column_int64(row, 8),
    };
}

bool vt_catalog_reader_each_failure(vt_catalog_reader *reader, size_t limit, vt_failure_visitor visit,
                                    void *user, vt_error *error)
{
    sqlite3_stmt *select = statement(reader, FAILURES, error);
    if (!select) {
        return false;
    }
    sqlite3_bind_int64(select, 1, limit && limit < INT64_MAX ? (sqlite3_int64)limit : -1);
    int rc = SQLITE_DONE;
    bool more = true;
    bool joined = true;
    while (more && joined && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        vt_failure failure;
        joined = join_path(reader, select, 0, 1, error);
        if (joined) {
            read_failure(reader, select, &failure);
            more = visit(user, &failure);
        }
    }
    bool done = joined && (!more || rc == SQLITE_DONE || fail(reader, rc, error));
    leave(select);
    return done;
}

bool vt_catalog_reader_counts(vt_catalog_reader *reader, vt_catalog_counts *counts, vt_error *error)
{
    *counts = (vt_catalog_counts){0};
    sqlite3_stmt *select = vt_db_prepare(
        reader->db,
        "SELECT count(*), count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2),"
        " count(*) FILTER (WHERE kind = 3), count(*) FILTER (WHERE state = 1),"
        " (SELECT count(*) FROM folder WHERE EXISTS (SELECT 1 FROM item WHERE folder_id = folder.id)),"
        " (SELECT count(*) FROM failure) FROM item WHERE state <> 5",
        error);
    if (!select) {
        return false;
    }
    int rc = sqlite3_step(select);
    if (rc == SQLITE_ROW) {
        int64_t *const columns[] = {&counts->items,   &counts->images,  &counts->models,  &counts->sequences,
                                    &counts->missing, &counts->folders, &counts->failures};
        for (int i = 0; i < (int)(sizeof columns / sizeof *columns); i++) {
            *columns[i] = sqlite3_column_int64(select, i);
        }
    }
    bool done = rc == SQLITE_ROW || fail(reader, rc, error);
    sqlite3_finalize(select);
    return done;
}
