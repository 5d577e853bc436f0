/* What a batch says, as rows: items with what is told of them, failures, and what is missing. */
#include "core/catalog/writer_rows.h"

#include "core/catalog/item_row.h"
#include "core/catalog/metadata_row.h"
#include "core/catalog/sequences_private.h"
#include "core/catalog/writer_private.h"

#include <string.h>

static const char *const statement_text[VT_WRITER_STATEMENT_COUNT] = {
    [VT_WRITER_FIND_FOLDER] = "SELECT id FROM folder WHERE path = ?",
    [VT_WRITER_INSERT_FOLDER] = "INSERT INTO folder (path) VALUES (?)",
    [VT_WRITER_FIND_ITEM] = "SELECT id, rating, state, size, mtime_ns, ctime_ns, ino FROM item "
                            "WHERE folder_id = ? AND name = ?",
    [VT_WRITER_INSERT_ITEM] = "INSERT INTO item (" VT_ITEM_ROW_COLUMNS ") VALUES "
                              "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
                              "ON CONFLICT (folder_id, name) DO NOTHING",
    /* Everything but what the user typed. Folder and name are those the row was found by. */
    [VT_WRITER_UPDATE_ITEM] =
        "UPDATE item SET kind=?4, format=?5, state=?6, size=?7, mtime_ns=?8, width=?9, height=?10, "
        "triangles=?11, watertight=?12, ctime_ns=?13, dev=?14, ino=?15, orientation=?16, "
        "has_alpha=?17, channels=?18, bit_depth=?19, ascii=?20, vertices=?21, "
        "dropped_triangles=?22, min_x=?23, min_y=?24, min_z=?25, max_x=?26, max_y=?27, max_z=?28, "
        "area=?29, volume=?30 WHERE id=?1",
    [VT_WRITER_FORGET_FAILURE] = "DELETE FROM failure WHERE folder_id = ? AND name = ?",
    [VT_WRITER_INSERT_FAILURE] =
        "INSERT OR REPLACE INTO failure (folder_id, name, code, message, size, mtime_ns, "
        "ctime_ns, ino, failed_ns) VALUES (?,?,?,?,?,?,?,?,?)",
    /* An item that was only ever taken in by its name, and of which the user knows nothing yet. */
    [VT_WRITER_DROP_UNREAD] = "DELETE FROM item WHERE folder_id = ? AND name = ? AND state = 4 "
                              "AND width IS NULL AND triangles IS NULL AND " VT_ITEM_UNMARKED,
    [VT_WRITER_FAIL_ITEM] = "UPDATE item SET state = 3 WHERE folder_id = ? AND name = ? AND state <> 3",
    /* What is missing stays so when its volume goes, too, and what is in the trash is not missed. */
    [VT_WRITER_MISS_ITEM] = "UPDATE item SET state = ?2 WHERE id = ?1 AND state NOT IN (1, 5, ?2) "
                            "AND (?3 IS NULL OR (folder_id = ?3 AND name = ?4))",
    [VT_WRITER_REMOVE_FAILURE] = "DELETE FROM failure WHERE (folder_id, name) IN "
                                 "(SELECT folder_id, name FROM item WHERE id = ?)",
    [VT_WRITER_REMOVE_ITEM] = "DELETE FROM item WHERE id = ?",
    [VT_WRITER_PUT_FINGERPRINT] = "INSERT OR REPLACE INTO fingerprint (item_id, size, hash) VALUES (?, ?, ?)",
    [VT_WRITER_PUT_METADATA] = "INSERT OR REPLACE INTO metadata (" VT_METADATA_ROW_COLUMNS ") VALUES "
                               "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    [VT_WRITER_REMOVE_METADATA] = "DELETE FROM metadata WHERE item_id = ?",
    [VT_WRITER_FIND_EMBEDDED] = "SELECT 1 FROM embedded WHERE item_id = ?",
};

_Static_assert(VT_ITEM_MISSING == 1 && VT_ITEM_OFFLINE == 2 && VT_ITEM_FAILED == 3 && VT_ITEM_UNREAD == 4 &&
                   VT_ITEM_TRASHED == 5,
               "the statements above name these states by number");
const char *vt_catalog_writer_statement_text(vt_catalog_writer_statement which)
{
    return statement_text[which];
}

bool vt_catalog_writer_fail(const vt_catalog_writer *writer, int rc, vt_error *error)
{
    return vt_db_fail(writer->db, rc, "write to", error);
}

