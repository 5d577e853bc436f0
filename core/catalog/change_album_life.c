/* Albums that are made, renamed, moved among the others, and deleted: with what they hold, in its order. */
#include "core/base/clock.h"
#include "core/catalog/change_private.h"

/* ---- reading ---- */

/* One run: the album's name before and after, NULL where it is not there. */
static bool open_run(vt_change *change, const char *before, const char *after, vt_error *error)
{
    return vt_change_open(change, before, after, error) != NULL;
}

static bool read_made(sqlite3 *db, vt_change *change, const vt_item_edit *edit, const int64_t *ids,
                      size_t count, vt_error *error)
{
    int64_t place = 0;
    if (!open_run(change, NULL, edit->text, error) ||
        !vt_edit_ask(db, "SELECT coalesce(max(id), 0) + 1 FROM album", 0, 0, &change->album, error) ||
        !vt_edit_ask(db, "SELECT coalesce(max(position), 0) + 1 FROM album", 0, 0, &change->place, error)) {
        return false;
    }
    change->created_ns = vt_clock_wall();
    change->things = 1;
    for (size_t i = 0; i < count; i++) {
        int64_t found = 0;
        if (!vt_edit_ask(db, "SELECT 1 FROM item WHERE id = ?1", ids[i], 0, &found, error) ||
            (found && !vt_change_add_placed(change, ids[i], 0, ++place, error))) {
            return false;
        }
    }
    return true;
}

/* `after`: its name to come, NULL if it goes. */
static bool read_row(sqlite3 *db, vt_change *change, const char *after, vt_error *error)
{
    sqlite3_stmt *select =
        vt_db_prepare(db, "SELECT name, position, created_ns, name IS ?2 FROM album WHERE id = ?1", error);
    if (!select) {
        return false;
    }
    sqlite3_bind_int64(select, 1, change->album);
    int rc = sqlite3_bind_text(select, 2, after, -1, SQLITE_STATIC);
    rc = rc == SQLITE_OK ? sqlite3_step(select) : rc;
    bool done = rc == SQLITE_ROW || vt_db_fail(db, rc, "read", error);
    if (done) {
        change->place = sqlite3_column_int64(select, 1);
        change->created_ns = sqlite3_column_int64(select, 2);
        change->things = sqlite3_column_int(select, 3) == 0;
        done = open_run(change, (const char *)sqlite3_column_text(select, 0), after, error);
    }
    sqlite3_finalize(select);
    return done;
}

/* Moved here: the places to come are those it then has. */
static bool read_moved(sqlite3 *db, vt_change *change, int64_t before, vt_error *error)
{
    return open_run(change, NULL, NULL, error) &&
           vt_change_read_places(db, change, "SELECT id, position FROM album ORDER BY id", error) &&
           vt_edit_place_album(db, change->album, before, error) &&
           vt_change_keep_moved(db, change, "SELECT position FROM album WHERE id = ?1", error);
}

static bool read_life(sqlite3 *db, vt_change *change, const vt_item_edit *edit, const int64_t *ids,
                      size_t count, vt_error *error)
{
    if (edit->kind == VT_EDIT_CREATE_ALBUM) {
        return read_made(db, change, edit, ids, count, error);
    }
    if (!vt_edit_find_album(db, edit->album, error)) {
        return false;
    }
    switch (edit->kind) {
    case VT_EDIT_RENAME_ALBUM:
        return read_row(db, change, edit->text, error);
    case VT_EDIT_MOVE_ALBUM:
        return read_moved(db, change, edit->before, error);
    default:
        return read_row(db, change, NULL, error) &&
               vt_change_read_places(db, change,
                                     "SELECT item_id, position FROM album_item WHERE album_id = ?1 "
                                     "ORDER BY position, item_id",
                                     error);
    }
}

/* ---- writing ---- */

/* For each id of the change: ?1 it, ?2 the album, ?3 the place it gets, ?4 the one it has. */
static bool write_places(sqlite3 *db, const vt_change *change, const char *sql, bool back, size_t *skipped,
                         vt_error *error)
{
    sqlite3_stmt *statement = vt_db_prepare(db, sql, error);
    bool done = statement != NULL;
    for (size_t i = 0; done && i < change->count; i++) {
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

/* ?1 the album, ?2 and ?3 names, ?4 its place, ?5 when it was made; `*changed`: rows. */
static bool run_named(sqlite3 *db, const vt_change *change, const char *sql, const char *first,
                      const char *second, int64_t *changed, vt_error *error)
{
    sqlite3_stmt *statement = vt_db_prepare(db, sql, error);
    if (!statement) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, change->album);
    sqlite3_bind_int64(statement, 4, change->place);
    sqlite3_bind_int64(statement, 5, change->created_ns);
    int rc = sqlite3_bind_text(statement, 2, first, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK && sqlite3_bind_parameter_count(statement) >= 3) {
        rc = sqlite3_bind_text(statement, 3, second, -1, SQLITE_STATIC);
    }
    bool done =
        rc == SQLITE_OK ? vt_db_run(statement, "write to", error) : vt_db_fail(db, rc, "write to", error);
    *changed = done ? sqlite3_changes64(db) : 0;
    sqlite3_finalize(statement);
    return done;
}

/* Another album may have its number by now. */
static bool write_made(sqlite3 *db, const vt_change *change, const char *name, bool back, size_t *skipped,
                       vt_error *error)
{
    int64_t made = 0;
    if (!run_named(db, change,
                   "INSERT OR IGNORE INTO album (id, name, position, created_ns) VALUES (?1, ?2, ?4, ?5)",
                   name, NULL, &made, error)) {
        return false;
    }
    if (made == 0) {
        *skipped = change->things + change->count;
        return true;
    }
    return write_places(db, change,
                        "INSERT OR IGNORE INTO album_item (item_id, album_id, position) "
                        "SELECT id, ?2, ?3 FROM item WHERE id = ?1",
                        back, skipped, error);
}

/* Only as the change left it: with a name or with items that something else gave to it, it stays. */
static bool write_gone(sqlite3 *db, const vt_change *change, const char *name, size_t *skipped,
                       vt_error *error)
{
    int64_t held = 0;
    int64_t gone = 0;
    if (!vt_edit_ask(db, "SELECT count(*) FROM album_item WHERE album_id = ?1", change->album, 0, &held,
                     error) ||
        (held <= (int64_t)change->count &&
         !run_named(db, change, "DELETE FROM album WHERE id = ?1 AND name = ?2", name, NULL, &gone, error))) {
        return false;
    }
    *skipped = gone ? 0 : change->things + change->count;
    return true;
}

static bool write_life(sqlite3 *db, const vt_change *change, vt_change_direction direction, size_t *skipped,
                       vt_error *error)
{
    const vt_change_run *run = &change->runs[0];
    bool back = direction == VT_CHANGE_BACK;
    const char *from = back ? run->text_after : run->text_before;
    const char *to = back ? run->text_before : run->text_after;
    int64_t renamed = 0;
    if (change->kind == VT_EDIT_MOVE_ALBUM) {
        return write_places(db, change,
                            "UPDATE album SET position = ?3 WHERE id = ?1 AND position IN (?3, ?4)", back,
                            skipped, error);
    }
    if (!from) {
        return write_made(db, change, to, back, skipped, error);
    }
    if (!to) {
        return write_gone(db, change, from, skipped, error);
    }
    bool done = run_named(db, change, "UPDATE album SET name = ?3 WHERE id = ?1 AND name = ?2", from, to,
                          &renamed, error);
    *skipped += done && renamed == 0;
    return done;
}

const vt_change_ops vt_change_album_life = {read_life, write_life};
