#include "core/catalog/identity.h"

#include "core/base/str.h"
#include "core/catalog/db.h"
#include "core/catalog/item_row.h"
#include "core/catalog/reader_private.h"

#include <stdlib.h>

typedef enum statement_id {
    BY_FILE,
    BY_CONTENT,
    FINGERPRINT,
    MISSING,
    IN_FOLDER,
    STATEMENT_COUNT
} statement_id;

/* Columns of an item, then rating and the path of its folder. */
#define SELECT_ITEM                                                                                          \
    "SELECT " VT_ITEM_ROW_COLUMNS ", rating, path "                                                          \
    "FROM item JOIN (SELECT id AS place, path FROM folder) ON place = folder_id WHERE "
#define RATING_COLUMN VT_ITEM_ROW_COLUMN_COUNT
#define PATH_COLUMN   (VT_ITEM_ROW_COLUMN_COUNT + 1)

static const char *const statement_text[STATEMENT_COUNT] = {
    [BY_FILE] = SELECT_ITEM "ino = ?1 AND size = ?2 AND state <> 4 AND mtime_ns = ?3 LIMIT ?4",
    [BY_CONTENT] = SELECT_ITEM "item.id IN (SELECT item_id FROM fingerprint "
                               "WHERE hash = ?1 AND size = ?2 LIMIT ?3) AND item.size = ?2",
    [FINGERPRINT] = "SELECT hash FROM fingerprint WHERE item_id = ?1",
    [MISSING] = SELECT_ITEM "item.id > ?1 AND state = 1 ORDER BY item.id LIMIT ?2",
    [IN_FOLDER] = SELECT_ITEM "folder_id = (SELECT id FROM folder WHERE path = ?1)",
};

struct vt_identity {
    sqlite3 *db; /* the reader's */
    sqlite3_stmt *statements[STATEMENT_COUNT];
    vt_str paths[VT_CANDIDATES_MAX];
};

vt_identity *vt_identity_create(vt_catalog_reader *reader, vt_error *error)
{
    vt_identity *identity = calloc(1, sizeof *identity);
    if (!identity) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    identity->db = vt_catalog_reader_db(reader);
    for (size_t i = 0; i < VT_CANDIDATES_MAX; i++) {
        identity->paths[i] = (vt_str)VT_STR_INIT;
    }
    if (!vt_db_prepare_all(identity->db, statement_text, STATEMENT_COUNT, identity->statements, error)) {
        vt_identity_free(identity);
        return NULL;
    }
    return identity;
}

void vt_identity_free(vt_identity *identity)
{
    if (identity) {
        vt_db_finalize_all(identity->statements, STATEMENT_COUNT);
        for (size_t i = 0; i < VT_CANDIDATES_MAX; i++) {
            vt_str_free(&identity->paths[i]);
        }
        free(identity);
    }
}

/* Ends the use of a statement whose last step gave `rc`. */
static bool leave(vt_identity *identity, sqlite3_stmt *used, int rc, vt_error *error)
{
    bool done = rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(identity->db, rc, "read", error);
    sqlite3_reset(used);
    sqlite3_clear_bindings(used);
    return done;
}

