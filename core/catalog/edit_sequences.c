#include "core/catalog/catalog_private.h"
#include "core/catalog/edit_private.h"
#include "core/catalog/sequences_private.h"

static bool check_sequence(sqlite3 *db, int64_t item_id, vt_error *error)
{
    int64_t found = 0;
    return vt_edit_ask(db, "SELECT 1 FROM sequence WHERE item_id = ?1", item_id, 0, &found, error) &&
           (found || vt_error_set(error, VT_ERROR_USAGE, "item %lld is no sequence", (long long)item_id));
}

/* What is needed to make items of frames. */
typedef struct splitting {
    vt_catalog *catalog;
    sqlite3 *db;
    sqlite3_stmt *insert, *find; /* owned */
    int64_t sequence;
    bool marked; /* the sequence has something to give to them */
} splitting;

/* A frame that is an item already, because it carries something of its own, stays what it is. */
static bool put_frame(splitting *at, const char *name, size_t length, vt_error *error)
{
    if (at->catalog->next_id >= INT64_MAX || at->catalog->next_id <= 0) {
        return vt_error_set(error, VT_ERROR_CORRUPT,
                            "the catalog has no item numbers left; restore a backup");
    }
    int64_t id = at->catalog->next_id;
    int rc = vt_db_bind_bytes(at->insert, 2, name, (uint32_t)length);
    rc = rc == SQLITE_OK ? vt_db_bind_bytes(at->find, 2, name, (uint32_t)length) : rc;
    if (rc != SQLITE_OK) {
        return vt_db_fail(at->db, rc, "write to", error);
    }
    sqlite3_bind_int64(at->insert, 1, id);
    sqlite3_bind_int64(at->insert, 3, at->sequence);
    sqlite3_bind_int64(at->find, 1, at->sequence);
    if (!vt_db_run(at->insert, "write to", error)) {
        return false;
    }
    if (sqlite3_changes(at->db) == 1) {
        at->catalog->next_id++;
    } else {
        rc = sqlite3_step(at->find);
        id = rc == SQLITE_ROW ? sqlite3_column_int64(at->find, 0) : 0;
        sqlite3_reset(at->find);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
            return vt_db_fail(at->db, rc, "read", error);
        }
    }
    return !at->marked || vt_sequence_copy_marks(at->db, at->sequence, id, error);
}

/* They are known by their names only (state 4): their sizes and times the next import finds out. */
static bool put_frames(splitting *at, uint64_t count, vt_frame_namer name, void *user, vt_error *error)
{
    at->insert = vt_db_prepare(at->db,
                               "INSERT INTO item (id, folder_id, name, kind, format, state, size, mtime_ns, "
                               "ctime_ns, dev, ino) SELECT ?1, folder_id, ?2, 1, format, 4, 0, 0, 0, 0, 0 "
                               "FROM item WHERE id = ?3 ON CONFLICT (folder_id, name) DO NOTHING",
                               error);
    at->find = at->insert ? vt_db_prepare(at->db,
                                          "SELECT id FROM item WHERE name = ?2 AND folder_id = "
                                          "(SELECT folder_id FROM item WHERE id = ?1)",
                                          error)
                          : NULL;
    bool done = at->find != NULL;
    for (uint64_t i = 0; done && i < count; i++) {
        const char *text;
        size_t length;
        done = name(user, i, &text, &length, error) && put_frame(at, text, length, error);
    }
    sqlite3_finalize(at->insert);
    sqlite3_finalize(at->find);
    return done;
}

static bool split(splitting *at, uint64_t count, vt_frame_namer name, void *user, vt_error *error)
{
    int64_t marked = 0;
    if (!check_sequence(at->db, at->sequence, error) ||
        !vt_edit_ask(at->db, "SELECT NOT (" VT_ITEM_UNMARKED ") FROM item WHERE id = ?1", at->sequence, 0,
                     &marked, error)) {
        return false;
    }
    at->marked = marked != 0;
    return vt_edit_run(at->db,
                       "INSERT OR REPLACE INTO sequence_choice (folder_id, prefix, suffix, joined, rate_num, "
                       "rate_den) SELECT folder_id, prefix, suffix, 0, rate_num, rate_den "
                       "FROM sequence JOIN item ON item.id = item_id WHERE item_id = ?1",
                       at->sequence, 0, NULL, error) &&
           put_frames(at, count, name, user, error) &&
           vt_edit_run(at->db,
                       "DELETE FROM failure WHERE (folder_id, name) IN "
                       "(SELECT folder_id, name FROM item WHERE id = ?1)",
                       at->sequence, 0, NULL, error) &&
           vt_edit_run(at->db, "DELETE FROM item WHERE id = ?1", at->sequence, 0, NULL, error);
}

