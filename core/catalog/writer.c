#include "core/catalog/writer.h"

#include "core/catalog/catalog_private.h"
#include "core/catalog/edit.h"
#include "core/catalog/item_row.h"
#include "core/catalog/metadata_row.h"
#include "core/catalog/mover.h"
#include "core/catalog/sequences_private.h"
#include "core/catalog/sidecars.h"
#include "core/catalog/writer_private.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

typedef enum statement_id {
    FIND_FOLDER,
    INSERT_FOLDER,
    FIND_ITEM,
    INSERT_ITEM,
    UPDATE_ITEM,
    FORGET_FAILURE,
    INSERT_FAILURE,
    DROP_UNREAD,
    FAIL_ITEM,
    MISS_ITEM,
    REMOVE_FAILURE,
    REMOVE_ITEM,
    PUT_FINGERPRINT,
    PUT_METADATA,
    REMOVE_METADATA,
    STATEMENT_COUNT
} statement_id;

static const char *const statement_text[STATEMENT_COUNT] = {
    [FIND_FOLDER] = "SELECT id FROM folder WHERE path = ?",
    [INSERT_FOLDER] = "INSERT INTO folder (path) VALUES (?)",
    [FIND_ITEM] = "SELECT id, rating, state, size, mtime_ns, ctime_ns, ino FROM item "
                  "WHERE folder_id = ? AND name = ?",
    [INSERT_ITEM] = "INSERT INTO item (" VT_ITEM_ROW_COLUMNS ") VALUES "
                    "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
                    "ON CONFLICT (folder_id, name) DO NOTHING",
    /* Everything but what the user typed. Folder and name are those the row was found by. */
    [UPDATE_ITEM] =
        "UPDATE item SET kind=?4, format=?5, state=?6, size=?7, mtime_ns=?8, width=?9, height=?10, "
        "triangles=?11, watertight=?12, ctime_ns=?13, dev=?14, ino=?15, orientation=?16, "
        "has_alpha=?17, channels=?18, bit_depth=?19, ascii=?20, vertices=?21, "
        "dropped_triangles=?22, min_x=?23, min_y=?24, min_z=?25, max_x=?26, max_y=?27, max_z=?28, "
        "area=?29, volume=?30 WHERE id=?1",
    [FORGET_FAILURE] = "DELETE FROM failure WHERE folder_id = ? AND name = ?",
    [INSERT_FAILURE] = "INSERT OR REPLACE INTO failure (folder_id, name, code, message, size, mtime_ns, "
                       "ctime_ns, ino, failed_ns) VALUES (?,?,?,?,?,?,?,?,?)",
    /* An item that was only ever taken in by its name, and of which the user knows nothing yet. */
    [DROP_UNREAD] = "DELETE FROM item WHERE folder_id = ? AND name = ? AND state = 4 "
                    "AND width IS NULL AND triangles IS NULL AND " VT_ITEM_UNMARKED,
    [FAIL_ITEM] = "UPDATE item SET state = 3 WHERE folder_id = ? AND name = ?",
    /* What is missing stays so when its volume goes, too, and what is in the trash is not missed. */
    [MISS_ITEM] = "UPDATE item SET state = ?2 WHERE id = ?1 AND state NOT IN (1, 5, ?2) "
                  "AND (?3 IS NULL OR (folder_id = ?3 AND name = ?4))",
    [REMOVE_FAILURE] = "DELETE FROM failure WHERE (folder_id, name) IN "
                       "(SELECT folder_id, name FROM item WHERE id = ?)",
    [REMOVE_ITEM] = "DELETE FROM item WHERE id = ?",
    [PUT_FINGERPRINT] = "INSERT OR REPLACE INTO fingerprint (item_id, size, hash) VALUES (?, ?, ?)",
    [PUT_METADATA] = "INSERT OR REPLACE INTO metadata (" VT_METADATA_ROW_COLUMNS ") VALUES "
                     "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    [REMOVE_METADATA] = "DELETE FROM metadata WHERE item_id = ?",
};

