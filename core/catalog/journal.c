#include "core/catalog/journal.h"

#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/catalog/db.h"
#include "core/catalog/edit_private.h"
#include "core/catalog/reader_private.h"

#include <string.h>

static bool insert(sqlite3 *db, const vt_str *paths, const char *options, vt_error *error)
{
    sqlite3_stmt *statement =
        vt_db_prepare(db, "INSERT INTO import_journal (paths, options, begun_ns) VALUES (?, ?, ?)", error);
    if (!statement) {
        return false;
    }
    int rc = sqlite3_bind_blob64(statement, 1, paths->data, paths->length, SQLITE_STATIC);
    rc = rc == SQLITE_OK ? sqlite3_bind_text(statement, 2, options, -1, SQLITE_STATIC) : rc;
    rc = rc == SQLITE_OK ? sqlite3_bind_int64(statement, 3, vt_clock_wall()) : rc;
    bool done =
        rc == SQLITE_OK ? vt_db_run(statement, "write to", error) : vt_db_fail(db, rc, "write to", error);
    sqlite3_finalize(statement);
    return done;
}

bool vt_catalog_writer_journal_begin(vt_catalog_writer *writer, const char *const *paths, size_t count,
                                     const char *options, int64_t *id, vt_error *error)
{
    *id = 0;
    vt_str joined = VT_STR_INIT;
    bool empty = count == 0;
    for (size_t i = 0; i < count; i++) {
        empty = empty || !*paths[i];
        vt_str_append(&joined, paths[i], strlen(paths[i]) + 1);
    }
    bool done = !joined.failed || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    if (done && empty) {
        done = vt_error_set(error, VT_ERROR_USAGE, "an import needs paths");
    }
    if (done && vt_catalog_writer_begin_synced(writer, error)) {
        sqlite3 *db = vt_catalog_writer_db(writer);
        done = insert(db, &joined, options ? options : "", error);
        int64_t made = sqlite3_last_insert_rowid(db);
        done = vt_catalog_writer_end_synced(writer, done, error);
        *id = done ? made : 0;
    } else {
        done = false;
    }
    vt_str_free(&joined);
    return done;
}

bool vt_catalog_writer_journal_end(vt_catalog_writer *writer, int64_t id, vt_error *error)
{
    return vt_edit_run(vt_catalog_writer_db(writer), "DELETE FROM import_journal WHERE id = ?1", id, 0, NULL,
                       error);
}

typedef struct visit_context {
    vt_journal_visitor visit;
    void *user;
} visit_context;

static bool visit_entry(void *context, sqlite3_stmt *row)
{
    const visit_context *self = context;
    const char *paths = sqlite3_column_blob(row, 2);
    size_t length = (size_t)sqlite3_column_bytes(row, 2);
    const char *options = (const char *)sqlite3_column_text(row, 3);
    vt_journal_entry entry = {
        .id = sqlite3_column_int64(row, 0),
        .begun_ns = sqlite3_column_int64(row, 1),
        .paths = paths ? paths : "",
        .options = options ? options : "",
    };
    /* What does not end in a NUL nobody of ours wrote: its tail is not handed out. */
    for (size_t i = 0; paths && i < length; i++) {
        entry.count += paths[i] == '\0';
    }
    return self->visit(self->user, &entry);
}

bool vt_catalog_reader_each_import(vt_catalog_reader *reader, vt_journal_visitor visit, void *user,
                                   vt_error *error)
{
    visit_context context = {visit, user};
    return vt_catalog_reader_each_row(reader,
                                      "SELECT id, begun_ns, paths, options FROM import_journal ORDER BY id",
                                      0, visit_entry, &context, error);
}
