/* Items that come into an album, leave it, or change places in it: one run, with positions. */
#include "core/catalog/change_private.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static bool open_run(vt_change *change, int before, int after, vt_error *error)
{
    vt_change_run *run = vt_change_open(change, NULL, NULL, error);
    if (run) {
        run->before = before;
        run->after = after;
    }
    return run != NULL;
}

/* Newcomers are appended in the order of `ids`. */
static bool read_added(sqlite3 *db, vt_change *change, const int64_t *ids, size_t count, vt_error *error)
{
    int64_t last = 0;
    if (!open_run(change, 0, 1, error) ||
        !vt_edit_ask(db, "SELECT max(position) FROM album_item WHERE album_id = ?1", change->album, 0, &last,
                     error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t is_new = 0;
        if (!vt_edit_ask(db,
                         "SELECT 1 FROM item WHERE id = ?1 AND NOT EXISTS "
                         "(SELECT 1 FROM album_item WHERE item_id = ?1 AND album_id = ?2)",
                         ids[i], change->album, &is_new, error)) {
            return false;
        }
        last += is_new && last < INT64_MAX;
        if (is_new && !vt_change_add_placed(change, ids[i], 0, last, error)) {
            return false;
        }
    }
    return true;
}

static bool read_removed(sqlite3 *db, vt_change *change, const int64_t *ids, size_t count, vt_error *error)
{
    if (!open_run(change, 1, 0, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t is_in = 0;
        int64_t position = 0;
        if (!vt_edit_ask(db, "SELECT 1 FROM album_item WHERE item_id = ?1 AND album_id = ?2", ids[i],
                         change->album, &is_in, error) ||
            !vt_edit_ask(db, "SELECT position FROM album_item WHERE item_id = ?1 AND album_id = ?2", ids[i],
                         change->album, &position, error) ||
            (is_in && !vt_change_add_placed(change, ids[i], position, 0, error))) {
            return false;
        }
    }
    return true;
}

static bool read_albums(sqlite3 *db, vt_change *change, const vt_item_edit *edit, const int64_t *ids,
                        size_t count, vt_error *error)
{
    if (!vt_edit_find_album(db, edit->album, error)) {
        return false;
    }
    switch (edit->kind) {
    case VT_EDIT_ADD_TO_ALBUM:
        return read_added(db, change, ids, count, error);
    case VT_EDIT_REMOVE_FROM_ALBUM:
        return read_removed(db, change, ids, count, error);
    default: /* done here: the order to come is that of moving */
        return open_run(change, 1, 1, error) &&
               vt_change_read_places(db, change,
                                     "SELECT item_id, position FROM album_item WHERE album_id = ?1 "
                                     "ORDER BY item_id",
                                     error) &&
               vt_edit_order_album(db, edit->album, ids, count, edit->before, error) &&
               vt_change_keep_moved(
                   db, change, "SELECT position FROM album_item WHERE item_id = ?1 AND album_id = ?2", error);
    }
}

/* ---- writing ---- */

/* ?1 the item, ?2 the album, ?3 the place it gets, ?4 the one it must have. */
static const char *write_of(bool was_in, bool is_in)
{
    return !was_in  ? "INSERT OR IGNORE INTO album_item (item_id, album_id, position) "
                      "SELECT id, ?2, ?3 FROM item WHERE id = ?1"
           : !is_in ? "DELETE FROM album_item WHERE item_id = ?1 AND album_id = ?2"
                    : "UPDATE album_item SET position = ?3 "
                      "WHERE item_id = ?1 AND album_id = ?2 AND position IN (?3, ?4)";
}

static bool write_albums(sqlite3 *db, const vt_change *change, vt_change_direction direction, size_t *skipped,
                         vt_error *error)
{
    const vt_change_run *run = &change->runs[0];
    bool back = direction == VT_CHANGE_BACK;
    int64_t found = 0;
    if (!vt_edit_ask(db, "SELECT 1 FROM album WHERE id = ?1", change->album, 0, &found, error)) {
        return false;
    }
    if (!found) { /* deleted since */
        *skipped = run->count;
        return true;
    }
    sqlite3_stmt *statement = vt_db_prepare(
        db, back ? write_of(run->after, run->before) : write_of(run->before, run->after), error);
    bool done = statement != NULL;
    for (size_t i = 0; done && i < run->count; i++) {
        /* Binding a parameter that the statement does not have fails, and nothing else does. */
        sqlite3_bind_int64(statement, 1, change->ids[i]);
        sqlite3_bind_int64(statement, 2, change->album);
        sqlite3_bind_int64(statement, 3, back ? change->before[i] : change->after[i]);
        sqlite3_bind_int64(statement, 4, back ? change->after[i] : change->before[i]);
        done = vt_db_run(statement, "write to", error);
        *skipped += done && sqlite3_changes64(db) == 0;
    }
    sqlite3_finalize(statement);
    return done;
}

const vt_change_ops vt_change_albums = {read_albums, write_albums};