_Static_assert(VT_ITEM_MISSING == 1 && VT_ITEM_OFFLINE == 2 && VT_ITEM_FAILED == 3 && VT_ITEM_UNREAD == 4 &&
                   VT_ITEM_TRASHED == 5,
               "the statements above name these states by number");

struct vt_catalog_writer {
    vt_catalog *catalog;
    sqlite3 *db; /* lent by the catalog */
    sqlite3_stmt *statements[STATEMENT_COUNT];
    vt_mover *mover;   /* owned; NULL until an item moves */
    atomic_bool marks; /* edits leave marks for side-cars */

    /* The state of the batch under way. */
    const char *folder; /* the folder looked up last, in the batch's memory; NULL if none */
    uint32_t folder_length;
    int64_t folder_id;
    bool has_failures; /* some row of `failure` may have to be forgotten */
    bool expect_new;   /* the last item was new, so the next probably is: try to insert before looking */
};

static bool fail(const vt_catalog_writer *writer, int rc, vt_error *error)
{
    return vt_db_fail(writer->db, rc, "write to", error);
}

/* Steps a statement that returns no row; the parameters were bound with result `bound`. */
static bool run(vt_catalog_writer *writer, statement_id which, int bound, vt_error *error)
{
    if (bound != SQLITE_OK) {
        return fail(writer, bound, error);
    }
    return vt_db_run(writer->statements[which], "write to", error);
}

/* Binds folder and name, the first two parameters of many statements. */
static int bind_place(sqlite3_stmt *statement, int64_t folder_id, const char *path, uint32_t length,
                      uint32_t name_at)
{
    int rc = sqlite3_bind_int64(statement, 1, folder_id);
    return rc == SQLITE_OK ? vt_db_bind_bytes(statement, 2, path + name_at, length - name_at) : rc;
}

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

static bool find_folder(vt_catalog_writer *writer, const char *path, uint32_t length, vt_error *error)
{
    if (writer->folder && writer->folder_length == length && memcmp(writer->folder, path, length) == 0) {
        return true;
    }
    sqlite3_stmt *find = writer->statements[FIND_FOLDER];
    int rc = vt_db_bind_bytes(find, 1, path, length);
    rc = rc == SQLITE_OK ? sqlite3_step(find) : rc;
    writer->folder_id = rc == SQLITE_ROW ? sqlite3_column_int64(find, 0) : 0;
    sqlite3_reset(find);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        return fail(writer, rc, error);
    }
    if (rc == SQLITE_DONE) {
        int bound = vt_db_bind_bytes(writer->statements[INSERT_FOLDER], 1, path, length);
        if (!run(writer, INSERT_FOLDER, bound, error)) {
            return false;
        }
        writer->folder_id = sqlite3_last_insert_rowid(writer->db);
        writer->expect_new = true;
    }
    writer->folder = path;
    writer->folder_length = length;
    return true;
}

static bool check_path(const char *path, uint32_t length, vt_error *error)
{
    if (!path || length == 0 || path[0] != '/') {
        return vt_error_set(error, VT_ERROR_USAGE, "a path in the catalog must be absolute, this one is not");
    }
    if (length > VT_PATH_LENGTH_MAX) {
        return vt_error_set(error, VT_ERROR_USAGE, "a path of %u bytes is longer than a catalog takes (%u)",
                            length, VT_PATH_LENGTH_MAX);
    }
    if (memchr(path, '\0', length)) {
        return vt_error_set(error, VT_ERROR_USAGE, "a path in the catalog cannot contain a zero byte");
    }
    return true;
}

