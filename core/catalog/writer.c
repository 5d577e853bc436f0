#include "core/catalog/writer.h"

#include "core/catalog/edit.h"
#include "core/catalog/sidecars.h"
#include "core/catalog/writer_private.h"
#include "core/catalog/writer_rows.h"

#include <stdlib.h>
#include <string.h>

static bool begin(vt_catalog_writer *writer, vt_error *error)
{
    writer->folder = NULL;
    writer->expect_new = false;
    int64_t failures = 0;
    if (!vt_db_exec(writer->db, "BEGIN IMMEDIATE", "write to", error)) {
        return false;
    }
    if (!vt_db_integer(writer->db, "SELECT EXISTS (SELECT 1 FROM failure)", &failures, error)) {
        sqlite3_exec(writer->db, "ROLLBACK", NULL, NULL, NULL);
        return false;
    }
    writer->has_failures = failures != 0;
    return true;
}

/* Ends the transaction: with `done` false, or if the commit fails, nothing of it remains. */
static bool end(vt_catalog_writer *writer, bool done, vt_error *error)
{
    done = done && vt_db_exec(writer->db, "COMMIT", "write to", error);
    /* After some faults (a full disk) SQLite has rolled back by itself. */
    if (!done && !sqlite3_get_autocommit(writer->db)) {
        sqlite3_exec(writer->db, "ROLLBACK", NULL, NULL, NULL);
    }
    writer->folder = NULL;
    return done;
}
/* The statements must not keep pointers into the batch, nor the batch ids of rows that do not exist. */
static void leave_batch(vt_catalog_writer *writer, vt_batch *batch, bool done)
{
    for (size_t i = 0; i < VT_WRITER_STATEMENT_COUNT; i++) {
        sqlite3_clear_bindings(writer->statements[i]);
    }
    if (done) {
        return;
    }
    for (size_t i = 0; i < batch->item_count; i++) {
        batch->items[i].id = 0;
        batch->items[i].folder_id = 0;
        if (batch->outcomes) {
            batch->outcomes[i] = VT_OUTCOME_NONE;
        }
    }
}

bool vt_catalog_writer_commit(vt_catalog_writer *writer, vt_batch *batch, vt_commit *result, vt_error *error)
{
    vt_commit counts = {0};
    bool done = begin(writer, error) &&
                end(writer, vt_catalog_writer_put_batch(writer, batch, &counts, error), error);
    leave_batch(writer, batch, done);
    if (result) {
        *result = done ? counts : (vt_commit){0};
    }
    return done;
}

sqlite3 *vt_catalog_writer_db(const vt_catalog_writer *writer)
{
    return writer->db;
}

bool vt_catalog_writer_marks(const vt_catalog_writer *writer)
{
    return atomic_load(&writer->marks);
}

void vt_sidecars_mark_edits(vt_catalog_writer *writer, bool on)
{
    atomic_store(&writer->marks, on);
}

vt_catalog *vt_catalog_writer_catalog(const vt_catalog_writer *writer)
{
    return writer->catalog;
}

/* With a rollback journal every transaction is synced. The setting cannot be changed within one. */
static bool set_synced(vt_catalog_writer *writer, bool synced, vt_error *error)
{
    return !vt_catalog_uses_wal(writer->catalog) ||
           vt_db_exec(writer->db, synced ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL",
                      "write to", error);
}

bool vt_catalog_writer_begin_synced(vt_catalog_writer *writer, vt_error *error)
{
    if (!set_synced(writer, true, error)) {
        return false;
    }
    if (!vt_db_exec(writer->db, "BEGIN IMMEDIATE", "write to", error)) {
        set_synced(writer, false, NULL);
        return false;
    }
    return true;
}

bool vt_catalog_writer_end_synced(vt_catalog_writer *writer, bool done, vt_error *error)
{
    done = end(writer, done, error);
    set_synced(writer, false, NULL); /* a batch that is synced too is slower, not wrong */
    return done;
}

bool vt_catalog_writer_remove(vt_catalog_writer *writer, const int64_t *ids, size_t count, vt_error *error)
{
    if (!begin(writer, error)) {
        return false;
    }
    /* Folders stay, empty ones too: their numbers are known to whoever indexed them. */
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        done = vt_catalog_writer_run(
                   writer, VT_WRITER_REMOVE_FAILURE,
                   sqlite3_bind_int64(writer->statements[VT_WRITER_REMOVE_FAILURE], 1, ids[i]), error) &&
               vt_catalog_writer_run(
                   writer, VT_WRITER_REMOVE_METADATA,
                   sqlite3_bind_int64(writer->statements[VT_WRITER_REMOVE_METADATA], 1, ids[i]), error) &&
               vt_catalog_writer_run(writer, VT_WRITER_REMOVE_ITEM,
                                     sqlite3_bind_int64(writer->statements[VT_WRITER_REMOVE_ITEM], 1, ids[i]),
                                     error);
    }
    return end(writer, done, error);
}

bool vt_catalog_writer_checkpoint(vt_catalog_writer *writer, vt_error *error)
{
    /* Emptying the log waits for readers that still need it. What cannot be moved yet is moved by a later
     * one. */
    sqlite3_busy_timeout(writer->db, 100);
    int rc = sqlite3_wal_checkpoint_v2(writer->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(writer->db, VT_DB_BUSY_TIMEOUT_MS);
    return rc == SQLITE_OK || rc == SQLITE_BUSY || vt_catalog_writer_fail(writer, rc, error);
}

vt_catalog_writer *vt_catalog_writer_create(vt_catalog *catalog, vt_error *error)
{
    sqlite3 *db = vt_catalog_lend(catalog, error);
    if (!db) {
        return NULL;
    }
    vt_catalog_writer *writer = calloc(1, sizeof *writer);
    if (!writer) {
        vt_catalog_give_back(catalog);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    writer->catalog = catalog;
    writer->db = db;
    for (size_t i = 0; i < VT_WRITER_STATEMENT_COUNT; i++) {
        writer->statements[i] =
            vt_db_prepare(db, vt_catalog_writer_statement_text((vt_catalog_writer_statement)i), error);
        if (!writer->statements[i]) {
            vt_catalog_writer_free(writer);
            return NULL;
        }
    }
    /* Not again what a writer before this one gave to an item that is gone. */
    int64_t last = 0;
    if (!vt_db_integer(db, "SELECT max(id) FROM item", &last, error)) {
        vt_catalog_writer_free(writer);
        return NULL;
    }
    if (last < INT64_MAX && last + 1 > catalog->next_id) {
        catalog->next_id = last + 1 > 0 ? last + 1 : 1;
    } else if (last == INT64_MAX) {
        catalog->next_id = INT64_MAX;
    }
    return writer;
}

void vt_catalog_writer_free(vt_catalog_writer *writer)
{
    if (!writer) {
        return;
    }
    vt_db_finalize_all(writer->statements, VT_WRITER_STATEMENT_COUNT);
    vt_mover_free(writer->mover);
    vt_embedder_free(writer->embedder);
    vt_catalog_give_back(writer->catalog);
    free(writer);
}