/* Reads the row a statement of SELECT_ITEM stands on; `path` keeps the item's path. */
static bool take_item(sqlite3_stmt *row, vt_str *path, vt_item *item, vt_error *error)
{
    const char *folder = sqlite3_column_blob(row, PATH_COLUMN);
    size_t length = folder ? (size_t)sqlite3_column_bytes(row, PATH_COLUMN) : 0;
    vt_str_clear(path);
    vt_str_append(path, folder ? folder : "", length);
    if (length == 0 || folder[length - 1] != '/') {
        vt_str_append_char(path, '/');
    }
    const char *name = sqlite3_column_blob(row, 2);
    uint32_t name_length = name ? (uint32_t)sqlite3_column_bytes(row, 2) : 0;
    vt_str_append(path, name ? name : "", name_length);
    if (path->failed) {
        vt_str_free(path);
        *path = (vt_str)VT_STR_INIT;
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    *item = (vt_item){0};
    vt_item_row_read(row, item);
    item->rating = vt_item_row_rating(row, RATING_COLUMN);
    item->path = path->data;
    item->path_length = (uint32_t)path->length;
    item->name_at = item->path_length - name_length;
    return true;
}

static bool take_candidates(vt_identity *identity, sqlite3_stmt *select, int bound, vt_candidates *found,
                            vt_error *error)
{
    found->count = 0;
    found->more = false;
    int rc = bound;
    bool taken = true;
    while (taken && rc == SQLITE_OK) {
        rc = sqlite3_step(select);
        found->more = rc == SQLITE_ROW && found->count == VT_CANDIDATES_MAX;
        if (rc != SQLITE_ROW || found->more) {
            break;
        }
        taken = take_item(select, &identity->paths[found->count], &found->items[found->count], error);
        found->count += taken;
        rc = SQLITE_OK;
    }
    return leave(identity, select, taken ? rc : SQLITE_DONE, error) && taken;
}

bool vt_identity_by_file(vt_identity *identity, uint64_t ino, int64_t size, int64_t mtime_ns,
                         vt_candidates *found, vt_error *error)
{
    sqlite3_stmt *select = identity->statements[BY_FILE];
    int bound = sqlite3_bind_int64(select, 1, (sqlite3_int64)ino) | sqlite3_bind_int64(select, 2, size) |
                sqlite3_bind_int64(select, 3, mtime_ns) | sqlite3_bind_int(select, 4, VT_CANDIDATES_MAX + 1);
    return take_candidates(identity, select, bound, found, error);
}

bool vt_identity_by_content(vt_identity *identity, int64_t size, uint64_t fingerprint, vt_candidates *found,
                            vt_error *error)
{
    sqlite3_stmt *select = identity->statements[BY_CONTENT];
    int bound = sqlite3_bind_int64(select, 1, (sqlite3_int64)fingerprint) |
                sqlite3_bind_int64(select, 2, size) | sqlite3_bind_int(select, 3, VT_CANDIDATES_MAX + 1);
    return take_candidates(identity, select, bound, found, error);
}

bool vt_identity_fingerprint(vt_identity *identity, int64_t id, uint64_t *fingerprint, vt_error *error)
{
    sqlite3_stmt *select = identity->statements[FINGERPRINT];
    int rc = sqlite3_bind_int64(select, 1, id);
    rc = rc == SQLITE_OK ? sqlite3_step(select) : rc;
    *fingerprint = rc == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(select, 0) : 0;
    return leave(identity, select, rc, error);
}

static bool visit_items(vt_identity *identity, sqlite3_stmt *select, int bound, vt_unread_visitor visit,
                        void *user, vt_error *error)
{
    vt_str path = VT_STR_INIT;
    int rc = bound;
    bool taken = true;
    bool more = true;
    while (more && taken && (rc == SQLITE_OK || rc == SQLITE_ROW) &&
           (rc = sqlite3_step(select)) == SQLITE_ROW) {
        vt_item item;
        taken = take_item(select, &path, &item, error);
        more = taken && visit(user, &item);
    }
    vt_str_free(&path);
    return leave(identity, select, taken ? rc : SQLITE_DONE, error) && taken;
}

bool vt_identity_each_missing(vt_identity *identity, int64_t after, size_t limit, vt_unread_visitor visit,
                              void *user, vt_error *error)
{
    sqlite3_stmt *select = identity->statements[MISSING];
    int bound = sqlite3_bind_int64(select, 1, after) |
                sqlite3_bind_int64(select, 2, limit < INT64_MAX ? (sqlite3_int64)limit : INT64_MAX);
    return visit_items(identity, select, bound, visit, user, error);
}

bool vt_identity_each_in_folder(vt_identity *identity, const char *path, size_t length,
                                vt_unread_visitor visit, void *user, vt_error *error)
{
    sqlite3_stmt *select = identity->statements[IN_FOLDER];
    int bound = vt_db_bind_bytes(select, 1, path, (uint32_t)length);
    return visit_items(identity, select, bound, visit, user, error);
}