/* Looks whether the path of `item` is known: its id (0 if not), its rating, and whether nothing changed. */
static bool find_item(vt_catalog_writer *writer, vt_item *item, vt_outcome *outcome, vt_error *error)
{
    *outcome = VT_OUTCOME_INSERTED;
    item->id = 0;
    item->rating = 0;
    sqlite3_stmt *find = writer->statements[FIND_ITEM];
    int rc = bind_place(find, item->folder_id, item->path, item->path_length, item->name_at);
    rc = rc == SQLITE_OK ? sqlite3_step(find) : rc;
    if (rc == SQLITE_ROW) {
        item->id = sqlite3_column_int64(find, 0);
        item->rating = vt_item_row_rating(find, 1);
        vt_item known = {.size = sqlite3_column_int64(find, 3),
                         .mtime_ns = sqlite3_column_int64(find, 4),
                         .ctime_ns = sqlite3_column_int64(find, 5),
                         .ino = (uint64_t)sqlite3_column_int64(find, 6)};
        int state = sqlite3_column_int(find, 2);
        bool read = state == VT_ITEM_UNREAD && item->state != VT_ITEM_UNREAD;
        /* What is taken in by name says nothing that a row does not know that was read meanwhile. */
        bool same = vt_item_same_content(&known, item) &&
                    (state == (int)item->state || (state == VT_ITEM_OK && item->state == VT_ITEM_UNREAD));
        *outcome = same ? VT_OUTCOME_UNCHANGED : read ? VT_OUTCOME_READ : VT_OUTCOME_UPDATED;
    }
    sqlite3_reset(find);
    return rc == SQLITE_ROW || rc == SQLITE_DONE || fail(writer, rc, error);
}

/* Inserts `item` unless its path is known; `*inserted` says which. */
static bool insert_item(vt_catalog_writer *writer, vt_item *item, bool *inserted, vt_error *error)
{
    vt_catalog *catalog = writer->catalog;
    if (catalog->next_id >= INT64_MAX || catalog->next_id <= 0) {
        return vt_error_set(error, VT_ERROR_CORRUPT,
                            "the catalog has no item numbers left; restore a backup");
    }
    item->id = catalog->next_id;
    item->rating = 0;
    if (!run(writer, INSERT_ITEM, vt_item_row_bind(writer->statements[INSERT_ITEM], item), error)) {
        return false;
    }
    *inserted = sqlite3_changes(writer->db) == 1;
    if (*inserted) {
        catalog->next_id++;
    }
    return true;
}

static bool put_found_item(vt_catalog_writer *writer, vt_item *item, vt_outcome *outcome, vt_error *error)
{
    if (!find_item(writer, item, outcome, error)) {
        return false;
    }
    if (*outcome == VT_OUTCOME_INSERTED) {
        bool inserted = false;
        return insert_item(writer, item, &inserted, error);
    }
    if (*outcome == VT_OUTCOME_UNCHANGED) {
        return true;
    }
    /* Folder and name are not among the parameters of this statement: binding them is harmless. */
    return run(writer, UPDATE_ITEM, vt_item_row_bind(writer->statements[UPDATE_ITEM], item), error);
}

/* Gives the item of `origin` the path of `item`, if it can; `*moved` says whether it did. */
static bool move_item(vt_catalog_writer *writer, const vt_item *item, vt_origin *origin, bool *moved,
                      vt_error *error)
{
    *moved = false;
    if (!origin || !origin->id) {
        return true;
    }
    if (!writer->mover) {
        writer->mover = vt_mover_create(writer->db, error);
    }
    return writer->mover && vt_mover_move(writer->mover, item, origin, moved, error);
}

static bool put_item(vt_catalog_writer *writer, vt_item *item, vt_origin *origin, vt_outcome *outcome,
                     vt_error *error)
{
    if (!check_path(item->path, item->path_length, error)) {
        return false;
    }
    item->name_at = vt_path_split(item->path, item->path_length);
    if (item->name_at == item->path_length) {
        return vt_error_set(error, VT_ERROR_USAGE, "an item needs the path of a file, not of a folder");
    }
    if (!find_folder(writer, item->path, vt_path_folder_length(item->name_at), error)) {
        return false;
    }
    item->folder_id = writer->folder_id;
    bool inserted = false;
    bool moved = false;
    if (!move_item(writer, item, origin, &moved, error) ||
        (!moved && writer->expect_new && !insert_item(writer, item, &inserted, error))) {
        return false;
    }
    *outcome = VT_OUTCOME_INSERTED;
    if (!inserted && !put_found_item(writer, item, outcome, error)) {
        return false;
    }
    *outcome = moved ? VT_OUTCOME_MOVED : *outcome;
    writer->expect_new = *outcome == VT_OUTCOME_INSERTED;
    if (!writer->has_failures || *outcome == VT_OUTCOME_UNCHANGED) {
        return true;
    }
    return run(writer, FORGET_FAILURE,
               bind_place(writer->statements[FORGET_FAILURE], item->folder_id, item->path, item->path_length,
                          item->name_at),
               error);
}