bool vt_edit_split_sequence(vt_catalog_writer *writer, int64_t item_id, uint64_t count, vt_frame_namer name,
                            void *user, vt_error *error)
{
    if (!vt_edit_begin_items(writer, &item_id, 1, error)) {
        return false;
    }
    splitting at = {.catalog = vt_catalog_writer_catalog(writer),
                    .db = vt_catalog_writer_db(writer),
                    .sequence = item_id};
    return vt_catalog_writer_end_synced(writer, split(&at, count, name, user, error), error);
}

/* Runs `sql` with folder, prefix and suffix as ?1 to ?3. */
static bool run_names(sqlite3 *db, const char *sql, const char *folder, size_t length,
                      const vt_frame_names *names, int64_t *changed, vt_error *error)
{
    sqlite3_stmt *statement = vt_db_prepare(db, sql, error);
    if (!statement) {
        return false;
    }
    int rc = vt_db_bind_bytes(statement, 1, folder, (uint32_t)length);
    rc = rc == SQLITE_OK ? vt_db_bind_bytes(statement, 2, names->prefix, names->prefix_length) : rc;
    rc = rc == SQLITE_OK ? vt_db_bind_bytes(statement, 3, names->suffix, names->suffix_length) : rc;
    bool done =
        rc == SQLITE_OK ? vt_db_run(statement, "write to", error) : vt_db_fail(db, rc, "write to", error);
    *changed = done ? sqlite3_changes64(db) : 0;
    sqlite3_finalize(statement);
    return done;
}

bool vt_edit_join_sequence(vt_catalog_writer *writer, const char *folder, size_t length,
                           const vt_frame_names *names, vt_error *error)
{
    if (length > VT_PATH_LENGTH_MAX) {
        return vt_error_set(error, VT_ERROR_USAGE, "the path of the folder is too long");
    }
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    int64_t changed = 0;
    bool done = run_names(vt_catalog_writer_db(writer),
                          "INSERT INTO sequence_choice (folder_id, prefix, suffix, joined) "
                          "SELECT id, ?2, ?3, 1 FROM folder WHERE path = ?1 "
                          "ON CONFLICT (folder_id, prefix, suffix) DO UPDATE SET joined = 1",
                          folder, length, names, &changed, error);
    if (done && changed == 0) {
        done = vt_error_set(error, VT_ERROR_NOT_FOUND,
                            "the catalog does not have the folder of these files; import it first");
    }
    return vt_catalog_writer_end_synced(writer, done, error);
}

bool vt_edit_set_frame_rate(vt_catalog_writer *writer, int64_t item_id, uint32_t numerator,
                            uint32_t denominator, vt_error *error)
{
    if (numerator == 0 || denominator == 0 || numerator > INT32_MAX || denominator > INT32_MAX) {
        return vt_error_set(error, VT_ERROR_USAGE, "%u/%u is no frame rate", numerator, denominator);
    }
    if (!vt_edit_begin_items(writer, &item_id, 1, error)) {
        return false;
    }
    sqlite3 *db = vt_catalog_writer_db(writer);
    bool done = check_sequence(db, item_id, error) &&
                vt_edit_run(db, "UPDATE sequence SET rate_num = ?2 WHERE item_id = ?1", item_id, numerator,
                            NULL, error) &&
                vt_edit_run(db, "UPDATE sequence SET rate_den = ?2 WHERE item_id = ?1", item_id, denominator,
                            NULL, error);
    return vt_catalog_writer_end_synced(writer, done, error);
}