bool vt_catalog_writer_run(vt_catalog_writer *writer, vt_catalog_writer_statement which, int bound,
                           vt_error *error)
{
    if (bound != SQLITE_OK) {
        return vt_catalog_writer_fail(writer, bound, error);
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
static bool find_folder(vt_catalog_writer *writer, const char *path, uint32_t length, vt_error *error)
{
    if (writer->folder && writer->folder_length == length && memcmp(writer->folder, path, length) == 0) {
        return true;
    }
    sqlite3_stmt *find = writer->statements[VT_WRITER_FIND_FOLDER];
    int rc = vt_db_bind_bytes(find, 1, path, length);
    rc = rc == SQLITE_OK ? sqlite3_step(find) : rc;
    writer->folder_id = rc == SQLITE_ROW ? sqlite3_column_int64(find, 0) : 0;
    sqlite3_reset(find);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        return vt_catalog_writer_fail(writer, rc, error);
    }
    if (rc == SQLITE_DONE) {
        int bound = vt_db_bind_bytes(writer->statements[VT_WRITER_INSERT_FOLDER], 1, path, length);
        if (!vt_catalog_writer_run(writer, VT_WRITER_INSERT_FOLDER, bound, error)) {
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
    sqlite3_stmt *find = writer->statements[VT_WRITER_FIND_ITEM];
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
    return rc == SQLITE_ROW || rc == SQLITE_DONE || vt_catalog_writer_fail(writer, rc, error);
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
    if (!vt_catalog_writer_run(writer, VT_WRITER_INSERT_ITEM,
                               vt_item_row_bind(writer->statements[VT_WRITER_INSERT_ITEM], item), error)) {
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
    return vt_catalog_writer_run(writer, VT_WRITER_UPDATE_ITEM,
                                 vt_item_row_bind(writer->statements[VT_WRITER_UPDATE_ITEM], item), error);
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
    return vt_catalog_writer_run(writer, VT_WRITER_FORGET_FAILURE,
                                 bind_place(writer->statements[VT_WRITER_FORGET_FAILURE], item->folder_id,
                                            item->path, item->path_length, item->name_at),
                                 error);
}

static bool put_fingerprint(vt_catalog_writer *writer, const vt_item *item, vt_outcome outcome,
                            vt_error *error)
{
    if (!item->fingerprint || outcome == VT_OUTCOME_UNCHANGED) {
        return true;
    }
    sqlite3_stmt *put = writer->statements[VT_WRITER_PUT_FINGERPRINT];
    int bound = sqlite3_bind_int64(put, 1, item->id) | sqlite3_bind_int64(put, 2, item->size) |
                sqlite3_bind_int64(put, 3, (sqlite3_int64)item->fingerprint);
    return vt_catalog_writer_run(writer, VT_WRITER_PUT_FINGERPRINT, bound, error);
}

/* What the file says of itself now; what it said before is gone with its old content. */
static bool put_metadata(vt_catalog_writer *writer, const vt_item *item, vt_outcome outcome,
                         const vt_metadata *metadata, vt_error *error)
{
    if (outcome == VT_OUTCOME_UNCHANGED || !metadata) {
        return true;
    }
    if (!vt_metadata_is_empty(metadata)) {
        int bound = vt_metadata_row_bind(writer->statements[VT_WRITER_PUT_METADATA], item->id, metadata);
        return vt_catalog_writer_run(writer, VT_WRITER_PUT_METADATA, bound, error);
    }
    int bound = sqlite3_bind_int64(writer->statements[VT_WRITER_REMOVE_METADATA], 1, item->id);
    return outcome == VT_OUTCOME_INSERTED ||
           vt_catalog_writer_run(writer, VT_WRITER_REMOVE_METADATA, bound, error);
}

/* Whether it said something of what its item has before. */
static bool find_embedded(vt_catalog_writer *writer, int64_t item_id, bool *found, vt_error *error)
{
    sqlite3_stmt *find = writer->statements[VT_WRITER_FIND_EMBEDDED];
    int rc = sqlite3_bind_int64(find, 1, item_id);
    rc = rc == SQLITE_OK ? sqlite3_step(find) : rc;
    *found = rc == SQLITE_ROW;
    sqlite3_reset(find);
    return rc == SQLITE_ROW || rc == SQLITE_DONE || vt_catalog_writer_fail(writer, rc, error);
}

/* Rating, label and tags that it carries. Most pictures have none: for them nothing is asked, let alone
   written. */
static bool put_embedded(vt_catalog_writer *writer, vt_batch *batch, size_t which, vt_outcome outcome,
                         vt_error *error)
{
    vt_item *item = &batch->items[which];
    const vt_metadata *metadata = batch->metadata ? batch->metadata[which] : NULL;
    bool wanted = metadata && outcome != VT_OUTCOME_UNCHANGED && vt_embedded_says(metadata);
    bool asked = metadata && !wanted && outcome != VT_OUTCOME_UNCHANGED && outcome != VT_OUTCOME_INSERTED;
    if (asked && !find_embedded(writer, item->id, &wanted, error)) {
        return false;
    }
    vt_embedded_change change = {0};
    if (wanted && !writer->embedder) {
        writer->embedder = vt_embedder_create(writer->db, error);
    }
    if (wanted &&
        !(writer->embedder && vt_embedder_merge(writer->embedder, item->id, outcome == VT_OUTCOME_INSERTED,
                                                metadata, &change, error))) {
        return false;
    }
    if (wanted) {
        item->rating = (uint8_t)change.rating;
    }
    if (batch->embedded) {
        batch->embedded[which] = (vt_embedded_label){change.changed, (uint8_t)change.label};
    }
    batch->made_tags = batch->made_tags || change.made > 0;
    return true;
}

static bool put_failure(vt_catalog_writer *writer, const vt_failure *failure, vt_failed_item *became,
                        vt_error *error)
{
    if (!check_path(failure->path, failure->path_length, error)) {
        return false;
    }
    uint32_t name_at = vt_path_split(failure->path, failure->path_length);
    if (!find_folder(writer, failure->path, vt_path_folder_length(name_at), error)) {
        return false;
    }
    if (failure->code == VT_ERROR_NONE) {
        return vt_catalog_writer_run(writer, VT_WRITER_FORGET_FAILURE,
                                     bind_place(writer->statements[VT_WRITER_FORGET_FAILURE],
                                                writer->folder_id, failure->path, failure->path_length,
                                                name_at),
                                     error);
    }
    sqlite3_stmt *insert = writer->statements[VT_WRITER_INSERT_FAILURE];
    int rc = bind_place(insert, writer->folder_id, failure->path, failure->path_length, name_at);
    rc |= sqlite3_bind_text(insert, 3, vt_error_code_name(failure->code), -1, SQLITE_STATIC);
    rc |= sqlite3_bind_text(insert, 4, failure->message ? failure->message : "", -1, SQLITE_STATIC);
    rc |= sqlite3_bind_int64(insert, 5, failure->size) | sqlite3_bind_int64(insert, 6, failure->mtime_ns) |
          sqlite3_bind_int64(insert, 7, failure->ctime_ns) |
          sqlite3_bind_int64(insert, 8, (sqlite3_int64)failure->ino) |
          sqlite3_bind_int64(insert, 9, failure->failed_ns);
    if (!vt_catalog_writer_run(writer, VT_WRITER_INSERT_FAILURE, rc, error)) {
        return false;
    }
    static const struct {
        vt_catalog_writer_statement statement;
        vt_failed_item became;
    } of_item[] = {{VT_WRITER_DROP_UNREAD, VT_FAILED_ITEM_GONE},
                   {VT_WRITER_FAIL_ITEM, VT_FAILED_ITEM_MARKED}};
    for (size_t i = 0; i < sizeof of_item / sizeof *of_item; i++) {
        vt_catalog_writer_statement statement = of_item[i].statement;
        int bound = bind_place(writer->statements[statement], writer->folder_id, failure->path,
                               failure->path_length, name_at);
        if (!vt_catalog_writer_run(writer, statement, bound, error)) {
            return false;
        }
        if (sqlite3_changes(writer->db) > 0) {
            *became = of_item[i].became;
        }
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
            !put_embedded(writer, batch, i, outcome, error) ||
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
    sqlite3_stmt *miss = writer->statements[VT_WRITER_MISS_ITEM];
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
    if (!vt_catalog_writer_run(writer, VT_WRITER_MISS_ITEM, bound, error)) {
        return false;
    }
    *missed = sqlite3_changes(writer->db) > 0;
    return true;
}

bool vt_catalog_writer_put_batch(vt_catalog_writer *writer, vt_batch *batch, vt_commit *result,
                                 vt_error *error)
{
    batch->made_tags = false;
    if (!put_items(writer, batch, result, error)) {
        return false;
    }
    for (size_t i = 0; i < batch->failure_count; i++) {
        vt_failed_item became = VT_FAILED_ITEM_NONE;
        if (!put_failure(writer, &batch->failures[i], &became, error)) {
            return false;
        }
        if (batch->failed_items) {
            batch->failed_items[i] = became;
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