static bool put_fingerprint(vt_catalog_writer *writer, const vt_item *item, vt_outcome outcome,
                            vt_error *error)
{
    if (!item->fingerprint || outcome == VT_OUTCOME_UNCHANGED) {
        return true;
    }
    sqlite3_stmt *put = writer->statements[PUT_FINGERPRINT];
    int bound = sqlite3_bind_int64(put, 1, item->id) | sqlite3_bind_int64(put, 2, item->size) |
                sqlite3_bind_int64(put, 3, (sqlite3_int64)item->fingerprint);
    return run(writer, PUT_FINGERPRINT, bound, error);
}

/* What the file says of itself now; what it said before is gone with its old content. */
static bool put_metadata(vt_catalog_writer *writer, const vt_item *item, vt_outcome outcome,
                         const vt_metadata *metadata, vt_error *error)
{
    if (outcome == VT_OUTCOME_UNCHANGED || !metadata) {
        return true;
    }
    if (!vt_metadata_is_empty(metadata)) {
        int bound = vt_metadata_row_bind(writer->statements[PUT_METADATA], item->id, metadata);
        return run(writer, PUT_METADATA, bound, error);
    }
    int bound = sqlite3_bind_int64(writer->statements[REMOVE_METADATA], 1, item->id);
    return outcome == VT_OUTCOME_INSERTED || run(writer, REMOVE_METADATA, bound, error);
}

static bool put_failure(vt_catalog_writer *writer, const vt_failure *failure, bool *dropped, vt_error *error)
{
    if (!check_path(failure->path, failure->path_length, error)) {
        return false;
    }
    uint32_t name_at = vt_path_split(failure->path, failure->path_length);
    if (!find_folder(writer, failure->path, vt_path_folder_length(name_at), error)) {
        return false;
    }
    if (failure->code == VT_ERROR_NONE) {
        return run(writer, FORGET_FAILURE,
                   bind_place(writer->statements[FORGET_FAILURE], writer->folder_id, failure->path,
                              failure->path_length, name_at),
                   error);
    }
    sqlite3_stmt *insert = writer->statements[INSERT_FAILURE];
    int rc = bind_place(insert, writer->folder_id, failure->path, failure->path_length, name_at);
    rc |= sqlite3_bind_text(insert, 3, vt_error_code_name(failure->code), -1, SQLITE_STATIC);
    rc |= sqlite3_bind_text(insert, 4, failure->message ? failure->message : "", -1, SQLITE_STATIC);
    rc |= sqlite3_bind_int64(insert, 5, failure->size) | sqlite3_bind_int64(insert, 6, failure->mtime_ns) |
          sqlite3_bind_int64(insert, 7, failure->ctime_ns) |
          sqlite3_bind_int64(insert, 8, (sqlite3_int64)failure->ino) |
          sqlite3_bind_int64(insert, 9, failure->failed_ns);
    if (!run(writer, INSERT_FAILURE, rc, error)) {
        return false;
    }
    static const statement_id of_item[] = {DROP_UNREAD, FAIL_ITEM};
    for (size_t i = 0; i < sizeof of_item / sizeof *of_item; i++) {
        int bound = bind_place(writer->statements[of_item[i]], writer->folder_id, failure->path,
                               failure->path_length, name_at);
        if (!run(writer, of_item[i], bound, error)) {
            return false;
        }
        *dropped = *dropped || (of_item[i] == DROP_UNREAD && sqlite3_changes(writer->db) > 0);
    }
    return true;
}

