#include "core/catalog/workspaces.h"

#include "core/catalog/db.h"
#include "core/catalog/reader_private.h"
#include "core/catalog/writer_private.h"

#include <string.h>

/* ---- reading ---- */

typedef struct workspace_visit {
    vt_workspace_visitor visitor;
    void *user;
} workspace_visit;

static bool take_row(void *context, sqlite3_stmt *row)
{
    const workspace_visit *to = context;
    const char *name = (const char *)sqlite3_column_text(row, 0);
    const char *text = sqlite3_column_blob(row, 1), *previous = sqlite3_column_blob(row, 2);
    const vt_workspace_row workspace = {.name = name ? name : "",
                                        .text = text ? text : "",
                                        .length = (size_t)sqlite3_column_bytes(row, 1),
                                        .previous = previous ? previous : "",
                                        .previous_length = (size_t)sqlite3_column_bytes(row, 2),
                                        .last = sqlite3_column_int(row, 3) != 0};
    return to->visitor(to->user, &workspace);
}

bool vt_catalog_reader_each_workspace(vt_catalog_reader *reader, vt_workspace_visitor visit, void *user,
                                      vt_error *error)
{
    workspace_visit to = {visit, user};
    return vt_catalog_reader_each_row(
        reader, "SELECT name, text, previous, last FROM workspace WHERE id > ? ORDER BY id", 0, take_row, &to,
        error);
}

/* ---- writing ---- */

static bool check_name(const char *name, vt_error *error)
{
    size_t length = strlen(name);
    if (length > VT_WORKSPACE_NAME_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "the name of a workspace has %zu bytes; %d at most can be stored", length,
                            VT_WORKSPACE_NAME_MAX);
    }
    return length > 0 || vt_error_set(error, VT_ERROR_USAGE, "a workspace needs a name");
}

/* Runs a statement of up to two texts in a transaction that is synced. */
static bool edit(vt_catalog_writer *writer, const char *sql, const char *first, const char *second,
                 vt_error *error)
{
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    sqlite3_stmt *statement = vt_db_prepare(vt_catalog_writer_db(writer), sql, error);
    bool done = statement != NULL;
    if (done) {
        sqlite3_bind_text(statement, 1, first, -1, SQLITE_STATIC);
        if (second) {
            sqlite3_bind_text(statement, 2, second, -1, SQLITE_STATIC);
        }
        done = vt_db_run(statement, "write to", error);
    }
    sqlite3_finalize(statement);
    return vt_catalog_writer_end_synced(writer, done, error);
}

bool vt_catalog_writer_put_workspace(vt_catalog_writer *writer, const vt_workspace_row *row, vt_error *error)
{
    if (!check_name(row->name, error)) {
        return false;
    }
    if (row->length > VT_WORKSPACE_BYTES_MAX || row->previous_length > VT_WORKSPACE_BYTES_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "the workspace '%.100s' has more than %d MB: close some panes", row->name,
                            VT_WORKSPACE_BYTES_MAX >> 20);
    }
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    sqlite3_stmt *put =
        vt_db_prepare(vt_catalog_writer_db(writer),
                      "INSERT INTO workspace (name, text, previous, last) VALUES (?, ?, ?, 0) "
                      "ON CONFLICT (name) DO UPDATE SET text = excluded.text, "
                      "previous = excluded.previous",
                      error);
    bool done = put != NULL;
    if (done) {
        sqlite3_bind_text(put, 1, row->name, -1, SQLITE_STATIC);
        vt_db_bind_bytes(put, 2, row->text, (uint32_t)row->length);
        vt_db_bind_bytes(put, 3, row->previous, (uint32_t)row->previous_length);
        done = vt_db_run(put, "write to", error);
    }
    sqlite3_finalize(put);
    return vt_catalog_writer_end_synced(writer, done, error);
}

bool vt_catalog_writer_remove_workspace(vt_catalog_writer *writer, const char *name, vt_error *error)
{
    return edit(writer, "DELETE FROM workspace WHERE name = ?1", name, NULL, error);
}

bool vt_catalog_writer_rename_workspace(vt_catalog_writer *writer, const char *name, const char *new_name,
                                        vt_error *error)
{
    return check_name(new_name, error) &&
           edit(writer, "UPDATE workspace SET name = ?2 WHERE name = ?1", name, new_name, error);
}

bool vt_catalog_writer_set_last_workspace(vt_catalog_writer *writer, const char *name, vt_error *error)
{
    return edit(writer, "UPDATE workspace SET last = (name = ?1) WHERE last <> (name = ?1)", name, NULL,
                error);
}
