/* Marks of many items that are named: their numbers go to SQLite as one list, so that what an item costs is a
 * look into a table, and no statement of its own. */
#include "core/catalog/marks.h"

#include "core/base/str.h"
#include "core/catalog/db.h"
#include "core/catalog/reader_private.h"

/* "[1,2,3]": what json_each makes rows of. */
static bool write_list(vt_str *list, const int64_t *ids, size_t count, vt_error *error)
{
    vt_str_clear(list);
    for (size_t i = 0; i < count; i++) {
        vt_str_appendf(list, "%c%lld", i ? ',' : '[', (long long)ids[i]);
    }
    vt_str_append_char(list, ']');
    return !list->failed || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}

typedef bool (*row_visitor)(const void *visit, void *user, sqlite3_stmt *row);

/* One batch. `*more` becomes false when the visitor has enough. */
static bool run_batch(sqlite3_stmt *select, const vt_str *list, row_visitor visit_row, const void *visit,
                      void *user, bool *more, vt_error *error)
{
    int rc = sqlite3_bind_text64(select, 1, list->data, list->length, SQLITE_STATIC, SQLITE_UTF8);
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(select);
    }
    while (rc == SQLITE_ROW) {
        *more = visit_row(visit, user, select);
        rc = *more ? sqlite3_step(select) : SQLITE_DONE;
    }
    bool done = rc == SQLITE_DONE || vt_db_fail(sqlite3_db_handle(select), rc, "read", error);
    sqlite3_reset(select);
    return done;
}

static bool each_of(vt_catalog_reader *reader, const char *sql, const int64_t *ids, size_t count,
                    row_visitor visit_row, const void *visit, void *user, vt_error *error)
{
    vt_str list = VT_STR_INIT;
    sqlite3_stmt *select = vt_db_prepare(vt_catalog_reader_db(reader), sql, error);
    bool done = select != NULL;
    bool more = true;
    for (size_t at = 0; done && more && at < count; at += VT_MARKS_BATCH) {
        size_t rest = count - at;
        done = write_list(&list, ids + at, rest < VT_MARKS_BATCH ? rest : VT_MARKS_BATCH, error) &&
               run_batch(select, &list, visit_row, visit, user, &more, error);
    }
    sqlite3_finalize(select);
    vt_str_free(&list);
    return done;
}

static bool pair_row(const void *visit, void *user, sqlite3_stmt *row)
{
    vt_pair_visitor call = *(const vt_pair_visitor *)visit;
    return call(user, sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1));
}

bool vt_marks_each_pair_of(vt_catalog_reader *reader, const int64_t *ids, size_t count, vt_pair_visitor visit,
                           void *user, vt_error *error)
{
    /* CROSS JOIN: the list is what is gone through, in its order. */
    return each_of(reader,
                   "SELECT item.id, coalesce(tag_id, 0) FROM json_each(?1) AS wanted CROSS JOIN item "
                   "ON item.id = wanted.value LEFT JOIN item_tag ON item_id = item.id",
                   ids, count, pair_row, &visit, user, error);
}

static bool title_row(const void *visit, void *user, sqlite3_stmt *row)
{
    vt_title_visitor call = *(const vt_title_visitor *)visit;
    const char *title = (const char *)sqlite3_column_text(row, 1);
    return call(user, sqlite3_column_int64(row, 0), title ? title : "");
}

bool vt_marks_each_title_of(vt_catalog_reader *reader, const int64_t *ids, size_t count,
                            vt_title_visitor visit, void *user, vt_error *error)
{
    return each_of(reader,
                   "SELECT item.id, title FROM json_each(?1) AS wanted CROSS JOIN item "
                   "ON item.id = wanted.value",
                   ids, count, title_row, &visit, user, error);
}