static bool put_items(vt_catalog_writer *writer, vt_batch *batch, vt_commit *result, vt_error *error)
{
    for (size_t i = 0; i < batch->item_count; i++) {
        vt_outcome outcome = VT_OUTCOME_NONE;
        const vt_metadata *metadata = batch->metadata ? batch->metadata[i] : NULL;
        vt_sequence_put *sequence = batch->sequences ? batch->sequences[i] : NULL;
        vt_origin *origin = batch->origins ? &batch->origins[i] : NULL;
        vt_item *item = &batch->items[i];
        if (!put_item(writer, item, origin, &outcome, error) ||
            !put_metadata(writer, item, outcome, metadata, error) ||
            !put_fingerprint(writer, item, outcome, error) ||
            (sequence && !vt_sequence_put_row(writer->db, item, outcome, sequence, error))) {
            return false;
        }
        result->inserted += outcome == VT_OUTCOME_INSERTED;
        result->updated += outcome == VT_OUTCOME_UPDATED || outcome == VT_OUTCOME_READ;
        result->unchanged += outcome == VT_OUTCOME_UNCHANGED;
        result->moved += outcome == VT_OUTCOME_MOVED;
        if (batch->outcomes) {
            batch->outcomes[i] = outcome;
        }
    }
    return true;
}

static bool put_missing(vt_catalog_writer *writer, const vt_batch *batch, size_t which, bool *missed,
                        vt_error *error)
{
    sqlite3_stmt *miss = writer->statements[MISS_ITEM];
    const char *path = batch->missing_paths ? batch->missing_paths[which] : NULL;
    int bound = sqlite3_bind_int64(miss, 1, batch->missing_ids[which]);
    bound |=
        sqlite3_bind_int(miss, 2, batch->missing_states ? batch->missing_states[which] : VT_ITEM_MISSING);
    if (path) {
        uint32_t length = (uint32_t)strlen(path);
        uint32_t name_at = vt_path_split(path, length);
        if (!find_folder(writer, path, vt_path_folder_length(name_at), error)) {
            return false;
        }
        bound |= sqlite3_bind_int64(miss, 3, writer->folder_id);
        bound |= vt_db_bind_bytes(miss, 4, path + name_at, length - name_at);
    } else {
        bound |= sqlite3_bind_null(miss, 3) | sqlite3_bind_null(miss, 4);
    }
    if (!run(writer, MISS_ITEM, bound, error)) {
        return false;
    }
    *missed = sqlite3_changes(writer->db) > 0;
    return true;
}

static bool put_batch(vt_catalog_writer *writer, vt_batch *batch, vt_commit *result, vt_error *error)
{
    if (!put_items(writer, batch, result, error)) {
        return false;
    }
    for (size_t i = 0; i < batch->failure_count; i++) {
        bool dropped = false;
        if (!put_failure(writer, &batch->failures[i], &dropped, error)) {
            return false;
        }
        if (batch->dropped) {
            batch->dropped[i] = dropped;
        }
        result->failed += batch->failures[i].code != VT_ERROR_NONE;
    }
    for (size_t i = 0; i < batch->missing_count; i++) {
        bool missed = false;
        if (!put_missing(writer, batch, i, &missed, error)) {
            return false;
        }
        result->missing += missed;
        if (batch->missed) {
            batch->missed[i] = missed;
        }
    }
    return true;
}

/* The statements must not keep pointers into the batch, nor the batch ids of rows that do not exist. */
static void leave_batch(vt_catalog_writer *writer, vt_batch *batch, bool done)
{
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
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
    bool done = begin(writer, error) && end(writer, put_batch(writer, batch, &counts, error), error);
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
        done =
            run(writer, REMOVE_FAILURE, sqlite3_bind_int64(writer->statements[REMOVE_FAILURE], 1, ids[i]),
                error) &&
            run(writer, REMOVE_METADATA, sqlite3_bind_int64(writer->statements[REMOVE_METADATA], 1, ids[i]),
                error) &&
            run(writer, REMOVE_ITEM, sqlite3_bind_int64(writer->statements[REMOVE_ITEM], 1, ids[i]), error);
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
    return rc == SQLITE_OK || rc == SQLITE_BUSY || fail(writer, rc, error);
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
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        writer->statements[i] = vt_db_prepare(db, statement_text[i], error);
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
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        sqlite3_finalize(writer->statements[i]);
    }
    vt_mover_free(writer->mover);
    vt_catalog_give_back(writer->catalog);
    free(writer);
}
