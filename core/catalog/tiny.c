#include "core/catalog/tiny.h"

#include "core/catalog/db.h"
#include "core/catalog/reader_private.h"
#include "core/catalog/writer_private.h"

#include <string.h>

static const char put_sql[] = "INSERT INTO tiny (item_id, code) SELECT ?1, ?2 "
                              "WHERE EXISTS (SELECT 1 FROM item WHERE id = ?1) "
                              "ON CONFLICT (item_id) DO UPDATE SET code = excluded.code";

static const char look_sql[] = "INSERT INTO look (item_id, hash, structure, version) SELECT ?1, ?2, ?3, ?4 "
                               "WHERE EXISTS (SELECT 1 FROM item WHERE id = ?1) "
                               "ON CONFLICT (item_id) DO UPDATE SET hash = excluded.hash, "
                               "structure = excluded.structure, version = excluded.version";

static bool put_looks(sqlite3 *db, const vt_tiny *tinies, size_t count, vt_error *error)
{
    sqlite3_stmt *put = vt_db_prepare(db, look_sql, error);
    bool done = put != NULL;
    for (size_t i = 0; done && i < count; i++) {
        const vt_look *look = &tinies[i].look;
        if (look->version) {
            int rc = sqlite3_bind_int64(put, 1, tinies[i].item_id) |
                     sqlite3_bind_int64(put, 2, (sqlite3_int64)look->hash) |
                     sqlite3_bind_int(put, 3, look->structure) | sqlite3_bind_int(put, 4, look->version);
            done =
                rc == SQLITE_OK ? vt_db_run(put, "write to", error) : vt_db_fail(db, rc, "write to", error);
        }
    }
    sqlite3_finalize(put);
    return done;
}

static bool put_all(sqlite3 *db, const vt_tiny *tinies, size_t count, vt_error *error)
{
    sqlite3_stmt *put = vt_db_prepare(db, put_sql, error);
    bool done = put != NULL;
    for (size_t i = 0; done && i < count; i++) {
        if (!vt_tinythumb_is_set(&tinies[i].code)) {
            continue;
        }
        int rc = sqlite3_bind_int64(put, 1, tinies[i].item_id) |
                 vt_db_bind_bytes(put, 2, (const char *)tinies[i].code.bytes, VT_TINYTHUMB_BYTES);
        done = rc == SQLITE_OK ? vt_db_run(put, "write to", error) : vt_db_fail(db, rc, "write to", error);
    }
    sqlite3_finalize(put);
    return done;
}

bool vt_catalog_writer_put_tiny(vt_catalog_writer *writer, const vt_tiny *tinies, size_t count,
                                vt_error *error)
{
    sqlite3 *db = vt_catalog_writer_db(writer);
    if (count == 0) {
        return true;
    }
    bool done = vt_db_exec(db, "BEGIN IMMEDIATE", "write to", error) && put_all(db, tinies, count, error) &&
                put_looks(db, tinies, count, error) && vt_db_exec(db, "COMMIT", "write to", error);
    if (!done && !sqlite3_get_autocommit(db)) {
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    }
    return done;
}

typedef struct visit {
    vt_tiny_visitor visitor;
    void *user;
} visit;

static bool take_row(void *context, sqlite3_stmt *row)
{
    const visit *to = context;
    vt_tiny tiny = {.item_id = sqlite3_column_int64(row, 0)};
    const void *code = sqlite3_column_blob(row, 1);
    if (!code || sqlite3_column_bytes(row, 1) != VT_TINYTHUMB_BYTES) {
        return true;
    }
    memcpy(tiny.code.bytes, code, VT_TINYTHUMB_BYTES);
    return !vt_tinythumb_is_set(&tiny.code) || to->visitor(to->user, &tiny);
}

bool vt_catalog_reader_each_tiny(vt_catalog_reader *reader, int64_t after, vt_tiny_visitor visitor,
                                 void *user, vt_error *error)
{
    visit to = {visitor, user};
    return vt_catalog_reader_each_row(reader,
                                      "SELECT item_id, code FROM tiny WHERE item_id > ? ORDER BY item_id",
                                      after, take_row, &to, error);
}
